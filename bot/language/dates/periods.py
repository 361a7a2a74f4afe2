"""Periods of calendar days, and mentions of them: what stands in a question, not yet what it is for."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from bot.language.dates.feasts import EITHER, days_of

Relation = Literal["", "in", "since", "until", "before", "after", "from", "under", "between", "either"]
Unit = Literal[
    "day", "week", "month", "quarter", "half", "season", "year", "range", "last", "agreement", "event", "all"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `since` to `until`, both included."""

    since: dt.date | None
    until: dt.date | None
    unit: Unit
    #: No year was named: `since` is in the latest that has begun.
    yearless: bool = False
    #: A month of a year that was named apart may be set; None for what a year does not change.
    agreement: str | None = None
    #: Other agreements that the same words may mean.
    others: tuple[str, ...] = ()
    #: Told by the period spoken of before, where there is one: -1 the one before it ("the month before"), 1 the next.
    shifted: int = 0
    #: "N years ago", which says the year of a month or day beside it.
    years_ago: int = 0
    #: What a period beside it, or the one spoken of before, has to tell: the month of "day" ("the 12th"), the week of
    #: "weekday", the month or year of "today" ("this day"), what the "halves" are of, which "week", "month", "quarter"
    #: or "year" ("the end of the month"). "whole", beside `shifted`: the unit itself ("the next month").
    anchor: str = ""
    #: Two readings of the words differ, and this is one ("winter 2025").
    alternative: "Period | None" = None
    #: Its name in the calendar of feasts, where it is one.
    feast: str = ""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Mention:
    """A period where it stands in the question."""

    #: First cell, preposition included, and the one behind the last.
    start: int
    end: int
    relation: Relation
    period: Period
    #: The preposition as written, folded.
    preposition: str = ""

    def span(self) -> tuple[dt.date | None, dt.date | None]:
        """Return the days that relation and period leave."""
        since, until = self.period.since, self.period.until
        day = dt.timedelta(days=1)
        match self.relation:
            case "since" | "from":
                return since, None
            case "until":
                return None, until
            case "before":
                return None, since - day if since else None
            case "after":
                if self.period.unit == "agreement":
                    return since, None
                return (until + day if until else None), None
            case _:
                return since, until


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or the last one of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def with_year(period: Period, year: int) -> Period:
    """Move a period that named no year into one."""
    if not period.yearless or period.since is None or period.until is None:
        return period
    if period.feast:
        return of_feast(period.feast, year)
    shift = year - period.since.year
    if period.unit == "season" and period.since.month == 12:
        later = Period(since=dt.date(year, 12, 1), until=month_end(year + 1, 2), unit="season")
        earlier = Period(since=dt.date(year - 1, 12, 1), until=month_end(year, 2), unit="season")
        return replace(earlier, alternative=later)
    since = to_year(period.since, shift)
    until = to_year(period.until, shift)
    if since is None or until is None:
        return period
    return replace(period, since=since, until=until, yearless=False)


def of_feast(feast: str, year: int) -> Period:
    """Return the day of a feast in a year, and the other day where its name has two."""
    first, *other = (
        Period(since=day, until=day, unit="day", feast=name)
        for name in EITHER.get(feast, (feast,))
        for day in days_of(name, year)
    )
    if not other or other[0].since == first.since:
        return first
    return replace(first, alternative=other[0], feast=feast)


def begun(period: Period, today: dt.date) -> Period:
    """Return the one of a feast's two readings that has begun where the other has not."""
    other = period.alternative
    if not period.feast or other is None or other.since is None or period.since is None:
        return period
    if period.since > today >= other.since:
        return other
    return replace(period, alternative=None) if other.since > today >= period.since else period


def years_on(period: Period, years: int) -> Period:
    """Move a period, whatever named its year."""
    if period.since is None or period.until is None:
        return period
    if period.feast:
        return replace(of_feast(period.feast, period.since.year + years), yearless=period.yearless)
    return replace(period, since=to_year(period.since, years), until=to_year(period.until, years))


def to_year(day: dt.date, shift: int) -> dt.date | None:
    if not dt.MINYEAR <= day.year + shift <= 9998:
        return None
    if (day + dt.timedelta(days=1)).month != day.month and day.day >= 28:
        return month_end(day.year + shift, day.month)
    return day.replace(year=day.year + shift)
