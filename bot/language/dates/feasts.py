"""On which days the feasts fall that people name instead of a date.

Pure calendar: a name of the lexicon ("feast:easter") and a year in, days out. A name with two days has two readings
(25 December and 7 January, the Easter of the East and that of the West), the one more often meant first.
"""

import datetime as dt
from collections.abc import Callable, Mapping

Rule = Callable[[int], dt.date]


def days_of(feast: str, year: int) -> tuple[dt.date, ...]:
    """Return the days that a feast falls on in a year, each once.

    Raises:
        KeyError: no feast of that name.
        ValueError: beyond the calendar.
    """
    return tuple(dict.fromkeys(FEASTS[name](year) for name in EITHER.get(feast, (feast,))))


def eastern_easter(year: int) -> dt.date:
    """Return the Orthodox Easter Sunday, as a Gregorian date."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (year + year // 4 + moon) % 7
    behind = year // 100 - year // 400 - 2
    return dt.date(year, 3, 28) + dt.timedelta(days=moon - weekday + behind)


def western_easter(year: int) -> dt.date:
    """Return the Easter Sunday of the West (the Gregorian computus)."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return dt.date(year, 3, 28) + dt.timedelta(days=moon - weekday)


def _on(month: int, day: int) -> Rule:
    return lambda year: dt.date(year, month, day)


def _from(easter: Rule, days: int) -> Rule:
    return lambda year: easter(year) + dt.timedelta(days=days)


def _nth(month: int, weekday: int, which: int) -> Rule:
    """Return the rule of the nth such weekday of a month, Monday being 0."""

    def rule(year: int) -> dt.date:
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))

    return rule


def _moved(year: int, before: Rule, since: Rule) -> Rule:
    """Return the rule of a feast that was put on another day in a year."""
    return lambda asked: since(asked) if asked >= year else before(asked)


_EAST, _WEST = eastern_easter, western_easter
#: A feast that moves once, or every year, or never.
FEASTS: Mapping[str, Rule] = {
    "new_year": _on(1, 1),
    "new_year_eve": _on(12, 31),
    "old_new_year": _on(1, 14),
    "christmas_west": _on(12, 25),
    "christmas_east": _on(1, 7),
    "christmas_eve_west": _on(12, 24),
    "christmas_eve_east": _on(1, 6),
    "epiphany_west": _on(1, 6),
    "epiphany_east": _on(1, 19),
    "unity_ukraine": _on(1, 22),
    "valentine": _on(2, 14),
    "unity_february": _on(2, 16),
    "fatherland": _on(2, 23),
    "invasion": _on(2, 24),
    "women": _on(3, 8),
    "easter_east": _EAST,
    "easter_west": _WEST,
    "easter_monday_east": _from(_EAST, 1),
    "easter_monday_west": _from(_WEST, 1),
    "good_friday_east": _from(_EAST, -2),
    "good_friday_west": _from(_WEST, -2),
    "palm_sunday_east": _from(_EAST, -7),
    "palm_sunday_west": _from(_WEST, -7),
    "trinity_east": _from(_EAST, 49),
    "trinity_west": _from(_WEST, 49),
    "may_day": _on(5, 1),
    "remembrance": _on(5, 8),
    "victory": _on(5, 9),
    "mothers": _nth(5, 6, 2),
    "vyshyvanka": _nth(5, 3, 3),
    "children": _on(6, 1),
    "russia_day": _on(6, 12),
    "mourning": _on(6, 22),
    "constitution_ukraine": _on(6, 28),
    "constitution_russia": _on(12, 12),
    "statehood": _moved(2024, _on(7, 28), _on(7, 15)),
    "flag": _on(8, 23),
    "independence": _on(8, 24),
    "knowledge": _on(9, 1),
    "intercession_west": _on(10, 1),
    "intercession_east": _on(10, 14),
    "defenders": _moved(2023, _on(10, 14), _on(10, 1)),
    "halloween": _on(10, 31),
    "unity_russia": _on(11, 4),
    "dignity": _on(11, 21),
    "holodomor": _nth(11, 5, 4),
    "thanksgiving": _nth(11, 3, 4),
    "nicholas_west": _on(12, 6),
    "nicholas_east": _on(12, 19),
    "armed_forces": _on(12, 6),
}
#: Names of two feasts, the one more often meant first.
EITHER: Mapping[str, tuple[str, str]] = {
    "christmas": ("christmas_west", "christmas_east"),
    "christmas_eve": ("christmas_eve_west", "christmas_eve_east"),
    "epiphany": ("epiphany_west", "epiphany_east"),
    "easter": ("easter_east", "easter_west"),
    "easter_monday": ("easter_monday_east", "easter_monday_west"),
    "good_friday": ("good_friday_east", "good_friday_west"),
    "palm_sunday": ("palm_sunday_east", "palm_sunday_west"),
    "trinity": ("trinity_east", "trinity_west"),
    "constitution": ("constitution_ukraine", "constitution_russia"),
    "intercession": ("intercession_west", "intercession_east"),
    "nicholas": ("nicholas_west", "nicholas_east"),
}
