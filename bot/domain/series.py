"""The rounds of one kind in date order, of which any span of days is summed by a few look-ups.

Only what an answer shows is worked out round by round.
"""

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import islice, takewhile
from typing import Any, TypeVar, overload

from bot.domain.claims import RECIPIENTS, Claim, Party, Recipient
from bot.domain.headline import Headline, choose_headline
from bot.domain.lanes import View
from bot.domain.rounds import Round

_Key = TypeVar("_Key", bound=tuple[Any, ...])

#: Entries of one series that are kept once they were worked out.
KEPT = 1024


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
    """The rounds of one kind, recipient and party in date order."""

    def __init__(
        self,
        claims: Mapping[str, tuple[Claim, ...]],
        view: View,
        recipient: Recipient | None,
        party: Party | None,
    ) -> None:
        self._claims = claims
        self._recipient = recipient
        self._party = party
        self.rounds: Sequence[Round] = view.rounds
        #: Day of each round, ascending.
        self.dates = view.dates
        self.lane = view.lanes[party]
        #: Everybody's figures.
        self.all = view.lanes[None]
        self.blanks: Sequence[int] = view.blanks
        self.parts = view.parts
        self.identified = view.identified[party]
        self.russian_blanks: Sequence[int] = view.russian_blanks
        self._entries: dict[int, Entry] = {}

    @property
    def recipient(self) -> Recipient | None:
        """Who sees them so; None: each round's own recipient."""
        return self._recipient

    @cached_property
    def told(self) -> Sequence[int]:
        """Places of the rounds that the party asked for is not silent about, ascending."""
        if self._party is None:
            return range(len(self.rounds))
        return array("q", sorted((*self.lane.places, *self.blanks)))

    def entry(self, place: int) -> Entry:
        """Return one round with its figure."""
        found = self._entries.get(place)
        if found is None:
            if len(self._entries) >= KEPT:
                self._entries.clear()
            found = self._entries[place] = self._entry(self.rounds[place])
        return found

    def _entry(self, of: Round) -> Entry:
        claims = self._claims.get(of.id, ())
        about = {c.recipient for c in claims}
        ways = (self._recipient,) if self._recipient else tuple(way for way in RECIPIENTS if way in about)
        silent = False
        for way in ways:
            headline = choose_headline(claims, recipient=way, party=self._party)
            if headline:
                return Entry(round=of, recipient=way, headline=headline)
            silent = silent or (self._party is not None and choose_headline(claims, recipient=way) is not None)
        return Entry(round=of, recipient=ways[0] if ways else "ukraine", headline=None, silent=silent)

    def window(self, since: dt.date | None, until: dt.date | None) -> "Window":
        """Return the rounds from one day to another, both included; None is open."""
        start = 0 if since is None else bisect_left(self.dates, since)
        stop = len(self.dates) if until is None else bisect_right(self.dates, until)
        return Window(self, start, max(start, stop))


