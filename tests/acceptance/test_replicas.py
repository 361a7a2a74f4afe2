"""Three replicas behind a balancer on one PostgreSQL, one of them killed while it delivers and answers."""

import datetime as dt
from collections import Counter
from contextlib import AsyncExitStack

import pytest

from bot.domain.subscriptions import Subscription
from storage.database import open_database
from tests.acceptance.program import Program, free_port, homeward, settings
from tests.balancer import Balancer
from tests.botapi import BotApiServer
from tests.feedserver.documents import Post

REPLICAS = 3
ASKERS = range(1000, 1060)
SUBSCRIBERS = range(5000, 5120)
CHANNEL = -1007
QUESTION = "How many bodies were returned on 11 June 2025?"


@pytest.fixture
async def telegram():
    async with BotApiServer() as server:
        server.channel(CHANNEL)
        for chat_id in (*ASKERS, *SUBSCRIBERS):
            server.world.chat(chat_id)
        yield server


@pytest.fixture
def env(postgres_url, telegram):
    return settings(
        postgres_url,
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
        WEBHOOK_URL="https://bot.example.org/secret",
        POLL_SECONDS="1",
        HOST_SPACING_SECONDS="0",
        ALLOW_PRIVATE_HOSTS="true",
        SENDS_PER_SECOND="150",
    )


def post(guid, text):
    return Post(guid=guid, title=text[:40], text=text, published=dt.datetime.now(dt.UTC))


async def subscribe(url):
    async with await open_database(url) as database:
        now = dt.datetime.now(dt.UTC)
        for chat_id in SUBSCRIBERS:
            await database.subscriptions.put(Subscription(chat_id=chat_id), at=now)
        await database.subscriptions.put(Subscription(chat_id=CHANNEL, chat_type="channel", lang="uk"), at=now)


def leads(replicas, role):
    """Return the living replicas that have said that they lead, the latest last."""
    said = [(event["seen"], r) for r in replicas if r.alive for event in r.events if event.get("role") == role]
    return [replica for _, replica in sorted(said, key=lambda pair: pair[0])]


async def test_a_replica_is_killed_and_nobody_notices(telegram, feeds, env, postgres_url, tmp_path):
    url = feeds.feed("wire", post("0", "Rain is expected in the west of the country."))
    status, _, err = await homeward("feeds", "add", url, "--trust", "official", env=env, cwd=tmp_path)
    assert status == 0, err
    await subscribe(postgres_url)
    ports = [free_port() for _ in range(REPLICAS)]
    async with AsyncExitStack() as stack:
        balancer = await stack.enter_async_context(Balancer([f"http://127.0.0.1:{port}" for port in ports]))
        telegram.webhook_proxy = balancer.url
        replicas = [
            await stack.enter_async_context(Program(env | {"HOMEWARD_WEBHOOK_PORT": str(port)}, tmp_path))
            for port in ports
        ]
        for replica in replicas:
            await replica.logged("started")
        await telegram.wait_for(lambda: leads(replicas, "deliver"))
        feeds.publish("wire", post("1", "The bodies of 1,017 fallen defenders were brought home to Ukraine today."))
        await telegram.wait_for(lambda: telegram.taken["sendMessage"] >= 20)
        for chat_id in ASKERS:
            telegram.say(chat_id, QUESTION)
        await telegram.wait_for(lambda: any(telegram.texts(chat_id) for chat_id in ASKERS))
        victim = leads(replicas, "deliver")[-1]
        await victim.kill()
        # Longer than a lead takes to move and its leases to be taken over.
        everybody = (*ASKERS, *SUBSCRIBERS, CHANNEL)
        await telegram.wait_for(lambda: all(telegram.texts(chat_id) for chat_id in everybody), 25)
        await telegram.wait_for(lambda: not telegram.updates.pending)
        assert leads(replicas, "deliver")
        assert leads(replicas, "poll")
        for replica in replicas:
            if replica.alive:
                assert await replica.stop() == 0
    async with await open_database(postgres_url) as database:
        counts = await database.outbox.counts()
    told = Counter(len(telegram.texts(chat_id)) for chat_id in (*SUBSCRIBERS, CHANNEL))
    assert (counts["sent"], counts["pending"], counts["leased"]) == (len(SUBSCRIBERS) + 1, 0, 0)
    assert set(told) <= {1, 2}
    # Twice only where the process died between sending and writing it down.
    assert told[2] <= counts["unknown"]
    answers = [telegram.texts(chat_id) for chat_id in ASKERS]
    assert all(text.startswith("1,212 bodies") for texts in answers for text in texts)
    assert sum(len(texts) - 1 for texts in answers) <= balancer.answered[502]
    (button,) = (button for row in telegram.shown(CHANNEL)[0].buttons for button in row)
    assert (button.text, button.url) == ("Запитати бота", f"https://t.me/{telegram.world.bot.username}")


async def test_leads_survive_the_loss_of_every_session(telegram, feeds, env, postgres_url, tmp_path):
    """As after a restart of PostgreSQL: polls, deliveries and answers go on."""
    port = free_port()
    env = env | {"HOMEWARD_WEBHOOK_PORT": str(port)}
    url = feeds.feed("wire", post("0", "Rain is expected in the west of the country."))
    status, _, err = await homeward("feeds", "add", url, "--trust", "official", env=env, cwd=tmp_path)
    assert status == 0, err
    await subscribe(postgres_url)
    telegram.webhook_proxy = f"http://127.0.0.1:{port}"
    async with Program(env, tmp_path) as bot:
        await bot.logged("feed polled")
        await bot.logged("leading", times=2)
        await end_sessions(postgres_url)
        feeds.publish("wire", post("1", "The bodies of 1,017 fallen defenders were brought home to Ukraine today."))
        await bot.logged("leading", times=4)
        assert (await telegram.ask(ASKERS[0], QUESTION)).text.startswith("1,212 bodies")
        await telegram.wait_for(lambda: all(telegram.texts(chat_id) for chat_id in SUBSCRIBERS), 25)
        assert await bot.stop() == 0
    assert {len(telegram.texts(chat_id)) for chat_id in SUBSCRIBERS} == {1}


async def end_sessions(url):
    import asyncpg

    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()
