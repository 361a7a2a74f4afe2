"""Every alert arrives, whatever happens on the way; the outbox is the real one."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.subscriptions import Delivery
from bot.errors import DeliveryError, StorageError
from bot.ports import OutgoingMessage
from bot.rendering.rich import Run, plain
from bot.services.deliver import Deliverer
from storage.database import Database
from tests.botapi.journal import Changes
from tests.builders import NOW, change, claim, subscription


class SetClock:
    def __init__(self) -> None:
        self.instant = NOW

    def now(self) -> dt.datetime:
        return self.instant


class FakeSender:
    """Telegram as a list of what each chat shows, with failures by chat, played once each."""

    def __init__(self) -> None:
        self.shown: dict[int, dict[int, str]] = defaultdict(dict)
        self.failures: dict[int, list[DeliveryError | Exception]] = defaultdict(list)
        self.attempts: list[int] = []
        self.is_reachable = True
        self.asked = 0
        self.before: Callable[[OutgoingMessage], Awaitable[None]] | None = None
        self.changes = Changes()
        #: The limiter's; always set where nothing is said.
        self.turn = asyncio.Event()
        self.came = 0
        self.turn.set()

    async def send(self, message: OutgoingMessage, *, leaving: Callable[[], Awaitable[None]] | None = None) -> int:
        self.came += 1
        self.changes.announce()
        await self.turn.wait()
        if leaving:
            await leaving()
        self.attempts.append(message.chat_id)
        if self.before:
            await self.before(message)
        failure = self.failures[message.chat_id].pop(0) if self.failures[message.chat_id] else None
        taken = failure is None or (isinstance(failure, DeliveryError) and failure.outcome == "unknown")
        if taken:
            self.shown[message.chat_id][len(self.attempts)] = plain(message.text)
        self.changes.announce()
        if failure is not None:
            raise failure
        return len(self.attempts)

    async def edit(self, message: OutgoingMessage, message_id: int) -> None:
        self.attempts.append(message.chat_id)
        if self.failures[message.chat_id]:
            raise self.failures[message.chat_id].pop(0)
        self.shown[message.chat_id][message_id] = plain(message.text)

    async def reachable(self) -> bool:
        self.asked += 1
        self.changes.announce()
        return self.is_reachable

    def texts(self, chat_id: int) -> list[str]:
        return list(self.shown[chat_id].values())


def failed(outcome: Any, **how: Any) -> DeliveryError:
    return DeliveryError("scripted", outcome=outcome, **how)


class Scene:
    """A database with subscribers, and what is needed to deliver to them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = SetClock()
        self.sender = FakeSender()
        self.text = "1,212 bodies"

    def deliverer(self, owner: str = "a", outbox: Any = None, steady: float = 0, **how: Any) -> Deliverer:
        return Deliverer(
            outbox=outbox or self.database.outbox,
            sender=self.sender,
            render=self.render,
            clock=self.clock,
            owner=owner,
            backoff=0,
            steady=steady,
            **how,
        )

    async def render(self, delivery: Delivery) -> OutgoingMessage | None:
        return OutgoingMessage(chat_id=delivery.chat_id, text=(Run(self.text),)) if self.text else None

    async def alert(self, *chats: int) -> None:
        for chat in chats:
            await self.database.subscriptions.put(subscription(chat_id=chat), at=NOW)
        await self.database.ledger.apply(change(claim(), alerts=("remains-2025-06-11",)))

    async def alert_again(self, *chats: int) -> None:
        """Tell everybody, and these too, of the next round."""
        for chat in chats:
            await self.database.subscriptions.put(subscription(chat_id=chat), at=NOW)
        await self.database.ledger.apply(
            change(claim(date="2025-06-12"), at=self.clock.now(), alerts=("remains-2025-06-12",))
        )

    async def correct(self, count: int) -> None:
        """Record another figure and bring the alerts up to date."""
        self.text = f"{count:,} bodies"
        await self.database.ledger.apply(
            change(claim(count, party="russia"), edits=("remains-2025-06-11",), at=self.clock.now())
        )

    async def counts(self) -> dict[str, int]:
        """Return deliveries by state, those with any."""
        counts = await self.database.outbox.counts(self.clock.now())
        return {state: counts[state] for state in ("pending", "leased", "sent", "dead") if counts[state]}

    async def until(self, condition: Callable[[], Any]) -> None:
        """Let the program run until it is so."""
        await self.sender.changes.until(condition, 10)

    def later(self, **how: float) -> None:
        self.clock.instant += dt.timedelta(**how)


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


