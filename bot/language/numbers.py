"""Which quantity a run of words or figures states, in English, Ukrainian and Russian together.

Words in every case, figures with every separator, thousands in every form. A vague word ("dozens", "тисячі") is an open
interval, never a figure. What the number counts, and words of bound ("about", "понад"), are the caller's.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.language.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReading:
    """A number that was read."""

    #: None for a vague word; not whole only for a decimal without a scale ("1.5").
    value: int | float | None
    #: The least that a vague word means; equal to `value` otherwise.
    low: int | float
    #: Index of the token behind the number.
    next: int
    ordinal: bool = False
    #: Written in digits, with or without a scale word.
    digits: bool = False


@cache
def _words() -> dict[str, tuple[str, int]]:
    path = Path(__file__).parent / "lexicon" / "numbers.json"
    return {form: (kind, value) for form, (kind, value) in json.loads(path.read_text(encoding="utf-8")).items()}


def is_number_word(norm: str) -> bool:
    """Tell whether a folded word is a numeral in one of the languages."""
    return norm in _words()


#: What makes figures an ordinal: "2nd", "69-го", "75-й".
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th|[иіоа]?й|[иі]й|го|ого|му|ому|м|им|ым|а|я|ая|е|є|ї|ої|у|ю|ую|х|их|ых)\Z")
_SCALE_MARKS = {"к": 1000, "k": 1000, "m": 10**6}
_GROUPERS = frozenset(",.'’ \u00a0\u202f\u2009")


def read_number(tokens: Sequence[Token], i: int) -> NumberReading | None:
    """Read the number that begins at a token.

    Returns:
        The longest reading, or None where no number begins there. "half" alone, "the" and "a" are none.
    """
    if not 0 <= i < len(tokens):
        return None
    if tokens[i].kind == "number":
        return _figures(tokens, i)
    if tokens[i].kind == "word" and tokens[i].norm in _words():
        return _in_words(tokens, i)
    return None


def _figures(tokens: Sequence[Token], i: int) -> NumberReading | None:
    digits = tokens[i].norm
    if not digits.isdecimal() or len(digits) > 15:
        return None
    value: int | float = int(digits)
    j = i + 1
    grouped = False
    if len(digits) <= 3 and digits[0] != "0":
        while (k := _group(tokens, j)) is not None:
            value = value * 1000 + int(tokens[k].norm)
            j = k + 1
            grouped = True
    decimal = _decimal(tokens, j) if not grouped else None
    if decimal is not None:
        scale, k = _scale(tokens, decimal[1])
        if scale:
            return NumberReading(
                value=_whole((value + decimal[0]) * scale),
                low=_whole((value + decimal[0]) * scale),
                next=k,
                digits=True,
            )
        if not _more_digits(tokens, decimal[1]):
            return NumberReading(value=value + decimal[0], low=value + decimal[0], next=decimal[1], digits=True)
        return NumberReading(value=value, low=value, next=j, digits=True)
    scale, k = _scale(tokens, j)
    if scale:
        value *= scale
        if scale == 1000 and (rest := _below_thousand(tokens, k)) is not None:
            value, k = value + rest[0], rest[1]
        return NumberReading(value=value, low=value, next=k, digits=True)
    if (k := _ordinal_end(tokens, j)) is not None:
        return NumberReading(value=value, low=value, next=k, ordinal=True, digits=True)
    return NumberReading(value=value, low=value, next=j, digits=True)


def _group(tokens: Sequence[Token], j: int) -> int | None:
    """Return the index of a group of three digits that goes on with the number before token `j`."""
    if j >= len(tokens):
        return None
    token = tokens[j]
    if token.kind == "number":
        fits = not token.glued and token.start - tokens[j - 1].end == 1 and len(token.norm) == 3
        return j if fits and not _date_like(tokens, j) else None
    if token.text not in _GROUPERS or not token.glued or j + 1 >= len(tokens):
        return None
    follower = tokens[j + 1]
    fits = follower.kind == "number" and follower.glued and len(follower.norm) == 3
    return j + 1 if fits else None


def _date_like(tokens: Sequence[Token], j: int) -> bool:
    """Tell whether the digits at `j` begin something of their own, such as 2.06 or 100-200."""
    return (
        j + 2 < len(tokens)
        and tokens[j + 1].text in "./-"
        and tokens[j + 1].glued
        and tokens[j + 2].glued
        and tokens[j + 2].kind == "number"
    )


def _more_digits(tokens: Sequence[Token], j: int) -> bool:
    return (
        j + 1 < len(tokens)
        and tokens[j].text in "./-"
        and tokens[j].glued
        and tokens[j + 1].kind == "number"
        and tokens[j + 1].glued
    )


def _decimal(tokens: Sequence[Token], j: int) -> tuple[float, int] | None:
    if j + 1 >= len(tokens) or tokens[j].text not in {",", "."} or not tokens[j].glued:
        return None
    follower = tokens[j + 1]
    if follower.kind != "number" or not follower.glued or not 1 <= len(follower.norm) <= 2:
        return None
    return int(follower.norm) / 10 ** len(follower.norm), j + 2


def _scale(tokens: Sequence[Token], j: int) -> tuple[int, int]:
    """Return the factor of a scale word at `j` (0: none) and the index behind it and its full stop."""
    if j >= len(tokens) or tokens[j].kind != "word":
        return 0, j
    token = tokens[j]
    if token.norm in _SCALE_MARKS:
        return (_SCALE_MARKS[token.norm], j + 1) if token.glued and token.norm != "m" else (0, j)
    kind, value = _words().get(token.norm, ("", 0))
    if kind not in {"scale", "times"} or (kind == "times" and value != 100):
        return 0, j
    behind = j + 1
    if (
        token.norm in {"тис", "тыс", "млн"}
        and behind < len(tokens)
        and tokens[behind].text == "."
        and tokens[behind].glued
    ):
        behind += 1
    return value, behind


def _below_thousand(tokens: Sequence[Token], j: int) -> tuple[int, int] | None:
    """Read "212" in "1 тис. 212"."""
    if j >= len(tokens) or tokens[j].kind != "number" or len(tokens[j].norm) > 3:
        return None
    if _date_like(tokens, j) or _ordinal_end(tokens, j + 1) is not None:
        return None
    return int(tokens[j].norm), j + 1


def _ordinal_end(tokens: Sequence[Token], j: int) -> int | None:
    if j < len(tokens) and tokens[j].text in {"-", "‑", "–"} and tokens[j].glued:
        j += 1
    if j < len(tokens) and tokens[j].kind == "word" and tokens[j].glued and _ORDINAL_END.fullmatch(tokens[j].norm):
        return j + 1
    return None


def _whole(value: float) -> int | float:
    nearest = round(value)
    return nearest if abs(value - nearest) < 1e-6 else value


def _in_words(tokens: Sequence[Token], i: int) -> NumberReading | None:
    words = _words()
    total = part = 0
    floor = 10**9
    seen = ordinal = False
    j = i
    while j < len(tokens):
        token = tokens[j]
        if token.kind == "mark" and token.text in {"-", "‑"} and seen and token.glued:
            j += 1
            continue
        if token.kind == "number" and seen and total and not part and len(token.norm) <= 3 and floor > 100:
            break
        if token.kind != "word":
            break
        if token.norm in {"and", "a"} and seen and j + 1 < len(tokens):
            kind, value = words.get(tokens[j + 1].norm, ("", 0))
            fits = (
                token.norm == "and"
                and kind in {"unit", "ten"}
                and value < floor
                and (part >= 100 or (total and not part))
            )
            if not fits:
                break
            j += 1
            continue
        kind, value = words.get(token.norm, ("", 0))
        if kind in {"unit", "ten", "hundred"} and value < floor and not ordinal:
            if kind == "unit" and value > 9 and floor <= 20:
                break
            part += value
            floor = {"unit": 1, "ten": 10, "hundred": 100}[kind] if value != 500 or kind == "hundred" else 1
        elif kind == "times" and value == 100 and 0 < part < 100 and floor <= 10:
            part *= 100
            floor = 100
        elif kind == "times" and 0 < part < 10:
            part *= value
            floor = 1
        elif kind == "times" and not seen and _singular(token.norm):
            part = value
            floor = value if value == 100 else 1
        elif kind == "scale" and (seen or _singular(token.norm)) and not ordinal and (not total or value < 10**6):
            if total and not part:
                break
            total += (part or 1) * value
            part = 0
            floor = min(value, 1000)
        elif kind == "ord" and value < floor and not ordinal:
            part += value
            ordinal = True
            seen = True
            j += 1
            break
        elif kind in {"half", "onehalf"} and not seen:
            scaled = _half(tokens, j, kind)
            return scaled
        elif kind == "zero" and not seen:
            return NumberReading(value=0, low=0, next=j + 1)
        elif kind == "both" and not seen:
            return NumberReading(value=2, low=2, next=j + 1)
        elif not seen and kind in {"vague", "scale", "times"}:
            low = {"vague": value, "scale": 2 * value, "times": 2 * value}[kind]
            return NumberReading(value=None, low=low, next=j + 1)
        else:
            break
        seen = True
        j += 1
    if not seen:
        return None
    while j > i + 1 and tokens[j - 1].kind == "mark":
        j -= 1
    value_read = total + part
    return NumberReading(value=value_read, low=value_read, next=j, ordinal=ordinal)


def _half(tokens: Sequence[Token], j: int, kind: str) -> NumberReading | None:
    """Read "пів тисячі", "half a thousand", "полтори тисячі"."""
    k = j + 1
    if k < len(tokens) and tokens[k].norm == "a":
        k += 1
    if k >= len(tokens) or tokens[k].kind != "word":
        return None
    unit, value = _words().get(tokens[k].norm, ("", 0))
    if unit not in {"scale", "times"} or value < 100:
        return None
    result = value // 2 if kind == "half" else value * 3 // 2
    return NumberReading(value=result, low=result, next=k + 1)


#: Plural scale words, which alone state no number.
_PLURALS = re.compile(
    r"(?:s|тысячи|тисячі|тысяч|тисяч|тысячам|тисячам|тысячами|тисячами|тысячах|тисячах|тыщи|тыщ|миллион\w+|мільйон\w+"
    r"|сотни|сотні|сотен|сотень|сотням|сотнями|сотнях|десятки|десятков|десятків|десяткам\w*|дюжин\w*)\Z"
)


def _singular(norm: str) -> bool:
    return not _PLURALS.fullmatch(norm) and norm not in {"hundred", "k", "тис", "тыс", "млн"}
