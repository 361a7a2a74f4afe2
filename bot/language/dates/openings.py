"""Where a period of time may begin: most words of a question begin none, and no reader need look at them twice."""

from collections.abc import Sequence

from bot.language.dates.calendar_days import is_account
from bot.language.dates.parts import numeral
from bot.language.names import Names
from bot.language.numbers import is_number_word
from bot.language.tokens import Token
from bot.language.words import Cell

#: Senses of what governs a period.
GOVERNING = frozenset(
    [
        *("p:before", "p:after", "p:between", "p:since", "p:under", "p:until", "p:to", "p:from", "p:in", "p:za"),
        *("p:po", "p:by"),
    ]
)
#: Senses of the first word of a period.
_OPENING = frozenset(
    [
        *("war", "eve", "first", "last", "entire", "agreementword", "handover", "party:ukraine", "lastweek", "yearago"),
        *("rel:past", "rel:prev", "rel:this", "rel:next", "year:prev", "year:this", "year:prevprev"),
        *("today", "yesterday", "daybefore", "tomorrow", "edge:start", "edge:mid", "edge:end"),
        *("unit:day", "unit:week", "unit:fortnight", "unit:month", "unit:quarter", "unit:halfyear", "unit:half"),
        *("unit:year", "unit:weekend", "unit:decade"),
    ]
)
#: The same with what they name behind the colon.
_OPENING_STARTS = ("month:", "monthadj:", "season:", "weekday:", "feast:")
#: Words that open a period by themselves, and signs ("'25").
_WORDS = frozenset(
    [
        *("the", "those", "these", "that", "a", "an", "one", "of", "in", "peace", "q", "h", "к", "w", "twenty"),
        *("'", "’", "-", "‑", "–", "через", "тому", "того", "той", "ту", "лета"),
        *("в день", "у день", "iso week"),
    ]
)
_WORD_STARTS = ("нов", "позаминул", "позапрошл")


def may_open(cell: Cell, tokens: Sequence[Token], names: Names) -> bool:
    """Tell whether a period may begin at a cell, its prepositions aside."""
    norm = cell.norm
    if not cell.senses.isdisjoint(_OPENING) or cell.number or norm in _WORDS:
        return True
    if cell.mark:
        return False
    if any(s.startswith(_OPENING_STARTS) for s in cell.senses):
        return True
    return (
        is_number_word(tokens[cell.start].norm)
        or names.may_begin(norm)
        or names.may_begin(tokens[cell.start].norm)
        or norm.startswith(_WORD_STARTS)
        or is_account(norm)
        or numeral(cell) is not None
    )
