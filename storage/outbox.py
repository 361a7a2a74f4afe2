"""Messages to subscribers: leased, sent, then marked, so that a crash loses none.

The states of a delivery: pending → leased → sent or dead; sent → pending again when its round changes, as an edit;
carried, where another delivery's message tells it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.subscriptions import Delivery
from bot.errors import Outcome
from storage.connections import Connections, chunks
from storage.schema import Instant, alerts, deliveries
from storage.subscriptions import end_chat, migrate_chat, open_chats
from storage.together import Errands

_WAITING = ("pending", "leased")
#: Stands for the outcome while an attempt is on its way.
_LEAVING = "leaving"


class SqlOutbox:
    """`bot.ports.Outbox` in SQL."""

    def __init__(self, connections: Connections) -> None:
        """Keep the connections."""
        self._connections = connections
        # A kill between an answer and its mark makes a duplicate: no trip more than needed, and no wait for others.
        self._leaving = Errands(connections.visit_to_write)
        self._arrived = Errands(connections.visit_to_write)

    async def lease(self, *, now: dt.datetime, limit: int, until: dt.datetime, owner: str) -> Sequence[Delivery]:
        """Take due deliveries for this owner until that instant, oldest first.

        Those that another process takes at this moment are passed over. A new message whose lease ran out after it
        had left may have arrived: it is `uncertain`, repeated once, and then dead. An edit may be repeated without
        harm.
        """
        due_at = await self.next_due()
        if due_at is None or due_at > now:
            return []
        d = deliveries.c
        due = (
            sa.select(deliveries, alerts.c.round)
            .outerjoin(alerts, alerts.c.id == d.alert_id)
            .where(d.state.in_(_WAITING), d.due_at <= now)
            .order_by(d.due_at, d.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=deliveries)
        )
        async with self._connections.writing() as connection:
            found = (await connection.execute(due)).all()
            lost = {row.id for row in found if row.outcome == _LEAVING and row.message_id is None}
            buried = {row.id for row in found if row.id in lost and row.uncertain}
            taken = [row for row in found if row.id not in buried]
            await _mark(connection, lost, unknowns=d.unknowns + 1, uncertain=True, outcome="unknown")
            await _mark(connection, buried, state="dead", due_at=None, owner=None)
            await _mark(
                connection,
                [row.id for row in taken],
                state="leased",
                due_at=until,
                owner=owner,
                attempt=d.attempt + 1,
            )
            carried = await _carried(connection, [row.id for row in taken])
        return [_delivery(row, carried[row.id], uncertain=row.uncertain or row.id in lost) for row in taken]

    async def begin(self, delivery: Delivery, *, until: dt.datetime) -> bool:
        """Write down that this attempt leaves now and may arrive; False where the lease is not ours any more."""
        return await self._leaving.ask(self._write_leaving, (delivery, until))

    def _write_leaving(self, connection: Connection, asked: Sequence[tuple[Delivery, dt.datetime]]) -> Sequence[bool]:
        d = deliveries.c
        ids = sorted({delivery.id for delivery, _ in asked})
        leased = sa.select(d.id, d.attempt).where(d.id.in_(ids), d.state == "leased").order_by(d.id).with_for_update()
        attempts = {row.id: row.attempt for row in connection.execute(leased)}
        ours = [attempts.get(delivery.id) == delivery.attempt for delivery, _ in asked]
        leaving = [delivery.id for (delivery, _), is_ours in zip(asked, ours, strict=True) if is_ours]
        for statement in _marks(leaving, outcome=_LEAVING, due_at=max(until for _, until in asked)):
            connection.execute(statement)
        return ours

    async def settle(
        self,
        delivery: Delivery,
        *,
        outcome: Outcome,
        now: dt.datetime,
        message_id: int | None = None,
        retry_at: dt.datetime | None = None,
        new_chat_id: int | None = None,
    ) -> None:
        """Write down what came of a delivery; one that was forgotten meanwhile is passed over.

        An attempt whose lease ran out and that somebody else repeats may still tell that it was sent, that the chat is
        gone or that it has moved; nothing else.
        """
        if outcome == "sent":
            await self._arrived.ask(self._write_sent, (delivery, now, message_id))
            return
        d = deliveries.c
        async with self._connections.writing() as connection:
            # What is said is true of the chat that was tried, which the delivery may have left with another's answer.
            if outcome == "gone":
                await end_chat(connection, delivery.chat_id, at=now)
            if outcome == "migrated" and new_chat_id is not None:
                await migrate_chat(connection, delivery.chat_id, new_chat_id)
            row = (await connection.execute(sa.select(deliveries).where(d.id == delivery.id).with_for_update())).first()
            if row is not None and row.state == "leased" and row.attempt == delivery.attempt:
                await _mark(connection, [row.id], owner=None, **_after(row, outcome, retry_at or now))

    def _write_sent(
        self, connection: Connection, asked: Sequence[tuple[Delivery, dt.datetime, int | None]]
    ) -> Sequence[None]:
        # Sorted, so that two processes never wait for each other.
        sent = sorted(asked, key=lambda one: one[0].id)
        connection.execute(_SENT, [_sent(*one) for one in sent])
        for some in chunks(sorted({delivery.chat_id for delivery, _, _ in sent if delivery.message_id is None})):
            connection.execute(open_chats(some))
        return [None] * len(sent)

    async def release(self, owner: str) -> int:
        """Give back this owner's leases on an orderly stop, as never tried; returns how many."""
        d = deliveries.c
        async with self._connections.writing() as connection:
            result = await connection.execute(
                sa.update(deliveries)
                .where(d.state == "leased", d.owner == owner, d.outcome.is_distinct_from(_LEAVING))
                .values(state="pending", owner=None, attempt=d.attempt - 1, due_at=d.created_at)
            )
            return int(result.rowcount)

    async def inherit(self, owner: str, *, now: dt.datetime, until: dt.datetime | None = None) -> int:
        """Let the leases of all others run out at once, or those that do by `until`; returns how many."""
        d = deliveries.c
        others = [d.state == "leased", d.owner != owner, d.due_at > now]
        if until is not None:
            others.append(d.due_at <= until)
        async with self._connections.writing() as connection:
            result = await connection.execute(sa.update(deliveries).where(*others).values(due_at=now))
            return int(result.rowcount)

    async def counts(self, now: dt.datetime | None = None) -> Mapping[str, int]:
        """Return deliveries by state, by last outcome ("outcome:…"), "unknown" and "oldest_seconds".

        Args:
            now: What the oldest is held against; None: the machine's clock.
        """
        d = deliveries.c
        number = sa.func.count()
        counts: dict[str, int] = dict.fromkeys(("pending", "leased", "sent", "dead"), 0)
        async with self._connections.reading() as connection:
            by_state = sa.select(d.state, number).where(d.state != "carried").group_by(d.state)
            counts |= {str(state): n for state, n in await connection.execute(by_state)}
            by_outcome = sa.select(d.outcome, number).where(d.outcome.is_not(None)).group_by(d.outcome)
            counts |= {f"outcome:{outcome}": n for outcome, n in await connection.execute(by_outcome)}
            counts["unknown"] = int(await connection.scalar(sa.select(sa.func.sum(d.unknowns))) or 0)
        now, due_at = now or dt.datetime.now(dt.UTC), await self.next_due()
        counts["oldest_seconds"] = max(0, int((now - due_at).total_seconds())) if due_at else 0
        return counts

    async def next_due(self) -> dt.datetime | None:
        """Return when the next delivery is due; None where none waits."""
        async with self._connections.reading() as connection:
            due_at: dt.datetime | None = await connection.scalar(_NEXT_DUE)
        return due_at


