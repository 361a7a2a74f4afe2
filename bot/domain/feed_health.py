"""How a feed is doing after a poll, when it is polled next, and what its administrators are told.

Pure: what stood before and what happened in, what stands now out. A feed is never given up: every trouble has a
back-off that ends at a day. A "429 Too Many Requests" is the host's right and no fault of the feed.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

FeedHealth = Literal["new", "ok", "degraded", "failing", "silent", "paused"]

#: What a feed suffers from; the text key is "feed-problem-" and this.
Trouble = Literal[
    "dns",
    "connect",
    "tls",
    "timeout",
    "rate-limited",
    "forbidden",
    "not-found",
    "gone",
    "server-error",
    "status",
    "too-large",
    "redirects",
    "not-a-feed",
    "no-preview",
    "layout",
    "refused",
    "content",
    "items",
    "silent",
]

_MINUTE = dt.timedelta(minutes=1)
_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _BackOff:
    """First pause, longest pause, and the failures in a row after which the feed counts as failing."""

    first: dt.timedelta
    longest: dt.timedelta
    #: None: only time tells (a day without success).
    failing_after: int | None = None


_BACK_OFF: Mapping[str, _BackOff] = MappingProxyType(
    {
        "dns": _BackOff(5 * _MINUTE, 6 * _HOUR),
        "connect": _BackOff(5 * _MINUTE, 6 * _HOUR),
        "timeout": _BackOff(5 * _MINUTE, 6 * _HOUR),
        "server-error": _BackOff(5 * _MINUTE, 6 * _HOUR),
        "rate-limited": _BackOff(_HOUR, _HOUR),
        "tls": _BackOff(30 * _MINUTE, _DAY, 3),
        "forbidden": _BackOff(4 * _HOUR, _DAY),
        "not-found": _BackOff(_HOUR, _DAY, 3),
        "gone": _BackOff(_DAY, _DAY, 1),
        "status": _BackOff(_HOUR, _DAY),
        "too-large": _BackOff(6 * _HOUR, _DAY, 3),
        "redirects": _BackOff(_HOUR, _DAY, 3),
        "not-a-feed": _BackOff(15 * _MINUTE, 12 * _HOUR, 3),
        "no-preview": _BackOff(6 * _HOUR, _DAY, 2),
        "layout": _BackOff(_HOUR, 12 * _HOUR, 2),
        "refused": _BackOff(_DAY, _DAY, 1),
        "content": _BackOff(15 * _MINUTE, 12 * _HOUR, 3),
    }
)
#: Failures in a row that are no more chance.
_DEGRADED_AFTER = 3
#: Without success for so long, a feed that is not answering is failing.
_FAILING_FOR = _DAY
#: A host may ask for pauses up to these.
_LONGEST_RETRY_AFTER = 7 * _DAY
_LONGEST_FRESH = _DAY
#: Share of a pause by which it is drawn out at most, so that feeds do not march in step.
_JITTER = 0.1

#: Dated items that a rhythm can be read from.
_RHYTHM_ITEMS = 5
_SHORTEST_SILENCE_DAYS = 4.0
_SILENT_GAPS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a feed, as a text key and its values."""

    trouble: Trouble
    #: An HTTP status, a number of days or items; None where the trouble has none.
    number: int | None = None

    @property
    def key(self) -> str:
        """The text key."""
        return f"feed-problem-{self.trouble}"

    @property
    def values(self) -> Mapping[str, int]:
        """The values of the text."""
        return {} if self.number is None else {"number": self.number}

    def __str__(self) -> str:
        return self.key if self.number is None else f"{self.key} number={self.number}"


def read_problem(text: str) -> tuple[str, dict[str, int]] | None:
    """Take apart what `str(Problem)` wrote: text key and values; None for an empty text."""
    key, _, number = text.partition(" number=")
    return (key, {"number": int(number)} if number else {}) if key else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a feed is doing."""

    health: FeedHealth = "new"
    problem: Problem | None = None
    #: In a row.
    failures: int = 0
    due_at: dt.datetime | None = None
    #: When everything that it held was last taken in.
    succeeded_at: dt.datetime | None = None
    newest_item_at: dt.datetime | None = None
    #: Days between two items; None: not known.
    usual_days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What administrators are told of a feed, once."""

    #: Text key: "feed-notice-degraded", "-failing", "-silent", "-recovered", "-moved".
    key: str
    name: str
    url: str
    problem: Problem | None = None
    #: When it last answered well; None: never.
    succeeded_at: dt.datetime | None = None
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def trouble_of(kind: str, status: int | None) -> Trouble:
    """Name the trouble behind a failed fetch.

    Args:
        kind: As `bot.errors.FetchError.kind`.
        status: The HTTP status, where there was an answer.
    """
    match kind, status:
        case ("status", 429) | ("throttled", _):
            return "rate-limited"
        case "status", 401 | 403 | 451:
            return "forbidden"
        case "status", 404:
            return "not-found"
        case "status", 410:
            return "gone"
        case "status", int() if status >= 500:
            return "server-error"
        case "dns" | "connect" | "tls" | "timeout" | "redirects" | "layout" | "refused" | "content" as same, _:
            return same
        case "too_large", _:
            return "too-large"
        case "not_a_feed", _:
            return "not-a-feed"
        case "no_preview", _:
            return "no-preview"
        case _:
            return "status"


