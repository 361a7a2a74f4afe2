"""What one subscriber, one alert and one delivery cost in the database, for sizing what no test can run.

    python -m benchmarks.scale [--subscribers 200000] [--delivered 20000] [--database postgresql+asyncpg://…/test]

Subscribers are put in as rows, one round is recorded with its alert, and as many of its deliveries as were asked for
are leased, begun and settled without being sent. Prints one JSON document: seconds and bytes a unit, and what ten
million subscribers come to at those costs.
"""

import argparse
import asyncio
import datetime as dt
import json
import tempfile
import time
import uuid
from typing import Any

import sqlalchemy as sa

from benchmarks.crash import on_server
from storage.connections import Connections
from storage.database import open_database
from storage.schema import subscriptions
from tests.builders import NOW, change, claim, subscription

#: For which the sum is made.
MANY = 10_000_000
BATCH = 100
#: Rows of one INSERT.
ROWS = 5_000


async def measure(url: str, *, subscribers: int, delivered: int) -> dict[str, Any]:
    """Return the costs of a unit."""
    async with await open_database(url) as database:
        await database.subscriptions.put(subscription(1), at=NOW)
        connections = Connections(url)
        empty = await size(connections)
        await fill(connections, subscribers)
        subscribed = await size(connections)

        started = time.perf_counter()
        await database.ledger.apply(change(claim(1212), alerts=("remains-2025-06-11",)))
        written = time.perf_counter() - started
        queued = await size(connections)

        started = time.perf_counter()
        done = 0
        until, owner = NOW + dt.timedelta(hours=1), "scale"
        while done < delivered:
            leased = await database.outbox.lease(now=NOW, limit=BATCH, until=until, owner=owner)
            if not leased:
                break
            await asyncio.gather(*(database.outbox.begin(one, until=until) for one in leased))
            await asyncio.gather(
                *(database.outbox.settle(one, outcome="sent", now=NOW, message_id=one.id) for one in leased)
            )
            done += len(leased)
        settled = time.perf_counter() - started
        await connections.close()
    a_delivery, a_row = settled / done, (queued - subscribed) / subscribers
    return {
        "subscribers": subscribers,
        "subscription_bytes": round((subscribed - empty) / subscribers),
        "alert_write_us_a_subscriber": round(written / subscribers * 1e6, 2),
        "delivery_bytes": round(a_row),
        "delivery_book_keeping_us": round(a_delivery * 1e6),
        "deliveries_a_second": round(1 / a_delivery),
        "ten_million": {
            "alert_write_seconds": round(written / subscribers * MANY),
            "subscriptions_gigabytes": round((subscribed - empty) / subscribers * MANY / 1e9, 1),
            "deliveries_gigabytes_an_alert": round(a_row * MANY / 1e9, 1),
            "book_keeping_hours": round(a_delivery * MANY / 3600, 1),
            "hours_at_30_a_second": round(MANY / 30 / 3600, 1),
            "hours_at_1000_a_second": round(MANY / 1000 / 3600, 1),
        },
    }


async def fill(connections: Connections, number: int) -> None:
    """Put so many subscribers in, beside the one that is there."""
    async with connections.writing() as connection:
        found = (await connection.execute(sa.select(subscriptions))).mappings().one()
        for first in range(2, number + 1, ROWS):
            chats = range(first, min(first + ROWS, number + 1))
            await connection.execute(subscriptions.insert(), [{**found, "chat_id": chat} for chat in chats])


async def size(connections: Connections) -> int:
    """Return the bytes of the whole database."""
    if connections.path is not None:
        return sum(file.stat().st_size for file in connections.path.parent.glob(f"{connections.path.name}*"))
    async with connections.reading() as connection:
        return int(await connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)


def main() -> None:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subscribers", type=int, default=200_000)
    parser.add_argument("--delivered", type=int, default=20_000)
    parser.add_argument("--database", help="a PostgreSQL server; a database of its own is made on it. Else SQLite.")
    options = parser.parse_args()
    how = {"subscribers": options.subscribers, "delivered": options.delivered}
    if options.database:
        name = f"homeward_scale_{uuid.uuid4().hex[:12]}"
        asyncio.run(on_server(options.database, f"CREATE DATABASE {name}"))
        try:
            result = asyncio.run(measure(f"{options.database.rpartition('/')[0]}/{name}", **how))
        finally:
            asyncio.run(on_server(options.database, f"DROP DATABASE {name} WITH (FORCE)"))
    else:
        with tempfile.TemporaryDirectory() as directory:
            result = asyncio.run(measure(f"sqlite+aiosqlite:///{directory}/homeward.db", **how))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
