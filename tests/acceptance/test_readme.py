"""The README is true: its examples are answered so, and its tables name every setting and command."""

import datetime as dt
import re
from pathlib import Path

import click
import pytest

from bot.app import open_core
from bot.cli import cli
from bot.clock import FixedClock
from bot.config import Settings
from bot.rendering.answers import render_reply

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOW = dt.datetime(2026, 6, 20, 12, tzinfo=dt.UTC)


def examples():
    table = README.partition("| question | figure | how it was read |\n|---|---|---|\n")[2].partition("\n\n")[0]
    for line in table.splitlines():
        question, figure, reading = (cell.strip() for cell in line.strip("|").split("|"))
        yield question, int(figure) if figure else None, reading


@pytest.fixture
async def core(tmp_path):
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/readme.db", _env_file=None)
    async with open_core(settings, FixedClock(NOW)) as core:
        yield core


async def test_examples_are_answered_as_they_stand(core):
    told = []
    for question, *_ in examples():
        turn = None
        for text in question.split(" >> "):
            asked = await core.asker.ask(text, previous=turn)
            turn = asked.turn
        rendered = render_reply(asked.reply, asked.ledger, now=NOW, timezone=core.timezone)
        value = asked.reply.answers[0].value if asked.reply.answers else None
        told.append((question, value, rendered.reading.replace("\u00a0", " ")))
    assert told == list(examples())


def test_every_setting_has_its_line():
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"HOMEWARD_\w+", table)) == {f"HOMEWARD_{name.upper()}" for name in Settings.model_fields}


def test_every_command_has_its_line():
    table = README.partition("| on the command line |")[2].partition("\n\n")[0]
    with click.Context(cli) as context:
        for name in cli.list_commands(context):
            assert f"homeward {name}" in table or f"`{name} " in table, name
            command = cli.get_command(context, name)
            assert command is not None
            assert command.help or command.callback.__doc__, name
            for part in command.list_commands(context) if isinstance(command, click.Group) else ():
                assert part in table, f"{name} {part}"
