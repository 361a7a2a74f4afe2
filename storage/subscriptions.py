"""Subscribers and their wishes, and the digests that are made for them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import held_until, next_digest, wants
from bot.domain.claims import KINDS
from bot.domain.replies import LANGS
from bot.domain.subscriptions import FREQUENCIES, Subscription
from storage.alerts import ADDRESS, UNTRIED, recipients_of, worth_trying
from storage.connections import Connections, insert_one
from storage.schema import alerts, chats, counters, deliveries, dialogs, rounds, subscriptions, turns


class SqlSubscriptionStore:
    """`bot.ports.SubscriptionStore` in SQL."""

    def __init__(self, connections: Connections, *, zone: ZoneInfo) -> None:
        """Keep the connections and the zone of subscribers who name none."""
        self._connections = connections
        self._zone = zone

    async def get(self, chat_id: int, thread_id: int = 0) -> Subscription | None:
        """Return it; None where the chat is not subscribed, or gone."""
        async with self._connections.reading() as connection:
            statement = sa.select(subscriptions).where(_is(chat_id, thread_id), subscriptions.c.gone_at.is_(None))
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else _subscription(row)

    async def put(self, subscription: Subscription, *, at: dt.datetime) -> None:
        """Subscribe or change the wishes; revives a chat that was gone.

        Whoever changes from digests to at once gets what the next digest would have told.
        """
        async with self._connections.writing() as connection:
            news = await connection.scalar(sa.select(counters.c.news).with_for_update()) or 0
            statement = sa.select(subscriptions).where(
                _is(subscription.chat_id, subscription.thread_id), subscriptions.c.gone_at.is_(None)
            )
            before = (await connection.execute(statement)).one_or_none()
            if before is not None and before.frequency != "at_once":
                if subscription.frequency == "at_once":
                    await self._make(connection, before, at)
                else:
                    news = before.digest_news
            values = _values(subscription) | {
                "subscribed_at": at if before is None else before.subscribed_at,
                "digest_at": next_digest(subscription, at, self._zone_of(subscription)),
                "digest_news": news,
                "gone_at": None,
            }
            changed = [name for name in values if name not in ("chat_id", "thread_id")]
            await connection.execute(self._connections.insert_or(subscriptions, update=changed).values(values))

    async def remove(self, chat_id: int, thread_id: int | None = None) -> bool:
        """End it (all topics where None); what was sent is still kept right by edits."""
        async with self._connections.writing() as connection:
            d = deliveries.c
            of_topic = sa.true() if thread_id is None else d.thread_id == thread_id
            await connection.execute(
                sa.update(deliveries)
                .where(d.chat_id == chat_id, of_topic, d.state == "pending", d.message_id.is_(None))
                .values(state="dead", outcome="unsubscribed", due_at=None)
            )
            result = await connection.execute(sa.delete(subscriptions).where(_is(chat_id, thread_id)))
            return bool(result.rowcount)

    async def suspend(self, chat_id: int, *, at: dt.datetime) -> None:
        """Keep the wishes of a chat that is closed to us, and send it nothing until it is revived."""
        async with self._connections.writing() as connection:
            await end_chat(connection, chat_id, at=at)

    async def revive(self, chat_id: int) -> bool:
        """Bring back the wishes of a chat that was gone, as they were; False where there are none."""
        async with self._connections.writing() as connection:
            news = await connection.scalar(sa.select(counters.c.news)) or 0
            result = await connection.execute(
                sa.update(subscriptions)
                .where(_is(chat_id, None), subscriptions.c.gone_at.is_not(None))
                .values(gone_at=None, digest_news=news)
            )
            return bool(result.rowcount)

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Move everything to the new id in one transaction; deliveries follow."""
        async with self._connections.writing() as connection:
            await migrate_chat(connection, old_chat_id, new_chat_id)

    async def counts(self) -> Mapping[str, int]:
        """Return numbers by "all", "kind:…", "lang:…", "frequency:…" and "gone"; never identities."""
        s = subscriptions.c
        here = s.gone_at.is_(None)
        wanted: dict[str, sa.ColumnElement[bool]] = {"all": here, "gone": ~here}
        wanted |= {f"kind:{kind}": here & s[kind] for kind in KINDS}
        wanted |= {f"lang:{lang}": here & (s.lang == lang) for lang in LANGS}
        wanted |= {f"frequency:{frequency}": here & (s.frequency == frequency) for frequency in FREQUENCIES}
        numbers = [sa.func.coalesce(sa.func.sum(sa.case((is_one, 1), else_=0)), 0) for is_one in wanted.values()]
        async with self._connections.reading() as connection:
            row = (await connection.execute(sa.select(*numbers))).one()
        return dict(zip(wanted, map(int, row), strict=True))

    async def digest_due(self, now: dt.datetime) -> Sequence[Subscription]:
        """Return those whose digest is due at this instant and not yet made, longest due first."""
        s = subscriptions.c
        statement = sa.select(subscriptions).where(s.digest_at <= now, worth_trying(now)).order_by(s.digest_at)
        async with self._connections.reading() as connection:
            return [_subscription(row) for row in await connection.execute(statement)]

    async def make_digest(self, subscription: Subscription, now: dt.datetime) -> bool:
        """Put the digest of this period into the outbox, exactly once however many ask."""
        s = subscriptions.c
        due = (
            sa.select(subscriptions)
            .where(_is(subscription.chat_id, subscription.thread_id), s.digest_at <= now, worth_trying(now))
            .with_for_update()
        )
        async with self._connections.writing() as connection:
            row = (await connection.execute(due)).one_or_none()
            return row is not None and await self._make(connection, row, now)

    async def _make(self, connection: AsyncConnection, row: Any, now: dt.datetime) -> bool:
        subscription = _subscription(row)
        news = await connection.scalar(sa.select(counters.c.news)) or 0
        await connection.execute(
            sa.update(subscriptions)
            .where(_is(row.chat_id, row.thread_id))
            .values(digest_news=news, digest_at=next_digest(subscription, now, self._zone_of(subscription)))
        )
        told = [
            alert.id
            for alert in await connection.execute(_untold(row, news))
            if wants(subscription, kind=alert.kind, recipients=await recipients_of(connection, alert.round))  # type: ignore[arg-type]
        ]
        changed = list(await connection.scalars(_changed(row, news)))
        if not told and not changed:
            return False
        address = {name: getattr(row, name) for name in ADDRESS}
        message = UNTRIED | address | {"kind": "digest", "created_at": now}
        due_at = held_until(subscription.quiet, now, self._zone_of(subscription))
        digest = await insert_one(connection, deliveries.insert().values(**message, changed=changed, due_at=due_at))
        carried = message | {"state": "carried", "carried_by": digest}
        if told:
            await connection.execute(deliveries.insert(), [carried | {"alert_id": alert_id} for alert_id in told])
        return True

    def _zone_of(self, subscription: Subscription) -> ZoneInfo:
        return ZoneInfo(subscription.timezone) if subscription.timezone else self._zone


