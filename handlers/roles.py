"""Who somebody is to the program: asked anew at every call, so that a role taken away is gone at once."""

import logging

from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.errors import StorageError
from handlers.incoming import Incoming
from handlers.registry import Role
from handlers.services import Services

logger = logging.getLogger(__name__)

_IN_CHARGE = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def role_of(user_id: int, services: Services) -> Role:
    """Return what somebody is in the whole program: "reader", "editor" or "owner"; a reader where it cannot be read."""
    if user_id in services.owners:
        return "owner"
    try:
        given = (await services.admins.roles()).get(user_id)
    except StorageError:
        logger.exception("roles could not be read")
        given = None
    return known_role(user_id, given, services)


def known_role(user_id: int, given: str | None, services: Services) -> Role:
    """Return what somebody is in the whole program, by what an owner gave them."""
    if user_id in services.owners or given == "owner":
        return "owner"
    return "editor" if given == "editor" else "reader"


def enough(has: Role, asked: Role) -> bool:
    """Tell whether who has one role may do what needs the other; "chat_admin" aside."""
    return asked == "reader" or has == "owner" or has == asked


async def may(role: Role, incoming: Incoming, *, services: Services, bot: Bot) -> bool:
    """Tell whether the person of an update may do what needs this role."""
    if role == "reader":
        return True
    if role == "chat_admin":
        return await _in_charge(incoming, bot)
    return enough(await role_of(incoming.user_id, services), role)


async def _in_charge(incoming: Incoming, bot: Bot) -> bool:
    """Tell whether somebody decides for the chat; Telegram is asked each time."""
    if incoming.private or incoming.as_chat or (incoming.chat_type == "channel" and incoming.what == "command"):
        return True
    try:
        member = await bot.get_chat_member(incoming.chat_id, incoming.user_id)
    except TelegramError:
        logger.warning("a chat's administrators could not be asked for", exc_info=True)
        return False
    return member.status in _IN_CHARGE
