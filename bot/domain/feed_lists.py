"""Lists of feeds: what one holds of each."""

from dataclasses import dataclass

from bot.domain.articles import Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """A feed in a list."""

    url: str
    name: str
    #: "unverified" where the list does not say, or says something else.
    trust: Trust = "unverified"
