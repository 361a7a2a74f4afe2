"""What stands around a question and is none of it: the asker's family and self, who asks, what it is for."""

from collections.abc import Sequence

from bot.language.frame import EVENTS, Frame, kind_in
from bot.language.roles import VERBS
from bot.language.words import Cell

_ENDS = frozenset(".!?…;\n")


_BREAKS = frozenset(",:()–—")


_CONTRASTS = frozenset(["but", "але", "но", "проте", "однак", "однако", "а", "and", "so"])


#: Words of which a clause with one may be part of the question.
_SLOTS = (
    "howmany",
    "number",
    "exchange",
    "handover",
    "repatriation",
    "when",
    "list",
    "total",
    "last",
    "first",
    "largest",
    "smallest",
    "average",
    "identified",
    "conflict",
    "compare",
    "accord",
    "data",
    "howlong",
    "share",
    "future",
    "per",
    "kindword",
    "allkinds",
    "bothsides",
    "find",
    "missing",
    "except",
    "bound",
    "asof",
    "alltime",
    "breakdown",
    "own",
)


_COUNTS = (
    "howmany",
    "number",
    "when",
    "list",
    "total",
    "last",
    "largest",
    "smallest",
    "average",
    "yesno",
    "identified",
)


_PARTIES = tuple(
    f"{role}:{party}" for role in ("party", "people", "capital", "who") for party in ("ukraine", "russia", "other")
)


_SELF = frozenset(
    [
        "i",
        "my",
        "we",
        "our",
        "im",
        "i'm",
        "i've",
        "we've",
        "me",
        "я",
        "мы",
        "ми",
        "мой",
        "моя",
        "мої",
        "мій",
        "мене",
        "меня",
        "мне",
        "мені",
        "нас",
        "нам",
        "мы",
    ]
)


#: Who asks is no part of what is asked ("Діти питають, скільки ...").
ASKERS = frozenset(
    [
        "ask",
        "asks",
        "asking",
        "asked",
        "wonder",
        "wonders",
        "want",
        "wants",
        "know",
        "hear",
        "told",
        "tell",
        "says",
        "питають",
        "питає",
        "питали",
        "питала",
        "спитали",
        "спитав",
        "спитала",
        "цікавляться",
        "хочуть",
        "хоче",
        "спрашивают",
        "спрашивает",
        "спрашивали",
        "спросили",
        "спросила",
        "спросил",
        "интересуются",
        "хотят",
        "хочет",
    ]
)


def drop_stories(frame: Frame) -> None:
    """Account for what stands around the question: sentences, clauses and lead-ins that hold no word of it.

    "My cousin fell near Bakhmut. How many bodies came back?": neither the place nor the day of the story restricts.
    """
    _drop_stories(frame, _segments(frame, _ENDS))
    _drop_stories(frame, _segments(frame, _ENDS | _BREAKS))


def _drop_stories(frame: Frame, segments: Sequence[tuple[int, int, str]]) -> None:
    asking = [n for n, (start, end, _) in enumerate(segments) if _counts(frame.cells[start:end])]
    topical = [c for n in asking for c in frame.cells[segments[n][0] : segments[n][1]]]
    if not any(kind_in(c) or c.has(*EVENTS, *VERBS) or c.used for c in topical):
        return
    for n, (start, end, mark) in enumerate(segments):
        cells = frame.cells[start:end]
        if n in asking:
            lead = _lead(cells)
            if lead and _is_free(frame, start, start + lead, "lead", before=True):
                _forget(frame, start, start + lead)
        elif _is_free(frame, start, end, mark, before=n < asking[0]):
            _forget(frame, start, end)


def _segments(frame: Frame, ends: frozenset[str]) -> list[tuple[int, int, str]]:
    """Return the clauses as first cell, the one behind the last, and the sign that ends them."""
    found: list[tuple[int, int, str]] = []
    start = 0
    cells = frame.cells
    for i, cell in enumerate(cells):
        if cell.mark and cell.text in ends:
            if i > start:
                found.append((start, i, cell.text))
            start = i + 1
        elif i > start and cell.norm in _CONTRASTS and any(c.has("howmany", "when") for c in cells[i + 1 : i + 3]):
            found.append((start, i, "but"))
            start = i
    if start < len(cells):
        found.append((start, len(cells), ""))
    return found


