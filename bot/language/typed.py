"""What single words and values mean that an administrator types: kinds, figures, days, addresses, numbers of claims.

Words may be in any of the three languages (`lexicon/commands.toml`). What means nothing raises a CommandError; `form`
is the text key of the right form, kept among its values.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast
from urllib.parse import urlsplit

from bot.domain.claims import Qualifier
from bot.errors import CommandError
from bot.language.tokens import fold

#: Larger than any figure that anybody could mean.
MAX_COUNT = 10_000_000
_TOKEN = re.compile(r"""([^\W\d]\w*)=("[^"]*"|“[^”]*”|«[^»]*»|\S*)|(\S+)""")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2069\ufeff]")
_QUOTES = {'"': '"', "“": "”", "«": "»"}
CLAIM = re.compile(r"[CcСс№#]?(\d{1,9})\Z")
ROUND_ID = re.compile(r"(?:remains|prisoners|civilians|children)-\d{4}-\d{2}-\d{2}(?:-\w+)?\Z")
_CHANNEL = re.compile(r"@([A-Za-z]\w{3,31})\Z")
_ABOUT = ("~", "≈", "бл.", "ок.", "c.", "ca.")


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed: words by position, and values by key."""

    words: tuple[str, ...]
    keys: Mapping[str, str]


class Names:
    """The words that stand for one of a few things."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._exact = {fold(w): name for name, forms in table.items() for w in forms if not w.endswith("*")}
        self._starts = [(fold(w[:-1]), name) for name, forms in table.items() for w in forms if w.endswith("*")]

    def find(self, word: str) -> str | None:
        """Return what a word stands for; None where that is nothing."""
        folded = fold(word)
        if found := self._exact.get(folded):
            return found
        return next((name for start, name in self._starts if folded.startswith(start)), None)


@cache
def names(table: str) -> Names:
    """Return the words of a table, read once."""
    return Names(_tables()[table])


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    source = files("bot.language") / "lexicon" / "commands.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def split_words(text: str, *, keys: Sequence[str], form: str) -> Words:
    """Part what was typed into words and key=value pairs; a value with spaces stands in quotes.

    Raises:
        CommandError: a key is unknown or stands twice, or a quote is not closed.
    """
    words: list[str] = []
    found: dict[str, str] = {}
    for match in _TOKEN.finditer(_closed(_visible(text), form)):
        name, value, word = match.groups()
        if word is not None:
            words.append(word)
            continue
        key = names("key").find(name)
        if key not in keys or key is None:
            raise CommandError("admin-unknown-key", given=name, keys=", ".join(keys), form=form)
        if key in found:
            raise CommandError("admin-key-twice", given=name, form=form)
        found[key] = unquoted(value)
    return Words(tuple(words), found)


def _visible(text: str) -> str:
    """Leave out what is not seen: the bot's own texts hold word joiners, and people copy them."""
    return _INVISIBLE.sub("", text)


def _closed(text: str, form: str) -> str:
    for opening, closing in _QUOTES.items():
        odd = text.count(opening) % 2 if opening == closing else text.count(opening) != text.count(closing)
        if odd and re.search(rf"={re.escape(opening)}", text):
            raise CommandError("admin-open-quote", form=form)
    return text


def unquoted(value: str) -> str:
    closing = _QUOTES.get(value[:1])
    return value[1:-1].strip() if closing and len(value) > 1 and value.endswith(closing) else value


def word_value(table: str, word: str, *, form: str) -> str:
    """Return what a word of a table stands for, in any of the languages.

    Raises:
        CommandError: it stands for nothing in it; the words that would are in "choices".
    """
    found = names(table).find(word) if word else None
    if found is None:
        raise CommandError(f"admin-unknown-{table}", given=word, choices=", ".join(_tables()[table]), form=form)
    return found


def read_claim_number(word: str, *, form: str) -> int:
    """Read "C12" or "12".

    Raises:
        CommandError: it is none.
    """
    if (match := CLAIM.match(word)) is None:
        raise CommandError("admin-no-claim", given=word, form=form)
    return int(match[1])


