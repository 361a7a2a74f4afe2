"""Who receives and whose figure it is, by construction: frames of the verbs, names of the parties, speakers."""

import datetime as dt
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.domain.articles import Article, Report
from bot.language.reports.reader import read_report

KYIV = ZoneInfo("Europe/Kyiv")
SIDES = ("ukraine", "russia")
OTHER = {"ukraine": "russia", "russia": "ukraine"}

#: Names by language and side; in a name the forms are nom, gen, dat, ins, to and from it.
NAMES: dict[str, dict[str, list[tuple[str, ...]]]] = {
    "en": {
        "ukraine": [
            ("Ukraine", "", "Ukraine", "by Ukraine", "to Ukraine", "from Ukraine"),
            ("Kyiv", "", "Kyiv", "by Kyiv", "to Kyiv", "from Kyiv"),
            ("the Ukrainians", "", "the Ukrainians", "by the Ukrainians", "to the Ukrainians", "from the Ukrainians"),
        ],
        "russia": [
            ("Russia", "", "Russia", "by Russia", "to Russia", "from Russia"),
            ("the Kremlin", "", "the Kremlin", "by the Kremlin", "to Moscow", "from Moscow"),
            ("the enemy", "", "the enemy", "by the enemy", "to the enemy", "from the enemy"),
        ],
    },
    "uk": {
        "ukraine": [
            ("Україна", "України", "Україні", "Україною", "до України", "з України"),
            ("Київ", "Києва", "Києву", "Києвом", "в Україну", "з України"),
            (
                "українська сторона",
                "української сторони",
                "українській стороні",
                "українською стороною",
                "на підконтрольну Україні територію",
                "з української сторони",
            ),
        ],
        "russia": [
            ("Росія", "Росії", "Росії", "Росією", "до Росії", "з Росії"),
            (
                "країна-агресорка",
                "країни-агресорки",
                "країні-агресорці",
                "країною-агресоркою",
                "до рф",
                "з країни-агресорки",
            ),
            ("Москва", "Москви", "Москві", "Москвою", "до РФ", "з РФ"),
        ],
    },
    "ru": {
        "ukraine": [
            ("Украина", "Украины", "Украине", "Украиной", "на Украину", "с Украины"),
            ("Киев", "Киева", "Киеву", "Киевом", "в Киев", "из Киева"),
            (
                "украинская сторона",
                "украинской стороны",
                "украинской стороне",
                "украинской стороной",
                "на подконтрольную Киеву территорию",
                "с Украины",
            ),
        ],
        "russia": [
            ("Россия", "России", "России", "Россией", "в Россию", "из России"),
            ("Москва", "Москвы", "Москве", "Москвой", "в РФ", "из РФ"),
            (
                "российская сторона",
                "российской стороны",
                "российской стороне",
                "российской стороной",
                "в Россию",
                "из РФ",
            ),
        ],
    },
}
#: In a frame "g" gives and "r" receives: gn is the giver's nominative, rt "to the receiver", gf "from the giver".
FRAMES = {
    "en": (
        "{gn} handed over {n} {rt}",
        "{gn} gave {rd} {n}",
        "{gn} has transferred {n} {rt}",
        "{n} were handed over {gi}",
        "{n} were given back {rt} {gi}",
        "{n} went {rt}",
        "{n} came back {gf}",
        "{rn} received {n}",
        "{rn} got {n} back",
        "{rn} took back {n}",
        "{rn} was handed {n}",
        "{rn}, for its part, took delivery of {n}",
        "{rn} confirmed receipt of {n}",
        "the return of {n} {rt} was completed",
    ),
    "uk": (
        "{n} передали {rd}",
        "{rd} віддали {n}",
        "{rd} передано {n}",
        "{gi} {rd} передано {n}",
        "{n} повернуто {rt}",
        "{gf} повернулися {n}",
        "{rt} привезли {n}",
        "від {gg} отримано {n}",
        "відбулася передача {rd} {n}",
        "{rn} підтверджує отримання {n}",
        "{rn} забирає {n}",
    ),
    "ru": (
        "{n} передали {rd}",
        "{rd} отдали {n}",
        "{rd} были переданы {n}",
        "{gi} {rd} передано {n}",
        "{n} возвращены {rt}",
        "{gf} вернулись {n}",
        "{rt} доставлены {n}",
        "от {gg} получено {n}",
        "состоялась передача {rd} {n}",
        "{rn} подтверждает получение {n}",
        "{rn} забирает {n}",
    ),
}
#: Two figures: n to the receiver, m to the giver.
PAIRS = {
    "en": (
        "{gn} handed over {n} and received {m}",
        "{rn} received {n} in exchange for {m}",
        "{n} were handed over {rt}; {m} went the other way",
        "in return for {n}, {rn} handed over {m}",
        "{rn} recovered {n}, with {m} going {gt}",
    ),
    "uk": (
        "{rd} передали {n}, {gd} – {m}",
        "{rt} повернулися {n}, {gt} – {m}",
        "{gn} віддає {n} в обмін на {m}",
        "{rt} доправлено {n}. Натомість {gt} вирушили {m}",
        "{rn} приймає {n}, у зворотний бік – {m}",
    ),
    "ru": (
        "{rd} передали {n}, {gd} — {m}",
        "{rt} вернулись {n}, {gt} — {m}",
        "{gn} отдает {n} в обмен на {m}",
        "в обмен на {n} {gn} получает {m}",
        "{gn} отдает {n}. {rn} — {m}",
    ),
}
#: Bodies, persons and people of a side, as subjects of giving and of getting.
ACTING: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "ukraine": ("Zelensky", "the Ukrainian military", "Ukraine's military intelligence"),
        "russia": ("Putin", "Russian troops", "the Russian Defence Ministry"),
        "give": ("{s} handed over {n}.", "{s} gave back {n}."),
        "get": ("{s} received {n}.", "{s} brought home {n}."),
    },
    "uk": {
        "ukraine": ("українські військові", "ЗСУ"),
        "russia": ("російські військові", "окупанти"),
        "give": ("{s} передали {n}.", "{s} віддали {n}."),
        "get": ("{s} отримали {n}.", "{s} забрали {n}."),
    },
    "ru": {
        "ukraine": ("украинские военные", "ВСУ"),
        "russia": ("российские военные", "российские власти"),
        "give": ("{s} передали {n}.", "{s} отдали {n}."),
        "get": ("{s} получили {n}.", "{s} забрали {n}."),
    },
}
#: Words beside a frame that name a country and change nothing.
BESIDE = {
    "en": (
        "in an exchange with {go}, {t}",
        "following negotiations with {go}, {t}",
        "at the Belarusian border, {t}",
        "{t}, who died in the Kursk region",
        "{t} killed in the war",
    ),
    "uk": (
        "у межах домовленостей між Україною та Росією {t}",
        "{t} за підсумками перемовин із {gi}",
        "{t} на кордоні з Білоруссю",
        "{t}, які загинули на Курщині",
    ),
    "ru": (
        "в рамках договоренностей между Москвой и Киевом {t}",
        "{t} в ходе обмена с {gi}",
        "{t} на границе с Белоруссией",
        "{t}, погибших в боях",
    ),
}
#: Sentences behind a figure that neither state it nor take it.
BEHIND = {
    "en": ("Moscow has not commented.", "Zelensky thanked the UAE.", "Kyiv insists on an all-for-all exchange."),
    "uk": ("Київ поки не підтвердив ці дані.", "Мединський назвав обмін успішним.", "Міноборони РФ показало відео."),
    "ru": ("В Москве это не комментировали.", "Зеленский поблагодарил ОАЭ.", "Минобороны РФ показало видео."),
}
BODIES = {"en": "{} bodies", "uk": "{} тіл загиблих", "ru": "{} тел погибших"}
TITLES = {"en": "Exchange of bodies", "uk": "Обмін тілами", "ru": "Обмен телами"}
SPEAKERS = {
    "en": {
        "ukraine": ("the Coordination Headquarters", "a Ukrainian official", "Ukraine's human rights commissioner"),
        "russia": ("Vladimir Medinsky", "a Russian lawmaker", "Russia's chief negotiator"),
    },
    "uk": {
        "ukraine": ("Коордштаб", "українське відомство", "Зеленський"),
        "russia": ("Мединський", "російське військове відомство", "глава російської делегації"),
    },
    "ru": {
        "ukraine": ("Координационный штаб", "украинское ведомство", "Зеленский"),
        "russia": ("Мединский", "российское военное ведомство", "глава российской делегации"),
    },
}
SAYING = {
    "en": ("{s} said {t}.", "{t}, {s} said.", "{t}, according to {s}."),
    "uk": ("{t}, повідомляє {s}.", "{s}: {t}.", "{t}. Про це повідомляє {s}."),
    "ru": ("{t}, сообщает {s}.", "{s}: {t}.", "{t}. Об этом сообщает {s}."),
}
#: Only who speaks tells who receives.
AT_HOME = {
    "en": ("{n} have come home", "{n} are home"),
    "uk": ("додому повернулися {n}", "на батьківщину повернуто {n}"),
    "ru": ("домой вернулись {n}", "на родину доставлены {n}"),
}
EXCHANGES = {"en": "Prisoner exchange", "uk": "Обмін полоненими", "ru": "Обмен пленными"}
PRISONERS = {"en": "{} servicemen", "uk": "{} військовослужбовців", "ru": "{} военнослужащих"}


