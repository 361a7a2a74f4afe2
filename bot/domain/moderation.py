"""What an administrator's command would do to the ledger, and what should be looked at before it is done.

Pure: command, ledger and clock in, proposal out. Nothing is overwritten: a correction is a new version of a claim,
which keeps its number; what no longer counts is retracted. What cannot be done at all is a CommandError.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from bot.domain.claims import Claim, Party
from bot.domain.commands import NEW_ROUND, Add, Command, Draft, Edit, Merge, Pin, Retract, Split
from bot.domain.decisions import ChangeSet
from bot.domain.headline import figures
from bot.domain.ledger import Ledger
from bot.domain.objections import objections, totals_contradicted
from bot.domain.proposals import Concern, Proposal
from bot.domain.reasons import reason
from bot.domain.records import claim_problem
from bot.domain.rounds import Round
from bot.domain.workspace import Workspace, content_of
from bot.errors import CommandError

#: What is older when first seen enters the ledger without an alert (contract, section 6).
FRESH = dt.timedelta(hours=72)
#: Text keys of the right forms of the commands.
FORMS: Mapping[type[Command], str] = {
    Add: "form-add",
    Edit: "form-edit",
    Retract: "form-retract",
    Pin: "form-pin",
    Merge: "form-merge",
    Split: "form-split",
}
#: Days around a round within which the sides may date the same one.
NEAR_DAYS = 1


def propose(command: Command, ledger: Ledger, *, author: str, now: dt.datetime, timezone: dt.tzinfo) -> Proposal:
    """Work out a command on one version of the ledger.

    Args:
        author: Of the change: a Telegram user id in digits, or "cli".
        timezone: Whose calendar days "today" is told by.

    Raises:
        CommandError: it cannot be done; an unknown claim or round, or values that contradict each other.
    """
    plan = _Plan(command, ledger, author=author, now=now, today=now.astimezone(timezone).date(), timezone=timezone)
    match command:
        case Add():
            for draft in command.drafts:
                plan.add(draft)
        case Edit():
            plan.edit(command)
        case Retract():
            plan.retract(command)
        case Pin():
            plan.pin(command)
        case Merge():
            plan.merge(command)
        case Split():
            plan.split(command)
    return plan.proposal()


def revise(draft: Draft, changes: Mapping[str, Any]) -> Draft:
    """Return a draft with other values; a figure and its qualifier are kept in agreement."""
    return replace(draft, **_consistent(draft, changes))


def is_fresh(date: dt.date, *, now: dt.datetime, timezone: dt.tzinfo) -> bool:
    """Tell whether a round of that day is still news: it has come, and ended no longer than 72 hours ago."""
    end = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), tzinfo=timezone)
    return date <= now.astimezone(timezone).date() and now - end <= FRESH


def _consistent(old: Draft | Claim, changes: Mapping[str, Any]) -> dict[str, Any]:
    new = dict(changes)
    if new.get("qualifier") == "undisclosed":
        new["count"] = None
    elif "count" in new and new["count"] is None:
        new["qualifier"] = "undisclosed"
    elif new.get("count") is not None and new.get("qualifier", old.qualifier) == "undisclosed":
        new["qualifier"] = "exact"
    if new.get("measure") == "round":
        new.setdefault("since", None)
    return new


class _Plan:
    """One command on its way to a proposal."""

    def __init__(
        self, command: Command, ledger: Ledger, *, author: str, now: dt.datetime, today: dt.date, timezone: dt.tzinfo
    ) -> None:
        self.command = command
        self.space = Workspace(ledger, form=FORMS[type(command)])
        self.author = author
        self.now = now
        self.today = today
        self.timezone = timezone
        self.reason = ""
        self.settles: int | None = command.review if isinstance(command, Add) else None
        self.concerns: list[Concern] = []

    @property
    def form(self) -> str:
        """Text key of the right form of the command."""
        return FORMS[type(self.command)]

    # Adding

    def add(self, draft: Draft) -> None:
        if draft.measure == "total":
            draft = self._complete_total(draft)
        claim = self._claim(draft)
        round_id = self._match(draft, claim) if draft.measure == "round" or draft.round else None
        claim = replace(claim, round=round_id)
        if round_id is not None:
            self._complete_round(draft, round_id)
        twin = self.space.twin(claim)
        if twin is not None:
            self.concerns.append(Concern(kind="duplicate", about=claim, claim=twin))
            return
        self._record(replace(claim, id=self.space.predecessor(claim)))
        self.reason = self.reason or reason("add", kind=claim.kind, recipient=claim.recipient, date=claim.date)

    def _record(self, claim: Claim) -> None:
        if problem := claim_problem(claim):
            raise CommandError("admin-bad-claim", problem=problem, form=self.form)
        self.concerns.extend(objections(claim, self.space, today=self.today))
        self.space.claims.append(claim)

    def _complete_total(self, draft: Draft) -> Draft:
        """Count a total from its agreement's day where no other is given; it makes no round of its own."""
        agreement = self.space.ledger.agreement(self.space.agreement_id(draft.agreement) or "")
        since = draft.since or (agreement.date if agreement else None)
        return replace(draft, since=since, agreement="", round="" if draft.round == NEW_ROUND else draft.round)

    def _claim(self, draft: Draft) -> Claim:
        party = draft.party or self._party_of(draft.claimant)
        host = (urlsplit(draft.url).hostname or "").removeprefix("www.")
        publisher = draft.publisher or host or EDITORS
        return Claim(
            round=None,
            kind=draft.kind,
            recipient=draft.recipient,
            measure=draft.measure,
            count=draft.count,
            qualifier=draft.qualifier,
            date=draft.date,
            since=draft.since,
            party=party,
            claimant=draft.claimant or (publisher if party == "other" else SIDES[party]),
            publisher=publisher,
            url=draft.url,
            published=draft.published,
            breakdown=draft.breakdown,
            lang=draft.lang,
            partial=draft.partial,
            quote=draft.quote,
        )

    def _party_of(self, claimant: str) -> Party:
        wanted = claimant.casefold().strip()
        if wanted:
            for claim in reversed(self.space.ledger.claims):
                if wanted in claim.claimant.casefold():
                    return claim.party
        return "other"

    def _match(self, draft: Draft, claim: Claim) -> str:
        """Find the round that a draft belongs to, or make one."""
        if draft.round == NEW_ROUND:
            return self._new_round(draft).id
        if draft.round:
            named = self.space.round(draft.round)
            if named.kind != draft.kind:
                raise CommandError("admin-other-kind", given=named.id, kind=named.kind, form=self.form)
            if draft.measure == "round" and abs((named.date - draft.date).days) > NEAR_DAYS:
                self.concerns.append(Concern(kind="date_differs", about=claim, rounds=(named,)))
            return named.id
        same_day = self.space.known_rounds(draft.kind, draft.date, draft.date)
        if len(same_day) > 1:
            ordered = sorted(same_day, key=lambda r: -self._likeness(r, claim))
            if not self._settled(ordered, claim):
                self.concerns.append(Concern(kind="several_rounds", about=claim, rounds=tuple(ordered)))
            return ordered[0].id
        if same_day:
            return same_day[0].id
        day = dt.timedelta(days=NEAR_DAYS)
        near = self.space.known_rounds(draft.kind, draft.date - day, draft.date + day)
        near = [r for r in near if self._likeness(r, claim) >= 0]
        if near:
            self.concerns.append(Concern(kind="near_round", about=claim, rounds=tuple(near)))
        return self._new_round(draft).id

    def _likeness(self, of: Round, claim: Claim) -> int:
        """Rank how well a claim fits a round: 2 same figure, 1 same way, 0 nothing against it, -1 another figure."""
        same_way = [c for c in self.space.claims_of(of.id) if c.recipient == claim.recipient]
        if not same_way or claim.count is None:
            return 0
        if any(c.count == claim.count for c in same_way):
            return 2
        return -1 if any(c.party == claim.party and c.count is not None for c in same_way) else 1

    def _settled(self, ordered: Sequence[Round], claim: Claim) -> bool:
        best = self._likeness(ordered[0], claim)
        return best == 2 and self._likeness(ordered[1], claim) < 2

    def _new_round(self, draft: Draft) -> Round:
        agreement = self.space.agreement_id(draft.agreement)
        made = Round(id="", kind=draft.kind, date=draft.date, agreement=agreement, ordinal=draft.ordinal)
        return self.space.make_round(made)

    def _complete_round(self, draft: Draft, round_id: str) -> None:
        """Give a round on record what a draft knows of it."""
        of = self.space.round(round_id)
        known = replace(
            of,
            agreement=self.space.agreement_id(draft.agreement) or of.agreement,
            ordinal=draft.ordinal if draft.ordinal is not None else of.ordinal,
        )
        if known != of:
            self.space.rounds[round_id] = known

    # Correcting

    def edit(self, command: Edit) -> None:
        old = self.space.claim(command.claim)
        changes = _consistent(old, command.changes)
        wanted, agreement = changes.pop("round", ""), changes.pop("agreement", None)
        new = replace(old, **changes)
        moved = self._moved(old, new, wanted)
        new = replace(new, round=moved, pinned=new.pinned and moved == old.round and new.measure == "round")
        if agreement is not None and new.round is not None:
            of = self.space.round(new.round)
            self.space.rounds[of.id] = replace(of, agreement=self.space.agreement_id(agreement))
        if new == old and agreement is None and not self.space.rounds:
            raise CommandError("admin-no-change", given=f"C{old.id}", form=self.form)
        if new != old:
            twin = self.space.twin(new)
            if twin is not None and twin.id != new.id:
                raise CommandError("admin-same-as", given=f"C{old.id}", claim=f"C{twin.id}", form=self.form)
            self._record(new)
        self._leave(old, new.round)
        self.reason = command.reason or reason("edit", claim=f"C{old.id}")

    def _moved(self, old: Claim, new: Claim, wanted: str) -> str | None:
        """Return the round of an edited claim: it stays, moves, or takes its round's day along."""
        if new.measure == "total" and wanted == NEW_ROUND:
            wanted = ""  # a total makes no round of its own
        stays = new.kind == old.kind and new.measure == old.measure and not wanted
        if stays and old.round is not None:
            if new.date != old.date and new.measure == "round":
                self._redate(old.round, old, new.date)
            return old.round
        if new.measure == "total" and not wanted:
            return old.round if new.kind == old.kind and not self._alone(old) else None
        as_draft = Draft(kind=new.kind, recipient=new.recipient, count=new.count, date=new.date, round=wanted)
        return self._match(as_draft, new)

    def _redate(self, round_id: str, old: Claim, date: dt.date) -> None:
        """Move the day of a round whose only claim says another; with other claims the sides may well differ."""
        of = self.space.round(round_id)
        if self._alone(old):
            self.space.rounds[round_id] = replace(of, date=date)
        elif abs((of.date - date).days) > NEAR_DAYS:
            self.concerns.append(Concern(kind="date_differs", about=old, rounds=(of,)))

    def _alone(self, claim: Claim) -> bool:
        """Whether its round has no other claim."""
        others = self.space.ledger.claims_of(claim.round or "")
        return claim.measure == "round" and all(c.id == claim.id for c in others)

    def _leave(self, old: Claim, to: str | None) -> None:
        """Withdraw the round that a claim leaves without any."""
        if old.round is None or old.measure != "round" or self.space.claims_of(old.round):
            return
        of = self.space.round(old.round)
        if of.id in self.space.rounds:
            del self.space.rounds[of.id]
        self.space.gone_rounds.append(of.id)
        replaced = {c.id for c in self.space.claims} | set(self.space.gone_claims)
        heirs = [t for t in self.space.ledger.totals if t.round == of.id and t.id not in replaced]
        heir = to if to != of.id and to is not None and self.space.round(to).kind == of.kind else None
        self.space.claims.extend(replace(t, round=heir) for t in heirs)

    def retract(self, command: Retract) -> None:
        old = self.space.claim(command.claim)
        self.space.gone_claims.append(command.claim)
        self._leave(old, None)
        self.reason = command.reason

    def pin(self, command: Pin) -> None:
        old = self.space.claim(command.claim)
        if not figures([old]) or old.round is None:
            raise CommandError("admin-no-figure", given=f"C{old.id}", form=self.form)
        if old.pinned != command.off:
            key = "admin-not-pinned" if command.off else "admin-pinned-already"
            raise CommandError(key, given=f"C{old.id}", form=self.form)
        for c in self.space.ledger.claims_of(old.round):
            if c.pinned and c.recipient == old.recipient and c.id != old.id:
                self.space.claims.append(replace(c, pinned=False))
        self.space.claims.append(replace(old, pinned=not command.off))
        self.reason = reason("unpin" if command.off else "pin", claim=f"C{old.id}")

    def merge(self, command: Merge) -> None:
        into, other = (self.space.round(r) for r in (command.into, command.other))
        if into.kind != other.kind:
            raise CommandError("admin-other-kind", given=other.id, kind=other.kind, form=self.form)
        if abs((into.date - other.date).days) > NEAR_DAYS:
            self.concerns.append(Concern(kind="not_alone", rounds=(into, other)))
        known = [content_of(c) for c in self.space.ledger.claims_of(into.id)]
        pinned = {c.recipient for c in self.space.ledger.claims_of(into.id) if c.pinned}
        totals = [t for t in self.space.ledger.totals if t.round == other.id]
        for c in [*self.space.ledger.claims_of(other.id), *totals]:
            moved = replace(c, round=into.id, pinned=c.pinned and c.recipient not in pinned)
            if content_of(moved) in known and c.id is not None:
                self.space.gone_claims.append(c.id)
            else:
                self.space.claims.append(moved)
        self._merge_rounds(into, other)
        self.space.gone_rounds.append(other.id)
        self.reason = reason("merge", other=other.id, into=into.id)

    def _merge_rounds(self, into: Round, other: Round) -> None:
        whole = replace(
            into,
            agreement=into.agreement or other.agreement,
            ordinal=into.ordinal if into.ordinal is not None else other.ordinal,
            category=into.category or other.category,
            mediator=into.mediator or other.mediator,
            note=into.note or other.note,
        )
        if whole != into:
            self.space.rounds[into.id] = whole

    def split(self, command: Split) -> None:
        of = self.space.round(command.round)
        leaving = [self.space.claim(c) for c in command.claims]
        for c in leaving:
            if c.round != of.id or c.measure != "round":
                raise CommandError("admin-not-in-round", given=f"C{c.id}", round=of.id, form=self.form)
        if len(leaving) == len(self.space.ledger.claims_of(of.id)):
            raise CommandError("admin-split-all", given=of.id, form=self.form)
        date = command.date or of.date
        made = self.space.make_round(replace(of, date=date, ordinal=None, note=None))
        self.space.claims.extend(replace(c, round=made.id, date=command.date or c.date) for c in leaving)
        self.reason = reason("split", round=made.id, of=of.id)

    # The whole

    def proposal(self) -> Proposal:
        """Return what the command comes to."""
        self.concerns.extend(totals_contradicted(self.space, today=self.today))
        space = self.space
        # A round that was made for a claim that stands already is none.
        made = [r for r in space.new_rounds if space.claims_of(r)]
        told = space.told_otherwise()
        numbers = [c.id for c in space.claims if c.id is not None] + space.gone_claims
        rounds = [space.rounds.get(r) or space.ledger.round(r) for r in space.touched()]
        change = ChangeSet(
            author=self.author,
            reason=self.reason,
            at=self.now,
            rounds=tuple(r for r in space.rounds.values() if r.id in made or r.id not in space.new_rounds),
            claims=tuple(space.claims),
            retracted_claims=tuple(space.gone_claims),
            retracted_rounds=tuple(space.gone_rounds),
            alerts=tuple(r for r in made if self._is_news(r)),
            edits=tuple(r for r in space.touched() if r in told and r not in made),
            settles=self.settles,
            expected_version=space.ledger.version,
        )
        return Proposal(
            command=self.command,
            change=change,
            new_rounds=tuple(space.rounds[r] for r in made),
            rounds=tuple(r for r in rounds if r is not None),
            superseded=tuple(c for n in numbers if (c := space.ledger.claim(n)) is not None),
            shown=tuple(s for s in space.shown() if s.differs),
            concerns=tuple(c for i, c in enumerate(self.concerns) if c not in self.concerns[:i]),
        )

    def _is_news(self, round_id: str) -> bool:
        return is_fresh(self.space.rounds[round_id].date, now=self.now, timezone=self.timezone)


#: Publisher of a claim that was entered without a source.
EDITORS = "Homeward's editors"
#: Claimants where only the party is known.
SIDES: Mapping[Party, str] = {"ukraine": "Ukrainian side", "russia": "Russian side", "other": "others"}
