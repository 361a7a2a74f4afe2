"""Wiring: which adapter stands behind which port, and who lives for how long.

What answers is imported at once; what reads news, polls and moderates when it is first asked for, so that one question
on the command line is answered quickly.
`open_asking` is enough for questions, `open_core` for most of the command line; `bot.running` adds Telegram, the
scheduler and delivery.
"""

import asyncio
import datetime as dt
import importlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__
from bot.config import Settings
from bot.services.ask import Asker
from bot.services.current import CurrentLedger

if TYPE_CHECKING:
    from bot.domain.articles import Article, Report
    from bot.domain.decisions import Decision
    from bot.feeds.reader import FeedClient
    from bot.ports import Clock, Feed, FeedReader, Fetched
    from bot.services.ingest import Ingester
    from bot.services.moderate import Moderation
    from bot.services.poll import FeedPoller, NotifyAdmins
    from storage.database import Database

logger = logging.getLogger(__name__)

#: Who asks for feeds.
USER_AGENT = f"Homeward/{__version__} (feed reader of a Telegram bot)"
#: The ledger that ships with the program, and who recorded it.
BUNDLED = Path(__file__).parent / "data" / "ledger.jsonl"
BUNDLER = "bundled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What answers questions."""

    clock: "Clock"
    timezone: dt.tzinfo
    asker: Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class Core(Asking):
    """The database and the services that need nothing else."""

    settings: Settings
    database: "Database"
    ledger: CurrentLedger

    @property
    def ingester(self) -> "Ingester":
        """What takes articles in; it holds nothing of its own."""
        from bot.services.ingest import Ingester

        return Ingester(
            self.database.ledger,
            self.ledger,
            clock=self.clock,
            timezone=self.timezone,
            accept_confirmed=make_moderation(self).accept_confirmed,
        )


@asynccontextmanager
async def open_asking(settings: Settings, clock: "Clock") -> AsyncIterator[Asking]:
    """Open what answers questions, as quickly as the database allows.

    Raises:
        StorageError: as `open_core`.
    """
    from storage.plain import open_plain

    url = settings.database_url.get_secret_value()
    plain = open_plain(url)
    if plain is None and settings.bundled_ledger and _make_first(url, clock.now()):
        plain = open_plain(url)
    if plain is None:
        async with open_core(settings, clock) as core:
            yield core
        return
    with plain:
        ledger = CurrentLedger(plain, elapsed=asyncio.get_running_loop().time)
        asker = Asker(ledger, plain, clock=clock, timezone=settings.zone)
        yield Asking(clock=clock, timezone=settings.zone, asker=asker)


def _make_first(url: str, now: dt.datetime) -> bool:
    """Make a database with the bundled ledger where there is none yet; tells whether it was made."""
    from bot.domain.records import read_records
    from storage.fresh import is_absent, make_fresh

    if not is_absent(url):
        return False
    with BUNDLED.open(encoding="utf-8") as lines:
        records = read_records(lines)
    return make_fresh(url, records, author=BUNDLER, at=now)


@asynccontextmanager
async def open_core(settings: Settings, clock: "Clock") -> AsyncIterator[Core]:
    """Open the database, bring its schema up to date, and load the bundled ledger into an empty one.

    Raises:
        StorageError: the database cannot be opened; SchemaTooNew where a newer program wrote it.
    """
    from storage.database import open_database

    url = settings.database_url.get_secret_value()
    async with await open_database(url, timezone=settings.timezone) as database:
        if settings.bundled_ledger and await database.ledger.version() == 0:
            from bot.services.interchange import import_lines

            with BUNDLED.open(encoding="utf-8") as lines:
                done = await import_lines(database.ledger, lines, at=clock.now(), author=BUNDLER)
            logger.info("bundled ledger loaded", extra={"claims": done.claims, "version": done.version})
        ledger = CurrentLedger(database.ledger, elapsed=asyncio.get_running_loop().time)
        yield Core(
            settings=settings,
            clock=clock,
            timezone=settings.zone,
            database=database,
            ledger=ledger,
            asker=Asker(ledger, database.refs, clock=clock, timezone=settings.zone),
        )


class LateFeedClient:
    """A `bot.ports.FeedReader` that is imported and opened with the first thing that is fetched."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: FeedClient | None = None

    async def _opened(self) -> "FeedClient":
        if self._client is None:
            # Beside the loop, which would stand still.
            reader = await asyncio.to_thread(importlib.import_module, "bot.feeds.reader")
            self._client = self._client or reader.FeedClient(
                user_agent=USER_AGENT,
                allow_private=self._settings.allow_private_hosts,
                spacing=self._settings.host_spacing_seconds,
            )
        return self._client

    async def check(self, url: str) -> None:
        """Look at an address."""
        await (await self._opened()).check(url)

    async def read(self, feed: "Feed") -> "Fetched":
        """Fetch one feed once."""
        return await (await self._opened()).read(feed)

    async def article_text(self, url: str) -> str:
        """Fetch a page and return its article's text."""
        return await (await self._opened()).article_text(url)

    async def close(self) -> None:
        """Close what was opened."""
        if self._client is not None:
            await self._client.close()


@asynccontextmanager
async def open_feed_client(settings: Settings) -> AsyncIterator["FeedReader"]:
    """Open what feeds and pages are fetched with."""
    client = LateFeedClient(settings)
    try:
        yield client
    finally:
        await client.close()


def make_poller(core: Core, client: "FeedReader", *, notify_admins: "NotifyAdmins") -> "FeedPoller":
    """Return what polls, adds and tries feeds; what reads the news is imported with the first of them."""
    from bot.services.poll import FeedPoller

    def read_article(article: "Article") -> "Report":
        from bot.language.reports.reader import read_report

        latest = core.ledger.latest
        return read_report(article, timezone=core.timezone, agreements=latest.agreements if latest else ())

    async def ingest(
        article: "Article", *, item: tuple[int, str, str] | None = None, baseline: bool = False
    ) -> "Decision":
        return await core.ingester.ingest(article, item=item, baseline=baseline)

    return FeedPoller(
        feeds=core.database.feeds,
        reader=client,
        clock=core.clock,
        ingest=ingest,
        read_article=read_article,
        notify_admins=notify_admins,
        every=dt.timedelta(seconds=core.settings.poll_seconds),
    )


@asynccontextmanager
async def open_poller(core: Core, *, notify_admins: "NotifyAdmins") -> AsyncIterator["FeedPoller"]:
    """Open a poller for the length of a block."""
    await core.ledger.get()
    async with open_feed_client(core.settings) as client:
        yield make_poller(core, client, notify_admins=notify_admins)


def make_moderation(core: Core, *, wake: Callable[[], None] = lambda: None) -> "Moderation":
    """Return what administrators do.

    Args:
        wake: Called when something may have been put into the outbox.
    """
    from bot.services.moderate import Moderation

    database = core.database
    return Moderation(
        store=database.ledger,
        ledger=core.ledger,
        reviews=database.reviews,
        admins=database.admins,
        chats=database.chats,
        clock=core.clock,
        timezone=core.timezone,
        owners=core.settings.admin_ids,
        two_persons=core.settings.review_two_persons,
        wake=wake,
    )
