"""What is kept of chats, feeds, roles and references; and that it goes when it is to go."""

import asyncio
import contextlib
import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.domain.queries import Query, Span, query_to_json
from bot.domain.reasons import reason
from bot.domain.replies import Turn
from bot.errors import StorageError
from bot.ports import Acquaintance, ChatSettings, Talk
from storage import holds
from storage.database import Database, open_database
from storage.schema import metadata, turns, updates
from tests.builders import NOW, article, change, claim, day, report, reported, subscription

LATER = NOW + dt.timedelta(hours=1)
FULL_QUERY = Query(
    measure="compare",
    kinds=("prisoners", "remains"),
    recipient="both",
    since=day("2025-06-01"),
    until=day("2025-06-30"),
    versus=Span(since=day("2025-07-01")),
    agreement="istanbul-2025-06-02",
    party="russia",
    claimant="Medinsky",
    group_by="month",
    as_of=NOW,
)


async def rows(database: Database, table: sa.Table) -> int:
    """Count the rows of a table."""
    async with database.connections.reading() as connection:
        return int(await connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


# Conversations


async def test_language_is_kept(database: Database) -> None:
    assert await database.chats.settings(5) == ChatSettings(chat_id=5, lang=None)
    await database.chats.save_settings(ChatSettings(chat_id=5, lang="uk"), at=NOW)
    await database.chats.save_settings(ChatSettings(chat_id=5, lang="ru"), at=LATER)

    assert await database.chats.settings(5) == ChatSettings(chat_id=5, lang="ru")


async def test_turn_is_kept_per_person_and_survives_a_restart(database: Database, database_url: str) -> None:
    turn = Turn(query=FULL_QUERY, lang="uk", at=NOW, before=(Query(), Query(kinds=None)), asked_back=True)
    await database.chats.save_turn(-5, 7, turn)
    await database.chats.save_turn(-5, 8, Turn(query=Query(), lang="en", at=NOW))

    async with await open_database(database_url) as restarted:
        assert await restarted.chats.turn(-5, 7, now=LATER) == turn
    assert await database.chats.turn(5, 7) is None


async def test_new_turn_replaces_the_last_and_none_forgets_it(database: Database) -> None:
    first, second = (Turn(query=Query(measure=m), lang="en", at=NOW) for m in ("last", "rounds"))
    await database.chats.save_turn(5, 5, first)
    await database.chats.save_turn(5, 5, second)
    assert await database.chats.turn(5, 5) == second

    await database.chats.save_turn(5, 5, None)
    assert await database.chats.turn(5, 5) is None


async def test_what_is_kept_of_a_chat_and_a_person_is_read_at_once(database: Database) -> None:
    turn = Turn(query=FULL_QUERY, lang="uk", at=NOW)
    assert await database.chats.meet(-5, 7, now=NOW) == Acquaintance()
    await database.chats.save_settings(ChatSettings(chat_id=-5, lang="ru"), at=NOW)
    await database.chats.save_turn(-5, 7, turn)
    await database.admins.set_role(7, "editor", author="1", at=NOW)

    assert await database.chats.meet(-5, 7, now=LATER) == Acquaintance(lang="ru", turn=turn, role="editor")
    assert await database.chats.meet(-5, 8, now=LATER) == Acquaintance(lang="ru")
    assert (await database.chats.meet(-5, 7, now=NOW + dt.timedelta(hours=24))).turn is None


async def test_conversation_is_forgotten_after_a_day(database: Database) -> None:
    await database.chats.save_turn(5, 5, Turn(query=Query(), lang="en", at=NOW))

    assert await database.chats.turn(5, 5, now=NOW + dt.timedelta(hours=23, minutes=59)) is not None
    assert await database.chats.turn(5, 5, now=NOW + dt.timedelta(hours=24)) is None


async def test_people_who_talk_at_once_do_not_mix(database: Database) -> None:
    async def talk(person: int) -> None:
        turn = Turn(query=Query(claimant=str(person)), lang="en", at=NOW)
        await database.chats.save_turn(-1, person, turn)
        assert await database.chats.turn(-1, person) == turn
        assert await database.chats.settings(person) == ChatSettings(chat_id=person)

    await asyncio.gather(*(talk(person) for person in range(200)))


async def test_dialog_is_kept_until_it_ends(database: Database) -> None:
    await database.chats.save_dialog(5, 7, {"step": 1}, at=NOW)
    await database.chats.save_dialog(5, 7, {"step": 2, "fields": {"count": "1 212", "who": None}}, at=LATER)

    assert await database.chats.dialog(5, 7) == {"step": 2, "fields": {"count": "1 212", "who": None}}
    assert await database.chats.dialog(5, 8) is None
    await database.chats.save_dialog(5, 7, None, at=LATER)
    assert await database.chats.dialog(5, 7) is None


async def begin(database: Database, update_id: int) -> bool:
    return await database.chats.begin_update(update_id, 5, 5, now=NOW) is not None


async def test_update_brings_what_is_kept_and_leaves_where_the_talk_stands(database: Database) -> None:
    turn = Turn(query=FULL_QUERY, lang="uk", at=NOW)
    await database.chats.save_settings(ChatSettings(chat_id=-5, lang="ru"), at=NOW)

    assert await database.chats.begin_update(7, -5, 8, now=NOW) == Acquaintance(lang="ru")
    await database.chats.end_update(7, at=NOW, talk=Talk(chat_id=-5, user_id=8, turn=turn))
    assert await database.chats.begin_update(8, -5, 8, now=NOW) == Acquaintance(lang="ru", turn=turn)
    await database.chats.end_update(8, at=NOW, handled=False, talk=Talk(chat_id=-5, user_id=8, turn=None))
    assert await database.chats.begin_update(8, -5, 8, now=NOW) == Acquaintance(lang="ru")


async def test_update_is_handled_once(database: Database) -> None:
    assert await begin(database, 7)
    assert await begin(database, 8)
    await database.chats.end_update(7, at=NOW)
    await database.chats.end_update(8, at=NOW)

    assert not await begin(database, 7)


async def test_update_that_was_cut_off_is_new_again(database: Database) -> None:
    assert await begin(database, 7)
    await database.chats.end_update(7, at=NOW, handled=False)

    assert await begin(database, 7)


async def test_update_waits_for_whoever_works_on_it(database: Database) -> None:
    assert await begin(database, 7)
    again = asyncio.create_task(begin(database, 7))
    await asyncio.sleep(0)
    assert not again.done()
    await database.chats.end_update(7, at=NOW)

    assert not await again


async def test_update_waits_for_another_process_and_falls_to_us_when_it_dies(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "WATCH_SECONDS", 0.01)
    async with await open_database(postgres_url) as ours:
        async with await open_database(postgres_url) as dying:
            assert await begin(dying, 7)
            waiting = asyncio.create_task(begin(ours, 7))
            assert await begin(ours, 8)
            assert not waiting.done()

        assert await waiting


async def test_updates_are_taken_on_anew_after_the_session_was_lost(postgres_url: str) -> None:
    async with await open_database(postgres_url) as database:
        assert await begin(database, 7)
        await end_sessions(database)
        await database.chats.end_update(7, at=NOW)

        assert not await begin(database, 7)
        assert await begin(database, 8)


async def end_sessions(database: Database) -> None:
    """End all sessions of the program, as a restart of PostgreSQL does."""
    with contextlib.suppress(StorageError):
        async with database.connections.writing() as connection:
            await connection.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
            )


