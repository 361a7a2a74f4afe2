"""Days and follow-ups as people write them, in three languages, and what they leave in the query."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ledger import Ledger
from bot.domain.queries import query_to_json
from bot.domain.records import read_records
from bot.domain.replies import Reading, Turn, Understanding
from bot.language.reader import read_question

CORPUS = Path(__file__).parents[1] / "corpus"
KYIV = ZoneInfo("Europe/Kyiv")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    records = read_records((CORPUS / "questions_ledger.jsonl").read_text(encoding="utf-8").splitlines())
    return Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)


def converse(ledger: Ledger, turns: list[str], now: dt.datetime) -> Understanding:
    """Ask the turns as one conversation; one that is not understood leaves the query before it standing."""
    previous: Turn | None = None
    for text in turns:
        found = read_question(text, ledger=ledger, now=now, timezone=KYIV, lang=None, previous=previous)
        if isinstance(found, Reading):
            previous = Turn(query=found.query, lang=found.lang, at=now)
    return found


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_days_and_follow_ups_are_read_as_meant(ledger: Ledger, lang: str) -> None:
    wrong = []
    for line in (CORPUS / f"dates_{lang}.jsonl").read_text(encoding="utf-8").splitlines():
        case: dict[str, Any] = json.loads(line)
        now = dt.datetime.fromisoformat(case["now"]).replace(tzinfo=KYIV)
        found = converse(ledger, case["turns"], now)
        expected = case["expect"]["query"]
        seen: Any = type(found).__name__
        if isinstance(found, Reading):
            query = query_to_json(found.query)
            seen = {key: query[key] for key in expected}
        if seen != expected:
            wrong.append((case["id"], " >> ".join(case["turns"]), expected, seen))
    assert wrong == []
