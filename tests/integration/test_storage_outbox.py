"""Every alert is delivered, across crashes, and none twice but where the answer was lost."""

import asyncio
import datetime as dt
from collections.abc import Sequence

import pytest

from bot.domain.decisions import ChangeSet
from bot.domain.subscriptions import Delivery, Subscription
from bot.errors import Outcome
from storage.database import Database, open_database
from tests.builders import NOW, a_round, change, claim, subscription

ROUND = "remains-2025-06-11"
SECOND = dt.timedelta(seconds=1)
SOON = NOW + dt.timedelta(minutes=1)
LATER = NOW + dt.timedelta(hours=1)


async def alert(database: Database, *, at: dt.datetime = NOW, date: str = "2025-06-11") -> int:
    """Record a round and tell of it; returns the number of deliveries."""
    recorded = change(claim(date=date), at=at, alerts=(f"remains-{date}",))
    return (await database.ledger.apply(recorded)).deliveries


async def subscribe(database: Database, *subscriptions: Subscription, at: dt.datetime = NOW) -> None:
    """Subscribe some chats."""
    for wishes in subscriptions:
        await database.subscriptions.put(wishes, at=at)


async def lease(
    database: Database, now: dt.datetime = NOW, *, limit: int = 100, owner: str = "me"
) -> Sequence[Delivery]:
    """Take what is due for a minute."""
    return await database.outbox.lease(now=now, limit=limit, until=now + dt.timedelta(minutes=1), owner=owner)


async def sent(database: Database, now: dt.datetime = NOW) -> Sequence[Delivery]:
    """Send everything that is due."""
    deliveries = await lease(database, now)
    for delivery in deliveries:
        await database.outbox.settle(delivery, outcome="sent", now=now, message_id=1000 + delivery.id)
    return deliveries


async def states(database: Database) -> dict[str, int]:
    """Return the numbers of deliveries by state, those that are there."""
    counts = await database.outbox.counts(NOW)
    return {state: counts[state] for state in ("pending", "leased", "sent", "dead") if counts[state]}


async def test_alert_is_leased_sent_and_not_due_again(database: Database) -> None:
    await subscribe(database, subscription(100, lang="uk", silent=True, chat_type="channel", thread_id=7))
    assert await alert(database) == 1

    [delivery] = await lease(database)
    assert delivery == Delivery(
        id=delivery.id,
        alert_id=delivery.alert_id,
        round=ROUND,
        revision=1,
        chat_id=100,
        thread_id=7,
        chat_type="channel",
        lang="uk",
        silent=True,
        attempt=1,
        message_id=None,
        uncertain=False,
        kind="alert",
        rounds=(ROUND,),
    )
    await database.outbox.settle(delivery, outcome="sent", now=NOW, message_id=5)

    assert await lease(database, LATER) == []
    assert await states(database) == {"sent": 1}


async def test_one_alert_a_round_ever(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)

    again = await database.ledger.apply(change(claim(1200, party="russia"), alerts=(ROUND, ROUND)))

    assert again.deliveries == 0
    assert len(await lease(database)) == 1


async def test_alert_without_a_change_of_the_ledger(database: Database) -> None:
    """A second publisher may bring nothing but the trust that was missing."""
    await subscribe(database, subscription(100))
    await database.ledger.apply(change(claim()))

    applied = await database.ledger.apply(change(alerts=(ROUND,)))

    assert (applied.version, applied.audit, applied.deliveries) == (1, None, 1)


async def test_change_that_fails_alerts_nobody(database: Database) -> None:
    await subscribe(database, subscription(100))
    with pytest.raises(Exception, match="review 9 is settled"):
        await database.ledger.apply(change(claim(), alerts=(ROUND,), settles=9))

    assert await database.outbox.next_due() is None


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (subscription(), True),
        (subscription(kinds=("remains",)), True),
        (subscription(kinds=("prisoners", "children")), False),
        (subscription(recipient="ukraine"), True),
        (subscription(recipient="russia"), False),
        (subscription(kinds=("remains",), recipient="ukraine", quiet=(1, 2)), True),
        (subscription(kinds=("civilians",), quiet=(1, 2)), False),
        (subscription(frequency="daily"), False),
        (subscription(frequency="weekly"), False),
    ],
)
async def test_alert_goes_to_whom_it_concerns(database: Database, wishes: Subscription, told: bool) -> None:
    await subscribe(database, wishes)

    assert await alert(database) == int(told)


