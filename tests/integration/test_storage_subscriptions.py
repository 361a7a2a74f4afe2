"""Subscribers keep their wishes, get each digest once, and are forgotten on request."""

import asyncio
import datetime as dt

import pytest

from bot.domain.queries import Query
from bot.domain.replies import Turn
from bot.domain.subscriptions import Delivery, Subscription
from bot.ports import ChatSettings
from storage.database import Database, open_database
from tests.builders import NOW, change, claim, subscription

KYIV_9 = dt.datetime(2025, 6, 14, 6, 0, tzinfo=dt.UTC)
"""The morning after NOW: Saturday, 9 o'clock in Kyiv."""
MONDAY_9 = KYIV_9 + dt.timedelta(days=2)
DAY = dt.timedelta(days=1)
ROUND = "remains-2025-06-11"


async def tell(database: Database, date: str = "2025-06-11", *, at: dt.datetime = NOW, kind: str = "remains") -> None:
    """Record a round and tell of it."""
    await database.ledger.apply(change(claim(date=date, kind=kind), at=at, alerts=(f"{kind}-{date}",)))


async def digests(database: Database, now: dt.datetime) -> list[Delivery]:
    """Make the digests that are due, send them, and return them."""
    for due in await database.subscriptions.digest_due(now):
        await database.subscriptions.make_digest(due, now)
    until = now + dt.timedelta(minutes=1)
    found = await database.outbox.lease(now=now, limit=100, until=until, owner="me")
    for delivery in found:
        await database.outbox.settle(delivery, outcome="sent", now=now, message_id=1000 + delivery.id)
    return list(found)


@pytest.mark.parametrize(
    "wishes",
    [
        subscription(100),
        subscription(-1001234567890, thread_id=7, chat_type="supergroup", lang="uk"),
        subscription(100, kinds=("remains", "children"), recipient="russia", frequency="weekly", digest_hour=20),
        subscription(100, quiet=(23, 7), timezone="Europe/London", silent=True),
        subscription(100, kinds=()),
    ],
)
async def test_wishes_are_kept(database: Database, wishes: Subscription) -> None:
    await database.subscriptions.put(wishes, at=NOW)

    assert await database.subscriptions.get(wishes.chat_id, wishes.thread_id) == wishes
    assert await database.subscriptions.get(wishes.chat_id, 99) is None


async def test_every_kind_by_name_is_every_kind(database: Database) -> None:
    await database.subscriptions.put(
        subscription(100, kinds=("children", "remains", "prisoners", "civilians"), quiet=(5, 5)), at=NOW
    )

    assert await database.subscriptions.get(100) == subscription(100)


async def test_later_wishes_replace_earlier_ones(database: Database) -> None:
    await database.subscriptions.put(subscription(100, kinds=("remains",)), at=NOW)
    await database.subscriptions.put(subscription(100, recipient="ukraine"), at=NOW)

    assert await database.subscriptions.get(100) == subscription(100, recipient="ukraine")


async def test_who_unsubscribes_gets_nothing_more(database: Database) -> None:
    await database.subscriptions.put(subscription(100), at=NOW)
    await database.subscriptions.put(subscription(100, thread_id=5), at=NOW)
    await tell(database)

    assert await database.subscriptions.remove(100, 5)
    assert await database.subscriptions.get(100) is not None
    assert await database.subscriptions.remove(100)
    assert not await database.subscriptions.remove(100)
    assert await digests(database, NOW) == []


async def test_what_was_sent_is_still_kept_right_for_who_unsubscribed(database: Database) -> None:
    await database.subscriptions.put(subscription(100), at=NOW)
    await tell(database)
    await digests(database, NOW)
    await database.subscriptions.remove(100)

    await database.ledger.apply(change(claim(1213, id=1), edits=(ROUND,)))

    assert [edit.message_id is not None for edit in await digests(database, NOW)] == [True]


