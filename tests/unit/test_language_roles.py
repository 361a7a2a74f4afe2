"""Who states, who gives and who gets: every way to say it, for both sides, in three languages."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.domain.replies import Reading
from tests.asked import LANGS, asked

OTHER = {"ukraine": "russia", "russia": "ukraine"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side, or one who speaks for it, in the cases of a language (English has one)."""

    party: str
    nominative: str
    genitive: str = ""
    dative: str = ""
    instrumental: str = ""
    #: Past tense of "receive", "hand over", "take" and "report" behind its verb stem.
    past: str = ""
    #: A person or body, who hands nothing over.
    speaker: bool = False


SIDES = {
    "en": [
        Side(party="ukraine", nominative="Kyiv"),
        Side(party="ukraine", nominative="the Ukrainian side"),
        Side(party="russia", nominative="Moscow"),
        Side(party="russia", nominative="Russia"),
        Side(party="ukraine", nominative="Zelensky", speaker=True),
        Side(party="russia", nominative="Medinsky", speaker=True),
    ],
    "uk": [
        Side(party="ukraine", nominative="Київ", genitive="Києва", dative="Києву", instrumental="Києвом", past="в"),
        Side(
            party="ukraine",
            nominative="українська сторона",
            genitive="української сторони",
            dative="українській стороні",
            instrumental="українською стороною",
            past="ла",
        ),
        Side(party="russia", nominative="Росія", genitive="Росії", dative="Росії", instrumental="Росією", past="ла"),
        Side(party="ukraine", nominative="Зеленський", genitive="Зеленського", past="в", speaker=True),
        Side(party="russia", nominative="Мединський", genitive="Мединського", past="в", speaker=True),
    ],
    "ru": [
        Side(party="ukraine", nominative="Киев", genitive="Киева", dative="Киеву", instrumental="Киевом", past="л"),
        Side(
            party="russia",
            nominative="российская сторона",
            genitive="российской стороны",
            dative="российской стороне",
            instrumental="российской стороной",
            past="ла",
        ),
        Side(
            party="russia", nominative="Москва", genitive="Москвы", dative="Москве", instrumental="Москвой", past="ла"
        ),
        Side(party="ukraine", nominative="Зеленский", genitive="Зеленского", past="л", speaker=True),
        Side(party="russia", nominative="Мединский", genitive="Мединского", past="л", speaker=True),
    ],
}
KINDS = {
    "en": {"remains": "bodies", "prisoners": "prisoners"},
    "uk": {"remains": "тіл", "prisoners": "полонених"},
    "ru": {"remains": "тел", "prisoners": "пленных"},
}
#: What is said; who receives: the one named, the other side, or Ukraine as ever; measure; whose figures they are.
NAMED, OTHERS, HOME = "named", "others", "home"
SAID: dict[str, list[tuple[str, str, str]]] = {
    "en": [
        ("how many {kind} does {n} say it got back", NAMED, "total"),
        ("how many {kind} did {n} say it handed over in 2025", OTHERS, "total"),
        ("how many {kind} does {n} claim to have received in 2025", NAMED, "total"),
        ("how many {kind} did {n} report handing over in 2025", OTHERS, "total"),
        ("how many {kind} does {n} say {other} received in 2025", OTHERS, "total"),
        ("how many {kind} does {n} say {other} handed over in 2025", NAMED, "total"),
        ("what is the overall number of {kind} {n} says it has got back", NAMED, "claimed_total"),
        ("what total of {kind} does {n} claim to have handed over", OTHERS, "claimed_total"),
        ("according to {n}, how many {kind} did {other} get in 2025", OTHERS, "total"),
        ("according to {n}, how many {kind} were returned in 2025", HOME, "total"),
        ("what figure does {n} give for {kind} in September 2025", HOME, "total"),
        ("what total number of returned {kind} does {n} give", HOME, "claimed_total"),
        ("what does {n} say about {kind} in 2025", HOME, "total"),
        ("how many {kind} came home in 2025 by {n}'s count", HOME, "total"),
    ],
    "uk": [
        ("{n} каже, що отрима{past} скільки {kind} у 2025 році", NAMED, "total"),
        ("скільки {kind} {n} заявляє, що переда{past} у 2025 році", OTHERS, "total"),
        ("скільки {kind}, за даними {g}, повернули у 2025 році", HOME, "total"),
        ("яку цифру повернутих {kind} за вересень 2025 дає {n}", HOME, "total"),
        ("яку загальну кількість повернутих {kind} дає {n}", HOME, "claimed_total"),
        ("про скільки {kind} відзвітува{past} {n} за вересень 2025", HOME, "total"),
        ("скільки {kind} називає {n} за вересень 2025", HOME, "total"),
        ("скільки {kind} повернули у 2025 році зі слів {g}", HOME, "total"),
    ],
    "ru": [
        ("{n} говорит, что получи{past} сколько {kind} в 2025 году", NAMED, "total"),
        ("сколько {kind} {n} заявляет, что переда{past} в 2025 году", OTHERS, "total"),
        ("сколько {kind}, по данным {g}, вернули в 2025 году", HOME, "total"),
        ("какую цифру возвращенных {kind} за сентябрь 2025 дает {n}", HOME, "total"),
        ("какое общее количество возвращенных {kind} дает {n}", HOME, "claimed_total"),
        ("сколько {kind} называет {n} за сентябрь 2025", HOME, "total"),
        ("сколько {kind} в сентябре 2025 по версии {g}", HOME, "total"),
        ("сколько {kind} вернули в 2025 году со слов {g}", HOME, "total"),
    ],
}
DONE: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("how many {kind} did {n} get in 2025", NAMED),
        ("how many {kind} has {n} got back so far", NAMED),
        ("how many {kind} did {n} hand over in 2025", OTHERS),
        ("how many {kind} were handed over by {n} in 2025", OTHERS),
        ("how many {kind} were received by {n} in 2025", NAMED),
        ("how many {kind} were handed over to {n} in 2025", NAMED),
        ("how many {kind} did {n} get from {other} in 2025", NAMED),
        ("how many of its own {kind} did {n} recover", NAMED),
        ("{kind} from {n} in 2025", OTHERS),
    ],
    "uk": [
        ("скільки {kind} отрима{past} {n} у 2025 році", NAMED),
        ("скільки {kind} {n} переда{past} у 2025 році", OTHERS),
        ("скільки {kind} отримано {i} у 2025 році", NAMED),
        ("скільки {kind} передано {i} у 2025 році", OTHERS),
        ("скільки {kind} передали {d} у 2025 році", NAMED),
        ("скільки {kind} отримали від {g} у 2025 році", OTHERS),
        ("скільки своїх {kind} поверну{past} {n} у 2025 році", NAMED),
    ],
    "ru": [
        ("сколько {kind} получи{past} {n} в 2025 году", NAMED),
        ("сколько {kind} {n} переда{past} в 2025 году", OTHERS),
        ("сколько {kind} получено {i} в 2025 году", NAMED),
        ("сколько {kind} передано {i} в 2025 году", OTHERS),
        ("сколько {kind} передали {d} в 2025 году", NAMED),
        ("сколько {kind} получили от {g} в 2025 году", OTHERS),
        ("сколько своих {kind} верну{past} {n} в 2025 году", NAMED),
    ],
}
ENGLISH = {"ukraine": "Ukraine", "russia": "Russia"}


