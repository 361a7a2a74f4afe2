"""What a chat is told of: /subscribe, /unsubscribe, /settings, and the buttons that narrow it."""

from dataclasses import replace

from bot.domain.subscriptions import Subscription
from bot.errors import CommandError
from bot.language.wishes import Wishes, parse_wishes
from bot.rendering.rich import Rich, join
from bot.rendering.styled import strong, words
from bot.services.subscribe import Address, Subscriber
from handlers.call import Buttons, Call
from handlers.languages import LANGUAGE, language_name
from handlers.panels import BEGIN, MAIN, PANELS, SOUND, STOP, WISHES, find_step, main_buttons, panel_buttons
from handlers.registry import Routes
from handlers.told import told_what, told_when

routes = Routes()


@routes.command("subscribe", role="chat_admin")
async def subscribe_command(call: Call) -> None:
    """Subscribe to everything at once, or to what the words name."""
    try:
        wishes = parse_wishes(call.args)
    except CommandError as error:
        await call.reply(words(call.word(error.key, **error.values)))
    else:
        await subscribe(call, wishes)


async def subscribe(call: Call, wishes: Wishes) -> None:
    """Subscribe the chat or the topic, and say to what."""
    done = await _subscriber(call).subscribe(_address(call), wishes.changed)
    key = "subscribed-again" if not done.new else "subscribed" if call.incoming.private else "subscribed-group"
    what = f"{told_what(call.lang, done.subscription)}; {told_when(call.lang, done.subscription)}"
    told = words(call.word(key, what=what))
    await call.reply(join((told, words(call.word("subscribe-narrow")))), main_buttons(call.lang, done.subscription))


@routes.command("unsubscribe", role="chat_admin")
async def unsubscribe(call: Call) -> None:
    """End it."""
    stopped = await _subscriber(call).stop(_address(call))
    await call.say("unsubscribed" if stopped else "unsubscribed-none")


@routes.command("settings", role="chat_admin")
async def settings(call: Call) -> None:
    """Show what is set, with buttons to change it."""
    subscription = await _subscriber(call).get(_address(call))
    await call.reply(_settings(call, subscription), _with_language(call, main_buttons(call.lang, subscription)))


@routes.button(WISHES, role="chat_admin")
async def narrowed(call: Call) -> None:
    """Open a panel, or carry out a choice in one, on the same message."""
    panel, _, code = call.args.partition(".")
    subscriber, address = _subscriber(call), _address(call)
    if panel == STOP:
        stopped = await subscriber.stop(address)
        await call.say("unsubscribed" if stopped else "unsubscribed-none", in_place=True)
        return
    if panel == BEGIN:
        await subscriber.subscribe(address)
    subscription = await subscriber.get(address)
    if subscription is None:
        await call.say("subscription-none", in_place=True)
        return
    if panel == SOUND or code:
        step = find_step(call.lang, subscription, panel, code)
        if step is None:
            await call.toast(call.word("stale-button"), alert=True)
            return
        subscription = await subscriber.change(address, step) or subscription
        await call.toast(call.word("settings-saved"))
    elif panel not in (BEGIN, MAIN, *PANELS):
        await call.toast(call.word("stale-button"), alert=True)
        return
    zoned = replace(subscription, timezone=subscription.timezone or str(call.services.timezone))
    buttons = panel_buttons(call.lang, zoned, panel)
    await call.reply(_settings(call, subscription), buttons, in_place=True)


def _subscriber(call: Call) -> Subscriber:
    return Subscriber(call.services.subscriptions, clock=call.services.clock)


def _address(call: Call) -> Address:
    incoming = call.incoming
    return Address(chat_id=incoming.chat_id, thread_id=incoming.thread_id, chat_type=incoming.chat_type, lang=call.lang)


def _settings(call: Call, subscription: Subscription | None) -> Rich:
    """Write what the chat is told of, when, and in which language."""
    lang = call.lang
    lines = [strong(call.word("settings-title"))]
    if subscription is None:
        lines.append(words(call.word("subscription-none")))
    else:
        lines.append(words(call.word("settings-line-told", what=told_what(lang, subscription))))
        lines.append(words(call.word("settings-line-when", when=told_when(lang, subscription))))
    lines.append(words(call.word("settings-line-language", language=language_name(lang, call.setting))))
    return join(lines)


def _with_language(call: Call, buttons: Buttons) -> Buttons:
    return [*buttons, [(call.word("menu-language"), f"{LANGUAGE}:")]]
