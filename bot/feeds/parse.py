"""What a fetched document is and what it holds, told by its content and not by its host.

Runs in the parser process only: the documents are hostile until proven otherwise. Nothing here reaches the network,
and no document type declaration is ever handed to an XML parser, so there is no entity to expand.
"""

import html.entities
import json
import re
from collections import Counter
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from bot.errors import FetchError
from bot.feeds import telegram
from bot.feeds.charset import decode
from bot.feeds.entries import (
    MAX_ALL_TEXT,
    MAX_GUID,
    MAX_ITEMS,
    MAX_TEXT,
    MAX_TITLE,
    SHORT,
    Entry,
    Parsed,
    absolute_link,
    iso_instant,
)
from bot.feeds.plaintext import clean, one_line, to_text
from bot.feeds.quick import read_quickly

_MAX_DISCOVERED = 10

#: Blanks, comments and processing instructions before anything that tells what the document is.
_PROLOG = re.compile(r"^(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_PAGE_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*:)?(rss|feed|RDF|channel)(?=[\s>/])")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


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
            entry = replace(entry, guid=entry.url or entry.title or entry.text[:SHORT])
        if (entry.guid, entry.title) in seen:
            continue
        seen.add((entry.guid, entry.title))
        text = entry.text if len(entry.text) <= room else entry.text[:SHORT]
        room -= len(text)
        kept.append(replace(entry, guid=clean(entry.guid, limit=MAX_GUID), text=text))
    return replace(parsed, entries=tuple(kept))


def _xml_feed(text: str, url: str) -> Parsed:
    """Read RSS or Atom from its root element on; what stood before it (a DTD) is gone."""
    text = _ILLEGAL.sub("", text)
    text = _ENTITY.sub(_named_entity, text)
    parsed = read_quickly(text, url)
    if parsed is None:
        from bot.feeds.lenient import read_leniently

        parsed = read_leniently(text, url)
    return parsed


def _named_entity(match: re.Match[str]) -> str:
    """Write an HTML entity that XML does not know as its character; those that XML knows stay."""
    value = html.entities.html5.get(match[1])
    return match[0] if value is None or value in "&<>\"'" else value


def _json_feed(text: str, url: str) -> Parsed:
    """Read a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchError("broken JSON", kind="not_a_feed") from error
    items = document.get("items")
    if "jsonfeed.org/version/" not in _string(document.get("version")) or not isinstance(items, list):
        raise FetchError("JSON, but no feed", kind="not_a_feed")
    entries = (_json_entry(item, url) for item in items[:MAX_ITEMS] if isinstance(item, dict))
    return Parsed(
        format="json",
        title=one_line(_string(document.get("title")), limit=MAX_TITLE),
        entries=tuple(entry for entry in entries if entry is not None),
    )


def _json_entry(item: dict[str, object], url: str) -> Entry | None:
    link = absolute_link(_string(item.get("url")) or _string(item.get("external_url")), url)
    full = _string(item.get("content_html"))
    body = to_text(full, limit=MAX_TEXT) if full else clean(_string(item.get("content_text")), limit=MAX_TEXT)
    title = one_line(_string(item.get("title")), limit=MAX_TITLE)
    summary = clean(_string(item.get("summary")), limit=MAX_TEXT)
    guid = clean(_string(item.get("id")), limit=MAX_GUID) or link or title or (body or summary)[:SHORT]
    if not guid or not (title or body or summary):
        return None
    published = iso_instant(_string(item.get("date_published")))
    return Entry(
        guid=guid,
        url=link,
        title=title,
        text=body or summary,
        published=iso_instant(_string(item.get("date_modified"))) if published is None else published,
        summary_only=bool(link) and not body,
    )


def _page(text: str, url: str) -> Parsed:
    """Read a Telegram channel's public page, or find the feeds that a page names."""
    tree = LexborHTMLParser(text)
    return _channel(tree, url) if telegram.is_telegram(tree) else _named_feeds(tree, url)


def _channel(tree: LexborHTMLParser, url: str) -> Parsed:
    preview = telegram.preview_link(tree, url)
    if preview is not None:
        return Parsed(format="", discovered=(preview,))
    channel = telegram.read_channel(tree, url, limit=MAX_TEXT)
    numbers = [post.number for post in channel.posts]
    return Parsed(
        format="telegram",
        title=one_line(channel.title, limit=MAX_TITLE),
        entries=tuple(
            Entry(
                guid=post.guid,
                url=post.url,
                title="",
                text=post.text,
                published=post.published,
                origin=post.origin,
                origin_url=post.origin_url,
            )
            for post in channel.posts
            if post.text
        ),
        first_post=min(numbers, default=None),
        last_post=max(numbers, default=None),
    )


def _named_feeds(tree: LexborHTMLParser, url: str) -> Parsed:
    found: list[str] = []
    for node in tree.css("link[href]"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").split(";")[0].strip().lower()
        if kind in _FEED_TYPES and "alternate" in (attributes.get("rel") or "").lower().split():
            link = absolute_link(attributes.get("href") or "", url)
            if link and link not in found and "oembed" not in link and "wp-json" not in link:
                found.append(link)
    if not found:
        raise FetchError("a page that names no feed", kind="not_a_feed")
    title = tree.css_first("title")
    found.sort(key=lambda link: "comment" in link.lower())
    return Parsed(
        format="",
        title=one_line(title.text() if title is not None else "", limit=MAX_TITLE),
        discovered=tuple(found[:_MAX_DISCOVERED]),
    )


def _string(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
