"""Polling: what reaches the ingest, once, oldest first, and how a feed is kept; server and database are real."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.domain.articles import Article, Report
from bot.domain.decisions import Decision
from bot.domain.feed_health import Notice
from bot.errors import FetchError, RefusedAddress
from bot.feeds.process import ParserProcess
from bot.feeds.reader import FeedClient
from bot.ports import Feed, Fetched
from bot.services.poll import FeedPoller, Polled, web_address
from storage.database import Database, open_database
from tests.feedserver import FeedServer, Post

NOW = dt.datetime(2025, 6, 11, 12, 0, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def post(number: int, *, ago: dt.timedelta = HOUR, text: str = "", **more: object) -> Post:
    made = Post(
        guid=f"urn:p:{number}",
        title=f"title {number}",
        text=text or f"text {number}",
        link=f"http://example.org/{number}",
        published=NOW - ago,
    )
    return replace(made, **more)  # type: ignore[arg-type]


@dataclass
class World:
    """Everything that a poll touches."""

    server: FeedServer
    database: Database
    client: FeedClient
    now: dt.datetime = NOW
    taken: list[tuple[Article, bool]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    #: Ids of articles that cannot be taken in.
    broken: set[str] = field(default_factory=set)
    draw: float = 0.5
    relevant: Callable[[Article], bool] = lambda article: False
    poller: FeedPoller = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Start again with what the database holds."""
        self.poller = FeedPoller(
            feeds=self.database.feeds,
            reader=self.client,
            clock=_Clock(self),
            ingest=self.ingest,
            read_article=lambda article: Report(article=article, relevant=self.relevant(article), confidence=1),
            notify_admins=self.notify,
            every=5 * MINUTE,
            draw=lambda: self.draw,
        )

    async def ingest(self, article: Article, *, item: tuple[int, str, str] | None, baseline: bool) -> Decision:
        if article.id in self.broken:
            raise RuntimeError("cannot be taken in")
        self.taken.append((article, baseline))
        return Decision(kind="irrelevant")

    async def notify(self, notice: Notice) -> None:
        self.notices.append(notice)

    async def add(self, url: str, **state: object) -> Feed:
        feed = await self.database.feeds.add_feed(url=url, name="News", trust="trusted")
        feed = replace(feed, **state)  # type: ignore[arg-type]
        await self.database.feeds.save_feed(feed)
        return feed

    async def poll(self, *, later: dt.timedelta = 0 * MINUTE) -> Sequence[Polled]:
        self.now += later
        self.taken.clear()
        return await self.poller.poll_due()

    async def feed(self) -> Feed:
        return (await self.database.feeds.feeds())[0]

    @property
    def ids(self) -> list[str]:
        return [article.id for article, _ in self.taken]


@dataclass
class _Clock:
    """Gives a world's time."""

    world: World

    def now(self) -> dt.datetime:
        return self.world.now


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with (
        FeedServer() as server,
        await open_database(database_url) as database,
        FeedClient(
            user_agent="Homeward/test", allow_private=True, spacing=0, parser=ParserProcess(cpu_seconds=0.5)
        ) as client,
    ):
        yield World(server, database, client)


async def test_items_come_once_and_oldest_first(world: World) -> None:
    url = world.server.feed("news", post(2, ago=HOUR), post(1, ago=2 * HOUR), post(3, ago=MINUTE))
    await world.add(url)
    await world.poll()
    assert world.ids == ["urn:p:1", "urn:p:2", "urn:p:3"]
    await world.poll(later=HOUR)
    assert world.ids == []
    world.server.publish("news", post(4, ago=-HOUR))
    await world.poll(later=HOUR)
    assert world.ids == ["urn:p:4"]


async def test_feed_that_we_stumble_over_is_not_asked_again_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.add(world.server.feed("news", post(1)))

    async def stumble(_: FeedClient, __: Feed) -> Fetched:
        raise RuntimeError("nobody thought of this")

    with monkeypatch.context() as patched:
        patched.setattr(FeedClient, "read", stumble)
        await world.poll()
    assert await world.poll(later=MINUTE) == []
    assert (await world.feed()).failures == 1
    await world.poll(later=HOUR)
    assert ((await world.feed()).health, world.ids) == ("ok", ["urn:p:1"])


