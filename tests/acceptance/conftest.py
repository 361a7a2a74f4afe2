"""A running bot that knows the bundled ledger, beside a loopback Bot API."""

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import pytest
import pytest_asyncio

from bot.services.interchange import import_lines
from storage.database import open_database
from tests.acceptance.homeward import Homeward
from tests.botapi import BotApiServer
from tests.feedserver.server import FeedServer

BUNDLED = files("bot") / "data" / "ledger.jsonl"


@pytest.fixture(scope="session")
def bundled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file that holds the bundled ledger, to be copied."""
    path = tmp_path_factory.mktemp("bundled") / "homeward.db"

    async def fill() -> None:
        async with await open_database(f"sqlite+aiosqlite:///{path}") as database:
            with BUNDLED.open(encoding="utf-8") as lines:
                await import_lines(database.ledger, lines, at=dt.datetime(2025, 6, 1, tzinfo=dt.UTC))

    asyncio.run(fill())
    return path


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    """Give a loopback Bot API."""
    async with BotApiServer() as server:
        yield server


@pytest_asyncio.fixture
async def feeds() -> AsyncIterator[FeedServer]:
    """Give a loopback feed server."""
    async with FeedServer() as server:
        yield server


@pytest_asyncio.fixture
async def homeward(telegram: BotApiServer, bundled_database: Path, tmp_path: Path) -> AsyncIterator[Homeward]:
    """Give a running bot that knows the bundled ledger."""
    path = tmp_path / "homeward.db"
    shutil.copyfile(bundled_database, path)
    async with Homeward(telegram, f"sqlite+aiosqlite:///{path}") as running:
        yield running
