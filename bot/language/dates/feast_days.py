"""Days that a feast names: "on Christmas 2025", "до Великодня", "накануне Пасхи"."""

import datetime as dt
import re
from dataclasses import replace

from bot.language.dates.periods import Period, begun, of_feast, with_year
from bot.language.dates.relative import RelativeReader

_NEW = re.compile("нов(?:ий|ого|ому|им|ый|ым)$")
#: "Under" a feast is some days before it, nobody says how many.
_SHORTLY_BEFORE = frozenset(["під", "под"])
#: What makes a feast the name of an event and no date ("the Easter exchange").
_EVENTS = ("exchange", "handover", "repatriation", "agreementword")


class FeastReader(RelativeReader):
    """Reads feasts, of the year that is named with them or the latest that have begun."""

    __slots__ = ()

    def feast(self, i: int) -> tuple[Period, int] | None:
        """Read a feast with its year; "last Easter" is the latest, "this Easter" that of this year."""
        j = i
        while j < len(self.cells) and self.cells[j].has("last", "rel:this", "rel:prev", "rel:past", "party:ukraine"):
            j += 1
        name = self.feast_at(j)
        if name is None and (parted := self.parted_year(j)) is not None:
            return parted
        if i and self.cells[i - 1].norm in _SHORTLY_BEFORE:
            return None
        if name is None or (j + 1 < len(self.cells) and self.cells[j + 1].has(*_EVENTS)):
            return None
        year = self.year_after(j + 1)
        if year is not None:
            return begun(of_feast(name, year[0]), self.today), year[1]
        if j > i and self.cells[i].has("rel:this") and not self.cells[i].has("rel:prev"):
            return begun(of_feast(name, self.today.year), self.today), j + 1
        return self.latest(name), j + 1

    def parted_year(self, i: int) -> tuple[Period, int] | None:
        """Read "новым 2026 годом", "нового 2026 року": New Year with its number in between."""
        if i >= len(self.cells) or not _NEW.match(self.cells[i].norm):
            return None
        year = self.year_at(i + 1)
        if year is None or not self.cells[year[1] - 1].has("unit:year"):
            return None
        return of_feast("new_year", year[0]), year[1]

    def eve(self, i: int) -> tuple[Period, int] | None:
        """Read "on the eve of Easter", "напередодні 2 червня": the day before."""
        if not self.cells[i].has("eve") or i + 1 >= len(self.cells):
            return None
        found = self.named_day(i + 1)
        if found is None or found[0].since is None or found[0].since != found[0].until:
            return None
        day = found[0].since - dt.timedelta(days=1)
        return (Period(since=day, until=day, unit="day"), found[1]) if found[0].alternative is None else None

    def feast_at(self, i: int) -> str | None:
        if i >= len(self.cells):
            return None
        return next((s[6:] for s in self.cells[i].senses if s.startswith("feast:")), None)

    def latest(self, name: str) -> Period:
        """Return the latest that has begun."""
        found = of_feast(name, self.today.year)
        readings = [p for p in (found, found.alternative) if p is not None and p.since is not None]
        if all(p.since > self.today for p in readings if p.since):
            return replace(of_feast(name, self.today.year - 1), yearless=True)
        if found.alternative is None:
            return replace(found, yearless=True)
        first, second = (
            with_year(replace(p, yearless=True, alternative=None), self.today.year - 1)
            if p.since and p.since > self.today
            else p
            for p in readings
        )
        return replace(first, yearless=True, feast=name, alternative=replace(second, alternative=None))
