"""What stands behind an answer: /why, /sources, /ref; and the record itself: /rounds, /round, /conflicts."""

from collections.abc import Callable

from bot.domain.queries import Query
from bot.domain.replies import LANGS, Lang
from bot.rendering.pages import conflicts_page, ref_page, round_page, rounds_page, sources_page, why_page
from bot.rendering.rendered import Rendered
from bot.services.shortcuts import CONFLICTS, EVERY_ROUND, ONE_ROUND, is_round_id, rounds_named
from handlers.answers import ACTS, ask_about, help_button, page_of, read_pressed, show_page
from handlers.call import Call
from handlers.registry import Routes

routes = Routes()

WHY, SOURCES = ACTS["why"], ACTS["sources"]
#: Prefixes of the buttons that turn the pages of each.
WHY_PAGE, SOURCES_PAGE, ROUNDS_PAGE, CONFLICTS_PAGE = "wp", "sp", "rp", "cp"

#: A page about a query: language, query, ledger, and the clock by name.
QueryPage = Callable[..., Rendered]


@routes.command("why")
async def why(call: Call) -> None:
    """Say of each claim behind the last answer why it was counted or not."""
    await _of_last(call, why_page, WHY_PAGE)


@routes.command("sources")
async def sources(call: Call) -> None:
    """List the sources of the last answer."""
    await _of_last(call, sources_page, SOURCES_PAGE)


@routes.button(WHY, WHY_PAGE)
async def why_button(call: Call) -> None:
    """Do the same for the answer under which the button stands."""
    await _of_button(call, why_page, WHY_PAGE)


@routes.button(SOURCES, SOURCES_PAGE)
async def sources_button(call: Call) -> None:
    """Do the same for the answer under which the button stands."""
    await _of_button(call, sources_page, SOURCES_PAGE)


@routes.command("ref")
async def ref(call: Call) -> None:
    """Give an earlier answer again."""
    if call.args:
        await show_ref(call, call.args)
    else:
        await call.say("ref-usage", help_button(call), ref="7K3QX2")


async def show_ref(call: Call, ref: str) -> None:
    """Show an earlier answer with the same figures, and what has changed since."""
    recalled = await call.services.asker.recall(ref)
    if recalled is None:
        await call.say("ref-unknown", help_button(call), ref=ref[:20])
        return
    page = ref_page(
        call.lang,
        ref=recalled.ref,
        then=recalled.answer,
        ledger_then=recalled.ledger,
        today=recalled.today,
        ledger_today=await call.services.ledger.get(),
        at=recalled.at,
        timezone=call.services.timezone,
    )
    await show_page(call, page, lang=call.lang)


@routes.command("rounds")
async def rounds(call: Call) -> None:
    """List every round, newest first; or those that the words ask for."""
    if call.args:
        await ask_about(call, EVERY_ROUND)
    else:
        await _listing(call, rounds_page, ROUNDS_PAGE)


@routes.command("conflicts")
async def conflicts(call: Call) -> None:
    """List where the two sides' figures differ, the widest gap first; or what the words ask for."""
    if call.args:
        await ask_about(call, CONFLICTS)
    else:
        await _listing(call, conflicts_page, CONFLICTS_PAGE)


@routes.button(ROUNDS_PAGE)
async def rounds_turned(call: Call) -> None:
    """Turn a page of the list of rounds."""
    await _turned(call, rounds_page, ROUNDS_PAGE)


@routes.button(CONFLICTS_PAGE)
async def conflicts_turned(call: Call) -> None:
    """Turn a page of the list of conflicts."""
    await _turned(call, conflicts_page, CONFLICTS_PAGE)


@routes.command("round")
async def round_command(call: Call) -> None:
    """Show one round with every claim about it: by its id or its day; alone the newest."""
    services, lang = call.services, call.lang
    ledger, now = await services.ledger.get(), services.clock.now()
    found = rounds_named(call.args, ledger, today=now.astimezone(services.timezone).date())
    if len(found) == 1:
        page = round_page(lang, found[0], ledger, now=now, timezone=services.timezone)
        if page is not None:
            await show_page(call, page, lang=lang)
            return
    if found or not is_round_id(call.args):
        await ask_about(call, ONE_ROUND)
    else:
        await call.say("round-unknown", help_button(call), id=call.args[:60])


async def _of_last(call: Call, page: QueryPage, turning: str) -> None:
    if call.turn is None:
        await call.say("nothing-asked", help_button(call))
    else:
        await _about(call, page, turning, call.turn.query, lang=call.lang)


async def _of_button(call: Call, page: QueryPage, turning: str) -> None:
    pressed = await read_pressed(call)
    if pressed is not None:
        turned = call.incoming.name == turning
        await _about(call, page, turning, pressed.query, lang=pressed.lang, number=pressed.page, in_place=turned)


async def _about(
    call: Call, page: QueryPage, turning: str, query: Query, *, lang: Lang, number: int = 0, in_place: bool = False
) -> None:
    services = call.services
    ledger = await (services.ledger.at(query.as_of) if query.as_of else services.ledger.get())
    made = page(lang, query, ledger, now=services.clock.now(), timezone=services.timezone, page=number)
    await show_page(call, made, lang=lang, data=page_of(call, turning, query, lang), in_place=in_place)


async def _turned(call: Call, page: QueryPage, prefix: str) -> None:
    code, _, number = call.args.partition(".")
    if code not in LANGS or not (number.isascii() and number.isdecimal() and len(number) < 6):
        await call.toast(call.word("stale-button"), alert=True)
        return
    await _listing(call, page, prefix, lang=LANGS[LANGS.index(code)], number=int(number), in_place=True)


async def _listing(
    call: Call, page: QueryPage, prefix: str, *, lang: Lang | None = None, number: int = 0, in_place: bool = False
) -> None:
    services, written = call.services, lang or call.lang

    async def data(other: int) -> str:
        return f"{prefix}:{written}.{other}"

    ledger = await services.ledger.get()
    made = page(written, ledger, now=services.clock.now(), timezone=services.timezone, page=number)
    await show_page(call, made, lang=written, data=data, in_place=in_place)