async def test_counts_name_nobody(database: Database) -> None:
    await database.subscriptions.put(subscription(1, lang="uk", kinds=("remains",)), at=NOW)
    await database.subscriptions.put(subscription(2, frequency="daily"), at=NOW)

    assert await database.subscriptions.counts() == {
        "all": 2,
        "gone": 0,
        "kind:remains": 2,
        "kind:prisoners": 1,
        "kind:civilians": 1,
        "kind:children": 1,
        "lang:en": 1,
        "lang:uk": 1,
        "lang:ru": 0,
        "frequency:at_once": 1,
        "frequency:daily": 1,
        "frequency:weekly": 0,
    }


# Moving


async def test_moved_chat_keeps_everything(database: Database) -> None:
    turn = Turn(query=Query(), lang="uk", at=NOW)
    await database.subscriptions.put(subscription(-5, chat_type="group", lang="uk"), at=NOW)
    await database.chats.save_settings(ChatSettings(chat_id=-5, lang="uk"), at=NOW)
    await database.chats.save_turn(-5, 7, turn)
    await database.chats.save_dialog(-5, 7, {"step": 2}, at=NOW)
    await tell(database)

    await database.subscriptions.migrate(-5, -1005)
    await database.subscriptions.migrate(-5, -1005)

    assert await database.subscriptions.get(-5) is None
    assert await database.subscriptions.get(-1005) == subscription(-1005, chat_type="supergroup", lang="uk")
    assert (await database.chats.settings(-1005)).lang == "uk"
    assert await database.chats.turn(-1005, 7) == turn
    assert await database.chats.dialog(-1005, 7) == {"step": 2}
    assert [(d.chat_id, d.chat_type) for d in await digests(database, NOW)] == [(-1005, "supergroup")]


async def test_chat_that_moves_to_one_that_is_subscribed_is_told_once(database: Database) -> None:
    await database.subscriptions.put(subscription(-5, chat_type="group", lang="uk"), at=NOW)
    await database.subscriptions.put(subscription(-1005, chat_type="supergroup", lang="en"), at=NOW)
    await tell(database)

    await database.subscriptions.migrate(-5, -1005)

    assert await database.subscriptions.get(-1005) == subscription(-1005, chat_type="supergroup", lang="en")
    assert [(d.chat_id, d.lang) for d in await digests(database, NOW)] == [(-1005, "en")]


# Digests


async def test_digest_tells_what_has_come_since_the_last(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily", lang="ru"), at=NOW)
    await tell(database, "2025-06-11")
    await tell(database, "2025-06-12")
    assert await digests(database, KYIV_9 - dt.timedelta(seconds=1)) == []

    [first] = await digests(database, KYIV_9)
    await tell(database, "2025-06-13", at=KYIV_9)
    [second] = await digests(database, KYIV_9 + DAY)

    assert (first.kind, first.round, first.alert_id, first.lang) == ("digest", "", 0, "ru")
    assert (first.rounds, first.changed) == (("remains-2025-06-11", "remains-2025-06-12"), ())
    assert (second.rounds, second.changed) == (("remains-2025-06-13",), ())


async def test_digest_is_made_once_however_many_ask(database: Database, database_url: str) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)
    await tell(database)
    [due] = await database.subscriptions.digest_due(KYIV_9)
    async with await open_database(database_url) as other_process:
        made = await asyncio.gather(
            *(d.subscriptions.make_digest(due, KYIV_9) for d in (database, other_process, database, other_process))
        )

    assert sorted(made) == [False, False, False, True]
    assert await database.subscriptions.digest_due(KYIV_9 + dt.timedelta(hours=12)) == []
    assert len(await digests(database, KYIV_9)) == 1


async def test_digest_with_nothing_to_tell_is_no_message(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)

    assert await digests(database, KYIV_9) == []
    assert await database.subscriptions.digest_due(KYIV_9 + dt.timedelta(hours=1)) == []
    assert len(await database.subscriptions.digest_due(KYIV_9 + DAY)) == 1


