"""Questions asked of the ledger of the corpus, one conversation at a time."""

import datetime as dt
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.ledger import Ledger
from bot.domain.records import read_records
from bot.domain.replies import Reading, Turn, Understanding
from bot.language.reader import read_question

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 25, 12, tzinfo=KYIV)
LANGS = ("en", "uk", "ru")


@cache
def ledger() -> Ledger:
    path = Path(__file__).parent / "corpus" / "questions_ledger.jsonl"
    records = read_records(path.read_text(encoding="utf-8").splitlines())
    return Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)


def asked(*turns: str) -> Understanding:
    """Return what the last of the turns is understood as."""
    previous: Turn | None = None
    found: Understanding | None = None
    for text in turns:
        found = read_question(text, ledger=ledger(), now=NOW, timezone=KYIV, lang=None, previous=previous)
        if isinstance(found, Reading):
            previous = Turn(query=found.query, lang=found.lang, at=NOW)
    assert found is not None
    return found
