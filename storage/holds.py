"""Who has a number in hand: one task at a time, of all processes on the database, for as long as its process lives.

On PostgreSQL a number is a lock of this process's own session, so that what a dead process had in hand is free at once
and nothing has to be written down. On SQLite there is one process.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from storage.connections import WATCH_SECONDS, Connections
from storage.engines import translated
from storage.together import Together

#: Seconds in which PostgreSQL has to answer.
ANSWER_SECONDS = 10.0
_LET_GO = "SELECT pg_advisory_unlock(key) FROM unnest($1::bigint[]) AS key"
_TAKE = "SELECT key, pg_try_advisory_lock(key) FROM unnest($1::bigint[]) AS key"
#: Told apart from the locks of roles by their upper half.
_SPACE = 0x75706474 << 32


class Holds:
    """Numbers in hand, each at most 32 bits long."""

    def __init__(self, connections: Connections) -> None:
        """Keep the connections; nothing is asked of the database before the first number."""
        self._connections = connections
        #: In hand here; set when it is let go.
        self._here: dict[int, asyncio.Event] = {}
        self._asked = Together(self._ask)
        self._open = AsyncExitStack()
        self._session: Any = None

    async def take(self, number: int) -> None:
        """Take a number in hand, as soon as nobody else has it.

        Raises:
            StorageError: the database cannot be asked.
        """
        while (held := self._here.get(number)) is not None:
            await held.wait()
        self._here[number] = asyncio.Event()
        try:
            while not (self._connections.is_sqlite or await self._asked.ask((number, True))):  # noqa: ASYNC110
                await asyncio.sleep(WATCH_SECONDS)
        except BaseException:
            self._here.pop(number).set()
            raise

    async def let_go(self, number: int) -> None:
        """Let others have it.

        Raises:
            StorageError: the database cannot be asked; then its session has ended, and the number is free all the same.
        """
        try:
            if not self._connections.is_sqlite:
                await self._asked.ask((number, False))
        finally:
            self._here.pop(number).set()

    async def close(self) -> None:
        """Let go of everything."""
        self._session = None
        await self._open.aclose()

    async def _ask(self, asked: Sequence[tuple[int, bool]]) -> Sequence[bool]:
        free = [_SPACE | number for number, wanted in asked if not wanted]
        wanted = [_SPACE | number for number, wanted in asked if wanted]
        ours: set[int] = set()
        try:
            with translated():
                session = await self._connected()
                if free:
                    await session.execute(_LET_GO, free, timeout=ANSWER_SECONDS)
                if wanted:
                    rows = await session.fetch(_TAKE, wanted, timeout=ANSWER_SECONDS)
                    ours = {key for key, taken in rows if taken}
        except BaseException:
            await self.close()
            raise
        return [_SPACE | number in ours for number, _ in asked]

    async def _connected(self) -> Any:
        """Return the session, a new one where there is none or the last has ended."""
        if self._session is None or self._session.is_closed():
            await self.close()
            self._session = await self._open.enter_async_context(self._connections.own_session())
        return self._session
