"""The feed client against a server on loopback: what arrives, what is refused, and what it costs."""

import asyncio
import datetime as dt
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import FetchError, RefusedAddress
from bot.feeds.http import Limits
from bot.feeds.process import ParserProcess
from bot.feeds.reader import FeedClient
from bot.ports import Feed
from tests.feedserver import FeedServer, Post

DAY = dt.datetime(2025, 6, 11, 9, 30, tzinfo=dt.UTC)
POST = Post(
    guid="urn:g:1",
    title="Україні повернули тіла 1212 загиблих",
    text="Координаційний штаб повідомив.\n\nТіла 1212 загиблих.",
    link="http://example.org/1",
    published=DAY,
)


def feed(url: str, **known: object) -> Feed:
    return replace(Feed(id=1, url=url, name="", trust="trusted"), **known)  # type: ignore[arg-type]


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop turn until something is so."""
    while not condition():  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[FeedClient]:
    async with FeedClient(user_agent="Homeward/test", allow_private=True, spacing=0) as running:
        yield running


@pytest.mark.parametrize(
    ("kind", "told"), [("rss", "rss"), ("rss1", "rss"), ("atom", "atom"), ("json", "json"), ("telegram", "telegram")]
)
async def test_every_format_brings_the_same_item(server: FeedServer, client: FeedClient, kind: str, told: str) -> None:
    post = replace(POST, guid="hq/17") if kind == "telegram" else POST
    fetched = await client.read(feed(server.feed("hq", post, kind=kind, title="Штаб")))
    item = fetched.items[0]
    assert (fetched.format, fetched.title, item.guid, item.published_at) == (told, "Штаб", post.guid, DAY)
    assert item.text == POST.text
    assert item.title == ("" if kind == "telegram" else POST.title)


async def test_validators_come_back_as_they_came_and_304_is_unchanged(server: FeedServer, client: FeedClient) -> None:
    url = server.feed("news", POST)
    first = await client.read(feed(url))
    again = await client.read(feed(url, etag=first.etag, last_modified=first.last_modified))
    assert (again.unchanged, again.items) == (True, ())
    assert (again.etag, again.last_modified) == (first.etag, first.last_modified)
    request = server.requests[-1]
    assert (request.status, request.if_none_match, request.if_modified_since) == (304, first.etag, first.last_modified)


async def test_a_validator_that_nobody_can_read_is_none(server: FeedServer, client: FeedClient) -> None:
    """It might not be written down, and so every poll would be lost that ends with this one."""
    url = server.feed("news", POST, validators=False, headers={"ETag": '"a\u200bb"'})
    assert (await client.read(feed(url))).etag is None


async def test_without_validators_none_are_invented(server: FeedServer, client: FeedClient) -> None:
    url = server.feed("news", POST, validators=False)
    fetched = await client.read(feed(url))
    assert (fetched.etag, fetched.last_modified) == (None, None)
    await client.read(feed(url))
    assert [(seen.if_none_match, seen.if_modified_since) for seen in server.requests] == [(None, None)] * 2


async def test_user_agent_says_who_asks(server: FeedServer, client: FeedClient) -> None:
    await client.read(feed(server.feed("news", POST)))
    assert server.requests[0].user_agent == "Homeward/test"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=900"}, 900),
        ({"Cache-Control": "max-age=900", "Age": "300"}, 600),
        ({"Cache-Control": "no-cache, max-age=900"}, None),
        ({"Expires": "Wed, 11 Jun 2025 10:00:00 GMT", "Date": "Wed, 11 Jun 2025 09:00:00 GMT"}, 3600),
        ({"Expires": "0"}, None),
        ({}, None),
    ],
)
async def test_freshness_is_read_from_the_answer(
    server: FeedServer, client: FeedClient, headers: dict[str, str], seconds: float | None
) -> None:
    fetched = await client.read(feed(server.feed("news", POST, headers=headers)))
    assert fetched.fresh_for == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "Wed, 11 Jun 2025 09:05:00 GMT", "Date": "Wed, 11 Jun 2025 09:00:00 GMT"}, 300),
        ({"Retry-After": "soon"}, None),
    ],
)
async def test_status_and_retry_after_are_told(
    server: FeedServer, client: FeedClient, headers: dict[str, str], seconds: float | None
) -> None:
    url = server.feed("news", POST)
    server.fail("news", 429, headers=headers)
    with pytest.raises(FetchError) as caught:
        await client.read(feed(url))
    assert (caught.value.kind, caught.value.status, caught.value.retry_after) == ("status", 429, seconds)


async def test_permanent_redirects_are_told_and_temporary_ones_are_not(server: FeedServer, client: FeedClient) -> None:
    url = server.feed("news", POST)
    permanent = await client.read(feed(f"{server.root}/moved/301/news"))
    temporary = await client.read(feed(f"{server.root}/moved/302/news"))
    assert (permanent.moved_to, temporary.moved_to) == (url, None)
    assert permanent.items == temporary.items != ()


async def test_a_page_names_its_feeds(server: FeedServer, client: FeedClient) -> None:
    fetched = await client.read(feed(f"{server.root}/page?feed=/feeds/news"))
    assert (fetched.format, fetched.items, fetched.discovered) == ("", (), (f"{server.root}/feeds/news",))


async def test_gap_in_a_channel_is_closed_by_paging_back(server: FeedServer, client: FeedClient) -> None:
    posts = [Post(guid=f"hq/{n}", text=f"post {n}", published=DAY + dt.timedelta(minutes=n)) for n in range(1, 71)]
    url = server.feed("hq", *posts, kind="telegram")
    fetched = await client.read(feed(url, last_post=15))
    assert fetched.last_post == 70
    assert [item.guid for item in fetched.items] == [f"hq/{n}" for n in range(70, 10, -1)]
    server.requests.clear()
    await client.read(feed(url, last_post=60))
    assert len(server.requests) == 1


async def test_channel_that_lost_all_of_its_posts_asks_for_fewer_requests(
    server: FeedServer, client: FeedClient
) -> None:
    url = server.feed("hq", kind="telegram")
    assert (await client.read(feed(url))).items == ()
    with pytest.raises(FetchError) as caught:
        await client.read(feed(url, last_post=15))
    assert caught.value.kind == "throttled"


async def test_gap_that_cannot_be_closed_is_tried_again(server: FeedServer, client: FeedClient) -> None:
    posts = [Post(guid=f"hq/{n}", text=f"post {n}", published=DAY) for n in range(1, 71)]
    url = server.feed("hq", *posts, kind="telegram")
    server.fail_earlier("hq")
    fetched = await client.read(feed(url, last_post=15))
    assert (fetched.last_post, len(fetched.items)) == (15, 20)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("gzip-bomb", "too_large"),
        ("huge", "too_large"),
        ("nested", "content"),
        ("html", "not_a_feed"),
        ("binary", "not_a_feed"),
        ("empty", "content"),
        ("cut-gzip", "content"),
        ("brotli", "content"),
        ("redirect-loop", "redirects"),
        ("redirect-file", "refused"),
        ("cut", "connect"),
        ("drip", "timeout"),
        ("never", "timeout"),
    ],
)
async def test_hostile_answers_end_in_a_named_error(server: FeedServer, kind: str, error: str) -> None:
    async with FeedClient(
        user_agent="Homeward/test",
        allow_private=True,
        spacing=0,
        limits=Limits(total_seconds=0.5 if error == "timeout" else 20),
        parser=ParserProcess(cpu_seconds=0.3),
    ) as client:
        with pytest.raises(FetchError) as caught:
            await client.read(feed(server.hostile(kind)))
        assert caught.value.kind == error
        fetched = await client.read(feed(server.feed("news", POST)))
        assert fetched.items


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        ("entity-bomb", ["&l9;"]),
        ("external-entity", ["before &x; after"]),
        ("lying-html", ["x"]),
        ("lying-image", ["x"]),
        ("false-gzip", ["plain"]),
        ("unlabelled-gzip", ["packed"]),
        ("gzip-in-pieces", ["whole"]),
        ("gzip-and-more", ["packed"]),
        ("empty-guid", ["item 0", "item 1", "item 2"]),
        ("same-guid", ["item 0", "item 1", "item 2"]),
    ],
)
async def test_what_lies_but_can_be_read_is_read(
    server: FeedServer, client: FeedClient, kind: str, titles: list[str]
) -> None:
    fetched = await client.read(feed(server.hostile(kind)))
    assert [item.title for item in fetched.items] == titles
    assert len({item.guid for item in fetched.items}) == len(titles)


@pytest.mark.parametrize(
    "kind",
    ["cp1251", "cp1251-unlabelled", "cp1251-as-utf8", "koi8", "koi8-as-cp1251", "utf16", "utf8-as-latin1", "utf8-bom"],
)
async def test_cyrillic_is_read_whatever_its_label(server: FeedServer, client: FeedClient, kind: str) -> None:
    fetched = await client.read(feed(server.hostile(kind)))
    assert [item.title for item in fetched.items] == ["Україні передали 1212 тіл загиблих. Тела погибших переданы"]


async def test_broken_dates_leave_the_items(server: FeedServer, client: FeedClient) -> None:
    fetched = await client.read(feed(server.hostile("broken-dates")))
    assert [item.published_at for item in fetched.items] == [None] * 6


async def test_loopback_is_refused_unless_allowed(server: FeedServer) -> None:
    async with FeedClient(user_agent="Homeward/test") as guarded:
        with pytest.raises(RefusedAddress):
            await guarded.read(feed(server.feed("news", POST)))
    assert server.requests == []


async def test_name_with_one_private_answer_is_refused(server: FeedServer) -> None:
    async def lookup(host: str, port: int) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", ("127.0.0.1", port))]

    async with FeedClient(user_agent="Homeward/test", lookup=lookup) as guarded:
        with pytest.raises(RefusedAddress):
            await guarded.read(feed(server.feed("news", POST).replace("127.0.0.1", "rebinding.example")))
    assert server.requests == []


async def test_redirect_to_a_private_address_is_refused(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is public, as far as the client can tell; the second is not."""
    from bot.feeds import guard

    real = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: str(address) == "127.0.0.1" or real(address))
    async with FeedClient(user_agent="Homeward/test", spacing=0) as guarded:
        with pytest.raises(RefusedAddress):
            await guarded.read(feed(server.hostile("redirect-metadata")))


