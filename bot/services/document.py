"""A reply as one JSON document (contract, section 4, "ask --json")."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.answers import Answer, Row, Status
from bot.domain.claims import Claim
from bot.domain.queries import query_to_json
from bot.domain.replies import Choice, Instruction, Reading, Refusal, Reply


def reply_document(
    reply: Reply, *, text: str, reading: str, choices: Sequence[str] = (), elapsed: float | None = None
) -> dict[str, Any]:
    """Return the document.

    Args:
        reply: What the question came to.
        text: What the chat shows, as plain text.
        reading: How the question was read, in one line; empty where it was not.
        choices: Ready questions to choose from.
        elapsed: Seconds that it took.
    """
    understood = reply.understanding
    answer = reply.answers[0] if reply.answers and not isinstance(understood, Choice) else None
    query = answer.query if answer else None
    document: dict[str, Any] = {
        "status": status_of(reply),
        "question": reply.question,
        "lang": reply.lang,
        "reading": reading or None,
        "query": query_to_json(query) if query else None,
        "answer": _answer(answer),
        "choices": list(choices),
        "sources": [_source(claim) for claim in answer.sources] if answer else [],
        "text": text,
        "reason": (understood.reason if isinstance(understood, Refusal) else None)
        or (answer.reason if answer else None),
        "ref": reply.ref,
    }
    if isinstance(understood, Refusal) and understood.words:
        document["words"] = list(understood.words)
    if isinstance(understood, Reading) and understood.corrections:
        document["corrections"] = {c.written: c.read for c in understood.corrections}
    if elapsed is not None:
        document["ms"] = round(elapsed * 1000, 3)
    return document


def status_of(reply: Reply) -> Status:
    """Say in one word what a question came to."""
    match reply.understanding:
        case Refusal(status=status):
            return status
        case Choice():
            return "needs_choice"
        case Instruction():
            return "answered" if reply.answers or reply.understanding.act in ("new", "help") else "not_understood"
        case Reading():
            return reply.answers[0].status


def _answer(answer: Answer | None) -> Mapping[str, Any]:
    if answer is None:
        return {"value": None, "low": None, "high": None, "date": None, "rounds": 0, "undisclosed": 0, "rows": []}
    return {
        "value": answer.value,
        "low": answer.low,
        "high": answer.high,
        "date": _plain(answer.date),
        "rounds": answer.rounds,
        "undisclosed": answer.undisclosed,
        "rows": [_row(row, answer) for row in answer.rows],
        "sides": {party: dataclasses.asdict(side) for party, side in answer.sides.items()},
        "notes": [
            {key: _plain(value) for key, value in dataclasses.asdict(note).items() if value is not None}
            for note in answer.notes
        ],
    }


def _row(row: Row, answer: Answer) -> dict[str, Any]:
    told = {
        field.name: _plain(value)
        for field in dataclasses.fields(row)
        if (value := getattr(row, field.name)) is not None
    }
    if answer.query.measure == "claimed_total":
        told.setdefault("since", None)
    elif answer.query.measure != "conflict":
        told.setdefault("value", None)
    if not row.undisclosed:
        told.pop("undisclosed", None)
    return told


def _source(claim: Claim) -> dict[str, Any]:
    return {
        "publisher": claim.publisher,
        "url": claim.url,
        "published": _plain(claim.published),
        "claimant": claim.claimant,
        "party": claim.party,
        "count": claim.count,
        "date": _plain(claim.date),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
