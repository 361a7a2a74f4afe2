"""What somebody states: one figure, with its source.

The ledger holds claims and never a number without one (contract, section 1).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Kind = Literal["remains", "prisoners", "civilians", "children"]
Recipient = Literal["ukraine", "russia"]
Party = Literal["ukraine", "russia", "other"]
ClaimMeasure = Literal["round", "total"]
Qualifier = Literal["exact", "about", "at_least", "undisclosed"]

KINDS: tuple[Kind, ...] = ("remains", "prisoners", "civilians", "children")
RECIPIENTS: tuple[Recipient, ...] = ("ukraine", "russia")
PARTIES: tuple[Party, ...] = ("ukraine", "russia", "other")
CLAIM_MEASURES: tuple[ClaimMeasure, ...] = ("round", "total")
QUALIFIERS: tuple[Qualifier, ...] = ("exact", "about", "at_least", "undisclosed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure that somebody states, with its source."""

    #: Number of the claim in the ledger, shown as "C12"; None before it is recorded. It stays through corrections.
    id: int | None = None
    #: Id of the round; None for a total that was announced with none.
    round: str | None
    kind: Kind
    recipient: Recipient
    measure: ClaimMeasure = "round"
    #: Persons or bodies; None exactly where the qualifier is "undisclosed".
    count: int | None
    qualifier: Qualifier = "exact"
    #: Day of the round; for a total the day that it is as of.
    date: dt.date
    #: For a total: the day that it counts from; None where the source does not say.
    since: dt.date | None = None
    #: Whose figure it is, not who printed it.
    party: Party
    #: The person or body that states it.
    claimant: str
    publisher: str
    url: str
    published: dt.date | None = None
    #: Parts of the figure by name, such as {"soldiers": 150, "identified": 97}.
    breakdown: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    #: Language of the source, ISO 639-1.
    lang: str = "en"
    #: The figure covers only a part of the round: shown, but never a headline, a conflict or a part of a sum.
    partial: bool = False
    #: An administrator chose it as the headline figure.
    pinned: bool = False
    #: The words that it was read from; empty where it was not read from a text.
    quote: str = ""
