"""How a message, a number and a day are written in one language.

Messages stand in `messages/LANG/*.ftl` (Fluent); numbers, plurals and months follow CLDR (Babel). A file is cut into
its messages when first needed and each is parsed when first used, so that the first sentence costs only itself.
"""

import datetime as dt
import re
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal, get_group_symbol

from bot.domain.replies import LANGS, Lang
from bot.rendering.patterns import Numbers, Writer, make_writer
from bot.rendering.patterns import Value as Value

#: CLDR locales; British English writes the day before the month.
LOCALES: dict[Lang, str] = {"en": "en_GB", "uk": "uk", "ru": "ru"}

_ENTRY = re.compile(r"^([a-z][\w-]*) *=", re.MULTILINE)
_FIELDS = re.compile(r"[dy]|[ML]+|[^\w]+")
#: A number is not parted from its noun at the end of a line. English keeps ordinary spaces.
_AFTER_NUMBER = re.compile(r" (?<=\d )(?=[^\W\d])")


class Wording:
    """The messages of one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._sources: dict[str, str] = {}
        folder = Path(__file__).parent / "messages" / lang
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".ftl"):
                self._take(file.read_text(encoding="utf-8"))
        self._numbers = Numbers(written=lambda value: number(lang, value), plural=lambda value: _plural(lang, value))
        #: Messages that were parsed.
        self._writers: dict[str, Writer] = {}

    def _take(self, text: str) -> None:
        marks = list(_ENTRY.finditer(text))
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            key = mark.group(1)
            if key in self._sources:
                raise ValueError(f"{self.lang}: the message {key!r} stands twice")
            self._sources[key] = text[mark.start() : following.start() if following else len(text)]

    @property
    def keys(self) -> frozenset[str]:
        """Names of the messages."""
        return frozenset(self._sources)

    def source(self, key: str) -> str:
        """Return a message as it stands in its file."""
        return self._sources[key]

    def format(self, key: str, **values: Value) -> str:
        """Return one message with its values.

        Raises:
            LookupError: no such message, or a value that it needs is not given.
        """
        writer = self._writers.get(key)
        if writer is None:
            writer = self._writers[key] = make_writer(self._sources[key], self._numbers)
        try:
            written = writer(values)
        except KeyError as error:
            raise LookupError(f"{self.lang}: {key}: {error} is not given") from None
        return keep_numbers_together(self.lang, written)


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
    if isinstance(value, int):
        return f"{value:,}".replace(",", _group_symbol(lang))
    return str(format_decimal(value, format="#,##0.#", locale=LOCALES[lang]))


@lru_cache(maxsize=4096)
def _plural(lang: Lang, value: float) -> str:
    return str(_locale(lang).plural_form(value))


@cache
def _locale(lang: Lang) -> Locale:
    return Locale.parse(LOCALES[lang])


@cache
def _group_symbol(lang: Lang) -> str:
    return str(get_group_symbol(LOCALES[lang]))


@lru_cache(maxsize=4096)
def day(lang: Lang, date: dt.date) -> str:
    """Write a day in full: "11 June 2025", "11 червня 2025 року"."""
    return message(lang, "day", text=dated(lang, date, "d MMMM y"))


@lru_cache(maxsize=4096)
def short_day(lang: Lang, date: dt.date) -> str:
    """Write a day for lists and sources: "11 June 2025", "11 червня 2025"."""
    return keep_numbers_together(lang, dated(lang, date, "d MMMM y"))


@lru_cache(maxsize=1024)
def month(lang: Lang, date: dt.date) -> str:
    """Write a month by itself: "June 2025", "червень 2025 року"."""
    return message(lang, "month", text=dated(lang, date, "LLLL y"))


def month_name(lang: Lang, date: dt.date) -> str:
    """Write the name of a month by itself: "June", "червень"."""
    return dated(lang, date, "LLLL")


@lru_cache(maxsize=256)
def year(lang: Lang, value: int) -> str:
    """Write a year by itself: "2025", "2025 рік"."""
    return message(lang, "year", text=str(value))


def instant(lang: Lang, at: dt.datetime) -> str:
    """Write day and time of an instant, in the time zone that it carries."""
    return message(lang, "instant", day=short_day(lang, at.date()), time=f"{at:%H:%M}")


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
    """Return a month as a part of a day ("M…") or by itself ("L…"), in short or in full."""
    place = {"M": "format", "L": "stand-alone"}[field[0]]
    width = {3: "abbreviated", 4: "wide"}[len(field)]
    return str(_locale(lang).months[place][width][month])
