"""Reading questions: ranges, follow-ups, refusals, and what holds for every text."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.claims import Claim, Kind
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Choice, Instruction, Lang, Reading, Refusal, Turn, Understanding
from bot.domain.rounds import Agreement, Round
from bot.language.meanings import lexicon
from bot.language.reader import read_question
from tests.asked import asked

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 25, 12, tzinfo=KYIV)
MONTHS: dict[str, list[str]] = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "uk": [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
}
FROM_TO = {
    "en": [
        "bodies from {a} to {b}",
        "how many bodies between {a} and {b}?",
        "bodies, {a} – {b}",
        "bodies since {a} until {b}",
    ],
    "uk": ["тіла з {a} по {b}", "скільки тіл між {a} і {b}?", "тіла {a} – {b}", "скільки тіл від {a} до {b}"],
    "ru": ["тела с {a} по {b}", "сколько тел между {a} и {b}?", "тела {a} – {b}", "сколько тел от {a} до {b}"],
}


def agreement(agreement_id: str, date: dt.date, place: str, **names: tuple[str, ...]) -> Agreement:
    return Agreement(id=agreement_id, date=date, place=place, names=names)


def handover(kind: Kind, date: dt.date, ordinal: int | None = None) -> tuple[Round, Claim]:
    this = Round(id=f"{kind}-{date}", kind=kind, date=date, ordinal=ordinal)
    claim = Claim(
        round=this.id,
        kind=kind,
        recipient="ukraine",
        count=10,
        date=date,
        party="ukraine",
        claimant="Coordination Headquarters",
        publisher="p",
        url="https://example.org/",
    )
    return this, claim


ROUNDS = [
    handover("prisoners", dt.date(2026, 3, 5), 69),
    handover("remains", dt.date(2026, 4, 10)),
    handover("prisoners", dt.date(2026, 6, 18), 70),
]
LEDGER = Ledger(
    version=1,
    agreements=[
        agreement(
            "istanbul-1", dt.date(2025, 5, 16), "Istanbul", en=("Istanbul May 2025",), uk=("травневий Стамбул 2025",)
        ),
        agreement("istanbul-2", dt.date(2025, 6, 2), "Istanbul", en=("Istanbul",), uk=("Стамбул",), ru=("Стамбул",)),
        agreement("geneva", dt.date(2026, 1, 20), "Geneva", en=("Geneva",), uk=("Женева",), ru=("Женева",)),
    ],
    rounds=[r for r, _ in ROUNDS],
    claims=[c for _, c in ROUNDS],
)


def read(text: str, previous: Query | None = None, lang: Lang | None = None) -> Understanding:
    turn = Turn(query=previous, lang="en", at=NOW) if previous else None
    return read_question(text, ledger=LEDGER, now=NOW, timezone=KYIV, lang=lang, previous=turn)


def query(text: str, previous: Query | None = None) -> Query:
    understanding = read(text, previous)
    assert isinstance(understanding, Reading), (text, understanding)
    return understanding.query


def written(day: dt.date, lang: str, style: int) -> str:
    month = MONTHS[lang][day.month - 1]
    return [
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}"
        if lang == "en"
        else f"{day.day} {month} {day.year} {'року' if lang == 'uk' else 'года'}",
        f"{day.day}.{day.month:02}.{day:%y}",
    ][style]


DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2026, 6, 25))


@given(a=DAYS, b=DAYS, lang=st.sampled_from(["en", "uk", "ru"]), style=st.integers(0, 4), form=st.integers(0, 3))
def test_a_written_range_is_read_back(a: dt.date, b: dt.date, lang: str, style: int, form: int) -> None:
    a, b = min(a, b), max(a, b)
    text = FROM_TO[lang][form].format(a=written(a, lang, style), b=written(b, lang, style))
    found = query(text)
    assert (found.since, found.until) == (a, b), text


@given(day=DAYS, lang=st.sampled_from(["en", "uk", "ru"]), style=st.integers(0, 4))
def test_a_written_day_is_read_back(day: dt.date, lang: str, style: int) -> None:
    noun, since, until = {
        "en": ("bodies on", "bodies since", "bodies before"),
        "uk": ("тіла за", "тіла з", "тіла до"),
        "ru": ("тела за", "тела с", "тела до"),
    }[lang]
    there = written(day, lang, style)
    assert (query(f"{noun} {there}").since, query(f"{noun} {there}").until) == (day, day)
    assert (query(f"{since} {there}").since, query(f"{since} {there}").until) == (day, None)
    last = day - dt.timedelta(days=1) if lang == "en" else day
    assert query(f"{until} {there}").until == last


@given(count=st.integers(1, 400), unit=st.sampled_from(["days", "днів", "дней"]))
def test_last_days_end_today(count: int, unit: str) -> None:
    words = {
        "days": "bodies in the last {n} days",
        "днів": "тіла за останні {n} днів",
        "дней": "тела за последние {n} дней",
    }
    found = query(words[unit].format(n=count))
    assert (found.since, found.until) == (NOW.date() - dt.timedelta(days=count), NOW.date())


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read(text), Reading | Choice | Refusal | Instruction)
    assert isinstance(read(text, Query()), Reading | Choice | Refusal | Instruction)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_no_heap_of_known_words_breaks_the_reader(rng: random.Random, count: int) -> None:
    forms = sorted(lexicon().words)
    extra = ["2025", "15", "31", "1212", "-", ",", ".", "/", "02.06.2025", "Istanbul", "Стамбула", "Женеві", "?"]
    text = " ".join(rng.choice(forms) if rng.random() < 0.7 else rng.choice(extra) for _ in range(count))
    assert isinstance(read(text), Reading | Choice | Refusal | Instruction)
    assert isinstance(read(text, Query(since=dt.date(2025, 6, 1), until=dt.date(2025, 6, 30))), Understanding)


FOLLOW_UPS = [
    "and in July?",
    "а пленных?",
    "по місяцях",
    "what does Russia say?",
    "only since Istanbul",
    "no, prisoners",
    "as a list",
    "а росіянам?",
    "both sides",
    "обе стороны",
    "за 2025",
    "в среднем",
    "найбільша?",
]


@given(
    text=st.sampled_from(FOLLOW_UPS),
    kind=st.sampled_from(["remains", "prisoners", "civilians"]),
    since=st.none() | DAYS,
    recipient=st.sampled_from(["ukraine", "russia"]),
)
def test_a_follow_up_said_twice_changes_nothing_more(
    text: str, kind: Kind, since: dt.date | None, recipient: str
) -> None:
    before = Query(kinds=(kind,), since=since, recipient=recipient)  # type: ignore[arg-type]
    once = query(text, before)
    assert query(text, once) == once


def test_a_follow_up_changes_only_what_it_names() -> None:
    before = Query(kinds=("prisoners",), since=dt.date(2025, 1, 1), until=dt.date(2025, 12, 31), recipient="russia")
    assert query("а тіла?", before) == Query(
        kinds=("remains",), since=before.since, until=before.until, recipient="russia"
    )
    assert query("and in July?", before) == Query(
        kinds=("prisoners",), since=dt.date(2025, 7, 1), until=dt.date(2025, 7, 31), recipient="russia"
    )


def test_new_agreements_of_the_ledger_are_known_by_name_and_inflection() -> None:
    day = dt.date(2026, 1, 20)
    for text in ("bodies since Geneva", "тіла після Женеви", "тела со времён Женевы", "skilky til pislya zhenevy"):
        assert query(text).since == day, text
    for text in ("bodies under Geneva", "тіла в рамках женевських домовленостей", "тела по женевским соглашениям"):
        assert query(text).agreement == "geneva", text


def test_a_numbered_exchange_is_a_landmark() -> None:
    assert query("how many bodies after the 69th exchange").since == dt.date(2026, 3, 6)
    assert query("сколько тел после 69-го обмена").since == dt.date(2026, 3, 6)


def test_the_last_exchange_is_a_landmark() -> None:
    assert query("how many bodies since the last prisoner exchange").since == dt.date(2026, 6, 19)


def test_one_edit_is_corrected_and_told() -> None:
    understanding = read("how many prisonrs were exchanged")
    assert isinstance(understanding, Reading)
    assert [c.read for c in understanding.corrections] == ["prisoners"]


@pytest.mark.parametrize("text", ["скільки поранених повернули", "скільки зниклих", "обман полонених 2025"])
def test_confusable_words_are_never_corrected(text: str) -> None:
    assert isinstance(read(text), Refusal)


def test_months_are_never_corrected() -> None:
    understanding = read("bodies in Junf 2025")
    assert isinstance(understanding, Refusal)
    assert understanding.words == ("Junf",)


def test_an_unknown_word_is_named_and_valid_questions_offered() -> None:
    understanding = read("how many bodies since Istanbul in Zzyzx")
    assert isinstance(understanding, Refusal)
    assert (understanding.status, understanding.reason, understanding.words) == (
        "not_understood",
        "unknown_word",
        ("Zzyzx",),
    )
    assert 0 < len(understanding.near) <= 6


def test_bare_returned_means_remains_with_prisoners_beside() -> None:
    understanding = read("total returned since Istanbul?")
    assert isinstance(understanding, Reading)
    assert understanding.query.kinds == ("remains",)
    assert understanding.beside is not None
    assert understanding.beside.kinds == ("prisoners",)


def test_what_was_taken_for_granted_can_be_changed() -> None:
    understanding = read("bodies since Istanbul")
    assert isinstance(understanding, Reading)
    assumed = {a.kind: a for a in understanding.assumptions}
    assert assumed["recipient"].others[0].recipient == "russia"
    assert assumed["agreement"].others[0].since == dt.date(2025, 5, 16)


def test_a_winter_of_one_year_is_asked_about() -> None:
    understanding = read("bodies in winter 2025")
    assert isinstance(understanding, Choice)
    assert [r.query.since for r in understanding.readings] == [dt.date(2024, 12, 1), dt.date(2025, 12, 1)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("csv", "uk", "uk"),
        ("так", "ru", "ru"),
        ("how many bodies", "uk", "en"),
        ("сколько тел", "en", "ru"),
        ("скільки тіл", None, "uk"),
        ("skolko tel vernuli", None, "ru"),
        ("skilky til povernuly", None, "uk"),
    ],
)
def test_the_answer_speaks_the_language_of_the_question(text: str, lang: Lang | None, expected: Lang) -> None:
    assert read(text, lang=lang).lang == expected


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("subscribe me to bodies", "subscribe"),
        ("підпиши мене на тіла", "subscribe"),
        ("повідомляй про нові обміни", "subscribe"),
        ("отписаться", "unsubscribe"),
        ("stop telling me", "unsubscribe"),
        ("мова", "language"),
        ("настройки", "settings"),
        ("удали мои данные", "privacy"),
        ("видали мої дані", "privacy"),
        ("why?", "why"),
        ("назад", "back"),
        ("csv", "csv"),
    ],
)
def test_words_to_the_program_are_instructions(text: str, act: str) -> None:
    understanding = read(text, Query())
    assert isinstance(understanding, Instruction)
    assert understanding.act == act


@pytest.mark.parametrize(
    "text",
    [
        "was my brother exchanged?",
        "чи обміняли мого сина",
        "вернули ли тело моего брата",
        "мой племянник Гриценко Артём был в плену в Таганроге, его обменяли?",
        "My son Andriy Kovalenko went missing near Avdiivka. Was he in the June exchange?",
        "was Oleksandr Petrenko exchanged?",
    ],
)
def test_a_question_about_a_person_is_never_answered_with_a_figure(text: str) -> None:
    understanding = read(text)
    assert isinstance(understanding, Refusal)
    assert (understanding.status, understanding.reason) == ("out_of_scope", "personal")


@pytest.mark.parametrize(
    "text",
    [
        "my cousin fell near Bakhmut in March 2024, how many bodies came back in June 2025?",
        "For the yearbook: bodies in June 2025",
        "My pupils would like to know how many bodies came back in June 2025",
        "Діти питають, скільки тіл повернули у червні 2025",
    ],
)
def test_what_stands_around_the_question_does_not_block_it(text: str) -> None:
    found = query(text)
    assert (found.kinds, found.since, found.until) == (("remains",), dt.date(2025, 6, 1), dt.date(2025, 6, 30))


@pytest.mark.parametrize(
    "text",
    [
        "how many bodies from Toretsk came back in June 2025",
        "In Toretsk, how many bodies came back",
        "paratroopers, how many in 2025",
        "how many bodies since Zelensky came to power",
        "bodies in early June 2025",
        "how many bodies per province",
    ],
)
def test_what_would_restrict_is_never_dropped(text: str) -> None:
    assert isinstance(read(text), Refusal)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("тіла за 25-й рік", "тіла за 2025 рік"),
        ("пленные по месяцам за 26-й год", "пленные по месяцам за 2026 год"),
        ("bodies that Ukraine has taken back since Istanbul", "bodies returned to Ukraine since Istanbul"),
        ("how many of the bodies returned in 2025 got their names back", "how many bodies of 2025 were identified"),
        ("скільком загиблим 2025 року повернули імена", "скільки тіл 2025 року ідентифікували"),
        ("скольким погибшим, возвращённым в 2025, вернули имена", "сколько тел 2025 года опознали"),
        ("how are we doing on bodies in September 2025", "bodies in September 2025"),
    ],
)
def test_two_ways_to_say_it_are_one_question(text: str, same: str) -> None:
    told, plain = asked(text), asked(same)
    assert isinstance(told, Reading)
    assert isinstance(plain, Reading)
    assert told.query == plain.query
