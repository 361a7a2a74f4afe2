"""How text with styles becomes a Telegram message: words, entities, and a keyboard.

Whatever the words are, the result is one that Telegram takes: entities closed and counted in UTF-16 units, within 4,096
units and 100 entities, nothing invisible that could turn the text around, and no link but those that were meant. Text
is never markup here, so none can break it (Bot API, MessageEntity).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.rendering.rich import Rich, Run
from handlers.request import as_json

MAX_TEXT: Final = 4096
MAX_CAPTION: Final = 1024
MAX_ENTITIES: Final = 100
MAX_CALLBACK_BYTES: Final = 64
MAX_LABEL: Final = 64
MAX_URL: Final = 2048
ELLIPSIS: Final = "…"


class Marked(NamedTuple):
    """A text as the Bot API takes it."""

    text: str
    #: In the order of the text, nested, never crossing.
    entities: tuple[MessageEntity, ...] = ()


#: Kind, offset and length in UTF-16 units, and where it leads.
_Entity = tuple[str, int, int, str | None]
_NO_PREVIEW: Final = {"is_disabled": True}


class Ready(NamedTuple):
    """A message with its buttons, the same for everybody it is shown to."""

    text: str
    #: Parameters of `sendMessage` and `editMessageText`: a JSON object.
    body: bytes


#: Marks that are not seen: bidirectional controls, zero-width characters, fillers, tags, lone surrogates.
_INVISIBLE_MARKS: Final = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U000110bd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE: Final = re.compile(f"[{_INVISIBLE_MARKS}]")
_LINE_BREAK: Final = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_CONTROL: Final = re.compile("[\x00-\x09\x0e-\x1f\x7f-\x9f]")
_MANY_BREAKS: Final = re.compile(r"\n{3,}")
#: More marks on one letter than any language writes.
_ABOVE_AND_BELOW: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE: Final = re.compile(f"([{_ABOVE_AND_BELOW}]{{3}})[{_ABOVE_AND_BELOW}]+")
#: Whatever one of the above may change; most texts hold none of it.
_UNCLEAN: Final = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029{_INVISIBLE_MARKS}{_ABOVE_AND_BELOW}]")

_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
#: Words written from right to left; isolated, they do not move the figure beside them (UAX #9).
_RTL_WORDS: Final = re.compile(f"[{_RTL}](?:[^\\w\n]*[{_RTL}])*")
_ISOLATED: Final = "\u2068\\g<0>\u2069"
#: What Telegram would make a link or a mention of by itself, except in code; a word joiner keeps it from doing so.
_BARE_LINK: Final = re.compile(r"\.(?<=\w\.)(?=[^\W\d_]{2})|@(?=\w)|:(?<=\w:)(?=//)")
_JOINED: Final = "\\g<0>\u2060"


def units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def to_message(rich: Rich, *, limit: int = MAX_TEXT) -> Marked:
    """Make one message; what does not fit is cut at the end of a line or a word, and an ellipsis stands for it.

    Args:
        limit: UTF-16 units, at least 2.

    Returns:
        The message; its text is empty where nothing visible was given.
    """
    return _objects(_one(rich, limit))


def _one(rich: Rich, limit: int) -> tuple[str, list[_Entity]]:
    text = _Text(rich)
    end = text.cut(0, limit)
    if end == len(text.words):
        return text.part(0, end)
    words, entities = text.part(0, text.cut(0, limit - 1))
    return words + ELLIPSIS, entities


def _objects(part: tuple[str, list[_Entity]]) -> Marked:
    entities = (MessageEntity(kind, offset, length, url=url) for kind, offset, length, url in part[1])
    return Marked(part[0], tuple(entities))


def ready(rich: Rich, buttons: Iterable[Sequence[tuple[str, str]]]) -> Ready:
    """Make one message with its buttons, without previews of where it links to."""
    text, entities = _one(rich, MAX_TEXT)
    parameters: dict[str, Any] = {"text": text, "link_preview_options": _NO_PREVIEW}
    if entities:
        parameters["entities"] = [_as_json(*entity) for entity in entities]
    rows = [made for row in buttons if (made := [_button(label, target) for label, target in row])]
    if rows:
        parameters["reply_markup"] = {"inline_keyboard": rows}
    return Ready(text, as_json(parameters))


def _as_json(kind: str, offset: int, length: int, url: str | None) -> dict[str, Any]:
    entity = {"type": kind, "offset": offset, "length": length}
    return entity if url is None else {**entity, "url": url}


def split(rich: Rich, *, limit: int = MAX_TEXT) -> list[Marked]:
    """Make as many messages as it takes, cut between lines, else between words, else between characters."""
    text = _Text(rich)
    parts: list[Marked] = []
    begin = 0
    while begin < len(text.words):
        end = text.cut(begin, limit)
        parts.append(_objects(text.part(begin, end)))
        begin = end
    return [part for part in parts if part.text]


def keyboard(rows: Iterable[Sequence[tuple[str, str]]]) -> InlineKeyboardMarkup | None:
    """Make the buttons under a message; None where there are none.

    Args:
        rows: Pairs of label and callback data or http(s) address.

    Raises:
        ValueError: callback data of no or more than 64 bytes, or an empty label: a mistake of ours.
    """
    made = [[InlineKeyboardButton(**_button(label, target)) for label, target in row] for row in rows]
    return InlineKeyboardMarkup([row for row in made if row]) if any(made) else None


@lru_cache(maxsize=4096)
def is_link(url: str) -> bool:
    """Tell whether Telegram makes a link of an address; of another it makes nothing, or an error."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or len(url) > MAX_URL or _clean(url) != url:
        return False
    return ("." in host.strip(".") or ":" in host) and not any(character.isspace() for character in url)