async def test_old_updates_and_conversations_are_deleted(database: Database) -> None:
    await begin(database, 1)
    await database.chats.end_update(1, at=NOW)
    await database.chats.save_turn(5, 5, Turn(query=Query(), lang="en", at=NOW))

    await begin(database, 256)
    await database.chats.end_update(256, at=NOW + dt.timedelta(hours=49))

    assert (await rows(database, updates), await rows(database, turns)) == (1, 0)


async def test_forgetting_a_chat_leaves_nothing_of_it(database: Database) -> None:
    await database.subscriptions.put(subscription(555555), at=NOW)
    await database.subscriptions.put(subscription(6, frequency="daily"), at=NOW)
    await database.chats.save_settings(ChatSettings(chat_id=555555, lang="uk"), at=NOW)
    await database.chats.save_turn(555555, 555555, Turn(query=Query(), lang="en", at=NOW))
    await database.chats.save_turn(-9, 555555, Turn(query=Query(), lang="en", at=NOW))
    await database.chats.save_dialog(555555, 555555, {"step": 1}, at=NOW)
    await database.ledger.apply(change(claim(), alerts=("remains-2025-06-11",)))

    assert await database.chats.forget(555555) == 6

    async with database.connections.reading() as connection:
        for table in metadata.sorted_tables:
            assert "555555" not in str((await connection.execute(sa.select(table))).all())
    assert await database.subscriptions.get(6) is not None
    assert await database.chats.forget(555555) == 0