async def test_every_subscriber_is_told_once(scene: Scene) -> None:
    await scene.alert(*range(1, 101))
    deliverer = scene.deliverer(concurrency=8)
    assert await deliverer.deliver_due() == {"sent": 100}
    assert await deliverer.deliver_due() == {}
    assert [scene.sender.texts(chat) for chat in range(1, 101)] == [["1,212 bodies"]] * 100
    assert await scene.counts() == {"sent": 100}


async def test_no_more_than_agreed_are_under_way(scene: Scene) -> None:
    under_way = most = 0

    async def count(_: OutgoingMessage) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1

    scene.sender.before = count
    await scene.alert(*range(1, 31))
    await scene.deliverer(concurrency=4).deliver_due()
    assert (most, len(scene.sender.attempts)) == (4, 30)


async def test_correction_edits_what_was_sent(scene: Scene) -> None:
    await scene.alert(1, 2)
    deliverer = scene.deliverer()
    await deliverer.deliver_due()
    await scene.correct(1215)
    await deliverer.deliver_due()
    assert [scene.sender.texts(chat) for chat in (1, 2)] == [["1,215 bodies"]] * 2


@pytest.mark.parametrize(
    ("failure", "seconds"),
    [(failed("not_sent"), 5), (failed("flood", retry_after=70), 70), (RuntimeError("a mistake"), 5)],
    ids=["not sent", "flood", "mistake of ours"],
)
async def test_what_did_not_arrive_is_tried_again(scene: Scene, failure: Exception, seconds: int) -> None:
    await scene.alert(1)
    scene.sender.failures[1] = [failure]
    await scene.deliverer().deliver_due()
    scene.later(seconds=seconds - 1)
    await scene.deliverer().deliver_due()
    assert len(scene.sender.attempts) == 1
    scene.later(seconds=1)
    await scene.deliverer().deliver_due()
    assert (scene.sender.texts(1), await scene.counts()) == (["1,212 bodies"], {"sent": 1})


async def test_it_is_tried_less_often_each_time_and_never_given_up(scene: Scene) -> None:
    await scene.alert(1)
    scene.sender.failures[1] = [failed("not_sent") for _ in range(30)]
    waits = []
    for _ in range(30):
        await scene.deliverer().deliver_due()
        due_at = await scene.database.outbox.next_due()
        assert due_at is not None
        waits.append((due_at - scene.clock.now()).total_seconds())
        scene.clock.instant = due_at
    await scene.deliverer().deliver_due()
    assert waits[:4] == [5, 10, 20, 40]
    assert max(waits) == 300
    assert scene.sender.texts(1) == ["1,212 bodies"]


async def test_what_may_have_arrived_is_repeated_once(scene: Scene) -> None:
    await scene.alert(1)
    scene.sender.failures[1] = [failed("unknown"), failed("unknown")]
    for _ in range(4):
        await scene.deliverer().deliver_due()
        scene.later(minutes=10)
    assert len(scene.sender.attempts) == 2
    assert await scene.counts() == {"dead": 1}
    assert (await scene.database.outbox.counts())["unknown"] == 2


async def test_refused_text_is_never_repeated_and_stops_nobody(scene: Scene) -> None:
    await scene.alert(1, 2)
    scene.sender.failures[1] = [failed("rejected")]
    await scene.deliverer().deliver_due()
    scene.later(days=1)
    await scene.deliverer().deliver_due()
    assert sorted(scene.sender.attempts) == [1, 2]
    assert await scene.counts() == {"dead": 1, "sent": 1}


