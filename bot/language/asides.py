"""Single words that are no part of a question: what leads in to it, what is taken back, the unit somebody served in."""

from collections.abc import Sequence
from itertools import pairwise

from bot.language.clauses import is_finite
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
    meaning = meaning or any(a.has("only") and not b.known for a, b in pairwise(lead))
    dated = any(m.start < end and m.end > start for m in frame.mentions)
    placed = any(e.start < end and e.end > start for e in frame.roles.entities if e.role != "nationality")
    if meaning or dated or placed:
        return False
    if any(c.has("wants", "asker", "self", "mine", "errand") for c in lead):
        return True
    return frame.cells[end].text == ":" and not _is_label(lead)


def _is_label(lead: Sequence[Cell]) -> bool:
    """Tell whether nothing but a name stands before a colon, which may say of whom it is asked ("Курские: ...")."""
    told = any(c.has("aux", "say", "data") or (c.has("fill") and len(c.norm) > 3) or is_finite(c) for c in lead)
    return not told


def taken_back(frame: Frame, unknown: Cell) -> bool:
    """Tell whether a word is corrected or declined at once ("предпоследнюю не надо")."""
    i = frame.cells.index(unknown)
    behind = next((c for c in frame.cells[i + 1 :] if not c.mark), None)
    return behind is not None and (behind.has("correction") or behind.norm in {"не надо", "не треба", "не нужно"})


def _ends_lead(cell: Cell) -> bool:
    return (cell.mark and cell.text in ".!?;:") or cell.has("howmany", "number", "when", "list", "which", "average")


def account_profession(frame: Frame) -> None:
    """Account for who asks: "As a medic I need to know ...", "Як волонтерка хочу знати ..."."""
    cells = frame.cells
    for i, cell in enumerate(cells):
        if cell.norm not in _AS or (i and not cells[i - 1].mark):
            continue
        noun = i + 2 if i + 1 < len(cells) and cells[i + 1].norm in {"a", "an"} else i + 1
        behind = cells[noun + 1] if noun + 1 < len(cells) else None
        asks = behind is not None and (behind.text == "," or behind.has("self", "wants", "asker") or _is_mine(behind))
        if asks and (noun > i + 1 or not cells[i].norm.isascii()) and not kind_in(cells[noun]):
            cells[noun].used = True
            frame.unknown = [c for c in frame.unknown if c is not cells[noun]]


def _is_mine(cell: Cell) -> bool:
    return cell.norm.split()[0] in {"i", "we", "я", "ми", "мы"}


_AS = frozenset(["as", "як", "как"])


def account_formations(frame: Frame) -> None:
    """Account for "my brother served with the 93rd brigade"; a unit without a story restricts, and is unsupported."""
    if not frame.has("formation"):
        return
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
