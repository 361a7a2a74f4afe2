"""The ledger at one version, in memory: immutable, and quick to ask.

Answers are computed on this and on nothing else. What it holds is given; the look-up tables beside it are made when
first needed, so that a question costs no walk through the rounds.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bot.domain.claims import RECIPIENTS, Claim, Kind, Party, Recipient
from bot.domain.headline import choose_headline, figures, find_conflict
from bot.domain.rounds import Agreement, Round
from bot.domain.series import Entry, Series


class Ledger:
    """Agreements, rounds and claims at one version. Do not change what it holds."""

    __slots__ = (
        "__weakref__",
        "_agreements",
        "_by_agreement",
        "_by_kind",
        "_claims",
        "_claims_of",
        "_conflicts",
        "_identified",
        "_rounds",
        "_series",
        "_totals",
        "agreements",
        "claims",
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
        of_round: defaultdict[str, list[Claim]] = defaultdict(list)
        totals: list[Claim] = []
        for c in self.claims:
            if c.measure == "total":
                totals.append(c)
            elif c.round is not None:
                of_round[c.round].append(c)
        cited = Counter(c.publisher for c in self.claims)
        self._claims_of = {
            key: tuple(sorted(claims, key=lambda c: -cited[c.publisher])) for key, claims in of_round.items()
        }
        self._totals = tuple(totals)
        self._series: dict[tuple[Kind, Recipient | None, Party | None, str | None], Series] = {}
        by_kind: defaultdict[Kind, list[Round]] = defaultdict(list)
        by_agreement: defaultdict[str, list[Round]] = defaultdict(list)
        for r in self.rounds:
            by_kind[r.kind].append(r)
            if r.agreement:
                by_agreement[r.agreement].append(r)
        self._by_kind = by_kind
        self._by_agreement = by_agreement
        self._conflicts: dict[tuple[Kind, Recipient], list[Round]] = {}
        self._identified: dict[Kind, list[Round]] = {}

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
        return _between(pool, since, until)

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
        key = (kind, recipient, party, agreement)
        found = self._series.get(key)
        if found is None:
            pool = self._by_kind.get(kind, []) if agreement is None else self._by_agreement.get(agreement, [])
            found = Series(
                [e for r in pool if r.kind == kind for e in (self._entry(r, recipient, party),) if e is not None]
            )
            self._series[key] = found
        return found

    def _entry(self, of: Round, recipient: Recipient | None, party: Party | None) -> Entry | None:
        claims = self.claims_of(of.id)
        ways = (recipient,) if recipient else tuple(w for w in RECIPIENTS if any(c.recipient == w for c in claims))
        if recipient and not any(c.recipient == recipient for c in claims) and figures(claims):
            return None
        silent = False
        for way in ways:
            headline = choose_headline(claims, recipient=way, party=party)
            if headline:
                return Entry(round=of, recipient=way, headline=headline)
            silent = silent or (party is not None and choose_headline(claims, recipient=way) is not None)
        return Entry(round=of, recipient=ways[0] if ways else "ukraine", headline=None, silent=silent)

    def conflicts(
        self, kind: Kind, recipient: Recipient, since: dt.date | None, until: dt.date | None
    ) -> Sequence[Round]:
        """Return the rounds for which the parties' figures cannot both hold, in date order."""
        key = (kind, recipient)
        if key not in self._conflicts:
            self._conflicts[key] = [
                r
                for r in self._by_kind.get(kind, [])
                if find_conflict(self.claims_of(r.id), recipient=recipient) is not None
            ]
        return _between(self._conflicts[key], since, until)

    def rounds_identified(self, kind: Kind, since: dt.date | None, until: dt.date | None) -> Sequence[Round]:
        """Return the rounds of which somebody says how many were identified, in date order."""
        if kind not in self._identified:
            self._identified[kind] = [
                r for r in self._by_kind.get(kind, []) if any("identified" in c.breakdown for c in self.claims_of(r.id))
            ]
        return _between(self._identified[kind], since, until)


def build_ledger(
    *,
    version: int,
    agreements: Iterable[Agreement] = (),
    rounds: Iterable[Round] = (),
    claims: Iterable[Claim] = (),
) -> Ledger:
    """Make the ledger of one version from what stands at it."""
    return Ledger(version=version, agreements=agreements, rounds=rounds, claims=claims)


def _between(pool: Sequence[Round], since: dt.date | None, until: dt.date | None) -> Sequence[Round]:
    start = 0 if since is None else bisect_left(pool, since, key=_day)
    stop = len(pool) if until is None else bisect_right(pool, until, key=_day)
    return pool[start:stop]


def _day(of: Round) -> dt.date:
    return of.date
