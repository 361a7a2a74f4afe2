"""What a fetched document is and what it holds, told by its content and not by its host.

Runs in the parser process only: the documents are hostile until proven otherwise. Nothing here reaches the network,
and no document type declaration is ever handed to an XML parser, so there is no entity to expand.
"""

import datetime as dt
import html.entities
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import feedparser
from selectolax.lexbor import LexborHTMLParser

from bot.errors import FetchError
from bot.feeds import telegram
from bot.feeds.charset import decode
from bot.feeds.plaintext import clean, one_line, to_text

Format = Literal["rss", "atom", "json", "telegram", ""]

MAX_ITEMS = 500
MAX_TITLE = 1_000
MAX_TEXT = 50_000
#: Of all items of a document together; what lies beyond keeps its beginning.
MAX_ALL_TEXT = 2_000_000
_MAX_GUID = 2_000
_MAX_DISCOVERED = 10
_SHORT = 500

#: Blanks, comments and processing instructions before anything that tells what the document is.
_PROLOG = re.compile(r"^(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_PAGE_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*:)?(rss|feed|RDF|channel)(?=[\s>/])")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_CONTENT_KEYS = ("yandex_full-text", "turbo_content", "fulltext")
#: What lies outside is a broken date.
_YEARS = range(1995, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, in types that travel as JSON."""

    guid: str
    url: str
    title: str
    text: str
    #: Seconds since the epoch.
    published: float | None
    summary_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a document holds; `format` is empty for a page that is no feed but names some."""

    format: Format
    title: str = ""
    entries: tuple[Entry, ...] = ()
    #: Seconds for which the feed itself asks not to be fetched again.
    ttl: float | None = None
    #: Of a Telegram channel: lowest and highest post number on the page.
    first_post: int | None = None
    last_post: int | None = None
    discovered: tuple[str, ...] = ()


def parse(body: bytes, *, content_type: str, url: str) -> Parsed:
    """Read a feed, or a page that names feeds.

    Args:
        url: Where it was found; relative links are resolved against it.

    Raises:
        FetchError: it is neither; `kind` tells an unreadable channel page from what is no feed at all.
    """
    text = decode(body, content_type)
    text = _PROLOG.sub("", text.lstrip("\ufeff"), count=1)
    if text.startswith("{"):
        return _bounded(_json_feed(text, url))
    root = _ROOT.search(text)
    page = _PAGE_START.search(text[:20_000])
    if root and not (page and page.start() < root.start()):
        return _bounded(_xml_feed(text[root.start() :], url))
    if page or "tgme_" in text:
        return _bounded(_page(text, url))
    raise FetchError("neither a feed nor a page", kind="not_a_feed")


def _bounded(parsed: Parsed) -> Parsed:
    """Keep within the bounds, and make every guid that is no identity into one."""
    entries = parsed.entries[:MAX_ITEMS]
    room = MAX_ALL_TEXT
    kept: list[Entry] = []
    twice = {guid for guid, count in Counter(entry.guid for entry in entries).items() if count > 1}
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.guid in twice:
            # One guid for several entries names none of them; the same entry twice stays one.
            entry = replace(entry, guid=entry.url or entry.title or entry.text[:_SHORT])
        if (entry.guid, entry.title) in seen:
            continue
        seen.add((entry.guid, entry.title))
        text = entry.text if len(entry.text) <= room else entry.text[:_SHORT]
        room -= len(text)
        kept.append(replace(entry, guid=entry.guid[:_MAX_GUID], text=text))
    return replace(parsed, entries=tuple(kept))


def _xml_feed(text: str, url: str) -> Parsed:
    """Read RSS or Atom from its root element on; what stood before it (a DTD) is gone."""
    text = _ILLEGAL.sub("", text)
    text = _ENTITY.sub(_named_entity, text)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    result = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    version = str(result.get("version") or "")
    if not version and not result.entries:
        raise FetchError("XML, but no feed", kind="not_a_feed")
    return Parsed(
        format="atom" if version.startswith("atom") else "rss",
        title=one_line(_string(result.feed.get("title")), limit=MAX_TITLE),
        entries=tuple(_xml_entries(result.entries[:MAX_ITEMS], url)),
        ttl=_ttl(result.feed.get("ttl")),
    )


def _named_entity(match: re.Match[str]) -> str:
    """Write an HTML entity that XML does not know as its character; those that XML knows stay."""
    value = html.entities.html5.get(match[1])
    return match[0] if value is None or value in "&<>\"'" else value


def _xml_entries(entries: Iterable[Mapping[str, Any]], url: str) -> Iterable[Entry]:
    for entry in entries:
        try:
            read = _xml_entry(entry, url)
        except (ValueError, TypeError, AttributeError, OverflowError):
            continue  # one bad entry leaves the others
        if read is not None:
            yield read


def _xml_entry(entry: Mapping[str, Any], url: str) -> Entry | None:
    link = _link(_string(entry.get("link")), url)
    contents = [_string(part.get("value")) for part in entry.get("content") or ()]
    contents += [_string(entry.get(key)) for key in _CONTENT_KEYS]
    full = max(contents, key=len, default="")
    summary = _string(entry.get("summary"))
    body = to_text(full if len(full) >= len(summary) else summary, limit=MAX_TEXT)
    title = one_line(_string(entry.get("title")), limit=MAX_TITLE)
    guid = _string(entry.get("id")).strip() or link or title or body[:_SHORT]
    if not link and guid.startswith(("http://", "https://")) and entry.get("guidislink", True):
        link = _link(guid, url)
    if not guid or not (title or body):
        return None
    # `in` first: asked for an absent date, feedparser hands out another one.
    published = [entry[key] for key in ("published_parsed", "created_parsed", "updated_parsed") if key in entry]
    return Entry(
        guid=guid,
        url=link,
        title=title,
        text=body,
        published=next((stamp for date in published if (stamp := _epoch(date)) is not None), None),
        summary_only=bool(link) and not full.strip(),
    )


def _json_feed(text: str, url: str) -> Parsed:
    """Read a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchError("broken JSON", kind="not_a_feed") from error
    items = document.get("items")
    if "jsonfeed.org/version/" not in _string(document.get("version")) or not isinstance(items, list):
        raise FetchError("JSON, but no feed", kind="not_a_feed")
    entries = []
    for item in items[:MAX_ITEMS]:
        if not isinstance(item, dict):
            continue
        link = _link(_string(item.get("url")) or _string(item.get("external_url")), url)
        full = _string(item.get("content_html"))
        body = to_text(full, limit=MAX_TEXT) if full else clean(_string(item.get("content_text")), limit=MAX_TEXT)
        title = one_line(_string(item.get("title")), limit=MAX_TITLE)
        summary = clean(_string(item.get("summary")), limit=MAX_TEXT)
        guid = clean(_string(item.get("id")), limit=_MAX_GUID) or link or title or (body or summary)[:_SHORT]
        if guid and (title or body or summary):
            stamp = _iso(_string(item.get("date_published"))) or _iso(_string(item.get("date_modified")))
            entries.append(
                Entry(
                    guid=guid,
                    url=link,
                    title=title,
                    text=body or summary,
                    published=stamp,
                    summary_only=bool(link) and not body,
                )
            )
    title = one_line(_string(document.get("title")), limit=MAX_TITLE)
    return Parsed(format="json", title=title, entries=tuple(entries))


def _page(text: str, url: str) -> Parsed:
    """Read a Telegram channel's public page, or find the feeds that a page names."""
    tree = LexborHTMLParser(text)
    if telegram.is_telegram(tree):
        preview = telegram.preview_link(tree, url)
        if preview is not None:
            return Parsed(format="", discovered=(preview,))
        channel = telegram.read_channel(tree, url, limit=MAX_TEXT)
        return Parsed(
            format="telegram",
            title=one_line(channel.title, limit=MAX_TITLE),
            entries=tuple(
                Entry(guid=post.guid, url=post.url, title="", text=post.text, published=post.published)
                for post in channel.posts
                if post.text
            ),
            first_post=min((post.number for post in channel.posts), default=None),
            last_post=max((post.number for post in channel.posts), default=None),
        )
    found: list[str] = []
    for node in tree.css("link[href]"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").split(";")[0].strip().lower()
        if kind in _FEED_TYPES and "alternate" in (attributes.get("rel") or "").lower().split():
            link = _link(attributes.get("href") or "", url)
            if link and link not in found and "oembed" not in link and "wp-json" not in link:
                found.append(link)
    if not found:
        raise FetchError("a page that names no feed", kind="not_a_feed")
    title_node = tree.css_first("title")
    found.sort(key=lambda link: "comment" in link.lower())
    return Parsed(
        format="",
        title=one_line(title_node.text() if title_node is not None else "", limit=MAX_TITLE),
        discovered=tuple(found[:_MAX_DISCOVERED]),
    )


def _string(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _link(target: str, base: str) -> str:
    """Resolve a link; empty where it leads nowhere that can be fetched."""
    target = clean(target, limit=2_000)
    try:
        link = urljoin(base, target) if target else ""
        return link if urlsplit(link).scheme in ("http", "https") and urlsplit(link).hostname else ""
    except ValueError:
        return ""


def _epoch(stamp: Any) -> float | None:
    """Turn feedparser's UTC tuple into seconds; None for what cannot be a date of publication."""
    if not stamp:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in stamp[:6])
        moment = dt.datetime(year, month, day, hour, minute, min(second, 59), tzinfo=dt.UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment.timestamp() if moment.year in _YEARS else None


def _iso(text: str) -> float | None:
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return _epoch((moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).timetuple())


def _ttl(value: object) -> float | None:
    """RSS 2.0 `ttl`: minutes."""
    text = _string(value).strip()
    return int(text) * 60.0 if text.isdigit() and len(text) < 7 and int(text) else None
