"""What was asked of the server, in order, and a way to wait until something has happened."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Call:
    """One request, as it was decoded, and what was answered."""

    number: int
    method: str
    params: Mapping[str, Any]
    #: Names and sizes of uploads.
    files: Mapping[str, int] = field(default_factory=dict)
    #: Monotonic seconds.
    at: float
    #: HTTP status; 0 where the connection was cut instead.
    status: int = 200
    #: It changed what the chat shows.
    taken: bool = False
    description: str = ""
    #: Kind of the fault that was played.
    fault: str = ""
    result: Any = None

    @property
    def chat_id(self) -> int | None:
        """Return the chat that it is about, where that is a number."""
        try:
            return int(self.params.get("chat_id", ""))
        except (TypeError, ValueError):
            return None


class Changes:
    """Wakes whoever waits for a condition, each time that something happened."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def announce(self) -> None:
        """Let every waiter look again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition: Callable[[], T | None], timeout: float) -> T:  # noqa: ASYNC109
        """Return the condition's value as soon as it is true.

        Raises:
            TimeoutError: it has not become true in that many seconds.
        """
        async with asyncio.timeout(timeout):
            while not (value := condition()):
                future = asyncio.get_running_loop().create_future()
                self._waiting.add(future)
                try:
                    await future
                finally:
                    self._waiting.discard(future)
            return value