def read(text: str, lang: str, *, title: str = "", publisher: str = "Wire") -> Report:
    article = Article(
        id="a",
        title=title,
        text=text,
        published_at=dt.datetime(2025, 9, 18, 12, tzinfo=dt.UTC),
        publisher=publisher,
        url="https://news.example/a",
        lang=lang,
    )
    return read_report(article, timezone=KYIV)


def told(report: Report) -> set[tuple[str, int | None]]:
    return {(one.recipient, one.count) for one in report.claims}


def sentence(text: str) -> str:
    return ". ".join(part[:1].upper() + part[1:] for part in text.split(". "))


def frames(lang: str) -> list[tuple[str, dict[str, str], str]]:
    """Give each pair of names in both directions: who receives, the forms of receiver and giver, who gives."""
    filled = []
    for receiver, one, other in product(SIDES, range(3), range(3)):
        forms: dict[str, str] = {}
        for role, name in (("r", NAMES[lang][receiver][one]), ("g", NAMES[lang][OTHER[receiver]][other])):
            forms |= {role + case: form for case, form in zip("ngditf", name, strict=True)}
        filled.append((receiver, forms, OTHER[receiver]))
    return filled


@pytest.mark.parametrize(("lang", "frame"), [(lang, frame) for lang in FRAMES for frame in FRAMES[lang]])
def test_frame_of_a_verb_tells_who_receives(lang: str, frame: str) -> None:
    wrong = []
    for receiver, forms, _ in frames(lang):
        text = sentence(frame.format(n=BODIES[lang].format(117), **forms)) + "."
        if told(read(text, lang, title=TITLES[lang])) != {(receiver, 117)}:
            wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(("lang", "frame"), [(lang, frame) for lang in PAIRS for frame in PAIRS[lang]])
