"""One period, or two that make one: "from A to B", "between A and B", "A – B"."""

import datetime as dt
from dataclasses import replace

from bot.language.dates.landmarks import LandmarkReader
from bot.language.dates.openings import may_open
from bot.language.dates.periods import Period, Relation, add_months, month_end, with_year, years_on
from bot.language.words import Cell


class RangeReader(LandmarkReader):
    """Reads periods without prepositions, and ranges of two."""

    __slots__ = ()

    def opens(self, i: int) -> bool:
        """Tell whether a period may begin at a cell."""
        if i not in self.openings:
            self.openings[i] = may_open(self.cells[i], self.tokens, self.names)
        return self.openings[i]

    def ranged(self, j: int, relation: Relation) -> tuple[Period, int, Relation] | None:
        """Read "from A to B", "between A and B", "A – B"."""
        if relation in {"until", "before", "under"} or (relation == "between" and self.comparing):
            return None
        first = self.first_talks(j) or self.atom(j, ranged=True)
        if first is None:
            return None
        a, k = first
        if k >= len(self.cells):
            return None
        k2 = k
        if self.cells[k2].mark and self.cells[k2].text == "," and k2 + 1 < len(self.cells):
            k2 += 1
        joint = self.cells[k2]
        dash = joint.mark and joint.text in {"-", "–", "—", "‑", "−", "…"}
        to = joint.has("p:to", "p:until", "p:po") or joint.norm in {"through", "thru", "to"}
        both = relation == "between" and joint.has("and")
        if not (dash or to or both):
            return None
        if (dash or joint.norm in {"to"}) and relation in {"after"}:
            return None
        if to and joint.has("p:po") and relation == "" and a.unit == "agreement":
            return None
        k2 += 1
        while k2 < len(self.cells) and (self.cells[k2].norm in {"the", "and"} or self.cells[k2].has("p:to", "p:until")):
            k2 += 1
        if both and k2 < len(self.cells) and self.cells[k2].has("now") and a.since is not None:
            return Period(since=a.since, until=self.today, unit="range"), k2 + 1, "in"
        second = self.atom(k2, ranged=True) if k2 < len(self.cells) else None
        if second is None:
            return None
        b, end = second
        joined = self.join(a, b, self.cells[j], self.cells[k2])
        if joined is None or (joined.anchor == "day" and self.counts(end)):
            return None
        if (a.feast and a.alternative) or (b.feast and b.alternative):
            other = self.join(a.alternative or a, b.alternative or b, self.cells[j], self.cells[k2])
            joined = replace(joined, alternative=other)
        return joined, end, "in"

    def in_digits(self, cell: Cell) -> bool:
        """Tell whether a day is written in digits, with or without an article."""
        i = self.cells.index(cell)
        while self.cells[i].norm == "the":
            i += 1
        return self.cells[i].number

    def days_of_month(self, first: int, last: int) -> Period | None:
        """Return the latest such days of a month that have begun ("from the 11th to the 20th")."""
        month = self.latest_day(first)
        if month is None or last < first or last > month_end(month.year, month.month).day:
            return None
        return Period(since=month, until=month.replace(day=last), unit="range", anchor="day")

    def join(self, a: Period, b: Period, first: Cell, second: Cell) -> Period | None:
        """Make one period of the two ends of a range; a year or month that one names holds for both."""
        if a.since is None or b.until is None:
            return None
        if a.since.year == 1:
            day = a.since.day
            if b.unit != "day" or b.since is None:
                return None
            if b.since.year == 1:
                return self.days_of_month(day, b.since.day) if self.in_digits(first) and second.number else None
            try:
                start = b.since.replace(day=day)
            except ValueError:
                return None
            if start > b.until:
                start = add_months(start, -1)
            return Period(since=start, until=b.until, unit="range", yearless=b.yearless)
        if b.since is not None and b.since.year == 1:
            return None
        yearless = a.yearless and b.yearless
        if a.anchor == "weekday" and b.unit == "day":
            since = b.until - dt.timedelta(days=(b.until.weekday() - a.since.weekday()) % 7)
            return Period(since=since, until=b.until, unit="range", anchor=b.anchor)
        if b.unit == "agreement" or a.unit == "agreement":
            end = b.since if b.unit == "agreement" else b.until
            return Period(since=a.since, until=end, unit="range")
        if a.yearless and not b.yearless:
            a = with_year(a, b.until.year)
            if a.since is not None and a.since > b.until:
                a = years_on(a, -1)
        elif b.yearless and a.since is not None:
            b = with_year(replace(b, yearless=True), a.since.year)
            if b.until is not None and b.until < a.since:
                b = years_on(b, 1)
        if a.since is None or b.until is None or a.since > b.until:
            return None
        return Period(since=a.since, until=b.until, unit="range", yearless=yearless)

    def after_unit(self, i: int) -> int:
        """Step over "the month of" before the month's own name."""
        if i + 1 < len(self.cells) and self.cells[i].has("unit:month", "unit:year"):
            j = self.of(i + 1)
            if j < len(self.cells) and self.cells[i].has("unit:month") and self.month_at(j) is not None:
                return j
        return i

    def atom(self, i: int, *, ranged: bool = False) -> tuple[Period, int] | None:
        """Read one period without preposition; returns it and the cell behind it."""
        while (
            i < len(self.cells)
            and self.cells[i].norm in {"the", "those", "these"}
            and not self.cells[i].has("rel:this")
        ):
            i += 1
        i = self.after_unit(i)
        if i >= len(self.cells) or self.cells[i].used or not self.opens(i):
            return None
        if i not in self.atoms:
            self.atoms[i] = self._atom(i)
        found = self.atoms[i]
        return self.bare_day(i) if found is None and ranged else found

    def _atom(self, i: int) -> tuple[Period, int] | None:
        for read in (
            self.alltime,
            self.feast,
            self.eve,
            self.agreement,
            self.numeric,
            self.day_of_month,
            self.month,
            self.quarter_or_half,
            self.relative,
            self.season,
            self.week,
            self.weekday,
            self.simple,
            self.year,
            self.event,
        ):
            found = read(i)
            if found is not None:
                return found
        return None
