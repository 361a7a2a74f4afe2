"""An article as a whole: its sentences, what is background in it, what each sentence is about, who speaks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.claims import Kind, Recipient
from bot.language.reports.lexicon import Lexicon
from bot.language.reports.parts import Reading
from bot.language.reports.speakers import Speaker, find_speakers
from bot.language.reports.timing import find_news_date

_OPENING = 3
_PAST = frozenset({"background.strong", "said.before"})
_BULLETS = frozenset({"•", "▪", "–", "—", "-", "*", "·", "●", "▫", "◾"})
_FRONT = 2
_LATELY = frozenset({"today", "weekday", "day"})
_CAPTIVES = frozenset({"kind.prisoners", "captivity", "captivity.russia", "captivity.ukraine"})
_CAPTIVE = frozenset(
    {
        "kind.prisoners",
        "kind.remains",
        "captivity",
        "captivity.russia",
        "captivity.ukraine",
        "noun.exchange",
        "verb.swap",
    }
)


@dataclass(slots=True, kw_only=True)
class Story:
    """All sentences of an article, read, with what they have in common."""

    readings: list[Reading]
    lexicon: Lexicon
    published: dt.date
    #: Whose channel it is, where the publisher is a claimant.
    voice: Speaker | None = None
    #: Whose outlet it is, where it is known for one side: who "we" and "home" are, and never whose figure it is.
    side: Recipient | None = None
    #: By sentence: it tells of the past.
    background: list[bool] = field(default_factory=list)
    #: By sentence: what it is about where it does not say.
    kinds: list[Kind] = field(default_factory=list)
    speakers: list[list[Speaker]] = field(default_factory=list)
    #: Day of the handover in the news.
    news_date: dt.date = dt.date.min
    #: The news date stands in the text.
    dated: bool = False


def tell_story(
    readings: list[Reading],
    lexicon: Lexicon,
    published: dt.date,
    *,
    voice: Speaker | None = None,
    side: Recipient | None = None,
) -> Story:
    """Work out what the sentences have in common."""
    story = Story(readings=readings, lexicon=lexicon, published=published, voice=voice, side=side)
    story.background = _backgrounds(readings)
    story.kinds = _kinds(readings)
    story.speakers = _speakers(readings, lexicon)
    story.news_date, story.dated = find_news_date(readings, story.background, published)
    return story


def _backgrounds(readings: Sequence[Reading]) -> list[bool]:
    """Mark the sentences that tell of the past: "recall", "earlier", "the last exchange", and what follows them."""
    marks: list[bool] = []
    paragraph, past, listed = -1, False, False
    for place, reading in enumerate(readings):
        if reading.paragraph != paragraph:
            listed = is_item(reading) and (listed or past or (place > 0 and _heads_past(readings[place - 1])))
            paragraph, past = reading.paragraph, listed or (place > 0 and _names_past(readings[place - 1]))
        opening = reading.tokens[:_OPENING]
        lead = reading.paragraph == 0 or (reading.paragraph == 1 and reading.sentence.position == 0)
        if (
            (any(token.tags & _PAST for token in opening) and reading.paragraph > 0)
            or ("then" in reading.tags and reading.sentence.position > 0 and not _goes_on(readings, place, past))
            or ("background" in reading.tags and not lead and not _today(reading))
        ):
            past = True
        elif past and _today(reading):
            past = False
        marks.append(past)
    return marks


def _goes_on(readings: Sequence[Reading], place: int, past: bool) -> bool:
    """Whether "then" is the exchange of the sentence before, which is the news: "в учорашньому обміні. Тоді …"."""
    before = readings[place - 1]
    lately = any(token.day is not None and token.day.form in _LATELY for token in before.tokens)
    return not past and before.happened and lately and not before.figures


def is_item(reading: Reading) -> bool:
    """Whether a paragraph is one of a list: "• 6 травня – 205 осіб"."""
    return reading.tokens[0].text in _BULLETS and reading.paragraph > 0


def _heads_past(reading: Reading) -> bool:
    """Whether a line announces a list of what was before: "Попередні обміни 2025 року:"."""
    return reading.tokens[-1].text == ":" and "background" in reading.tags


def _names_past(reading: Reading) -> bool:
    """Whether a line is the heading of a part about the past: "Контекст", "Background"."""
    short = len(reading.tokens) <= _FRONT and not reading.figures and reading.paragraph > 0
    return short and "background.strong" in reading.tags


def _today(reading: Reading) -> bool:
    return any(token.day is not None and token.day.form == "today" for token in reading.tokens)


def sentence_kind(reading: Reading) -> Kind | None:
    """Tell what a sentence is about by its own words."""
    tags = reading.tags
    if "kind.children" in tags and not tags & {"kind.remains", "subset"}:
        return "children"
    if "kind.remains" in tags:
        return "remains"
    if tags & {"kind.prisoners", "captivity", "captivity.russia", "captivity.ukraine", "noun.exchange", "verb.swap"}:
        return "prisoners"
    return None


def _only_civilians(readings: Sequence[Reading]) -> bool:
    """Whether the title counts civilians alone, or the front knows of no captives and no bodies."""
    people = [figure for reading in readings if reading.paragraph == 0 for figure in reading.figures]
    soldiers = any("soldier" in reading.tags for reading in readings if reading.paragraph == 0)
    if people and not soldiers and all("civilian" in figure.tags for figure in people):
        return True
    front = [figure for reading in readings if reading.paragraph <= 1 for figure in reading.figures]
    if any(one.pair is not None for one in front) and any(one.extra for one in front):
        return False
    if any("soldier" in reading.tags for reading in readings if reading.paragraph <= 1):
        return False
    civilian = any("kind.civilians" in reading.tags for reading in readings if reading.paragraph <= 1)
    return civilian and not any(reading.tags & _CAPTIVE for reading in readings if reading.paragraph <= _FRONT)


def _kinds(readings: Sequence[Reading]) -> list[Kind]:
    found = [kind for reading in readings if (kind := sentence_kind(reading)) is not None]
    topic: Kind = found[0] if found else "prisoners"
    if _only_civilians(readings):
        topic = "civilians"
    kinds: list[Kind] = []
    paragraph, current, counted = -1, topic, topic
    captives = any(reading.tags & _CAPTIVES for reading in readings if reading.paragraph <= _FRONT)
    for reading in readings:
        if reading.paragraph != paragraph:
            paragraph, current = reading.paragraph, counted
        told = sentence_kind(reading)
        kept = topic == "civilians" or (topic == "remains" and not captives)
        if (
            kept
            and told == "prisoners"
            and not reading.tags
            & _CAPTIVES
            - ({"captivity", "captivity.russia", "captivity.ukraine"} if topic == "civilians" else frozenset())
        ):
            told = None
        current = told or current
        if reading.figures and reading.happened:
            counted = current
        kinds.append(current)
    return kinds


def _speakers(readings: Sequence[Reading], lexicon: Lexicon) -> list[list[Speaker]]:
    """Find each sentence's speakers; "he added" is the one who spoke before."""
    found: list[list[Speaker]] = []
    last: list[Speaker] = []
    for reading in readings:
        speakers = find_speakers(reading, lexicon, last)
        if "belong" in reading.tags and not reading.figures:
            speakers = [one for one in speakers if one.party != "russia"]
        last = speakers or last
        found.append(speakers)
    return found
