"""Days as reports write them, counted from the day of publication: "on Monday", "20 листопада", "с 11 по 16 июня"."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from bot.language.reports.lexicon import Lexicon

_NUMERIC_DAY = re.compile(r"(\d{1,2})\.(\d{2})\.(\d{4}|\d{2})$")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_ORDINAL_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-го|-е|-ого|-му)?$")
_DAY_OF_MONTH = frozenset({"числа", "числі", "число"})
_LAST_DAY = 31
_LAST_YEAR = {("last", "year"), ("минулого", "року"), ("прошлого", "года")}
_YEAR_ENDING = re.compile(r"(?<=\d{4})-(?:го|му|й|м|ом|ого|ому|х)$")
_YEAR_WORDS = frozenset({"року", "рік", "році", "году", "года", "год", "р", "г", "рр", "гг", "y"})
_NO_FEAST = frozenset(
    {
        "party",
        "verb",
        "sides",
        "to",
        "from",
        "claimant",
        "noun",
        "kind",
        "person",
        "amb",
        "nat",
        "speech",
        "prep",
        "more",
        "happened",
    }
)
_LIST_MARKS = frozenset({",", "and", "та", "і", "й", "и"})
#: What opens a span of days, "from 11 to 16 June", and what stands between its two.
_SPAN_OPENS = frozenset({"from", "between", "з", "із", "від", "с", "со", "между", "між"})
_SPAN_LINKS = frozenset({"to", "through", "till", "until", "and", "до", "по", "та", "і", "й", "и", "–", "—", "-"})
_JOINED_DAYS = re.compile(r"(\d{1,2})[-–—](\d{1,2})$")
#: A written day this far after publication is a day to come, a later one belongs to the year before.
_AHEAD = dt.timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the text; `date` is None where only a month, a year or "last week" is told."""

    date: dt.date | None
    end: int
    #: "day", "weekday", "today", "month", "year", "vague".
    form: str = "day"
    year: int | None = None
    month: int | None = None
    #: Of a span the first day, `date` being its last.
    first: dt.date | None = None


