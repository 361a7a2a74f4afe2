"""How a well-formed feed of a common shape is read fast, with the XML parser of the standard library.

Whatever is out of the ordinary (broken XML, an old or unknown dialect, a base address, a date in words) is left to the
lenient reader, which costs several times as much.
"""

import datetime as dt
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bot.feeds.entries import (
    MAX_ITEMS,
    MAX_TEXT,
    MAX_TITLE,
    SHORT,
    Entry,
    Format,
    Parsed,
    absolute_link,
    believable,
    iso_instant,
    minutes,
)
from bot.feeds.plaintext import one_line, to_text

_ATOM = "{http://www.w3.org/2005/Atom}"
_RSS_1 = "{http://purl.org/rss/1.0/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
#: Where else a full text may stand.
_FULL = (_ENCODED, "{http://news.yandex.ru}full-text", "{http://turbo.yandex.ru}content")
#: What elements of any vocabulary may hold, by their local names.
_OTHER_NAMES = {
    "link": "link",
    "origlink": "link",
    "title": "title",
    "description": "body",
    "summary": "body",
    "subtitle": "body",
    "body": "body",
    "fullitem": "body",
    "encoded": "body",
    "content": "body",
    "date": "date",
    "pubdate": "date",
    "published": "date",
    "updated": "date",
    "modified": "date",
    "issued": "date",
    "created": "date",
}
_PLAIN_TYPES = frozenset({"", "text", "html", "text/html", "text/plain"})


class _Unusual(Exception):
    """This document is for the lenient reader."""


def read_quickly(text: str, url: str) -> Parsed | None:
    """Read RSS 1.0, RSS 2.0 or Atom 1.0; None where the document is not of the usual kind.

    Args:
        text: From the root element on, without a document type declaration.
        url: Where it was found.
    """
    try:
        root = ElementTree.fromstring(text)
        if _BASE in text or "xml:base" in text:
            return None
        if root.tag == "rss" and (channel := root.find("channel")) is not None:
            return _feed("rss", channel, channel.findall("item"), "", url, _rss_entry)
        if root.tag == f"{_RDF}RDF" and (channel := root.find(f"{_RSS_1}channel")) is not None:
            return _feed("rss", channel, root.findall(f"{_RSS_1}item"), _RSS_1, url, _rss_entry)
        if root.tag == f"{_ATOM}feed":
            return _feed("atom", root, root.findall(f"{_ATOM}entry"), _ATOM, url, _atom_entry)
    except (ElementTree.ParseError, ValueError, _Unusual):
        pass
    return None


def _feed(
    kind: Format, head: Element, items: list[Element], space: str, url: str, read: Callable[..., Entry | None]
) -> Parsed:
    entries = (read(item, space, url) for item in items[:MAX_ITEMS])
    title = _atom_text(head.find(f"{space}title"))
    if not title and any(_local(child) == "title" and _holds_text(child) for child in head):
        raise _Unusual
    return Parsed(
        format=kind,
        title=one_line(title, limit=MAX_TITLE),
        entries=tuple(entry for entry in entries if entry is not None),
        ttl=minutes(_words(head.find(f"{space}ttl"))),
    )


def _rss_entry(item: Element, space: str, url: str) -> Entry | None:
    guid = item.find(f"{space}guid")
    name = _words(guid).strip() or item.get(f"{_RDF}about", "").strip()
    link = absolute_link(_words(item.find(f"{space}link")), url)
    if not link and name.startswith("http") and (guid is None or guid.get("isPermaLink", "true") == "true"):
        link = absolute_link(name, url)
    full = max((_words(item.find(tag)) for tag in _FULL), key=len)
    return _entry(
        item,
        name=name,
        link=link,
        title=_words(item.find(f"{space}title")),
        full=full,
        summary=_words(item.find(f"{space}description")),
        published=_date(item, f"{space}pubDate", f"{_DC}date", f"{_ATOM}published", f"{_ATOM}updated"),
    )


def _atom_entry(item: Element, space: str, url: str) -> Entry | None:
    links = [link for link in item.findall(f"{space}link") if link.get("rel", "alternate") == "alternate"]
    links.sort(key=lambda link: link.get("type", "text/html") != "text/html")
    return _entry(
        item,
        name=_words(item.find(f"{space}id")).strip(),
        link=absolute_link(links[0].get("href", ""), url) if links else "",
        title=_atom_text(item.find(f"{space}title")),
        full=_atom_text(item.find(f"{space}content")),
        summary=_atom_text(item.find(f"{space}summary")),
        published=_date(item, f"{space}published", f"{space}updated"),
    )


def _entry(
    item: Element, *, name: str, link: str, title: str, full: str, summary: str, published: float | None
) -> Entry | None:
    if not (link and title and (full or summary) and published is not None):
        # What was not found under its usual name may stand under another.
        found = {"link": link, "title": title, "date": published is not None, "body": full or summary}
        if any(not found.get(_OTHER_NAMES.get(_local(child), ""), True) and _holds_text(child) for child in item):
            raise _Unusual
    body = to_text(full if len(full) >= len(summary) else summary, limit=MAX_TEXT)
    title = one_line(title, limit=MAX_TITLE)
    guid = name or link or title or body[:SHORT]
    if not guid or not (title or body):
        return None
    return Entry(
        guid=guid, url=link, title=title, text=body, published=published, summary_only=bool(link) and not full.strip()
    )


def _words(element: Element | None) -> str:
    """Return the text of an element that holds nothing but text."""
    if element is None:
        return ""
    if len(element):
        raise _Unusual
    return element.text or ""


def _holds_text(element: Element) -> bool:
    return len(element) > 0 or bool((element.text or "").strip())


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _atom_text(element: Element | None) -> str:
    if element is not None:
        kind = element.get("type", "")
        if kind not in _PLAIN_TYPES or element.get("src") or element.get("mode"):
            raise _Unusual
    return _words(element)


def _date(item: Element, *tags: str) -> float | None:
    """Read the first of these dates that the item bears."""
    for tag in tags:
        text = _words(item.find(tag)).strip()
        if text:
            return _instant(text)
    return None


def _instant(text: str) -> float | None:
    if text[0].isdigit() and text[:4].isdigit():
        seconds = iso_instant(text)
        if seconds is None:
            raise _Unusual
        return seconds
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError) as error:
        raise _Unusual from error
    return believable(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
