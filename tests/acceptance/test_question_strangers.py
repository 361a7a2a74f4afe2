"""Questions by writers who have not seen the reader, and what the ledger answers: no wrong number, and nearly all.

Values, dates and rows are judged, not queries: two readings with one figure are both right. `-s` prints accuracy by
language and tag.
"""

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.answers import Answer
from bot.domain.compute import compute
from bot.domain.ledger import Ledger
from bot.domain.records import read_records
from bot.domain.replies import Choice, Reading, Refusal, Turn, Understanding
from bot.language.reader import read_question

CORPUS = Path(__file__).parents[1] / "corpus"
KYIV = ZoneInfo("Europe/Kyiv")
#: Of the questions of one language.
ENOUGH = 0.98


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    records = read_records((CORPUS / "questions_ledger.jsonl").read_text(encoding="utf-8").splitlines())
    return Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)


def cases(lang: str, file: str = "questions_strangers.jsonl") -> list[dict[str, Any]]:
    lines = (CORPUS / file).read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["lang"] == lang]


def answered(ledger: Ledger, case: dict[str, Any]) -> tuple[str, Answer | None]:
    """Return the status and, where there is one, the answer of the last turn."""
    now = dt.datetime.fromisoformat(case["now"]).replace(tzinfo=KYIV)
    previous: Turn | None = None
    understanding: Understanding | None = None
    for text in case["turns"]:
        understanding = read_question(text, ledger=ledger, now=now, timezone=KYIV, lang=case["lang"], previous=previous)
        if isinstance(understanding, Reading):
            previous = Turn(query=understanding.query, lang=understanding.lang, at=now)
    match understanding:
        case Reading(query=query):
            answer = compute(ledger, query, now=now, timezone=KYIV)
            return answer.status, answer
        case Choice():
            return "needs_choice", None
        case Refusal(status=status):
            return status, None
    return "instruction", None


def rows(answer: Answer, measure: str, group: str | None, ledger: Ledger) -> list[tuple[Any, ...]]:
    """Return the rows of an answer that are judged."""
    known = {a.id for a in ledger.agreements}
    match measure:
        case "list":
            return sorted((str(r.date), r.value or 0) for r in answer.rows)
        case "conflict":
            return sorted((str(r.date), r.ukraine, r.russia) for r in answer.rows if r.round)
        case "compare":
            return sorted((r.value or 0,) for r in answer.rows)
        case _:
            named = [(r.label.lower(), r.value) for r in answer.rows if r.label and r.value]
            return sorted(row for row in named if group != "agreement" or row[0] in known)


def expected_rows(expected: list[dict[str, Any]], measure: str) -> list[tuple[Any, ...]]:
    match measure:
        case "list":
            return sorted((r["date"], r["value"] or 0) for r in expected)
        case "conflict":
            return sorted((r["date"], r["ukraine"], r["russia"]) for r in expected)
        case "compare":
            return sorted((r["value"] or 0,) for r in expected)
        case _:
            return sorted((r["label"].lower(), r["value"]) for r in expected if r["value"])


def judge(case: dict[str, Any], status: str, answer: Answer | None, ledger: Ledger) -> tuple[bool, bool]:
    """Return whether the answer is right, and whether it gives a wrong number."""
    expected = case["expect"]
    query = expected.get("query") or {}
    measure = query.get("measure")
    allowed = expected["status"] if isinstance(expected["status"], list) else [expected["status"]]
    value = answer.value if answer else None
    right, wrong = status in allowed, False
    if "value" in expected:
        want = expected["value"]
        if want is None or value is None:
            right = (
                right and (value is None or want is not None) and (want is None or (want == 0 and status == "no_data"))
            )
            wrong = want is None and value is not None
        elif abs(value - want) > (0.5 if measure == "average" else 0):
            right, wrong = False, True
    if expected.get("date") and (answer is None or str(answer.date) != expected["date"]):
        right = False
    if expected.get("rows") is not None and measure:
        given = answer.rows if answer else ()
        if measure == "claimed_total":
            right = right and any(str(r.since) == expected["rows"][0]["since"] for r in given)
        else:
            found = rows(answer, measure, query.get("group_by"), ledger) if answer else []
            if found != expected_rows(expected["rows"], measure):
                right, wrong = False, wrong or bool(found)
    return right, wrong


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_strangers_get_no_wrong_number_and_nearly_always_an_answer(ledger: Ledger, lang: str) -> None:
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    failed, wrong = [], []
    for case in cases(lang):
        status, answer = answered(ledger, case)
        fits, bad = judge(case, status, answer, ledger)
        for tag in ("all", *case["tags"]):
            asked[tag] += 1
            right[tag] += fits
        if bad:
            wrong.append((case["id"], case["turns"], answer))
        if not fits:
            failed.append((case["id"], case["turns"], status))
    print(f"\n{lang}:", {tag: f"{right[tag]}/{n}" for tag, n in asked.most_common()})
    assert wrong == []
    assert right["all"] >= ENOUGH * asked["all"], failed


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_what_is_asked_of_other_things_gets_no_figure(ledger: Ledger, lang: str) -> None:
    """Travel, purchases, money, schools, and what else is exchanged, returned, or happens in the towns of the talks."""
    asked = cases(lang, "questions_other_topics.jsonl")
    assert len(asked) >= 100
    found = [(case["turns"], answered(ledger, case)) for case in asked]
    assert [
        (turns, got) for case, (turns, got) in zip(asked, found, strict=True) if not judge(case, *got, ledger)[0]
    ] == []
