"""Charts: /chart, the button under an answer, and "show me a chart". Drawn off the event loop, once a picture."""

from typing import TYPE_CHECKING

from bot.domain.queries import Query
from bot.domain.replies import Lang, Reading
from bot.rendering.texts import text
from bot.services.shortcuts import ask_picture
from handlers.answers import ACTS, keep, picture_buttons, read_pressed, show, tie
from handlers.call import Call
from handlers.callback import to_data
from handlers.registry import Routes

if TYPE_CHECKING:
    from handlers.chart import Theme

routes = Routes()

CHART = ACTS["chart"]
#: Prefixes of the buttons that draw the picture again on the other ground.
GROUNDS: "dict[Theme, str]" = {"light": "cl", "dark": "cd"}


@routes.command("chart")
async def show_chart(call: Call) -> None:
    """Draw what the words ask for; alone, the last answer, or the remains since Istanbul."""
    services = call.services
    asked = await ask_picture(
        services.asker,
        call.args,
        await services.ledger.get(),
        lang=call.lang,
        tie=tie(call),
        previous=call.turn,
        now=services.clock.now(),
    )
    understood = asked.reply.understanding
    if isinstance(understood, Reading):
        await draw(call, understood.query, lang=understood.lang)
    else:
        await show(call, asked)


@routes.button(CHART)
async def chart_button(call: Call) -> None:
    """Draw the answer under which the button stands."""
    pressed = await read_pressed(call)
    if pressed is not None:
        await draw(call, pressed.query, lang=pressed.lang)


@routes.button(*GROUNDS.values())
async def ground_button(call: Call) -> None:
    """Draw the same picture on the other ground, in its place."""
    pressed = await read_pressed(call)
    if pressed is not None:
        theme: Theme = "dark" if call.incoming.name == GROUNDS["dark"] else "light"
        await draw(call, pressed.query, lang=pressed.lang, theme=theme, in_place=True)


async def draw(call: Call, query: Query, *, lang: Lang, theme: "Theme" = "light", in_place: bool = False) -> None:
    """Send the chart of a query, and keep the query for what is asked next.

    Args:
        in_place: Where a button was pressed, change the picture above it instead of sending another.
    """
    services, now = call.services, call.services.clock.now()
    asked = await services.asker.choose(query, lang=lang, previous=call.turn)
    picture = await services.pictures.get(lang, query, asked.ledger, now=now, timezone=services.timezone, theme=theme)
    if picture is None:
        await call.say("chart-nothing")
        return
    if not picture.content:
        await call.reply(picture.caption)
        return
    other: Theme = "light" if theme == "dark" else "dark"
    switch = (text(lang, f"chart-{other}"), await to_data(GROUNDS[other], query, lang=lang, services=services))
    buttons = await picture_buttons(call, asked, switch)
    await call.photo(picture.content, picture.caption, buttons, in_place=in_place)
    keep(call, asked.turn)
