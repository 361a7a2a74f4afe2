"""A span told by the span of the question before it: "the month before", "until the 20th", "a year earlier"."""

import datetime as dt
from dataclasses import replace

from bot.domain.queries import Span
from bot.language.dates.periods import Mention, Period, add_months, month_end
from bot.language.dates.placing import inside
from bot.language.dates.steps import around

_ENDS = frozenset({"until", "before"})
_STARTS = frozenset({"since", "from", "after"})


def rebounded(before: Span, mention: Mention, today: dt.date) -> Span | None:
    """Return the span with the bound moved that a follow-up names; None where it names a span of its own."""
    if mention.relation in _STARTS and mention.period.anchor in {"month", "year"}:
        at = before.until or before.since
        if at is None or mention.period.anchor == "year" or (at.year, at.month) == (today.year, today.month):
            # "since the start of the year" is until today
            return None
    period = _placed(before, mention)
    since, until = replace(mention, period=period).span()
    told = period is not mention.period
    if mention.preposition == "to" and until is not None and before.since is not None and until < before.since:
        # "back to 2024"
        return Span(since=period.since, until=until)
    if mention.relation in _ENDS and until is not None and before.since is not None and until >= before.since:
        return Span(since=before.since, until=until)
    within = since is not None and before.until is not None and since <= before.until
    inner = before.since is not None and since is not None and before.since <= since
    small = period.unit in {"day", "week", "month", "quarter", "half", "season"}
    part = told or before.since is None or (inner and small)
    if mention.relation in _STARTS and within and part:
        return Span(since=since, until=before.until)
    return Span(since=since, until=until) if told else None


def _placed(before: Span, mention: Mention) -> Period:
    """Put a part ("the 20th", "the end of the month", "Tuesday") into the month, week or year spoken of before."""
    period = mention.period
    at = before.until or before.since if mention.relation in _ENDS else before.since or before.until
    if not period.anchor or at is None or period.until is None:
        return period
    if period.anchor == "halves" and period.since is not None and _within(before, "month"):
        first = at.replace(day=1) if period.since.month == 1 else at.replace(day=16)
        last = at.replace(day=15) if period.since.month == 1 else month_end(at.year, at.month)
        return replace(period, since=first, until=last, anchor="")
    if mention.relation not in _ENDS | _STARTS and not _within(before, period.anchor):
        return period
    unit = {"day": "month", "weekday": "week"}.get(period.anchor, period.anchor)
    whole = around(at, unit)
    if whole is None:
        return period
    large = Period(since=whole[0], until=whole[1], unit="week" if unit == "week" else "month")
    if period.anchor in {"day", "weekday"}:
        return _beyond(before, mention, inside(period, large, at) or period)
    return replace(period, since=whole[0], until=whole[1], anchor="")


def _beyond(before: Span, mention: Mention, period: Period) -> Period:
    """Move a day to the next month (or the one before) where it would stand on the wrong side of the other bound."""
    if mention.period.anchor != "day" or period.since is None or period.until is None:
        return period
    ends = mention.relation in _ENDS and before.since is not None and period.until < before.since
    starts = mention.relation in _STARTS and before.until is not None and period.since > before.until
    by = 1 if ends else -1 if starts else 0
    return replace(period, since=add_months(period.since, by), until=add_months(period.until, by))


def _within(span: Span, anchor: str) -> bool:
    """Tell whether a span lies in one month, week or year, so that a part of it has one place only."""
    if span.since is None or span.until is None:
        return False
    unit = {"day": "month", "weekday": "week"}.get(anchor, anchor)
    return around(span.since, unit) == around(span.until, unit)