async def test_chat_that_is_closed_to_us_is_no_subscriber_any_more(scene: Scene) -> None:
    await scene.alert(1, 2)
    scene.sender.failures[1] = [failed("gone")]
    await scene.deliverer().deliver_due()
    assert await scene.database.subscriptions.get(1) is None
    assert await scene.database.subscriptions.get(2) is not None


async def test_alert_follows_a_group_to_its_new_id(scene: Scene) -> None:
    await scene.alert(-11)
    scene.sender.failures[-11] = [failed("migrated", new_chat_id=-1007)]
    await scene.deliverer().deliver_due()
    assert (scene.sender.texts(-1007), scene.sender.attempts) == (["1,212 bodies"], [-11, -1007])
    assert await scene.database.subscriptions.get(-1007) is not None


async def test_nothing_left_to_tell_is_not_sent(scene: Scene) -> None:
    await scene.alert(1)
    scene.text = ""
    assert await scene.deliverer().deliver_due() == {"rejected": 1}
    assert scene.sender.attempts == []


async def test_crash_before_sending_loses_nothing(scene: Scene) -> None:
    await scene.alert(1)
    now = scene.clock.now()
    await scene.database.outbox.lease(now=now, limit=9, until=now + dt.timedelta(seconds=45), owner="dead")
    await scene.deliverer().deliver_due()
    assert scene.sender.attempts == []
    scene.later(seconds=45)
    await scene.deliverer().deliver_due()
    assert scene.sender.texts(1) == ["1,212 bodies"]


async def test_crash_after_it_left_is_repeated_once(scene: Scene) -> None:
    await scene.alert(1)
    for owner in ("dead", "dead too"):
        now = scene.clock.now()
        until = now + dt.timedelta(seconds=45)
        (lost,) = await scene.database.outbox.lease(now=now, limit=9, until=until, owner=owner)
        await scene.database.outbox.begin(lost, until=until)
        scene.later(seconds=45)
    assert await scene.deliverer().deliver_due() == {}
    assert await scene.counts() == {"dead": 1}


async def test_process_that_has_just_begun_repeats_nothing_and_holds_up_nobody(scene: Scene) -> None:
    await scene.alert(1, 2)
    scene.sender.failures[1] = [failed("unknown")]
    await scene.deliverer().deliver_due()
    scene.later(minutes=1)
    await scene.alert_again(3)
    deliverer = scene.deliverer(steady=3600, concurrency=1)
    deliverer.start()
    await scene.until(lambda: scene.sender.texts(3))
    await deliverer.stop(grace=0)
    assert sorted(scene.sender.attempts) == [1, 1, 2, 2, 3]
    assert (await scene.database.outbox.counts(scene.clock.now()))["pending"] == 1


async def test_attempt_whose_lease_ran_out_before_its_turn_does_not_leave(scene: Scene) -> None:
    await scene.alert(1)
    scene.sender.turn.clear()
    slow = asyncio.create_task(scene.deliverer("slow").deliver_due())
    await scene.until(lambda: scene.sender.came == 1)
    scene.later(seconds=45)
    other = asyncio.create_task(scene.deliverer("quick").deliver_due())
    await scene.until(lambda: scene.sender.came == 2)
    scene.sender.turn.set()
    assert (await slow, await other) == ({}, {"sent": 1})
    assert scene.sender.texts(1) == ["1,212 bodies"]


async def test_stop_gives_back_what_waits_for_its_turn(scene: Scene) -> None:
    await scene.alert(1)
    scene.sender.turn.clear()
    deliverer = scene.deliverer()
    deliverer.start()
    await scene.until(lambda: scene.sender.came == 1)
    await deliverer.stop(grace=0)
    counts = await scene.database.outbox.counts(scene.clock.now())
    assert (counts["pending"], counts["unknown"]) == (1, 0)
    scene.sender.turn.set()
    assert await scene.deliverer().deliver_due() == {"sent": 1}