async def test_unchanged_feed_costs_a_conditional_request(world: World) -> None:
    await world.add(world.server.feed("news", post(1)))
    await world.poll()
    (polled,) = await world.poll(later=HOUR)
    assert (polled.unchanged, polled.error) == (True, None)
    assert [seen.status for seen in world.server.requests] == [200, 304]


async def test_article_carries_feed_and_item(world: World) -> None:
    await world.add(world.server.feed("news", post(1)), trust="official")
    await world.poll()
    (article, _) = world.taken[0]
    assert article == Article(
        id="urn:p:1",
        title="title 1",
        text="text 1",
        published_at=NOW - HOUR,
        publisher="News",
        url="http://example.org/1",
        trust="official",
    )


async def test_first_poll_alerts_about_nothing_older_than_a_day(world: World) -> None:
    url = world.server.feed("news", post(1, ago=3 * DAY), post(2, ago=DAY + MINUTE), post(3, ago=DAY - MINUTE))
    await world.add(url)
    await world.poll()
    assert {article.id: baseline for article, baseline in world.taken} == {
        "urn:p:1": True,
        "urn:p:2": True,
        "urn:p:3": False,
    }
    world.server.publish("news", post(4, ago=2 * DAY))
    await world.poll(later=HOUR)
    assert [baseline for _, baseline in world.taken] == [False]


async def test_item_without_a_date_is_read_only_when_it_appears_between_two_polls(world: World) -> None:
    """Of an older one, or a changed one, nobody knows which day its "today" was."""
    await world.add(world.server.feed("news", post(1, published=None)))
    await world.poll()
    assert world.ids == []
    world.server.publish("news", post(2, published=None))
    await world.poll(later=HOUR)
    assert [(article.id, article.published_at) for article, _ in world.taken] == [("urn:p:2", world.now)]
    world.server.publish("news", post(2, published=None, text="changed"))
    await world.poll(later=HOUR)
    assert world.ids == []


async def test_first_poll_is_the_first_that_succeeds(world: World) -> None:
    url = world.server.feed("news", post(1, ago=3 * DAY))
    world.server.fail("news", 503, times=1)
    await world.add(url)
    (polled,) = await world.poll()
    assert polled.error is not None
    await world.poll(later=HOUR)
    assert [baseline for _, baseline in world.taken] == [True]


async def test_date_to_come_is_now(world: World) -> None:
    await world.add(world.server.feed("news", post(1, ago=-5 * HOUR)))
    await world.poll()
    assert world.taken[0][0].published_at == NOW


@pytest.mark.parametrize(
    "change",
    [
        {"published": NOW - 9 * HOUR},
        {"guid": "urn:other"},
        {"link": "http://example.org/1?utm_source=rss"},
    ],
)
async def test_redated_or_renamed_item_is_not_new(world: World, change: dict[str, object]) -> None:
    url = world.server.feed("news", post(1), post(2))
    await world.add(url)
    await world.poll()
    world.server.replace("news", post(2), post(1, **change))
    for _ in range(2):
        await world.poll(later=HOUR)
        assert world.ids == []


async def test_changed_item_is_read_again(world: World) -> None:
    await world.add(world.server.feed("news", post(1), post(2)))
    await world.poll()
    world.server.publish("news", post(1, text="corrected"))
    await world.poll(later=HOUR)
    assert [article.text for article, _ in world.taken] == ["corrected"]


async def test_edited_post_of_a_channel_is_read_again(world: World) -> None:
    posts = [post(n, guid=f"hq/{n}", title="") for n in (1, 2)]
    await world.add(world.server.feed("hq", *posts, kind="telegram"))
    await world.poll()
    world.server.publish("hq", replace(posts[0], text="Повернулися 91"))
    await world.poll(later=HOUR)
    assert [(article.id, article.text) for article, _ in world.taken] == [("hq/1", "Повернулися 91")]
    assert (await world.feed()).last_post == 2


