"""The methods of the Bot API that Homeward may call; anything else is 404, as on Telegram."""

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.errors import ApiError, bad
from tests.botapi.keyboards import check_markup
from tests.botapi.limits import Limits
from tests.botapi.texts import MAX_CAPTION, MAX_TEXT, check_url, compose, units
from tests.botapi.updates import Updates, parse_json
from tests.botapi.world import BOT_ID, Chat, Message, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
MAX_PHOTO = 10 * 1024 * 1024
MAX_FILE = 50 * 1024 * 1024


@dataclass(slots=True, kw_only=True)
class Upload:
    """A file of a multipart request."""

    name: str
    content: bytes
    mime: str


@dataclass(slots=True, kw_only=True)
class Query:
    """A callback or inline query that waits for its answer."""

    id: str
    chat_id: int
    text: str
    #: Parameters of the answer; None until it came.
    answer: dict[str, Any] | None = None
    results: list[dict[str, Any]] = field(default_factory=list)


class Params:
    """Parameters of a call, however they were sent."""

    def __init__(self, raw: Mapping[str, Any], files: Mapping[str, Upload]) -> None:
        self.raw = raw
        self.files = files

    def text(self, name: str) -> str:
        """Return it as text; empty where it is absent."""
        value = self.raw.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """Return it as a number; the default where it is absent or none."""
        try:
            return int(str(self.raw.get(name, default)))
        except ValueError:
            return default

    def truth(self, name: str) -> bool:
        """Return it as a truth value."""
        return str(self.raw.get(name, "")).lower() in ("true", "1", "yes")

    def json(self, name: str) -> Any:
        """Return it as a JSON value; None where it is absent."""
        value = self.raw.get(name)
        return None if value in (None, "") else parse_json(value)

    def upload(self, name: str) -> Upload | None:
        """Return the file sent as this parameter, directly or by `attach://`."""
        value = self.raw.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return self.files.get(name)


