"""A span told by the span of the question before it: "the month before", "until the 20th", "a year earlier"."""

import datetime as dt
from dataclasses import replace

from bot.domain.queries import Span
from bot.language.dates.periods import Mention, Period, add_months, month_end
from bot.language.dates.placing import around, inside

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ENDS = frozenset({"until", "before"})
_STARTS = frozenset({"since", "from", "after"})


def neighbour(span: Span, by: int, unit: str = "") -> Span | None:
    """Return the period `by` units before (negative) or after a span; without a unit, steps of its own length.

    A unit longer than the span moves it ("a year earlier" than June is June), a shorter one stands beside it.
    """
    if span.since is None or span.until is None:
        return None
    since, until = span.since, span.until
    whole = since.day == 1 and until == month_end(until.year, until.month)
    months = (until.year - since.year) * 12 + until.month - since.month + 1 if whole else 0
    step = _MONTHS.get(unit, 0)
    if step and months != step:
        if (until - since).days < step * 28:
            return moved(span, by * step)
        edge = around(since if by < 0 else until, unit)
        if edge is None:
            return None
        first = add_months(edge[0], by * step)
        last = add_months(first, step - 1)
        return Span(since=first, until=month_end(last.year, last.month))
    if whole and unit not in {"day", "week"}:
        first = add_months(since, by * months)
        last = add_months(first, months - 1)
        return Span(since=first, until=month_end(last.year, last.month))
    if unit in {"day", "week"}:
        days = dt.timedelta(days=7 if unit == "week" else 1)
        edge = (since, until) if (until - since) < days else around(since if by < 0 else until, unit) or (since, until)
        start = edge[0] if edge[1] - edge[0] < days else since if by < 0 else until
        if unit == "day" and since != until:
            day = start + by * days
            return Span(since=day, until=day)
        return Span(since=edge[0] + by * days, until=edge[1] + by * days)
    length = (until - since) + dt.timedelta(days=1)
    return Span(since=since + by * length, until=until + by * length)


def moved(span: Span, months: int) -> Span | None:
    """Return the same days some months on; whole months stay whole."""
    if span.since is None or span.until is None:
        return None
    since, until = add_months(span.since, months), add_months(span.until, months)
    if span.until == month_end(span.until.year, span.until.month):
        until = month_end(until.year, until.month)
    return Span(since=since, until=until)


def rebounded(before: Span, mention: Mention) -> Span | None:
    """Return the span with the bound moved that a follow-up names; None where it names a span of its own."""
    period = _placed(before, mention)
    since, until = replace(mention, period=period).span()
    told = period is not mention.period
    if mention.relation in _ENDS and until is not None and before.since is not None and until >= before.since:
        return Span(since=before.since, until=until)
    within = since is not None and before.until is not None and since <= before.until
    part = told or (period.unit == "day" and before.since is not None and since is not None and before.since <= since)
    if mention.relation in _STARTS and within and part:
        return Span(since=since, until=before.until)
    return Span(since=since, until=until) if told else None


def _placed(before: Span, mention: Mention) -> Period:
    """Put a part ("the 20th", "the end of the month", "Tuesday") into the month, week or year spoken of before."""
    period = mention.period
    at = before.until or before.since if mention.relation in _ENDS else before.since or before.until
    if not period.anchor or at is None or period.until is None:
        return period
    if mention.relation not in _ENDS | _STARTS and not _within(before, period.anchor):
        return period
    unit = {"day": "month", "weekday": "week"}.get(period.anchor, period.anchor)
    whole = around(at, unit)
    if whole is None:
        return period
    large = Period(since=whole[0], until=whole[1], unit="week" if unit == "week" else "month")
    if period.anchor in {"day", "weekday"}:
        return inside(period, large, at) or period
    return replace(period, since=whole[0], until=whole[1], anchor="")


def _within(span: Span, anchor: str) -> bool:
    """Tell whether a span lies in one month, week or year, so that a part of it has one place only."""
    if span.since is None or span.until is None:
        return False
    unit = {"day": "month", "weekday": "week"}.get(anchor, anchor)
    return around(span.since, unit) == around(span.until, unit)
