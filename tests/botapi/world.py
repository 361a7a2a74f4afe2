"""People, chats and messages: what Telegram knows, without HTTP."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.botapi.errors import ApiError, bad
from tests.botapi.texts import Entity, detect, slice_units

ChatType = Literal["private", "group", "supergroup", "channel"]
BOT_ID = 700_000_001
NAMES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


@dataclass(slots=True, kw_only=True)
class User:
    """An account."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False

    def to_api(self) -> dict[str, Any]:
        """Return the Bot API's User."""
        user: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message."""

    chat_id: int
    message_id: int
    text: str
    data: str | None = None
    url: str | None = None


@dataclass(slots=True, kw_only=True)
class Message:
    """A message as its chat shows it now."""

    id: int
    chat: "Chat"
    date: int
    sender: User | None
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    #: Name, bytes and type of what was uploaded.
    document: tuple[str, bytes, str] | None = None
    photo: bytes | None = None
    #: `text` is a caption.
    file_id: str | None = None
    markup: dict[str, Any] | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    silent: bool = False
    edited_at: int | None = None
    #: Texts that it showed before.
    earlier: list[str] = field(default_factory=list)
    forward_origin: dict[str, Any] | None = None
    via_bot: bool = False
    service: dict[str, Any] = field(default_factory=dict)

    @property
    def by_bot(self) -> bool:
        """Tell whether the bot under test sent it."""
        return self.sender is not None and self.sender.id == BOT_ID

    @property
    def buttons(self) -> list[list[Button]]:
        """Return the rows of the keyboard."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            [
                Button(
                    chat_id=self.chat.id,
                    message_id=self.id,
                    text=button["text"],
                    data=button.get("callback_data"),
                    url=button.get("url"),
                )
                for button in row
            ]
            for row in rows
        ]

    @property
    def links(self) -> list[str]:
        """Return where a tap on the text leads: its links and what Telegram finds by itself."""
        made = [str(entity["url"]) for entity in self.entities if entity["type"] == "text_link"]
        found = [slice_units(self.text, entity["offset"], entity["length"]) for entity in detect(self.text)]
        return made + found

    def styled(self, kind: str) -> list[str]:
        """Return the stretches in one style, such as "bold"."""
        return [
            slice_units(self.text, entity["offset"], entity["length"])
            for entity in self.entities
            if entity["type"] == kind
        ]

    def to_api(self, *, nested: bool = False) -> dict[str, Any]:
        """Return the Bot API's Message."""
        message: dict[str, Any] = {"message_id": self.id, "date": self.date, "chat": self.chat.to_api()}
        if self.sender is not None:
            message["from"] = self.sender.to_api()
        if self.chat.type == "channel":
            message["sender_chat"] = self.chat.to_api()
        caption = self.photo is not None or self.document is not None
        if self.text:
            message["caption" if caption else "text"] = self.text
        if self.entities:
            message["caption_entities" if caption else "entities"] = self.entities
        if self.photo is not None:
            size = {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "file_size": len(self.photo)}
            message["photo"] = [{**size, "width": 800, "height": 600}]
        if self.document is not None:
            name, content, mime = self.document
            message["document"] = {
                "file_id": self.file_id,
                "file_unique_id": f"u{self.file_id}",
                "file_name": name,
                "mime_type": mime,
                "file_size": len(content),
            }
        if self.markup:
            message["reply_markup"] = self.markup
        if self.thread_id:
            message.update(message_thread_id=self.thread_id, is_topic_message=True)
        if self.edited_at:
            message["edit_date"] = self.edited_at
        if self.forward_origin:
            message["forward_origin"] = self.forward_origin
        if self.reply_to and not nested and (replied := self.chat.messages.get(self.reply_to)):
            message["reply_to_message"] = replied.to_api(nested=True)
        return message | self.service


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat, and what stands between it and the bot."""

    id: int
    type: ChatType
    title: str
    user: User | None = None
    username: str | None = None
    is_forum: bool = False
    #: Thread id → closed.
    topics: dict[int, bool] = field(default_factory=dict)
    #: User id → status ("creator", "administrator", "member", "left", "kicked").
    members: dict[int, str] = field(default_factory=dict)
    #: The person wrote first, so that the bot may write.
    started: bool = True
    blocked: bool = False
    deleted: bool = False
    #: The bot may not write here.
    muted: bool = False
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def bot_status(self) -> str:
        """Return the bot's own status."""
        return self.members.get(BOT_ID, "left")

    def next_id(self) -> int:
        """Return the id of the next message."""
        return next(self._ids)

    def to_api(self) -> dict[str, Any]:
        """Return the Bot API's Chat."""
        chat: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.user is not None:
            chat["first_name"] = self.user.first_name
        else:
            chat["title"] = self.title
        if self.username:
            chat["username"] = self.username
        if self.is_forum:
            chat["is_forum"] = True
        return chat


