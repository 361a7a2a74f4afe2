"""The database opens, waits its turn, is refused when it is not ours, and can be kept and moved."""

import asyncio
import datetime as dt
import inspect
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.domain.queries import Query
from bot.domain.replies import Turn
from bot.domain.subscriptions import Delivery
from bot.errors import InvalidChange, SchemaTooNew, StorageError
from bot.ports import ChatSettings, Feed
from storage import connections as connections_module
from storage.backup import restore
from storage.connections import Connections
from storage.copy import copy_database
from storage.database import Database, open_database
from storage.migrate import upgrade_with_alembic
from storage.rows import HEAD
from storage.schema import metadata
from tests.builders import NOW, agreement, change, claim, report, reported, subscription


def path_of(url: str) -> Path:
    """Return where a SQLite database lies."""
    return Path(url.partition("///")[2])


async def filled(database: Database) -> None:
    """Put something into every table."""
    feed = await database.feeds.add_feed(url="https://a.example", name="A", trust="trusted")
    await database.subscriptions.put(subscription(100), at=NOW)
    await database.subscriptions.put(subscription(200, frequency="daily"), at=NOW)
    await database.ledger.apply(
        change(
            claim(1212, breakdown={"soldiers": 1200, "identified": 3}),
            claim(None, party="russia"),
            agreements=(agreement(),),
            alerts=("remains-2025-06-11",),
            items=((feed.id, "guid", "hash"),),
            review=report(reported(1212)),
        )
    )
    await database.ledger.apply(change(claim(1213, id=1)))
    await database.ledger.undo(2, author="7", at=NOW)
    daily = subscription(200, frequency="daily")
    assert await database.subscriptions.make_digest(daily, NOW + dt.timedelta(days=1))
    await database.chats.save_settings(ChatSettings(chat_id=100, lang="uk"), at=NOW)
    await database.chats.save_turn(100, 100, Turn(query=Query(), lang="en", at=NOW))
    await database.chats.save_dialog(100, 100, {"step": 1}, at=NOW)
    await _handled(database, 1)
    await database.admins.set_role(5, "editor", author="7", at=NOW)
    await database.refs.save("7K3QX2", {"measure": "total"}, 1, NOW)


# Opening and migrating


async def test_new_database_has_the_schema_of_this_program(bare_database_url: str) -> None:
    async with await open_database(bare_database_url) as database:
        assert await database.ledger.version() == 0
        assert (await database.check())["schema"] == HEAD
    async with await open_database(bare_database_url) as again:
        assert await again.ledger.version() == 0


async def test_migrations_come_to_the_schema(bare_database_url: str) -> None:
    """A new database is made from the schema, an old one by the migrations: both must be the same."""
    connections = Connections(bare_database_url)
    await asyncio.to_thread(connections.make_directory)
    async with connections.writing() as connection:
        await connection.run_sync(upgrade_with_alembic)
    async with connections.reading() as connection:
        difference = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        )
        constraints = await connection.run_sync(_constraints)
    await connections.close()

    assert difference == []
    assert constraints == {"counters": ["ck_counters_one_row"], "claims": ["ck_claims_count"]}
    async with await open_database(bare_database_url) as database:
        await filled(database)


def _constraints(connection: sa.Connection) -> dict[str, list[str | None]]:
    inspector = sa.inspect(connection)
    found = {t: [check["name"] for check in inspector.get_check_constraints(t)] for t in metadata.tables}
    return {table: names for table, names in found.items() if names}


async def test_indexes_of_migrations_and_schema_are_the_same(bare_database_url: str) -> None:
    """Also what Alembic does not compare: the conditions of partial indexes."""
    connections = Connections(bare_database_url)
    await asyncio.to_thread(connections.make_directory)
    async with connections.writing() as connection:
        await connection.run_sync(upgrade_with_alembic)
    migrated = await _indexes(connections)
    async with connections.writing() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(sa.text("DROP TABLE alembic_version"))
    await connections.close()
    async with await open_database(bare_database_url) as database:
        made = await _indexes(database.connections)

    assert made == migrated
    assert len([index for index in made if " WHERE " in index]) == 5


