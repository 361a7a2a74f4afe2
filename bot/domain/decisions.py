"""What is to be done about a report or a command, what waits for it, and what was done: as values.

A pure function decides; a service carries it out.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.domain.articles import Report
from bot.domain.claims import Claim
from bot.domain.rounds import Agreement, Round

DecisionKind = Literal["new_round", "same_round", "correction", "background", "irrelevant", "review"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundChange:
    """What an article does to one round of the ledger."""

    kind: DecisionKind
    #: Id of the round, new or found.
    round: str | None
    #: Subscribers are to be told of a new round.
    alert: bool = False
    #: The alert that was sent shows something else now.
    edit: bool = False
    #: Civilians who came with an exchange: told in its alert, and no news of their own.
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an article does to the ledger."""

    #: Of the article's news; the most weighty of `changes`.
    kind: DecisionKind
    #: Id of the round of the news; None where there is none.
    round: str | None = None
    #: Subscribers are to be told at once, by an alert of its own.
    alert: bool = False
    #: Several where the article reports several rounds (bodies and prisoners on one day).
    changes: tuple[RoundChange, ...] = ()
    #: Rounds that the ledger does not hold yet, or holds with less (an agreement, an ordinal).
    rounds: tuple[Round, ...] = ()
    #: Claims to record, without those that stand already; ids of superseded claims stay.
    claims: tuple[Claim, ...] = ()
    #: Ids of the claims that a correction takes the place of; they no longer count.
    retracted: tuple[int, ...] = ()
    #: Why it waits or was decided so: rule names such as "implausible", "conflict_same_party", "future_date",
    #: "total_mismatch", "unverified".
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One change of the ledger, applied whole or not at all, and one entry of the audit log.

    A round or claim whose id stands already is superseded, never overwritten.
    """

    #: Who: "import", "feed", "cli" or a Telegram user id in digits.
    author: str
    reason: str
    #: Aware instant.
    at: dt.datetime
    agreements: tuple[Agreement, ...] = ()
    rounds: tuple[Round, ...] = ()
    #: Claims with id None are new.
    claims: tuple[Claim, ...] = ()
    #: Ids of claims that no longer count.
    retracted_claims: tuple[int, ...] = ()
    #: Ids of rounds that no longer count; their claims must be retracted or moved by the same change.
    retracted_rounds: tuple[str, ...] = ()
    #: Ids of rounds of which subscribers are to be told; at most one alert a round, ever.
    alerts: tuple[str, ...] = ()
    #: Ids of rounds whose alerts, where sent, are to be brought up to date.
    edits: tuple[str, ...] = ()
    #: The items that this change comes from, as feed id, item key and content hash; remembered with it.
    items: tuple[tuple[int, str, str], ...] = ()
    #: The report that waits for an administrator, and why; None where nothing waits.
    review: Report | None = None
    review_reasons: tuple[str, ...] = ()
    #: Id of the review that this change settles.
    settles: int | None = None
    #: The version that the author looked at; VersionConflict where the ledger has moved on. None: any.
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What came of a change."""

    #: Version of the ledger after it; unchanged where nothing changed.
    version: int
    #: Number in the audit log; None where nothing changed.
    audit: int | None
    #: Ids of the claims recorded, in the order of the change set.
    claim_ids: tuple[int, ...] = ()
    #: Deliveries that were put into the outbox.
    deliveries: int = 0
    #: Number of the review that was opened; None where nothing waits.
    review: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A report that waits for an administrator."""

    id: int
    report: Report
    reasons: tuple[str, ...]
    since: dt.datetime
    #: Who accepted first, where two persons are asked for.
    seconded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change of the ledger: who, when, before, after."""

    id: int
    at: dt.datetime
    author: str
    reason: str
    version: int
    #: Objects as interchange records, by "agreements", "rounds", "claims"; None as a value of "before" means new.
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    #: Number of the entry that this one takes back.
    undoes: int | None = None
