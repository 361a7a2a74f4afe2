"""Every registered handler, called by somebody without the right, and every button pressed with data that is forged."""

from handlers.application import make_registry
from tests.acceptance.homeward import OWNER, Homeward
from tests.botapi import Button

ROUTES = make_registry().routes
FOR_ADMINISTRATORS = [route for route in ROUTES if route.role in ("editor", "owner")]


async def test_no_reader_reaches_a_command_of_administration(homeward: Homeward) -> None:
    unknown = await homeward.telegram.ask(5, "/nosuchcommand", lang="en")
    commands = [route.name for route in FOR_ADMINISTRATORS if route.kind == "command"]
    answers = [await homeward.telegram.ask(5, f"/{name} 1 2 3", lang="en") for name in commands]

    assert commands
    assert {answer.text for answer in answers} == {unknown.text}


async def test_no_reader_reaches_a_button_of_administration(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/help", lang="en")
    version = await homeward.services.store.version()
    for route in FOR_ADMINISTRATORS:
        if route.kind == "button":
            assert "too old" in await forged(homeward, f"{route.name}:1")

    assert len(homeward.telegram.shown(5)) == 1
    assert await homeward.services.store.version() == version


async def test_a_role_that_was_taken_away_is_gone_at_once(homeward: Homeward) -> None:
    admins, now = homeward.services.admins, homeward.clock.now()
    await admins.set_role(5, "editor", author=str(OWNER), at=now)
    allowed = await homeward.telegram.ask(5, "/audit", lang="en")
    await admins.set_role(5, None, author=str(OWNER), at=now)
    refused = await homeward.telegram.ask(5, "/audit")
    unknown = await homeward.telegram.ask(5, "/nosuchcommand")

    assert allowed.text != refused.text == unknown.text


async def test_no_forged_press_makes_an_error(homeward: Homeward) -> None:
    for person in (5, OWNER):
        await homeward.telegram.ask(person, "/help", lang="en")
        for route in ROUTES:
            if route.kind == "button":
                for rest in ("", "zz", "0.0", "00.1100r.s", "1.2.3", "-1", "9" * 18):
                    assert "went wrong" not in await forged(homeward, f"{route.name}:{rest}", person=person)
        assert not any("went wrong" in text for text in homeward.telegram.texts(person))


async def forged(homeward: Homeward, data: str, *, person: int = 5) -> str:
    message = homeward.telegram.shown(person)[0]
    query = homeward.telegram.press(Button(chat_id=person, message_id=message.id, text="?", data=data), user=person)
    await homeward.telegram.wait_for(lambda: query.answer)
    await homeward.settled()
    assert query.answer is not None
    return str(query.answer["text"])
