"""A question's constraint is held by its query or the question is refused, wherever and however it is put."""

import datetime as dt
from collections.abc import Callable

import pytest

from bot.domain.queries import Query
from bot.domain.replies import Choice, Reading, Refusal
from tests.asked import LANGS, asked

Holds = Callable[[Query], bool]

BASES = {
    "en": [
        "how many bodies came back",
        "how many prisoners were exchanged",
        "when was the last handover of bodies",
        "average number of prisoners per exchange",
        "bodies by month",
    ],
    "uk": [
        "скільки тіл повернули",
        "скільки полонених обміняли",
        "коли востаннє передавали тіла",
        "скільки в середньому полонених за обмін",
        "тіла по місяцях",
    ],
    "ru": [
        "сколько тел вернули",
        "сколько пленных обменяли",
        "когда последний раз передавали тела",
        "сколько в среднем пленных за обмен",
        "тела по месяцам",
    ],
}
FRAMES = {
    "en": [
        "{base} {part}?",
        "{part}, {base}?",
        "{base}, {part}?",
        "{base} - {part}",
        "{base}? I mean {part}",
        "{part}. {base}?",
        "{part}: {base}",
        "if we take {part}, {base}",
        "{base}, if we take {part}",
        "{base}, only {part}",
        "{base}, {part}, my mother asks",
        "{base}, {part} I guess",
        "{base}\n{part}",
        "my brother asks, {part}, {base}?",
        "my brother was killed. {base} {part}?",
    ],
    "uk": [
        "{base} {part}?",
        "{part}, {base}?",
        "{base}, {part}?",
        "{base} - {part}",
        "{base}? маю на увазі {part}",
        "{part}. {base}?",
        "{part}: {base}",
        "якщо брати {part}, {base}",
        "{base}, якщо брати {part}",
        "{base}, тільки {part}",
        "{base}, {part}, мама питає",
        "{base}\n{part}",
        "брат питає, {part}, {base}?",
        "мій брат загинув. {base} {part}?",
    ],
    "ru": [
        "{base} {part}?",
        "{part}, {base}?",
        "{base}, {part}?",
        "{base} - {part}",
        "{base}? имею в виду {part}",
        "{part}. {base}?",
        "{part}: {base}",
        "если брать {part}, {base}",
        "{base}, если брать {part}",
        "{base}, только {part}",
        "{base}, {part}, мама спрашивает",
        "{base}\n{part}",
        "брат спрашивает, {part}, {base}?",
        "мой брат погиб. {base} {part}?",
    ],
}


def days(since: str | None, until: str | None) -> Holds:
    span = tuple(dt.date.fromisoformat(day) if day else None for day in (since, until))
    return lambda query: (query.since, query.until) == span


def figures_of(party: str) -> Holds:
    return lambda query: query.party == party


def given_to(side: str) -> Holds:
    return lambda query: query.recipient == side


def never(query: Query) -> bool:
    """No query holds it: half a brigade, officers, all but June."""
    return False


def under(agreement: str) -> Holds:
    return lambda query: query.agreement == agreement


YEAR, JUNE = days("2025-01-01", "2025-12-31"), days("2025-06-01", "2025-06-30")
AFTER, UNTIL = days("2025-06-02", None), days(None, "2026-03-01")
ISTANBUL = under("istanbul-2025-06-02")
PARTS: dict[str, list[tuple[str, Holds]]] = {
    "en": [
        ("2025", YEAR),
        ("in June 2025", JUNE),
        ("since Istanbul", AFTER),
        ("until 1 March 2026", UNTIL),
        ("under that Istanbul deal", ISTANBUL),
        ("according to Moscow", figures_of("russia")),
        ("as Kyiv says", figures_of("ukraine")),
        ("handed over to Russia", given_to("russia")),
        ("only officers", never),
        ("from Kharkiv", never),
        ("except June", never),
        ("of the 93rd brigade", never),
    ],
    "uk": [
        ("2025", YEAR),
        ("у червні 2025", JUNE),
        ("після Стамбула", AFTER),
        ("до 1 березня 2026", UNTIL),
        ("у межах Стамбулу", ISTANBUL),
        ("за даними Москви", figures_of("russia")),
        ("як каже Київ", figures_of("ukraine")),
        ("переданих Росії", given_to("russia")),
        ("тільки офіцерів", never),
        ("з Харкова", never),
        ("крім червня", never),
        ("з 93-ї бригади", never),
    ],
    "ru": [
        ("2025", YEAR),
        ("в июне 2025", JUNE),
        ("после Стамбула", AFTER),
        ("до 1 марта 2026", UNTIL),
        ("в рамках Стамбула", ISTANBUL),
        ("по данным Москвы", figures_of("russia")),
        ("как говорит Киев", figures_of("ukraine")),
        ("переданных России", given_to("russia")),
        ("только офицеров", never),
        ("из Харькова", never),
        ("кроме июня", never),
        ("из 93-й бригады", never),
    ],
}


