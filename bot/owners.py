"""What owners are told without having asked: how feeds are doing, and what waits for them."""

import logging

from bot.app import Core
from bot.domain.feed_health import Notice
from bot.domain.replies import Lang
from bot.errors import DeliveryError
from bot.ports import OutgoingMessage, Sender
from bot.rendering.moderation import notice_words
from bot.rendering.rich import Rich
from bot.rendering.styled import words
from bot.rendering.texts import text
from bot.rendering.words import instant, known_lang
from bot.services.moderate import Moderation, Reminder

logger = logging.getLogger(__name__)


class Owners:
    """Writes to the owners, each in the language of their chat."""

    def __init__(self, core: Core, moderation: Moderation, sender: Sender) -> None:
        self._core = core
        self._moderation = moderation
        self._sender = sender

    async def feed_changed(self, notice: Notice) -> None:
        """Tell every owner of a change in a feed's health; one who cannot be told stops nothing."""
        for owner in (await self._moderation.admins()).all_owners:
            lang = await self._lang(owner)
            try:
                await self._send(owner, notice_words(lang, notice))
            except DeliveryError as error:
                logger.warning("an owner could not be told", extra={"outcome": error.outcome})

    async def remind(self) -> None:
        """Remind the owners, once, of reports that have waited for too long."""
        await self._moderation.remind_owners(self._core.clock.now(), tell=self._tell_of_reviews)

    async def _tell_of_reviews(self, owner: int, reminder: Reminder) -> None:
        lang = await self._lang(owner)
        since = instant(lang, reminder.since.astimezone(self._core.timezone))
        await self._send(owner, words(text(lang, "review-reminder", n=reminder.waiting, at=since)))

    async def _send(self, owner: int, said: Rich) -> None:
        await self._sender.send(OutgoingMessage(chat_id=owner, text=said))

    async def _lang(self, owner: int) -> Lang:
        return known_lang((await self._core.database.chats.settings(owner)).lang or "en")
