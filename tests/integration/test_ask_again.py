"""An answer given once is given again with the same figures, whatever has changed since."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.clock import FixedClock
from bot.domain.queries import Query
from bot.domain.replies import Turn
from bot.services.ask import Asker
from bot.services.current import CurrentLedger
from storage.database import Database
from tests.builders import NOW, change, claim, day

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def asker(database: Database) -> Asker:
    """Return what answers from a database."""
    current = CurrentLedger(database.ledger, elapsed=lambda: 0.0, interval=dt.timedelta(0))
    return Asker(current, database.refs, clock=FixedClock(NOW), timezone=dt.UTC)


async def record(database: Database, count: int, *, date: str = "2025-06-11", at: dt.datetime = NOW) -> None:
    await database.ledger.apply(change(claim(count, date=date, publisher=str(count)), at=at))


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(since=day("2025-06-01")),
        Query(measure="days_since"),
        Query(measure="claimed_total"),
        Query(as_of=NOW - HOUR / 2),
        Query(as_of=NOW + HOUR),
    ],
)
async def test_reference_gives_the_same_answer_after_later_changes(
    database: Database, asker: Asker, query: Query
) -> None:
    """The last query asks for the end of a day that was not over: what came later that day stays out."""
    await record(database, 1212, at=NOW - HOUR)
    await database.ledger.apply(change(claim(1212, measure="total", date="2025-06-12"), at=NOW - HOUR))
    asked = await asker.choose(query, lang="en", now=NOW)
    await record(database, 500, date="2025-06-13", at=NOW + HOUR / 4)
    await record(database, 700, date="2025-06-14", at=NOW + HOUR / 2)

    again = await asker.recall(asked.reply.ref or "")

    assert again is not None
    assert again.answer == replace(asked.reply.answers[0], version=again.answer.version)
    assert again.ledger.version == asked.ledger.version


async def test_day_of_asking_is_the_day_of_the_reference(database: Database, asker: Asker) -> None:
    await record(database, 1212)
    asked = await asker.choose(Query(measure="days_since"), lang="en", now=NOW)
    later = await asker.choose(Query(measure="days_since"), lang="en", now=NOW + 48 * HOUR)

    assert asked.reply.ref != later.reply.ref
    assert [(await asker.recall(a.reply.ref or "")).answer.value for a in (asked, later)] == [2, 4]  # type: ignore[union-attr]


async def test_instant_to_come_is_the_ledger_of_now(database: Database, asker: Asker) -> None:
    await record(database, 1212, at=NOW - HOUR)
    query = Query(as_of=NOW + HOUR)
    before = await asker.choose(query, lang="en", now=NOW)
    await record(database, 500, date="2025-06-12", at=NOW + HOUR / 2)
    after = await asker.choose(query, lang="en", now=NOW + 2 * HOUR)

    assert [a.reply.answers[0].value for a in (before, after)] == [1212, 1712]


async def test_word_about_an_answer_of_the_past_stays_in_the_past(database: Database, asker: Asker) -> None:
    await record(database, 1212, at=NOW - HOUR)
    await record(database, 500, date="2025-06-12", at=NOW + HOUR)
    turn = Turn(query=Query(as_of=NOW), lang="en", at=NOW)

    asked = await asker.ask("why?", previous=turn, now=NOW + 2 * HOUR)

    assert (asked.ledger.version, [a.value for a in asked.reply.answers]) == (1, [1212])


async def test_figure_beside_is_given_again(database: Database, asker: Asker) -> None:
    await database.ledger.apply(change(claim(1212), claim(390, kind="prisoners", date="2025-05-23")))
    asked = await asker.ask("how many have been returned?", now=NOW)
    await database.ledger.apply(change(claim(303, kind="prisoners", date="2025-05-25")))

    again = await asker.recall(asked.reply.ref or "")

    assert again is not None
    assert [answer.beside and answer.beside.value for answer in (again.answer, again.today)] == [390, 693]
