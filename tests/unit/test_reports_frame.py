"""Which of a report's figures is the news, which a part, a sum, another day's, and what is no handover at all."""

import datetime as dt

import pytest

from tests.unit.test_reports_reading import figures, read

Rows = set[tuple[str, str, str, int | None, bool]]


def freed(count: int, *, main: bool = True, kind: str = "prisoners") -> tuple[str, str, str, int | None, bool]:
    return (kind, "ukraine", "round", count, main)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "uk",
            "З російської неволі звільнили 17 жителів Харківської області, повідомив Синєгубов. "
            "Усього цього дня додому приїхали 300 військових та двоє цивільних, уточнили в Коордштабі.",
            {freed(300), freed(2, kind="civilians")},
        ),
        (
            "ru",
            "В числе 160 освобожденных из украинского плена военных домой едут двое жителей Орловской области.",
            {("prisoners", "russia", "round", 160, True)},
        ),
        (
            "en",
            "Two men from the Chernihiv region are among 205 Ukrainian soldiers freed from captivity, Zelensky said.",
            {freed(205)},
        ),
    ],
)
def test_people_of_one_region_are_a_part(lang: str, text: str, expected: Rows) -> None:
    assert figures(read(text, lang=lang)) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Росія забрала 43 тіла своїх, заявив Саралієв.\nВісім із 43 – мирні жителі Курської області."),
        ("ru", "Россия забрала 43 тела своих, заявил Саралиев.\nВосемь из 43 – мирные жители Курской области."),
        ("en", "Russia took back 43 bodies of its own, Saraliyev said.\nEight of the 43 were Kursk residents."),
    ],
)
def test_so_many_of_a_whole_are_a_part_of_it(lang: str, text: str) -> None:
    assert figures(read(text, lang=lang)) == {("remains", "russia", "round", 43, True)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ten Ukrainian civilians in all were set free from Russian captivity on 14 June, Zelensky said."),
        ("uk", "Усього 14 червня з російської неволі звільнено 10 цивільних українців, сказав Зеленський."),
        ("ru", "Всего 14 июня из российского плена освобождены 10 гражданских украинцев, сказал Зеленский."),
    ],
)
def test_in_all_on_one_day_is_that_days_round(lang: str, text: str) -> None:
    assert figures(read(text, lang=lang)) == {freed(10, kind="civilians")}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Since the Istanbul agreements Moscow has handed over 11,000 bodies to Kyiv, Lavrov said."),
        ("uk", "З часу стамбульських домовленостей Росія передала Україні 11 000 тіл, сказав Лавров."),
        ("ru", "С момента стамбульских договоренностей Россия передала Украине 11 000 тел, сказал Лавров."),
    ],
)
def test_since_an_agreement_is_a_total_without_a_start(lang: str, text: str) -> None:
    (claim,) = read(text, lang=lang).claims
    assert (claim.measure, claim.count, claim.since) == ("total", 11000, None)


def test_sum_of_several_days_gives_way_to_its_days() -> None:
    text = (
        "Упродовж двох днів з полону повернули 502 людини: вчора двісті, "
        "а сьогодні ще триста військових, сказав Зеленський."
    )
    report = read(text, lang="uk")
    assert figures(report) == {freed(300), freed(200, main=False)}
    assert {(one.count, one.date) for one in report.claims} == {
        (300, dt.date(2025, 6, 14)),
        (200, dt.date(2025, 6, 13)),
    }


def test_list_of_earlier_rounds_is_background() -> None:
    text = (
        "Із полону визволено 185 військових, повідомив Зеленський.\n"
        "Попередні обміни:\n• 6 травня – 205 осіб;\n• 19 квітня – 277."
    )
    report = read(text, lang="uk")
    assert {(one.count, one.date, one.main) for one in report.claims} == {
        (185, dt.date(2025, 6, 14), True),
        (205, dt.date(2025, 5, 6), False),
        (277, dt.date(2025, 4, 19), False),
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Russia and Ukraine freed 300 prisoners each on Saturday. On Friday it was 200 from each."),
        ("uk", "У суботу Україна та Росія обміняли по 300 військових. Учора було по 200."),
        ("ru", "В субботу Россия и Украина обменяли по 300 военных. Вчера было по 200."),
    ],
)
def test_short_sentence_gives_the_same_of_another_day(lang: str, text: str) -> None:
    days = {(one.recipient, one.count, one.date, one.main) for one in read(text, lang=lang).claims}
    sides = ("ukraine", "russia")
    assert days == {(one, 300, dt.date(2025, 6, 14), True) for one in sides} | {
        (one, 200, dt.date(2025, 6, 13), False) for one in sides
    }


def test_batch_before_this_one_is_background() -> None:
    text = "Вслед за первой партией в 1212 тел Украина получила сегодня еще 1200, сообщил Координационный штаб."
    report = read(text, lang="ru")
    assert {(one.count, one.date, one.main) for one in report.claims} == {
        (1212, None, False),
        (1200, dt.date(2025, 6, 14), True),
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Coordination Headquarters denied reports that 150 people had been exchanged on Friday."),
        ("en", "Medinsky said the first 1,212 bodies had been brought to the exchange area, but nobody came for them."),
        ("en", "Experts have identified the first of 6,057 bodies repatriated in June, Klymenko said."),
        ("en", "Hungary received 11 Ukrainian prisoners of war from Russia, its deputy prime minister said."),
        ("en", "About 150 Russian soldiers surrendered and were taken prisoner, the Ukrainian brigade said."),
        ("en", "Save Ukraine, which has brought home more than 900 children, received an award in London."),
        ("uk", "Рятувальники евакуювали 87 людей, серед них 14 дітей, повідомили в ОВА."),
        ("uk", "Лубінець передав 1200 листів полоненим, сказав він."),
        ("uk", "Кремль призупинив підготовку обміну 250 на 250, заявив Пєсков."),
        ("ru", "Киев сорвал обмен пленными, заявила Захарова. Должны были вернуться 150 человек."),
        ("ru", "Россия передала Венгрии 11 украинских военнопленных."),
        ("ru", "Лавров и Рубио провели обмен мнениями об Украине и пленных."),
    ],
)
def test_what_only_looks_like_a_handover_is_no_news(lang: str, text: str) -> None:
    report = read(text, lang=lang)
    assert not report.relevant
    assert not [one for one in report.claims if one.main]


@pytest.mark.parametrize(
    ("lang", "text", "party"),
    [
        ("ru", "Переслано из Владимир Мединский\nУкраине передана еще 1000 тел. Нам вернули 19.", "russia"),
        ("uk", "Переслано від Координаційний штаб\nСьогодні в Україну повернуто 1000 тіл загиблих.", "ukraine"),
    ],
)
def test_forwarded_post_is_in_the_words_of_whom_it_comes_from(lang: str, text: str, party: str) -> None:
    assert {one.party for one in read(text, lang=lang).claims} == {party}


def test_every_form_of_a_word_is_known() -> None:
    text = "Додому вертаються 185 захисників; по сто сімдесят п'ятьма бійцями обмінялися раніше, сказав Зеленський."
    assert freed(185) in figures(read(text, lang="uk"))
