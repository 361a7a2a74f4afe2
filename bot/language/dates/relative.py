"""Periods told from today: "last 30 days", "минулого тижня", "three days ago", "on Monday", "yesterday"."""

import datetime as dt
from dataclasses import replace

from bot.language.dates.parts import PartReader
from bot.language.dates.periods import Period
from bot.language.words import Cell

#: What names the period before the one spoken of, rather than the one before today's.
PREVIOUS = ("previous", "preceding", "prior", "попередн", "предыдущ")
LATER = frozenset(["after", "later", "following", "пізніше", "позже", "спустя", "згодом", "опісля"])
EARLIER = frozenset(["before", "earlier", "раніше", "раньше", "ранее", "prior", "previously"])


class RelativeReader(PartReader):
    """Reads what today tells."""

    __slots__ = ()

    def relative(self, i: int) -> tuple[Period, int] | None:
        """Read "last 30 days", "past week", "минулого місяця", "this year", "three days ago"."""
        cell = self.cells[i]
        if (ago := self.ago(i)) is not None:
            return ago
        behind = i + 1
        while behind < len(self.cells) and (
            self.cells[behind].norm in {"the", "full", "whole", "calendar", "повний", "полный"}
            or self.cells[behind].has("entire")
        ):
            behind += 1
        if cell.has("last", "rel:past", "rel:prev", "rel:this", "rel:next"):
            if behind < len(self.cells) and self.cells[behind].norm == "a":
                behind += 1
            count = self.number(behind)
            if count is not None and count[0] == 2 and count[1] < len(self.cells) and self.cells[count[1]].norm == "of":
                count = (2, count[1] + 1, False)
            if (
                count is not None
                and not count[2]
                and cell.has("last", "rel:past", "rel:prev", "rel:this")
                and (unit := self.unit(count[1])) is not None
            ):
                return self.back(count[0], unit), count[1] + 1
            unit = self.unit(behind)
            if unit is not None and not (unit.startswith("season") and behind != i + 1):
                found = self.named(cell, unit, behind)
                by = -1 if cell.norm.startswith(PREVIOUS) else 1 if cell.has("rel:next") else 0
                return (replace(found[0], shifted=by), found[1]) if found else None
            if (
                unit is None
                and self.weekday_at(behind) is not None
                and cell.has("last", "rel:prev", "rel:past", "rel:this")
            ):
                return self.last_weekday(behind, cell)
        unit = self.unit(i)
        beside = unit is not None and i + 1 < len(self.cells) and self.cells[i + 1].norm in EARLIER | LATER
        if unit is not None and beside and (i + 2 == len(self.cells) or self.cells[i + 2].mark):
            by = -1 if self.cells[i + 1].norm in EARLIER else 1
            found = self.shift(unit, by, i + 2)
            return (replace(found[0], shifted=by), found[1]) if found else None
        count = self.number(i)
        if (
            count is not None
            and not count[2]
            and count[1] + 1 < len(self.cells)
            and self.cells[count[1]].has("last", "rel:past", "rel:prev")
            and (unit := self.unit(count[1] + 1))
        ):
            return self.back(count[0], unit), count[1] + 2
        return None

    def ago(self, i: int) -> tuple[Period, int] | None:
        """Read "three days ago", "a week ago", "два тижні тому"."""
        j = i
        count = 1
        if self.cells[j].norm in {"a", "an"}:
            j += 1
        elif (reading := self.number(j)) is not None and not reading[2]:
            count, j = reading[0], reading[1]
        unit = self.unit(j)
        if unit is None or j + 1 >= len(self.cells) or not self.cells[j + 1].has("ago"):
            return None
        period = self.back(count, unit)
        return Period(since=period.since, until=period.since, unit="day"), j + 2

    def rolling(self, i: int) -> tuple[Period, int] | None:
        """Read "за 30 дней": the days that end today."""
        count = self.number(i)
        if count is None or count[2]:
            return None
        unit = self.unit(count[1])
        return (self.back(count[0], unit), count[1] + 1) if unit in {"day", "week", "month", "year"} else None

    def named(self, cell: Cell, unit: str, j: int) -> tuple[Period, int] | None:
        """Read "last week", "this month", "минулої зими", "за останній тиждень"."""
        end = j + 1
        if cell.has("rel:next") and not cell.has("rel:this", "rel:prev", "last", "rel:past"):
            return self.shift(unit, 1, end)
        if cell.has("rel:this") and not cell.has("rel:prev", "last"):
            return self.shift(unit, 0, end)
        rolling = (
            cell.has("rel:past")
            and unit in {"day", "week", "month", "quarter", "year", "halfyear", "fortnight"}
            and cell.norm not in {"preceding"}
        )
        if rolling or (unit in {"fortnight", "halfyear"} and not cell.has("rel:prev")):
            return self.back(1, unit), end
        return self.shift(unit, -1, end)

    def weekday_at(self, i: int) -> int | None:
        if i < len(self.cells):
            for sense in self.cells[i].senses:
                if sense.startswith("weekday:"):
                    return int(sense[8:])
        return None

    def weekday(self, i: int) -> tuple[Period, int] | None:
        """Read "Monday": the latest that has begun; "Monday 16 June" is that day."""
        weekday = self.weekday_at(i)
        if weekday is None or (
            self.cells[i].norm in {"sat", "sun", "mon", "wed"}
            and not (i and self.cells[i - 1].has("p:in", "last", "p:since"))
        ):
            return None
        j = i + 1
        if j < len(self.cells) and self.cells[j].text == ",":
            j += 1
        if (
            j < len(self.cells)
            and (dated := self.numeric(j) or self.day_of_month(j)) is not None
            and dated[0].unit == "day"
        ):
            return dated
        day = self.today - dt.timedelta(days=(self.today.weekday() - weekday) % 7)
        return Period(since=day, until=day, unit="day"), i + 1

    def last_weekday(self, j: int, cell: Cell) -> tuple[Period, int] | None:
        weekday = self.weekday_at(j)
        if weekday is None:
            return None
        back = (self.today.weekday() - weekday) % 7
        day = self.today - dt.timedelta(
            days=back if cell.has("rel:this") and not cell.has("last", "rel:prev") else back or 7
        )
        return Period(since=day, until=day, unit="day"), j + 1

    def simple(self, i: int) -> tuple[Period, int] | None:
        """Read "today", "yesterday", "позавчора"."""
        cell = self.cells[i]
        for sense, days in (("today", 0), ("yesterday", 1), ("daybefore", 2)):
            if cell.has(sense):
                day = self.today - dt.timedelta(days=days)
                return Period(since=day, until=day, unit="day"), i + 1
        if cell.has("tomorrow"):
            day = self.today + dt.timedelta(days=1)
            return Period(since=day, until=day, unit="day"), i + 1
        return None
