"""What a question is set against and does not ask for: "civilians, as opposed to soldiers", "России, а не Украине".

Or what it only confirms of the answer before it: "that's Ukraine. And Russia?".

Of what stands behind the contrast nothing is asked, counted or compared; but only where its counterpart is named, a
kind for a kind, a side for a side, a time for a time. Elsewhere the words stay, and block the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.language.clauses import clauses
from bot.language.dates.periods import Mention, with_year
from bot.language.frame import EVENTS, Frame, kind_in
from bot.language.words import Cell

#: What may stand before the one who is left out, and behind a side.
_LIGHT = ("fill", "data", "accord", "official", "number", "p:in", "p:to", "p:from", "p:by", "p:za", "p:po", "p:under")
_BEHIND_SIDE = ("side", "data", "number", "say", "claim")
_NOT = frozenset(["not", "не"])
_THIS = frozenset(["this", "that", "that's", "thats", "it's", "its", "those", "це", "то", "это"])
_ARTICLES = frozenset(["the", "those", "of", "by", "тих", "тех"])
_OURS = {"ukraine": ("we", "us", "our"), "russia": ("they", "them", "their"), "other": ()}
_SIDES = {
    party: (*(f"{sense}:{party}" for sense in ("party", "people", "capital", "who")), *own)
    for party, own in _OURS.items()
}


def exclude(frame: Frame) -> None:
    """Take out of the question what it is set against; a time that is left out gives its year to the one that stays."""
    for i, cell in enumerate(frame.cells):
        if cell.used or not (cell.norm in _NOT or cell.has("opposed")):
            continue
        denied = not cell.has("opposed")
        start = _first(frame, i + 1, denied=denied)
        mention = next((m for m in frame.mentions if m.start <= start < m.end), None)
        if mention is not None and (len(frame.mentions) == 1 or (denied and mention.relation not in {"", "in"})):
            cell.senses -= {"correction"}  # "not before June" is a bound, which no query holds as it is said
            continue
        if mention is not None:
            frame.mentions = [_dated_as(m, mention) for m in frame.mentions if m is not mention]
            frame.dated = list(frame.mentions)
            _forget(frame, i, mention.end)
        else:
            end = _end(frame.cells, start)
            left, rest = frame.cells[start:end], [*frame.cells[:i], *frame.cells[end:]]
            if left and _has_counterpart(left, rest):
                _forget(frame, i, end)


def exclude_confirmed(frame: Frame) -> None:
    """Take out what an opening clause says of the answer before, where another of the same sort is asked for behind."""
    if not frame.cells or frame.cells[0].norm.partition(" ")[0] not in _THIS:
        return
    parts = clauses(frame.cells)
    content = [c for c in frame.cells[parts[0].start : parts[0].end] if not c.mark] if len(parts) > 1 else []
    if len(content) < 2:
        return
    named = [c for c in content[1:] if _party(c) or kind_in(c)]
    light = all(c in named or c.has(*_LIGHT, "aux", "v:happen") for c in content[1:])
    if named and light and _has_counterpart(named, frame.cells[parts[0].end :]):
        _forget(frame, parts[0].start, parts[0].end)


def _first(frame: Frame, i: int, *, denied: bool) -> int:
    """Return the first cell that means something; behind "not" no more than articles and prepositions are skipped."""
    cells = frame.cells
    while i < len(cells) and not cells[i].used and not cells[i].mark and cells[i].has(*_LIGHT):
        idle = not denied or not cells[i].has("fill") or cells[i].norm in _ARTICLES
        if _party(cells[i]) or kind_in(cells[i]) or cells[i].has("only") or not idle:
            break
        i += 1
    return i


def _end(cells: Sequence[Cell], i: int) -> int:
    """Return the cell behind the sides, kinds and rounds that stand together from a cell on."""
    end = i
    while i < len(cells) and not cells[i].mark:
        if _party(cells[i]) or _is_kind(cells[i]):
            end = i + 1
        elif not (end == i and (cells[i].has("and", "or") or (_party(cells[i - 1]) and cells[i].has(*_BEHIND_SIDE)))):
            break
        elif cells[i].has(*_BEHIND_SIDE):
            end = i + 1
        i += 1
    return end


def _has_counterpart(left: Sequence[Cell], rest: Sequence[Cell]) -> bool:
    """Tell whether the question names another of the same sort, to which no restriction is left."""
    sides = {party for cell in left if (party := _party(cell))}
    if sides and {party for cell in rest if (party := _party(cell))} - sides:
        return True
    kinds, others = set(_kinds(left)), set(_kinds(rest))
    if others == {"kind:remains"}:
        # "the bodies of soldiers, as opposed to civilians" is a restriction
        return kinds == {"kind:prisoners"} or any(c.has(*EVENTS) for c in left)
    freed = any(c.has("people") for c in rest) and any(c.has("v:free", "v:swap", "captivity", "exchange") for c in rest)
    counted = bool(kinds) and any(c.has(*EVENTS) for c in rest)
    return any(map(_is_kind, left)) and (bool(others - kinds) or freed or counted)


def _forget(frame: Frame, start: int, end: int) -> None:
    before = frame.cells[start - 1] if start else None
    if before is not None and before.has("contrast") and not before.used:
        start -= 1
    for cell in frame.cells[start:end]:
        cell.used, cell.senses, cell.meanings = True, frozenset({"excluded", "fill"}), ()
    around = (frame.cells[start - 1], frame.cells[end]) if start > 0 and end < len(frame.cells) else ()
    if around and all(c.mark and c.text in ",()–—" for c in around):
        for sign in around:  # the clause goes on behind it ("did Ukraine, not Russia, hand over")
            sign.mark, sign.used, sign.senses = False, True, frozenset({"excluded", "fill"})


def _dated_as(kept: Mention, left: Mention) -> Mention:
    """Return a time with the year of the one that it stands against ("in June rather than May 2025")."""
    if not kept.period.yearless or left.period.yearless or left.period.since is None:
        return kept
    return replace(kept, period=with_year(kept.period, left.period.since.year))


def _party(cell: Cell) -> str:
    return next((party for party, senses in _SIDES.items() if cell.has(*senses)), "")


def _kinds(cells: Sequence[Cell]) -> Iterator[str]:
    return (sense for cell in cells for sense in cell.senses if sense.startswith("kind:"))


def _is_kind(cell: Cell) -> bool:
    return kind_in(cell) or cell.has("people", *EVENTS)
