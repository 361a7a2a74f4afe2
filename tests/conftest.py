"""What every test may ask for: a database of each kind, made for it and dropped after it."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.database import Database, open_database

#: Where tests look for PostgreSQL; they are skipped where nothing answers.
POSTGRES_URL = os.environ.get("HOMEWARD_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")


async def _on_server(statement: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(POSTGRES_URL.replace("+asyncpg", ""), timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Return the address of the PostgreSQL server; skips where none answers."""
    import asyncpg

    try:
        asyncio.run(_on_server("SELECT 1"))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        pytest.skip(f"no PostgreSQL answers at HOMEWARD_TEST_POSTGRES_URL ({type(error).__name__})")
    return POSTGRES_URL


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite database that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/var/homeward.db"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database of its own."""
    name = f"homeward_{uuid.uuid4().hex}"
    asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    try:
        yield f"{postgres_server.rpartition('/')[0]}/{name}"
    finally:
        asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give an open, empty database of each kind in turn."""
    async with await open_database(database_url) as opened:
        yield opened
