"""The fast reader and the lenient one say the same of every usual feed; the unusual is left to the lenient one."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.lenient import read_leniently
from bot.feeds.plaintext import clean
from bot.feeds.quick import read_quickly
from tests.feedserver.documents import Post, render

URL = "https://news.example/feed"
# Latin-1 letters are left out: feedparser takes some pairs of them for UTF-8 read wrongly, and mends it.
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters=[chr(n) for n in range(128, 256)]),
    max_size=60,
).map(lambda text: " ".join(clean(text, limit=60).replace("&", "").replace("<", "").split()))
POSTS = st.builds(
    Post,
    guid=st.uuids().map(lambda value: f"urn:uuid:{value}"),
    title=WORDS,
    text=st.lists(WORDS.filter(bool), min_size=1, max_size=3).map("\n\n".join),
    link=st.integers(0, 99).map(lambda n: f"https://news.example/{n}?a=1&b=2"),
    published=st.integers(10**9, 2 * 10**9).map(
        lambda seconds: dt.datetime.fromtimestamp(seconds, dt.timezone(dt.timedelta(hours=3)))
    ),
    summary_only=st.booleans(),
)


@pytest.mark.parametrize("kind", ["rss", "rss1", "atom"])
@given(posts=st.lists(POSTS, max_size=4), title=WORDS)
@settings(max_examples=60, deadline=None)
def test_both_readers_agree(kind: str, posts: list[Post], title: str) -> None:
    document = render(kind, title, posts, base=URL)
    document = document[document.index("<", 3) :] if document.startswith("<?") else document
    quick = read_quickly(document, URL)
    lenient = read_leniently(document, URL)
    assert quick is not None
    assert replace(quick, entries=()) == replace(lenient, entries=())
    assert quick.entries == lenient.entries


RSS = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id>{}</entry></feed>"


@pytest.mark.parametrize(
    "document",
    [
        "<rss version='2.0'><channel>",
        "<rss version='2.0'><channel><title>R&D</title></channel></rss>",
        RSS.format("<item><title>t</title><description><p>markup</p></description></item>"),
        RSS.format("<item><title>t</title><pubDate>on Monday</pubDate></item>"),
        RSS.format("<item xml:base='https://x.example/'><title>t</title></item>"),
        "<feed xmlns='http://purl.org/atom/ns#' version='0.3'><title>T</title></feed>",
        ATOM.format("<content type='xhtml'><div/></content>"),
        ATOM.format("<content type='text/xml'/>"),
        ATOM.format("<content type='html' src='https://x.example/'/>"),
        RSS.format("<item><title>t</title><body xmlns='http://www.w3.org/1999/xhtml'>b</body></item>"),
        RSS.format("<item><dc:title xmlns:dc='http://purl.org/dc/elements/1.1/'>t</dc:title></item>"),
        "<x:rss xmlns:x='urn:x'/>",
        "<rss/>",
    ],
)
def test_the_unusual_is_left_to_the_lenient_reader(document: str) -> None:
    assert read_quickly(document, URL) is None
