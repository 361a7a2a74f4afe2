"""The installed program between a feed server and a Bot API, each a process of its own: every feed kind, the hostile
set, chats that cannot be reached, kill -9 at random points, quiet hours and digests.
"""

import datetime as dt
import random
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.subscriptions import Subscription
from bot.ports import Feed
from storage.database import open_database
from tests.acceptance.program import Program, settings
from tests.botapi import RemoteBotApi
from tests.feedserver.remote import RemoteFeeds

NOW = dt.datetime.now(dt.UTC)
READER, BLOCKED, DEACTIVATED, FLOODED = 601, 602, 603, 604
GROUP, UPGRADED = -605, -1000605


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[RemoteBotApi]:
    """Give a Bot API in a process of its own."""
    async with RemoteBotApi() as server:
        yield server


@pytest_asyncio.fixture
async def feeds() -> AsyncIterator[RemoteFeeds]:
    """Give a feed server in a process of its own."""
    async with RemoteFeeds() as server:
        yield server


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/homeward.db"


@pytest.fixture
def env(url: str, telegram: RemoteBotApi) -> Mapping[str, str]:
    return settings(
        url,
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
        POLL_SECONDS="1",
        HOST_SPACING_SECONDS="0",
        CHAT_SENDS_PER_SECOND="30",
        GROUP_SENDS_PER_MINUTE="1000",
        ALLOW_PRIVATE_HOSTS="true",
        BUNDLED_LEDGER="false",
        TIMEZONE="UTC",
    )


async def prepared(
    url: str, feeds: Sequence[str], subscriptions: Iterable[Subscription], *, at: dt.datetime = NOW
) -> dict[str, int]:
    """Make a database with feeds and subscribers; returns the number of each feed by its address."""
    async with await open_database(url) as database:
        added = [await database.feeds.add_feed(url=one, name="Wire", trust="official") for one in feeds]
        for wishes in subscriptions:
            await database.subscriptions.put(wishes, at=at)
    return {feed.url: feed.id for feed in added}


async def kept(url: str) -> tuple[dict[int, Feed], list[int]]:
    """Return what is kept of each feed, and who is subscribed still."""
    async with await open_database(url) as database:
        chats = [READER, BLOCKED, DEACTIVATED, FLOODED, GROUP, UPGRADED]
        there = [chat for chat in chats if await database.subscriptions.get(chat) is not None]
        return {feed.id: feed for feed in await database.feeds.feeds()}, there


WHOM = ("the bodies of {} fallen defenders", "{} prisoners of war", "{} children", "{} civilians")


def report(number: int, *, now: dt.datetime = NOW) -> dict[str, Any]:
    """Return the report of one round of its own: another kind, day and figure for each number."""
    day = now.date() - dt.timedelta(days=number % 4)
    whom = WHOM[number // 4].format(figure_of(number))
    return {
        "guid": f"report-{number}",
        "title": f"Ukraine brings home {whom}",
        "text": f"Ukraine brought home {whom} on {day:%-d %B %Y}, the Coordination Headquarters for the Treatment of"
        " Prisoners of War reported.",
        "link": f"https://a.example/{number}",
    }


def figure_of(number: int) -> str:
    return str(103 + 3 * number)


#: What makes each feed what it is, and what makes its report so: those of every kind, and hostile ones that are read.
KINDS: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "rss090": ({"kind": "rss090"}, {}),
    "rss091": ({"kind": "rss091"}, {}),
    "rss1": ({"kind": "rss1"}, {"published": NOW.isoformat()}),
    "rss2": ({"kind": "rss"}, {"published": NOW.isoformat()}),
    "atom": ({"kind": "atom"}, {"published": NOW.isoformat()}),
    "json": ({"kind": "json"}, {"published": NOW.isoformat()}),
    "channel": ({"kind": "telegram"}, {"published": NOW.isoformat(), "guid": "channel/8"}),
    "named": ({"kind": "atom"}, {"published": NOW.isoformat()}),
    "summaries": ({"kind": "rss"}, {"published": NOW.isoformat(), "summary_only": True}),
    "lying-type": ({"kind": "rss", "headers": {"Content-Type": "image/png"}}, {"published": NOW.isoformat()}),
    "wrong-charset": ({"kind": "rss", "encoding": "windows-1251"}, {"published": NOW.isoformat()}),
    "broken-date": ({"kind": "rss"}, {"date_text": "Mon, 99 Foo 2025 25:61:00 +9900"}),
    "empty-guid": ({"kind": "rss"}, {"guid": "", "published": NOW.isoformat()}),
    "entity": (
        {"kind": "rss091", "prolog": "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"},
        {},
    ),
}
#: What is no feed that could be read, and the trouble that it is.
HOSTILE = {
    "/hostile/gzip-bomb": "too_large",
    "/hostile/huge": "too_large",
    "/hostile/redirect-loop": "redirects",
    "/hostile/redirect-file": "refused",
    "/hostile/nested": "content",
    "/hostile/cut-gzip": "content",
    "/hostile/brotli": "content",
    "/hostile/empty": "content",
    "/hostile/html": "not_a_feed",
    "/hostile/binary": "not_a_feed",
    "/hostile/cut": "connect",
    "/nothing-here": "status",
}
#: They take their time, and hold up nobody meanwhile.
SLOW = ("/hostile/drip", "/hostile/never")


