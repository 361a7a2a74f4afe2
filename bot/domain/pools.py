"""The rounds of one kind, gone through once: figures by recipient and party, conflicts, and who was identified."""

from collections.abc import Mapping, Sequence

from bot.domain.claims import PARTIES, RECIPIENTS, Claim, Party, Recipient
from bot.domain.headline import Conflict, choose_headline, figures, find_conflict, rank
from bot.domain.lanes import Spread, Spreads, View
from bot.domain.rounds import Round
from bot.domain.series import Series


class Pool:
    """The rounds of one kind, all or of one agreement, as each recipient sees them and each party counts them."""

    def __init__(self, rounds: Sequence[Round], claims: Mapping[str, tuple[Claim, ...]]) -> None:
        """Go through the rounds.

        Args:
            rounds: In date order.
            claims: Of each round, those about its figure.
        """
        self._claims = claims
        #: Rounds for which the parties' figures for a recipient cannot both hold, in date order.
        self.conflicts: dict[Recipient, list[tuple[Round, Conflict]]] = {way: [] for way in RECIPIENTS}
        views: dict[Recipient | None, View] = {way: View() for way in (None, *RECIPIENTS)}
        for of in rounds:
            self._add(of, views)
        for view in views.values():
            view.sum_up()
        self._views = views
        self._series: dict[tuple[Recipient | None, Party | None], Series] = {}

    def series(self, recipient: Recipient | None, party: Party | None) -> "Series":
        """Return the rounds as a recipient sees them, by one party's figures or by everybody's."""
        key = (recipient, party)
        if key not in self._series:
            self._series[key] = Series(self._claims, self._views[recipient], recipient, party)
        return self._series[key]

    def _add(self, of: Round, views: "dict[Recipient | None, View]") -> None:
        claims = self._claims.get(of.id, ())
        first: dict[Party | None, Spread] = {}
        found: dict[Recipient, Spreads] = {}
        for way in RECIPIENTS:
            about = [c for c in claims if c.recipient == way]
            if about:
                spreads = found[way] = _spreads(about, way)
                for party, spread in spreads.items():
                    first.setdefault(party, spread)
                if _differ(spreads) and (conflict := find_conflict(about, recipient=way)):
                    self.conflicts[way].append((of, conflict))
        for way in RECIPIENTS:
            if way in found or not first:
                views[way].add(of, found.get(way, {}), () if found.get(way) else claims, way)
        views[None].add(of, first, () if first else claims, next(iter(found), "ukraine"))
        if any("identified" in c.breakdown for c in claims if c.breakdown):
            for recipient, view in views.items():
                if view.rounds and view.rounds[-1] is of:
                    for party in (None, *PARTIES):
                        shown = first[party][3] if party in first else next(iter(found))
                        if (claim := _identified(claims, recipient or shown, party)) is not None:
                            view.identify(party, claim)


def _identified(claims: Sequence[Claim], recipient: Recipient, party: Party | None) -> Claim | None:
    """Return the claim that says how many of a round were identified: the first in rank that covers all of it."""
    ranked = rank(claims, recipient=recipient)
    return next((c for c in ranked if "identified" in c.breakdown and not c.partial and party in (None, c.party)), None)


def _differ(spreads: Spreads) -> bool:
    return bool(spreads) and spreads[None][0] != spreads[None][2]


def _spreads(claims: Sequence[Claim], way: Recipient) -> Spreads:
    """Return everybody's and each party's figure for one round and recipient; of who gave none, none."""
    standing = figures(claims)
    if not standing:
        return {}
    parties: list[Party | None] = [None, *dict.fromkeys(c.party for c in standing)]
    count = standing[0].count
    if count is not None and all(c.count == count for c in standing):
        return dict.fromkeys(parties, (count, count, count, way))
    chosen = {party: choose_headline(standing, recipient=way, party=party) for party in parties}
    return {party: (h.low, h.value, h.high, way) for party, h in chosen.items() if h}
