"""Inline mode: `@bot total since Istanbul` in any chat offers the answer, with its source, and what is asked next."""

import logging
import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent, LinkPreviewOptions
from telegram.error import BadRequest

from bot.domain.queries import Query
from bot.domain.replies import Choice, Lang, Reading
from bot.rendering.pages import help_page
from bot.rendering.rendered import Rendered
from bot.rendering.rich import Rich, plain
from bot.rendering.texts import text
from bot.services.ask import Asked
from handlers.answers import render, tie
from handlers.call import Call
from handlers.markup import keyboard, to_message
from handlers.registry import Routes
from handlers.welcome import REF

logger = logging.getLogger(__name__)
routes = Routes()

RESULTS = 5
#: Seconds that Telegram may give the same person the same results.
CACHE_SECONDS = 60
#: Longer texts are no questions.
MOST_LETTERS = 256
TITLE, DESCRIPTION = 90, 150
#: Stands before what is bold; no message and no source holds it.
MARK = "\ue000"


@routes.on("inline")
async def inline(call: Call) -> None:
    """Offer up to five answers; nothing is kept of what was typed."""
    # A person's own turns stay out of it: what is typed here is sent to others.
    call = replace(call, turn=None)
    results = [_article(call, asked) async for asked in _answers(call)]
    hint = call.word("inline-open" if results else "inline-nothing" if call.args else "inline-hint")
    try:
        await call.bot.answer_inline_query(
            call.incoming.query_id,
            results,
            cache_time=CACHE_SECONDS,
            is_personal=True,
            button=InlineQueryResultsButton(hint[:64], start_parameter="help"),
        )
    except BadRequest:
        logger.debug("an inline query was answered too late")


async def _answers(call: Call) -> AsyncIterator[Asked]:
    """Yield the answer to what was typed, and to the questions next to it; to nothing typed, the usual ones."""
    services = call.services
    queries: list[Query] = []
    lang: Lang = call.lang
    if not call.args:
        ledger = await services.ledger.get()
        page = help_page(lang, ledger, now=services.clock.now(), timezone=services.timezone)
        queries = _queries(page)
    elif len(call.args) <= MOST_LETTERS:
        asked = await services.asker.ask(call.args, lang=tie(call))
        lang, understood = asked.reply.lang, asked.reply.understanding
        if isinstance(understood, Choice):
            queries = [reading.query for reading in understood.readings]
        elif isinstance(understood, Reading):
            yield asked
            queries = _queries(render(call, asked))[: RESULTS - 1]
    for query in queries[:RESULTS]:
        yield await services.asker.choose(query, lang=lang)


def _queries(rendered: Rendered) -> list[Query]:
    return [button.action for button in rendered.buttons if isinstance(button.action, Query)]


def _article(call: Call, asked: Asked) -> InlineQueryResultArticle:
    """Make one result: the figure as its title, and the whole answer as what is sent."""
    rendered = render(call, asked)
    content = to_message(rendered.text)
    link = f"https://t.me/{call.bot.username}?start={REF}{asked.reply.ref}"
    return InlineQueryResultArticle(
        id=asked.reply.ref or uuid.uuid4().hex,
        title=_title(rendered.text),
        description=rendered.reading[:DESCRIPTION],
        input_message_content=InputTextMessageContent(
            content.text, entities=content.entities, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=keyboard([[(text(asked.reply.lang, "inline-open"), link)]]),
    )


def _title(answer: Rich) -> str:
    """Return the first lines with a figure, which is bold, as many as there is room for, each whole."""
    lines: list[str] = []
    marked = "".join(f"{MARK}{run.text}" if run.bold else run.text for run in answer)
    first, *others = marked.split("\n\n")
    found = [line for line in "\n".join((first, *others[:1])).split("\n") if MARK in line and re.search(r"\d", line)]
    # A headline stands for itself; where there is none, rows do.
    for line in found if not first.startswith(MARK) else ():
        text = line.replace(MARK, "")
        if len("; ".join((*lines, text))) > TITLE:
            break
        lines.append(text)
    return "; ".join(lines) or plain(answer).partition("\n")[0][:TITLE]
