"""What goes wrong: nobody sees a trace, nobody waits for ever, and the loop goes on."""

import logging
from typing import Any

import pytest

from bot.errors import StorageError
from tests.acceptance.homeward import Homeward


async def _fail(*_: Any, **__: Any) -> Any:
    raise RuntimeError("secret detail")


async def test_an_error_is_an_apology_in_the_persons_language_and_the_loop_goes_on(
    homeward: Homeward, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(homeward.services.asker, "ask", _fail)
        apology = await homeward.telegram.ask(5, "total since Istanbul", lang="uk")
    answer = await homeward.telegram.ask(5, "total since Istanbul")

    assert "secret" not in apology.text
    assert any(letter in apology.text for letter in "іїє")
    assert any(character.isdigit() for character in answer.text)
    assert "an update could not be handled" in caplog.messages


async def test_a_press_that_fails_ends_its_waiting(homeward: Homeward, monkeypatch: pytest.MonkeyPatch) -> None:
    await homeward.telegram.ask(5, "total since Istanbul", lang="en")
    monkeypatch.setattr(homeward.services.asker, "choose", _fail)
    told = await homeward.press(5, "By month")

    assert "went wrong" in told
    assert len(homeward.telegram.shown(5)) == 1


async def test_an_answer_is_given_where_the_conversation_cannot_be_kept(
    homeward: Homeward, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: Any, **__: Any) -> Any:
        raise StorageError("database is locked")

    for name in ("settings", "turn", "meet", "save_turn", "begin_update", "end_update"):
        monkeypatch.setattr(homeward.services.chats, name, locked)
    answer = await homeward.telegram.ask(5, "total since Istanbul", lang="en")

    assert "6,057" in answer.text


async def test_a_message_that_telegram_refuses_is_sent_plain(homeward: Homeward) -> None:
    homeward.telegram.script("refuse", method="sendMessage", description="can't parse entities")
    answer = await homeward.telegram.ask(5, "total since Istanbul", lang="en")

    assert "6,057" in answer.text
    assert answer.styled("bold") == []


async def test_who_has_blocked_the_bot_stops_nothing(homeward: Homeward) -> None:
    homeward.telegram.say(5, "total since Istanbul")
    homeward.telegram.world.chat(5).blocked = True
    answer = await homeward.telegram.ask(6, "total since Istanbul", lang="en")
    await homeward.settled()

    assert "6,057" in answer.text


async def test_one_persons_flood_keeps_nobody_waiting(homeward: Homeward) -> None:
    for _ in range(60):
        homeward.telegram.say(5, "/method")
    answer = await homeward.telegram.ask(6, "total since Istanbul", lang="en")
    before = len(homeward.telegram.shown(5))
    await homeward.settled()

    assert "6,057" in answer.text
    assert before < len(homeward.telegram.shown(5)) < 60
