"""The Telegram application: every handler registered, errors caught, each update worked on once.

Whether updates come by long polling or by webhook is the wiring's to say. An update is read as the JSON that it comes
as: to make objects of it would cost more than to answer it.
"""

import asyncio
import logging
from contextlib import suppress
from typing import Self

from telegram import LinkPreviewOptions
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import BaseRateLimiter, Defaults

from bot.errors import StorageError
from bot.ports import Acquaintance
from handlers import (
    admin,
    admin_add,
    admin_feeds,
    chats,
    evidence,
    exports,
    inline,
    languages,
    pictures,
    privacy,
    questions,
    review,
    subscriptions,
    welcome,
)
from handlers.bot import TelegramBot
from handlers.call import Call
from handlers.dispatch import Dispatcher, make_call
from handlers.fairness import Fairness
from handlers.incoming import Incoming, Json, read_update
from handlers.limiter import Purpose
from handlers.registry import Registry
from handlers.request import BotApiRequest
from handlers.services import Services

logger = logging.getLogger(__name__)

#: What Telegram is asked to send.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "inline_query",
    "callback_query",
    "my_chat_member",
)

#: Seconds before Telegram is asked for updates again after a failure; doubled up to half a minute.
FIRST_RETRY = 1.0
LAST_RETRY = 30.0
#: Seconds beyond the length of a long poll that its answer may take.
READ_SECONDS = 10.0
#: Updates in hand beyond which no more are fetched before half of them are done; Telegram keeps them.
MOST_IN_HAND = 1000


def make_registry() -> Registry:
    """Return every handler of the program; texts are offered to the modules in this order."""
    return Registry(
        admin_add.routes,
        admin.routes,
        admin_feeds.routes,
        review.routes,
        welcome.routes,
        evidence.routes,
        pictures.routes,
        exports.routes,
        subscriptions.routes,
        languages.routes,
        privacy.routes,
        inline.routes,
        chats.routes,
        questions.routes,
    )


