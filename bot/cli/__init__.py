"""The command line: what each command takes, and where its work is done.

Commands import what they need when they run, so that `homeward ask` starts without Telegram, plotting and HTTP.
"""

import gc
import importlib
import sys

import click

from bot import __version__

#: Command → the module that holds it.
COMMANDS = {
    "run": "running",
    "start": "running",
    "chat": "asking",
    "ask": "asking",
    "extract": "reading",
    "backfill": "reading",
    "import": "ledger",
    "export": "ledger",
    "backup": "ledger",
    "restore": "ledger",
    "copy": "ledger",
    "check": "running",
    "feeds": "feeds",
    "poll": "running",
    "claims": "moderating",
    "review": "moderating",
    "admins": "moderating",
}


class LazyGroup(click.Group):
    """Commands that are imported when they are called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table above."""
        return [name for name in COMMANDS if name != "start"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is none of that name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        loaded = importlib.import_module(f"bot.cli.{module}")
        command: click.Command = getattr(loaded, f"{cmd_name}_command")
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="homeward")
def cli() -> None:
    """Who was handed over between Russia and Ukraine, how many, when, and who says so."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    # What is imported stays; looking for garbage in it takes longer than importing it.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    cli(prog_name="homeward")
