"""What speaks against a claim before it is recorded: days to come, figures beyond belief, other figures.

Nothing here forbids; an administrator is shown it and decides.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from bot.domain.claims import Claim, Party
from bot.domain.headline import ABOUT, choose_headline, compatible, own_figure
from bot.domain.plausibility import implausible, total_mismatch
from bot.domain.proposals import Concern
from bot.domain.workspace import Workspace

#: Whose figure a party's is held against.
OTHER_SIDE: Mapping[Party, Party] = {"ukraine": "russia", "russia": "ukraine", "other": "other"}


def objections(claim: Claim, space: Workspace, *, today: dt.date) -> Iterator[Concern]:
    """Yield what speaks against a claim that is not yet in the workspace."""
    if claim.date > today:
        yield Concern(kind="future_date", about=claim)
    if claim.count == 0:
        yield Concern(kind="zero", about=claim)
    if implausible(claim, space.ledger) or total_mismatch(claim, space.ledger):
        yield Concern(kind="implausible", about=claim)
    if claim.count is None or claim.partial:
        return
    if claim.measure == "total":
        yield from _against_sum(claim, space)
    elif claim.round is not None:
        others = [c for c in space.claims_of(claim.round) if claim.id is None or c.id != claim.id]
        yield from _against_others(claim, others)


def _against_sum(claim: Claim, space: Workspace) -> Iterator[Concern]:
    if claim.since is None:
        return
    value = space.total(claim.kind, claim.recipient, claim.since, claim.date)
    if not _fits(claim, value):
        yield Concern(kind="ledger_sum", about=claim, value=value)


def _against_others(claim: Claim, others: list[Claim]) -> Iterator[Concern]:
    same = (claim.recipient, claim.party, claim.count, claim.publisher.casefold())
    repeated = [c for c in others if (c.recipient, c.party, c.count, c.publisher.casefold()) == same]
    if repeated and claim.id is None:
        yield Concern(kind="repeats", about=claim, claim=repeated[0])
    own = own_figure(others, recipient=claim.recipient, party=claim.party)
    if own is not None and own.count != claim.count and own.qualifier == claim.qualifier == "exact":
        yield Concern(kind="same_party", about=claim, claim=own)
    theirs = own_figure(others, recipient=claim.recipient, party=OTHER_SIDE[claim.party])
    if theirs is not None and theirs.party != claim.party and not compatible(claim, theirs):
        yield Concern(kind="other_party", about=claim, claim=theirs)
    headline = choose_headline([*others, claim], recipient=claim.recipient)
    if headline is not None and headline.claim is not claim and headline.value != claim.count:
        yield Concern(kind="stays", about=claim, claim=headline.claim)


def totals_contradicted(space: Workspace, *, today: dt.date) -> Iterator[Concern]:
    """Yield the newest claimed totals that fit the ledger's sum less than they did."""
    for kind, recipient in sorted({(c.kind, c.recipient) for c in space.claims if c.measure == "round"}):
        totals = [t for t in space.ledger.totals if (t.kind, t.recipient) == (kind, recipient)]
        totals = [t for t in totals if t.since is not None and t.count is not None and t.date <= today]
        if not totals:
            continue
        newest = max(totals, key=lambda t: (t.date, t.party == t.recipient, t.id or 0))
        before = space.ledger.series(kind, recipient).window(newest.since, newest.date).value
        after = space.total(kind, recipient, newest.since, newest.date)
        if not _fits(newest, after) and _away(newest, after) > _away(newest, before):
            yield Concern(kind="claimed_total", claim=newest, value=after)


def _away(total: Claim, value: int) -> int:
    return abs(value - (total.count or 0))


def _fits(total: Claim, value: int) -> bool:
    """Whether a claimed total and a sum can both hold."""
    count = total.count or 0
    if total.qualifier == "at_least":
        return value >= count
    return _away(total, value) <= (ABOUT * count / 100 if total.qualifier == "about" else 0)
