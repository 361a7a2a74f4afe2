"""What is remembered of a question never changes an answer: the words, the turn, the ledger and the day decide."""

import datetime as dt
import json
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.domain.replies import LANGS, Turn
from bot.services.ask import Asked, Asker
from bot.services.current import CurrentLedger
from storage.database import Database
from tests.builders import NOW, agreement, change, claim

HOUR = dt.timedelta(hours=1)
CORPUS = Path(__file__).parents[1] / "corpus"
#: Every so many of the corpus.
EVERY = 12


def new_asker(database: Database) -> Asker:
    current = CurrentLedger(database.ledger, elapsed=lambda: 0.0, interval=dt.timedelta(0))
    return Asker(current, database.refs, clock=FixedClock(NOW), timezone=dt.UTC)


@pytest.fixture
async def recorded(database: Database) -> Database:
    """Give a ledger with two rounds and a name to count from."""
    first, second = (claim(count, date=date) for count, date in ((1212, "2025-06-11"), (1200, "2025-06-13")))
    await database.ledger.apply(change(first, second, agreements=(agreement(),)))
    return database


def conversations() -> list[list[str]]:
    lines = [line for lang in LANGS for line in (CORPUS / f"questions_{lang}.jsonl").read_text().splitlines()[::EVERY]]
    return [json.loads(line)["turns"] for line in lines]


async def test_whoever_remembers_answers_as_whoever_does_not(recorded: Database) -> None:
    remembering = new_asker(recorded)
    seen: list[list[Asked]] = []
    for known in (remembering, remembering, None):
        asked_now: list[Asked] = []
        for turns in conversations():
            asker, turn = known or new_asker(recorded), None
            for words in turns:
                asked = await asker.ask(words, previous=turn, now=NOW)
                turn = asked.turn
            asked_now.append(asked)
        seen.append(asked_now)

    first, again, fresh = ([(asked.reply, asked.turn) for asked in asked_now] for asked_now in seen)
    assert first == again == fresh


async def test_same_words_are_answered_anew_on_another_day(recorded: Database) -> None:
    asker = new_asker(recorded)
    words = "how many days since the last handover of bodies?"
    first = await asker.ask(words, now=NOW)
    tomorrow = await asker.ask(words, now=NOW + 24 * HOUR)

    assert tomorrow.reply.answers[0].value == (first.reply.answers[0].value or 0) + 1
    assert tomorrow.reply.ref != first.reply.ref


async def test_same_words_are_answered_anew_after_a_change(recorded: Database) -> None:
    asker = new_asker(recorded)
    words = "how many bodies were returned in June 2025?"
    before = await asker.ask(words, now=NOW)
    await recorded.ledger.apply(change(claim(5, date="2025-06-12")))
    after = await asker.ask(words, now=NOW)

    assert (before.reply.answers[0].value, after.reply.answers[0].value) == (2412, 2417)


async def test_turn_is_of_now_also_where_the_answer_is_remembered(recorded: Database) -> None:
    asker = new_asker(recorded)
    words = "how many bodies were returned on 11 June 2025?"
    await asker.ask(words, now=NOW)
    asked = await asker.ask(words, previous=None, now=NOW + HOUR / 2)

    assert isinstance(asked.turn, Turn)
    assert asked.turn.at == NOW + HOUR / 2


@pytest.mark.parametrize("words", ["where is my son Petro Kovalenko?", "где мой сын Пётр Коваленко?", "blorp wibble"])
async def test_what_is_refused_is_not_remembered(recorded: Database, words: str) -> None:
    """It may hold a name."""
    asker = new_asker(recorded)
    await asker.ask(words, now=NOW)

    assert len(asker._readings) == 0
