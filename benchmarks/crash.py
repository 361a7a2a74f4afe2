"""Kills the bot with -9 at random points between an article and its alerts, and counts what is missing or doubled.

    python -m benchmarks.crash [--kills 200] [--chats 20] [--rate 1000]
                               [--database postgresql+asyncpg://postgres@127.0.0.1:5432/test]

Each life reads one more article through the real pipeline and delivers what is due to a loopback Bot API, until it is
killed; the last one lives until nothing waits. Then every subscriber must show every alert, and a second copy only
where a life ended between sending and marking: at most one, and no more of them than the outbox counts as `unknown`.
How many a kill doubles is how many it finds in the air: at 1,000 a second up to all of an alert's, at 30 one or two.
Prints one JSON document; status 1 where an alert is missing or doubled without need.
"""

import argparse
import asyncio
import datetime as dt
import json
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.domain.articles import Article
from bot.domain.subscriptions import Delivery, Subscription
from bot.ports import OutgoingMessage
from bot.rendering.rich import Run
from bot.services.current import CurrentLedger
from bot.services.deliver import Deliverer
from bot.services.ingest import Ingester
from handlers.bot import TelegramBot
from handlers.limiter import Limiter, Rates
from handlers.request import BotApiRequest
from handlers.sender import TelegramSender
from storage.database import Database, open_database

ROOT = Path(__file__).resolve().parents[1]
FIRST_DAY = dt.date(2025, 1, 1)
FEED = "https://feed.example/rss"
#: Short, so that what a dead life had leased is soon due again.
LEASE = dt.timedelta(seconds=0.3)


class ArticleClock:
    """An hour after the article that is being read was published."""

    def __init__(self) -> None:
        self.instant = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        """Return that instant."""
        return self.instant


def article(number: int) -> Article:
    """Make the report of one round; each is on another day."""
    day = FIRST_DAY + dt.timedelta(days=number)
    return Article(
        id=str(number),
        title=f"Ukraine brings home the bodies of {500 + number} fallen soldiers",
        text=f"The bodies of {500 + number} fallen soldiers were returned to Ukraine today, "
        f"the Coordination Headquarters said on {day:%-d %B %Y}.",
        published_at=dt.datetime.combine(day, dt.time(10), tzinfo=dt.UTC),
        publisher="Ukrinform",
        url=f"https://www.ukrinform.net/{number}",
        lang="en",
    )


async def render(delivery: Delivery) -> OutgoingMessage:
    """Show the round."""
    return OutgoingMessage(chat_id=delivery.chat_id, text=(Run(delivery.round),))


async def prepare(database_url: str, chats: int) -> None:
    """Make the database, with a feed and subscribers."""
    async with await open_database(database_url) as database:
        await database.feeds.add_feed(url=FEED, name="Ukrinform", trust="trusted")
        for chat in range(1, chats + 1):
            await database.subscriptions.put(Subscription(chat_id=chat), at=dt.datetime.now(dt.UTC))


async def live(database_url: str, api: tuple[str, str], articles: int, rate: int) -> None:
    """Read the articles that were not read yet, and deliver until nothing waits."""
    url, token = api
    bot = TelegramBot(
        token,
        base_url=f"{url}/bot",
        request=BotApiRequest(),
        rate_limiter=Limiter(Rates(overall=rate, chat=0, group=0)),
    )
    async with await open_database(database_url) as database, bot:
        deliverer = Deliverer(
            outbox=database.outbox,
            sender=TelegramSender(bot),
            render=render,
            clock=SystemClock(),
            owner=uuid.uuid4().hex,
            lease=LEASE,
            idle=0.02,
        )
        deliverer.start()
        await read(database, articles, deliverer)
        while await database.outbox.next_due() is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        await deliverer.stop()


