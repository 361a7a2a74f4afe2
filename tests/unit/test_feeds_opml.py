"""Lists of feeds: what is read from elsewhere, what is written, and what ships."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.articles import TRUSTS
from bot.domain.feed_lists import ListedFeed
from bot.errors import InvalidRecord
from bot.feeds.defaults import default_feeds
from bot.feeds.opml import read_opml, write_opml

HEAD = '<?xml version="1.0"?>'


def opml(inside: str) -> bytes:
    return f'{HEAD}<opml version="2.0"><body>{inside}</body></opml>'.encode()


def test_nested_outlines_are_read_each_address_once() -> None:
    found = read_opml(
        opml(
            '<outline text="News"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/rss"/>'
            '<outline text="Again" XMLURL="https://a.example/rss"/></outline>'
            '<outline title="Б" xmlUrl="https://b.example/?x=1&amp;y=2" trust="official"/>'
            '<outline xmlUrl="https://c.example/" trust="holy"/><outline text="no address"/>'
        )
    )
    assert found == [
        ListedFeed(url="https://a.example/rss", name="A & B"),
        ListedFeed(url="https://b.example/?x=1&y=2", name="Б", trust="official"),
        ListedFeed(url="https://c.example/", name="https://c.example/"),
    ]


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://127.0.0.1/", "http://2130706433/", "http://[::1]/", "javascript:alert(1)", "a b"],
)
def test_addresses_that_are_never_fetched_are_left_out(url: str) -> None:
    assert read_opml(opml(f'<outline xmlUrl="{url}"/>')) == []


def test_setting_opens_private_addresses() -> None:
    assert len(read_opml(opml('<outline xmlUrl="http://127.0.0.1:8080/feed"/>'), allow_private=True)) == 1


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"hello",
        b"<rss/>",
        b"<opml><body></opml>",
        f"{HEAD}<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>".encode(),
        f"{HEAD}<!DOCTYPE opml SYSTEM 'http://127.0.0.1/x.dtd'><opml/>".encode(),
        opml('<outline xmlUrl="&x;"/>'),
        b" " * (6 * 2**20),
    ],
)
def test_what_is_no_list_says_so(document: bytes) -> None:
    with pytest.raises(InvalidRecord):
        read_opml(document)


@given(st.text(max_size=50), st.sampled_from(TRUSTS))
def test_what_is_written_reads_back(name: str, trust: str) -> None:
    written = write_opml([ListedFeed(url="https://a.example/?q='\"<&>", name=name, trust=trust)])  # type: ignore[arg-type]
    (read,) = read_opml(written.encode())
    assert (read.url, read.trust) == ("https://a.example/?q='\"<&>", trust)
    assert write_opml([read]) == written


def test_shipped_feeds_are_addresses_of_their_own_with_a_name_and_a_trust() -> None:
    feeds = default_feeds()
    assert len({feed.url for feed in feeds}) == len(feeds) >= 20
    assert {urlsplit(feed.url).scheme for feed in feeds} == {"https"}
    assert {feed.trust for feed in feeds} <= set(TRUSTS)
    assert all(feed.name for feed in feeds)
    assert list(read_opml(write_opml(feeds).encode())) == list(feeds)