class Methods:
    """Carries out calls on a world."""

    def __init__(self, world: World, updates: Updates, limits: Limits) -> None:
        self.world = world
        self.updates = updates
        self.limits = limits
        self.queries: dict[str, Query] = {}
        #: The server was started with `--local`: a webhook may be any address.
        self.local = False
        self.webhook: dict[str, Any] = {}
        self.webhook_error: tuple[int, str] | None = None
        #: What the bot set of itself: ("commands", scope, language) and the like.
        self.profile: dict[tuple[str, str, str], Any] = {}
        #: (chat id, action), in order.
        self.actions: list[tuple[int, str]] = []
        known = {name: getattr(self, name) for name in dir(self) if re.fullmatch(r"[a-z]+(?:[A-Z][a-z]+)+", name)}
        self._known: dict[str, tuple[str, Callable[[Params], Awaitable[Any]]]] = {
            name.lower(): (name, method) for name, method in known.items()
        }

    def find(self, name: str) -> tuple[str, Callable[[Params], Awaitable[Any]]]:
        """Return the method's proper name and the method; names are told apart without case.

        Raises:
            ApiError: 404.
        """
        if name.lower() not in self._known:
            raise ApiError(404, "method not found")
        return self._known[name.lower()]

    # Updates

    async def getMe(self, params: Params) -> Any:
        return self.world.bot.to_api() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    async def getUpdates(self, params: Params) -> Any:
        if self.webhook:
            raise ApiError(409, HOOKED)
        self.updates.allow(params.json("allowed_updates"))
        return await self.updates.fetch(
            offset=params.number("offset"), limit=params.number("limit", 100), timeout=params.number("timeout")
        )

    async def setWebhook(self, params: Params) -> Any:
        url = params.text("url")
        if not url:
            return await self.deleteWebhook(params)
        secret = params.text("secret_token")
        if not url.startswith("https://") and not self.local:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not check_url(url):
            raise bad("bad webhook: invalid URL host is specified")
        port = re.match(r"https://[^/]+:(\d+)", url)
        if port and not self.local and int(port[1]) not in (443, 80, 88, 8443):
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad("secret token contains unallowed characters")
        self.updates.allow(params.json("allowed_updates"))
        if params.truth("drop_pending_updates"):
            self.updates.pending.clear()
        if self.updates.poll is not None:
            self.updates.poll.superseded = True
        self.webhook = {
            "url": url,
            "secret": secret,
            "max_connections": params.number("max_connections", 40),
        }
        self.webhook_error = None
        return True

    async def deleteWebhook(self, params: Params) -> Any:
        if params.truth("drop_pending_updates"):
            self.updates.pending.clear()
        self.webhook = {}
        return True

    async def getWebhookInfo(self, params: Params) -> Any:
        info = {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if self.webhook:
            info["max_connections"] = self.webhook["max_connections"]
            info["allowed_updates"] = sorted(self.updates.allowed)
        if self.webhook_error:
            info |= {"last_error_date": self.webhook_error[0], "last_error_message": self.webhook_error[1]}
        return info

    # Messages

    def _chat(self, params: Params) -> Chat:
        return self.world.reach(params.raw.get("chat_id"), thread_id=params.number("message_thread_id") or None)

    def _reply_to(self, params: Params, chat: Chat) -> int | None:
        reply = params.json("reply_parameters") or {}
        target = reply.get("message_id") or params.number("reply_to_message_id")
        if not target:
            return None
        if int(target) in chat.messages:
            return int(target)
        if reply.get("allow_sending_without_reply") or params.truth("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")

    def _put(self, params: Params, chat: Chat, **fields: Any) -> Any:
        markup = check_markup(params.json("reply_markup"))
        reply_to = self._reply_to(params, chat)
        self.limits.check(chat.id)
        message = self.world.add(
            chat,
            sender=self.world.bot,
            markup=markup,
            reply_to=reply_to,
            thread_id=params.number("message_thread_id") or None,
            silent=params.truth("disable_notification"),
            **fields,
        )
        return message.to_api()

    async def sendMessage(self, params: Params) -> Any:
        if not params.text("text"):
            raise bad("message text is empty")
        text, entities = compose(
            params.text("text"), parse_mode=params.text("parse_mode"), entities=params.json("entities")
        )
        return self._put(params, self._chat(params), text=text, entities=entities)

    def _caption(self, params: Params) -> dict[str, Any]:
        text, entities = compose(
            params.text("caption"),
            parse_mode=params.text("parse_mode"),
            entities=params.json("caption_entities"),
            limit=MAX_CAPTION,
            name="caption",
        )
        return {"text": text, "entities": entities}

    def _file(self, params: Params, name: str, *, most: int) -> tuple[str, str, bytes, str]:
        """Return file id, name, bytes and type of a new or a known file."""
        upload = params.upload(name)
        if upload is None:
            known = params.text(name)
            if not known:
                raise bad(f"there is no {name} in the request")
            if known not in self.world.files:
                raise bad("wrong file identifier/HTTP URL specified")
            file_name, content = self.world.files[known]
            return known, file_name, content, "application/octet-stream"
        if not upload.content:
            raise bad("file must be non-empty")
        if len(upload.content) > most:
            raise ApiError(413, "Request Entity Too Large")
        return self.world.keep(upload.name, upload.content), upload.name, upload.content, upload.mime

    async def sendPhoto(self, params: Params) -> Any:
        chat = self._chat(params)
        return self._put(params, chat, **self._picture(params))

    def _picture(self, params: Params) -> dict[str, Any]:
        """Return the picture of a message, with its caption."""
        caption = self._caption(params)
        file_id, _, content, _ = self._file(params, "photo", most=MAX_PHOTO)
        if content[:8] != b"\x89PNG\r\n\x1a\n" and content[:3] != b"\xff\xd8\xff":
            raise bad("IMAGE_PROCESS_FAILED")
        return {"photo": content, "file_id": file_id, **caption}

    async def sendDocument(self, params: Params) -> Any:
        chat = self._chat(params)
        caption = self._caption(params)
        file_id, name, content, mime = self._file(params, "document", most=MAX_FILE)
        return self._put(params, chat, document=(name, content, mime), file_id=file_id, **caption)

    def _to_edit(self, params: Params) -> Message:
        chat = self.world.reach(params.raw.get("chat_id"))
        message = chat.messages.get(params.number("message_id"))
        if message is None:
            raise bad("message to edit not found")
        if not message.by_bot:
            raise bad("message can't be edited")
        return message

    def _change(self, params: Params, message: Message, **fields: Any) -> Any:
        markup = check_markup(params.json("reply_markup"))
        new = {"markup": markup, **fields}
        if all(getattr(message, name) == value for name, value in new.items()):
            raise bad(NOT_MODIFIED)
        self.limits.check(message.chat.id)
        message.earlier.append(message.text)
        for name, value in new.items():
            setattr(message, name, value)
        message.edited_at = int(time.time())
        return message.to_api()

    async def editMessageText(self, params: Params) -> Any:
        if not params.text("text"):
            raise bad("message text is empty")
        text, entities = compose(
            params.text("text"), parse_mode=params.text("parse_mode"), entities=params.json("entities"), limit=MAX_TEXT
        )
        if params.text("inline_message_id"):
            return True
        message = self._to_edit(params)
        if message.photo is not None or message.document is not None:
            raise bad("there is no text in the message to edit")
        return self._change(params, message, text=text, entities=entities)

    async def editMessageCaption(self, params: Params) -> Any:
        caption = self._caption(params)
        message = self._to_edit(params)
        if message.photo is None and message.document is None:
            raise bad("there is no caption in the message to edit")
        return self._change(params, message, **caption)

    async def editMessageMedia(self, params: Params) -> Any:
        media = params.json("media") or {}
        if media.get("type") != "photo":
            raise bad("media type is not supported here")
        picture = self._picture(Params({**media, "photo": media.get("media")}, params.files))
        message = self._to_edit(params)
        if message.photo is None:
            raise bad("there is no picture in the message to edit")
        return self._change(params, message, **picture)

    async def editMessageReplyMarkup(self, params: Params) -> Any:
        if params.text("inline_message_id"):
            return True
        return self._change(params, self._to_edit(params))

    async def deleteMessage(self, params: Params) -> Any:
        chat = self.world.reach(params.raw.get("chat_id"))
        message = chat.messages.get(params.number("message_id"))
        if message is None:
            raise bad("message to delete not found")
        if not message.by_bot and chat.type != "private" and chat.bot_status != "administrator":
            raise bad("message can't be deleted for everyone")
        del chat.messages[message.id]
        return True

    async def sendChatAction(self, params: Params) -> Any:
        chat = self._chat(params)
        action = params.text("action")
        if action not in ("typing", "upload_photo", "upload_document", "choose_sticker", "find_location"):
            raise bad("wrong parameter action in request")
        self.actions.append((chat.id, action))
        return True

    # Queries

    def _query(self, query_id: str) -> Query:
        query = self.queries.get(query_id)
        if query is None or query.answer is not None:
            raise bad(TOO_OLD)
        return query

    async def answerCallbackQuery(self, params: Params) -> Any:
        if units(params.text("text")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        query = self._query(params.text("callback_query_id"))
        query.answer = {"text": params.text("text"), "show_alert": params.truth("show_alert")}
        return True

    async def answerInlineQuery(self, params: Params) -> Any:
        results = params.json("results")
        if not isinstance(results, list):
            raise bad("can't parse inline query results JSON object")
        if len(results) > 50:
            raise bad("RESULTS_TOO_MUCH")
        ids = [str(result.get("id", "")) for result in results]
        if len(set(ids)) != len(ids):
            raise bad("RESULT_ID_DUPLICATE")
        for result_id, result in zip(ids, results, strict=True):
            _check_result(result_id, result)
        query = self._query(params.text("inline_query_id"))
        query.answer = {"cache_time": params.number("cache_time", 300), "is_personal": params.truth("is_personal")}
        query.results = results
        return True

    # What the bot says of itself

    async def setMyCommands(self, params: Params) -> Any:
        commands = params.json("commands")
        if not isinstance(commands, list):
            raise bad("expected an Array of BotCommand")
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= units(str(command.get("description", "")).strip()) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        return self._set("commands", params, commands)

    async def getMyCommands(self, params: Params) -> Any:
        return self._get("commands", params) or []

    async def deleteMyCommands(self, params: Params) -> Any:
        self.profile.pop(self._slot("commands", params), None)
        return True

    async def setMyName(self, params: Params) -> Any:
        return self._set_text("name", params, most=64)

    async def getMyName(self, params: Params) -> Any:
        return {"name": self._get("name", params) or self.world.bot.first_name}

    async def setMyDescription(self, params: Params) -> Any:
        return self._set_text("description", params, most=512)

    async def getMyDescription(self, params: Params) -> Any:
        return {"description": self._get("description", params) or ""}

    async def setMyShortDescription(self, params: Params) -> Any:
        return self._set_text("short_description", params, most=120)

    async def getMyShortDescription(self, params: Params) -> Any:
        return {"short_description": self._get("short_description", params) or ""}

    async def setChatMenuButton(self, params: Params) -> Any:
        return True

    def _slot(self, name: str, params: Params) -> tuple[str, str, str]:
        lang = params.text("language_code")
        if lang and not re.fullmatch(r"[a-z]{2}", lang):
            raise bad("invalid language code specified")
        scope = params.json("scope") or {"type": "default"}
        if scope.get("type", "").startswith("chat"):
            self.world.reach(scope.get("chat_id"), write=False)
        place = ":".join(str(scope[part]) for part in ("type", "chat_id", "user_id") if part in scope)
        return name, place if name == "commands" else "", lang

    def _set(self, name: str, params: Params, value: Any) -> bool:
        self.profile[self._slot(name, params)] = value
        return True

    def _set_text(self, name: str, params: Params, *, most: int) -> bool:
        if units(params.text(name)) > most:
            raise bad(f"{name.replace('_', ' ')} is too long")
        return self._set(name, params, params.text(name))

    def _get(self, name: str, params: Params) -> Any:
        return self.profile.get(self._slot(name, params))

    # Chats

    async def getChat(self, params: Params) -> Any:
        chat = self.world.reach(params.raw.get("chat_id"), write=False)
        return chat.to_api() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": {
                "unlimited_gifts": False,
                "limited_gifts": False,
                "unique_gifts": False,
                "premium_subscription": False,
                "gifts_from_channels": False,
            },
        }

    async def getChatMember(self, params: Params) -> Any:
        chat = self.world.reach(params.raw.get("chat_id"), write=False)
        user_id = params.number("user_id")
        if user_id not in self.world.users:
            raise bad("invalid user_id specified")
        return self.member(chat, user_id)

    async def getChatAdministrators(self, params: Params) -> Any:
        chat = self.world.reach(params.raw.get("chat_id"), write=False)
        if chat.type == "private":
            raise bad("there are no administrators in the private chat")
        ranks = ("creator", "administrator")
        return [self.member(chat, user_id) for user_id, status in chat.members.items() if status in ranks]

    async def leaveChat(self, params: Params) -> Any:
        chat = self.world.reach(params.raw.get("chat_id"), write=False)
        if chat.type == "private":
            raise bad("chat member status can't be changed in private chats")
        chat.members[BOT_ID] = "left"
        return True

    def member(self, chat: Chat, user_id: int) -> dict[str, Any]:
        """Return the Bot API's ChatMember."""
        default = "member" if chat.type == "private" and user_id in (chat.id, BOT_ID) else "left"
        status = chat.members.get(user_id, default)
        member: dict[str, Any] = {"status": status, "user": self.world.users[user_id].to_api()}
        if status == "creator":
            member["is_anonymous"] = False
        elif status == "kicked":
            member["until_date"] = 0
        elif status == "administrator":
            member |= {"can_be_edited": False, **dict.fromkeys(_RIGHTS, False)}
        return member

    async def getFile(self, params: Params) -> Any:
        file_id = params.text("file_id")
        if file_id not in self.world.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        size = len(self.world.files[file_id][1])
        if size > 20 * 1024 * 1024:
            raise bad("file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_size": size,
            "file_path": f"documents/{file_id}",
        }


_RIGHTS = (
    "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories",
)  # fmt: skip


def _check_result(result_id: str, result: dict[str, Any]) -> None:
    if not 1 <= len(result_id.encode()) <= 64:
        raise bad("RESULT_ID_INVALID")
    if result.get("type") != "article":
        raise bad(f"inline query result type {result.get('type')!r} is not known here")
    if not str(result.get("title", "")).strip():
        raise bad("RESULT_TITLE_INVALID")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or not content.get("message_text"):
        raise bad("message text is empty")
    compose(content["message_text"], parse_mode=content.get("parse_mode", ""), entities=content.get("entities"))
    check_markup(result.get("reply_markup"))
