"""The conversation in a terminal: line editing, history and colours, or plain lines where input is no terminal."""

import asyncio
import contextlib
import os
from pathlib import Path
from typing import TextIO

import click

from bot.app import Core
from bot.domain.queries import Query
from bot.domain.replies import Lang, Turn
from bot.rendering.answers import render_reply
from bot.rendering.rendered import Button, Rendered
from bot.rendering.rich import Rich
from bot.rendering.texts import text
from bot.services.ask import Asked

HISTORY = Path("~/.local/state/homeward/history").expanduser()


class Terminal:
    """One conversation, kept in memory and gone with the session."""

    def __init__(self, core: Core, *, lang: Lang | None, typed: TextIO, shown: TextIO) -> None:
        self._core = core
        self._lang = lang
        self._typed = typed
        self._shown = shown
        self._interactive = typed.isatty() and shown.isatty()
        self._turn: Turn | None = None
        self._buttons: tuple[Button, ...] = ()

    async def talk(self) -> None:
        """Answer each line until the input ends, or somebody says `/quit`."""
        if self._interactive:
            self._show_line(text(self._lang or "en", "terminal-welcome"))
        with _line_editing(self._interactive):
            while (line := await self._read()) is not None:
                if line in ("/quit", "/exit"):
                    return
                if line:
                    await self._answer(line)

    async def _read(self) -> str | None:
        """Return the next line; None at the end of input."""
        if not self._interactive:
            line = await asyncio.to_thread(self._typed.readline)
            return line.strip() if line else None
        try:
            return (await asyncio.to_thread(input, "> ")).strip()
        except (EOFError, KeyboardInterrupt):
            self._show_line("")
            return None

    async def _answer(self, line: str) -> None:
        chosen = self._chosen(line)
        if isinstance(chosen, Query):
            asked = await self._core.asker.choose(chosen, lang=self._said_in(), previous=self._turn)
        else:
            asked = await self._core.asker.ask(line, lang=self._lang, previous=self._turn)
        self._turn = asked.turn
        rendered = self._render(asked)
        self._show(rendered.text)
        self._buttons = rendered.buttons
        self._show_buttons()

    def _said_in(self) -> Lang:
        return self._lang or (self._turn.lang if self._turn else "en")

    def _chosen(self, line: str) -> object:
        """Return the action of the button whose number was typed; None where none was."""
        if self._interactive and line.isdecimal() and 1 <= int(line) <= len(self._buttons):
            return self._buttons[int(line) - 1].action
        return None

    def _render(self, asked: Asked) -> Rendered:
        return render_reply(asked.reply, asked.ledger, now=self._core.clock.now(), timezone=self._core.timezone)

    def _show_buttons(self) -> None:
        if not self._interactive:
            return
        for number, button in enumerate(self._buttons, 1):
            self._show_line(click.style(f"  {number}. {button.label}", dim=True))

    def _show(self, rich: Rich) -> None:
        pieces = []
        for run in rich:
            shown = run.text
            if self._interactive:
                styled = run.bold or run.italic or run.strike
                shown = (
                    click.style(shown, bold=run.bold, italic=run.italic, strikethrough=run.strike) if styled else shown
                )
                if run.url:
                    shown = f"\x1b]8;;{run.url}\x1b\\{shown}\x1b]8;;\x1b\\"
            pieces.append(shown)
        self._show_line("".join(pieces) + "\n")

    def _show_line(self, line: str) -> None:
        self._shown.write(f"{line}\n")
        self._shown.flush()


class _line_editing:
    """Line editing with a history of its own, where there is a terminal and a library for it."""

    def __init__(self, interactive: bool) -> None:
        self._readline = None
        if interactive and os.name == "posix":
            with contextlib.suppress(ImportError):
                import readline

                self._readline = readline

    def __enter__(self) -> None:
        if self._readline is not None and HISTORY.exists():
            with contextlib.suppress(OSError):
                self._readline.read_history_file(HISTORY)

    def __exit__(self, *_: object) -> None:
        if self._readline is not None:
            with contextlib.suppress(OSError):
                HISTORY.parent.mkdir(parents=True, exist_ok=True)
                self._readline.set_history_length(500)
                self._readline.write_history_file(HISTORY)
