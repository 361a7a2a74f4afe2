"""What stands around a question and is none of it: the asker's family and self, who asks, what it is for, the times.

Another clause holds a whole question; a story holds nothing that could be a part of it. Where in doubt it is a part,
and its words block the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.language.clauses import SENTENCE_ENDS, Clause, clauses, is_finite, sentences
from bot.language.dates.periods import Mention
from bot.language.frame import EVENTS, Frame, kind_in
from bot.language.meanings import meanings_of
from bot.language.roles import VERBS
from bot.language.stated import ALL_WORDS
from bot.language.words import Cell

#: Words of which a clause with one is part of the question, whoever tells it.
_PARTS = (
    "howmany", "number", "exchange", "handover", "repatriation", "when", "list", "total", "last", "first", "largest",
    "smallest", "average", "identified", "conflict", "compare", "accord", "howlong", "per", "kindword", "allkinds",
    "bothsides", "find", "missing", "except", "bound", "asof", "breakdown", "oos:inject",
)  # fmt: skip
#: Words that are part of the question where nobody tells of himself or his family.
_IMPERSONAL_PARTS = ("own", "future", "alltime", "they", "them")
_COUNTS = (
    "howmany", "number", "when", "list", "total", "last", "largest", "smallest", "average", "yesno", "identified",
)  # fmt: skip
_ASKING = frozenset([*_COUNTS, *EVENTS])
_PARTIES = tuple(
    f"{role}:{party}" for role in ("party", "people", "capital", "who") for party in ("ukraine", "russia", "other")
)


def drop_stories(frame: Frame) -> None:
    """Account for what stands around the question: sentences, clauses and lead-ins that hold no word of it.

    "My cousin fell near Bakhmut. How many bodies came back?": neither the place nor the day of the story restricts.
    """
    whole, parts = sentences(frame.cells), clauses(frame.cells)
    _drop(frame, whole)
    if len(parts) > 1:
        _drop(frame, parts)


def asked_mentions(frame: Frame) -> list[Mention]:
    """Return the periods in the sentences that ask for something; all, where none does."""
    asking = [c for c in sentences(frame.cells) if _asks(frame.cells[c.start : c.end])]
    inside = [m for m in frame.mentions if any(c.start <= m.start < c.end for c in asking)]
    return inside if asking else list(frame.mentions)


def _drop(frame: Frame, parts: Sequence[Clause]) -> None:
    asking = [c for c in parts if _asks(frame.cells[c.start : c.end])]
    if any(cell.has("howmany", "number") for c in asking for cell in frame.cells[c.start : c.end]):
        asking = [c for c in asking if not _tells_of_kin(frame.cells[c.start : c.end])]
    topical = [cell for c in asking for cell in frame.cells[c.start : c.end]]
    if not any(kind_in(c) or c.has(*EVENTS, *VERBS) or c.used for c in topical):
        return
    for clause in parts:
        if clause not in asking:
            told = _Telling(frame, clause, asking, before=clause.start < asking[0].start)
        elif lead := _lead(frame.cells[clause.start : clause.end]):
            opening = Clause(clause.start, clause.start + lead, "lead", False)
            told = _Telling(frame, opening, asking, before=True)
        else:
            continue
        if told.is_story(dated=told.tells_date()):
            _forget(frame, told.clause, dates=True, own=told.tells_of_war() or (told.kin and told.clause.whole))
        elif told.dates and told.refers_back() and told.is_story(dated=True):
            _forget(frame, told.clause, dates=False, own=False)


def _asks(cells: Sequence[Cell]) -> bool:
    """Tell whether a clause asks for a figure, a date, an event or a list."""
    if any(not c.senses.isdisjoint(_ASKING) and c.norm not in ALL_WORDS for c in cells):
        return True
    return any(kind_in(c) for c in cells) and not any(c.has("asker") for c in cells)


def _tells_of_kin(cells: Sequence[Cell]) -> bool:
    """Tell whether somebody says what became of his own ("my son is a prisoner", "сын погиб, тело не вернули")."""
    return any(_is_kin(c) for c in cells) and not any(not c.senses.isdisjoint(_ASKING) for c in cells)


def _is_kin(cell: Cell) -> bool:
    return cell.has("kin", "formation") and not cell.has("fill")


def _lead(cells: Sequence[Cell]) -> int:
    """Return how many cells of a clause say who asks ("my mother wants to know if ..."); 0 where nobody is said to."""
    first = next((k for k, c in enumerate(cells) if c.used or not c.senses.isdisjoint(_ASKING)), len(cells))
    asking = [k for k in range(first) if cells[k].has("asker", "wants")]
    return asking[-1] + 1 if asking else 0


def _forget(frame: Frame, clause: Clause, *, dates: bool, own: bool) -> None:
    """Take cells out of the question, and the dates in them; `own` ones are those of somebody's family."""
    inside = [m for m in frame.mentions if m.start < clause.end and m.end > clause.start]
    for i in range(clause.start, clause.end):
        if dates or not any(m.start <= i < m.end for m in inside):
            frame.cells[i].used = True
            frame.cells[i].senses = frozenset()
    if dates:
        frame.mentions = [m for m in frame.mentions if m not in inside]
        # what is still to come restricts no figure
        gone = [m for m in inside if own or _is_to_come(frame.cells[m.start : m.end])]
        frame.dated = [m for m in frame.dated if m not in gone]


