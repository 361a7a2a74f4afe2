"""Whether a question is about handovers at all: what is asked for has to show in it, not only what it leaves open.

A kind that is named is evidence of itself. An event ("the last exchange"), a deed ("how many were returned") or a bare
period ("since Istanbul?") is so only in words that can be accounted for one by one: what a story may hold beside a kind
makes another topic of them ("how do I get to Istanbul", "books returned in 2025", "exchange my shoes").
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from bot.language.clauses import clauses
from bot.language.frame import EVENTS, Frame, kind_in
from bot.language.roles import PRONOUNS, VERBS, Entity
from bot.language.words import Cell

#: What a sum is restricted by or broken down into, and how it is put together: all that may stand beside a bare period.
_QUERY = (
    *("howmany", "number", "total", "alltime", "times", "last", "first", "largest", "smallest", "average", "list"),
    *("breakdown", "by", "per", "kindword", "recipientword", "partyword", "compare", "versus", "more", "conflict"),
    *("identified", "howlong", "and", "or", "also", "correction", "ref:that", "bothsides", "own", "our", "we", "us"),
    *("they", "them", "their", "onwards", "entire", "now", "only", "exclusive", "sameday", "then", "contrast"),
    *("allkinds", "neg", "accord", "claim", "data", "whichside", "swapdir", "underthat", "beforethat", "afterthat"),
    *("sameperiod", "home", "agreementword", "meaning", "asof", "slight", "hearsay", "insult"),
)
_GROUPS = (
    "act:chart",
    "act:csv",
    "p:",
    "rel:",
    "group:",
    "party:",
    "people:",
    "capital:",
    "who:",
    "unit:",
    "month:",
    "year:",
    "edge:",
)
#: What is said of an event or a deed beside that.
_TOLD = (
    *("people", "home", "captivity", "when", "datenoun", "which", "yesno", "aux", "v:happen", "receipt", "pending"),
    *("say", "relative", "errand", "future", "tomorrow"),
)
#: Words of coming that are a return as well; others only say that somebody went somewhere.
_RETURNING = ("верн", "верт", "return", "back", "home", "out", "free", "made it")
_WHO = frozenset(["who", "хто", "кто"])
#: Prepositions that make a time of an agreement, or the rounds under it.
_TIMELY = ("p:since", "p:after", "p:before", "p:until", "p:between", "p:under", "p:from", "p:by")
_ONESELF = frozenset(["i", "i'm", "im", "я"])
_TOWARDS = frozenset(["to", "into", "до", "в", "у", "на"])
_MANNER = frozenset(["how", "why", "як", "чому", "навіщо", "как", "почему", "зачем"])
#: What a question asks for without words of its own.
_SUMMED = (None, "total", "list", "last", "happened")

Lack = Literal["topic", "word"]


def lacking(frame: Frame, *, follow_up: bool) -> tuple[Lack, list[Cell]] | None:
    """Return what keeps a question from being about handovers: its whole topic, or words of it; None where it is.

    Args:
        follow_up: The topic is that of the question before it.
    """
    cells = [c for c in frame.cells if not c.mark]
    if frame.measure in {"claimed_total", "conflict", "share_identified"}:
        return None
    if frame.measure in _SUMMED and not frame.counted and (manner := _manner(cells)) is not None:
        return "topic", [manner]
    if (place := _elsewhere(frame)) is not None:
        return "topic", [place]
    if frame.kinds:
        return None
    corrected = {c.written for c in frame.words.corrections}
    named = [c for c in cells if c.has(*EVENTS) and not _is_verb(c)]
    deed = bool(named) or any(_is_deed(frame, c) for c in cells)
    if not deed and any(_tells_of_deal(frame.cells[m.start - 1 : m.end]) for m in frame.mentions if m.start):
        return "topic", cells
    told = deed or (follow_up and not _is_of_place(frame))
    allowed = (*_QUERY, *_TOLD, *EVENTS, *VERBS) if told else _QUERY
    strange = [c for c in _asked(frame) if not _is_accounted(c, allowed, corrected=c.text in corrected)]
    strange += [] if deed else [c for c in cells if c.norm in _WHO and not c.used and c not in strange]
    if not strange:
        return None if deed or follow_up or _is_bare_time(frame) else ("topic", cells)
    return ("word", strange) if named or frame.counted else ("topic", strange)


def _is_of_place(frame: Frame) -> bool:
    """Tell whether a town or a war by its name, or a side that states nothing, is all that a question names."""
    if frame.has("say", "claim", "accord", "data"):
        return False
    named = any(m.period.agreement and not frame.cells[m.start].has(*_TIMELY) for m in frame.mentions)
    going = any(m.preposition == "до" and m.period.agreement for m in frame.mentions)
    return named or going or bool(_sides(frame))


def _sides(frame: Frame) -> list[Entity]:
    """Return the sides that are called by a name."""
    return [e for e in frame.roles.entities if not frame.cells[e.start].has(*PRONOUNS)]


def _tells_of_deal(cells: Sequence[Cell]) -> bool:
    """Tell whether it is said that somebody agreed ("what was agreed in Istanbul"), not what that is called."""
    before, inside = cells[0], cells[1:]
    if before.has("aux", "which") and inside[0].norm.startswith("agreed"):
        return True
    return any(m.sense == "agreementword" and m.part == "V" and m.lang != "en" for c in inside for m in c.meanings)


def _asked(frame: Frame) -> Iterator[Cell]:
    """Yield the cells that no slot has taken, of the clauses that name what is asked for."""
    periods = [range(m.start, m.end) for m in frame.mentions] + [range(e.start, e.end) for e in _sides(frame)]
    for clause in clauses(frame.cells):
        inside = frame.cells[clause.start : clause.end]
        dated = any(i in period for period in periods for i in range(clause.start, clause.end))
        if dated or any(c.has(*EVENTS, *VERBS, "howmany") for c in inside):
            yield from (c for c in inside if not (c.mark or c.used or c.number))


def _is_bare_time(frame: Frame) -> bool:
    """Tell whether a question of nothing but time is one: "after Istanbul?", "Istanbul", but no town in other words."""
    asked = frame.counted or frame.measure is not None or frame.group_by is not None
    if asked or frame.has("accord", "say", "claim", "data", "future"):
        return True
    if any(m.end - m.start == sum(not c.mark for c in frame.cells) for m in frame.mentions):
        return True
    town = all(m.period.agreement and m.relation in {"", "under"} and not m.preposition for m in frame.mentions)
    return not (town or frame.roles.entities)


def _is_accounted(cell: Cell, allowed: Sequence[str], *, corrected: bool) -> bool:
    """Tell whether a word is one of the query; a preposition that was misspelt may be anything ("letter", later)."""
    if cell.norm in _ONESELF:
        return False
    if corrected:
        return cell.has(*allowed)
    if cell.has(*allowed) or any(s.startswith(_GROUPS) for s in cell.senses):
        return True
    return " " in cell.norm and cell.has("fill") and ("people" in allowed or cell.norm.split()[0] not in _MANNER)


def _is_verb(cell: Cell) -> bool:
    """Tell whether a word of an event is a verb of doing it ("repatriate") and no noun."""
    return not any(m.sense in EVENTS and m.part in {"N", "X"} for m in cell.meanings)


def _is_deed(frame: Frame, cell: Cell) -> bool:
    """Tell whether a verb says that somebody was handed over or came back, not only that somebody went or came."""
    if not cell.has(*VERBS) and not cell.has(*EVENTS):
        return False
    coming = cell.has("v:come") and not cell.has("v:free", "v:return", "v:bring", "v:give")
    return not coming or any(w in cell.norm for w in _RETURNING) or frame.has("home", "captivity")


def _manner(cells: Sequence[Cell]) -> Cell | None:
    """Return the word by which it is asked how or why something is done, which no figure answers."""
    for cell, behind in pairwise(cells[:4]):
        if cell.norm in _MANNER and not cell.used and not behind.has("accord", "say", "claim", "also"):
            return cell if not (kind_in(behind) or behind.has(*EVENTS)) else None
        if not cell.has("slight", "also", "and", "contrast"):
            return None
    return None


def _elsewhere(frame: Frame) -> Cell | None:
    """Return the place, no home, that somebody came back or goes to ("children came back to school")."""
    for mention in frame.mentions:
        if mention.preposition == "to" and mention.period.agreement and len(frame.mentions) == 1:
            return frame.cells[mention.end - 1]
    if (left := next((b for a, b in pairwise(frame.cells) if a.has("p:from") and b.has("home")), None)) is not None:
        return left
    we = next((c for c in frame.cells if c.has("we")), None)
    if we is not None and frame.has("home") and frame.has("v:return", "v:come") and not (frame.counted or frame.kinds):
        return we
    for verb, to, place in zip(frame.cells, frame.cells[1:], frame.cells[2:], strict=False):
        back = verb.has("home", "v:come", "v:return") and to.norm in _TOWARDS and not to.used
        told = place.used or place.mark or place.number or " " in place.norm
        if back and not told and place.senses <= {"fill"}:
            return place
    return None
