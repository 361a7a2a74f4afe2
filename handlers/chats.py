"""What becomes of chats: the bot is let in, thrown out or blocked, a group gets a new id. Nothing is said about it."""

import logging

from handlers.call import Call
from handlers.registry import Routes

logger = logging.getLogger(__name__)
routes = Routes()


@routes.on("member")
async def member(call: Call) -> None:
    """Hold back what a chat is told while it is closed to the bot, and bring it back when it opens."""
    subscriptions = call.services.subscriptions
    if call.incoming.present:
        revived = await subscriptions.revive(call.chat_id)
        logger.info("a chat opened", extra={"type": call.incoming.chat_type, "revived": revived})
    else:
        await subscriptions.suspend(call.chat_id, at=call.services.clock.now())
        logger.info("a chat closed", extra={"type": call.incoming.chat_type})


@routes.on("migration")
async def migrated(call: Call) -> None:
    """Move everything of a group to the id that it has as a supergroup."""
    if call.incoming.old_chat_id is not None:
        await call.services.subscriptions.migrate(call.incoming.old_chat_id, call.chat_id)
        logger.info("a group was migrated")
