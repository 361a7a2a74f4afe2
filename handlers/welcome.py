"""The first minute: /start, /help and how figures are chosen; and where a link into the bot leads."""

import logging
from dataclasses import replace

from bot.errors import CommandError, StorageError
from bot.language.wishes import parse_wishes
from bot.rendering.pages import help_page, method_page, start_page
from bot.rendering.rendered import Rendered
from bot.rendering.rich import join
from bot.rendering.styled import words
from handlers.answers import HELP, show_page
from handlers.call import Call
from handlers.evidence import show_ref
from handlers.menu import MENU, publish_menu_of
from handlers.registry import Routes
from handlers.roles import may
from handlers.subscriptions import subscribe

logger = logging.getLogger(__name__)
routes = Routes()

#: What a link `t.me/bot?start=…` may carry: an answer's reference, or what to subscribe to.
REF, SUBSCRIBE = "ref_", "sub_"
#: What /help tells of: the menu, without itself and what a greeting and plain words do.
COMMANDS = tuple(name for name in MENU if name not in ("start", "help", "ask"))


@routes.command("start")
async def start(call: Call) -> None:
    """Greet, or go where the link leads."""
    await _revive(call)
    if call.incoming.private and call.role != "reader":
        await publish_menu_of(call.bot, call.user_id, call.services)
    if call.args.startswith(REF):
        await show_ref(call, call.args.removeprefix(REF))
    elif call.args.startswith(SUBSCRIBE):
        await _subscribe(call, call.args.removeprefix(SUBSCRIBE).replace("_", " "))
    else:
        await _greet(call)


@routes.command("help")
@routes.button(HELP)
async def show_help(call: Call) -> None:
    """Show what can be asked, with questions that work when tapped."""
    services, lang = call.services, call.lang
    ledger = await services.ledger.get()
    now, bot = services.clock.now(), f"@{call.bot.username}"
    page = help_page(lang, ledger, now=now, timezone=services.timezone, commands=COMMANDS, bot=bot)
    if await may("editor", call.incoming, services=services, bot=call.bot):
        page = replace(page, text=join((page.text, words(call.word("help-admin"))), "\n\n"))
    await show_page(call, page, lang=lang)


@routes.command("method")
async def method(call: Call) -> None:
    """Say how figures are chosen and what is missing."""
    await call.reply(
        method_page(call.lang, await call.services.ledger.get()), [[(call.word("button-help"), f"{HELP}:")]]
    )


async def _greet(call: Call) -> None:
    services, lang = call.services, call.lang
    ledger = await services.ledger.get()
    page = start_page(lang, ledger, now=services.clock.now(), timezone=services.timezone)
    if not call.incoming.private:
        text = join((page.text, words(call.word("add-to-group"))), "\n\n")
        page = Rendered(text=text, buttons=page.buttons)
    await show_page(call, page, lang=lang)


async def _subscribe(call: Call, wanted: str) -> None:
    """Subscribe as the link says; a link that says something else subscribes to everything."""
    if not await may("chat_admin", call.incoming, services=call.services, bot=call.bot):
        await call.say("subscribe-not-admin")
        return
    try:
        wishes = parse_wishes(wanted)
    except CommandError:
        wishes = parse_wishes("")
    await subscribe(call, wishes)


async def _revive(call: Call) -> None:
    """Whoever comes back has their subscription again, as it was."""
    try:
        await call.services.subscriptions.revive(call.chat_id)
    except StorageError:
        logger.exception("a subscription could not be revived")