async def test_forgetting_who_got_digests_leaves_nothing(database: Database) -> None:
    await database.subscriptions.put(subscription(5, frequency="daily"), at=NOW)
    await database.ledger.apply(change(claim(), alerts=("remains-2025-06-11",)))
    await database.subscriptions.make_digest(subscription(5, frequency="daily"), NOW + dt.timedelta(days=1))

    assert await database.chats.forget(5) == 3


# Feeds


async def test_feed_keeps_its_state(database: Database) -> None:
    feed = await database.feeds.add_feed(url="https://a.example/rss", name="A", trust="official")
    assert (feed.enabled, feed.health, feed.polled_at) == (True, "new", None)
    polled = replace(
        feed,
        health="degraded",
        problem="slow",
        etag='W/"1"',
        last_modified="Fri, 13 Jun 2025 12:00:00 GMT",
        due_at=LATER,
        polled_at=NOW,
        succeeded_at=NOW,
        failures=2,
        newest_item_at=NOW,
        usual_days=1.5,
        last_post=77,
        trust="unverified",
    )
    await database.feeds.save_feed(polled)

    assert await database.feeds.feeds() == [polled]


async def test_feed_is_added_once(database: Database) -> None:
    first = await database.feeds.add_feed(url="https://a.example/rss", name="A", trust="official")
    again = await database.feeds.add_feed(url="https://a.example/rss", name="B", trust="unverified")

    assert again == first
    assert len(await database.feeds.feeds()) == 1


async def test_due_feeds_come_longest_overdue_first(database: Database) -> None:
    for number, due_at in enumerate((LATER, NOW, None, NOW - dt.timedelta(hours=1))):
        feed = await database.feeds.add_feed(url=f"https://{number}.example", name="", trust="trusted")
        await database.feeds.save_feed(replace(feed, due_at=due_at))
    await database.feeds.add_feed(url="https://off.example", name="", trust="trusted", enabled=False)

    assert [feed.url[8] for feed in await database.feeds.due(NOW)] == ["2", "3", "1"]


async def test_item_is_unseen_until_remembered_and_again_when_it_changes(database: Database) -> None:
    feed = await database.feeds.add_feed(url="https://a.example", name="", trust="trusted")
    other = await database.feeds.add_feed(url="https://b.example", name="", trust="trusted")
    assert await database.feeds.unseen(feed.id, {"b": "1", "a": "1"}) == ["b", "a"]

    await database.feeds.remember(feed.id, {"a": "1", "b": "1"}, NOW)

    assert await database.feeds.unseen(feed.id, {"a": "1", "b": "2", "c": "1"}) == ["b", "c"]
    assert await database.feeds.unseen(other.id, {"a": "1"}) == ["a"]
    await database.feeds.remember(feed.id, {"b": "2"}, LATER)
    assert await database.feeds.unseen(feed.id, {"b": "2"}) == []


async def test_many_items_are_looked_up_at_once(database: Database) -> None:
    feed = await database.feeds.add_feed(url="https://a.example", name="", trust="trusted")
    keys = {f"guid-{number}": "h" for number in range(2500)}
    await database.feeds.remember(feed.id, keys, NOW)

    assert await database.feeds.unseen(feed.id, keys | {"new": "h"}) == ["new"]


async def test_feed_moves_unless_another_has_the_address(database: Database) -> None:
    feed = await database.feeds.add_feed(url="https://a.example", name="", trust="trusted")
    await database.feeds.add_feed(url="https://b.example", name="", trust="trusted")

    assert not await database.feeds.move(feed.id, "https://b.example")
    assert await database.feeds.move(feed.id, "https://c.example")
    assert [one.url for one in await database.feeds.feeds()] == ["https://c.example", "https://b.example"]