async def test_days_that_were_missed_come_in_one_digest(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)
    await tell(database, "2025-06-11")
    await tell(database, "2025-06-14", at=KYIV_9 + DAY)

    [digest] = await digests(database, KYIV_9 + 3 * DAY + dt.timedelta(hours=5))

    assert digest.rounds == ("remains-2025-06-11", "remains-2025-06-14")
    assert await database.subscriptions.digest_due(KYIV_9 + 3 * DAY + dt.timedelta(hours=6)) == []


async def test_weekly_digest_comes_on_monday(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="weekly"), at=NOW)
    await tell(database)

    assert await digests(database, MONDAY_9 - dt.timedelta(seconds=1)) == []
    assert len(await digests(database, MONDAY_9)) == 1
    assert await database.subscriptions.digest_due(MONDAY_9 + 6 * DAY) == []


async def test_digest_keeps_to_kinds_and_recipient(database: Database) -> None:
    daily = {"frequency": "daily"}
    await database.subscriptions.put(subscription(1, kinds=("prisoners",), **daily), at=NOW)
    await database.subscriptions.put(subscription(2, recipient="russia", **daily), at=NOW)
    await database.subscriptions.put(subscription(3, recipient="ukraine", **daily), at=NOW)
    await tell(database)

    assert [d.chat_id for d in await digests(database, KYIV_9)] == [3]


async def test_digest_names_what_changed_since_it_was_told(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)
    await tell(database, "2025-06-11")
    await tell(database, "2025-06-12")
    await digests(database, KYIV_9)
    await database.ledger.apply(change(claim(1213, id=1), at=KYIV_9, edits=(ROUND,)))
    assert await digests(database, KYIV_9) == []

    [digest] = await digests(database, KYIV_9 + DAY)

    assert (digest.rounds, digest.changed) == ((), (ROUND,))
    assert await digests(database, KYIV_9 + 2 * DAY) == []


async def test_round_that_was_withdrawn_before_the_digest_is_not_told(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)
    await tell(database)
    await database.ledger.undo(1, author="7", at=NOW)

    assert await digests(database, KYIV_9) == []


async def test_digest_tells_nothing_that_was_told_at_once(database: Database) -> None:
    await database.subscriptions.put(subscription(100), at=NOW)
    await tell(database, "2025-06-11")
    await digests(database, NOW)
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)
    await tell(database, "2025-06-12")
    await database.ledger.apply(change(claim(1213, id=1), at=NOW, edits=(ROUND,)))
    [edit] = await digests(database, NOW)

    [digest] = await digests(database, KYIV_9)

    assert (edit.round, edit.kind) == (ROUND, "alert")
    assert (digest.rounds, digest.changed) == (("remains-2025-06-12",), ())


async def test_who_changes_from_digest_to_at_once_misses_nothing(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)
    await tell(database, "2025-06-11")
    await database.subscriptions.put(subscription(100), at=NOW)
    await tell(database, "2025-06-12")

    assert [d.rounds for d in await digests(database, NOW)] == [("remains-2025-06-11",), ("remains-2025-06-12",)]


async def test_another_hour_of_the_digest_loses_nothing(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)
    await tell(database)
    await database.subscriptions.put(subscription(100, frequency="daily", digest_hour=20), at=NOW)

    [digest] = await digests(database, dt.datetime(2025, 6, 13, 17, 0, tzinfo=dt.UTC))

    assert digest.rounds == (ROUND,)


async def test_new_subscriber_is_told_nothing_old(database: Database) -> None:
    await tell(database)
    await database.subscriptions.put(subscription(100, frequency="daily"), at=NOW)
    await database.ledger.apply(change(claim(1213, id=1), edits=(ROUND,)))

    assert await digests(database, KYIV_9) == []


async def test_digest_waits_for_the_end_of_quiet_hours(database: Database) -> None:
    await database.subscriptions.put(subscription(100, frequency="daily", quiet=(8, 10)), at=NOW)
    await tell(database)

    assert await digests(database, KYIV_9) == []
    assert len(await digests(database, KYIV_9 + dt.timedelta(hours=1))) == 1