async def test_undisclosed_claim_tells_the_recipient(database: Database) -> None:
    await subscribe(database, subscription(1, recipient="russia"), subscription(2, recipient="ukraine"))
    recorded = change(claim(), claim(None, recipient="russia"), alerts=(ROUND,))

    assert (await database.ledger.apply(recorded)).deliveries == 2


async def test_leases_are_taken_once_and_oldest_first(database: Database, database_url: str) -> None:
    await subscribe(database, *(subscription(chat) for chat in range(1, 31)))
    await alert(database)
    async with await open_database(database_url) as other_process:
        taken = await asyncio.gather(
            *(lease(d, limit=10, owner=o) for d, o in ((database, "a"), (other_process, "b"), (database, "c")))
        )

    ids = [delivery.id for batch in taken for delivery in batch]
    assert len(ids) == len(set(ids))
    assert [d.id for d in taken[0]] == sorted(d.id for d in taken[0])
    rest = await lease(database)
    assert len(ids) + len(rest) == 30


async def test_lease_that_ran_out_after_it_left_is_repeated_once_as_uncertain_and_then_dead(
    database: Database,
) -> None:
    """Who held it may have died before sending, or after."""
    await subscribe(database, subscription(100))
    await alert(database)
    [first] = await lease(database)
    assert await database.outbox.begin(first, until=SOON)
    assert await lease(database, SOON - dt.timedelta(seconds=1)) == []

    [repeat] = await lease(database, SOON)
    assert (first.uncertain, first.attempt) == (False, 1)
    assert (repeat.uncertain, repeat.attempt) == (True, 2)

    assert await database.outbox.begin(repeat, until=LATER)
    assert await lease(database, LATER) == []
    counts = await database.outbox.counts(LATER)
    assert (counts["dead"], counts["outcome:unknown"], counts["unknown"]) == (1, 1, 2)


