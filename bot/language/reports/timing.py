"""On which day a handover was: that of the news, and that of a figure."""

import datetime as dt
from collections.abc import Sequence

from bot.language.reports.days import Day
from bot.language.reports.parts import Figure, Reading
from bot.language.reports.text import Token

#: Paragraphs in which the day of the news is looked for.
_FRONT = 3
#: A day in the lead further back than this is not the day of the news.
#: Words from a day to the address of that day.
_BEFORE_ADDRESS = 3
_STALE = dt.timedelta(days=20)
#: A report comes so soon after what it reports.
_LATELY = dt.timedelta(days=2)
_COUNTED_FROM = frozenset(
    {"since", "until", "від", "з", "із", "с", "от", "со", "to", "before", "до", "after", "після", "после", "between"}
)
_POSSESSIVE = frozenset({"of", "від", "от"})
_THE = frozenset({"the", "this", "цей", "этот"})
_BEHIND_NOUN = 2
_ROUNDED = 20


def days_of(reading: Reading) -> list[tuple[int, Token]]:
    """Give the days on which a sentence says things happen, not those that are counted from."""
    if "day" not in reading.tags:
        return []
    if reading.days is None:
        reading.days = [
            (index, token)
            for index, token in enumerate(reading.tokens)
            if token.day is not None and not is_reference(reading, index)
        ]
    return reading.days


def is_reference(reading: Reading, index: int) -> bool:
    before = reading.tokens[index - 1] if index else None
    if before is not None:
        if before.text in _POSSESSIVE:
            return not (index > 1 and "noun.handover" in reading.tokens[index - 2].tags)
        if "since" in before.tags or "as.of" in before.tags or before.text in _COUNTED_FROM:
            return not _behind_exchange(reading, index)
    segment = reading.segment_of[index]
    tags = reading.segment_tags[segment]
    if {"relative", "begun"} <= tags and (day := reading.tokens[index].day) is not None and day.form != "today":
        return True
    told = "happened" in tags or any(verb.segment == segment for verb in reading.verbs)
    planned = any(verb.segment == segment and verb.mood == "planned" for verb in reading.verbs)
    return planned or (bool(tags & {"agree.ref", "captivity"}) and not told)


def _day_of_address(readings: Sequence[Reading], background: Sequence[bool], published: dt.date) -> dt.date | None:
    """Give the day of an address of late, by which the news was known: "said in his Wednesday night address"."""
    for reading, past in zip(readings, background, strict=True):
        if past or "address" not in reading.tags:
            continue
        for place, token in enumerate(reading.tokens):
            near = reading.tokens[max(0, place - _BEFORE_ADDRESS) : place]
            for one in near if "address" in token.tags else ():
                day = one.day.date if one.day is not None else None
                if day is not None and dt.timedelta(0) <= published - day <= _LATELY:
                    return day
    return None


def day_told_of(reading: Reading) -> dt.date | None:
    """Give the day of a sentence that only dates what was told: "The reunion took place a day earlier"."""
    named = any("noun.handover" in token.tags for token in reading.tokens[:_BEHIND_NOUN])
    days = [token.day.date for token in reading.tokens if token.day is not None]
    if not named or reading.figures or len(days) != 1 or reading.tags.isdisjoint({"happened"}):
        return None
    return days[0] if reading.tags.isdisjoint({"background", "superlative", "not", "plan", "cond"}) else None


def _behind_exchange(reading: Reading, index: int) -> bool:
    """Whether people are home behind the exchange of a day: "home after Friday's swap", not "another after it"."""
    behind = reading.tokens[index + 1].tags if index + 1 < len(reading.tokens) else frozenset[str]()
    after = "after" in reading.tokens[index - 1].tags and "noun.exchange" in behind
    return after and bool(reading.figures) and "further" not in reading.tags


def find_news_date(readings: Sequence[Reading], background: Sequence[bool], published: dt.date) -> tuple[dt.date, bool]:
    """Find the day of the news, and whether the text tells it: the first paragraph that names one decides."""
    titled = [one for reading in readings if reading.paragraph == 0 for one in reading.figures if one.mood == "done"]
    counted = False
    for reading, past in zip(readings, background, strict=True):
        day = day_told_of(reading) if 0 < reading.paragraph <= _FRONT and not past else None
        if day is not None and dt.timedelta(0) <= published - day <= _STALE:
            return day, True
    for front in range(_FRONT + 1):
        inside = [
            reading
            for reading, past in zip(readings, background, strict=True)
            if reading.paragraph == front and not past
        ]
        for handing in (True, False):
            telling = [one for one in inside if handing == _hands_over(one)]
            found = [
                token.day
                for place, reading in enumerate(telling)
                for index, token in days_of(reading)
                if not (handing and _of_others(reading, index, titled))
                if _names_the_day(reading, index)
                or not (handing and reading.figures and front and (counted or (place and telling[0].figures)))
                if token.day is not None and token.day.date is not None
            ]
            near = [day for day in found if day.date is not None and published - day.date <= _STALE]
            if front == _FRONT and not any("happened" in reading.tags for reading in inside):
                near = []
            if not handing:
                near = [day for day in near if _is_the_day(day, inside, front, published)]
            precise = [day for day in near if day.form != "weekday"] or near
            precise = [day for day in precise if day.form == "today"] or precise
            if precise and precise[0].date is not None:
                return precise[0].date, True
        counted = counted or (front > 0 and any(one.happened and one.figures for one in inside))
    spoken = _day_of_address(readings, background, published)
    return (spoken, True) if spoken is not None else (published, False)


