"""What is asked: the typed question between the words and the answer (contract, section 4)."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.domain.claims import Kind, Party

Measure = Literal[
    "total",
    "rounds",
    "last",
    "first",
    "largest",
    "smallest",
    "average",
    "list",
    "breakdown",
    "compare",
    "conflict",
    "claimed_total",
    "happened",
    "days_since",
    "share_identified",
]
GroupBy = Literal["day", "week", "month", "year", "agreement", "kind", "recipient", "party"]
AskedRecipient = Literal["ukraine", "russia", "both"]

MEASURES: tuple[Measure, ...] = (
    "total",
    "rounds",
    "last",
    "first",
    "largest",
    "smallest",
    "average",
    "list",
    "breakdown",
    "compare",
    "conflict",
    "claimed_total",
    "happened",
    "days_since",
    "share_identified",
)
GROUPS: tuple[GroupBy, ...] = ("day", "week", "month", "year", "agreement", "kind", "recipient", "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Calendar days from `since` to `until`, both included; None is open on that side."""

    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question to the ledger, with nothing left to guess."""

    measure: Measure = "total"
    #: In the order asked; None means every kind.
    kinds: tuple[Kind, ...] | None = ("remains",)
    #: None: whatever the recipient (rounds, last, list, happened, conflict).
    recipient: AskedRecipient | None = "ukraine"
    #: Both included; None is open.
    since: dt.date | None = None
    until: dt.date | None = None
    #: The second span of a comparison.
    versus: Span | None = None
    #: Only rounds that belong to this agreement.
    agreement: str | None = None
    #: Only this party's figures.
    party: Party | None = None
    #: For `claimed_total`: the person or body asked for, as `Claim.claimant` holds it or a part of it.
    claimant: str | None = None
    group_by: GroupBy | None = None
    #: The ledger as it stood at this instant (aware); None: now.
    as_of: dt.datetime | None = None

    @property
    def span(self) -> Span:
        """The (first) span."""
        return Span(since=self.since, until=self.until)
