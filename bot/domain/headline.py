"""Which of several claims about one round is shown as its figure, and how far the others are from it.

Pure: claims in, decision out. Precedence: contract, section 1, "headline figure".
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.claims import PARTIES, Claim, Party, Recipient

#: "About 1,000" holds for what is no more than so many per cent of it away (contract, section 1, "conflict").
ABOUT = 5
#: A report published so close to the round tells of it as news, not in passing.
THOSE_DAYS = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The figure shown for one round and recipient, and its spread."""

    claim: Claim
    #: Persons or bodies; the claim's count.
    value: int
    #: Lowest and highest of the parties' own figures; equal when nobody disagrees.
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Both parties' own figures for one round and recipient, which cannot both hold."""

    ukraine: Claim
    russia: Claim


def figures(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that may be a figure of the round: not partial, not a total, and disclosed."""
    return [c for c in claims if c.measure == "round" and not c.partial and c.count is not None]


def choose_headline(claims: Sequence[Claim], *, recipient: Recipient, party: Party | None = None) -> Headline | None:
    """Choose the headline figure of one round.

    Args:
        claims: Of one round, any order, none retracted; those for the other recipient are passed over.
        recipient: Its own figure comes before the other party's.
        party: Only this party's figures count; None: everybody's.

    Returns:
        The choice, or None where nobody gave a figure. Unknown is never 0.
    """
    standing = [c for c in figures(claims) if c.recipient == recipient and party in (None, c.party)]
    if not standing:
        return None
    chosen = standing[0] if len(standing) == 1 else _first(standing, recipient)
    own = [_first(of_party, recipient) for p in PARTIES if (of_party := [c for c in standing if c.party == p])]
    counts = [_count(chosen), *map(_count, own)]
    return Headline(claim=chosen, value=_count(chosen), low=min(counts), high=max(counts))


def own_figure(claims: Sequence[Claim], *, recipient: Recipient, party: Party) -> Claim | None:
    """Return the claim that stands for one party's own figure; None where it gave none."""
    headline = choose_headline(claims, recipient=recipient, party=party)
    return headline.claim if headline else None


def find_conflict(claims: Sequence[Claim], *, recipient: Recipient) -> Conflict | None:
    """Return both parties' figures where they cannot both hold; None where they can, or one is silent."""
    ours = own_figure(claims, recipient=recipient, party="ukraine")
    theirs = own_figure(claims, recipient=recipient, party="russia")
    if ours is None or theirs is None or compatible(ours, theirs):
        return None
    return Conflict(ukraine=ours, russia=theirs)


def compatible(one: Claim, other: Claim) -> bool:
    """Tell whether two disclosed figures for the same thing can both hold."""
    a, b = _count(one), _count(other)
    if a == b:
        return True
    for bound, value, of in ((one, b, other), (other, a, one)):
        # "At least 1,000" is contradicted by a lower figure, not by a higher one.
        if bound.qualifier == "at_least" and value >= _count(bound) and of.qualifier != "at_least":
            return True
    if "at_least" in (one.qualifier, other.qualifier):
        return one.qualifier == other.qualifier
    around = max((_count(c) for c in (one, other) if c.qualifier == "about"), default=0)
    return abs(a - b) * 100 <= ABOUT * around


def rank(claims: Sequence[Claim], *, recipient: Recipient) -> list[Claim]:
    """Order the claims for one recipient for showing: headline first, then by party and by what would come next.

    Partial, undisclosed and other claims follow the figures.
    """
    rest = [c for c in claims if c.recipient == recipient]
    ordered: list[Claim] = []
    standing = figures(rest)
    while standing:
        best = _first(standing, recipient)
        ordered.append(best)
        standing = [c for c in standing if c is not best]
    chosen = {id(c) for c in ordered}
    return ordered + [c for c in rest if id(c) not in chosen]


def _count(claim: Claim) -> int:
    assert claim.count is not None, "an undisclosed claim has no figure"
    return claim.count


def _first(standing: Sequence[Claim], recipient: Recipient) -> Claim:
    pinned = [c for c in standing if c.pinned]
    pool = pinned or list(standing)
    order = {recipient: 0, "other": 2}
    nearest = min(order.get(c.party, 1) for c in pool)
    pool = [c for c in pool if order.get(c.party, 1) == nearest]
    exact = [c for c in pool if c.qualifier == "exact"]
    pool = exact or pool
    carried: defaultdict[int, set[str]] = defaultdict(set)
    newest: dict[int, dt.date] = {}
    for c in pool:
        carried[_count(c)].add(c.publisher.casefold())
        newest[_count(c)] = max(newest.get(_count(c), dt.date.min), c.published or dt.date.min)
    figure = max(carried, key=lambda count: (len(carried[count]), newest[count], count))
    # Which of those that carry the figure is named: a report of those days, that says who speaks; of those the first.
    return max((c for c in pool if c.count == figure), key=lambda c: (_names_speaker(c), _of_those_days(c)))


def _names_speaker(claim: Claim) -> bool:
    return claim.claimant.casefold() not in (claim.publisher.casefold(), "editorial")


def _of_those_days(claim: Claim) -> bool:
    return claim.published is not None and abs(claim.published - claim.date) <= THOSE_DAYS
