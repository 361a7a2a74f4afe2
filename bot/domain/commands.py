"""What an administrator asks for, as values: the same from the chat, from buttons and from the command line.

How they are typed is read by `bot.language.commands`; what they would do is worked out by `bot.domain.moderation`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, Literal

from bot.domain.articles import Trust
from bot.domain.claims import ClaimMeasure, Kind, Party, Qualifier, Recipient

#: The round of a draft that is to be a round of its own, whatever else happened on that day.
NEW_ROUND = "new"

Role = Literal["editor", "owner"]
ROLES: tuple[Role, ...] = ("editor", "owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim that somebody wants recorded, before it has a round and a number."""

    kind: Kind
    recipient: Recipient
    #: None exactly where the qualifier is "undisclosed".
    count: int | None
    qualifier: Qualifier = "exact"
    date: dt.date
    measure: ClaimMeasure = "round"
    since: dt.date | None = None
    #: None: the claimant's, where the ledger knows one of that name, else "other".
    party: Party | None = None
    #: Empty: the party in general.
    claimant: str = ""
    #: Empty: the host of the address.
    publisher: str = ""
    url: str = ""
    published: dt.date | None = None
    #: An id or a name in any language; empty: none, or what the round has already.
    agreement: str = ""
    #: Id of the round; `NEW_ROUND`; empty: to be matched.
    round: str = ""
    partial: bool = False
    #: Parts of the figure by name.
    breakdown: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    ordinal: int | None = None
    lang: str = "en"
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """Record claims, as one change."""

    drafts: tuple[Draft, ...]
    #: Number of the review that this settles.
    review: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Change one claim; what is not named stays."""

    claim: int
    #: Values by the names that `Draft` has.
    changes: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retract:
    """Let a claim count no longer."""

    claim: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Make a claim its round's headline figure, or let the rule choose again."""

    claim: int
    off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two rounds are one: the second's claims move to the first."""

    into: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One round is two: these claims move to a new one."""

    round: str
    claims: tuple[int, ...]
    #: None: the same day.
    date: dt.date | None = None


Command = Add | Edit | Retract | Pin | Merge | Split


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which entries of the audit log to show, newest first."""

    author: str | None = None
    #: Id of a round, or a claim such as "C12".
    about: str | None = None
    day: dt.date | None = None
    #: Entries before this number.
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsCommand:
    """Look at the feeds, or change one."""

    action: Literal["list", "add", "remove", "test", "pause", "resume", "trust"] = "list"
    url: str = ""
    trust: Trust = "unverified"
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminsCommand:
    """Look at the roles, or give one."""

    action: Literal["list", "add", "remove"] = "list"
    user_id: int = 0
    role: Role = "editor"


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """Return a draft as JSON values, without what is as it is by default."""
    values = ((f, getattr(draft, f.name)) for f in fields(Draft))
    return {f.name: _jsonable(value) for f, value in values if value != f.default and value != {}}


def draft_from_json(values: Mapping[str, Any]) -> Draft:
    """Read what `draft_to_json` wrote."""
    return Draft(**changes_from_json(values))


def changes_to_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of a draft as JSON values."""
    return {name: _jsonable(value) for name, value in changes.items()}


def changes_from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Read what `changes_to_json` wrote."""
    return {name: dt.date.fromisoformat(v) if v and name in _DAYS else v for name, v in values.items()}


def command_to_json(command: Command) -> dict[str, Any]:
    """Return a command as JSON values."""
    match command:
        case Add():
            return {"add": [draft_to_json(d) for d in command.drafts], "review": command.review}
        case Edit():
            return {"edit": command.claim, "changes": changes_to_json(command.changes), "reason": command.reason}
        case Retract():
            return {"retract": command.claim, "reason": command.reason}
        case Pin():
            return {"pin": command.claim, "off": command.off}
        case Merge():
            return {"merge": [command.into, command.other]}
        case Split():
            return {"split": command.round, "claims": list(command.claims), "date": _jsonable(command.date)}


def command_from_json(values: Mapping[str, Any]) -> Command:
    """Read what `command_to_json` wrote.

    Raises:
        ValueError: it is none.
    """
    match values:
        case {"add": drafts}:
            return Add(drafts=tuple(draft_from_json(d) for d in drafts), review=values.get("review"))
        case {"edit": claim, "changes": changes}:
            return Edit(claim=claim, changes=changes_from_json(changes), reason=values.get("reason", ""))
        case {"retract": claim, "reason": reason}:
            return Retract(claim=claim, reason=reason)
        case {"pin": claim}:
            return Pin(claim=claim, off=bool(values.get("off")))
        case {"merge": [into, other]}:
            return Merge(into=into, other=other)
        case {"split": round_id, "claims": claims}:
            day = values.get("date")
            return Split(round=round_id, claims=tuple(claims), date=dt.date.fromisoformat(day) if day else None)
        case _:
            raise ValueError(f"no command: {sorted(values)}")


_DAYS = ("date", "since", "published")


def _jsonable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return value.isoformat() if isinstance(value, dt.date) else value
