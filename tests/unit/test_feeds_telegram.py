"""The public page of a Telegram channel: its posts, and three states that look alike."""

import datetime as dt

import pytest

from bot.errors import FetchError
from bot.feeds.entries import Parsed
from bot.feeds.parse import parse
from tests.feedserver.documents import Post, render

URL = "https://t.me/s/hq"
DAY = dt.datetime(2025, 6, 11, 9, 30, tzinfo=dt.UTC)
POSTS = [Post(guid=f"hq/{n}", text=f"Обмін {n}\n\nПовернулися 90", published=DAY) for n in (41, 42, 44)]


def read(page: str, url: str = URL) -> Parsed:
    return parse(page.encode(), content_type="text/html", url=url)


def page(*posts: Post) -> str:
    return render("telegram", "Штаб", posts, base="")


def test_posts_are_known_by_their_numbers() -> None:
    parsed = read(page(*POSTS))
    assert (parsed.format, parsed.title, parsed.first_post, parsed.last_post) == ("telegram", "Штаб", 41, 44)
    newest = parsed.entries[0]
    assert (newest.guid, newest.url) == ("hq/44", "https://t.me/hq/44")
    assert newest.text == "Обмін 44\n\nПовернулися 90"
    assert newest.published == DAY.timestamp()


def test_channel_is_told_by_content_on_any_host() -> None:
    assert read(page(*POSTS), "https://mirror.example/x").format == "telegram"


def test_picture_without_words_counts_as_seen_and_is_no_item() -> None:
    parsed = read(page(*POSTS, Post(guid="hq/45", published=DAY)))
    assert (parsed.last_post, len(parsed.entries)) == (45, 3)


def test_quoted_beginning_of_an_answered_post_is_left_out() -> None:
    quoted = (
        '<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_reply_text">'
        "Вчора 1000 тіл</div></a>"
    )
    marked = page(*POSTS).replace('<div class="tgme_widget_message_text js-message_text"', quoted + "\\g", 1)
    marked = marked.replace("\\g", '<div class="tgme_widget_message_text js-message_text"')
    assert "Вчора" not in read(marked).entries[-1].text


def test_note_of_the_service_is_no_item() -> None:
    marked = page(*POSTS).replace("tgme_widget_message text_not", "tgme_widget_message service_message text_not", 1)
    assert [entry.guid for entry in read(marked).entries] == ["hq/44", "hq/42"]


def test_empty_channel_is_a_feed_without_items() -> None:
    parsed = read(page())
    assert (parsed.format, parsed.title, parsed.entries, parsed.last_post) == ("telegram", "Штаб", (), None)


FRONT = """<!DOCTYPE html><html><body><div class="tgme_page_wrap"><div class="tgme_page">
<div class="tgme_page_title">Штаб</div><div class="tgme_page_extra">100 subscribers</div>{context}
<div class="tgme_page_action"><a href="tg://resolve?domain=hq">View in Telegram</a></div></div></div></body></html>"""


def test_front_page_without_preview() -> None:
    with pytest.raises(FetchError) as caught:
        read(FRONT.format(context=""))
    assert caught.value.kind == "no_preview"


def test_front_page_leads_to_the_preview() -> None:
    context = '<div><a class="tgme_page_context_link" href="/s/hq">Preview channel</a></div>'
    assert read(FRONT.format(context=context), "https://t.me/hq").discovered == (URL,)


@pytest.mark.parametrize(
    "change",
    [
        ("data-post", "data-nr"),
        ("js-message_text", "js-words"),
        ("<time datetime=", "<time when="),
        ("tgme_widget_message text_not", "tgme_note text_not"),
        ('data-post="hq/', 'data-post="'),
    ],
)
def test_changed_layout_is_never_taken_for_an_empty_channel(change: tuple[str, str]) -> None:
    with pytest.raises(FetchError) as caught:
        read(page(*POSTS).replace(*change))
    assert caught.value.kind == "layout"


def test_unknown_page_of_telegram_is_a_changed_layout() -> None:
    with pytest.raises(FetchError) as caught:
        read('<html><body class="tgme_webpreview"><main class="tgme_main"></main></body></html>')
    assert caught.value.kind == "layout"


def test_edit_of_a_post_shows_in_its_text() -> None:
    before = read(page(*POSTS)).entries[0]
    after = read(page(*POSTS[:2], Post(guid="hq/44", text="Повернулися 91", published=DAY))).entries[0]
    assert before.guid == after.guid
    assert (before.text, after.text) == ("Обмін 44\n\nПовернулися 90", "Повернулися 91")


@pytest.mark.parametrize(
    ("origin", "url", "told"),
    [
        ("Воєнкор", "https://t.me/warcor/123", ("Воєнкор", "https://t.me/warcor/123")),
        ("Воєнкор", "https://t.me/c/1234567/8", ("Воєнкор", "")),
        ("Somebody", "", ("Somebody", "")),
        ("Штаб", "https://t.me/HQ_channel/12", ("", "")),
        ("", "", ("", "")),
    ],
)
def test_whose_words_a_forwarded_post_is(origin: str, url: str, told: tuple[str, str]) -> None:
    post = Post(guid="hq_channel/45", text="Повернулися 90", published=DAY, origin=origin, origin_url=url)
    (entry,) = read(page(post)).entries
    assert (entry.origin, entry.origin_url) == told
    assert entry.text == "Повернулися 90"


def test_forwarded_post_whose_author_is_not_shown_is_nobodys_own() -> None:
    marked = page(Post(guid="hq/45", text="Повернулися 90", published=DAY, origin="\u200b"))
    assert read(marked.replace("Forwarded from&nbsp;", "")).entries[0].origin == "?"