@pytest.mark.parametrize("lang", LANGS)
def test_no_constraint_is_lost_wherever_it_stands(lang: str) -> None:
    lost, answered, possible = [], 0, 0
    for base in BASES[lang]:
        for part, holds in PARTS[lang]:
            for frame in FRAMES[lang]:
                text = frame.format(base=base, part=part)
                found = asked(text)
                possible += holds is not never
                if isinstance(found, Reading):
                    answered += 1
                    if not holds(found.query):
                        lost.append((text, found.query))
    assert lost == []
    assert answered > 0.9 * possible


@pytest.mark.parametrize(
    "text",
    [
        "how many bodies did Russia agree to hand over",
        "how many bodies of Ukrainian soldiers are in Russia",
        "how many bodies turned out to be Russian",
        "how many of the returned bodies were Russian soldiers",
        "Ukrainian bodies handed over to Russia in 2025",
        "how many days since Istanbul",
        "how long did the exchange last",
        "median handover size",
        "cumulative bodies by month in 2025",
        "скільки тіл українців у Росії",
        "скільки українських тіл передали Росії",
        "скільки днів від Стамбула",
        "скільки тіл ідентифіковано як українські",
        "сколько тел оказались российскими",
        "сколько дней в июне 2025 были обмены",
        "сколько времени длился обмен",
        "сколько тел всего и сколько в июне 2025",
        "тела в мае и пленные в июне 2025",
        "сколько тел россиян получила Украина",
        "how many exchanges and how many prisoners in 2025",
        "bodies under both Istanbul deals",
        "under the 11 June deal how many bodies",
        "prisoners held since 2022",
        "скільки тіл чекають на обмін",
        "тіла тих хто загинув у 2024",
        "до першої угоди скільки тіл",
        "пленные у русских 2025",
        "сколько тел в июне этого и прошлого года",
        "тела по месяцам и по годам",
    ],
)
def test_what_no_query_holds_is_refused(text: str) -> None:
    assert isinstance(asked(text), Refusal)


@pytest.mark.parametrize(
    "text",
    [
        "bodies 2025 Russia",
        "Russia, bodies, 2025",
        "тіла 2025 росія",
        "Россия тела за 2025",
        "сколько их тел отдали",
        "скільки полонених з 24 лютого",
    ],
)
def test_what_may_be_either_is_asked_about(text: str) -> None:
    found = asked(text)
    assert not isinstance(found, Reading | Refusal)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("на 1 марта 2026 сколько тел вернули всего", UNTIL),
        ("скільки тіл на березень 2026", days(None, "2026-03-31")),
        ("сколько тел по июню 2025", JUNE),
        ("полонені за угодою від 2 червня", ISTANBUL),
        ("сколько тел в 2025, а в 2024", lambda query: query.measure == "compare"),
        ("which month of 2025 had the fewest bodies", lambda query: query.group_by == "month"),
        ("how many military and civilians came back in May 2025", lambda q: q.kinds == ("prisoners", "civilians")),
        ("скільки вже днів нема обмінів", lambda query: query.measure == "days_since"),
        ("кількість репатріаційних заходів у 2024", lambda query: query.kinds == ("remains",)),
    ],
)
def test_what_is_easily_misread_is_read(text: str, holds: Holds) -> None:
    found = asked(text)
    assert isinstance(found, Reading)
    assert holds(found.query), found.query


@pytest.mark.parametrize(
    ("negative", "positive"),
    [
        ("не повернули тіла у 2025?", "чи повернули тіла у 2025?"),
        ("weren't bodies returned in June 2025", "were bodies returned in June 2025"),
        ("разве не возвращали тела в июне 2025", "возвращали ли тела в июне 2025"),
        ("хіба не передавали тіла 11 червня 2025?", "чи передавали тіла 11 червня 2025?"),
    ],
)
def test_a_doubt_asks_whether_it_was_so(negative: str, positive: str) -> None:
    doubted, plain = asked(negative), asked(positive)
    assert isinstance(doubted, Reading)
    assert isinstance(plain, Reading)
    assert doubted.query == plain.query


@pytest.mark.parametrize(
    "text", ["how many bodies haven't been returned", "тела не вернули в 2025", "тіла які не повернули"]
)
def test_what_did_not_come_back_is_no_sum_of_what_did(text: str) -> None:
    assert not isinstance(asked(text), Reading)


@pytest.mark.parametrize(
    "text",
    [
        "how many children came back with Qatar's mediation",
        "скільки дітей повернули за посередництва Катару",
        "сколько детей вернули при посредничестве Катара",
    ],
)
def test_who_mediated_is_never_dropped(text: str) -> None:
    assert not isinstance(asked(text), Reading)


def test_a_short_number_behind_an_english_month_is_a_day_or_a_year() -> None:
    both = asked("bodies in June 25")
    assert isinstance(both, Choice)
    assert [(r.query.since, r.query.until) for r in both.readings] == [
        (dt.date(2026, 6, 25), dt.date(2026, 6, 25)),
        (dt.date(2025, 6, 1), dt.date(2025, 6, 30)),
    ]
