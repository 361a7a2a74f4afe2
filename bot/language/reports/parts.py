"""The parts of a read sentence: its segments, verbs and figures."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from bot.domain.claims import Kind, Qualifier, Recipient
from bot.language.reports.text import Sentence, Token

#: So many handovers are no single one.
_MANY = 3
Mood = Literal["done", "planned", "denied", "none"]
OTHER: dict[Recipient, Recipient] = {"ukraine": "russia", "russia": "ukraine"}
#: Tags of the nouns that may be counted.
COUNTED = frozenset({"kind.remains", "kind.prisoners", "kind.civilians", "kind.children", "person", "rank", "wounded"})
_KINDS: tuple[Kind, ...] = ("remains", "children", "civilians", "prisoners")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A predicate of handing over."""

    index: int
    segment: int
    #: give, get, swing, home, free, swap; or "noun" for "the exchange took place".
    sort: str
    mood: Mood
    #: A participle in passing: "the bodies handed over on Friday".
    weak: bool = False


@dataclass(slots=True, kw_only=True)
class Figure:
    """One number of the sentence, and what it counts."""

    count: int
    qualifier: Qualifier
    #: Index of the noun that governs it, "bodies of 150"; of the number where none does.
    low: int
    #: Index of the number, and behind the last token of its phrase.
    start: int
    end: int
    segment: int
    kind: Kind | None
    #: No noun of its own: "Moscow, 24".
    bare: bool
    #: Nouns of its phrase, as tags.
    tags: frozenset[str]
    #: Both directions: "84 for 84", "95 each".
    both: bool = False
    #: Place in an ordered pair such as "1000 for 24": 0, 1, or None.
    pair: int | None = None
    #: Stands for an equal number named before it.
    same: bool = False
    recipient: Recipient | None = None
    #: The recipient is what "Russia returned 47 bodies" means most often; it may be its own that it got back.
    guessed: bool = False
    mood: Mood = "none"
    verb: Verb | None = None
    #: Sub-count by region, rank or front.
    subset: bool = False
    #: People of one region: "17 жителів Харківської області".
    local: bool = False
    #: A group beside the round: "plus 22 wounded".
    extra: bool = False
    #: "A total of 134": behind a smaller figure of the news it is cumulative.
    summed: bool = False
    #: "Another 1,200".
    further: bool = False
    #: Somebody is told to be one of these: "в числе 90 военных, которых накануне обменяли".
    among: bool = False
    #: Somebody only names the number of what is told elsewhere: "Moscow insists on 1,000".
    restated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a cumulative figure covers."""

    since: dt.date | None
    as_of: dt.date | None
    #: "Already" alone tells it: where the news has a day it is that day's.
    loose: bool = False


@dataclass(slots=True, kw_only=True)
class Reading:
    """What one sentence says."""

    sentence: Sentence
    #: Segment of each token.
    segment_of: list[int]
    #: Tags of each segment; "relative" for a relative clause.
    segment_tags: list[frozenset[str]]
    verbs: list[Verb] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    by_segment: list[list[tuple[int, Token]]] = field(default_factory=list)
    #: Days on which things happen, with their places, once asked for.
    days: list[tuple[int, Token]] | None = None
    #: What each figure covers, once asked for, by its place and kind.
    spans: dict[tuple[int, Kind | None], Span | None] = field(default_factory=dict)

    #: Tokens and tags of the whole sentence, and the number of its paragraph, the title being 0.
    tokens: list[Token] = field(init=False)
    tags: frozenset[str] = field(init=False)
    paragraph: int = field(init=False)

    def __post_init__(self) -> None:
        """Take over what is the sentence's."""
        self.tokens, self.tags, self.paragraph = self.sentence.tokens, self.sentence.tags, self.sentence.paragraph

    @property
    def happened(self) -> bool:
        """Whether a handover is told as done, and not in passing."""
        for verb in self.verbs:
            if verb.mood == "done" and not verb.weak and not self._aside(self.segment_tags[verb.segment]):
                return True
        return False

    @property
    def of_many(self) -> bool:
        """Whether handovers are counted, and not who was handed over: "70 exchanges since the invasion"."""
        return {"number", "noun.handover"} <= self.tags and any(
            before.number is not None and before.number.value >= _MANY and "noun.handover" in token.tags
            for before, token in pairwise(self.tokens)
        )

    @property
    def asks(self) -> bool:
        """Whether the sentence is a question, and so asserts nothing."""
        return self.sentence.raw.rstrip("\"'»”’) ").endswith("?")

    @staticmethod
    def _aside(tags: frozenset[str]) -> bool:
        """Whether a clause tells in passing: a relative one, unless it gives the outcome, "as a result of which"."""
        return "relative" in tags and "happened" not in tags

    def in_segment(self, segment: int) -> list[tuple[int, Token]]:
        """Give a segment's tokens with their places."""
        if not self.by_segment:
            self.by_segment = [[] for _ in self.segment_tags]
            for index, number in enumerate(self.segment_of):
                self.by_segment[number].append((index, self.tokens[index]))
        return self.by_segment[segment]


def kind_of(tags: frozenset[str]) -> Kind | None:
    """Give the kind that a phrase's nouns name."""
    return next((kind for kind in _KINDS if f"kind.{kind}" in tags), None)
