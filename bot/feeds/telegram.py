"""What the public page of a Telegram channel (t.me/s/NAME) holds.

Three states that look alike are kept apart: a channel without a preview, one without posts, and a page whose layout is
no longer the one known here. The last two must never be mixed up: an empty channel is quiet, a new layout leaves us
blind.
"""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.feeds import channel_of
from bot.errors import FetchError
from bot.feeds.plaintext import node_text, one_line

_POST = re.compile(r"^([A-Za-z0-9_]+)/([0-9]{1,15})$")
_MEDIA = (
    ".tgme_widget_message_photo_wrap, .tgme_widget_message_video_player, .tgme_widget_message_document_wrap,"
    " .tgme_widget_message_poll, .tgme_widget_message_voice_player, .tgme_widget_message_sticker_wrap,"
    " .tgme_widget_message_roundvideo_player, .tgme_widget_message_location_wrap, .tgme_widget_message_grouped_wrap,"
    " .tgme_widget_message_service_date, .message_media_not_supported, .media_supported_cont"
)
#: So many posts without one readable word or picture are no coincidence.
_BLIND_AFTER = 3


#: What stands for a name that Telegram does not show.
_NAMELESS = "?"
_MAX_ORIGIN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post of a channel."""

    guid: str
    number: int
    url: str
    #: Empty where it is a picture alone, or a note of the service.
    text: str
    published: float | None
    #: Whose words they are where it passes on another's, as Telegram shows the name; empty: the channel's own.
    origin: str = ""
    #: Address of the post that is passed on; empty where Telegram names none.
    origin_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What one page of a channel shows, newest post first, as feeds are."""

    title: str
    posts: tuple[Post, ...]


def is_telegram(tree: LexborHTMLParser) -> bool:
    """Tell whether a page is one of Telegram's."""
    return tree.css_first('[class^="tgme_"], [class*=" tgme_"]') is not None


def preview_link(tree: LexborHTMLParser, url: str) -> str | None:
    """Return where the posts are, for a channel's front page that has a preview."""
    if tree.css_first(".tgme_widget_message, .tgme_channel_history") is not None:
        return None
    link = tree.css_first("a.tgme_page_context_link[href]")
    target = (link.attributes.get("href") or "") if link is not None else ""
    return urljoin(url, target) if target.startswith(("/s/", "https://t.me/s/")) else None


def read_channel(tree: LexborHTMLParser, url: str, *, limit: int) -> Channel:
    """Read the posts of a channel's page.

    Raises:
        FetchError: `no_preview`: the channel shows its posts to members only. `layout`: the page is not as known.
    """
    title = tree.css_first(".tgme_channel_info_header_title")
    messages = tree.css(".tgme_widget_message[data-post]")
    if not messages:
        _check_empty(tree)
        return Channel(title=title.text() if title is not None else "", posts=())
    posts = []
    shown = 0
    for message in messages:
        post = _post(message, url, limit=limit)
        if post is not None:
            posts.append(post)
            shown += bool(post.text) or message.css_first(_MEDIA) is not None or _is_service(message)
    if not posts or (len(posts) >= _BLIND_AFTER and shown == 0):
        raise FetchError("posts without text or number: the page's layout has changed", kind="layout")
    if all(post.published is None for post in posts):
        raise FetchError("posts without a date: the page's layout has changed", kind="layout")
    posts.sort(key=lambda post: post.number, reverse=True)
    return Channel(title=title.text() if title is not None else "", posts=tuple(posts))


def _check_empty(tree: LexborHTMLParser) -> None:
    """Return for a channel that has no posts; raise for every other page without any."""
    if tree.css_first(".tme_no_messages_found") is not None:
        return
    history = tree.css_first(".tgme_channel_history")
    if history is not None:
        if any(child.is_element_node for child in history.iter()):
            raise FetchError("a history without known posts: the page's layout has changed", kind="layout")
        return
    if tree.css_first(".tgme_page") is not None and tree.css_first(".tgme_channel_info") is None:
        raise FetchError("the channel has no public preview", kind="no_preview")
    raise FetchError("neither posts nor a front page: the page's layout has changed", kind="layout")


def _post(message: LexborNode, url: str, *, limit: int) -> Post | None:
    found = _POST.match(message.attributes.get("data-post") or "")
    if found is None:
        return None
    stamp = message.css_first(".tgme_widget_message_date time[datetime]") or message.css_first("time[datetime]")
    # The quoted beginning of the post that is answered has a class of its own.
    body = message.css_first(".tgme_widget_message_text.js-message_text")
    origin, origin_url = _origin(message, found[1])
    return Post(
        guid=f"{found[1]}/{found[2]}",
        number=int(found[2]),
        url=urljoin(url, f"/{found[1]}/{found[2]}"),
        text="" if body is None or _is_service(message) else node_text(body, limit=limit),
        published=_published(stamp),
        origin=origin,
        origin_url=origin_url,
    )


def _origin(message: LexborNode, channel: str) -> tuple[str, str]:
    """Return name and address of whom a post was forwarded from; empty where it is the channel itself, or nobody."""
    note = message.css_first(".tgme_widget_message_forwarded_from")
    if note is None:
        return "", ""
    named = note.css_first(".tgme_widget_message_forwarded_from_name") or note
    url = named.attributes.get("href") or ""
    if channel_of(url) == channel.lower():
        return "", ""
    return one_line(named.text(), limit=_MAX_ORIGIN) or _NAMELESS, url if channel_of(url) else ""


def _is_service(message: LexborNode) -> bool:
    return "service_message" in (message.attributes.get("class") or "")


def _published(stamp: LexborNode | None) -> float | None:
    if stamp is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(stamp.attributes.get("datetime") or "")
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
