"""Periods told from today: "last 30 days", "минулого тижня", "three days ago", "on Monday", "yesterday"."""

import datetime as dt
from dataclasses import replace

from bot.language.dates.calendar_days import is_account
from bot.language.dates.parts import PartReader
from bot.language.dates.periods import Period, add_months
from bot.language.dates.steps import around
from bot.language.words import Cell

#: What names the period before the one spoken of, rather than the one before today's.
PREVIOUS = ("previous", "preceding", "prior", "попередн", "предыдущ")
_TIMES = frozenset(
    ["time", "час", "часу", "часі", "моменту", "времени", "время", "момент", "момента", "пору", "пори", "поры"]
)
_ONE = frozenset(["неделю", "месяц", "год", "тиждень", "місяць", "рік", "сутки", "добу"])
#: Shorter than a day: nothing is recorded by them.
_HOURS = frozenset(["hour", "hours", "час", "часа", "часов", "годину", "години", "годин", "minute", "minutes"])
#: Of no number ("the last days").
_UNCOUNTED = frozenset(
    [
        *("days", "weeks", "months", "years", "дни", "дней", "недели", "недель", "месяцы", "месяцев", "годы", "лет"),
        *("дні", "днів", "тижні", "тижнів", "місяці", "місяців", "роки", "років"),
    ]
)
_THAT = frozenset(["that", "тому", "того", "той", "ту"])
LATER = frozenset(["after", "later", "following", "пізніше", "позже", "спустя", "згодом", "опісля"])
EARLIER = frozenset(["before", "earlier", "раніше", "раньше", "ранее", "prior", "previously"])


#: Features of nouns in the plural.
_SEVERAL = frozenset(["N", "p", "pn", "pg", "pd", "pa", "pi", "pl"])


