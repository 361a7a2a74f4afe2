"""Text with bold parts and links, before it is anybody's markup.

Rendering makes it; the terminal prints it plain; Telegram gets it as entities. No markup language in between, so no
text can break one.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    #: Where it leads; None: nowhere.
    url: str | None = None


Rich = tuple[Run, ...]


def plain(text: Rich) -> str:
    """Return the words alone; a link is followed by its address in parentheses only by `with_links`."""
    return "".join(run.text for run in text)


def join(parts: Iterable[Rich], separator: str = "\n") -> Rich:
    """Join the parts that are not empty."""
    joined: list[Run] = []
    for part in parts:
        if part:
            if joined:
                joined.append(Run(separator))
            joined.extend(part)
    return tuple(joined)
