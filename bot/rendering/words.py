"""How a message, a number and a day are written in one language.

Messages stand in `messages/LANG/*.ftl` (Fluent); numbers, plurals and dates follow CLDR (Babel). A file is cut into its
messages when first needed and each is parsed when first used, so that the first sentence costs only itself.
"""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Placeable, TextElement, VariableReference
from fluent.runtime.types import FluentNumber, fluent_number

from bot.domain.replies import LANGS, Lang

#: What a message may be given: words, and numbers that it may inflect by.
Value = str | int | float | FluentNumber

#: CLDR locales; British English writes the day before the month.
LOCALES: dict[Lang, str] = {"en": "en_GB", "uk": "uk", "ru": "ru"}

_ENTRY = re.compile(r"^(-?[a-z][\w-]*) *=", re.MULTILINE)
_TERM = re.compile(r"\{ *(-[a-z][\w-]*)")
#: A value that is put into a text as it is, and not only chosen or inflected by.
_PLACED = re.compile(r"\{ *\$(\w+) *\}")
#: Sentences of one language that are kept.
KEPT = 4096
_FIELDS = re.compile(r"[dy]|[ML]+|[^\w]+")
#: A number is not parted from its noun at the end of a line. English keeps ordinary spaces.
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[^\W\d])")


class Wording:
    """The messages of one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._sources: dict[str, str] = {}
        folder = Path(__file__).parent / "messages" / lang
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".ftl"):
                self._take(file.read_text(encoding="utf-8"))
        self._bundle = FluentBundle([LOCALES[lang]], use_isolating=False)
        #: Messages that were parsed, each with the values that are put into it.
        self._parsed: dict[str, frozenset[str]] = {}
        self._kept: dict[tuple[str, tuple[tuple[str, Value], ...]], str] = {}
        #: Messages that are words and places for words, and nothing else: what stands in turn, places in second place.
        self._plain: dict[str, tuple[tuple[str, str], ...]] = {}

    def _take(self, text: str) -> None:
        marks = list(_ENTRY.finditer(text))
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            key = mark.group(1)
            if key in self._sources:
                raise ValueError(f"{self.lang}: the message {key!r} stands twice")
            self._sources[key] = text[mark.start() : following.start() if following else len(text)]

    @property
    def keys(self) -> frozenset[str]:
        """Names of the messages and terms."""
        return frozenset(self._sources)

    def source(self, key: str) -> str:
        """Return a message as it stands in its file."""
        return self._sources[key]

    def format(self, key: str, **values: Value) -> str:
        """Return one message with its values.

        Raises:
            LookupError: no such message, or a value that it needs is not given.
        """
        placed = self._parsed.get(key)
        if placed is None:
            placed = self._parse(key)
        for name, value in values.items():
            if type(value) is not int and (type(value) is not str or name in placed):
                return self._write(key, values)
        # All words are its own, so it will be written again; what holds somebody's words is never kept.
        kept = (key, tuple(values.items()))
        written = self._kept.get(kept)
        if written is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            written = self._kept[kept] = self._write(key, values)
        return written

    def _write(self, key: str, values: Mapping[str, Value]) -> str:
        plain = self._plain.get(key)
        if plain is not None and all(type(values.get(place)) is str for _, place in plain if place):
            text = "".join(f"{words}{values[place]}" if place else words for words, place in plain)
            return keep_numbers_together(self.lang, text)
        pattern = self._bundle.get_message(key).value
        given = {
            name: fluent_number(value, maximumFractionDigits=1) if isinstance(value, float) else value
            for name, value in values.items()
        }
        if pattern is None:
            raise LookupError(f"{self.lang}: {key} has no text")
        written, errors = self._bundle.format_pattern(pattern, given)
        if errors:
            raise LookupError(f"{self.lang}: {key}: {errors[0]}")
        return keep_numbers_together(self.lang, str(written))

    def _parse(self, key: str) -> frozenset[str]:
        """Parse a message and its terms, where that was not done; returns the values that are put into it."""
        if key not in self._parsed:
            source = self._sources[key]
            self._bundle.add_resource(FluentResource(source))
            self._parsed[key] = frozenset(_PLACED.findall(source))
            if not key.startswith("-") and (plain := _plain(self._bundle.get_message(key).value)):
                self._plain[key] = plain
            for term in _TERM.findall(source):
                self._parse(term)
        return self._parsed[key]


def _plain(pattern: Any) -> tuple[tuple[str, str], ...] | None:
    """Return the words and places of a message, pairs of which the second may be empty; None where it is more."""
    if isinstance(pattern, TextElement):
        return ((pattern.value, ""),)
    parts: list[tuple[str, str]] = []
    words = ""
    for element in getattr(pattern, "elements", (pattern,)):
        if isinstance(element, TextElement):
            words += element.value
        elif isinstance(element, Placeable) and isinstance(element.expression, VariableReference):
            parts.append((words, element.expression.id.name))
            words = ""
        else:
            return None
    return (*parts, (words, "")) if words else tuple(parts)


@cache
def wording(lang: Lang) -> Wording:
    """Return the messages of a language, read once."""
    return Wording(lang)


def message(lang: Lang, key: str, **values: Value) -> str:
    """Return one message with its values.

    Raises:
        LookupError: no such message, or a value that it needs is not given.
    """
    return wording(lang).format(key, **values)


def known_lang(lang: str | None) -> Lang:
    """Return the language to write in where any may be named; English for what we do not speak."""
    return next((known for known in LANGS if known == lang), "en")


def keep_numbers_together(lang: Lang, text: str) -> str:
    """Put no-break spaces between a number and the word after it, as Ukrainian and Russian typography asks."""
    return text if lang == "en" else _AFTER_NUMBER.sub("\u00a0", text)


@lru_cache(maxsize=4096)
def number(lang: Lang, value: float) -> str:
    """Write a number with the separators of the language; one decimal at most."""
    return str(format_decimal(value, format="#,##0.#", locale=LOCALES[lang]))


@lru_cache(maxsize=4096)
def day(lang: Lang, date: dt.date) -> str:
    """Write a day in full: "11 June 2025", "11 червня 2025 року"."""
    return keep_numbers_together(lang, message(lang, "day", text=dated(lang, date, "d MMMM y")))


@lru_cache(maxsize=4096)
def short_day(lang: Lang, date: dt.date) -> str:
    """Write a day for lists and sources: "11 June 2025", "11 червня 2025"."""
    return keep_numbers_together(lang, dated(lang, date, "d MMMM y"))


@lru_cache(maxsize=1024)
def month(lang: Lang, date: dt.date) -> str:
    """Write a month by itself: "June 2025", "червень 2025 року"."""
    return keep_numbers_together(lang, message(lang, "month", text=dated(lang, date, "LLLL y")))


def month_name(lang: Lang, date: dt.date) -> str:
    """Write the name of a month by itself: "June", "червень"."""
    return dated(lang, date, "LLLL")


@lru_cache(maxsize=256)
def year(lang: Lang, value: int) -> str:
    """Write a year by itself: "2025", "2025 рік"."""
    return message(lang, "year", text=str(value))


def instant(lang: Lang, at: dt.datetime) -> str:
    """Write day and time of an instant, in the time zone that it carries."""
    return keep_numbers_together(lang, message(lang, "instant", day=short_day(lang, at.date()), time=f"{at:%H:%M}"))


def capital(text: str) -> str:
    """Return the text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(lang: Lang, words: list[str]) -> str:
    """Join words as a list in a sentence: "remains, prisoners and civilians"."""
    if len(words) < 2:
        return "".join(words)
    return message(lang, "list-and", head=", ".join(words[:-1]), last=words[-1])


@lru_cache(maxsize=4096)
def dated(lang: Lang, date: dt.date, pattern: str) -> str:
    """Write a day by a CLDR pattern of days, months and years, such as "d MMMM y"."""
    return "".join(_field(lang, date, field) for field in _FIELDS.findall(pattern))


def _field(lang: Lang, date: dt.date, field: str) -> str:
    match field:
        case "d":
            return str(date.day)
        case "y":
            return str(date.year)
        case _:
            return _month_field(lang, date.month, field) if field.isalpha() else field


@cache
def _month_field(lang: Lang, month: int, field: str) -> str:
    return str(format_date(dt.date(2000, month, 1), field, locale=LOCALES[lang]))
