"""The audit log: who changed what, when, before and after.

What changed in the ledger is not written twice: an entry's objects are the versions that it closed and recorded.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import AuditEntry
from storage.connections import insert_one
from storage.objects import CLAIMS, ROUNDS, SHELVES, Shelf
from storage.objects import record as record_of
from storage.schema import audit, counters

#: Objects of each kind that one entry shows; a large import has many more.
SHOWN = 100


async def record(
    connection: AsyncConnection,
    *,
    author: str,
    reason: str,
    at: dt.datetime,
    version: int | None = None,
    undoes: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> int:
    """Write an entry and return its number.

    Args:
        version: Of the ledger after it; None: as it is.
        before: What changed outside of the ledger.
        after: Likewise.
    """
    return await insert_one(
        connection,
        audit.insert().values(
            at=at,
            author=author,
            reason=reason,
            version=version if version is not None else sa.select(counters.c.version).scalar_subquery(),
            undoes=undoes,
            before=before,
            after=after,
        ),
    )


async def entries(
    connection: AsyncConnection, *, limit: int, before: int | None, author: str | None, about: str | None
) -> Sequence[AuditEntry]:
    """Return entries, newest first."""
    statement = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(audit.c.id < before)
    if author is not None:
        statement = statement.where(audit.c.author == author)
    if about is not None:
        statement = statement.where(audit.c.id.in_(_about(about)))
    rows = (await connection.execute(statement)).all()
    return [await _entry(connection, row) for row in rows]


async def _entry(connection: AsyncConnection, row: Any) -> AuditEntry:
    before: dict[str, Any] = dict(row.before or {})
    after: dict[str, Any] = dict(row.after or {})
    for shelf in SHELVES:
        old = await _shown(connection, shelf, shelf.table.c.closed_by == row.id)
        new = await _shown(connection, shelf, shelf.table.c.recorded_by == row.id)
        if ids := {**old, **new}:
            before[shelf.name] = {key: old.get(key) for key in ids}
            after[shelf.name] = {key: new.get(key) for key in ids}
    return AuditEntry(
        id=row.id,
        at=row.at,
        author=row.author,
        reason=row.reason,
        version=row.version,
        before=before,
        after=after,
        undoes=row.undoes,
    )


async def _shown(
    connection: AsyncConnection, shelf: Shelf[Any], condition: sa.ColumnElement[bool]
) -> dict[str, dict[str, Any]]:
    statement = sa.select(*shelf.columns).where(condition).order_by(shelf.table.c.id).limit(SHOWN)
    return {str(of.id): record_of(of) for of in shelf.read(await connection.execute(statement))}


def _about(what: str) -> sa.CompoundSelect[Any]:
    """Find the entries about a round and its claims, or about one claim ("C12" or "12")."""
    number = what.removeprefix("C")
    conditions: list[tuple[Shelf[Any], sa.ColumnElement[bool]]] = [
        (ROUNDS, ROUNDS.table.c.id == what),
        (CLAIMS, CLAIMS.table.c.round == what),
    ]
    if number.isdigit():
        conditions = [(CLAIMS, CLAIMS.table.c.id == int(number))]
    return sa.union(
        *(
            sa.select(column).where(condition, column.is_not(None))
            for shelf, condition in conditions
            for column in (shelf.table.c.recorded_by, shelf.table.c.closed_by)
        )
    )
