"""`/add` in its three ways, and what is done with the card that each ends in.

One line of `KIND RECIPIENT COUNT DATE key=value …`; a sentence, a forwarded post or a link, read as the news are; or
step by step. What has been said so far is kept in the database, so that any replica goes on with it after a restart.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from bot.domain.articles import Article
from bot.domain.claims import KINDS, PARTIES, QUALIFIERS, RECIPIENTS
from bot.domain.commands import Add, Draft, Edit, changes_from_json, changes_to_json
from bot.domain.moderation import revise
from bot.errors import CommandError, FetchError
from bot.language.commands import checked, is_line, parse_add, parse_change
from bot.language.typed import read_url
from bot.rendering.buttons import recipient_label
from bot.rendering.figures import count
from bot.rendering.rich import join
from bot.rendering.styled import words
from bot.rendering.words import capital
from bot.services.moderate import Saved, Stale
from handlers.call import Buttons, Call
from handlers.cards import (
    BACK,
    CARD,
    DROP,
    EDIT,
    FIELD,
    FIGURE,
    REMOVE,
    ROUND,
    SAVE,
    Dialog,
    card_text,
    forget_card,
    load_dialog,
    outcome_words,
    save_dialog,
    say_wrong,
    show_card,
)
from handlers.registry import Routes

routes = Routes()

#: Prefix of the answers to the steps.
STEP = "stp"
FORM = "form-add"
#: What the steps ask, in order.
STEPS = ("kind", "recipient", "count", "date", "party", "claimant", "source")
#: What an administrator answers where there is nothing to say.
NOTHING = ("-", "—", "–")
#: What can be changed on a card.
FIELDS = (
    "count", "qualifier", "date", "kind", "recipient", "party", "claimant", "publisher", "source", "agreement", "round",
    "measure", "since", "published", "partial",
)  # fmt: skip
_ATTRIBUTES = {"source": "url"}


@routes.command("add", role="editor")
async def add(call: Call) -> None:
    """Take a line, a sentence or a link; alone, ask step by step."""
    try:
        if not call.args:
            await ask_step(call, {}, STEPS[0])
        elif is_line(call.args):
            await show_card(call, parse_add(call.args, today=call.services.moderation.today))
        elif _is_link(call.args):
            await report_link(call, call.args)
        else:
            await report(call, call.args)
    except CommandError as error:
        await say_wrong(call, error)


def _is_link(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(text.split()) == 1


async def report(call: Call, text: str, *, publisher: str = "", url: str = "", at: dt.datetime | None = None) -> None:
    """Read a text as the news are read, and show the card of what it states; of several lines the first is a title.

    Raises:
        CommandError: it states no completed handover with a day.
    """
    now = call.services.clock.now()
    title, _, rest = text.strip().partition("\n")
    article = Article(
        id="chat:" + hashlib.sha256(f"{url}\n{text}".encode()).hexdigest()[:16],
        title=title if rest else "",
        text=rest.strip() or title,
        published_at=min(at or now, now),
        publisher=publisher,
        url=url,
    )
    moderation = call.services.moderation
    command = await moderation.command_for(await moderation.read(article))
    if not command.drafts:
        raise CommandError("admin-no-handover", form=FORM)
    await show_card(call, command)


async def report_link(call: Call, url: str) -> None:
    """Fetch a page and read it.

    Raises:
        CommandError: it could not be read, or states no completed handover.
    """
    read_url(url, form=FORM)
    if call.services.reader is None:
        raise CommandError("feeds-unable")
    try:
        text = await call.services.reader.article_text(url)
    except FetchError as error:
        raise CommandError("admin-no-text", problem=str(error)) from error
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    await report(call, text, publisher=host, url=url)


@routes.text(role="editor")
async def spoken(call: Call) -> bool:
    """Take a forwarded post as a report, and an answer to what was asked."""
    forwarded = call.incoming.forwarded
    try:
        if forwarded is not None and call.incoming.private and call.args:
            await report(call, call.args, publisher=forwarded.publisher, url=forwarded.url, at=forwarded.at)
            return True
        dialog = await load_dialog(call)
        if dialog.step is None or not call.args:
            return False
        await answer(call, dialog, call.args)
    except CommandError as error:
        await say_wrong(call, error)
    return True


async def answer(call: Call, dialog: Dialog, said: str) -> None:
    """Go on with what was asked.

    Raises:
        CommandError: the answer does not fit; it is asked again by whoever typed it.
    """
    step = dialog.step or {}
    match step.get("want"):
        case "step":
            await _take_step(call, step, said)
        case "value":
            await _take_value(call, dialog, step, said)
        case "line":
            command = parse_add(said, today=call.services.moderation.today)
            await show_card(call, replace(command, review=step["review"]))


# Step by step


async def ask_step(call: Call, values: dict[str, Any], name: str) -> None:
    """Ask the next thing."""
    dialog = await load_dialog(call)
    await save_dialog(call, replace(dialog, step={"want": "step", "name": name, "values": values}))
    await call.say(f"step-{name}", _step_buttons(call, name), in_place=call.incoming.what == "button")


def _step_buttons(call: Call, name: str) -> Buttons:
    def button(label: str, value: str) -> tuple[str, str]:
        return capital(label), f"{STEP}:{name}.{value}"

    choices: list[list[tuple[str, str]]] = []
    match name:
        case "kind":
            kinds = [button(call.word("kind", kind=k), k) for k in KINDS]
            choices = [kinds[:2], kinds[2:]]
        case "recipient":
            choices = [[button(recipient_label(call.lang, r), r) for r in RECIPIENTS]]
        case "count":
            choices = [[button(call.word("step-unknown"), "?")]]
        case "date":
            choices = [[button(call.word(f"step-{d}"), d) for d in ("today", "yesterday")]]
        case "party":
            choices = [[button(call.word("party", party=p), p) for p in PARTIES]]
        case _:
            choices = [[button(call.word("step-none"), "-")]]
    return [*choices, [(call.word("card-drop"), f"{STEP}:drop.")]]


@routes.button(STEP, role="editor")
async def step_button(call: Call) -> None:
    """Take an answer that a button gives; one to an older question does nothing."""
    name, _, value = call.args.partition(".")
    dialog = await load_dialog(call)
    step = dialog.step or {}
    if name == "drop" and dialog.step is not None:
        await save_dialog(call, replace(dialog, step=None))
        await call.say("card-dropped", in_place=True)
    elif step.get("want") != "step" or step.get("name") != name:
        await call.toast(call.word("card-gone"), alert=True)
    else:
        try:
            await _take_step(call, step, value)
        except CommandError as error:
            await say_wrong(call, error)


async def _take_step(call: Call, step: Any, said: str) -> None:
    name, values = step["name"], dict(step["values"])
    if not (said.strip() in NOTHING and name in ("claimant", "source")):
        today = call.services.moderation.today
        values |= changes_to_json(parse_change(name, said, today=today, form=f"step-{name}"))
    place = STEPS.index(name) + 1
    if place < len(STEPS):
        await ask_step(call, values, STEPS[place])
        return
    draft = Draft(**changes_from_json(values))
    dialog = await load_dialog(call)
    await save_dialog(call, replace(dialog, step=None))
    await show_card(call, Add(drafts=(checked(draft, form=FORM),)), in_place=call.incoming.what == "button")


# The card


@routes.button(CARD, role="editor")
async def pressed(call: Call) -> None:
    """Do what a button of a card says; an old or forged one does nothing and says so."""
    verb, _, rest = call.args.partition(".")
    token, _, argument = rest.partition(".")
    dialog = await load_dialog(call)
    try:
        command = dialog.command(token)
        if command is None:
            await call.toast(call.word("card-gone"), alert=True)
        elif verb == SAVE:
            await _save(call, token, dialog.cards[token]["seen"], command)
        elif verb == DROP:
            await forget_card(call, token)
            await call.say("card-dropped", in_place=True)
        elif isinstance(command, Add | Edit):
            await _change(call, token, command, verb, argument)
        else:
            await call.toast(call.word("card-gone"), alert=True)
    except CommandError as error:
        await say_wrong(call, error)


async def _save(call: Call, token: str, seen: str, command: Any) -> None:
    moderation, author = call.services.moderation, str(call.user_id)
    outcome = await moderation.carry_out(command, author=author, seen=seen)
    if isinstance(outcome, Stale):
        await show_card(call, command, token=token, note="card-stale", in_place=True)
        return
    await forget_card(call, token)
    if isinstance(outcome, Saved):
        card = await card_text(call, outcome.proposal, done=True)
        await call.reply(join((card, words(outcome_words(call, outcome)))), in_place=True)
    else:
        await call.reply(words(outcome_words(call, outcome)), in_place=True)


async def _change(call: Call, token: str, command: Add | Edit, verb: str, argument: str) -> None:
    place, _, name = argument.partition(".")
    drafts = command.drafts if isinstance(command, Add) else ()
    index = int(place) if place.isdecimal() else 0
    if isinstance(command, Add) and verb in (FIGURE, FIELD, REMOVE) and index >= len(drafts):
        await call.toast(call.word("card-gone"), alert=True)
    elif verb == EDIT and len(drafts) > 1:
        await _choose_figure(call, token, drafts)
    elif verb in (EDIT, FIGURE):
        await _choose_field(call, token, index)
    elif verb == FIELD and name in FIELDS:
        await _ask_value(call, token, command, index, name)
    elif verb == REMOVE and isinstance(command, Add) and len(drafts) > 1:
        left = replace(command, drafts=(*drafts[:index], *drafts[index + 1 :]))
        await show_card(call, left, token=token, in_place=True)
    elif verb == ROUND and len(drafts) == 1 and isinstance(command, Add):
        change = parse_change("round", argument, today=call.services.moderation.today, form=FORM)
        await show_card(call, replace(command, drafts=(revise(drafts[0], change),)), token=token, in_place=True)
    elif verb == BACK:
        await show_card(call, command, token=token, in_place=True)
    else:
        await call.toast(call.word("card-gone"), alert=True)


async def _choose_figure(call: Call, token: str, drafts: Sequence[Draft]) -> None:
    rows = []
    for i, draft in enumerate(drafts):
        name = _draft_words(call, draft)
        rows.append([(name, f"{CARD}:{FIGURE}.{token}.{i}")])
        rows.append([(call.word("card-remove-button", what=name), f"{CARD}:{REMOVE}.{token}.{i}")])
    await call.say("step-figure", [*rows, [_back(call, token)]], in_place=True)


def _draft_words(call: Call, draft: Draft) -> str:
    figure = call.word("not-disclosed") if draft.count is None else count(call.lang, (draft.kind,), draft.count)
    return f"{figure} {call.word('to-recipient', recipient=draft.recipient)}"


async def _choose_field(call: Call, token: str, index: int) -> None:
    buttons = [(call.word(f"field-{f}"), f"{CARD}:{FIELD}.{token}.{index}.{f}") for f in FIELDS]
    rows = [buttons[i : i + 3] for i in range(0, len(buttons), 3)]
    await call.say("step-field", [*rows, [_back(call, token)]], in_place=True)


async def _ask_value(call: Call, token: str, command: Add | Edit, index: int, name: str) -> None:
    dialog = await load_dialog(call)
    await save_dialog(call, replace(dialog, step={"want": "value", "token": token, "index": index, "name": name}))
    attribute = _ATTRIBUTES.get(name, name)
    if isinstance(command, Add):
        now = getattr(command.drafts[index], attribute)
    else:
        claim = (await call.services.ledger.get()).claim(command.claim)
        now = command.changes.get(attribute, getattr(claim, attribute, None))
    value = _value_words(call, name, now)
    choices = [(label, f"{CARD}v:{token}.{index}.{name}.{code}") for label, code in _values(call, name)]
    rows = [choices[i : i + 2] for i in range(0, len(choices), 2)]
    text = call.word("step-value", field=call.word(f"field-{name}"), value=value)
    await call.reply(words(text), [*rows, [_back(call, token)]], in_place=True)


def _value_words(call: Call, name: str, value: Any) -> str:
    if value in (None, "", False):
        return call.word("step-none")
    if name in ("kind", "party", "qualifier", "measure"):
        return call.word(name, **{name: value})
    if name == "recipient":
        return call.word("to-recipient", recipient=value)
    return call.word("truth", truth="yes") if value is True else str(value)


def _values(call: Call, name: str) -> list[tuple[str, str]]:
    """Return the values that a button can give, with their labels."""
    match name:
        case "kind":
            return [(capital(call.word("kind", kind=k)), k) for k in KINDS]
        case "recipient":
            return [(recipient_label(call.lang, r), r) for r in RECIPIENTS]
        case "party":
            return [(capital(call.word("party", party=p)), p) for p in PARTIES]
        case "qualifier":
            return [(capital(call.word("qualifier", qualifier=q)), q) for q in QUALIFIERS if q != "undisclosed"]
        case "measure":
            return [(capital(call.word("measure", measure=m)), m) for m in ("round", "total")]
        case "partial":
            return [(capital(call.word("truth", truth=t)), t) for t in ("yes", "no")]
        case "count":
            return [(call.word("step-unknown"), "?")]
        case "date" | "published":
            return [(call.word(f"step-{d}"), d) for d in ("today", "yesterday")]
        case _:
            return []


@routes.button(f"{CARD}v", role="editor")
async def value_button(call: Call) -> None:
    """Take a value that a button gives; one to an older question does nothing."""
    token, place, name, value = (*call.args.split(".", 3), "", "", "", "")[:4]
    dialog = await load_dialog(call)
    step = dialog.step or {}
    if (step.get("want"), step.get("token"), str(step.get("index")), step.get("name")) != ("value", token, place, name):
        await call.toast(call.word("card-gone"), alert=True)
        return
    try:
        await _take_value(call, dialog, step, value)
    except CommandError as error:
        await say_wrong(call, error)


async def _take_value(call: Call, dialog: Dialog, step: Any, said: str) -> None:
    command = dialog.command(step["token"])
    if not isinstance(command, Add | Edit):
        await call.say("card-gone")
        return
    name = step["name"]
    emptied = said.strip() in NOTHING and name in ("agreement", "since", "published", "source")
    value = "" if emptied else said
    form = FORM if isinstance(command, Add) else "form-edit"
    change = parse_change(name, value, today=call.services.moderation.today, form=form)
    if isinstance(command, Add):
        drafts = list(command.drafts)
        drafts[step["index"]] = checked(revise(drafts[step["index"]], change), form=form)
        command = replace(command, drafts=tuple(drafts))
    else:
        command = replace(command, changes={**command.changes, **change})
    await show_card(call, command, token=step["token"], in_place=call.incoming.what == "button")


def _back(call: Call, token: str) -> tuple[str, str]:
    return call.word("card-back-button"), f"{CARD}:{BACK}.{token}"
