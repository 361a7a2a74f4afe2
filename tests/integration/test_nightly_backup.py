"""The backup of each night: made once, kept for so many nights, and good for a restore."""

import datetime as dt
from pathlib import Path

from bot.app import open_core
from bot.clock import FixedClock
from bot.config import Settings
from bot.schedule import last_backup, nightly_backup
from storage.backup import restore
from storage.database import open_database

NIGHT = dt.datetime(2026, 7, 1, 1, tzinfo=dt.UTC)


def settings(url: str, folder: Path) -> Settings:
    return Settings(database_url=url, backup_dir=str(folder), backup_keep=2, timezone="UTC", _env_file=None)


async def test_the_newest_nights_are_kept_and_restore(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "nights"
    chosen = settings(sqlite_url, folder)
    for night in range(3):
        async with open_core(chosen, FixedClock(NIGHT + dt.timedelta(days=night))) as core:
            made = await nightly_backup(core)
            assert await nightly_backup(core) == made
            standing = (await core.ledger.get()).claims
    assert [file.name for file in sorted(folder.iterdir())] == ["homeward-2026-07-02.db", "homeward-2026-07-03.db"]
    assert last_backup(chosen) is not None

    await restore(made, tmp_path / "again.db")
    async with await open_database(f"sqlite+aiosqlite:///{tmp_path}/again.db") as again:
        assert (await again.ledger.load()).claims == standing


def test_no_backup_is_none(tmp_path: Path) -> None:
    assert last_backup(settings("sqlite+aiosqlite:///x.db", tmp_path / "none")) is None
