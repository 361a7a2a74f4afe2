"""Webhook mode of the installed program: who may call it, and what becomes of an update."""

import hashlib
import hmac
import io

import pytest
from aiohttp import ClientSession

from tests.acceptance.program import Program, free_port, homeward, settings
from tests.botapi import BotApiServer

READER = 501
QUESTION = "How many bodies were returned on 11 June 2025?"


@pytest.fixture
async def telegram():
    async with BotApiServer() as server:
        server.methods.local = True
        yield server


@pytest.fixture
def env(sqlite_url, telegram):
    port = free_port()
    return settings(
        sqlite_url,
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
        WEBHOOK_URL=f"http://127.0.0.1:{port}/secretpath",
        WEBHOOK_PORT=str(port),
    )


@pytest.fixture
async def caller(env, telegram):
    """Give a way to call the webhook as Telegram does, or almost so."""
    async with ClientSession(env["HOMEWARD_WEBHOOK_URL"].removesuffix("secretpath")) as session:

        async def call(body, *, secret=None, path="secretpath", method="POST"):
            shown = telegram.methods.webhook["secret"] if secret is None else secret
            headers = {"X-Telegram-Bot-Api-Secret-Token": shown} if shown else {}
            how = {"data": body} if isinstance(body, bytes | io.BytesIO) else {"json": body}
            async with session.request(method, path, headers=headers, **how) as answer:
                return answer.status

        yield call


def update(telegram, number, text=QUESTION):
    """Return an update that Telegram has not pushed itself."""
    message = telegram.world.add(telegram.world.chat(READER), sender=telegram.world.user(READER), text=text)
    return {"update_id": number, "message": message.to_api()}


async def test_only_telegram_is_heard_and_each_update_is_handled_once(telegram, env, caller, tmp_path):
    async with Program(env, tmp_path) as bot:
        await bot.logged("started")
        assert telegram.methods.webhook["url"] == env["HOMEWARD_WEBHOOK_URL"]
        derived = hmac.new(telegram.token.encode(), b"webhook", hashlib.sha256).hexdigest()
        assert telegram.methods.webhook["secret"] == derived

        answer = await telegram.ask(READER, QUESTION)
        assert answer.text.startswith("1,212 bodies")

        again = update(telegram, 7)
        assert [await caller(again, secret=wrong) for wrong in ("", "wrong", derived[:-1])] == [403] * 3
        assert [await caller(bad) for bad in (b"{", b"\xff", [], {"message": {}}, "x")] == [400] * 5
        assert await caller(again, path="") == 404
        assert await caller(again, method="GET") == 405
        assert await caller(io.BytesIO(b" " * 2_000_000)) == 413
        assert len(telegram.shown(READER)) == 1

        assert [await caller(again) for _ in range(2)] == [200, 200]
        assert len(telegram.shown(READER)) == 2
        assert await bot.stop() == 0
    # Others may stand behind the same address.
    assert telegram.methods.webhook


async def test_what_is_cut_off_comes_again(telegram, env, tmp_path):
    """Killed while it answers: Telegram was told nothing, so it brings the update to the next process."""
    held = telegram.script("hold", method="sendChatAction")
    lost = telegram.script("cut", method="sendMessage", times=-1)
    async with Program(env | {"HOMEWARD_WEBHOOK_SECRET": "chosen-secret"}, tmp_path) as bot:
        await bot.logged("started")
        assert telegram.methods.webhook["secret"] == "chosen-secret"
        telegram.say(READER, QUESTION)
        await telegram.wait_for(lambda: held.played or lost.played)
        await bot.kill()
    lost.times = 0
    held.release()
    assert telegram.updates.pending
    async with Program(env | {"HOMEWARD_WEBHOOK_SECRET": "chosen-secret"}, tmp_path) as bot:
        await telegram.wait_for(lambda: telegram.texts(READER) and not telegram.updates.pending)
        assert await bot.stop() == 0
    assert [text[:12] for text in telegram.texts(READER)] == ["1,212 bodies"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WEBHOOK_URL", "https://127.0.0.1:5432/x", "Telegram refuses it"),
        ("WEBHOOK_SECRET", "two words", "letters, digits"),
    ],
)
async def test_a_webhook_that_cannot_be_is_named(telegram, env, tmp_path, name, value, says):
    telegram.methods.local = False
    status, _, err = await homeward("run", env=env | {f"HOMEWARD_{name}": value}, cwd=tmp_path)
    last = err.strip().splitlines()[-1]
    assert status == 1
    assert f"HOMEWARD_{name}" in last
    assert says in last
    assert "Traceback" not in err, err
