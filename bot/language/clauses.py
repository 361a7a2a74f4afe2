"""The clauses of a question: sentences, and parts of sentences between commas, dashes and conjunctions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.words import Cell

SENTENCE_ENDS = frozenset(".!?…;\n")
PAUSES = frozenset(",:()–—")
#: "How many", "when": behind a contrast they begin a clause of their own.
_ASKING = ("howmany", "when")
#: Conjunctions that may begin one.
_TURNING = ("because", "contrast")

#: Forms of verbs in Ukrainian and Russian, told by their endings alone.
_FINITE = re.compile(
    "[а-яіїє]{2,}(?:ють|уть|ать|ять|ить|іть|ет|ит|ят|ут|ют|єш|еш|иш|аю|яю|ую|ємо|емо|имо|їмо|ем|им|ає|яє|ує|"
    "л[иао]|л[иао]с[ья]|вся|лся|ться|тся|юсь|усь|йте|но|то)$"
)


def is_finite(cell: Cell) -> bool:
    """Tell whether a word looks like a verb that says what somebody does."""
    return cell.has("aux") or _FINITE.search(cell.norm) is not None


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of cells."""

    #: First cell and the one behind the last.
    start: int
    end: int
    #: The sign that ends it, "but" before a contrast, "" at the end of the text.
    mark: str
    #: It is a sentence of its own.
    whole: bool


def sentences(cells: Sequence[Cell]) -> list[Clause]:
    """Return the sentences, in order; signs stand in none."""
    return _split(cells, SENTENCE_ENDS, conjunctions=False)


def clauses(cells: Sequence[Cell]) -> list[Clause]:
    """Return the clauses within the sentences, in order."""
    return _split(cells, SENTENCE_ENDS | PAUSES, conjunctions=True)


def _split(cells: Sequence[Cell], ends: frozenset[str], *, conjunctions: bool) -> list[Clause]:
    found: list[Clause] = []
    start, opened = 0, True
    for i, cell in enumerate(cells):
        if cell.mark and cell.norm in ends:
            closed = cell.norm in SENTENCE_ENDS
            if i > start:
                found.append(Clause(start, i, cell.norm, opened and closed))
            start, opened = i + 1, closed
        elif i > start and not cell.senses.isdisjoint(_TURNING) and _turns(cells, i, conjunctions=conjunctions):
            found.append(Clause(start, i, "but", False))
            start, opened = i, False
    if start < len(cells):
        found.append(Clause(start, len(cells), "", opened))
    return found


def _turns(cells: Sequence[Cell], i: int, *, conjunctions: bool) -> bool:
    """Tell whether a conjunction begins a clause: a reason, or a contrast before the question word."""
    if conjunctions and cells[i].has("because"):
        return True
    return cells[i].has("contrast") and any(c.has(*_ASKING) for c in cells[i + 1 : i + 3])
