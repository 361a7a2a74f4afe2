"""When a message may leave: Telegram's limits kept, people before broadcasts, nobody starved.

A request waits in the lane of its purpose and in the queue of its chat. One at a time leaves to a chat, so that its
messages keep their order, and the next not before a whole interval after the answer to the one before it. What Telegram
answers with 429 closes that chat until the time it names; a second chat that is told so meanwhile closes them all. Such
a time only ever moves forward (contract, section 6; Bot FAQ, "My bot is hitting limits").

Over all chats a message counts from when it may have arrived: while it is unanswered, and for a second from when it
left or, where its answer was late, from that answer less the quickest trip of late. So what a slow way bunches together
does not exceed the limit at the other end.
"""

import asyncio
import heapq
import itertools
import logging
import math
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

from telegram._utils.types import JSONDict
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

logger = logging.getLogger(__name__)

#: Answers to people, and what nobody is waiting for.
Lane = Literal["answer", "broadcast"]
LANES: Final[tuple[Lane, ...]] = ("answer", "broadcast")
ChatKey = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a request is for, and what is to be done when its turn has come."""

    lane: Lane
    #: Called before each try; what it raises ends the request.
    leaving: Callable[[], Awaitable[None]] | None = None


BROADCAST: Final = Purpose(lane="broadcast")
ANSWER: Final = Purpose(lane="answer")

#: Windows are this much longer than Telegram's, for what the way there does to the spacing.
MARGIN: Final = 1.02
#: Seconds after which a message that nobody answers is not expected to arrive any more.
OVERDUE: Final = 3.0
#: Answers among which the quickest is looked for.
MANY_TRIPS: Final = 50
#: Seconds that broadcasts may run ahead of their pace after the loop was late.
CATCH_UP: Final = 0.05
#: While people are answered, one message in so many is a broadcast's.
SHARE_OF_BROADCASTS: Final = 10
#: Seconds that a request waits here for its chat; a longer wait is the caller's.
PATIENCE: Final[dict[Lane, float]] = {"answer": 30.0, "broadcast": 5.0}
#: How often an answer is tried again after a 429.
RETRIES: Final = 2
#: Chats remembered before the idle ones are forgotten.
MANY_CHATS: Final = 5000

_COUNTED: Final = ("send", "edit", "copy", "forward", "pin", "stop")
_NOT_COUNTED: Final = frozenset({"sendChatAction"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How many messages; 0 is no limit."""

    #: A second, over all chats; Telegram sells up to 1,000.
    overall: float = 30
    #: A second, in one chat.
    chat: float = 1
    #: A minute, in one group or channel.
    group: float = 20


class Timer(Protocol):
    """The part of an event loop that is needed here."""

    def time(self) -> float:
        """Return monotonic seconds."""

    def call_at(self, when: float, callback: Callable[[], object]) -> Any:
        """Call back at that time; what is returned has `cancel()`."""


@dataclass(slots=True)
class _Chat:
    busy: bool = False
    #: Not before.
    ready_at: float = 0.0
    flooded_until: float = 0.0
    #: When the last messages to a group were answered.
    recent: deque[float] = field(default_factory=deque)
    waiting: dict[Lane, deque[asyncio.Future[None]]] = field(default_factory=lambda: {lane: deque() for lane in LANES})


