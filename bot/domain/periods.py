"""Calendar periods: their first and last days, and the labels of a breakdown ("2025-06", "2025-W24")."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from bot.domain.queries import Span

Period = Literal["day", "week", "month", "year"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "year")


def label(day: dt.date, period: Period) -> str:
    """Name the period that a day lies in."""
    match period:
        case "day":
            return day.isoformat()
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "year":
            return f"{day.year:04}"


def around(day: dt.date, period: Period) -> Span:
    """Return the period that a day lies in; weeks begin on Monday."""
    match period:
        case "day":
            return Span(since=day, until=day)
        case "week":
            monday = day - dt.timedelta(days=day.weekday())
            return Span(since=monday, until=monday + dt.timedelta(days=6))
        case "month":
            first = day.replace(day=1)
            return Span(since=first, until=month_end(first))
        case "year":
            return Span(since=dt.date(day.year, 1, 1), until=dt.date(day.year, 12, 31))


def month_end(day: dt.date) -> dt.date:
    """Return the last day of a day's month."""
    following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1) if day.year < 9999 else None
    return following - dt.timedelta(days=1) if following else dt.date(9999, day.month, 28)


def split(days: list[dt.date], period: Period, start: int, stop: int) -> Iterator[tuple[str, int, int]]:
    """Cut a stretch of ascending days into periods; yields label, start and stop of each that holds a day."""
    i = start
    while i < stop:
        until = around(days[i], period).until
        assert until is not None
        j = bisect_right(days, until, i, stop)
        yield label(days[i], period), i, j
        i = j


def span_label(span: Span) -> str:
    """Name a span shortly: its period where it is exactly one, else both days."""
    since, until = span.since, span.until
    if since and until:
        for period in PERIODS[::-1]:
            if around(since, period) == span:
                return label(since, period)
    return f"{since.isoformat() if since else ''}..{until.isoformat() if until else ''}"
