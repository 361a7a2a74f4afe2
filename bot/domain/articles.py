"""What is read: an item of a feed, the article it becomes, and the claims that the article states."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.domain.claims import ClaimMeasure, Kind, Party, Qualifier, Recipient

Trust = Literal["official", "trusted", "unverified"]
TRUSTS: tuple[Trust, ...] = ("official", "trusted", "unverified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed, as the feed gives it."""

    #: The feed's own identity of the entry (guid, id, post number); the link where it has none.
    guid: str
    url: str
    title: str
    #: Plain text without markup, paragraphs separated by blank lines.
    text: str
    #: Aware; None where the entry has no readable date.
    published_at: dt.datetime | None = None
    #: The text is only a summary; the page at `url` may hold more.
    summary_only: bool = False
    #: Whose words they are, where the feed passes on another's: a name as it is shown; empty: the feed's own.
    origin: str = ""
    #: Where those words stand; empty where it is not public.
    origin_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One report, ready to be read."""

    id: str
    title: str
    text: str
    #: Aware instant of publication; what "today" in the text refers to.
    published_at: dt.datetime
    publisher: str
    url: str
    #: ISO 639-1; None: to be told from the letters.
    lang: str | None = None
    trust: Trust = "trusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedClaim:
    """One figure of a completed handover that an article states."""

    kind: Kind
    recipient: Recipient
    measure: ClaimMeasure
    #: None only for an undisclosed figure.
    count: int | None
    qualifier: Qualifier
    #: Day of the round or as-of day of the total; None where only a month or "earlier" is known.
    date: dt.date | None
    since: dt.date | None
    party: Party
    #: Empty where the text names nobody.
    claimant: str
    #: The news itself, not background.
    main: bool
    #: The words that it was read from.
    quote: str
    #: Number of the exchange, where the text gives it ("the 69th").
    ordinal: int | None = None
    #: Id of the agreement that the text ties the round to.
    agreement: str | None = None
    #: Of civilians: the article's figure of prisoners counts them too.
    included: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one article was read as."""

    article: Article
    #: The news is a completed handover between Russia and Ukraine, with or without a figure.
    relevant: bool
    #: From 0 to 1.
    confidence: float
    #: In the order of the text.
    claims: tuple[ReportedClaim, ...] = ()
    #: Kinds that the news is about, also where no figure is given.
    kinds: tuple[Kind, ...] = ()
    #: Day of the handover in the news; None where it cannot be told.
    date: dt.date | None = None
    #: Why the reader decided so, for the review card; rule names, not prose.
    reasons: tuple[str, ...] = ()
