"""A figure of an article with everything that a claim needs."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.claims import ClaimMeasure, Kind, Party, Recipient
from bot.language.reports.parts import Figure


@dataclass(slots=True, kw_only=True)
class Statement:
    """A figure of the article with everything that a claim needs."""

    figure: Figure
    #: The clause itself tells who receives.
    explicit: bool
    #: Number of the sentence.
    place: int
    quote: str
    kind: Kind
    recipient: Recipient
    measure: ClaimMeasure
    date: dt.date | None
    since: dt.date | None
    background: bool
    party: Party
    claimant: str
    #: The sentence itself names who says so.
    attributed: bool
    paragraph: int
    main: bool = False
    #: Of civilians: the figure of prisoners counts them too.
    included: bool = False
