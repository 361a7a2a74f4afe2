"""Numbers as reports write them: "1,212", "1,2 тыс.", "двісті сорок п'ять", "дев'ять тисяч 642".

Only what stands in the text: a number is the sum of its own words.
"""

import re
from dataclasses import dataclass

from bot.language.reports.lexicon import Lexicon

_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009,.]\d{3})+$")
_DECIMAL = re.compile(r"\d+[.,]\d+$")
#: "200-odd", "50-plus".
_AND_MORE = re.compile(r"(\d{1,6})-(?:odd|plus)$")
_MAX = 100_000
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number of the text."""

    value: int
    #: Index of the raw word behind it.
    end: int
    #: Written in words.
    spelled: bool = False


def _digits(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 7 else None
    if _GROUPED.match(word):
        return int(re.sub(r"\D", "", word))
    if (bounded := _AND_MORE.match(word)) is not None:
        return int(bounded[1])
    if word[-1] == "k" and word[:-1].isdecimal():
        return int(word[:-1]) * 1000
    return None


def _multiplier(words: list[str], position: int, lexicon: Lexicon) -> tuple[int, int]:
    """Read "thousand" with the point of its abbreviation."""
    if position < len(words) and (factor := lexicon.multipliers.get(words[position])) is not None:
        end = position + 1
        if end < len(words) and words[end] == "." and len(words[position]) <= 4 and lexicon.language != "en":
            end += 1
        return factor, end
    return 1, position


def read_number(words: list[str], position: int, lexicon: Lexicon) -> Number | None:
    """Read the whole number that begins at a word; None for a part of one, a decimal or an ordinal."""
    word = words[position]
    if word[0].isdecimal():
        if _DECIMAL.match(word) and not _GROUPED.match(word):
            factor, end = _multiplier(words, position + 1, lexicon)
            whole = round(float(word.replace(",", ".")) * factor)
            return Number(whole, end) if factor > 1 else None
        value = _digits(word)
        if value is None:
            return None
        factor, end = _multiplier(words, position + 1, lexicon)
        if factor == _THOUSAND:
            rest, end = _rest(words, end, lexicon)
            return Number(value * factor + rest, end) if value * factor + rest < _MAX else None
        return Number(value * factor, end) if value * factor < _MAX else None
    return _spelled_number(words, position, lexicon)


def _rest(words: list[str], position: int, lexicon: Lexicon) -> tuple[int, int]:
    """Read the digits behind thousands, "дев'ять тисяч 642", which no month makes a day."""
    word = words[position] if position < len(words) else ""
    after = words[position + 1] if position + 1 < len(words) else ""
    if word.isdecimal() and int(word) < _THOUSAND and after not in lexicon.months:
        return int(word), position + 1
    return 0, position


def _fits(value: float, last: float) -> bool:
    """Whether a numeral may follow another in one number: "two thousand", "three hundred", "twenty", "five"."""
    return value < next((step for step in (_THOUSAND, 100, 10) if step <= last), 0) and (last >= 20)


def _joined(words: list[str], position: int, lexicon: Lexicon) -> bool:
    """Whether a word only joins two numerals: "one hundred and fifty-three", "one thousand, two hundred"."""
    following = words[position + 1] if position + 1 < len(words) else ""
    if words[position] == "and":
        return bool(following) and all(part in lexicon.numerals for part in following.split("-"))
    hundreds = position + 2 < len(words) and lexicon.multipliers.get(words[position + 2]) == 100
    return words[position] == "," and hundreds and following in lexicon.numerals


def _spelled_number(words: list[str], position: int, lexicon: Lexicon) -> Number | None:
    first = words[position]
    if first in lexicon.multipliers and first not in lexicon.numerals:
        before = words[position - 1] if position else ""
        if "half" in words[max(0, position - 2) : position]:
            return None
        if before not in lexicon.before_thousand:
            return None
    total, current, last, end = 0.0, 0.0, 0.0, position
    while end < len(words):
        word = words[end]
        parts = word.split("-")
        if (factor := lexicon.multipliers.get(word)) is not None and word.isalpha():
            current = max(current, 1.0) * factor
            if factor >= 1000:
                total, current = total + current, 0.0
            last = float(factor)
        elif all(part in lexicon.numerals for part in parts):
            value = sum(lexicon.numerals[part] for part in parts)
            if last and not _fits(value, last):
                break
            current, last = current + value, value
        elif not (last >= 100 and _joined(words, end, lexicon)):
            break
        end += 1
    if last == _THOUSAND:
        current, end = _rest(words, end, lexicon)
    whole = round(total + current)
    return Number(whole, end, True) if end > position and whole < _MAX else None
