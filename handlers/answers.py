"""How an answer is put into a chat: its text, its buttons, its pages, and the conversation kept after it."""

import logging
from collections.abc import Iterable, Sequence

from bot.domain.queries import Query
from bot.domain.replies import Act, Choice, Lang, Turn
from bot.errors import StorageError
from bot.rendering.answers import render_reply
from bot.rendering.rendered import MAX_BUTTONS, Button, Rendered
from bot.rendering.texts import text
from bot.services.ask import Asked
from handlers.answered import Past
from handlers.call import Buttons, Call
from handlers.callback import to_data

logger = logging.getLogger(__name__)

#: Prefixes of buttons that ask a query, turn a page, or do something with one.
ASK, PAGE = "q", "p"
ACTS: dict[Act, str] = {"why": "w", "sources": "s", "chart": "c", "csv": "x"}
#: Prefixes of acts that need no query.
HELP = "h"
#: Letters that fit into one row of a phone.
ROW_LETTERS = 34
ROW_BUTTONS = 3


async def show(call: Call, asked: Asked, *, page: int = 0, in_place: bool = False, edits: int | None = None) -> None:
    """Show a reply and keep the conversation.

    Args:
        page: Of a long list, from 0.
        in_place: On the message whose button was pressed.
        edits: The earlier answer, to be changed.
    """
    services = call.services
    rendered = render_reply(
        asked.reply, asked.ledger, now=services.clock.now(), timezone=services.timezone, page=page
    )
    buttons = await answer_buttons(call, asked, rendered)
    if edits is not None:
        await call.change(edits, rendered.text, buttons)
        answer_id: int | None = edits
    else:
        answer_id = await call.reply(rendered.text, buttons, in_place=in_place)
    question_id = call.incoming.message_id if call.incoming.what != "button" else None
    if answer_id is not None:
        past = Past(answer_id=answer_id, before=call.turn, after=asked.turn)
        services.answered.note(call.chat_id, question_id, past)
    await keep(call, asked.turn)


async def keep(call: Call, turn: Turn | None) -> None:
    """Keep the conversation; an answer that was given stands also where that fails."""
    if turn == call.turn:
        return
    try:
        await call.services.chats.save_turn(call.chat_id, call.user_id, turn)
    except StorageError:
        logger.exception("a conversation could not be kept")


async def answer_buttons(call: Call, asked: Asked, rendered: Rendered) -> Buttons:
    """Return the buttons under an answer: its pages, then what is asked next."""
    lang, query = asked.reply.lang, _query(asked)
    turning: list[tuple[str, str]] = []
    if query is not None and rendered.pages > 1:
        turning = await _turning(call, query, lang, rendered)
    kept = rendered.buttons[: MAX_BUTTONS - len(turning)]
    pairs = [(b.label, data) for b in kept if (data := await _data(call, b, query, lang)) is not None]
    return [turning, *rows(pairs)] if turning else rows(pairs)


async def query_buttons(call: Call, buttons: Iterable[Button], *, lang: Lang) -> Buttons:
    """Return buttons that ask typed questions, a row each."""
    made = [
        (button.label, await to_data(ASK, button.action, lang=lang, services=call.services))
        for button in buttons
        if isinstance(button.action, Query)
    ]
    return [[pair] for pair in made]


async def _turning(call: Call, query: Query, lang: Lang, rendered: Rendered) -> list[tuple[str, str]]:
    async def button(key: str, page: int) -> tuple[str, str]:
        return text(lang, key), await to_data(PAGE, query, lang=lang, services=call.services, page=page)

    made = []
    if rendered.page > 0:
        made.append(await button("button-previous", rendered.page - 1))
    if rendered.page < rendered.pages - 1:
        made.append(await button("button-next", rendered.page + 1))
    return made


async def _data(call: Call, button: Button, query: Query | None, lang: Lang) -> str | None:
    if isinstance(button.action, Query):
        return await to_data(ASK, button.action, lang=lang, services=call.services)
    if button.action == "help":
        return f"{HELP}:"
    prefix = ACTS.get(button.action)
    if prefix is None or query is None:
        return None
    return await to_data(prefix, query, lang=lang, services=call.services)


def _query(asked: Asked) -> Query | None:
    """Return the question that was answered; None where there is none, or two."""
    if not asked.reply.answers or isinstance(asked.reply.understanding, Choice):
        return None
    return asked.reply.answers[0].query


def rows(buttons: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Put buttons side by side where a phone has room for them."""
    made: list[list[tuple[str, str]]] = []
    for label, data in buttons:
        last = made[-1] if made else []
        # Buttons of a row are equally wide, so the longest label decides.
        longest = max((len(label), *(len(other) for other, _ in last)))
        if last and len(last) < ROW_BUTTONS and longest * (len(last) + 1) <= ROW_LETTERS:
            last.append((label, data))
        else:
            made.append([(label, data)])
    return made
