"""Feeds as the core knows them: fetched, parsed, and turned into items."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from bot.domain.articles import Item
from bot.errors import FetchError
from bot.feeds.guard import Lookup
from bot.feeds.http import HttpClient, Limits, Page, fresh_for
from bot.feeds.politeness import HostGate
from bot.feeds.process import ParserProcess
from bot.ports import Feed, Fetched

_ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9,"
    " application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)
_ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
#: Pages of a channel that are read back to close a gap: about a hundred posts.
_MAX_PAGES_BACK = 5
_MAX_VALIDATOR = 1_000


class FeedClient:
    """Implements `bot.ports.FeedReader`.

    Args:
        user_agent: Says who asks; sent as it is.
        allow_private: Fetch from loopback and private addresses too.
        spacing: Seconds between two requests to one host.
        concurrency: Requests at a time, over all hosts.
        lookup: Replaces the name service, for tests.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow_private: bool = False,
        spacing: float = 2.0,
        concurrency: int = 32,
        limits: Limits | None = None,
        parser: ParserProcess | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        lookup: Lookup | None = None,
    ) -> None:
        self._http = HttpClient(
            gate=HostGate(spacing=spacing, concurrency=concurrency, sleep=sleep),
            user_agent=user_agent,
            limits=limits or Limits(),
            allow_private=allow_private,
            lookup=lookup,
        )
        self._parser = parser or ParserProcess()
        #: What feeds said of themselves when they were last read in full; an unchanged one says nothing.
        self._ttl: dict[str, float] = {}

    async def check(self, url: str) -> None:
        """Look at an address without fetching it; one whose name is not known now passes.

        Raises:
            FetchError: it is one that is never fetched; `kind` is "refused".
        """
        await self._http.check(url)

    async def read(self, feed: Feed) -> Fetched:
        """Fetch one feed once, with the validators of the last time as they came.

        Raises:
            FetchError: it could not be fetched or is no feed; `kind` tells.
        """
        validators = {}
        if feed.etag:
            validators["If-None-Match"] = feed.etag
        if feed.last_modified:
            validators["If-Modified-Since"] = feed.last_modified
        async with self._http.fetched(feed.url, accept=_ACCEPT_FEED, headers=validators) as page:
            if page.status == 304:
                return self._fetched(feed, page, {"entries": (), "format": ""}, unchanged=True)
            parsed = await self._parse(page)
        if parsed["ttl"]:
            self._ttl[feed.url] = parsed["ttl"]
        else:
            self._ttl.pop(feed.url, None)
        if parsed["format"] == "telegram" and feed.last_post is not None:
            if parsed["last_post"] is None:
                # So Telegram answers those who ask too often; a channel does not lose all of its posts.
                raise FetchError("the channel shows none of its posts just now", kind="throttled")
            parsed = await self._close_gap(page.url, parsed, feed.last_post)
        return self._fetched(feed, page, parsed, unchanged=False)

    async def article_text(self, url: str) -> str:
        """Fetch a page and return its article's text; empty where none was found.

        Raises:
            FetchError: the page could not be fetched.
        """
        async with self._http.fetched(url, accept=_ACCEPT_PAGE) as page:
            content_type = page.headers.get("content-type", "")
            if page.body.startswith(b"%PDF") or content_type.startswith(("image/", "video/", "audio/")):
                return ""
            result = await self._parser.run("article", page.body, content_type=content_type, url=page.url)
        return str(result["text"])

    async def _parse(self, page: Page) -> dict[str, Any]:
        content_type = page.headers.get("content-type", "")
        return await self._parser.run("feed", page.body, content_type=content_type, url=page.url)

    async def _close_gap(self, url: str, newest: dict[str, Any], last_post: int) -> dict[str, Any]:
        """Read further pages of a channel back to the last post that was seen.

        Where a page cannot be had the last post stays where it was, and the gap is tried again.
        """
        entries = list(newest["entries"])
        first = newest["first_post"]
        for _ in range(_MAX_PAGES_BACK):
            if first is None or first <= last_post + 1:
                break
            earlier = urlunsplit(urlsplit(url)._replace(query=f"before={first}", fragment=""))
            try:
                async with self._http.fetched(earlier, accept=_ACCEPT_FEED) as page:
                    parsed = await self._parse(page)
            except FetchError:
                return {**newest, "entries": entries, "last_post": last_post}
            if parsed["first_post"] is None or parsed["first_post"] >= first:
                break
            entries += parsed["entries"]
            first = parsed["first_post"]
        return {**newest, "entries": entries}

    def _fetched(self, feed: Feed, page: Page, parsed: dict[str, Any], *, unchanged: bool) -> Fetched:
        asked = (fresh_for(page.headers), self._ttl.get(feed.url))
        return Fetched(
            unchanged=unchanged,
            items=tuple(_item(entry) for entry in parsed["entries"]),
            title=parsed.get("title", ""),
            format=parsed["format"],
            etag=_validator(page.headers.get("etag")) or (feed.etag if unchanged else None),
            last_modified=_validator(page.headers.get("last-modified")) or (feed.last_modified if unchanged else None),
            fresh_for=max((seconds for seconds in asked if seconds), default=None),
            moved_to=page.url if page.moved else None,
            last_post=parsed.get("last_post"),
            discovered=tuple(parsed.get("discovered", ())),
        )

    async def close(self) -> None:
        """Close connections and end the parser process."""
        await self._http.close()
        await self._parser.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _validator(value: str | None) -> str | None:
    """Keep a validator as it came, unless nobody in his right mind would have sent it, or it cannot be sent back."""
    return value if value and len(value) <= _MAX_VALIDATOR and value.isprintable() else None


def _item(entry: dict[str, Any]) -> Item:
    published = entry["published"]
    return Item(
        guid=entry["guid"],
        url=entry["url"],
        title=entry["title"],
        text=entry["text"],
        published_at=None if published is None else dt.datetime.fromtimestamp(published, dt.UTC),
        summary_only=entry["summary_only"],
        origin=entry["origin"],
        origin_url=entry["origin_url"],
    )