class Window:
    """A stretch of a series."""

    __slots__ = ("_first", "_stop", "series", "start", "stop")

    def __init__(self, series: Series, start: int, stop: int) -> None:
        self.series = series
        self.start = start
        self.stop = stop
        #: The figures in it.
        self._first = bisect_left(series.lane.places, start)
        self._stop = bisect_left(series.lane.places, stop, self._first)

    def entry(self, of: Round) -> Entry | None:
        """Return a round's entry; None where it is not in the window."""
        series = self.series
        for place in range(bisect_left(series.dates, of.date, self.start, self.stop), self.stop):
            if series.rounds[place].id == of.id:
                return series.entry(place)
            if series.dates[place] != of.date:
                break
        return None

    @property
    def last(self) -> Entry:
        """The newest entry; the window must not be empty."""
        return self.series.entry(self.stop - 1)

    def edge(self, *, newest: bool) -> Sequence[Entry]:
        """Return the entries of the newest or the oldest day that counts; there must be one.

        They are several where a kind was handed over twice on that day.
        """
        dates, told = self.series.dates, self.told
        day = dates[told[-1 if newest else 0]]
        inward = reversed(told) if newest else iter(told)
        found = [self.series.entry(place) for place in takewhile(lambda place: dates[place] == day, inward)]
        return found[::-1] if newest else found

    @property
    def told(self) -> Sequence[int]:
        """Places of the rounds that count, ascending: those with a figure, and undisclosed ones."""
        told = self.series.told
        return told[bisect_left(told, self.start) : bisect_left(told, self.stop)]

    def newest_figures(self, most: int) -> Sequence[int]:
        """Return the places of the newest rounds with a figure, newest first."""
        return self.series.lane.places[max(self._first, self._stop - most) : self._stop][::-1]

    def _sum(self, sums: "array[int]") -> int:
        return sums[self._stop] - sums[self._first]

    @property
    def value(self) -> int:
        """Sum of the headline figures."""
        return self._sum(self.series.lane.values)

    @property
    def low(self) -> int:
        """Sum of each round's lowest figure."""
        return self._sum(self.series.lane.low)

    @property
    def high(self) -> int:
        """Sum of each round's highest figure."""
        return self._sum(self.series.lane.high)

    @property
    def figures(self) -> int:
        """Rounds with a figure."""
        return self._stop - self._first

    @property
    def silent(self) -> int:
        """Rounds that others gave a figure for, and the party asked for did not."""
        if self.series.lane is self.series.all:
            return 0
        return _between(self.series.all.places, self.start, self.stop) - self.figures

    @property
    def rounds(self) -> int:
        """Rounds that count: with a figure or undisclosed, without those left out."""
        return self.stop - self.start - self.silent

    @property
    def undisclosed(self) -> int:
        """Rounds without a figure from anybody."""
        return self.rounds - self.figures

    @property
    def recipients(self) -> set[Recipient]:
        """Who received in the rounds that count."""
        lane, series = self.series.lane, self.series
        russian = _between(lane.russian, self._first, self._stop)
        russian += _between(series.russian_blanks, self.start, self.stop)
        counts: dict[Recipient, int] = {"ukraine": self.rounds - russian, "russia": russian}
        return {way for way, rounds in counts.items() if rounds}

    @property
    def identified(self) -> int:
        """Sum of those who were identified."""
        places, sums = self.series.identified.places, self.series.identified.sums
        return sums[bisect_left(places, self.stop)] - sums[bisect_left(places, self.start)]

    @property
    def with_identified(self) -> Sequence[int]:
        """Which of the series' `identified` are in it."""
        places = self.series.identified.places
        return range(bisect_left(places, self.start), bisect_left(places, self.stop))

    @property
    def parts(self) -> int:
        """Figures for a part of an undisclosed round."""
        blanks, sums = self.series.blanks, self.series.parts
        return sums[bisect_left(blanks, self.stop)] - sums[bisect_left(blanks, self.start)]

    @property
    def differ(self) -> int:
        """Rounds for which not everybody gave the same figure."""
        return _between(self.series.lane.differ, self._first, self._stop)

    def extreme(self, *, largest: bool) -> Entry | None:
        """Return the entry with the largest or smallest figure, the earliest of equals; None where none has one."""
        lane = self.series.lane
        i = lane.find_extreme(self._first, self._stop, largest=largest)
        return None if i is None else self.series.entry(lane.places[i])


def _between(places: Sequence[int], start: int, stop: int) -> int:
    """Count ascending places from start to stop."""
    return bisect_left(places, stop) - bisect_left(places, start)


class Merged(Sequence[_Key]):
    """What stands in order in several places, brought together as far as anybody looks."""

    def __init__(self, parts: Sequence[Sequence[Any]], keys: Callable[[int], Iterator[_Key]]) -> None:
        """Keep the parts; `keys` yields what comes of one of them, ascending."""
        self._length = sum(map(len, parts))
        self._known: list[_Key] = []
        self._rest = merge(*map(keys, range(len(parts))))

    def __len__(self) -> int:
        """Count all of them."""
        return self._length

    @overload
    def __getitem__(self, index: int) -> _Key: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[_Key]: ...

    def __getitem__(self, index: int | slice) -> _Key | Sequence[_Key]:
        """Return one, or a stretch."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        i = index if index >= 0 else index + self._length
        if not 0 <= i < self._length:
            raise IndexError(index)
        self._known += islice(self._rest, max(0, i + 1 - len(self._known)))
        return self._known[i]


class Listing(Sequence[Entry]):
    """The rounds of windows that count, by day and id, and of one round Ukraine's side first.

    Where a long list is asked for, only what is looked at is worked out.
    """

    def __init__(self, windows: Sequence[Window]) -> None:
        self._windows = [w for w in windows if w.rounds]
        self._told = [w.told for w in self._windows]
        self._order = Merged(self._told, self._keys)

    def _keys(self, window: int) -> Iterator[tuple[dt.date, str, bool, int, int]]:
        series = self._windows[window].series
        for place in self._told[window]:
            yield series.dates[place], series.rounds[place].id, series.recipient == "russia", window, place

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        """Return an entry, or a stretch of them."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if len(self._windows) == 1:  # then nothing has to be ordered
            return self._windows[0].series.entry(self._told[0][index])
        *_, window, place = self._order[index]
        return self._windows[window].series.entry(place)
