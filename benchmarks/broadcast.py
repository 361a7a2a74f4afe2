"""How long an alert takes to reach everybody, against the ideal, and how long people wait for answers meanwhile.

    python -m benchmarks.broadcast [--subscribers 10000] [--rate 30]
    python -m benchmarks.broadcast --subscribers 10000 --rate 1000

The Bot API is a process of its own that answers 429 where its limits are not kept; the outbox is the real one. Ideal:
one message every 1/rate seconds. Meanwhile somebody is answered five times a second, in chats of their own.
"""

import argparse
import asyncio
import datetime as dt
import json
import logging
import random
import statistics
import sys
import tempfile
import time
from typing import Any

from bot.clock import SystemClock
from bot.domain.claims import Claim
from bot.domain.decisions import ChangeSet
from bot.domain.rounds import Round
from bot.domain.subscriptions import Delivery, Subscription
from bot.ports import OutgoingMessage
from bot.rendering.rich import Run
from bot.services.deliver import Deliverer
from handlers.bot import TelegramBot
from handlers.limiter import Limiter, Rates
from handlers.request import BotApiRequest
from handlers.sender import TelegramSender
from storage.database import Database, open_database
from tests.botapi import RemoteBotApi

ROUND = "remains-2025-06-11"
ASKING = range(5_000_000, 5_000_400)


async def render(delivery: Delivery) -> OutgoingMessage:
    """Show an alert as long as a real one."""
    return OutgoingMessage(
        chat_id=delivery.chat_id,
        text=(
            Run("1,212", bold=True),
            Run(" bodies were returned to Ukraine on 11 June 2025, says the Coordination Headquarters.\n\nSource: "),
            Run("Ukrinform", url="https://www.ukrinform.net/1"),
        ),
        buttons=((("Why this figure?", "why:1"), ("Unsubscribe", "stop")),),
    )


async def subscribe(database: Database, subscribers: int) -> None:
    """Subscribe everybody, and record the round that they are to be told of."""
    now = dt.datetime.now(dt.UTC)
    for first in range(1, subscribers + 1, 500):
        last = min(first + 500, subscribers + 1)
        await asyncio.gather(
            *(database.subscriptions.put(Subscription(chat_id=chat), at=now) for chat in range(first, last))
        )
    claim = Claim(
        round=ROUND, kind="remains", recipient="ukraine", count=1212, date=dt.date(2025, 6, 11), party="ukraine",
        claimant="Coordination Headquarters", publisher="Ukrinform", url="https://www.ukrinform.net/1",
    )  # fmt: skip
    this_round = Round(id=ROUND, kind="remains", date=dt.date(2025, 6, 11))
    await database.ledger.apply(
        ChangeSet(author="cli", reason="benchmark", at=now, rounds=(this_round,), claims=(claim,), alerts=(ROUND,))
    )


async def answer(bot: TelegramBot, every: float) -> list[float]:
    """Answer somebody again and again until cancelled; returns how long each waited."""
    waits: list[float] = []

    async def one(chat_id: int) -> None:
        begun = time.perf_counter()
        await bot.send_message(chat_id, "6,057 bodies since 2 June 2025")
        waits.append(time.perf_counter() - begun)

    under_way: set[asyncio.Task[None]] = set()
    try:
        while True:
            under_way.add(asyncio.create_task(one(random.choice(ASKING))))
            await asyncio.sleep(every)
    except asyncio.CancelledError:
        await asyncio.gather(*under_way)
        return waits


async def broadcast(subscribers: int, rate: int) -> dict[str, Any]:
    """Measure one alert."""
    with tempfile.TemporaryDirectory() as directory:
        async with RemoteBotApi() as telegram, await open_database(f"sqlite+aiosqlite:///{directory}/b.db") as database:
            await telegram.do("many", messages=[(chat, "/start") for chat in range(1, subscribers + 1)])
            await telegram.do("many", messages=[(chat, "/start") for chat in ASKING])
            await telegram.do("limits", enabled=True, overall=rate)
            bot = TelegramBot(
                telegram.token,
                base_url=f"{telegram.url}/bot",
                request=BotApiRequest(),
                rate_limiter=Limiter(Rates(overall=rate)),
            )
            await subscribe(database, subscribers)
            deliverer = Deliverer(
                outbox=database.outbox,
                sender=TelegramSender(bot),
                render=render,
                clock=SystemClock(),
                owner="benchmark",
                concurrency=max(64, min(rate // 2, 256)),
            )
            async with bot:
                people = asyncio.create_task(answer(bot, 0.2))
                begun = time.perf_counter()
                cpu = time.process_time()
                outcomes = await deliverer.deliver_due()
                taken, cpu = time.perf_counter() - begun, time.process_time() - cpu
                people.cancel()
                waits = await people
            shown = await telegram.do("answered")
            refused = (await telegram.do("limits"))["refused"]
    told = sum(shown.get(str(chat), 0) == 1 for chat in range(1, subscribers + 1))
    # What went to people cannot go to subscribers at the same time.
    ideal = (subscribers + len(waits)) / rate
    return {
        "subscribers": subscribers,
        "rate": rate,
        "told_once": told,
        "outcomes": dict(outcomes),
        "seconds": round(taken, 2),
        "ideal_seconds": round(ideal, 2),
        "over_ideal": round(taken / ideal - 1, 3),
        "per_second": round(subscribers / taken, 1),
        "answers": len(waits),
        "answer_p50": round(statistics.median(waits), 3),
        "answer_p95": round(statistics.quantiles(waits, n=20)[-1], 3),
        "answer_worst": round(max(waits), 3),
        "refused_429": refused,
        "cpu_ms_per_message": round(1000 * cpu / subscribers, 2),
    }


def main() -> None:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subscribers", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=30)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(broadcast(options.subscribers, options.rate))
    print(json.dumps(result))
    sys.exit(result["told_once"] != options.subscribers)


if __name__ == "__main__":
    main()