def _counts(cells: Sequence[Cell]) -> bool:
    """Tell whether a clause asks for a figure, a date, an event or a list."""
    if any(c.has(*_COUNTS, *EVENTS) for c in cells):
        return True
    return any(kind_in(c) for c in cells) and not any(c.norm in ASKERS for c in cells)


def _lead(cells: Sequence[Cell]) -> int:
    """Return how many cells of a clause say who asks ("my mother wants to know if ..."); 0 where nobody is said to."""
    first = next((k for k, c in enumerate(cells) if c.used or c.has(*_COUNTS) or c.has(*EVENTS)), len(cells))
    asking = [k for k in range(first) if cells[k].norm in ASKERS]
    return asking[-1] + 1 if asking else 0


def _is_free(frame: Frame, start: int, end: int, mark: str, *, before: bool) -> bool:
    """Tell whether a stretch of cells says nothing of the question."""
    cells = frame.cells[start:end]
    kin = any(c.has("kin", "formation") and not c.has("fill") for c in cells)
    own = any(c.norm in _SELF for c in cells)
    asks = any(c.norm in ASKERS for c in cells)
    children_ask = asks and all(c.has("kind:children") for c in cells if kind_in(c))
    if any(c.has(*VERBS, "v:swap") for c in cells) and not (kin or own or asks):
        return False
    if any(s.startswith("group:") for c in cells for s in c.senses):
        return False
    counted = frame.has("howmany", "number")
    slots = [c for c in cells if c.has(*_SLOTS, "oos:inject") and not (kin and before and counted and c.has("missing"))]
    if slots or (any(kind_in(c) for c in cells) and not children_ask):
        return False
    if any(c.has(*_PARTIES, "they", "them") and not c.has("fill") for c in cells) and not kin:
        return False
    label = mark == ":" and cells[0].norm in {"for", "для", "к", "до", "на"}
    if any(m.start < end and m.end > start for m in frame.mentions) and not (kin or label):
        return False
    content = [c for c in cells if not c.mark]
    blocks = any(not c.known or c.number or c.has("unsup", "losses", "held") for c in content)
    blocks = blocks or any(s.startswith("oos:") for c in content for s in c.senses)
    if not (blocks or kin or own or asks):
        return False
    strange = [c for c in content if not c.known]
    opens_place = content and content[0].has("p:in", "p:from", "p:under", "p:to") and not label
    label = label or (mark == ":" and any(c.norm in ASKING for c in cells))
    if kin or own or asks or label:
        return not opens_place or own or kin
    if not before or opens_place or any(c.has("unsup") for c in content):
        return False
    if mark == ":":
        return False
    closed = (mark in _ENDS or mark == "but") and len(content) > 2
    foreign = any(s.startswith("oos:") for c in content for s in c.senses)
    return closed or (not foreign and len(strange) < len(content) - len(strange))


def _forget(frame: Frame, start: int, end: int) -> None:
    """Take cells, and the dates in them, out of the question."""
    for cell in frame.cells[start:end]:
        cell.used = True
        cell.senses = frozenset()
    frame.mentions = [m for m in frame.mentions if not (m.start < end and m.end > start)]


ASKING = frozenset(
    [
        "know",
        "ask",
        "asks",
        "asked",
        "tell",
        "wonder",
        "query",
        "question",
        "request",
        "need",
        "needs",
        "want",
        "wants",
        "interested",
        "briefing",
        "note",
        "memo",
        "знати",
        "дізнатися",
        "питають",
        "питає",
        "запит",
        "прошу",
        "цікавить",
        "цікавляться",
        "хочу",
        "хочуть",
        "хоче",
        "потрібно",
        "потрібна",
        "скажіть",
        "знать",
        "узнать",
        "спрашивают",
        "вопрос",
        "запрос",
        "интересует",
        "хотят",
        "хочет",
        "нужно",
        "нужна",
        "скажите",
    ]
)


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
    return frame.cells[end].text == ":" or any(c.norm in ASKING for c in lead)


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
        "served",
        "serving",
        "serves",
        "serve",
        "служив",
        "служить",
        "служила",
        "служили",
        "служил",
        "служит",
        "fought",
        "воював",
        "воює",
        "воевал",
        "воюет",
    ]
)


_ORDINAL_ENDS = frozenset(["st", "nd", "rd", "th", "й", "я", "го", "ій", "та", "ї", "тій", "ої", "ой"])
