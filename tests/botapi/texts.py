"""Which texts and entities Telegram takes, and what it makes of them.

Offsets are UTF-16 units throughout (Bot API, MessageEntity).
"""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from tests.botapi.errors import bad

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100

Entity = dict[str, Any]

ENTITY_TYPES = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
        "text_link", "text_mention", "custom_emoji", "mention", "hashtag", "cashtag", "bot_command", "url", "email",
        "phone_number",
    }
)  # fmt: skip
#: Nothing may stand inside these, and these in nothing but a quotation.
OPAQUE = frozenset({"code", "pre"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
#: Control characters that become spaces, and marks that vanish (tdlib, clean_input_string).
TO_SPACE = frozenset(map(chr, [*range(0x0A), 0x0B, 0x0C, *range(0x0E, 0x20)]))
DROPPED = frozenset("\r" + "".join(map(chr, range(0x2028, 0x202F))))


def units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def slice_units(text: str, offset: int, length: int) -> str:
    """Return the part that an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def _borders(text: str) -> set[int]:
    """Return the unit offsets at which a character begins, and the end."""
    borders = {0}
    at = 0
    for character in text:
        at += 2 if ord(character) > 0xFFFF else 1
        borders.add(at)
    return borders


def check_url(url: str) -> bool:
    """Tell whether Telegram makes a link of it."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if any(character.isspace() for character in url) or len(url) > 2048:
        return False
    if parts.scheme in ("tg", "ton"):
        return bool(host)
    return parts.scheme in ("http", "https") and ("." in host.strip(".") or ":" in host)


def check_entities(text: str, entities: Any) -> list[Entity]:
    """Check that entities fit the text and each other.

    Raises:
        ApiError: 400, as "can't parse entities".
    """
    if not isinstance(entities, list) or not all(isinstance(entity, dict) for entity in entities):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    if len(entities) > MAX_ENTITIES:
        raise bad(f"can't parse entities: {len(entities)} entities, at most {MAX_ENTITIES} are shown")
    borders = _borders(text)
    end_of_text = units(text)
    for entity in entities:
        kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
        if kind not in ENTITY_TYPES:
            raise bad(f"can't parse entities: unsupported entity type {kind!r}")
        if not isinstance(offset, int) or offset < 0:
            raise bad(f"can't parse entities: receive an entity with incorrect offset {offset}")
        if not isinstance(length, int) or length <= 0:
            raise bad(f"can't parse entities: receive an entity with incorrect length {length}")
        if offset + length > end_of_text:
            raise bad(f"can't parse entities: entity at {offset}+{length} ends after the text of {end_of_text} units")
        if offset not in borders or offset + length not in borders:
            raise bad(f"can't parse entities: entity at {offset}+{length} cuts a UTF-16 symbol")
        if kind == "text_link" and not check_url(str(entity.get("url", ""))):
            raise bad(f"can't parse entities: wrong URL {entity.get('url')!r} in a text_link")
    _check_nesting(entities)
    return [dict(entity) for entity in entities]


def _check_nesting(entities: list[Entity]) -> None:
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    open_ones: list[Entity] = []
    for entity in ordered:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        while open_ones and open_ones[-1]["offset"] + open_ones[-1]["length"] <= begin:
            open_ones.pop()
        for outer in open_ones:
            if end > outer["offset"] + outer["length"]:
                raise bad(f"can't parse entities: {entity['type']} at {begin} overlaps the end of {outer['type']}")
            if entity["type"] == outer["type"] or {entity["type"], outer["type"]} <= QUOTES:
                raise bad(f"can't parse entities: {entity['type']} at {begin} inside another")
            if outer["type"] in OPAQUE or (entity["type"] in OPAQUE and outer["type"] not in QUOTES):
                raise bad(f"can't parse entities: {entity['type']} inside {outer['type']}")
        open_ones.append(entity)


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop and replace what Telegram does, trim both ends, and move the entities with the text."""
    kept: list[str] = []
    moved: dict[int, int] = {}
    before = after = 0
    for character in text:
        moved[before] = after
        width = 2 if ord(character) > 0xFFFF else 1
        before += width
        if character in DROPPED:
            continue
        kept.append(" " if character in TO_SPACE else character)
        after += width
    moved[before] = after
    whole = "".join(kept)
    left = units(whole) - units(whole.lstrip())
    trimmed = whole.strip()
    last = units(trimmed)
    shifted: list[Entity] = []
    for entity in entities:
        begin = min(max(moved[entity["offset"]] - left, 0), last)
        end = min(max(moved[entity["offset"] + entity["length"]] - left, 0), last)
        if end > begin:
            shifted.append({**entity, "offset": begin, "length": end - begin})
    return trimmed, shifted


def is_blank(text: str) -> bool:
    """Tell whether Telegram would call it empty."""
    return not re.sub(r"[\s\u200b-\u200f\u2060-\u2064\ufeff]", "", text)


_REST = r"[^\s<>\"']*[^\s<>\"',.;:!?)]"
_DETECTED = re.compile(
    rf"(?P<url>https?://{_REST}"
    rf"|(?<![\w@.])(?:[\w-]+\.)+(?:com|org|net|me|ua|ru|info|io|gov|news)\b(?:/(?:{_REST})?)?)"
    r"|(?<![\w/])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?)(?![\w/])"
)


def detect(text: str) -> list[Entity]:
    """Return what Telegram finds in any text by itself: addresses, mentions, commands."""
    return [
        {
            "type": str(match.lastgroup),
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for match in _DETECTED.finditer(text)
    ]


_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip


class _Markup(HTMLParser):
    """Telegram's HTML: few tags, strictly nested, three entities that must be escaped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text = ""
        self.entities: list[Entity] = []
        self._open: list[tuple[str, Entity]] = []

    def _offset(self) -> int:
        return units(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in _TAGS or (tag == "span" and values.get("class") != "tg-spoiler"):
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {self._byte()}')
        entity: Entity = {"type": _TAGS[tag], "offset": self._offset(), "length": 0}
        if tag == "a":
            entity["url"] = values.get("href") or ""
        if tag == "blockquote" and "expandable" in values:
            entity["type"] = "expandable_blockquote"
        self._open.append((tag, entity))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {self._byte()}")
        expected, entity = self._open.pop()
        if tag != expected:
            raise bad(
                f"can't parse entities: Unmatched end tag at byte offset {self._byte()}, "
                f'expected "</{expected}>", found "</{tag}>"'
            )
        entity["length"] = self._offset() - entity["offset"]
        if entity["length"]:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise bad(f"can't parse entities: Unsupported start tag at byte offset {self._byte()}")
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += unescape(f"&{name};") if name in ("lt", "gt", "amp", "quot") else f"&{name}"

    def handle_charref(self, name: str) -> None:
        self.text += unescape(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        raise bad(f"can't parse entities: Unsupported start tag at byte offset {self._byte()}")

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def _byte(self) -> int:
        return len(self.text.encode())

    def finish(self) -> None:
        """Refuse what was not closed."""
        if self.rawdata.strip():
            raise bad(f"can't parse entities: Unsupported start tag at byte offset {self._byte()}")
        if self._open:
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{self._open[-1][0]}\"")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Turn `parse_mode: HTML` into text and entities.

    Raises:
        ApiError: 400, as "can't parse entities".
    """
    markup = _Markup()
    markup.feed(source)
    rest, markup.rawdata = markup.rawdata, ""
    if "<" in rest:
        raise bad(f"can't parse entities: Unclosed start tag at byte offset {len(source.encode())}")
    markup.handle_data(rest)
    markup.finish()
    return markup.text, sorted(markup.entities, key=lambda entity: (entity["offset"], -entity["length"]))


def compose(
    text: str, *, parse_mode: str = "", entities: Any = None, limit: int = MAX_TEXT, name: str = "message"
) -> tuple[str, list[Entity]]:
    """Make what a chat will show of a text that a bot sends.

    Raises:
        ApiError: 400: empty, too long, or with entities that do not fit.
    """
    if parse_mode and parse_mode.upper() != "HTML":
        raise bad("unsupported parse_mode")
    words, marks = parse_html(text) if parse_mode else (text, check_entities(text, entities or []))
    if parse_mode:
        check_entities(words, marks)
    words, marks = clean(words, marks)
    if name == "message" and is_blank(words):
        raise bad("message text is empty")
    if units(words) > limit:
        raise bad("message is too long" if name == "message" else "message caption is too long")
    return words, marks
