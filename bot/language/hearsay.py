"""Who brings the news and is none of the question: "my friend wrote that …", "девочки в чате пишут, что …", "кажуть".

A messenger is anybody with a verb of saying or hearing who is no side: what is told is asked, and the teller is not. A
side that says something states figures (`roles.voices`); a relative of whom nothing is told stays the asker's own.
"""

from collections.abc import Sequence

from bot.language.clauses import PAUSES, SENTENCE_ENDS
from bot.language.frame import EVENTS, Frame, kind_in
from bot.language.roles import VERBS
from bot.language.words import Cell

#: "That", behind which stands what was told.
_THAT = frozenset(
    ["that", "що", "что", "ніби", "нібито", "наче", "буцім", "будто", "якобы", "мол", "мовляв", "how that"]
)
#: Finite forms: of somebody, and of people at large or of oneself, who need no name.
_FINITE = frozenset("SPmfnpsd")
_NAMELESS = frozenset("Pp")
_BE = frozenset(["was", "were", "is", "are", "been", "be", "being", "as"])
_YOU = frozenset(["you", "u", "ти", "ви", "ты", "вы", "to", "not", "let", "please"])
_WE = frozenset(["i", "we", "they", "people"])
_WHO = frozenset(["who", "хто", "кто", "whose", "nobody", "ніхто", "никто"])
_ANAPHORS = frozenset(["it", "he", "she", "він", "вона", "воно", "он", "она", "оно"])
_SIDES = tuple(
    f"{sense}:{party}" for sense in ("party", "people", "capital", "who") for party in ("ukraine", "russia", "other")
)
#: Words that no messenger is made of: they belong to what is told or asked.
_ASKED = (
    *("howmany", "number", "when", "which", "where", "yesno", "neg", "captivity", "missing", "held", "list", "accord"),
    *("last", "first", "largest", "smallest", "average", "identified", "conflict", "compare", "versus", "data"),
    *("oos:inject", "insult", "aux", "find", "future", "bothsides"),
)
_AMOUNTS = ("more", "total", "only", "except", "bound", "alltime", "own", "per", "by")
#: Cells between a messenger's first word and its verb, and behind the verb.
_LONGEST, _BEHIND = 7, 5


def account_doubt(frame: Frame) -> None:
    """Read "weren't bodies returned in June?", "разве не возвращали тела в июне" as asking whether they were.

    Only a question that names its time is one; "have not been returned" asks for those who are still there.
    """
    cells = [c for c in frame.cells if not c.mark and (c.has("neg") or not c.has("also", "and", "contrast"))]
    if not cells or not frame.mentions or frame.has("howmany", "number", "still"):
        return
    asked = any(c.mark and c.text == "?" for c in frame.cells)
    for place, cell in enumerate(cells[:3]):
        if not cell.has("neg"):
            if not cell.has("yesno", "or"):
                return
            asked = True
            continue
        behind = next((c for c in cells[place + 1 :] if not c.has("fill") or c.has(*VERBS)), None)
        slavic = asked and not cell.norm.isascii() and behind is not None and behind.has(*VERBS, "v:happen")
        if cell.norm in _WASNT or slavic:
            cell.used, cell.senses, cell.meanings = True, frozenset({"hearsay"}), ()
            frame.told = True
        return


_WASNT = frozenset(f"{be}n{sign}t" for be in ("were", "was", "did", "have", "has") for sign in ("'", ""))


def account_messengers(frame: Frame) -> None:
    """Account for those who bring the news; what they tell is then asked, whether it is so."""
    start = 0 if frame.has("say", "claim", "heard", "messenger", "oos:inject") else len(frame.cells)
    while start < len(frame.cells):
        end = _messenger(frame, start)
        if end > start:
            teller, end = end, _claimed(frame, end)
            renamed = any(kind_in(c) or c.has(*EVENTS) for c in frame.cells[end:])
            for i, cell in enumerate(frame.cells[start:end], start):
                if i < teller or renamed or not (kind_in(cell) or cell.has(*EVENTS, *VERBS)):
                    cell.used, cell.senses, cell.meanings = True, frozenset({"hearsay"}), ()
            frame.mentions = [m for m in frame.mentions if not start <= m.start < end]
            frame.dated = [m for m in frame.dated if not start <= m.start < end]
            frame.told = True
            start = end
        while start < len(frame.cells) and not _is_pause(frame.cells[start]):
            start += 1
        start += 1


