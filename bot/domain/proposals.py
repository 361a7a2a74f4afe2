"""What an administrator is shown before a change of the ledger is made: what it does, and what speaks against it."""

import hashlib
from dataclasses import dataclass
from typing import Literal

from bot.domain.claims import Claim, Recipient
from bot.domain.commands import Command
from bot.domain.decisions import ChangeSet
from bot.domain.headline import Headline
from bot.domain.rounds import Round

ConcernKind = Literal[
    "future_date",  # the day has not come
    "implausible",  # more than was ever handed over at once
    "zero",  # nobody at all
    "duplicate",  # it stands already: claim
    "repeats",  # the same publisher carries the same figure already: claim
    "several_rounds",  # which of several rounds of that day: rounds
    "near_round",  # a round a day apart, which may be the same: rounds
    "date_differs",  # the round it belongs to is dated otherwise: rounds
    "other_party",  # cannot hold together with the other party's figure: claim
    "same_party",  # the same party gave another exact figure: claim
    "claimed_total",  # a party's claimed total does not fit the ledger's sum with it: claim, value = sum
    "ledger_sum",  # a total that differs from the ledger's own sum: value = sum
    "stays",  # the figure shown stays another: claim
    "not_alone",  # both rounds were on record with different days: rounds
]
#: Concerns that ask before anything is saved; the others are told with it.
ASKED: frozenset[ConcernKind] = frozenset(
    {"future_date", "implausible", "zero", "repeats", "several_rounds", "near_round", "date_differs", "not_alone"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing to look at before saving."""

    kind: ConcernKind
    #: The claim of the proposal that it is about; None: the whole.
    about: Claim | None = None
    #: The claim that stands against it.
    claim: Claim | None = None
    value: int | None = None
    rounds: tuple[Round, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether it is a question, not a remark."""
        return self.kind in ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The figure that readers see for one round and recipient, before and after."""

    round: Round
    recipient: Recipient
    before: Headline | None
    after: Headline | None

    @property
    def differs(self) -> bool:
        """Whether readers see another figure, or the same one from another party."""
        return _seen(self.before) != _seen(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A command worked out: what changes, what it replaces, what speaks against it."""

    command: Command
    change: ChangeSet
    #: Rounds that it makes.
    new_rounds: tuple[Round, ...] = ()
    #: Rounds that it is about, as they would stand, made ones included; those that vanish as they were.
    rounds: tuple[Round, ...] = ()
    #: Versions that would no longer stand.
    superseded: tuple[Claim, ...] = ()
    #: Figures that readers see, where they change.
    shown: tuple[Shown, ...] = ()
    concerns: tuple[Concern, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to change."""
        c = self.change
        return not (c.rounds or c.claims or c.retracted_claims or c.retracted_rounds)

    @property
    def questions(self) -> tuple[Concern, ...]:
        """What is asked before saving."""
        return tuple(c for c in self.concerns if c.asked)

    @property
    def fingerprint(self) -> str:
        """Tell whether two proposals do the same: what was shown and what is about to be done."""
        c = self.change
        parts = (c.rounds, c.claims, c.retracted_claims, c.retracted_rounds, c.alerts, self.superseded, self.questions)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def _seen(headline: Headline | None) -> tuple[object, ...] | None:
    if headline is None:
        return None
    return headline.value, headline.low, headline.high, headline.claim.qualifier, headline.claim.party