@pytest.mark.parametrize(
    ("passes_on", "speaks", "enabled", "trust"),
    [
        ("official", "unverified", True, "unverified"),
        ("official", "official", True, "official"),
        ("trusted", "official", True, "trusted"),
        ("unverified", "official", True, "unverified"),
        ("official", "official", False, "unverified"),
    ],
)
async def test_forwarded_post_is_its_authors_and_trusted_no_further_than_both(
    world: World, passes_on: str, speaks: str, enabled: bool, trust: str
) -> None:
    url = world.server.feed(
        "hq", post(1, guid="hq/1", title="", origin="Bureau", origin_url="https://t.me/bureau/7"), kind="telegram"
    )
    await world.add(url, trust=passes_on)
    await world.add(
        "https://t.me/s/Bureau", name="The Bureau", trust=speaks, enabled=enabled, due_at=NOW + DAY, polled_at=NOW
    )
    await world.poll()
    (article, _) = world.taken[0]
    publisher = "The Bureau" if enabled else "@bureau"
    assert (article.publisher, article.trust, article.url) == (publisher, trust, "https://t.me/bureau/7")
    assert article.id == "hq/1"


@pytest.mark.parametrize(("origin_url", "publisher"), [("https://t.me/other/7", "@other"), ("", "News (Telegram)")])
async def test_forwarded_post_of_a_stranger_is_not_the_channels_own(
    world: World, origin_url: str, publisher: str
) -> None:
    """A stranger may even bear the channel's name."""
    posts = [post(1, guid="hq/1", title="", origin="News", origin_url=origin_url), post(2, guid="hq/2", title="")]
    await world.add(world.server.feed("hq", *posts, kind="telegram"), trust="official")
    await world.poll()
    assert [(article.publisher, article.trust) for article, _ in world.taken] == [
        (publisher, "unverified"),
        ("News", "official"),
    ]
    trial = await world.poller.test_feed((await world.feed()).url)
    assert {item.article.publisher for item in trial.items} == {publisher, "hq"}


async def test_posts_missed_while_away_are_fetched(world: World) -> None:
    def numbered(first: int, last: int) -> list[Post]:
        return [post(n, guid=f"hq/{n}", title="") for n in range(first, last + 1)]

    await world.add(world.server.feed("hq", *numbered(1, 20), kind="telegram"))
    await world.poll()
    world.server.replace("hq", *numbered(1, 65))
    await world.poll(later=HOUR)
    assert world.ids == [f"hq/{n}" for n in range(21, 66)]


async def test_bad_item_stops_nothing_and_is_tried_again(world: World) -> None:
    await world.add(world.server.feed("news", post(1, ago=2 * HOUR), post(2)))
    world.broken = {"urn:p:1"}
    (polled,) = await world.poll()
    assert (world.ids, polled.failed) == (["urn:p:2"], 1)
    assert (polled.feed.health, polled.feed.problem) == ("degraded", "feed-problem-items number=1")
    world.broken = set()
    await world.poll(later=HOUR)
    assert world.ids == ["urn:p:1"]
    assert (await world.feed()).health == "ok"


async def test_old_item_that_failed_at_the_first_poll_alerts_nobody_at_the_second(world: World) -> None:
    await world.add(world.server.feed("news", post(1, ago=2 * DAY)))
    world.broken = {"urn:p:1"}
    await world.poll()
    world.broken = set()
    await world.poll(later=HOUR)
    assert [(article.id, baseline) for article, baseline in world.taken] == [("urn:p:1", True)]


async def test_page_that_names_a_feed_that_is_there_already_stays_what_it_is(world: World) -> None:
    page = f"{world.server.root}/page?feed=/feeds/news"
    await world.add(page)
    await world.add(world.server.feed("news", post(1)))
    await world.poll()
    feeds = await world.database.feeds.feeds()
    assert feeds[0].url == page
    assert all(feed.due_at for feed in feeds)


async def test_bad_feed_stops_nothing(world: World) -> None:
    await world.add(world.server.hostile("nested"))
    await world.add(world.server.hostile("redirect-loop"))
    await world.add(world.server.feed("news", post(1)))
    polled = await world.poll()
    assert [result.error.kind if result.error else "" for result in polled] == ["content", "redirects", ""]
    assert world.ids == ["urn:p:1"]


class _Killed(BaseException):
    """What nobody catches."""


