"""The feeds that are polled, and what was seen in them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.articles import Trust
from bot.ports import Feed
from storage.connections import Connections, chunks
from storage.schema import feeds, items

_FIELDS = [field.name for field in fields(Feed)]
_COLUMNS = [feeds.c[name] for name in _FIELDS]


class SqlFeedStore:
    """`bot.ports.FeedStore` in SQL."""

    def __init__(self, connections: Connections) -> None:
        """Keep the connections."""
        self._connections = connections

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
        values = {key: value for key, value in _values(feed).items() if key not in ("name", "trust", "enabled")}
        named = sa.case((feeds.c.name == "", feed.name), else_=feeds.c.name)
        async with self._connections.writing() as connection:
            statement = sa.update(feeds).where(feeds.c.id == feed.id).values(**values, name=named)
            await connection.execute(statement)

    async def due(self, now: dt.datetime) -> Sequence[Feed]:
        """Return the enabled feeds that are due, longest overdue first."""
        is_due = sa.or_(feeds.c.due_at.is_(None), feeds.c.due_at <= now)
        statement = (
            sa.select(*_COLUMNS).where(feeds.c.enabled, is_due).order_by(feeds.c.due_at.asc().nulls_first(), feeds.c.id)
        )
        async with self._connections.reading() as connection:
            return [_feed(row) for row in await connection.execute(statement)]

    async def unseen(self, feed_id: int, keys: Mapping[str, str]) -> Sequence[str]:
        """Return those keys whose content hash is new or changed, in the order given."""
        known: dict[str, str] = {}
        async with self._connections.reading() as connection:
            for some in chunks(list(keys)):
                statement = sa.select(items.c.key, items.c.hash).where(items.c.feed == feed_id, items.c.key.in_(some))
                known |= {row.key: row.hash for row in await connection.execute(statement)}
        return [key for key, content in keys.items() if known.get(key) != content]

    async def remember(self, feed_id: int, keys: Mapping[str, str], at: dt.datetime) -> None:
        """Remember items that led to no change."""
        if not keys:
            return
        async with self._connections.writing() as connection:
            seen = [(feed_id, key, content) for key, content in keys.items()]
            await remember_items(self._connections, connection, seen, at=at)


async def remember_items(
    connections: Connections, connection: AsyncConnection, seen: Sequence[tuple[int, str, str]], *, at: dt.datetime
) -> None:
    """Remember items as feed, key and content hash; those of a feed that was removed meanwhile are passed over."""
    ids = {feed for feed, _, _ in seen}
    standing = set(await connection.scalars(sa.select(feeds.c.id).where(feeds.c.id.in_(ids)))) if ids else set()
    rows = [
        {"feed": feed, "key": key, "hash": content, "seen_at": at} for feed, key, content in seen if feed in standing
    ]
    if rows:
        await connection.execute(connections.insert_or(items, update=["hash", "seen_at"]), rows)


def _values(feed: Feed) -> dict[str, Any]:
    return {name: getattr(feed, name) for name in _FIELDS}


def _feed(row: Any) -> Feed:
    return Feed(**dict(zip(_FIELDS, row, strict=True)))