async def test_every_feed_becomes_an_alert_beside_the_hostile_and_every_chat_gets_it_in_its_way(
    telegram: RemoteBotApi, feeds: RemoteFeeds, url: str, env: Mapping[str, str], tmp_path: Path
) -> None:
    """One life of the program; whoever waits for something waits for what was seen at the servers."""
    paths = {}
    for name, (how, _) in KINDS.items():
        await feeds.feed(name, **how)
        await feeds.publish(name, guid="channel/7", title="Weather", text="Rain.", published=NOW.isoformat())
        paths[name] = f"/s/{name}" if how["kind"] == "telegram" else f"/feeds/{name}"
    asked = {**paths, "named": f"/page?feed={feeds.url(paths['named'])}"}
    hosts = {path: host for host, path in enumerate([*HOSTILE, *SLOW], start=2)}
    private = (READER, BLOCKED, DEACTIVATED, FLOODED)
    await telegram.do("people", first=READER, number=len(private))
    for group in (GROUP, UPGRADED):
        await telegram.do("group", chat_id=group)
    for chat, words in ((BLOCKED, "bot was blocked by the user"), (DEACTIVATED, "user is deactivated")):
        refused = {"kind": "refuse", "method": "sendMessage", "chat_id": chat, "times": -1}
        await telegram.do("script", **refused, code=403, description=f"Forbidden: {words}")
    await telegram.do("script", kind="flood", method="sendMessage", chat_id=FLOODED, times=2, retry_after=1)
    upgraded = {"code": 400, "description": "Bad Request: group chat was upgraded to a supergroup chat"}
    await telegram.do(
        "script", kind="refuse", method="sendMessage", chat_id=GROUP, **upgraded,
        parameters={"migrate_to_chat_id": UPGRADED}, times=-1,
    )  # fmt: skip
    numbers = await prepared(
        url,
        [*(feeds.url(path) for path in asked.values()), *(feeds.url(path, host=host) for path, host in hosts.items())],
        [*(Subscription(chat_id=chat) for chat in private), Subscription(chat_id=GROUP, chat_type="group")],
    )
    async with Program(env, tmp_path) as bot:
        await bot.logged("feed polled", times=len(paths))
        for path in paths.values():
            await feeds.answered(path, 2)
        for number, (name, (_, how)) in enumerate(KINDS.items()):
            post = report(number) | how
            if how.get("summary_only"):
                post["link"] = feeds.url(f"/articles/{number}")
                await feeds.article(str(number), title=post["title"], text=post["text"])
                post |= {"title": "A return of bodies", "text": "Ukraine brought home the bodies of fallen defenders."}
            await feeds.publish(name, **post)
        for chat in (READER, UPGRADED, FLOODED):
            await telegram.do("told", chat_id=chat, words=[figure_of(number) for number in range(len(KINDS))])
        await bot.logged("feed not read", times=len(HOSTILE))
        failed = {event["feed_id"]: event["kind"] for event in bot.events if event.get("event") == "feed not read"}
        assert bot.alive
        assert await bot.stop() == 0
    for chat in (READER, UPGRADED, FLOODED):
        shown = await telegram.do("texts", chat_id=chat)
        assert [sum(figure_of(number) in text for text in shown) for number in range(len(KINDS))] == [1] * len(KINDS)
    assert not any("root:" in text for text in await telegram.do("texts", chat_id=READER))
    assert {path: failed.get(numbers[feeds.url(path, host=hosts[path])]) for path in HOSTILE} == HOSTILE
    known, there = await kept(url)
    assert there == [READER, FLOODED, UPGRADED]
    assert known[numbers[feeds.url(asked["named"])]].url == feeds.url(paths["named"])
    assert {known[numbers[feeds.url(path)]].health for path in asked.values()} == {"ok"}
    requests = [one for one in await feeds.requests() if one["path"] in paths.values()]
    assert {one["user_agent"].partition("/")[0] for one in requests} == {"Homeward"}
    assert all(one["if_none_match"] for one in requests if one["status"] == 304)


