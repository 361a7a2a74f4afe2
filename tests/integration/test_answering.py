"""What becomes of a bot whose token is revoked while it runs."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import SecretStr
from telegram.ext import ExtBot

from bot import answering
from bot.answering import Answering
from bot.config import Settings
from bot.errors import SettingsError
from handlers.request import BotApiRequest
from tests.botapi import BotApiServer

REFUSED: dict[str, Any] = {"kind": "refuse", "method": "getMe", "code": 401, "description": "Unauthorized"}


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "TOKEN_SECONDS", 0.01)
    monkeypatch.setattr(answering, "AGAIN", 0.01)


async def keep_known(telegram: BotApiServer, stop: asyncio.Event) -> None:
    bot: ExtBot[Any] = ExtBot(telegram.token, base_url=f"{telegram.url}/bot", request=BotApiRequest())
    settings = Settings(telegram_token=SecretStr(telegram.token))
    async with bot:
        await Answering(cast("Any", SimpleNamespace(bot=bot)), settings, stop).keep_known()


async def test_revoked_token_ends_the_bot_and_is_named() -> None:
    async with BotApiServer() as telegram:
        telegram.script(after=1, times=-1, **REFUSED)  # it was known when the bot began
        with pytest.raises(SettingsError, match="does not know this token") as caught:
            await keep_known(telegram, asyncio.Event())
    assert caught.value.variable == "HOMEWARD_TELEGRAM_TOKEN"


async def test_mishap_of_telegram_ends_nothing() -> None:
    stop = asyncio.Event()
    async with BotApiServer() as telegram:
        telegram.script(after=1, times=2, **REFUSED)
        running = asyncio.create_task(keep_known(telegram, stop))
        await telegram.wait_for(lambda: len(telegram.calls("getMe")) > 5 or running.done())
        stop.set()
        await running
