"""Charts: /chart, the button under an answer, and "show me a chart". Drawn off the event loop, once a picture."""

from bot.domain.queries import Query
from bot.domain.replies import Lang, Reading, Turn
from bot.rendering.pages import ISTANBUL
from handlers.answers import ACTS, keep, picture_buttons, read_pressed, show, tie
from handlers.call import Call
from handlers.registry import Routes

routes = Routes()

CHART = ACTS["chart"]


@routes.command("chart")
async def chart_command(call: Call) -> None:
    """Draw what the words ask for; alone, the last answer, or the remains since Istanbul."""
    if not call.args:
        await show_chart(call)
        return
    base = call.turn or Turn(query=await _usual(call), lang=call.lang, at=call.services.clock.now())
    asked = await call.services.asker.ask(call.args, lang=tie(call), previous=base)
    understood = asked.reply.understanding
    if isinstance(understood, Reading):
        await draw(call, understood.query, lang=understood.lang)
    else:
        await show(call, asked)


async def show_chart(call: Call) -> None:
    """Draw the last answer, or where there is none the remains since Istanbul."""
    await draw(call, call.turn.query if call.turn else await _usual(call), lang=call.lang)


@routes.button(CHART)
async def chart_button(call: Call) -> None:
    """Draw the answer under which the button stands."""
    pressed = await read_pressed(call)
    if pressed is not None:
        await draw(call, pressed.query, lang=pressed.lang)


async def draw(call: Call, query: Query, *, lang: Lang) -> None:
    """Send the chart of a query, and keep the query for what is asked next."""
    services, now = call.services, call.services.clock.now()
    asked = await services.asker.choose(query, lang=lang, previous=call.turn)
    picture = await services.pictures.get(lang, query, asked.ledger, now=now, timezone=services.timezone)
    if picture is None:
        await call.say("chart-nothing")
        return
    await call.photo(picture.content, picture.caption, await picture_buttons(call, asked))
    await keep(call, asked.turn)


async def _usual(call: Call) -> Query:
    """Return what is drawn where nothing was asked yet."""
    istanbul = (await call.services.ledger.get()).agreement(ISTANBUL)
    return Query(since=istanbul.date if istanbul else None)
