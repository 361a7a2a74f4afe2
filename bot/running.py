"""The bot as a process: Telegram, the scheduler and delivery, started together and stopped cleanly.

What a process does is its roles. Polling and delivery are led: of many processes on one PostgreSQL database one polls
and one delivers at a time, and another takes over within seconds when it dies.
"""

import asyncio
import datetime as dt
import importlib
import logging
import os
import secrets
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from telegram.error import InvalidToken, TelegramError

from bot.answering import BAD_TOKEN, LONG_POLL, Answering
from bot.app import Core, make_moderation, make_poller, open_core, open_feed_client
from bot.config import Settings
from bot.domain.feed_health import Notice
from bot.errors import Outcome, SettingsError, StorageError
from bot.feeds.defaults import default_feeds
from bot.leads import at_rest, first_of, keep_leading, unless
from bot.logs import heard_by
from bot.memory import settle_memory
from bot.owners import Owners
from bot.ports import Clock, FeedReader
from bot.rendering.moderation import notice_words
from bot.rendering.rich import plain
from bot.services.deliver import LEASE, Deliverer
from bot.services.tell import Teller
from bot.shares import keep_share
from handlers.application import App, build_application
from handlers.limiter import Limiter, Rates
from handlers.request import BotApiRequest
from handlers.sender import TelegramSender
from handlers.services import Services

if TYPE_CHECKING:
    from bot.metrics import Metrics, Readings

logger = logging.getLogger(__name__)

#: Seconds that everything together may take to stop.
STOP_SECONDS = 8.0
#: Seconds after which whoever delivered before has stopped: longer than its attempts have at the end.
HANDOVER = 6.0
NO_TOKEN = "it is not set; get a token from @BotFather and put it into the environment or into .env"


async def run_bot(settings: Settings, clock: Clock, *, roles: Collection[str]) -> None:
    """Run until SIGTERM or SIGINT.

    Raises:
        SettingsError: the token or another setting is missing or refused, or a port is taken.
        StorageError: the database cannot be opened.
    """
    if settings.telegram_token is None:
        raise SettingsError("HOMEWARD_TELEGRAM_TOKEN", NO_TOKEN)
    if settings.webhook_url is not None:
        from bot.webhook import webhook_secret

        webhook_secret(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with AsyncExitStack() as stack:
            metrics = stack.enter_context(heard_by(_make_metrics())) if settings.metrics_port else None
            core = await unless(stop, stack.enter_async_context(open_core(settings, clock)))
            if core is not None:
                client = await stack.enter_async_context(open_feed_client(settings))
                await _Bot(core, client, metrics, stop).run(frozenset(roles))
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
    logger.info("stopped")


async def ask_who_we_are(settings: Settings) -> str:
    """Return the bot's name as the Bot API gives it.

    Raises:
        SettingsError: the token is refused, or the Bot API does not answer.
    """
    from telegram import Bot

    assert settings.telegram_token is not None
    bot = Bot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        request=BotApiRequest(),
        get_updates_request=BotApiRequest(),
    )
    with _told_as_settings():
        async with bot:
            return bot.username


@contextmanager
def _told_as_settings() -> Iterator[None]:
    """Turn what Telegram raises into the name of the setting to look at."""
    try:
        yield
    except InvalidToken:
        raise SettingsError("HOMEWARD_TELEGRAM_TOKEN", BAD_TOKEN) from None
    except TelegramError as error:
        raise SettingsError("HOMEWARD_TELEGRAM_API_URL", f"the Bot API does not answer: {error}") from None


async def poll_once(core: Core, *, report: Callable[[str], None]) -> None:
    """Poll every due feed once, deliver what is due, and end; without a token nothing is delivered.

    Raises:
        SettingsError: the token is refused, or the Bot API does not answer; what is due waits.
    """

    async def tell(notice: Notice) -> None:
        report(plain(notice_words("en", notice)))

    await core.ledger.get()
    async with open_feed_client(core.settings) as client:
        for polled in await make_poller(core, client, notify_admins=tell).poll_due():
            what = polled.error or ("unchanged" if polled.unchanged else f"{len(polled.decisions)} new items")
            report(f"{polled.feed.name}: {what}")
        if core.settings.telegram_token is None:
            report("Nothing is delivered: HOMEWARD_TELEGRAM_TOKEN is not set.")
            return
        outcomes = await _Bot(core, client, None, asyncio.Event()).deliver_once()
    report(f"Delivered: {outcomes['sent']}, other outcomes: {outcomes.total() - outcomes['sent']}")


