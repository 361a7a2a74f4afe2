"""The server itself: HTTP in front of the methods, and the hand that plays the people and the faults."""

import asyncio
import contextlib
import itertools
import json
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

from tests.botapi.control import attach_control
from tests.botapi.errors import ApiError
from tests.botapi.faults import KINDS, Fault, FaultKind
from tests.botapi.journal import Call, Changes
from tests.botapi.limits import Limits
from tests.botapi.methods import MAX_FILE, Methods, Params, Query, Upload
from tests.botapi.texts import detect, units
from tests.botapi.updates import Updates, parse_json
from tests.botapi.world import BOT_ID, Button, Chat, ChatType, Message, User, World

T = TypeVar("T")
WAIT_SECONDS = 30.0


class BotApiServer:
    """Telegram on loopback.

    Every method that is not a coroutine takes effect at once. All of it belongs to one event loop.

    Attributes:
        token: The only token that is taken.
        world: Accounts, chats, messages.
        updates: What waits for the bot.
        methods: What the bot may call; `profile`, `actions` and `webhook` are what it set.
        limits: Switched off until `limits.enabled` is set.
        journal: Every call but getUpdates, in order.
        taken: How many calls of each method were carried out.
        webhook_proxy: Root of what stands behind the proxy that ends TLS; an https webhook is delivered there.
        webhook_retry: Seconds before a refused update is pushed again; doubled each time.
    """

    def __init__(self, *, token: str = "700000001:test-token-of-the-loopback-server-000", port: int = 0) -> None:
        self.token = token
        self.world = World()
        self.changes = Changes()
        self.updates = Updates(self.changes)
        self.limits = Limits(clock=time.monotonic)
        self.methods = Methods(self.world, self.updates, self.limits)
        self.journal: list[Call] = []
        self.taken: Counter[str] = Counter()
        self.webhook_proxy: str | None = None
        self.webhook_retry = 0.02
        self._faults: list[Fault] = []
        self._port = port
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._pusher: asyncio.Task[None] | None = None
        self._query_ids = itertools.count(1)
        self._numbers = itertools.count(1)

    # Life

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Return the root, for `HOMEWARD_TELEGRAM_API_URL`."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Begin to serve, on a free port where none was named."""
        app = web.Application(client_max_size=MAX_FILE + 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        attach_control(app, self)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.listen()
        self._pusher = asyncio.create_task(self._push())

    async def stop(self) -> None:
        """End it, with whatever it holds back."""
        for fault in self._faults:
            fault.release()
        if self.updates.poll is not None:
            self.updates.poll.superseded = True
            self.changes.announce()
        if self._pusher is not None:
            self._pusher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pusher
        if self._runner is not None:
            self._drop_connections()
            await self._runner.cleanup()

    async def listen(self) -> None:
        """Take connections, on the same port as before."""
        assert self._runner is not None
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await self._site.start()
        sockets = self._site._server.sockets  # type: ignore[union-attr]
        self._port = sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Refuse connections, and cut those that stand, until `listen()`."""
        if self._site is not None:
            await self._site.stop()
        self._drop_connections()

    def _drop_connections(self) -> None:
        if self._runner is not None and self._runner.server is not None:
            for connection in list(self._runner.server.connections):
                if connection.transport is not None:
                    connection.transport.abort()

    # What the bot did

    async def wait_for(self, condition: Callable[[], T | None], timeout: float = WAIT_SECONDS) -> T:  # noqa: ASYNC109
        """Return the condition's value as soon as it is true; it is looked at after every call and update.

        Raises:
            AssertionError: it did not come true in that many seconds.
        """
        try:
            return await self.changes.until(condition, timeout)
        except TimeoutError:
            last = "\n".join(f"  {call.method} {dict(call.params)} -> {call.status}" for call in self.journal[-8:])
            raise AssertionError(f"it did not happen in {timeout} s; the last calls were\n{last}") from None

    def calls(self, method: str | None = None, chat_id: int | None = None) -> list[Call]:
        """Return the calls, of one method or about one chat."""
        return [
            call
            for call in self.journal
            if (method is None or call.method == method) and (chat_id is None or call.chat_id == chat_id)
        ]

    def shown(self, chat_id: int, *, thread_id: int | None = None, everybody: bool = False) -> list[Message]:
        """Return what the bot's messages in a chat show now, oldest first; `everybody`: with the people's own."""
        if chat_id not in self.world.chats:
            return []
        return [
            message
            for message in self.world.chats[chat_id].messages.values()
            if (everybody or message.by_bot) and (thread_id is None or message.thread_id == thread_id)
        ]

    def texts(self, chat_id: int) -> list[str]:
        """Return the words of `shown`."""
        return [message.text for message in self.shown(chat_id)]

    @property
    def polling(self) -> bool:
        """Tell whether a getUpdates waits now."""
        return self.updates.poll is not None

    async def ask(self, chat_id: int, text: str, *, timeout: float = WAIT_SECONDS, **how: Any) -> Message:  # noqa: ASYNC109
        """Write to the bot and return its next message in that chat."""
        before = {message.id for message in self.shown(chat_id)}
        self.say(chat_id, text, **how)
        return await self.wait_for(
            lambda: next((message for message in self.shown(chat_id) if message.id not in before), None), timeout
        )

    # What people do

    def say(
        self,
        chat_id: int,
        text: str,
        *,
        user: int | None = None,
        lang: str | None = None,
        reply_to: Message | int | None = None,
        thread_id: int | None = None,
        forward_from: int | None = None,
    ) -> Message:
        """Somebody writes; unknown people and chats come into being.

        In a group the bot learns of it only where Telegram's privacy mode lets it: a command, a mention, a reply to
        it, or where it is an administrator. In a channel the channel itself writes.
        """
        chat = self.world.chat(chat_id)
        person = None if chat.type == "channel" else self.world.user(user or (chat_id if chat_id > 0 else 1), lang=lang)
        if chat.type == "private" and chat.blocked:
            self.unblock(chat_id)
        chat.started = True
        if person is not None and chat.type != "private":
            chat.members.setdefault(person.id, "member")
        message = self.world.add(
            chat,
            sender=person,
            text=text,
            entities=detect(text),
            reply_to=reply_to.id if isinstance(reply_to, Message) else reply_to,
            thread_id=thread_id,
            forward_origin=self._origin(forward_from),
        )
        if self._heard(message):
            self.updates.push("channel_post" if chat.type == "channel" else "message", message.to_api())
        return message

    def _origin(self, user_id: int | None) -> dict[str, Any] | None:
        if user_id is None:
            return None
        return {"type": "user", "date": int(time.time()), "sender_user": self.world.user(user_id).to_api()}

    def _heard(self, message: Message) -> bool:
        chat = message.chat
        if chat.type == "private" or chat.bot_status == "administrator":
            return True
        if chat.bot_status in ("left", "kicked"):
            return False
        name = f"@{self.world.bot.username}".lower()
        command = re.match(r"/\w+(@\w+)?", message.text)
        if command:
            return command[1] is None or command[1].lower() == name
        replied = chat.messages.get(message.reply_to or 0)
        return name in message.text.lower() or (replied is not None and replied.by_bot)

    def forward(self, chat_id: int, text: str, *, from_user: int = 999, **how: Any) -> Message:
        """Somebody passes on what somebody else wrote."""
        return self.say(chat_id, text, forward_from=from_user, **how)

    def edit(self, message: Message, text: str) -> None:
        """Somebody edits their message."""
        message.earlier.append(message.text)
        message.text, message.entities, message.edited_at = text, detect(text), int(time.time())
        if self._heard(message):
            kind = "edited_channel_post" if message.chat.type == "channel" else "edited_message"
            self.updates.push(kind, message.to_api())

    def press(self, button: Button | int, label: str | None = None, *, user: int | None = None) -> Query:
        """Somebody presses a button, or the newest of a chat whose label or data is `label`.

        Returns:
            The query; its `answer` is set once the bot has answered it.
        """
        if isinstance(button, int):
            button = self.button(button, label)
        if button.data is None:
            raise AssertionError(f"{button.text!r} is a link")
        chat = self.world.chats[button.chat_id]
        person = self.world.user(user or (chat.id if chat.id > 0 else 1))
        query = Query(id=f"cb{next(self._query_ids)}", chat_id=chat.id, text=button.data)
        self.methods.queries[query.id] = query
        update = {
            "id": query.id,
            "from": person.to_api(),
            "chat_instance": str(chat.id),
            "message": chat.messages[button.message_id].to_api(),
            "data": button.data,
        }
        self.updates.push("callback_query", update)
        return query

    def button(self, chat_id: int, label: str | None) -> Button:
        """Return the newest button of a chat with that label, data or beginning of a label."""
        for message in reversed(self.shown(chat_id)):
            for button in itertools.chain.from_iterable(message.buttons):
                if label in (button.text, button.data) or (label and button.text.startswith(label)):
                    return button
        raise AssertionError(f"chat {chat_id} shows no button {label!r}")

    def inline(self, text: str, *, user: int = 1, lang: str | None = None) -> Query:
        """Somebody types `@bot text` in another chat; `results` is filled by the bot's answer."""
        query = Query(id=f"iq{next(self._query_ids)}", chat_id=user, text=text)
        self.methods.queries[query.id] = query
        person = self.world.user(user, lang=lang)
        self.updates.push("inline_query", {"id": query.id, "from": person.to_api(), "query": text, "offset": ""})
        return query

    # What becomes of chats

    def group(
        self, chat_id: int, *, title: str = "A group", kind: ChatType | None = None, owner: int = 1,
        admins: Sequence[int] = (), topics: Sequence[int] = (), bot: str = "member", username: str | None = None,
    ) -> Chat:  # fmt: skip
        """Make a group; `topics` makes it a forum, `bot` is the bot's status in it."""
        chat = self.world.chat(chat_id, kind=kind, title=title)
        chat.members[owner] = "creator"
        chat.members.update(dict.fromkeys(admins, "administrator"))
        chat.members[BOT_ID] = bot
        for user_id in chat.members:
            if user_id != BOT_ID:
                self.world.user(user_id)
        chat.username = username
        chat.is_forum = bool(topics)
        chat.topics = dict.fromkeys(topics, False)
        return chat

    def channel(self, chat_id: int, *, title: str = "A channel", **how: Any) -> Chat:
        """Make a channel that the bot administers."""
        return self.group(chat_id, title=title, kind="channel", **{"bot": "administrator", **how})

    def block(self, chat_id: int) -> None:
        """The person blocks the bot, or a group throws it out."""
        chat = self.world.chat(chat_id)
        old = self._own_member(chat)
        if chat.type == "private":
            chat.blocked = True
        else:
            chat.members[BOT_ID] = "kicked"
        self._tell_member(chat, old)

    kick = block

    def unblock(self, chat_id: int) -> None:
        """The person takes the bot back, or a group lets it in again."""
        chat = self.world.chat(chat_id)
        old = self._own_member(chat)
        chat.blocked = False
        if chat.type != "private":
            chat.members[BOT_ID] = "administrator" if chat.type == "channel" else "member"
        self._tell_member(chat, old)

    join = unblock

    def promote(self, chat_id: int, user: int = BOT_ID, status: str = "administrator") -> None:
        """Give somebody in a group another status."""
        self.world.chat(chat_id).members[user] = status

    def deactivate(self, user: int) -> None:
        """The account is deleted."""
        self.world.user(user).deactivated = True

    def migrate(self, chat_id: int, new_chat_id: int) -> None:
        """A group becomes a supergroup; both chats say so."""
        old = self.world.chat(chat_id)
        new = self.world.chat(new_chat_id, kind="supergroup", title=old.title)
        new.members = dict(old.members)
        for chat, service in ((old, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": old.id})):
            message = self.world.add(chat, sender=self.world.user(1), service=service)
            self.updates.push("message", message.to_api())
        old.migrated_to = new.id

    def close_topic(self, chat_id: int, thread_id: int) -> None:
        """A topic of a forum is closed."""
        self.world.chat(chat_id).topics[thread_id] = True

    def delete_topic(self, chat_id: int, thread_id: int) -> None:
        """A topic of a forum is deleted."""
        self.world.chat(chat_id).topics.pop(thread_id)

    def _own_member(self, chat: Chat) -> dict[str, Any]:
        member = self.methods.member(chat, BOT_ID)
        return member | {"status": "kicked", "until_date": 0} if chat.blocked else member

    def _tell_member(self, chat: Chat, old: Mapping[str, Any]) -> None:
        actor = chat.user or self.world.user(1)
        update = {
            "chat": chat.to_api(),
            "from": actor.to_api(),
            "date": int(time.time()),
            "old_chat_member": old,
            "new_chat_member": self._own_member(chat),
        }
        self.updates.push("my_chat_member", update)

    # Faults

    def script(self, kind: FaultKind, **how: Any) -> Fault:
        """Do something wrong on the next fitting requests; see `tests.botapi.faults`."""
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind}")
        fault = Fault(kind=kind, **how)
        self._faults.append(fault)
        return fault

    # HTTP

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        try:
            if not re.fullmatch(r"\d+:[\w-]{35,}", token):
                raise ApiError(404, "Not Found")
            if not secrets.compare_digest(token.encode(), self.token.encode()):
                raise ApiError(401, "Unauthorized")
            name, method = self.methods.find(request.match_info["method"])
            params = await _read(request)
        except ApiError as error:
            return _json(error.body(), error.code)
        if name == "getUpdates":
            try:
                return _json({"ok": True, "result": await method(params)})
            except ApiError as error:
                return _json(error.body(), error.code)
        call = Call(
            number=next(self._numbers),
            method=name,
            params={key: parse_json(value) if key != "text" else value for key, value in params.raw.items()},
            files={key: len(upload.content) for key, upload in params.files.items()},
            at=time.monotonic(),
        )
        self.journal.append(call)
        fault = next((fault for fault in self._faults if fault.plays(name, call.chat_id)), None)
        call.fault = fault.kind if fault else ""
        try:
            return await self._answer(request, call, method, params, fault)
        finally:
            self.changes.announce()

    async def _answer(
        self, request: web.Request, call: Call, method: Callable[[Params], Any], params: Params, fault: Fault | None
    ) -> web.StreamResponse:
        if fault is not None and fault.kind == "cut":
            return _cut(request, call)
        if fault is not None and fault.kind == "status":
            call.status = fault.code
            return web.Response(status=fault.code, text="<html>Bad Gateway</html>", content_type="text/html")
        try:
            if fault is not None and fault.kind == "flood":
                raise ApiError(429, f"retry after {fault.retry_after}", retry_after=fault.retry_after)
            if fault is not None and fault.kind == "refuse":
                raise ApiError(fault.code, fault.description, **fault.parameters)
            call.result = await method(params)
            call.taken = True
            self.taken[call.method] += 1
        except ApiError as error:
            call.status, call.description = error.code, str(error)
            return _json(error.body(), error.code)
        if fault is not None and fault.kind == "no_answer":
            return _cut(request, call)
        if fault is not None and fault.kind == "bad_json":
            return web.Response(text='{"ok":true,"result":', content_type="application/json")
        if fault is not None and fault.kind == "hold":
            self.changes.announce()
            await fault.held()
        return _json({"ok": True, "result": call.result})

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        name = PurePosixPath(request.match_info["path"]).name
        if request.match_info["token"] != self.token or name not in self.world.files:
            return _json(ApiError(404, "Not Found").body(), 404)
        return web.Response(body=self.world.files[name][1])

    # Webhook

    async def _push(self) -> None:
        """Deliver updates to the webhook: those of a chat one after another, those of others at the same time."""
        sending: dict[int, asyncio.Task[None]] = {}
        async with ClientSession(timeout=ClientTimeout(total=60), connector=TCPConnector(limit=0)) as session:
            try:
                while True:
                    update = await self.changes.until(partial(self._next_to_push, sending), 1e9)
                    task = asyncio.create_task(self._push_one(session, update))
                    sending[_chat_of(update)] = task
                    task.add_done_callback(partial(self._pushed, sending, _chat_of(update)))
            finally:
                for task in sending.values():
                    task.cancel()
                await asyncio.gather(*sending.values(), return_exceptions=True)

    def _next_to_push(self, sending: Mapping[int, object]) -> dict[str, Any] | None:
        hook = self.methods.webhook
        if not hook or len(sending) >= hook["max_connections"]:
            return None
        return next((update for update in self.updates.pending if _chat_of(update) not in sending), None)

    def _pushed(self, sending: dict[int, asyncio.Task[None]], chat: int, _: object) -> None:
        del sending[chat]
        self.changes.announce()

    async def _push_one(self, session: ClientSession, update: Mapping[str, Any]) -> None:
        """Deliver one update, again and again until it is taken or there is no webhook any more."""
        wait = self.webhook_retry
        while self.methods.webhook:
            problem = await self._post(session, update)
            if not problem:
                self.updates.pending = [other for other in self.updates.pending if other is not update]
                return
            self.methods.webhook_error = (int(time.time()), problem)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 60)

    async def _post(self, session: ClientSession, update: Mapping[str, Any]) -> str:
        """Push one update; returns what went wrong."""
        hook = self.methods.webhook
        target = hook["url"]
        if self.webhook_proxy is not None:
            parts = urlsplit(target)
            target = self.webhook_proxy.rstrip("/") + parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
        try:
            async with session.post(target, json=update, headers=headers) as response:
                await response.read()
                if 200 <= response.status < 300:
                    return ""
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError, OSError) as error:
            return f"Connection failed: {type(error).__name__}"