async def _indexes(connections: Connections) -> list[str]:
    where = "sqlite_master WHERE type = 'index'" if connections.is_sqlite else "pg_indexes WHERE schemaname = 'public'"
    column = "sql" if connections.is_sqlite else "indexdef"
    async with connections.reading() as connection:
        found = list(await connection.scalars(sa.text(f"SELECT {column} FROM {where}")))
    return sorted(index for index in found if index and "alembic" not in index)


async def test_every_table_is_filled_by_the_copy_test(database: Database) -> None:
    await filled(database)

    async with database.connections.reading() as connection:
        empty = [t.name for t in metadata.sorted_tables if not (await connection.execute(sa.select(t))).first()]
    assert empty == []


async def test_migration_that_fails_leaves_nothing(bare_database_url: str) -> None:
    connections = Connections(bare_database_url)
    await asyncio.to_thread(connections.make_directory)

    async def fail() -> None:
        async with connections.writing() as connection:
            await connection.run_sync(upgrade_with_alembic)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await connections.close()

    async with await open_database(bare_database_url) as database:
        assert await database.ledger.version() == 0


async def test_many_processes_may_start_at_once(bare_database_url: str) -> None:
    databases = await asyncio.gather(*(open_database(bare_database_url) for _ in range(4)))
    await asyncio.gather(*(database.close() for database in databases))


async def test_newer_schema_is_refused(database: Database, database_url: str) -> None:
    async with database.connections.writing() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(SchemaTooNew, match="schema 9999, written by a newer Homeward; this one knows up to"):
            await open_database(database_url)
    finally:
        async with database.connections.writing() as connection:
            await connection.execute(sa.text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE claims (id INTEGER)"],
        ["CREATE TABLE alembic_version (version_num VARCHAR(32))", "INSERT INTO alembic_version VALUES ('a1b2c3')"],
        ["CREATE TABLE alembic_version (version_num VARCHAR(32))", "INSERT INTO alembic_version VALUES ('0000')"],
    ],
)
async def test_database_of_another_program_is_refused(bare_database_url: str, statements: list[str]) -> None:
    connections = Connections(bare_database_url)
    await asyncio.to_thread(connections.make_directory)
    async with connections.writing() as connection:
        for statement in statements:
            await connection.execute(sa.text(statement))
    await connections.close()

    with pytest.raises(StorageError, match="another program"):
        await open_database(bare_database_url)


def test_opening_a_current_database_imports_nothing_that_it_does_not_need(sqlite_url: str) -> None:
    code = (
        "import asyncio, sys\n"
        "from storage.database import open_database\n"
        "async def main():\n"
        "    async with await open_database(sys.argv[1]) as database:\n"
        "        await database.ledger.load()\n"
        "asyncio.run(main())\n"
        "slow = 'alembic', 'asyncpg', 'mako', 'sqlalchemy.dialects.postgresql'\n"
        "print(sorted(name for name in slow if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, sqlite_url], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "address is none"),
        ("mysql+aiomysql://somebody:secret@host/db", "address is none|not supported"),
        ("postgresql+psycopg2://somebody:secret@127.0.0.1/db", "address is none|not supported"),
        ("postgresql+asyncpg://somebody:secret@127.0.0.1:9/db", "the database failed"),
        ("sqlite+aiosqlite:////dev/null/homeward.db", "the database failed"),
    ],
)
async def test_address_that_cannot_be_opened_is_said_without_its_password(url: str, words: str) -> None:
    with pytest.raises(StorageError, match=words) as caught:
        await open_database(url)

    assert "secret" not in str(caught.value)