async def test_polls_that_end_together_are_each_written_down(database: Database) -> None:
    """And what an administrator set while they were under way stays."""
    added = [
        await database.feeds.add_feed(url=f"https://{number}.example", name="", trust="trusted") for number in range(5)
    ]
    await database.feeds.save_feed(replace(added[3], enabled=False, trust="official", name="Ours"))

    await asyncio.gather(
        *(database.feeds.note_poll(replace(feed, name=f"N{feed.id}", failures=feed.id)) for feed in reversed(added))
    )

    assert [(feed.name, feed.failures, feed.enabled, feed.trust) for feed in await database.feeds.feeds()] == [
        (f"N{feed.id}", feed.id, True, "trusted") if feed != added[3] else ("Ours", feed.id, False, "official")
        for feed in added
    ]


async def test_removed_feed_is_forgotten(database: Database) -> None:
    feed = await database.feeds.add_feed(url="https://a.example", name="", trust="trusted")
    await database.feeds.remember(feed.id, {"a": "1"}, NOW)

    assert await database.feeds.remove_feed("https://a.example")
    assert not await database.feeds.remove_feed("https://a.example")
    await database.feeds.save_feed(feed)
    await database.feeds.remember(feed.id, {"a": "1"}, NOW)
    assert await database.feeds.feeds() == []


# Reviews, roles, references


async def test_reviews_come_oldest_first_and_only_while_they_wait(database: Database) -> None:
    for number in range(3):
        at = NOW - dt.timedelta(hours=number)
        await database.ledger.apply(change(review=report(reported(number), of=article(f"a{number}")), at=at))
    assert [waiting.report.article.id for waiting in await database.reviews.waiting(limit=2)] == ["a2", "a1"]

    assert await database.reviews.reject(3, author="7", at=LATER)
    assert not await database.reviews.reject(3, author="8", at=LATER)

    assert [waiting.report.article.id for waiting in await database.reviews.waiting()] == ["a1", "a0"]
    [entry] = await database.ledger.audit()
    assert (entry.author, entry.reason, entry.version) == ("7", reason("reject", report=3), 0)
    assert entry.before == {"reviews": {"3": {"article": "a2"}}}


async def test_report_is_kept_whole(database: Database) -> None:
    kept = report(
        reported(1212, ordinal=69, agreement="istanbul-2025-06-02", date=None),
        reported(None, measure="total", since=day("2025-06-02")),
        confidence=0.97,
        reasons=("lead", "quote"),
    )
    await database.ledger.apply(change(review=kept))

    waiting = await database.reviews.get(1)
    assert waiting is not None
    assert waiting.report == kept


async def test_of_two_persons_the_first_is_remembered(database: Database) -> None:
    await database.ledger.apply(change(review=report(reported(1212))))

    assert await database.reviews.second(1, author="7") == "7"
    assert await database.reviews.second(1, author="8") == "7"
    waiting = await database.reviews.get(1)
    assert waiting is not None
    assert waiting.seconded_by == "7"
    assert await database.reviews.second(99, author="7") is None


async def test_roles_are_given_and_taken_away_in_the_open(database: Database) -> None:
    await database.admins.set_role(5, "editor", author="7", at=NOW)
    await database.admins.set_role(5, "editor", author="7", at=NOW)
    await database.admins.set_role(6, "owner", author="7", at=NOW)
    assert await database.admins.roles() == {5: "editor", 6: "owner"}

    await database.admins.set_role(5, None, author="7", at=LATER)

    assert await database.admins.roles() == {6: "owner"}
    entries = await database.ledger.audit()
    assert [(entry.before, entry.after) for entry in entries] == [
        ({"roles": {"5": "editor"}}, {"roles": {"5": None}}),
        ({"roles": {"6": None}}, {"roles": {"6": "owner"}}),
        ({"roles": {"5": None}}, {"roles": {"5": "editor"}}),
    ]


async def test_reference_never_changes(database: Database) -> None:
    query = query_to_json(FULL_QUERY)
    await database.refs.save("7K3QX2", query, 3, NOW)
    await database.refs.save("7K3QX2", query_to_json(Query()), 4, LATER)

    assert await database.refs.get("7K3QX2") == (query, 3, NOW)
    assert await database.refs.get("AAAAAA") is None


@pytest.mark.parametrize("number", [1, 50])
async def test_references_saved_at_once_are_all_saved(database: Database, number: int) -> None:
    query = query_to_json(Query())
    await asyncio.gather(*(database.refs.save(f"R{n}", query, n, NOW) for n in range(number)))

    assert [(await database.refs.get(f"R{n}") or ({}, -1, NOW))[1] for n in range(number)] == list(range(number))
