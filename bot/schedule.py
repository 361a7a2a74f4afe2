"""What happens by the clock: polls, digests, reminders and backups."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.app import Core
from bot.config import Settings
from bot.services.poll import FeedPoller

logger = logging.getLogger(__name__)

#: Seconds between two looks at which feeds are due; each feed has a time of its own within.
TICK_SECONDS = 5
#: Ticks whose polls may be under way at a time.
POLLS = 1000
#: Hour of the nightly backup, in the set time zone.
BACKUP_HOUR = 3
#: The files of nightly backups; in the order of their names the newest is last.
BACKUPS = "homeward-????-??-??.db"

Job = Callable[[], Awaitable[object]]


@asynccontextmanager
async def scheduled(core: Core, poller: FeedPoller, *, remind: Job, wake: Callable[[], None]) -> AsyncIterator[None]:
    """Keep the clock's work going while the block lasts.

    Args:
        remind: Tells owners of what has waited for too long.
        wake: Called when something was put into the outbox.
    """
    jobs: set[asyncio.Task[object]] = set()
    scheduler = AsyncIOScheduler(timezone=core.settings.timezone)

    def add(
        name: str, job: Job, trigger: IntervalTrigger | CronTrigger, *, at_once: bool = False, together: int = 1
    ) -> None:
        async def run() -> None:
            task = asyncio.current_task()
            assert task is not None
            jobs.add(task)
            try:
                await job()
            except asyncio.CancelledError:
                # The end of the block; the scheduler would take it for a failure.
                logger.info("a scheduled job was cut off", extra={"job": name})
            except Exception:
                logger.exception("a scheduled job failed", extra={"job": name})
            finally:
                jobs.discard(task)

        first = dt.datetime.now(dt.UTC) if at_once else None
        options = {"next_run_time": first} if first else {}
        scheduler.add_job(
            run, trigger, id=name, coalesce=True, max_instances=together, misfire_grace_time=None, **options
        )

    async def poll() -> None:
        if await poller.poll_due():
            wake()

    async def digests() -> None:
        now = core.clock.now()
        made = [
            await core.database.subscriptions.make_digest(subscription, now)
            for subscription in await core.database.subscriptions.digest_due(now)
        ]
        if any(made):
            wake()

    async def back_up() -> None:
        await nightly_backup(core)

    tick = min(TICK_SECONDS, core.settings.poll_seconds)
    # A host that takes its time holds up no other: a feed whose poll is under way is left to it.
    add("poll", poll, IntervalTrigger(seconds=tick), at_once=True, together=POLLS)
    add("digests", digests, IntervalTrigger(minutes=1), at_once=True)
    add("remind", remind, IntervalTrigger(minutes=5))
    if core.settings.backup_dir:
        add("backup", back_up, CronTrigger(hour=BACKUP_HOUR, timezone=core.settings.timezone))
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)


async def nightly_backup(core: Core) -> Path:
    """Write today's backup where there is none yet, and remove all but the newest that are kept.

    Raises:
        StorageError: the database cannot be copied; nothing is removed then.
    """
    assert core.settings.backup_dir is not None
    folder = Path(core.settings.backup_dir)
    day = core.clock.now().astimezone(core.timezone).date()
    target = folder / f"homeward-{day.isoformat()}.db"
    if not await asyncio.to_thread(target.exists):
        await core.database.backup(target)
    await asyncio.to_thread(_rotate, folder, core.settings.backup_keep)
    logger.info("backed up", extra={"file": target.name})
    return target


def last_backup(settings: Settings) -> dt.datetime | None:
    """Tell when the newest nightly backup was made; None where there is none."""
    if not settings.backup_dir:
        return None
    files = sorted(Path(settings.backup_dir).glob(BACKUPS))
    return dt.datetime.fromtimestamp(files[-1].stat().st_mtime, dt.UTC) if files else None


def _rotate(folder: Path, keep: int) -> None:
    for old in sorted(folder.glob(BACKUPS))[:-keep]:
        old.unlink()