def after_failure(
    before: Condition,
    *,
    trouble: Trouble,
    status: int | None = None,
    retry_after: float | None = None,
    now: dt.datetime,
    every: dt.timedelta,
    jitter: float,
) -> Condition:
    """Say how a feed is doing after a poll that failed.

    Args:
        retry_after: Seconds that the host asked to wait.
        every: How often a feed is due.
        jitter: From 0 to 1, drawn by the caller.
    """
    back_off = _BACK_OFF[trouble]
    problem = Problem(trouble=trouble, number=status if trouble in ("status", "forbidden", "server-error") else None)
    limited = trouble == "rate-limited"
    failures = before.failures if limited else before.failures + 1
    doubled = back_off.first * 2 ** min(max(failures - 1, 0), 16) if not limited else back_off.first
    pause = max(every, min(doubled, back_off.longest))
    if retry_after is not None:
        pause = max(pause, min(dt.timedelta(seconds=min(retry_after, 1e9)), _LONGEST_RETRY_AFTER))
    after = replace(before, problem=problem, failures=failures, due_at=now + _drawn_out(pause, jitter))
    return replace(after, health=_health_of_failure(before, failures, back_off, limited=limited, now=now))


def _health_of_failure(
    before: Condition, failures: int, back_off: _BackOff, *, limited: bool, now: dt.datetime
) -> FeedHealth:
    overdue = before.succeeded_at is not None and now - before.succeeded_at >= _FAILING_FOR
    if limited:
        # Never broken; but a day without a word is worth telling.
        return "degraded" if overdue and before.health in ("new", "ok", "silent") else before.health
    if back_off.failing_after is not None and failures >= back_off.failing_after:
        return "failing"
    if failures >= _DEGRADED_AFTER:
        never = before.succeeded_at is None and failures >= 2 * _DEGRADED_AFTER
        return "failing" if overdue or never or before.health == "failing" else "degraded"
    return before.health


def after_success(
    before: Condition,
    *,
    published: Sequence[dt.datetime] = (),
    fresh_for: float | None = None,
    failed_items: int = 0,
    now: dt.datetime,
    every: dt.timedelta,
    jitter: float,
) -> Condition:
    """Say how a feed is doing after a poll that went well.

    Args:
        published: When its items were published, any order; empty where it is unchanged.
        fresh_for: Seconds that the host asked not to be asked again.
        failed_items: Items that could not be taken in; they are read again.
        jitter: From 0 to 1, drawn by the caller.
    """
    pause = max(every, min(dt.timedelta(seconds=min(fresh_for or 0, 1e9)), _LONGEST_FRESH))
    # A date in the future says nothing about when the feed last spoke.
    past = [moment for moment in published if moment <= now]
    after = replace(
        before,
        failures=0,
        succeeded_at=before.succeeded_at if failed_items else now,
        due_at=now + _drawn_out(pause, jitter),
        newest_item_at=max([*past, *([before.newest_item_at] if before.newest_item_at else [])], default=None),
        usual_days=_usual_days(past) or before.usual_days,
    )
    if failed_items:
        return replace(after, health="degraded", problem=Problem(trouble="items", number=failed_items))
    quiet = _silent_days(after, now)
    if quiet is not None:
        return replace(after, health="silent", problem=Problem(trouble="silent", number=quiet))
    return replace(after, health="ok", problem=None)


def _usual_days(published: Sequence[dt.datetime]) -> float | None:
    if len(published) < _RHYTHM_ITEMS:
        return None
    span = max(published) - min(published)
    return span / _DAY / (len(published) - 1) or None


def _silent_days(condition: Condition, now: dt.datetime) -> int | None:
    """Return for how many days a feed has been quieter than is its way; None where it is not.

    A feed that publishes daily may be quiet for a week, a weekly one for a month, a busy one over a long week-end.
    """
    if condition.newest_item_at is None or condition.usual_days is None:
        return None
    usual = condition.usual_days
    allowed = max(_SHORTEST_SILENCE_DAYS, min(_SILENT_GAPS * usual, max(30.0, 3 * usual)))
    quiet = (now - condition.newest_item_at) / _DAY
    return int(quiet) if quiet >= allowed else None


def notice_of(before: Condition, after: Condition, *, name: str, url: str) -> Notice | None:
    """Return what administrators are told of a change; None where there is nothing to tell.

    Told are the beginning of a trouble, its getting worse, and its end; never the same state twice.
    """
    if after.health == before.health or after.health in ("new", "paused"):
        return None
    if after.health == "ok":
        if before.health in ("new", "paused"):
            return None
        return Notice(key="feed-notice-recovered", name=name, url=url, succeeded_at=after.succeeded_at)
    return Notice(
        key=f"feed-notice-{after.health}",
        name=name,
        url=url,
        problem=after.problem,
        succeeded_at=before.succeeded_at,
    )


def _drawn_out(pause: dt.timedelta, jitter: float) -> dt.timedelta:
    return pause * (1 + _JITTER * min(max(jitter, 0.0), 1.0))
