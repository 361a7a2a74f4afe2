"""Why an answer says what it says: each claim that was counted or left out, and the reason."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.claims import KINDS, RECIPIENTS, Claim, Recipient
from bot.domain.headline import choose_headline, figures
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.rounds import Round

Use = Literal[
    "headline",  # counted: the round's figure
    "pinned",  # counted: chosen by an administrator
    "same_figure",  # says the same as the headline
    "overruled",  # an administrator chose another
    "other_party",  # the receiving party's own figure comes first, then the other party's
    "rounded",  # an exact figure comes before a rounded one
    "fewer_publishers",  # another figure of the same party is carried by more publishers, or is newer
    "partial",  # covers only a part of the round
    "undisclosed",  # reports the round, not the figure
    "not_asked",  # of a party that was not asked for
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimUse:
    """One claim and what became of it in an answer."""

    round: Round
    claim: Claim
    use: Use

    @property
    def counted(self) -> bool:
        """Whether the answer's figure is made of it."""
        return self.use in ("headline", "pinned")


def explain(ledger: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> Iterator[ClaimUse]:
    """Go through the rounds of a query, oldest first, and say of each claim whether it was counted."""
    today = min(query.as_of or now, now).astimezone(timezone).date()
    until = today if query.until is None else min(query.until, today)
    asked = query.recipient
    ways: Sequence[Recipient] = RECIPIENTS if asked is None or asked == "both" else (asked,)
    for this_round in ledger.rounds_between(query.since, until):
        if this_round.kind not in (query.kinds or KINDS):
            continue
        if query.agreement and this_round.agreement != query.agreement:
            continue
        for recipient in ways:
            yield from _uses(this_round, ledger.claims_of(this_round.id), recipient, query)


def _uses(of: Round, claims: Sequence[Claim], recipient: Recipient, query: Query) -> Iterator[ClaimUse]:
    headline = choose_headline(claims, recipient=recipient, party=query.party)
    chosen = headline.claim if headline else None
    countable = {id(c) for c in figures(claims)}
    for claim in claims:
        if claim.recipient == recipient:
            yield ClaimUse(round=of, claim=claim, use=_use(claim, chosen, query, countable=id(claim) in countable))


def _use(claim: Claim, chosen: Claim | None, query: Query, *, countable: bool) -> Use:
    if claim is chosen:
        return "pinned" if claim.pinned else "headline"
    if claim.count is None:
        return "undisclosed"
    if query.party not in (None, claim.party):
        return "not_asked"
    if not countable or chosen is None:
        return "partial"
    if claim.count == chosen.count:
        return "same_figure"
    if chosen.pinned and not claim.pinned:
        return "overruled"
    if claim.party != chosen.party:
        return "other_party"
    if chosen.qualifier == "exact" and claim.qualifier != "exact":
        return "rounded"
    return "fewer_publishers"