class RelativeReader(PartReader):
    """Reads what today tells."""

    __slots__ = ()

    def relative(self, i: int) -> tuple[Period, int] | None:
        """Read "last 30 days", "past week", "минулого місяця", "this year", "three days ago"."""
        cell = self.cells[i]
        if (found := self.ago(i) or self.this_day(i) or self.that_week(i) or self.beside_day(i)) is not None:
            return found
        if cell.has("rel:next") and i + 1 < len(self.cells) and (found := self.beside_day(i + 1)) is not None:
            return found
        if cell.has("last", "rel:past", "rel:prev", "rel:next") and self.is_vague(i):
            self.cells[i + 1].senses = frozenset()
            return None
        if (found := self.before_last(i) or self.nth_weekday(i)) is not None:
            return found
        behind = i + 1
        while behind < len(self.cells) and (
            self.cells[behind].norm in {"the", "full", "whole", "повний", "полный"}
            or is_account(self.cells[behind].norm)
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
                return (replace(found[0], shifted=by, anchor="whole" if by else ""), found[1]) if found else None
            if (
                unit is None
                and self.weekday_at(behind) is not None
                and cell.has("last", "rel:prev", "rel:past", "rel:this")
            ):
                return self.last_weekday(behind, cell)
        if (beside := self.steps(i)) is not None:
            return beside
        count = self.number(i)
        if (
            count is not None
            and not count[2]
            and count[1] + 1 < len(self.cells)
            and self.cells[count[1]].has("last", "rel:past", "rel:prev")
            and (self.cells[count[1]].norm.isascii() or self.cells[count[1]].norm.endswith("х"))
            and (unit := self.unit(count[1] + 1))
        ):
            return self.back(count[0], unit), count[1] + 2
        return None

    def steps(self, i: int) -> tuple[Period, int] | None:
        """Read "a year earlier", "два місяці потому", "через рік": so many units from the span spoken of before."""
        forward = self.cells[i].norm == "через"
        k = i + 1 if forward or self.cells[i].norm in {"a", "one"} else i
        count = 1
        if k < len(self.cells) and (reading := self.number(k)) is not None and not reading[2] and reading[0] < 100:
            count, k = reading[0], reading[1]
        unit = self.unit(k)
        if unit is None:
            return None
        side = self.cells[k + 1].norm if k + 1 < len(self.cells) else ""
        end = k + 1 if forward else k + 2
        if not forward and side not in EARLIER | LATER:
            return None
        if end < len(self.cells) and not self.cells[end].mark:
            return None
        by = -count if side in EARLIER else count
        found = self.shift(unit, by, end)
        beside = "whole" if side in {"before", "after", "following"} and count == 1 else ""
        return (replace(found[0], shifted=by, anchor=beside), end) if found else None

    def ago(self, i: int) -> tuple[Period, int] | None:
        """Read "three days ago", "a week ago", "два тижні тому"."""
        j = i
        count = 1
        if self.cells[j].norm in {"a", "an"}:
            j += 1
        elif (reading := self.number(j)) is not None and not reading[2]:
            count, j = reading[0], reading[1]
        if j > i and self.cells[j : j + 1] and self.cells[j].norm == "days ago":
            # one phrase of the lexicon, which asks "how long" elsewhere
            self.cells[j].senses = frozenset()
            day = self.back(count, "day").since
            return Period(since=day, until=day, unit="day"), j + 1
        unit = self.unit(j)
        if unit is None or j + 1 >= len(self.cells) or not self.cells[j + 1].has("ago"):
            return None
        period = self.back(count, unit)
        years = count if unit == "year" else 0
        whole = self.shift(unit, -count, j + 2) if unit in {"year", "month"} and count < 1000 else None
        return Period(
            since=period.since,
            until=period.since,
            unit="day",
            years_ago=years,
            alternative=whole[0] if whole else None,
        ), j + 2

    def this_day(self, i: int) -> tuple[Period, int] | None:
        """Read "this day", "this time", "цей час" before the month or year that it lies in."""
        if not self.cells[i].has("rel:this") or i + 1 >= len(self.cells):
            return None
        noun = self.cells[i + 1]
        if not (noun.has("unit:day") or noun.norm in _TIMES):
            return None
        j = i + 2
        while j < len(self.cells) and self.cells[j].norm in {"of", "у", "в", "на", "in"}:
            j += 1
        if j >= len(self.cells):
            return None
        named = self.cells[j].has("last", "rel:prev", "rel:past") and self.unit(j + 1) in {"month", "year"}
        if not named and not self.cells[j].has("year:prev", "year:prevprev"):
            return None
        return Period(since=self.today, until=self.today, unit="day", anchor="today"), i + 2

    def is_vague(self, i: int) -> bool:
        """Tell whether "last days" or "last hour" stands there, which no span of days is."""
        noun = self.cells[i + 1].norm if i + 1 < len(self.cells) else ""
        plural = self.cells[i].norm.isascii() or self.cells[i].norm.endswith(("х", "ие", "ые", "і"))
        return noun in _HOURS or (plural and noun in _UNCOUNTED)

    def that_week(self, i: int) -> tuple[Period, int] | None:
        """Read "that week", "на той неделе": the last whole one where none was spoken of; "the whole month"."""
        unit = self.unit(i + 1)
        whole = self.cells[i].has("entire") and unit in {"week", "month", "quarter"}
        if not whole and (self.cells[i].norm not in _THAT or unit not in {"week", "month", "quarter", "year"}):
            return None
        if unit is None or self.month(i + 2 if self.of(i + 2) == i + 2 else i + 3) is not None:
            return None
        found = self.shift(unit, 0 if whole else -1, i + 2)
        return (replace(found[0], anchor=unit), found[1]) if found else None

    def before_last(self, i: int) -> tuple[Period, int] | None:
        """Read "the week before last", "позаминулого місяця", "в позапрошлом году"."""
        if self.cells[i].norm.startswith(("позаминул", "позапрошл")) and (unit := self.unit(i + 1)) is not None:
            return self.shift(unit, -2, i + 2)
        unit = self.unit(i)
        if unit is None or i + 2 >= len(self.cells) or not self.cells[i + 1].has("p:before"):
            return None
        behind = i + 3
        ends = behind >= len(self.cells) or self.cells[behind].mark or self.unit(behind) is None
        return self.shift(unit, -2, behind) if self.cells[i + 2].norm == "last" and ends else None

    def nth_weekday(self, i: int) -> tuple[Period, int] | None:
        """Read "the first Monday of June", "остання п'ятниця травня"."""
        which, k = 0, i + 1
        if self.cells[i].has("first"):
            which = 1
        elif self.cells[i].has("last", "rel:past"):
            which = -1
        elif (reading := self.number(i)) is not None and reading[2] and 1 <= reading[0] <= 5:
            which, k = reading[0], self.suffix(reading[1])
        weekday = self.weekday_at(k)
        if not which or weekday is None:
            return None
        j = k + 1
        while j < len(self.cells) and self.cells[j].norm in {"of", "in", "the", "у", "в"}:
            j += 1
        month = self.month(j) if j < len(self.cells) else None
        if month is None or month[0].since is None or month[0].until is None:
            return None
        first = month[0].since + dt.timedelta(days=(weekday - month[0].since.weekday()) % 7)
        last = month[0].until - dt.timedelta(days=(month[0].until.weekday() - weekday) % 7)
        day = last if which == -1 else first + dt.timedelta(days=7 * (which - 1))
        if day > month[0].until:
            return None
        return Period(since=day, until=day, unit="day", yearless=month[0].yearless), month[1]

    def stretch(self, i: int) -> tuple[Period, int] | None:
        """Read "three months before Istanbul" behind "in the": days that end or begin there."""
        count, k = 1, i
        while k < len(self.cells) and (self.cells[k].norm in {"the", "a"} or self.cells[k].has("first", "entire")):
            k += 1
        if (reading := self.number(k)) is not None and not reading[2]:
            count, k = min(reading[0], 1000), reading[1]
        unit = self.unit(k)
        if unit not in {"day", "week", "month", "year"} or k + 2 >= len(self.cells):
            return None
        joint = self.cells[k + 1]
        onwards = joint.has("p:from", "p:since") and joint.norm not in {"of", "со", "from the"}
        by = 1 if joint.has("p:after") or onwards else -1 if joint.has("p:before", "p:to") or joint.norm == "до" else 0
        found = self.agreement(k + 2) or self.numeric(k + 2) or self.day_of_month(k + 2) if by and count else None
        if found is None and onwards:
            found = self.month(k + 2)
        if found is None or found[0].since is None or found[0].until is None:
            return None
        day = dt.timedelta(days=1)
        months = {"month": 1, "year": 12}.get(unit, 0) * count
        days = dt.timedelta(days={"day": 1, "week": 7}.get(unit, 0) * count)
        if by < 0:
            start = add_months(found[0].since, -months) - days
            return Period(since=start, until=found[0].since - day, unit="range"), found[1]
        start = found[0].since if found[0].unit == "agreement" or onwards else found[0].until + day
        return Period(since=start, until=add_months(start, months) + days - day, unit="range"), found[1]

    def beside_day(self, i: int) -> tuple[Period, int] | None:
        """Read "the day before Abu Dhabi", "дня після 2 червня", "the day of Istanbul", "the week of 9 June"."""
        j = i + 1
        here = self.cells[i].norm in {"в день", "у день"}
        if not (here or self.cells[i].has("unit:day", "unit:week")) or j >= len(self.cells):
            return None
        own = self.agreement(self.of(j))
        if own is not None and own[0].since is not None and not self.cells[i].has("unit:week"):
            return Period(since=own[0].since, until=own[0].since, unit="day"), own[1]
        if self.cells[i].has("unit:week"):
            named = self.numeric(j + 1) or self.day_of_month(j + 1) if self.cells[j].norm == "of" else None
            whole = around(named[0].since, "week") if named and named[0].unit == "day" and named[0].since else None
            return (Period(since=whole[0], until=whole[1], unit="week"), named[1]) if whole and named else None
        if here or j + 1 >= len(self.cells):
            return None
        by = -1 if self.cells[j].has("p:before") else 1 if self.cells[j].has("p:after") else 0
        found = self.named_day(j + 1) if by else None
        if found is None or found[0].since is None or found[0].since != found[0].until or found[0].alternative:
            return None
        day = found[0].since + dt.timedelta(days=by)
        return Period(since=day, until=day, unit="day", yearless=found[0].yearless), found[1]

    def named_day(self, i: int) -> tuple[Period, int] | None:
        """Read a landmark, a feast or a date."""
        return self.feast(i) or self.agreement(i) or self.numeric(i) or self.day_of_month(i)

    def agreement(self, i: int) -> tuple[Period, int] | None:
        """Read a landmark; what the ledger names is the landmark reader's."""
        return None

    def feast(self, i: int) -> tuple[Period, int] | None:
        """Read a feast; the calendar of feasts is the feast reader's."""
        return None

    def rolling(self, i: int) -> tuple[Period, int] | None:
        """Read "за 30 дней": the days that end today."""
        count = self.number(i)
        if count is None or count[2]:
            return None
        unit = self.unit(count[1])
        return (self.back(count[0], unit), count[1] + 1) if unit in {"day", "week", "month", "year"} else None

    def rolling_one(self, i: int) -> tuple[Period, int] | None:
        """Read "за неделю", "за місяць": the one that ends today, where nothing is told apart by it."""
        unit = self.unit(i)
        if unit not in {"day", "week", "month", "year"} or self.cells[i].norm not in _ONE:
            return None
        behind = self.cells[i + 1] if i + 1 < len(self.cells) else None
        named = behind is not None and (
            behind.number
            or any(s.startswith(("p:", "month", "rel:", "unit:", "year:", "season:")) for s in behind.senses)
        )
        told = any(
            c.has("average", "breakdown", "per", "by", "largest", "smallest", "list")
            for c in self.cells
            if c is not self.cells[i - 1]
        )
        counted = any(s.startswith("kind:") for c in self.cells for s in c.senses) or i <= 2
        return (replace(self.back(1, unit), anchor=unit), i + 1) if counted and not told and not named else None

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
            cell = self.cells[i]
            for sense in cell.senses:
                # "серед" is "among"; several Mondays are no day
                if sense.startswith("weekday:") and not cell.features(sense) <= _SEVERAL:
                    return int(sense[8:])
        return None

    def weekday(self, i: int) -> tuple[Period, int] | None:
        """Read "Monday": the latest that has begun; "Monday 16 June" is that day."""
        weekday = self.weekday_at(i)
        if i and self.cells[i - 1].has("per"):
            return None
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
        k = self.of(i + 1)
        named = self.relative(k) if k < len(self.cells) and self.unit(k + 1) == "week" else None
        if named is not None and named[0].since is not None and named[0].unit == "week":
            day = named[0].since + dt.timedelta(days=weekday)
            return Period(since=day, until=day, unit="day"), named[1]
        day = self.today - dt.timedelta(days=(self.today.weekday() - weekday) % 7)
        return Period(since=day, until=day, unit="day", anchor="weekday"), i + 1

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
        if cell.has("lastweek"):
            return self.shift("week", -1, i + 1)
        if cell.has("yearago"):
            day = add_months(self.today, -12)
            return Period(since=day, until=day, unit="day"), i + 1
        for sense, days in (("today", 0), ("yesterday", 1), ("daybefore", 2)):
            if cell.has(sense):
                day = self.today - dt.timedelta(days=days)
                return Period(since=day, until=day, unit="day"), i + 1
        if cell.has("tomorrow"):
            day = self.today + dt.timedelta(days=1)
            return Period(since=day, until=day, unit="day"), i + 1
        return None
