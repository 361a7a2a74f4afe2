"""What single reports are read as: by rule and by trap."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.domain.articles import Article, Report
from bot.domain.rounds import Agreement
from bot.language.reports.reader import read_report

KYIV = ZoneInfo("Europe/Kyiv")


def read(text: str, *, title: str = "", lang: str = "en", published: str = "2025-06-14T12:00", **rest: str) -> Report:
    article = Article(
        id="a",
        title=title,
        text=text,
        published_at=dt.datetime.fromisoformat(published + "+00:00"),
        publisher=rest.get("publisher", "Wire"),
        url="https://news.example/a",
        lang=lang,
    )
    return read_report(article, timezone=KYIV)


def figures(report: Report) -> set[tuple[str, str, str, int | None, bool]]:
    return {(one.kind, one.recipient, one.measure, one.count, one.main) for one in report.claims}


WIRES = {
    "en": (
        "Ukraine gets 1,212 bodies back",
        "Ukraine received the bodies of 1,212 fallen soldiers on June 11, the Coordination Headquarters said.\n"
        "Russia took back 27 bodies of its soldiers, Vladimir Medinsky said.\n"
        "Russia is ready to hand over another 2,239 bodies.",
    ),
    "uk": (
        "В Україну повернули 1212 тіл",
        "11 червня в Україну повернуто 1212 тіл загиблих, повідомив Координаційний штаб.\n"
        "Росія отримала 27 тіл своїх військових, заявив Мединський.\n"
        "Росія готова передати ще 2239 тіл.",
    ),
    "ru": (
        "Украине передали 1212 тел",
        "11 июня Украине переданы 1212 тел погибших, сообщил Координационный штаб.\n"
        "Россия получила 27 тел своих военных, заявил Мединский.\n"
        "Россия готова передать еще 2239 тел.",
    ),
}


@pytest.mark.parametrize("lang", WIRES)
def test_wire_report_gives_both_sides_and_no_offer(lang: str) -> None:
    title, text = WIRES[lang]
    report = read(text, title=title, lang=lang, published="2025-06-11T15:00")
    assert report.relevant
    assert figures(report) == {
        ("remains", "ukraine", "round", 1212, True),
        ("remains", "russia", "round", 27, True),
    }
    assert {(one.recipient, one.party, one.date) for one in report.claims} == {
        ("ukraine", "ukraine", dt.date(2025, 6, 11)),
        ("russia", "russia", dt.date(2025, 6, 11)),
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Russia and Ukraine exchanged 175 prisoners each on Saturday, both sides said."),
        ("uk", "Україна та Росія провели обмін полоненими за формулою 175 на 175, повідомив Зеленський."),
        ("ru", "Россия и Украина обменялись пленными в формате 175 на 175, сообщило Минобороны РФ."),
        ("ru", "Россия и Украина обменялись пленными — по 175 человек, сообщило Минобороны РФ."),
    ],
)
def test_equal_numbers_are_a_claim_for_each_side(lang: str, text: str) -> None:
    assert figures(read(text, lang=lang)) == {
        ("prisoners", "ukraine", "round", 175, True),
        ("prisoners", "russia", "round", 175, True),
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Russia will hand over 1,000 bodies to Ukraine next week, Medinsky said."),
        ("en", "Russia offered to return 3,000 bodies, but Ukraine has not received them."),
        ("en", "The sides agreed to release 1,200 prisoners each."),
        ("uk", "Росія передасть Україні 1000 тіл наступного тижня, заявив Мединський."),
        ("uk", "Україна не отримала 1000 тіл, повідомив Координаційний штаб."),
        ("ru", "Россия готова передать Украине 1000 тел, заявил Мединский."),
        ("ru", "Стороны договорились обменять по 1200 пленных."),
    ],
)
def test_plan_offer_and_denial_are_no_claim(lang: str, text: str) -> None:
    report = read(text, lang=lang)
    assert report.claims == ()
    assert not report.relevant


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ukraine lost 1,150 soldiers in a day, Russia's defence ministry said."),
        ("uk", "Армія РФ втратила за добу 1150 військових, повідомив Генштаб."),
        ("en", "Hamas released 20 hostages and Israel freed 250 Palestinian prisoners."),
        ("ru", "ХАМАС передал Израилю тела двух заложников."),
        ("en", "The club returned 12 players after the exchange."),
    ],
)
def test_other_news_holds_nothing(lang: str, text: str) -> None:
    report = read(text, lang=lang)
    assert not report.relevant
    assert report.claims == ()


def test_total_is_kept_apart_from_the_round() -> None:
    report = read(
        "Сьогодні повернуто ще 1200 тіл. Загалом за тиждень Україна отримала 4812 тіл, повідомив Координаційний штаб.",
        lang="uk",
        published="2025-06-15T12:00",
    )
    assert figures(report) == {
        ("remains", "ukraine", "round", 1200, True),
        ("remains", "ukraine", "total", 4812, False),
    }


def test_total_since_the_invasion_keeps_its_start() -> None:
    report = read(
        "95 Ukrainians came home from captivity on Friday, Zelensky said. "
        "Since the start of the full-scale invasion 3,405 people have been returned, he added.",
        published="2024-07-19T12:00",
    )
    (total,) = [one for one in report.claims if one.measure == "total"]
    assert (total.count, total.since, total.party) == (3405, dt.date(2022, 2, 24), "ukraine")


def test_split_is_told_from_the_whole() -> None:
    report = read(
        "390 Ukrainians were returned from captivity on Friday, 270 soldiers and 120 civilians, Zelensky said.",
        published="2025-05-23T17:00",
    )
    assert figures(report) == {
        ("prisoners", "ukraine", "round", 270, True),
        ("civilians", "ukraine", "round", 120, True),
    }


def test_civilians_within_a_figure_are_marked() -> None:
    report = read(
        "189 Ukrainians were released from captivity, including two civilians, Zelensky said.",
        published="2024-12-30T17:00",
    )
    assert [(one.kind, one.count, one.included) for one in report.claims] == [
        ("prisoners", 189, False),
        ("civilians", 2, True),
    ]


def test_subcounts_by_front_and_rank_are_no_claims() -> None:
    report = read(
        "Тіла 502 захисників повернули в Україну, повідомив Координаційний штаб. "
        "397 загиблих боронили Донецький напрямок, 64 – Запорізький, 24 – Луганський, 17 віддали морги в Росії.",
        lang="uk",
        published="2024-11-29T12:00",
    )
    assert figures(report) == {("remains", "ukraine", "round", 502, True)}


def test_whose_bodies_are_held_to_be_is_not_whose_figure_it_is() -> None:
    report = read(
        "В Україну повернули 1000 тіл, які, за твердженням російської сторони, належать українським військовим, "
        "повідомив Координаційний штаб.",
        lang="uk",
        published="2025-09-18T12:00",
    )
    assert [one.party for one in report.claims] == ["ukraine"]


def test_a_claimants_own_channel_speaks_for_itself() -> None:
    report = read(
        "Сьогодні в Україну повернуто 1245 тіл загиблих.",
        lang="uk",
        published="2025-06-16T12:00",
        publisher="Координаційний штаб",
    )
    assert [(one.count, one.party) for one in report.claims] == [(1245, "ukraine")]


def test_earlier_round_keeps_its_own_day() -> None:
    report = read(
        "Ukraine received 1,200 bodies on Friday, the Coordination Headquarters said. "
        "Earlier, on June 11, 1,212 bodies were returned.",
        published="2025-06-13T12:00",
    )
    assert [(one.count, one.date, one.main) for one in report.claims] == [
        (1200, dt.date(2025, 6, 13), True),
        (1212, dt.date(2025, 6, 11), False),
    ]


def test_day_is_that_of_the_set_time_zone() -> None:
    report = read(
        "Сьогодні в Україну повернуто 140 тіл загиблих, повідомив Координаційний штаб.",
        lang="uk",
        published="2024-04-25T22:30",
    )
    assert report.date == dt.date(2024, 4, 26)


def test_handover_without_a_figure_is_news() -> None:
    report = read(
        "Ukraine and Russia carried out another exchange of prisoners of war on Friday. Neither side gave numbers.",
        published="2025-07-04T15:00",
    )
    assert (report.relevant, report.claims, report.kinds) == (True, (), ("prisoners",))


def test_number_of_the_exchange_is_read() -> None:
    report = read(
        "185 Ukrainian soldiers returned from captivity in the 69th prisoner exchange, Zelensky said.",
        published="2025-10-02T12:00",
    )
    assert [one.ordinal for one in report.claims] == [69]


def test_agreement_is_tied_by_its_name() -> None:
    agreement = Agreement(
        id="istanbul", date=dt.date(2025, 6, 2), place="Istanbul", names={"en": ("Istanbul", "Istanbul deal")}
    )
    article = Article(
        id="a",
        title="",
        text="Ukraine received 1,200 bodies under the Istanbul deal, the Coordination Headquarters said.",
        published_at=dt.datetime(2025, 6, 13, 12, tzinfo=dt.UTC),
        publisher="Wire",
        url="",
    )
    report = read_report(article, timezone=KYIV, agreements=(agreement,))
    assert [one.agreement for one in report.claims] == ["istanbul"]


@pytest.mark.parametrize(
    ("lang", "words", "count", "qualifier"),
    [
        ("en", "twelve hundred", 1200, "exact"),
        ("en", "1.2 thousand", 1200, "exact"),
        ("en", "more than a thousand", 1000, "at_least"),
        ("en", "two hundred and fifteen", 215, "exact"),
        ("en", "about 250", 250, "about"),
        ("uk", "1 212", 1212, "exact"),
        ("uk", "1,2 тис.", 1200, "exact"),
        ("uk", "понад 6 тисяч", 6000, "at_least"),
        ("uk", "двісті сорок п'ять", 245, "exact"),
        ("uk", "тисячу", 1000, "exact"),
        ("ru", "1,2 тыс.", 1200, "exact"),
        ("ru", "около трех тысяч", 3000, "about"),
        ("ru", "шесть тысяч шестьдесят", 6060, "exact"),
        ("ru", "более тысячи", 1000, "at_least"),
    ],
)
def test_numbers_are_read_in_every_spelling(lang: str, words: str, count: int, qualifier: str) -> None:
    texts = {
        "en": f"Ukraine received {words} bodies on Saturday, the Coordination Headquarters said.",
        "uk": f"Україна отримала {words} тіл загиблих, повідомив Координаційний штаб.",
        "ru": f"Украина получила {words} тел погибших, сообщил Координационный штаб.",
    }
    assert [(one.count, one.qualifier) for one in read(texts[lang], lang=lang).claims] == [(count, qualifier)]


@pytest.mark.parametrize("words", ["thousands of", "dozens of", "hundreds of"])
def test_vague_words_are_no_figure(words: str) -> None:
    assert read(f"Ukraine received {words} bodies on Saturday, the Coordination Headquarters said.").claims == ()


def test_language_is_told_from_the_letters() -> None:
    article = Article(
        id="a",
        title="",
        text="Украина получила 1200 тел погибших, сообщил Координационный штаб.",
        published_at=dt.datetime(2025, 6, 13, 12, tzinfo=dt.UTC),
        publisher="Wire",
        url="",
    )
    assert [one.count for one in read_report(article, timezone=KYIV).claims] == [1200]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Clarifying its count, the Coordination Headquarters said Ukraine received 1,212 bodies, not 1,200."),
        ("uk", "Координаційний штаб уточнив: Україна отримала 1212 тіл, а не 1200."),
        ("ru", "Координационный штаб уточнил: Украина получила 1212 тел, а не 1200."),
    ],
)
def test_rejected_figure_is_no_claim(lang: str, text: str) -> None:
    assert figures(read(text, lang=lang)) == {("remains", "ukraine", "round", 1212, True)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ukraine received 1,003 bodies, its Coordination Headquarters said. Moscow insisted on 1,000."),
        ("uk", "Україна отримала 1003 тіла, повідомив Координаційний штаб. У Росії кажуть про 1000 тіл."),
        ("ru", "Украина получила 1003 тела, сообщил Координационный штаб. Мединский говорит о 1000 тел."),
    ],
)
def test_restated_number_is_of_the_same_recipient(lang: str, text: str) -> None:
    read_claims = [(one.recipient, one.count, one.party, one.main) for one in read(text, lang=lang).claims]
    assert read_claims == [("ukraine", 1003, "ukraine", True), ("ukraine", 1000, "russia", False)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ukraine received 1,000 bodies Moscow claims are those of its soldiers, the Headquarters said."),
        (
            "uk",
            "Тисячу тіл, які росіяни називають тілами українських військових, прийняла Україна, сказали у Коордштабі.",
        ),
        ("ru", "Тысячу тел, которые россияне называют телами украинских военных, приняла Украина, сообщил Коордштаб."),
    ],
)
def test_side_that_says_whose_the_bodies_are_does_not_receive_them(lang: str, text: str) -> None:
    assert figures(read(text, lang=lang)) == {("remains", "ukraine", "round", 1000, True)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Russia handed over 1,000 bodies and was given back 38, Medinsky said."),
        ("uk", "Росія передала Україні 1000 тіл, у зворотному напрямку віддали 38, сказав Мединський."),
        ("ru", "Россия передала Украине 1000 тел, в обратную сторону передали 38, сообщил Мединский."),
    ],
)
def test_what_goes_back_has_the_other_recipient(lang: str, text: str) -> None:
    assert figures(read(text, lang=lang)) == {
        ("remains", "ukraine", "round", 1000, True),
        ("remains", "russia", "round", 38, True),
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "In the first stage of a 1,000-for-1,000 swap 205 Ukrainian soldiers came home today, Zelensky said."),
        (
            "uk",
            "Сьогодні вдома 205 українських воїнів, це перший етап обміну «1000 на 1000», сказав Зеленський.",
        ),
        (
            "ru",
            "Сегодня домой вернулись 205 украинских военных, это первый этап обмена «1000 на 1000», сказал Зеленский.",
        ),
    ],
)
def test_name_of_a_deal_is_no_figure(lang: str, text: str) -> None:
    assert figures(read(text, lang=lang)) == {("prisoners", "ukraine", "round", 205, True)}


def test_accent_apart_from_its_letter_is_read() -> None:
    assert not read("\u0301 Сараліє\u0301в \u0301", lang="uk").relevant