def _button(label: str, target: str) -> dict[str, Any]:
    words = " ".join(_clean(label).split())
    if not words:
        raise ValueError("a button without a label")
    if len(words) > MAX_LABEL:
        words = words[: MAX_LABEL - 1].rstrip() + ELLIPSIS
    if target.startswith("http") and is_link(target):
        return {"text": words, "url": target}
    if not 1 <= len(target.encode()) <= MAX_CALLBACK_BYTES:
        raise ValueError(f"callback data of {len(target.encode())} bytes")
    return {"text": words, "callback_data": target}


def _clean(text: str) -> str:
    """Drop what is not seen, and make every line break the same."""
    if _UNCLEAN.search(text) is None:
        return text
    text = _LINE_BREAK.sub("\n", text)
    text = _CONTROL.sub(" ", text)
    return _PILE.sub(r"\1", _INVISIBLE.sub("", text))


class _Text:
    """The words of runs, clean, and where each style begins and ends in them; in characters."""

    def __init__(self, rich: Rich) -> None:
        #: Clean words with the entities that they need; neighbours of one style are one.
        runs: list[tuple[str, list[tuple[str, str | None]]]] = []
        unclean = _UNCLEAN.search("".join([run.text for run in rich])) is not None
        for run in rich:
            text, kinds = _clean(run.text) if unclean else run.text, _kinds(run)
            if runs and runs[-1][1] == kinds:
                text = runs.pop()[0] + text
            runs.append((text, kinds))
        pieces: list[str] = []
        #: Begin, end, and the kinds of entity with their addresses.
        self.spans: list[tuple[int, int, list[tuple[str, str | None]]]] = []
        at = 0
        for text, kinds in runs:
            piece = _disarm(text, sealed=any(url is not None or kind == MessageEntity.CODE for kind, url in kinds))
            pieces.append(piece)
            if kinds:
                self.spans.append((at, at + len(piece), kinds))
            at += len(piece)
        self.words = "".join(pieces)

    def cut(self, begin: int, limit: int) -> int:
        """Return where a message that begins there has to end."""
        end = self._reach(begin, limit)
        if end == len(self.words):
            return end
        for border in ("\n", " "):
            at = self.words.rfind(border, begin + (end - begin) // 2, end + 1)
            while at > begin and any(first < at < last for first, last, _ in self.spans):
                at = self.words.rfind(border, begin + (end - begin) // 2, at)
            if at > begin:
                return at
        whole = end
        while whole > begin + 1 and _continues(self.words[whole]):
            whole -= 1
        return whole if whole > begin + 1 else end

    def _reach(self, begin: int, limit: int) -> int:
        """Return the end of the longest message, in units and entities, that begins there."""
        end = min(len(self.words), begin + limit)
        while (excess := units(self.words[begin:end]) - limit) > 0:
            end -= max(1, excess // 2)
        room = MAX_ENTITIES
        for first, last, kinds in self.spans:
            if last > begin and first < end:
                room -= len(kinds)
                if room < 0:
                    return max(first, begin + 1)
        return end

    def part(self, begin: int, end: int) -> tuple[str, list[_Entity]]:
        """Return one message, without blanks at its ends, which Telegram would take off."""
        begin, end = self._trimmed(begin, end)
        entities: list[_Entity] = []
        for first, last, kinds in self.spans:
            first, last = self._trimmed(max(first, begin), min(last, end))
            if first < last:
                offset, length = units(self.words[begin:first]), units(self.words[first:last])
                entities.extend((kind, offset, length, url) for kind, url in kinds)
        return self.words[begin:end], entities

    def _trimmed(self, begin: int, end: int) -> tuple[int, int]:
        while begin < end and self.words[begin].isspace():
            begin += 1
        while begin < end and self.words[end - 1].isspace():
            end -= 1
        return begin, end


def _kinds(run: Run) -> list[tuple[str, str | None]]:
    """Return the entities that a run needs, the outermost first."""
    if run.code:
        return [(MessageEntity.CODE, None)]
    kinds: list[tuple[str, str | None]] = []
    if run.url is not None and is_link(run.url):
        kinds.append((MessageEntity.TEXT_LINK, run.url))
    if run.bold:
        kinds.append((MessageEntity.BOLD, None))
    if run.italic:
        kinds.append((MessageEntity.ITALIC, None))
    if run.strike:
        kinds.append((MessageEntity.STRIKETHROUGH, None))
    return kinds


def _disarm(text: str, *, sealed: bool) -> str:
    """Isolate words from right to left, and keep Telegram from finding links where none were meant.

    Args:
        sealed: Telegram looks for none, as inside of a link.
    """
    if "\n\n\n" in text:
        text = _MANY_BREAKS.sub("\n\n", text)
    if not text.isascii():
        text = _RTL_WORDS.sub(_ISOLATED, text)
    if sealed or not ("." in text or "@" in text or ":" in text):
        return text
    return _BARE_LINK.sub(_JOINED, text)


def _continues(character: str) -> bool:
    """Tell whether a character belongs to the one before it: an accent, a variation, a skin tone."""
    return bool(unicodedata.combining(character)) or character == "\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff"
