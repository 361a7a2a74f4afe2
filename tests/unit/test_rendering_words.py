"""Numbers, nouns, days and periods as each language writes them."""

import datetime as dt

import pytest

from bot.domain.queries import Span
from bot.domain.replies import LANGS, Lang
from bot.rendering.figures import count, period_label
from bot.rendering.names import claimant_name
from bot.rendering.patterns import Numbers, make_writer
from bot.rendering.periods import period, period_in
from bot.rendering.styled import safe_url, styled
from bot.rendering.words import Wording, day, listed, message, month, number, wording

TODAY = dt.date(2025, 6, 20)
#: No-break space.
NB = "\u00a0"


def spaced(text: str) -> str:
    """Show no-break spaces as ordinary ones."""
    return text.replace(NB, " ")


@pytest.mark.parametrize(
    ("n", "en", "uk", "ru"),
    [
        (0, "0 bodies", "0 тіл", "0 тел"),
        (1, "1 body", "1 тіло", "1 тело"),
        (2, "2 bodies", "2 тіла", "2 тела"),
        (5, "5 bodies", "5 тіл", "5 тел"),
        (11, "11 bodies", "11 тіл", "11 тел"),
        (21, "21 bodies", "21 тіло", "21 тело"),
        (22, "22 bodies", "22 тіла", "22 тела"),
        (25, "25 bodies", "25 тіл", "25 тел"),
        (111, "111 bodies", "111 тіл", "111 тел"),
        (1.5, "1.5 bodies", "1,5 тіла", "1,5 тела"),
        (1212, "1,212 bodies", "1 212 тіл", "1 212 тел"),
    ],
)
def test_bodies_are_counted_by_grammar(n: float, en: str, uk: str, ru: str) -> None:
    assert [spaced(count(lang, ("remains",), n)) for lang in LANGS] == [en, uk, ru]


#: Each noun with 1, 2 and 5, and with one and a half.
NOUNS: dict[str, dict[Lang, tuple[str, str, str, str]]] = {
    "remains": {"uk": ("тіло", "тіла", "тіл", "тіла"), "ru": ("тело", "тела", "тел", "тела")},
    "prisoners": {
        "uk": ("полонений", "полонені", "полонених", "полоненого"),
        "ru": ("пленный", "пленных", "пленных", "пленного"),
    },
    "civilians": {
        "uk": ("цивільна особа", "цивільні особи", "цивільних осіб", "цивільної особи"),
        "ru": ("гражданское лицо", "гражданских лица", "гражданских лиц", "гражданского лица"),
    },
    "children": {"uk": ("дитина", "дитини", "дітей", "дитини"), "ru": ("ребёнок", "ребёнка", "детей", "ребёнка")},
    "people": {"uk": ("людина", "людини", "людей", "людини"), "ru": ("человек", "человека", "человек", "человека")},
    "rounds": {"uk": ("раунд", "раунди", "раундів", "раунду"), "ru": ("раунд", "раунда", "раундов", "раунда")},
    "days": {"uk": ("день", "дні", "днів", "дня"), "ru": ("день", "дня", "дней", "дня")},
    "claims": {
        "uk": ("заява", "заяви", "заяв", "заяви"),
        "ru": ("заявление", "заявления", "заявлений", "заявления"),
    },
}


@pytest.mark.parametrize("lang", ["uk", "ru"])
@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_counted_by_grammar(noun: str, lang: Lang) -> None:
    one, two, five, half = NOUNS[noun][lang]
    words = {0: five, 1: one, 2: two, 5: five, 11: five, 21: one, 22: two, 112: five, 1212: five, 1.5: half}
    for n, word in words.items():
        written = message(lang, f"count-{noun}", n=n)
        assert spaced(written) == f"{spaced(number(lang, n))} {word}"


def test_prisoners_and_civilians_together_are_people() -> None:
    assert count("en", ("prisoners", "civilians"), 670) == "670 people"


def test_bodies_and_people_have_no_common_noun() -> None:
    assert count("en", None, 670) == "670"


@pytest.mark.parametrize("lang", ["uk", "ru"])
def test_a_number_stays_with_its_noun(lang: Lang) -> None:
    assert " " not in count(lang, ("remains",), 1212)
    assert f"20{NB}" in day(lang, TODAY)


def test_a_number_is_grouped_as_the_language_does() -> None:
    assert [number(lang, 1212) for lang in LANGS] == ["1,212", f"1{NB}212", f"1{NB}212"]
    assert [number(lang, 747.09) for lang in LANGS] == ["747.1", "747,1", "747,1"]


def test_a_day_is_in_the_genitive_and_a_month_alone_is_not() -> None:
    assert [spaced(day(lang, dt.date(2025, 6, 11))) for lang in LANGS] == [
        "11 June 2025",
        "11 червня 2025 року",
        "11 июня 2025 года",
    ]
    assert [spaced(month(lang, dt.date(2025, 6, 1))) for lang in LANGS] == [
        "June 2025",
        "червень 2025 року",
        "июнь 2025 года",
    ]


D = dt.date