_NEXT_DUE = sa.select(sa.func.min(deliveries.c.due_at)).where(deliveries.c.state.in_(_WAITING))


def _newer() -> sa.ColumnElement[bool]:
    return deliveries.c.revision > sa.bindparam("sent_revision", type_=sa.Integer)


_SENT = (
    sa.update(deliveries)
    .where(deliveries.c.id == sa.bindparam("sent_id"))
    .values(
        state=sa.case((_newer(), "pending"), else_="sent"),
        due_at=sa.case((_newer(), sa.bindparam("sent_at_", type_=Instant)), else_=sa.null()),
        message_id=sa.func.coalesce(sa.bindparam("sent_message", type_=sa.BigInteger), deliveries.c.message_id),
        attempt=sa.case((_newer(), 0), else_=deliveries.c.attempt),
        owner=None,
        uncertain=False,
        outcome="sent",
        sent_at=sa.bindparam("sent_at_", type_=Instant),
    )
)


def _sent(delivery: Delivery, now: dt.datetime, message_id: int | None) -> dict[str, Any]:
    return {
        "sent_id": delivery.id,
        "sent_revision": delivery.revision,
        "sent_at_": now,
        "sent_message": message_id,
    }


def _after(row: Any, outcome: Outcome, retry_at: dt.datetime) -> dict[str, Any]:
    """Return the columns of a delivery after an attempt that was not seen to arrive."""
    dead = {"state": "dead", "due_at": None, "outcome": outcome}
    again = {"state": "pending", "due_at": retry_at, "outcome": outcome}
    match outcome:
        case "flood" | "migrated":  # it was not tried
            return again | {"attempt": row.attempt - 1}
        case "unknown" if row.message_id is None:
            counted = {"unknowns": row.unknowns + 1}
            return counted | (dead if row.uncertain else again | {"uncertain": True})
        case "not_sent" | "unknown":
            return again
        case _:
            return dead


async def _mark(connection: AsyncConnection, ids: Collection[int], **values: Any) -> None:
    for statement in _marks(ids, **values):
        await connection.execute(statement)


def _marks(ids: Collection[int], **values: Any) -> Iterator[sa.Update]:
    for some in chunks(sorted(ids)):
        yield sa.update(deliveries).where(deliveries.c.id.in_(some)).values(**values)


async def _carried(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the rounds that these deliveries tell besides their own, oldest first."""
    d = deliveries.c
    rounds: dict[int, list[str]] = defaultdict(list)
    for some in chunks(ids):
        found = await connection.execute(
            sa.select(d.carried_by, alerts.c.round)
            .join(alerts, alerts.c.id == d.alert_id)
            .where(d.carried_by.in_(some))
            .order_by(d.id)
        )
        for carrier, round_id in found:
            rounds[carrier].append(round_id)
    return rounds


def _delivery(row: Any, carried: Sequence[str], *, uncertain: bool) -> Delivery:
    return Delivery(
        id=row.id,
        alert_id=row.alert_id or 0,
        round=row.round or "",
        revision=row.revision,
        chat_id=row.chat_id,
        thread_id=row.thread_id,
        chat_type=row.chat_type,
        lang=row.lang,
        silent=row.silent,
        attempt=row.attempt + 1,
        message_id=row.message_id,
        uncertain=uncertain,
        kind=row.kind,
        rounds=(row.round, *carried) if row.round else tuple(carried),
        changed=tuple(row.changed or ()),
    )
