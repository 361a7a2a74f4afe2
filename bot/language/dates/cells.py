"""The ground of the date readers: the cells of a question, small numbers and units of time in them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.language.dates.periods import Period, Unit, add_months, month_end
from bot.language.names import Names, Place
from bot.language.numbers import read_number
from bot.language.tokens import Token
from bot.language.words import Cell

#: A number that was read: value, cell behind, ordinal.
Number = tuple[int, int, bool]
#: Senses of the units of time, the first that a cell has being its unit.
_UNITS = (
    "unit:day",
    "unit:week",
    "unit:fortnight",
    "unit:month",
    "unit:quarter",
    "unit:halfyear",
    "unit:half",
    "unit:year",
    "unit:weekend",
)


@dataclass(slots=True, eq=False, repr=False)
class CellReader:
    """Cells, tokens and the clock of one question. A method that reads returns what it read and the cell behind it."""

    cells: Sequence[Cell]
    tokens: Sequence[Token]
    today: dt.date
    names: Names
    #: Gives the day of the last round of these kinds (all, where empty), for "since the last exchange"; None where such
    #: words are the question itself.
    last_day: Callable[[tuple[str, ...]], dt.date | None] | None = None
    #: Two periods are to be compared: "between June and July" names two, not a range.
    comparing: bool = False
    #: What was read at a cell before and depends on nothing but the words; many readers look at the same cell.
    numbers: dict[int, Number | None] = field(default_factory=dict)
    places: dict[int, tuple[Place, int] | None] = field(default_factory=dict)
    #: Periods that were read at a cell for the same mention.
    atoms: dict[int, tuple[Period, int] | None] = field(default_factory=dict)
    #: Whether an agreement may be named at all: by its place, or called one.
    deals: bool | None = None
    #: Whether a period may begin at a cell.
    openings: dict[int, bool] = field(default_factory=dict)

    def integer(self, i: int) -> int | None:
        """Return the digits of a cell."""
        if (
            0 <= i < len(self.cells)
            and self.cells[i].number
            and self.cells[i].norm.isdecimal()
            and len(self.cells[i].norm) < 6
        ):
            return int(self.cells[i].norm)
        return None

    def number(self, i: int) -> Number | None:
        """Read a small whole number, cardinal or ordinal, in words or digits: value, cell behind, ordinal."""
        if i not in self.numbers:
            self.numbers[i] = self._number(i)
        return self.numbers[i]

    def _number(self, i: int) -> Number | None:
        if not 0 <= i < len(self.cells):
            return None
        cell = self.cells[i]
        if cell.number and len(cell.norm) > 4:
            return None
        reading = read_number(self.tokens, cell.start)
        if reading is None or not isinstance(reading.value, int):
            return None
        if reading.digits and not reading.ordinal and cell.number:
            return int(cell.norm) if cell.norm.isdecimal() else 0, i + 1, False
        end = i
        while end < len(self.cells) and self.cells[end].end <= reading.next:
            end += 1
        if end == i:
            return None
        return reading.value, end, reading.ordinal

    def suffix(self, j: int) -> int:
        """Step over "st", "-го" and "числа" behind a day."""
        if (
            j < len(self.cells)
            and self.cells[j].norm in {"st", "nd", "rd", "th", "го", "е", "ого", "те"}
            and self.tokens[self.cells[j].start].glued
        ):
            j += 1
        if j + 1 < len(self.cells) and self.cells[j].text == "-" and self.cells[j + 1].norm in {"го", "е", "ого", "те"}:
            j += 2
        return j

    def of(self, j: int) -> int:
        return j + 1 if j < len(self.cells) and self.cells[j].norm in {"of", "числа"} else j

    def unit(self, i: int) -> str | None:
        """Return the unit of time that a cell names."""
        if i >= len(self.cells):
            return None
        senses = self.cells[i].senses
        if not senses.isdisjoint(_UNITS):
            return next(sense[5:] for sense in _UNITS if sense in senses)
        for sense in senses:
            if sense.startswith("season:"):
                return sense
        return None

    def back(self, count: int, unit: str) -> Period:
        """Return the last `count` units, which end today."""
        months = {"month": 1, "quarter": 3, "half": 6, "halfyear": 6, "year": 12}
        count = min(count, 10_000)
        if unit in months:
            since = add_months(self.today, -min(count * months[unit], 12 * 1000))
        else:
            days = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}.get(unit, 365)
            since = self.today - dt.timedelta(days=count * days)
        return Period(since=since, until=self.today, unit="last")

    def shift(self, unit: str, by: int, end: int) -> tuple[Period, int] | None:
        """Return the calendar unit of today, the one before or the one after it."""
        today = self.today
        if unit == "day":
            day = today + dt.timedelta(days=by)
            return Period(since=day, until=day, unit="day"), end
        if unit == "week":
            monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(days=7 * by)
            return Period(since=monday, until=monday + dt.timedelta(days=6), unit="week"), end
        if unit == "weekend":
            saturday = today - dt.timedelta(days=(today.weekday() - 5) % 7)
            if by == -1 and saturday + dt.timedelta(days=1) >= today:
                saturday -= dt.timedelta(days=7)
            return Period(since=saturday, until=saturday + dt.timedelta(days=1), unit="range"), end
        if unit == "month":
            first = add_months(today.replace(day=1), by)
            return Period(since=first, until=month_end(first.year, first.month), unit="month"), end
        size = {"quarter": 3, "half": 6, "halfyear": 6, "year": 12}.get(unit)
        if size:
            first = today.replace(month=(today.month - 1) // size * size + 1, day=1)
            first = add_months(first, size * by)
            last = add_months(first, size - 1)
            named: Unit = "quarter" if size == 3 else "half" if size == 6 else "year"
            return Period(since=first, until=month_end(last.year, last.month), unit=named), end
        if unit.startswith("season:"):
            start = int(unit[7:])
            year = today.year
            first = dt.date(year, start, 1)
            while first > today:
                first = first.replace(year=first.year - 1)
            last = add_months(first, 2)
            if by == -1 and month_end(last.year, last.month) >= today:
                first = first.replace(year=first.year - 1)
            if by == 1:
                first = first.replace(year=first.year + 1)
            last = add_months(first, 2)
            return Period(since=first, until=month_end(last.year, last.month), unit="season"), end
        return None
