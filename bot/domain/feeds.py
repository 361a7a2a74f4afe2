"""Which feeds are polled, and what is known of each."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.domain.articles import Trust
from bot.domain.feed_health import FeedHealth

#: A public channel, its page or one of its posts; what is private bears a number in the place of a name.
_CHANNEL = re.compile(r"https?://(?:t|telegram)\.me/(?:s/)?([A-Za-z]\w{3,31})(?:[/?#].*)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that is polled, and what is known of it."""

    id: int
    url: str
    name: str
    trust: Trust
    enabled: bool = True
    health: FeedHealth = "new"
    #: Why: a text key and values, as `bot.domain.feed_health.Problem` writes them; empty while it is well.
    problem: str = ""
    #: Validators as the server gave them, returned unchanged.
    etag: str | None = None
    last_modified: str | None = None
    #: Next poll; None: at once.
    due_at: dt.datetime | None = None
    #: None: never polled, so that the first poll is a baseline.
    polled_at: dt.datetime | None = None
    succeeded_at: dt.datetime | None = None
    failures: int = 0
    #: When its newest item was published.
    newest_item_at: dt.datetime | None = None
    #: The usual days between two items; None: not known yet.
    usual_days: float | None = None
    #: Of a Telegram channel: the highest post number seen.
    last_post: int | None = None


def channel_of(url: str) -> str:
    """Return the name of the Telegram channel that an address leads to, in small letters; empty where to none."""
    found = _CHANNEL.fullmatch(url)
    return found[1].lower() if found else ""
