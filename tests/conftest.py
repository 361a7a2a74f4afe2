"""What every test may ask for: a database of each kind, with the schema in it and nothing else.

Making the schema is slow, so it is made once a run: SQLite tests get a copy of the file, PostgreSQL tests take turns at
one database that is emptied after each.
"""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from storage.database import Database, open_database
from storage.schema import metadata

#: Where tests look for PostgreSQL; they are skipped where nothing answers.
POSTGRES_URL = os.environ.get("HOMEWARD_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")


async def _execute(url: str, statements: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=5)
    try:
        await connection.execute(statements)
    finally:
        await connection.close()


@contextmanager
def _postgres_database() -> Iterator[str]:
    name = f"homeward_{uuid.uuid4().hex}"
    asyncio.run(_execute(POSTGRES_URL, f"CREATE DATABASE {name}"))
    try:
        yield f"{POSTGRES_URL.rpartition('/')[0]}/{name}"
    finally:
        asyncio.run(_execute(POSTGRES_URL, f"DROP DATABASE {name} WITH (FORCE)"))


async def _make_schema(url: str) -> None:
    await (await open_database(url)).close()


def _emptied() -> str:
    """Return the statements that leave of a PostgreSQL database what `_make_schema` made."""
    numbered = [
        (table.name, table.autoincrement_column.name)
        for table in metadata.sorted_tables
        if table.autoincrement_column is not None
    ]
    return ";".join(
        [
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            *(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables) if table.name != "counters"),
            *(f"SELECT setval(pg_get_serial_sequence('{t}', '{c}'), 1, false)" for t, c in numbered),
            "UPDATE counters SET version = 0, claim = 0, news = 0",
        ]
    )


@pytest.fixture(scope="session")
def postgres_server() -> None:
    """Skip where no PostgreSQL answers."""
    import asyncpg

    try:
        asyncio.run(_execute(POSTGRES_URL, "SELECT 1"))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        pytest.skip(f"no PostgreSQL answers at HOMEWARD_TEST_POSTGRES_URL ({type(error).__name__})")


@pytest.fixture(scope="session")
def _postgres_of_this_run(postgres_server: None) -> Iterator[str]:
    with _postgres_database() as url:
        asyncio.run(_make_schema(url))
        yield url


@pytest.fixture
def postgres_url(_postgres_of_this_run: str) -> Iterator[str]:
    """Return the address of a PostgreSQL database with nothing in it but the schema."""
    yield _postgres_of_this_run
    asyncio.run(_execute(_postgres_of_this_run, _emptied()))


@pytest.fixture
def bare_postgres_url(postgres_server: None) -> Iterator[str]:
    """Return the address of a PostgreSQL database of its own, without a table."""
    with _postgres_database() as url:
        yield url


@pytest.fixture(scope="session")
def _sqlite_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "homeward.db"
    asyncio.run(_make_schema(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite database that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/var/homeward.db"


@pytest.fixture
def sqlite_url(bare_sqlite_url: str, _sqlite_of_this_run: Path) -> str:
    """Return the address of a SQLite database with nothing in it but the schema."""
    path = Path(bare_sqlite_url.partition("///")[2])
    path.parent.mkdir()
    shutil.copyfile(_sqlite_of_this_run, path)
    return bare_sqlite_url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a database of each kind in turn, with nothing in it but the schema."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def bare_database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a database of each kind in turn, without a table."""
    url: str = request.getfixturevalue(f"bare_{request.param}_url")
    return url


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give an open database of each kind in turn, with nothing in it."""
    async with await open_database(database_url) as opened:
        yield opened
