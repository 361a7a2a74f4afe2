"""`/review`: reports that wait for a decision, one card each, oldest first.

A card's buttons hold what it showed, so that any administrator may press any card, and of two at once one wins and the
other is told.
"""

from dataclasses import replace

from bot.domain.proposals import Proposal
from bot.errors import CommandError
from bot.ports import Waiting
from bot.rendering.audit import who_words
from bot.rendering.moderation import error_words, proposal_card, review_head
from bot.rendering.rich import Rich, join
from bot.rendering.styled import words
from bot.services.moderate import Saved, Seconded, Settled, Stale
from handlers.call import Buttons, Call
from handlers.cards import load_dialog, outcome_words, save_dialog, say_wrong, show_card
from handlers.registry import Routes

routes = Routes()

#: Prefix of the buttons of a report: `REVIEW:VERB.NUMBER[.FINGERPRINT]`.
REVIEW = "rev"
ACCEPT, REJECT, EDIT = "a", "r", "e"
#: Cards that are shown at once.
SHOWN = 5


@routes.command("review", role="editor")
async def review(call: Call) -> None:
    """Show the oldest reports that wait, or the one that is named."""
    number = call.args.strip().lstrip("#№")
    if number and not number.isdecimal():
        await say_wrong(call, CommandError("admin-no-number", given=number, form="form-review"))
        return
    moderation = call.services.moderation
    if number:
        waiting = await moderation.review(int(number))
        if waiting is None:
            await call.say("review-unknown", n=number)
        else:
            await show_report(call, waiting)
        return
    reports = await moderation.waiting()
    if not reports:
        await call.say("review-none")
        return
    for waiting in reports[:SHOWN]:
        await show_report(call, waiting)
    if len(reports) > SHOWN:
        await call.say("review-left", n=len(reports) - SHOWN)


async def show_report(call: Call, waiting: Waiting, *, note: str = "", in_place: bool = False) -> None:
    """Show one report with what accepting it would do."""
    card, proposal = await _card(call, waiting)
    fingerprint = proposal.fingerprint if proposal else ""
    buttons: Buttons = [
        [
            (call.word("review-accept"), f"{REVIEW}:{ACCEPT}.{waiting.id}.{fingerprint}"),
            (call.word("review-reject"), f"{REVIEW}:{REJECT}.{waiting.id}"),
            (call.word("card-edit-button"), f"{REVIEW}:{EDIT}.{waiting.id}"),
        ]
    ]
    await call.reply(join((words(call.word(note)) if note else (), card)), buttons, in_place=in_place)


async def _card(call: Call, waiting: Waiting) -> tuple[Rich, Proposal | None]:
    moderation = call.services.moderation
    command = await moderation.command_for(waiting.report, review=waiting.id)
    if not command.drafts:
        return join((_head(call, waiting), words(call.word("review-nothing-read")))), None
    try:
        proposal = await moderation.propose(command, author=str(call.user_id))
    except CommandError as error:
        return join((_head(call, waiting), error_words(call.lang, error))), None
    head = _head(call, waiting, quoting=not any(c.quote for c in proposal.change.claims))
    return join((head, proposal_card(call.lang, proposal, await call.services.ledger.get()))), proposal


def _head(call: Call, waiting: Waiting, *, quoting: bool = True) -> Rich:
    return review_head(
        call.lang,
        waiting,
        timezone=call.services.timezone,
        who=lambda author: who_words(call.lang, author),
        quoting=quoting,
    )


@routes.button(REVIEW, role="editor")
async def pressed(call: Call) -> None:
    """Accept, reject or edit a report; one that somebody else has decided on is left, and that is said."""
    verb, number, seen = (*call.args.split("."), "", "", "")[:3]
    if verb not in (ACCEPT, REJECT, EDIT) or not number.isdecimal():
        await call.toast(call.word("card-gone"), alert=True)
        return
    waiting = await call.services.moderation.review(int(number))
    if waiting is None:
        await _say_settled(call, int(number))
        return
    try:
        match verb:
            case "a":
                await _accept(call, waiting, seen)
            case "r":
                await _reject(call, waiting)
            case _:
                await _edit(call, waiting)
    except CommandError as error:
        await say_wrong(call, error)


async def _accept(call: Call, waiting: Waiting, seen: str) -> None:
    moderation = call.services.moderation
    command = await moderation.command_for(waiting.report, review=waiting.id)
    outcome = await moderation.carry_out(command, author=str(call.user_id), seen=seen if command.drafts else None)
    match outcome:
        case Saved(applied=applied):
            who = who_words(call.lang, str(call.user_id))
            if applied.audit is None:
                await _close(call, waiting, call.word("review-accepted-plain", who=who))
            else:
                await _close(call, waiting, call.word("review-accepted", who=who, n=str(applied.audit)))
        case Stale():
            await show_report(call, waiting, note="card-stale", in_place=True)
        case Seconded():
            await call.toast(outcome_words(call, outcome), alert=True)
            again = await moderation.review(waiting.id)
            if again is not None:
                await show_report(call, again, in_place=True)
        case Settled():
            await _say_settled(call, waiting.id)


async def _reject(call: Call, waiting: Waiting) -> None:
    if await call.services.moderation.reject(waiting.id, author=str(call.user_id)):
        who = who_words(call.lang, str(call.user_id))
        await _close(call, waiting, call.word("review-rejected", who=who))
    else:
        await _say_settled(call, waiting.id)


async def _edit(call: Call, waiting: Waiting) -> None:
    """Turn a report into a card of claims that can be changed; where nothing was read, ask for a line."""
    command = await call.services.moderation.command_for(waiting.report, review=waiting.id)
    if command.drafts:
        await show_card(call, command)
        return
    dialog = await load_dialog(call)
    await save_dialog(call, replace(dialog, step={"want": "line", "review": waiting.id}))
    await call.say("review-write")


async def _close(call: Call, waiting: Waiting, outcome: str) -> None:
    """Put the decision in the place of the buttons, and say how many wait."""
    head = _head(call, waiting)
    left = len(await call.services.moderation.waiting())
    await call.reply(join((head, words(outcome), words(call.word("review-left", n=left)))), in_place=True)


async def _say_settled(call: Call, number: int) -> None:
    await call.toast(call.word("review-settled", n=str(number)), alert=True)
    await call.say("review-settled", in_place=True, n=str(number))
