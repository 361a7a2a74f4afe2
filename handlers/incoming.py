"""What came from Telegram: one update as plain facts, and whether it is meant for the bot.

Pure: nothing is asked, nothing is sent. In a group the bot is spoken to by a command, a mention or a reply to it; all
else there is none of its business, and so is what other bots write.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    Update,
)
from telegram.constants import ChatMemberStatus

from bot.domain.subscriptions import ChatType

What = Literal["command", "text", "edited", "button", "inline", "member", "migration"]

#: Whom an administrator of a group writes as who stays anonymous (Bot API, "Chat.is_anonymous").
ANONYMOUS_ADMIN = 1087968824
#: Whom a channel writes as in a group.
CHANNEL_BOT = 136817688
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?![\w/@])\s*(.*)", re.DOTALL)
_CHAT_TYPES: dict[str, ChatType] = {
    "private": "private",
    "group": "group",
    "supergroup": "supergroup",
    "channel": "channel",
}
_GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """Where a message that somebody passed on was first written."""

    at: dt.datetime
    #: Title of the channel or group; empty for a person, who is not named.
    publisher: str = ""
    #: Address of the post; empty where it is not public.
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One thing that somebody did."""

    what: What
    #: Word of a command, or prefix of a button's data.
    name: str = ""
    #: What follows the command or the prefix; otherwise the text, without the mention of the bot.
    text: str = ""
    chat_id: int
    chat_type: ChatType = "private"
    #: Who did it; the chat itself where nobody is named.
    user_id: int
    #: Topic of a forum; 0: none.
    thread_id: int = 0
    #: Of their message or, for a button, of the message that it stands under.
    message_id: int | None = None
    #: The message that theirs replies to.
    reply_to: int | None = None
    #: Language of their Telegram, as they set it there.
    language_code: str | None = None
    #: It names the bot, so that an answer is owed even where it is not understood.
    addressed: bool = True
    #: Somebody else's words, passed on; None: their own.
    forwarded: Forwarded | None = None
    #: They write in the name of the chat, which only its administrators can.
    as_chat: bool = False
    #: Id of the callback or inline query.
    query_id: str = ""
    #: For `migration`: the id before.
    old_chat_id: int | None = None
    #: For `member`: the bot may write there now.
    present: bool = True

    @property
    def private(self) -> bool:
        """Whether it is a talk between two."""
        return self.chat_type == "private"


def read_update(update: Update, *, bot_id: int, username: str) -> Incoming | None:
    """Read an update; None where it is nothing for the bot."""
    if update.callback_query is not None:
        return _button(update.callback_query)
    if update.inline_query is not None:
        return _inline(update.inline_query)
    if update.my_chat_member is not None:
        return _member(update.my_chat_member)
    for message, edited in (
        (update.message, False),
        (update.channel_post, False),
        (update.edited_message, True),
        (update.edited_channel_post, True),
    ):
        if message is not None:
            return _message(message, edited=edited, bot_id=bot_id, username=username.lower())
    return None


def _button(query: CallbackQuery) -> Incoming:
    prefix, _, rest = (query.data or "").partition(":")
    message = query.message
    chat = message.chat if message is not None else None
    thread_id = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Incoming(
        what="button",
        name=prefix,
        text=rest,
        chat_id=chat.id if chat else query.from_user.id,
        chat_type=_CHAT_TYPES.get(chat.type, "private") if chat else "private",
        user_id=query.from_user.id,
        thread_id=thread_id or 0,
        message_id=message.message_id if isinstance(message, Message) else None,
        language_code=query.from_user.language_code,
        query_id=query.id,
    )


def _inline(query: InlineQuery) -> Incoming:
    return Incoming(
        what="inline",
        text=query.query.strip(),
        chat_id=query.from_user.id,
        user_id=query.from_user.id,
        language_code=query.from_user.language_code,
        query_id=query.id,
    )


def _member(change: ChatMemberUpdated) -> Incoming:
    return Incoming(
        what="member",
        chat_id=change.chat.id,
        chat_type=_CHAT_TYPES.get(change.chat.type, "private"),
        user_id=change.from_user.id,
        language_code=change.from_user.language_code,
        present=change.new_chat_member.status not in _GONE,
    )


def _message(message: Message, *, edited: bool, bot_id: int, username: str) -> Incoming | None:
    chat_type = _CHAT_TYPES.get(message.chat.type, "private")
    author, sender_chat = message.from_user, message.sender_chat
    as_chat = sender_chat is not None and sender_chat.id == message.chat.id
    facts = Incoming(
        what="edited" if edited else "text",
        chat_id=message.chat.id,
        chat_type=chat_type,
        user_id=_author_id(message),
        thread_id=(message.message_thread_id or 0) if message.is_topic_message else 0,
        message_id=message.message_id,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
        language_code=author.language_code if author else None,
        as_chat=as_chat,
        forwarded=_forwarded(message),
    )
    if message.migrate_from_chat_id is not None:
        return replace(facts, what="migration", old_chat_id=message.migrate_from_chat_id)
    if message.via_bot is not None or message.is_automatic_forward:
        return None
    if author is not None and author.is_bot and author.id not in (ANONYMOUS_ADMIN, CHANNEL_BOT):
        return None
    text = (message.text or message.caption or "").strip()
    command = _COMMAND.fullmatch(text)
    if command:
        name, target, rest = command.groups()
        if target and target.lower() != username and chat_type != "private":
            return None
        addressed = chat_type == "private" or bool(target)
        what: What = "edited" if edited else "command"
        return replace(facts, what=what, name=name.lower(), text=rest, addressed=addressed)
    if chat_type == "channel":
        return None
    if chat_type != "private":
        unnamed = re.sub(rf"(?<!\w)@{re.escape(username)}\b", "", text, flags=re.IGNORECASE).strip()
        if unnamed == text and not _replies_to(message, bot_id):
            return None
        text = unnamed
    if _is_service(message) or (message.media_group_id and not text):
        return None
    return replace(facts, text=text)


def _author_id(message: Message) -> int:
    """Return who wrote it: a person, or the chat that it was written in the name of."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user is not None else message.chat.id


def _forwarded(message: Message) -> Forwarded | None:
    match message.forward_origin:
        case None:
            return None
        case MessageOriginChannel() as origin:
            name, post = origin.chat.username, origin.message_id
            url = f"https://t.me/{name}/{post}" if name else ""
            return Forwarded(at=origin.date, publisher=origin.chat.title or "", url=url)
        case MessageOriginChat() as origin:
            return Forwarded(at=origin.date, publisher=origin.sender_chat.title or "")
        case origin:
            return Forwarded(at=origin.date)


def _replies_to(message: Message, bot_id: int) -> bool:
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == bot_id


def _is_service(message: Message) -> bool:
    """Tell whether nobody wrote it: somebody joined, a title changed, a message was pinned."""
    return not (message.text or message.effective_attachment)
