"""Days and follow-ups: what the bot writes is read back, bounds never cross, an edit said twice is said once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger import Ledger
from bot.domain.queries import Query, Span
from bot.domain.replies import Choice, Lang, Reading, Refusal, Turn, Understanding
from bot.domain.rounds import Agreement
from bot.language.dates.steps import around, neighbour
from bot.language.reader import read_question
from bot.language.slots import read_frame
from bot.language.words import spell
from bot.rendering.periods import period, period_in

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 25, 12, tzinfo=KYIV)
TODAY = NOW.date()
LANGS: tuple[Lang, ...] = ("en", "uk", "ru")
BODIES = {"en": "bodies", "uk": "тіла", "ru": "тела"}
LEDGER = Ledger(
    version=1,
    agreements=[
        Agreement(id="istanbul", date=dt.date(2025, 6, 2), place="Istanbul", names={"en": ("Istanbul",)}),
        Agreement(id="abu-dhabi", date=dt.date(2026, 2, 5), place="Abu Dhabi", names={"en": ("Abu Dhabi",)}),
    ],
    rounds=[],
    claims=[],
)
DAYS = st.dates(dt.date(2022, 1, 1), TODAY)


def read(text: str, previous: Query | None = None) -> Understanding:
    turn = Turn(query=previous, lang="en", at=NOW) if previous else None
    return read_question(text, ledger=LEDGER, now=NOW, timezone=KYIV, lang=None, previous=turn)


def span(text: str, previous: Query | None = None) -> Span:
    found = read(text, previous)
    assert isinstance(found, Reading), (text, found)
    return found.query.span


def days(span: Span) -> Span:
    """Return a span with what is not yet over open, as an answer is."""
    return Span(since=span.since, until=span.until if span.until and span.until < TODAY else None)


@given(a=DAYS, b=DAYS, lang=st.sampled_from(LANGS))
def test_a_span_that_the_bot_writes_is_read_back(a: dt.date, b: dt.date, lang: Lang) -> None:
    told = Span(since=min(a, b), until=max(a, b))
    for written in (period(lang, told, today=TODAY), period_in(lang, told, today=TODAY)):
        assert days(span(f"{BODIES[lang]} {written}")) == days(told), written


@given(day=DAYS, lang=st.sampled_from(LANGS))
def test_an_open_span_that_the_bot_writes_is_read_back(day: dt.date, lang: Lang) -> None:
    for told in (Span(since=day), Span(until=day)):
        for written in (period(lang, told, today=TODAY), period_in(lang, told, today=TODAY)):
            assert days(span(f"{BODIES[lang]} {written}")) == days(told), written


@given(year=st.integers(2022, 2025), first=st.integers(1, 12), last=st.integers(1, 12), lang=st.sampled_from(LANGS))
def test_whole_months_that_the_bot_writes_are_read_back(year: int, first: int, last: int, lang: Lang) -> None:
    first, last = min(first, last), max(first, last)
    after = dt.date(year + last // 12, last % 12 + 1, 1)
    told = Span(since=dt.date(year, first, 1), until=after - dt.timedelta(days=1))
    for written in (period(lang, told, today=TODAY), period_in(lang, told, today=TODAY)):
        assert span(f"{BODIES[lang]} {written}") == told, written


WORDS = [
    "from",
    "until",
    "before",
    "after",
    "between",
    "and",
    "to",
    "since",
    "the",
    "of",
    "in",
    "on",
    "last",
    "first",
    "this",
    "that",
    "next",
    "year",
    "month",
    "week",
    "day",
    "half",
    "quarter",
    "June",
    "10",
    "20",
    "2025",
    "2024",
    "12th",
    "start",
    "end",
    "ago",
    "earlier",
    "later",
    "Istanbul",
    "same",
    "Tuesday",
    "a",
    "not",
    "versus",
    "compare",
    "bodies",
    "з",
    "по",
    "до",
    "після",
    "між",
    "і",
    "за",
    "на",
    "минулого",
    "року",
    "місяця",
    "тижня",
    "початку",
    "кінця",
    "червня",
    "п'ятницю",
    "того",
    "ж",
    "дня",
    "рік",
    "тому",
    "раніше",
    "тіла",
    "с",
    "к",
    "после",
    "между",
    "и",
    "прошлой",
    "недели",
    "начала",
    "конца",
    "июня",
    "назад",
    "вторника",
    "тот",
    "же",
    "день",
    "позже",
    "через",
    "год",
    "тела",
    "5-го",
    "20-е",
    "31",
    ",",
    "-",
    ".",
]


def crossed(understanding: Understanding) -> bool:
    readings = understanding.readings if isinstance(understanding, Choice) else (understanding,)
    spans = [s for r in readings if isinstance(r, Reading) for s in (r.query.span, r.query.versus) if s]
    return any(s.since is not None and s.until is not None and s.since > s.until for s in spans)


@given(words=st.lists(st.sampled_from(WORDS), max_size=10), a=DAYS, b=DAYS, closed=st.booleans())
def test_no_answer_ends_before_it_begins(words: list[str], a: dt.date, b: dt.date, closed: bool) -> None:
    text = " ".join(words)
    before = Query(since=min(a, b), until=max(a, b) if closed else None)
    assert not crossed(read(f"bodies {text}"))
    assert not crossed(read(text, before))
    assert not crossed(read(text, Query(until=a)))


DATED = ("month:", "monthadj:", "weekday:", "season:", "unit:", "year:")


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_every_word_of_a_date_is_used_where_an_answer_is_given(words: list[str]) -> None:
    text = "bodies " + " ".join(words)
    if not isinstance(read(text), Reading):
        return
    frame = read_frame(spell(text), ledger=LEDGER, today=TODAY)
    unused = [c.text for c in frame.cells if not c.used and (c.number or any(s.startswith(DATED) for s in c.senses))]
    assert unused == []


@given(text=st.text(max_size=120), a=st.none() | st.dates(), b=st.none() | st.dates())
def test_no_text_after_any_span_breaks_the_reader(text: str, a: dt.date | None, b: dt.date | None) -> None:
    if a and b:
        a, b = min(a, b), max(a, b)
    read(text, Query(since=a, until=b))


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    a=st.dates() | st.sampled_from([dt.date.min, dt.date.max]),
    b=st.dates(),
)
def test_no_span_before_is_too_far_away(words: list[str], a: dt.date, b: dt.date) -> None:
    read(" ".join(words), Query(since=min(a, b), until=max(a, b)))


SETTING = [
    "until the 20th",
    "from the 5th",
    "по 20-е",
    "з 5-го",
    "до кінця місяця",
    "с начала месяца",
    "plus civilians",
    "і цивільних теж",
    "и гражданских тоже",
    "prisoners that same day",
    "and in July?",
    "according to Russia",
    "first half",
]


@given(text=st.sampled_from(SETTING), day=st.dates(dt.date(2025, 6, 6), dt.date(2025, 6, 19)))
def test_a_bound_set_twice_is_set_once(text: str, day: dt.date) -> None:
    before = Query(kinds=("prisoners",), since=dt.date(2025, 6, 2), until=day)
    once = read(text, before)
    assert isinstance(once, Reading), text
    assert read(text, once.query) == once


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(9000, 1, 1)), unit=st.sampled_from(["day", "week", "month", "year"]))
def test_the_next_after_the_one_before_is_the_one_itself(day: dt.date, unit: str) -> None:
    found = around(day, unit)
    here = Span(since=found[0], until=found[1]) if found else Span(since=day, until=day)
    before = neighbour(here, -1, unit)
    assert before is not None
    assert neighbour(before, 1, unit) == here


@pytest.mark.parametrize(
    "text",
    [
        "bodies that same day",
        "тела в первых числах июня",
        "compare June, July and August",
        "bodies every Monday",
        "bodies from 10 July 2025 to 5 June 2025",
        "how many bodies from 12 to 20 rounds",
        "bodies in June and August 2025",
        "тела с 31 июня 2025",
        "bodies in early June",
        "bodies in recent weeks",
        "тела за последние дни",
        "тела за последний час",
        "bodies on 10 and 12 June 2025",
        "bodies that month",
    ],
)
def test_days_that_cannot_all_be_used_block_the_answer(text: str) -> None:
    assert isinstance(read(text), Refusal)
