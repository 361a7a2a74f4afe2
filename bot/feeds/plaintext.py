"""How the markup of an item becomes plain text with paragraphs."""

import html
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKUP = re.compile(r"<[A-Za-z/!?]")
#: Control characters, half surrogates, and what only steers the display: soft hyphen, zero width, text direction.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
#: Control characters that nobody writes; they are quotes and dashes of windows-1252 under wrong numbers.
_C1 = re.compile("[\x80-\x9f]")
_SPACES = re.compile(r"[ \t]+")
_BREAKS = re.compile(r" ?\n ?")
_PARAGRAPHS = re.compile(r"\n{3,}")
_NEW_PARAGRAPH = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main"
        " nav ol p pre section table tr ul",
    )
)
_SKIPPED = frozenset(
    re.findall(r"\w+", "audio button figcaption head iframe noscript object script select style svg template video")
)
_TEXT = "-text"


def _windows(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("windows-1252", "ignore")


def clean(text: str, *, limit: int) -> str:
    """Take out what no text holds, normalise white space within lines, and cut."""
    text = _UNWANTED.sub("", _C1.sub(_windows, text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    text = _BREAKS.sub("\n", _SPACES.sub(" ", text))
    return _PARAGRAPHS.sub("\n\n", text).strip()[:limit].rstrip()


def one_line(text: str, *, limit: int) -> str:
    """Turn markup or text into one line, for titles and names."""
    return " ".join(to_text(text, limit=4 * limit).split())[:limit].rstrip()


def to_text(markup: str, *, limit: int) -> str:
    """Turn a piece of HTML, or plain text with entities, into plain text; paragraphs are parted by blank lines."""
    if not _MARKUP.search(markup):
        return clean(html.unescape(markup) if "&" in markup else markup, limit=limit)
    body = LexborHTMLParser(markup).body
    return node_text(body, limit=limit) if body is not None else ""


def node_text(root: LexborNode, *, limit: int) -> str:
    """Return the text below a node, in reading order.

    Iterative, for documents may nest as deep as they like.
    """
    parts: list[str] = []
    node, depth = root.child, 1
    while node is not None:
        tag = node.tag or ""
        if tag == _TEXT:
            parts.append(re.sub(r"[\n\r\t]+", " ", node.text_content or ""))
        elif tag == "br":
            parts.append("\n")
        elif tag in _NEW_PARAGRAPH:
            parts.append("\n\n")
        if tag not in _SKIPPED and node.child is not None:
            node, depth = node.child, depth + 1
            continue
        while node is not None and node.next is None:
            depth -= 1
            if depth == 0:
                return clean("".join(parts), limit=limit)
            node = node.parent
            if node is not None and node.tag in _NEW_PARAGRAPH:
                parts.append("\n\n")
        if node is not None:
            if node.tag in _NEW_PARAGRAPH:
                parts.append("\n\n")
            node = node.next
    return clean("".join(parts), limit=limit)