class World:
    """Every account, chat and message of this server."""

    def __init__(self, *, bot_username: str = "homeward_test_bot") -> None:
        self.bot = User(id=BOT_ID, first_name="Homeward", username=bot_username, is_bot=True)
        self.users: dict[int, User] = {BOT_ID: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self._file_ids = itertools.count(1)

    def user(self, user_id: int, *, lang: str | None = None) -> User:
        """Return the person, made where unknown."""
        found = self.users.setdefault(user_id, User(id=user_id, first_name=f"Person {user_id}"))
        if lang is not None:
            found.language_code = lang
        return found

    def chat(self, chat_id: int, *, kind: ChatType | None = None, title: str = "") -> Chat:
        """Return the chat, made where unknown: private above 0, a supergroup under -100…, else a group."""
        if chat_id in self.chats:
            return self.chats[chat_id]
        if kind is None:
            kind = "private" if chat_id > 0 else "supergroup" if str(chat_id).startswith("-100") else "group"
        user = self.user(chat_id) if kind == "private" else None
        chat = Chat(id=chat_id, type=kind, title=title or f"Chat {chat_id}", user=user)
        if kind != "private":
            chat.members[BOT_ID] = "administrator" if kind == "channel" else "member"
        self.chats[chat_id] = chat
        return chat

    def keep(self, name: str, content: bytes) -> str:
        """Store a file and return its id."""
        file_id = f"file{next(self._file_ids)}"
        self.files[file_id] = (name, content)
        return file_id

    def find(self, chat_id: Any) -> Chat:
        """Return the chat that a parameter names.

        Raises:
            ApiError: 400.
        """
        if chat_id in (None, ""):
            raise bad("chat_id is empty")
        text = str(chat_id)
        if text.startswith("@"):
            for chat in self.chats.values():
                if chat.username and chat.username.lower() == text[1:].lower():
                    return chat
            raise bad("chat not found")
        try:
            number = int(text)
        except ValueError:
            raise bad("chat not found") from None
        if number not in self.chats:
            raise bad("chat not found")
        return self.chats[number]

    def reach(self, chat_id: Any, *, write: bool = True, thread_id: int | None = None) -> Chat:
        """Return a chat that the bot may look at, and write to.

        Raises:
            ApiError: 400 or 403, in the words that Telegram has for each reason.
        """
        chat = self.find(chat_id)
        if chat.migrated_to is not None:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        if chat.deleted:
            raise ApiError(403, "the group chat was deleted") if chat.type == "group" else bad("chat not found")
        if chat.user is not None:
            if chat.user.deactivated:
                raise ApiError(403, "user is deactivated")
            if chat.blocked and write:
                raise ApiError(403, "bot was blocked by the user")
            if not chat.started and write:
                raise ApiError(403, "bot can't initiate conversation with a user")
        elif chat.bot_status == "kicked":
            raise ApiError(403, f"bot was kicked from the {NAMES[chat.type]}")
        elif chat.bot_status == "left":
            raise ApiError(403, f"bot is not a member of the {NAMES[chat.type]}")
        elif write and chat.type == "channel" and chat.bot_status != "administrator":
            raise bad("need administrator rights in the channel chat")
        elif write and chat.muted:
            raise bad("not enough rights to send text messages to the chat")
        if thread_id:
            if not chat.is_forum or thread_id not in chat.topics:
                raise bad("message thread not found")
            if write and chat.topics[thread_id]:
                raise bad("TOPIC_CLOSED")
        return chat

    def add(self, chat: Chat, *, sender: User | None, text: str = "", **fields: Any) -> Message:
        """Put a message into a chat."""
        message = Message(id=chat.next_id(), chat=chat, date=int(time.time()), sender=sender, text=text, **fields)
        chat.messages[message.id] = message
        return message