async def test_busy_database_makes_no_duplicate(scene: Scene) -> None:
    class Busy:
        def __init__(self, outbox: Any) -> None:
            self._outbox = outbox
            self.refused = 0

        def __getattr__(self, name: str) -> Any:
            return getattr(self._outbox, name)

        async def settle(self, delivery: Delivery, **how: Any) -> None:
            if self.refused < 3:
                self.refused += 1
                raise StorageError("database is locked")
            await self._outbox.settle(delivery, **how)

    await scene.alert(1)
    await scene.deliverer(outbox=Busy(scene.database.outbox)).deliver_due()
    scene.later(hours=1)
    await scene.deliverer().deliver_due()
    assert (len(scene.sender.attempts), await scene.counts()) == (1, {"sent": 1})


async def test_while_telegram_does_not_answer_nothing_is_tried(scene: Scene) -> None:
    await scene.alert(*range(1, 50))
    for chat in range(1, 50):
        scene.sender.failures[chat] = [failed("not_sent")]
    scene.sender.is_reachable = False
    deliverer = scene.deliverer(concurrency=4)
    await deliverer.deliver_due()
    assert len(scene.sender.attempts) == 4
    deliverer.start()
    await scene.until(lambda: scene.sender.asked >= 3)
    assert len(scene.sender.attempts) == 4
    scene.sender.failures.clear()
    scene.sender.is_reachable = True
    await scene.until(lambda: len(scene.sender.attempts) == 49)
    await deliverer.stop()


async def test_it_wakes_for_what_is_new(scene: Scene) -> None:
    deliverer = scene.deliverer(idle=3600)
    deliverer.start()
    await asyncio.sleep(0)
    await scene.alert(1)
    deliverer.wake()
    await scene.until(lambda: scene.sender.texts(1))
    await deliverer.stop()
    assert await scene.counts() == {"sent": 1}


async def test_orderly_stop_finishes_what_is_under_way(scene: Scene) -> None:
    answered, begun = asyncio.Event(), asyncio.Event()

    async def hold(_: OutgoingMessage) -> None:
        begun.set()
        await answered.wait()

    scene.sender.before = hold
    await scene.alert(1)
    deliverer = scene.deliverer()
    deliverer.start()
    await begun.wait()
    stopping = asyncio.create_task(deliverer.stop(grace=60))
    await asyncio.sleep(0)
    answered.set()
    await stopping
    assert await scene.counts() == {"sent": 1}


async def test_attempt_that_a_stop_cuts_off_may_have_arrived(scene: Scene) -> None:
    begun = asyncio.Event()

    async def hang(_: OutgoingMessage) -> None:
        begun.set()
        await asyncio.Event().wait()

    scene.sender.before = hang
    await scene.alert(1)
    deliverer = scene.deliverer()
    deliverer.start()
    await begun.wait()
    await deliverer.stop(grace=0)
    counts = await scene.database.outbox.counts(scene.clock.now())
    assert (counts["pending"], counts["unknown"]) == (1, 1)
    scene.sender.before = None
    scene.later(minutes=1)
    await scene.deliverer("b").deliver_due()
    assert scene.sender.texts(1) == ["1,212 bodies"]


async def test_database_that_fails_does_not_end_it(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def __init__(self, outbox: Any) -> None:
            self._outbox = outbox
            self.asked = 0

        def __getattr__(self, name: str) -> Any:
            return getattr(self._outbox, name)

        async def lease(self, **how: Any) -> Any:
            self.asked += 1
            if self.asked == 1:
                raise StorageError("the server closed the connection")
            return await self._outbox.lease(**how)

    await scene.alert(1)
    deliverer = scene.deliverer(outbox=Broken(scene.database.outbox), idle=0.01)
    deliverer.start()
    await scene.until(lambda: scene.sender.texts(1))
    await deliverer.stop()
    assert "the outbox could not be read" in caplog.messages
