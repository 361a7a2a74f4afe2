"""In which order updates are worked on: one person's one after another, everybody's side by side.

A person's updates wait for each other in the order that they came in, then for those of others in the same group, and
only then for a place. So nobody who floods holds more than one place, nor does a group, whose answers Telegram lets
through slowly; in a group people take turns.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

logger = logging.getLogger(__name__)

#: Updates that are worked on at once.
PLACES = 128
#: Updates of one person that wait; what comes beyond is let go.
WAITING = 40

#: "person" or "chat", and its id.
_Key = tuple[str, int]


class _Line:
    """Those who wait for one of several places, in order; whoever leaves lets the first of them in."""

    __slots__ = ("free", "waiting")

    def __init__(self, places: int) -> None:
        self.free = places
        self.waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self) -> None:
        if self.free:
            self.free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            raise

    def leave(self) -> None:
        while self.waiting:
            turn = self.waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.free += 1


class Fairness:
    """Runs people side by side and each person in order."""

    def __init__(self, *, places: int = PLACES, waiting: int = WAITING) -> None:
        """Let so many be worked on at once, and so many of one person wait."""
        self._places = _Line(places)
        self._waiting = waiting
        self._lines: dict[_Key, _Line] = {}

    async def run(self, person: int, chat: int, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Wait for this person's turn, then for the chat's, then for a place, and do the work."""
        line = self._lines.get(("person", person))
        if line is not None and len(line.waiting) >= self._waiting:
            logger.warning("an update was let go: its sender floods")
            return
        keys: list[_Key] = [("person", person)]
        if chat != person or chat < 0:  # in a private chat there is nobody else
            keys.append(("chat", chat))
        await self._in_turn(keys, work)

    async def _in_turn(self, keys: list[_Key], work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if not keys:
            await self._places.enter()
            try:
                await work()
            finally:
                self._places.leave()
            return
        line = self._lines.get(keys[0])
        if line is None:
            line = self._lines[keys[0]] = _Line(1)
        try:
            await line.enter()
            try:
                await self._in_turn(keys[1:], work)
            finally:
                line.leave()
        finally:
            if line.free:
                self._lines.pop(keys[0], None)
