"""The rounds of one kind in date order, with running sums: any span of days is summed by two look-ups."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.domain.claims import Recipient
from bot.domain.headline import Headline
from bot.domain.rounds import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One round as one recipient sees it."""

    round: Round
    recipient: Recipient
    #: None: nobody gave a figure.
    headline: Headline | None
    #: With a party asked for: others gave a figure, this one did not.
    silent: bool = False


class Series:
    """The rounds of one kind, recipient and party in date order, with running sums.

    Sums over any span of days cost two look-ups, whatever the length of the ledger.
    """

    __slots__ = ("_blanks", "_differ", "_figures", "_high", "_low", "_silent", "_values", "dates", "entries", "maxima")

    #: Rounds in one block of `maxima`.
    BLOCK = 256

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        #: Day of each entry, ascending.
        self.dates = [e.round.date for e in self.entries]
        heads = [e.headline for e in self.entries]
        self._values = list(accumulate((h.value if h else 0 for h in heads), initial=0))
        self._low = list(accumulate((h.low if h else 0 for h in heads), initial=0))
        self._high = list(accumulate((h.high if h else 0 for h in heads), initial=0))
        self._figures = list(accumulate((h is not None for h in heads), initial=0))
        self._silent = list(accumulate((e.silent for e in self.entries), initial=0))
        self._differ = list(accumulate((h is not None and h.low != h.high for h in heads), initial=0))
        self._blanks = [i for i, e in enumerate(self.entries) if e.headline is None and not e.silent]
        #: Of each block of entries, the smallest and the largest disclosed figure; None where it has none.
        self.maxima = [
            _extremes([h.value for h in heads[i : i + self.BLOCK] if h]) for i in range(0, len(heads), self.BLOCK)
        ]

    def window(self, since: dt.date | None, until: dt.date | None) -> "Window":
        """Return the entries from one day to another, both included; None is open."""
        start = 0 if since is None else bisect_left(self.dates, since)
        stop = len(self.dates) if until is None else bisect_right(self.dates, until)
        return Window(self, start, max(start, stop))


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a series."""

    series: Series
    start: int
    stop: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, oldest first, those left out for a silent party included."""
        return self.series.entries[self.start : self.stop]

    def entry(self, of: Round) -> Entry | None:
        """Return a round's entry; None where it is not in the window."""
        dates = self.series.dates
        for i in range(bisect_left(dates, of.date, self.start, self.stop), self.stop):
            if self.series.entries[i].round.id == of.id:
                return self.series.entries[i]
            if dates[i] != of.date:
                break
        return None

    @property
    def last(self) -> Entry:
        """The newest entry; the window must not be empty."""
        return self.series.entries[self.stop - 1]

    def _sum(self, sums: Sequence[int]) -> int:
        return sums[self.stop] - sums[self.start]

    @property
    def value(self) -> int:
        """Sum of the headline figures."""
        return self._sum(self.series._values)

    @property
    def low(self) -> int:
        """Sum of each round's lowest figure."""
        return self._sum(self.series._low)

    @property
    def high(self) -> int:
        """Sum of each round's highest figure."""
        return self._sum(self.series._high)

    @property
    def figures(self) -> int:
        """Rounds with a figure."""
        return self._sum(self.series._figures)

    @property
    def silent(self) -> int:
        """Rounds that others gave a figure for, and the party asked for did not."""
        return self._sum(self.series._silent)

    @property
    def rounds(self) -> int:
        """Rounds that count: with a figure or undisclosed, without those left out."""
        return self.stop - self.start - self.silent

    @property
    def undisclosed(self) -> int:
        """Rounds without a figure from anybody."""
        return self.rounds - self.figures

    @property
    def blanks(self) -> list[Entry]:
        """The undisclosed rounds."""
        of = self.series._blanks
        return [self.series.entries[i] for i in of[bisect_left(of, self.start) : bisect_left(of, self.stop)]]

    @property
    def differ(self) -> int:
        """Rounds for which not everybody gave the same figure."""
        return self._sum(self.series._differ)

    def extreme(self, *, largest: bool) -> Entry | None:
        """Return the entry with the largest or smallest figure, the earliest of equals; None where none has one."""
        pick = max if largest else min
        best: int | None = None
        block, i = self.series.BLOCK, self.start
        found: list[int] = []
        while i < self.stop:
            if i % block == 0 and i + block <= self.stop:
                ends = self.series.maxima[i // block]
                found.extend(ends)
                i += block
            else:
                headline = self.series.entries[i].headline
                if headline:
                    found.append(headline.value)
                i += 1
        if not found:
            return None
        best = pick(found)
        return self._first_with(best)

    def _first_with(self, value: int) -> Entry | None:
        block, i = self.series.BLOCK, self.start
        while i < self.stop:
            if i % block == 0 and i + block <= self.stop:
                ends = self.series.maxima[i // block]
                if not ends or not ends[0] <= value <= ends[-1]:
                    i += block
                    continue
            headline = self.series.entries[i].headline
            if headline and headline.value == value:
                return self.series.entries[i]
            i += 1
        return None


def _extremes(values: Sequence[int]) -> tuple[int, ...]:
    return (min(values), max(values)) if values else ()
