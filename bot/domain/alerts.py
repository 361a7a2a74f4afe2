"""Who is told of a round, and when: filters, quiet hours and the hours of digests.

Pure: wishes and instants in, decisions out. What a message says is not decided here.
"""

import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

from bot.domain.claims import Kind, Recipient
from bot.domain.subscriptions import Subscription


def wants(subscription: Subscription, *, kind: Kind, recipients: Collection[Recipient]) -> bool:
    """Tell whether a round concerns a subscriber.

    Args:
        recipients: Those that a claim about the round names; where it is empty nobody knows yet, and everybody is told.
    """
    if subscription.kinds is not None and kind not in subscription.kinds:
        return False
    return subscription.recipient is None or not recipients or subscription.recipient in recipients


def held_until(quiet: tuple[int, int] | None, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return when a message may go: now, or the end of the quiet hours that now falls into, in UTC."""
    if quiet is None or quiet[0] == quiet[1]:
        return now
    start, end = quiet
    local = now.astimezone(zone)
    is_quiet = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
    if not is_quiet:
        return now
    morning = local.date() if local.hour < end else local.date() + dt.timedelta(days=1)
    return _at(morning, end, zone)


def next_digest(subscription: Subscription, after: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
    """Return the first instant after `after` at which a digest is due, in UTC; None for who is told at once.

    A weekly digest is due on Mondays.
    """
    if subscription.frequency == "at_once":
        return None
    day = after.astimezone(zone).date()
    if subscription.frequency == "weekly":
        day -= dt.timedelta(days=day.weekday())
    step = dt.timedelta(days=7 if subscription.frequency == "weekly" else 1)
    while (due := _at(day, subscription.digest_hour, zone)) <= after:
        day += step
    return due


def _at(day: dt.date, hour: int, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour % 24), tzinfo=zone).astimezone(dt.UTC)
