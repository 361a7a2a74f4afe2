"""One query on one ledger: its windows, what is missing from them, and the pieces that measures share."""

import datetime as dt
import operator
from collections.abc import Callable, Sequence
from typing import Any, overload

from bot.domain.answers import Answer, Note, Reason, Row
from bot.domain.claims import KINDS, RECIPIENTS, Claim, Kind, Party, Recipient
from bot.domain.headline import rank
from bot.domain.ledger import Ledger
from bot.domain.queries import Measure, Query, Span
from bot.domain.series import Entry, Window

#: Sources named with an answer over many rounds: the newest.
SOURCES = 5
#: Rows of a longer list are written when they are looked at.
WHOLE = 256


class Case:
    """One query on one ledger, with its windows made once."""

    def __init__(self, ledger: Ledger, query: Query, today: dt.date) -> None:
        self.ledger = ledger
        self.query = query
        self.today = today
        self.span = query.span
        self.kinds: tuple[Kind, ...] = query.kinds or KINDS
        self.recipient: Recipient | None = None if query.recipient == "both" else query.recipient

    @property
    def ways(self) -> tuple[Recipient | None, ...]:
        """Whose figures are told: both sides' apart, one side's, or each round's whatever its recipient."""
        apart = self.query.recipient == "both" or self.query.group_by == "recipient"
        return RECIPIENTS if apart else (self.recipient,)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The span, and the one that it is compared with."""
        query = self.query
        return (self.span, query.versus or Span()) if query.measure == "compare" else (self.span,)

    def until(self, span: Span) -> dt.date:
        return self.today if span.until is None else min(span.until, self.today)

    def window(
        self,
        kind: Kind,
        *,
        recipient: Recipient | None = None,
        span: Span | None = None,
        party: Party | None = None,
        agreement: str | None = None,
    ) -> Window:
        """Return the rounds of a kind; what is not given is as the query has it."""
        span, query = span or self.span, self.query
        series = self.ledger.series(
            kind,
            recipient or self.recipient,
            party=party or query.party,
            agreement=agreement or query.agreement,
        )
        return series.window(span.since, self.until(span))

    def once(self, kind: Kind, span: Span) -> Window:
        """Return the rounds of a kind, each once though it may go both ways."""
        if len(self.ways) == 1:
            return self.window(kind, span=span)
        series = self.ledger.series(kind, party=self.query.party, agreement=self.query.agreement)
        return series.window(span.since, self.until(span))

    def windows(self, *, recipient: Recipient | None = None, span: Span | None = None) -> list[Window]:
        return [self.window(kind, recipient=recipient, span=span) for kind in self.kinds]

    def first_day(self) -> dt.date | None:
        """The day from which on any of the kinds is covered."""
        return min((d for kind in self.kinds if (d := self.covered_from(kind))), default=None)

    def covered_from(self, kind: Kind) -> dt.date | None:
        """The day of the first round of a kind that is known today; None where none is."""
        first = self.ledger.first_day(kind)
        return first if first is not None and first <= self.today else None

    def covers(self, kind: Kind, span: Span | None = None) -> bool:
        """Tell whether the records of a kind reach into a span; before them nothing is known, not even that it is 0."""
        first = self.covered_from(kind)
        return first is not None and first <= self.until(span or self.span)

    def answer(self, **values: object) -> Answer:
        return Answer(query=self.query, version=self.ledger.version, status="answered", **values)  # type: ignore[arg-type]

    def no_data(self, reason: Reason, **values: object) -> Answer:
        return Answer(query=self.query, version=self.ledger.version, status="no_data", reason=reason, **values)  # type: ignore[arg-type]

    def refusal(self) -> Answer | None:
        """Answer what lies wholly in the future or wholly before the records; None for all else."""
        query = self.query
        if any(span.since and span.since > self.today for span in self.spans):
            return self.no_data("future")
        if query.measure == "claimed_total":
            return None
        if query.agreement and self.agreement_day() is None:
            return self.no_data("not_recorded")
        first = self.first_day()
        if first is None or any(span.until and span.until < first for span in self.spans):
            begin = (Note(kind="records_begin", date=first),) if first else ()
            return self.no_data("not_recorded", notes=begin)
        return None

    def agreement_day(self) -> dt.date | None:
        found = self.ledger.agreement(self.query.agreement or "")
        return found.date if found and found.date <= self.today else None

    def notes(self, windows: Sequence[Window]) -> tuple[Note, ...]:
        """What is missing from the figure over these windows."""
        query = self.query
        notes = [*self.begin()]
        if undisclosed := sum(w.undisclosed for w in windows):
            notes.append(Note(kind="undisclosed", count=undisclosed))
        notes += self.left_out(windows)
        if not any(w.rounds or w.silent for w in windows):
            notes.append(Note(kind="no_round"))
        one_way = 0 if self.ways == (None,) or len(self.ways) > 1 or query.party else self._one_way(windows)
        if one_way:
            notes.append(Note(kind="one_way", count=one_way, text=self.recipient))
        return tuple(notes)

    def left_out(self, windows: Sequence[Window]) -> tuple[Note, ...]:
        """How many rounds are left out because the party asked for gave no figure."""
        silent = sum(w.silent for w in windows)
        return (Note(kind="party_silent", count=silent, text=self.query.party),) if silent else ()

    def begin(self) -> tuple[Note, ...]:
        """Where the records begin, of each kind for which the span begins before them."""
        since = min((span.since for span in self.spans if span.since), default=None)
        first = {kind: day for kind in self.kinds if (day := self.covered_from(kind))}
        if since is None or not first:
            return ()
        if self.query.kinds is None or len(self.kinds) == 1:
            day = min(first.values())
            return (Note(kind="records_begin", date=day),) if since < day else ()
        return tuple(Note(kind="records_begin", date=day, text=kind) for kind, day in first.items() if since < day)

    def _one_way(self, windows: Sequence[Window]) -> int:
        """Rounds of the span in which nobody says anything of this recipient."""
        count = 0
        for kind, window in zip(self.kinds, windows, strict=True):
            whole = self.ledger.series(kind, agreement=self.query.agreement)
            both = whole.window(self.query.since, self.until(self.query.span))
            count += (both.stop - both.start) - (window.stop - window.start)
        return count

    def silent_only(self, windows: Sequence[Window]) -> bool:
        """Tell whether the party asked for gave no figure for any round of the span, though there were rounds."""
        if self.query.party is None or any(w.figures for w in windows):
            return False
        return any(w.silent or w.rounds for w in windows)


def value_of(windows: Sequence[Window]) -> int | None:
    """Sum over windows; None where there were rounds and none has a figure."""
    if any(w.figures for w in windows) or not any(w.rounds for w in windows):
        return sum(w.value for w in windows)
    return None


def together(kinds: Sequence[Kind]) -> bool:
    """Tell whether these kinds may be added: the living may, remains are never added to anybody."""
    return len(kinds) == 1 or "remains" not in kinds


def sources_of(windows: Sequence[Window]) -> tuple[Claim, ...]:
    """Return the claims behind the newest figures, newest first."""
    newest = [(w.series.dates[place], w.series, place) for w in windows for place in w.newest_figures(SOURCES)]
    newest.sort(key=lambda found: found[0], reverse=True)
    entries = [series.entry(place) for _, series, place in newest[:SOURCES]]
    return tuple(sorted((e.headline.claim for e in entries if e.headline), key=lambda c: c.date, reverse=True))


def spread_of(windows: Sequence[Window], value: float | None) -> tuple[int | None, int | None]:
    if value is None:
        return None, None
    return sum(w.low for w in windows), sum(w.high for w in windows)


def rows_of(case: Case, entries: Sequence[Entry]) -> Sequence[Row]:
    """Write a row a round; where both sides' figures are told apart, each is labelled with its recipient."""
    return written_rows(len(entries), lambda i: row_of(case, entries[i]))