def _is_to_come(cells: Sequence[Cell]) -> bool:
    return any(m.sense in {"tomorrow", "rel:next"} for c in cells for m in c.meanings)


@dataclass(slots=True)
class _Telling:
    """A clause that asks for nothing, seen beside those that ask."""

    frame: Frame
    clause: Clause
    asking: Sequence[Clause]
    #: It stands before the question.
    before: bool

    @property
    def cells(self) -> Sequence[Cell]:
        return self.frame.cells[self.clause.start : self.clause.end]

    @property
    def content(self) -> list[Cell]:
        return [c for c in self.cells if not c.mark]

    def has(self, *senses: str) -> bool:
        return any(c.has(*senses) for c in self.cells)

    @property
    def kin(self) -> bool:
        return any(map(_is_kin, self.cells))

    @property
    def personal(self) -> bool:
        """Somebody tells of himself, of his family, or that somebody asks."""
        if (
            self.kin
            or self.introduces
            or self.has("self", "asker", "hearsay")
            or any(_of_oneself(c) for c in self.cells)
        ):
            return True
        return self.has("mine") and not self.has("people", "unsup")

    @property
    def introduces(self) -> bool:
        """It says who writes ("nurse here, ...", "hi, Reuters here: ...")."""
        words = [c for c in self.content if not c.has("fill") or c.norm == "here"]
        here = 1 < len(words) < 5 and words[-1].norm == "here"
        return here and self.before and not self.has("people", "losses", "neg", *VERBS, *_PARTIES)

    @property
    def label(self) -> bool:
        """It only says what the answer is for ("For the yearbook: ...")."""
        opening = self.content[0].norm if self.content else ""
        named = any(not c.known and c.text[:1].isupper() for c in self.content[1:])
        known = any(c.has("errand", "mine") or (c.has("fill") and len(c.norm) > 3) for c in self.content[1:])
        purpose = opening in {"for", "для", "к", "до", "на"} and known and not named
        return self.clause.mark == ":" and (purpose or self.has("wants"))

    @property
    def finite(self) -> bool:
        """A verb that says what somebody does; being asked or wanted is none."""
        return any(
            is_finite(c)
            for c in self.content
            if not c.has("wants", "howmany") and not c.has(*(s for s in c.senses if s.startswith("p:")))
        )

    @property
    def dates(self) -> bool:
        return any(m.start < self.clause.end and m.end > self.clause.start for m in self.frame.mentions)

    # --- what it comes to -----------------------------------------------------------------------------------------

    def is_story(self, *, dated: bool) -> bool:
        """Tell whether it says nothing of the question.

        Args:
            dated: Its dates, where it has any, are none of the question's.
        """
        if not self.content or (self.dates and not dated) or self.is_part():
            return False
        blocks = [c for c in self.content if not c.known or c.number or c.has("neg") or _is_other(c)]
        if not blocks and not self.personal:
            return False
        if self.personal or self.label:
            return True
        return not self.has("unsup") and self.stands_apart()

    def is_part(self) -> bool:
        """Tell whether it holds what a question may be made of."""
        cells, personal = self.cells, self.personal
        missing = self.kin and self.before and self.frame.has("howmany", "number")
        told = [c for c in cells if not (missing and c.has("missing")) and c.norm not in ALL_WORDS]
        if any(c.has(*_PARTS) for c in told):
            return True
        if not personal and self.has(*VERBS, "v:swap", *_IMPERSONAL_PARTS):
            return True
        if any(s.startswith("group:") for c in cells for s in c.senses) and not (personal and self.clause.whole):
            return True
        asked_by_children = self.has("asker") and all(c.has("kind:children") for c in cells if kind_in(c))
        if any(kind_in(c) for c in cells) and not (asked_by_children or missing):
            return True
        if any(c.has(*_PARTIES, "they", "them") and not c.has("fill") for c in cells) and not self.tells_of_place():
            return True
        return self.narrows()

    def tells_of_place(self) -> bool:
        """Tell whether a side that is named says where somebody is ("I live in Russia"), not whose figure is asked."""
        first = next((i for i, c in enumerate(self.cells) if c.has(*_PARTIES)), 0)
        stated = self.has("say", "claim", "accord", "data") or any(c.has("wants") for c in self.cells[:first])
        return self.kin or (self.personal and not stated)

    def narrows(self) -> bool:
        """Tell whether it may leave some of them out: "only those from Toretsk", "I mean the women", "without ..."."""
        content = self.content
        first, rest = content[0], content[1:3]
        if self.has("meaning"):
            return True
        if self.has("only") and not self.has("asker", "wants"):
            return any(self.is_strange(c) for c in content)
        if first.has("neg") and not any(is_finite(c) for c in rest):
            return True
        if first.has("relative") and not self.clause.whole:
            return True
        for i, cell in enumerate(content):
            if cell.has("wants") and self.aims(content[i + 1 :]):
                return True
        placed = first.has("p:in", "p:from", "p:under", "p:to") and not self.label
        placed = placed and not (rest and rest[0].has("self")) and not self.tells_elsewhere()
        return placed and any(self.is_strange(c) for c in rest) and not (self.personal and self.finite)

    def tells_elsewhere(self) -> bool:
        """Tell whether a sentence of its own says what goes on at some place ("У школі немає світла")."""
        named = any(c.text[:1].isupper() and self.is_strange(c) for c in self.content[1:])
        return self.clause.whole and self.before and self.finite and not named and not self.has("unsup", "people")

    def aims(self, behind: Sequence[Cell]) -> bool:
        """Tell whether what is wanted is named at once, and is no figure ("мене цікавлять жінки")."""
        light = ("self", "only", "about", "p:in")
        named = next((c for c in behind if not c.has(*light) and c.norm not in _ARTICLES), None)
        return named is not None and (self.is_strange(named) or self.in_date(named))

    def is_strange(self, cell: Cell) -> bool:
        return not cell.known or cell.has("unsup", "people", "losses") or _is_other(cell)

    def in_date(self, cell: Cell) -> bool:
        i = self.frame.cells.index(cell)
        return any(m.start <= i < m.end for m in self.frame.mentions)

    def stands_apart(self) -> bool:
        """Tell whether strange words stand in a clause that says something of its own."""
        content = self.content
        strange = sum(not c.known for c in content)
        foreign = any(_is_other(c) for c in content)
        if self.clause.mark == ":" or (self.clause.mark == "?" and not self.before):
            return False
        if self.has("people") and not self.finite:
            return False
        sentence = len(content) > 2 and strange < len(content)
        if self.before:
            closed = (self.clause.mark in SENTENCE_ENDS or self.clause.mark == "but") and len(content) > 2
            return closed or (not foreign and strange < len(content) - strange)
        if self.clause.whole:
            return sentence
        return content[0].has("because") or (self.finite and len(content) > 1)

    # --- dates ----------------------------------------------------------------------------------------------------

    def tells_date(self) -> bool:
        """Tell whether its dates are a story's: the question has its own, and this clause another head."""
        if self.kin or self.label or self.tells_of_war():
            return True
        own = any(m.start < c.end and m.end > c.start for c in self.asking for m in self.frame.mentions)
        if not own or self.clause.mark == "lead" or not self.dates:
            return False
        told = [c for c in self.content if not self.in_date(c) and not c.has("p:in", "p:from")]
        about = any(self.in_date(b) for a, b in pairwise(self.content) if a.has("about") and not self.in_date(a))
        apart = self.personal or self.clause.whole or self.content[0].has("because")
        return len(told) > 1 and not about and apart

    def tells_of_war(self) -> bool:
        """Tell whether its only time is the war, of which the whole record is ("a film about the war")."""
        inside = [m for m in self.frame.mentions if m.start < self.clause.end and m.end > self.clause.start]
        cells = [c for m in inside for c in self.frame.cells[m.start : m.end]]
        return self.personal and self.clause.whole and bool(cells) and all(c.has("war", "about") for c in cells)

    def refers_back(self) -> bool:
        """Tell whether the question speaks of the day that the story names ("сколько тогда вернули")."""
        asking = [cell for c in self.asking for cell in self.frame.cells[c.start : c.end]]
        return any(c.has("then", "sameday") for c in asking)


def _of_oneself(cell: Cell) -> bool:
    """Tell whether a phrase is somebody's own ("I am preparing", "у нас")."""
    return " " in cell.norm and any(m.sense == "self" for word in cell.norm.split() for m in meanings_of(word))


_ARTICLES = frozenset({"the", "a", "an", "to", "of"})


def _is_other(cell: Cell) -> bool:
    return cell.has("unsup", "losses", "held") or any(s.startswith("oos:") for s in cell.senses)
