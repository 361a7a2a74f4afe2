"""What is said to a question: figures, each from the ledger, and what has to be said beside them.

The shapes alone; `bot.domain.compute` makes them from a ledger and a query.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from bot.domain.claims import Claim, Party
from bot.domain.queries import Query

AnswerStatus = Literal["answered", "no_data"]
Status = Literal["answered", "no_data", "needs_choice", "not_understood", "out_of_scope"]
STATUSES: tuple[Status, ...] = ("answered", "no_data", "needs_choice", "not_understood", "out_of_scope")

#: Why no figure is given (contract, section 4).
Reason = Literal["future", "not_recorded", "party_silent", "unknown_word", "personal", "unsupported", "other_topic"]
REASONS: tuple[Reason, ...] = (
    "future",
    "not_recorded",
    "party_silent",
    "unknown_word",
    "personal",
    "unsupported",
    "other_topic",
)

#: What a reader has to know beside the figure; each is worded by the rendering.
NoteKind = Literal[
    "records_begin",  # the span begins before the first record: date, and text = kind where there are several
    "undisclosed",  # rounds without a figure: count
    "party_silent",  # rounds left out because that party gave no figure: count
    "no_round",  # the span is covered and holds no round
    "ledger_sum",  # the ledger's own sum for a claimed total: count
    "total_differs",  # that sum differs from the claimed total: count = sum - total
    "partial",  # claims that cover only a part of a round: count
    "rounded",  # the figure is rounded or a lower bound: text = qualifier
    "one_way",  # rounds without a claim for this recipient: count
    "as_of",  # the ledger as it stood then: date
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to say beside the figure."""

    kind: NoteKind
    count: int | None = None
    date: dt.date | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of an answer; what it holds depends on the measure (contract, section 4)."""

    #: A period ("2025-06"), an id, a recipient, a kind or a party.
    label: str | None = None
    #: None: not disclosed, or no figure. A whole number but for an average.
    value: int | float | None = None
    low: int | None = None
    high: int | None = None
    date: dt.date | None = None
    round: str | None = None
    ukraine: int | None = None
    russia: int | None = None
    #: Of a claimed total: what it counts from.
    since: dt.date | None = None
    #: Of a round: how many of them were identified.
    identified: int | None = None
    #: Rounds behind the value.
    rounds: int | None = None
    undisclosed: int = 0
    recipient: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one party's own figures come to over the rounds of an answer."""

    value: int
    #: Rounds that it gave a figure for.
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The result of one query on one version of the ledger."""

    query: Query
    status: AnswerStatus
    #: Version of the ledger that it was computed from.
    version: int
    reason: Reason | None = None
    #: A whole number but for an average. None is "no figure", never 0.
    value: int | float | None = None
    low: int | None = None
    high: int | None = None
    date: dt.date | None = None
    #: Rounds in the span, undisclosed ones included.
    rounds: int = 0
    undisclosed: int = 0
    rows: Sequence[Row] = ()
    #: Claims behind the figure, best first, a claim a round; for a long span the newest few.
    sources: tuple[Claim, ...] = ()
    #: For one round: every standing claim about it, headline first.
    claims: tuple[Claim, ...] = ()
    #: What each side's own figures come to, where they differ from each other over the same rounds.
    sides: Mapping[Party, Side] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[Note, ...] = ()
    #: The figure to show beside this one (prisoners beside a bare "returned").
    beside: "Answer | None" = None
