"""Which items of a feed are one and the same."""

import datetime as dt
from dataclasses import replace

from bot.domain.articles import Item
from bot.domain.feed_items import known_items

ITEM = Item(
    guid="g", url="https://x.example/1", title="t", text="w", published_at=dt.datetime(2025, 6, 11, tzinfo=dt.UTC)
)


def test_item_is_known_by_guid_and_link() -> None:
    (known,) = known_items([ITEM])
    assert (known.key, known.keys) == ("g", ("g", "https://x.example/1"))


def test_link_that_several_items_share_names_none_of_them() -> None:
    assert [known.keys for known in known_items([ITEM, replace(ITEM, guid="h")])] == [("g",), ("h",)]


def test_item_without_a_link_or_named_by_it_has_one_key() -> None:
    items = [replace(ITEM, url=""), replace(ITEM, guid="h", url=""), replace(ITEM, guid=ITEM.url)]
    assert [known.keys for known in known_items(items)] == [("g",), ("h",), (ITEM.url,)]


def test_of_several_items_with_one_guid_the_first_stays() -> None:
    known = known_items([ITEM, replace(ITEM, url="https://x.example/2", text="other")])
    assert [one.item for one in known] == [ITEM]


def test_only_content_makes_an_item_another() -> None:
    moved = replace(ITEM, published_at=dt.datetime(2025, 7, 1, tzinfo=dt.UTC), url="https://x.example/1?utm")
    assert known_items([ITEM])[0].digest == known_items([moved])[0].digest
    assert known_items([ITEM])[0].digest != known_items([replace(ITEM, text="corrected")])[0].digest
    assert known_items([ITEM])[0].digest != known_items([replace(ITEM, title="corrected")])[0].digest


def test_without_a_date_a_change_makes_no_other_item() -> None:
    undated = replace(ITEM, published_at=None)
    assert known_items([undated])[0].digest == known_items([replace(undated, text="corrected")])[0].digest


def test_long_names_are_kept_short_and_apart() -> None:
    long = [replace(ITEM, guid="g" * 5000 + letter, url="") for letter in "ab"]
    keys = [known.key for known in known_items(long)]
    assert len(set(keys)) == 2
    assert max(map(len, keys)) < 100
