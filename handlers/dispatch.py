"""Which handler an update goes to, and whether that person may call it.

An administrator's command answers everybody else exactly as an unknown command does, and their buttons as an old one.
"""

import logging

from bot.ports import Acquaintance
from handlers.answers import help_button
from handlers.bot import TelegramBot
from handlers.call import Call, known
from handlers.incoming import Incoming
from handlers.registry import Registry, Role, Route
from handlers.roles import enough, known_role, may
from handlers.services import Services

logger = logging.getLogger(__name__)


class Dispatcher:
    """Hands each update to its handler."""

    def __init__(self, registry: Registry, services: Services) -> None:
        self.registry = registry
        self._services = services

    async def dispatch(self, call: Call) -> None:
        """Handle one update; the press of a button is answered at the latest when its work is done."""
        await self._route(call)
        await call.toast()

    async def _route(self, call: Call) -> None:
        incoming = call.incoming
        match incoming.what:
            case "text":
                await self._text(call)
            case "command" | "button":
                await self._named(call)
            case what:
                route = self.registry.find(what)
                if route is not None:
                    await route.handler(call)

    async def _text(self, call: Call) -> None:
        for route in self.registry.texts:
            if await self._allowed(route, call) and await route.handler(call):
                return

    async def _named(self, call: Call) -> None:
        route = self.registry.find(call.incoming.what, call.incoming.name)
        if route is None:
            await refuse_unknown(call)
        elif await self._allowed(route, call):
            await route.handler(call)
        elif _role(route, call) == "chat_admin":
            await refuse_chat_admin(call)
        else:
            await refuse_unknown(call)

    async def _allowed(self, route: Route, call: Call) -> bool:
        role = _role(route, call)
        if role == "chat_admin":
            return await may(role, call.incoming, services=self._services, bot=call.bot)
        return enough(call.role, role)


def _role(route: Route, call: Call) -> Role:
    """Return what a route asks for here: what is said in a channel is said to all, so readers press nothing there."""
    in_channel = call.incoming.what == "button" and call.incoming.chat_type == "channel"
    return "chat_admin" if in_channel and route.role == "reader" else route.role


def make_call(incoming: Incoming, met: Acquaintance, services: Services, bot: TelegramBot) -> Call:
    """Put beside an update what is kept of its chat and person."""
    role = known_role(incoming.user_id, met.role, services)
    return Call(incoming=incoming, services=services, bot=bot, setting=known(met.lang), turn=met.turn, role=role)


async def refuse_unknown(call: Call) -> None:
    """Say that a command is none of ours, or that a button has had its day; in a group only where we were named."""
    if call.incoming.what == "button":
        await call.toast(call.word("stale-button"), alert=True)
    elif call.incoming.addressed:
        await call.say("unknown-command", help_button(call))


async def refuse_chat_admin(call: Call) -> None:
    """Say that only an administrator of the chat can do this."""
    if call.incoming.what == "button":
        await call.toast(call.word("only-chat-admins"), alert=True)
    else:
        await call.say("only-chat-admins")
