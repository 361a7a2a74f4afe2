"""The server's controls over HTTP: `POST /control/VERB` with a JSON object, for a server in another process.

say press inline edit block unblock deactivate migrate group channel script release limits
journal shown texts told wait polling answered many clear
"""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from tests.botapi.server import BotApiServer


def attach_control(app: web.Application, server: "BotApiServer") -> None:
    """Add the routes."""
    control = Control(server)

    async def serve(request: web.Request) -> web.Response:
        verb = getattr(control, request.match_info["verb"], None)
        if verb is None or request.match_info["verb"].startswith("_"):
            return web.json_response({"error": "no such verb"}, status=404)
        try:
            result = verb(**(await request.json() if request.can_read_body else {}))
            if hasattr(result, "__await__"):
                result = await result
        except (AssertionError, TypeError, ValueError, KeyError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        return web.json_response(result)

    app.router.add_post("/control/{verb}", serve)


class Control:
    """One method a verb; arguments and results are JSON values."""

    def __init__(self, server: "BotApiServer") -> None:
        self._server = server
        for name in ("block", "unblock", "deactivate", "migrate", "promote", "close_topic", "delete_topic"):
            setattr(self, name, self._plain(getattr(server, name)))

    @staticmethod
    def _plain(method: Callable[..., Any]) -> Callable[..., None]:
        def call(**arguments: Any) -> None:
            method(**arguments)

        return call

    def say(self, **arguments: Any) -> dict[str, Any]:
        return self._server.say(**arguments).to_api()

    def many(self, messages: list[tuple[int, str]]) -> int:
        """Several people write at once: pairs of chat and text."""
        for chat_id, text in messages:
            self._server.say(chat_id, text)
        return len(messages)

    def people(self, first: int, number: int) -> None:
        """Make so many private chats, with ids from the first on."""
        for chat_id in range(first, first + number):
            self._server.world.chat(chat_id)

    def edit(self, chat_id: int, message_id: int, text: str) -> None:
        self._server.edit(self._server.world.chats[chat_id].messages[message_id], text)

    def press(self, chat_id: int, label: str, user: int | None = None) -> str:
        return self._server.press(chat_id, label, user=user).id

    def inline(self, **arguments: Any) -> str:
        return self._server.inline(**arguments).id

    def answer(self, query_id: str) -> dict[str, Any]:
        query = self._server.methods.queries[query_id]
        return {"answer": query.answer, "results": query.results}

    def group(self, **arguments: Any) -> dict[str, Any]:
        return self._server.group(**arguments).to_api()

    def channel(self, **arguments: Any) -> dict[str, Any]:
        return self._server.channel(**arguments).to_api()

    def script(self, **arguments: Any) -> None:
        self._server.script(**arguments)

    def release(self) -> None:
        for fault in self._server._faults:
            fault.release()

    def limits(self, **values: Any) -> dict[str, Any]:
        """Set `enabled`, `overall`, `chat`, `group`, `slack`; returns how often it refused."""
        for name, value in values.items():
            if name not in ("enabled", "overall", "chat", "group", "slack"):
                raise ValueError(name)
            setattr(self._server.limits, name, value)
        return {"refused": self._server.limits.refused}

    def webhook(self, proxy: str | None) -> None:
        self._server.webhook_proxy = proxy

    def journal(self, method: str | None = None, chat_id: int | None = None, since: int = 0) -> list[dict[str, Any]]:
        return [
            {
                "number": call.number, "method": call.method, "params": dict(call.params), "at": call.at,
                "status": call.status, "taken": call.taken, "description": call.description, "fault": call.fault,
            }
            for call in self._server.calls(method, chat_id)
            if call.number > since
        ]  # fmt: skip

    def shown(self, chat_id: int, everybody: bool = False) -> list[dict[str, Any]]:
        return [message.to_api() for message in self._server.shown(chat_id, everybody=everybody)]

    def texts(self, chat_id: int) -> list[str]:
        return self._server.texts(chat_id)

    async def told(self, chat_id: int, words: list[str], seconds: float = 60.0) -> list[str]:
        """Return what a chat shows, as soon as each of these words stands in it."""
        await self._server.wait_for(
            lambda: (shown := "\n".join(self._server.texts(chat_id))) and all(word in shown for word in words), seconds
        )
        return self._server.texts(chat_id)

    async def wait(self, method: str, count: int, seconds: float = 60.0) -> int:
        """Return as soon as that many calls of a method were carried out since the start or `clear`."""
        await self._server.wait_for(lambda: self._server.taken[method] >= count, seconds)
        return self._server.taken[method]

    async def polling(self, seconds: float = 60.0) -> None:
        """Return as soon as somebody waits for updates."""
        await self._server.wait_for(lambda: self._server.polling, seconds)

    def answered(self) -> dict[str, int]:
        """Return how many messages each chat got since the start or `clear`."""
        taken = (call for call in self._server.calls("sendMessage") if call.taken)
        return dict(Counter(str(call.chat_id) for call in taken))

    def clear(self) -> None:
        """Forget the journal."""
        self._server.journal.clear()
        self._server.taken.clear()
