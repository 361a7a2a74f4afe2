"""What happened: handovers, and the agreements that they belong to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.domain.claims import Kind

#: A term of an agreement: a number of persons or bodies, or a word such as "all for all".
Term = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A named, dated reference point, such as "Istanbul" = 2 June 2025."""

    id: str
    date: dt.date
    place: str
    #: Aliases by language ("en", "uk", "ru"), the name to show first.
    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    summary: str = ""
    terms: Mapping[str, Term] = field(default_factory=lambda: MappingProxyType({}))
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One real-world handover on one date. It may go both ways."""

    #: Kind and date, with a letter where there were several that day: "prisoners-2022-04-14-b".
    id: str
    kind: Kind
    date: dt.date
    #: Id of the agreement that it belongs to.
    agreement: str | None = None
    #: Number of the exchange as a side counts it ("the 69th").
    ordinal: int | None = None
    #: Whom it was limited to, such as "severely ill and wounded".
    category: str | None = None
    mediator: str | None = None
    note: str | None = None
