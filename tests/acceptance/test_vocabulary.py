"""Words of the question: those that only say it otherwise are read, and those that change it are never answered."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ledger import Ledger
from bot.domain.records import read_records
from bot.domain.replies import Reading
from bot.language.reader import read_question

CORPUS = Path(__file__).parents[1] / "corpus"
KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 25, 12, tzinfo=KYIV)
LANGS = ("en", "uk", "ru")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    records = read_records((CORPUS / "questions_ledger.jsonl").read_text(encoding="utf-8").splitlines())
    return Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)


def cases(lang: str) -> list[dict[str, Any]]:
    lines = (CORPUS / f"vocabulary_{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read(ledger: Ledger, text: str) -> dict[str, Any] | None:
    """Return the slots that a question names; None where it is not answered."""
    understanding = read_question(text, ledger=ledger, now=NOW, timezone=KYIV, lang=None, previous=None)
    if not isinstance(understanding, Reading):
        return None
    query = understanding.query
    slots: dict[str, Any] = {
        "measure": query.measure,
        "kinds": None if query.kinds is None else sorted(query.kinds),
        "since": query.since and query.since.isoformat(),
        "until": query.until and query.until.isoformat(),
        "agreement": query.agreement,
        "party": query.party,
        "group_by": query.group_by,
    }
    if query.recipient not in {None, "ukraine"}:
        slots["recipient"] = query.recipient
    return {name: value for name, value in slots.items() if value is not None}


@pytest.mark.parametrize("lang", LANGS)
def test_other_words_for_the_same_question_are_read(ledger: Ledger, lang: str) -> None:
    asked = [case for case in cases(lang) if "query" in case]
    assert [(c["text"], got) for c in asked if (got := read(ledger, c["text"])) != c["query"]] == []


@pytest.mark.parametrize("lang", LANGS)
def test_words_that_change_the_question_are_refused(ledger: Ledger, lang: str) -> None:
    asked = [case["text"] for case in cases(lang) if case.get("status") == "refused"]
    assert [(text, got) for text in asked if (got := read(ledger, text)) is not None] == []
