"""Parts of years and months: quarters, halves, decades, seasons, weeks by number, "the first ten days of June"."""

import datetime as dt
from dataclasses import replace

from bot.language.dates.month_days import MonthDayReader
from bot.language.dates.periods import Period, Unit, month_end, with_year
from bot.language.words import Cell

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def numeral(cell: Cell) -> int | None:
    """Return the value of a Roman numeral, in letters of either alphabet; None where a cell is none up to four."""
    return ROMAN.get(cell.text.lower().replace("і", "i"))


class PartReader(MonthDayReader):
    """Reads parts of years and months."""

    __slots__ = ()

    def quarter_or_half(self, i: int) -> tuple[Period, int] | None:
        """Read "Q2 2025", "second quarter of 2025", "H1", "перше півріччя", "друга половина червня"."""
        cell = self.cells[i]
        which, unit, j = 0, "", i
        if cell.norm in {"q", "h", "к"} and (n := self.integer(i + 1)) and self.tokens[self.cells[i + 1].start].glued:
            which, unit, j = n, "quarter" if cell.norm in "qк" else "half", i + 2
        elif (
            (n := self.integer(i))
            and i + 1 < len(self.cells)
            and self.cells[i + 1].norm in {"q", "h"}
            and self.tokens[self.cells[i + 1].start].glued
        ):
            which, unit, j = n, "quarter" if self.cells[i + 1].norm == "q" else "half", i + 2
        else:
            k = i
            one = cell.norm in {"i", "і"}
            if (roman := numeral(cell)) is not None and (cell.text.isupper() or not one):
                which, k = roman, i + 1
            elif (reading := self.number(i)) is not None and 1 <= reading[0] <= 4:
                which, k = reading[0], self.suffix(reading[1])
            elif cell.has("last", "rel:past") and i + 1 < len(self.cells) and self.of_something(i + 2):
                which, k = -1, i + 1
            elif cell.has("first"):
                which, k = 1, i + 1
            elif cell.has("last", "rel:past"):
                counted = self.number(i + 1)
                k = counted[1] if counted is not None else i + 1
                if (
                    k < len(self.cells)
                    and self.cells[k].has("unit:day", "unit:week", "unit:month")
                    and self.of_something(k + 1)
                ):
                    return self.part(-1, counted[0] if counted is not None else 1, self.cells[k], k + 1)
            if which and k < len(self.cells):
                if self.cells[k].has("unit:quarter"):
                    unit, j = "quarter", k + 1
                elif self.cells[k].has("unit:half", "unit:halfyear"):
                    unit, j = "half", k + 1
                elif self.cells[k].has("unit:decade"):
                    unit, j = "decade", k + 1
                elif self.cells[k].has("unit:week", "unit:day") and which != -1:
                    return self.part(which, 1, self.cells[k], k + 1)
                elif (
                    (count := self.number(k)) is not None
                    and (which == 1 or which == -1)
                    and count[1] < len(self.cells)
                    and self.cells[count[1]].has("unit:day", "unit:week", "unit:month")
                ):
                    return self.part(which, count[0], self.cells[count[1]], count[1] + 1)
                elif self.cells[k].has("unit:week", "unit:day"):
                    return self.part(which, 1, self.cells[k], k + 1)
        if not unit:
            return None
        if j < len(self.cells) and self.cells[j].text == "." and self.tokens[self.cells[j].start].glued:
            j += 1
        return self.fraction(which, unit, j)

    def of_something(self, j: int) -> bool:
        """Tell whether "of June", "червня" follows."""
        j = self.of(j) if j < len(self.cells) else j
        while j < len(self.cells) and self.cells[j].norm in {"of", "the"}:
            j += 1
        return (
            j < len(self.cells)
            and (self.month_at(j) is not None or self.year_at(j) is not None)
            and self.cells[j].norm not in {"this"}
        )

    def fraction(self, which: int, unit: str, j: int) -> tuple[Period, int] | None:
        k = j
        while k < len(self.cells) and self.cells[k].norm in {"of", "the", "in", "у", "в", "за", "-", "/", ","}:
            k += 1
        if k > j and self.cells[j].text == "," and not (k < len(self.cells) and self.cells[k].number):
            k = j
        month = self.month_at(k) if k < len(self.cells) else None
        if month is not None and unit in {"half", "decade"}:
            found = self.month(k)
            if found is None:
                return None
            base, end = found
            if base.since is None or base.until is None:
                return None
            bounds = {"half": [(1, 15), (16, 31)], "decade": [(1, 10), (11, 20), (21, 31)]}[unit]
            index = len(bounds) if which == -1 else which
            if index > len(bounds):
                return None
            low, high = bounds[index - 1]
            since = base.since.replace(day=low)
            return Period(
                since=since, until=since.replace(day=min(high, base.until.day)), unit="half", yearless=base.yearless
            ), end
        size = {"quarter": 3, "half": 6}.get(unit)
        if size is None:
            return None
        count = 12 // size
        index = count if which == -1 else which
        if not 1 <= index <= count:
            return None
        year = self.year_after(j) or (self.year_at(k) if k < len(self.cells) else None) or self.short_year(k)
        start = (index - 1) * size + 1
        named: Unit = "quarter" if unit == "quarter" else "half"
        if year is not None:
            return Period(
                since=dt.date(year[0], start, 1), until=month_end(year[0], start + size - 1), unit=named
            ), year[1]
        at = self.today.year if dt.date(self.today.year, start, 1) <= self.today else self.today.year - 1
        noun = self.cells[j - 1]
        anchor = "halves" if noun.has("unit:half") and not noun.has("unit:halfyear") else ""
        since, until = dt.date(at, start, 1), month_end(at, start + size - 1)
        return Period(since=since, until=until, unit=named, yearless=True, anchor=anchor), j

    def part(self, which: int, count: int, unit: Cell, j: int) -> tuple[Period, int] | None:
        """Read "first week of June", "last ten days of June"."""
        k = j
        while k < len(self.cells) and self.cells[k].norm in {"of", "the", "in", "у", "в"}:
            k += 1
        if unit.has("unit:month"):
            return self.months_of_year(which, count, k)
        base = self.month(k) if k < len(self.cells) else None
        if base is None or base[0].since is None or base[0].until is None:
            return None
        days = count * (7 if unit.has("unit:week") else 1)
        period, end = base
        if period.since is None or period.until is None:
            return None
        if which == -1:
            since = period.until - dt.timedelta(days=days - 1)
            return Period(since=since, until=period.until, unit="range", yearless=period.yearless), end
        if unit.has("unit:day") and count == 1:
            day = period.since + dt.timedelta(days=which - 1)
            return Period(since=day, until=day, unit="day", yearless=period.yearless), end
        since = period.since + dt.timedelta(days=(which - 1) * days)
        until = min(since + dt.timedelta(days=days - 1), period.until)
        return Period(since=since, until=until, unit="range", yearless=period.yearless), end

    def months_of_year(self, which: int, count: int, k: int) -> tuple[Period, int] | None:
        """Read "first six months of 2026", "last three months of the year before"."""
        year = self.year_at(k) if k < len(self.cells) else None
        if year is None or not 1 <= count <= 12 or which not in {1, -1}:
            return None
        start, last = (1, count) if which == 1 else (13 - count, 12)
        return Period(since=dt.date(year[0], start, 1), until=month_end(year[0], last), unit="range"), year[1]

    def season(self, i: int) -> tuple[Period, int] | None:
        """Read "summer 2025", "навесні", "winter of 2025/26"."""
        # "лета" is of "год" as well, behind a count
        summer = self.cells[i].norm == "лета" and not (i and self.cells[i - 1].number)
        for sense in {"season:6"} if summer else self.cells[i].senses:
            if not sense.startswith("season:"):
                continue
            start = int(sense[7:])
            if self.cells[i].norm == "fall" and not (
                (i and self.cells[i - 1].has("p:in", "p:since", "last", "rel:this", "rel:prev", "p:from", "p:until"))
                or self.year_after(i + 1)
            ):
                return None
            found = self.shift(sense, 0, i + 1)
            if found is None or found[0].since is None:
                return None
            period = replace(found[0], yearless=True)
            year = self.year_after(i + 1) or self.short_year(i + 1)
            if year is None:
                return period, i + 1
            end = year[1]
            if (
                start == 12
                and end + 1 < len(self.cells)
                and self.cells[end].text in {"/", "-", "–"}
                and (second := self.integer(end + 1)) is not None
            ) and second in {year[0] + 1, (year[0] + 1) % 100}:
                return Period(
                    since=dt.date(year[0], 12, 1), until=month_end(year[0] + 1, 2), unit="season"
                ), self.year_noun(end + 2)
            return with_year(period, year[0]), end
        return None

    def week(self, i: int) -> tuple[Period, int] | None:
        """Read "week 24 of 2025", "24-й тиждень 2025", "W24", "2025-W24"."""
        if (written := self.iso_week(i)) is not None:
            return written
        number, j = None, i
        if (self.cells[i].norm == "iso week" and (reading := self.number(i + 1)) is not None and reading[0] <= 53) or (
            self.cells[i].has("unit:week") and (reading := self.number(i + 1)) is not None and reading[0] <= 53
        ):
            number, j = reading[0], reading[1]
        elif (
            (reading := self.number(i)) is not None
            and reading[2]
            and 5 <= reading[0] <= 53
            and reading[1] < len(self.cells)
            and self.cells[reading[1]].has("unit:week")
        ):
            number, j = reading[0], reading[1] + 1
        if not number:
            return None
        year = self.year_after(j)
        try:
            monday = dt.date.fromisocalendar(year[0] if year else self.today.year, number, 1)
            if year is None and monday > self.today:
                monday = dt.date.fromisocalendar(self.today.year - 1, number, 1)
        except ValueError:
            return None
        return Period(since=monday, until=monday + dt.timedelta(days=6), unit="week"), year[1] if year else j

    def iso_week(self, i: int) -> tuple[Period, int] | None:
        """Read "2025-W24", "W24 2025", "W24"."""
        year, j = self.integer(i), i
        if year is not None:
            dash = i + 1 < len(self.cells) and self.cells[i + 1].text in {"-", "–", "‑"}
            if not 1990 <= year <= 2100:
                return None
            j = i + 2 if dash else i + 1
        if (
            j + 1 >= len(self.cells)
            or self.cells[j].text not in {"W", "w"}
            or not self.tokens[self.cells[j + 1].start].glued
        ):
            return None
        number, end = self.integer(j + 1), j + 2
        if year is None and (after := self.year_after(end)) is not None:
            year, end = after
        if number is None:
            return None
        try:
            monday = dt.date.fromisocalendar(year or self.today.year, number, 1)
            if year is None and monday > self.today:
                monday = dt.date.fromisocalendar(self.today.year - 1, number, 1)
        except ValueError:
            return None
        return Period(since=monday, until=monday + dt.timedelta(days=6), unit="week"), end
