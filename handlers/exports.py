"""The data as a file: /export, as a table or in the interchange format, of one answer or of everything."""

import asyncio
from dataclasses import replace

from bot.domain.queries import Query
from bot.domain.replies import Lang
from bot.rendering.tables import columns_page, export_caption
from bot.services.export import FORMATS, Export, Format
from handlers.answers import ACTS, read_pressed
from handlers.call import Call
from handlers.callback import to_data
from handlers.progress import with_progress
from handlers.registry import Routes

routes = Routes()

#: Prefixes: a table or lines of an answer; of everything, followed by the format; what the columns mean.
CSV, LINES, EVERYTHING, COLUMN_HELP = ACTS["csv"], "xj", "xa", "xc"


@routes.command("export")
async def export(call: Call) -> None:
    """Offer the files; a format after the command is everything in that."""
    if form := _form(call.args.lower()):
        await _send(call, None, form, lang=call.lang)
        return
    offered: list[list[tuple[str, str]]] = []
    if call.turn is not None:
        query, lang = call.turn.query, call.lang
        last = call.word("export-last")
        offered.append(
            [
                (f"{last}: CSV", await to_data(CSV, query, lang=lang, services=call.services)),
                (f"{last}: JSON", await to_data(LINES, query, lang=lang, services=call.services)),
            ]
        )
    everything = call.word("export-everything")
    offered.append([(f"{everything}: CSV", f"{EVERYTHING}:csv"), (f"{everything}: JSON", f"{EVERYTHING}:jsonl")])
    await call.say("export-choose", offered)


@routes.button(CSV, LINES)
async def export_answer(call: Call) -> None:
    """Send what stands behind one answer."""
    pressed = await read_pressed(call)
    if pressed is not None:
        await _send(call, pressed.query, "csv" if call.incoming.name == CSV else "jsonl", lang=pressed.lang)


@routes.button(EVERYTHING)
async def export_everything(call: Call) -> None:
    """Send all of it."""
    if form := _form(call.args):
        await _send(call, None, form, lang=call.lang)
    else:
        await call.toast(call.word("stale-button"), alert=True)


@routes.button(COLUMN_HELP)
async def explain_columns(call: Call) -> None:
    """Say what the columns of a table, or the fields of JSON Lines, mean."""
    await call.reply(columns_page(call.lang, _form(call.args) or "csv"))


def _form(word: str) -> Format | None:
    return next((form for form in FORMATS if form == word), None)


async def _send(call: Call, query: Query | None, form: Format, *, lang: Lang) -> None:
    call, services = replace(call, speaking=lang), call.services
    await call.toast(call.word("export-preparing"))
    point = query.as_of if query else None
    made = Export(
        ledger=await (services.ledger.at(point) if point else services.ledger.get()),
        query=query,
        form=form,
        now=services.clock.now(),
        timezone=services.timezone,
    )
    claims = await asyncio.to_thread(made.claims)
    if not claims:
        await call.say("export-nothing")
        return
    content = await with_progress(call, lambda told: made.content(claims, told), key="export-share")
    caption = export_caption(lang, content, claims=len(claims), version=made.ledger.version)
    label = call.word("export-columns" if form == "csv" else "export-fields")
    await call.document(content, made.name, caption, [[(label, f"{COLUMN_HELP}:{form}")]])
