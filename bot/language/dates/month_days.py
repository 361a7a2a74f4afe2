"""Days of a month: "2 June 2025", "11–16 June", "the 12th", "с 10 по 20"."""

import calendar
import datetime as dt
from dataclasses import replace

from bot.language.dates.calendar_days import CalendarReader
from bot.language.dates.periods import Period, Unit, add_months, month_end

#: What an ordinal counts where it is no day ("the 69th exchange").
_COUNTED = (
    "exchange",
    "handover",
    "repatriation",
    "agreementword",
    "formation",
    "unit:week",
    "unit:quarter",
    "unit:half",
    "kind:prisoners",
)


class MonthDayReader(CalendarReader):
    """Reads days by their number."""

    __slots__ = ()

    def day_of_month(self, i: int) -> tuple[Period, int] | None:
        """Read "2 June 2025", "June 2nd, 2025", "другого червня", "11–16 June"."""
        reading = self.number(i)
        if reading is not None and 1 <= reading[0] <= 31:
            day, j, _ = reading
            j = self.suffix(j)
            last_day = day
            k = j
            if k + 1 < len(self.cells) and (
                (self.cells[k].mark and self.cells[k].text in {"-", "–", "—"})
                or self.cells[k].norm in {"to", "по", "до", "and", "і", "та", "и", "through", "й"}
            ):
                other = self.number(k + 1)
                if (
                    other is not None
                    and day < other[0] <= 31
                    and self.month_at(self.of(self.suffix(other[1]))) is not None
                    and (other[0] == day + 1 or not self.cells[k].has("and") or self.is_between(i))
                ):
                    last_day, j = other[0], self.suffix(other[1])
            hyphen = j + 1 < len(self.cells) and self.cells[j].text in {"-", "‑", "/"} and self.cells[i].number
            month = self.month_at(j + 1 if hyphen else self.of(j))
            if month is not None:
                return self.finish_day(month[0], day, last_day, month[1])
        month = self.month_at(i)
        if month is not None:
            j = month[1]
            if j < len(self.cells) and self.cells[j].norm == "the":
                j += 1
            reading = self.number(j)
            if (
                reading is not None
                and 1 <= reading[0] <= 31
                and (not self.cells[j].number or len(self.cells[j].norm) <= 2)
                and self.unit(reading[1]) is None
                and self.year_in_short(i, j) is None
            ):
                day, j, _ = reading
                j = self.suffix(j)
                if j + 1 < len(self.cells) and (
                    self.cells[j].text in {"-", "–", "—"} or self.cells[j].norm in {"to", "through"}
                ):
                    other = self.number(j + 1)
                    if (
                        other is not None
                        and day < other[0] <= 31
                        and self.month_at(other[1]) is None
                        and not (self.cells[j + 1].number and len(self.cells[j + 1].norm) == 4)
                    ):
                        return self.finish_day(month[0], day, other[0], self.suffix(other[1]))
                return self.finish_day(month[0], day, day, j)
        return None

    def short_year(self, i: int) -> tuple[int, int] | None:
        """Read the "25" of "10 Jun 25", where nothing stands behind it."""
        value = self.integer(i)
        last = i + 1 >= len(self.cells) or (self.cells[i + 1].mark and self.cells[i + 1].text in "?!,;)")
        if value is None or len(self.cells[i].norm) != 2 or not 22 <= value <= 49 or not last:
            return None
        return 2000 + value, i + 1

    def is_between(self, i: int) -> bool:
        """Tell whether "between" governs the first of two days."""
        while i and self.cells[i - 1].norm == "the":
            i -= 1
        return i > 0 and self.cells[i - 1].has("p:between")

    def finish_day(self, month: int, day: int, last_day: int, end: int) -> tuple[Period, int] | None:
        year = self.year_after(end) or self.short_year(end)
        if year is not None and not (1 <= day <= calendar.monthrange(year[0], month)[1]):
            return None
        if year is not None:
            last = min(last_day, calendar.monthrange(year[0], month)[1])
            unit: Unit = "day" if day == last_day else "range"
            return Period(since=dt.date(year[0], month, day), until=dt.date(year[0], month, last), unit=unit), year[1]
        period = self.of_month(month, day, last_day)
        return (replace(period, unit="day" if day == last_day else "range"), end) if period.since else None

    def counts(self, i: int) -> bool:
        """Tell whether what follows a number is counted by it, so that the number is no day."""
        if i >= len(self.cells) or self.cells[i].mark:
            return False
        cell = self.cells[i]
        kind = any(s.startswith(("kind:", "unit:")) for s in cell.senses)
        return kind or cell.number or cell.has("people", "unsup", *_COUNTED) or not cell.known

    def day_alone(self, i: int, *, governed: bool) -> tuple[Period, int] | None:
        """Read "the 12th", "по 20-е", "14 числа": the latest such day that has begun.

        Args:
            governed: A preposition stands before it; without one, only a day that is called one is read.
        """
        while i < len(self.cells) and self.cells[i].norm == "the":
            i += 1
        reading = self.number(i)
        if reading is None or not 1 <= reading[0] <= 31:
            return None
        day, end, ordinal = reading
        end = self.suffix(end)
        numbered = end < len(self.cells) and self.cells[end].norm in {"числа", "число"}
        suffixed = end > reading[1]
        if not (numbered or ((ordinal or suffixed) and self.cells[i].number)):
            return None
        end += numbered
        last = end >= len(self.cells) or self.cells[end].mark
        if self.counts(end) and not numbered:
            return None
        if (
            not governed
            and not numbered
            and not (last and self.cells[end - 1].norm.endswith(("го", "th", "st", "rd", "nd")))
        ):
            return None
        found = self.latest_day(day)
        return (Period(since=found, until=found, unit="day", anchor="day"), end) if found else None

    def latest_day(self, day: int) -> dt.date | None:
        """Return the latest such day of a month that has begun."""
        for back in range(14):
            first = add_months(self.today.replace(day=1), -back)
            if day <= month_end(first.year, first.month).day and first.replace(day=day) <= self.today:
                return first.replace(day=day)
        return None

    def bare_day(self, i: int) -> tuple[Period, int] | None:
        """Read the "15" of "from 15 to 20 June"; the month comes with the other end."""
        reading = self.number(i)
        if reading is None or not 1 <= reading[0] <= 31:
            return None
        day = dt.date(1, 1, reading[0])
        return Period(since=day, until=day, unit="day", yearless=True), self.suffix(reading[1])
