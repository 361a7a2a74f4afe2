"""The lines that somebody types: with line editing, history and Ctrl-C at a terminal, else as they come.

A line is waited for in the main thread, where the library for line editing and Ctrl-C belong; nothing else has to be
done meanwhile. The history is a file of the person who types; a line is put into it only by `remember`.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Self, TextIO

import click

#: Lines kept for the arrow keys.
KEPT = 500
#: Letters of a line that are read; the rest of it is dropped.
LONGEST = 10_000
PROMPT = "> "


class Lines:
    """What is typed."""

    def __init__(self, typed: TextIO, *, interactive: bool, complete: Sequence[str], again: Callable[[], None]) -> None:
        """Remember where lines come from.

        Args:
            complete: Words that the tabulator completes.
            again: Called after Ctrl-C, which is to say that the next one ends.
        """
        self._typed = typed
        self._interactive = interactive
        self._complete = complete
        self._again = again
        self._readline: Any = None
        self._reading = False
        self._working: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        # What is no letter becomes a sign for that, not the end.
        with contextlib.suppress(AttributeError):
            self._typed.reconfigure(errors="replace")  # type: ignore[attr-defined]
        self._loop = asyncio.get_running_loop()
        self._former = signal.signal(signal.SIGINT, self._on_interrupt)
        if self._interactive:
            self._edit()
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._former)

    def read(self) -> str | None:
        """Return the next line; None at the end of input or after Ctrl-C at the prompt twice."""
        for interrupted in (False, True):
            try:
                self._reading = True
                return self._prompted() if self._interactive else self._plain()
            except EOFError:
                self._end_line()
                return None
            except KeyboardInterrupt:
                self._reading = False
                self._end_line()
                if interrupted or not self._interactive:
                    return None
                self._again()
            finally:
                self._reading = False
        return None

    async def attempt(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that Ctrl-C ends."""
        self._working = asyncio.ensure_future(work)
        try:
            await asyncio.wait((self._working,))
            if self._working.cancelled():
                self._end_line()
            else:
                self._working.result()
        finally:
            self._working = None

    def remember(self, line: str) -> None:
        """Put a line into the history."""
        if self._readline is None:
            return
        newest = self._readline.get_history_item(self._readline.get_current_history_length())
        if line == newest:
            return
        self._readline.add_history(line)
        with contextlib.suppress(OSError, AttributeError):
            path = history_path()
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._readline.append_history_file(1, path)

    def _prompted(self) -> str:
        return input(PROMPT).strip()

    def _plain(self) -> str:
        line = self._typed.readline(LONGEST)
        if not line:
            raise EOFError
        rest = line
        while rest and not rest.endswith("\n"):
            rest = self._typed.readline(LONGEST)
        return line.strip()

    def _end_line(self) -> None:
        if self._interactive:
            click.echo()

    def _on_interrupt(self, *_: object) -> None:
        if self._reading:
            raise KeyboardInterrupt
        if self._working is not None:
            self._loop.call_soon_threadsafe(self._working.cancel)

    def _edit(self) -> None:
        """Set up line editing, where there is a library for it."""
        try:
            import readline
        except ImportError:
            return
        self._readline = readline
        readline.set_auto_history(False)
        readline.set_history_length(KEPT)
        readline.set_completer_delims(" ")
        readline.set_completer(self._completed)
        readline.parse_and_bind("tab: complete")
        with contextlib.suppress(OSError):
            readline.read_history_file(history_path())

    def _completed(self, begun: str, number: int) -> str | None:
        found = [word for word in self._complete if begun and word.startswith(begun)]
        return f"{found[number]} " if number < len(found) else None


def history_path() -> Path:
    """Return where the history of this person is kept."""
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(os.path.expanduser(state)) / "homeward" / "history"
