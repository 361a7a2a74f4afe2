"""What came from Telegram: one update as plain facts, and whether it is meant for the bot.

Pure: nothing is asked, nothing is sent. In a group the bot is spoken to by a command, a mention or a reply to it; all
else there is none of its business, and so is what other bots write.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from telegram.constants import ChatMemberStatus, MessageAttachmentType

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
_ATTACHMENTS = tuple(str(kind.value) for kind in MessageAttachmentType)
#: A JSON object of the Bot API.
Json = Mapping[str, Any]


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


def read_update(update: Json, *, bot_id: int, username: str) -> Incoming | None:
    """Read an update as the Bot API gives it; None where it is nothing for the bot.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    if (query := update.get("callback_query")) is not None:
        return _button(query)
    if (inline := update.get("inline_query")) is not None:
        return _inline(inline)
    if (change := update.get("my_chat_member")) is not None:
        return _member(change)
    for kind in ("message", "channel_post", "edited_message", "edited_channel_post"):
        if (message := update.get(kind)) is not None:
            return _message(message, edited=kind.startswith("edited"), bot_id=bot_id, username=username.lower())
    return None


def _button(query: Json) -> Incoming:
    prefix, _, rest = query.get("data", "").partition(":")
    message: Json | None = query.get("message")
    chat, author = message["chat"] if message else None, query["from"]
    # An old message is not given any more, which its date of 0 says (Bot API, InaccessibleMessage).
    given = message if message and message["date"] else None
    return Incoming(
        what="button",
        name=prefix,
        text=rest,
        chat_id=chat["id"] if chat else author["id"],
        chat_type=_CHAT_TYPES.get(chat["type"], "private") if chat else "private",
        user_id=author["id"],
        thread_id=_thread(given) if given else 0,
        message_id=given["message_id"] if given else None,
        language_code=author.get("language_code"),
        query_id=query["id"],
    )


def _inline(query: Json) -> Incoming:
    author = query["from"]
    return Incoming(
        what="inline",
        text=query["query"].strip(),
        chat_id=author["id"],
        user_id=author["id"],
        language_code=author.get("language_code"),
        query_id=query["id"],
    )


def _member(change: Json) -> Incoming:
    chat, author = change["chat"], change["from"]
    return Incoming(
        what="member",
        chat_id=chat["id"],
        chat_type=_CHAT_TYPES.get(chat["type"], "private"),
        user_id=author["id"],
        language_code=author.get("language_code"),
        present=_may_write(change["new_chat_member"], chat["type"]),
    )


def _may_write(member: Json, chat_type: str) -> bool:
    """Tell whether the bot, as this member, may write in a chat of that type."""
    status = member["status"]
    if status == "restricted":
        return bool(member.get("can_send_messages", False))
    if chat_type == "channel":
        return status == "creator" or (status == "administrator" and bool(member.get("can_post_messages", True)))
    return status not in _GONE


def _message(message: Json, *, edited: bool, bot_id: int, username: str) -> Incoming | None:
    chat, author, sender_chat = message["chat"], message.get("from"), message.get("sender_chat")
    chat_type = _CHAT_TYPES.get(chat["type"], "private")
    what: What = "edited" if edited else "text"
    name = ""
    addressed = True
    text = (message.get("text") or message.get("caption") or "").strip()
    old_chat_id = message.get("migrate_from_chat_id")
    if old_chat_id is not None:
        what, text = "migration", ""
    elif (
        message.get("via_bot") is not None
        or message.get("is_automatic_forward")
        or (author is not None and author["is_bot"] and author["id"] not in (ANONYMOUS_ADMIN, CHANNEL_BOT))
    ):
        return None
    elif command := _COMMAND.fullmatch(text):
        name, target, rest = command.groups()
        if target and target.lower() != username and chat_type != "private":
            return None
        addressed = chat_type == "private" or bool(target)
        what, name, text = "edited" if edited else "command", name.lower(), rest
    elif chat_type == "channel":
        return None
    else:
        if chat_type != "private":
            unnamed = _mention(username).sub("", text).strip()
            if unnamed == text and not _replies_to(message, bot_id):
                return None
            text = unnamed
        if _is_service(message) or (message.get("media_group_id") and not text):
            return None
    replied = message.get("reply_to_message")
    return Incoming(
        what=what,
        name=name,
        text=text,
        chat_id=chat["id"],
        chat_type=chat_type,
        user_id=(sender_chat or author or chat)["id"],
        thread_id=_thread(message),
        message_id=message["message_id"],
        reply_to=replied["message_id"] if replied else None,
        language_code=author.get("language_code") if author else None,
        addressed=addressed,
        forwarded=_forwarded(message.get("forward_origin")),
        as_chat=sender_chat is not None and sender_chat["id"] == chat["id"],
        old_chat_id=old_chat_id,
    )


@lru_cache(maxsize=8)
def _mention(username: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)@{re.escape(username)}\b", re.IGNORECASE)


def _thread(message: Json) -> int:
    """Return the topic of a forum; 0: none."""
    return (message.get("message_thread_id") or 0) if message.get("is_topic_message") else 0


def _forwarded(origin: Json | None) -> Forwarded | None:
    if origin is None:
        return None
    at = dt.datetime.fromtimestamp(origin["date"], dt.UTC)
    if origin["type"] == "channel":
        name, post = origin["chat"].get("username"), origin["message_id"]
        url = f"https://t.me/{name}/{post}" if name else ""
        return Forwarded(at=at, publisher=origin["chat"].get("title") or "", url=url)
    if origin["type"] == "chat":
        return Forwarded(at=at, publisher=origin["sender_chat"].get("title") or "")
    return Forwarded(at=at)


def _replies_to(message: Json, bot_id: int) -> bool:
    replied = message.get("reply_to_message")
    return replied is not None and replied.get("from", {}).get("id") == bot_id


def _is_service(message: Json) -> bool:
    """Tell whether nobody wrote it: somebody joined, a title changed, a message was pinned."""
    return not (message.get("text") or any(message.get(kind) for kind in _ATTACHMENTS))
