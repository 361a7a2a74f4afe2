"""Which round of the ledger a report tells of: by kind, day, recipients, figures and the number of the exchange.

Never by likeness of text. Two rounds a day apart with the same round figure stay apart; one round told on the next day,
by the other side, or as "90 for 90", is one.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from bot.domain.articles import ReportedClaim
from bot.domain.claims import Claim, Kind, Recipient
from bot.domain.ledger import Ledger
from bot.domain.rounds import Round

#: An undated report may be about a round so many days before its publication.
_LATE_DAYS = 3
#: A figure that is no multiple of this hardly comes twice on neighbouring days.
_ROUND_STEP = 50
_SMALL = 20
#: Two sides' figures for one round differ by no more than this share.
_NEAR = 0.15


def distinctive(count: int) -> bool:
    """Tell whether a figure is unlikely to be that of another round next day."""
    return count >= _SMALL and count % _ROUND_STEP != 0


def same_figures(claims: Iterable[ReportedClaim], standing: Sequence[Claim]) -> list[tuple[Recipient, int]]:
    """Give the exact figures that a report and a round share."""
    known = {(one.recipient, one.count) for one in standing if one.measure == "round"}
    return list(
        dict.fromkeys(
            (one.recipient, one.count)
            for one in claims
            if one.count is not None and (one.recipient, one.count) in known
        )
    )


def _close(claims: Sequence[ReportedClaim], standing: Sequence[Claim]) -> bool | None:
    """Tell whether figures for the same recipient are near enough for one round; None: none shared."""
    shared = [
        (one, other)
        for one in claims
        for other in standing
        if one.count is not None and other.count and other.measure == "round" and one.recipient == other.recipient
    ]
    if not shared:
        return None
    return any(
        one.count == other.count
        or (
            one.party != other.party and abs((one.count or 0) - other.count) <= _NEAR * max(one.count or 0, other.count)
        )
        for one, other in shared
        if other.count is not None
    )


def find_round(
    ledger: Ledger,
    *,
    kind: Kind,
    date: dt.date,
    claims: Sequence[ReportedClaim],
    dated: bool,
    further: bool = False,
) -> Round | None:
    """Find the round that a report's news is about.

    Args:
        date: Day of the handover as read.
        claims: Main claims of this kind; empty where no figure was given.
        dated: The text itself names the day; otherwise `date` is that of publication.
        further: The text speaks of "another" so many, so that an equal figure of the day before is not this one.
    """
    ordinal = next((one.ordinal for one in claims if one.ordinal is not None), None)
    that_day = [
        one
        for one in ledger.rounds_between(date, date, kind)
        if ordinal is None or one.ordinal is None or one.ordinal == ordinal
    ]
    if that_day:
        return max(that_day, key=lambda one: len(same_figures(claims, ledger.claims_of(one.id))))
    reach = 1 if dated else _LATE_DAYS
    ahead = 1 if dated else 0
    near = ledger.rounds_between(date - dt.timedelta(days=reach), date + dt.timedelta(days=ahead), kind)
    for one in sorted(near, key=lambda one: abs(one.date - date)):
        standing = ledger.claims_of(one.id)
        shared = same_figures(claims, standing)
        if len({recipient for recipient, _ in shared}) == 2 or any(distinctive(count) for _, count in shared):
            return one
        near_enough = _close(claims, standing)
        if dated or near_enough is False:
            continue
        if ordinal is not None and one.ordinal == ordinal:
            return one
        if (near_enough and not further) or (not claims and (date - one.date).days <= 1):
            return one
    return None


def find_background_round(ledger: Ledger, claim: ReportedClaim) -> Round | None:
    """Find the round that a background figure corroborates or completes; None where it would make a new one."""
    if claim.date is None or claim.count is None:
        return None
    near = ledger.rounds_between(claim.date - dt.timedelta(days=1), claim.date + dt.timedelta(days=1), claim.kind)
    for one in sorted(near, key=lambda one: abs(one.date - claim.date)):  # type: ignore[operator]
        standing = [c for c in ledger.claims_of(one.id) if c.recipient == claim.recipient and c.measure == "round"]
        figures = {c.count for c in standing if c.count is not None}
        if claim.count in figures or (one.date == claim.date and not figures):
            return one
    return None


def find_exchange_of_civilians(ledger: Ledger, *, date: dt.date, claims: Sequence[ReportedClaim]) -> Round | None:
    """Find the exchange of prisoners that counts these civilians already."""
    counts = {(one.recipient, one.count) for one in claims}
    for one in ledger.rounds_between(date - dt.timedelta(days=1), date, "prisoners"):
        if any((claim.recipient, claim.breakdown.get("civilians")) in counts for claim in ledger.claims_of(one.id)):
            return one
    return None
