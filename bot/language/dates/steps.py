"""Calendar units around a day, and the ones before and after a span."""

import datetime as dt

from bot.domain.queries import Span
from bot.language.dates.periods import add_months, month_end

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def around(day: dt.date, unit: str) -> tuple[dt.date, dt.date] | None:
    """Return the whole calendar unit that a day lies in."""
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    size = _MONTHS.get(unit)
    if size is None:
        return None
    first = day.replace(month=(day.month - 1) // size * size + 1, day=1)
    last = add_months(first, size - 1)
    return first, month_end(last.year, last.month)


def neighbour(span: Span, by: int, unit: str = "", *, whole_unit: bool = False) -> Span | None:
    """Return the period `by` units before (negative) or after a span; without a unit, steps of its own length.

    A unit longer than the span moves it ("a year earlier" than June is June), a shorter one stands beside it.

    Args:
        whole_unit: The unit itself is asked for ("the next month" after a day of June is July).
    """
    if span.since is None or span.until is None:
        return None
    around_it = around(span.since, unit) if whole_unit else None
    if around_it is not None and around_it == around(span.until, unit):
        long = around_it[1] - around_it[0] + dt.timedelta(days=1)
        step = _MONTHS.get(unit, 0)
        if not step:
            return Span(since=around_it[0] + by * long, until=around_it[1] + by * long)
        last = add_months(around_it[0], by * step + step - 1)
        return Span(since=add_months(around_it[0], by * step), until=month_end(last.year, last.month))
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
        days = 7 if unit == "week" else 1
        if (until - since).days < days:
            return Span(since=since + dt.timedelta(days=by * days), until=until + dt.timedelta(days=by * days))
        first = since + dt.timedelta(days=by * days) if by < 0 else until + dt.timedelta(days=1 + (by - 1) * days)
        return Span(since=first, until=first + dt.timedelta(days=days - 1))
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