async def test_unknown_name_and_closed_port_are_told_apart(server: FeedServer) -> None:
    async def lookup(host: str, port: int) -> list[tuple[object, ...]]:
        if host == "nowhere.example":
            raise OSError("no such name")
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    await server.stop()
    async with FeedClient(user_agent="Homeward/test", allow_private=True, spacing=0, lookup=lookup) as client:
        kinds = []
        for url in ("http://nowhere.example/", f"{server.root}/feeds/x"):
            with pytest.raises(FetchError) as caught:
                await client.read(feed(url))
            kinds.append(caught.value.kind)
    assert kinds == ["dns", "connect"]


async def test_one_request_at_a_time_to_a_host_with_a_pause_between(server: FeedServer) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    urls = [server.feed(f"news{n}", POST) for n in range(3)]
    async with FeedClient(user_agent="Homeward/test", allow_private=True, spacing=60, sleep=sleep) as client:
        await asyncio.gather(*(client.read(feed(url)) for url in urls))
    assert [round(pause) for pause in pauses] == [60, 60]


async def test_loop_goes_on_while_a_hostile_document_is_parsed(server: FeedServer) -> None:
    turns = 0
    parser = ParserProcess(cpu_seconds=0.3)
    async with FeedClient(user_agent="Homeward/test", allow_private=True, spacing=0, parser=parser) as client:
        hostile = asyncio.create_task(client.read(feed(server.hostile("nested"))))
        await until(lambda: parser.running)
        while not hostile.done():
            await asyncio.sleep(0)
            turns += 1
        with pytest.raises(FetchError):
            await hostile
    assert turns > 100


