"""The way into the database: opened, brought up to date, with a store for each port."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

from bot.errors import StorageError
from storage.admins import SqlAdminStore
from storage.backup import backup
from storage.chats import SqlChatStore
from storage.connections import Connections
from storage.feeds import SqlFeedStore
from storage.holds import Holds
from storage.invariants import check_invariants
from storage.ledger import SqlLedgerStore
from storage.migrate import migrate
from storage.outbox import SqlOutbox
from storage.refs import SqlRefStore
from storage.reviews import SqlReviewStore
from storage.rows import HEAD
from storage.subscriptions import SqlSubscriptionStore


class Database:
    """An open database; its stores share one pool of connections. Leaving it as a context closes it."""

    def __init__(self, connections: Connections, *, timezone: str) -> None:
        """Make the stores; `open_database` is the way to call it."""
        zone = ZoneInfo(timezone)
        self.connections = connections
        self.ledger = SqlLedgerStore(connections, zone=zone)
        self.reviews = SqlReviewStore(connections)
        self.feeds = SqlFeedStore(connections)
        self.subscriptions = SqlSubscriptionStore(connections, zone=zone)
        self.outbox = SqlOutbox(connections)
        self._holds = Holds(connections)
        self.chats = SqlChatStore(connections, self._holds)
        self.admins = SqlAdminStore(connections)
        self.refs = SqlRefStore(connections)

    async def __aenter__(self) -> "Database":
        """Give itself."""
        return self

    async def __aexit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close it."""
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._holds.close()
        await self.connections.close()

    async def backup(self, path: Path) -> None:
        """Write a consistent copy of the running SQLite database into a new file.

        Raises:
            StorageError: it is PostgreSQL (use pg_dump), or the file is there already or cannot be written.
        """
        await backup(self.connections, path)

    async def check(self) -> Mapping[str, str]:
        """Look whether the database is sound and the ledger in it true; returns what was found, for people.

        Raises:
            StorageError: with the first thing that is wrong.
        """
        found = {"database": self.connections.url.get_backend_name(), "schema": HEAD}
        async with self.connections.reading() as connection:
            if problem := await self.connections.damage(connection):
                raise StorageError(f"the database is damaged: {problem}")
            await check_invariants(connection)
        return found | {"ledger version": str(await self.ledger.version())}

    def listen_versions(self, callback: Callable[[int], None]) -> AbstractAsyncContextManager[None]:
        """Call back with each new version of the ledger, whichever process made it, while the context lasts.

        At once on PostgreSQL and for this process's own changes; within half a second for other processes on SQLite.
        The callback must return at once, and may be called more often than needed.
        """
        return self.connections.listening(callback, current=self.ledger.version)

    def lead(self, role: str) -> AbstractAsyncContextManager[asyncio.Event]:
        """Wait until no other process leads in this role, and lead while the context lasts.

        The event is set when the lead is lost: then stop what is done in this role, and leave. On SQLite there is one
        process, which always leads. Raises StorageError where PostgreSQL cannot be asked.
        """
        return self.connections.leading(role)

    def counted(self, name: str) -> AbstractAsyncContextManager[Callable[[], Awaitable[int]]]:
        """Count among the processes of a name while the context lasts; gives what tells how many there are now.

        On SQLite there is one. Raises StorageError where PostgreSQL cannot be asked, also later.
        """
        return self.connections.counted(name)


async def open_database(url: str, *, echo: bool = False, timezone: str = "Europe/Kyiv") -> Database:
    """Open a database: make the directory of a SQLite file, bring the schema up to this program's.

    Args:
        url: ``sqlite+aiosqlite:///…`` or ``postgresql+asyncpg://…``.
        echo: Log every statement (never its values).
        timezone: Of subscribers who name none; IANA name.

    Raises:
        SchemaTooNew: a newer program wrote it.
        StorageError: it cannot be reached, or is the database of something else.
    """
    connections = Connections(url, echo=echo)
    try:
        await asyncio.to_thread(connections.make_directory)
        await migrate(connections)
    except BaseException:
        await connections.close()
        raise
    return Database(connections, timezone=timezone)
