"""What is counted: events or persons ("how many body handovers", "how many bodies")."""

from collections.abc import Sequence

from bot.language.frame import EVENTS, Frame, is_plural, kind_in
from bot.language.roles import VERBS
from bot.language.words import Cell

_NOUN_SKIP = ("fill", "total", "largest", "smallest", "average", "entire", "also", "which", "and", "first", "last")


def head_is_event(frame: Frame) -> bool:
    """Tell whether what is counted are events, not persons ("how many body handovers", "кількість обмінів")."""
    cells = frame.cells
    if frame.has("times") and any(c.has("times") and c.has("howmany") for c in cells):
        return True
    for i, cell in enumerate(cells):
        if not cell.has("howmany", "number") or cell.used:
            continue
        if cell.norm == "how often":
            return True
        head = _head(frame, i + 1)
        if head is not None:
            return head
        if any(c.has("times") for c in cells[i + 1 : i + 3]):
            return True
    if not frame.counted:
        return any(c.norm == "how often" or c.norm == "on how many occasions" for c in cells)
    if any(c.has("howmany") and _persons_did(cells[i + 1 : i + 7]) for i, c in enumerate(cells)):
        return False
    # "обмінів у червні скільки": nothing countable stands behind the question word
    for cell in cells:
        if cell.has(*EVENTS) and not _is_verb_form(cell):
            return is_plural(cell)
        if any(s.startswith("kind:") for s in cell.senses) and cell.norm.isascii() is False:
            return False
    return False


def _persons_did(behind: Sequence[Cell]) -> bool:
    """Tell whether "how many" is followed by what persons do ("скільки повернулося")."""
    first = next((c for c in behind if c.has(*VERBS, *EVENTS, "v:happen") or kind_in(c)), None)
    return first is not None and first.has(*VERBS) and not first.has(*EVENTS, "v:swap")


def _head(frame: Frame, i: int) -> bool | None:
    """Tell whether the noun (or compound) that begins at a cell is an event; None where no noun begins there."""
    cells = frame.cells
    event: bool | None = None
    english = False
    steps = 0
    while i < len(cells) and steps < 8:
        cell = cells[i]
        steps += 1
        if cell.mark and cell.text not in {"-", "‑"}:
            break
        verb_only = (
            cell.has(*VERBS) and not cell.has("handover", "exchange") and not any(m.part == "A" for m in cell.meanings)
        )
        if cell.has("times"):
            return True
        noun = any(m.sense in EVENTS and m.part in {"N", "X"} for m in cell.meanings)
        if noun and not verb_only and not _is_verb_form(cell):
            if event is None or english:
                event = True
            english = cell.norm.isascii()
        elif any(s.startswith("kind:") for s in cell.senses) or cell.has("people"):
            if event is None:
                event = False
                english = cell.norm.isascii()
            elif not english:
                break
        elif event is None and (
            cell.has(*_NOUN_SKIP, "party:ukraine", "party:russia", "our", "their", "monthadj:1")
            or cell.norm in {"of", "the"}
            or any(m.part == "A" for m in cell.meanings)
            or cell.used
        ):
            pass
        else:
            break
        i += 1
    return event


def _is_verb_form(cell: Cell) -> bool:
    """Tell whether an English word is a verb here only ("exchanged"), as its form shows."""
    return any(m.part == "V" for m in cell.meanings if m.sense in {"exchange", "handover", "repatriation"}) and not any(
        m.part == "N" for m in cell.meanings
    )
