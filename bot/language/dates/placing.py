"""Mentions that tell each other: "Tuesday" of "last week", "the start of the year" before "to 10 July 2025".

What is told by another mention (`Period.anchor`) is put into it, so that each mention left stands for itself.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.queries import Span
from bot.language.dates.feasts import days_of
from bot.language.dates.periods import Mention, Period, month_end, with_year, years_on
from bot.language.dates.steps import around, neighbour
from bot.language.words import Cell

_STARTS = frozenset({"since", "from", "after"})
_ENDS = frozenset({"until", "before"})
_BETWEEN = frozenset(["of", "the", "у", "в", "на", "за", "числа", "in", "on", "а", "саме", "именно"])


def place(mentions: Sequence[Mention], cells: Sequence[Cell], today: dt.date) -> list[Mention]:
    """Return the mentions with what others tell put in; cells of those that were taken in are used."""
    placed: list[Mention] = []
    for mention in mentions:
        merged = _merged(placed[-1], mention, cells, today) if placed else None
        if merged is not None:
            placed[-1] = merged
        else:
            placed.append(_stepped(placed[-1], mention) if placed else mention)
    if len(placed) == 2:
        return _bounded(placed[0], placed[1])
    return placed


def _merged(a: Mention, b: Mention, cells: Sequence[Cell], today: dt.date) -> Mention | None:
    """Make one of a part and the whole that it lies in, where nothing else stands between them."""
    between = cells[a.end : b.start]
    if any(not (c.mark and c.text in ",(") and c.norm not in _BETWEEN for c in between):
        return None
    feast = _same_feast(a, b)
    if feast is not None:
        return feast
    for small, large in ((a, b), (b, a)):
        if not small.period.anchor or large.period.anchor or large.relation not in {"", "in"}:
            continue
        period = inside(small.period, large.period, today)
        if period is None:
            continue
        for cell in between:
            cell.used = True
        if a.start and cells[a.start - 1].has("edge:mid"):
            # "the middle of June, from 11 to 20": the days say which middle
            cells[a.start - 1].used = True
        return replace(small, start=a.start, end=b.end, period=period)
    return None


def _same_feast(a: Mention, b: Mention) -> Mention | None:
    """Make one of "Christmas, 25 December": a feast and the day that it falls on."""
    for feast, day in ((a, b), (b, a)):
        if not feast.period.feast or day.period.feast or day.period.unit != "day" or feast.period.since is None:
            continue
        at = day.period if feast.period.yearless else with_year(day.period, feast.period.since.year)
        if at.since is not None and at.since in days_of(feast.period.feast, at.since.year):
            return replace(a, end=b.end, relation=a.relation or b.relation, period=at)
    return None


def _stepped(a: Mention, b: Mention) -> Mention:
    """Tell "the week before" by the week that stands before it."""
    if not b.period.shifted or a.relation not in {"", "in"} or b.relation not in {"", "in"}:
        return b
    here = Span(since=a.period.since, until=a.period.until)
    found = neighbour(here, b.period.shifted, b.period.unit, whole_unit=b.period.anchor == "whole")
    if found is None:
        return b
    return replace(b, period=replace(b.period, since=found.since, until=found.until, shifted=0, anchor=""))


def inside(small: Period, large: Period, today: dt.date) -> Period | None:
    """Return the days that a part names within a larger period; None where it names none there."""
    if small.since is None or small.until is None or large.since is None or large.until is None:
        return None
    since: dt.date | None = None
    until: dt.date | None = None
    if small.anchor == "weekday" and large.unit == "week":
        since = large.since + dt.timedelta(days=small.since.weekday())
        until = large.since + dt.timedelta(days=small.until.weekday())
    elif small.anchor == "today" and large.unit in {"month", "year"}:
        month = today.month if large.unit == "year" else large.since.month
        if today.day <= month_end(large.since.year, month).day:
            since = until = dt.date(large.since.year, month, today.day)
    elif small.anchor == "day" and large.unit == "month" and small.until.day <= large.until.day:
        since, until = large.since.replace(day=small.since.day), large.since.replace(day=small.until.day)
    if since is None or until is None or since > until:
        return None
    return replace(small, since=since, until=until, anchor="", yearless=large.yearless)


def _bounded(a: Mention, b: Mention) -> list[Mention]:
    """Tell one bound by the other: "the start of the year" is that of the day at which the span ends."""
    start, end = (a, b) if a.relation in _STARTS else (b, a)
    if start.relation not in _STARTS or end.relation not in _ENDS:
        return [a, b]
    for part, other in ((start, end), (end, start)):
        named = other.period.until if other is end else other.period.since
        if part.period.anchor and not other.period.anchor and named is not None and other.period.unit != "agreement":
            whole = around(named, part.period.anchor)
            if whole is not None:
                part.period = replace(part.period, since=whole[0], until=whole[1], anchor="", yearless=False)
    _in_order(start, end)
    return [a, b]


def _in_order(start: Mention, end: Mention) -> None:
    """Give a bound without a year the one that puts the bounds in order."""
    if not _inverted(start, end) or start.period.since is None or end.period.until is None:
        return
    first, last = start.period.since, end.period.until
    if start.period.yearless:
        start.period = with_year(start.period, last.year)
        if _inverted(start, end):
            start.period = years_on(start.period, -1)
    elif end.period.yearless:
        end.period = with_year(end.period, first.year)
        if _inverted(start, end):
            end.period = years_on(end.period, 1)


def _inverted(start: Mention, end: Mention) -> bool:
    since, until = start.span()[0], end.span()[1]
    return since is not None and until is not None and since > until
