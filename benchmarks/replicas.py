"""Replicas behind a balancer on one PostgreSQL, killed with -9 one after another while people ask and news come in.

    python -m benchmarks.replicas [--seconds 60] [--rate 200] [--subscribers 1000] [--replicas 3] [--kill-every 5]

Everybody asks for one month after another, so that each answer can be told from every other; a new round is reported
every ten seconds. The first victim leads in delivery; each is started again a second later. Prints one JSON document;
status 1 where an answer or an alert is missing, or is there twice without a process having died over it.
"""

import argparse
import asyncio
import datetime as dt
import json
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncpg

from bot.domain.subscriptions import Subscription
from storage.database import open_database
from tests.acceptance.program import Program, free_port, homeward, settings
from tests.balancer import Balancer
from tests.botapi import RemoteBotApi
from tests.feedserver.documents import Post
from tests.feedserver.server import FeedServer

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ASKER, SUBSCRIBER = 1_000_000, 2_000_000
TICK = 0.05
NEWS_EVERY = 10.0
#: Rounds that can be told apart: two kinds, three days.
ROUNDS = 6
#: Seconds of silence after which nothing more comes: longer than a lead takes to move, its leases to be taken over, and
#: what may have arrived to be repeated.
SILENCE = 30.0


def month(number: int) -> str:
    """Name the month that the n-th question of a person is about."""
    return f"{MONTHS[number % 12]} {2023 + number // 12 % 3}"


def told_as(number: int) -> str:
    """Return the figure of the n-th round, as alerts write it."""
    return f"{1101 + 10 * number:,}"


