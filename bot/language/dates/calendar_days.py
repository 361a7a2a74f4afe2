"""Days, months and years by their calendar names and numbers: "2 June 2025", "31.07.25", "у червні минулого року"."""

import calendar
import datetime as dt

from bot.language.dates.cells import CellReader
from bot.language.dates.periods import Period, Unit, month_end, with_year

#: Years that are called by their use and are calendar years all the same.
_ACCOUNTS = ("бюджетн", "календарн", "звітн", "отчетн", "фінансов", "финансов", "фіскальн", "фискальн")

#: Endings of an ordinal behind its digits ("2024ом", "2025-го").
_ENDINGS = frozenset({"го", "ого", "й", "ий", "ый", "му", "ому", "м", "ом", "ым", "им"})


def is_account(norm: str) -> bool:
    """Tell whether a word names a year by its use ("budget year")."""
    return norm in {"calendar", "fiscal", "budget", "financial", "reporting"} or norm.startswith(_ACCOUNTS)


class CalendarReader(CellReader):
    """Reads what the calendar names."""

    __slots__ = ()

    def year_at(self, i: int) -> tuple[int, int] | None:
        """Read a year at a cell: "2025", "2025 року", "'25", "двадцать пятого года", "last year"."""
        if i >= len(self.cells):
            return None
        cell = self.cells[i]
        if cell.text in {"'", "’"} and (short := self.integer(i + 1)) is not None and len(self.cells[i + 1].norm) == 2:
            return 2000 + short, i + 2
        value = self.integer(i)
        if value is not None and len(cell.norm) == 4 and 1990 <= value <= 2100:
            end = i + 1
            if (
                end + 1 < len(self.cells)
                and self.cells[end].text in {"-", "–"}
                and self.cells[end + 1].norm in _ENDINGS
            ):
                end += 2
            elif (
                end < len(self.cells) and self.cells[end].norm in _ENDINGS and self.tokens[self.cells[end].start].glued
            ):
                end += 1
            return value, self.year_noun(end)
        if cell.norm == "twenty" and (tail := self.number(i + 1)) is not None and 14 <= tail[0] <= 49 and not tail[2]:
            return 2000 + tail[0], tail[1]
        if (reading := self.number(i)) is not None and not cell.number:
            value, end, ordinal = reading
            if 2000 < value < 2100:
                return value, self.year_noun(end)
            behind = self.year_noun(end)
            if ordinal and 14 <= value <= 99 and behind > end:
                return 2000 + value, behind
        if value is not None and len(cell.norm) == 2 and 14 <= value <= 49 and (behind := self.locative(i + 1)) > i + 1:
            return 2000 + value, self.year_noun(behind)
        ended = self.ordinal_ending(i + 1)
        if value is not None and len(cell.norm) == 2 and 14 <= value <= 49 and self.is_year_noun(ended):
            return 2000 + value, self.year_noun(ended)
        if cell.has("year:prev"):
            return self.today.year - 1, i + 1
        if cell.has("year:this"):
            return self.today.year, i + 1
        if cell.has("year:prevprev"):
            return self.today.year - 2, i + 1
        j = i
        while j < len(self.cells) and self.cells[j].norm in {"the", "of", "in"}:
            j += 1
        if j + 1 < len(self.cells) and self.cells[j + 1].has("unit:year") and not self.cells[j + 1].has("group:year"):
            if self.cells[j].has("rel:this") and not self.cells[j].has("rel:prev"):
                return self.today.year, j + 2
            if self.cells[j].has("rel:prev", "last", "rel:past"):
                return self.today.year - 1, j + 2
        return None

    def locative(self, i: int) -> int:
        """Step over "-му" or "-м", which a year takes and a day does not."""
        j = i + 1 if i < len(self.cells) and self.cells[i].text in {"-", "‑"} else i
        return j + 1 if j < len(self.cells) and self.cells[j].norm in {"му", "м"} else i

    def ordinal_ending(self, i: int) -> int:
        """Step over what makes a number an ordinal ("-й", "-го"), which a year takes before its noun."""
        j = i + 1 if i < len(self.cells) and self.cells[i].text in {"-", "‑"} else i
        return j + 1 if j < len(self.cells) and self.cells[j].norm in _ENDINGS else self.suffix(i)

    def is_year_noun(self, i: int) -> bool:
        """Tell whether "року" or "года" stands there, in a form that no count takes ("25 років")."""
        return i < len(self.cells) and self.cells[i].norm in {"року", "рік", "році", "год", "года", "году", "г", "р"}

    def year_noun(self, end: int) -> int:
        """Step over "року", "года", "р.", "календарного року"."""
        if end + 1 < len(self.cells) and is_account(self.cells[end].norm) and self.is_year_noun(end + 1):
            end += 1
        if end < len(self.cells) and self.cells[end].has("unit:year") and self.cells[end].norm not in {"year", "years"}:
            end += 1
            if (
                end < len(self.cells)
                and self.cells[end].text == "."
                and self.cells[end - 1].norm in {"р", "г", "рр", "гг"}
                and self.tokens[self.cells[end].start].glued
            ):
                end += 1
        return end

    def year_after(self, i: int) -> tuple[int, int] | None:
        """Read the year that belongs to a month or day before it: "2025", ", 2025", "of 2025", "last year"."""
        j = i
        if j < len(self.cells) and self.cells[j].mark and self.cells[j].text in {",", "."} and j + 1 < len(self.cells):
            j += 1
            found = self.year_at(j)
            return found if found and self.cells[j].number and found[0] < 2101 else None
        if j < len(self.cells) and self.cells[j].norm in {"of", "in", "у", "в", "за", "-", "/"}:
            j += 1
        return self.year_at(j)

    def year_in_short(self, i: int, end: int) -> tuple[int, int] | None:
        """Read the "26" of "травень 26", "в мае 26": behind a month in no genitive stands no day."""
        month = self.cells[i]
        value = self.integer(end)
        if value is None or month.norm.isascii() or len(self.cells[end].norm) != 2:
            return None
        cases = {f for m in month.meanings if m.sense.startswith("month:") for f in m.features}
        called = self.suffix(end + 1) > end + 1  # "в марте 26-го" is a day, "март 26-го" a year
        if not cases or cases & ({"sg", "sl"} if called else {"sg"}) or not 22 <= value <= self.today.year % 100:
            return None
        return 2000 + value, self.suffix(end + 1)

    def year(self, i: int) -> tuple[Period, int] | None:
        """Read "2025", "the whole of 2025", "торік"."""
        j = i
        while (
            j < len(self.cells)
            and (
                self.cells[j].has("entire")
                or self.cells[j].norm in {"the", "of"}
                or is_account(self.cells[j].norm)
                or (self.cells[j].has("unit:year") and self.integer(j + 1) is not None)
            )
            and self.year_at(j) is None
        ):
            j += 1
        found = self.year_at(j)
        if found is None:
            if j < len(self.cells) and self.cells[j].has("unit:year"):
                found = self.year_at(j + 1) if self.integer(j + 1) else None
            if found is None:
                if i < j < len(self.cells) and self.cells[j].has("unit:year") and self.cells[j - 1].has("entire"):
                    year = self.today.year
                    whole = Period(since=dt.date(year, 1, 1), until=dt.date(year, 12, 31), unit="year", yearless=True)
                    return whole, j + 1
                return None
        year, end = found
        return Period(since=dt.date(year, 1, 1), until=dt.date(year, 12, 31), unit="year"), end

    def of_month(self, month: int, day_from: int = 1, day_to: int | None = None) -> Period:
        """Return the latest such days of a month that have begun."""
        for year in (
            self.today.year,
            self.today.year - 1,
            self.today.year - 2,
            self.today.year - 3,
            self.today.year - 4,
        ):
            last = calendar.monthrange(year, month)[1]
            if day_from > last:
                continue
            since = dt.date(year, month, day_from)
            if since <= self.today:
                until = dt.date(year, month, min(day_to or last, last))
                unit: Unit = "month" if day_from == 1 and day_to is None else "day" if day_from == day_to else "range"
                return Period(since=since, until=until, unit=unit, yearless=True)
        return Period(since=None, until=None, unit="month")

    def dated(self, year: int, month: int, day: int) -> Period | None:
        try:
            date = dt.date(year, month, day)
        except ValueError:
            return None
        return Period(since=date, until=date, unit="day")

    def numeric(self, i: int) -> tuple[Period, int] | None:
        """Read 2025-06-02, 02.06.2025, 2/6/25, 02.06, 06.2025, 2025/06."""
        a = self.integer(i)
        if a is None:
            return None
        parts, width = [a], [len(self.cells[i].norm)]
        separators: list[str] = []
        j = i + 1
        while len(parts) < 3 and j + 1 < len(self.cells):
            mark, value = self.cells[j], self.integer(j + 1)
            glued = (
                self.tokens[mark.start].glued and self.tokens[self.cells[j + 1].start].glued
                if value is not None
                else False
            )
            if not mark.mark or mark.text not in ".-/‑–" or value is None or not glued:
                break
            if separators and mark.text != separators[0]:
                break
            parts.append(value)
            width.append(len(self.cells[j + 1].norm))
            separators.append(mark.text)
            j += 2
        if len(parts) == 3:
            period = None
            if width[0] == 4:
                period = self.dated(parts[0], parts[1], parts[2])
            else:
                year = parts[2] if width[2] == 4 else 2000 + parts[2] if width[2] == 2 else 0
                if year:
                    period = self.dated(year, parts[1], parts[0]) or (
                        self.dated(year, parts[0], parts[1]) if separators[0] == "/" else None
                    )
            return (period, self.year_noun(j)) if period else None
        if len(parts) == 2:
            if width[0] == 4 and 1990 <= a <= 2100 and width[1] == 2 and 1 <= parts[1] <= 12:
                return Period(since=dt.date(a, parts[1], 1), until=month_end(a, parts[1]), unit="month"), j
            if width[1] == 4 and 1990 <= parts[1] <= 2100 and 1 <= a <= 12 and separators[0] in "./-":
                return Period(
                    since=dt.date(parts[1], a, 1), until=month_end(parts[1], a), unit="month"
                ), self.year_noun(j)
            if separators[0] == "/" and width[1] == 2 and width[0] <= 2 and (a > 12) != (parts[1] > 12):
                day, month = (a, parts[1]) if a > 12 else (parts[1], a)
                period = self.of_month(month, day, day) if month and day <= 31 else None
                return (period, j) if period is not None and period.since else None
            if separators[0] == "." and width[1] == 2 and 1 <= a <= 31 and 1 <= parts[1] <= 12:
                end = j
                if end < len(self.cells) and self.cells[end].text == "." and self.tokens[self.cells[end].start].glued:
                    end += 1
                period = self.of_month(parts[1], a, a)
                if (year_found := self.year_after(end)) is not None and self.cells[end].number:
                    return with_year(period, year_found[0]), year_found[1]
                return (period, j) if period.since else None
        return None

    def month_at(self, i: int) -> tuple[int, int] | None:
        """Return the month that a cell names, its full stop stepped over."""
        if i >= len(self.cells):
            return None
        cell = self.cells[i]
        for sense in cell.senses:
            if sense.startswith("month:"):
                if cell.norm in {"may", "mar", "март_", "jun", "лист", "лют", "бер", "вер"} and not self.month_context(
                    i
                ):
                    return None
                end = i + 1
                if (
                    end < len(self.cells)
                    and self.cells[end].text == "."
                    and len(cell.norm) <= 5
                    and end + 1 < len(self.cells)
                    and self.tokens[self.cells[end].start].glued
                ):
                    end += 1
                return int(sense[6:]), end
        return None

    def month_context(self, i: int) -> bool:
        """Tell whether a word that may be a month stands like one."""
        if self.cells[i].text[:1].isupper() and i > 0 and self.cells[i].norm == "may":
            return True
        around = [self.cells[k] for k in (i - 1, i + 1) if 0 <= k < len(self.cells)]
        if self.cells[i].norm != "may":
            return True
        before = self.cells[i - 1] if i else None
        if before is not None and (
            before.number
            or before.has("unit:month")
            or before.has(
                "p:in",
                "p:since",
                "p:before",
                "p:after",
                "p:until",
                "p:from",
                "p:between",
                "p:to",
                "p:by",
                "last",
                "rel:this",
                "rel:prev",
                "edge:start",
                "edge:end",
                "edge:mid",
                "and",
                "versus",
                "also",
                "or",
                "compare",
            )
            or before.mark
        ):
            return True
        after = self.cells[i + 1] if i + 1 < len(self.cells) else None
        return (
            len(self.cells) == 1
            or any(c.number for c in around)
            or after is None
            or (after.mark)
            or after.has("and", "versus")
        )

    def month(self, i: int) -> tuple[Period, int] | None:
        """Read "June", "June 2025", "червні минулого року", "last June", "июньской"."""
        if i >= len(self.cells):
            return None
        j, back = i, 0
        if self.cells[i].has("last", "rel:prev", "rel:past") and self.month_at(i + 1):
            j, back = i + 1, 1
        elif self.cells[i].has("rel:this") and self.month_at(i + 1):
            j, back = i + 1, -1
        found = self.month_at(j) or self.month_adjective(j)
        if found is None:
            return None
        month, end = found
        if end < len(self.cells) and self.cells[end].has("unit:month") and not self.cells[end].has("group:month"):
            end += 1
        year = self.year_after(end) or self.year_in_short(j, end)
        if year is not None:
            return Period(since=dt.date(year[0], month, 1), until=month_end(year[0], month), unit="month"), year[1]
        period = self.of_month(month)
        if back == 1 and period.until is not None and period.until >= self.today:
            return with_year(period, period.until.year - 1), end
        if back == -1:
            return with_year(period, self.today.year), end
        return period, end

    def month_adjective(self, i: int) -> tuple[int, int] | None:
        if i < len(self.cells):
            for sense in self.cells[i].senses:
                if sense.startswith("monthadj:"):
                    return int(sense[9:]), i + 1
        return None
