"""In which order updates are worked on: one person's one after another, everybody's side by side.

python-telegram-bot gives each update to a task of its own. Here a person's updates wait for each other in the order
that they came in, and only the one at the head takes one of the places, so that nobody who floods can hold more than
one of them.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

logger = logging.getLogger(__name__)

#: Updates that are worked on at once.
PLACES = 64
#: Updates of one person that wait; what comes beyond is let go.
WAITING = 40
#: The library's own bound, above anything that can wait here.
UNBOUNDED = 1_000_000


@dataclass(slots=True)
class _Line:
    """The updates of one person."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: Those that wait and the one that is worked on.
    length: int = 0


class FairProcessor(BaseUpdateProcessor):
    """Runs people side by side and each person in order."""

    __slots__ = ("_lines", "_places", "_waiting")

    def __init__(self, *, places: int = PLACES, waiting: int = WAITING) -> None:
        super().__init__(UNBOUNDED)
        self._places = asyncio.Semaphore(places)
        self._waiting = waiting
        self._lines: dict[int, _Line] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for this person's turn, then for a place, then work on it."""
        async with self._turn(_who(update)) as allowed:
            if not allowed:
                logger.warning("an update was let go: its sender floods")
                if asyncio.iscoroutine(coroutine):
                    coroutine.close()
                return
            async with self._places:
                await coroutine

    @contextlib.asynccontextmanager
    async def _turn(self, who: int) -> AsyncIterator[bool]:
        line = self._lines.setdefault(who, _Line())
        if line.length > self._waiting:
            yield False
            return
        line.length += 1
        try:
            async with line.lock:
                yield True
        finally:
            line.length -= 1
            if not line.length:
                self._lines.pop(who, None)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""


def _who(update: object) -> int:
    if not isinstance(update, Update):
        return 0
    if update.effective_user is not None:
        return update.effective_user.id
    return update.effective_chat.id if update.effective_chat is not None else 0
