"""The ledger in the database: read as it stands or stood, changed by appending.

A change is one transaction: versions of objects, the entry of the audit log, alerts with their deliveries, edits, seen
items, the review that it opens or settles. It holds the row of counters from its first statement to its commit, so that
changes come one after the other whoever makes them.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.decisions import Applied, ChangeSet
from bot.domain.ledger import Ledger, build_ledger
from bot.domain.reasons import reason
from bot.errors import InvalidChange, VersionConflict
from bot.ports import AuditEntry
from storage import alerts, audit, reviews
from storage.changes import Change, plan_change, plan_undo, write_change
from storage.connections import Connections
from storage.feeds import remember_items
from storage.objects import AGREEMENTS, CLAIMS, ROUNDS, SHELVES
from storage.rows import VERSION, VERSION_AT, standing
from storage.schema import Instant, counters


class SqlLedgerStore:
    """`bot.ports.LedgerStore` in SQL."""

    def __init__(self, connections: Connections, *, zone: ZoneInfo) -> None:
        """Keep the connections and the zone of subscribers who name none."""
        self._connections = connections
        self._zone = zone

    async def version(self) -> int:
        """Return the version; 0 where nothing was recorded yet."""
        async with self._connections.reading() as connection:
            return await connection.scalar(_VERSION) or 0

    async def load(self, *, as_of: dt.datetime | None = None, version: int | None = None) -> Ledger:
        """Return the ledger now, as it stood at an instant, or at an earlier version.

        As of an instant is as of the last change that was recorded by then.
        """
        newest = as_of is None and version is None
        async with self._connections.reading() as connection:
            if version is None:
                asked = _VERSION if as_of is None else _VERSION_AT.bindparams(at=as_of)
                version = await connection.scalar(asked) or 0
            rows = await _read_rows(connection, version)
        # In a thread: with many rounds it takes its time, and everything else goes on meanwhile.
        return await asyncio.to_thread(_made, version, rows, prepared=newest)

    async def apply(self, change: ChangeSet) -> Applied:
        """Carry out a change in one transaction.

        Raises:
            VersionConflict: the ledger has moved on from `expected_version`; what is to be changed or retracted does
                not stand (any more); the review was settled by somebody else.
            InvalidChange: the ledger would be untrue after it.
        """
        async with self._connections.writing() as connection:
            now = (await connection.execute(_LOCKED)).one()
            if change.expected_version is not None and change.expected_version != now.version:
                raise VersionConflict(f"the ledger is at version {now.version}, not {change.expected_version}")
            planned = await plan_change(connection, change, last_claim=now.claim)
            applied = await self._carry_out(connection, planned, change, version=now.version)
        self._tell(applied, now.version)
        return applied

    async def undo(self, audit_id: int, *, author: str, at: dt.datetime) -> Applied:
        """Bring back what stood before that entry, as a new change that can be undone itself.

        Raises:
            VersionConflict: something in it was changed again since, or was built upon.
            InvalidChange: there is no such entry, or it changed nothing in the ledger.
        """
        async with self._connections.writing() as connection:
            now = (await connection.execute(_LOCKED)).one()
            planned = await plan_undo(connection, audit_id)
            change = ChangeSet(
                author=author, reason=reason("undo", entry=audit_id), at=at, edits=planned.touched_rounds
            )
            try:
                applied = await self._carry_out(connection, planned, change, version=now.version, undoes=audit_id)
            except InvalidChange as error:
                raise VersionConflict(f"something was built upon entry {audit_id}: {error}") from error
        self._tell(applied, now.version)
        return applied

    async def audit(
        self, *, limit: int = 20, before: int | None = None, author: str | None = None, about: str | None = None
    ) -> Sequence[AuditEntry]:
        """Return entries, newest first; each shows at most `storage.audit.SHOWN` objects."""
        async with self._connections.reading() as connection:
            return await audit.entries(connection, limit=limit, before=before, author=author, about=about)

    async def _carry_out(
        self,
        connection: AsyncConnection,
        planned: Change,
        change: ChangeSet,
        *,
        version: int,
        undoes: int | None = None,
    ) -> Applied:
        entry: int | None = None
        if planned:
            version += 1
            entry = await audit.record(
                connection, author=change.author, reason=change.reason, at=change.at, version=version, undoes=undoes
            )
            await write_change(connection, planned, version=version, entry=entry, at=change.at)
            await self._connections.announce(connection, version)
        deliveries = await alerts.raise_alerts(connection, change.alerts, at=change.at, zone=self._zone)
        await alerts.queue_edits(connection, {*change.edits, *planned.withdrawn_rounds}, at=change.at)
        await connection.run_sync(lambda sync: remember_items(self._connections, sync, change.items, at=change.at))
        review = await reviews.open_review(connection, change)
        if change.settles is not None:
            await reviews.settle(connection, change.settles, author=change.author, at=change.at)
        return Applied(
            version=version,
            audit=entry,
            claim_ids=tuple(claim.id for claim in planned.claims if claim.id is not None),
            deliveries=deliveries,
            review=review,
        )

    def _tell(self, applied: Applied, before: int) -> None:
        if applied.version != before:
            self._connections.changed(applied.version)


async def read_ledger(connection: AsyncConnection, version: int) -> Ledger:
    """Return the ledger as it stands, or stood, at a version."""
    return _made(version, await _read_rows(connection, version))


async def _read_rows(connection: AsyncConnection, version: int) -> list[Sequence[sa.Row[Any]]]:
    """Return the rows of each shelf."""
    return [(await connection.execute(_STANDING[shelf.name], {"version": version})).all() for shelf in SHELVES]


def _made(version: int, rows: Sequence[Any], *, prepared: bool = False) -> Ledger:
    agreements, rounds, claims = rows
    shared: dict[Any, Any] = {}
    ledger = build_ledger(
        version=version,
        agreements=AGREEMENTS.read(agreements, shared),
        rounds=ROUNDS.read(rounds, shared),
        claims=CLAIMS.read(claims, shared),
    )
    if prepared:
        ledger.prepare()
    return ledger


_VERSION = sa.text(VERSION)
_VERSION_AT = sa.text(VERSION_AT).bindparams(sa.bindparam("at", type_=Instant))
_LOCKED = sa.select(counters).with_for_update()
_STANDING = {
    shelf.name: sa.text(standing(shelf.made))
    .bindparams(sa.bindparam("version", type_=sa.BigInteger))
    .columns(*shelf.columns)
    for shelf in SHELVES
}
