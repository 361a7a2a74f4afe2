"""The bot as a process: Telegram, the scheduler and delivery, started together and stopped cleanly.

What a process does is its roles. Polling and delivery are led: of many processes on one PostgreSQL database one polls
and one delivers at a time, and another takes over within seconds when it dies.
"""

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager

from telegram.error import InvalidToken, TelegramError

from bot.app import Core, make_moderation, make_poller, open_core, open_feed_client
from bot.config import Settings
from bot.domain.feed_health import Notice
from bot.errors import SettingsError
from bot.metrics import Metrics, Readings, served
from bot.owners import Owners
from bot.ports import Clock, FeedReader
from bot.schedule import last_backup, scheduled
from bot.services.deliver import Deliverer
from bot.services.tell import Teller
from bot.webhook import listening, webhook_secret
from handlers.application import ALLOWED_UPDATES, App, build_application
from handlers.limiter import Limiter, Rates
from handlers.menu import publish_menu
from handlers.request import AiohttpRequest
from handlers.sender import TelegramSender
from handlers.services import Services

logger = logging.getLogger(__name__)

#: Seconds of silence after which a long poll ends, and that are waited for its answer beyond that.
LONG_POLL = 25
#: Seconds that everything together may take to stop.
STOP_SECONDS = 9.0
#: Seconds before Telegram is tried again at the start; doubled up to a minute.
FIRST_RETRY = 1.0
NO_TOKEN = "it is not set; get a token from @BotFather and put it into the environment or into .env"
BAD_TOKEN = "Telegram does not know this token; look it up at @BotFather"


async def run_bot(settings: Settings, clock: Clock, *, roles: Collection[str]) -> None:
    """Run until SIGTERM or SIGINT.

    Raises:
        SettingsError: the token is missing or refused.
        StorageError: the database cannot be opened.
    """
    if settings.telegram_token is None:
        raise SettingsError("HOMEWARD_TELEGRAM_TOKEN", NO_TOKEN)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    metrics = Metrics()
    logging.getLogger().addHandler(metrics)
    try:
        async with open_core(settings, clock) as core, open_feed_client(settings) as client:
            await _Bot(core, client, metrics, stop).run(frozenset(roles))
    finally:
        logging.getLogger().removeHandler(metrics)
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
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        async with bot:
            return bot.username
    except InvalidToken:
        raise SettingsError("HOMEWARD_TELEGRAM_TOKEN", BAD_TOKEN) from None
    except TelegramError as error:
        raise SettingsError("HOMEWARD_TELEGRAM_API_URL", f"the Bot API does not answer: {error}") from None


async def poll_once(core: Core, *, report: Callable[[str], None]) -> None:
    """Poll every due feed once, deliver what is due, and end; without a token nothing is delivered."""

    async def tell(notice: Notice) -> None:
        report(f"{notice.name}: {notice.key}")

    await core.ledger.get()
    async with open_feed_client(core.settings) as client:
        for polled in await make_poller(core, client, notify_admins=tell).poll_due():
            what = polled.error or ("unchanged" if polled.unchanged else f"{len(polled.decisions)} new items")
            report(f"{polled.feed.name}: {what}")
        if core.settings.telegram_token is None:
            report("Nothing is delivered: HOMEWARD_TELEGRAM_TOKEN is not set.")
            return
        bot = _Bot(core, client, Metrics(), asyncio.Event())
        await bot.application.initialize()
        try:
            outcomes = await bot.deliverer().deliver_due()
        finally:
            await bot.application.shutdown()
    report(f"Delivered: {outcomes['sent']}, other outcomes: {outcomes.total() - outcomes['sent']}")


