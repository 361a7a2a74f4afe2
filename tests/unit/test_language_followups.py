"""A follow-up is an edit of the question before it: what it names changes, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.queries import Query
from bot.domain.replies import Choice, Reading
from tests.asked import LANGS, asked

Edit = Callable[[Query], Query]

FIRST = {
    "en": [
        "how many bodies came back in June 2025",
        "how many prisoners were exchanged in 2025",
        "when were bodies last handed over",
        "how many prisoner exchanges were there in 2024",
        "bodies by month in 2025",
        "how many bodies were returned in July 2025 according to Russia",
        "bodies since Istanbul",
        "how many bodies did Russia get in 2025",
        "average number of prisoners per exchange in 2025",
    ],
    "uk": [
        "скільки тіл повернули у червні 2025",
        "скільки полонених обміняли у 2025",
        "коли востаннє передавали тіла",
        "скільки було обмінів полоненими у 2024",
        "тіла по місяцях за 2025",
        "скільки тіл повернули у липні 2025 за даними Росії",
        "тіла після Стамбула",
        "скільки тіл отримала Росія у 2025",
        "скільки в середньому полонених за обмін у 2025",
    ],
    "ru": [
        "сколько тел вернули в июне 2025",
        "сколько пленных обменяли в 2025",
        "когда в последний раз передавали тела",
        "сколько было обменов пленными в 2024",
        "тела по месяцам за 2025",
        "сколько тел вернули в июле 2025 по данным России",
        "тела после Стамбула",
        "сколько тел получила Россия в 2025",
        "сколько в среднем пленных за обмен в 2025",
    ],
}


def prisoners(query: Query) -> Query:
    return replace(query, kinds=("prisoners",))


def civilians(query: Query) -> Query:
    return replace(query, kinds=("civilians",))


def by_russia(query: Query) -> Query:
    return replace(query, party="russia")


def by_ukraine(query: Query) -> Query:
    return replace(query, party="ukraine")


def by_the_other(query: Query) -> Query:
    stated = query.party or query.recipient
    return replace(query, party="ukraine" if stated == "russia" else "russia")


def to_russia(query: Query) -> Query:
    return replace(query, recipient="russia")


def to_the_other(query: Query) -> Query:
    return replace(query, recipient="ukraine" if query.recipient == "russia" else "russia")


EDITS: dict[str, list[tuple[str, Edit]]] = {
    "en": [
        ("and prisoners?", prisoners),
        ("the same for civilians", civilians),
        ("according to Moscow?", by_russia),
        ("by the Russian side's count?", by_russia),
        ("and what does Ukraine say?", by_ukraine),
        ("and by the other side's figures?", by_the_other),
        ("what does the other side say?", by_the_other),
        ("and to Russia?", to_russia),
        ("the other way round?", to_the_other),
    ],
    "uk": [
        ("а полонених?", prisoners),
        ("те саме по цивільних", civilians),
        ("а за версією російської сторони?", by_russia),
        ("а за українською?", by_ukraine),
        ("а що каже Україна?", by_ukraine),
        ("а за даними іншої сторони?", by_the_other),
        ("а що каже інша сторона?", by_the_other),
        ("а росіян?", to_russia),
        ("а навпаки?", to_the_other),
    ],
    "ru": [
        ("а пленных?", prisoners),
        ("теперь то же по гражданским", civilians),
        ("а по версии российской стороны?", by_russia),
        ("а по украинской?", by_ukraine),
        ("а что говорит Украина?", by_ukraine),
        ("а по данным другой стороны?", by_the_other),
        ("а россиян?", to_russia),
        ("а в обратную сторону?", to_the_other),
    ],
}


@pytest.mark.parametrize("lang", LANGS)
def test_a_follow_up_edits_what_it_names(lang: str) -> None:
    wrong = []
    for first in FIRST[lang]:
        before = asked(first)
        assert isinstance(before, Reading), first
        for text, edit in EDITS[lang]:
            found = asked(first, text)
            if not isinstance(found, Reading) or found.query != edit(before.query):
                wrong.append((first, text, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("turns", "measure", "kinds"),
    [
        (("Скільки було обмінів за 2024?", "а передач тіл?"), "rounds", ("remains",)),
        (("How many exchanges in 2024?", "and body handovers?"), "rounds", ("remains",)),
        (("тела за 2025 помесячно", "теперь то же по пленным"), "breakdown", ("prisoners",)),
        (("how many bodies in 2025", "how many did Moscow claim?"), "total", ("remains",)),
        (("how many bodies in 2025", "and Moscow's claimed total?"), "claimed_total", ("remains",)),
    ],
)
def test_what_is_asked_is_kept_until_something_else_is(
    turns: tuple[str, ...], measure: str, kinds: tuple[str, ...]
) -> None:
    found = asked(*turns)
    assert isinstance(found, Reading)
    assert (found.query.measure, found.query.kinds) == (measure, kinds)


def test_the_other_reading_of_a_year_keeps_whose_figures_were_named_with_it() -> None:
    found = asked("how many bodies in June 2025", "and by Kyiv's figures in 2024?")
    assert isinstance(found, Choice)
    assert {reading.query.party for reading in found.readings} == {"ukraine"}


@pytest.mark.parametrize(
    "turns",
    [
        ("how many bodies did Ukraine hand over in 2025", "and Russia?"),
        ("скільки тіл росія передала у 2025", "а україна?"),
        ("сколько тел Украина передала в 2025", "а Россия?"),
    ],
)
def test_a_side_whose_name_changes_nothing_is_asked_about(turns: tuple[str, ...]) -> None:
    found = asked(*turns)
    assert isinstance(found, Choice)
    assert {reading.query.recipient for reading in found.readings} == {"ukraine", "russia"}


@pytest.mark.parametrize(
    ("before", "follow_up"),
    [
        ("bodies since Abu Dhabi", "only under that agreement?"),
        ("prisoners since Istanbul", "and strictly within the deal?"),
        ("тіла після Стамбула", "а лише в межах цієї домовленості?"),
        ("скільки полонених після Абу-Дабі", "а саме за цією угодою"),
        ("тела после Стамбула", "а строго по этому соглашению?"),
        ("сколько тел после Абу-Даби", "сколько пленных вернули по этому соглашению?"),
    ],
)
def test_that_agreement_is_the_one_spoken_of(before: str, follow_up: str) -> None:
    first, then = asked(before), asked(before, follow_up)
    assert isinstance(first, Reading)
    assert isinstance(then, Reading)
    assert first.query.since is not None
    assert then.query.agreement is not None
    assert then.query.agreement.endswith(first.query.since.isoformat())
    assert then.query.since is None


def test_that_agreement_without_one_spoken_of_is_no_whole_record() -> None:
    assert not isinstance(asked("за цією угодою скільки тіл"), Reading)


@pytest.mark.parametrize(
    ("before", "follow_up"),
    [
        ("where do the sides disagree on bodies", "what total does Moscow claim?"),
        ("де розходяться дані по тілах", "яку загальну кількість заявляє Москва?"),
        ("где расходятся цифры по телам", "какую общую сумму заявляет Москва?"),
    ],
)
def test_a_measure_named_anew_replaces_the_one_before(before: str, follow_up: str) -> None:
    then = asked(before, follow_up)
    assert isinstance(then, Reading)
    assert (then.query.measure, then.query.party) == ("claimed_total", "russia")
