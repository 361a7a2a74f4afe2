"""How updates come to be answered: Telegram reached, asked for them or let bring them, until the end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.config import Settings
from bot.errors import SettingsError
from bot.leads import at_rest, first_of, unless
from handlers.application import ALLOWED_UPDATES, App
from handlers.menu import publish_menu

logger = logging.getLogger(__name__)

#: Seconds of silence after which a long poll ends.
LONG_POLL = 25
#: Seconds before Telegram is tried again; doubled up to a minute.
FIRST_RETRY = 1.0
LAST_RETRY = 60.0
#: Seconds between two looks at whether Telegram still knows the token; after a refusal; and refusals in a row that are
#: no mishap of Telegram's.
TOKEN_SECONDS = 60.0
AGAIN = 5.0
SURELY_REFUSED = 3
BAD_TOKEN = "Telegram does not know this token; look it up at @BotFather"


class Answering:
    """Brings Telegram and the application together, for as long as the process runs."""

    def __init__(self, application: App, settings: Settings, stop: asyncio.Event) -> None:
        self._application = application
        self._settings = settings
        self._stop = stop

    async def reach(self) -> bool:
        """Learn from Telegram who we are, however long it takes; False where the end came first.

        Raises:
            SettingsError: the token is refused.
        """
        return await self._until_answered(self._application.initialize)

    async def _until_answered(self, ask: Callable[[], Awaitable[object]]) -> bool:
        """Ask Telegram for something until it answers; False where the end came first.

        Raises:
            SettingsError: the token is refused.
            BadRequest: what was asked for is.
        """
        wait = FIRST_RETRY
        while not self._stop.is_set():
            try:
                await unless(self._stop, ask())
            except InvalidToken:
                raise SettingsError("HOMEWARD_TELEGRAM_TOKEN", BAD_TOKEN) from None
            except BadRequest:
                raise
            except TelegramError as error:
                logger.warning("Telegram does not answer", extra={"error": str(error), "again_in": wait})
                await first_of(self._stop, seconds=wait)
                wait = min(wait * 2, LAST_RETRY)
            else:
                return not self._stop.is_set()
        return False

    async def keep_known(self) -> None:
        """Look now and then whether Telegram still knows the token, until the end.

        Raises:
            SettingsError: it was revoked; what waits is delivered under the next one.
        """
        refused = 0
        while not self._stop.is_set():
            await first_of(self._stop, seconds=AGAIN if refused else TOKEN_SECONDS)
            try:
                await unless(self._stop, self._application.bot.get_me())
            except InvalidToken:
                refused += 1
                if refused == SURELY_REFUSED:
                    raise SettingsError("HOMEWARD_TELEGRAM_TOKEN", BAD_TOKEN) from None
            except TelegramError:
                continue  # whoever needs Telegram says so
            else:
                refused = 0

    async def answer(self, begun: asyncio.Event) -> None:
        """Answer until the end; the event is set when updates can come.

        Raises:
            SettingsError: the port of the webhook is taken, or Telegram refuses its address.
        """
        application = self._application
        taking = self._polling() if self._settings.webhook_url is None else self._hooked()
        try:
            async with taking:
                begun.set()
                menu = asyncio.create_task(publish_menu(application.bot, application.services))
                await self._stop.wait()
                await at_rest({menu})
        finally:
            await application.stop()

    @asynccontextmanager
    async def _polling(self) -> AsyncIterator[None]:
        """Ask for updates while the block lasts."""
        if await self._until_answered(self._application.bot.delete_webhook):
            self._application.start_polling(seconds=LONG_POLL)
        yield

    @asynccontextmanager
    async def _hooked(self) -> AsyncIterator[None]:
        """Let Telegram bring updates while the block lasts; other replicas stand behind the same address after it."""
        from bot.webhook import MAX_CONNECTIONS, listening, webhook_secret  # most bots poll

        application, settings = self._application, self._settings
        url, secret = settings.webhook_url, webhook_secret(settings)
        assert url is not None

        async def hook() -> None:
            await application.bot.set_webhook(
                url,
                secret_token=secret,
                max_connections=MAX_CONNECTIONS,
                allowed_updates=list(ALLOWED_UPDATES),
            )

        async with listening(settings, application.work_on):
            try:
                await self._until_answered(hook)
            except BadRequest as error:
                raise SettingsError("HOMEWARD_WEBHOOK_URL", f"Telegram refuses it: {error.message}") from None
            yield
