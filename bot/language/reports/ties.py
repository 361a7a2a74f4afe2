"""What a report ties its round to: a named agreement, the number of the exchange."""

import datetime as dt
import re
from collections.abc import Sequence

from bot.domain.rounds import Agreement
from bot.language.reports.lexicon import normal
from bot.language.reports.story import Story

_ORDINAL = re.compile(r"(\d{2,3})(?:-?(?:st|nd|rd|th)|-(?:й|ий|го|ого|му|м|ым|ом|та|а|я))$")
#: Exchanges are numbered through the war; a small number is one of a year or a mediator.
_FIRST_NUMBERED = 30


def find_agreement(story: Story, agreements: Sequence[Agreement]) -> str | None:
    """Give the agreement under which the news says it happened; of several names the longest, of those the newest."""
    told = [
        normal(reading.sentence.raw)
        for reading, past in zip(story.readings, story.background, strict=True)
        if not past and "within" in reading.tags
    ]
    found: list[tuple[int, dt.date, str]] = []
    for agreement in agreements:
        if not told or agreement.date > story.news_date:
            continue
        for name in map(normal, agreement.names.get(story.lexicon.language, ())):
            if any(name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for text in told):
                found.append((len(name), agreement.date, agreement.id))
    return max(found)[2] if found else None


def find_ordinal(story: Story) -> int | None:
    """Give the number of the exchange in the news, as in "the 69th exchange"."""
    for place, reading in enumerate(story.readings):
        if story.background[place]:
            continue
        tokens = reading.sentence.tokens
        for index, token in enumerate(tokens):
            numbered = _ORDINAL.match(token.text) if token.text[0].isdecimal() else None
            if numbered is None or int(numbered[1]) < _FIRST_NUMBERED:
                continue
            if any("noun.handover" in after.tags for after in tokens[index + 1 : index + 4]):
                return int(numbered[1])
    return None
