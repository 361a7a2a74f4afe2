"""Updates by webhook: an address that only Telegram knows how to call, behind a proxy that ends TLS."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, Update

from bot.config import Settings

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: An update is far smaller.
MAX_BYTES = 1 << 20


def webhook_secret(settings: Settings) -> str:
    """Return what Telegram shows with each call: the setting, or one made of the token, so that replicas agree."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    assert settings.telegram_token is not None
    return hmac.new(settings.telegram_token.get_secret_value().encode(), b"webhook", hashlib.sha256).hexdigest()


@asynccontextmanager
async def listening(settings: Settings, bot: Bot, updates: "asyncio.Queue[object]") -> AsyncIterator[None]:
    """Take updates while the block lasts, and put them into the queue; each call is acknowledged at once."""
    assert settings.webhook_url is not None
    secret = webhook_secret(settings).encode()

    async def take(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret):
            return web.Response(status=403)
        try:
            record = json.loads(await request.read())
            update = Update.de_json(record, bot)
        except (ValueError, TypeError, KeyError):
            logger.warning("an update could not be read")
            return web.Response(status=400)
        await updates.put(update)
        return web.Response()

    app = web.Application(client_max_size=MAX_BYTES)
    app.add_routes([web.post(urlsplit(settings.webhook_url).path or "/", take)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.webhook_listen, settings.webhook_port).start()
        yield
    finally:
        await runner.cleanup()
