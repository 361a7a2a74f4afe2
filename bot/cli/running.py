"""Starting the bot, polling once, and the self-test."""

import contextlib

import click

from bot.cli.common import async_command, now_option, opened_core, settings_and_clock

with contextlib.suppress(ImportError):
    # What serves for long runs on it; see `bot.cli.common.loop_factory`.
    import uvloop as uvloop

NO_TOKEN = (
    "HOMEWARD_TELEGRAM_TOKEN is not set, so this is a conversation in the terminal. "
    "To run the bot, get a token from @BotFather in Telegram and put it into .env."
)


@click.command()
@click.option(
    "--roles",
    default="answer,poll,deliver",
    show_default=True,
    help="What this process does, with commas: answer, poll, deliver.",
)
@now_option
@async_command
async def run_command(roles: str, now: str | None) -> None:
    """Run the bot: Telegram, scheduler and delivery in one process."""
    from bot.config import ROLES
    from bot.logs import set_up_logging
    from bot.running import run_bot

    chosen = frozenset(role.strip() for role in roles.split(",") if role.strip())
    if not chosen or chosen - set(ROLES):
        raise click.BadParameter(f"roles are {', '.join(ROLES)}", param_hint="--roles")
    settings, clock = settings_and_clock(now, running=True)
    set_up_logging(level=settings.log_level, secrets=settings.secrets)
    await run_bot(settings, clock, roles=chosen)


@click.command(hidden=True)
@click.pass_context
def start_command(ctx: click.Context) -> None:
    """Run the bot where a token is set, and the terminal where none is."""
    from bot.cli.asking import chat_command
    from bot.errors import SettingsError

    try:
        settings, _ = settings_and_clock(None)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    if settings.telegram_token is not None:
        ctx.invoke(run_command, roles="answer,poll,deliver", now=None)
        return
    click.echo(NO_TOKEN, err=True)
    ctx.invoke(chat_command, lang=None, now=None)


@click.command()
@now_option
@async_command
async def poll_command(now: str | None) -> None:
    """Poll every due feed once, deliver, and end."""
    from bot.running import poll_once

    async with opened_core(now) as core:
        await poll_once(core, report=lambda line: click.echo(line, err=True))


@click.command()
@click.option("--offline", is_flag=True, help="Leave out the Bot API and the feeds.")
@now_option
@async_command
async def check_command(offline: bool, now: str | None) -> None:
    """Test settings, database, Bot API and feeds; status 1 where something is wrong."""
    from bot.checking import check

    settings, clock = settings_and_clock(now)
    failed = 0
    async for line in check(settings, clock, online=not offline):
        failed += not line.passed
        click.echo(f"{'ok  ' if line.passed else 'FAIL'}  {line.what}: {line.told}")
    if failed:
        raise click.ClickException(f"{failed} of the checks failed")
