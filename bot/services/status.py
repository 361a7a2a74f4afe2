"""How the program is doing, for administrators: figures only, never identities."""

import datetime as dt
import resource
import sys
from collections import Counter
from pathlib import Path

from bot.domain.status import StatusFacts
from bot.ports import Clock, FeedStore, Outbox, ReviewStore
from bot.services.current import CurrentLedger

#: Reports that are counted; more wait than anybody could read.
REVIEWS = 1000
#: States of a delivery, in the order told.
STATES = ("pending", "leased", "sent", "dead", "carried")


async def status_facts(
    *,
    ledger: CurrentLedger,
    reviews: ReviewStore,
    outbox: Outbox,
    feeds: FeedStore,
    clock: Clock,
    started_at: dt.datetime,
    last_backup: dt.datetime | None = None,
) -> StatusFacts:
    """Gather the facts."""
    current = await ledger.refresh()
    waiting = await reviews.waiting(limit=REVIEWS)
    counts = await outbox.counts(clock.now())
    lag = counts.get("oldest_seconds", 0)
    health = Counter(f.health if f.enabled else "paused" for f in await feeds.feeds())
    return StatusFacts(
        version=current.version,
        rounds=len(current.rounds),
        claims=len(current.claims),
        reviews=len(waiting),
        oldest_review=min((w.since for w in waiting), default=None),
        deliveries={state: counts[state] for state in STATES if counts.get(state)},
        unknown=counts["unknown"],
        delivery_lag=dt.timedelta(seconds=lag) if lag else None,
        feeds=dict(sorted(health.items())),
        last_backup=last_backup,
        memory_megabytes=memory_megabytes(),
        started_at=started_at,
    )


def memory_megabytes() -> int:
    """Return the memory that this process holds; where the system does not tell, the most that it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() // 2**20
    except (OSError, ValueError, IndexError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most // (2**20 if sys.platform == "darwin" else 2**10)


def newest_file(directory: Path | None) -> dt.datetime | None:
    """Return when the newest file of a directory was written; None where there is none."""
    if directory is None or not directory.is_dir():
        return None
    written = [file.stat().st_mtime for file in directory.iterdir() if file.is_file()]
    return dt.datetime.fromtimestamp(max(written), tz=dt.UTC) if written else None
