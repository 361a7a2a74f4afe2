"""What a change of the ledger puts into the outbox: alerts with their deliveries, and edits of what was sent.

Runs within the transaction of the change. One alert a round, ever; and one delivery an alert and chat, ever.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import held_until
from bot.errors import InvalidChange
from storage.connections import chunks, insert_one
from storage.schema import alerts, claims, counters, deliveries, rounds, subscriptions

#: What the columns of a delivery are before it was tried.
UNTRIED: dict[str, Any] = {
    "state": "pending",
    "attempt": 0,
    "revision": 1,
    "uncertain": False,
    "unknowns": 0,
}
#: A group that lets its members write again says so to nobody: what is to be told anyway tries it, so long after it was
#: last found closed.
TRIED_AGAIN_AFTER = dt.timedelta(hours=12)
#: Columns that a delivery takes from its subscription.
ADDRESS = ("chat_id", "thread_id", "chat_type", "lang", "silent")


async def raise_alerts(
    connection: AsyncConnection, round_ids: Iterable[str], *, at: dt.datetime, zone: ZoneInfo
) -> int:
    """Tell of rounds, of each that was never told before; returns the number of deliveries.

    One exchange is one message to a chat: civilians are told with the prisoners of their day, in the message about
    them where one was sent. One that was told, struck out and is recorded anew is put right where it was read.

    Args:
        zone: Of subscribers who name none.

    Raises:
        InvalidChange: a round does not stand.
    """
    made = 0
    known: list[str] = []
    for round_id in sorted(dict.fromkeys(round_ids), key=lambda one: one.startswith("civilians")):
        found = (
            await connection.execute(
                sa.select(rounds.c.kind, rounds.c.date).where(rounds.c.id == round_id, rounds.c.until_version.is_(None))
            )
        ).first()
        if found is None:
            raise InvalidChange(f"there is no round {round_id} to tell of")
        kind = found.kind
        if await connection.scalar(sa.select(alerts.c.id).where(alerts.c.round == round_id)) is not None:
            known.append(round_id)
            continue
        news = await next_news(connection)
        alert = {"round": round_id, "kind": kind, "at": at, "news": news, "changed_news": news}
        alert_id = await insert_one(connection, alerts.insert().values(alert))
        recipients = await recipients_of(connection, round_id)
        wanted = wanting(kind, recipients, at=at) & (subscriptions.c.frequency == "at_once")
        exchange = await _alerts_of_exchange(connection, found.date) if kind == "civilians" else []
        made += await _tell_beside(connection, alert_id, wanted, exchange, at)
        wanted = wanted & ~_told(alert_id)
        made += await _deliver_now(connection, alert_id, wanted, at)
        made += await _hold_back(connection, alert_id, wanted, at, zone)
    await queue_edits(connection, known, at=at)
    return made


async def _alerts_of_exchange(connection: AsyncConnection, date: dt.date) -> list[int]:
    """Return the alerts about the exchanges of prisoners of a day."""
    standing = sa.and_(rounds.c.id == alerts.c.round, rounds.c.until_version.is_(None))
    found = await connection.scalars(
        sa.select(alerts.c.id).join(rounds, standing).where(rounds.c.kind == "prisoners", rounds.c.date == date)
    )
    return list(found)


async def _tell_beside(
    connection: AsyncConnection,
    alert_id: int,
    wanted: sa.ColumnElement[bool],
    others: Collection[int],
    at: dt.datetime,
) -> int:
    """Have the messages about other alerts tell this one too; returns how many of them are to be edited for it."""
    if not others:
        return 0
    d, s = deliveries.c, subscriptions.c
    carrier = deliveries.alias("carrier")
    fixed = UNTRIED | {"state": "carried", "kind": "alert", "alert_id": alert_id, "created_at": at}
    chosen = (
        sa.select(
            *(s[name] for name in ADDRESS),
            *(sa.literal(value, d[name].type) for name, value in fixed.items()),
            sa.func.min(carrier.c.id),
        )
        .join(deliveries, sa.and_(d.chat_id == s.chat_id, d.thread_id == s.thread_id))
        .join(carrier, carrier.c.id == sa.func.coalesce(d.carried_by, d.id))
        .where(
            wanted,
            d.alert_id.in_(others),
            carrier.c.kind == "alert",
            carrier.c.state.in_(["pending", "leased", "sent"]),
        )
        .group_by(*(s[name] for name in ADDRESS))
    )
    await connection.execute(deliveries.insert().from_select([*ADDRESS, *fixed, "carried_by"], chosen))
    telling = d.id.in_(sa.select(d.carried_by).where(d.alert_id == alert_id, d.carried_by.is_not(None)))
    await connection.execute(sa.update(deliveries).where(telling).values(revision=d.revision + 1))
    edited = await connection.execute(
        sa.update(deliveries)
        .where(telling, d.state == "sent", d.message_id.is_not(None))
        .values(state="pending", due_at=at, attempt=0)
    )
    return int(edited.rowcount)


def _told(alert_id: int) -> sa.sql.selectable.Exists:
    d, s = deliveries.c, subscriptions.c
    return sa.exists().where(d.alert_id == alert_id, d.chat_id == s.chat_id, d.thread_id == s.thread_id)


async def _deliver_now(
    connection: AsyncConnection, alert_id: int, wanted: sa.ColumnElement[bool], at: dt.datetime
) -> int:
    """Write the deliveries to everybody without quiet hours, in one statement."""
    fixed = UNTRIED | {"kind": "alert", "alert_id": alert_id, "due_at": at, "created_at": at}
    chosen = sa.select(
        *(subscriptions.c[name] for name in ADDRESS),
        *(sa.literal(value, deliveries.c[name].type) for name, value in fixed.items()),
    ).where(wanted, subscriptions.c.quiet_from.is_(None))
    result = await connection.execute(deliveries.insert().from_select([*ADDRESS, *fixed], chosen))
    return int(result.rowcount)


async def _hold_back(
    connection: AsyncConnection, alert_id: int, wanted: sa.ColumnElement[bool], at: dt.datetime, zone: ZoneInfo
) -> int:
    """Write the deliveries to those with quiet hours; what is held back until one hour goes as one message."""
    found = await connection.execute(sa.select(subscriptions).where(wanted, subscriptions.c.quiet_from.is_not(None)))
    rows = []
    carriers = await _held(connection, at)
    for row in found:
        own_zone = ZoneInfo(row.timezone) if row.timezone else zone
        due_at = held_until((row.quiet_from, row.quiet_until), at, own_zone)
        address = {name: getattr(row, name) for name in ADDRESS}
        values = UNTRIED | address | {"kind": "alert", "alert_id": alert_id, "due_at": due_at, "created_at": at}
        carrier = carriers.get((row.chat_id, row.thread_id))
        if carrier is not None and due_at > at:
            values |= {"state": "carried", "carried_by": carrier, "due_at": None}
        else:
            values |= {"carried_by": None}
        rows.append(values)
    if rows:
        await connection.execute(deliveries.insert(), rows)
    return len(rows)


async def _held(connection: AsyncConnection, at: dt.datetime) -> dict[tuple[int, int], int]:
    """Return the deliveries that wait, never tried, for the end of quiet hours, by chat and topic."""
    d = deliveries.c
    found = await connection.execute(
        sa.select(d.id, d.chat_id, d.thread_id)
        .where(d.state == "pending", d.due_at > at, d.attempt == 0, d.message_id.is_(None), d.kind == "alert")
        .order_by(d.id.desc())
    )
    return {(row.chat_id, row.thread_id): row.id for row in found}


async def queue_edits(connection: AsyncConnection, round_ids: Collection[str], *, at: dt.datetime) -> None:
    """Bring up to date what was told of rounds.

    What was sent becomes an edit, and what is being sent becomes one when it was. What waits will read right anyway;
    but nobody is told of a round that is gone, and everybody is when it is back.
    """
    for some in chunks(sorted(round_ids)):
        told = (await connection.execute(sa.select(alerts.c.id, alerts.c.round).where(alerts.c.round.in_(some)))).all()
        if not told:
            continue
        ids = [row.id for row in told]
        news = await next_news(connection)
        await connection.execute(sa.update(alerts).where(alerts.c.id.in_(ids)).values(changed_news=news))
        d = deliveries.c
        telling = sa.select(sa.func.coalesce(d.carried_by, d.id)).where(d.alert_id.in_(ids))
        carriers = sa.and_(d.id.in_(telling), d.kind == "alert")
        await connection.execute(sa.update(deliveries).where(carriers).values(revision=d.revision + 1))
        await connection.execute(
            sa.update(deliveries)
            .where(carriers, d.state == "sent", d.message_id.is_not(None))
            .values(state="pending", due_at=at, attempt=0)
        )
        await _withdraw_unsent(connection, told, at)


async def _withdraw_unsent(connection: AsyncConnection, told: Sequence[Any], at: dt.datetime) -> None:
    standing = set(
        await connection.scalars(
            sa.select(rounds.c.id).where(rounds.c.id.in_([row.round for row in told]), rounds.c.until_version.is_(None))
        )
    )
    d = deliveries.c
    inner = deliveries.alias()
    alone = ~sa.exists().where(inner.c.carried_by == d.id)
    gone = [row.id for row in told if row.round not in standing]
    back = [row.id for row in told if row.round in standing]
    await connection.execute(
        sa.update(deliveries)
        .where(d.alert_id.in_(gone), d.state == "pending", d.message_id.is_(None), ~d.uncertain, alone)
        .values(state="dead", outcome="withdrawn", due_at=None)
    )
    s = subscriptions.c
    subscribed = sa.exists().where(s.chat_id == d.chat_id, s.thread_id == d.thread_id, s.gone_at.is_(None))
    await connection.execute(
        sa.update(deliveries)
        .where(d.alert_id.in_(back), d.state == "dead", d.outcome == "withdrawn", subscribed)
        .values(state="pending", outcome=None, due_at=at)
    )


async def next_news(connection: AsyncConnection) -> int:
    """Raise the count of news and return it."""
    await connection.execute(sa.update(counters).values(news=counters.c.news + 1))
    return int(await connection.scalar(sa.select(counters.c.news)) or 0)


async def recipients_of(connection: AsyncConnection, round_id: str) -> set[str]:
    """Return those whom a standing claim about the round names."""
    c = claims.c
    return set(
        await connection.scalars(
            sa.select(c.recipient)
            .distinct()
            .where(c.round == round_id, c.measure == "round", c.until_version.is_(None))
        )
    )


def wanting(kind: str, recipients: Collection[str], *, at: dt.datetime) -> sa.ColumnElement[bool]:
    """Return which subscriptions a round concerns; the same rule as `bot.domain.alerts.wants`."""
    s = subscriptions.c
    concerned = sa.and_(worth_trying(at), s[kind])
    if not recipients:
        return concerned
    return sa.and_(concerned, sa.or_(s.recipient.is_(None), s.recipient.in_(sorted(recipients))))


def worth_trying(at: dt.datetime) -> sa.ColumnElement[bool]:
    """Return which subscriptions are of chats that are open, or that may have opened again unheard."""
    s = subscriptions.c
    unheard = sa.and_(s.chat_type != "private", s.gone_at <= at - TRIED_AGAIN_AFTER)
    return sa.or_(s.gone_at.is_(None), unheard)
