"""Who may call which handler: each declares its kind and its role, and is never reached past them.

A module of handlers has one `Routes`, and its functions are put into it by decorators. `handlers.dispatch` looks them
up, and checks the role anew at every call and every press of a button.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from handlers.call import Call

#: `chat_admin`: in a group or channel its administrators, in a private chat the person.
Role = Literal["reader", "chat_admin", "editor", "owner"]
RouteKind = Literal["command", "button", "text", "edited", "inline", "member", "migration"]

Handler = Callable[["Call"], Awaitable[None]]
#: Returns whether it took the text; otherwise the next one is asked.
TextHandler = Callable[["Call"], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One handler and who may call it."""

    kind: RouteKind
    role: Role
    handler: Callable[["Call"], Awaitable[Any]]
    #: Word of the command or prefix of the button's data, without "/" and ":"; empty for the other kinds.
    name: str = ""


class Routes:
    """The handlers of one module."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def command(self, *names: str, role: Role = "reader") -> Callable[[Handler], Handler]:
        """Take a command; it is called with `call.args` being what follows it."""
        return self._taker("command", role, names)

    def button(self, *prefixes: str, role: Role = "reader") -> Callable[[Handler], Handler]:
        """Take buttons whose data is `PREFIX:…`; it is called with `call.args` being what follows the colon."""
        return self._taker("button", role, prefixes)

    def text(self, *, role: Role = "reader") -> Callable[[TextHandler], TextHandler]:
        """Take plain text, where the handlers before it did not."""

        def take(handler: TextHandler) -> TextHandler:
            self.all.append(Route(kind="text", role=role, handler=handler))
            return handler

        return take

    def on(self, kind: Literal["edited", "inline", "member", "migration"]) -> Callable[[Handler], Handler]:
        """Take what has no name: edited messages, inline queries, the bot's own standing in a chat."""
        return self._taker(kind, "reader", ("",))

    def _taker(self, kind: RouteKind, role: Role, names: Iterable[str]) -> Callable[[Handler], Handler]:
        def take(handler: Handler) -> Handler:
            self.all += [Route(kind=kind, role=role, handler=handler, name=name) for name in names]
            return handler

        return take


class Registry:
    """Every handler of the program.

    Raises:
        ValueError: two handlers of the same kind and name.
    """

    def __init__(self, *modules: Routes) -> None:
        self.routes: tuple[Route, ...] = tuple(route for module in modules for route in module.all)
        #: In the order of the modules.
        self.texts: tuple[Route, ...] = tuple(route for route in self.routes if route.kind == "text")
        self._named: dict[tuple[str, str], Route] = {}
        for route in self.routes:
            if route.kind == "text":
                continue
            if (route.kind, route.name) in self._named:
                raise ValueError(f"two handlers for the {route.kind} {route.name!r}")
            self._named[route.kind, route.name] = route

    def find(self, kind: str, name: str = "") -> Route | None:
        """Return the handler; None where there is none."""
        return self._named.get((kind, name))
