"""A database that is made for the first question is the one that everything else would have made."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.app import BUNDLED, open_asking, open_core
from bot.clock import FixedClock
from bot.config import Settings
from bot.domain.records import Records, read_records
from storage.build_schema import FILE, schema_script
from storage.fresh import is_absent, make_fresh
from tests.builders import NOW, a_round, claim

ONE = Records(rounds=(a_round(),), claims=(claim(1212),))


def dumped(path: Path) -> Sequence[str]:
    """Return every statement that makes a database, and how it is written to."""
    connection = sqlite3.connect(path)
    try:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        return [f"journal: {mode}", *sorted(connection.iterdump())]
    finally:
        connection.close()


def settings_of(path: Path, *, bundled: bool = True) -> Settings:
    return Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{path}", bundled_ledger=bundled)  # type: ignore[call-arg,arg-type]


def test_the_frozen_schema_is_that_of_the_program() -> None:
    """`python -m storage.build_schema` writes it anew."""
    assert FILE.read_text(encoding="utf-8") == schema_script()


@pytest.mark.parametrize("bundled", [True, False])
async def test_both_ways_make_the_same_database(tmp_path: Path, bundled: bool) -> None:
    quick, whole = tmp_path / "new" / "quick.db", tmp_path / "whole.db"
    async with open_asking(settings_of(quick, bundled=bundled), FixedClock(NOW)):
        pass
    async with open_core(settings_of(whole, bundled=bundled), FixedClock(NOW)):
        pass

    assert dumped(quick) == dumped(whole)
    assert [path.name for path in quick.parent.iterdir()] == ["quick.db"]


async def test_many_who_ask_first_find_one_database(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "one.db")

    async def ask() -> str | None:
        async with open_asking(settings, FixedClock(NOW)) as asking:
            return (await asking.asker.ask("total since Istanbul?")).reply.ref

    refs = await asyncio.gather(*(ask() for _ in range(3)))

    assert len(set(refs)) == 1
    assert len([line for line in dumped(tmp_path / "one.db") if line.startswith('INSERT INTO "audit"')]) == 1


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_bytes(b"")
    url = f"sqlite+aiosqlite:///{path}"

    assert not is_absent(url)
    assert not make_fresh(url, ONE, author="bundled", at=NOW)
    assert path.read_bytes() == b""
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no directory")
    url = f"sqlite+aiosqlite:///{tmp_path}/file/homeward.db"

    assert is_absent(url)
    assert not make_fresh(url, ONE, author="bundled", at=NOW)
    assert not is_absent("postgresql+asyncpg://localhost/x")
    assert not make_fresh("postgresql+asyncpg://localhost/x", ONE, author="bundled", at=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_bundled_ledger_says_nothing_twice() -> None:
    """An import would record it once; what makes the first database does not look."""
    with BUNDLED.open(encoding="utf-8") as lines:
        records = read_records(lines)

    assert len(set(map(repr, records.claims))) == len(records.claims)