class _Bot:
    """Everything of one process, wired."""

    def __init__(self, core: Core, client: FeedReader, metrics: "Metrics | None", stop: asyncio.Event) -> None:
        settings = core.settings
        assert settings.telegram_token is not None
        self.core = core
        self.metrics = metrics
        self.stop = stop
        self.ready = False
        self._wakes: set[Callable[[], None]] = set()
        self._renewals: set[asyncio.Task[None]] = set()
        self._requests = (BotApiRequest(), BotApiRequest(connections=2, read_timeout=LONG_POLL + 10))
        self.poller = make_poller(core, client, notify_admins=self._feed_changed)
        self.limiter = Limiter(
            Rates(
                overall=settings.sends_per_second,
                chat=settings.chat_sends_per_second,
                group=settings.group_sends_per_minute,
            )
        )
        self.application: App = build_application(
            token=settings.telegram_token.get_secret_value(),
            api_url=settings.telegram_api_url,
            services=self._services(client),
            request=self._requests[0],
            updates_request=self._requests[1],
            rate_limiter=self.limiter,
        )
        self.answering = Answering(self.application, settings, stop)
        self.sender = TelegramSender(self.application.bot)
        self.owners = Owners(core, make_moderation(core), self.sender)

    def _services(self, client: FeedReader) -> Services:
        core, database = self.core, self.core.database
        return Services(
            asker=core.asker,
            ledger=core.ledger,
            store=database.ledger,
            chats=database.chats,
            subscriptions=database.subscriptions,
            reviews=database.reviews,
            admins=database.admins,
            feeds=database.feeds,
            outbox=database.outbox,
            clock=core.clock,
            timezone=core.timezone,
            owners=frozenset(core.settings.admin_ids),
            reader=client,
            poller=self.poller,
            default_feeds=default_feeds(),
            backup=database.backup,
            last_backup=lambda: _last_backup(core.settings),
            two_persons=core.settings.review_two_persons,
            wake=self._wake,
        )

    async def _feed_changed(self, notice: Notice) -> None:
        await self.owners.feed_changed(notice)

    def deliverer(self, owner: str | None = None) -> Deliverer:
        core = self.core
        teller = Teller(
            core.ledger,
            clock=core.clock,
            timezone=core.timezone,
            username=lambda: self.application.bot.username,
        )
        return Deliverer(
            outbox=core.database.outbox,
            sender=self.sender,
            render=teller.message,
            clock=core.clock,
            owner=owner or _new_owner(),
        )

    async def deliver_once(self) -> Counter[Outcome]:
        """Deliver what is due, and return what it came to.

        Raises:
            SettingsError: the token is refused, or the Bot API does not answer.
        """
        async with AsyncExitStack() as stack:
            for request in self._requests:
                stack.push_async_callback(request.shutdown)
            with _told_as_settings():
                await stack.enter_async_context(self.application)
            return await self.deliverer().deliver_due()

    async def run(self, roles: frozenset[str]) -> None:
        """Start what the roles say, wait for the end, and stop it in good order.

        Raises:
            SettingsError: a port is taken, or Telegram refuses the token, also later, or the webhook.
        """
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._seen_from_outside())
            for request in self._requests:
                # Also where Telegram was never reached.
                stack.push_async_callback(request.shutdown)
            if not await self.answering.reach():
                return
            stack.push_async_callback(self.application.shutdown)
            stack.push_async_callback(at_rest, self._renewals)
            await stack.enter_async_context(self.core.database.listen_versions(self._renew))
            answering = asyncio.Event()
            parts = {
                asyncio.create_task(keep_leading(role, work, database=self.core.database, stop=self.stop), name=role)
                for role, work in (("deliver", self._deliver), ("poll", self._poll))
                if role in roles
            }
            parts.add(asyncio.create_task(self._keep_share(), name="share"))
            parts.add(asyncio.create_task(self.answering.keep_known(), name="token"))
            if "answer" in roles:
                parts.add(asyncio.create_task(self.answering.answer(answering), name="answer"))
            else:
                answering.set()
            ended = asyncio.create_task(self._ended(parts))
            await unless(self.stop, answering.wait())
            if not self.stop.is_set():
                settle_memory()
                self.ready = True
                logger.info("started", extra={"roles": sorted(roles), "bot": self.application.bot.username})
            await ended

    async def _keep_share(self) -> None:
        await keep_share(self.limiter, database=self.core.database, delivers=lambda: bool(self._wakes), stop=self.stop)

    async def _ended(self, parts: set["asyncio.Task[None]"]) -> None:
        """Wait for the end, or for a part that fails, and end all of them.

        Raises:
            Exception: what the part failed with.
        """
        watch = asyncio.create_task(self.stop.wait())
        await asyncio.wait({watch, *parts}, return_when=asyncio.FIRST_COMPLETED)
        self.ready = False
        self.stop.set()
        logger.info("stopping")
        done, late = await asyncio.wait(parts, timeout=STOP_SECONDS)
        if late:
            logger.warning("not everything ended in time", extra={"parts": sorted(task.get_name() for task in late)})
            await at_rest(late)
        for task in done:
            task.result()

    async def _deliver(self, lost: asyncio.Event) -> None:
        owner, shared = _new_owner(), self.core.settings.shares_database
        deliverer = self.deliverer(owner)
        deliverer.start()
        self._wakes.add(deliverer.wake)
        try:
            await first_of(self.stop, lost, seconds=HANDOVER if shared else 0)
            if not (self.stop.is_set() or lost.is_set()):
                await self._inherit(owner)
                deliverer.wake()
            await first_of(self.stop, lost)
        finally:
            self._wakes.discard(deliverer.wake)
            await deliverer.stop()

    async def _inherit(self, owner: str) -> None:
        """Take over what whoever delivered before had under way."""
        now = self.core.clock.now()
        until = now - dt.timedelta(seconds=HANDOVER) + LEASE if self.core.settings.shares_database else None
        try:
            inherited = await self.core.database.outbox.inherit(owner, now=now, until=until)
        except StorageError as error:
            logger.warning("what was under way waits until it is due", extra={"error": str(error)})
        else:
            logger.info("deliveries taken over", extra={"deliveries": inherited})

    async def _poll(self, lost: asyncio.Event) -> None:
        from bot.schedule import scheduled

        # Beside the loop, before the first item is read: it would stand still for it.
        await asyncio.to_thread(importlib.import_module, "bot.language.reports.reader")
        async with scheduled(self.core, self.poller, remind=self.owners.remind, wake=self._wake):
            await first_of(self.stop, lost)

    def _wake(self) -> None:
        for wake in self._wakes:
            wake()

    def _renew(self, _version: int) -> None:
        """Somebody changed the ledger: read it again, and look into the outbox."""
        renewal = asyncio.create_task(self._read_ledger())
        self._renewals.add(renewal)
        renewal.add_done_callback(self._renewals.discard)
        self._wake()

    async def _read_ledger(self) -> None:
        try:
            await self.core.ledger.refresh()
        except StorageError as error:
            logger.warning("the ledger could not be read", extra={"error": str(error)})

    @asynccontextmanager
    async def _seen_from_outside(self) -> AsyncIterator[None]:
        if self.metrics is None:
            yield
            return
        from bot.metrics import served

        port = self.core.settings.metrics_port
        async with served(self.metrics, port=port, read=self._readings, ready=lambda: self.ready):
            yield

    async def _readings(self) -> "Readings":
        from bot.metrics import Readings

        database = self.core.database
        counts = await database.outbox.counts(self.core.clock.now())
        feeds: dict[str, int] = {}
        for feed in await database.feeds.feeds():
            health = feed.health if feed.enabled else "off"
            feeds[health] = feeds.get(health, 0) + 1
        return Readings(
            ledger_version=await database.ledger.version(),
            deliveries={state: counts.get(state, 0) for state in ("pending", "leased", "sent", "dead")},
            queue_seconds=counts.get("oldest_seconds", 0),
            feeds=feeds,
            reviews=len(await database.reviews.waiting(limit=1000)),
        )


def _make_metrics() -> "Metrics":
    from bot.metrics import Metrics  # most bots are watched by their logs

    return Metrics()


def _last_backup(settings: Settings) -> dt.datetime | None:
    from bot.schedule import last_backup

    return last_backup(settings)


def _new_owner() -> str:
    """Name one stretch of delivering, for its leases."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