async def test_short_addresses_name_the_right_driver(bare_sqlite_url: str) -> None:
    async with await open_database(bare_sqlite_url.replace("+aiosqlite", "")) as database:
        assert database.connections.url.drivername == "sqlite+aiosqlite"


async def test_database_in_memory_works() -> None:
    async with await open_database("sqlite+aiosqlite://") as database:
        await filled(database)
        assert len((await database.ledger.load()).claims) == 2


# Waiting and failing


async def test_fifty_writers_wait_their_turn(database: Database, database_url: str) -> None:
    async with await open_database(database_url) as other_process:

        async def write(number: int) -> None:
            of = (database, other_process)[number % 2]
            await of.ledger.apply(change(claim(1, publisher=str(number))))
            await of.chats.save_settings(ChatSettings(chat_id=number, lang="uk"), at=NOW)

        await asyncio.gather(*(write(number) for number in range(50)))

    ledger = await database.ledger.load()
    assert (ledger.version, len(ledger.rounds)) == (50, 1)
    assert [c.id for c in ledger.claims] == list(range(1, 51))


async def _handled(database: Database, update_id: int) -> None:
    await database.chats.begin_update(update_id, 5, 5, now=NOW)
    await database.chats.end_update(update_id, at=NOW)


def _methods(database: Database) -> dict[str, Callable[[], Awaitable[object]]]:
    """Return a call of every method of every store that writes."""
    turn = Turn(query=Query(), lang="en", at=NOW)
    daily = subscription(200, frequency="daily")
    delivery = Delivery(
        id=1,
        alert_id=1,
        round="remains-2025-06-11",
        revision=1,
        chat_id=100,
        thread_id=0,
        chat_type="private",
        lang="en",
        silent=False,
        attempt=1,
        message_id=None,
        uncertain=False,
    )
    feed = Feed(id=1, url="https://a.example", name="A", trust="trusted")
    return {
        "ledger.apply": lambda: database.ledger.apply(change(claim(5, date="2025-06-20"))),
        "ledger.undo": lambda: database.ledger.undo(1, author="7", at=NOW),
        "reviews.reject": lambda: database.reviews.reject(1, author="7", at=NOW),
        "reviews.reopen": lambda: database.reviews.reopen(1, author="7", at=NOW),
        "reviews.second": lambda: database.reviews.second(1, author="7"),
        "feeds.add_feed": lambda: database.feeds.add_feed(url="https://b.example", name="", trust="trusted"),
        "feeds.remove_feed": lambda: database.feeds.remove_feed("https://a.example"),
        "feeds.save_feed": lambda: database.feeds.save_feed(feed),
        "feeds.note_poll": lambda: database.feeds.note_poll(feed),
        "feeds.move": lambda: database.feeds.move(1, "https://c.example"),
        "feeds.remember": lambda: database.feeds.remember(1, {"a": "1"}, NOW),
        "subscriptions.put": lambda: database.subscriptions.put(subscription(1), at=NOW),
        "subscriptions.remove": lambda: database.subscriptions.remove(100),
        "subscriptions.suspend": lambda: database.subscriptions.suspend(100, at=NOW),
        "subscriptions.revive": lambda: database.subscriptions.revive(100),
        "subscriptions.migrate": lambda: database.subscriptions.migrate(100, 101),
        "subscriptions.make_digest": lambda: database.subscriptions.make_digest(daily, NOW),
        "outbox.lease": lambda: database.outbox.lease(now=NOW, limit=1, until=NOW, owner="me"),
        "outbox.begin": lambda: database.outbox.begin(delivery, until=NOW),
        "outbox.settle": lambda: database.outbox.settle(delivery, outcome="sent", now=NOW, message_id=5),
        "outbox.release": lambda: database.outbox.release("me"),
        "outbox.inherit": lambda: database.outbox.inherit("me", now=NOW),
        "chats.save_settings": lambda: database.chats.save_settings(ChatSettings(chat_id=1), at=NOW),
        "chats.save_turn": lambda: database.chats.save_turn(1, 1, turn),
        "chats.save_dialog": lambda: database.chats.save_dialog(1, 1, {"a": 1}, at=NOW),
        "chats.end_update": lambda: _handled(database, 9),
        "chats.forget": lambda: database.chats.forget(100),
        "admins.set_role": lambda: database.admins.set_role(9, "editor", author="7", at=NOW),
        "refs.save": lambda: database.refs.save("X", {}, 1, NOW),
    }


