"""Which items of a feed are one and the same.

An item is known by its guid and by its link: a feed that names its items anew, or changes their links, repeats nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.articles import Item

_MAX_KEY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """An item with what it is remembered by."""

    item: Item
    #: The first of `keys`; from its guid.
    key: str
    keys: tuple[str, ...]
    #: Of its content; another one means that the item was changed.
    digest: str


def known_items(items: Sequence[Item]) -> Sequence[KnownItem]:
    """Give each item its keys, in the order given; of several with one guid the first stays.

    A link is a key only where no other item has the same one.
    """
    links = Counter(item.url for item in items if item.url)
    made: dict[str, KnownItem] = {}
    for item in items:
        key = _key(item.guid)
        link = _key(item.url) if links[item.url] == 1 else key
        keys = (key,) if link == key else (key, link)
        made.setdefault(key, KnownItem(item=item, key=key, keys=keys, digest=_digest(item)))
    return tuple(made.values())


def _key(text: str) -> str:
    return text if len(text) <= _MAX_KEY else "sha256:" + _hash(text)


def _digest(item: Item) -> str:
    """Sum up the content; without a date a change is no reason to read it again, for its "today" would have moved."""
    return _hash(f"{item.title}\n{item.text}" if item.published_at else "")[:32]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
