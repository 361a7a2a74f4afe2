"""One question reads the same ledger and keeps the same references, whichever way it reaches the database."""

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.ledger import Ledger
from bot.domain.queries import Query, query_to_json
from bot.errors import StorageError
from storage.database import Database, open_database
from storage.plain import PlainDatabase, open_plain
from tests.builders import NOW, a_round, agreement, change, claim

LATER = NOW + dt.timedelta(hours=1)
RECORD = query_to_json(Query(kinds=("remains",)))


@pytest_asyncio.fixture
async def filled(sqlite_url: str) -> AsyncIterator[Database]:
    """Give a database with two versions of a ledger that uses every field."""
    istanbul = agreement(names={"uk": ("Стамбул", "Істанбул"), "en": ("Istanbul",)}, terms={"remains_each_side": 6000})
    async with await open_database(sqlite_url) as database:
        await database.ledger.apply(
            change(
                claim(
                    1212, breakdown={"soldiers": 1210, "identified": 2}, published="2025-06-11", quote="1,212 bodies"
                ),
                claim(None, recipient="russia", party="russia", partial=True, lang="ru", pinned=True),
                claim(6057, measure="total", date="2025-06-16", since="2025-06-02"),
                rounds=[a_round(agreement=istanbul.id, ordinal=1, category="fallen", mediator="UAE", note="first")],
                agreements=(istanbul,),
            )
        )
        await database.ledger.apply(change(claim(1200, date="2025-06-13"), at=LATER))
        yield database


@pytest.fixture
def plain(filled: Database, sqlite_url: str) -> Iterator[PlainDatabase]:
    """Give the plain way into it."""
    opened = open_plain(sqlite_url)
    assert opened is not None
    with opened:
        yield opened


def shown(ledger: Ledger) -> str:
    """Return everything that a ledger holds; True and 1 are told apart."""
    return repr((ledger.version, ledger.agreements, ledger.rounds, ledger.claims))


async def test_both_ways_read_the_same_ledger(filled: Database, plain: PlainDatabase) -> None:
    second = dt.timedelta(seconds=1)
    for how in (
        {},
        {"version": 1},
        {"as_of": NOW - second},
        {"as_of": NOW},
        {"as_of": LATER - second},
        {"as_of": LATER},
    ):
        assert shown(await plain.load(**how)) == shown(await filled.ledger.load(**how)), how  # type: ignore[arg-type]
    assert await plain.version() == await filled.ledger.version() == 2


async def test_references_are_the_same_both_ways(filled: Database, plain: PlainDatabase) -> None:
    local = NOW.astimezone(dt.timezone(dt.timedelta(hours=3)))
    saved = [await plain.save("PLAIN1", RECORD, 1, local), await filled.refs.save("OTHER1", RECORD, 1, local)]

    assert saved == [(RECORD, 1, NOW)] * 2
    for ref in ("PLAIN1", "OTHER1", "NOBODY"):
        assert await plain.get(ref) == await filled.refs.get(ref)
    assert await plain.save("OTHER1", {"else": 1}, 2, LATER) == (RECORD, 1, NOW)
    assert await filled.refs.save("PLAIN1", {"else": 1}, 2, LATER) == (RECORD, 1, NOW)


async def test_equal_texts_are_kept_once(plain: PlainDatabase) -> None:
    ledger = await plain.load()

    assert all(ledger.round(c.round).id is c.round for c in ledger.claims if c.round)  # type: ignore[union-attr]


async def test_what_the_database_cannot_do_is_said(filled: Database, plain: PlainDatabase, sqlite_url: str) -> None:
    async with filled.connections.writing() as connection:
        for table in ("refs", "rounds"):
            await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_gone")

    with pytest.raises(StorageError, match="no such table: refs"):
        await plain.save("PLAIN1", RECORD, 1, NOW)
    with pytest.raises(StorageError, match="no such table: rounds"):
        await plain.load()


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert open_plain(f"sqlite+aiosqlite:///{tmp_path}/none.db") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://localhost/x",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///a?b=c",
    ],
)
def test_other_addresses_are_left_to_others(url: str) -> None:
    assert open_plain(url) is None


async def test_a_ledger_without_a_version_is_left_to_who_fills_it(sqlite_url: str) -> None:
    assert open_plain(sqlite_url) is None


async def test_another_schema_and_no_database_are_left_to_who_migrates(
    filled: Database, sqlite_url: str, tmp_path: Path
) -> None:
    async with filled.connections.writing() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    (tmp_path / "words.db").write_text("no database at all, " * 100)

    assert open_plain(sqlite_url) is None
    assert open_plain(f"sqlite+aiosqlite:///{tmp_path}/words.db") is None
