"""Updates by webhook: an address that only Telegram knows how to call, behind a proxy that ends TLS.

An update is acknowledged when it has been worked on. Until then Telegram keeps it, and brings it to another process
where this one dies; so nothing of what people write has to be stored. Only what takes long, such as an answer that
waits for Telegram's limits, is acknowledged before.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.config import Settings
from bot.errors import SettingsError
from bot.leads import at_rest
from bot.serving import serving

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: An update is far smaller.
MAX_BYTES = 1 << 20
#: Connections that Telegram may hold at once, the most that it takes.
MAX_CONNECTIONS = 100
#: Seconds after which an update is acknowledged though it is still being worked on, so that a few slow answers do not
#: hold every connection.
ACKNOWLEDGED_AFTER = 10.0
#: Seconds that answers under way have at the end; Telegram brings anew what is cut off then.
GRACE = 5.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def webhook_secret(settings: Settings) -> str:
    """Return what Telegram shows with each call: the setting, or one made of the token, so that replicas agree.

    Raises:
        SettingsError: it is one that Telegram does not take.
    """
    if settings.webhook_secret is not None:
        secret = settings.webhook_secret.get_secret_value()
        if not _SECRET.fullmatch(secret):
            raise SettingsError("HOMEWARD_WEBHOOK_SECRET", "it must be 1 to 256 letters, digits, _ and - of ASCII")
        return secret
    assert settings.telegram_token is not None
    return hmac.new(settings.telegram_token.get_secret_value().encode(), b"webhook", hashlib.sha256).hexdigest()


@asynccontextmanager
async def listening(settings: Settings, work_on: Callable[[Mapping[str, Any]], Awaitable[None]]) -> AsyncIterator[None]:
    """Take updates while the block lasts.

    Raises:
        SettingsError: the port is not to be had.
    """
    assert settings.webhook_url is not None
    secret = webhook_secret(settings).encode()
    under_way: set[asyncio.Task[None]] = set()

    async def take(request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(shown, secret):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except ValueError:
            update = None
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            logger.warning("an update could not be read")
            return web.Response(status=400)
        task = asyncio.ensure_future(work_on(update))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        await asyncio.wait([task], timeout=ACKNOWLEDGED_AFTER)
        return web.Response(status=500 if task.cancelled() else 200)

    app = web.Application(client_max_size=MAX_BYTES)
    app.add_routes([web.post(urlsplit(settings.webhook_url).path or "/", take)])
    try:
        async with serving(app, settings.webhook_listen, settings.webhook_port, "HOMEWARD_WEBHOOK_PORT", grace=GRACE):
            yield
    finally:
        await at_rest(under_way)
