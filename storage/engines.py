"""How an engine for each dialect is made: drivers, pragmas, and a connection to SQLite with a thread of its own.

Whatever goes wrong in one leaves as StorageError by `translated`.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StorageError

_Result = TypeVar("_Result")

#: Seconds after which who waits to write queues up anew. SQLite asks ever more rarely the longer it waits, so that a
#: newcomer would always be faster; this gives everybody the same chance.
PATIENCE = 0.1


class Written(str):
    """A text that is JSON already."""

    __slots__ = ()


def to_text(value: object) -> str:
    """Write a JSON value; one that is written already stays as it is."""
    return value if isinstance(value, Written) else json.dumps(value)


class Visitor:
    """One connection to SQLite with a thread of its own, which does whatever it is told in one go."""

    def __init__(self, url: URL, *, echo: bool) -> None:
        """Prepare; the thread and the connection come with the first visit."""
        self._engine = sa.create_engine(
            url.set(drivername="sqlite+pysqlite"),
            echo=echo,
            hide_parameters=True,
            json_serializer=to_text,
            poolclass=sa.pool.StaticPool,
            skip_autocommit_rollback=True,
            connect_args={"isolation_level": None, "timeout": PATIENCE, "check_same_thread": False},
        )
        _set_up_sqlite(self._engine)
        self._engine.dialect.detect_autocommit_setting = _is_idle  # type: ignore[assignment]
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")

    async def visit(self, work: Callable[[Connection], _Result], *, begin: str = "") -> _Result:
        """Do it, in a transaction that begins so; without one where it is empty."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work, begin)

    def _do(self, work: Callable[[Connection], _Result], begin: str) -> _Result:
        with self._engine.connect().execution_options(begin=begin) as connection, connection.begin():
            return work(connection)

    async def close(self) -> None:
        """Close the connection, once what was begun is done."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._engine.dispose)
        self._thread.shutdown()


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the database raises into StorageError; values and addresses stay out of its words."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError) as error:
        raise StorageError(_words(error)) from error
    except Exception as error:
        if type(error).__module__.startswith("asyncpg"):
            raise StorageError(_words(error)) from error
        raise


def _words(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    text = (str(cause).splitlines() or [""])[0]
    return f"the database failed: {text or type(cause).__name__}"


def checked(url: str) -> URL:
    """Return the address with the driver that is used for it.

    Raises:
        StorageError: it is none of a database that is supported.
    """
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    try:
        parsed = make_url(url)
        parsed = parsed.set(drivername=drivers.get(parsed.drivername, parsed.drivername))
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError("the database's address is none; it begins with sqlite or postgresql+asyncpg") from error
    if parsed.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise StorageError(f"{parsed.drivername} is not supported; use sqlite+aiosqlite or postgresql+asyncpg")
    return parsed


def insert_of(sqlite: bool) -> Callable[[sa.Table], Any]:
    """Return what makes an INSERT of a dialect."""
    if sqlite:
        from sqlalchemy.dialects.sqlite import insert

        return insert
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert


def sqlite_engine(url: URL, *, echo: bool, patience: float, **pool: int) -> AsyncEngine:
    """Return an engine for SQLite that waits so many seconds for other processes."""
    engine = create_async_engine(
        url,
        echo=echo,
        hide_parameters=True,
        json_serializer=to_text,
        skip_autocommit_rollback=True,
        connect_args={"isolation_level": None, "timeout": patience},
        **pool,
    )
    _set_up_sqlite(engine.sync_engine)
    engine.dialect.detect_autocommit_setting = _is_idle  # type: ignore[assignment]
    return engine


def postgresql_engine(url: URL, *, echo: bool, **pool: int) -> AsyncEngine:
    """Return an engine for PostgreSQL."""
    settings = {"application_name": "homeward"}
    engine = create_async_engine(
        url,
        echo=echo,
        hide_parameters=True,
        json_serializer=to_text,
        connect_args={"timeout": 10, "server_settings": settings},
        **pool,
    )
    sa.event.listen(engine.sync_engine, "checkout", _replace_closed)
    return engine


def _replace_closed(connection: Any, _record: object, _proxy: object) -> None:
    """Let the pool connect anew where the server has closed a connection: asking it would cost three trips a visit."""
    if connection.driver_connection.is_closed():
        raise sa.exc.DisconnectionError


def _set_up_sqlite(engine: sa.Engine) -> None:
    sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", _begin_sqlite)


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode")
    if cursor.fetchone()[0] not in ("wal", "memory"):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _is_idle(connection: Any) -> bool:
    """Tell whether there is nothing to roll back: a reader spares a trip to the connection's thread."""
    return not getattr(connection, "driver_connection", connection).in_transaction


def _begin_sqlite(connection: Connection) -> None:
    if begin := connection.get_execution_options().get("begin"):
        connection.exec_driver_sql(begin)