class App:
    """The bot at Telegram and what it does with updates; as a context it is initialized and shut down."""

    def __init__(self, bot: TelegramBot, services: Services) -> None:
        """Keep them; nothing is asked of Telegram yet."""
        self.bot = bot
        self.services = services
        self._dispatcher = Dispatcher(make_registry(), services)
        self._fairness = Fairness()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._polling: asyncio.Task[None] | None = None
        #: What is to be asked for next; 0 before the first update.
        self._offset = 0

    async def __aenter__(self) -> Self:
        """Learn from Telegram who we are."""
        await self.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every connection."""
        await self.shutdown()

    async def initialize(self) -> None:
        """Learn from Telegram who we are.

        Raises:
            TelegramError: it does not answer, or refuses the token (InvalidToken).
        """
        await self.bot.initialize()

    async def shutdown(self) -> None:
        """Close every connection."""
        await self.bot.shutdown()

    def start_polling(self, *, seconds: int) -> None:
        """Ask Telegram for updates from now on and have them worked on.

        Args:
            seconds: Of silence after which a long poll ends.
        """
        self._polling = asyncio.create_task(self._poll(seconds), name="updates")

    async def stop(self) -> None:
        """Ask for no more, finish what is in hand, and tell Telegram what that was."""
        polling, self._polling = self._polling, None
        if polling is not None:
            polling.cancel()
            with suppress(asyncio.CancelledError):
                await polling
        await self.settled()
        if polling is not None and self._offset:
            with suppress(TelegramError):
                await self.bot.updates({"offset": self._offset, "limit": 1, "timeout": 0})

    async def settled(self) -> None:
        """Wait until nothing is in hand."""
        while self._in_hand:
            await asyncio.wait(self._in_hand)

    async def _poll(self, seconds: int) -> None:
        wait = FIRST_RETRY
        asked = {"timeout": seconds, "allowed_updates": list(ALLOWED_UPDATES)}
        while True:
            try:
                offset = {"offset": self._offset} if self._offset else {}
                updates = await self.bot.updates({**asked, **offset}, seconds=seconds + READ_SECONDS)
            except TimedOut:
                continue
            except TelegramError as error:
                if isinstance(error, Conflict):
                    logger.warning("another process takes the updates")
                else:
                    logger.warning("updates could not be fetched", extra={"error": str(error), "again_in": wait})
                await asyncio.sleep(_patience(error, wait))
                wait = min(wait * 2, LAST_RETRY)
                continue
            wait = FIRST_RETRY
            for update in updates:
                self._offset = update["update_id"] + 1
                self._take(update)
            if len(self._in_hand) >= MOST_IN_HAND:
                self._room.clear()
                await self._room.wait()

    def _take(self, update: Json) -> None:
        task = asyncio.create_task(self.work_on(update))
        self._in_hand.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._in_hand.discard(task)
        if len(self._in_hand) <= MOST_IN_HAND // 2:
            self._room.set()

    async def work_on(self, update: Json) -> None:
        """Handle one update in its turn, once; what goes wrong is caught here, and said to whoever asked."""
        try:
            incoming = read_update(update, bot_id=self.bot.id, username=self.bot.username)
        except (KeyError, TypeError, ValueError, AttributeError):
            logger.warning("an update could not be read")
            return
        if incoming is not None:
            number = update["update_id"]
            await self._fairness.run(incoming.user_id, incoming.chat_id, lambda: self._handle(number, incoming))

    async def _handle(self, number: int, incoming: Incoming) -> None:
        call = make_call(incoming, Acquaintance(), self.services, self.bot)
        try:
            if incoming.what == "inline":  # a question that is being typed is not worth remembering
                call = make_call(incoming, await self._met(incoming), self.services, self.bot)
                await self._dispatcher.dispatch(call)
                return
            try:
                met = await self._begin(number, incoming)
            except StorageError:
                logger.exception("updates could not be told apart, nor chats")
                await self._dispatcher.dispatch(call)
                return
            if met is not None:
                call = make_call(incoming, met, self.services, self.bot)
                await self._once(number, call)
        except Exception as error:
            await self._apologise(call, error)

    async def _begin(self, number: int, incoming: Incoming) -> Acquaintance | None:
        now = self.services.clock.now()
        return await self.services.chats.begin_update(number, incoming.chat_id, incoming.user_id, now=now)

    async def _met(self, incoming: Incoming) -> Acquaintance:
        try:
            now = self.services.clock.now()
            return await self.services.chats.meet(incoming.chat_id, incoming.user_id, now=now)
        except StorageError:
            logger.exception("a chat's settings could not be read")
            return Acquaintance()

    async def _once(self, number: int, call: Call) -> None:
        """Work on an update that was taken on, and remember it.

        Telegram repeats one where it doubts that it arrived. What was cut off in the middle is worked on again.
        """
        handled = True
        try:
            await self._dispatcher.dispatch(call)
        except asyncio.CancelledError:
            handled = False
            raise
        finally:
            talk = call.talk[-1] if call.talk else None
            try:
                now = self.services.clock.now()
                await self.services.chats.end_update(number, at=now, handled=handled, talk=talk)
            except StorageError:
                logger.exception("an update could not be remembered")

    async def _apologise(self, call: Call, error: Exception) -> None:
        """Log what went wrong; whoever asked gets a short word in their language and never a trace."""
        if isinstance(error, Forbidden):
            logger.info("a chat has closed itself to the bot")
            return
        logger.error("an update could not be handled", exc_info=error)
        lost = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
        if lost or call.incoming.what not in ("command", "text", "button"):
            return
        try:
            if call.incoming.what == "button":
                await call.toast(call.word("sorry"), alert=True)
            else:
                await call.say("sorry")
        except Exception:
            logger.exception("not even an apology could be sent")


def build_application(
    *,
    token: str,
    api_url: str,
    services: Services,
    request: BotApiRequest,
    updates_request: BotApiRequest,
    rate_limiter: BaseRateLimiter[Purpose] | None = None,
) -> App:
    """Return the application, not yet started.

    Args:
        token: The bot's.
        api_url: Root of the Bot API server, without a slash at its end.
        services: What handlers may use.
        request: For everything but updates.
        updates_request: For long polling, whose requests take long.
        rate_limiter: Keeps Telegram's limits.
    """
    bot = TelegramBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=request,
        get_updates_request=updates_request,
        defaults=Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)),
        rate_limiter=rate_limiter,
    )
    return App(bot, services)


def _patience(error: TelegramError, wait: float) -> float:
    if not isinstance(error, RetryAfter):
        return wait
    return error.retry_after if isinstance(error.retry_after, int) else error.retry_after.total_seconds()
