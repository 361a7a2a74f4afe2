"""Which days a question speaks of: every date, period and landmark in it, as spans of calendar days.

Meanings: contract, section 4. Both ends of a span are included. What a span is for (the first of two, the one that an
agreement is told by) is decided by the composition; here each mention is read where it stands.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.rounds import Agreement
from bot.language.names import Names, Place, is_place_word
from bot.language.numbers import read_number
from bot.language.tokens import Token
from bot.language.words import Cell

Relation = Literal["", "in", "since", "until", "before", "after", "from", "under", "between", "either"]
Unit = Literal[
    "day", "week", "month", "quarter", "half", "season", "year", "range", "last", "agreement", "event", "all"
]

#: The full-scale invasion, where the ledger does not name it.
INVASION = dt.date(2022, 2, 24)


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
    #: Two readings of the words differ, and this is one ("winter 2025").
    alternative: "Period | None" = None


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
    shift = year - period.since.year
    if period.unit == "season" and period.since.month == 12:
        later = Period(since=dt.date(year, 12, 1), until=month_end(year + 1, 2), unit="season")
        earlier = Period(since=dt.date(year - 1, 12, 1), until=month_end(year, 2), unit="season")
        return replace(earlier, alternative=later)
    since = _to_year(period.since, shift)
    until = _to_year(period.until, shift)
    if since is None or until is None:
        return period
    return replace(period, since=since, until=until, yearless=False)


def _to_year(day: dt.date, shift: int) -> dt.date | None:
    if not dt.MINYEAR <= day.year + shift <= 9998:
        return None
    if (day + dt.timedelta(days=1)).month != day.month and day.day >= 28:
        return month_end(day.year + shift, day.month)
    return day.replace(year=day.year + shift)


@dataclass(slots=True, eq=False, repr=False)
class DateReader:
    """Reads the mentions of one question."""

    cells: Sequence[Cell]
    tokens: Sequence[Token]
    today: dt.date
    names: Names
    #: Gives the day of the last round of these kinds (all, where empty), for "since the last exchange"; None where such
    #: words are the question itself.
    last_day: Callable[[tuple[str, ...]], dt.date | None] | None = None

    def mentions(self) -> list[Mention]:
        """Return all mentions, in order; their cells are marked as used."""
        found: list[Mention] = []
        i = 0
        while i < len(self.cells):
            mention = self.mention(i)
            if mention is None:
                i += 1
                continue
            for cell in self.cells[mention.start : mention.end]:
                cell.used = True
            found.append(mention)
            i = mention.end
        return self.elliptic([part for mention in found for part in self.halves(mention)])

    @staticmethod
    def halves(mention: Mention) -> list[Mention]:
        """Make two of "before and after X"."""
        if mention.relation != "either":
            return [mention]
        before: Relation = "before"
        after: Relation = "since" if mention.period.unit == "agreement" else "after"
        return [replace(mention, relation=before), replace(mention, relation=after)]

    def elliptic(self, found: list[Mention]) -> list[Mention]:
        """Add what leaves its noun out beside another period: "this month and the last", "цей місяць і минулий"."""
        again = self.second_part(found)
        if again is not None:
            return again
        units = {"week": "week", "month": "month", "quarter": "quarter", "half": "half", "year": "year"}
        named = next((m.period.unit for m in found if m.period.unit in units and not m.period.yearless), None)
        if named is None or len(found) != 1:
            return found
        for i, cell in enumerate(self.cells):
            if cell.used or not cell.has("rel:prev", "rel:this", "last") or cell.has("fill"):
                continue
            behind = self.cells[i + 1] if i + 1 < len(self.cells) else None
            before = self.cells[i - 1] if i else None
            joined = before is not None and before.has("and", "or", "versus", "p:from", "fill")
            if joined and (behind is None or behind.mark or behind.has("p:in", "p:po", "by", "p:from")):
                shifted = self.shift(units[named], 0 if cell.has("rel:this") and not cell.has("rel:prev") else -1, i + 1)
                if shifted is not None:
                    cell.used = True
                    found.append(Mention(start=i, end=i + 1, relation="in", period=shifted[0]))
                    return sorted(found, key=lambda m: m.start)
        return found

    def second_part(self, found: list[Mention]) -> list[Mention] | None:
        """Add the "second" of "the first half of 2025 and the second"."""
        if len(found) != 1 or found[0].period.unit not in {"half", "quarter"}:
            return None
        period = found[0].period
        if period.since is None or period.until is None or period.since.day != 1 or period.until.day < 28:
            return None
        size = 3 if period.unit == "quarter" else 6
        for i in range(len(self.cells)):
            reading = self.number(i) if not self.cells[i].used else None
            if reading is not None and i < found[0].start and not self.joins(reading[1], found[0].start):
                continue
            if reading is None or not reading[2] or not 1 <= reading[0] <= 12 // size:
                continue
            start = dt.date(period.since.year, (reading[0] - 1) * size + 1, 1)
            last = add_months(start, size - 1)
            second = replace(period, since=start, until=month_end(last.year, last.month))
            for cell in self.cells[i : reading[1]]:
                cell.used = True
            both = [*found, Mention(start=i, end=reading[1], relation="in", period=second)]
            return sorted(both, key=lambda m: m.start)
        return None

    def joins(self, i: int, j: int) -> bool:
        """Tell whether nothing but "and" stands between two cells."""
        return i < j and all(c.has("and", "or", "versus") or c.norm in {"the", "за", "у", "в"} for c in self.cells[i:j])

    # --- one mention ----------------------------------------------------------------------------------------------

    def mention(self, i: int) -> Mention | None:
        """Read the mention that begins at a cell, with its prepositions."""
        if self.cells[i].used:
            return None
        j, relation, preposition = self.relation(i)
        found = self.ranged(j, relation) or self.plain(j, relation, preposition)
        if found is None:
            return None
        period, end, relation = found
        relation, end = self.onwards(relation, period, end)
        if period.unit == "range" and relation in {"from", "since", "between"} and not self.cells[j].has(*_EDGES):
            relation = "in"
        if relation == "" and period.unit == "agreement" and self.describes(j, end):
            relation = "under"
        if relation != "either":
            relation = self.settle(relation, preposition, period, j)
        return Mention(start=i, end=end, relation=relation, period=period, preposition=preposition)

    def relation(self, i: int) -> tuple[int, Relation, str]:
        """Read the prepositions at a cell: where they end, what they mean, and the last of them."""
        relation: Relation = ""
        j = i
        preposition = ""
        while j < len(self.cells) and j < i + 4:
            cell = self.cells[j]
            if cell.has("p:before", "p:to") and self.joint(j) and self.cells[j + 2].has("p:after"):
                relation, j = "either", j + 2
            elif cell.has("p:before") and not self.is_period_start(j):
                relation = "before"
            elif cell.has("p:after") and not self.is_period_start(j):
                relation = "after"
            elif cell.has("p:between"):
                relation = "between"
            elif cell.has("p:since"):
                relation = "since"
            elif cell.has("p:under"):
                relation = "under"
            elif cell.has("p:to", "p:until") and relation in {"", "since"} and not cell.has("kind:remains"):
                if relation == "since":
                    break
                relation = "until"
            elif cell.has("p:from") and relation == "":
                relation = "from"
            elif cell.has("p:in", "p:za", "p:po", "p:by") and relation in {"", "in"}:
                relation = "in"
            elif relation in {"since", "under", "after"} and cell.has("p:from", "p:in", "p:since"):
                pass
            elif relation and cell.norm in {
                "the",
                "about",
                "around",
                "самого",
                "very",
                "тих",
                "all",
                "just",
                "only",
                "period",
            }:
                j += 1
                continue
            else:
                break
            preposition = cell.norm
            j += 1
        return j, relation, preposition

    def describes(self, j: int, end: int) -> bool:
        """Tell whether an agreement stands as an adjective of what was handed over ("стамбульські обміни")."""
        if end >= len(self.cells) or not _ADJECTIVE.search(self.cells[end - 1].norm):
            return False
        follower = self.cells[end]
        return follower.has("exchange", "handover", "repatriation") or any(s.startswith("kind:") for s in follower.senses)

    def joint(self, j: int) -> bool:
        """Tell whether "and" and another word follow."""
        return j + 2 < len(self.cells) and self.cells[j + 1].has("and", "or", "versus")

    def is_period_start(self, j: int) -> bool:
        """Tell whether a word that may be a preposition is part of a period ("следующий")."""
        return (
            self.cells[j].has("rel:next", "rel:past", "rel:prev")
            and j + 1 < len(self.cells)
            and self.unit(j + 1) is not None
        )

    def onwards(self, relation: Relation, period: Period, end: int) -> tuple[Relation, int]:
        """Read "2 June onwards"."""
        onwards = end < len(self.cells) and self.cells[end].has("onwards") and relation in {"", "in", "from", "since"}
        if onwards and (self.cells[end].norm != "on" or relation == "from"):
            return "since", end + 1
        return relation, end

    def settle(self, relation: Relation, preposition: str, period: Period, j: int) -> Relation:
        """Choose among the senses of a preposition by what follows it."""
        if period.unit == "agreement":
            if relation in {"from", "after", "since"}:
                return "since"
            if preposition == "по":
                return "under"
            if relation == "until" and preposition != "станом на":
                return "before" if preposition in {"до", "to", "until", "till", "up to", "prior"} else "until"
            if relation == "in":
                return "under" if preposition not in {"during", "in", "on"} or preposition in {"in", "at"} else "in"
            return relation
        if relation == "under":
            return "in"
        if relation == "in" and preposition == "by":
            return "until"
        if relation == "in" and preposition == "по" and period.unit in {"day", "month", "year"}:
            return "until"
        if period.unit == "all":
            return "in"
        return relation

    # --- ranges ---------------------------------------------------------------------------------------------------

    def ranged(self, j: int, relation: Relation) -> tuple[Period, int, Relation] | None:
        """Read "from A to B", "between A and B", "A – B"."""
        if relation in {"until", "before", "under"}:
            return None
        first = self.atom(j, ranged=True)
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
        second = self.atom(k2, ranged=True) if k2 < len(self.cells) else None
        if second is None:
            return None
        b, end = second
        joined = self.join(a, b, self.cells[j], self.cells[k2])
        if joined is None:
            return None
        return joined, end, "in"

    def join(self, a: Period, b: Period, first: Cell, second: Cell) -> Period | None:
        """Make one period of the two ends of a range; a year or month that one names holds for both."""
        if a.since is None or b.until is None:
            return None
        if a.since.year == 1:
            day = a.since.day
            if b.unit != "day" or b.since is None or b.since.year == 1:
                return None
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
        if b.unit == "agreement" or a.unit == "agreement":
            end = b.since if b.unit == "agreement" else b.until
            return Period(since=a.since, until=end, unit="range")
        if a.yearless and not b.yearless:
            a = with_year(a, b.until.year)
            if a.since is not None and a.since > b.until:
                a = replace(a, since=_to_year(a.since, -1))
        elif b.yearless and a.since is not None:
            b = with_year(replace(b, yearless=True), a.since.year)
            if b.until is not None and b.until < a.since:
                b = replace(b, until=_to_year(b.until, 1))
        if a.since is None or b.until is None or a.since > b.until:
            return None
        return Period(since=a.since, until=b.until, unit="range", yearless=yearless)

    # --- single periods -------------------------------------------------------------------------------------------

    def plain(self, j: int, relation: Relation, preposition: str) -> tuple[Period, int, Relation] | None:
        """Read one period."""
        if j >= len(self.cells):
            return None
        edged = self.edge(j, relation, preposition)
        if edged is not None:
            return (*edged, relation)
        found = self.atom(j)
        if found is None and preposition in {"за"}:
            found = self.rolling(j)
        if found is None:
            return None
        return (*found, relation)

    def edge(self, j: int, relation: Relation, preposition: str) -> tuple[Period, int] | None:
        """Read "the beginning of June", "кінця серпня", "late June"."""
        cell = self.cells[j]
        if not cell.has("edge:start", "edge:mid", "edge:end"):
            return None
        k = j + 1
        while k < len(self.cells) and (
            self.cells[k].has("p:in", "p:from", "p:since") or self.cells[k].norm in {"the", "-"}
        ):
            k += 1
        found = self.atom(k) if k < len(self.cells) else None
        if found is None and (unit := self.unit(k)) is not None and unit in {"year", "month", "week", "quarter"}:
            found = self.shift(unit, 0, k + 1)
        if found is None:
            return None
        period, end = found
        if period.since is None or period.until is None:
            return (period, end) if cell.has("edge:start") else None
        if relation in {"since", "from"} and cell.has("edge:start"):
            return period, end
        if cell.has("edge:end") and (relation == "until" or preposition == "by"):
            return period, end
        if relation == "before" and cell.has("edge:start"):
            return period, end
        if relation == "after" and cell.has("edge:end"):
            return period, end
        if period.unit == "agreement":
            return period, end
        middle = self.middle(period) if cell.has("edge:mid") else None
        if middle is not None and relation in {"until", "since", "from", "before", "after"}:
            return replace(period, since=middle, until=middle, unit="day"), end
        return None

    @staticmethod
    def middle(period: Period) -> dt.date | None:
        """Return the last day of the first half of a month or year."""
        if period.since is None or period.unit not in {"month", "year"}:
            return None
        return period.since.replace(day=15) if period.unit == "month" else dt.date(period.since.year, 6, 30)

    def atom(self, i: int, *, ranged: bool = False) -> tuple[Period, int] | None:
        """Read one period without preposition; returns it and the cell behind it."""
        while (
            i < len(self.cells)
            and self.cells[i].norm in {"the", "those", "these"}
            and not self.cells[i].has("rel:this")
        ):
            i += 1
        if i >= len(self.cells) or self.cells[i].used:
            return None
        for read in (
            self.alltime,
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
        if ranged:
            return self.bare_day(i)
        return None

    def alltime(self, i: int) -> tuple[Period, int] | None:
        cell = self.cells[i]
        if cell.has("war") and not cell.has("p:under"):
            since = self.invasion()
            end = i + 1
            while end < len(self.cells) and self.cells[end].has("war", "edge:start"):
                end += 1
            return Period(since=since[0], until=since[0], unit="agreement", agreement=since[1]), end
        return None

    def invasion(self) -> tuple[dt.date, str | None]:
        """Return the day of the full-scale invasion and the ledger's name for it."""
        for words, agreement in self.names.landmarks:
            if agreement.date == INVASION and words:
                return agreement.date, agreement.id
        return INVASION, None

    # numbers ------------------------------------------------------------------------------------------------------

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

    def number(self, i: int) -> tuple[int, int, bool] | None:
        """Read a small whole number, cardinal or ordinal, in words or digits: value, cell behind, ordinal."""
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
                and self.cells[end + 1].norm in {"го", "й", "му", "м", "ого", "ий", "ому"}
            ):
                end += 2
            elif (
                end < len(self.cells)
                and self.cells[end].norm in {"го", "й", "му", "м"}
                and self.tokens[self.cells[end].start].glued
            ):
                end += 1
            return value, self.year_noun(end)
        if (reading := self.number(i)) is not None and not cell.number:
            value, end, ordinal = reading
            if 2000 < value < 2100:
                return value, self.year_noun(end)
            behind = self.year_noun(end)
            if ordinal and 14 <= value <= 99 and behind > end:
                return 2000 + value, behind
        if value is not None and len(cell.norm) == 2 and 14 <= value <= 49 and (behind := self.locative(i + 1)) > i + 1:
            return 2000 + value, self.year_noun(behind)
        if value is not None and len(cell.norm) == 2 and 14 <= value <= 49 and self.is_year_noun(i + 1):
            return 2000 + value, self.year_noun(i + 1)
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

    def is_year_noun(self, i: int) -> bool:
        """Tell whether "року" or "года" stands there, in a form that no count takes ("25 років")."""
        return i < len(self.cells) and self.cells[i].norm in {"року", "рік", "році", "год", "года", "году", "г", "р"}

    def year_noun(self, end: int) -> int:
        """Step over "року", "года", "р."."""
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
        """Read the year that belongs to a month or day before it: "2025", ", 2025", "of 2025", "in 2025", "last year"."""
        j = i
        if j < len(self.cells) and self.cells[j].mark and self.cells[j].text in {",", "."} and j + 1 < len(self.cells):
            j += 1
            found = self.year_at(j)
            return found if found and self.cells[j].number and found[0] < 2101 else None
        if j < len(self.cells) and self.cells[j].norm in {"of", "in", "у", "в", "за", "-", "/"}:
            j += 1
        return self.year_at(j)

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
        parts, width, separators = [a], [len(self.cells[i].norm)], []
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
                ):
                    last_day, j = other[0], self.suffix(other[1])
            month = self.month_at(self.of(j))
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

    def suffix(self, j: int) -> int:
        """Step over "st", "-го" and "числа" behind a day."""
        if (
            j < len(self.cells)
            and self.cells[j].norm in {"st", "nd", "rd", "th", "го", "е", "ого"}
            and self.tokens[self.cells[j].start].glued
        ):
            j += 1
        if j + 1 < len(self.cells) and self.cells[j].text == "-" and self.cells[j + 1].norm in {"го", "е", "ого"}:
            j += 2
        return j

    def of(self, j: int) -> int:
        return j + 1 if j < len(self.cells) and self.cells[j].norm in {"of", "числа"} else j

    def finish_day(self, month: int, day: int, last_day: int, end: int) -> tuple[Period, int] | None:
        year = self.year_after(end)
        if year is not None and not (1 <= day <= calendar.monthrange(year[0], month)[1]):
            return None
        if year is not None:
            last = min(last_day, calendar.monthrange(year[0], month)[1])
            unit: Unit = "day" if day == last_day else "range"
            return Period(since=dt.date(year[0], month, day), until=dt.date(year[0], month, last), unit=unit), year[1]
        period = self.of_month(month, day, last_day)
        return (replace(period, unit="day" if day == last_day else "range"), end) if period.since else None

    def month(self, i: int) -> tuple[Period, int] | None:
        """Read "June", "June 2025", "червні минулого року", "last June", "июньской"."""
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
        year = self.year_after(end)
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

    _ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "і": 1, "іі": 2, "ііі": 3, "іv": 4}

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
            if (
                cell.norm in self._ROMAN
                and cell.norm not in {"i", "і"}
                or (cell.norm in {"i", "і"} and cell.text.isupper())
            ):
                which, k = self._ROMAN[cell.norm], i + 1
            elif (reading := self.number(i)) is not None and 1 <= reading[0] <= 4:
                which, k = reading[0], self.suffix(reading[1])
            elif cell.has("last", "rel:past") and i + 1 < len(self.cells) and self.of_something(i + 2):
                which, k = -1, i + 1
            elif cell.has("first"):
                which, k = 1, i + 1
            elif cell.has("last", "rel:past"):
                counted = self.number(i + 1)
                k = counted[1] if counted is not None else i + 1
                if k < len(self.cells) and self.cells[k].has("unit:day", "unit:week") and self.of_something(k + 1):
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
                    and self.cells[count[1]].has("unit:day", "unit:week")
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
            if found is None or found[0].since is None or found[0].until is None:
                return None
            base, end = found
            assert base.since is not None and base.until is not None
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
        year = self.year_after(j) or (self.year_at(k) if k < len(self.cells) else None)
        start = (index - 1) * size + 1
        named: Unit = "quarter" if unit == "quarter" else "half"
        if year is not None:
            return Period(
                since=dt.date(year[0], start, 1), until=month_end(year[0], start + size - 1), unit=named
            ), year[1]
        at = self.today.year if dt.date(self.today.year, start, 1) <= self.today else self.today.year - 1
        return Period(since=dt.date(at, start, 1), until=month_end(at, start + size - 1), unit=named, yearless=True), j

    def part(self, which: int, count: int, unit: Cell, j: int) -> tuple[Period, int] | None:
        """Read "first week of June", "last ten days of June"."""
        k = j
        while k < len(self.cells) and self.cells[k].norm in {"of", "the", "in", "у", "в"}:
            k += 1
        base = self.month(k) if k < len(self.cells) else None
        if base is None or base[0].since is None or base[0].until is None:
            return None
        days = count * (7 if unit.has("unit:week") else 1)
        period, end = base
        assert period.since is not None and period.until is not None
        if which == -1:
            since = period.until - dt.timedelta(days=days - 1)
            return Period(since=since, until=period.until, unit="range", yearless=period.yearless), end
        if unit.has("unit:day") and count == 1:
            day = period.since + dt.timedelta(days=which - 1)
            return Period(since=day, until=day, unit="day", yearless=period.yearless), end
        since = period.since + dt.timedelta(days=(which - 1) * days)
        until = min(since + dt.timedelta(days=days - 1), period.until)
        return Period(since=since, until=until, unit="range", yearless=period.yearless), end

    def unit(self, i: int) -> str | None:
        """Return the unit of time that a cell names."""
        if i >= len(self.cells):
            return None
        cell = self.cells[i]
        for sense in (
            "unit:day",
            "unit:week",
            "unit:fortnight",
            "unit:month",
            "unit:quarter",
            "unit:halfyear",
            "unit:half",
            "unit:year",
            "unit:weekend",
        ):
            if cell.has(sense):
                return sense[5:]
        for sense in cell.senses:
            if sense.startswith("season:"):
                return sense
        return None

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
        if unit is not None and i + 1 < len(self.cells) and self.cells[i + 1].norm in EARLIER | LATER:
            if i + 2 == len(self.cells) or self.cells[i + 2].mark:
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

    def season(self, i: int) -> tuple[Period, int] | None:
        """Read "summer 2025", "навесні", "winter of 2025/26"."""
        for sense in self.cells[i].senses:
            if not sense.startswith("season:"):
                continue
            start = int(sense[7:])
            if self.cells[i].norm == "fall" and not (
                i
                and self.cells[i - 1].has("p:in", "p:since", "last", "rel:this", "rel:prev", "p:from", "p:until")
                or self.year_after(i + 1)
            ):
                return None
            found = self.shift(sense, 0, i + 1)
            if found is None or found[0].since is None:
                return None
            period = replace(found[0], yearless=True)
            year = self.year_after(i + 1)
            if year is None:
                return period, i + 1
            end = year[1]
            if (
                start == 12
                and end + 1 < len(self.cells)
                and self.cells[end].text in {"/", "-", "–"}
                and (second := self.integer(end + 1)) is not None
            ):
                if second in {year[0] + 1, (year[0] + 1) % 100}:
                    return Period(
                        since=dt.date(year[0], 12, 1), until=month_end(year[0] + 1, 2), unit="season"
                    ), self.year_noun(end + 2)
            return with_year(period, year[0]), end
        return None

    def week(self, i: int) -> tuple[Period, int] | None:
        """Read "week 24 of 2025", "24-й тиждень 2025"."""
        number, j = None, i
        if self.cells[i].has("unit:week") and (reading := self.number(i + 1)) is not None and reading[0] <= 53:
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

    def weekday_at(self, i: int) -> int | None:
        if i < len(self.cells):
            for sense in self.cells[i].senses:
                if sense.startswith("weekday:"):
                    return int(sense[8:])
        return None

    def weekday(self, i: int) -> tuple[Period, int] | None:
        """Read "Monday": the latest that has begun; "Monday 16 June" is that day."""
        weekday = self.weekday_at(i)
        if (
            weekday is None
            or self.cells[i].norm in {"sat", "sun", "mon", "wed"}
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

    def year(self, i: int) -> tuple[Period, int] | None:
        """Read "2025", "the whole of 2025", "торік"."""
        j = i
        while (
            j < len(self.cells)
            and (
                self.cells[j].has("entire")
                or self.cells[j].norm in {"the", "of", "calendar"}
                or (self.cells[j].norm == "year" and self.integer(j + 1) is not None)
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

    def bare_day(self, i: int) -> tuple[Period, int] | None:
        """Read the "15" of "from 15 to 20 June"; the month comes with the other end."""
        reading = self.number(i)
        if reading is None or not 1 <= reading[0] <= 31:
            return None
        day = dt.date(1, 1, reading[0])
        return Period(since=day, until=day, unit="day", yearless=True), self.suffix(reading[1])

    # landmarks ----------------------------------------------------------------------------------------------------

    def agreement(self, i: int) -> tuple[Period, int] | None:
        """Read a place where something was agreed, with what tells its talks apart, or a landmark by its alias."""
        found = self.landmark(i)
        if found is not None:
            return found
        j, ordinal, month, year = i, 0, 0, 0
        guard = 0
        while j < len(self.cells) and guard < 8:
            guard += 1
            cell = self.cells[j]
            place = self.place_at(j)
            if place is not None:
                return self.talks(place[0], place[1], ordinal, month, year, strong=j > i)
            if j > i and self.cells[i].has("agreementword") and (dated := self.talks_on(j)) is not None:
                return dated
            if (
                (reading := self.number(j)) is not None
                and not ordinal
                and 1 <= reading[0] <= 9
                and not (cell.number and not reading[2])
            ):
                ordinal, j = reading[0], self.suffix(reading[1])
            elif cell.has("first") and not ordinal:
                ordinal, j = 1, j + 1
            elif cell.has("last") and not ordinal and not cell.has("rel:prev"):
                ordinal, j = -1, j + 1
            elif (named := self.month_at(j) or self.month_adjective(j)) is not None and not month:
                month, j = named
                if (at := self.year_at(j)) is not None:
                    year, j = at
            elif (at := self.year_at(j)) is not None and not year and j > i:
                year, j = at
            elif (
                cell.has("agreementword")
                or (cell.has("handover") and cell.norm in ROUND_WORDS)
                or cell.norm in {"of", "in", "the", "at", "у", "в", "з", "по", "these", "peace"}
            ):
                if j == i and cell.norm in {"of", "in", "the", "at", "у", "в", "з", "по"}:
                    return None
                j += 1
            else:
                return None
        return None

    def talks_on(self, j: int) -> tuple[Period, int] | None:
        """Read the date of talks that are named by it alone ("після переговорів 2 червня 2025")."""
        day = self.numeric(j) or self.day_of_month(j)
        if day is None:
            return None
        for place in self.names.places:
            for agreement in place.agreements:
                if agreement.date == day[0].since == day[0].until:
                    found = Period(since=agreement.date, until=agreement.date, unit="agreement", agreement=agreement.id)
                    return found, day[1]
        return None

    def landmark(self, i: int) -> tuple[Period, int] | None:
        for words, agreement in self.names.landmarks:
            j = i
            for word in words:
                while j < len(self.cells) and self.cells[j].text in {"-", "‑"}:
                    j += 1
                if j >= len(self.cells) or self.cells[j].norm != word:
                    break
                j += 1
            else:
                return Period(since=agreement.date, until=agreement.date, unit="agreement", agreement=agreement.id), j
        return None

    def place_at(self, j: int) -> tuple[Place, int] | None:
        """Return the place that is named at a cell, and the cell behind its name."""
        if self.cells[j].mark or self.cells[j].number:
            return None
        for place in self.names.places:
            end = j
            while end < len(self.cells) and not self.cells[end].mark and is_place_word(self.cells[end].norm, place):
                end += 1
                if (
                    end + 1 < len(self.cells)
                    and self.cells[end].text in {"-", "‑"}
                    and is_place_word(self.cells[end + 1].norm, place)
                ):
                    end += 1
            if end > j:
                return place, end
        return None

    def talks(self, place: Place, end: int, ordinal: int, month: int, year: int, *, strong: bool) -> tuple[Period, int]:
        """Choose among the talks of one place by number, month and year."""
        j = end
        while j < len(self.cells):
            cell = self.cells[j]
            if cell.has("agreementword") or (cell.has("handover") and cell.norm in ROUND_WORDS and (ordinal or strong)):
                strong = True
                j += 1
                end = j
                continue
            if cell.norm in {"-", "–", "(", "peace"} and j + 1 < len(self.cells):
                j += 1
                continue
            if (at := self.year_at(j)) is not None and not year and self.integer(j) is not None:
                if any(a.date.year == at[0] for a in place.agreements):
                    year, end = at
                    j = end
                    continue
                break
            if not month and (named := self.month_at(j)) is not None:
                at = self.year_after(named[1])
                if self.fits(place, named[0], at[0] if at else 0):
                    month, end = named
                    if at:
                        year, end = at
                    j = end
                    continue
                break
            if (
                cell.norm in {"in", "of", "from", "у", "в", "від", "от", "за", "з"}
                and not month
                and j + 1 < len(self.cells)
            ):
                named = self.month_at(j + 1)
                at = self.year_after(named[1]) if named else self.year_at(j + 1)
                if named and self.fits(place, named[0], at[0] if at else 0):
                    month, end = named
                    if at:
                        year, end = at
                    j = end
                    continue
                if (
                    named is None
                    and at is not None
                    and not year
                    and self.integer(j + 1)
                    and (strong or ordinal)
                    and any(a.date.year == at[0] for a in place.agreements)
                ):
                    year, end = at
                    j = end
                    continue
            if (
                (reading := self.number(j)) is not None
                and reading[2]
                and not ordinal
                and reading[1] < len(self.cells)
                and self.cells[reading[1]].norm in ROUND_WORDS
            ):
                ordinal, end = reading[0], reading[1] + 1
                j = end
                continue
            break
        chosen = self.choose(place, ordinal, month, year)
        others = tuple(a.id for a in place.agreements if a.id != chosen.id) if not (ordinal or month) else ()
        return Period(since=chosen.date, until=chosen.date, unit="agreement", agreement=chosen.id, others=others), end

    @staticmethod
    def fits(place: Place, month: int, year: int) -> bool:
        return any(a.date.month == month and (not year or a.date.year == year) for a in place.agreements)

    @staticmethod
    def choose(place: Place, ordinal: int, month: int, year: int) -> Agreement:
        """Return the talks meant; numbers count within a year, that of the default where none is named."""
        pool = [
            a for a in place.agreements if (not year or a.date.year == year) and (not month or a.date.month == month)
        ]
        if ordinal == -1:
            return (pool or place.agreements)[-1]
        if ordinal:
            in_year = [a for a in place.agreements if a.date.year == (year or place.default.date.year)]
            if len(in_year) < ordinal and not year:
                in_year = list(place.agreements)
            if ordinal <= len(in_year):
                return in_year[ordinal - 1]
        if not pool or place.default in pool:
            return place.default
        return pool[-1]

    # events -------------------------------------------------------------------------------------------------------

    def event(self, i: int) -> tuple[Period, int] | None:
        """Read "the last exchange" or "the 69th" where a preposition makes it a landmark."""
        before = self.cells[i - 1] if i else None
        while before is not None and before.norm in {"the", "самого"} and i >= 2:
            before = self.cells[i - 2]
            break
        if before is None or not before.has("p:since", "p:after", "p:before", "p:from", "p:until", "p:to"):
            return None
        reading = self.number(i)
        if reading is not None and reading[2] and reading[0] in self.names.ordinals:
            day = self.names.ordinals[reading[0]]
            end = self.suffix(reading[1])
            while end < len(self.cells) and self.cells[end].has("exchange", "handover", "kind:prisoners"):
                end += 1
            return Period(since=day, until=day, unit="event"), end
        if not self.cells[i].has("last") or self.last_day is None:
            return None
        kinds: set[str] = set()
        events = False
        end = i + 1
        while end < len(self.cells):
            cell = self.cells[end]
            named = {s[5:] for s in cell.senses if s.startswith("kind:")}
            if named:
                kinds |= named
            elif cell.has("exchange", "v:swap"):
                events = True
            elif cell.has("handover", "repatriation"):
                events = True
                if cell.has("repatriation"):
                    kinds.add("remains")
            elif cell.norm not in {"of", "one"} and not cell.has("people"):
                break
            if (
                cell.has("exchange")
                and not kinds
                and not (
                    end + 1 < len(self.cells)
                    and any(s.startswith("kind:") for s in self.cells[end + 1].senses)
                    or end + 2 < len(self.cells)
                    and self.cells[end + 1].norm == "of"
                )
            ):
                kinds.add("prisoners")
            end += 1
        if not events:
            return None
        last = self.last_day(tuple(sorted(kinds)))
        if last is None:
            return None
        until = last if before.has("p:before", "p:until", "p:to") else last + dt.timedelta(days=1)
        return Period(since=until, until=last, unit="event"), end


_EDGES = ("edge:start", "edge:mid", "edge:end")
_ADJECTIVE = re.compile("[сц]ь?к[аоуиыієх][а-яіїє]{0,3}$")
#: What names the period before the one spoken of, rather than the one before today's.
PREVIOUS = ("previous", "preceding", "prior", "попередн", "предыдущ")
LATER = frozenset("after later following пізніше позже спустя згодом опісля".split())
EARLIER = frozenset("before earlier раніше раньше ранее prior previously".split())
#: Words that count talks as well as handovers.
ROUND_WORDS = frozenset(
    "round rounds раунд раунду раунда раунді раунде раундом етап етапу этап этапа этапе stage зустріч встреча".split()
)