KILLS = 3


async def test_kill_9_at_random_points_loses_nothing_and_doubles_only_what_was_unknown(
    telegram: RemoteBotApi, feeds: RemoteFeeds, url: str, env: Mapping[str, str], tmp_path: Path
) -> None:
    """Each life takes in a report and is killed after it was seen to send some of the alerts, or none yet."""
    readers = range(READER, READER + 6)
    await telegram.do("people", first=READER, number=len(readers))
    await feeds.feed("wire", kind="rss")
    await feeds.publish("wire", guid="0", title="Weather", text="Rain.", published=NOW.isoformat())
    await prepared(url, [feeds.url("/feeds/wire")], [Subscription(chat_id=reader) for reader in readers])
    for number in range(KILLS):
        async with Program(env, tmp_path) as bot:
            await bot.logged("feed polled")
            asked = (await feeds.answered("/feeds/wire", 1))["/feeds/wire"]
            await feeds.publish("wire", **report(number), published=NOW.isoformat())
            await feeds.answered("/feeds/wire", asked + 1)
            sent = await telegram.do("wait", method="sendMessage", count=0)
            await telegram.do("wait", method="sendMessage", count=sent + random.randint(0, len(readers) - 1))
            await bot.kill()
    async with Program(env, tmp_path) as bot:
        for reader in readers:
            await telegram.do("told", chat_id=reader, words=[figure_of(number) for number in range(KILLS)])
        async with await open_database(url) as database:
            while await database.outbox.next_due() is not None:
                await bot.logged("delivery settled", times=bot.times("delivery settled") + 1)
            unknown = (await database.outbox.counts())["unknown"]
        assert await bot.stop() == 0
    shown = [await telegram.do("texts", chat_id=reader) for reader in readers]
    copies = [sum(figure_of(number) in text for text in texts) for texts in shown for number in range(KILLS)]
    assert set(copies) <= {1, 2}
    assert copies.count(2) <= unknown


async def test_quiet_hours_end_in_one_message_and_a_digest_comes_at_its_hour_though_the_clocks_change(
    telegram: RemoteBotApi, feeds: RemoteFeeds, url: str, env: Mapping[str, str], tmp_path: Path
) -> None:
    """In the night to 29 March 2026 the clocks of Europe go forward: nine in Berlin and ten in Kyiv are 7:00 UTC."""
    evening = dt.datetime(2026, 3, 28, 20, 30, tzinfo=dt.UTC)
    quiet = Subscription(chat_id=READER, quiet=(21, 9), timezone="Europe/Berlin")
    daily = Subscription(chat_id=READER + 1, frequency="daily", digest_hour=10, timezone="Europe/Kyiv")
    await telegram.do("people", first=READER, number=2)
    await feeds.feed("wire", kind="rss")
    for number in (0, 4):
        await feeds.publish("wire", **report(number, now=evening), published=evening.isoformat())
    await prepared(url, [feeds.url("/feeds/wire")], [quiet, daily], at=evening)
    for now in (evening.isoformat(), "2026-03-29T06:59:00Z"):
        async with Program(env, tmp_path, arguments=("run", "--now", now)) as bot:
            await bot.logged("feed polled")
            assert await bot.stop() == 0
    assert await telegram.do("journal", method="sendMessage") == []
    async with Program(env, tmp_path, arguments=("run", "--now", "2026-03-29T07:00:00Z")) as bot:
        for wishes in (quiet, daily):
            await telegram.do("told", chat_id=wishes.chat_id, words=[figure_of(0), figure_of(4)])
        assert await bot.stop() == 0
    assert [len(await telegram.do("texts", chat_id=wishes.chat_id)) for wishes in (quiet, daily)] == [1, 1]
