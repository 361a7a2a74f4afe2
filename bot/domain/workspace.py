"""The ledger as it would stand after a change that is being worked out: what is recorded so far, over what stands."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.claims import RECIPIENTS, Claim, Kind, Recipient
from bot.domain.headline import choose_headline
from bot.domain.ledger import Ledger
from bot.domain.proposals import Shown
from bot.domain.rounds import Round
from bot.errors import CommandError


class Workspace:
    """A ledger and what is to be changed in it. What it lacks is refused in the words of the command's form.

    Args:
        form: Text key of the right form of the command.
    """

    def __init__(self, ledger: Ledger, *, form: str) -> None:
        self.ledger = ledger
        self._form = form
        #: Rounds as they would stand, where they are new or change.
        self.rounds: dict[str, Round] = {}
        self.new_rounds: list[str] = []
        self.gone_rounds: list[str] = []
        #: Claims to record, in order; those with a number replace what stands.
        self.claims: list[Claim] = []
        self.gone_claims: list[int] = []

    def round(self, round_id: str) -> Round:
        """Return a round as it would stand.

        Raises:
            CommandError: it would not.
        """
        found = self.rounds.get(round_id) or self.ledger.round(round_id)
        if found is None or round_id in self.gone_rounds:
            raise CommandError("admin-unknown-round", given=round_id, form=self._form)
        return found

    def claim(self, claim_id: int) -> Claim:
        """Return a claim as it stands.

        Raises:
            CommandError: it does not.
        """
        found = self.ledger.claim(claim_id)
        if found is None:
            raise CommandError("admin-unknown-claim", given=f"C{claim_id}", form=self._form)
        return found

    def claims_of(self, round_id: str) -> list[Claim]:
        """Return the claims about a round as they would stand, totals left out."""
        made = [c for c in self.claims if c.round == round_id and c.measure == "round"]
        return self._kept(self.ledger.claims_of(round_id)) + made

    def totals(self) -> list[Claim]:
        """Return the claims of cumulative figures as they would stand."""
        return self._kept(self.ledger.totals) + [c for c in self.claims if c.measure == "total"]

    def _kept(self, claims: Iterable[Claim]) -> list[Claim]:
        replaced = {c.id for c in self.claims if c.id is not None} | set(self.gone_claims)
        return [c for c in claims if c.id not in replaced]

    def known_rounds(self, kind: Kind, since: dt.date, until: dt.date) -> list[Round]:
        """Return the rounds of a kind that would stand in a span of days, both included."""
        standing = [self.rounds.get(r.id, r) for r in self.ledger.rounds_between(since, until, kind)]
        made = [self.rounds[r] for r in self.new_rounds]
        return [
            r
            for r in (*standing, *made)
            if r.kind == kind and since <= r.date <= until and r.id not in self.gone_rounds
        ]

    def agreement_id(self, given: str) -> str | None:
        """Return the id of an agreement that is given by id or by a name; None for an empty text.

        Raises:
            CommandError: there is none of that name.
        """
        if not given:
            return None
        wanted = given.casefold()
        for agreement in self.ledger.agreements:
            if wanted == agreement.id or any(wanted == n.casefold() for ns in agreement.names.values() for n in ns):
                return agreement.id
        raise CommandError("admin-unknown-agreement", given=given, form=self._form)

    def make_round(self, of: Round) -> Round:
        """Take in a new round, under a free id."""
        made = replace(of, id=self._free_id(of.kind, of.date))
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

    def twin(self, claim: Claim) -> Claim | None:
        """Return the claim that says the same already."""
        return next((c for c in self._beside(claim) if content_of(c) == content_of(claim)), None)

    def predecessor(self, claim: Claim) -> int | None:
        """Return the number of the claim that the same claimant and publisher made about the same thing before."""
        return next((c.id for c in self._beside(claim) if c.id is not None and _voice(c) == _voice(claim)), None)

    def _beside(self, claim: Claim) -> list[Claim]:
        return self.claims_of(claim.round) if claim.round and claim.measure == "round" else self.totals()

    def total(self, kind: Kind, recipient: Recipient, since: dt.date | None, until: dt.date) -> int:
        """Return what the headline figures of a span would come to."""

        def counts(of: Round | None) -> bool:
            return of is not None and of.kind == kind and (since is None or since <= of.date) and of.date <= until

        value = self.ledger.series(kind, recipient).window(since, until).value
        for round_id in self.touched():
            before = self.ledger.round(round_id)
            after = None if round_id in self.gone_rounds else self.rounds.get(round_id, before)
            if counts(before):
                value -= _value(self.ledger.claims_of(round_id), recipient)
            if counts(after):
                value += _value(self.claims_of(round_id), recipient)
        return value

    def touched(self) -> list[str]:
        """Return the ids of the rounds that the change is about, in order."""
        replaced = [self.ledger.claim(c.id) for c in self.claims if c.id is not None]
        retracted = [self.ledger.claim(c) for c in self.gone_claims]
        ids = [c.round for c in (*replaced, *retracted, *self.claims) if c is not None and c.round is not None]
        return list(dict.fromkeys([*ids, *self.rounds, *self.gone_rounds]))

    def shown(self) -> Iterable[Shown]:
        """Yield the figures that readers see of each such round, before and after."""
        for round_id in self.touched():
            of = self.rounds.get(round_id) or self.ledger.round(round_id)
            for recipient in RECIPIENTS:
                before = choose_headline(self.ledger.claims_of(round_id), recipient=recipient)
                after = choose_headline(self.claims_of(round_id), recipient=recipient)
                if of is not None:
                    yield Shown(round=of, recipient=recipient, before=before, after=after)

    def told_otherwise(self) -> set[str]:
        """Return those of them that read otherwise: by more than another outlet with the same figure."""
        numbers = [*self.gone_claims, *(c.id for c in self.claims if c.id is not None)]
        replaced = {c.round for n in numbers if (c := self.ledger.claim(n)) is not None and c.measure == "round"}
        return {
            r
            for r in self.touched()
            if r in replaced
            or r in self.rounds
            or r in self.gone_rounds
            or _voices(self.ledger.claims_of(r)) != _voices(self.claims_of(r))
        }


def content_of(claim: Claim) -> Claim:
    """Return the claim without what is the ledger's own."""
    return replace(claim, id=None, pinned=False, quote="", published=None, lang="")


def _value(claims: Sequence[Claim], recipient: Recipient) -> int:
    headline = choose_headline(claims, recipient=recipient)
    return headline.value if headline else 0


def _voices(claims: Sequence[Claim]) -> set[tuple[object, ...]]:
    return {(c.recipient, c.party, c.count, c.qualifier, c.partial, c.pinned) for c in claims}


def _voice(claim: Claim) -> tuple[object, ...]:
    """Who says it of what, where; the figure left out."""
    of_total = (claim.date, claim.since) if claim.measure == "total" else (claim.round, claim.partial)
    who = (claim.party, claim.claimant.casefold(), claim.publisher.casefold())
    return (claim.kind, claim.recipient, claim.measure, *of_total, *who)