class _Bot:
    """Everything of one process, wired."""

    def __init__(self, core: Core, client: FeedReader, metrics: Metrics, stop: asyncio.Event) -> None:
        settings = core.settings
        assert settings.telegram_token is not None
        self.core = core
        self.metrics = metrics
        self.stop = stop
        self.ready = False
        self._wakes: set[Callable[[], None]] = set()
        self._requests = (AiohttpRequest(), AiohttpRequest(connections=2, read_timeout=LONG_POLL + 10))
        self.poller = make_poller(core, client, notify_admins=self._feed_changed)
        self.application: App = build_application(
            token=settings.telegram_token.get_secret_value(),
            api_url=settings.telegram_api_url,
            services=self._services(client),
            request=self._requests[0],
            updates_request=self._requests[1],
            rate_limiter=Limiter(
                Rates(
                    overall=settings.sends_per_second,
                    chat=settings.chat_sends_per_second,
                    group=settings.group_sends_per_minute,
                )
            ),
        )
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
            refs=database.refs,
            clock=core.clock,
            timezone=core.timezone,
            owners=frozenset(core.settings.admin_ids),
            reader=client,
            poller=self.poller,
            backup=database.backup,
            last_backup=lambda: last_backup(core.settings),
            two_persons=core.settings.review_two_persons,
            wake=self._wake,
        )

    async def _feed_changed(self, notice: Notice) -> None:
        await self.owners.feed_changed(notice)

    def deliverer(self, owner: str | None = None) -> Deliverer:
        core = self.core
        teller = Teller(core.ledger, clock=core.clock, timezone=core.timezone)
        return Deliverer(
            outbox=core.database.outbox,
            sender=self.sender,
            render=teller.message,
            clock=core.clock,
            owner=owner or _new_owner(),
        )

    async def run(self, roles: frozenset[str]) -> None:
        """Start what the roles say, wait for the end, and stop it in good order."""
        async with AsyncExitStack() as stack:
            for request in self._requests:
                # Also where Telegram was never reached.
                stack.push_async_callback(request.shutdown)
            if not await self._connect():
                return
            stack.push_async_callback(self.application.shutdown)
            await stack.enter_async_context(self._seen_from_outside())
            await stack.enter_async_context(self.core.database.listen_versions(self._renew))
            leading = [
                asyncio.create_task(self._lead(role, work), name=role)
                for role, work in (("deliver", self._deliver), ("poll", self._poll))
                if role in roles
            ]
            if "answer" in roles:
                await self._start_answering()
            self.ready = True
            logger.info("started", extra={"roles": sorted(roles), "bot": self.application.bot.username})
            watch = asyncio.create_task(self.stop.wait())
            await asyncio.wait([watch, *leading], return_when=asyncio.FIRST_COMPLETED)
            self.ready = False
            self.stop.set()
            logger.info("stopping")
            await self._stop(leading, answering="answer" in roles)

    async def _stop(self, leading: list["asyncio.Task[None]"], *, answering: bool) -> None:
        ends: list[Awaitable[object]] = [*leading]
        if answering:
            ends.append(self._stop_answering())
        try:
            async with asyncio.timeout(STOP_SECONDS):
                results = await asyncio.gather(*ends, return_exceptions=True)
        except TimeoutError:
            logger.warning("not everything ended in time; what was under way is taken up at the next start")
            return
        for result in results:
            if isinstance(result, Exception):
                logger.error("a part of the bot failed", exc_info=result)

    async def _connect(self) -> bool:
        """Reach Telegram, however long it takes; False where the end came first."""
        wait = FIRST_RETRY
        while not self.stop.is_set():
            try:
                await self.application.initialize()
            except InvalidToken:
                raise SettingsError("HOMEWARD_TELEGRAM_TOKEN", BAD_TOKEN) from None
            except TelegramError as error:
                logger.warning("Telegram does not answer", extra={"error": str(error), "again_in": wait})
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.stop.wait(), wait)
                wait = min(wait * 2, 60.0)
            else:
                return True
        return False

    async def _start_answering(self) -> None:
        application, settings = self.application, self.core.settings
        await application.start()
        if settings.webhook_url is None:
            assert application.updater is not None
            await application.updater.start_polling(
                timeout=LONG_POLL, allowed_updates=list(ALLOWED_UPDATES), bootstrap_retries=-1
            )
        else:
            self._webhook = AsyncExitStack()
            await self._webhook.enter_async_context(listening(settings, application.bot, application.update_queue))
            await application.bot.set_webhook(
                settings.webhook_url, secret_token=webhook_secret(settings), allowed_updates=list(ALLOWED_UPDATES)
            )
        self._menu = asyncio.create_task(publish_menu(application.bot))

    async def _stop_answering(self) -> None:
        application = self.application
        self._menu.cancel()
        if self.core.settings.webhook_url is not None:
            await self._webhook.aclose()
        elif application.updater is not None and application.updater.running:
            await application.updater.stop()
        await application.stop()

    async def _lead(self, role: str, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        """Do the work of a role whenever it is this process's turn, until the end."""
        while not self.stop.is_set():
            try:
                async with self._turn(role) as lost:
                    if lost is None:
                        return
                    logger.info("leading", extra={"role": role})
                    await work(lost)
            except Exception:
                logger.exception("a role could not be kept", extra={"role": role})
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.stop.wait(), 1.0)

    @asynccontextmanager
    async def _turn(self, role: str) -> AsyncIterator[asyncio.Event | None]:
        """Wait for the lead in a role; None where the end came first."""
        async with AsyncExitStack() as stack:
            lead = asyncio.ensure_future(stack.enter_async_context(self.core.database.lead(role)))
            ended = asyncio.create_task(self.stop.wait())
            try:
                await asyncio.wait([lead, ended], return_when=asyncio.FIRST_COMPLETED)
            finally:
                ended.cancel()
            if lead.done():
                yield lead.result()
                return
            lead.cancel()
            await asyncio.gather(lead, return_exceptions=True)
            yield None

    async def _until(self, lost: asyncio.Event) -> None:
        """Wait for the end, or for the loss of a lead."""
        waits = [asyncio.create_task(event.wait()) for event in (self.stop, lost)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()

    async def _deliver(self, lost: asyncio.Event) -> None:
        owner = _new_owner()
        if not self.core.settings.shares_database:
            # There is no other process, so whoever held a lease has died.
            await self.core.database.outbox.inherit(owner, now=self.core.clock.now())
        deliverer = self.deliverer(owner)
        deliverer.start()
        self._wakes.add(deliverer.wake)
        try:
            await self._until(lost)
        finally:
            self._wakes.discard(deliverer.wake)
            await deliverer.stop()

    async def _poll(self, lost: asyncio.Event) -> None:
        async with scheduled(self.core, self.poller, remind=self.owners.remind, wake=self._wake):
            await self._until(lost)

    def _wake(self) -> None:
        for wake in self._wakes:
            wake()

    def _renew(self, _version: int) -> None:
        """Somebody changed the ledger: read it again, and look into the outbox."""
        self._renewal = asyncio.ensure_future(self.core.ledger.refresh())
        self._wake()

    @asynccontextmanager
    async def _seen_from_outside(self) -> AsyncIterator[None]:
        port = self.core.settings.metrics_port
        if not port:
            yield
            return
        async with served(self.metrics, port=port, read=self._readings, ready=lambda: self.ready):
            yield

    async def _readings(self) -> Readings:
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


def _new_owner() -> str:
    """Name one stretch of delivering, for its leases."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
