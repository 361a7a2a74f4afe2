"""The Telegram application: every handler registered, errors caught, each update worked on once.

Whether updates come by long polling or by webhook is the wiring's to say.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.error import BadRequest, Forbidden, NetworkError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseRateLimiter,
    CallbackContext,
    Defaults,
    ExtBot,
    TypeHandler,
)
from telegram.request import BaseRequest

from bot.errors import StorageError
from handlers import (
    admin,
    admin_add,
    admin_feeds,
    chats,
    evidence,
    exports,
    inline,
    languages,
    pictures,
    privacy,
    questions,
    review,
    subscriptions,
    welcome,
)
from handlers.dispatch import Dispatcher, make_call
from handlers.fairness import FairProcessor
from handlers.incoming import read_update
from handlers.registry import Registry
from handlers.services import KEY, Services

logger = logging.getLogger(__name__)

#: What Telegram is asked to send.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "inline_query",
    "callback_query",
    "my_chat_member",
)

App = Application[ExtBot[Any], CallbackContext[Any, Any, Any, Any], Any, Any, dict[str, Any], None]


def make_registry() -> Registry:
    """Return every handler of the program; texts are offered to the modules in this order."""
    return Registry(
        admin_add.routes,
        admin.routes,
        admin_feeds.routes,
        review.routes,
        welcome.routes,
        evidence.routes,
        pictures.routes,
        exports.routes,
        subscriptions.routes,
        languages.routes,
        privacy.routes,
        inline.routes,
        chats.routes,
        questions.routes,
    )


def build_application(
    *,
    token: str,
    api_url: str,
    services: Services,
    request: BaseRequest,
    updates_request: BaseRequest,
    rate_limiter: BaseRateLimiter[Any] | None = None,
) -> App:
    """Return the application, not yet started.

    Args:
        token: The bot's.
        api_url: Root of the Bot API server, without a slash at its end.
        services: What handlers may use; afterwards `application.bot_data[KEY]`.
        request: For everything but updates.
        updates_request: For long polling, whose requests take long.
        rate_limiter: Keeps Telegram's limits.
    """
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(request)
        .get_updates_request(updates_request)
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .concurrent_updates(FairProcessor())
        .job_queue(None)
    )
    if rate_limiter is not None:
        builder = builder.rate_limiter(rate_limiter)
    application: App = builder.build()
    application.bot_data[KEY] = services
    dispatcher = Dispatcher(make_registry(), services)

    async def handle(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        async with _once(update, services) as first:
            if first:
                await dispatcher.dispatch(update, context.bot)

    application.add_handler(TypeHandler(Update, handle))
    application.add_error_handler(_apologise)
    return application


@asynccontextmanager
async def _once(update: Update, services: Services) -> AsyncIterator[bool]:
    """Tell whether this update is new, and remember it when it was worked on.

    Telegram repeats one where it doubts that it arrived. What was cut off in the middle is worked on again; a question
    that is being typed is not worth remembering.
    """
    if update.inline_query is not None:
        yield True
        return
    try:
        first = await services.chats.begin_update(update.update_id)
    except StorageError:
        logger.exception("updates could not be told apart")
        yield True
        return
    if not first:
        yield False
        return
    handled = True
    try:
        yield True
    except asyncio.CancelledError:
        handled = False
        raise
    finally:
        try:
            await services.chats.end_update(update.update_id, at=services.clock.now(), handled=handled)
        except StorageError:
            logger.exception("an update could not be remembered")


async def _apologise(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Log what went wrong; whoever asked gets a short word in their language and never a trace."""
    error = context.error
    if isinstance(error, Forbidden):
        logger.info("a chat has closed itself to the bot")
        return
    logger.error("an update could not be handled", exc_info=error)
    lost = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    if lost or not isinstance(update, Update):
        return
    incoming = read_update(update, bot_id=context.bot.id, username=context.bot.username)
    if incoming is None or incoming.what not in ("command", "text", "button"):
        return
    try:
        call = await make_call(incoming, context.bot_data[KEY], context.bot)
        if incoming.what == "button":
            await call.toast(call.word("sorry"), alert=True)
        else:
            await call.say("sorry")
    except Exception:
        logger.exception("not even an apology could be sent")
