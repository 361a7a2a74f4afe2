"""The server: scripted feeds and their pages, hostile answers, and a control endpoint for tests in other processes.

GET  /feeds/NAME                 a feed; conditional requests are answered with 304
GET  /s/NAME[?before=N]          a channel's page
GET  /articles/NAME              an article's page
GET  /page?feed=URL              a page that names a feed
GET  /hostile/KIND               see `hostile`
PUT  /control/feeds/NAME         {"kind": "rss|rss090|rss091|rss1|atom|json|telegram", "title": "…", "headers": {…},
                                  "encoding": "utf-8", "prolog": ""}
POST /control/feeds/NAME/items   {"guid", "title", "text", "link", "published", "summary_only", …}: new, or changed
PUT  /control/feeds/NAME/fault   {"status": 503, "headers": {…}, "times": 1}
PUT  /control/articles/NAME      {"title", "text"}
GET  /control/answered           how often each path was answered, as soon as "path" was so often as "times" says
GET  /control/requests           [{"path", "if_none_match", "if_modified_since", "user_agent", "status"}, …]
"""

import datetime as dt
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.botapi.journal import Changes
from tests.feedserver import hostile
from tests.feedserver.documents import MIME, Post, article, render


@dataclass(slots=True, kw_only=True)
class _Feed:
    kind: str
    title: str
    posts: list[Post] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    changed: dt.datetime = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
    fault: web.Response | None = None
    fault_times: int = 0
    validators: bool = True
    #: How its text is turned into bytes, whatever it says of itself.
    encoding: str = "utf-8"
    #: Stands before the document.
    prolog: str = ""
    #: Pages further back in a channel cannot be had.
    earlier_fails: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request that arrived."""

    path: str
    if_none_match: str | None
    if_modified_since: str | None
    user_agent: str | None
    status: int


class FeedServer:
    """Serves scripted feeds on a loopback port."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._host = host
        self._port = port
        self._feeds: dict[str, _Feed] = {}
        self._articles: dict[str, tuple[str, str]] = {}
        self._runner: web.AppRunner | None = None
        self._changes = Changes()
        #: Every request but those of the control endpoint, in order.
        self.requests: list[Seen] = []

    @property
    def root(self) -> str:
        """The server's address, without a slash at its end."""
        return f"http://{self._host}:{self._port}"

    def url(self, name: str) -> str:
        """The address of a feed."""
        kind = self._feeds[name].kind if name in self._feeds else ""
        return f"{self.root}/s/{name}" if kind == "telegram" else f"{self.root}/feeds/{name}"

    def hostile(self, kind: str) -> str:
        """The address of a hostile answer."""
        return f"{self.root}/hostile/{kind}"

    def feed(
        self,
        name: str,
        *posts: Post,
        kind: str = "rss",
        title: str = "",
        headers: dict[str, str] | None = None,
        validators: bool = True,
        encoding: str = "utf-8",
        prolog: str = "",
    ) -> str:
        """Set up a feed and return its address."""
        self._feeds[name] = _Feed(
            kind=kind,
            title=title or name,
            posts=list(posts),
            headers=headers or {},
            validators=validators,
            encoding=encoding,
            prolog=prolog,
        )
        return self.url(name)

    def publish(self, name: str, post: Post) -> None:
        """Add an item to a feed; one with a known guid is changed in its place."""
        feed = self._feeds[name]
        guids = [known.guid for known in feed.posts]
        if post.guid in guids:
            feed.posts[guids.index(post.guid)] = post
        else:
            feed.posts.append(post)
        feed.changed += dt.timedelta(seconds=1)

    def replace(self, name: str, *posts: Post) -> None:
        """Put other items in the place of a feed's."""
        self._feeds[name].posts = list(posts)
        self._feeds[name].changed += dt.timedelta(seconds=1)

    def fail(self, name: str, status: int, *, times: int = 1_000_000, headers: dict[str, str] | None = None) -> None:
        """Let a feed answer with a status, so many times; 0 heals it."""
        self._feeds[name].fault = web.Response(status=status, headers=headers or {})
        self._feeds[name].fault_times = times

    def fail_earlier(self, name: str) -> None:
        """Let a channel's pages further back answer with an error."""
        self._feeds[name].earlier_fails = True

    def article(self, name: str, *, title: str, text: str) -> str:
        """Set up an article's page and return its address."""
        self._articles[name] = (title, text)
        return f"{self.root}/articles/{name}"

    def seen(self, path: str) -> list[Seen]:
        """Requests for a path."""
        return [request for request in self.requests if request.path.partition("?")[0] == path]

    async def start(self) -> Self:
        """Listen."""
        app = web.Application(middlewares=[self._count])
        app.router.add_get("/feeds/{name}", self._serve_feed)
        app.router.add_get("/s/{name}", self._serve_feed)
        app.router.add_get("/articles/{name}", self._serve_article)
        app.router.add_get("/page", self._serve_page)
        app.router.add_get("/moved/{status}/{name}", self._serve_redirect)
        app.router.add_get("/hostile/{kind}", self._serve_hostile)
        app.router.add_put("/control/feeds/{name}", self._control_feed)
        app.router.add_post("/control/feeds/{name}/items", self._control_item)
        app.router.add_put("/control/feeds/{name}/fault", self._control_fault)
        app.router.add_put("/control/articles/{name}", self._control_article)
        app.router.add_get("/control/answered", self._control_answered)
        app.router.add_get("/control/requests", self._control_requests)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        """Hang up on everybody."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @web.middleware
    async def _count(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path.startswith("/control/"):
            answer: web.StreamResponse = await handler(request)
            return answer
        status = 0
        try:
            answer = await handler(request)
            status = answer.status
            return answer
        except web.HTTPException as error:
            status = error.status
            raise
        finally:
            self.requests.append(
                Seen(
                    path=request.path_qs,
                    if_none_match=request.headers.get("If-None-Match"),
                    if_modified_since=request.headers.get("If-Modified-Since"),
                    user_agent=request.headers.get("User-Agent"),
                    status=status,
                )
            )
            self._changes.announce()

    async def _serve_feed(self, request: web.Request) -> web.StreamResponse:
        feed = self._feeds.get(request.match_info["name"])
        if feed is None:
            raise web.HTTPNotFound
        if feed.earlier_fails and "before" in request.query:
            return web.Response(status=503)
        if feed.fault is not None and feed.fault_times > 0:
            feed.fault_times -= 1
            return web.Response(status=feed.fault.status, headers=feed.fault.headers)
        before = request.query.get("before")
        text = render(feed.kind, feed.title, feed.posts, base=self.root, before=int(before) if before else None)
        headers = {"Content-Type": MIME[feed.kind], **feed.headers}
        if feed.validators:
            headers["ETag"] = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
            headers["Last-Modified"] = format_datetime(feed.changed, usegmt=True)
            if request.headers.get("If-None-Match") == headers["ETag"]:
                return web.Response(status=304, headers={"ETag": headers["ETag"], **feed.headers})
        return web.Response(body=(feed.prolog + text).encode(feed.encoding), headers=headers)

    async def _serve_article(self, request: web.Request) -> web.StreamResponse:
        found = self._articles.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(text=article(*found), content_type="text/html")

    async def _serve_page(self, request: web.Request) -> web.StreamResponse:
        link = f"<link rel='alternate' type='application/rss+xml' href='{request.query['feed']}'>"
        return web.Response(text=f"<!doctype html><html><head>{link}</head></html>", content_type="text/html")

    async def _serve_redirect(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        return web.Response(status=int(request.match_info["status"]), headers={"Location": self.url(name)})

    async def _serve_hostile(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        if kind in hostile.MANNERS:
            return await hostile.MANNERS[kind](request)
        body, headers = hostile.DOCUMENTS[kind]()
        return web.Response(body=body.encode() if isinstance(body, str) else body, headers=headers)

    async def _control_feed(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        url = self.feed(request.match_info["name"], **body)
        return web.json_response({"url": url})

    async def _control_item(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if body.get("published"):
            body["published"] = dt.datetime.fromisoformat(body["published"])
        self.publish(request.match_info["name"], Post(**body))
        return web.json_response({"ok": True})

    async def _control_fault(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.fail(request.match_info["name"], body.pop("status"), **body)
        return web.json_response({"ok": True})

    async def _control_article(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        return web.json_response({"url": self.article(request.match_info["name"], **body)})

    async def _control_answered(self, request: web.Request) -> web.StreamResponse:
        path, times = request.query["path"], int(request.query["times"])
        await self._changes.until(lambda: len(self.seen(path)) >= times, 60)
        return web.json_response(Counter(seen.path.partition("?")[0] for seen in self.requests))

    async def _control_requests(self, request: web.Request) -> web.StreamResponse:
        found = [
            {
                "path": seen.path,
                "if_none_match": seen.if_none_match,
                "if_modified_since": seen.if_modified_since,
                "user_agent": seen.user_agent,
                "status": seen.status,
            }
            for seen in self.requests
        ]
        return web.Response(text=json.dumps(found), content_type="application/json")
