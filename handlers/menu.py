"""The menu of commands that Telegram shows, in each language."""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.domain.replies import LANGS, Lang
from bot.rendering.texts import text

logger = logging.getLogger(__name__)

#: In the order shown (contract, section 5).
MENU = (
    "start", "help", "ask", "last", "rounds", "round", "chart", "sources", "conflicts", "why", "ref", "subscribe",
    "unsubscribe", "settings", "language", "export", "method", "privacy",
)  # fmt: skip


def menu(lang: Lang) -> list[BotCommand]:
    """Return the commands with what each does."""
    return [BotCommand(name, text(lang, f"menu-{name}")) for name in MENU]


async def publish_menu(bot: Bot) -> None:
    """Give Telegram the menu in every language, English for the rest; a menu that could not be set stops nothing."""
    for lang in LANGS:
        try:
            await bot.set_my_commands(menu(lang), language_code=lang)
        except TelegramError:
            logger.warning("the menu could not be set", exc_info=True, extra={"lang": lang})
    try:
        await bot.set_my_commands(menu("en"))
    except TelegramError:
        logger.warning("the menu could not be set", exc_info=True)
