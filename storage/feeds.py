"""The feeds that are polled, and what was seen in them.

Many polls end at the same time: what they ask and what they write goes together.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.articles import Trust
from bot.ports import Feed
from storage.connections import PACE, Connections, chunks
from storage.schema import feeds, items
from storage.together import Errands

_FIELDS = [field.name for field in fields(Feed)]
_COLUMNS = [feeds.c[name] for name in _FIELDS]
#: What a poll does not say: an administrator may have changed it meanwhile, and an address changes by `move`.
_SET_BY_HAND = ("id", "url", "name", "trust", "enabled")
#: An item as feed, key and content hash.
_Seen = tuple[int, str, str]


class SqlFeedStore:
    """`bot.ports.FeedStore` in SQL."""

    def __init__(self, connections: Connections) -> None:
        """Keep the connections."""
        self._connections = connections
        # Apart from those of people, who are not to wait for feeds.
        self._reads = Errands(connections.visit_to_read, pace=PACE)
        self._writes = Errands(connections.visit_to_write, pace=PACE)

    async def feeds(self) -> Sequence[Feed]:
        """Return all, by id."""
        async with self._connections.reading() as connection:
            return [_feed(row) for row in await connection.execute(sa.select(*_COLUMNS).order_by(feeds.c.id))]

    async def add_feed(self, *, url: str, name: str, trust: Trust, enabled: bool = True) -> Feed:
        """Add one; the one that stands where the URL is known already."""
        new = Feed(id=0, url=url, name=name, trust=trust, enabled=enabled)
        values = {key: value for key, value in _values(new).items() if key != "id"}
        async with self._connections.writing() as connection:
            await connection.execute(self._connections.insert_or(feeds, index=["url"]).values(values))
            return _feed((await connection.execute(sa.select(*_COLUMNS).where(feeds.c.url == url))).one())

    async def remove_feed(self, url: str) -> bool:
        """Stop polling it and forget its state; False where it is unknown."""
        async with self._connections.writing() as connection:
            of_feed = items.c.feed.in_(sa.select(feeds.c.id).where(feeds.c.url == url))
            await connection.execute(sa.delete(items).where(of_feed))
            return bool((await connection.execute(sa.delete(feeds).where(feeds.c.url == url))).rowcount)

    async def save_feed(self, feed: Feed) -> None:
        """Store its state; one that was removed meanwhile stays so."""
        async with self._connections.writing() as connection:
            await connection.execute(sa.update(feeds).where(feeds.c.id == feed.id).values(_values(feed)))

    async def note_poll(self, feed: Feed) -> None:
        """Store what a poll came to; what an administrator set meanwhile stays."""
        await self._writes.ask(self._write_polls, feed)

    def _write_polls(self, connection: Connection, polled: Sequence[Feed]) -> Sequence[None]:
        # Sorted, so that two processes never wait for each other.
        rows = [
            {f"polled_{name}": value for name, value in _values(feed).items()}
            for feed in sorted(polled, key=lambda feed: feed.id)
        ]
        connection.execute(_POLLED, rows)
        return [None] * len(rows)

    async def move(self, feed_id: int, url: str) -> bool:
        """Give it another address; False where another feed has that one."""
        other = feeds.alias()
        taken = sa.exists().where(other.c.url == url, other.c.id != feed_id)
        async with self._connections.writing() as connection:
            moved = await connection.execute(sa.update(feeds).where(feeds.c.id == feed_id, ~taken).values(url=url))
            return bool(moved.rowcount)

    async def due(self, now: dt.datetime) -> Sequence[Feed]:
        """Return the enabled feeds that are due, longest overdue first."""
        return await self._reads.ask(self._read_due, now)

    def _read_due(self, connection: Connection, moments: Sequence[dt.datetime]) -> Sequence[Sequence[Feed]]:
        due: list[Sequence[Feed]] = []
        for now in moments:
            is_due = sa.or_(feeds.c.due_at.is_(None), feeds.c.due_at <= now)
            order = (feeds.c.due_at.asc().nulls_first(), feeds.c.id)
            rows = connection.execute(sa.select(*_COLUMNS).where(feeds.c.enabled, is_due).order_by(*order))
            due.append([_feed(row) for row in rows])
        return due

    async def unseen(self, feed_id: int, keys: Mapping[str, str]) -> Sequence[str]:
        """Return those keys whose content hash is new or changed, in the order given."""
        return await self._reads.ask(self._read_unseen, (feed_id, keys))

    def _read_unseen(
        self, connection: Connection, asked: Sequence[tuple[int, Mapping[str, str]]]
    ) -> Sequence[Sequence[str]]:
        unseen: list[Sequence[str]] = []
        for feed_id, keys in asked:
            known: dict[str, str] = {}
            for some in chunks(list(keys)):
                rows = connection.execute(_KNOWN, {"of_feed": feed_id, "some_keys": some})
                known |= {row.key: row.hash for row in rows}
            unseen.append([key for key, content in keys.items() if known.get(key) != content])
        return unseen

    async def remember(self, feed_id: int, keys: Mapping[str, str], at: dt.datetime) -> None:
        """Remember items that led to no change."""
        if keys:
            await self._writes.ask(self._write_seen, ([(feed_id, key, content) for key, content in keys.items()], at))

    def _write_seen(
        self, connection: Connection, asked: Sequence[tuple[Sequence[_Seen], dt.datetime]]
    ) -> Sequence[None]:
        seen = sorted(one for some, _ in asked for one in some)
        remember_items(self._connections, connection, seen, at=max(at for _, at in asked))
        return [None] * len(asked)


def remember_items(connections: Connections, connection: Connection, seen: Sequence[_Seen], *, at: dt.datetime) -> None:
    """Remember items; those of a feed that was removed meanwhile are passed over."""
    ids = {feed for feed, _, _ in seen}
    standing = set(connection.scalars(sa.select(feeds.c.id).where(feeds.c.id.in_(ids)))) if ids else set()
    rows = [
        {"feed": feed, "key": key, "hash": content, "seen_at": at} for feed, key, content in seen if feed in standing
    ]
    if rows:
        connection.execute(connections.insert_or(items, update=["hash", "seen_at"]), rows)


def _values(feed: Feed) -> dict[str, Any]:
    return {name: getattr(feed, name) for name in _FIELDS}


def _feed(row: Any) -> Feed:
    return Feed(**dict(zip(_FIELDS, row, strict=True)))


_POLLED = (
    sa.update(feeds)
    .where(feeds.c.id == sa.bindparam("polled_id"))
    .values(
        {name: sa.bindparam(f"polled_{name}", type_=feeds.c[name].type) for name in _FIELDS if name not in _SET_BY_HAND}
        | {"name": sa.case((feeds.c.name == "", sa.bindparam("polled_name")), else_=feeds.c.name)}
    )
)
_KNOWN = sa.select(items.c.key, items.c.hash).where(
    items.c.feed == sa.bindparam("of_feed"), items.c.key.in_(sa.bindparam("some_keys", expanding=True))
)
