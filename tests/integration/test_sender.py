"""What each answer of the Bot API, or the lack of one, means for a delivery."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.errors import DeliveryError
from bot.ports import OutgoingMessage
from bot.rendering.rich import Run
from handlers.bot import TelegramBot
from handlers.limiter import Limiter, Rates
from handlers.request import BotApiRequest
from handlers.sender import TelegramSender
from tests.botapi import BotApiServer

TEXT = (Run("1,212", bold=True), Run(" bodies, says "), Run("the Headquarters", url="https://koordshtab.gov.ua/1"))


def message(chat_id: int = 5, **how: Any) -> OutgoingMessage:
    return OutgoingMessage(**{"chat_id": chat_id, "text": TEXT, **how})


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        server.say(5, "/start")
        yield server


@pytest.fixture
async def sender(telegram: BotApiServer) -> AsyncIterator[TelegramSender]:
    bot = TelegramBot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        request=BotApiRequest(read_timeout=2.0),
        rate_limiter=Limiter(Rates(chat=0)),
    )
    async with bot:
        yield TelegramSender(bot)


async def test_alert_is_shown_with_its_styles_and_buttons(telegram: BotApiServer, sender: TelegramSender) -> None:
    sent = await sender.send(message(silent=True, buttons=((("Sources", "s:1"), ("Open", "https://a.ua/x")),)))
    (shown,) = telegram.shown(5)
    assert (shown.id, shown.text, shown.silent) == (sent, "1,212 bodies, says the Headquarters", True)
    assert (shown.styled("bold"), shown.links) == (["1,212"], ["https://koordshtab.gov.ua/1"])
    assert [(button.text, button.data, button.url) for button in shown.buttons[0]] == [
        ("Sources", "s:1", None),
        ("Open", None, "https://a.ua/x"),
    ]


def refused(description: str, code: int = 400, **parameters: int) -> Callable[[BotApiServer], Any]:
    return lambda server: server.script("refuse", code=code, description=description, parameters=parameters)


OUTCOMES: list[tuple[str, Callable[[BotApiServer], Any], str]] = [
    ("blocked", lambda server: server.block(5), "gone"),
    ("account deleted", lambda server: server.deactivate(5), "gone"),
    ("chat unknown", lambda server: server.world.chats.pop(5), "gone"),
    ("may not write", refused("not enough rights to send text messages to the chat"), "gone"),
    ("never started", refused("bot can't initiate conversation with a user", 403), "gone"),
    ("migrated", lambda server: server.migrate(5, -1007), "migrated"),
    ("flood", lambda server: server.script("flood", retry_after=7), "flood"),
    ("other refusal", refused("MESSAGE_ODD"), "rejected"),
    ("too large", refused("Request Entity Too Large", 413), "rejected"),
    ("token revoked", refused("Unauthorized", 401), "not_sent"),
    ("answer lost", lambda server: server.script("no_answer"), "unknown"),
    ("answer unreadable", lambda server: server.script("bad_json"), "unknown"),
    ("bad gateway", lambda server: server.script("status", code=502), "unknown"),
    ("server error", refused("Internal Server Error", 500), "unknown"),
]


@pytest.mark.parametrize(("happen", "outcome"), [row[1:] for row in OUTCOMES], ids=[row[0] for row in OUTCOMES])
async def test_failure_is_told_by_its_outcome(
    telegram: BotApiServer, sender: TelegramSender, happen: Callable[[BotApiServer], Any], outcome: str
) -> None:
    happen(telegram)
    with pytest.raises(DeliveryError) as caught:
        await sender.send(message())
    assert caught.value.outcome == outcome
    assert len(telegram.calls("sendMessage")) == 1
    assert caught.value.new_chat_id == (-1007 if outcome == "migrated" else None)
    assert caught.value.retry_after == (7 if outcome == "flood" else None)


async def test_refused_connection_is_safe_to_repeat(telegram: BotApiServer, sender: TelegramSender) -> None:
    await telegram.refuse()
    with pytest.raises(DeliveryError):  # the connection that was kept is found dead
        await sender.send(message())
    with pytest.raises(DeliveryError) as caught:
        await sender.send(message(6))
    assert caught.value.outcome == "not_sent"
    assert not await sender.reachable()
    await telegram.listen()
    assert await sender.reachable()


@pytest.mark.parametrize(
    "reason",
    ["can't parse entities: unsupported entity", "BUTTON_DATA_INVALID", "inline keyboard button URL is invalid"],
)
async def test_looks_that_are_refused_fall_back_to_plain_text(
    telegram: BotApiServer, sender: TelegramSender, reason: str
) -> None:
    telegram.script("refuse", description=reason)
    await sender.send(message(buttons=((("Sources", "s:1"),),)))
    (shown,) = telegram.shown(5)
    assert (shown.text, shown.entities, shown.buttons) == ("1,212 bodies, says the Headquarters", [], [])


async def test_plain_text_that_is_refused_is_given_up(telegram: BotApiServer, sender: TelegramSender) -> None:
    telegram.script("refuse", description="can't parse entities", times=5)
    with pytest.raises(DeliveryError) as caught:
        await sender.send(message())
    assert caught.value.outcome == "rejected"
    assert len(telegram.calls("sendMessage")) == 2


@pytest.mark.parametrize("closed", [True, False], ids=["topic closed", "topic deleted"])
async def test_alert_for_a_topic_that_ended_goes_to_the_chat(
    telegram: BotApiServer, sender: TelegramSender, closed: bool
) -> None:
    telegram.group(-1001, topics=[3])
    (telegram.close_topic if closed else telegram.delete_topic)(-1001, 3)
    await sender.send(message(-1001, thread_id=3))
    assert [shown.thread_id for shown in telegram.shown(-1001)] == [None]


async def test_topic_gets_its_own(telegram: BotApiServer, sender: TelegramSender) -> None:
    telegram.group(-1001, topics=[3])
    await sender.send(message(-1001, thread_id=3))
    assert [shown.thread_id for shown in telegram.shown(-1001)] == [3]


async def test_edit_changes_the_message_once(telegram: BotApiServer, sender: TelegramSender) -> None:
    sent = await sender.send(message())
    new = message(text=(Run("1,213"),))
    await sender.edit(new, sent)
    await sender.edit(new, sent)
    assert telegram.texts(5) == ["1,213"]
    assert [call.status for call in telegram.calls("editMessageText")] == [200, 400]


async def test_edit_without_an_answer_is_safe_to_repeat(telegram: BotApiServer, sender: TelegramSender) -> None:
    sent = await sender.send(message())
    telegram.script("no_answer", method="editMessageText")
    with pytest.raises(DeliveryError) as caught:
        await sender.edit(message(text=(Run("1,213"),)), sent)
    assert caught.value.outcome == "not_sent"


async def test_edit_of_a_deleted_message_is_rejected(telegram: BotApiServer, sender: TelegramSender) -> None:
    sent = await sender.send(message())
    telegram.world.chats[5].messages.clear()
    with pytest.raises(DeliveryError) as caught:
        await sender.edit(message(text=(Run("1,213"),)), sent)
    assert caught.value.outcome == "rejected"


async def test_nothing_to_say_is_not_sent_at_all(telegram: BotApiServer, sender: TelegramSender) -> None:
    with pytest.raises(DeliveryError) as caught:
        await sender.send(message(text=(Run("\u200b"),)))
    assert (caught.value.outcome, telegram.calls("sendMessage")) == ("rejected", [])
