"""Why an answer says what it says: each claim that was counted or left out, and the reason; and what changed since."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.claims import KINDS, RECIPIENTS, Claim, Recipient
from bot.domain.compute import compute
from bot.domain.headline import choose_headline, figures
from bot.domain.ledger import Ledger
from bot.domain.queries import Measure, Query
from bot.domain.rounds import Round

Use = Literal[
    "headline",  # counted: the round's figure
    "pinned",  # counted: chosen by an administrator
    "same_figure",  # says the same as the headline
    "overruled",  # an administrator chose another
    "other_party",  # the receiving party's own figure comes first, then the other party's
    "rounded",  # an exact figure comes before a rounded one
    "fewer_publishers",  # another figure of the same party is carried by more publishers, or is newer
    "partial",  # covers only a part of the round
    "undisclosed",  # reports the round, not the figure
    "not_asked",  # of a party that was not asked for
    "newest_total",  # the total that is shown
    "older_total",  # a newer or a more exact total is shown
]

#: What is answered with single rounds out of all that were looked at.
_SINGLE: frozenset[Measure] = frozenset({"last", "first", "largest", "smallest", "days_since", "conflict"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimUse:
    """One claim and what became of it in an answer."""

    #: None: a total that was announced with none.
    round: Round | None
    claim: Claim
    use: Use

    @property
    def counted(self) -> bool:
        """Whether the answer's figure is made of it."""
        return self.use in ("headline", "pinned", "newest_total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one round's figure between two states of the ledger."""

    round: Round
    recipient: Recipient
    #: The claim that is shown; None: the round had, or has, none.
    before: Claim | None
    after: Claim | None


def explain(ledger: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> Iterator[ClaimUse]:
    """Go through all that a query looks at, oldest first, and say of each claim whether it was counted."""
    if query.measure == "claimed_total":
        yield from _totals(ledger, query, now=now, timezone=timezone)
        return
    for this_round in _rounds(ledger, query, now=now, timezone=timezone):
        for recipient in _ways(query):
            yield from _uses(this_round, ledger.claims_of(this_round.id), recipient, query)


def explain_shown(ledger: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> Iterator[ClaimUse]:
    """Do the same for what the answer shows: of a question for single rounds, those rounds."""
    uses = explain(ledger, query, now=now, timezone=timezone)
    if query.measure not in _SINGLE:
        return uses
    shown = {row.round for row in compute(ledger, query, now=now, timezone=timezone).rows}
    return (use for use in uses if use.round is not None and use.round.id in shown)


def changes(then: Ledger, today: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> Iterator[Change]:
    """Yield the rounds that a query looks at whose figures are others today, newest first."""
    if query.measure == "claimed_total":
        return
    both = (_rounds(ledger, query, now=now, timezone=timezone) for ledger in (then, today))
    rounds = {this_round.id: this_round for found in both for this_round in found}
    for this_round in sorted(rounds.values(), key=lambda r: r.date, reverse=True):
        if then.claims_of(this_round.id) == today.claims_of(this_round.id):
            continue
        for recipient in _ways(query):
            before, after = (_shown(ledger, this_round, recipient, query) for ledger in (then, today))
            if _figure(before) != _figure(after):
                yield Change(round=this_round, recipient=recipient, before=before, after=after)


def _shown(ledger: Ledger, of: Round, recipient: Recipient, query: Query) -> Claim | None:
    claims = ledger.claims_of(of.id)
    headline = choose_headline(claims, recipient=recipient, party=query.party)
    if headline is not None:
        return headline.claim
    return next((claim for claim in claims if claim.recipient == recipient and claim.count is None), None)


def _figure(claim: Claim | None) -> tuple[object, ...]:
    return () if claim is None else (claim.count, claim.qualifier)


def _ways(query: Query) -> Sequence[Recipient]:
    return RECIPIENTS if query.recipient is None or query.recipient == "both" else (query.recipient,)


def _rounds(ledger: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> Iterator[Round]:
    """Yield the rounds of a query, oldest first; of a comparison those of both spans, each once."""
    today = min(query.as_of or now, now).astimezone(timezone).date()
    first, second = sorted((query.span, query.versus or query.span), key=lambda span: span.since or dt.date.min)
    reached: dt.date | None = None
    for span in (first, second) if query.versus else (query.span,):
        until = today if span.until is None else min(span.until, today)
        for this_round in ledger.rounds_between(span.since, until):
            if reached is not None and this_round.date <= reached:
                continue
            if this_round.kind in (query.kinds or KINDS) and query.agreement in (None, this_round.agreement):
                yield this_round
        reached = until


def _totals(ledger: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> Iterator[ClaimUse]:
    """Yield the totals that the one shown was chosen from."""
    for best in compute(ledger, query, now=now, timezone=timezone).claims:
        name = (query.claimant or "").casefold()
        if name not in best.claimant.casefold():
            name = ""
        for claim in ledger.totals:
            alike = (claim.kind, claim.recipient, claim.party) == (best.kind, best.recipient, best.party)
            asked = query.since in (None, claim.since) and name in claim.claimant.casefold()
            if alike and asked and claim.date <= best.date:
                found = ledger.round(claim.round) if claim.round else None
                yield ClaimUse(round=found, claim=claim, use=_use_of_total(claim, best))


def _use_of_total(claim: Claim, best: Claim) -> Use:
    if claim is best:
        return "newest_total"
    if claim.count is None:
        return "undisclosed"
    if claim.partial:
        return "partial"
    alike = (claim.count, claim.qualifier, claim.since) == (best.count, best.qualifier, best.since)
    return "same_figure" if alike else "older_total"


def _uses(of: Round, claims: Sequence[Claim], recipient: Recipient, query: Query) -> Iterator[ClaimUse]:
    headline = choose_headline(claims, recipient=recipient, party=query.party)
    chosen = headline.claim if headline else None
    countable = {id(c) for c in figures(claims)}
    for claim in claims:
        if claim.recipient == recipient:
            yield ClaimUse(round=of, claim=claim, use=_use(claim, chosen, query, countable=id(claim) in countable))


def _use(claim: Claim, chosen: Claim | None, query: Query, *, countable: bool) -> Use:
    if claim is chosen:
        return "pinned" if claim.pinned else "headline"
    if claim.count is None:
        return "undisclosed"
    if query.party not in (None, claim.party):
        return "not_asked"
    if not countable or chosen is None:
        return "partial"
    if claim.count == chosen.count:
        return "same_figure"
    if chosen.pinned and not claim.pinned:
        return "overruled"
    if claim.party != chosen.party:
        return "other_party"
    if chosen.qualifier == "exact" and claim.qualifier != "exact":
        return "rounded"
    return "fewer_publishers"
