"""How much of Telegram's overall limit falls to this process, where several send as one bot.

Half is for whoever delivers, for that is where many messages come at once; the other half is for all in equal parts.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from bot.errors import StorageError
from bot.leads import first_of
from handlers.limiter import Limiter
from storage.database import Database

logger = logging.getLogger(__name__)

#: Seconds between two counts of those who send.
COUNT_SECONDS = 2.0


def share(overall: float, *, senders: int, delivers: bool) -> float:
    """Return this process's part of a limit; the parts of all never come to more than the whole."""
    if senders <= 1:
        return overall
    return overall / 2 / senders + (overall / 2 if delivers else 0)


async def keep_share(
    limiter: Limiter, *, database: Database, delivers: Callable[[], bool], stop: asyncio.Event
) -> None:
    """Keep a limiter to this process's part until the end; while the database is away, to the last that was known."""
    overall = limiter.rates.overall
    while not stop.is_set():
        try:
            async with database.counted("senders") as count:
                while not stop.is_set():
                    part = share(overall, senders=await count(), delivers=delivers())
                    limiter.rates = replace(limiter.rates, overall=part)
                    await first_of(stop, seconds=COUNT_SECONDS)
        except StorageError as error:
            logger.warning("who else sends is not known", extra={"error": str(error)})
            await first_of(stop, seconds=COUNT_SECONDS)
