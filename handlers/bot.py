"""Our bot at Telegram: python-telegram-bot's, with a short way for what is asked a thousand times a second."""

from collections.abc import Mapping
from typing import Any

from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from handlers.limiter import Purpose


class TelegramBot(ExtBot[Purpose]):
    """What the handlers talk to."""

    __slots__ = ()

    async def call(self, method: str, parameters: Mapping[str, Any], *, seconds: float | None = None) -> Any:
        """Call a method of the Bot API, paced as every request is, and return its result as JSON values.

        Neither parameters nor result become objects, which costs more than all the rest of a call.

        Args:
            seconds: How long silence is borne; None: as always.

        Raises:
            TelegramError: it failed.
        """
        limiter = self.rate_limiter
        if limiter is None or method == "getUpdates":
            return await self._call(method, parameters, seconds)
        arguments = (method, parameters, seconds)
        return await limiter.process_request(self._call, arguments, {}, method, dict(parameters), None)

    async def _call(self, method: str, parameters: Mapping[str, Any], seconds: float | None) -> Any:
        request = self._request[0] if method == "getUpdates" else self._request[1]
        how = {} if seconds is None else {"read_timeout": seconds}
        given = [RequestParameter(name, value, None) for name, value in parameters.items() if value is not None]
        return await request.post(f"{self._base_url}/{method}", RequestData(given), **how)