def test_what_is_given_in_return_goes_the_other_way(lang: str, frame: str) -> None:
    wrong = []
    for receiver, forms, giver in frames(lang):
        for given, returned in ((117, 41), (41, 117)):
            bodies = BODIES[lang]
            text = sentence(frame.format(n=bodies.format(given), m=bodies.format(returned), **forms)) + "."
            if told(read(text, lang, title=TITLES[lang])) != {(receiver, given), (giver, returned)}:
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(("lang", "saying"), [(lang, saying) for lang in SAYING for saying in SAYING[lang]])
def test_speaker_tells_whose_figure_and_not_who_receives(lang: str, saying: str) -> None:
    wrong = []
    for party, receiver in product(SIDES, SIDES):
        for speaker in SPEAKERS[lang][party]:
            forms = {
                "n": BODIES[lang].format(117),
                "rt": NAMES[lang][receiver][0][4],
                "rd": NAMES[lang][receiver][0][2],
            }
            event = "{n} were handed over {rt}" if lang == "en" else FRAMES[lang][0]
            text = sentence(saying.format(s=speaker, t=event.format(**forms)))
            claims = [(one.recipient, one.party) for one in read(text, lang, title=TITLES[lang]).claims]
            if claims != [(receiver, party)]:
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("lang", ACTING)
def test_bodies_and_people_of_a_side_give_and_get(lang: str) -> None:
    wrong = []
    for side, does in product(SIDES, ("give", "get")):
        for actor, frame in product(ACTING[lang][side], ACTING[lang][does]):
            text = sentence(frame.format(s=actor, n=BODIES[lang].format(117)))
            if told(read(text, lang, title=TITLES[lang])) != {(side if does == "get" else OTHER[side], 117)}:
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(("lang", "beside"), [(lang, beside) for lang in BESIDE for beside in BESIDE[lang]])
def test_countries_beside_a_frame_do_not_receive(lang: str, beside: str) -> None:
    wrong = []
    for receiver, forms, _ in frames(lang):
        for frame in (FRAMES[lang][0], FRAMES[lang][-1] if lang != "en" else "{rn} received {n}"):
            event = frame.format(n=BODIES[lang].format(117), **forms)
            text = sentence(beside.format(t=event, gi=forms["gi"], go=forms["gd"])) + "."
            if told(read(text, lang, title=TITLES[lang])) != {(receiver, 117)}:
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(("lang", "behind"), [(lang, behind) for lang in BEHIND for behind in BEHIND[lang]])
def test_who_only_comments_does_not_state(lang: str, behind: str) -> None:
    wrong = []
    for party, (receiver, forms, _), space in product(SIDES, frames(lang)[::5], (" ", "\n\n")):
        event = FRAMES[lang][0].format(n=BODIES[lang].format(117), **forms)
        text = sentence(SAYING[lang][0].format(s=SPEAKERS[lang][party][0], t=event)) + space + behind
        claims = [(one.recipient, one.party) for one in read(text, lang, title=TITLES[lang]).claims]
        if claims != [(receiver, party)]:
            wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(("lang", "event"), [(lang, event) for lang in AT_HOME for event in AT_HOME[lang]])
