"""Which days a question speaks of: every date, period and landmark in it, with the preposition that governs it.

Meanings: contract, section 4. Both ends of a span are included. What a span is for (the first of two, the one that an
agreement is told by) is decided by the composition; here each mention is read where it stands.
"""

import datetime as dt
import re
from dataclasses import replace

from bot.language.dates.landmarks import INVASION
from bot.language.dates.openings import GOVERNING
from bot.language.dates.periods import Mention, Period, Relation, add_months, month_end
from bot.language.dates.placing import place
from bot.language.dates.ranges import RangeReader
from bot.language.words import Cell

_EDGES = ("edge:start", "edge:mid", "edge:end")
#: What makes a period a beginning ("June 2025 to date").
_TO_NOW = frozenset(
    [
        "to date",
        "until now",
        "till now",
        "up to now",
        "to now",
        "until today",
        "up to today",
        "дотепер",
        "донині",
        "до сих пор",
    ]
)
#: What may stand between a preposition of time and its period.
_STEPPED_OVER = frozenset(["the", "about", "around", "самого", "very", "тих", "all", "just", "only", "period"])
#: "In the first days of": nobody says how many.
_VAGUE_DAYS = frozenset(["числах"])
_ADJECTIVE = re.compile("[сц]ь?к[аоуиыієх][а-яіїє]{0,3}$")


