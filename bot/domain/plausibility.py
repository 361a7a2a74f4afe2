"""Which reported figures cannot be taken without a second look: too large, in the future, against the ledger's own sum.

Bounds follow the ledger, so that a larger handover than any before is looked at once and then believed.
"""

import datetime as dt

from bot.domain.articles import ReportedClaim
from bot.domain.claims import Claim, Kind
from bot.domain.headline import choose_headline
from bot.domain.ledger import Ledger

#: More than this in one round is looked at even in an empty ledger.
_USUAL: dict[Kind, int] = {"remains": 3000, "prisoners": 1200, "civilians": 400, "children": 150}
#: A round may be this many times the largest one recorded.
_GROWTH = 3
#: Days between a ledger's first round and a total's start within which the ledger covers the total.
_COVERED = dt.timedelta(days=31)
#: A claimed total and the ledger's sum may differ by this share before somebody has to look.
_SLACK = 0.25


def implausible(claim: ReportedClaim | Claim, ledger: Ledger) -> bool:
    """Tell whether one round's figure is beyond anything seen."""
    if claim.count is None or claim.measure == "total":
        return False
    usual = _USUAL[claim.kind]
    if claim.count <= usual:
        return False
    largest = max(
        (
            one.count
            for one in ledger.claims
            if one.kind == claim.kind and one.measure == "round" and one.count is not None and not one.partial
        ),
        default=0,
    )
    return claim.count > largest * _GROWTH


def in_future(claim: ReportedClaim, today: dt.date) -> bool:
    """Tell whether a claim is dated after the clock."""
    return claim.date is not None and claim.date > today


def total_mismatch(claim: ReportedClaim | Claim, ledger: Ledger) -> bool:
    """Tell whether a total cannot be the sum of the rounds since its start, where the ledger covers them."""
    if claim.measure != "total" or claim.since is None or claim.date is None or claim.count is None:
        return False
    first = ledger.first_day(claim.kind)
    if first is None or first > claim.since + _COVERED:
        return False
    summed, undisclosed = 0, 0
    for one in ledger.rounds_between(claim.since, claim.date, claim.kind):
        headline = choose_headline(ledger.claims_of(one.id), recipient=claim.recipient)
        if headline is None:
            undisclosed += 1
        else:
            summed += headline.value
    if summed == 0:
        return False
    if claim.count < summed * (1 - _SLACK):
        return True
    return undisclosed == 0 and claim.qualifier != "at_least" and claim.count > summed * (1 + _SLACK) + 50
