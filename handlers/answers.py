"""How an answer is put into a chat: its text, its buttons, its pages, and the conversation kept after it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.domain.queries import Query
from bot.domain.replies import Act, Choice, Lang, Reading, Turn
from bot.ports import Talk
from bot.rendering.answers import render_reply
from bot.rendering.pages import with_examples
from bot.rendering.rendered import MAX_BUTTONS, Button, Rendered
from bot.rendering.texts import text
from bot.services import shortcuts
from bot.services.ask import ALONE, Asked
from handlers.answered import Past
from handlers.call import Buttons, Call, known
from handlers.callback import Pressed, from_data, to_data
from handlers.markup import Ready, ready

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
    message = await _prepare(call, asked, page)
    if edits is not None:
        await call.put_on(edits, message)
        answer_id: int | None = edits
    else:
        answer_id = await call.put(message, in_place=in_place)
    question_id = call.incoming.message_id if call.incoming.what != "button" else None
    if answer_id is not None:
        past = Past(answer_id=answer_id, before=call.turn, after=asked.turn)
        call.services.answered.note(call.chat_id, question_id, past)
    keep(call, asked.turn)


async def _prepare(call: Call, asked: Asked, page: int) -> Ready:
    """Write a reply with its buttons, or take it as it was written for somebody else: only its key decides.

    What was no question is written each time and not kept: it may hold a name.
    """
    services, reply = call.services, asked.reply
    now, timezone = services.clock.now(), services.timezone
    key = (reply.understanding, reply.ref, now.astimezone(timezone).date(), page)
    message = services.prepared.get(key) if isinstance(reply.understanding, Reading) else None
    if message is None:
        rendered = render_reply(reply, asked.ledger, now=now, timezone=timezone, page=page)
        rendered = with_examples(rendered, reply, asked.ledger, now=now, timezone=timezone)
        message = ready(rendered.text, await answer_buttons(call, asked, rendered))
        if isinstance(reply.understanding, Reading) and reply.understanding.query.as_of is None:
            services.prepared.put(key, message, weight=ALONE + len(message.body))
    return message


def render(call: Call, asked: Asked, *, page: int = 0) -> Rendered:
    """Write a reply."""
    services = call.services
    return render_reply(asked.reply, asked.ledger, now=services.clock.now(), timezone=services.timezone, page=page)


async def picture_buttons(call: Call, asked: Asked, *more: tuple[str, str]) -> Buttons:
    """Return the buttons under the picture of an answer: those of the answer but for the picture itself, and more."""
    rendered = render(call, asked)
    others = tuple(button for button in rendered.buttons if button.action != "chart")[: MAX_BUTTONS - len(more)]
    return [*await answer_buttons(call, asked, replace(rendered, buttons=others, pages=1)), list(more)]


async def choose(call: Call, query: Query, *, lang: Lang) -> None:
    """Answer a ready question."""
    await show(call, await call.services.asker.choose(query, lang=lang, previous=call.turn))


async def ask_about(call: Call, query: Query) -> None:
    """Answer a command: its own question, narrowed by the words that follow it."""
    services = call.services
    asked = await shortcuts.ask_about(
        services.asker,
        query,
        call.args,
        lang=call.lang,
        tie=tie(call),
        previous=call.turn,
        now=services.clock.now(),
    )
    await show(call, asked)


async def read_pressed(call: Call) -> Pressed | None:
    """Return what a button asks; to an old or forged one say so."""
    pressed = await from_data(call.args, services=call.services)
    if pressed is None:
        await call.toast(call.word("stale-button"), alert=True)
    return pressed


def tie(call: Call) -> Lang | None:
    """Return the language that breaks ties between those of a question; None where nothing tells."""
    spoken = call.turn.lang if call.turn else known(call.incoming.language_code)
    return call.setting or spoken


def keep(call: Call, turn: Turn | None) -> None:
    """Keep the conversation: it is written once the update has been worked on."""
    if turn != call.turn:
        call.talk.append(Talk(chat_id=call.chat_id, user_id=call.user_id, turn=turn))


async def answer_buttons(call: Call, asked: Asked, rendered: Rendered) -> Buttons:
    """Return the buttons under an answer: its pages, then what is asked next."""
    lang, query = asked.reply.lang, _query(asked)
    pages: list[tuple[str, str]] = []
    if query is not None:
        pages = await turning(rendered, lang, page_of(call, PAGE, query, lang))
    kept = rendered.buttons[: MAX_BUTTONS - len(pages)]
    pairs = [(b.label, data) for b in kept if (data := await _data(call, b, query, lang)) is not None]
    return [pages, *rows(pairs)]


def page_of(call: Call, prefix: str, query: Query, lang: Lang) -> Callable[[int], Awaitable[str]]:
    """Return what makes the data of a button that shows a page of something about a query."""
    return lambda page: to_data(prefix, query, lang=lang, services=call.services, page=page)


async def show_page(
    call: Call,
    rendered: Rendered,
    *,
    lang: Lang,
    data: Callable[[int], Awaitable[str]] | None = None,
    in_place: bool = False,
) -> None:
    """Show a page that is no answer, with its buttons and those that turn it.

    Args:
        data: As in `turning`; None where there is one page.
        in_place: On the message whose page was turned.
    """
    pages = await turning(rendered, lang, data) if data else []
    kept = rendered.buttons[: MAX_BUTTONS - len(pages)]
    pairs = [(b.label, made) for b in kept if (made := await _data(call, b, None, lang)) is not None]
    await call.reply(rendered.text, [pages, *rows(pairs)], in_place=in_place)


def help_button(call: Call) -> Buttons:
    """Return the button under a message that says how something is done."""
    return [[(call.word("button-help"), f"{HELP}:")]]


async def turning(rendered: Rendered, lang: Lang, data: Callable[[int], Awaitable[str]]) -> list[tuple[str, str]]:
    """Return the buttons that turn the pages of a message.

    Args:
        data: Returns the data of the button that shows a page.
    """
    made = []
    if rendered.page > 0:
        made.append((text(lang, "button-previous"), await data(rendered.page - 1)))
    if rendered.page < rendered.pages - 1:
        made.append((text(lang, "button-next"), await data(rendered.page + 1)))
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
