"""Lists of feeds as feed readers exchange them (OPML 2.0, opml.org).

A list from elsewhere is read without its document type declaration, its entities, and the addresses that feeds may
not be fetched from.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from bot.domain.articles import TRUSTS, Trust
from bot.domain.feed_lists import ListedFeed
from bot.errors import FetchError, InvalidRecord
from bot.feeds.guard import checked_url
from bot.feeds.plaintext import clean

_MAX_BYTES = 5 * 2**20
_MAX_FEEDS = 5_000
_MAX_NAME = 200


class _Feed(Protocol):
    @property
    def url(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def trust(self) -> Trust: ...


def read_opml(data: bytes, *, allow_private: bool = False) -> Sequence[ListedFeed]:
    """Read the feeds of a list, each address once, in its order.

    Args:
        allow_private: Take addresses that are not public too.

    Raises:
        InvalidRecord: it is no OPML; `line` tells where reading ended.
    """
    if len(data) > _MAX_BYTES:
        raise InvalidRecord("the list is too large")
    found: dict[str, ListedFeed] = {}
    depth: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if not depth and tag.lower() != "opml":
            raise InvalidRecord("no OPML", line=parser.CurrentLineNumber)
        depth.append(tag)
        known = {name.lower(): value for name, value in attributes.items()}
        url = known.get("xmlurl", "").strip()
        if tag.lower() != "outline" or not url or len(found) >= _MAX_FEEDS:
            return
        try:
            checked_url(url, allow_private=allow_private)
        except FetchError:
            return
        name = _name(known.get("title") or known.get("text") or "")
        stated = [trust for trust in TRUSTS if trust == known.get("trust")]
        found.setdefault(url, ListedFeed(url=url, name=name or url, trust=stated[0] if stated else "unverified"))

    def refuse(*_: object) -> None:
        raise InvalidRecord("a list with a document type declaration is not read", line=parser.CurrentLineNumber)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: depth.pop()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InvalidRecord(f"no OPML: {expat.errors.messages[error.code]}", line=error.lineno) from error
    return list(found.values())


def _name(text: str) -> str:
    return " ".join(clean(text, limit=_MAX_NAME).split())


def write_opml(feeds: Iterable[_Feed]) -> str:
    """Write a list that other feed readers can read; `trust` is an attribute that they pass over."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>Homeward</title></head>",
        "  <body>",
    ]
    for feed in feeds:
        name = quoteattr(_name(feed.name) or feed.url)
        lines.append(
            f'    <outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed.url)} trust="{feed.trust}"/>'
        )
    return "\n".join([*lines, "  </body>", "</opml>", ""])
