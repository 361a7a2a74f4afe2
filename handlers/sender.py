"""How broadcasts reach Telegram, and what each failure means for the delivery.

What may have arrived is told apart from what surely did not, since the Bot API has no way to ask: see
`handlers.request`. A message whose looks are refused goes plain, one whose topic is gone goes to the chat itself; only
then is it given up.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import DeliveryError, Outcome
from bot.ports import OutgoingMessage
from bot.rendering.styled import words
from handlers.bot import TelegramBot
from handlers.limiter import BROADCAST, Purpose
from handlers.markup import Ready, ready
from handlers.request import NotSent

logger = logging.getLogger(__name__)

NOT_MODIFIED: Final = "message is not modified"
#: Refusals that are about the topic, not the chat.
_TOPIC: Final = ("message thread not found", "topic_closed", "topic_deleted")
#: Refusals that are about how the message looks.
_LOOKS: Final = ("entit", "button", "reply markup", "keyboard", "wrong http url", "can't parse")
#: Refusals that close the chat to us, said as a bad request.
_CLOSED: Final = (
    "chat not found", "user not found", "peer_id_invalid", "user_is_blocked", "input_user_deactivated",
    "group chat was deactivated", "chat_write_forbidden", "chat_restricted", "channel_private",
    "have no rights to send", "not enough rights", "need administrator rights", "bot is not a member",
)  # fmt: skip


class TelegramSender:
    """Sends and edits broadcasts; implements `bot.ports.Sender`.

    Args:
        bot: With a `handlers.limiter.Limiter`, which keeps the limits and calls back when a turn has come.
    """

    def __init__(self, bot: TelegramBot) -> None:
        self._bot = bot

    async def send(self, message: OutgoingMessage, *, leaving: Callable[[], Awaitable[None]] | None = None) -> int:
        """Send a broadcast and return Telegram's id of it.

        Args:
            leaving: Called when its turn has come, before anything leaves; what it raises ends the attempt.

        Raises:
            DeliveryError: it was not taken; `outcome` says what that means.
        """
        purpose = Purpose(lane="broadcast", leaving=leaving)

        async def attempt(shown: Ready, thread_id: int) -> int:
            where = {
                "chat_id": message.chat_id,
                "message_thread_id": thread_id or None,
                "disable_notification": message.silent or None,
            }
            return await self._bot.put("sendMessage", where, shown.body, purpose=purpose)

        return await _deliver(message, attempt)

    async def edit(self, message: OutgoingMessage, message_id: int) -> None:
        """Change a message that was sent; one that already reads so is a success.

        Raises:
            DeliveryError: as above; never `unknown`, since a change can be repeated without harm.
        """
        where = {"chat_id": message.chat_id, "message_id": message_id}

        async def attempt(shown: Ready, _thread_id: int) -> int:
            try:
                await self._bot.put("editMessageText", where, shown.body, purpose=BROADCAST)
            except BadRequest as error:
                if NOT_MODIFIED not in error.message.lower():
                    raise
            return message_id

        try:
            await _deliver(message, attempt)
        except DeliveryError as error:
            if error.outcome != "unknown":
                raise
            raise DeliveryError(str(error), outcome="not_sent") from error

    async def reachable(self) -> bool:
        """Tell whether the Bot API answers, by a call that changes nothing."""
        try:
            await self._bot.get_me()
        except TelegramError:
            return False
        return True


_Attempt = Callable[[Ready, int], Awaitable[int]]
#: One text goes to thousands.
_ready = lru_cache(maxsize=64)(ready)


async def _deliver(message: OutgoingMessage, attempt: _Attempt) -> int:
    """Try a message as it is, then without what Telegram objects to; each change is made once.

    Raises:
        DeliveryError: it was not taken.
    """
    shown = _ready(message.text, message.buttons)
    if not shown.text:
        raise DeliveryError("nothing to say", outcome="rejected")
    thread_id = message.thread_id
    is_plain = False
    while True:
        try:
            return await attempt(shown, thread_id)
        except BadRequest as error:
            problem = error.message.lower()
            if thread_id and _mentions(problem, _TOPIC):
                thread_id = 0
            elif not is_plain and _mentions(problem, _LOOKS):
                shown, is_plain = ready(words(shown.text), ()), True
            else:
                raise _refused(error) from error
            logger.warning("sent in another way", extra={"reason": error.message})
        except TelegramError as error:
            raise _failed(error) from error


def _refused(error: BadRequest) -> DeliveryError:
    outcome: Outcome = "gone" if _mentions(error.message.lower(), _CLOSED) else "rejected"
    return DeliveryError(error.message, outcome=outcome)


def _failed(error: TelegramError) -> DeliveryError:
    """Say what an error other than a bad request means."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
            return DeliveryError(error.message, outcome="flood", retry_after=seconds)
        case ChatMigrated():
            return DeliveryError(error.message, outcome="migrated", new_chat_id=error.new_chat_id)
        case Forbidden():
            return DeliveryError(error.message, outcome="gone")
        case InvalidToken() | Conflict():
            return DeliveryError(error.message, outcome="not_sent")
        case NetworkError() if isinstance(error.__cause__, NotSent):
            return DeliveryError(error.message, outcome="not_sent")
        case NetworkError() if error.__cause__ is None:
            # The Bot API itself answered, and with no.
            return DeliveryError(error.message, outcome="rejected")
    return DeliveryError(error.message, outcome="unknown")


def _mentions(problem: str, phrases: Sequence[str]) -> bool:
    return any(phrase in problem for phrase in phrases)
