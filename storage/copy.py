"""Everything from one database into another, as when a bot moves from SQLite to PostgreSQL."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from storage.connections import CHUNK
from storage.database import Database
from storage.ledger import read_ledger
from storage.schema import counters, metadata


async def copy_database(source: Database, target: Database) -> Mapping[str, int]:
    """Copy everything in one transaction, as it stood at one moment, and see that it arrived.

    Returns:
        The number of rows of each table.

    Raises:
        StorageError: the target is not empty, or something did not arrive; it is left as it was.
    """
    async with source.connections.snapshot() as reading, target.connections.writing() as writing:
        await _see_that_it_is_empty(writing)
        copied = {table.name: await _copy_table(reading, writing, table) for table in metadata.sorted_tables}
        for table in metadata.sorted_tables:
            await target.connections.reset_numbers(writing, table)
            if (arrived := await _count(writing, table)) != copied[table.name]:
                raise StorageError(f"{table.name}: {copied[table.name]} rows left, {arrived} arrived")
        if await _standing(reading) != await _standing(writing):
            raise StorageError("the ledger arrived otherwise than it left")
    return copied


async def _standing(connection: AsyncConnection) -> tuple[object, ...]:
    version = int(await connection.scalar(sa.select(counters.c.version)) or 0)
    ledger = await read_ledger(connection, version)
    return version, ledger.agreements, ledger.rounds, ledger.claims


async def _see_that_it_is_empty(writing: AsyncConnection) -> None:
    for table in metadata.sorted_tables:
        if table is not counters and await _count(writing, table):
            raise StorageError(f"the target is not empty: there are rows in {table.name}")
    if await writing.scalar(sa.select(counters.c.version)):
        raise StorageError("the target is not empty: its ledger was written to")
    await writing.execute(sa.delete(counters))


async def _copy_table(reading: AsyncConnection, writing: AsyncConnection, table: sa.Table) -> int:
    number = 0
    async for rows in _parts(reading, table):
        await writing.execute(table.insert(), rows)
        number += len(rows)
    return number


async def _parts(reading: AsyncConnection, table: sa.Table) -> AsyncIterator[Sequence[dict[str, Any]]]:
    """Yield the rows in the order of the key, as a row refers to an earlier one of its table at most."""
    result = await reading.stream(sa.select(table).order_by(*table.primary_key.columns))
    async for rows in result.mappings().partitions(CHUNK):
        yield [dict(row) for row in rows]


async def _count(connection: AsyncConnection, table: sa.Table) -> int:
    return int(await connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
