"""`--now` replaces the clock for the whole command, whichever it is."""

import datetime as dt
from collections.abc import Iterator

import click
import pytest

from bot.cli import cli
from bot.clock import FixedClock, RunningClock

INSTANT = dt.datetime(2025, 6, 20, 12, tzinfo=dt.UTC)


def commands(group: click.Group, name: str = "") -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group)
    for key in group.list_commands(ctx):
        command = group.get_command(ctx, key)
        assert command is not None
        path = f"{name} {key}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, path)
        else:
            yield path, command


@pytest.mark.parametrize(("name", "command"), [pytest.param(n, c, id=n) for n, c in commands(cli)])
def test_every_command_takes_now(name: str, command: click.Command) -> None:
    assert "--now" in [opt for parameter in command.params for opt in parameter.opts], name


def test_set_clock_stands_still() -> None:
    clock = FixedClock(INSTANT)
    assert clock.now() == clock.now() == INSTANT


def test_clock_of_what_serves_goes_on() -> None:
    clock = RunningClock(INSTANT)
    first = clock.now()
    assert INSTANT <= first <= clock.now()
