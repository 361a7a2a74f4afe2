"""What a claim is to the figures that stand for its round: told already, a part of one, a correction, a conflict.

Pure: claims in, answers out; what is done about it decides `reconcile`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.claims import PARTIES, RECIPIENTS, Claim
from bot.domain.headline import choose_headline, compatible


def stands(claim: Claim, standing: Sequence[Claim]) -> bool:
    """Whether this publisher's figure is recorded already."""
    return any(
        (one.recipient, one.party, one.publisher.casefold(), one.measure)
        == (claim.recipient, claim.party, claim.publisher.casefold(), claim.measure)
        and claim.count in (one.count, one.breakdown.get("soldiers"))
        for one in standing
    ) or (claim.partial and any(one.breakdown.get("civilians") == claim.count for one in standing))


def beside_civilians(claim: Claim, standing: Sequence[Claim], civilians: Sequence[int]) -> Claim:
    """Tell soldiers and a figure that counts the civilians of the day too apart: 87 and 3 are what 90 was.

    Args:
        standing: Claims of the same round.
        civilians: Civilians who came the same way on the day of the round.
    """
    if claim.kind != "prisoners" or claim.count is None or claim.breakdown or claim.partial:
        return claim
    known = {one.count for one in standing if one.recipient == claim.recipient and one.party == claim.party}
    for count in civilians:
        if claim.count not in known and claim.count + count in known:
            return replace(claim, partial=True)
        if claim.count not in known and claim.count - count in known:
            return replace(claim, breakdown={"soldiers": claim.count - count, "civilians": count})
    return claim


def own_exact(claim: Claim, standing: Sequence[Claim]) -> Claim | None:
    """Give the newest figure of the same party that cannot hold beside this one."""
    if claim.party == "other" or claim.partial:
        return None
    own = [
        one
        for one in standing
        if one.party == claim.party
        and one.recipient == claim.recipient
        and one.measure == "round"
        and one.count is not None
        and not one.partial
    ]
    if not own or any(compatible(one, claim) or _soldiers_of(one, claim) for one in own):
        return None
    return max(own, key=lambda one: (one.published or dt.date.min, one.id or 0))


def replaced(one: Claim, *, by: Claim) -> bool:
    """Whether a correction takes the place of a figure: its party's own for the same thing, which cannot hold now."""
    same = (one.party, one.recipient, one.measure, one.partial) == (by.party, by.recipient, by.measure, by.partial)
    return same and one.count is not None and not one.pinned and not compatible(one, by)


def _soldiers_of(one: Claim, other: Claim) -> bool:
    """Whether one figure is the other without its civilians."""
    return one.count == other.breakdown.get("soldiers") or other.count == one.breakdown.get("soldiers")


def corrects(claim: Claim, against: Claim, *, said: bool) -> bool:
    """Whether a differing figure corrects the one that stands: it says so, or the same publisher gives it later."""
    later = (claim.published or dt.date.min) >= (against.published or dt.date.min)
    return later and (said or claim.publisher.casefold() == against.publisher.casefold())


def shows(claims: Sequence[Claim]) -> tuple[object, ...]:
    """Give what an alert shows of a round: per recipient the headline and each party's figure."""
    shown: list[object] = []
    for recipient in RECIPIENTS:
        for party in (None, *PARTIES):
            headline = choose_headline(claims, recipient=recipient, party=party)
            shown.append(headline.value if headline is not None else None)
    return tuple(shown)
