"""What a cumulative figure covers: its start and its as-of day; nothing for a figure of one round."""

import datetime as dt
from itertools import pairwise

from bot.language.reports.lexicon import INVASION
from bot.language.reports.parts import Figure, Reading, Span
from bot.language.reports.text import Token
from bot.language.reports.timing import days_of, is_reference

_POSSESSIVE = frozenset({"of", "від", "от"})
_STRETCHES = (
    "week", "day", "month", "year", "тиж", "дні", "днів", "місяц", "рок", "недел", "дня", "дней", "месяц", "год", "лет"
)  # fmt: skip
#: Predicates by which a side brings back its own.
_BRINGING = frozenset({"get", "swing", "free"})
_PRESENT = ("уть", "ють", "ються", "уться", "ут", "ют", "ются", "утся", "ятся")
_STARTS = ("since", "from", "с ", "з ", "від ", "із ")
_BY = frozenset({"за", "в", "у", "in", "during", "by"})
_IN = frozenset({"in", "у", "в"})
_ALL_OF = frozenset({"весь", "увесь", "цілий", "целый", "all", "whole", "entire"})
_BEHIND_NOUN = 2
_HEAD = 4
_PLURAL = ("s", "ів", "ах", "ов")
#: So many "last year" are those of the year.
_MANY = 1250
_HELD = frozenset({"captivity", "captivity.russia", "captivity.ukraine"})
#: "…, overall, 17 children": a marker and its comma.
_DASHES = frozenset({"–", "—", "-"})
_ASIDE = 2
#: "The first swap in two years" is one.
_OF_ONE = frozenset({"first.time", "superlative"})
_MARKERS = frozenset({"since.agreed", "total", "since.invasion", "since.year", "since.last_year", "period"})


def total_span(reading: Reading, figure: Figure, published: dt.date) -> Span | None:
    """Give what a cumulative figure covers; None for a figure of one round."""
    key = (figure.start, figure.kind)
    if key not in reading.spans:
        reading.spans[key] = _read_span(reading, figure, published)
    return reading.spans[key]


def _read_span(reading: Reading, figure: Figure, published: dt.date) -> Span | None:
    place = reading.figures.index(figure)
    scope = _total_scope(reading, figure)
    span = _span(reading, figure, scope, published)
    if place and (span is None or span == Span(since=None, as_of=span.as_of)) and _gapped(reading, figure):
        before = total_span(reading, reading.figures[place - 1], published)
        if span is None or (before is not None and reading.segment_tags[figure.segment].isdisjoint(_MARKERS)):
            return before
    return span


def _gapped(reading: Reading, figure: Figure) -> bool:
    """Whether a figure leans on the one before: no day of its own, "… handed over 6,060, received 78"."""
    return "day" not in reading.segment_tags[figure.segment] and not figure.further


def _span(reading: Reading, figure: Figure, scope: frozenset[str], published: dt.date) -> Span | None:
    if "since.invasion" in scope:
        return Span(since=INVASION, as_of=published)
    if "last.year" in reading.tags and figure.count >= _MANY and not any(token.day for token in reading.tokens):
        return Span(since=dt.date(published.year - 1, 1, 1), as_of=dt.date(published.year - 1, 12, 31))
    if "since.last_year" in scope and scope & {"total", "since.year", "period"}:
        return Span(since=dt.date(published.year - 1, 1, 1), as_of=dt.date(published.year - 1, 12, 31))
    if (stretch := _stretch(reading, figure)) is not None:
        return stretch
    as_of = _as_of(reading, published)
    if "since.year" in scope:
        return Span(since=dt.date(published.year, 1, 1), as_of=as_of)
    started = _started(reading, figure, published)
    if started is not None:
        return Span(since=started, as_of=as_of)
    if "since.agreed" in scope or _over_a_stretch(reading, figure):
        return Span(since=None, as_of=as_of)
    year, open_ended = _whole_year(reading, figure)
    if year is not None:
        ended = as_of if open_ended or year == published.year else dt.date(year, 12, 31)
        return Span(since=dt.date(year, 1, 1), as_of=ended)
    if "total" in scope or _until(reading, figure) or reading.of_many:
        return Span(since=INVASION if "since.invasion" in reading.tags else None, as_of=as_of)
    if figure.kind == "children" and _of_many(reading, figure):
        return Span(since=INVASION if "since.invasion" in reading.tags else None, as_of=as_of)
    return Span(since=None, as_of=as_of, loose=True) if _already(reading, figure) else None


