"""Where people were held: captivity, prisons and camps that somebody came out of, and those "held by" a side."""

from bot.language.frame import Frame, kind_in
from bot.language.roles import VERBS
from bot.language.words import Cell

_SIDES = ("people:ukraine", "people:russia", "party:ukraine", "party:russia")
_OUT_OF = frozenset(["from", "out of", "з", "із", "зі", "из", "с"])
#: People are held without any of these where they were before they came back.
_HOLDS = ("утриму", "тримал", "удерж", "держал")
_STILL = ("now", "neg", "future")


def tell_captivity(frame: Frame) -> None:
    """Tell from what people came back: a prison behind "from", captivity left, those held who were returned later."""
    cells = frame.cells
    for i, cell in enumerate(cells):
        left = cell.has("prison") and _is_left(cells, i)
        if (left or cell.has("holding")) and _narrows(cells, i):
            frame.unsupported.append(cell)
        if left:
            cell.meanings = tuple(m for m in cell.meanings if m.sense == "prison")  # no verb "to jail"
            cell.senses = frozenset({"prison", "captivity", "holding"})
        elif cell.has("leave") and _stands_behind(cells, i + 1):
            cell.meanings = tuple(m._replace(sense="v:come") for m in cell.meanings if m.sense == "leave")
            cell.senses = frozenset({"v:come", "leave"})
        elif (cell.norm == "held" and _stands_beside_side(cells, i)) or _were_held(frame, i):
            cell.senses, cell.meanings = frozenset({"captivity", "holding"}), ()


def _is_left(cells: list[Cell], i: int) -> bool:
    """Tell whether a place is what people came out of ("from Russian jails and camps", "з тюрем")."""
    for k in range(i - 1, max(-1, i - 6), -1):
        cell = cells[k]
        if cell.norm in _OUT_OF or cell.has("p:from", "leave"):
            return True
        if cell.norm == "of":
            return k > 0 and cells[k - 1].norm.endswith("out")
        if cell.mark or not (cell.has(*_SIDES, "and", "prison") or cell.norm == "the"):
            return False
    return False


def _narrows(cells: list[Cell], i: int) -> bool:
    """Tell whether where they were held makes fewer of those asked for: the dead of captivity, children of camps."""
    for k in range(i - 1, -1, -1):
        if cells[k].mark or cells[k].has("howmany", "and", "versus"):
            return False
        if cells[k].has("kind:remains") or (cells[k].has("kind:children") and cells[i].has("prison")):
            return True
        if kind_in(cells[k]):
            return False
    return False


def _stands_behind(cells: list[Cell], i: int) -> bool:
    """Tell whether captivity or a prison stands at a cell, a side's adjective skipped."""
    while i < len(cells) and (cells[i].has(*_SIDES, "our", "their") or cells[i].norm == "the"):
        i += 1
    return i < len(cells) and cells[i].has("holding", "prison")


def _stands_beside_side(cells: list[Cell], i: int) -> bool:
    """Tell whether a side is joined to a participle ("Russian-held")."""
    k = i - 1
    while k > 0 and cells[k].mark and cells[k].text in {"-", "‑", "–"}:
        k -= 1
    return k >= 0 and cells[k].has(*_SIDES)


def _were_held(frame: Frame, i: int) -> bool:
    """Tell whether those who were held came back at a time that is named ("POWs held by Russia returned in May")."""
    cell = frame.cells[i]
    by = cell.norm == "held by" or (cell.has("held") and cell.norm.startswith(_HOLDS))
    if not by or not frame.mentions or frame.has(*_STILL):
        return False
    if sum(c.has("held") for c in frame.cells) > 1:
        return False
    return any(c.has(*VERBS) and not c.has("v:get") for c in frame.cells[i + 1 :])
