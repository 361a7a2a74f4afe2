"""The documents and answers that no reader should survive by luck."""

import asyncio
import gzip
import itertools
import zlib
from collections.abc import Awaitable, Callable

from aiohttp import web

_XML = {"Content-Type": "application/rss+xml"}
_ITEM = "<item><title>{title}</title><link>http://example.org/1</link><guid>{guid}</guid>{more}</item>"


def feed(items: str, *, prolog: str = "<?xml version='1.0'?>") -> str:
    """Wrap items in a feed."""
    return f"{prolog}<rss version='2.0'><channel><title>Hostile</title>{items}</channel></rss>"


def _gzip_bomb() -> bytes:
    """128 MiB of blanks in 128 KiB."""
    pack = zlib.compressobj(9, wbits=31)
    block = b" " * 2**20
    return b"".join(pack.compress(block) for _ in range(128)) + pack.flush()


def _entity_bomb() -> str:
    names = [f"l{n}" for n in range(10)]
    declared = "<!ENTITY l0 'lol'>" + "".join(
        f"<!ENTITY {name} '{f'&{below};' * 10}'>" for below, name in itertools.pairwise(names)
    )
    return feed(
        _ITEM.format(title="&l9;", guid="bomb", more=""), prolog=f"<?xml version='1.0'?><!DOCTYPE rss [{declared}]>"
    )


def _external_entity() -> str:
    prolog = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    return feed(_ITEM.format(title="before &x; after", guid="xxe", more=""), prolog=prolog)


def _broken_dates() -> str:
    dates = ("yesterday", "Mon, 99 Foo 2025 25:61:00 +9900", "0000-00-00", "99999-01-01T00:00:00Z", "", "1970-01-01")
    return feed(
        "".join(
            _ITEM.format(title=f"item {n}", guid=f"date-{n}", more=f"<pubDate>{date}</pubDate>")
            for n, date in enumerate(dates)
        )
    )


def _empty_guids() -> str:
    return feed(
        "".join(
            f"<item><title>item {n}</title><link>http://example.org/{n}</link><guid></guid></item>" for n in range(3)
        )
    )


def _same_guid() -> str:
    return feed(
        "".join(
            f"<item><title>item {n}</title><link>http://example.org/{n}</link><guid>0</guid></item>" for n in range(3)
        )
    )


_CYRILLIC = "Україні передали 1212 тіл загиблих. Тела погибших переданы"


def _cyrillic(encoding: str, *, declared: str | None) -> bytes:
    prolog = f"<?xml version='1.0' encoding='{declared}'?>" if declared else "<?xml version='1.0'?>"
    return feed(_ITEM.format(title=_CYRILLIC, guid="cyrillic", more=""), prolog=prolog).encode(encoding, "replace")


#: Path → body and headers.
DOCUMENTS: dict[str, Callable[[], tuple[bytes | str, dict[str, str]]]] = {
    "gzip-bomb": lambda: (_gzip_bomb(), {**_XML, "Content-Encoding": "gzip"}),
    "entity-bomb": lambda: (_entity_bomb(), _XML),
    "external-entity": lambda: (_external_entity(), _XML),
    "nested": lambda: (feed("<item><description>" + "<b>" * 400_000), _XML),
    "comments": lambda: (
        feed(f"<item><title>x</title><description>{'&lt;!--' * 100_000}</description></item>"),
        _XML,
    ),
    "many-elements": lambda: (feed(f"<item>{'<a/>' * 1_200_000}</item>"), _XML),
    "huge": lambda: (b" " * (30 * 2**20), _XML),
    "lying-html": lambda: (feed(_ITEM.format(title="x", guid="1", more="")), {"Content-Type": "text/html"}),
    "lying-image": lambda: (feed(_ITEM.format(title="x", guid="1", more="")), {"Content-Type": "image/png"}),
    "html": lambda: ("<!doctype html><html><title>No feed</title><p>Hello</p></html>", {"Content-Type": "text/html"}),
    "binary": lambda: (bytes(range(256)) * 64, _XML),
    "empty": lambda: (b"", _XML),
    "broken-dates": lambda: (_broken_dates(), _XML),
    "empty-guid": lambda: (_empty_guids(), _XML),
    "same-guid": lambda: (_same_guid(), _XML),
    "cut-gzip": lambda: (gzip.compress(b"<rss>" + bytes(range(256)) * 99)[:-20], {**_XML, "Content-Encoding": "gzip"}),
    "false-gzip": lambda: (
        feed(_ITEM.format(title="plain", guid="1", more="")),
        {**_XML, "Content-Encoding": "gzip"},
    ),
    "unlabelled-gzip": lambda: (gzip.compress(feed(_ITEM.format(title="packed", guid="1", more="")).encode()), _XML),
    "gzip-in-pieces": lambda: (
        b"".join(
            gzip.compress(half) for half in _halves(feed(_ITEM.format(title="whole", guid="1", more="")).encode())
        ),
        {**_XML, "Content-Encoding": "gzip"},
    ),
    "gzip-and-more": lambda: (
        gzip.compress(feed(_ITEM.format(title="packed", guid="1", more="")).encode()) + bytes(1_000_000),
        {**_XML, "Content-Encoding": "gzip"},
    ),
    "brotli": lambda: (b"\x8b\x00\x80", {**_XML, "Content-Encoding": "br"}),
    "cp1251": lambda: (_cyrillic("windows-1251", declared="windows-1251"), _XML),
    "cp1251-unlabelled": lambda: (_cyrillic("windows-1251", declared=None), _XML),
    "cp1251-as-utf8": lambda: (
        _cyrillic("windows-1251", declared="utf-8"),
        {"Content-Type": "application/rss+xml; charset=utf-8"},
    ),
    "koi8-as-cp1251": lambda: (_cyrillic("koi8-u", declared="windows-1251"), _XML),
    "koi8": lambda: (_cyrillic("koi8-u", declared="koi8-u"), _XML),
    "utf16": lambda: (_cyrillic("utf-16", declared="utf-16"), _XML),
    "utf8-as-latin1": lambda: (
        _cyrillic("utf-8", declared="iso-8859-1"),
        {"Content-Type": "text/xml; charset=iso-8859-1"},
    ),
    "utf8-bom": lambda: (_cyrillic("utf-8-sig", declared="utf-8"), _XML),
}


async def _drip(request: web.Request) -> web.StreamResponse:
    """Answer a byte at a time, for ever."""
    response = web.StreamResponse(headers=_XML)
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.02)


async def _never(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(3600)
    return web.Response()


async def _loop(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(request.path)


async def _to_file(request: web.Request) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": "file:///etc/passwd"})


async def _to_metadata(request: web.Request) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})


async def _cut(request: web.Request) -> web.StreamResponse:
    """Promise more than is sent, and hang up."""
    response = web.StreamResponse(headers={**_XML, "Content-Length": "100000"})
    await response.prepare(request)
    await response.write(b"<rss>")
    if request.transport is not None:
        request.transport.abort()
    return response


#: Path → answer, where the manner of answering is what is hostile.
MANNERS: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
    "drip": _drip,
    "never": _never,
    "redirect-loop": _loop,
    "redirect-file": _to_file,
    "redirect-metadata": _to_metadata,
    "cut": _cut,
}


def _halves(document: bytes) -> tuple[bytes, bytes]:
    return document[: len(document) // 2], document[len(document) // 2 :]
