"""Work that takes its time: whoever waits sees how far it is, and the word on it is gone when the work is done."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.rendering.styled import words
from handlers.call import Call

_Made = TypeVar("_Made")


async def with_progress(call: Call, work: Callable[[Callable[[float], None]], _Made], *, key: str) -> _Made:
    """Do a piece of work in a thread; where it is long, show its share in one message that changes.

    Args:
        work: Given what it has to call with the share that is done, from 0 to 1.
        key: Of the words, which take `percent`.
    """
    done = 0.0

    def told(share: float) -> None:
        nonlocal done
        done = share

    task = asyncio.create_task(asyncio.to_thread(work, told))
    shown: int | None = None
    while not (await asyncio.wait({task}, timeout=call.services.progress_every))[0]:
        # A word that cannot be said does not stop the work.
        with contextlib.suppress(TelegramError):
            await call.bot.send_chat_action(
                call.chat_id, ChatAction.UPLOAD_DOCUMENT, message_thread_id=call.incoming.thread_id or None
            )
            word = words(call.word(key, percent=round(done * 100)))
            shown = await call.reply(word) if shown is None else (await call.change(shown, word) or shown)
    if shown is not None:
        with contextlib.suppress(TelegramError):
            await call.bot.delete_message(call.chat_id, shown)
    return task.result()
