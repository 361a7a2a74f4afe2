"""What python-telegram-bot gets from the Bot API through our client, and what it is told when that fails."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from handlers.request import BotApiRequest, NotSent, Unanswered
from tests.botapi import BotApiServer

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        server.say(5, "/start")
        yield server


def make_bot(telegram: BotApiServer, token: str = "", **how: float | None) -> Bot:
    return Bot(
        token or telegram.token,
        base_url=f"{telegram.url}/bot",
        base_file_url=f"{telegram.url}/file/bot",
        request=BotApiRequest(**how),  # type: ignore[arg-type]
        get_updates_request=BotApiRequest(connections=1),
    )


@pytest.fixture
async def bot(telegram: BotApiServer) -> AsyncIterator[Bot]:
    async with make_bot(telegram) as bot:
        yield bot


async def test_message_arrives_as_it_was_written(telegram: BotApiServer, bot: Bot) -> None:
    sent = await bot.send_message(5, "Привіт 🕊 <b>", disable_notification=True)
    assert (sent.message_id, sent.text) == (telegram.shown(5)[0].id, "Привіт 🕊 <b>")
    assert telegram.shown(5)[0].silent


async def test_updates_are_fetched_and_confirmed(telegram: BotApiServer, bot: Bot) -> None:
    first = await bot.get_updates(timeout=0)
    assert [update.message and update.message.text for update in first] == ["/start"]
    assert [update.update_id for update in await bot.get_updates(timeout=0)] == [first[0].update_id]
    assert await bot.get_updates(offset=first[0].update_id + 1, timeout=0) == ()


async def test_long_poll_ends_with_the_update(telegram: BotApiServer, bot: Bot) -> None:
    telegram.updates.pending.clear()
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.wait_for(lambda: telegram.polling)
    telegram.say(5, "hello")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "hello"


async def test_files_go_up_and_come_down(telegram: BotApiServer, bot: Bot) -> None:
    sent = await bot.send_document(5, b"a,b\n1,2\n" * 50_000, filename="rounds.csv", caption="Реєстр")
    shown = telegram.shown(5)[0]
    assert shown.document == ("rounds.csv", b"a,b\n1,2\n" * 50_000, "text/csv")
    assert shown.text == "Реєстр"
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n" * 50_000
    await bot.send_photo(5, PNG, caption="chart")
    assert telegram.shown(5)[1].photo == PNG


@pytest.mark.parametrize(
    ("fault", "how", "error"),
    [
        ("refuse", {"code": 400, "description": "no"}, BadRequest),
        ("refuse", {"code": 403, "description": "bot was blocked by the user"}, Forbidden),
        ("refuse", {"code": 400, "description": "x", "parameters": {"migrate_to_chat_id": -1007}}, ChatMigrated),
        ("flood", {"retry_after": 7}, RetryAfter),
    ],
)
async def test_refusals_keep_their_meaning(
    telegram: BotApiServer, bot: Bot, fault: str, how: dict[str, object], error: type[Exception]
) -> None:
    telegram.script(fault, **how)  # type: ignore[arg-type]
    with pytest.raises(error):
        await bot.send_message(5, "x")


async def test_wrong_token_is_invalid(telegram: BotApiServer) -> None:
    bot = make_bot(telegram, "700000001:another-token-that-is-long-enough-000")
    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()


async def test_refused_connection_was_never_sent(telegram: BotApiServer) -> None:
    request = BotApiRequest()
    await request.initialize()
    await telegram.refuse()
    with pytest.raises(NetworkError) as caught:
        await request.post(f"{telegram.url}/bot{telegram.token}/getMe")
    await request.shutdown()
    assert type(caught.value.__cause__) is NotSent


@pytest.mark.parametrize(
    ("fault", "taken"), [("no_answer", 1), ("cut", 0), ("status", 0)], ids=["answer lost", "cut before", "bad gateway"]
)
async def test_lost_answer_may_have_arrived(telegram: BotApiServer, bot: Bot, fault: str, taken: int) -> None:
    telegram.script(fault, code=502)  # type: ignore[arg-type]
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(5, "x")
    assert type(caught.value.__cause__) is Unanswered
    assert len(telegram.shown(5)) == taken


async def test_silence_times_out_and_may_have_arrived(telegram: BotApiServer) -> None:
    async with make_bot(telegram, read_timeout=0.05) as bot:
        telegram.script("hold", method="sendMessage")
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(5, "x")
    assert type(caught.value.__cause__) is Unanswered
    assert telegram.texts(5) == ["x"]


async def test_no_free_connection_was_never_sent(telegram: BotApiServer) -> None:
    async with make_bot(telegram, connections=1, pool_timeout=0.02, connect_timeout=0.02) as bot:
        held = telegram.script("hold", method="sendMessage")
        first = asyncio.create_task(bot.send_message(5, "first"))
        await telegram.wait_for(lambda: held.played)
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(5, "second")
        held.release()
        await first
    assert type(caught.value.__cause__) is NotSent
    assert telegram.texts(5) == ["first"]


async def test_token_is_in_no_log_and_no_error(
    telegram: BotApiServer, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    errors: list[BaseException] = []
    await bot.send_message(5, "x")
    for fault in ("no_answer", "cut", "status", "bad_json"):
        telegram.script(fault, code=502)
        with pytest.raises(Exception) as caught:  # noqa: PT011
            await bot.send_message(5, "x")
        errors.append(caught.value)
    await telegram.refuse()
    with pytest.raises(NetworkError) as refused:
        await bot.send_message(5, "x")
    errors.append(refused.value)
    for error in errors:
        logging.getLogger("test").error("failed", exc_info=error)
        assert error.__context__ is error.__cause__ or error.__context__ is None
    secret = telegram.token.partition(":")[2]
    assert secret not in caplog.text
    assert secret not in repr(errors)


async def test_closed_client_opens_again(telegram: BotApiServer) -> None:
    request = BotApiRequest()
    with pytest.raises(RuntimeError):
        await request.do_request(telegram.url, "GET")
    await request.initialize()
    await request.shutdown()
    await request.initialize()
    status, _ = await request.do_request(f"{telegram.url}/bot{telegram.token}/getMe", "POST")
    await request.shutdown()
    assert status == 200
