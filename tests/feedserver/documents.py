"""How a scripted feed looks on the wire, in each format."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape

MIME = {
    "rss": "application/rss+xml; charset=utf-8",
    "rss090": "text/xml; charset=utf-8",
    "rss091": "text/xml; charset=utf-8",
    "rss1": "application/rdf+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "telegram": "text/html; charset=utf-8",
}
_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One item of a scripted feed."""

    guid: str
    title: str = ""
    text: str = ""
    link: str = ""
    #: None: the item bears no date.
    published: dt.datetime | None = None
    #: Of RSS: stands where the date belongs, and need not be one.
    date_text: str = ""
    #: Only the beginning stands in the feed; the link leads to the rest.
    summary_only: bool = False
    #: Of a channel: whom the post is forwarded from, and where it stands there; empty: nobody is named.
    origin: str = ""
    origin_url: str = ""


def render(kind: str, title: str, posts: Sequence[Post], *, base: str, before: int | None = None) -> str:
    """Write a feed, newest item first as feeds are."""
    newest_first = list(reversed(posts))
    if kind == "rss":
        return _rss(title, newest_first, base)
    if kind == "rss090":
        return _rss090(title, newest_first, base)
    if kind == "rss091":
        return _rss091(title, newest_first, base)
    if kind == "rss1":
        return _rss1(title, newest_first, base)
    if kind == "atom":
        return _atom(title, newest_first, base)
    if kind == "json":
        return _json(title, newest_first, base)
    return _telegram(title, posts, before)


def article(title: str, text: str) -> str:
    """Write the page of an article, between a menu and a footer."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    return (
        "<!doctype html><html><head><meta charset='utf-8'><title>"
        f"{escape(title)}</title></head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/all'>All news</a>"
        f"</li></ul></nav><main><article><h1>{escape(title)}</h1>{paragraphs}</article></main>"
        "<footer><p>All rights reserved</p></footer></body></html>"
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def _rss(title: str, posts: Sequence[Post], base: str) -> str:
    items = []
    for post in posts:
        moment = format_datetime(post.published) if post.published else escape(post.date_text)
        date = f"<pubDate>{moment}</pubDate>" if moment else ""
        body = escape(_paragraphs(post.text))
        content = "" if post.summary_only else f"<content:encoded>{body}</content:encoded>"
        items.append(
            f"<item><title>{escape(post.title)}</title><link>{escape(post.link)}</link>"
            f"<guid isPermaLink='false'>{escape(post.guid)}</guid>{date}"
            f"<description>{body}</description>{content}</item>"
        )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'"
        " xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>{escape(title)}</title><link>{base}</link><description/>{''.join(items)}</channel></rss>"
    )


def _bare_items(posts: Sequence[Post]) -> str:
    """Write items as the first versions knew them: without a guid or a date."""
    return "".join(
        f"<item><title>{escape(post.title)}</title><link>{escape(post.link)}</link>"
        f"<description>{escape(post.text)}</description></item>"
        for post in posts
    )


def _rss090(title: str, posts: Sequence[Post], base: str) -> str:
    return (
        "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        " xmlns='http://my.netscape.com/rdf/simple/0.9/'>"
        f"<channel><title>{escape(title)}</title><link>{base}</link></channel>{_bare_items(posts)}</rdf:RDF>"
    )


def _rss091(title: str, posts: Sequence[Post], base: str) -> str:
    return (
        "<?xml version='1.0'?><!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN'"
        " 'http://my.netscape.com/publish/formats/rss-0.91.dtd'><rss version='0.91'>"
        f"<channel><title>{escape(title)}</title><link>{base}</link>{_bare_items(posts)}</channel></rss>"
    )


def _rss1(title: str, posts: Sequence[Post], base: str) -> str:
    items = "".join(
        f"<item rdf:about='{escape(post.guid)}'><title>{escape(post.title)}</title><link>{escape(post.link)}</link>"
        f"<description>{escape(post.text)}</description>"
        + (f"<dc:date>{post.published.isoformat()}</dc:date>" if post.published else "")
        + "</item>"
        for post in posts
    )
    return (
        "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        " xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel rdf:about='{base}'><title>{escape(title)}</title></channel>{items}</rdf:RDF>"
    )


def _atom(title: str, posts: Sequence[Post], base: str) -> str:
    entries = []
    for post in posts:
        date = post.published.isoformat() if post.published else "2020-01-01T00:00:00Z"
        tag = "summary" if post.summary_only else "content"
        entries.append(
            f"<entry><id>{escape(post.guid)}</id><title>{escape(post.title)}</title><updated>{date}</updated>"
            f"<published>{date}</published><link href='{escape(post.link)}'/>"
            f"<{tag} type='html'>{escape(_paragraphs(post.text))}</{tag}></entry>"
        )
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>{escape(title)}</title><id>{base}</id><updated>2025-01-01T00:00:00Z</updated>{''.join(entries)}</feed>"
    )


def _json(title: str, posts: Sequence[Post], base: str) -> str:
    items = []
    for post in posts:
        item: dict[str, object] = {"id": post.guid, "url": post.link, "title": post.title}
        item["summary" if post.summary_only else "content_html"] = (
            post.text if post.summary_only else _paragraphs(post.text)
        )
        if post.published:
            item["date_published"] = post.published.isoformat()
        items.append(item)
    document = {"version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": base, "items": items}
    return json.dumps(document, ensure_ascii=False)


def _forwarded(post: Post) -> str:
    if not post.origin:
        return ""
    name = f'<span dir="auto">{escape(post.origin)}</span>'
    called = 'class="tgme_widget_message_forwarded_from_name"'
    link = f'<a {called} href="{post.origin_url}">{name}</a>' if post.origin_url else f"<span {called}>{name}</span>"
    return f'<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;{link}</div>'


def _telegram(title: str, posts: Sequence[Post], before: int | None) -> str:
    """Write the last twenty posts of a channel's page; a post's guid is "name/number"."""
    shown = [post for post in posts if before is None or int(post.guid.rpartition("/")[2]) < before][-_PAGE:]
    messages = []
    for post in shown:
        text = escape(post.text).replace("\n", "<br/>")
        body = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>' if post.text else ""
        photo = "" if post.text else '<a class="tgme_widget_message_photo_wrap"></a>'
        stamp = post.published.isoformat() if post.published else ""
        messages.append(
            '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
            f'<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="{post.guid}">'
            f'<div class="tgme_widget_message_bubble">{_forwarded(post)}{photo}{body}'
            '<div class="tgme_widget_message_footer"><a class="tgme_widget_message_date"'
            f' href="https://t.me/{post.guid}"><time datetime="{stamp}">12:00</time></a></div></div></div></div>'
        )
    empty = "" if shown else '<div class="tme_no_messages_found">No posts found</div>'
    return (
        "<!DOCTYPE html><html><head><title>Telegram</title></head><body class='widget_frame_base tgme_webpreview'>"
        '<main class="tgme_main"><div class="tgme_channel_info"><div class="tgme_channel_info_header">'
        f'<div class="tgme_channel_info_header_title"><span dir="auto">{escape(title)}</span></div></div></div>'
        f'<section class="tgme_channel_history js-message_history">{"".join(messages)}{empty}</section></main>'
        "</body></html>"
    )
