"""Feasts are days: fixed ones, those that move with Easter, and names that two days share."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ledger import Ledger
from bot.domain.records import read_records
from bot.domain.replies import Choice, Reading, Refusal, Understanding
from bot.language.dates.feasts import EITHER, FEASTS, days_of
from bot.language.reader import read_question

CORPUS = Path(__file__).parents[1] / "corpus"
KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 20, 12, tzinfo=KYIV)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    records = read_records((CORPUS / "questions_ledger.jsonl").read_text(encoding="utf-8").splitlines())
    return Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)


def read(ledger: Ledger, text: str) -> Understanding:
    return read_question(text, ledger=ledger, now=NOW, timezone=KYIV, lang=None, previous=None)


@pytest.mark.parametrize(
    ("year", "east", "west"),
    [
        (2022, dt.date(2022, 4, 24), dt.date(2022, 4, 17)),
        (2024, dt.date(2024, 5, 5), dt.date(2024, 3, 31)),
        (2025, dt.date(2025, 4, 20), dt.date(2025, 4, 20)),
        (2026, dt.date(2026, 4, 12), dt.date(2026, 4, 5)),
    ],
)
def test_easter_moves(year: int, east: dt.date, west: dt.date) -> None:
    assert days_of("easter_east", year) == (east,)
    assert days_of("easter_west", year) == (west,)


def test_every_name_of_two_feasts_is_of_two_that_there_are() -> None:
    assert {name for pair in EITHER.values() for name in pair} <= FEASTS.keys()


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("how many bodies on Independence Day 2025", dt.date(2025, 8, 24), dt.date(2025, 8, 24)),
        ("в день независимости сколько пленных вернули", dt.date(2025, 8, 24), dt.date(2025, 8, 24)),
        ("скільки тіл передали до Великодня 2026", None, dt.date(2026, 4, 12)),
        ("bodies since Orthodox Christmas", dt.date(2026, 1, 7), None),
        ("перед новым 2026 годом сколько тел вернули", None, dt.date(2025, 12, 31)),
        ("напередодні Великодня 2026 скільки тіл", dt.date(2026, 4, 11), dt.date(2026, 4, 11)),
        ("на Різдво, 25 грудня 2025, скільки тіл передали", dt.date(2025, 12, 25), dt.date(2025, 12, 25)),
        ("prisoners between Easter 2025 and New Year 2026", dt.date(2025, 4, 20), dt.date(2026, 1, 1)),
    ],
)
def test_a_feast_is_a_day(ledger: Ledger, text: str, since: dt.date | None, until: dt.date | None) -> None:
    found = read(ledger, text)
    assert isinstance(found, Reading)
    assert (found.query.since, found.query.until) == (since, until)


def test_two_christmases_are_asked_about(ledger: Ledger) -> None:
    found = read(ledger, "скільки тіл передали від Різдва")
    assert isinstance(found, Choice)
    assert [r.query.since for r in found.readings] == [dt.date(2025, 12, 25), dt.date(2026, 1, 7)]


@pytest.mark.parametrize("text", ["prisoners freed in the Easter exchange 2025", "скільки тіл повернули під Новий рік"])
def test_what_is_named_after_a_feast_is_no_date(ledger: Ledger, text: str) -> None:
    assert isinstance(read(ledger, text), Refusal)


def test_quarters_are_refused_with_months_and_years_offered(ledger: Ledger) -> None:
    found = read(ledger, "тіла поквартально за 2025")
    assert isinstance(found, Refusal)
    assert [q.group_by for q in found.near[:2]] == ["month", "year"]