def worded(template: str, lang: str, side: Side) -> Iterator[tuple[str, str]]:
    """Yield each kind with the question in words."""
    for kind, word in KINDS[lang].items():
        yield (
            kind,
            template.format(
                kind=word,
                n=side.nominative,
                g=side.genitive,
                d=side.dative,
                i=side.instrumental,
                past=side.past,
                other=ENGLISH[OTHER[side.party]],
            ),
        )


def receiver(who: str, side: Side) -> str:
    return {NAMED: side.party, OTHERS: OTHER[side.party], HOME: "ukraine"}[who]


def seen(text: str) -> tuple[str, str, str | None, str | None] | None:
    found = asked(text)
    if not isinstance(found, Reading) or not found.query.kinds:
        return None
    return found.query.measure, found.query.kinds[0], found.query.recipient, found.query.party


@pytest.mark.parametrize("lang", LANGS)
def test_who_states_figures_and_what_they_say_of_whom(lang: str) -> None:
    wrong = [
        (text, found)
        for template, who, measure in SAID[lang]
        for side in SIDES[lang]
        for kind, text in worded(template, lang, side)
        if (found := seen(text)) != (measure, kind, receiver(who, side), side.party)
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGS)
def test_who_gives_and_who_gets_states_nothing(lang: str) -> None:
    wrong = [
        (text, found)
        for template, who in DONE[lang]
        for side in SIDES[lang]
        if not side.speaker
        for kind, text in worded(template, lang, side)
        if (found := seen(text)) != ("total", kind, receiver(who, side), None)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "recipient", "party"),
    [
        ("Moscow's claimed total of POWs it got back", "russia", "russia"),
        ("the Russian side's total of bodies", "ukraine", "russia"),
        ("how many prisoners did Russia get in 2025 by its own count", "russia", "russia"),
        ("сколько всего пленных получила Россия, по ее словам", "russia", "russia"),
        ("сколько тел военных РФ передали", "russia", None),
        ("сколько тел РФ передала", "ukraine", None),
        ("скільки тіл ми отримали, а скільки віддали у 2025", "both", None),
        ("did Ukraine get more bodies than Russia in 2025", "both", None),
        ("how many bodies was Russia given in 2025", "russia", None),
        ("Russia's handover of bodies to Ukraine in June 2025", "ukraine", None),
        ("Ukraine's count of bodies it gave to Russia in 2025", "russia", "ukraine"),
        ("отримання Росією тіл у 2025", "russia", None),
        ("скільки в росіян забрали полонених", "ukraine", None),
        ("чи повідомляла Москва скільки тіл отримала у 2025", "russia", "russia"),
        ("сколько тел Украина, как сообщил Мединский, получила в 2025", "ukraine", "russia"),
        ("по скільки тіл отримали сторони", "both", None),
    ],
)
def test_owners_pronouns_and_both_ways(text: str, recipient: str, party: str | None) -> None:
    found = asked(text)
    assert isinstance(found, Reading)
    assert (found.query.recipient, found.query.party) == (recipient, party)


@pytest.mark.parametrize(
    "text",
    [
        "where do Ukraine's and Russia's figures for bodies differ",
        "де цифри України і Росії по тілах не збігаються?",
        "где цифры России и Украины по телам расходятся",
    ],
)
def test_both_parties_are_the_two_sides_of_a_conflict(text: str) -> None:
    found = asked(text)
    assert isinstance(found, Reading)
    assert (found.query.measure, found.query.kinds, found.query.recipient) == ("conflict", ("remains",), None)