def row_of(case: Case, entry: Entry) -> Row:
    return entry_row(entry, label=entry.recipient if len(case.ways) > 1 else None)


def written_rows(count: int, row: Callable[[int], Row]) -> Sequence[Row]:
    """Write so many rows; many of them only when they are looked at."""
    rows = Rows(count, row)
    return rows if count > WHOLE else tuple(rows)


class Rows(Sequence[Row]):
    """Rows of which only those are written that somebody looks at."""

    def __init__(self, count: int, row: Callable[[int], Row]) -> None:
        self._count = count
        self._row = row

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(map(self._row, range(*index.indices(self._count))))
        return self._row(range(self._count)[index])

    def __eq__(self, other: object) -> bool:
        """Tell whether these are the same rows; a list that is written whole may be."""
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(operator.eq, self, other))

    def __hash__(self) -> int:
        return hash((len(self), self[0], self[-1]))


def entry_row(entry: Entry, *, label: str | None = None) -> Row:
    headline = entry.headline
    return Row(
        label=label,
        date=entry.round.date,
        round=entry.round.id,
        kind=entry.round.kind,
        recipient=entry.recipient,
        value=headline.value if headline else None,
        low=headline.low if headline else None,
        high=headline.high if headline else None,
        undisclosed=int(headline is None),
    )


def standing(case: Case, entry: Entry) -> tuple[Claim, ...]:
    return tuple(rank(case.ledger.claims_of(entry.round.id), recipient=entry.recipient))


def rounded(entry: Entry) -> tuple[Note, ...]:
    if entry.headline and entry.headline.claim.qualifier != "exact":
        return (Note(kind="rounded", text=entry.headline.claim.qualifier),)
    return ()


def partial(windows: Sequence[Window]) -> tuple[Note, ...]:
    """A note where an undisclosed round has figures for a part of it."""
    count = sum(w.parts for w in windows)
    return (Note(kind="partial", count=count),) if count else ()


def average_of(windows: Sequence[Window]) -> float | None:
    """The average of the disclosed figures, to two decimals; None where there is none."""
    figures = sum(w.figures for w in windows)
    return round(sum(w.value for w in windows) / figures, 2) if figures else None


def window_row(name: str, windows: Sequence[Window], measure: Measure = "total", **values: Any) -> Row:
    """Write windows as one line; without any, nothing is known of it."""
    rounds = sum(w.rounds for w in windows)
    value: float | None = value_of(windows) if windows else None
    low, high = spread_of(windows, value)
    if measure == "rounds" and windows:
        value = low = high = rounds
    elif measure == "average":
        value, low, high = average_of(windows), None, None
    undisclosed = sum(w.undisclosed for w in windows)
    return Row(label=name, value=value, low=low, high=high, rounds=rounds, undisclosed=undisclosed, **values)
