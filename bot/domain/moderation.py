"""What an administrator's command would do to the ledger, and what should be looked at before it is done.

Pure: command, ledger and clock in, proposal out. Nothing is overwritten: a correction is a new version of a claim,
which keeps its number; what no longer counts is retracted. What cannot be done at all is a CommandError.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from bot.domain.claims import RECIPIENTS, Claim, Kind, Party, Recipient
from bot.domain.commands import NEW_ROUND, Add, Command, Draft, Edit, Merge, Pin, Retract, Split
from bot.domain.decisions import ChangeSet
from bot.domain.headline import ABOUT, choose_headline, compatible, figures, own_figure
from bot.domain.ledger import Ledger
from bot.domain.plausibility import implausible, total_mismatch
from bot.domain.proposals import Concern, Proposal, Shown
from bot.domain.records import claim_problem
from bot.domain.rounds import Round
from bot.errors import CommandError

#: What is older when first seen enters the ledger without an alert (contract, section 6).
FRESH = dt.timedelta(hours=72)
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
        self.ledger = ledger
        self.author = author
        self.now = now
        self.today = today
        self.timezone = timezone
        self.reason = ""
        self.settles: int | None = command.review if isinstance(command, Add) else None
        #: Rounds as they would stand, where they are new or change.
        self.rounds: dict[str, Round] = {}
        self.new_rounds: list[str] = []
        self.gone_rounds: list[str] = []
        #: Claims to record, in order; those with a number replace what stands.
        self.claims: list[Claim] = []
        self.gone_claims: list[int] = []
        self.concerns: list[Concern] = []

    # The ledger as it would be

    def round(self, round_id: str, *, form: str = "") -> Round:
        found = self.rounds.get(round_id) or self.ledger.round(round_id)
        if found is None or round_id in self.gone_rounds:
            raise CommandError("admin-unknown-round", given=round_id, form=form)
        return found

    def claim(self, claim_id: int, *, form: str = "") -> Claim:
        found = self.ledger.claim(claim_id)
        if found is None:
            raise CommandError("admin-unknown-claim", given=f"C{claim_id}", form=form)
        return found

    def claims_of(self, round_id: str) -> list[Claim]:
        """The standing claims of a round with what the plan has done so far."""
        replaced = {c.id for c in self.claims if c.id is not None} | set(self.gone_claims)
        old = [c for c in self.ledger.claims_of(round_id) if c.id not in replaced]
        return old + [c for c in self.claims if c.round == round_id and c.measure == "round"]

    def known_rounds(self, kind: Kind, since: dt.date, until: dt.date) -> list[Round]:
        standing = [self.rounds.get(r.id, r) for r in self.ledger.rounds_between(since, until, kind)]
        made = [self.rounds[r] for r in self.new_rounds]
        return [
            r
            for r in (*standing, *made)
            if r.kind == kind and since <= r.date <= until and r.id not in self.gone_rounds
        ]

    # Adding

    def add(self, draft: Draft) -> None:
        if draft.measure == "total":
            draft = self._complete_total(draft)
        claim = self._claim(draft)
        round_id = self._match(draft, claim) if draft.measure == "round" or draft.round else None
        claim = replace(claim, round=round_id)
        if round_id is not None:
            self._complete_round(draft, round_id)
        twin = self._twin(claim)
        if twin is not None:
            self.concerns.append(Concern(kind="duplicate", about=claim, claim=twin))
            return
        claim = replace(claim, id=self._replaced(claim))
        self._check(claim)
        self.claims.append(claim)
        self.reason = self.reason or f"add {claim.kind} {claim.recipient} {claim.date}"

    def _complete_total(self, draft: Draft) -> Draft:
        """Count a total from its agreement's day where no other is given; it makes no round of its own."""
        agreement = self.ledger.agreement(self._agreement(draft.agreement) or "")
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
            for claim in reversed(self.ledger.claims):
                if wanted in claim.claimant.casefold():
                    return claim.party
        return "other"

    def _match(self, draft: Draft, claim: Claim) -> str:
        """Find the round that a draft belongs to, or make one."""
        if draft.round == NEW_ROUND:
            return self._new_round(draft).id
        if draft.round:
            named = self.round(draft.round, form="form-add")
            if named.kind != draft.kind:
                raise CommandError("admin-other-kind", given=named.id, kind=named.kind, form="form-add")
            if draft.measure == "round" and abs((named.date - draft.date).days) > NEAR_DAYS:
                self.concerns.append(Concern(kind="date_differs", about=claim, rounds=(named,)))
            return named.id
        same_day = self.known_rounds(draft.kind, draft.date, draft.date)
        if len(same_day) > 1:
            ordered = sorted(same_day, key=lambda r: -self._likeness(r, claim))
            if not self._settled(ordered, claim):
                self.concerns.append(Concern(kind="several_rounds", about=claim, rounds=tuple(ordered)))
            return ordered[0].id
        if same_day:
            return same_day[0].id
        day = dt.timedelta(days=NEAR_DAYS)
        near = self.known_rounds(draft.kind, draft.date - day, draft.date + day)
        near = [r for r in near if self._likeness(r, claim) >= 0]
        if near:
            self.concerns.append(Concern(kind="near_round", about=claim, rounds=tuple(near)))
        return self._new_round(draft).id

    def _likeness(self, of: Round, claim: Claim) -> int:
        """Rank how well a claim fits a round: 2 same figure, 1 same way, 0 nothing against it, -1 another figure."""
        same_way = [c for c in self.claims_of(of.id) if c.recipient == claim.recipient]
        if not same_way or claim.count is None:
            return 0
        if any(c.count == claim.count for c in same_way):
            return 2
        return -1 if any(c.party == claim.party and c.count is not None for c in same_way) else 1

    def _settled(self, ordered: Sequence[Round], claim: Claim) -> bool:
        best = self._likeness(ordered[0], claim)
        return best == 2 and self._likeness(ordered[1], claim) < 2

    def _new_round(self, draft: Draft) -> Round:
        made = Round(
            id=self._free_id(draft.kind, draft.date),
            kind=draft.kind,
            date=draft.date,
            agreement=self._agreement(draft.agreement),
            ordinal=draft.ordinal,
        )
        self.rounds[made.id] = made
        self.new_rounds.append(made.id)
        return made

    def _free_id(self, kind: Kind, date: dt.date) -> str:
        plain = f"{kind}-{date}"
        taken = {r.id for r in self.ledger.rounds if r.id.startswith(plain)} | self.rounds.keys()
        if not taken & {plain} and not any(r.startswith(f"{plain}-") for r in taken):
            return plain
        letter = next(c for c in "bcdefghijklmnopqrstuvwxyz" if f"{plain}-{c}" not in taken)
        return f"{plain}-{letter}"

    def _agreement(self, given: str) -> str | None:
        """Return the id of an agreement that is given by id or by a name."""
        if not given:
            return None
        wanted = given.casefold()
        for agreement in self.ledger.agreements:
            if wanted == agreement.id or any(wanted == n.casefold() for ns in agreement.names.values() for n in ns):
                return agreement.id
        raise CommandError("admin-unknown-agreement", given=given, form="form-add")

    def _complete_round(self, draft: Draft, round_id: str) -> None:
        """Give a round on record what a draft knows of it."""
        of = self.round(round_id)
        known = replace(
            of,
            agreement=self._agreement(draft.agreement) or of.agreement,
            ordinal=draft.ordinal if draft.ordinal is not None else of.ordinal,
        )
        if known != of:
            self.rounds[round_id] = known

    def _twin(self, claim: Claim) -> Claim | None:
        """Return the claim that says the same already."""
        rest = self.claims_of(claim.round) if claim.round and claim.measure == "round" else self.ledger.totals
        return next((c for c in rest if _content(c) == _content(claim)), None)

    def _replaced(self, claim: Claim) -> int | None:
        """Return the number of the claim that the same claimant and publisher made about the same thing before."""
        rest: Iterable[Claim] = self.ledger.totals
        if claim.measure == "round" and claim.round is not None:
            rest = self.claims_of(claim.round)
        return next((c.id for c in rest if c.id is not None and _voice(c) == _voice(claim)), None)

    # What speaks against a claim

    def _check(self, claim: Claim) -> None:
        if problem := claim_problem(claim):
            raise CommandError("admin-bad-claim", problem=problem, form="form-add")
        if claim.date > self.today:
            self.concerns.append(Concern(kind="future_date", about=claim))
        if claim.count == 0:
            self.concerns.append(Concern(kind="zero", about=claim))
        if implausible(claim, self.ledger) or total_mismatch(claim, self.ledger):
            self.concerns.append(Concern(kind="implausible", about=claim))
        if claim.measure == "total":
            self._check_total(claim)
        elif claim.round is not None:
            self._check_figure(claim, claim.round)

    def _check_total(self, claim: Claim) -> None:
        if claim.count is None or claim.since is None:
            return
        value = self._sum(claim.kind, claim.recipient, claim.since, claim.date)
        if not _fits(claim, value):
            self.concerns.append(Concern(kind="ledger_sum", about=claim, value=value))

    def _sum(self, kind: Kind, recipient: Recipient, since: dt.date | None, until: dt.date) -> int:
        """What the headline figures of a span come to, with what the plan has done so far."""
        value = self.ledger.series(kind, recipient).window(since, until).value
        for round_id in self._touched():
            of, old = self.rounds.get(round_id), self.ledger.round(round_id)
            before = old and (since is None or since <= old.date) and old.date <= until and old.kind == kind
            if before:
                value -= _value(self.ledger.claims_of(round_id), recipient)
            of = of or old
            if round_id not in self.gone_rounds and of and (since is None or since <= of.date) and of.date <= until:
                value += _value(self.claims_of(round_id), recipient) if of.kind == kind else 0
        return value

    def _check_figure(self, claim: Claim, round_id: str) -> None:
        standing = [c for c in self.claims_of(round_id) if claim.id is None or c.id != claim.id]
        if claim.partial or claim.count is None:
            return
        same = (claim.recipient, claim.party, claim.count, claim.publisher.casefold())
        repeated = [c for c in standing if (c.recipient, c.party, c.count, c.publisher.casefold()) == same]
        if repeated and claim.id is None:
            self.concerns.append(Concern(kind="repeats", about=claim, claim=repeated[0]))
        own = own_figure(standing, recipient=claim.recipient, party=claim.party)
        if own is not None and own.count != claim.count and own.qualifier == claim.qualifier == "exact":
            self.concerns.append(Concern(kind="same_party", about=claim, claim=own))
        theirs = own_figure(standing, recipient=claim.recipient, party=OTHER_SIDE[claim.party])
        if theirs is not None and theirs.party != claim.party and not compatible(claim, theirs):
            self.concerns.append(Concern(kind="other_party", about=claim, claim=theirs))
        headline = choose_headline([*standing, claim], recipient=claim.recipient)
        if headline is not None and headline.claim is not claim and headline.value != claim.count:
            self.concerns.append(Concern(kind="stays", about=claim, claim=headline.claim))

    def _check_claimed_totals(self) -> None:
        """Remark where the newest claimed total fits the ledger's sum less than it did."""
        for kind, recipient in sorted({(c.kind, c.recipient) for c in self.claims if c.measure == "round"}):
            totals = [t for t in self.ledger.totals if (t.kind, t.recipient) == (kind, recipient)]
            totals = [t for t in totals if t.since is not None and t.count is not None and t.date <= self.today]
            if not totals:
                continue
            newest = max(totals, key=lambda t: (t.date, t.party == recipient, t.id or 0))
            before = self.ledger.series(kind, recipient).window(newest.since, newest.date).value
            after = self._sum(kind, recipient, newest.since, newest.date)
            if not _fits(newest, after) and _away(newest, after) > _away(newest, before):
                self.concerns.append(Concern(kind="claimed_total", claim=newest, value=after))

    # Correcting

    def edit(self, command: Edit) -> None:
        old = self.claim(command.claim, form="form-edit")
        changes = _consistent(old, command.changes)
        wanted, agreement = changes.pop("round", ""), changes.pop("agreement", None)
        new = replace(old, **changes)
        if new.measure == "total":
            new = replace(new, pinned=False)
        moved = self._moved(old, new, wanted)
        new = replace(new, round=moved)
        if agreement is not None and new.round is not None:
            of = self.round(new.round)
            self.rounds[of.id] = replace(of, agreement=self._agreement(agreement))
        if new == old and agreement is None and not self.rounds:
            raise CommandError("admin-no-change", given=f"C{old.id}", form="form-edit")
        if new != old:
            twin = self._twin(new)
            if twin is not None and twin.id != new.id:
                raise CommandError("admin-same-as", given=f"C{old.id}", claim=f"C{twin.id}", form="form-edit")
            self._check(new)
            self.claims.append(new)
        self._leave(old, new.round)
        self.reason = command.reason or f"edit C{old.id}"

    def _moved(self, old: Claim, new: Claim, wanted: str) -> str | None:
        """Return the round of an edited claim: it stays, moves, or takes its round's day along."""
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
        of = self.round(round_id)
        if self._alone(old):
            self.rounds[round_id] = replace(of, date=date)
        elif abs((of.date - date).days) > NEAR_DAYS:
            self.concerns.append(Concern(kind="date_differs", about=old, rounds=(of,)))

    def _alone(self, claim: Claim) -> bool:
        """Whether its round has no other claim."""
        others = self.ledger.claims_of(claim.round or "")
        return claim.measure == "round" and all(c.id == claim.id for c in others)

    def _leave(self, old: Claim, to: str | None) -> None:
        """Withdraw the round that a claim leaves without any."""
        if old.round is None or old.measure != "round" or self.claims_of(old.round):
            return
        of = self.round(old.round)
        if of.id in self.rounds:
            del self.rounds[of.id]
        self.gone_rounds.append(of.id)
        replaced = {c.id for c in self.claims} | set(self.gone_claims)
        heirs = [t for t in self.ledger.totals if t.round == of.id and t.id not in replaced]
        heir = to if to != of.id and to is not None and self.round(to).kind == of.kind else None
        self.claims.extend(replace(t, round=heir) for t in heirs)

    def retract(self, command: Retract) -> None:
        old = self.claim(command.claim, form="form-retract")
        self.gone_claims.append(command.claim)
        self._leave(old, None)
        self.reason = command.reason

    def pin(self, command: Pin) -> None:
        old = self.claim(command.claim, form="form-pin")
        if not figures([old]) or old.round is None:
            raise CommandError("admin-no-figure", given=f"C{old.id}", form="form-pin")
        if old.pinned != command.off:
            key = "admin-not-pinned" if command.off else "admin-pinned-already"
            raise CommandError(key, given=f"C{old.id}", form="form-pin")
        for c in self.ledger.claims_of(old.round):
            if c.pinned and c.recipient == old.recipient and c.id != old.id:
                self.claims.append(replace(c, pinned=False))
        self.claims.append(replace(old, pinned=not command.off))
        self.reason = f"{'unpin' if command.off else 'pin'} C{old.id}"

    def merge(self, command: Merge) -> None:
        into, other = (self.round(r, form="form-merge") for r in (command.into, command.other))
        if into.kind != other.kind:
            raise CommandError("admin-other-kind", given=other.id, kind=other.kind, form="form-merge")
        if abs((into.date - other.date).days) > NEAR_DAYS:
            self.concerns.append(Concern(kind="not_alone", rounds=(into, other)))
        known = [_content(c) for c in self.ledger.claims_of(into.id)]
        pinned = {c.recipient for c in self.ledger.claims_of(into.id) if c.pinned}
        for c in [*self.ledger.claims_of(other.id), *(t for t in self.ledger.totals if t.round == other.id)]:
            moved = replace(c, round=into.id, pinned=c.pinned and c.recipient not in pinned)
            if _content(moved) in known and c.id is not None:
                self.gone_claims.append(c.id)
            else:
                self.claims.append(moved)
        self._merge_rounds(into, other)
        self.gone_rounds.append(other.id)
        self.reason = f"merge {other.id} into {into.id}"

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
            self.rounds[into.id] = whole

    def split(self, command: Split) -> None:
        of = self.round(command.round, form="form-split")
        leaving = [self.claim(c, form="form-split") for c in command.claims]
        for c in leaving:
            if c.round != of.id or c.measure != "round":
                raise CommandError("admin-not-in-round", given=f"C{c.id}", round=of.id, form="form-split")
        if len(leaving) == len(self.ledger.claims_of(of.id)):
            raise CommandError("admin-split-all", given=of.id, form="form-split")
        date = command.date or of.date
        made = replace(of, id=self._free_id(of.kind, date), date=date, ordinal=None, note=None)
        self.rounds[made.id] = made
        self.new_rounds.append(made.id)
        self.claims.extend(replace(c, round=made.id, date=command.date or c.date) for c in leaving)
        self.reason = f"split {made.id} from {of.id}"

    # The whole

    def _touched(self) -> list[str]:
        """Ids of the rounds that read otherwise, in order."""
        replaced = [self.ledger.claim(c.id) for c in self.claims if c.id is not None]
        retracted = [self.ledger.claim(c) for c in self.gone_claims]
        ids = [c.round for c in (*replaced, *retracted, *self.claims) if c is not None and c.round is not None]
        return list(dict.fromkeys([*ids, *self.rounds, *self.gone_rounds]))

    def proposal(self) -> Proposal:
        """Return what the command comes to."""
        self._check_claimed_totals()
        # A round that was made for a claim that stands already is none.
        made = [r for r in self.new_rounds if self.claims_of(r)]
        rounds = tuple(r for r in self.rounds.values() if r.id in made or r.id not in self.new_rounds)
        shown = tuple(s for s in self._shown() if s.differs)
        told = self._told_otherwise()
        numbers = [c.id for c in self.claims if c.id is not None] + self.gone_claims
        return Proposal(
            command=self.command,
            change=ChangeSet(
                author=self.author,
                reason=self.reason,
                at=self.now,
                rounds=rounds,
                claims=tuple(self.claims),
                retracted_claims=tuple(self.gone_claims),
                retracted_rounds=tuple(self.gone_rounds),
                alerts=tuple(r for r in made if self._is_news(r)),
                edits=tuple(r for r in self._touched() if r in told and r not in made),
                settles=self.settles,
                expected_version=self.ledger.version,
            ),
            new_rounds=tuple(self.rounds[r] for r in made),
            rounds=tuple(
                found for r in self._touched() if (found := self.rounds.get(r) or self.ledger.round(r)) is not None
            ),
            superseded=tuple(c for n in numbers if (c := self.ledger.claim(n)) is not None),
            shown=shown,
            concerns=tuple(c for i, c in enumerate(self.concerns) if c not in self.concerns[:i]),
        )

    def _is_news(self, round_id: str) -> bool:
        return is_fresh(self.rounds[round_id].date, now=self.now, timezone=self.timezone)

    def _shown(self) -> Iterable[Shown]:
        for round_id in self._touched():
            of = self.rounds.get(round_id) or self.ledger.round(round_id)
            for recipient in RECIPIENTS:
                before = choose_headline(self.ledger.claims_of(round_id), recipient=recipient)
                after = choose_headline(self.claims_of(round_id), recipient=recipient)
                if of is not None:
                    yield Shown(round=of, recipient=recipient, before=before, after=after)

    def _told_otherwise(self) -> set[str]:
        """Rounds that read otherwise: more than another outlet with the same figure."""
        numbers = [*self.gone_claims, *(c.id for c in self.claims if c.id is not None)]
        replaced = {c.round for n in numbers if (c := self.ledger.claim(n)) is not None and c.measure == "round"}
        return {
            r
            for r in self._touched()
            if r in replaced
            or r in self.rounds
            or r in self.gone_rounds
            or _voices(self.ledger.claims_of(r)) != _voices(self.claims_of(r))
        }


