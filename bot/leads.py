"""Whose turn it is: of many processes on one database one leads in each role, and another takes over when it dies."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import AsyncExitStack
from typing import TypeVar

from bot.errors import StorageError
from storage.database import Database

logger = logging.getLogger(__name__)

#: Seconds before a lead is asked for again after something went wrong.
AGAIN = 1.0

_T = TypeVar("_T")


async def keep_leading(
    role: str, work: Callable[[asyncio.Event], Awaitable[None]], *, database: Database, stop: asyncio.Event
) -> None:
    """Do the work of a role whenever it is this process's turn, until the end.

    Args:
        work: Returns soon after `stop`, or the event that it is given, is set: the lead was lost.
    """
    while not stop.is_set():
        try:
            async with AsyncExitStack() as stack:
                lost = await unless(stop, stack.enter_async_context(database.lead(role)))
                if lost is not None:
                    logger.info("leading", extra={"role": role})
                    await work(lost)
        except StorageError as error:
            logger.warning("a role could not be kept", extra={"role": role, "error": str(error)})
            await unless(stop, asyncio.sleep(AGAIN))
        except Exception:
            logger.exception("a role could not be kept", extra={"role": role})
            await unless(stop, asyncio.sleep(AGAIN))


async def unless(stop: asyncio.Event, work: Awaitable[_T]) -> _T | None:
    """Return what comes of the work; None where the end came first, and the work was cancelled."""
    task = asyncio.ensure_future(work)
    ended = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([task, ended], return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait([task])
    return None if task.cancelled() else task.result()


async def first_of(*events: asyncio.Event, seconds: float | None = None) -> None:
    """Wait until one of the events is set, that long at most."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waits:
            task.cancel()


async def at_rest(tasks: Collection["asyncio.Task[None]"], *, seconds: float = 1.0) -> None:
    """Cancel tasks and wait until they have ended, that long at most; what they failed with is not told again."""
    for task in tasks:
        task.cancel()
    if tasks:
        ended, _ = await asyncio.wait(tasks, timeout=seconds)
        for task in ended:
            if not task.cancelled():
                task.exception()