def _already(reading: Reading, figure: Figure) -> bool:
    """Whether somebody has "already" got back so many, which no single exchange brought: not "142 are already home"."""
    verb = figure.verb
    if "already" not in reading.tags or verb is None or verb.sort not in _BRINGING or verb.index > figure.start:
        return False
    if verb.segment != figure.segment or reading.tags & {"day", "within", "noun.exchange", "batch"}:
        return False
    return any("already" in token.tags for index, token in reading.in_segment(verb.segment) if index < figure.start)


def _of_many(reading: Reading, figure: Figure) -> bool:
    """Whether children are counted among those deported, or as so many "already"."""
    before = reading.tokens[: figure.start]
    return any("deported" in token.tags for token in before) or bool(before and "already" in before[-1].tags)


def _stretch(reading: Reading, figure: Figure) -> Span | None:
    """Read "с 11 по 16 июня вернули 6060 тел": a span of days in the clause of a figure, or in one that leads it in."""
    if "day" not in reading.tags:
        return None
    for index, token in enumerate(reading.tokens):
        if token.day is None or token.day.first is None:
            continue
        segment = reading.segment_of[index]
        counted = any(one.segment == segment for one in reading.figures)
        if segment == figure.segment or (segment < figure.segment and not counted):
            return Span(since=token.day.first, as_of=token.day.date)
    return None


def _until(reading: Reading, figure: Figure) -> bool:
    """Whether a clause counts up to a day: "6,422 had been brought back up to 5 March"."""
    if "as.of" not in reading.tags:
        return False
    inside = [token for _, token in reading.in_segment(figure.segment)]
    return any("as.of" in one.tags and following.day is not None for one, following in pairwise(inside))


def _total_scope(reading: Reading, figure: Figure) -> frozenset[str]:
    """Gather the markers that reach a figure: at the sentence's head, before it in its segment, or right behind it."""
    if reading.tags.isdisjoint(_MARKERS):
        return frozenset()
    tags: set[str] = set()
    starts = [other.start for other in reading.figures]
    own_day = any(
        token.day is not None and token.day.form in ("day", "weekday")
        for _, token in reading.in_segment(figure.segment)
    )
    own_days = sum(
        token.day is not None and token.day.date is not None and reading.segment_of[index] == figure.segment
        for index, token in days_of(reading)
    ) + any(token.tags & {"same.day"} for _, token in reading.in_segment(figure.segment))
    for index, token in enumerate(reading.tokens):
        marks = token.tags & _MARKERS
        if not marks:
            continue
        segment = reading.segment_of[index]
        heads = not any(start < index and reading.segment_of[start] == segment for start in starts)
        of_day = own_days == 1 and (heads or len(starts) == 1)
        of_day = of_day or (heads and _goes_on_now(reading, figure))
        if marks == {"total"} and segment == figure.segment and (of_day or _within_one(reading, segment)):
            continue
        if marks == {"total"} and index == figure.start - 1 and {"more"} <= token.tags and "background" in reading.tags:
            continue
        before = reading.tokens[index - 1] if index else None
        if (
            before is not None
            and "noun.handover" in before.tags
            and not (before.text.isascii() and before.text.endswith("s"))
        ):
            continue
        if not reading.segment_tags[segment].isdisjoint(_OF_ONE) and not any(
            start < index and reading.segment_of[start] == segment for start in starts
        ):
            continue
        if segment == figure.segment:
            between = any(min(index, figure.start) < start < max(index, figure.start) for start in starts)
            leads = any(start > index and reading.segment_of[start] == segment for start in starts)
            reaches = index < figure.start or "total" not in marks or not (leads or between)
        else:
            trailing = segment == figure.segment + 1 and not any(
                reading.segment_of[start] == segment for start in starts
            )
            verbs = [verb for verb in reading.verbs if verb.segment == segment]
            weak = any(verb.weak for verb in verbs) or (not verbs and _only_dates(reading, segment, marks))
            told = segment == figure.segment + 1 and "relative" in reading.segment_tags[segment]
            governs = figure.verb is not None and figure.verb.segment == segment > figure.segment
            governs = governs and not any(figure.segment < reading.segment_of[start] <= segment for start in starts)
            aside = segment == figure.segment - 1 and len(reading.in_segment(segment)) <= _ASIDE and own_days != 1
            reaches = (
                aside
                or _is_that(reading, segment, figure)
                or (told and "total" not in marks)
                or governs
                or (trailing and weak)
                or (
                    segment == 0
                    and segment < figure.segment
                    and index <= 3
                    and not own_day
                    and not any(
                        one.day is not None and one.day.form == "day" and not is_reference(reading, place)
                        for place, one in enumerate(reading.tokens[index + 1 : figure.start], start=index + 1)
                        if reading.segment_of[place] > segment
                    )
                    and not reading.segment_tags[segment] & {"noun.handover", "number"}
                )
            )
        if reaches:
            tags |= marks
    return frozenset(tags)


