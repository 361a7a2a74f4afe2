"""Questions in plain words, typed, edited or asked by a button."""

from dataclasses import replace

from bot.domain.replies import Act, Instruction, Lang, Reading
from bot.language.wishes import wants_picture, wishes_in
from bot.services.shortcuts import LAST, MOST_LETTERS
from handlers.answers import ASK, PAGE, ask_about, choose, help_button, read_pressed, show, tie
from handlers.call import Call
from handlers.evidence import sources, why
from handlers.exports import export
from handlers.languages import language
from handlers.pictures import draw, show_chart
from handlers.privacy import privacy
from handlers.registry import Handler, Routes
from handlers.subscriptions import settings, subscribe, unsubscribe
from handlers.welcome import show_help

routes = Routes()


@routes.text()
async def question(call: Call) -> bool:
    """Take any text as a question."""
    if call.args or call.incoming.private:
        await ask(call, call.args)
    else:
        await show_help(call)
    return True


@routes.command("ask")
async def ask_command(call: Call) -> None:
    """Ask what follows; alone it says how."""
    if call.args:
        await ask(call, call.args)
    else:
        await call.say("ask-usage", help_button(call))


@routes.command("last")
async def last(call: Call) -> None:
    """Show the newest round, of what the words name."""
    await ask_about(call, LAST)


@routes.on("edited")
async def edited(call: Call) -> None:
    """Answer the newest question anew where it was rewritten, on its answer."""
    past = call.services.answered.to_question(call.chat_id, call.incoming.message_id)
    if past is None or past.after != call.turn or call.incoming.name not in ("", "ask") or not call.args:
        return
    again = replace(call, turn=past.before)
    asked = await again.services.asker.ask(call.args, lang=tie(again), previous=past.before)
    if not isinstance(asked.reply.understanding, Instruction):
        await show(again, asked, edits=past.answer_id)


@routes.button(ASK)
async def ask_button(call: Call) -> None:
    """Answer the question that a button holds."""
    pressed = await read_pressed(call)
    if pressed is not None:
        await choose(call, pressed.query, lang=pressed.lang)


@routes.button(PAGE)
async def page_button(call: Call) -> None:
    """Turn the page of a list, on its own message."""
    pressed = await read_pressed(call)
    if pressed is not None:
        asked = await call.services.asker.choose(pressed.query, lang=pressed.lang, previous=call.turn)
        await show(call, asked, page=pressed.page, in_place=True)


async def ask(call: Call, words: str) -> None:
    """Answer a question in plain words, as a follow-up to the one before or to the answer that it replies to."""
    if len(words) > MOST_LETTERS:
        await call.say("too-long", help_button(call))
        return
    replied = call.services.answered.by_answer(call.chat_id, call.incoming.reply_to)
    call = replace(call, turn=replied.after) if replied and replied.after else call
    asked = await call.services.asker.ask(words, lang=tie(call), previous=call.turn)
    told = asked.reply.understanding
    if isinstance(told, Instruction) and told.act in _ACTS:
        await _ACTS[told.act](_in_the_language_of(call, told.lang))
    elif isinstance(told, Instruction) and told.act in _WISHES:
        call = replace(call, speaking=call.setting or told.lang)
        # Who may change what a group is told is asked by the command, not by the sentence.
        await (_WISHES[told.act](call) if call.incoming.private else call.say("by-own-command", act=told.act))
    elif isinstance(told, Reading) and wants_picture(words):
        await draw(call, told.query, lang=told.lang)
    else:
        await show(call, asked)


def _in_the_language_of(call: Call, lang: Lang) -> Call:
    """A word to the program is answered in its own language, as a question is."""
    return replace(call, incoming=replace(call.incoming, text=""), speaking=call.setting or lang)


async def _subscribe(call: Call) -> None:
    """Subscribe to what a sentence names."""
    await subscribe(call, wishes_in(call.args))


async def _language(call: Call) -> None:
    """Offer the languages."""
    await language(_in_the_language_of(call, call.lang))


#: What a sentence says of the chat itself.
_WISHES: dict[Act, Handler] = {
    "subscribe": _subscribe,
    "unsubscribe": unsubscribe,
    "settings": settings,
    "language": _language,
    "privacy": privacy,
}

#: Words to the program that are carried out as the commands of that name.
_ACTS: dict[Act, Handler] = {
    "why": why,
    "sources": sources,
    "chart": show_chart,
    "csv": export,
    "help": show_help,
}
