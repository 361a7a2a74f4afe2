"""Our bot at Telegram: python-telegram-bot's, with a short way for what is asked a thousand times a second.

On that way neither parameters nor results become objects, which would cost more than all the rest of a call.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.incoming import Json
from handlers.limiter import Purpose
from handlers.request import BotApiRequest, as_json

#: How the Bot API begins to return a message; what follows is what we have just sent.
_MESSAGE = re.compile(rb'\s*\{\s*"ok":\s*true,\s*"result":\s*\{\s*"message_id":\s*(\d+)\s*[,}]')


class TelegramBot(ExtBot[Purpose]):
    """What the handlers talk to."""

    __slots__ = ()

    async def updates(self, parameters: Mapping[str, Any], *, seconds: float | None = None) -> Sequence[Json]:
        """Ask for updates, and return them as the Bot API gives them.

        Args:
            seconds: How long silence is borne; None: as always.

        Raises:
            TelegramError: it failed.
        """
        request = cast(BotApiRequest, self._request[0])
        answer = await request.ask(f"{self._base_url}/getUpdates", as_json(parameters), seconds=seconds)
        return cast(Sequence[Json], request.parse_json_payload(answer)["result"])

    async def put(
        self, method: str, where: Mapping[str, Any], message: bytes, *, purpose: Purpose | None = None
    ) -> int:
        """Send or change a message, paced as every request is, and return its id.

        Args:
            method: `sendMessage` or `editMessageText`.
            where: Chat and place in it; what is None is left out.
            message: The other parameters, a JSON object that is not empty.
            purpose: An answer where None.

        Raises:
            TelegramError: it failed.
        """
        given = {name: value for name, value in where.items() if value is not None}
        arguments = (method, as_json(given)[:-1] + b"," + message[1:])
        limiter = self.rate_limiter
        if limiter is None:
            return cast(int, await self._put(*arguments))
        return cast(int, await limiter.process_request(self._put, arguments, {}, method, given, purpose))

    async def _put(self, method: str, body: bytes) -> Any:
        request = cast(BotApiRequest, self._request[1])
        answer = await request.ask(f"{self._base_url}/{method}", body)
        if found := _MESSAGE.match(answer):
            return int(found[1])
        try:
            return int(request.parse_json_payload(answer)["result"]["message_id"])
        except (KeyError, TypeError, ValueError) as error:
            raise TelegramError("the answer is no message") from error