#: Publisher of a claim that was entered without a source.
EDITORS = "Homeward's editors"
#: Whose figure a party's is held against.
OTHER_SIDE: Mapping[Party, Party] = {"ukraine": "russia", "russia": "ukraine", "other": "other"}
#: Claimants where only the party is known.
SIDES: Mapping[Party, str] = {"ukraine": "Ukrainian side", "russia": "Russian side", "other": "others"}


def _value(claims: Sequence[Claim], recipient: Recipient) -> int:
    headline = choose_headline(claims, recipient=recipient)
    return headline.value if headline else 0


def _away(total: Claim, value: int) -> int:
    return abs(value - (total.count or 0))


def _fits(total: Claim, value: int) -> bool:
    """Whether a claimed total and a sum can both hold."""
    count = total.count or 0
    if total.qualifier == "at_least":
        return value >= count
    return _away(total, value) <= (ABOUT * count if total.qualifier == "about" else 0)


def _voices(claims: Sequence[Claim]) -> set[tuple[object, ...]]:
    return {(c.recipient, c.party, c.count, c.qualifier, c.partial, c.pinned) for c in claims}


def _content(claim: Claim) -> Claim:
    """The claim without what is the ledger's own."""
    return replace(claim, id=None, pinned=False, quote="", published=None, lang="")


def _voice(claim: Claim) -> tuple[object, ...]:
    """Who says it of what, where; the figure left out."""
    of_total = (claim.date, claim.since) if claim.measure == "total" else (claim.round, claim.partial)
    who = (claim.party, claim.claimant.casefold(), claim.publisher.casefold())
    return (claim.kind, claim.recipient, claim.measure, *of_total, *who)
