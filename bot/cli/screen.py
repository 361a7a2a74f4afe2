"""How text looks where a program writes lines: with links, bold words and wrapped lines on a terminal, else plain.

Plain text has the address of each link in parentheses. What came from elsewhere never steers the terminal: control
characters are left out.
"""

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from typing import TextIO
from urllib.parse import quote

import click

from bot.rendering.rich import Rich, Run, plain, with_addresses

#: Longer lines are hard to read.
WIDEST = 100
#: Before what was broken off a line of a list.
INDENT = "  "
#: Terminals that show no links.
_NO_LINKS = ("", "dumb", "linux")
#: Control characters but the end of a line, and those that turn the direction of writing.
_STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Screen:
    """Where lines are shown."""

    def __init__(self, shown: TextIO, environment: Mapping[str, str] = os.environ) -> None:
        self._shown = shown
        self._terminal = shown.isatty()
        kind = environment.get("TERM", "")
        self._links = self._terminal and kind not in _NO_LINKS
        self._styles = self._terminal and kind not in ("", "dumb") and not environment.get("NO_COLOR")

    def show(self, text: Rich) -> None:
        """Write text, and an empty line after it."""
        self.line(text)
        self.line()

    def line(self, text: Rich = (), *, faint: bool = False) -> None:
        """Write one line, or as many as the text has.

        Args:
            faint: What stands beside an answer.
        """
        clean = tuple(replace(run, text=_STEERING.sub("", run.text)) for run in text)
        if not self._links:
            clean = with_addresses(clean)
        if self._terminal:
            clean = wrapped(clean, min(shutil.get_terminal_size().columns, WIDEST))
        self._shown.write("".join(self._drawn(run, faint) for run in clean) + "\n")
        self._shown.flush()

    def _drawn(self, run: Run, faint: bool) -> str:
        """Write a run, each line of it by itself, so that neither a style nor a link spans the space before a line."""
        lines = [(line, line.lstrip(" ")) for line in run.text.split("\n")]
        return "\n".join(line[: len(line) - len(rest)] + self._marked(rest, run, faint) for line, rest in lines)

    def _marked(self, text: str, run: Run, faint: bool) -> str:
        if text and self._styles and (faint or run.bold or run.italic or run.strike):
            chosen = {"bold": run.bold, "dim": faint, "italic": run.italic, "strikethrough": run.strike}
            # What is not chosen is not named either: to end "dim" would end "bold" too.
            text = click.style(text, **{name: True for name, wanted in chosen.items() if wanted})
        if text and self._links and run.url:
            address = quote(run.url, safe="!#$%&'()*+,/:;=?@[]~")
            text = f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"
        return text


def wrapped(text: Rich, width: int) -> Rich:
    """Break lines between words; where lines follow each other what is broken off stands further in.

    A word that is longer than a line stays whole.
    """
    breaks = _breaks(plain(text), width)
    made: list[Run] = []
    start = 0
    for run in text:
        letters = (breaks.get(start + i, letter) for i, letter in enumerate(run.text))
        made.append(replace(run, text="".join(letters)))
        start += len(run.text)
    return tuple(made)


def _breaks(text: str, width: int) -> dict[int, str]:
    """Return which spaces become the end of a line, and with what."""
    found: dict[int, str] = {}
    lines = text.split("\n")
    start = 0
    for line, before, after in zip(lines, ["", *lines], [*lines[1:], ""], strict=False):
        end = f"\n{INDENT}" if before or after else "\n"
        left, space = 0, -1
        for i, letter in enumerate(line):
            space = i if letter == " " else space
            if i - left >= width and space > left:
                found[start + space] = end
                # The next line has so much less room.
                left, space = space + 2 - len(end), -1
        start += len(line) + 1
    return found
