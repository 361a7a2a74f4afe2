"""In which language a chat is written to: /language."""

from dataclasses import replace

from bot.domain.replies import LANGS, Lang
from bot.ports import ChatSettings
from bot.rendering.texts import text
from handlers.call import Buttons, Call, known
from handlers.registry import Routes

routes = Routes()

LANGUAGE = "l"
#: The language of each question.
AUTO = "auto"


@routes.command("language", role="chat_admin")
async def language(call: Call) -> None:
    """Offer the languages, or take the one that the words name."""
    wanted = call.args.lower()
    named = next((lang for lang in LANGS if wanted in (lang, text(lang, "language-name").lower())), None)
    if named or wanted == AUTO:
        await _set(call, named)
    else:
        await call.say("language-choose", _buttons(call))


@routes.button(LANGUAGE, role="chat_admin")
async def chosen(call: Call) -> None:
    """Open the choice, or carry it out on its message."""
    if not call.args:
        await call.say("language-choose", _buttons(call))
    elif call.args == AUTO or known(call.args) == call.args:
        await _set(call, known(call.args))
    else:
        await call.toast(call.word("stale-button"), alert=True)


def language_name(lang: Lang, setting: Lang | None) -> str:
    """Name a setting, in the language that is written in."""
    return text(setting, "language-name") if setting else text(lang, "settings-language-auto")


async def _set(call: Call, lang: Lang | None) -> None:
    """Keep the language, and tell of new rounds in it too."""
    services, now = call.services, call.services.clock.now()
    await services.chats.save_settings(ChatSettings(chat_id=call.chat_id, lang=lang), at=now)
    subscription = await services.subscriptions.get(call.chat_id, call.incoming.thread_id)
    if lang and subscription and subscription.lang != lang:
        await services.subscriptions.put(replace(subscription, lang=lang), at=now)
    told = replace(call, setting=lang)
    await told.say("language-set" if lang else "language-set-auto", in_place=True)


def _buttons(call: Call) -> Buttons:
    names = [[(text(lang, "language-name"), f"{LANGUAGE}:{lang}") for lang in LANGS]]
    return [*names, [(call.word("language-auto"), f"{LANGUAGE}:{AUTO}")]]
