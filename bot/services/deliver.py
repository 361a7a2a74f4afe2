"""How the outbox is emptied: leased, rendered, sent, and only then marked.

A crash at any point loses nothing: what was leased and not marked is due again when its lease has run out. What may
have arrived is repeated once, so that repeat is not risked lightly: not while the Bot API does not answer, and not by a
process that has only just begun and may be about to die as the one before it did (contract, section 6).
"""

import asyncio
import contextlib
import datetime as dt
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.domain.subscriptions import Delivery
from bot.errors import DeliveryError, Outcome, StorageError
from bot.ports import Clock, Outbox, OutgoingMessage, Sender

logger = logging.getLogger(__name__)

#: Says what a delivery is to show now; None where there is nothing left to tell.
Render = Callable[[Delivery], Awaitable[OutgoingMessage | None]]

#: Longer than any attempt takes: waiting for its turn, connecting, and waiting for the answer.
LEASE: Final = dt.timedelta(seconds=45)
#: How long until a message that surely did not arrive is tried again; doubled with each attempt.
FIRST_RETRY: Final = dt.timedelta(seconds=5)
LAST_RETRY: Final = dt.timedelta(minutes=5)
#: How long until one that may have arrived is repeated.
UNKNOWN_RETRY: Final = dt.timedelta(seconds=15)
#: Seconds that a process has lived before it repeats what may have arrived.
STEADY: Final = 5.0
#: Seconds between two looks at whether the Bot API answers again, at most.
LONGEST_OUTAGE_WAIT: Final = 60.0
SETTLE_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an attempt came to."""

    outcome: Outcome
    message_id: int | None = None
    retry_at: dt.datetime | None = None
    new_chat_id: int | None = None


class _LeaseLost(Exception):
    """Somebody else has the delivery now."""


class Deliverer:
    """Empties the outbox, side by side within bounds, for as long as it runs.

    Args:
        owner: Names this process in the leases.
        render: Called once an attempt, so that what is sent is the newest.
        concurrency: Deliveries under way at one time.
        idle: Seconds until the outbox is looked at again where nothing wakes us.
        backoff: Seconds before a Bot API that did not answer is asked whether it does; doubled each time.
        steady: Seconds from now until what may have arrived is repeated.
    """

    def __init__(
        self,
        *,
        outbox: Outbox,
        sender: Sender,
        render: Render,
        clock: Clock,
        owner: str,
        concurrency: int = 64,
        lease: dt.timedelta = LEASE,
        idle: float = 5.0,
        backoff: float = 1.0,
        steady: float = STEADY,
    ) -> None:
        self._outbox = outbox
        self._sender = sender
        self._render = render
        self._clock = clock
        self._owner = owner
        self._concurrency = concurrency
        self._lease = lease
        self._idle = idle
        self._backoff = backoff
        self._steady_at = asyncio.get_running_loop().time() + steady
        self._under_way: dict[int, asyncio.Task[None]] = {}
        #: Those of them that wait until the process is steady.
        self._held: set[int] = set()
        #: Those of them that have left and were not answered yet.
        self._gone_out: dict[int, Delivery] = {}
        #: Those of them that were answered and are being written down.
        self._marking: set[int] = set()
        self._news = asyncio.Event()
        self._stopping = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        #: Attempts without a connection or an answer, since the last that had one.
        self._silent = 0
        #: What deliveries came to since the start.
        self.outcomes: Counter[Outcome] = Counter()

    def start(self) -> None:
        """Begin to deliver, in the background."""
        self._loop = asyncio.create_task(self.run(), name="deliver")

    async def stop(self, *, grace: float = 5.0) -> None:
        """Take nothing new, finish what is under way, and give back the rest.

        Args:
            grace: Seconds that attempts may take to end; one that had left and is cut off then may have arrived.
        """
        self._stopping.set()
        self._news.set()
        if self._loop is not None:
            await self._loop
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=grace)
        cut_off = list(self._gone_out.values())
        for delivery_id in self._under_way.keys() - self._marking:
            self._under_way[delivery_id].cancel()
        if self._under_way:
            await asyncio.wait(self._under_way.values())
        for delivery in cut_off:
            await self._settle(delivery, self._result(delivery, "unknown"))
        returned = await self._outbox.release(self._owner)
        logger.info("delivery stopped", extra={"cut_off": len(cut_off), "returned": returned})

    def wake(self) -> None:
        """Look at the outbox now: something was put into it."""
        self._news.set()

    async def run(self) -> None:
        """Deliver until stopped."""
        while not self._stopping.is_set():
            self._news.clear()
            try:
                begun = await self._begin()
                if not begun:
                    await self._rest()
            except Exception:
                logger.exception("the outbox could not be read")
                await self._wait(self._stopping, self._idle)

    async def deliver_due(self) -> Counter[Outcome]:
        """Deliver what is due, and return what it came to; what is to be tried later waits.

        It ends early where the Bot API does not answer.
        """
        before = Counter(self.outcomes)
        while (not self._silent and await self._begin()) or self._under_way:
            if self._under_way:
                await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
        return self.outcomes - before

    async def _begin(self) -> int:
        """Lease as many as there is room for and set them going; returns how many were leased."""
        if self._silent:
            await self._until_reachable()
        room = self._concurrency - len(self._under_way) + len(self._held)
        if self._stopping.is_set() or room < max(1, self._concurrency // 4):
            return 0
        now = self._clock.now()
        leased = await self._outbox.lease(now=now, limit=room, until=now + self._lease, owner=self._owner)
        for delivery in leased:
            if delivery.id not in self._under_way:
                task = asyncio.create_task(self._deliver(delivery))
                self._under_way[delivery.id] = task
                task.add_done_callback(partial(self._ended, delivery.id))
        return len(leased)

    def _ended(self, delivery_id: int, _: asyncio.Task[None]) -> None:
        del self._under_way[delivery_id]
        self._marking.discard(delivery_id)
        self._news.set()

    async def _rest(self) -> None:
        """Wait for news, or until the next delivery is due."""
        seconds = self._idle
        if not self._under_way and (due_at := await self._outbox.next_due()) is not None:
            seconds = min(max((due_at - self._clock.now()).total_seconds(), 0.05), self._idle)
        await self._wait(self._news, seconds)

    async def _until_reachable(self) -> None:
        """Wait until the Bot API answers again; attempts that are under way go on."""
        seconds = self._backoff
        while not self._stopping.is_set() and not await self._sender.reachable():
            logger.warning("the Bot API does not answer", extra={"attempts": self._silent})
            await self._wait(self._stopping, seconds)
            seconds = min(seconds * 2, LONGEST_OUTAGE_WAIT)
        self._silent = 0

    async def _deliver(self, delivery: Delivery) -> None:
        if delivery.uncertain:
            await self._until_steady(delivery.id)
        try:
            result = await self._attempt(delivery)
        finally:
            self._gone_out.pop(delivery.id, None)
        if result is not None:
            self._marking.add(delivery.id)
            await self._settle(delivery, result)

    async def _until_steady(self, delivery_id: int) -> None:
        self._held.add(delivery_id)
        try:
            await asyncio.sleep(self._steady_at - asyncio.get_running_loop().time())
        finally:
            self._held.discard(delivery_id)

    async def _leave(self, delivery: Delivery) -> None:
        """Write down that an attempt leaves now: what dies before never left, what dies after may have arrived.

        Raises:
            _LeaseLost: somebody else has it.
        """
        if not await self._outbox.begin(delivery, until=self._clock.now() + self._lease):
            raise _LeaseLost
        self._gone_out[delivery.id] = delivery

    async def _attempt(self, delivery: Delivery) -> Result | None:
        """Render and send one delivery; whatever goes wrong is its own outcome. None: it is somebody else's."""
        try:
            message = await self._render(delivery)
            if message is None:
                return Result(outcome="rejected")
            if delivery.message_id is None:
                message_id = await self._sender.send(message, leaving=partial(self._leave, delivery))
            else:
                message_id = delivery.message_id
                await self._sender.edit(message, message_id)
        except _LeaseLost:
            return None
        except DeliveryError as error:
            return self._failed(delivery, error)
        except Exception:
            logger.exception("a delivery could not be made", extra={"delivery_id": delivery.id})
            return self._result(delivery, "not_sent")
        self._silent = 0
        return Result(outcome="sent", message_id=message_id)

    def _failed(self, delivery: Delivery, error: DeliveryError) -> Result:
        if error.outcome in ("not_sent", "unknown"):
            self._silent += 1
        if error.outcome == "rejected":
            logger.error("delivery rejected", extra={"delivery_id": delivery.id, "reason": str(error)})
        return self._result(delivery, error.outcome, after=error.retry_after, new_chat_id=error.new_chat_id)

    def _result(
        self, delivery: Delivery, outcome: Outcome, *, after: float | None = None, new_chat_id: int | None = None
    ) -> Result:
        """Say when it is to be tried again, where it is."""
        now = self._clock.now()
        retry_at: dt.datetime | None = None
        match outcome:
            case "not_sent":
                retry_at = now + min(FIRST_RETRY * 2 ** min(delivery.attempt - 1, 16), LAST_RETRY)
            case "unknown":
                retry_at = now + UNKNOWN_RETRY
            case "flood":
                retry_at = now + dt.timedelta(seconds=after or 1)
            case "migrated":
                retry_at = now
        return Result(outcome=outcome, retry_at=retry_at, new_chat_id=new_chat_id)

    async def _settle(self, delivery: Delivery, result: Result) -> None:
        """Write down what came of it; a database that is busy is asked again, since forgetting means a duplicate."""
        for attempt in range(SETTLE_ATTEMPTS):
            try:
                await self._outbox.settle(
                    delivery,
                    outcome=result.outcome,
                    now=self._clock.now(),
                    message_id=result.message_id,
                    retry_at=result.retry_at,
                    new_chat_id=result.new_chat_id,
                )
            except StorageError:
                logger.exception("a delivery could not be marked", extra={"delivery_id": delivery.id})
                await asyncio.sleep(self._backoff * attempt)
            else:
                self.outcomes[result.outcome] += 1
                logger.info(
                    "delivery settled",
                    extra={"delivery_id": delivery.id, "outcome": result.outcome, "attempt": delivery.attempt},
                )
                return

    @staticmethod
    async def _wait(event: asyncio.Event, seconds: float) -> None:
        """Wait for the event, that long at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()
