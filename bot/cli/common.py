"""What the commands share: settings, the clock, errors and exit statuses."""

import asyncio
import contextlib
import gc
import json
import logging
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TextIO, TypeVar

import click

from bot.app import Asking, Core, open_asking, open_core
from bot.clock import FixedClock, RunningClock, SystemClock, parse_instant
from bot.config import Settings, load_settings
from bot.errors import HomewardError

if TYPE_CHECKING:
    from bot.ports import Clock

logger = logging.getLogger(__name__)

_P = ParamSpec("_P")
_T = TypeVar("_T")

now_option = click.option(
    "--now", metavar="ISO", help="Take this instant for now, such as 2025-06-20T12:00, for the whole command."
)


def settings_and_clock(now: str | None, *, running: bool = False) -> tuple[Settings, "Clock"]:
    """Read the settings, and set the clock where `--now` asks for it.

    Args:
        running: The clock goes on from there, for what serves; else it stands still.

    Raises:
        click.BadParameter: `--now` is no instant.
    """
    settings = load_settings()
    if now is None:
        return settings, SystemClock()
    try:
        instant = parse_instant(now, settings.zone)
    except ValueError:
        raise click.BadParameter(f"{now!r} is no instant such as 2025-06-20T12:00", param_hint="--now") from None
    return settings, RunningClock(instant) if running else FixedClock(instant)


@asynccontextmanager
async def opened_asking(now: str | None) -> AsyncIterator[Asking]:
    """Open what answers questions."""
    settings, clock = settings_and_clock(now)
    async with open_asking(settings, clock) as asking:
        yield asking


@asynccontextmanager
async def opened_core(now: str | None) -> AsyncIterator[Core]:
    """Open the database and the services that need nothing else."""
    settings, clock = settings_and_clock(now)
    async with open_core(settings, clock) as core:
        yield core


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's, where something that serves has imported it; None: the standard one."""
    uvloop = sys.modules.get("uvloop")
    return uvloop.new_event_loop if uvloop else None


def async_command(work: Callable[_P, Coroutine[Any, Any, _T]]) -> Callable[_P, _T]:
    """Run a command's coroutine; an error of ours ends it with one line and status 1."""

    def run(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        gc.freeze()
        gc.enable()
        try:
            with asyncio.Runner(loop_factory=loop_factory()) as runner:
                return runner.run(work(*args, **kwargs))
        except HomewardError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            # Whoever read our output has seen enough.
            with contextlib.suppress(OSError):
                sys.stdout.close()
            raise SystemExit(1) from None

    run.__name__ = work.__name__
    run.__doc__ = work.__doc__
    return run


class Failures:
    """What of many things could not be done, each told when it happens; the rest goes on."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, message: str) -> None:
        """Count one, and say why."""
        self.count += 1
        click.echo(message, err=True)

    @contextlib.contextmanager
    def go_on(self, name: str) -> Iterator[None]:
        """Do one thing; a fault of ours in it stops nothing but that. What ends all (no database) still does."""
        try:
            yield
        except (HomewardError, OSError):
            raise
        except Exception:
            logger.exception("one of many failed", extra={"item": name})
            self.tell(
                f"{name}: this one was left out by a fault of Homeward's; the log above shows it. The rest goes on."
            )


def with_progress(items: Iterable[_T], *, length: int, label: str, to_file: bool = False) -> Iterator[_T]:
    """Pass on items, with a bar where standard error is a terminal and no output runs over it.

    Args:
        length: How many there are, at the most.
        to_file: What is made of them goes to a file, so that standard output stays still.
    """
    if not sys.stderr.isatty() or (sys.stdout.isatty() and not to_file):
        yield from items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield from bar


def print_json(document: object) -> None:
    """Write one JSON document on one line of standard output."""
    click.echo(json.dumps(document, ensure_ascii=False))


def open_text(path: str) -> TextIO:
    """Open a file for reading, `-` being standard input.

    Raises:
        click.ClickException: it cannot be read.
    """
    if path == "-":
        return sys.stdin
    try:
        return Path(path).open(encoding="utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