class DateReader(RangeReader):
    """Reads the mentions of one question."""

    __slots__ = ()

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
        placed = place(found, self.cells, self.today)
        self.refuse_third(placed)
        found = self.elliptic([part for mention in placed for part in self.halves(mention)])
        if len(found) == 1:
            found[0].period = self.of_month_or_year(found[0])
        return found

    def of_month_or_year(self, mention: Mention) -> Period:
        """Return the day of "June 25" with its second reading, June 2025; "on June 25" has but one."""
        period = mention.period
        if mention.relation not in {"", "in"} or mention.preposition == "on" or mention.end - mention.start < 2:
            return period
        month, number = self.cells[mention.end - 2 : mention.end]
        value = int(number.norm) if number.number and len(number.norm) == 2 else 0
        named = month.norm.isascii() and any(s.startswith("month:") for s in month.senses)
        if period.unit != "day" or not period.yearless or not named or period.since is None:
            return period
        since = period.since.replace(year=2000 + value, day=1)
        if since.year < 2022 or since > self.today:
            return period
        other = Period(since=since, until=month_end(since.year, since.month), unit="month")
        return replace(period, alternative=other)

    def refuse_third(self, found: list[Mention]) -> None:
        """Leave a third side of a comparison unread, so that its words block the answer; so "in the first days"."""
        sides = [m for m in found if m.period.unit != "year" or m.period.yearless]
        compared = (
            len(sides) > 2
            and any(c.has("compare", "versus") for c in self.cells)
            and not any(c.has("conflict") for c in self.cells)
        )
        unread = list(self.cells[sides[2].start : sides[2].end]) if compared else []
        unread += [c for c in self.cells if c.norm in _VAGUE_DAYS and not c.used]
        for cell in unread:
            cell.used, cell.senses = False, frozenset()

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
            k = i - 2 if i > 1 and self.cells[i - 1].norm == "the" else i - 1
            before = self.cells[k] if k >= 0 else None
            joined = before is not None and before.has("and", "or", "versus", "p:from")
            if joined and (behind is None or behind.mark or behind.has("p:in", "p:po", "by", "p:from")):
                shifted = self.shift(
                    units[named], 0 if cell.has("rel:this") and not cell.has("rel:prev") else -1, i + 1
                )
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

    def mention(self, i: int) -> Mention | None:
        """Read the mention that begins at a cell, with its prepositions."""
        cell = self.cells[i]
        if cell.used or not (self.opens(i) or self.governs(cell)):
            return None
        self.atoms.clear()  # what was read since is marked as used
        j, relation, preposition = self.relation(i)
        if j >= len(self.cells) or not self.opens(j):
            return None
        found = self.ranged(j, relation) or self.plain(j, relation, preposition)
        if found is None:
            return None
        period, end, relation = found
        if relation == "between" and period.unit != "range" and not self.comparing:
            self.cells[i].senses = frozenset()
            return None
        relation, end = self.onwards(relation, period, end)
        if period.unit == "range" and relation in {"from", "since", "between"} and not self.cells[j].has(*_EDGES):
            relation = "in"
        if relation == "" and period.unit == "agreement" and self.describes(j, end):
            relation = "under"
        if j < len(self.cells) and self.cells[j].has("yearago") and self.cells[j].norm.startswith(("by ", "к ", "до ")):
            relation = "until"
        if relation == "under" and period.unit == "day":
            period = self.deal_on(period) or period
        if period.unit == "day" and not period.feast and relation not in {"", "in"}:
            period = replace(period, alternative=None)
        if relation in {"since", "from"} and self.may_be_invasion(period):
            period = replace(period, alternative=Period(since=INVASION, until=INVASION, unit="day"))
        if relation != "either":
            relation = self.settle(relation, preposition, period, j)
        return Mention(start=i, end=end, relation=relation, period=period, preposition=preposition)

    @staticmethod
    def governs(cell: Cell) -> bool:
        """Tell whether a cell may be a preposition of time."""
        return not cell.senses.isdisjoint(GOVERNING) or cell.norm == "post"

    def relation(self, i: int) -> tuple[int, Relation, str]:
        """Read the prepositions at a cell: where they end, what they mean, and the last of them."""
        relation: Relation = ""
        j = i
        preposition = ""
        if not self.governs(self.cells[i]):
            return j, relation, preposition
        while j < len(self.cells) and j < i + 4:
            cell = self.cells[j]
            if cell.has("p:before", "p:to") and self.joint(j) and self.cells[j + 2].has("p:after"):
                relation, j = "either", j + 2
            elif cell.has("p:before") and not self.is_period_start(j):
                relation = "before"
            elif (cell.has("p:after") and not self.is_period_start(j)) or self.post(j):
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
            elif relation == "until" and self.day_before(j):
                relation, j = "before", j + 1
            elif relation and (cell.norm in _STEPPED_OVER or self.points(j)):
                j += 1
                continue
            elif relation == "under" and (place := self.concluded(j)) > j:
                return place, relation, preposition
            else:
                break
            preposition = cell.norm
            j += 1
        return j, relation, preposition

    def in_dative(self, j: int) -> bool:
        """Tell whether a month stands in the dative ("по июню" is about June, "по июнь" until it)."""
        month = next((s for s in self.cells[j].senses if s.startswith("month:")), "")
        return bool(month) and "sd" in self.cells[j].features(month) and "sa" not in self.cells[j].features(month)

    @staticmethod
    def may_be_invasion(period: Period) -> bool:
        """Tell whether a day without a year is that of the invasion as well ("з 24 лютого")."""
        day = period.since
        return period.yearless and day is not None and (day.month, day.day) == (INVASION.month, INVASION.day)

    def points(self, j: int) -> bool:
        """Tell whether a word only points at the agreement behind it ("under that Istanbul deal")."""
        pointing = self.cells[j].has("rel:this", "ref:that", "fill") and j + 1 < len(self.cells)
        return pointing and self.agreement(j + 1) is not None

    def concluded(self, j: int) -> int:
        """Step over ", достигнутым в" behind "по соглашениям" to what the agreement is named by."""
        k = j
        while k < len(self.cells) and k < j + 3 and (self.concludes(k) or self.cells[k].has("p:in")):
            k += 1
        return k if k > j and k < len(self.cells) and self.place_at(k) is not None else j

    def post(self, j: int) -> bool:
        """Tell whether the "post" of "post 2024" stands there, which is a word of its own elsewhere."""
        return self.cells[j].norm == "post" and (
            self.year_at(j + 1) is not None or (j + 1 < len(self.cells) and self.agreement(j + 1) is not None)
        )

    def day_before(self, j: int) -> bool:
        """Tell whether "day before" stands there, as in "up to the day before Abu Dhabi"."""
        return self.cells[j].has("unit:day") and j + 1 < len(self.cells) and self.cells[j + 1].has("p:before")

    def describes(self, j: int, end: int) -> bool:
        """Tell whether an agreement tells which handover is meant: "стамбульські обміни", "обмен 1000 на 1000"."""
        if j and self.cells[j - 1].has("exchange", "handover", "repatriation") and not self.cells[j - 1].used:
            return True
        if end >= len(self.cells) or not _ADJECTIVE.search(self.cells[end - 1].norm):
            return False
        follower = self.cells[end]
        return follower.has("exchange", "handover", "repatriation") or any(
            s.startswith("kind:") for s in follower.senses
        )

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
        if end < len(self.cells) and self.cells[end].norm in _TO_NOW and relation in {"", "in", "from", "since"}:
            return "since", end + 1
        onwards = end < len(self.cells) and self.cells[end].has("onwards") and relation in {"", "in", "from", "since"}
        if onwards and (self.cells[end].norm != "on" or relation == "from"):
            return "since", end + 1
        return relation, end

    def settle(self, relation: Relation, preposition: str, period: Period, j: int) -> Relation:
        """Choose among the senses of a preposition by what follows it."""
        if relation == "in" and period.unit == "agreement" and period.since == INVASION:
            return "since"  # "за війну"
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
        if relation == "under" or (preposition == "по" and self.in_dative(j)):
            return "in"
        if relation == "in" and preposition == "by":
            return "until"
        if relation == "in" and preposition == "на" and (period.unit == "month" or self.number(j) is not None):
            return "until" if period.unit in {"day", "month"} else relation
        if relation == "in" and preposition == "по" and period.unit in {"day", "month", "year"}:
            return "until"
        if period.unit == "all":
            return "in"
        return relation

    def plain(self, j: int, relation: Relation, preposition: str) -> tuple[Period, int, Relation] | None:
        """Read one period."""
        if j >= len(self.cells):
            return None
        edged = self.edge(j, relation, preposition)
        if edged is not None:
            return (*edged, relation)
        found = self.stretch(j) if relation in {"in", "under"} else None
        found = found or self.atom(j)
        if found is None and relation != "between":
            found = self.day_alone(j, governed=relation != "")
        if found is None and preposition in {"за"}:
            found = self.rolling(j) or self.rolling_one(j)
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
            found = (replace(found[0], anchor=unit), found[1]) if found else None
        if found is None:
            return None
        period, end = found
        if period.since is None or period.until is None:
            return (period, end) if cell.has("edge:start") else None
        if relation in {"since", "from"} and cell.has("edge:start"):
            return period, end
        if cell.has("edge:end") and (relation == "until" or preposition in {"by", "по"}):
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
