"""Cards of changes that wait for an administrator's word: kept in the database, so that they survive a restart.

What a card shows was worked out when it was shown; it is worked out again at the press, and where it comes to something
else nothing is done and the card shows that instead.
"""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.commands import Add, Command, Edit, command_from_json, command_to_json
from bot.domain.proposals import Proposal
from bot.errors import CommandError
from bot.rendering.audit import who_words
from bot.rendering.moderation import claim_title, error_words, proposal_card
from bot.rendering.rich import Rich, join, plain
from bot.rendering.styled import words
from bot.services.moderate import Outcome, Saved, Seconded, Settled, Stale
from handlers.call import Buttons, Call

#: Prefix of the buttons of a card: `CARD:VERB.TOKEN[.ARGUMENT]`.
CARD = "adm"
SAVE, DROP, EDIT, FIGURE, FIELD, ROUND, REMOVE, BACK = "s", "d", "e", "i", "f", "r", "x", "b"
#: Cards of one person in one chat; older ones are no longer valid.
KEPT = 12
#: A question that is not answered for so long is forgotten.
PATIENCE = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """What is kept of one administrator's conversation in one chat."""

    #: Token → command and the fingerprint of what was shown, oldest first.
    cards: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: What is asked now; None: nothing.
    step: Mapping[str, Any] | None = None

    def command(self, token: str) -> Command | None:
        """Return the command of a card; None where it is no longer valid."""
        card = self.cards.get(token)
        return command_from_json(card["command"]) if card else None


async def load_dialog(call: Call) -> Dialog:
    """Return what is kept; a question that has grown old is forgotten."""
    state = await call.services.chats.dialog(call.chat_id, call.user_id) or {}
    step = state.get("step")
    if step and call.services.clock.now() - dt.datetime.fromisoformat(step["at"]) > PATIENCE:
        step = None
    return Dialog(cards=state.get("cards", {}), step=step)


async def save_dialog(call: Call, dialog: Dialog) -> None:
    """Keep it; what holds nothing is deleted."""
    now = call.services.clock.now()
    state: dict[str, Any] = {}
    if dialog.cards:
        state["cards"] = dict(dialog.cards)
    if dialog.step is not None:
        state["step"] = {**dialog.step, "at": now.isoformat()}
    await call.services.chats.save_dialog(call.chat_id, call.user_id, state or None, at=now)


async def keep_card(call: Call, command: Command, seen: str, *, token: str | None = None) -> str:
    """Keep a card, with nothing asked any more; returns its token."""
    token = token or secrets.token_hex(4)
    dialog = await load_dialog(call)
    cards = {k: v for k, v in dialog.cards.items() if k != token}
    cards[token] = {"command": command_to_json(command), "seen": seen}
    await save_dialog(call, Dialog(cards=dict([*cards.items()][-KEPT:])))
    return token


async def forget_card(call: Call, token: str) -> None:
    """Forget a card that has done its work."""
    dialog = await load_dialog(call)
    cards = {k: v for k, v in dialog.cards.items() if k != token}
    await save_dialog(call, replace(dialog, cards=cards))


async def show_card(
    call: Call, command: Command, *, token: str | None = None, note: str = "", in_place: bool = False
) -> None:
    """Show what a command would do, with the buttons to save, drop and change it.

    Raises:
        CommandError: it cannot be done.
    """
    proposal = await call.services.moderation.propose(command, author=str(call.user_id))
    review = command.review if isinstance(command, Add) else None
    if proposal.empty and review is None:
        await call.reply(_nothing(call, proposal), in_place=in_place)
        return
    token = await keep_card(call, command, proposal.fingerprint, token=token)
    text = join((words(call.word(note)) if note else (), await card_text(call, proposal)))
    await call.reply(text, card_buttons(call, proposal, token), in_place=in_place)


async def card_text(call: Call, proposal: Proposal, *, done: bool = False) -> Rich:
    """Write a card."""
    subscribers = None
    if proposal.change.alerts:
        counts = await call.services.subscriptions.counts()
        subscribers = max(counts.get(f"kind:{r.kind}", 0) for r in proposal.new_rounds)
    ledger = await call.services.ledger.get()
    return proposal_card(call.lang, proposal, ledger, subscribers=subscribers, done=done)


def _nothing(call: Call, proposal: Proposal) -> Rich:
    twin = next((c.claim for c in proposal.concerns if c.claim is not None), None)
    if twin is None:
        return words(call.word("card-saved-nothing"))
    return words(call.word("card-duplicate", claim=claim_title(call.lang, twin)))


def card_buttons(call: Call, proposal: Proposal, token: str) -> Buttons:
    """Return the buttons: save, drop, edit; and below, which round it is where that is asked."""
    save = call.word("card-save-anyway" if proposal.questions else "card-save")
    first = [(save, f"{CARD}:{SAVE}.{token}"), (call.word("card-drop"), f"{CARD}:{DROP}.{token}")]
    if isinstance(proposal.command, Add | Edit):
        first.append((call.word("card-edit-button"), f"{CARD}:{EDIT}.{token}"))
    rounds = round_choices(proposal)
    made = {r.id for r in proposal.new_rounds}
    rows: list[Sequence[tuple[str, str]]] = [first]
    rows += [
        [(call.word("card-round-button", round=r), f"{CARD}:{ROUND}.{token}.{r}")] for r in rounds if r not in made
    ]
    if rounds and not made:
        rows.append([(call.word("card-own-round-button"), f"{CARD}:{ROUND}.{token}.new")])
    return rows


def round_choices(proposal: Proposal) -> list[str]:
    """Return the ids of the rounds that a card asks about, for a single claim to add."""
    if not isinstance(proposal.command, Add) or len(proposal.command.drafts) != 1:
        return []
    asked = [c for c in proposal.questions if c.kind in ("several_rounds", "near_round")]
    return [r.id for c in asked for r in c.rounds][:4]


async def do_at_once(call: Call, command: Command) -> None:
    """Carry out a correction and say what it did; where it raises questions, show its card first.

    Raises:
        CommandError: it cannot be done.
    """
    moderation, author = call.services.moderation, str(call.user_id)
    proposal = await moderation.propose(command, author=author)
    if proposal.questions:
        await show_card(call, command)
        return
    text = await card_text(call, proposal)
    outcome = await moderation.carry_out(command, author=author, seen=proposal.fingerprint)
    if isinstance(outcome, Stale):
        await show_card(call, command, note="card-stale")
    else:
        await call.reply(join((text, words(outcome_words(call, outcome)))))


def outcome_words(call: Call, outcome: Outcome) -> str:
    """Say what came of a change."""
    match outcome:
        case Saved(applied=applied) if applied.audit is None:
            return call.word("card-saved-nothing")
        case Saved(applied=applied):
            who = who_words(call.lang, str(call.user_id))
            saved = call.word("card-saved", who=who, n=str(applied.audit))
            if not applied.claim_ids:
                return saved
            numbers = ", ".join(f"C{n}" for n in applied.claim_ids)
            return f"{call.word('card-saved-claims', claims=numbers)} {saved}"
        case Seconded():
            return call.word("review-seconded")
        case Settled(review=review):
            return call.word("review-settled", n=str(review))
        case Stale():
            return call.word("card-stale")


async def say_wrong(call: Call, error: CommandError) -> None:
    """Say what is wrong with a command, and show the right form."""
    if call.incoming.what == "button":
        await call.toast(plain(error_words(call.lang, error)), alert=True)
    else:
        await call.reply(error_words(call.lang, error))
