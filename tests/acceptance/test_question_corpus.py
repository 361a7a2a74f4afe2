"""Questions in three languages and the typed queries that they mean; `-s` prints accuracy by language and measure."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ledger import Ledger
from bot.domain.records import read_records
from bot.domain.replies import Choice, Instruction, Reading, Refusal, Turn, Understanding
from bot.language.reader import read_question

CORPUS = Path(__file__).parents[1] / "corpus"
KYIV = ZoneInfo("Europe/Kyiv")
LANGS = ("en", "uk", "ru")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    records = read_records((CORPUS / "questions_ledger.jsonl").read_text(encoding="utf-8").splitlines())
    return Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)


def cases(lang: str) -> list[dict[str, Any]]:
    lines = (CORPUS / f"questions_{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def converse(ledger: Ledger, turns: list[str], now: dt.datetime) -> Understanding:
    previous: Turn | None = None
    understanding: Understanding | None = None
    for text in turns:
        understanding = read_question(text, ledger=ledger, now=now, timezone=KYIV, lang=None, previous=previous)
        if isinstance(understanding, Reading):
            previous = Turn(query=understanding.query, lang=understanding.lang, at=now)
    assert understanding is not None
    return understanding


def seen(understanding: Understanding) -> dict[str, Any]:
    """Return an understanding in the shape of the corpus."""
    if isinstance(understanding, Instruction):
        return {"act": understanding.act}
    if isinstance(understanding, Choice):
        return {"status": "needs_choice"}
    if isinstance(understanding, Refusal):
        return {"status": understanding.status, "reason": understanding.reason}
    query = understanding.query
    versus = query.versus
    return {
        "status": "answered",
        "query": {
            "measure": query.measure,
            "kinds": None if query.kinds is None else sorted(query.kinds),
            "recipient": query.recipient,
            "since": _day(query.since),
            "until": _day(query.until),
            "agreement": query.agreement,
            "party": query.party,
            "group_by": query.group_by,
            "versus": [_day(versus.since), _day(versus.until)] if versus else None,
            "as_of": _day(query.as_of.date()) if query.as_of else None,
        },
    }


def _day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def fits(expected: dict[str, Any], result: dict[str, Any]) -> bool:
    if "act" in expected or "query" in expected:
        return expected == result
    allowed = expected["status"]
    return result.get("status") in allowed and expected.get("reason") in {None, result.get("reason")}


@pytest.mark.parametrize("lang", LANGS)
def test_questions_mean_what_they_say(ledger: Ledger, lang: str) -> None:
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong = []
    for case in cases(lang):
        now = dt.datetime.fromisoformat(case["now"]).replace(tzinfo=KYIV)
        result = seen(converse(ledger, case["turns"], now))
        expected = case["expect"]
        tag = expected["query"]["measure"] if "query" in expected else "none"
        asked[tag] += 1
        if fits(expected, result):
            right[tag] += 1
        else:
            wrong.append((case["id"], " >> ".join(case["turns"]), expected, result))
    print(f"\n{lang}: {right.total()}/{asked.total()}", {tag: f"{right[tag]}/{n}" for tag, n in sorted(asked.items())})
    assert wrong == []