async def end_chat(connection: AsyncConnection, chat_id: int, *, at: dt.datetime) -> None:
    """Keep the wishes of a chat that is closed to us, and try nothing more until it is revived."""
    d = deliveries.c
    await connection.execute(sa.update(subscriptions).where(_is(chat_id, None)).values(gone_at=at))
    await connection.execute(
        sa.update(deliveries)
        .where(d.chat_id == chat_id, d.state == "pending")
        .values(state="dead", outcome="gone", due_at=None)
    )


async def migrate_chat(connection: AsyncConnection, old: int, new: int) -> None:
    """Give everything of a chat its new id; what the new one has already stays, and the old one's goes."""
    for table, keys in (
        (subscriptions, ("thread_id",)),
        (deliveries, ("alert_id", "thread_id")),
        (chats, ()),
        (turns, ("user_id",)),
        (dialogs, ("user_id",)),
    ):
        other = table.alias()
        there = sa.exists().where(other.c.chat_id == new, *(other.c[key] == table.c[key] for key in keys))
        values: dict[str, Any] = {"chat_id": new}
        if "chat_type" in table.c:
            values["chat_type"] = sa.case((table.c.chat_type == "group", "supergroup"), else_=table.c.chat_type)
        await connection.execute(sa.update(table).where(table.c.chat_id == old, ~there).values(values))
        if table is not deliveries:
            await connection.execute(sa.delete(table).where(table.c.chat_id == old))
    d = deliveries.c
    await connection.execute(
        sa.update(deliveries)
        .where(d.chat_id == old, d.state.in_(["pending", "leased"]))
        .values(state="dead", outcome="migrated", due_at=None)
    )


