"""Messages leave within Telegram's limits, people's first; the clock is virtual."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from handlers.limiter import Lane, Limiter, Purpose, Rates
from tests.botapi.errors import ApiError
from tests.botapi.limits import Limits


@pytest.fixture(autouse=True)
def timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


class Alarm:
    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class VirtualTime:
    """A timer that runs as fast as the program does."""

    def __init__(self) -> None:
        self.now = 0.0
        self._alarms: list[tuple[float, int, Alarm, Callable[[], object]]] = []
        self._numbers = itertools.count()

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: Callable[[], object]) -> Alarm:
        alarm = Alarm()
        heapq.heappush(self._alarms, (when, next(self._numbers), alarm, callback))
        return alarm

    async def run(self, until: float = 1e9) -> None:
        """Let everything happen that happens until then, in order."""
        await self.settle()
        while self._alarms and self._alarms[0][0] <= until:
            when, _, alarm, callback = heapq.heappop(self._alarms)
            if not alarm.cancelled:
                self.now = max(self.now, when)
                callback()
                await self.settle()
        if until < 1e9:
            self.now = max(self.now, until)

    async def settle(self) -> None:
        for _ in range(12):
            await asyncio.sleep(0)


class Scene:
    """A limiter on virtual time in front of a model of Telegram, and a note of what left when."""

    def __init__(self, rates: Rates | None = None) -> None:
        self.timer = VirtualTime()
        self.limiter = Limiter(rates, timer=self.timer)
        rates = self.limiter.rates
        self.telegram = Limits(
            clock=self.timer.time,
            overall=int(rates.overall),
            chat=int(rates.chat),
            group=int(rates.group),
            slack=0,
            enabled=True,
        )
        self.left: list[tuple[float, int, str]] = []
        self.floods: dict[int, list[int]] = {}
        self.tasks: list[asyncio.Task[Any]] = []

    def ask(
        self,
        chat: int,
        text: str = "",
        lane: Lane = "answer",
        endpoint: str = "sendMessage",
        leaving: Callable[[], Awaitable[None]] | None = None,
    ) -> asyncio.Task[Any]:
        task = asyncio.create_task(self._call(chat, text, Purpose(lane=lane, leaving=leaving), endpoint))
        self.tasks.append(task)
        return task

    def _call(self, chat: int, text: str, purpose: Purpose, endpoint: str) -> Coroutine[Any, Any, Any]:
        async def callback() -> bool:
            if self.floods.get(chat):
                raise RetryAfter(self.floods[chat].pop(0))
            if endpoint == "sendMessage":
                self.telegram.check(chat)
            self.left.append((self.timer.now, chat, text))
            return True

        return self.limiter.process_request(callback, (), {}, endpoint, {"chat_id": chat}, purpose)

    async def finish(self) -> None:
        await self.timer.run()
        await asyncio.gather(*self.tasks)

    def times(self, chat: int | None = None) -> list[float]:
        return [at for at, whom, _ in self.left if chat in (None, whom)]


@pytest.mark.parametrize("lane", ["answer", "broadcast"])
async def test_thirty_a_second_over_all(lane: Lane) -> None:
    scene = Scene()
    for chat in range(1, 91):
        scene.ask(chat, lane=lane)
    await scene.finish()
    times = scene.times()
    assert all(later - earlier >= 1 for earlier, later in zip(times, times[30:], strict=False))
    assert times[-1] <= 3.1


async def test_what_is_held_up_after_its_turn_still_leaves_within_the_limit() -> None:
    """Before a request leaves it is written down, and the database may be slow."""
    scene = Scene()
    held: list[asyncio.Future[None]] = []

    async def leaving() -> None:
        held.append(asyncio.get_running_loop().create_future())
        await held[-1]

    for chat in range(1, 151):
        scene.ask(chat, lane="broadcast", leaving=leaving)
    for step in range(1, 40):
        await scene.timer.run(until=step * 0.7)
        while held:
            held.pop().set_result(None)
        await scene.timer.settle()
    await asyncio.gather(*scene.tasks)
    assert len(scene.left) == 150


async def test_what_the_way_there_bunches_together_stays_within_the_limit() -> None:
    """Telegram counts arrivals: what is held up on the way arrives beside what left after it."""
    timer = VirtualTime()
    limiter = Limiter(timer=timer)
    telegram = Limits(clock=timer.time, overall=30, chat=1, group=20, slack=0, enabled=True)
    stalls = ((2.0, 2.3), (4.1, 4.2), (5.5, 7.0))

    async def wait(until: float) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        timer.call_at(until, lambda: done.set_result(None))
        await done

    def call(chat: int) -> Coroutine[Any, Any, Any]:
        async def callback() -> bool:
            there = timer.now + 0.02
            await wait(next((end for start, end in stalls if start <= there < end), there))
            telegram.check(chat)
            await wait(timer.now + 0.02)
            return True

        return limiter.process_request(callback, (), {}, "sendMessage", {"chat_id": chat}, Purpose(lane="broadcast"))

    tasks = [asyncio.create_task(call(chat)) for chat in range(1, 301)]
    await timer.run()
    assert await asyncio.gather(*tasks) == [True] * 300
    assert timer.now < 13.0


async def test_a_message_that_nobody_answers_holds_its_place_for_seconds_only() -> None:
    scene = Scene(Rates(overall=1))
    never: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    lost = asyncio.create_task(
        scene.limiter.process_request(lambda: _answer(never), (), {}, "sendMessage", {"chat_id": 1}, None)
    )
    await scene.timer.settle()
    scene.ask(2)
    await scene.timer.run(until=5.0)
    assert scene.times(2) == [3.0]
    lost.cancel()


async def _answer(when: asyncio.Future[bool]) -> bool:
    return await when


async def test_one_a_second_in_a_chat_in_order() -> None:
    scene = Scene()
    for number in range(10):
        scene.ask(5, str(number))
    await scene.finish()
    assert [text for _, _, text in scene.left] == [str(number) for number in range(10)]
    times = scene.times()
    assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(times))


async def test_twenty_a_minute_in_a_group() -> None:
    scene = Scene()
    for _ in range(45):
        scene.ask(-1001)
    await scene.finish()
    times = scene.times()
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[20:], strict=False))


async def test_broadcast_to_a_group_that_had_its_twenty_goes_back_to_the_outbox() -> None:
    scene = Scene()
    for _ in range(20):
        scene.ask(-1001)
    await scene.finish()
    told = scene.ask(-1001, lane="broadcast")
    await scene.timer.settle()
    with pytest.raises(RetryAfter) as caught:
        told.result()
    assert 30 < caught.value._retry_after.total_seconds() <= 61


async def test_paid_limit_is_used() -> None:
    scene = Scene(Rates(overall=1000))
    for chat in range(1, 3001):
        scene.ask(chat, lane="broadcast")
    await scene.finish()
    assert scene.times()[-1] <= 3.2


async def test_flood_wait_is_kept_to_its_end_and_others_go_on() -> None:
    scene = Scene()
    scene.floods[5] = [3]
    scene.ask(5)
    scene.ask(6)
    await scene.timer.run(until=2.9)
    scene.ask(7)
    await scene.finish()
    assert scene.times(5)[0] >= 3.0
    assert (scene.times(6), scene.times(7)) == ([0.0], [2.9])
    assert scene.limiter.floods == 1


async def test_second_chat_flooded_closes_all() -> None:
    scene = Scene()
    scene.floods = {5: [3], 6: [10]}
    scene.ask(5)
    await scene.timer.settle()
    scene.ask(6)
    await scene.timer.run(until=1.0)
    scene.ask(7)
    await scene.finish()
    assert min(scene.times()) >= 10.0


async def test_flood_wait_only_moves_forward() -> None:
    scene = Scene()
    scene.floods = {5: [20], 6: [2]}
    first, second = scene.ask(5, lane="broadcast"), scene.ask(6, lane="broadcast")
    await scene.timer.settle()
    scene.ask(5)
    await scene.timer.run()
    assert [type(error) for error in await asyncio.gather(first, second, return_exceptions=True)] == [RetryAfter] * 2
    assert scene.times(5)[0] >= 20


async def test_broadcast_is_told_of_a_flood_at_once() -> None:
    scene = Scene()
    scene.floods[5] = [7]
    told = scene.ask(5, lane="broadcast")
    await scene.timer.settle()
    with pytest.raises(RetryAfter):
        told.result()


async def test_nobody_waits_for_hours() -> None:
    scene = Scene()
    scene.floods[5] = [43_837]
    for lane in ("broadcast", "answer"):
        asked = scene.ask(5, lane=lane)
        await scene.timer.settle()
        with pytest.raises(RetryAfter) as caught:
            asked.result()
        assert caught.value._retry_after.total_seconds() >= 43_837


async def test_answer_goes_ahead_of_a_broadcast() -> None:
    scene = Scene()
    for chat in range(1, 1001):
        scene.ask(chat, lane="broadcast")
    await scene.timer.run(until=2.5)
    scene.ask(5000)
    await scene.timer.run(until=2.7)
    assert scene.times(5000)[0] <= 2.6


async def test_broadcast_is_not_starved_by_answers() -> None:
    scene = Scene()
    for chat in range(1, 601):
        scene.ask(chat)
    for chat in range(1001, 1031):
        scene.ask(chat, lane="broadcast")
    await scene.timer.run(until=10.0)
    told = [chat for _, chat, _ in scene.left if chat > 1000]
    assert len(told) >= 25


async def test_one_persons_flood_of_questions_holds_up_nobody() -> None:
    scene = Scene()
    for _ in range(200):
        scene.ask(5)
    for chat in range(10, 20):
        scene.ask(chat)
    await scene.timer.run(until=0.5)
    assert {chat for _, chat, _ in scene.left} == {5, *range(10, 20)}


async def test_cancelled_request_gives_its_turn_to_the_next() -> None:
    scene = Scene()
    scene.ask(5, "first")
    dropped = scene.ask(5, "dropped")
    scene.ask(5, "last")
    await scene.timer.run(until=0.1)
    dropped.cancel()
    await scene.timer.run()
    assert [text for _, _, text in scene.left] == ["first", "last"]


async def test_request_cancelled_with_its_turn_in_hand_frees_the_chat() -> None:
    scene = Scene()
    scene.ask(5, "first")
    dropped = scene.ask(5, "dropped")
    scene.ask(5, "last")
    await scene.timer.settle()
    scene.timer.now = 2.0
    scene.limiter._pump()
    dropped.cancel()
    await scene.timer.run()
    assert [text for _, _, text in scene.left] == ["first", "last"]


async def test_failure_passes_and_frees_the_chat() -> None:
    scene = Scene()

    async def fail() -> bool:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        await scene.limiter.process_request(fail, (), {}, "sendMessage", {"chat_id": "5"}, None)
    scene.ask(5)
    await scene.finish()
    assert len(scene.left) == 1


async def test_what_is_no_message_waits_for_nothing() -> None:
    scene = Scene()
    for _ in range(100):
        scene.ask(5, endpoint="sendChatAction")
        scene.ask(5, endpoint="getChat")
    await scene.timer.settle()
    assert len(scene.left) == 200


async def test_chats_that_are_idle_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.limiter.MANY_CHATS", 10)
    scene = Scene(Rates(overall=0))
    for chat in range(1, 12):
        scene.ask(chat)
    await scene.timer.run(until=5.0)
    scene.ask(12)
    await scene.finish()
    assert set(scene.limiter._chats) == {12}


arrivals = st.lists(
    st.tuples(
        st.floats(0, 4, allow_nan=False),
        st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, -1001, -1002]),
        st.sampled_from(["answer", "broadcast"]),
    ),
    max_size=80,
)


@settings(deadline=None, max_examples=60)
@given(arrivals, st.sampled_from([2, 5, 30]))
async def test_everything_leaves_and_no_429_is_caused_by_us(
    requests: list[tuple[float, int, Lane]], overall: int
) -> None:
    scene = Scene(Rates(overall=overall))
    for at, chat, lane in sorted(requests):
        await scene.timer.run(until=at)
        scene.ask(chat, lane=lane)
    await scene.timer.run()
    results = await asyncio.gather(*scene.tasks, return_exceptions=True)
    to_the_outbox = [result for result in results if isinstance(result, RetryAfter)]
    assert [result for result in results if isinstance(result, ApiError)] == []
    assert len(scene.left) + len(to_the_outbox) == len(requests)
    assert scene.limiter.waiting() == {"answer": 0, "broadcast": 0}