def read_round_id(word: str, *, form: str) -> str:
    """Read the id of a round.

    Raises:
        CommandError: it has not the form of one.
    """
    if not ROUND_ID.match(word.lower()):
        raise CommandError("admin-no-round-id", given=word, form=form)
    return word.lower()


def read_url(word: str, *, form: str) -> str:
    """Read an address of the web, or "@name" of a Telegram channel.

    Raises:
        CommandError: it is none.
    """
    if channel := _CHANNEL.match(word):
        return f"https://t.me/s/{channel[1]}"
    word = _visible(word)
    url = word if "://" in word else f"https://{word}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in url:
        raise CommandError("admin-bad-url", given=word, form=form)
    if "." not in parts.hostname and parts.hostname != "localhost":
        raise CommandError("admin-bad-url", given=word, form=form)
    return url


def read_count(text: str, *, form: str) -> tuple[int | None, Qualifier]:
    """Read a figure: "1,212", "1 212", "~1000", "1000+", ">=1000", "about 1000", "?" for an undisclosed one.

    Raises:
        CommandError: it is none.
    """
    written = text.strip()
    if written in ("?", "-", "—", "–") or names("qualifier").find(written) == "undisclosed":
        return None, "undisclosed"
    qualifier: Qualifier = "exact"
    for start in _ABOUT:
        if written.lower().startswith(start):
            written, qualifier = written[len(start) :].strip(), "about"
    for mark in (">=", "≥", "=>", ">"):
        if written.startswith(mark):
            written, qualifier = written[len(mark) :].strip(), "at_least"
            break
    if written.endswith("+"):
        written, qualifier = written[:-1].strip(), "at_least"
    first, _, rest = written.partition(" ")
    if rest and (word := names("qualifier").find(first)):
        written, qualifier = rest.strip(), cast(Qualifier, word)
    digits = re.sub(r"(?<=\d)[ ,.'’\u00a0\u202f\u2009](?=\d{3}(?!\d))", "", written)
    if not digits.isdecimal() or int(digits) > MAX_COUNT:
        raise CommandError("admin-bad-count", given=text, form=form)
    return int(digits), qualifier


def read_day(text: str, *, today: dt.date, form: str) -> dt.date:
    """Read a day: 2025-06-11, 11.06.2025, "11 June 2025", "11 червня", "today".

    A day without a year is the latest such day that is not more than a week ahead.

    Raises:
        CommandError: it is none.
    """
    day = day_or_none(text, today)
    if day is None:
        raise CommandError("admin-bad-day", given=text, form=form)
    return day


_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\Z")


def day_or_none(text: str, today: dt.date) -> dt.date | None:
    words = text.replace(",", " ").split()
    if len(words) == 1:
        if (named := names("day").find(words[0])) is not None:
            return today if named == "today" else today - dt.timedelta(days=1)
        if iso := _ISO.match(words[0]):
            return _date(int(iso[1]), int(iso[2]), int(iso[3]))
        if numeric := _NUMERIC.match(words[0]):
            return _dated(numeric[3], int(numeric[2]), int(numeric[1]), today)
        return None
    if len(words) not in (2, 3):
        return None
    first, second, *year = words
    month = names("month").find(second.rstrip("."))
    if month is None and (month := names("month").find(first.rstrip("."))) is not None:
        first = second
    number = re.sub(r"(st|nd|rd|th)\Z", "", first)
    if month is None or not number.isdecimal() or (year and not re.fullmatch(r"\d{4}", year[0])):
        return None
    return _dated(year[0] if year else None, int(month), int(number), today)


def _dated(year: str | None, month: int, day: int, today: dt.date) -> dt.date | None:
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = _date(today.year, month, day)
    if this_year is None or this_year - today > dt.timedelta(days=7):
        return _date(today.year - 1, month, day)
    return this_year


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 2014 <= year <= 2100 else None
    except ValueError:
        return None
