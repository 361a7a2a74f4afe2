"""Text with bold parts and links, before it is anybody's markup.

Rendering makes it; the terminal prints it plain; Telegram gets it as entities. No markup language in between, so no
text can break one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    #: Where it leads; None: nowhere.
    url: str | None = None
    #: To be copied as it stands, such as a command with an address in it; has no other style. Only for words of ours.
    code: bool = False


Rich = tuple[Run, ...]


def plain(text: Rich) -> str:
    """Return the words alone, without where they lead; `with_addresses` keeps that."""
    return "".join(run.text for run in text)


def with_addresses(text: Rich) -> Rich:
    """Put after each link its address in parentheses, for where nothing can be clicked; not where the words hold it."""
    shown = plain(text)
    addressed: list[Run] = []
    for run in text:
        addressed.append(replace(run, url=None))
        if run.url and run.url not in shown:
            addressed.append(Run(f" ({run.url})"))
    return tuple(addressed)


def join(parts: Iterable[Rich], separator: str = "\n") -> Rich:
    """Join the parts that are not empty."""
    joined: list[Run] = []
    for part in parts:
        if part:
            if joined:
                joined.append(Run(separator))
            joined.extend(part)
    return tuple(joined)
