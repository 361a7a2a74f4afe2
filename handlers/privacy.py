"""What is kept of a chat, and its deletion on request: /privacy."""

from bot.rendering.pages import privacy_page
from handlers.call import Call
from handlers.registry import Routes
from handlers.roles import may

routes = Routes()

PRIVACY = "d"
#: Asked for, confirmed, thought better of.
ASK, YES, NO = "ask", "yes", "no"


@routes.command("privacy")
async def privacy(call: Call) -> None:
    """Say what is kept."""
    await call.reply(privacy_page(call.lang), [[(call.word("privacy-delete"), f"{PRIVACY}:{ASK}")]])


@routes.button(PRIVACY)
async def delete(call: Call) -> None:
    """Delete everything, after asking once; of a group only for those who run it."""
    if not await may("chat_admin", call.incoming, services=call.services, bot=call.bot):
        await call.toast(call.word("only-chat-admins"), alert=True)
        return
    match call.args:
        case "ask":
            sure = (call.word("privacy-delete"), f"{PRIVACY}:{YES}")
            back = (call.word("button-previous"), f"{PRIVACY}:{NO}")
            await call.say("privacy-confirm", [[sure, back]], in_place=True)
        case "yes":
            deleted = await call.services.chats.forget(call.chat_id)
            call.services.answered.forget(call.chat_id)
            await call.say("privacy-deleted" if deleted else "privacy-nothing", in_place=True)
        case "no":
            again = [[(call.word("privacy-delete"), f"{PRIVACY}:{ASK}")]]
            await call.reply(privacy_page(call.lang), again, in_place=True)
        case _:
            await call.toast(call.word("stale-button"), alert=True)
