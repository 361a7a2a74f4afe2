"""How every other RSS or Atom document is read: feedparser, which forgives much and takes its time."""

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

import feedparser

from bot.errors import FetchError
from bot.feeds.entries import (
    MAX_ITEMS,
    MAX_TEXT,
    MAX_TITLE,
    SHORT,
    Entry,
    Parsed,
    absolute_link,
    believable,
    minutes,
)
from bot.feeds.plaintext import one_line, to_text

_CONTENT_KEYS = ("yandex_full-text", "turbo_content")
_DATE_KEYS = ("published_parsed", "created_parsed", "updated_parsed")


def read_leniently(text: str, url: str) -> Parsed:
    """Read a feed from its root element on, as far as it goes.

    Raises:
        FetchError: it is no feed.
    """
    result = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    version = str(result.get("version") or "")
    if not version and not result.entries:
        raise FetchError("XML, but no feed", kind="not_a_feed")
    return Parsed(
        format="atom" if version.startswith("atom") else "rss",
        title=one_line(_string(result.feed.get("title")), limit=MAX_TITLE),
        entries=tuple(_entries(result.entries[:MAX_ITEMS], url)),
        ttl=minutes(_string(result.feed.get("ttl"))),
    )


def _entries(entries: Iterable[Mapping[str, Any]], url: str) -> Iterable[Entry]:
    for entry in entries:
        try:
            read = _entry(entry, url)
        except (ValueError, TypeError, AttributeError, OverflowError):
            continue  # one bad entry leaves the others
        if read is not None:
            yield read


def _entry(entry: Mapping[str, Any], url: str) -> Entry | None:
    link = absolute_link(_string(entry.get("link")), url)
    contents = [_string(part.get("value")) for part in entry.get("content") or ()]
    contents += [_string(entry.get(key)) for key in _CONTENT_KEYS]
    full = max(contents, key=len, default="")
    summary = _string(entry.get("summary"))
    body = to_text(full if len(full) >= len(summary) else summary, limit=MAX_TEXT)
    title = one_line(_string(entry.get("title")), limit=MAX_TITLE)
    guid = _string(entry.get("id")).strip() or link or title or body[:SHORT]
    if not link and guid.startswith(("http://", "https://")) and entry.get("guidislink", True):
        link = absolute_link(guid, url)
    if not guid or not (title or body):
        return None
    # `in` first: asked for an absent date, feedparser hands out another one.
    dates = [entry[key] for key in _DATE_KEYS if key in entry]
    return Entry(
        guid=guid,
        url=link,
        title=title,
        text=body,
        published=next((seconds for date in dates if (seconds := _epoch(date)) is not None), None),
        summary_only=bool(link) and not full.strip(),
    )


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _epoch(stamp: Any) -> float | None:
    """Turn feedparser's UTC tuple into seconds; None for what cannot be a date of publication."""
    if not stamp:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in stamp[:6])
        return believable(dt.datetime(year, month, day, hour, minute, min(second, 59), tzinfo=dt.UTC))
    except (ValueError, TypeError, OverflowError):
        return None
