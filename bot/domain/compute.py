"""What the ledger says to a query: figures, and what has to be said beside them.

Pure: ledger, query and clock in, answer out. Meanings: contract, section 4. A figure is a sum of headline figures or
one of them; the living of several kinds are added where somebody asked for them together, remains never; unknown is
None and never 0.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.answers import Answer, Note, Reason, Row, Side
from bot.domain.claims import KINDS, PARTIES, RECIPIENTS, Claim, Kind, Recipient
from bot.domain.headline import find_conflict, rank
from bot.domain.ledger import Ledger
from bot.domain.periods import Period, span_label, split
from bot.domain.queries import Measure, Query, Span
from bot.domain.series import Entry, Window

#: Sources named with an answer over many rounds: the newest.
SOURCES = 5


def compute(ledger: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> Answer:
    """Answer a query from the ledger.

    Args:
        ledger: For a query with `as_of`, the ledger as it stood then.
        now: Aware; nothing dated after its day is known to the answer.
        timezone: Whose calendar days "today" is told by.
    """
    today = (query.as_of or now).astimezone(timezone).date()
    case = _Case(ledger, query, today)
    answer = case.refusal() or _MEASURES[query.measure](case)
    if query.as_of is not None:
        answer = replace(answer, notes=(*answer.notes, Note(kind="as_of", date=today)))
    return answer


class _Case:
    """One query on one ledger, with its windows made once."""

    def __init__(self, ledger: Ledger, query: Query, today: dt.date) -> None:
        self.ledger = ledger
        self.query = query
        self.today = today
        self.kinds: tuple[Kind, ...] = query.kinds or KINDS
        self.recipient: Recipient | None = None if query.recipient == "both" else query.recipient

    def until(self, span: Span) -> dt.date:
        return self.today if span.until is None else min(span.until, self.today)

    def window(self, kind: Kind, *, recipient: Recipient | None = None, span: Span | None = None) -> Window:
        span = span or self.query.span
        series = self.ledger.series(
            kind, recipient or self.recipient, party=self.query.party, agreement=self.query.agreement
        )
        return series.window(span.since, self.until(span))

    def windows(self, *, recipient: Recipient | None = None, span: Span | None = None) -> list[Window]:
        return [self.window(kind, recipient=recipient, span=span) for kind in self.kinds]

    def first_day(self) -> dt.date | None:
        """The day from which on any of the kinds is covered."""
        days = [d for kind in self.kinds if (d := self.ledger.first_day(kind)) is not None and d <= self.today]
        return min(days, default=None)

    def answer(self, **values: object) -> Answer:
        return Answer(query=self.query, version=self.ledger.version, status="answered", **values)  # type: ignore[arg-type]

    def no_data(self, reason: Reason, **values: object) -> Answer:
        return Answer(query=self.query, version=self.ledger.version, status="no_data", reason=reason, **values)  # type: ignore[arg-type]

    def refusal(self) -> Answer | None:
        """Answer what lies wholly in the future or wholly before the records; None for all else."""
        query = self.query
        if query.since and query.since > self.today:
            return self.no_data("future")
        if query.measure == "claimed_total":
            return None
        if query.agreement and self.agreement_day() is None:
            return self.no_data("not_recorded")
        spans = [query.span] if query.versus is None else [query.span, query.versus]
        first = self.first_day()
        if first is None or any(span.until and span.until < first for span in spans):
            begin = (Note(kind="records_begin", date=first),) if first else ()
            return self.no_data("not_recorded", notes=begin)
        return None

    def agreement_day(self) -> dt.date | None:
        found = self.ledger.agreement(self.query.agreement or "")
        return found.date if found and found.date <= self.today else None

    def notes(self, windows: Sequence[Window]) -> tuple[Note, ...]:
        """What is missing from the figure over these windows."""
        notes: list[Note] = []
        first, query = self.first_day(), self.query
        if first and query.since and query.since < first:
            notes.append(Note(kind="records_begin", date=first))
        if undisclosed := sum(w.undisclosed for w in windows):
            notes.append(Note(kind="undisclosed", count=undisclosed))
        if silent := sum(w.silent for w in windows):
            notes.append(Note(kind="party_silent", count=silent, text=query.party))
        if not any(w.rounds or w.silent for w in windows):
            notes.append(Note(kind="no_round"))
        one_way = 0 if self.recipient is None or query.party else self._one_way(windows)
        if one_way:
            notes.append(Note(kind="one_way", count=one_way, text=self.recipient))
        return tuple(notes)

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
        return self.query.party is not None and not any(w.figures for w in windows) and any(w.silent for w in windows)


def _value(windows: Sequence[Window]) -> int | None:
    """Sum over windows; None where there were rounds and none has a figure."""
    if any(w.figures for w in windows) or not any(w.rounds for w in windows):
        return sum(w.value for w in windows)
    return None


def _together(kinds: Sequence[Kind]) -> bool:
    """Tell whether these kinds may be added: the living may, remains are never added to anybody."""
    return len(kinds) == 1 or "remains" not in kinds


def _sources(windows: Sequence[Window]) -> tuple[Claim, ...]:
    newest: list[Claim] = []
    for window in windows:
        found = 0
        for i in range(window.stop - 1, window.start - 1, -1):
            headline = window.series.entries[i].headline
            if headline:
                newest.append(headline.claim)
                found += 1
            if found == SOURCES:
                break
    newest.sort(key=lambda c: c.date, reverse=True)
    return tuple(newest[:SOURCES])


def _spread(windows: Sequence[Window], value: int | None) -> tuple[int | None, int | None]:
    if value is None:
        return None, None
    return sum(w.low for w in windows), sum(w.high for w in windows)


def _sides(case: _Case, windows: Sequence[Window]) -> dict[str, Side]:
    """Both sides' own sums, where somebody's figure for a round differs."""
    if case.query.party or case.recipient is None or not any(w.differ for w in windows):
        return {}
    sides = {}
    for party in ("ukraine", "russia"):
        own = [
            case.ledger.series(kind, case.recipient, party=party, agreement=case.query.agreement).window(
                case.query.since, case.until(case.query.span)
            )
            for kind in case.kinds
        ]
        if rounds := sum(w.figures for w in own):
            sides[party] = Side(value=sum(w.value for w in own), rounds=rounds)
    return sides if len(sides) == 2 else {}


def _total(case: _Case) -> Answer:
    if case.query.recipient == "both" or case.query.group_by == "recipient":
        return _by_recipient(case)
    if not _together(case.kinds):
        return _by_kind(case)
    windows = case.windows()
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=case.notes(windows))
    value = _value(windows)
    low, high = _spread(windows, value)
    single = _single(case, windows)
    return case.answer(
        value=value,
        low=low,
        high=high,
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        rows=_kind_rows(case) if len(case.kinds) > 1 else (),
        date=single.round.date if single else None,
        sources=_sources(windows),
        claims=_standing(case, single) if single else (),
        sides=_sides(case, windows),
        notes=(*case.notes(windows), *_partial(case, windows), *(_rounded(single) if single else ())),
    )


def _single(case: _Case, windows: Sequence[Window]) -> Entry | None:
    """The only round of the span, where there is only one."""
    entries = [w.last for w in windows if w.stop - w.start == 1]
    return entries[0] if len(entries) == 1 and sum(w.stop - w.start for w in windows) == 1 else None


def _standing(case: _Case, entry: Entry) -> tuple[Claim, ...]:
    return tuple(rank(case.ledger.claims_of(entry.round.id), recipient=entry.recipient))


def _rounded(entry: Entry) -> tuple[Note, ...]:
    if entry.headline and entry.headline.claim.qualifier != "exact":
        return (Note(kind="rounded", text=entry.headline.claim.qualifier),)
    return ()


def _partial(case: _Case, windows: Sequence[Window]) -> tuple[Note, ...]:
    """A note where an undisclosed round has figures for a part of it."""
    count = 0
    for window in windows:
        if window.undisclosed:
            for entry in window.entries:
                if entry.headline is None and not entry.silent:
                    claims = case.ledger.claims_of(entry.round.id)
                    count += sum(c.partial and c.recipient == entry.recipient and c.count is not None for c in claims)
    return (Note(kind="partial", count=count),) if count else ()


def _group(
    case: _Case, labels: Sequence[tuple[str, list[Window]]], *, value: int | None = None, measure: Measure = "total"
) -> Answer:
    """Answer with a row a label; windows of one label are added."""
    rows = tuple(_row(name, windows, measure) for name, windows in labels)
    windows = [w for _, of_label in labels for w in of_label]
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    notes = [Note(kind="undisclosed", count=n)] if (n := sum(r.undisclosed for r in rows)) else []
    if not any(r.rounds for r in rows):
        notes.append(Note(kind="no_round"))
    first = case.first_day()
    if first and case.query.since and case.query.since < first:
        notes.append(Note(kind="records_begin", date=first))
    return case.answer(
        value=value,
        rows=rows,
        rounds=sum(r.rounds or 0 for r in rows),
        undisclosed=sum(r.undisclosed for r in rows),
        sources=_sources(windows),
        notes=tuple(notes),
    )


def _row(name: str, windows: Sequence[Window], measure: Measure = "total") -> Row:
    rounds, value = sum(w.rounds for w in windows), _value(windows)
    low, high = _spread(windows, value)
    if measure == "rounds":
        value = low = high = rounds
    elif measure == "average":
        figures = sum(w.figures for w in windows)
        value, low, high = (round((value or 0) / figures) if figures else None), None, None
    undisclosed = sum(w.undisclosed for w in windows)
    return Row(label=name, value=value, low=low, high=high, rounds=rounds, undisclosed=undisclosed)


def _kind_rows(case: _Case) -> tuple[Row, ...]:
    return tuple(_row(kind, [case.window(kind)]) for kind in case.kinds)


def _by_kind(case: _Case) -> Answer:
    windows = [(kind, case.window(kind)) for kind in case.kinds]
    measure = case.query.measure
    # A kind that nobody asked for by name and that holds nothing is not worth a line.
    named = case.query.kinds is not None
    return _group(case, [(kind, [w]) for kind, w in windows if named or w.rounds], measure=measure)


def _by_recipient(case: _Case) -> Answer:
    if not _together(case.kinds):
        labels = [
            (f"{recipient} {kind}", [case.window(kind, recipient=recipient)])
            for recipient in RECIPIENTS
            for kind in case.kinds
        ]
    else:
        labels = [(recipient, case.windows(recipient=recipient)) for recipient in RECIPIENTS]
    return _group(case, labels, measure=case.query.measure)


def _by_agreement(case: _Case) -> Answer:
    labels: list[tuple[str, list[Window]]] = []
    for agreement in case.ledger.agreements:
        if agreement.date <= case.today and case.ledger.rounds_under(agreement.id):
            windows = [
                case.ledger.series(kind, case.recipient, party=case.query.party, agreement=agreement.id).window(
                    case.query.since, case.until(case.query.span)
                )
                for kind in case.kinds
            ]
            if any(w.rounds for w in windows):
                labels.append((agreement.id, windows))
    return _group(case, labels, measure=case.query.measure)


def _by_party(case: _Case) -> Answer:
    labels = []
    for party in PARTIES:
        windows = [
            case.ledger.series(kind, case.recipient, party=party, agreement=case.query.agreement).window(
                case.query.since, case.until(case.query.span)
            )
            for kind in case.kinds
        ]
        if any(w.figures for w in windows):
            labels.append((party, windows))
    return _group(case, labels)


def _by_period(case: _Case, period: Period) -> Answer:
    labels: dict[str, list[Window]] = {}
    for window in case.windows():
        for name, start, stop in split(window.series.dates, period, window.start, window.stop):
            piece = Window(window.series, start, stop)
            if piece.rounds:
                labels.setdefault(name, []).append(piece)
    return _group(case, sorted(labels.items()), measure=case.query.measure)


def _breakdown(case: _Case) -> Answer:
    match case.query.group_by:
        case "kind":
            return _by_kind(case)
        case "recipient":
            return _by_recipient(case)
        case "agreement":
            return _by_agreement(case)
        case "party":
            return _by_party(case)
        case "day" | "week" | "month" | "year" as period:
            if not _together(case.kinds):
                return _by_kind(case)
            return _by_period(case, period)
        case None:
            return _by_period(case, "month")


def _grouped(measure: Callable[[_Case], Answer]) -> Callable[[_Case], Answer]:
    """Let a measure that is one number be broken down as well ("exchanges per month")."""

    def answer(case: _Case) -> Answer:
        return measure(case) if case.query.group_by is None else _breakdown(case)

    return answer


def _rounds(case: _Case) -> Answer:
    windows = case.windows()
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=case.notes(windows))
    return case.answer(
        value=sum(w.rounds for w in windows),
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        rows=_kind_rows(case) if len([w for w in windows if w.rounds]) > 1 else (),
        sources=_sources(windows),
        notes=case.notes(windows),
    )


def _average(case: _Case) -> Answer:
    windows = case.windows()
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=case.notes(windows))
    if not _together(case.kinds):
        return _by_kind(case)
    figures = sum(w.figures for w in windows)
    if not figures:
        return case.no_data("not_recorded", notes=case.notes(windows))
    return case.answer(
        value=round(sum(w.value for w in windows) / figures, 2),
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        sources=_sources(windows),
        notes=case.notes(windows),
    )


def _of_entries(case: _Case, entries: Sequence[Entry]) -> Answer:
    """Answer with one round, or with all of one day where several kinds were handed over on it."""
    entry = entries[0]
    rows = tuple(_entry_row(e) for e in entries) if len(entries) > 1 else ()
    headline = entry.headline if len(entries) == 1 else None
    claims = _standing(case, entry) if len(entries) == 1 else ()
    shown = [e.headline.claim for e in entries if e.headline]
    undisclosed = sum(e.headline is None for e in entries)
    return case.answer(
        value=headline.value if headline else None,
        low=headline.low if headline else None,
        high=headline.high if headline else None,
        date=entry.round.date,
        rounds=len(entries),
        undisclosed=undisclosed,
        rows=rows or (_entry_row(entry),),
        sources=tuple(shown) or claims[:1],
        claims=claims,
        notes=(
            *((Note(kind="undisclosed", count=undisclosed),) if undisclosed else ()),
            *(_rounded(entry) if len(entries) == 1 else ()),
        ),
    )


def _entry_row(entry: Entry) -> Row:
    headline = entry.headline
    return Row(
        date=entry.round.date,
        round=entry.round.id,
        kind=entry.round.kind,
        recipient=entry.recipient,
        value=headline.value if headline else None,
        low=headline.low if headline else None,
        high=headline.high if headline else None,
        undisclosed=int(headline is None),
    )


def _at_edge(case: _Case, *, newest: bool) -> Answer:
    windows = [w for w in case.windows() if w.rounds]
    if not windows:
        silent = any(w.silent for w in case.windows())
        return case.no_data("party_silent" if silent else "not_recorded", notes=(Note(kind="no_round"),))
    edges = [_edge(w, newest=newest) for w in windows]
    days = [e.round.date for e in edges]
    day = max(days) if newest else min(days)
    return _of_entries(case, [e for e in edges if e.round.date == day])


def _edge(window: Window, *, newest: bool) -> Entry:
    entries = window.series.entries
    order = range(window.stop - 1, window.start - 1, -1) if newest else range(window.start, window.stop)
    return next(entries[i] for i in order if not entries[i].silent)


def _last(case: _Case) -> Answer:
    return _at_edge(case, newest=True)


def _first(case: _Case) -> Answer:
    return _at_edge(case, newest=False)


def _extreme(case: _Case, *, largest: bool) -> Answer:
    windows = case.windows()
    found = [e for w in windows if (e := w.extreme(largest=largest)) is not None]
    if not found:
        reason: Reason = "party_silent" if case.silent_only(windows) else "not_recorded"
        return case.no_data(reason, undisclosed=sum(w.undisclosed for w in windows), notes=case.notes(windows))
    best = (max if largest else min)(found, key=lambda e: e.headline.value if e.headline else 0)
    answer = _of_entries(case, [best])
    undisclosed = sum(w.undisclosed for w in windows)
    extra = (Note(kind="undisclosed", count=undisclosed),) if undisclosed else ()
    return replace(
        answer, rounds=sum(w.rounds for w in windows), undisclosed=undisclosed, notes=(*answer.notes, *extra)
    )


def _largest(case: _Case) -> Answer:
    return _extreme(case, largest=True)


def _smallest(case: _Case) -> Answer:
    return _extreme(case, largest=False)


def _list(case: _Case) -> Answer:
    ways: tuple[Recipient | None, ...] = RECIPIENTS if case.query.recipient == "both" else (None,)
    windows = [w for way in ways for w in case.windows(recipient=way)]
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    entries = [e for w in windows for e in w.entries if not e.silent]
    entries.sort(key=lambda e: (e.round.date, e.round.id, e.recipient != "ukraine"))
    return case.answer(
        rows=tuple(_entry_row(e) for e in entries),
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        sources=_sources(windows),
        notes=case.notes(windows) if len(ways) == 1 else (),
    )


def _compare(case: _Case) -> Answer:
    first, second = case.query.span, case.query.versus or Span()
    sides = [(span_label(span), case.windows(span=span)) for span in (first, second)]
    if case.query.party and any(case.silent_only(windows) for _, windows in sides):
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    answer = _group(case, sides)
    one, other = (row.value for row in answer.rows)
    return replace(answer, value=None if one is None or other is None else one - other)


def _conflict(case: _Case) -> Answer:
    ways: tuple[Recipient, ...] = (case.recipient,) if case.recipient else RECIPIENTS
    rows: list[Row] = []
    sources: list[Claim] = []
    for kind in case.kinds:
        for way in ways:
            found = case.ledger.conflicts(kind, way, case.query.since, case.until(case.query.span))
            for of in found:
                if case.query.agreement and of.agreement != case.query.agreement:
                    continue
                both = find_conflict(case.ledger.claims_of(of.id), recipient=way)
                assert both is not None
                rows.append(
                    Row(
                        date=of.date,
                        round=of.id,
                        kind=kind,
                        recipient=way,
                        ukraine=both.ukraine.count,
                        russia=both.russia.count,
                    )
                )
                sources.extend((both.ukraine, both.russia))
    rows.sort(key=lambda r: (r.date, r.round, r.recipient != "ukraine"))
    windows = case.windows()
    return case.answer(
        rows=tuple(rows),
        rounds=sum(w.rounds for w in windows),
        sources=tuple(sorted(sources, key=lambda c: c.date, reverse=True)[:SOURCES]),
    )


def _claimed_total(case: _Case) -> Answer:
    """The newest total that a person or a party claims, held against the ledger's own sum."""
    query, kind = case.query, case.kinds[0]
    recipient: Recipient = case.recipient or "ukraine"
    party = query.party or recipient
    pool = [
        c
        for c in case.ledger.totals
        if c.kind == kind
        and c.recipient == recipient
        and c.date <= case.until(query.span)
        and not c.partial
        and c.count is not None
        and (query.since is None or c.since == query.since)
    ]
    own = [c for c in pool if query.claimant and query.claimant.casefold() in c.claimant.casefold()]
    pool = own or [c for c in pool if c.party == party]
    if not pool:
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=party),))
    best = max(pool, key=lambda c: (c.date, c.qualifier == "exact", c.published or dt.date.min, c.id or 0))
    assert best.count is not None
    window = case.ledger.series(kind, recipient).window(best.since, best.date)
    notes = [Note(kind="ledger_sum", count=window.value, date=best.date)]
    if window.value != best.count:
        notes.append(Note(kind="total_differs", count=window.value - best.count))
    if best.qualifier != "exact":
        notes.append(Note(kind="rounded", text=best.qualifier))
    return case.answer(
        value=best.count,
        date=best.date,
        rounds=window.rounds,
        undisclosed=window.undisclosed,
        rows=(Row(since=best.since, date=best.date, value=best.count, label=best.party),),
        sources=(best,),
        claims=(best,),
        notes=tuple(notes),
    )


