"""The menu of commands that Telegram shows, in each language; administrators see theirs in their own chat."""

import logging
from collections.abc import Iterable, Mapping
from typing import Final

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.domain.replies import LANGS, Lang
from bot.errors import StorageError
from bot.rendering.texts import text
from handlers.registry import Role
from handlers.roles import role_of
from handlers.services import Services

logger = logging.getLogger(__name__)

#: In the order shown (contract, section 5).
MENU = (
    "start", "help", "ask", "last", "rounds", "round", "chart", "sources", "conflicts", "why", "ref", "subscribe",
    "unsubscribe", "settings", "language", "export", "method", "privacy",
)  # fmt: skip
#: What administrators see before it.
OF_EDITORS = (
    "review", "add", "edit", "retract", "pin", "merge", "split", "undo", "audit", "feeds", "status", "subscribers",
    "admin",
)  # fmt: skip
OF_OWNERS = ("admins", "backup")
_BEFORE: Final[Mapping[Role, tuple[str, ...]]] = {"editor": OF_EDITORS, "owner": (*OF_EDITORS, *OF_OWNERS)}


def menu(lang: Lang, role: Role = "reader") -> list[BotCommand]:
    """Return the commands that somebody may give, with what each does."""
    return [BotCommand(name, text(lang, f"menu-{name}")) for name in (*_BEFORE.get(role, ()), *MENU)]


async def publish_menu(bot: Bot, services: Services) -> None:
    """Give Telegram the menus of everybody and of each administrator; a menu that could not be set stops nothing."""
    await _set(bot, BotCommandScopeDefault(), "reader")
    try:
        appointed = set(await services.admins.roles())
    except StorageError:
        logger.exception("roles could not be read")
        appointed = set()
    for user_id in sorted(services.owners | appointed):
        await publish_menu_of(bot, user_id, services)


async def publish_menu_of(bot: Bot, user_id: int, services: Services) -> None:
    """Give somebody's private chat the menu of their role; a reader gets the one of everybody."""
    await _set(bot, BotCommandScopeChat(user_id), await role_of(user_id, services))


async def _set(bot: Bot, scope: BotCommandScope, role: Role) -> None:
    """Set a menu in every language, English for the rest."""
    own = isinstance(scope, BotCommandScopeChat)
    tongues: Iterable[Lang | None] = (*LANGS, None)
    for tongue in tongues:
        try:
            if own and role == "reader":
                await bot.delete_my_commands(scope, language_code=tongue)
            else:
                await bot.set_my_commands(menu(tongue or "en", role), scope, language_code=tongue)
        except TelegramError as error:
            # An administrator who has not written to the bot yet has no chat; theirs is set when they do.
            logger.log(
                logging.INFO if own else logging.WARNING,
                "the menu could not be set",
                extra={"lang": tongue, "role": role, "reason": str(error)},
            )
            if own:
                return