@pytest.mark.parametrize(
    ("span", "en", "uk", "ru"),
    [
        (Span(), "all time on record", "за весь час записів", "за всё время записей"),
        (
            Span(since=D(2025, 6, 2)),
            "2 June 2025 to today",
            "з 2 червня 2025 року до сьогодні",
            "со 2 июня 2025 года по сегодня",
        ),
        (
            Span(since=D(2025, 6, 2), until=TODAY),
            "2 June 2025 to today",
            "з 2 червня 2025 року до сьогодні",
            "со 2 июня 2025 года по сегодня",
        ),
        (Span(since=D(2025, 6, 11), until=D(2025, 6, 11)), "11 June 2025", "11 червня 2025 року", "11 июня 2025 года"),
        (
            Span(since=D(2025, 6, 11), until=D(2025, 6, 16)),
            "11 to 16 June 2025",
            "11–16 червня 2025 року",
            "11–16 июня 2025 года",
        ),
        (
            Span(since=D(2025, 5, 28), until=D(2025, 6, 16)),
            "28 May to 16 June 2025",
            "28 травня – 16 червня 2025 року",
            "28 мая – 16 июня 2025 года",
        ),
        (Span(since=D(2025, 5, 1), until=D(2025, 5, 31)), "May 2025", "травень 2025 року", "май 2025 года"),
        (
            Span(since=D(2025, 6, 1), until=D(2025, 6, 30)),
            "June 2025, so far",
            "червень 2025 року, дотепер",
            "июнь 2025 года, по сей день",
        ),
        (Span(since=D(2024, 1, 1), until=D(2024, 12, 31)), "2024", "2024 рік", "2024 год"),
        (Span(until=D(2025, 6, 1)), "up to 1 June 2025", "до 1 червня 2025 року включно", "по 1 июня 2025 года"),
        (Span(since=D(2026, 1, 2)), "from 2 January 2026", "з 2 січня 2026 року", "со 2 января 2026 года"),
        (
            Span(since=D(2024, 12, 1), until=D(2025, 2, 28)),
            "December 2024 to February 2025",
            "грудень 2024 року – лютий 2025 року",
            "декабрь 2024 года – февраль 2025 года",
        ),
    ],
)
def test_a_period_is_called_what_people_call_it(span: Span, en: str, uk: str, ru: str) -> None:
    assert [spaced(period(lang, span, today=TODAY)) for lang in LANGS] == [en, uk, ru]


@pytest.mark.parametrize(
    ("number_of_month", "uk", "ru"),
    [
        (1, "у січні", "в январе"),
        (6, "у червні", "в июне"),
        (8, "у серпні", "в августе"),
        (12, "у грудні", "в декабре"),
    ],
)
def test_a_month_in_a_sentence_is_in_the_locative(number_of_month: int, uk: str, ru: str) -> None:
    first = D(2024, number_of_month, 1)
    last = D(2024, number_of_month, {1: 31, 6: 30, 8: 31, 12: 31}[number_of_month])
    span = Span(since=first, until=last)
    assert spaced(period_in("uk", span, today=TODAY)) == f"{uk} 2024 року"
    assert spaced(period_in("ru", span, today=TODAY)) == f"{ru} 2024 года"


def test_labels_of_a_breakdown_are_words() -> None:
    assert spaced(period_label("uk", "2025-06") or "") == "червень 2025 року"
    assert period_label("en", "2025-W24") == "week of 9 June 2025"
    assert period_label("en", "2025") == "2025"
    assert period_label("en", "istanbul-2025-06-02") is None


def test_the_second_of_three_is_joined_by_a_comma() -> None:
    assert listed("en", ["remains", "prisoners", "civilians"]) == "remains, prisoners and civilians"
    assert listed("uk", ["тіла"]) == "тіла"


def test_a_value_that_is_missing_is_an_error_and_no_text() -> None:
    with pytest.raises(LookupError):
        message("en", "count-remains")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(LookupError):
        message("en", "no-such-key")


def test_no_isolation_marks_are_written() -> None:
    assert not {"\u2068", "\u2069"} & set(message("uk", "note-ledger_sum", n=5))


def test_a_message_stands_once() -> None:
    found = Wording("en")
    with pytest.raises(ValueError, match="stands twice"):
        found._take("day = again\n")


def test_messages_are_read_once() -> None:
    assert wording("ru") is wording("ru")


def test_bold_and_links_become_runs() -> None:
    runs = styled("en", "row", label="June", bold={"figure": "5 bodies"})
    assert [(run.text, run.bold) for run in runs] == [("June: ", False), ("5 bodies", True)]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://user?id=1", "", "https://a b", "ftp://x"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert safe_url(url) is None


def test_claimants_are_called_what_readers_call_them() -> None:
    assert claimant_name("uk", "Vladimir Medinsky, aide to the Russian president") == (
        "Володимир Мединський, помічник президента Росії"
    )
    assert claimant_name("en", "Vladimir Medinsky") == "Vladimir Medinsky"
    assert claimant_name("ru", "Somebody New, some office") == "Somebody New, some office"


NUMBERS = Numbers(written=lambda value: f"<{value}>", plural=lambda value: "one" if value == 1 else "other")
ROUNDS = """rounds = { $n ->
    [0] no { $what }
    [one] one { $what }
   *[other] { $n } of { $what }
}
"""


@pytest.mark.parametrize(
    ("n", "written"),
    [(0, "no days"), (1, "one days"), (1.0, "one days"), (7, "<7> of days"), ("x", "x of days")],
)
def test_a_variant_is_chosen_by_the_number_itself_then_by_its_plural_form(n: int | str, written: str) -> None:
    assert make_writer(ROUNDS, NUMBERS)({"n": n, "what": "days"}) == written


@pytest.mark.parametrize(
    "source", ["a = { -term }", "a = { NUMBER($n) }", "a = { other }", "-a = x", "a =", "a = x\n    .b = y"]
)
def test_what_messages_do_not_use_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="message"):
        make_writer(source, NUMBERS)