def _safe(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _in_nearest_year(month: int, day: int, published: dt.date) -> dt.date | None:
    same_year = _safe(published.year, month, day)
    if same_year is None:
        return _safe(published.year - 1, month, day)
    if same_year - published > _AHEAD:
        return _safe(published.year - 1, month, day)
    following = _safe(published.year + 1, month, day)
    if following is not None and following - published <= dt.timedelta(days=7):
        return following
    return same_year


def _year_at(words: list[str], position: int) -> tuple[int | None, int]:
    """Read a year, a comma and the word "year" around it passed over."""
    start = position
    if position < len(words) and words[position] == ",":
        position += 1
    digits = _YEAR_ENDING.sub("", words[position]) if position < len(words) else ""
    if len(digits) == 4 and digits.isdecimal():
        year = int(digits)
        if 1990 <= year <= 2100:
            position += 1
            if position < len(words) and words[position] in _YEAR_WORDS:
                position += 1
                if position < len(words) and words[position] == "." and len(words[position - 1]) == 1:
                    position += 1
            return year, position
    return None, start


def _day_number(word: str) -> int | None:
    digits = word[:-2] if word[-2:] in ("st", "nd", "rd", "th") else word
    if digits.isdecimal() and len(digits) <= 2 and 1 <= int(digits) <= 31:
        return int(digits)
    return None


def _calendar_day(words: list[str], position: int, lexicon: Lexicon, published: dt.date) -> Day | None:
    word = words[position]
    day = _day_number(word)
    month: int | None = None
    end = position + 1
    if day is not None:
        if end < len(words) and words[end] == "of":
            end += 1
        month = lexicon.months.get(words[end]) if end < len(words) else None
        end += 1
    elif (month := lexicon.months.get(word)) is not None:
        if end < len(words) and words[end] == "." and lexicon.language == "en":
            end += 1
        if lexicon.language == "en" and end < len(words):
            day = _day_number(words[end])
            end += day is not None
    if month is None:
        return None
    year, end = _year_at(words, end)
    if year is None and tuple(words[end : end + 2]) in _LAST_YEAR:
        year, end = published.year - 1, end + 2
    if day is None:
        if lexicon.language == "en" and word in ("may", "march", "mar", "sun", "sat") and year is None:
            before = words[position - 1] if position else ""
            if before not in ("in", "since", "last", "this", "early", "late", "mid", "of", "from", "until"):
                return None
        return Day(None, end, "month", year, month)
    date = _safe(year, month, day) if year is not None else _in_nearest_year(month, day, published)
    return Day(date, end, "day", year)


def read_day(words: list[str], position: int, lexicon: Lexicon, published: dt.date) -> Day | None:
    """Read the day that begins at a word, or the span of days."""
    return _span(words, position, lexicon, published) or _one_day(words, position, lexicon, published)


def _span(words: list[str], position: int, lexicon: Lexicon, published: dt.date) -> Day | None:
    """Read "с 11 по 16 июня", "between June 11 and 16", "11–16 June"."""
    word = words[position]
    if not word[0].isdecimal() and word not in lexicon.months:
        return None
    month_first = word in lexicon.months
    joined = _JOINED_DAYS.match(words[position + 1] if month_first and position + 1 < len(words) else word)
    if joined is not None:
        written = [word, joined[2]] if month_first else [joined[2]]
        last = _calendar_day([*written, *words[position + len(written) :]], 0, lexicon, published)
        return _between(int(joined[1]), last, position + last.end) if last is not None else None
    if position == 0 or words[position - 1] not in _SPAN_OPENS:
        return None
    begins = _calendar_day(words, position, lexicon, published)
    behind = begins.end if begins is not None else position + 1
    if behind + 1 >= len(words) or words[behind] not in _SPAN_LINKS:
        return None
    last = _calendar_day(words, behind + 1, lexicon, published)
    if last is None and month_first and _day_number(words[behind + 1]):
        written = [word, *words[behind + 1 :]]
        last = _calendar_day(written, 0, lexicon, published)
        last = replace(last, end=last.end + behind) if last is not None else None
    if last is None:
        return None
    if begins is None:
        day = _day_number(word)
        return _between(day, last, last.end) if day is not None else None
    return replace(last, first=begins.date) if begins.date is not None and last.date is not None else None


def _between(day: int, last: Day, end: int) -> Day | None:
    """Give the span from a day of a month to a later one of the same month."""
    first = _safe(last.date.year, last.date.month, day) if last.date is not None else None
    return replace(last, end=end, first=first) if first is not None and last.date and first < last.date else None


def _one_day(words: list[str], position: int, lexicon: Lexicon, published: dt.date) -> Day | None:
    """Read a single day, month or year."""
    word = words[position]
    first = word[0]
    if first.isdecimal():
        if (numeric := _NUMERIC_DAY.match(word)) is not None:
            year = int(numeric[3]) + (2000 if len(numeric[3]) == 2 else 0)
            return Day(_safe(year, int(numeric[2]), int(numeric[1])), position + 1)
        if (iso := _ISO_DAY.match(word)) is not None:
            return Day(_safe(int(iso[1]), int(iso[2]), int(iso[3])), position + 1)
        if len(word) in (4, 6, 7) and (year_end := _year_at(words, position))[0] is not None:
            return _bare_year(words, position, year_end, lexicon)
        return (
            _calendar_day(words, position, lexicon, published)
            or _day_of_month(words, position, lexicon, published)
            or _listed_day(words, position, lexicon, published)
            or _days_ago(words, position, lexicon, published)
        )
    if word in lexicon.months:
        return _calendar_day(words, position, lexicon, published)
    if (ago := _days_ago(words, position, lexicon, published)) is not None:
        return ago
    if (weekday := lexicon.weekdays.get(word.removesuffix("'s"))) is not None:
        return Day(published - dt.timedelta(days=(published.weekday() - weekday) % 7), position + 1, "weekday")
    if (offset := lexicon.relative_days.get(word)) is None and word.endswith("'s"):
        following = [tag for near in words[position + 1 : position + 3] for tag in lexicon.word(near).tags]
        offset = lexicon.relative_days.get(word[:-2]) if "noun.handover" in following else None
    if offset is not None:
        if word in lexicon.eve_words and _names_feast(words, position + 1, lexicon):
            return None
        return Day(published + dt.timedelta(days=offset), position + 1, "today" if offset == 0 else "day")
    return None


def _day_of_month(words: list[str], position: int, lexicon: Lexicon, published: dt.date) -> Day | None:
    """Read "on the 11th", "11-го числа": the latest such day, where no month is told and no exchange is counted."""
    found = _ORDINAL_DAY.match(words[position])
    if found is None or not 1 <= int(found[1]) <= _LAST_DAY:
        return None
    after = words[position + 1] if position + 1 < len(words) else ""
    if after in _DAY_OF_MONTH:
        end = position + 2
    elif words[max(0, position - 2) : position] == ["on", "the"] and not _counts(words, position + 1, lexicon):
        end = position + 1
    else:
        return None
    month = published.replace(day=1)
    for _ in range(2):
        date = _safe(month.year, month.month, int(found[1]))
        if date is not None and date <= published:
            return Day(date, end)
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return None


def _counts(words: list[str], position: int, lexicon: Lexicon) -> bool:
    """Whether an ordinal numbers what follows: "the 67th exchange", "the 11th day"."""
    if position >= len(words):
        return False
    tags = lexicon.word(words[position]).tags
    return bool(tags & {"noun.handover", "stage", "batch", "day.word", "kind.prisoners"}) or words[position] == "of"


def _listed_day(words: list[str], position: int, lexicon: Lexicon, published: dt.date) -> Day | None:
    """Read the 13 of "13, 14 and 15 June"."""
    day = _day_number(words[position])
    if day is None or position + 2 >= len(words) or words[position + 1] not in _LIST_MARKS:
        return None
    following = position + 2
    while following + 1 < len(words) and (_day_number(words[following]) or words[following] in _LIST_MARKS):
        last = _calendar_day(words, following, lexicon, published)
        if last is not None:
            if last.date is None or last.form != "day":
                return None
            return Day(_safe(last.date.year, last.date.month, day), position + 1)
        following += 1
    return None


def _days_ago(words: list[str], position: int, lexicon: Lexicon, published: dt.date) -> Day | None:
    """Read "two days earlier", "три дня назад", counted from publication."""
    if position + 2 >= len(words) or words[position + 1] not in lexicon.day_words:
        return None
    if words[position + 2] not in lexicon.ago_words:
        return None
    number = (
        1
        if words[position] == "a"
        else lexicon.numerals.get(words[position]) or (int(words[position]) if words[position].isdecimal() else None)
    )
    if number is None or not 1 <= number <= 30:
        return None
    return Day(published - dt.timedelta(days=int(number)), position + 3)


def _names_feast(words: list[str], position: int, lexicon: Lexicon) -> bool:
    """Whether "the day before" is that of a feast or a summit: what follows does not belong to a handover."""
    if position >= len(words) or not words[position][0].isalpha() or words[position] in lexicon.months:
        return False
    return not any(tag.split(".")[0] in _NO_FEAST for tag in lexicon.word(words[position]).tags)


def _bare_year(words: list[str], position: int, year_end: tuple[int | None, int], lexicon: Lexicon) -> Day | None:
    """Tell a year from a count of four digits: by the word "year", or by the preposition before it."""
    year, end = year_end
    if year is None or not 2000 <= year <= 2035:
        return None
    told = words[end - 1] in _YEAR_WORDS or words[end - 1] == "."
    before = words[position - 1] if position else ""
    after = words[end] if end < len(words) else ""
    told = told or not words[position].isdecimal()
    if told or before in (
        "in",
        "of",
        "since",
        "during",
        "throughout",
        "early",
        "late",
        "протягом",
        "упродовж",
        "з",
        "із",
        "від",
        "у",
        "в",
        "с",
        "от",
        "до",
    ):
        return Day(None, end, "year", year)
    if before in ("за", "during", "for", "from") and after in ("", ".", ",", ")", "–", "—", ":"):
        return Day(None, end, "year", year)
    if len(after) > 1 and after[0] == "-":
        return Day(None, end, "year", year)
    return None