def _only_dates(reading: Reading, segment: int, marks: frozenset[str]) -> bool:
    """Whether a clause only tells since when: "за роки, що минули від початку вторгнення", not "held since …"."""
    return "since.invasion" in marks and reading.segment_tags[segment].isdisjoint(_HELD | {"loss"})


def _is_that(reading: Reading, segment: int, figure: Figure) -> bool:
    """Whether a dash stands for "is" behind what a figure covers: "from the invasion to 1 November – 9,702 people"."""
    last = reading.in_segment(segment)[-1][1]
    return segment == figure.segment - 1 and last.text in _DASHES and not reading.verbs


def _over_a_stretch(reading: Reading, figure: Figure) -> bool:
    """Whether a figure is that of several days or weeks: "1,700 over two weeks", "за три місяці"."""
    tokens = reading.tokens
    if not reading.tags & {"period", "prep"} or "number" not in reading.tags:
        return False
    if any(token.day is not None and token.day.date is not None for _, token in reading.in_segment(figure.segment)):
        return False
    counted = {one.segment for one in reading.figures}
    for index in range(1, len(tokens) - 1):
        before = tokens[index - 1]
        if tokens[index].number is None or not ("period" in before.tags or before.text == "in"):
            continue
        segment = reading.segment_of[index - 1]
        reaches = segment == figure.segment or (segment == figure.segment - 1 and segment not in counted)
        if reaches and _is_stretch(tokens, index + 1) and reading.segment_tags[segment].isdisjoint(_OF_ONE):
            return True
    return False


def _is_stretch(tokens: list[Token], index: int) -> bool:
    """Whether days, weeks or years stand behind their number, "and a half" passed over, and nobody is held so long."""
    unit = index + ("half" in tokens[index].tags)
    if unit >= len(tokens) or not tokens[unit].text.startswith(_STRETCHES):
        return False
    return unit + 1 >= len(tokens) or "loss" not in tokens[unit + 1].tags


def _goes_on_now(reading: Reading, figure: Figure) -> bool:
    """Whether people are on their way, as no sum of the past is: "загалом додому їдуть 146 українців"."""
    verb = figure.verb
    if verb is None or verb.sort != "home" or verb.segment != figure.segment:
        return False
    text = reading.tokens[verb.index].text
    return text.endswith(_PRESENT) or text.endswith("ing home")


def _within_one(reading: Reading, segment: int) -> bool:
    """Whether "in total" sums up one exchange: "загалом у межах обміну визволили 160"."""
    inside = reading.in_segment(segment)
    return any(
        "noun.exchange" in token.tags
        and not token.text.endswith(_PLURAL)
        and any(near.tags & {"within", "day"} or near.text in _BY for _, near in inside[max(0, place - _ASIDE) : place])
        for place, (_, token) in enumerate(inside)
    ) or (
        "within" in reading.segment_tags[segment]
        and any("noun.exchange" in token.tags and not token.text.endswith(_PLURAL) for _, token in inside)
    )


