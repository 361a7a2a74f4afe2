"""How the program stands, for administrators: who may change the ledger, and figures of its state; never identities."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Admins:
    """Who may change the ledger."""

    #: From the settings; nobody can dismiss them.
    owners: tuple[int, ...]
    #: Appointed, by user id.
    appointed: Mapping[int, str] = field(default_factory=dict)

    @property
    def all_owners(self) -> tuple[int, ...]:
        """Owners by the settings and by appointment."""
        return (*self.owners, *(user_id for user_id, role in self.appointed.items() if role == "owner"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """The state of the program at one instant."""

    version: int
    rounds: int
    claims: int
    #: Reports that wait for a decision, and since when the oldest does.
    reviews: int
    oldest_review: dt.datetime | None
    #: Deliveries by state.
    deliveries: Mapping[str, int]
    #: Attempts that nobody knows the end of; each was repeated once.
    unknown: int
    #: How long the oldest due delivery waits; None: none is due.
    delivery_lag: dt.timedelta | None
    #: Feeds by health, those switched off as "paused".
    feeds: Mapping[str, int]
    last_backup: dt.datetime | None
    memory_megabytes: int
    started_at: dt.datetime