def _chat_of(update: Mapping[str, Any]) -> int:
    """Return the chat or person whose updates keep their order."""
    content = next(value for name, value in update.items() if name != "update_id")
    message = content.get("message", content)
    return int((message.get("chat") or content["from"])["id"])


async def _read(request: web.Request) -> Params:
    """Decode the parameters of a request: query, form, JSON or multipart."""
    raw: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.method not in ("GET", "POST"):
        raise ApiError(404, "method not found")
    if request.content_type == "application/json":
        body = await request.read()
        try:
            document = json.loads(body or b"{}")
        except ValueError:
            raise ApiError(400, "can't parse JSON object") from None
        if not isinstance(document, dict):
            raise ApiError(400, "can't parse JSON object")
        raw.update(document)
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                upload = Upload(name=value.filename, content=value.file.read(), mime=value.content_type)
                files[name] = upload
            else:
                raw[name] = value if isinstance(value, str) else bytes(value).decode()
    for value in raw.values():
        if isinstance(value, str) and units(value) > 1_000_000:
            raise ApiError(413, "Request Entity Too Large")
    return Params(raw, files)


def _json(document: Mapping[str, Any], status: int = 200) -> web.Response:
    return web.Response(
        body=json.dumps(document, ensure_ascii=False).encode(), status=status, content_type="application/json"
    )


def _cut(request: web.Request, call: Call) -> web.Response:
    call.status = 0
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


__all__ = ["BotApiServer", "User"]