async def read(database: Database, articles: int, deliverer: Deliverer) -> None:
    """Take in each article that is not remembered."""
    clock = ArticleClock()
    ledger = CurrentLedger(database.ledger, elapsed=time.monotonic)
    ingester = Ingester(database.ledger, ledger, clock=clock, timezone=dt.UTC)
    (feed,) = await database.feeds.feeds()
    unseen = await database.feeds.unseen(feed.id, {str(number): "hash" for number in range(articles)})
    for key in sorted(unseen, key=int):
        report = article(int(key))
        clock.instant = report.published_at + dt.timedelta(hours=1)
        decision = await ingester.ingest(report, item=(feed.id, key, "hash"))
        if not decision.alert:
            raise SystemExit(f"article {key} was to alert and is {decision.kind} {decision.reasons}")
        deliverer.wake()


def one_life(database_url: str, api: tuple[str, str], articles: int, *, rate: int, until: float | None) -> bool:
    """Live in a process of its own, killed after so many seconds; returns whether it lived to its end."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(live(database_url, api, articles, rate))
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if until is not None:
        time.sleep(until)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("a life ended with an error")
    return True


def control(url: str, verb: str, **arguments: Any) -> Any:
    """Steer the Bot API server."""
    request = urllib.request.Request(
        f"{url}/control/{verb}", json.dumps(arguments).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


async def outbox_counts(database_url: str) -> dict[str, int]:
    """Return what the outbox counts, at the end."""
    async with await open_database(database_url) as database:
        return dict(await database.outbox.counts())


async def on_server(server_url: str, statement: str) -> None:
    """Run a statement on the PostgreSQL server."""
    import asyncpg

    connection = await asyncpg.connect(server_url.replace("+asyncpg", ""))
    await connection.execute(statement)
    await connection.close()


def crash(database_url: str, *, kills: int, chats: int, rate: int, longest: float, seed: int) -> dict[str, Any]:
    """Kill so many lives, let the last one finish, and count."""
    chance = random.Random(seed)
    server = subprocess.Popen([sys.executable, "-m", "tests.botapi"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        url, token = server.stdout.readline().split()
        for chat in range(1, chats + 1):
            control(url, "say", chat_id=chat, text="/start")
        asyncio.run(prepare(database_url, chats))
        killed = sum(
            not one_life(database_url, (url, token), number + 1, rate=rate, until=chance.uniform(0, longest))
            for number in range(kills)
        )
        one_life(database_url, (url, token), kills, rate=rate, until=None)
        shown = Counter((chat, text) for chat in range(1, chats + 1) for text in control(url, "texts", chat_id=chat))
    finally:
        server.terminate()
        server.wait()
    expected = [
        (chat, f"remains-{FIRST_DAY + dt.timedelta(days=number)}")
        for chat in range(1, chats + 1)
        for number in range(kills)
    ]
    unknown = asyncio.run(outbox_counts(database_url))["unknown"]
    missing = sum(shown[key] == 0 for key in expected)
    doubled = sum(count - 1 for count in shown.values() if count > 1)
    return {
        "kills": killed,
        "alerts": len(expected),
        "missing": missing,
        "doubled": doubled,
        "doubled_per_kill": round(doubled / max(killed, 1), 2),
        "unknown": unknown,
        "most_copies": max(shown.values(), default=0),
        "good": missing == 0 and doubled <= unknown and max(shown.values(), default=0) <= 2,
    }


def main() -> None:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--chats", type=int, default=20)
    parser.add_argument("--rate", type=int, default=1000, help="messages a second")
    parser.add_argument("--longest", type=float, default=0.6, help="seconds that a life may last")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--database", help="a PostgreSQL server; a database of its own is made on it. Else SQLite.")
    options = parser.parse_args()
    logging.disable(logging.ERROR)
    how = {name: getattr(options, name) for name in ("kills", "chats", "rate", "longest", "seed")}
    if options.database:
        name = f"homeward_crash_{uuid.uuid4().hex[:12]}"
        asyncio.run(on_server(options.database, f"CREATE DATABASE {name}"))
        try:
            result = crash(f"{options.database.rpartition('/')[0]}/{name}", **how)
        finally:
            asyncio.run(on_server(options.database, f"DROP DATABASE {name} WITH (FORCE)"))
    else:
        with tempfile.TemporaryDirectory() as directory:
            result = crash(f"sqlite+aiosqlite:///{directory}/homeward.db", **how)
    print(json.dumps(result))
    sys.exit(not result["good"])


if __name__ == "__main__":
    main()
