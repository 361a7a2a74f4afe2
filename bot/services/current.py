"""The newest snapshot of the ledger, kept in memory and renewed when the version changes."""

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.domain.ledger import Ledger

if TYPE_CHECKING:
    from bot.ports import LedgerReader


class CurrentLedger:
    """Gives the ledger without a query where nothing has changed.

    The version is asked for at most once in `interval`; `refresh` (after an own change, or on a notice from the
    database) asks at once. Snapshots of the past are kept for the few that are asked for.
    """

    #: Past snapshots kept.
    KEPT = 8

    def __init__(
        self,
        store: "LedgerReader",
        *,
        elapsed: Callable[[], float],
        interval: dt.timedelta = dt.timedelta(seconds=1),
    ) -> None:
        """Remember where the ledger is.

        Args:
            elapsed: A monotonic clock, in seconds.
            interval: For how long a version is believed to be the newest.
        """
        self._store = store
        self._elapsed = elapsed
        self._interval = interval.total_seconds()
        self._ledger: Ledger | None = None
        self._asked_at = 0.0
        self._lock = asyncio.Lock()
        self._past: OrderedDict[int | tuple[dt.datetime, int], Ledger] = OrderedDict()

    @property
    def latest(self) -> Ledger | None:
        """The ledger as it was last read; None: never read yet."""
        return self._ledger

    async def get(self) -> Ledger:
        """Return the newest ledger."""
        if self._ledger is not None and self._is_fresh():
            return self._ledger
        async with self._lock:
            if self._ledger is not None and self._is_fresh():  # who came first has asked for all who wait
                return self._ledger
            return await self._renewed()

    def _is_fresh(self) -> bool:
        return self._elapsed() - self._asked_at < self._interval

    async def refresh(self) -> Ledger:
        """Ask for the version now, and load the ledger where it has changed."""
        async with self._lock:
            return await self._renewed()

    async def _renewed(self) -> Ledger:
        version = await self._store.version()
        if self._ledger is None or self._ledger.version != version:
            self._ledger = await self._store.load()
        self._asked_at = self._elapsed()
        return self._ledger

    async def at(self, point: int | dt.datetime) -> Ledger:
        """Return the ledger at an earlier version, or as it stood at an instant."""
        # What stood at an instant that is not over yet may still change; at a version it never does.
        key = point if isinstance(point, int) else (point, (await self.get()).version)
        if key not in self._past:
            loaded = (
                await self._store.load(version=point) if isinstance(point, int) else await self._store.load(as_of=point)
            )
            self._past[key] = loaded
            while len(self._past) > self.KEPT:
                self._past.popitem(last=False)
        self._past.move_to_end(key)
        return self._past[key]
