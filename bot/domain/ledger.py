"""The ledger at one version, in memory: immutable, and quick to ask.

Answers are computed on this and on nothing else. What it holds is given; the look-up tables beside it are made when
first needed, or all at once by `prepare`, so that a question costs no walk through the rounds.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.domain.claims import Claim, Kind, Party, Recipient
from bot.domain.headline import Conflict
from bot.domain.pools import Pool
from bot.domain.rounds import Agreement, Round
from bot.domain.series import Series

_Dated = TypeVar("_Dated")


class Ledger:
    """Agreements, rounds and claims at one version. Do not change what it holds."""

    __slots__ = (
        "__weakref__",
        "_agreements",
        "_by_agreement",
        "_by_kind",
        "_claims",
        "_claims_of",
        "_pools",
        "_rounds",
        "_totals",
        "agreements",
        "claimants",
        "claims",
        "ordinals",
        "rounds",
        "version",
    )

    def __init__(
        self,
        *,
        version: int,
        agreements: Iterable[Agreement] = (),
        rounds: Iterable[Round] = (),
        claims: Iterable[Claim] = (),
    ) -> None:
        #: Raised by each change of the ledger; 0: empty.
        self.version = version
        #: By date and id.
        self.agreements = tuple(sorted(agreements, key=lambda a: (a.date, a.id)))
        #: By date and id.
        self.rounds = tuple(sorted(rounds, key=lambda r: (r.date, r.id)))
        #: Standing claims, by date and then in the order of recording.
        self.claims = tuple(sorted(claims, key=lambda c: (c.date, c.id or 0)))
        self._agreements = {a.id: a for a in self.agreements}
        self._rounds = {r.id: r for r in self.rounds}
        self._claims: dict[int, Claim] | None = None
        #: Who states figures, and for which party at first.
        self.claimants: dict[str, Party] = {}
        #: Numbers of exchanges, each with its day.
        self.ordinals: dict[int, dt.date] = {}
        of_round: defaultdict[str, list[Claim]] = defaultdict(list)
        totals: list[Claim] = []
        for c in self.claims:
            self.claimants.setdefault(c.claimant, c.party)
            if c.measure == "total":
                totals.append(c)
            elif c.round is not None:
                of_round[c.round].append(c)
        cited = Counter(c.publisher for c in self.claims)
        self._claims_of = {
            key: tuple(sorted(claims, key=lambda c: -cited[c.publisher])) for key, claims in of_round.items()
        }
        self._totals = tuple(totals)
        by_kind: defaultdict[Kind, list[Round]] = defaultdict(list)
        by_agreement: defaultdict[str, list[Round]] = defaultdict(list)
        for r in self.rounds:
            by_kind[r.kind].append(r)
            if r.ordinal is not None:
                self.ordinals[r.ordinal] = r.date
            if r.agreement:
                by_agreement[r.agreement].append(r)
        self._by_kind = by_kind
        self._by_agreement = by_agreement
        self._pools: dict[tuple[Kind, str | None], Pool] = {}

    def prepare(self) -> None:
        """Make every look-up table now, so that no question has to."""
        for kind in self._by_kind:
            self._pool(kind)
        for agreement, rounds in self._by_agreement.items():
            for kind in {r.kind for r in rounds}:
                self._pool(kind, agreement)

    def _pool(self, kind: Kind, agreement: str | None = None) -> Pool:
        key = (kind, agreement)
        found = self._pools.get(key)
        if found is None:
            rounds = self._by_kind.get(kind, [])
            if agreement is not None:
                rounds = [r for r in self._by_agreement.get(agreement, []) if r.kind == kind]
            found = self._pools[key] = Pool(rounds, self._claims_of)
        return found

    def agreement(self, agreement_id: str) -> Agreement | None:
        """Return it; None where unknown."""
        return self._agreements.get(agreement_id)

    def round(self, round_id: str) -> Round | None:
        """Return it; None where unknown or withdrawn."""
        return self._rounds.get(round_id)

    def claim(self, claim_id: int) -> Claim | None:
        """Return it; None where unknown or retracted."""
        if self._claims is None:
            self._claims = {c.id: c for c in self.claims if c.id is not None}
        return self._claims.get(claim_id)

    def claims_of(self, round_id: str) -> tuple[Claim, ...]:
        """Return the standing claims about a round, totals left out; those of the most cited publishers first."""
        return self._claims_of.get(round_id, ())

    @property
    def totals(self) -> tuple[Claim, ...]:
        """Standing claims of cumulative figures, by date."""
        return self._totals

    def rounds_between(self, since: dt.date | None, until: dt.date | None, kind: Kind | None = None) -> Sequence[Round]:
        """Return the rounds from one day to another, both included, in date order; None is open, or every kind."""
        pool: Sequence[Round] = self.rounds if kind is None else self._by_kind.get(kind, [])
        return _between(pool, since, until, key=_day)

    def rounds_under(self, agreement_id: str) -> Sequence[Round]:
        """Return the rounds that belong to an agreement, in date order."""
        return self._by_agreement.get(agreement_id, [])

    def first_day(self, kind: Kind) -> dt.date | None:
        """Return the day of the first recorded round of a kind, from which on it is covered; None where none is."""
        pool = self._by_kind.get(kind)
        return pool[0].date if pool else None

    def series(
        self,
        kind: Kind,
        recipient: Recipient | None = None,
        *,
        party: Party | None = None,
        agreement: str | None = None,
    ) -> Series:
        """Return the rounds of one kind, in date order.

        Args:
            recipient: Rounds with a claim for it, and those without a figure from anybody for anybody. None: all
                rounds, each with Ukraine's figure or, where it has none, with Russia's.
            party: Only its figures; a round for which only others gave one is marked `silent`.
            agreement: Only rounds that belong to it.
        """
        return self._pool(kind, agreement).series(recipient, party)

    def conflicts(
        self,
        kind: Kind,
        recipient: Recipient,
        since: dt.date | None,
        until: dt.date | None,
        *,
        agreement: str | None = None,
    ) -> Sequence[tuple[Round, Conflict]]:
        """Return the rounds for which the parties' figures cannot both hold, with them, in date order."""
        found = self._pool(kind, agreement).conflicts[recipient]
        return _between(found, since, until, key=lambda one: one[0].date)


def build_ledger(
    *,
    version: int,
    agreements: Iterable[Agreement] = (),
    rounds: Iterable[Round] = (),
    claims: Iterable[Claim] = (),
) -> Ledger:
    """Make the ledger of one version from what stands at it."""
    return Ledger(version=version, agreements=agreements, rounds=rounds, claims=claims)


def _between(
    pool: Sequence[_Dated], since: dt.date | None, until: dt.date | None, *, key: Callable[[_Dated], dt.date]
) -> Sequence[_Dated]:
    start = 0 if since is None else bisect_left(pool, since, key=key)
    stop = len(pool) if until is None else bisect_right(pool, until, key=key)
    return pool[start:stop]


def _day(of: Round) -> dt.date:
    return of.date
