"""Days with a name of their own: agreements of the ledger, the full-scale invasion, the last or the 69th exchange."""

import datetime as dt

from bot.domain.rounds import Agreement
from bot.language.dates.feast_days import FeastReader
from bot.language.dates.periods import Period
from bot.language.names import ROUND_WORDS, Place, is_form_of, is_place_word

#: The full-scale invasion, where the ledger does not name it.
INVASION = dt.date(2022, 2, 24)


#: What may stand between the words that name one agreement.
_JOINTS = frozenset({"of", "in", "the", "at", "from", "dated", "у", "в", "з", "по", "від", "от"})


class LandmarkReader(FeastReader):
    """Reads what the ledger names."""

    __slots__ = ()

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

    def agreement(self, i: int) -> tuple[Period, int] | None:
        """Read a place where something was agreed, with what tells its talks apart, or a landmark by its alias."""
        found = self.landmark(i)
        if found is None and self.may_deal():
            found = self.dated_deal(i) or self.deal(i)
        return found

    def may_deal(self) -> bool:
        """Tell whether a place where something was agreed is named, or anything is called an agreement."""
        if self.deals is None:
            self.deals = any(c.has("agreementword") or self.place_at(i) for i, c in enumerate(self.cells))
        return self.deals

    def deal(self, i: int) -> tuple[Period, int] | None:
        """Read a place where something was agreed, with what tells its talks apart."""
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
                or (cell.has("handover") and (cell.norm in ROUND_WORDS or cell.norm.startswith("раунд")))
                or cell.norm in {*_JOINTS, "these", "peace"}
                or (j > i and self.concludes(j))
            ):
                if j == i and cell.norm in _JOINTS:
                    return None
                j += 1
            else:
                return None
        return None

    def concludes(self, j: int) -> bool:
        """Tell whether a participle says that the agreement before it was come to (", досягнутих в Абу-Дабі")."""
        if self.cells[j].text == "," and j + 1 < len(self.cells):
            j += 1
        told = self.cells[j].has("concluded") or (self.cells[j].has("p:under") and j and self.is_deal(j - 1))
        return bool(told)

    def is_deal(self, j: int) -> bool:
        """Tell whether a cell names an agreement, by itself or behind its preposition ("по соглашению")."""
        return self.cells[j].has("agreementword", "p:under")

    def first_talks(self, i: int) -> tuple[Period, int] | None:
        """Read the "second" of "between the second and third rounds of Istanbul 2025"; the rest is read after it."""
        while i < len(self.cells) and self.cells[i].norm == "the":
            i += 1
        first = self.number(i) or ((1, i + 1, True) if i < len(self.cells) and self.cells[i].has("first") else None)
        if first is None or not first[2]:
            return None
        joint = self.suffix(first[1])
        if joint + 1 >= len(self.cells) or not self.cells[joint].has("and", "p:to", "p:until", "p:po"):
            return None
        k = joint + 1
        while k < len(self.cells) and self.cells[k].norm == "the":
            k += 1
        second = self.number(k)
        found = self.agreement(k) if second is not None and second[2] else None
        if found is None or found[0].since is None:
            return None
        for place in self.names.places:
            if any(a.id == found[0].agreement for a in place.agreements):
                at = self.choose(place, first[0], 0, found[0].since.year)
                return Period(since=at.date, until=at.date, unit="agreement", agreement=at.id), joint
        return None

    def dated_deal(self, i: int) -> tuple[Period, int] | None:
        """Read "the 2 June deal": talks named by their day before the noun."""
        day = self.numeric(i) or self.day_of_month(i)
        if day is None or day[1] >= len(self.cells) or not self.cells[day[1]].has("agreementword"):
            return None
        date = day[0].since
        for place in self.names.places:
            for at in reversed(place.agreements):
                same = date is not None and (at.date.month, at.date.day) == (date.month, date.day)
                if same and (day[0].yearless or at.date == date):
                    return Period(since=at.date, until=at.date, unit="agreement", agreement=at.id), day[1] + 1
        return None

    def talks_on(self, j: int) -> tuple[Period, int] | None:
        """Read the date of talks that are named by it alone ("після переговорів 2 червня 2025")."""
        day = self.numeric(j) or self.day_of_month(j)
        found = self.deal_on(day[0]) if day is not None else None
        return (found, day[1]) if found is not None and day is not None else None

    def deal_on(self, day: Period) -> Period | None:
        """Return the talks of a day; one without a year is that of the latest talks on such a day."""
        if day.since is None or day.since != day.until:
            return None
        for place in self.names.places:
            for agreement in reversed(place.agreements):
                same = (agreement.date.month, agreement.date.day) == (day.since.month, day.since.day)
                if same and (day.yearless or agreement.date == day.since):
                    return Period(since=agreement.date, until=agreement.date, unit="agreement", agreement=agreement.id)
        return None

    def landmark(self, i: int) -> tuple[Period, int] | None:
        """Read an alias that matches whole, each of its words in any form."""
        if i >= len(self.cells):
            return None
        first = self.cells[i].start
        head = self.unhyphened(first)
        if head >= len(self.tokens):
            return None
        norm, by_start = self.tokens[head].norm, self.names.by_start
        for words, agreement in by_start.get(norm[:3]) or by_start.get(norm[:2]) or by_start.get(norm[:1]) or ():
            end = self.alias_end(words, first)
            if end is None:
                continue
            j = i
            while j < len(self.cells) and self.cells[j].end < end:
                j += 1
            if j < len(self.cells) and self.cells[j].end == end:
                found = Period(since=agreement.date, until=agreement.date, unit="agreement", agreement=agreement.id)
                dated = self.integer(j) is not None and len(self.cells[j].norm) == 4
                return found, self.year_noun(j + 1) if dated else j + 1
        return None

    def unhyphened(self, k: int) -> int:
        """Return the first token from one on that is no hyphen."""
        while k < len(self.tokens) and self.tokens[k].kind == "mark" and self.tokens[k].text in "-‑–":
            k += 1
        return k

    def alias_end(self, words: tuple[str, ...], k: int) -> int | None:
        """Return the token behind an alias that begins at a token; None where it does not stand there."""
        for word in words:
            k = self.unhyphened(k)
            if k >= len(self.tokens) or not is_form_of(self.tokens[k].norm, word):
                return None
            k += 1
        return k

    def place_at(self, j: int) -> tuple[Place, int] | None:
        """Return the place that is named at a cell, and the cell behind its name."""
        if j not in self.places:
            self.places[j] = self._place_at(j)
        return self.places[j]

    def _place_at(self, j: int) -> tuple[Place, int] | None:
        cell = self.cells[j]
        if cell.mark or cell.number or not self.names.sounds_like_place(cell.norm):
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
            numbered = cell.norm in ROUND_WORDS or cell.norm.startswith("раунд")
            if cell.has("agreementword") or (cell.has("handover") and numbered and (ordinal or strong)):
                strong = True
                j += 1
                end = j
                continue
            if cell.norm in {"-", "–", "(", "peace"} and j + 1 < len(self.cells):
                j += 1
                continue
            small = self.integer(j)
            if small is not None and 1 <= small <= 9 and self.cells[j - 1].text in {"-", "–"} and not ordinal:
                ordinal, end = small, j + 1
                j = end
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
                    (end + 1 < len(self.cells) and any(s.startswith("kind:") for s in self.cells[end + 1].senses))
                    or (end + 2 < len(self.cells) and self.cells[end + 1].norm == "of")
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
