"""Single words that are no part of a question: what leads in to it, what is taken back, the unit somebody served in."""

from bot.language.frame import EVENTS, Frame, kind_in
from bot.language.words import Cell


def leads_in(frame: Frame, unknown: Cell) -> bool:
    """Tell whether an unknown word only leads in to the question: "For the yearbook: ...", "My pupils ask ..."."""
    i = frame.cells.index(unknown)
    if unknown.number or (unknown.text[:1].isupper() and i > 0 and not frame.cells[i - 1].mark):
        return False
    start = max((k + 1 for k in range(i) if frame.cells[k].mark and frame.cells[k].text in ".!?;:,"), default=0)
    end = next((k for k in range(i, len(frame.cells)) if _ends_lead(frame.cells[k])), None)
    if end is None:
        return False
    lead = frame.cells[start:end]
    meaning = any(kind_in(c) or c.has(*EVENTS, "people", "bound", "except", "neg", "unsup") for c in lead)
    dated = any(m.start < end and m.end > start for m in frame.mentions)
    placed = any(e.start < end and e.end > start for e in frame.roles.entities if e.role != "nationality")
    if meaning or dated or placed:
        return False
    return frame.cells[end].text == ":" or any(c.has("wants", "asker") for c in lead)


def taken_back(frame: Frame, unknown: Cell) -> bool:
    """Tell whether a word is corrected or declined at once ("предпоследнюю не надо")."""
    i = frame.cells.index(unknown)
    behind = next((c for c in frame.cells[i + 1 :] if not c.mark), None)
    return behind is not None and (behind.has("correction") or behind.norm in {"не надо", "не треба", "не нужно"})


def _ends_lead(cell: Cell) -> bool:
    return (cell.mark and cell.text in ".!?;:") or cell.has("howmany", "number", "when", "list", "which", "average")


def account_formations(frame: Frame) -> None:
    """Account for "my brother served with the 93rd brigade"; a unit without a story restricts, and is unsupported."""
    told = frame.has("kin") or any(c.norm in _SERVED for c in frame.cells)
    for i, cell in enumerate(frame.cells):
        if not cell.has("formation"):
            continue
        if not told:
            frame.unsupported.append(cell)
            continue
        cell.used = True
        for j in (i - 1, i - 2, i - 3, i + 1, i + 2):
            if 0 <= j < len(frame.cells) and (frame.cells[j].number or frame.cells[j].norm in _ORDINAL_ENDS):
                frame.cells[j].used = True


_SERVED = frozenset(
    [
        *("served", "serving", "serves", "serve", "fought"),
        *("служив", "служить", "служила", "служили", "служил", "служит", "воював", "воює", "воевал", "воюет"),
    ]
)


_ORDINAL_ENDS = frozenset(["st", "nd", "rd", "th", "й", "я", "го", "ій", "та", "ї", "тій", "ої", "ой"])