def test_home_is_that_of_who_speaks(lang: str, event: str) -> None:
    wrong = []
    for party in SIDES:
        for speaker, saying in product(SPEAKERS[lang][party], SAYING[lang][:2]):
            text = sentence(saying.format(s=speaker, t=event.format(n=PRISONERS[lang].format(117))))
            if told(read(text, lang, title=EXCHANGES[lang])) != {(party, 117)}:
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Россия вернула 89 погибших военных",
            "России вернули 89 тел, Украине — 501, сообщил депутат Саралиев.",
            {("russia", 89), ("ukraine", 501)},
        ),
        ("Саралиев: РФ вернула 47 тел", "Тела 47 военных возвращены в РФ.", {("russia", 47)}),
        ("Обмен телами", "Украинская сторона вернула 47 тел.", set()),
        ("Обмен телами", "Россия вернула домой 47 тел.", {("russia", 47)}),
        ("Обмен телами", "Россия вернула 1000 тел.", {("ukraine", 1000)}),
    ],
)
def test_a_verb_that_says_either_way_is_settled_by_the_text_or_not_at_all(
    title: str, text: str, expected: set[tuple[str, int | None]]
) -> None:
    assert told(read(text, "ru", title=title)) == expected


@pytest.mark.parametrize(
    ("publisher", "expected"),
    [("Рыбарь", {("russia", 25)}), ("Украинская правда", {("ukraine", 25)}), ("Полдень", set())],
)
def test_home_without_a_speaker_is_that_of_the_outlet(publisher: str, expected: set[tuple[str, int | None]]) -> None:
    assert told(read("Обмен пленными: домой вернулись 25 бойцов.", "ru", publisher=publisher)) == expected


