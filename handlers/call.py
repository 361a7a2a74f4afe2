"""One thing that somebody did, and the ways to answer it: what every handler is given."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from telegram import InputMediaPhoto, ReplyParameters
from telegram.error import BadRequest

from bot.domain.replies import LANGS, Lang, Turn
from bot.ports import Talk
from bot.rendering.rich import Rich
from bot.rendering.styled import words
from bot.rendering.texts import text
from bot.rendering.words import Value
from handlers.bot import TelegramBot
from handlers.incoming import Incoming
from handlers.markup import MAX_CAPTION, Ready, keyboard, ready, to_message
from handlers.registry import Role
from handlers.services import Services

logger = logging.getLogger(__name__)

#: Rows of (label, callback data or https address).
Buttons = Sequence[Sequence[tuple[str, str]]]
#: What stands over a chat holds no more (Bot API, answerCallbackQuery).
MAX_TOAST = 200
#: What Telegram says where a message already reads so.
_SAME = "message is not modified"


@dataclass(slots=True, kw_only=True)
class Call:
    """What a handler is given.

    Attributes:
        setting: The language set for the chat; None: that of each question.
        speaking: The language of the words that are answered, where it is not the chat's; None: nothing tells.
        turn: This person's last question in this chat.
        role: What the person is in the whole program; never "chat_admin", for which Telegram is asked.
    """

    incoming: Incoming
    services: Services
    bot: TelegramBot
    setting: Lang | None = None
    speaking: Lang | None = None
    turn: Turn | None = None
    role: Role = "reader"
    #: Holds the press once it was answered; shared by every copy of this call.
    pressed: set[str] = field(default_factory=set)
    #: Where the conversation stands now, the last being what counts; written when the update has been worked on.
    talk: list[Talk] = field(default_factory=list)

    @property
    def args(self) -> str:
        """What follows the command or the button's prefix; the text of a message."""
        return self.incoming.text

    @property
    def chat_id(self) -> int:
        return self.incoming.chat_id

    @property
    def user_id(self) -> int:
        return self.incoming.user_id

    @property
    def lang(self) -> Lang:
        """The language to write in: that spoken, the chat's, the last question's, the person's Telegram's, English."""
        spoken = self.turn.lang if self.turn else known(self.incoming.language_code)
        return self.speaking or self.setting or spoken or "en"

    def word(self, key: str, **values: Value) -> str:
        """Return a text in this call's language."""
        return text(self.lang, key, **values)

    async def say(self, key: str, buttons: Buttons = (), *, in_place: bool = False, **values: Value) -> int | None:
        """Answer with a text by its key."""
        return await self.reply(words(self.word(key, **values)), buttons, in_place=in_place)

    async def reply(self, rich: Rich, buttons: Buttons = (), *, in_place: bool = False) -> int | None:
        """Answer with a message.

        Args:
            in_place: Where a button was pressed, change its message instead of writing a new one.

        Returns:
            Telegram's id of the message; None where nothing had to be changed.
        """
        return await self.put(ready(rich, buttons), in_place=in_place)

    async def put(self, message: Ready, *, in_place: bool = False) -> int | None:
        """Answer with a message that is ready to leave; as `reply`."""
        if in_place and self.incoming.what == "button" and self.incoming.message_id is not None:
            return await self.put_on(self.incoming.message_id, message)
        return await self._write(message)

    async def _write(self, message: Ready) -> int:
        try:
            return await self._send(message)
        except BadRequest:
            # Telegram will not take it so; the words matter more than how they look.
            logger.exception("a reply was refused and is sent plain")
            return await self._send(ready(words(message.text), ()))

    async def _send(self, message: Ready) -> int:
        replied = self._replied()
        where = {
            "chat_id": self.chat_id,
            "message_thread_id": self.incoming.thread_id or None,
            "reply_parameters": replied.to_dict() if replied else None,
        }
        return await self.bot.put("sendMessage", where, message.body)

    async def change(self, message_id: int, rich: Rich, buttons: Buttons = ()) -> int | None:
        """Change one of the bot's messages; where one that was deleted cannot be changed, write it anew.

        Returns:
            Telegram's id of the message; None where nothing had to be changed.
        """
        return await self.put_on(message_id, ready(rich, buttons))

    async def put_on(self, message_id: int, message: Ready) -> int | None:
        """Change one of the bot's messages into one that is ready to leave; as `change`."""
        where = {"chat_id": self.chat_id, "message_id": message_id}
        try:
            await self.bot.put("editMessageText", where, message.body)
        except BadRequest as error:
            if _SAME in str(error).lower():
                return None
            logger.info("a message could not be changed", extra={"reason": str(error)})
            return await self._write(message)
        return message_id

    async def photo(
        self, content: bytes, caption: Rich, buttons: Buttons = (), *, in_place: bool = False
    ) -> int | None:
        """Answer with a picture; as `reply`."""
        shown = to_message(caption, limit=MAX_CAPTION)
        if in_place and self.incoming.what == "button" and self.incoming.message_id is not None:
            media = InputMediaPhoto(content, caption=shown.text, caption_entities=shown.entities)
            return await self._put_picture(self.incoming.message_id, media, buttons)
        sent = await self.bot.send_photo(
            self.chat_id,
            content,
            caption=shown.text,
            caption_entities=shown.entities,
            reply_markup=keyboard(buttons),
            message_thread_id=self.incoming.thread_id or None,
            reply_parameters=self._replied(),
        )
        return sent.message_id

    async def _put_picture(self, message_id: int, media: InputMediaPhoto, buttons: Buttons) -> int | None:
        try:
            await self.bot.edit_message_media(media, self.chat_id, message_id, reply_markup=keyboard(buttons))
        except BadRequest as error:
            if _SAME not in str(error).lower():
                raise
            return None
        return message_id

    async def document(self, content: bytes, name: str, caption: Rich, buttons: Buttons = ()) -> int:
        """Answer with a file."""
        shown = to_message(caption, limit=MAX_CAPTION)
        sent = await self.bot.send_document(
            self.chat_id,
            content,
            filename=name,
            caption=shown.text,
            caption_entities=shown.entities,
            reply_markup=keyboard(buttons),
            message_thread_id=self.incoming.thread_id or None,
            reply_parameters=self._replied(),
        )
        return sent.message_id

    async def toast(self, message: str = "", *, alert: bool = False) -> None:
        """Answer the press of a button with a word over the chat, or just end its waiting."""
        if self.incoming.what != "button" or self.incoming.query_id in self.pressed:
            return
        self.pressed.add(self.incoming.query_id)
        try:
            shown = to_message(words(message), limit=MAX_TOAST).text
            await self.bot.answer_callback_query(self.incoming.query_id, shown or None, show_alert=alert)
        except BadRequest:
            logger.debug("the press of a button was answered too late")

    def _replied(self) -> ReplyParameters | None:
        """In a group an answer shows what it answers."""
        if self.incoming.private or self.incoming.chat_type == "channel" or self.incoming.message_id is None:
            return None
        return ReplyParameters(self.incoming.message_id, allow_sending_without_reply=True)


def known(code: str | None) -> Lang | None:
    """Return the language of an IETF tag where we speak it."""
    primary = (code or "").partition("-")[0].lower()
    return next((lang for lang in LANGS if lang == primary), None)