def _hands_over(reading: Reading) -> bool:
    """Whether a sentence tells of a handover, a title also in passing: "five who came home on Friday"."""
    if reading.happened or "happened" in reading.tags or any(figure.among for figure in reading.figures):
        return True
    told = {verb.segment for verb in reading.verbs if verb.mood == "done" and not verb.weak}
    return reading.paragraph == 0 and any(reading.segment_of[index] in told for index, _ in days_of(reading))


def _is_the_day(day: Day, inside: Sequence[Reading], front: int, published: dt.date) -> bool:
    """Whether a day that no handover is told on is still its day: named in the lead, of late, before the handover."""
    if front > 1 or day.date is None:
        return False
    if day.form in ("today", "weekday"):
        return True
    opens = not inside[0].happened and any(one.happened and (one.figures or inside[0].figures) for one in inside[1:])
    return bool(front) and opens and dt.timedelta(0) <= published - day.date <= _LATELY


def _of_others(reading: Reading, index: int, titled: Sequence[Figure]) -> bool:
    """Whether a calendar day stands beside a figure of its kind that the title's news does not know."""
    day, segment = reading.tokens[index].day, reading.segment_of[index]
    beside = [one for one in reading.figures if one.segment == segment and not one.both]
    if day is None or day.form != "day" or reading.paragraph == 0 or not beside or len(titled) != 1:
        return False
    news = titled[0]
    apart = all(one.kind == news.kind and one.recipient == news.recipient for one in beside)
    near = any(abs(one.count - news.count) * _ROUNDED <= news.count for one in beside) and news.qualifier != "exact"
    return apart and not near and not news.both and all(one.count != news.count for one in reading.figures)


def _names_the_day(reading: Reading, index: int) -> bool:
    """Whether a day is that of "the exchange on Saturday", told of as known, in a clause without a figure."""
    after = reading.tokens[index + 1].tags if index + 1 < len(reading.tokens) else frozenset[str]()
    if index == 0 and reading.paragraph > 0 and "noun.handover" in after:
        return True
    if index < _BEHIND_NOUN or reading.paragraph == 0:
        return False
    segment = reading.segment_of[index]
    before = reading.tokens[index - 1 - ("prep" in reading.tokens[index - 1].tags)]
    opening = reading.in_segment(segment)[:_BEHIND_NOUN]
    definite = any(token.text in _THE or "noun.handover" in token.tags for _, token in opening)
    counts = any(figure.segment == segment for figure in reading.figures)
    return "noun.handover" in before.tags and definite and not counts


def figure_day(reading: Reading, figure: Figure) -> tuple[dt.date | None, bool]:
    """Find the day that a sentence gives a figure, and whether it gives one at all ("in August" gives None, told)."""
    days = days_of(reading)
    if not days:
        return None, False
    paired = _paired_day(reading, figure, days)
    if paired is not None:
        return paired, True

    def distance(one: tuple[int, Token]) -> tuple[int, int, int]:
        index, token = one
        gap = abs(reading.segment_of[index] - figure.segment)
        weekday = token.day is not None and token.day.form == "weekday"
        return gap, weekday, abs(index - figure.start) + (3 if index > figure.start else 0)

    chosen = min(days, key=distance)[1].day
    if chosen is not None and chosen.form == "weekday":
        exact = [token.day for _, token in days if token.day is not None and token.day.form == "day"]
        chosen = exact[0] if exact else chosen
    return (chosen.date, True) if chosen is not None else (None, False)


def _paired_day(reading: Reading, figure: Figure, days: Sequence[tuple[int, Token]]) -> dt.date | None:
    """Read "1,212 on June 11 and 1,200 on June 13": as many days as figures in a segment stand in their order."""
    inside = [token.day for index, token in days if reading.segment_of[index] == figure.segment]
    figures = [one for one in reading.figures if one.segment == figure.segment]
    if "respectively" in reading.tags:
        inside, figures = [token.day for _, token in days], reading.figures
    if len(inside) < 2 or len(inside) != len(figures):
        return None
    day = inside[figures.index(figure)]
    return day.date if day is not None else None