async def test_kill_before_the_end_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state is written last: whoever is stopped before it reads the feed again."""
    await world.add(world.server.feed("news", post(1)))

    async def killed(*_: object) -> None:
        raise _Killed

    with monkeypatch.context() as patch:
        patch.setattr(world.database.feeds, "remember", killed)
        with pytest.raises(BaseExceptionGroup):
            await world.poll()
    world.restart()
    await world.poll()
    assert world.ids == ["urn:p:1"]


async def test_restart_polls_nothing_earlier(world: World) -> None:
    await world.add(world.server.feed("news", post(1)))
    await world.poll()
    world.restart()
    assert await world.poll(later=4 * MINUTE) == []
    assert len(await world.poll(later=2 * MINUTE)) == 1


async def test_back_off_survives_a_restart(world: World) -> None:
    await world.add(world.server.feed("news", post(1)))
    world.server.fail("news", 429, headers={"Retry-After": "7200"})
    await world.poll()
    world.restart()
    assert await world.poll(later=119 * MINUTE) == []
    assert (await world.feed()).failures == 0


async def test_freshness_of_a_feed_is_kept_through_unchanged_answers(world: World) -> None:
    await world.add(world.server.feed("news", post(1), headers={"Cache-Control": "max-age=3600"}))
    await world.poll()
    assert await world.poll(later=59 * MINUTE) == []
    assert [result.unchanged for result in await world.poll(later=10 * MINUTE)] == [True]
    assert await world.poll(later=59 * MINUTE) == []


async def test_change_of_health_is_told_once_and_recovery_too(world: World) -> None:
    await world.add(world.server.feed("news", post(1)))
    await world.poll()
    world.server.fail("news", 410, times=2)
    for _ in range(4):
        await world.poll(later=2 * DAY)
        world.restart()
    assert [(notice.key, str(notice.problem or "")) for notice in world.notices] == [
        ("feed-notice-failing", "feed-problem-gone"),
        ("feed-notice-recovered", ""),
    ]


async def test_deaf_administrators_stop_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def deaf(notice: Notice) -> None:
        raise OSError("no network")

    monkeypatch.setattr(world, "notify", deaf)
    world.restart()
    await world.add(f"{world.server.root}/feeds/none", health="ok", failures=5, succeeded_at=NOW - 9 * DAY)
    (polled,) = await world.poll()
    assert (polled.feed.health, (await world.feed()).failures) == ("failing", 6)


async def test_silent_feed_is_told(world: World) -> None:
    await world.add(world.server.feed("news", *[post(n, ago=(10 + n) * DAY) for n in range(8)]))
    (polled,) = await world.poll()
    assert (polled.feed.health, polled.feed.problem) == ("silent", "feed-problem-silent number=10")
    assert [notice.key for notice in world.notices] == ["feed-notice-silent"]


async def test_one_poll_in_a_hundred_asks_for_everything(world: World) -> None:
    await world.add(world.server.feed("news", post(1)))
    await world.poll()
    world.draw = 0.001
    await world.poll(later=HOUR)
    assert [seen.if_none_match is None for seen in world.server.requests] == [True, True]
    assert world.ids == []


async def test_permanent_move_is_followed_for_good(world: World) -> None:
    url = world.server.feed("news", post(1))
    await world.add(f"{world.server.root}/moved/308/news")
    await world.poll()
    assert (await world.feed()).url == url
    await world.poll(later=HOUR)
    assert world.ids == []


async def test_move_to_an_address_that_is_taken_changes_nothing(world: World) -> None:
    url = world.server.feed("news", post(1))
    moved = f"{world.server.root}/moved/301/news"
    await world.add(moved)
    await world.add(url)
    await world.poll()
    assert [feed.url for feed in await world.database.feeds.feeds()] == [moved, url]


async def test_summary_about_our_subject_is_read_in_full(world: World) -> None:
    text = "Україна повернула тіла 1212 загиблих захисників, повідомив Координаційний штаб. " * 4
    link = world.server.article("1", title="Репатріація", text=text)
    url = world.server.feed(
        "news",
        post(1, text="Відбулася репатріація", link=link, summary_only=True),
        post(2, text="Погода", link=world.server.article("2", title="Погода", text="Дощ. " * 50), summary_only=True),
        post(3, text="Репатріація", link=f"{world.server.root}/articles/none", summary_only=True),
    )
    world.relevant = lambda article: "епатріація" in article.text
    await world.add(url)
    await world.poll()
    texts = {article.id: article.text for article, _ in world.taken}
    assert texts["urn:p:1"].startswith("Відбулася репатріація\n\n")
    assert "1212" in texts["urn:p:1"]
    assert (texts["urn:p:2"], texts["urn:p:3"]) == ("Погода", "Репатріація")
    assert len(world.server.seen("/articles/2")) == 0


async def test_feed_that_turned_into_a_page_is_told(world: World) -> None:
    await world.add(f"{world.server.root}/page?feed=/feeds/other", succeeded_at=NOW - HOUR, health="ok")
    (polled,) = await world.poll()
    assert polled.error is not None
    assert polled.feed.problem == "feed-problem-not-a-feed"


async def test_feed_is_added_after_it_answered(world: World) -> None:
    url = world.server.feed("news", post(1), title="Новини")
    added = await world.poller.add_feed(url, trust="trusted")
    assert (added.url, added.name, added.trust, added.enabled) == (url, "Новини", "trusted", True)
    assert (await world.poller.add_feed(url, trust="trusted")).id == added.id


async def test_page_leads_to_its_feed(world: World) -> None:
    url = world.server.feed("news", post(1))
    added = await world.poller.add_feed(f"{world.server.root}/page?feed=/feeds/news", trust="trusted", name="N")
    assert (added.url, added.name) == (url, "N")


@pytest.mark.parametrize("kind", ["html", "binary", "empty"])
async def test_what_is_no_feed_is_refused_unless_forced(world: World, kind: str) -> None:
    with pytest.raises(FetchError):
        await world.poller.add_feed(world.server.hostile(kind), trust="trusted")
    assert await world.database.feeds.feeds() == []
    await world.poller.add_feed(world.server.hostile(kind), trust="trusted", force=True)
    assert len(await world.database.feeds.feeds()) == 1


async def test_refused_address_is_never_stored(world: World) -> None:
    async with FeedClient(user_agent="Homeward/test", spacing=0) as guarded:
        world.client = guarded
        world.restart()
        for url in (world.server.feed("news", post(1)), "http://2130706433/", "file:///etc/passwd", "localhost"):
            with pytest.raises(FetchError) as caught:
                await world.poller.add_feed(url, trust="trusted", force=True)
            assert caught.value.kind == "refused"
        with pytest.raises(RefusedAddress):
            await world.poller.add_unread("http://localhost/feed", name="x", trust="trusted")
    assert await world.database.feeds.feeds() == []


async def test_listed_feed_is_added_unread_and_switched_off(world: World) -> None:
    url = world.server.feed("news", post(1))
    added = await world.poller.add_unread(url, name="N", trust="trusted")
    assert (added.enabled, world.server.requests) == (False, [])


async def test_feed_added_by_force_becomes_the_feed_that_its_page_names(world: World) -> None:
    await world.add(f"{world.server.root}/page?feed=/feeds/news")
    url = world.server.feed("news", post(1))
    await world.poll()
    assert ((await world.feed()).url, world.ids) == (url, ["urn:p:1"])


async def test_trial_shows_what_a_feed_would_do_and_changes_nothing(world: World) -> None:
    url = world.server.feed("news", *[post(n, ago=n * HOUR) for n in range(1, 31)], title="Новини")
    world.relevant = lambda article: article.id == "urn:p:1"
    trial = await world.poller.test_feed(url)
    assert (trial.url, trial.title, trial.format, trial.count) == (url, "Новини", "rss", 30)
    assert [item.article.id for item in trial.items] == [f"urn:p:{n}" for n in range(1, 21)]
    assert [item.report.relevant for item in trial.items[:2]] == [True, False]
    assert trial.items[0].article.publisher == "Новини"
    assert await world.database.feeds.feeds() == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("@Koord_shtab", "https://t.me/s/Koord_shtab"),
        ("example.org/feed", "https://example.org/feed"),
        ("example.org:8080/feed", "https://example.org:8080/feed"),
        (" http://example.org ", "http://example.org"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_what_people_type_becomes_an_address(typed: str, address: str) -> None:
    assert web_address(typed) == address