class Limiter(BaseRateLimiter[Purpose]):
    """Paces every request of one bot.

    Args:
        rates: The limits.
        timer: What time it is and what wakes us; the running loop where None.
    """

    def __init__(self, rates: Rates | None = None, *, timer: Timer | None = None) -> None:
        self.rates = rates or Rates()
        self._timer = timer
        self._chats: dict[ChatKey, _Chat] = {}
        #: Chats that wait, by the time at which each may send: (time, number, chat).
        self._due: dict[Lane, list[tuple[float, int, ChatKey]]] = {lane: [] for lane in LANES}
        self._numbers = itertools.count()
        #: When the answered messages of the last second may have arrived, as a heap.
        self._arrived: list[float] = []
        #: When the unanswered ones left, the first first.
        self._away: dict[int, float] = {}
        #: Seconds from leaving to answer, of the last ones.
        self._trips: deque[float] = deque(maxlen=MANY_TRIPS)
        #: Turns that were given and have not left yet.
        self._given = 0
        #: When the next broadcast is due, were each in its time.
        self._pace = 0.0
        self._answers_in_a_row = 0
        self._flooded_until = 0.0
        self._wake: Any = None
        self._wake_at = 0.0
        #: 429s that Telegram answered, for the metrics.
        self.floods = 0

    async def initialize(self) -> None:
        """Do nothing: all is ready."""

    async def shutdown(self) -> None:
        """Stop waking up."""
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None

    def waiting(self) -> dict[Lane, int]:
        """Return how many requests wait in each lane."""
        return {lane: sum(len(chat.waiting[lane]) for chat in self._chats.values()) for lane in LANES}

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Purpose | None,
    ) -> bool | JSONDict | list[JSONDict]:
        """Make a request when its turn has come.

        Raises:
            RetryAfter: the chat, or Telegram, asks for more patience than the lane has.
        """
        key = _chat_key(data.get("chat_id"))
        if key is None or endpoint in _NOT_COUNTED or not endpoint.startswith(_COUNTED):
            return await callback(*args, **kwargs)
        purpose = rate_limit_args or ANSWER
        for attempt in itertools.count():
            await self._turn(key, purpose.lane)
            number = next(self._numbers)
            try:
                await self._leave(number, purpose)
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._flooded(key, _seconds(error))
                if purpose.lane == "broadcast" or attempt == RETRIES:
                    raise
            finally:
                self._arrive(number)
                self._left(key)
        raise AssertionError("unreachable")

    def _now(self) -> float:
        if self._timer is None:
            self._timer = asyncio.get_running_loop()
        return self._timer.time()

    async def _turn(self, key: ChatKey, lane: Lane) -> None:
        """Return when this request may leave; from then on its chat is busy."""
        now = self._now()
        if len(self._chats) > MANY_CHATS:
            self._forget_idle(now)
        chat = self._chats.setdefault(key, _Chat())
        wait = max(self._flooded_until, chat.flooded_until) - now
        if lane == "broadcast":  # the outbox waits better than a request can: it survives a crash
            wait = max(wait, chat.ready_at - now)
        if wait > PATIENCE[lane]:
            raise RetryAfter(int(wait) + 1)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        chat.waiting[lane].append(turn)
        if not chat.busy:
            self._enlist(key, chat, lane, now)
        self._pump()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._given -= 1
                self._left(key)
            raise

    async def _leave(self, number: int, purpose: Purpose) -> None:
        """Do what is to be done before a request leaves; only then it counts, since that may take its time."""
        try:
            if purpose.leaving is not None:
                await purpose.leaving()
            self._away[number] = self._now()
        finally:
            self._given -= 1
            self._pump()

    def _arrive(self, number: int) -> None:
        """Note when a message that is answered now, or has failed, may have arrived."""
        left = self._away.pop(number, None)
        if left is None:
            return
        now = self._now()
        self._trips.append(now - left)
        heapq.heappush(self._arrived, max(left, now - min(self._trips)))

    def _left(self, key: ChatKey) -> None:
        """Note that a request to a chat was answered, or failed."""
        now = self._now()
        chat = self._chats[key]
        chat.busy = False
        if self.rates.chat:
            chat.ready_at = now + MARGIN / self.rates.chat
        if self.rates.group and _is_group(key):
            chat.recent.append(now)
            while len(chat.recent) > self.rates.group:
                chat.recent.popleft()
            if len(chat.recent) >= self.rates.group:
                chat.ready_at = max(chat.ready_at, chat.recent[0] + 60 * MARGIN)
        for lane in LANES:
            if chat.waiting[lane]:
                self._enlist(key, chat, lane, now)
        self._pump()

    def _flooded(self, key: ChatKey, seconds: float) -> None:
        """Close a chat for that long, or all where another one is closed already."""
        now = self._now()
        until = now + seconds * MARGIN
        others = any(chat.flooded_until > now for other, chat in self._chats.items() if other != key)
        self._chats[key].flooded_until = max(self._chats[key].flooded_until, until)
        if others:
            self._flooded_until = max(self._flooded_until, until)
        self.floods += 1
        logger.warning("flood", extra={"seconds": seconds, "everybody": others})

    def _enlist(self, key: ChatKey, chat: _Chat, lane: Lane, now: float) -> None:
        at = max(chat.ready_at, chat.flooded_until, now)
        heapq.heappush(self._due[lane], (at, next(self._numbers), key))

    def _pump(self) -> None:
        """Let go whoever may, and set the alarm for the next."""
        while any(self._due.values()):
            now = self._now()
            at = max(self._flooded_until, self._window_opens(now))
            if at <= now:
                lane, at = self._next_lane(now)
                if at <= now:
                    self._let_go(lane, now)
                    continue
            self._alarm(at)
            return

    def _window_opens(self, now: float) -> float:
        """Return when one more message is within the overall limit; infinity: only once another one has left."""
        while self._arrived and self._arrived[0] + MARGIN <= now:
            heapq.heappop(self._arrived)
        if not self.rates.overall:
            return now
        overdue = sum(1 for _ in itertools.takewhile(lambda left: left + OVERDUE <= now, self._away.values()))
        if len(self._arrived) + len(self._away) - overdue + self._given < self.rates.overall:
            return now
        away = itertools.islice(self._away.values(), overdue, overdue + 1)
        return min([one + MARGIN for one in self._arrived[:1]] + [left + OVERDUE for left in away], default=math.inf)

    def _next_lane(self, now: float) -> tuple[Lane, float]:
        """Return whose turn is next, and when: an answer's, but for the share of broadcasts."""
        answer = self._due["answer"][0][0] if self._due["answer"] else math.inf
        broadcast = self._due["broadcast"][0][0] if self._due["broadcast"] else math.inf
        if broadcast <= now and self._answers_in_a_row >= SHARE_OF_BROADCASTS - 1:
            return "broadcast", broadcast
        broadcast = max(broadcast, self._pace - CATCH_UP)
        return ("answer", answer) if answer <= max(now, broadcast) else ("broadcast", broadcast)

    def _let_go(self, lane: Lane, now: float) -> None:
        """Take the first chat of a lane; send its first request on its way, unless it cannot go yet."""
        _, _, key = heapq.heappop(self._due[lane])
        chat = self._chats.get(key)
        if chat is None or chat.busy:
            return
        queue = chat.waiting[lane]
        while queue and queue[0].done():
            queue.popleft()
        if not queue:
            return
        if max(chat.ready_at, chat.flooded_until) > now:
            self._enlist(key, chat, lane, now)
            return
        chat.busy = True
        self._given += 1
        if lane == "answer":
            self._answers_in_a_row += 1
        else:
            self._answers_in_a_row = 0
            if self.rates.overall:
                self._pace = max(self._pace, now) + 1 / self.rates.overall
        queue.popleft().set_result(None)

    def _alarm(self, at: float) -> None:
        if self._wake is not None:
            if self._wake_at == at:
                return
            self._wake.cancel()
            self._wake = None
        if at == math.inf:
            return
        assert self._timer is not None
        self._wake_at = at
        self._wake = self._timer.call_at(at, self._woken)

    def _woken(self) -> None:
        self._wake = None
        self._pump()

    def _forget_idle(self, now: float) -> None:
        idle = [
            key
            for key, chat in self._chats.items()
            if not chat.busy
            and not any(chat.waiting.values())
            and max(chat.ready_at, chat.flooded_until) <= now
            and (not chat.recent or chat.recent[-1] <= now - 60 * MARGIN)
        ]
        for key in idle:
            del self._chats[key]


def _chat_key(chat_id: Any) -> ChatKey | None:
    """Return a chat's id as a number where it is one, however it was written."""
    if chat_id is None:
        return None
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return str(chat_id)


def _is_group(key: ChatKey) -> bool:
    """Tell groups and channels, also by their public name, from people."""
    return isinstance(key, str) or key < 0


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int) else wait.total_seconds()
