"""When a host may be asked: one request at a time, with a pause between two."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

#: Hosts that are remembered before those at rest are forgotten for the first time.
_MANY = 256


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: On the monotonic clock.
    free_at: float = 0.0
    #: Requests under way or waiting.
    wanted: int = 0


class HostGate:
    """Lets one request at a time through to each host, and only so many in all."""

    def __init__(
        self,
        *,
        spacing: float,
        concurrency: int,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._spacing = spacing
        self._sleep = sleep
        self._monotonic = monotonic
        self._all = asyncio.Semaphore(concurrency)
        self._hosts: dict[str, _Host] = {}
        self._tidy_above = _MANY

    @contextlib.asynccontextmanager
    async def passing(self, name: str) -> AsyncIterator[None]:
        """Wait for the host's turn and hold it."""
        host = self._hosts.setdefault(name, _Host())
        host.wanted += 1
        try:
            async with host.lock:
                wait = host.free_at - self._monotonic()
                if wait > 0:
                    await self._sleep(wait)
                async with self._all:
                    try:
                        yield
                    finally:
                        host.free_at = self._monotonic() + self._spacing
        finally:
            host.wanted -= 1
            if len(self._hosts) > self._tidy_above:
                self._tidy()

    def _tidy(self) -> None:
        now = self._monotonic()
        for name in [name for name, host in self._hosts.items() if not host.wanted and host.free_at <= now]:
            del self._hosts[name]
        # Looking through them all is worth it only when as many again have come.
        self._tidy_above = max(_MANY, 2 * len(self._hosts))