async def test_locked_database_is_a_storage_error_and_changes_nothing(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under every method that writes; and each works again when the lock is gone."""
    async with await open_database(sqlite_url) as database:
        await filled(database)
    monkeypatch.setattr(connections_module, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(connections_module, "PATIENCE", 0.01)
    async with await open_database(sqlite_url) as database:
        with closing(sqlite3.connect(path_of(sqlite_url), isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            for name, call in _methods(database).items():
                with pytest.raises(StorageError, match="database is locked"):
                    await call()
                assert len((await database.ledger.load()).claims) == 2, name
            holder.execute("ROLLBACK")
        for name, call in _methods(database).items():
            if name != "ledger.undo":
                await call()


async def test_error_leaves_the_transaction_undone_and_the_connection_usable(database: Database) -> None:
    async def fail() -> None:
        async with database.connections.writing() as connection:
            await connection.execute(sa.text("UPDATE counters SET version = 77"))
            await connection.execute(sa.text("SELECT * FROM nothing"))

    for _ in range(25):  # more than there are connections
        with pytest.raises(StorageError):
            await fail()

    assert await database.ledger.version() == 0
    assert (await database.ledger.apply(change(claim()))).version == 1


async def test_cancelled_writer_leaves_nothing_half_done(database: Database) -> None:
    for _ in range(25):
        task = asyncio.create_task(database.ledger.apply(change(claim())))
        for _ in range(3):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert (await database.ledger.apply(change(claim(), retracted_claims=()))).version <= 1
    assert await database.ledger.version() == 1


async def test_values_stay_out_of_errors(database: Database) -> None:
    async with database.connections.writing() as connection:
        await connection.execute(sa.text("CREATE TABLE once (word TEXT PRIMARY KEY)"))

    async def insert_twice() -> None:
        async with database.connections.writing() as connection:
            for _ in range(2):
                await connection.execute(sa.text("INSERT INTO once VALUES (:word)"), {"word": "who-asked"})

    try:
        with pytest.raises(StorageError) as caught:
            await insert_twice()
        shown = f"{caught.value} {caught.value.__cause__}".partition("DETAIL")[0]
        assert "who-asked" not in shown
    finally:
        async with database.connections.writing() as connection:
            await connection.execute(sa.text("DROP TABLE once"))


# Leading


async def test_one_process_leads_at_a_time(postgres_url: str) -> None:
    async with await open_database(postgres_url) as first, await open_database(postgres_url) as second:
        entered = asyncio.Event()

        async def follow() -> None:
            async with second.lead("poll"):
                entered.set()

        async with first.lead("poll") as lost, first.lead("deliver"):
            follower = asyncio.create_task(follow())
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.shield(entered.wait()), timeout=0.2)
            assert not lost.is_set()
        await asyncio.wait_for(entered.wait(), timeout=10)
        await follower


async def test_lead_moves_when_its_connection_dies(postgres_url: str) -> None:
    async with (
        await open_database(postgres_url) as first,
        await open_database(postgres_url) as second,
        first.lead("poll") as lost,
    ):
        async with second.connections.reading() as connection:
            await connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                    " (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            )
        async with asyncio.timeout(10), second.lead("poll"):
            await lost.wait()


async def test_processes_of_a_name_are_counted(database: Database, database_url: str) -> None:
    async with database.counted("senders") as count, database.counted("others"):
        assert await count() == 1
        async with await open_database(database_url) as second, second.counted("senders"):
            assert await count() == (1 if database.connections.is_sqlite else 2)
        assert await count() == 1


async def test_sqlite_always_leads(sqlite_url: str) -> None:
    async with await open_database(sqlite_url) as database, database.lead("poll") as lost:
        assert not lost.is_set()


async def test_listening_goes_on_when_the_connection_dies(postgres_url: str) -> None:
    heard: asyncio.Queue[int] = asyncio.Queue()
    async with (
        await open_database(postgres_url) as database,
        asyncio.timeout(20),
        database.listen_versions(heard.put_nowait),
    ):
        assert await heard.get() == 0
        async with database.connections.reading() as connection:
            await connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
                )
            )
        await database.ledger.apply(change(claim()))
        while await heard.get() != 1:
            pass


# Checking, keeping, moving


async def test_check_finds_a_ledger_that_is_untrue(database: Database) -> None:
    await filled(database)
    assert (await database.check())["ledger version"] == "3"
    async with database.connections.writing() as connection:
        await connection.execute(sa.text("UPDATE claims SET kind = 'children' WHERE id = 2"))

    with pytest.raises(InvalidChange, match="claim C2 would stand on round remains-2025-06-11"):
        await database.check()


async def test_check_finds_a_damaged_file(sqlite_url: str) -> None:
    async with await open_database(sqlite_url) as database:
        await filled(database)
    with closing(sqlite3.connect(path_of(sqlite_url), isolation_level=None)) as raw:
        raw.execute("INSERT INTO items VALUES (77, 'k', 'h', '2025-06-13 12:00:00')")
    async with await open_database(sqlite_url) as database:
        with pytest.raises(StorageError, match="a row of items refers to none"):
            await database.check()


async def test_backup_is_whole_and_private(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "kept" / "homeward.db"
    async with await open_database(sqlite_url) as database:
        await filled(database)
        async with database.connections.writing():  # somebody is in the middle of a change
            await database.backup(copy)
        here = await database.ledger.load()

    async with await open_database(f"sqlite:///{copy}") as kept:
        assert (await kept.ledger.load()).claims == here.claims
        assert await kept.subscriptions.get(100) == subscription(100)
    assert stat.S_IMODE(os.stat(copy).st_mode) == 0o600
    assert [path.name for path in copy.parent.iterdir() if ".part" in path.name] == []


async def test_backup_never_overwrites(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_text("mine")
    async with await open_database(sqlite_url) as database:
        with pytest.raises(StorageError, match="is there already"):
            await database.backup(tmp_path / "kept.db")

    assert (tmp_path / "kept.db").read_text() == "mine"


async def test_postgresql_is_backed_up_by_its_own_tool(postgres_url: str, tmp_path: Path) -> None:
    async with await open_database(postgres_url) as database:
        with pytest.raises(StorageError, match="pg_dump"):
            await database.backup(tmp_path / "kept.db")


async def test_restored_database_is_what_was_kept_also_while_it_is_in_use(sqlite_url: str, tmp_path: Path) -> None:
    async with await open_database(sqlite_url) as database:
        await filled(database)
        kept = await database.ledger.load()
        await database.backup(tmp_path / "kept.db")
        await database.ledger.apply(change(claim(99, date="2025-06-20")))

        await restore(tmp_path / "kept.db", path_of(sqlite_url))

        now = await database.ledger.load()
        assert (now.version, now.rounds, now.claims) == (kept.version, kept.rounds, kept.claims)
        assert (await database.ledger.apply(change(claim(98, date="2025-06-20")))).version == kept.version + 1


async def test_restore_into_nothing_makes_the_database(sqlite_url: str, tmp_path: Path) -> None:
    async with await open_database(sqlite_url) as database:
        await filled(database)
    new = tmp_path / "elsewhere" / "homeward.db"

    await restore(path_of(sqlite_url), new)

    async with await open_database(f"sqlite:///{new}") as restored:
        assert len((await restored.ledger.load()).claims) == 2


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer Homeward"),
        ("DROP TABLE alembic_version", "another program"),
        ("DROP TABLE counters", "another program"),
    ],
)
async def test_restore_refuses_what_is_not_ours(sqlite_url: str, tmp_path: Path, spoil: str, words: str) -> None:
    other = tmp_path / "other.db"
    async with await open_database(sqlite_url) as database:
        await filled(database)
        await database.backup(other)
        with closing(sqlite3.connect(other, isolation_level=None)) as raw:
            raw.execute(spoil)

        with pytest.raises(StorageError, match=words):
            await restore(other, path_of(sqlite_url))

        assert await database.ledger.version() == 3


@pytest.mark.parametrize("content", [None, b"", b"not a database", b"SQLite format 3\x00 and then nonsense" * 200])
async def test_restore_refuses_what_is_no_database(sqlite_url: str, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "broken.db").write_bytes(content)

    with pytest.raises(StorageError):
        await restore(tmp_path / "broken.db", path_of(sqlite_url))

    async with await open_database(sqlite_url) as database:
        assert await database.ledger.version() == 0


@pytest.mark.parametrize("way", ["up", "down"])
async def test_copy_moves_everything(sqlite_url: str, postgres_url: str, way: str) -> None:
    source_url, target_url = (sqlite_url, postgres_url) if way == "up" else (postgres_url, sqlite_url)
    async with await open_database(source_url) as source, await open_database(target_url) as target:
        await filled(source)

        copied = await copy_database(source, target)

        assert set(copied) == set(metadata.tables)
        assert min(copied.values()) > 0
        for table in metadata.sorted_tables:
            statement = sa.select(table).order_by(*table.primary_key.columns)
            async with source.connections.reading() as left, target.connections.reading() as right:
                assert (await left.execute(statement)).all() == (await right.execute(statement)).all()
        again = await target.ledger.apply(change(claim(5, date="2025-06-20"), alerts=("remains-2025-06-20",)))
        assert (again.version, again.claim_ids, again.deliveries) == (4, (3,), 1)
        assert await target.ledger.audit() != await source.ledger.audit()


async def test_copy_refuses_a_target_that_holds_something(sqlite_url: str, postgres_url: str) -> None:
    async with await open_database(sqlite_url) as source, await open_database(postgres_url) as target:
        await filled(source)
        await _handled(target, 1)

        with pytest.raises(StorageError, match="not empty: there are rows in updates"):
            await copy_database(source, target)

        assert await target.ledger.version() == 0


def test_every_method_that_writes_is_tried_while_locked(sqlite_url: str) -> None:
    """A new method of a store is either one that reads, or stands in `_methods`."""

    async def names() -> set[str]:
        async with await open_database(sqlite_url) as database:
            stores = {name: store for name, store in vars(database).items() if name != "connections" and name[0] != "_"}
            return set(_methods(database)) ^ {
                f"{name}.{method}"
                for name, store in stores.items()
                for method, _ in inspect.getmembers(store, inspect.iscoroutinefunction)
                if not method.startswith("_") and f"{name}.{method}" not in _READING
            }

    assert asyncio.run(names()) == set()


_READING = {
    *(f"ledger.{name}" for name in ("version", "load", "audit")),
    *(f"reviews.{name}" for name in ("waiting", "get")),
    *(f"feeds.{name}" for name in ("feeds", "due", "unseen")),
    *(f"subscriptions.{name}" for name in ("get", "counts", "digest_due")),
    *(f"outbox.{name}" for name in ("counts", "next_due")),
    *(f"chats.{name}" for name in ("meet", "settings", "turn", "dialog", "begin_update")),
    "admins.roles",
    "refs.get",
}
