"""The figures of rounds as running sums, for each recipient and each party.

Numbers alone: which claim is a round's figure is worked out by `bot.domain.series`, for the rounds that are shown.
"""

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from bot.domain.claims import PARTIES, Claim, Party, Recipient
from bot.domain.rounds import Round

#: Rounds in one block of a lane's extremes.
BLOCK = 256
#: Lowest, chosen and highest figure of one round, and who received.
Spread = tuple[int, int, int, Recipient]
#: Everybody's figure (None) and each party's; of who gave none, none.
Spreads = Mapping[Party | None, Spread]


class Lane:
    """The figures of some rounds of a series: running sums, at the places of those rounds."""

    def __init__(self, places: Sequence[int], spreads: Sequence[Spread]) -> None:
        """Sum up.

        Args:
            places: Of the rounds that have a figure, ascending.
            spreads: Of the same rounds.
        """
        self.places = array("q", places)
        values = [value for _, value, _, _ in spreads]
        self.values = _sums(values)
        #: Rounds for which not everybody gave the same figure.
        self.differ = array("q", (i for i, (low, _, high, _) in enumerate(spreads) if low != high))
        #: Rounds whose figure is of what Russia received.
        self.russian = array("q", (i for i, (*_, way) in enumerate(spreads) if way == "russia"))
        self.low = _sums(low for low, _, _, _ in spreads) if self.differ else self.values
        self.high = _sums(high for _, _, high, _ in spreads) if self.differ else self.values
        #: Of each block, the smallest and the largest figure.
        self.extremes = [
            (min(block), max(block)) for i in range(0, len(values), BLOCK) if (block := values[i : i + BLOCK])
        ]

    def value(self, i: int) -> int:
        """Return the figure of the i-th round."""
        return self.values[i + 1] - self.values[i]

    def find_extreme(self, start: int, stop: int, *, largest: bool) -> int | None:
        """Return which round from start to stop has the largest or smallest figure, the first of equals."""
        pick = max if largest else min
        found: int | None = None
        for first, behind in _pieces(start, stop):
            whole = behind - first == BLOCK and first % BLOCK == 0
            best = self.extremes[first // BLOCK][largest] if whole else pick(map(self.value, range(first, behind)))
            if found is None or pick(best, found) != found:
                found = best
        if found is None:
            return None
        for first, behind in _pieces(start, stop):
            low, high = self.extremes[first // BLOCK]
            if low <= found <= high:
                for i in range(first, behind):
                    if self.value(i) == found:
                        return i
        return None


def _sums(values: Iterable[int]) -> "array[int]":
    return array("q", accumulate(values, initial=0))


def _pieces(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch at the ends of blocks."""
    while start < stop:
        behind = min(stop, (start // BLOCK + 1) * BLOCK)
        yield start, behind
        start = behind


class Identified:
    """The rounds of which somebody says how many were identified: who says it, with running sums."""

    def __init__(self, found: Sequence[tuple[int, Claim]]) -> None:
        """Sum up places and claims, ascending."""
        self.places = array("q", (place for place, _ in found))
        self.claims = tuple(claim for _, claim in found)
        self.sums = _sums(claim.breakdown["identified"] for claim in self.claims)


class View:
    """What a recipient sees of a pool."""

    #: The figures of everybody, and of each party.
    lanes: dict[Party | None, Lane]
    #: Running sums over `blanks`.
    parts: "array[int]"
    #: Likewise of everybody, and of each party.
    identified: dict[Party | None, Identified]

    def __init__(self) -> None:
        self.rounds: list[Round] = []
        self.dates: list[dt.date] = []
        self._places: defaultdict[Party | None, list[int]] = defaultdict(list)
        self._spreads: defaultdict[Party | None, list[Spread]] = defaultdict(list)
        #: Places of the rounds that nobody gave a figure for, and how many figures for a part of them there are.
        self.blanks: list[int] = []
        self._parts: list[int] = []
        self._identified: defaultdict[Party | None, list[tuple[int, Claim]]] = defaultdict(list)
        #: Those of the blanks that are about what Russia received.
        self.russian_blanks: list[int] = []

    def add(self, of: Round, spreads: Spreads, blank: Sequence[Claim], way: Recipient) -> None:
        """Add a round; `blank` are its claims where nobody gave a figure."""
        place = len(self.rounds)
        self.rounds.append(of)
        self.dates.append(of.date)
        for party, spread in spreads.items():
            self._places[party].append(place)
            self._spreads[party].append(spread)
        if not spreads:
            self.blanks.append(place)
            if way == "russia":
                self.russian_blanks.append(place)
            self._parts.append(sum(c.partial and c.recipient == way and c.count is not None for c in blank))

    def identify(self, party: Party | None, claim: Claim) -> None:
        """Note who says how many of the round that was added last were identified."""
        self._identified[party].append((len(self.rounds) - 1, claim))

    def sum_up(self) -> None:
        """Make the sums of what was added; then nothing more is."""
        self.lanes = {party: Lane(self._places[party], self._spreads[party]) for party in (None, *PARTIES)}
        self.parts = _sums(self._parts)
        self.identified = {party: Identified(self._identified[party]) for party in (None, *PARTIES)}
        self._places.clear()
        self._spreads.clear()
        self._parts.clear()
        self._identified.clear()
