"""What is asked: the typed question between the words and the answer (contract, section 4)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from bot.domain.claims import KINDS, PARTIES, Kind, Party

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
_Word = TypeVar("_Word", bound=str)

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
ASKED_RECIPIENTS: tuple[AskedRecipient, ...] = ("ukraine", "russia", "both")
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


def query_to_json(query: Query) -> dict[str, Any]:
    """Return the query as JSON values, in the order and with the keys of `ask --json` (contract, section 4)."""
    return {
        "measure": query.measure,
        "kinds": list(query.kinds) if query.kinds is not None else None,
        "recipient": query.recipient,
        "since": _iso(query.since),
        "until": _iso(query.until),
        "agreement": query.agreement,
        "party": query.party,
        "group_by": query.group_by,
        "as_of": _iso(query.as_of),
        "versus": {"since": _iso(query.versus.since), "until": _iso(query.versus.until)} if query.versus else None,
        "claimant": query.claimant,
    }


def query_from_json(values: Mapping[str, Any]) -> Query:
    """Read what `query_to_json` wrote; a key that is absent is null.

    Raises:
        ValueError: a value is none that a query may hold.
    """
    kinds, versus, as_of = values.get("kinds"), values.get("versus"), values.get("as_of")
    return Query(
        measure=_one_of(MEASURES, values["measure"]),
        kinds=None if kinds is None else tuple(_one_of(KINDS, kind) for kind in kinds),
        recipient=_maybe_one_of(ASKED_RECIPIENTS, values.get("recipient")),
        since=_day(values.get("since")),
        until=_day(values.get("until")),
        agreement=values.get("agreement"),
        party=_maybe_one_of(PARTIES, values.get("party")),
        group_by=_maybe_one_of(GROUPS, values.get("group_by")),
        as_of=None if as_of is None else dt.datetime.fromisoformat(as_of),
        versus=Span(since=_day(versus.get("since")), until=_day(versus.get("until"))) if versus else None,
        claimant=values.get("claimant"),
    )


def _iso(value: dt.date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value is not None else None


def _one_of(words: tuple[_Word, ...], value: Any) -> _Word:
    if value not in words:
        raise ValueError(f"{value!r} is none of {', '.join(words)}")
    return words[words.index(value)]


def _maybe_one_of(words: tuple[_Word, ...], value: Any) -> _Word | None:
    return None if value is None else _one_of(words, value)
