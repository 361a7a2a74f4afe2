"""The whole Telegram side in one process: a loopback Bot API, a real database, the real handlers."""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.services.ask import Asker
from bot.services.current import CurrentLedger
from handlers.application import App, build_application
from handlers.request import BotApiRequest
from handlers.services import Services
from storage.database import Database, open_database
from tests.botapi import BotApiServer, Message

#: When these tests take place: Kyiv says 6,057 and Moscow 6,060 about the week before.
NOW = dt.datetime(2025, 6, 20, 12, 0, tzinfo=dt.UTC)
KYIV = ZoneInfo("Europe/Kyiv")
OWNER = 900


class SetClock:
    """A clock that is moved by hand."""

    def __init__(self, instant: dt.datetime) -> None:
        self.instant = instant

    def now(self) -> dt.datetime:
        return self.instant


class Homeward:
    """The bot, started and stopped as often as a test needs it, on one database."""

    def __init__(
        self, telegram: BotApiServer, url: str, extras: Callable[[Self], Mapping[str, Any]] | None = None
    ) -> None:
        """Remember where everything is; `extras` are further services, made once the database is open."""
        self.telegram = telegram
        self._extras = extras
        self.clock = SetClock(NOW)
        self.application: App
        self.database: Database
        self.services: Services
        self._url = url
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start it on whatever the database holds."""
        self.database = await self._open.enter_async_context(await open_database(self._url))
        ledger = CurrentLedger(self.database.ledger, elapsed=asyncio.get_running_loop().time)
        self.services = Services(
            asker=Asker(ledger, self.database.refs, clock=self.clock, timezone=KYIV),
            ledger=ledger,
            store=self.database.ledger,
            chats=self.database.chats,
            subscriptions=self.database.subscriptions,
            reviews=self.database.reviews,
            admins=self.database.admins,
            feeds=self.database.feeds,
            outbox=self.database.outbox,
            clock=self.clock,
            timezone=KYIV,
            owners=frozenset({OWNER}),
            **(self._extras(self) if self._extras else {}),
        )
        self.application = build_application(
            token=self.telegram.token,
            api_url=self.telegram.url,
            services=self.services,
            request=BotApiRequest(),
            updates_request=BotApiRequest(),
        )
        await self.application.initialize()
        await self.application.bot.delete_webhook()
        self.application.start_polling(seconds=10)

    async def stop(self) -> None:
        """Stop it in order."""
        await self.application.stop()
        await self.application.shutdown()
        await self._open.aclose()

    async def restart(self) -> None:
        """Stop it and start it again."""
        await self.stop()
        await self.start()

    async def settled(self) -> None:
        """Wait until every update that Telegram holds was worked on."""
        await self.telegram.wait_for(lambda: not self.telegram.updates.pending)
        await self.application.settled()

    async def press(self, chat_id: int, label: str, *, user: int | None = None) -> str:
        """Press a button, wait until it was worked on, and return what was said over the chat."""
        query = self.telegram.press(chat_id, label, user=user)
        await self.telegram.wait_for(lambda: query.answer)
        await self.settled()
        assert query.answer is not None
        return str(query.answer["text"])

    async def newest(self, chat_id: int) -> Message:
        """Return the newest message of the bot in a chat, once everything was worked on."""
        await self.settled()
        return self.telegram.shown(chat_id)[-1]
