"""What administrators do, from the command line: claims, reviews, roles. The same services as in the chat."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import click

from bot.app import Core, make_moderation
from bot.cli.common import async_command, now_option, opened_core
from bot.domain.commands import Command, Role
from bot.domain.replies import Lang
from bot.errors import CommandError
from bot.language.commands import (
    parse_add,
    parse_audit,
    parse_edit,
    parse_merge,
    parse_pin,
    parse_retract,
    parse_split,
    parse_undo,
)
from bot.rendering.audit import audit_lines, who_words
from bot.rendering.moderation import admins_lines, error_words, proposal_card, review_head
from bot.rendering.rich import plain
from bot.services.moderate import Moderation, Saved, Seconded

#: Under this name the audit log knows whoever runs the server.
AUTHOR = "cli"
#: The command line speaks English.
LANG: Lang = "en"

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


@asynccontextmanager
async def _opened(now: str | None) -> AsyncIterator[tuple[Core, Moderation]]:
    """Open what is moderated with; a command that cannot be done ends with one line that says why."""
    async with opened_core(now) as core:
        try:
            yield core, make_moderation(core)
        except CommandError as error:
            raise click.ClickException(plain(error_words(LANG, error))) from None


async def _carry_out(core: Core, moderation: Moderation, command: Command, *, yes: bool) -> None:
    """Show what a command would do, ask, and do exactly that."""
    proposal = await moderation.propose(command, author=AUTHOR)
    click.echo(plain(proposal_card(LANG, proposal, await core.ledger.get())), err=True)
    if not yes:
        click.confirm("Save it?", abort=True, err=True)
    outcome = await moderation.carry_out(command, author=AUTHOR, seen=proposal.fingerprint)
    if isinstance(outcome, Saved):
        click.echo(f"Saved: version {outcome.applied.version}, audit {outcome.applied.audit}.", err=True)
    elif isinstance(outcome, Seconded):
        click.echo("Accepted; a second administrator is needed.", err=True)
    else:
        raise click.ClickException("somebody else changed it meanwhile; look again")


@click.group()
def claims_command() -> None:
    """Add and correct claims. Nothing is overwritten: each change can be taken back."""


def _claims(name: str, read: Callable[[str, Moderation], Command], usage: str, told: str) -> None:
    @claims_command.command(name, help=told)
    @click.argument("words", nargs=-1, required=True, metavar=usage)
    @yes_option
    @now_option
    @async_command
    async def change(words: Sequence[str], yes: bool, now: str | None) -> None:
        async with _opened(now) as (core, moderation):
            await _carry_out(core, moderation, read(_typed(words), moderation), yes=yes)


def _typed(words: Sequence[str]) -> str:
    """Write arguments as they would be typed in the chat; a value with spaces gets its quotes back."""
    return " ".join(_quoted(word) if " " in word else word for word in words)


def _quoted(word: str) -> str:
    key, equals, value = word.partition("=")
    return f'{key}="{value}"' if equals else f'"{word}"'


def _today(parse: Callable[..., Any]) -> Callable[[str, Moderation], Command]:
    def read(text: str, moderation: Moderation) -> Command:
        command: Command = parse(text, today=moderation.today)
        return command

    return read


def _plain(parse: Callable[[str], Any]) -> Callable[[str, Moderation], Command]:
    def read(text: str, _: Moderation) -> Command:
        command: Command = parse(text)
        return command

    return read


_claims(
    "add",
    _today(parse_add),
    "KIND RECIPIENT COUNT DATE [key=value …]",
    "Add a claim: remains ukraine 1212 2025-06-11 party=ukraine source=https://…",
)
_claims("edit", _today(parse_edit), "CLAIM key=value …", "Correct a claim: C12 count=1213")
_claims("retract", _plain(parse_retract), "CLAIM REASON", "Take a claim out of every answer: C12 a misprint")
_claims("pin", _plain(parse_pin), "CLAIM", "Make a claim its round's figure: C12; C12 off lets it go.")
_claims("merge", _plain(parse_merge), "ROUND ROUND", "Make one round of two; the first id stays.")
_claims("split", _today(parse_split), "ROUND CLAIM …", "Make a round of its own of some of a round's claims.")


@claims_command.command("undo")
@click.argument("number", required=False)
@now_option
@async_command
async def undo(number: str | None, now: str | None) -> None:
    """Take back the change NUMBER of the audit log, or the last one made here."""
    async with _opened(now) as (_, moderation):
        done = await moderation.undo(author=AUTHOR, number=parse_undo(number or ""))
    click.echo(f"Taken back: audit {done.entry.id}; version {done.applied.version}.", err=True)


@claims_command.command("audit")
@click.argument("filters", nargs=-1)
@now_option
@async_command
async def audit(filters: Sequence[str], now: str | None) -> None:
    """Show who changed what, newest first; FILTERS are a person, a day, a round or a claim."""
    async with _opened(now) as (core, moderation):
        query = parse_audit(" ".join(filters), today=moderation.today)
        entries, older = await moderation.audit(query)
        lines = audit_lines(LANG, entries, timezone=core.timezone, who=partial(who_words, LANG))
    click.echo("\n\n".join(plain(line) for line in lines))
    if older:
        click.echo("There are older entries: narrow it down by day.", err=True)


@click.group()
def review_command() -> None:
    """Reports that wait for a decision."""


@review_command.command("list")
@now_option
@async_command
async def list_reviews(now: str | None) -> None:
    """List what waits, oldest first."""
    async with _opened(now) as (core, moderation):
        waiting = await moderation.waiting()
        heads = [review_head(LANG, w, timezone=core.timezone, who=partial(who_words, LANG)) for w in waiting]
    click.echo("\n\n".join(map(plain, heads)) if heads else "Nothing waits.")


@review_command.command("accept")
@click.argument("number", type=int)
@yes_option
@now_option
@async_command
async def accept(number: int, yes: bool, now: str | None) -> None:
    """Record what the waiting report NUMBER states."""
    async with _opened(now) as (core, moderation):
        waiting = await moderation.review(number)
        if waiting is None:
            raise click.ClickException(f"no report {number} waits; see homeward review list")
        command = await moderation.command_for(waiting.report, review=number)
        await _carry_out(core, moderation, command, yes=yes)


@review_command.command("reject")
@click.argument("number", type=int)
@now_option
@async_command
async def reject(number: int, now: str | None) -> None:
    """Settle the waiting report NUMBER without a change."""
    async with _opened(now) as (_, moderation):
        if not await moderation.reject(number, author=AUTHOR):
            raise click.ClickException(f"no report {number} waits; see homeward review list")
    click.echo(f"Rejected: {number}", err=True)


@click.group()
def admins_command() -> None:
    """Who may change the ledger. Owners stand in HOMEWARD_ADMIN_IDS."""


@admins_command.command("list")
@now_option
@async_command
async def list_admins(now: str | None) -> None:
    """List owners and editors."""
    async with _opened(now) as (_, moderation):
        admins = await moderation.admins()
    click.echo(plain(admins_lines(LANG, admins)))


@admins_command.command("add")
@click.argument("user_id", type=int)
@click.argument("role", type=click.Choice(["editor", "owner"]), default="editor")
@now_option
@async_command
async def appoint(user_id: int, role: Role, now: str | None) -> None:
    """Give a Telegram user a role."""
    async with _opened(now) as (_, moderation):
        await moderation.appoint(user_id, role, author=AUTHOR)
    click.echo(f"{user_id} is {role} now.", err=True)


@admins_command.command("remove")
@click.argument("user_id", type=int)
@now_option
@async_command
async def dismiss(user_id: int, now: str | None) -> None:
    """Take a Telegram user's role away."""
    async with _opened(now) as (_, moderation):
        await moderation.dismiss(user_id, author=AUTHOR)
    click.echo(f"{user_id} has no role any more.", err=True)