def report(number: int) -> Post:
    """Report one more round: of remains or prisoners, of these three days."""
    now = dt.datetime.now(dt.UTC)
    what = ("bodies of fallen defenders", "prisoners of war")[number % 2]
    day = now.date() - dt.timedelta(days=number // 2 % 3)
    text = f"Ukraine has brought home {told_as(number)} {what} on {day:%-d %B %Y}, the Headquarters said."
    return Post(guid=str(number), title=text, text=text, published=now)


class Replicas:
    """The processes, and who of them leads."""

    def __init__(self, env: dict[str, str], ports: Sequence[int], cwd: Path) -> None:
        self._env = env
        self._cwd = cwd
        self.ports = ports
        self.running: dict[int, Program] = {}
        self.all: list[Program] = []

    async def start(self, port: int) -> None:
        """Start the one of a port."""
        program = Program(self._env | {"HOMEWARD_WEBHOOK_PORT": str(port)}, self._cwd)
        await program.__aenter__()
        self.running[port] = program
        self.all.append(program)

    def leader(self, role: str) -> int | None:
        """Return the port of who leads; None while nobody does."""
        said = [
            (event["seen"], port)
            for port, program in self.running.items()
            for event in program.events
            if event.get("event") == "leading" and event.get("role") == role
        ]
        return max(said)[1] if said else None

    async def kill(self, port: int) -> None:
        """Kill one with -9."""
        await self.running.pop(port).kill()

    async def stop(self) -> list[int]:
        """Stop all in good order; returns their exit statuses."""
        return [await program.stop() for program in self.running.values()]

    async def end(self) -> None:
        """Leave nothing behind."""
        for program in self.all:
            await program.__aexit__()

    def moved(self, role: str, killed_at: float) -> float:
        """Return how long it took until another led."""
        seen = [
            event["seen"]
            for program in self.all
            for event in program.events
            if event.get("event") == "leading" and event.get("role") == role and event["seen"] > killed_at
        ]
        return min(seen) - killed_at if seen else float("inf")


async def ask(telegram: RemoteBotApi, *, rate: int, people: int, seconds: float) -> dict[tuple[int, str], float]:
    """Let people ask at a steady rate; returns when each asked what."""
    asked: dict[tuple[int, str], float] = {}
    begun = time.monotonic()
    number = 0
    while (elapsed := time.monotonic() - begun) < seconds:
        due = int(elapsed * rate)
        batch = [(ASKER + n % people, month(n // people)) for n in range(number, due)]
        if batch:
            asked |= dict.fromkeys(batch, time.monotonic())
            messages = [(chat, f"How many prisoners were returned to Ukraine in {when}?") for chat, when in batch]
            await telegram.do("many", messages=messages)
        number = due
        await asyncio.sleep(TICK)
    return asked


async def kill(replicas: Replicas, *, every: float, seconds: float) -> list[dict[str, Any]]:
    """Kill one after another; returns which role each led in, and when."""
    kills = []
    begun = time.monotonic()
    for number in range(1, int(seconds / every)):
        await asyncio.sleep(max(0.0, begun + number * every - time.monotonic()))
        leader = replicas.leader("deliver")
        port = leader if number % 2 and leader is not None else replicas.ports[number % len(replicas.ports)]
        if port not in replicas.running:
            continue
        roles = [role for role in ("deliver", "poll") if replicas.leader(role) == port]
        kills.append({"roles": roles, "at": time.monotonic()})
        await replicas.kill(port)
        await asyncio.sleep(1)
        await replicas.start(port)
    return kills


async def news(feeds: FeedServer, *, seconds: float) -> int:
    """Report a round now and then; returns how many."""
    number = min(ROUNDS, max(1, int(seconds / NEWS_EVERY)))
    for n in range(number):
        feeds.publish("wire", report(n))
        await asyncio.sleep(NEWS_EVERY)
    return number


async def measure(database: str, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Run it all."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(RemoteBotApi())
        feeds = await stack.enter_async_context(FeedServer())
        env = settings(
            database, TELEGRAM_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url, POLL_SECONDS="1",
            HOST_SPACING_SECONDS="0", ALLOW_PRIVATE_HOSTS="true", SENDS_PER_SECOND="1000",
            CHAT_SENDS_PER_SECOND="20", WEBHOOK_URL="https://bot.example.org/secret",
        )  # fmt: skip
        weather = Post(guid="x", title="Weather", text="Rain.", published=dt.datetime.now(dt.UTC))
        added = await homeward("feeds", "add", feeds.feed("wire", weather), "--trust", "official", env=env, cwd=folder)
        if added[0]:
            raise SystemExit(added[2])
        await telegram.do("people", first=ASKER, number=options.people)
        await telegram.do("people", first=SUBSCRIBER, number=options.subscribers)
        async with await open_database(database) as opened:
            for n in range(options.subscribers):
                await opened.subscriptions.put(Subscription(chat_id=SUBSCRIBER + n), at=dt.datetime.now(dt.UTC))
        replicas = Replicas(env, [free_port() for _ in range(options.replicas)], folder)
        stack.push_async_callback(replicas.end)
        balancer = await stack.enter_async_context(Balancer([f"http://127.0.0.1:{port}" for port in replicas.ports]))
        await telegram.do("webhook", proxy=balancer.url)
        for port in replicas.ports:
            await replicas.start(port)
        for program in replicas.running.values():
            await program.logged("started")
        asked, kills, reported = await asyncio.gather(
            ask(telegram, rate=options.rate, people=options.people, seconds=options.seconds),
            kill(replicas, every=options.kill_every, seconds=options.seconds),
            news(feeds, seconds=options.seconds),
        )
        expected = len(asked) + reported * options.subscribers
        seconds = await settled(telegram, expected)
        journal = await telegram.do("journal", method="sendMessage")
        statuses = await replicas.stop()
        async with await open_database(database) as opened:
            unknown = (await opened.outbox.counts())["unknown"]
    moves = [replicas.moved(role, one["at"]) for one in kills for role in one["roles"]]
    return {
        "kills": len(kills),
        "settled_seconds_after": round(seconds, 1),
        "lead_moved_seconds": {"moves": len(moves), "longest": round(max(moves, default=0), 2)},
        "cut_off_requests": balancer.answered[502] + balancer.answered[503],
        **answers(journal, asked),
        **alerts(journal, reported, options.subscribers),
        "unknown": unknown,
        "exit_statuses": statuses,
    }


async def settled(telegram: RemoteBotApi, expected: int) -> float:
    """Wait until everything was sent, or nothing more comes; returns how long it took."""
    begun = seen_at = time.monotonic()
    seen = 0
    while seen < expected and time.monotonic() - seen_at < SILENCE:
        await asyncio.sleep(1)
        sent = sum((await telegram.do("answered")).values())
        if sent != seen:
            seen, seen_at = sent, time.monotonic()
    await asyncio.sleep(2)
    return seen_at - begun


def answers(journal: Sequence[dict[str, Any]], asked: dict[tuple[int, str], float]) -> dict[str, Any]:
    """Hold what was answered against what was asked."""
    got: Counter[tuple[int, str]] = Counter()
    waited = []
    for call in journal:
        chat = int(call["params"]["chat_id"])
        if not call["taken"] or chat >= SUBSCRIBER:
            continue
        when = next((m for n in range(36) if f"{(m := month(n))}\n" in f"{call['params']['text']}\n"), "?")
        got[chat, when] += 1
        if (chat, when) in asked and got[chat, when] == 1:
            waited.append(call["at"] - asked[chat, when])
    cuts = statistics.quantiles(waited, n=100)
    return {
        "questions": len(asked),
        "answers_missing": sum(not got[key] for key in asked),
        "answers_doubled": sum(count - 1 for count in got.values() if count > 1),
        "answers_unasked": sum(count for key, count in got.items() if key not in asked),
        "answer_seconds": {"p50": round(cuts[49], 3), "p99": round(cuts[98], 3), "longest": round(max(waited), 3)},
    }


def alerts(journal: Sequence[dict[str, Any]], reported: int, subscribers: int) -> dict[str, Any]:
    """Hold what subscribers were told against what was reported."""
    got: Counter[tuple[int, int]] = Counter()
    for call in journal:
        chat = int(call["params"]["chat_id"])
        if call["taken"] and chat >= SUBSCRIBER:
            got[chat, next(n for n in range(reported) if told_as(n) in call["params"]["text"])] += 1
    keys = [(SUBSCRIBER + n, number) for n in range(subscribers) for number in range(reported)]
    return {
        "alerts": len(keys),
        "alerts_missing": sum(not got[key] for key in keys),
        "alerts_doubled": sum(count - 1 for count in got.values() if count > 1),
        "most_copies": max(got.values(), default=0),
    }


async def main() -> None:
    """Make a database, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=int, default=200, help="questions a second")
    parser.add_argument("--people", type=int, default=1000, help="who ask them")
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--kill-every", type=float, default=5)
    parser.add_argument("--server", default="postgresql+asyncpg://postgres@127.0.0.1:5432/test")
    options = parser.parse_args()
    name = f"homeward_replicas_{uuid.uuid4().hex[:12]}"
    server = await asyncpg.connect(options.server.replace("+asyncpg", ""))
    await server.execute(f"CREATE DATABASE {name}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            result = await measure(f"{options.server.rpartition('/')[0]}/{name}", options, Path(folder))
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()
    result["good"] = (
        not result["answers_missing"]
        and not result["alerts_missing"]
        and result["answers_doubled"] <= result["cut_off_requests"]
        and result["alerts_doubled"] <= result["unknown"]
        and result["most_copies"] <= 2
        and result["lead_moved_seconds"]["longest"] < 10
    )
    print(json.dumps(result, indent=1))
    sys.exit(not result["good"])


if __name__ == "__main__":
    asyncio.run(main())