def open_chats(chat_ids: Collection[int]) -> sa.Update:
    """Return what notes that chats are open to us: a message has arrived there."""
    s = subscriptions.c
    return sa.update(subscriptions).where(s.chat_id.in_(chat_ids), s.gone_at.is_not(None)).values(gone_at=None)


def _is(chat_id: int, thread_id: int | None) -> sa.ColumnElement[bool]:
    of_topic = sa.true() if thread_id is None else subscriptions.c.thread_id == thread_id
    return sa.and_(subscriptions.c.chat_id == chat_id, of_topic)


def _told(row: Any) -> sa.sql.selectable.Exists:
    d = deliveries.c
    return sa.exists().where(d.alert_id == alerts.c.id, d.chat_id == row.chat_id, d.thread_id == row.thread_id)


def _untold(row: Any, news: int) -> sa.Select[Any]:
    """Select the alerts since the last digest that this subscriber was not told at once."""
    stands = sa.exists().where(rounds.c.id == alerts.c.round, rounds.c.until_version.is_(None))
    since = sa.and_(alerts.c.news > row.digest_news, alerts.c.news <= news)
    return sa.select(alerts.c.id, alerts.c.round, alerts.c.kind).where(since, stands, ~_told(row)).order_by(alerts.c.id)


def _changed(row: Any, news: int) -> sa.Select[Any]:
    """Select the rounds that an earlier digest told and that read otherwise since the last one."""
    d = deliveries.c
    carrier = deliveries.alias("carrier")
    told_in_digest = sa.exists().where(
        d.alert_id == alerts.c.id,
        d.chat_id == row.chat_id,
        d.thread_id == row.thread_id,
        carrier.c.id == d.carried_by,
        carrier.c.kind == "digest",
    )
    since = sa.and_(alerts.c.changed_news > row.digest_news, alerts.c.changed_news <= news)
    return sa.select(alerts.c.round).where(since, told_in_digest).order_by(alerts.c.id)


def _values(subscription: Subscription) -> dict[str, Any]:
    quiet = subscription.quiet if subscription.quiet and subscription.quiet[0] != subscription.quiet[1] else None
    values = {name: getattr(subscription, name) for name in _SAME}
    values |= {kind: subscription.kinds is None or kind in subscription.kinds for kind in KINDS}
    return values | {"quiet_from": quiet[0] if quiet else None, "quiet_until": quiet[1] if quiet else None}


def _subscription(row: Any) -> Subscription:
    kinds = tuple(kind for kind in KINDS if getattr(row, kind))
    return Subscription(
        **{name: getattr(row, name) for name in _SAME},
        kinds=None if kinds == KINDS else kinds,
        quiet=None if row.quiet_from is None else (row.quiet_from, row.quiet_until),
    )


#: Fields of a subscription that are columns.
_SAME = (
    "chat_id",
    "thread_id",
    "chat_type",
    "lang",
    "recipient",
    "frequency",
    "digest_hour",
    "timezone",
    "silent",
)