@pytest.mark.parametrize(("publisher", "receiver"), [("Рыбарь", "ukraine"), ("Украинская правда", "russia")])
def test_enemy_is_that_of_the_outlet(publisher: str, receiver: str) -> None:
    text = "Обмен пленными: противник получил 25 своих военных."
    assert told(read(text, "ru", publisher=publisher)) == {(receiver, 25)}


@pytest.mark.parametrize(
    ("lang", "quote", "ours"),
    [
        ("en", '"We received 117 bodies," {s} said.', True),
        ("en", '"We handed over 117 bodies," {s} said.', False),
        ("uk", "«Нам передали 117 тіл», – повідомляє {s}.", True),
        ("uk", "«Ми віддали 117 тіл», – повідомляє {s}.", False),
        ("ru", "«Мы забрали 117 тел», — сообщает {s}.", True),
        ("ru", "«Мы отдали 117 тел», — сообщает {s}.", False),
    ],
)
def test_we_are_the_side_of_who_speaks(lang: str, quote: str, ours: bool) -> None:
    for party in SIDES:
        for speaker in SPEAKERS[lang][party]:
            report = read(quote.format(s=speaker), lang, title=TITLES[lang])
            assert told(report) == {(party if ours else OTHER[party], 117)}


def test_flags_that_act_are_sides() -> None:
    report = read("Exchange of bodies: 🇺🇦 received 1,000, 🇷🇺 received 38.", "en")
    assert told(report) == {("ukraine", 1000), ("russia", 38)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Five of the children have travelled to Ukraine and one to Russia, Maria Lvova-Belova said."),
        ("ru", "На Украину к родным уехали пять детей, а один ребенок — к папе в Россию, сообщила Львова-Белова."),
        ("uk", "До України повернулися п'ятеро дітей, одна дитина – до Росії, повідомив Лубінець."),
    ],
)
def test_children_go_either_way(lang: str, text: str) -> None:
    assert told(read(text, lang)) == {("ukraine", 5), ("russia", 1)}


def test_sum_of_both_directions_is_no_claim() -> None:
    assert (
        told(read("Шесть детей воссоединились с близкими в России и на Украине, сообщила Львова-Белова.", "ru"))
        == set()
    )


@pytest.mark.parametrize(
    ("lang", "text", "parties"),
    [
        (
            "en",
            "Ukraine said it had brought back 300 prisoners of war from Russia, which in turn said it had received 301 "
            "of its soldiers.",
            {("ukraine", "ukraine"), ("russia", "russia")},
        ),
        (
            "en",
            "Russia handed over 1,000 bodies to Ukraine, Vladimir Medinsky said. Kyiv, for its part, announced the "
            "arrival of 1,003 bodies.",
            {("ukraine", "russia"), ("ukraine", "ukraine")},
        ),
        (
            "ru",
            "Зеленский сообщил, что домой вернулись двое гражданских. Российская омбудсменка Москалькова — что Россия "
            "забрала троих жителей Курской области.",
            {("ukraine", "ukraine"), ("russia", "russia")},
        ),
        (
            "uk",
            "Україна передала Росії 51 тіло, заявив Мединський. Він стверджує, що до України відправили 1248 тіл.",
            {("russia", "russia"), ("ukraine", "russia")},
        ),
        (
            "en",
            "Ukraine gets back 522 bodies, which the Russian side says are of its defenders. The Coordination "
            "Headquarters announced this.",
            {("ukraine", "ukraine")},
        ),
    ],
)
def test_each_figure_is_its_speakers(lang: str, text: str, parties: set[tuple[str, str]]) -> None:
    assert {(one.recipient, one.party) for one in read(text, lang).claims} == parties


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Five citizens of the Russian Federation, residents of the Kursk Region, have been brought back to Russia.",
        ),
        ("ru", "В Россию возвращены пять граждан РФ, жителей Курской области."),
    ],
)
def test_citizens_who_are_residents_are_civilians(lang: str, text: str) -> None:
    claims = {(one.kind, one.recipient, one.count) for one in read(text, lang, title=EXCHANGES[lang]).claims}
    assert claims == {("civilians", "russia", 5)}
