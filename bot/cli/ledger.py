"""The ledger in and out: import, export, backup, restore, copy."""

from pathlib import Path

import click

from bot.cli.common import async_command, now_option, open_text, opened_core


@click.command()
@click.argument("file")
@now_option
@async_command
async def import_command(file: str, now: str | None) -> None:
    """Take FILE (JSON Lines, "-" for standard input) into the ledger, whole or not at all."""
    from bot.services.interchange import import_lines

    with open_text(file) as lines:
        async with opened_core(now) as core:
            done = await import_lines(core.database.ledger, lines, at=core.clock.now())
    state = "nothing was new" if done.unchanged else f"the ledger is at version {done.version}"
    click.echo(f"{done.agreements} agreements, {done.rounds} rounds, {done.claims} claims read; {state}.", err=True)


@click.command()
@click.argument("file", required=False)
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@now_option
@async_command
async def export_command(file: str | None, form: str, now: str | None) -> None:
    """Write the ledger to FILE, or to standard output: JSON Lines, or CSV for a spreadsheet."""
    from bot.rendering.tables import csv_lines
    from bot.services.interchange import export_lines

    async with opened_core(now) as core:
        ledger = await core.ledger.get()
        at = core.clock.now()
    lines = export_lines(ledger) if form == "jsonl" else csv_lines(ledger, at=at)
    text = "".join(f"{line}\n" for line in lines)
    if file in (None, "-"):
        click.echo(text, nl=False)
        return
    target = Path(str(file))
    # Written beside it and moved into place, so that a kill leaves the old file or the new one.
    partial = target.with_name(target.name + ".partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="")
        partial.replace(target)
    except OSError as error:
        raise click.ClickException(f"{target}: {error.strerror}") from None


@click.command()
@click.argument("file")
@async_command
async def backup_command(file: str) -> None:
    """Write a consistent copy of the running database to FILE."""
    async with opened_core(None) as core:
        await core.database.backup(Path(file))
    click.echo(f"Written and checked: {file}", err=True)


@click.command()
@click.argument("file")
@click.option("--force", is_flag=True, help="Replace a database that stands already; it is kept beside the new one.")
@async_command
async def restore_command(file: str, force: bool) -> None:
    """Put the backup FILE in the place of the database. Stop the bot first."""
    from bot.cli.common import settings_and_clock
    from storage import restore

    settings, _ = settings_and_clock(None)
    kept = await restore(Path(file), settings.database_url.get_secret_value(), replace=force)
    note = f" What stood there is kept as {kept}." if kept else ""
    click.echo(f"Restored from {file}.{note}", err=True)


@click.command()
@click.option("--to", "target", required=True, metavar="URL", help="Where to, such as postgresql+asyncpg://…")
@async_command
async def copy_command(target: str) -> None:
    """Copy everything into another, empty database, and check it."""
    from storage import copy_database, open_database

    async with opened_core(None) as core, open_database(target) as other:
        copied = await copy_database(core.database, other)
    click.echo(f"{copied} rows copied and compared.", err=True)
