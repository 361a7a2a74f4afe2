"""In which order updates are worked on: one person's one after another, everybody's side by side.

python-telegram-bot gives each update to a task of its own. Here a person's updates wait for each other in the order
that they came in, then for those of others in the same group, and only then for a place. So nobody who floods holds
more than one place, nor does a group, whose answers Telegram lets through slowly; in a group people take turns.
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


#: "person" or "chat", and its id.
_Key = tuple[str, int]


@dataclass(slots=True)
class _Line:
    """The updates of one person, or of one chat."""

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
        self._lines: dict[_Key, _Line] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for this person's turn, then for a place, then work on it."""
        person, chat = _whose(update)
        if self._length(person) > self._waiting:
            logger.warning("an update was let go: its sender floods")
            if asyncio.iscoroutine(coroutine):
                coroutine.close()
            return
        async with self._turn(person), self._turn(chat), self._places:
            await coroutine

    def _length(self, key: _Key) -> int:
        line = self._lines.get(key)
        return line.length if line else 0

    @contextlib.asynccontextmanager
    async def _turn(self, key: _Key) -> AsyncIterator[None]:
        line = self._lines.setdefault(key, _Line())
        line.length += 1
        try:
            async with line.lock:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[key]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""


def _whose(update: object) -> tuple[_Key, _Key]:
    """Return the line of the person, and that of the chat."""
    user = update.effective_user if isinstance(update, Update) else None
    chat = update.effective_chat if isinstance(update, Update) else None
    chat_id = chat.id if chat else 0
    # Behind one sender of Telegram's own stand all who write anonymously: those are told apart by the chat.
    return ("person", user.id if user and not user.is_bot else chat_id), ("chat", chat_id or (user.id if user else 0))