def _started(reading: Reading, figure: Figure, published: dt.date) -> dt.date | None:
    """Read "since June 2", "з 1 січня", not "in captivity since May 2022"."""
    if "since" not in reading.tags:
        return None
    for index, token in enumerate(reading.tokens):
        if token.day is None or token.day.first is not None or not index:
            continue
        before = reading.tokens[index - 1]
        if "last.this" in before.tags and index > 1:
            before = reading.tokens[index - 2]
        if "since" not in before.tags:
            continue
        segment = reading.segment_of[index]
        if _since_the_last(reading, index):
            continue
        heads = index > 0 and (index == 1 or reading.segment_of[index - 2] != segment)
        if (before.text in _POSSESSIVE and not heads) or reading.segment_tags[segment] & _HELD:
            continue
        governs = figure.verb is not None and figure.verb.segment == segment
        if segment != figure.segment and not governs and not _reaches(reading, segment, figure):
            continue
        if token.day.date is not None:
            return token.day.date if token.day.date >= INVASION else None
        if token.day.form == "year" and token.day.year is not None:
            return max(INVASION, dt.date(token.day.year, 1, 1))
        if token.day.month is not None:
            start = _month_start(token.day.month, token.day.year, published)
            return INVASION if (start.year, start.month) == (INVASION.year, INVASION.month) else start
    return None


def _since_the_last(reading: Reading, index: int) -> bool:
    """Whether a start only says how long there was none: "the first swap since February", "впервые с февраля"."""
    before = [token.tags for _, token in reading.in_segment(reading.segment_of[index])]
    return any("first.time" in tags or {"superlative"} <= tags for tags in before) and "number" not in {
        tag for token in reading.tokens[max(0, index - _BEHIND_NOUN - 1) : index] for tag in token.tags
    }


def _reaches(reading: Reading, segment: int, figure: Figure) -> bool:
    """Whether a start told in a clause of its own holds for a figure behind it: "С июня, по подсчетам …, 10 тысяч"."""
    first = next((one for one in reading.figures if one.segment >= segment), None)
    opens = all(index < _HEAD for index, token in reading.in_segment(segment) if token.day is not None)
    return first is figure and figure.segment > segment and (opens or figure.segment == segment + 1)


def _month_start(month: int, year: int | None, published: dt.date) -> dt.date:
    """Give the first of a month, the latest one begun where no year is told."""
    if year is not None:
        return dt.date(year, month, 1)
    return dt.date(published.year - (month > published.month), month, 1)


def _whole_year(reading: Reading, figure: Figure) -> tuple[int | None, bool]:
    """Read "in 2025", "за 2025 рік", "since the start of 2025" near a figure, and whether it goes on till now."""
    if "day" not in reading.tags:
        return None, False
    years = [index for index, token in enumerate(reading.tokens) if token.day is not None and token.day.form == "year"]
    for index in sorted(years, key=lambda place: reading.segment_of[place] != figure.segment):
        token = reading.tokens[index]
        before = reading.tokens[index - 2 if index > 1 and reading.tokens[index - 1].text in _ALL_OF else index - 1]
        if not index or token.day is None or reading.segment_of[index] not in (figure.segment, 0):
            continue
        if before.tags & {"period", "since.start"} or before.text in _IN:
            return token.day.year, before.text.startswith(_STARTS)
    return None, False


def _is_said_on(reading: Reading, index: int) -> bool:
    """Whether a day is that of the saying: "on December 11, Lavrov claimed that since the talks …"."""
    segment = reading.segment_of[index]
    near = reading.segment_tags[segment] | reading.segment_tags[segment + 1]
    counts = any(figure.segment == segment for figure in reading.figures)
    return not counts and "speech" in near and "since" not in reading.tokens[index - 1].tags


def _as_of(reading: Reading, published: dt.date) -> dt.date | None:
    if "day" not in reading.tags:
        return published
    for index, token in enumerate(reading.tokens):
        if token.day is None or not index:
            continue
        if "as.of" in reading.tokens[index - 1].tags:
            return token.day.date
        if token.day.form == "day" and _is_said_on(reading, index):
            return token.day.date
        spoken = any("speech" in near.tags for near in reading.tokens[max(0, index - 4) : index + 4])
        if token.day.form == "month" and reading.tokens[index - 1].text in _IN and spoken:
            return None
    return published
