"""What stands around a question changes nothing, whatever its words; what narrows the question is never passed over."""

import datetime as dt
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ledger import Ledger
from bot.domain.records import read_records
from bot.domain.replies import Reading, Refusal, Understanding
from bot.language.reader import read_question

CORPUS = Path(__file__).parents[1] / "corpus"
KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 25, 12, tzinfo=KYIV)

QUESTIONS = {
    "en": ("How many bodies came back in May 2025?", "When was the last exchange of prisoners?"),
    "uk": ("Скільки тіл повернули у травні 2025?", "Коли був останній обмін полонених?"),
    "ru": ("Сколько тел вернули в мае 2025?", "Когда был последний обмен пленных?"),
}
#: Nouns that no dictionary holds.
BEFORE = {
    "en": (
        "We are a flarnish writing our yearly brimble.",
        "I am preparing a skelbert for the flarnish council.",
        "My cousin fell near Bakhmut in March 2024.",
        "The glimmerton always says something else.",
    ),
    "uk": (
        "Ми волонтери з Жмерчуна, пишемо глорб.",
        "Я готую шмурдик для нашого бумбарію.",
        "Мій брат загинув під Бахмутом у березні 2024.",
        "Перевіряємо фрумбель одного шмурдяка.",
    ),
    "ru": (
        "Мы волонтеры, пишем глорб для бумбария.",
        "Я готовлю шмурдик про войну.",
        "Мой брат погиб под Бахмутом в марте 2024.",
        "Проверяем фрумбель одного шмурдяка.",
    ),
}
AFTER = {
    "en": ("I need it for my flarnish.", "The glimmertons all write otherwise."),
    "uk": ("Це треба для мого фрумбеля.", "Бо всі шмурдяки пишуть по-різному."),
    "ru": ("Это нужно для моего фрумбеля.", "Потому что все шмурдяки пишут по-разному."),
}
RESTRICTIONS = {
    "en": (
        "Not counting civilians.",
        "Only those from Toretsk.",
        "I mean the women.",
        "Just the flarnish ones.",
        "Without the skelberts.",
        "Skadovsk district.",
    ),
    "uk": (
        "Крім цивільних.",
        "Тільки з Торецька.",
        "Маю на увазі жінок.",
        "Лише шмурдяків.",
        "Без шмурдяків.",
        "Скадовський район.",
    ),
    "ru": (
        "Кроме гражданских.",
        "Только из Торецка.",
        "Имею в виду женщин.",
        "Только шмурдяков.",
        "Без шмурдяков.",
        "Скадовский район.",
    ),
}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    records = read_records((CORPUS / "questions_ledger.jsonl").read_text(encoding="utf-8").splitlines())
    return Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)


def read(ledger: Ledger, text: str) -> Understanding:
    return read_question(text, ledger=ledger, now=NOW, timezone=KYIV, lang=None, previous=None)


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_a_story_around_a_question_changes_nothing(ledger: Ledger, lang: str) -> None:
    changed = []
    for question in QUESTIONS[lang]:
        alone = read(ledger, question)
        assert isinstance(alone, Reading)
        told = [f"{story} {question}" for story in BEFORE[lang]] + [f"{question} {story}" for story in AFTER[lang]]
        for text in told:
            found = read(ledger, text)
            if not isinstance(found, Reading) or found.query != alone.query:
                changed.append((text, found))
    assert changed == []


@pytest.mark.parametrize("opening", ["Nurse here:", "Hi, volunteer here,", "Reuters here.", "hello, teacher here,"])
def test_who_writes_is_no_part_of_the_question(ledger: Ledger, opening: str) -> None:
    plain, told = read(ledger, "bodies in May 2026"), read(ledger, f"{opening} bodies in May 2026")

    assert isinstance(plain, Reading)
    assert isinstance(told, Reading)
    assert told.query == plain.query


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_a_restriction_is_never_taken_for_a_story(ledger: Ledger, lang: str) -> None:
    pairs = product(QUESTIONS[lang], RESTRICTIONS[lang])
    texts = [text for q, r in pairs for text in (f"{q} {r}", f"{q[:-1]}, {r.lower()}")]
    assert [text for text in texts if not isinstance(read(ledger, text), Refusal)] == []


@pytest.mark.parametrize(
    "text",
    [
        "коли звільнять полонених",
        "моя сестра в полоні, коли її звільнять",
        "когда привезут тела",
        "when will they free the prisoners",
    ],
)
def test_a_verb_in_the_future_is_answered_with_no_figure(ledger: Ledger, text: str) -> None:
    assert isinstance(read(ledger, text), Refusal)
