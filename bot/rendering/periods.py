"""How a stretch of days is written: by itself ("2 June 2025 to today") and inside a question ("since 2 June 2025").

Whole months and years are named as such. Days are inclusive, as everywhere.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.domain.periods import month_end
from bot.domain.queries import Span
from bot.domain.replies import Lang
from bot.rendering.words import capital, dated, day, message, month, month_name, year

#: What a span is, as far as wording goes.
Shape = Literal["all", "day", "month", "months", "year", "years", "since", "until", "days"]


@dataclass(frozen=True, slots=True)
class Period:
    """A span and the way it is called."""

    shape: Shape
    since: dt.date
    until: dt.date


def describe(span: Span, *, today: dt.date) -> Period:
    """Tell how to call a span; one that ends today and is no whole month or year is open."""
    since, until = span.since, span.until
    if since is None:
        return Period("all", today, today) if until is None else Period("until", today, until)
    if until is None:
        return Period("since", since, today)
    if since == until:
        return Period("day", since, until)
    if since.day == 1 and until == month_end(until):
        return Period(_whole(since, until), since, until)
    if until == today:
        return Period("since", since, today)
    return Period("days", since, until)


def _whole(since: dt.date, until: dt.date) -> Shape:
    if (since.year, since.month) == (until.year, until.month):
        return "month"
    if (since.month, until.month) == (1, 12):
        return "year" if since.year == until.year else "years"
    return "months"


def period(lang: Lang, span: Span, *, today: dt.date) -> str:
    """Write a span by itself: "2 June 2025 to today", "June 2025", "11 to 16 June 2025"."""
    found = describe(span, today=today)
    since, until = found.since, found.until
    match found.shape:
        case "all":
            return message(lang, "period-all")
        case "day":
            return day(lang, since)
        case "month":
            text = month(lang, since)
        case "year":
            text = year(lang, since.year)
        case "since":
            key = "period-since" if since <= today else "period-from"
            return message(lang, key, day=day(lang, since), on=_on(since))
        case "until":
            return message(lang, "period-until", day=day(lang, until))
        case "months":
            first = month_name(lang, since) if since.year == until.year else month(lang, since)
            text = message(lang, "period-between", first=first, last=month(lang, until), dash=_dash(first))
        case "years":
            text = message(lang, "period-between", first=str(since.year), last=str(until.year), dash="–")
        case "days":
            first = _first_day(lang, since, until)
            text = message(lang, "period-between", first=first, last=day(lang, until), dash=_dash(first))
    if found.shape != "days" and since <= today < until:
        return message(lang, "period-so-far", period=text)
    return text


def period_in(lang: Lang, span: Span, *, today: dt.date) -> str:
    """Write a span as a part of a sentence: "since 2 June 2025", "in June 2025"; empty for all time."""
    found = describe(span, today=today)
    since, until = found.since, found.until
    match found.shape:
        case "all":
            return ""
        case "day":
            return message(lang, "in-day", day=day(lang, since))
        case "month":
            return message(lang, "in-month", month=message(lang, "month-in", month=since.month), year=str(since.year))
        case "year":
            return message(lang, "in-year", year=str(since.year))
        case "since":
            return message(lang, "in-since", day=day(lang, since), on=_on(since))
        case "until":
            return message(lang, "in-until", day=day(lang, until))
        case _:
            return message(lang, "in-days", first=day(lang, since), last=day(lang, until), on=_on(since))


def short_period(lang: Lang, span: Span, *, today: dt.date) -> str:
    """Write a span for a label, with a capital letter: "June 2025", "All time"."""
    return capital(period(lang, span, today=today))


def _first_day(lang: Lang, since: dt.date, until: dt.date) -> str:
    if (since.year, since.month) == (until.year, until.month):
        return str(since.day)
    if since.year == until.year:
        # The year is said once, with the last day.
        return dated(lang, since, "d MMMM")
    return day(lang, since)


def _dash(first: str) -> str:
    """Return the dash of an interval: tight between single words, spaced between several."""
    return " – " if any(c.isspace() for c in first) else "–"


def _on(since: dt.date) -> str:
    """Return "two" for the second of a month, which Russian says with "со"."""
    return "two" if since.day == 2 else "other"