async def test_lease_that_ran_out_before_it_left_is_due_as_often_as_it_takes(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    now = NOW
    for _ in range(5):
        [again] = await lease(database, now)
        assert not again.uncertain
        now += SOON - NOW
    assert (await database.outbox.counts(NOW))["unknown"] == 0


async def test_attempt_whose_lease_somebody_else_has_must_not_leave(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    [slow] = await lease(database, owner="slow")
    [quick] = await lease(database, SOON, owner="quick")
    assert not await database.outbox.begin(slow, until=LATER)
    assert await database.outbox.begin(quick, until=LATER)
    await database.outbox.settle(quick, outcome="sent", now=SOON, message_id=5)
    assert not await database.outbox.begin(quick, until=LATER)


async def test_lost_answer_is_repeated_once(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    [first] = await lease(database)
    await database.outbox.settle(first, outcome="unknown", now=NOW)

    [repeat] = await lease(database)
    assert repeat.uncertain
    await database.outbox.settle(repeat, outcome="unknown", now=NOW)

    assert await states(database) == {"dead": 1}


async def test_repeat_that_arrives_is_certain_again(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    [first] = await lease(database)
    await database.outbox.settle(first, outcome="unknown", now=NOW)
    await sent(database)
    await database.ledger.apply(change(claim(1213, id=1), edits=(ROUND,)))

    [edit] = await lease(database)

    assert (edit.uncertain, edit.message_id) == (False, 1000 + edit.id)
    assert (await database.outbox.counts(NOW))["unknown"] == 1


@pytest.mark.parametrize(("outcome", "attempt"), [("not_sent", 2), ("flood", 1)])
async def test_what_surely_did_not_arrive_is_due_again_when_told(
    database: Database, outcome: Outcome, attempt: int
) -> None:
    """Waiting out a flood is no attempt."""
    await subscribe(database, subscription(100))
    await alert(database)
    [first] = await lease(database)
    await database.outbox.settle(first, outcome=outcome, now=NOW, retry_at=LATER)

    assert await lease(database, LATER - dt.timedelta(seconds=1)) == []
    assert await database.outbox.next_due() == LATER
    [again] = await lease(database, LATER)
    assert (again.attempt, again.uncertain) == (attempt, False)


async def test_rejected_text_is_buried(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    [first] = await lease(database)
    await database.outbox.settle(first, outcome="rejected", now=NOW)

    assert await states(database) == {"dead": 1}
    assert await database.subscriptions.get(100) is not None


async def test_chat_that_is_gone_gets_nothing_until_it_is_revived(database: Database) -> None:
    wishes = subscription(100, kinds=("remains",))
    await subscribe(database, wishes)
    await alert(database)
    await alert(database, date="2025-06-13")
    first, _ = await lease(database, limit=2)
    await database.outbox.settle(first, outcome="gone", now=NOW)

    assert await database.subscriptions.get(100) is None
    assert await alert(database, date="2025-06-14") == 0
    assert await database.subscriptions.revive(100)
    assert await database.subscriptions.get(100) == wishes
    assert await alert(database, date="2025-06-15") == 1
    assert not await database.subscriptions.revive(100)


async def test_group_that_was_closed_is_tried_again_by_news_half_a_day_later_and_revives_where_it_arrives(
    database: Database,
) -> None:
    """Telegram says nothing where a group lets its members write again; each failure makes it wait anew."""
    await subscribe(database, subscription(-100, chat_type="supergroup"), subscription(200))
    await alert(database)
    for delivery in await lease(database):
        await database.outbox.settle(delivery, outcome="gone", now=NOW)
    half_a_day = dt.timedelta(hours=12)

    assert await alert(database, date="2025-06-12", at=NOW + half_a_day - SECOND) == 0
    assert await alert(database, date="2025-06-13", at=NOW + half_a_day) == 1
    [again] = await lease(database, NOW + half_a_day)
    await database.outbox.settle(again, outcome="gone", now=NOW + half_a_day)
    assert await alert(database, date="2025-06-14", at=NOW + half_a_day + SECOND) == 0
    assert await alert(database, date="2025-06-15", at=NOW + 2 * half_a_day) == 1
    await sent(database, NOW + 2 * half_a_day)

    assert await database.subscriptions.get(-100) is not None
    assert await alert(database, date="2025-06-16", at=NOW + 2 * half_a_day) == 1
    assert await database.subscriptions.get(200) is None


async def test_chat_that_says_it_is_closed_is_suspended(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)

    await database.subscriptions.suspend(100, at=NOW)

    assert await lease(database) == []
    assert await database.subscriptions.get(100) is None
    assert await database.subscriptions.revive(100)


async def test_what_waits_for_a_chat_that_is_gone_is_not_tried(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    await alert(database, date="2025-06-13")
    [first] = await lease(database, limit=1)
    await database.outbox.settle(first, outcome="gone", now=NOW)

    assert await states(database) == {"dead": 2}


async def test_chat_that_has_moved_gets_its_alert(database: Database) -> None:
    await subscribe(database, subscription(-100, chat_type="group", lang="uk"))
    await alert(database)
    [first] = await lease(database)
    await database.outbox.settle(first, outcome="migrated", now=NOW, new_chat_id=-1001)

    [again] = await lease(database)
    assert (again.id, again.chat_id, again.chat_type, again.attempt) == (first.id, -1001, "supergroup", 1)
    assert await database.subscriptions.get(-100) is None
    assert await database.subscriptions.get(-1001) == subscription(-1001, chat_type="supergroup", lang="uk")


async def test_orderly_stop_gives_back_what_was_not_tried(database: Database) -> None:
    await subscribe(database, subscription(100), subscription(101))
    await alert(database)
    await lease(database, limit=1, owner="me")
    [other] = await lease(database, limit=1, owner="other")

    assert await database.outbox.release("me") == 1

    [again] = await lease(database)
    assert (again.attempt, again.uncertain) == (1, False)
    assert again.id != other.id


async def test_late_word_from_an_attempt_that_somebody_repeats(database: Database) -> None:
    """That it was sent is believed; that it was not says nothing about the repeat."""
    await subscribe(database, subscription(100))
    await alert(database)
    [first] = await lease(database, owner="slow")
    [repeat] = await lease(database, SOON, owner="quick")

    await database.outbox.settle(first, outcome="not_sent", now=SOON)
    assert await states(database) == {"leased": 1}
    await database.outbox.settle(first, outcome="sent", now=SOON, message_id=5)
    assert await states(database) == {"sent": 1}
    await database.outbox.settle(repeat, outcome="not_sent", now=SOON)
    assert await states(database) == {"sent": 1}


async def test_settling_what_was_forgotten_does_nothing(database: Database) -> None:
    await subscribe(database, subscription(100), subscription(101))
    await alert(database)
    first, second = await lease(database)
    await database.chats.forget(100)
    await database.chats.forget(101)

    await database.outbox.settle(first, outcome="sent", now=NOW, message_id=5)
    await database.outbox.settle(second, outcome="rejected", now=NOW)

    assert await states(database) == {}


# Edits


async def test_change_of_a_told_round_edits_every_message(database: Database) -> None:
    await subscribe(database, subscription(100), subscription(101))
    await alert(database)
    await sent(database)

    await database.ledger.apply(change(claim(1200, party="russia"), at=LATER, edits=(ROUND,)))

    edits = await lease(database, LATER)
    assert [(e.chat_id, e.message_id, e.revision, e.attempt) for e in edits] == [
        (100, 1000 + edits[0].id, 2, 1),
        (101, 1000 + edits[1].id, 2, 1),
    ]


async def test_edits_are_coalesced(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    await sent(database)
    for count in (1213, 1214, 1215):
        await database.ledger.apply(change(claim(count, id=1), edits=(ROUND,)))

    [edit] = await sent(database)

    assert edit.revision == 4
    assert await lease(database, LATER) == []


async def test_message_that_changes_while_it_is_sent_is_edited_afterwards(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    [first] = await lease(database)
    await database.ledger.apply(change(claim(1213, id=1), edits=(ROUND,)))
    await database.outbox.settle(first, outcome="sent", now=NOW, message_id=5)

    [edit] = await lease(database)

    assert (edit.message_id, edit.revision, edit.attempt) == (5, 2, 1)


async def test_message_that_waits_is_not_edited(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    await database.ledger.apply(change(claim(1213, id=1), edits=(ROUND,)))

    [first] = await sent(database)

    assert (first.message_id, first.revision) == (None, 2)
    assert await lease(database, LATER) == []


async def test_edit_may_be_repeated_without_harm(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    await sent(database)
    await database.ledger.apply(change(claim(1213, id=1), edits=(ROUND,)))
    for minute in range(1, 4):
        [edit] = await lease(database, NOW + dt.timedelta(minutes=minute))
        assert not edit.uncertain
    await database.outbox.settle(edit, outcome="unknown", now=LATER)

    assert len(await lease(database, LATER)) == 1
    assert (await database.outbox.counts(NOW))["unknown"] == 0


@pytest.mark.parametrize("taken_back", ["undo", "retract"])
async def test_withdrawn_round_is_told_where_it_was_told(database: Database, taken_back: str) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    await sent(database)

    if taken_back == "undo":
        await database.ledger.undo(1, author="7", at=NOW)
    else:
        await database.ledger.apply(change(retracted_claims=(1,), retracted_rounds=(ROUND,)))

    [edit] = await sent(database)
    assert (edit.round, edit.message_id is not None) == (ROUND, True)
    assert (await database.ledger.load()).rounds == ()


async def test_nobody_is_told_of_a_round_that_is_gone_before_it_was_sent(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    undone = await database.ledger.undo(1, author="7", at=NOW)
    assert await lease(database, LATER) == []

    await database.ledger.undo(undone.audit or 0, author="7", at=LATER)

    [late] = await sent(database, LATER)
    assert (late.round, late.message_id) == (ROUND, None)


async def test_undo_of_a_correction_edits_what_was_sent(database: Database) -> None:
    await subscribe(database, subscription(100))
    await alert(database)
    corrected = await database.ledger.apply(change(claim(1213, id=1)))
    await sent(database)

    await database.ledger.undo(corrected.audit or 0, author="7", at=NOW)

    assert [edit.round for edit in await lease(database)] == [ROUND]


async def test_retracted_claim_edits_what_was_sent(database: Database) -> None:
    await subscribe(database, subscription(100))
    await database.ledger.apply(change(claim(), claim(1200, party="russia"), alerts=(ROUND,)))
    await sent(database)

    await database.ledger.apply(change(retracted_claims=(2,)))

    assert len(await lease(database)) == 1


async def test_round_that_was_not_told_is_not_edited(database: Database) -> None:
    await subscribe(database, subscription(100))
    await database.ledger.apply(change(claim()))
    await database.ledger.apply(change(claim(1213, id=1), edits=(ROUND,)))

    assert await database.outbox.next_due() is None


# Quiet hours


async def test_quiet_hours_hold_an_alert_back_until_they_end(database: Database) -> None:
    """In the chat's own zone: at 15:00 in Kyiv it is 21:00 in Tokyo."""
    await subscribe(
        database,
        subscription(1, quiet=(14, 16)),
        subscription(2, quiet=(14, 16), timezone="Asia/Tokyo"),
        subscription(3, quiet=(20, 7), timezone="Asia/Tokyo"),
    )
    await alert(database)

    assert [d.chat_id for d in await sent(database)] == [2]
    assert await database.outbox.next_due() == dt.datetime(2025, 6, 13, 13, 0, tzinfo=dt.UTC)
    assert [d.chat_id for d in await sent(database, NOW + dt.timedelta(hours=1))] == [1]
    assert await database.outbox.next_due() == dt.datetime(2025, 6, 13, 22, 0, tzinfo=dt.UTC)


async def test_what_quiet_hours_held_back_goes_as_one_message(database: Database) -> None:
    await subscribe(database, subscription(1, quiet=(14, 18)))
    for date in ("2025-06-11", "2025-06-12", "2025-06-13"):
        assert await alert(database, date=date) == 1
    assert await states(database) == {"pending": 1}

    evening = NOW + dt.timedelta(hours=4)
    [message] = await sent(database, evening)
    assert message.rounds == ("remains-2025-06-11", "remains-2025-06-12", "remains-2025-06-13")

    await database.ledger.apply(change(claim(5, id=2, date="2025-06-12"), at=evening, edits=("remains-2025-06-12",)))
    [edit] = await lease(database, evening)
    assert (edit.id, edit.message_id, edit.rounds) == (message.id, 1000 + message.id, message.rounds)


async def test_next_quiet_hours_make_a_message_of_their_own(database: Database) -> None:
    await subscribe(database, subscription(1, quiet=(14, 18)))
    await alert(database)
    await sent(database, NOW + dt.timedelta(hours=5))
    next_day = NOW + dt.timedelta(days=1)
    await alert(database, date="2025-06-14", at=next_day)

    [message] = await sent(database, next_day + dt.timedelta(hours=5))

    assert message.rounds == ("remains-2025-06-14",)


# What is counted


async def test_counts_tell_states_outcomes_and_the_oldest(database: Database) -> None:
    await subscribe(database, *(subscription(chat) for chat in range(1, 4)))
    await alert(database)
    first, second = await lease(database, limit=2)
    await database.outbox.settle(first, outcome="sent", now=NOW, message_id=1)
    await database.outbox.settle(second, outcome="rejected", now=NOW)

    assert await database.outbox.counts(NOW + dt.timedelta(seconds=90)) == {
        "pending": 1,
        "leased": 0,
        "sent": 1,
        "dead": 1,
        "outcome:sent": 1,
        "outcome:rejected": 1,
        "unknown": 0,
        "oldest_seconds": 90,
    }


async def test_many_subscribers_are_served_side_by_side(database: Database) -> None:
    await asyncio.gather(*(database.subscriptions.put(subscription(chat), at=NOW) for chat in range(1, 101)))

    assert await alert(database) == 100
    deliveries = await lease(database, limit=1000)
    await asyncio.gather(*(database.outbox.settle(d, outcome="sent", now=NOW, message_id=d.id) for d in deliveries))
    assert await states(database) == {"sent": 100}


async def test_round_of_both_kinds_of_day_tells_each_once(database: Database) -> None:
    await subscribe(database, subscription(1), subscription(1, thread_id=5), subscription(2, kinds=("prisoners",)))
    swap = claim(5, kind="prisoners", date="2025-06-12")

    applied = await database.ledger.apply(
        change(
            claim(),
            swap,
            rounds=[a_round(), a_round(kind="prisoners", date="2025-06-12")],
            alerts=(ROUND, "prisoners-2025-06-12"),
        )
    )

    assert applied.deliveries == 2 + 3


def swap_with_civilians(*, at: dt.datetime = NOW, alerts: Sequence[str], civilians: bool = True) -> ChangeSet:
    """Record an exchange of prisoners of 12 June, and the civilians who came with it."""
    claims = [claim(185, kind="prisoners", date="2025-06-12")]
    claims += [claim(20, kind="civilians", date="2025-06-12")] if civilians else []
    return change(*claims, at=at, alerts=tuple(alerts))


async def test_civilians_of_an_exchange_are_told_in_one_message_with_it(database: Database) -> None:
    await subscribe(
        database,
        subscription(1),
        subscription(2, kinds=("prisoners",)),
        subscription(3, kinds=("civilians",)),
        subscription(4, quiet=(1, 2)),
    )
    await database.ledger.apply(swap_with_civilians(alerts=("civilians-2025-06-12", "prisoners-2025-06-12")))

    told = {delivery.chat_id: delivery.rounds for delivery in await sent(database)}

    both = ("prisoners-2025-06-12", "civilians-2025-06-12")
    assert told == {1: both, 2: both[:1], 3: both[1:], 4: both}
    assert await lease(database, LATER) == []


async def test_civilians_told_of_later_are_added_to_the_message_about_their_exchange(database: Database) -> None:
    await subscribe(database, subscription(1), subscription(3, kinds=("civilians",)))
    await database.ledger.apply(swap_with_civilians(alerts=("prisoners-2025-06-12",), civilians=False))
    [first] = await sent(database)
    late = change(claim(20, kind="civilians", date="2025-06-12"), at=SOON, alerts=("civilians-2025-06-12",))

    await database.ledger.apply(late)

    after = {delivery.chat_id: delivery for delivery in await lease(database, SOON)}
    assert (after[1].id, after[1].message_id) == (first.id, 1000 + first.id)
    assert after[1].rounds == ("prisoners-2025-06-12", "civilians-2025-06-12")
    assert (after[3].message_id, after[3].rounds) == (None, ("civilians-2025-06-12",))


async def test_chat_that_moved_under_two_deliveries_keeps_its_subscription(database: Database) -> None:
    await subscribe(database, subscription(-100, chat_type="group"))
    await alert(database)
    await alert(database, date="2025-06-12")
    both = await lease(database)
    for delivery in both:
        await database.outbox.settle(delivery, outcome="migrated", now=NOW, retry_at=NOW, new_chat_id=-1001)

    assert await database.subscriptions.get(-1001) is not None
    assert [d.chat_id for d in await lease(database, SOON)] == [-1001, -1001]


async def test_chat_that_moved_to_where_it_was_told_already_is_not_told_for_ever(database: Database) -> None:
    await subscribe(database, subscription(-100, chat_type="group"), subscription(-1001, chat_type="supergroup"))
    await alert(database)
    old, new = sorted(await lease(database), key=lambda delivery: -delivery.chat_id)
    await database.outbox.settle(new, outcome="sent", now=NOW, message_id=5)
    await database.outbox.settle(old, outcome="migrated", now=NOW, retry_at=NOW, new_chat_id=-1001)

    assert await lease(database, LATER) == []
    assert await states(database) == {"sent": 1, "dead": 1}


async def test_who_left_is_not_told_of_a_round_that_is_back(database: Database) -> None:
    await subscribe(database, subscription(100), subscription(200))
    await alert(database)
    gone = change(retracted_rounds=(ROUND,), retracted_claims=(1,), at=SOON)
    audit = (await database.ledger.apply(gone)).audit
    await database.subscriptions.remove(200)
    await database.ledger.undo(audit or 0, author="7", at=LATER)

    assert [d.chat_id for d in await lease(database, LATER)] == [100]


async def test_round_that_is_recorded_anew_is_put_right_where_it_was_struck_out(database: Database) -> None:
    await subscribe(database, subscription(100), subscription(200, quiet=(0, 23)))
    await alert(database)
    [told] = await sent(database)
    gone = change(retracted_rounds=(ROUND,), retracted_claims=(1,), at=SOON)
    await database.ledger.apply(gone)
    await sent(database, SOON)

    assert await alert(database, at=LATER) == 0
    again = await lease(database, LATER + dt.timedelta(days=1))
    assert {(d.chat_id, d.message_id) for d in again} == {(100, 1000 + told.id), (200, None)}
