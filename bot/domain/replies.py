"""What a question came to: a reading with its answer, a choice, or a typed refusal."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.domain.answers import Answer, Reason
from bot.domain.queries import Query

Lang = Literal["en", "uk", "ru"]
LANGS: tuple[Lang, ...] = ("en", "uk", "ru")

#: What the reader took for granted, each a button that changes just that.
AssumptionKind = Literal["kind", "recipient", "agreement", "year"]

#: Commands in plain words ("why?", "back", "csv", "chart", "new"), which no query holds.
Act = Literal[
    "why",
    "back",
    "new",
    "sources",
    "chart",
    "csv",
    "help",
    "subscribe",
    "unsubscribe",
    "settings",
    "language",
    "privacy",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One thing that the question left open and the reader filled in."""

    kind: AssumptionKind
    #: What was taken: a kind, a recipient, an agreement's id, a year.
    taken: str
    #: The same question with another choice, in the order to offer them.
    others: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A misspelt word and what it was read as."""

    written: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A question understood: every word that carries meaning is used by the query."""

    query: Query
    lang: Lang
    assumptions: tuple[Assumption, ...] = ()
    corrections: tuple[Correction, ...] = ()
    #: The question whose figure is to be shown beside (a bare "returned": prisoners beside remains).
    beside: Query | None = None
    #: It edits the question before it.
    follow_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Readings that give different answers, with no good default; at most four."""

    lang: Lang
    #: The word that may mean several things.
    word: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """No reading, or one of something that the ledger does not hold. Never a number."""

    lang: Lang
    status: Literal["no_data", "not_understood", "out_of_scope"]
    #: None: no question at all (noise, a follow-up to nothing).
    reason: Reason | None = None
    #: Words that were not understood, as written.
    words: tuple[str, ...] = ()
    #: Valid questions near it, at most six.
    near: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """Not a question but a word to the program about the last answer."""

    lang: Lang
    act: Act


Understanding = Reading | Choice | Refusal | Instruction


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The last question of one person in one chat: what a follow-up edits."""

    query: Query
    lang: Lang
    at: dt.datetime
    #: Earlier queries, newest last, for "back".
    before: tuple[Query, ...] = ()
    #: The last reply was a choice: never ask twice in a row.
    asked_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Everything that an edge needs to answer one message."""

    question: str
    lang: Lang
    understanding: Understanding
    #: One answer for a reading; one a reading for a choice of two; none for a refusal.
    answers: tuple[Answer, ...] = ()
    #: Permanent reference of the answer; None where nothing was answered.
    ref: str | None = None