def _happened(case: _Case) -> Answer:
    windows = case.windows()
    held = [w for w in windows if w.rounds]
    day = case.query.until if case.query.since == case.query.until else None
    if not held:
        if case.silent_only(windows):
            return case.no_data("party_silent", date=day, notes=case.notes(windows))
        return case.answer(value=0, low=0, high=0, date=day, rounds=0, notes=case.notes(windows))
    entries = [e for w in held for e in w.entries if not e.silent]
    entries.sort(key=lambda e: (e.round.date, e.round.id))
    if len(entries) == 1:
        return _of_entries(case, entries)
    value = _value(held) if _together([w.last.round.kind for w in held]) else None
    low, high = _spread(held, value)
    return case.answer(
        value=value,
        low=low,
        high=high,
        date=day or entries[-1].round.date,
        rounds=len(entries),
        undisclosed=sum(w.undisclosed for w in held),
        rows=tuple(_entry_row(e) for e in entries),
        sources=_sources(held),
        notes=case.notes(windows),
    )


def _days_since(case: _Case) -> Answer:
    last = _last(case)
    if last.date is None:
        return last
    return replace(last, value=(case.today - last.date).days, low=None, high=None)


def _share_identified(case: _Case) -> Answer:
    """The numbers under "identified", and the figures that they are a part of."""
    rows: list[Row] = []
    sources: list[Claim] = []
    windows = case.windows()
    for window in windows:
        for entry in window.entries:
            ranked = rank(case.ledger.claims_of(entry.round.id), recipient=entry.recipient)
            if case.query.party:
                ranked = [c for c in ranked if c.party == case.query.party]
            told = next((c for c in ranked if "identified" in c.breakdown), None)
            if told is not None:
                rows.append(replace(_entry_row(entry), value=told.count, identified=told.breakdown["identified"]))
                sources.append(told)
    if not rows:
        return case.no_data("not_recorded", rounds=sum(w.rounds for w in windows))
    return case.answer(
        value=sum(c.breakdown["identified"] for c in sources),
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        rows=tuple(rows),
        sources=tuple(sources[::-1][:SOURCES]),
        notes=case.notes(windows),
    )


_MEASURES: dict[Measure, Callable[[_Case], Answer]] = {
    "total": _grouped(_total),
    "rounds": _grouped(_rounds),
    "last": _last,
    "first": _first,
    "largest": _largest,
    "smallest": _smallest,
    "average": _grouped(_average),
    "list": _list,
    "breakdown": _breakdown,
    "compare": _compare,
    "conflict": _conflict,
    "claimed_total": _claimed_total,
    "happened": _happened,
    "days_since": _days_since,
    "share_identified": _share_identified,
}
