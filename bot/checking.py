"""The self-test behind `homeward check`: settings, database, Bot API, feeds."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.app import Core, open_core, open_poller
from bot.config import Settings
from bot.domain.feed_health import Notice
from bot.errors import FetchError, SettingsError, StorageError
from bot.ports import Clock


@dataclass(frozen=True, slots=True)
class Line:
    """The result of one check."""

    what: str
    passed: bool
    told: str


async def check(settings: Settings, clock: Clock, *, online: bool) -> AsyncIterator[Line]:
    """Go through the checks; one that fails stops only those that need what it looked at."""
    yield Line("settings", True, f"time zone {settings.timezone}, {len(settings.admin_ids)} owners")
    if not settings.admin_ids:
        yield Line("owners", True, "none: HOMEWARD_ADMIN_IDS is empty, so nobody can correct the ledger in Telegram")
    try:
        async with open_core(settings, clock) as core:
            await core.database.check()
            ledger = await core.ledger.get()
            told = f"version {ledger.version}, {len(ledger.rounds)} rounds, {len(ledger.claims)} claims"
            yield Line("database", True, told)
            if online:
                yield await _bot_api(settings)
                async for line in _feeds(core):
                    yield line
    except StorageError as error:
        yield Line("database", False, str(error))


async def _bot_api(settings: Settings) -> Line:
    if settings.telegram_token is None:
        return Line("Bot API", True, "not asked: HOMEWARD_TELEGRAM_TOKEN is not set")
    from bot.running import ask_who_we_are

    try:
        return Line("Bot API", True, f"this is @{await ask_who_we_are(settings)}")
    except SettingsError as error:
        return Line("Bot API", False, str(error))


async def _feeds(core: Core) -> AsyncIterator[Line]:
    async def tell(_: Notice) -> None:
        """Nobody is told of a check."""

    async with open_poller(core, notify_admins=tell) as poller:
        for feed in await core.database.feeds.feeds():
            if not feed.enabled:
                continue
            try:
                trial = await poller.test_feed(feed.url)
                yield Line(feed.url, True, f"{trial.format}, {trial.count} items")
            except FetchError as error:
                yield Line(feed.url, False, str(error))
