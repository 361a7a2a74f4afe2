"""A Bot API server on loopback that is as strict as Telegram, keeps a journal, and can be told to misbehave.

    from tests.botapi import BotApiServer

    async with BotApiServer() as telegram:
        telegram.say(5, "/start")                       # somebody writes to the bot
        await telegram.wait_for(lambda: telegram.shown(5))
        telegram.press(5, "By month")                   # a button of the newest message that has it
        telegram.script("no_answer", method="sendMessage")  # taken, but the answer is lost

`python -m tests.botapi` serves the same over HTTP alone, with `POST /control/VERB` in the place of the methods.

Where Telegram drops something without a word (an entity with a bad link, the 101st entity, an entity over half of
another), this server refuses the request, so that a test sees it. What it does not know: Markdown, media other than
photos and documents, payments, games, stickers, business accounts.
"""

from tests.botapi.errors import ApiError
from tests.botapi.faults import Fault
from tests.botapi.journal import Call
from tests.botapi.limits import Limits
from tests.botapi.remote import RemoteBotApi
from tests.botapi.server import BotApiServer
from tests.botapi.world import Button, Chat, Message, User

__all__ = ["ApiError", "BotApiServer", "Button", "Call", "Chat", "Fault", "Limits", "Message", "RemoteBotApi", "User"]
