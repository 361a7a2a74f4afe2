"""Permanent references of answers: typed query and version of the ledger."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from storage.connections import Connections
from storage.schema import refs

#: Query, version and the instant that it was asked at.
_Stored = tuple[Mapping[str, Any], int, dt.datetime]
_STAND = sa.select(refs).where(refs.c.ref.in_(sa.bindparam("refs", expanding=True)))


class SqlRefStore:
    """`bot.ports.RefStore` in SQL."""

    def __init__(self, connections: Connections) -> None:
        """Keep the connections."""
        self._connections = connections
        self._insert = connections.insert_or(refs)

    async def save(
        self, ref: str, query: Mapping[str, Any], version: int, now: dt.datetime
    ) -> tuple[Mapping[str, Any], int, dt.datetime]:
        """Store it where the reference is free; return what stands under it, which may be an older one."""
        row = {"ref": ref, "query": dict(query), "version": version, "at": now}
        return await self._connections.writes.ask(self._write, row)

    def _write(self, connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> Sequence[_Stored]:
        # Sorted, so that two processes never wait for each other.
        rows_in_order = sorted(rows, key=lambda row: str(row["ref"]))
        connection.execute(self._insert, rows_in_order)
        found = connection.execute(_STAND, {"refs": [row["ref"] for row in rows]})
        stands = {ref: (query, version, at) for ref, query, version, at in found}
        return [stands[row["ref"]] for row in rows]

    async def get(self, ref: str) -> tuple[Mapping[str, Any], int, dt.datetime] | None:
        """Return query, version and the instant that it was asked at; None where unknown."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(sa.select(refs).where(refs.c.ref == ref))).one_or_none()
        return None if row is None else (row.query, row.version, row.at)
