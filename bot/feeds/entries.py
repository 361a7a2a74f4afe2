"""What a document was read as, in types that travel as JSON between processes, and the bounds that it is kept to."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from bot.feeds.plaintext import clean

Format = Literal["rss", "atom", "json", "telegram", ""]

MAX_ITEMS = 500
MAX_TITLE = 1_000
MAX_TEXT = 50_000
#: Of all items of a document together; what lies beyond keeps its beginning.
MAX_ALL_TEXT = 2_000_000
MAX_GUID = 2_000
MAX_LINK = 2_000
#: What is left of a text where the whole has no room, and what stands for a missing name.
SHORT = 500

#: What lies outside is a broken date.
_YEARS = range(1995, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed."""

    guid: str
    url: str
    title: str
    text: str
    #: Seconds since the epoch.
    published: float | None
    summary_only: bool = False
    #: Name and address of whom it was forwarded from; empty: its own words.
    origin: str = ""
    origin_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a document holds; `format` is empty for a page that is no feed but names some."""

    format: Format
    title: str = ""
    #: Newest first, as feeds are.
    entries: tuple[Entry, ...] = ()
    #: Seconds for which the feed itself asks not to be fetched again.
    ttl: float | None = None
    #: Of a Telegram channel: lowest and highest post number on the page.
    first_post: int | None = None
    last_post: int | None = None
    discovered: tuple[str, ...] = ()


def absolute_link(target: str, base: str) -> str:
    """Resolve a link; empty where it leads nowhere that can be fetched."""
    target = clean(target, limit=MAX_LINK)
    try:
        link = urljoin(base, target) if target else ""
        parts = urlsplit(link)
        return link if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def believable(moment: dt.datetime) -> float | None:
    """Return an aware instant in seconds; None for what cannot be a date of publication."""
    return moment.timestamp() if moment.year in _YEARS else None


def iso_instant(text: str) -> float | None:
    """Read an ISO 8601 instant, in UTC where it names no zone; None where it is none."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
        return believable(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
    except (ValueError, OverflowError):
        return None


def minutes(text: str) -> float | None:
    """Read RSS 2.0's `ttl`: whole minutes, returned in seconds."""
    text = text.strip()
    return int(text) * 60.0 if text.isascii() and text.isdigit() and len(text) < 7 and int(text) else None
