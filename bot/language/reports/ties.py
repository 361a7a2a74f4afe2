"""What a report ties its round to: a named agreement, the number of the exchange."""

import datetime as dt
import re
from collections.abc import Sequence

from bot.domain.articles import Article
from bot.domain.rounds import Agreement
from bot.language.reports.lexicon import normal
from bot.language.reports.story import Story

_ORDINAL = re.compile(r"(\d{2,3})(?:-?(?:st|nd|rd|th)|-(?:й|ий|го|ого|му|м|ым|ом|та|а|я))$")
#: Exchanges are numbered through the war; a small number is one of a year or a mediator.
_FIRST_NUMBERED = 30


def find_agreement(article: Article, agreements: Sequence[Agreement], *, language: str, date: dt.date) -> str | None:
    """Give the agreement that the text names; of several names the longest, of several agreements the newest."""
    text = normal(f"{article.title}\n{article.text}")
    found: list[tuple[int, dt.date, str]] = []
    for agreement in agreements:
        if agreement.date > date:
            continue
        for name in agreement.names.get(language, ()):
            if re.search(rf"(?<!\w){re.escape(normal(name))}(?!\w)", text):
                found.append((len(name), agreement.date, agreement.id))
    return max(found)[2] if found else None


def find_ordinal(story: Story) -> int | None:
    """Give the number of the exchange in the news, as in "the 69th exchange"."""
    for place, reading in enumerate(story.readings):
        if story.background[place]:
            continue
        tokens = reading.sentence.tokens
        for index, token in enumerate(tokens):
            numbered = _ORDINAL.match(token.text)
            if numbered is None or int(numbered[1]) < _FIRST_NUMBERED:
                continue
            if any("noun.handover" in after.tags for after in tokens[index + 1 : index + 4]):
                return int(numbered[1])
    return None