async def test_article_is_told_from_its_page(server: FeedServer, client: FeedClient) -> None:
    text = "Україна повернула тіла 1212 загиблих захисників. Про це повідомив Координаційний штаб.\n\n" + (
        "Російська сторона отримала 27 тіл. Репатріація відбулася за домовленостями у Стамбулі. " * 3
    )
    found = await client.article_text(server.article("1", title="Репатріація", text=text))
    assert "1212" in found
    assert "27 тіл" in found
    assert "All news" not in found
    assert "rights reserved" not in found


async def test_parser_process_ends_when_idle_and_starts_again(server: FeedServer) -> None:
    parser = ParserProcess(idle_seconds=0)
    async with FeedClient(user_agent="Homeward/test", allow_private=True, spacing=0, parser=parser) as client:
        url = server.feed("news", POST)
        first = await client.read(feed(url))
        await until(lambda: not parser.running)
        assert (await client.read(feed(url))).items == first.items


async def test_document_that_takes_too_much_memory_is_given_up(server: FeedServer) -> None:
    parser = ParserProcess(memory=96 * 2**20)
    url = server.feed("news", POST)
    async with FeedClient(user_agent="Homeward/test", allow_private=True, spacing=0, parser=parser) as client:
        with pytest.raises(FetchError) as caught:
            await client.read(feed(server.hostile("many-elements")))
        assert caught.value.kind == "content"
        assert (await client.read(feed(url))).items


def _environment(pid: int | None) -> bytes:
    """What a process was started with; empty where the system does not tell."""
    path = Path(f"/proc/{pid}/environ")
    return path.read_bytes() if path.exists() else b""


async def test_parser_sees_nothing_of_our_environment(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEWARD_TELEGRAM_TOKEN", "1:secret")
    async with ParserProcess() as parser:
        await parser.run(
            "feed", b"<rss><channel><title>t</title></channel></rss>", content_type="", url="http://x.example"
        )
        assert b"secret" not in _environment(parser.pid)


def test_no_parser_is_loaded_beside_the_bot() -> None:
    """Memory at rest: the libraries that documents are read with live in their own process."""
    code = "import sys, bot.feeds.reader; print([m for m in ('feedparser','selectolax','lxml') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"