def _messenger(frame: Frame, start: int) -> int:
    """Return the cell behind the messenger whose clause begins at a cell; `start` where there is none."""
    cells = frame.cells
    verb = start
    while verb < len(cells) and not _tells(cells, start, verb):
        ordered = cells[verb].has("oos:inject") and cells[verb].norm == "say that"
        if cells[verb].has("messenger") or (ordered and _has_teller(cells[start:verb])):
            return verb + 1
        if verb - start >= _LONGEST or cells[verb].mark or _is_topic(frame, verb) or cells[verb].has(*_ASKED):
            return start
        verb += 1
    if verb == len(cells):
        return start
    named = [c for c in cells[start:verb] if not c.has("also", "and", "contrast")]
    if named and (all(c.norm in _ANAPHORS for c in named) or any(c.norm in _WHO for c in named)):
        return start
    end = _opening(frame, verb + 1)
    clause_ends = end == len(cells) or cells[end].mark
    that = not clause_ends and cells[end].norm in _THAT
    spoken = all(c.known for c in named) if named else not clause_ends and _is_one_side(cells[end])
    if not (that or clause_ends or spoken):
        return start
    if not that and not clause_ends and cells[end].has(*_SIDES) and all(c.mark for c in cells[end + 1 : end + 2]):
        return start  # a side at the end of its clause says so itself ("как сообщил Мединский, ...")
    if not named and not _is_nameless(cells[verb]):
        return start
    topical = [i for i in range(len(cells)) if not start <= i < end and _is_topic(frame, i)]
    told = any(i > end for i in topical) if that else bool(topical)
    if not told or (not that and not clause_ends and cells[end].has("howmany", "which", "when")):
        return start
    return end + 1 if that else end


def _claimed(frame: Frame, start: int) -> int:
    """Return the end of a sentence that tells a figure, where another asks how many it was; else `start`."""
    cells = frame.cells
    end = next((i for i in range(start, len(cells)) if cells[i].mark and cells[i].text in SENTENCE_ENDS), len(cells))
    dated = {i for m in frame.mentions for i in range(m.start, m.end)}
    figure = any(cells[i].number and i not in dated for i in range(start, end))
    asks = any(c.has("howmany") for c in cells[start:end])
    return end if figure and not asks and any(c.has("howmany") for c in cells[end:]) else start


def _tells(cells: Sequence[Cell], start: int, i: int) -> bool:
    """Tell whether a cell is the finite verb of who says or has heard something, in the clause from `start`."""
    cell = cells[i]
    before = cells[i - 1].norm.rpartition(" ")[2] if i else ""
    if cell.used or before in _YOU:
        return False
    forms = {(m.part, f) for m in cell.meanings if m.sense in {"say", "claim", "heard"} for f in m.features}
    verbs = {f for part, f in forms if part == "V"}
    if not cell.norm.isascii():
        return bool(verbs & _FINITE) or (cell.has("heard") and "1" in verbs)
    noun = any(m.part == "N" for m in cell.meanings)
    if noun and not any(c.norm in _THAT for c in cells[i + 1 : i + 2]):
        return False  # "the count", "a report"
    return ("d" in verbs and before not in _BE) or (bool(verbs & {"s", "b"}) and _has_teller(cells[start:i]))


def _has_teller(cells: Sequence[Cell]) -> bool:
    """Tell whether somebody stands there, not only filler ("pls confirm", and "say that" as an order)."""
    return any(c.norm in _WE or c.has("kin", "people", "they") or not c.has("fill") for c in cells)


def _is_nameless(cell: Cell) -> bool:
    """Tell whether a verb needs nobody's name: "кажуть", "читала"."""
    forms = {f for m in cell.meanings if m.sense in {"say", "claim", "heard"} for f in m.features}
    return not cell.norm.isascii() and (bool(forms & _NAMELESS) or cell.has("heard"))


def _is_one_side(cell: Cell) -> bool:
    """Tell whether a side in the singular stands there, of whom "кажуть" does not speak as the one who says it."""
    cases = {f for m in cell.meanings if m.sense in _SIDES for f in m.features}
    return "sn" in cases and "pn" not in cases


def _opening(frame: Frame, i: int) -> int:
    """Return where what is told begins: "that", a sign, or the first word of the topic."""
    cells, start = frame.cells, i
    while i < len(cells) and i - start < _BEHIND:
        if cells[i].mark or cells[i].norm in _THAT or _is_topic(frame, i) or cells[i].has(*_ASKED, *_AMOUNTS):
            break
        i += 1
    return i


def _is_topic(frame: Frame, i: int) -> bool:
    """Tell whether a cell is a part of what may be asked: a kind, a round, a deed, a side, a time or a figure."""
    cell = frame.cells[i]
    if any(m.start <= i < m.end for m in frame.mentions):
        return True
    return cell.number or kind_in(cell) or cell.has(*EVENTS, *VERBS, *_SIDES)


def _is_pause(cell: Cell) -> bool:
    return cell.mark and cell.text in SENTENCE_ENDS | PAUSES
