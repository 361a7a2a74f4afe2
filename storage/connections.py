"""How the database is reached: transactions, visits, leads. What else the dialects differ in: `storage.engines`.

A transaction that writes takes its turn from the start (SQLite: BEGIN IMMEDIATE, one at a time in a process, waiting
for other processes), so that none fails half-way as "locked". Whatever goes wrong leaves as StorageError.
"""

import asyncio
import logging
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from storage.engines import PATIENCE, Visitor, checked, insert_of, postgresql_engine, sqlite_engine, translated
from storage.together import Errands

_Result = TypeVar("_Result")

logger = logging.getLogger(__name__)

#: Seconds that SQLite waits for other processes to finish writing.
BUSY_SECONDS = 60.0
#: Seconds between two looks at what another process does: change the SQLite database, give up a lead.
WATCH_SECONDS = 0.5
#: Seconds between two signs of life on a connection that must not be lost.
PULSE_SECONDS = 3.0
#: Channel on which PostgreSQL tells of a new version of the ledger.
CHANNEL = "homeward_ledger"
#: Seconds between two visits of a sort; a thousand answers a second make twenty of them go together.
PACE = 0.02
#: Values of one IN list; both databases allow 32,766 in a statement.
CHUNK = 1_000


class Connections:
    """Connections to one database."""

    def __init__(self, url: str, *, echo: bool = False, pool_size: int = 10) -> None:
        """Prepare the engine; nothing is connected yet.

        Raises:
            StorageError: the address is none of a database that is supported.
        """
        self.url = checked(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._turn = asyncio.Lock()
        self._listeners: list[Callable[[int], None]] = []
        #: What every message reads and writes, together with other people's.
        self.reads = Errands(self.visit_to_read, pace=PACE)
        self.writes = Errands(self.visit_to_write, pace=PACE)
        self._visitors: dict[bool, Visitor] = {}
        # A reader needs no transaction: each statement sees one state, and versions tie several together.
        if self.is_sqlite:
            pool = {} if self.is_memory else {"pool_size": pool_size, "max_overflow": pool_size}
            self.engine = sqlite_engine(self.url, echo=echo, patience=BUSY_SECONDS, **pool)
            self._reader = self.engine
            one = self.engine if self.is_memory else sqlite_engine(self.url, echo=echo, patience=PATIENCE, pool_size=1)
            self._writer = one.execution_options(begin="BEGIN IMMEDIATE")
            if not self.is_memory:
                self._visitors = {False: Visitor(self.url, echo=echo), True: Visitor(self.url, echo=echo)}
        else:
            self.engine = postgresql_engine(self.url, echo=echo, pool_size=pool_size, max_overflow=pool_size)
            self._reader = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            self._writer = self.engine

    @property
    def is_memory(self) -> bool:
        """Whether everything is forgotten at the end."""
        return self.is_sqlite and self.path is None

    @property
    def path(self) -> Path | None:
        """Where the SQLite database lies; None where it is no file."""
        name = self.url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    def make_directory(self) -> None:
        """Make the directory of a SQLite file, where there is none yet."""
        if self.path is not None:
            with translated():
                self.path.parent.mkdir(parents=True, exist_ok=True)

    async def close(self) -> None:
        """Close every connection."""
        for visitor in self._visitors.values():
            await visitor.close()
        await self._writer.dispose()
        await self.engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to read from."""
        with translated():
            if self.is_memory:
                async with self._turn, self._reader.connect() as connection:
                    yield connection
            else:
                async with self._reader.connect() as connection:
                    yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees the whole database as it stood at one moment."""
        how = {"begin": "BEGIN"} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with translated():
            async with self.engine.execution_options(**how).connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection whose changes are committed together at the end, or not at all."""
        with translated():
            if self.is_sqlite:
                async with self._turn, AsyncExitStack() as stack:
                    yield await self._take_turn(stack)
            else:
                async with self._writer.begin() as connection:
                    yield connection

    async def _take_turn(self, stack: AsyncExitStack) -> AsyncConnection:
        """Begin to write to SQLite as soon as no other process does."""
        return await self._patiently(lambda: stack.enter_async_context(self._writer.begin()))

    async def _patiently(self, begin: Callable[[], Awaitable[_Result]]) -> _Result:
        """Try again while another process writes: who is refused as "locked" has done nothing yet."""
        waited_until = asyncio.get_running_loop().time() + BUSY_SECONDS
        while True:
            try:
                return await begin()
            except OperationalError as error:
                if "locked" not in str(error.orig) or asyncio.get_running_loop().time() >= waited_until:
                    raise

    async def visit_to_read(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do all of some reading in one visit: SQLite's in one trip to a thread instead of several a statement."""
        if visitor := self._visitors.get(False):
            with translated():
                return await visitor.visit(work)
        async with self.reading() as connection:
            return await connection.run_sync(work)

    async def visit_to_write(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do all of some writing in one visit and one transaction."""
        if visitor := self._visitors.get(True):
            with translated():
                async with self._turn:
                    return await self._patiently(lambda: visitor.visit(work, begin="BEGIN IMMEDIATE"))
        async with self.writing() as connection:
            return await connection.run_sync(work)

    # What differs between the dialects

    def insert_or(
        self, table: sa.Table, *, update: Sequence[str] = (), index: Sequence[str] | None = None
    ) -> sa.sql.dml.Insert:
        """Return an INSERT that on a duplicate key changes the columns of `update`, or nothing where it is empty."""
        keys = list(index or [column.name for column in table.primary_key.columns])
        insert = insert_of(self.is_sqlite)(table)
        if not update:
            return insert.on_conflict_do_nothing(index_elements=keys)  # type: ignore[no-any-return]
        changed = {name: insert.excluded[name] for name in update}
        return insert.on_conflict_do_update(index_elements=keys, set_=changed)  # type: ignore[no-any-return]

    async def lock_schema(self, connection: AsyncConnection) -> None:
        """Keep other processes from migrating until the transaction ends."""
        if not self.is_sqlite:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _lock_key("schema")})

    async def announce(self, connection: AsyncConnection, version: int) -> None:
        """Tell the other processes of a new version when the transaction commits."""
        if not self.is_sqlite:
            await connection.execute(
                sa.text("SELECT pg_notify(:channel, :version)"), {"channel": CHANNEL, "version": str(version)}
            )

    async def damage(self, connection: AsyncConnection) -> str | None:
        """Say what SQLite finds wrong with its file; PostgreSQL keeps watch itself."""
        if not self.is_sqlite:
            return None
        found = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar_one()
        astray = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first()
        return f"a row of {astray[0]} refers to none" if astray else None if found == "ok" else str(found)

    async def reset_numbers(self, connection: AsyncConnection, table: sa.Table) -> None:
        """Let the numbers that the database gives go on after the highest that stands."""
        for column in table.primary_key.columns:
            if not self.is_sqlite and table.autoincrement_column is column:
                await connection.execute(
                    sa.text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'),"
                        f" (SELECT coalesce(max({column.name}), 0) + 1 FROM {table.name}), false)"
                    )
                )

    def changed(self, version: int) -> None:
        """Tell the listeners in this process of a new version; PostgreSQL tells them itself."""
        if self.is_sqlite:
            for listener in list(self._listeners):
                listener(version)

    @asynccontextmanager
    async def listening(self, callback: Callable[[int], None], *, current: Callable[[], Any]) -> AsyncIterator[None]:
        """Call back with each new version of the ledger, whichever process made it, until the block ends.

        Args:
            callback: Must return at once; may be called more often than needed.
            current: Coroutine function that reads the version.
        """
        task = asyncio.create_task(
            self._watch_sqlite(callback, current) if self.is_sqlite else self._listen(callback, current)
        )
        self._listeners.append(callback)
        try:
            yield
        finally:
            self._listeners.remove(callback)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch_sqlite(self, callback: Callable[[int], None], current: Callable[[], Any]) -> None:
        seen: object = None
        known = -1
        while True:
            try:
                async with self.reading() as connection:
                    while True:
                        found = (await connection.exec_driver_sql("PRAGMA data_version")).scalar_one()
                        if found != seen:
                            seen = found
                            version = await current()
                            if version != known and known >= 0:
                                callback(version)
                            known = version
                        await asyncio.sleep(WATCH_SECONDS)
            except StorageError as error:
                logger.warning("watch failed", extra={"error": str(error)})
                await asyncio.sleep(WATCH_SECONDS)

    async def _listen(self, callback: Callable[[int], None], current: Callable[[], Any]) -> None:
        while True:
            try:
                async with self.own_session() as connection:
                    await connection.add_listener(CHANNEL, lambda _c, _p, _ch, payload: callback(int(payload)))
                    callback(await current())  # what was told while nobody listened
                    await _pulse(connection, asyncio.Event())
            except StorageError as error:
                logger.warning("listen failed", extra={"error": str(error)})
            await asyncio.sleep(WATCH_SECONDS)

    @asynccontextmanager
    async def leading(self, role: str) -> AsyncIterator[asyncio.Event]:
        """Wait until no other process leads in this role, and lead until the block ends.

        On SQLite there is one machine and one process, which always leads. On PostgreSQL a lock of the session is held:
        it falls when the process dies.

        Yields:
            Set when the lead is lost; then the block must stop what it does and leave.

        Raises:
            StorageError: the database cannot be asked; try again later.
        """
        lost = asyncio.Event()
        if self.is_sqlite:
            yield lost
            return
        async with self.own_session() as connection:
            with translated():
                # Asked again and again: who waits inside of the server would not see it vanish.
                try_lock = "SELECT pg_try_advisory_lock($1)"
                while not await connection.fetchval(try_lock, _lock_key(role), timeout=10):  # noqa: ASYNC110
                    await asyncio.sleep(WATCH_SECONDS)
            logger.info("leads", extra={"role": role})
            pulse = asyncio.create_task(_pulse(connection, lost))
            try:
                yield lost
            finally:
                pulse.cancel()
                with suppress(asyncio.CancelledError):
                    await pulse

    @asynccontextmanager
    async def counted(self, name: str) -> AsyncIterator[Callable[[], Awaitable[int]]]:
        """Count among the processes of a name until the block ends; gives what tells how many there are now.

        Raises:
            StorageError: the database cannot be asked; from what was given, too.
        """
        if self.is_sqlite:
            yield _alone
            return
        key = _lock_key(name)
        async with self.own_session() as connection:

            async def count() -> int:
                with translated():
                    return int(await connection.fetchval(_HOLDERS, key >> 32, key & 0xFFFFFFFF, timeout=10))

            with translated():
                await connection.execute("SELECT pg_advisory_lock_shared($1)", key, timeout=10)
            yield count

    @asynccontextmanager
    async def own_session(self) -> AsyncIterator[Any]:
        """Give a connection of asyncpg outside of the pool, closed at the end; what it had locked is free then."""
        import asyncpg  # only where the database is PostgreSQL

        settings = {
            "application_name": "homeward",
            "tcp_keepalives_idle": "3",
            "tcp_keepalives_interval": "2",
            "tcp_keepalives_count": "2",
        }
        with translated():
            connection = await asyncpg.connect(
                host=self.url.host,
                port=self.url.port,
                user=self.url.username,
                password=self.url.password,
                database=self.url.database,
                timeout=10,
                server_settings=settings,
            )
        try:
            yield connection
        finally:
            with suppress(Exception):
                await connection.close(timeout=2)
            connection.terminate()


async def refresh_statistics(connection: AsyncConnection, table: sa.Table) -> None:
    """Tell PostgreSQL's planner how large a table has become in this transaction; SQLite's does well without."""
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.text(f"ANALYZE {table.name}"))


async def insert_one(connection: AsyncConnection, insert: sa.sql.dml.Insert) -> int:
    """Insert one row and return the number that the database gave it."""
    key = (await connection.execute(insert)).inserted_primary_key
    return int(key[0]) if key else 0


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Cut a sequence into parts that fit into one statement."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


#: How many sessions share a lock; its key is kept in two halves.
_HOLDERS = """
    SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE datname = current_database() AND locktype = 'advisory' AND mode = 'ShareLock' AND granted
      AND objsubid = 1 AND classid::bigint = $1 AND objid::bigint = $2
"""


async def _alone() -> int:
    return 1


def _lock_key(name: str) -> int:
    return (0x686F6D65 << 32) | zlib.crc32(name.encode())


async def _pulse(connection: Any, lost: asyncio.Event) -> None:
    """Return when the connection is lost, which a silent network tells only to who asks."""
    connection.add_termination_listener(lambda _: lost.set())
    while not lost.is_set():
        try:
            async with asyncio.timeout(PULSE_SECONDS):
                await lost.wait()
        except TimeoutError:
            try:
                await connection.execute("SELECT 1", timeout=PULSE_SECONDS)
            except Exception:
                lost.set()
