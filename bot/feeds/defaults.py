"""Which feeds of the domain ship with the program. They are polled only when an owner turns them on."""

import tomllib
from collections.abc import Sequence
from importlib.resources import files

from bot.domain.feed_lists import ListedFeed


def default_feeds() -> Sequence[ListedFeed]:
    """Return them, the claimants' own channels first."""
    document = tomllib.loads(files("bot").joinpath("data", "feeds.toml").read_text(encoding="utf-8"))
    return [ListedFeed(url=feed["url"], name=feed["name"], trust=feed["trust"]) for feed in document["feed"]]
