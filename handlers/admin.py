"""What administrators do beside adding: corrections, the audit log, roles, counts, the state, a backup."""

import datetime as dt
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.domain.commands import AuditQuery
from bot.errors import CommandError
from bot.language import commands
from bot.rendering.audit import audit_lines, reason_words, who_words
from bot.rendering.moderation import admins_lines, status_lines, subscribers_lines
from bot.rendering.rich import join
from bot.rendering.styled import words
from bot.rendering.words import instant
from bot.services.moderate import is_large
from bot.services.status import status_facts
from handlers.call import Call
from handlers.cards import do_at_once, say_wrong
from handlers.menu import publish_menu_of
from handlers.registry import Handler, Role, Routes

routes = Routes()

#: Prefix of the buttons that page the audit log: `AUDIT:BEFORE.AUTHOR.ABOUT.DAY`.
AUDIT = "aud"
#: Prefix of the buttons that take back a large change: `UNDO:NUMBER`; without a number it is left.
UNDO = "und"


def _command(name: str, role: Role = "editor") -> Callable[[Callable[[Call], Awaitable[None]]], Handler]:
    """Take a command whose mistakes are told with the right form."""

    def take(handler: Callable[[Call], Awaitable[None]]) -> Handler:
        async def told(call: Call) -> None:
            try:
                await handler(call)
            except CommandError as error:
                await say_wrong(call, error)

        return routes.command(name, role=role)(told)

    return take


@_command("admin")
async def overview(call: Call) -> None:
    """Say what an administrator can do."""
    is_owner = await call.services.moderation.role_of(call.user_id) == "owner"
    keys = ("admin-help", "admin-help-owner") if is_owner else ("admin-help",)
    await call.reply(join(tuple(words(call.word(key)) for key in keys)))


# Corrections


@_command("edit")
async def edit(call: Call) -> None:
    """Change one claim."""
    await do_at_once(call, commands.parse_edit(call.args, today=call.services.moderation.today))


@_command("retract")
async def retract(call: Call) -> None:
    """Let a claim count no longer."""
    await do_at_once(call, commands.parse_retract(call.args))


@_command("pin")
async def pin(call: Call) -> None:
    """Choose the headline figure."""
    await do_at_once(call, commands.parse_pin(call.args))


@_command("merge")
async def merge(call: Call) -> None:
    """Make one round of two."""
    await do_at_once(call, commands.parse_merge(call.args))


@_command("split")
async def split(call: Call) -> None:
    """Make two rounds of one."""
    await do_at_once(call, commands.parse_split(call.args, today=call.services.moderation.today))


@_command("undo")
async def undo(call: Call) -> None:
    """Take back one's own last change, or an entry of the audit log; a large one is asked about."""
    moderation, author = call.services.moderation, str(call.user_id)
    entry = await moderation.to_undo(author=author, number=commands.parse_undo(call.args))
    if is_large(entry):
        who = who_words(call.lang, entry.author)
        buttons = [[(call.word("undo-all"), f"{UNDO}:{entry.id}"), (call.word("card-drop"), f"{UNDO}:")]]
        await call.say("undo-large", buttons, n=str(entry.id), who=who, reason=reason_words(call.lang, entry.reason))
    else:
        await _undo(call, entry.id)


@routes.button(UNDO, role="editor")
async def undo_button(call: Call) -> None:
    """Take back a large change, or leave it."""
    try:
        if call.args.isdecimal():
            await _undo(call, int(call.args))
        elif not call.args:
            await call.say("card-dropped", in_place=True)
        else:
            await call.toast(call.word("card-gone"), alert=True)
    except CommandError as error:
        await say_wrong(call, error)


async def _undo(call: Call, number: int) -> None:
    done = await call.services.moderation.undo(author=str(call.user_id), number=number)
    said = [words(call.word("undone", n=str(done.entry.id), reason=reason_words(call.lang, done.entry.reason)))]
    if done.applied.audit is not None:
        said.append(words(call.word("card-done", n=str(done.applied.audit))))
    await call.reply(join(said), in_place=True)


# The audit log


@_command("audit")
async def audit(call: Call) -> None:
    """Show who changed what, newest first."""
    await _show_audit(call, commands.parse_audit(call.args, today=call.services.moderation.today))


@routes.button(AUDIT, role="editor")
async def audit_page(call: Call) -> None:
    """Turn the page."""
    before, author, about, day = (*call.args.split("."), "", "", "", "")[:4]
    try:
        query = AuditQuery(
            before=int(before) if before else None,
            author=author or None,
            about=about or None,
            day=dt.date.fromisoformat(day) if day else None,
        )
    except ValueError:
        await call.toast(call.word("card-gone"), alert=True)
        return
    await _show_audit(call, query, in_place=True)


async def _show_audit(call: Call, query: AuditQuery, *, in_place: bool = False) -> None:
    entries, more = await call.services.moderation.audit(query)
    lines = audit_lines(
        call.lang,
        entries,
        timezone=call.services.timezone,
        who=lambda author: who_words(call.lang, author),
        about=query.about,
    )
    row = []
    if query.before is not None:
        row.append((call.word("audit-newer"), _audit_data(query, None)))
    if more:
        row.append((call.word("audit-older"), _audit_data(query, entries[-1].id)))
    await call.reply(join(lines, "\n\n"), [row] if row else [], in_place=in_place)


def _audit_data(query: AuditQuery, before: int | None) -> str:
    day = query.day.isoformat() if query.day else ""
    return f"{AUDIT}:{before or ''}.{query.author or ''}.{query.about or ''}.{day}"


# Roles, counts, state, backup


@_command("admins", role="owner")
async def admins(call: Call) -> None:
    """List the roles, give one, take one away."""
    command = commands.parse_admins(call.args)
    moderation, author = call.services.moderation, str(call.user_id)
    who = str(command.user_id)
    match command.action:
        case "list":
            await call.reply(admins_lines(call.lang, await moderation.admins()))
        case "add":
            await moderation.appoint(command.user_id, command.role, author=author)
            await publish_menu_of(call.bot, command.user_id, call.services)
            await call.say("admins-added", id=who, role=call.word("role-given", role=command.role))
        case "remove":
            await moderation.dismiss(command.user_id, author=author)
            await publish_menu_of(call.bot, command.user_id, call.services)
            await call.say("admins-removed", id=who)


@_command("subscribers")
async def subscribers(call: Call) -> None:
    """Say how many there are, never who."""
    await call.reply(subscribers_lines(call.lang, await call.services.subscriptions.counts()))


@_command("status")
async def status(call: Call) -> None:
    """Say how the program is doing."""
    services = call.services
    facts = await status_facts(
        ledger=services.ledger,
        reviews=services.reviews,
        outbox=services.outbox,
        feeds=services.feeds,
        clock=services.clock,
        started_at=services.started_at,
        last_backup=services.last_backup(),
    )
    await call.reply(status_lines(call.lang, facts, timezone=services.timezone))


@_command("backup", role="owner")
async def backup(call: Call) -> None:
    """Send the database as a file, to an owner's private chat and nowhere else."""
    services = call.services
    if not call.incoming.private:
        raise CommandError("admin-private-only")
    if services.backup is None:
        raise CommandError("backup-unable")
    now = services.clock.now()
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / f"homeward-{now:%Y%m%d-%H%M}.db"
        await services.backup(file)
        content = file.read_bytes()
    at = instant(call.lang, now.astimezone(services.timezone))
    await call.document(content, file.name, words(call.word("backup-caption", at=at)))
