"""Who may call what: every handler of the program, walked."""

import pytest

from handlers.application import make_registry
from handlers.menu import MENU
from handlers.registry import Registry, Role, Route, Routes

#: Commands of administrators, and the least that is asked for each (contract, section 5).
ADMINISTRATION = {
    "add", "edit", "retract", "pin", "merge", "undo", "review", "feeds", "audit", "status", "subscribers", "admins",
    "backup",
}  # fmt: skip
FOR_CHAT_ADMINS = {"subscribe", "unsubscribe", "settings", "language"}

ROUTES = make_registry().routes


def roles(kind: str) -> dict[str, Role]:
    return {route.name: route.role for route in ROUTES if route.kind == kind}


def test_every_command_of_the_menu_has_a_handler_for_readers() -> None:
    commands = roles("command")

    assert {name: commands.get(name) for name in MENU} == {
        name: "chat_admin" if name in FOR_CHAT_ADMINS else "reader" for name in MENU
    }


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.kind == "command" and r.name not in MENU], ids=lambda r: r.name
)
def test_every_other_command_is_an_administrators(route: Route) -> None:
    assert route.role in ("editor", "owner")


@pytest.mark.parametrize("route", [r for r in ROUTES if r.kind == "command"], ids=lambda r: r.name)
def test_no_command_of_administration_is_a_readers(route: Route) -> None:
    assert (route.name in ADMINISTRATION) <= (route.role in ("editor", "owner"))


def test_text_that_nobody_else_takes_is_a_readers_question() -> None:
    assert make_registry().texts[-1].role == "reader"
    assert all(route.role != "reader" for route in make_registry().texts[:-1])


def test_two_handlers_of_one_name_are_a_mistake() -> None:
    routes = Routes()

    @routes.command("help")
    async def one(call: object) -> None: ...

    @routes.command("help")
    async def other(call: object) -> None: ...

    with pytest.raises(ValueError, match="help"):
        Registry(routes)
