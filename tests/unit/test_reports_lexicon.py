"""The words of the reports, file by file."""

import datetime as dt

import pytest

from bot.language.reports.lexicon import LANGUAGES, expand, load_lexicon, normal, tell_language
from bot.language.reports.text import read_sentences, split_sentences

PUBLISHED = dt.date(2025, 6, 16)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_loads_with_claimants_of_each_party(language: str) -> None:
    lexicon = load_lexicon(language)
    assert {claimant.party for claimant in lexicon.claimants.values()} == {"ukraine", "russia", "other"}
    assert len(set(lexicon.months.values())) == 12
    assert len(set(lexicon.weekdays.values())) == 7


def test_pattern_stands_for_each_of_its_alternatives() -> None:
    assert sorted(expand("{на,до} рідн{у,ої} землі")) == [
        "до рідної землі",
        "до рідну землі",
        "на рідної землі",
        "на рідну землі",
    ]


def test_spelling_is_folded() -> None:
    assert normal("П’ЯТЬ") == "п'ять"
    assert normal("пленённых") == "плененных"
    assert normal("Tелеграм") == "телеграм"


@pytest.mark.parametrize(
    ("text", "language"),
    [("1,212 bodies were returned", "en"), ("повернули тіла полеглих", "uk"), ("вернули тела погибших", "ru")],
)
def test_language_is_told_by_its_letters(text: str, language: str) -> None:
    assert tell_language(text) == language


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert split_sentences("Вернули 1,2 тыс. тел. Об этом сообщил В. Мединский.") == [
        "Вернули 1,2 тыс. тел.",
        "Об этом сообщил В. Мединский.",
    ]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "on Friday", dt.date(2025, 6, 13)),
        ("en", "on June 2", dt.date(2025, 6, 2)),
        ("en", "on 30 December", dt.date(2024, 12, 30)),
        ("en", "two days ago", dt.date(2025, 6, 14)),
        ("uk", "11 червня 2025 року", dt.date(2025, 6, 11)),
        ("uk", "у п'ятницю", dt.date(2025, 6, 13)),
        ("uk", "учора", dt.date(2025, 6, 15)),
        ("uk", "11.06.2025", dt.date(2025, 6, 11)),
        ("ru", "накануне, 15 июня", dt.date(2025, 6, 15)),
        ("ru", "в понедельник", dt.date(2025, 6, 16)),
        ("ru", "три дня назад", dt.date(2025, 6, 13)),
    ],
)
def test_days_are_counted_from_publication(language: str, text: str, day: dt.date) -> None:
    (sentence,) = read_sentences("", text, load_lexicon(language), PUBLISHED)
    days = [token.day.date for token in sentence.tokens if token.day is not None]
    assert days
    assert set(days) == {day}


def test_eve_of_a_feast_is_no_day_before() -> None:
    (sentence,) = read_sentences("", "напередодні Великодня", load_lexicon("uk"), PUBLISHED)
    assert all(token.day is None for token in sentence.tokens)
