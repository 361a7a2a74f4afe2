"""The ledger in and out: import, export, backup, restore, copy."""

from pathlib import Path

import click

from bot.cli.common import async_command, now_option, open_text, opened_core, settings_and_clock, with_progress
from bot.cli.files import write_file


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
    from bot.rendering.rich import plain
    from bot.rendering.tables import csv_lines, export_caption
    from bot.services.interchange import export_lines

    async with opened_core(now) as core:
        ledger = await core.ledger.get()
        at = core.clock.now()
    lines = export_lines(ledger) if form == "jsonl" else csv_lines(ledger, at=at)
    # A table has a head; the interchange format has rounds and agreements too.
    most = len(ledger.claims) + (1 if form == "csv" else len(ledger.rounds) + len(ledger.agreements))
    to_file = file not in (None, "-")
    text = "".join(f"{line}\n" for line in with_progress(lines, length=most, label="Writing", to_file=to_file))
    caption = export_caption("en", text.encode(), claims=len(ledger.claims), version=ledger.version)
    click.echo(f"{plain(caption)}\n/method is a command of homeward chat.", err=True)
    if not to_file:
        click.echo(text, nl=False)
        return
    target = Path(str(file))
    try:
        write_file(target, text.encode())
    except OSError as error:
        raise click.ClickException(f"{target}: {error.strerror}") from None


@click.command()
@click.argument("file")
@now_option
@async_command
async def backup_command(file: str, now: str | None) -> None:
    """Write a consistent copy of the running database to FILE."""
    async with opened_core(now) as core:
        await core.database.backup(Path(file))
    click.echo(f"Written and checked: {file}", err=True)


@click.command()
@click.argument("file")
@click.option("--yes", is_flag=True, help="Do not ask.")
@now_option
@async_command
async def restore_command(file: str, yes: bool, now: str | None) -> None:
    """Put the backup FILE in the place of the database; what stands there now is backed up beside it first."""
    from storage.backup import restore, validate
    from storage.connections import Connections

    settings, clock = settings_and_clock(now)
    target = Connections(settings.database_url.get_secret_value()).path
    if target is None:
        raise click.ClickException("only a SQLite database is restored so; for PostgreSQL use pg_restore")
    validate(Path(file))
    if not yes:
        click.confirm(f"Replace {target} by {file}?", abort=True, err=True)
    kept = target.with_name(f"{target.stem}-before-{clock.now():%Y%m%dT%H%M%SZ}.db")
    if target.exists():
        async with opened_core(now) as core:
            await core.database.backup(kept)
        click.echo(f"What stood there is kept as {kept}.", err=True)
    await restore(Path(file), target)
    click.echo(f"Restored from {file}.", err=True)


@click.command()
@click.option("--to", "target", required=True, metavar="URL", help="Where to, such as postgresql+asyncpg://…")
@now_option
@async_command
async def copy_command(target: str, now: str | None) -> None:
    """Copy everything into another, empty database, and check that it arrived."""
    from storage.copy import copy_database
    from storage.database import open_database

    async with opened_core(now) as core, await open_database(target, timezone=core.settings.timezone) as other:
        copied = await copy_database(core.database, other)
    click.echo(f"{sum(copied.values())} rows copied and compared.", err=True)
