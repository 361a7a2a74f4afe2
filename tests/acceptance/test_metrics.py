"""What the installed program shows to whoever watches it: probes, metrics, and a log that gives nobody away."""

import asyncio
import datetime as dt
import logging
import socket

import pytest
from aiohttp import ClientSession
from sqlalchemy.engine import make_url

from tests.acceptance.program import Program, free_port, homeward, settings
from tests.feedserver.documents import Post

READER = 987654321
REPORT = "The bodies of 1,017 fallen defenders were brought home to Ukraine today, the Coordination Headquarters said."


def running(database, telegram, **more):
    return settings(
        database,
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
        POLL_SECONDS="1",
        HOST_SPACING_SECONDS="0",
        ALLOW_PRIVATE_HOSTS="true",
        **more,
    )


def post(guid="1", title="Bodies of 1,017 defenders returned", text=REPORT):
    return Post(guid=guid, title=title, text=text, published=dt.datetime.now(dt.UTC))


async def watched(feeds, env, cwd):
    url = feeds.feed("wire", post("0", "Weather", "Rain is expected."))
    status, _, err = await homeward("feeds", "add", url, "--trust", "official", "--force", env=env, cwd=cwd)
    assert status == 0, err


async def test_probes_and_metrics_tell_how_it_is_and_of_nobody(telegram, feeds, sqlite_url, tmp_path):
    port = free_port()
    # What is written is one thing, what is counted another.
    env = running(sqlite_url, telegram, METRICS_PORT=str(port), LOG_LEVEL="WARNING")
    await watched(feeds, env, tmp_path)
    await telegram.refuse()
    async with ClientSession(f"http://127.0.0.1:{port}") as session, Program(env, tmp_path) as bot:

        async def get(path):
            async with session.get(path) as answer:
                return answer.status, await answer.text()

        await bot.logged("Telegram does not answer")
        assert (await get("/healthz"))[0] == 200
        assert (await get("/readyz"))[0] == 503
        await telegram.listen()
        await telegram.ask(READER, "How many bodies were returned on 11 June 2025?")
        await telegram.ask(READER, "/subscribe")
        assert (await get("/readyz"))[0] == 200
        feeds.publish("wire", post())
        await telegram.wait_for(lambda: [text for text in telegram.texts(READER) if "1,017" in text])
        status, page = await get("/metrics")
        lines = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
        assert status == 200
        assert float(lines['homeward_answer_seconds_count{lang="en",status="answered"}']) == 1
        assert float(lines['homeward_decisions_total{decision="new_round"}']) == 1
        assert float(lines['homeward_polls_total{outcome="read"}']) >= 1
        assert float(lines["homeward_ledger_version"]) >= 2
        assert float(lines['homeward_deliveries{state="dead"}']) == 0
        assert float(lines["homeward_database_up"]) == 1
        assert all(secret not in page for secret in (str(READER), telegram.token, "Person", "wire", "1,017"))
        assert await bot.stop() == 0


@pytest.mark.parametrize("name", ["METRICS_PORT", "WEBHOOK_PORT"])
async def test_a_port_that_is_taken_is_named(telegram, sqlite_url, tmp_path, name):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        env = running(sqlite_url, telegram, WEBHOOK_URL="https://bot.example.org/x")
        env |= {f"HOMEWARD_{name}": str(taken.getsockname()[1])}
        status, out, err = await homeward("run", env=env, cwd=tmp_path)
    last = err.strip().splitlines()[-1]
    assert (status, out) == (1, "")
    assert f"HOMEWARD_{name}" in last
    assert "in use" in last
    assert "Traceback" not in err


async def test_stops_while_the_database_does_not_answer(telegram, tmp_path):
    """A server that takes the connection and says nothing, as behind a broken firewall."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        env = running(f"postgresql+asyncpg://u:hidden@127.0.0.1:{silent.getsockname()[1]}/x", telegram)
        silent.setblocking(False)
        async with Program(env, tmp_path) as bot:
            connection, _ = await asyncio.get_running_loop().sock_accept(silent)
            assert await bot.stop() == 0
            connection.close()


async def test_the_log_at_its_finest_gives_nobody_away(telegram, feeds, database_url, tmp_path):
    """Not the token, the database's password, what was asked, who asked, nor what somebody is called."""
    url = make_url(database_url)
    if url.host:
        url = url.set(password="the-password-of-the-database")
    env = running(url.render_as_string(hide_password=False), telegram, LOG_LEVEL="DEBUG", ADMIN_IDS="77")
    secret = "the-secret-of-the-webhook"
    await watched(feeds, env, tmp_path)
    telegram.world.user(READER).first_name = "Oksana"
    async with Program(env | {"HOMEWARD_WEBHOOK_SECRET": secret}, tmp_path) as bot:
        await bot.logged("started")
        await telegram.ask(READER, "How many bodies were returned on 11 June 2025?")
        await telegram.ask(READER, "Where is my brother Taras Zaborona?")
        await telegram.ask(READER, "/subscribe")
        await telegram.ask(77, "/add remains ukraine Zaborona")
        await telegram.wait_for(lambda: not telegram.updates.pending)
        feeds.publish("wire", post())
        await telegram.refuse()
        await bot.logged("article read", times=2)
        await telegram.listen()
        await telegram.wait_for(lambda: [text for text in telegram.texts(READER) if "1,017" in text], 30)
        assert await bot.stop() == 0
        written = bot.written
    status, _, err = await homeward(
        "run", env=env | {"HOMEWARD_TELEGRAM_TOKEN": telegram.token[:-3] + "xyz"}, cwd=tmp_path
    )
    assert status == 1
    written += err
    assert "question answered" in written
    hidden = (
        telegram.token, telegram.token.partition(":")[2][:20], "the-password", secret, "11 June", "brother", "Taras",
        "Zaborona", "Oksana", str(READER),
    )  # fmt: skip
    assert [what for what in hidden if what in written] == []


def test_a_library_that_tells_much_is_not_written(capsys):
    from bot.logs import set_up_logging

    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    level = root.level
    try:
        set_up_logging(level="DEBUG", as_json=True)
        logging.getLogger("trafilatura").info("the text of a page")
        logging.getLogger("bot.services.ask").debug("why")
        written = capsys.readouterr().err
    finally:
        root.handlers[:], root.level = before, level
        for name in ("bot", "handlers", "storage"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    assert "why" in written
    assert "the text" not in written
