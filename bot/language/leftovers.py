"""Which words of a question nothing accounts for: they block an answer, or say why there is none."""

from bot.language.asides import account_formations, account_profession, leads_in, taken_back
from bot.language.frame import EVENTS, Frame, kind_in
from bot.language.roles import VERBS
from bot.language.words import Cell

_HARMLESS = frozenset(
    [
        "fill",
        "aux",
        "total",
        "alltime",
        "people",
        "home",
        "which",
        "when",
        "datenoun",
        "and",
        "or",
        "by",
        "per",
        "side",
        "data",
        "number",
        "howmany",
        "yesno",
        "now",
        "also",
        "correction",
        "ref:that",
        "accord",
        "say",
        "receipt",
        "entire",
        "own",
        "more",
        "official",
        "onwards",
        "allkinds",
        "exclusive",
        "sameday",
        "insult",
        "pending",
        "where",
        "more",
        "sameperiod",
        "own",
        "equal",
        "whichside",
        "kin",
        "captivity",
        "times",
        "agreementword",
        "self",
        "mine",
        "asker",
        "wants",
        "only",
        "meaning",
        "relative",
        "because",
        "contrast",
        "about",
        "then",
        "errand",
    ]
)


#: What a slot has been made of.
_ASKED = frozenset([*EVENTS, *VERBS, "v:happen", "kindword", "recipientword", "swapdir", "beforethat", "afterthat"])


def account_leftovers(frame: Frame) -> None:
    account_formations(frame)
    account_profession(frame)
    frame.unknown.extend(_around_days(frame))
    for i, cell in enumerate(frame.cells):
        if cell.used or cell.mark or (cell.has("correction", "also") and _opens(frame, i)):
            continue
        if cell.has("except", "bound", "neg") and not cell.has("fill"):
            if cell.has("neg") and not cell.has("except", "bound"):
                frame.unknown.append(cell)
            else:
                frame.unsupported.append(cell)
            continue
        if cell.has(*_STRICT) and not cell.has(*_LOOSE) and frame.measure != "days_since" and _dangles(frame, i):
            frame.unknown.append(cell)
            continue
        if cell.has("beforethat", "afterthat") and frame.mentions:
            frame.unknown.append(cell)
            continue
        if not cell.senses.isdisjoint(_ASKED) or not cell.senses.isdisjoint(_HARMLESS):
            continue
        if any(s.startswith(("p:", "act:")) for s in cell.senses):
            continue
        if cell.has("unsup") and frame.measure == "share_identified":
            continue
        if cell.has("per") and frame.measure in {None, "total", "rounds", "happened"} and not cell.has("fill"):
            frame.unsupported.append(cell)
            continue
        if cell.has("edge:start", "edge:mid", "edge:end") and _bounds_date(frame, i):
            frame.unsupported.append(cell)
            continue
        if cell.has("list", "breakdown", "claim", "identified", "compare", "versus") or cell.has(
            "asof", "war", "edge:start"
        ):
            continue
        if cell.has("last", "first", "largest", "smallest", "average") and frame.measure is not None:
            continue
        if cell.has("rel:this", "bothsides", "us", "them"):
            continue
        if cell.number or not cell.known or not cell.senses:
            if _is_one(cell):
                continue
            frame.unknown.append(cell)
            continue
        frame.unknown.append(cell)
    frame.unknown = [c for c in frame.unknown if not (leads_in(frame, c) or taken_back(frame, c))]
    frame.unknown.extend(c for c in frame.roles.stray if c not in frame.unknown)


def _around_days(frame: Frame) -> list[Cell]:
    """Return the words that make a day a vague one ("около 11 июня"), which no span is."""
    found = []
    for mention in frame.mentions:
        if mention.period.unit != "day" or mention.relation not in {"", "in"} or mention.period.years_ago:
            continue
        i = next((k for k in range(mention.start, mention.end) if frame.cells[k].number), mention.start)
        while i and (frame.cells[i - 1].has("p:in") or frame.cells[i - 1].norm == "the"):
            i -= 1
        cell = frame.cells[i - 1] if i else None
        if cell is not None and cell.has("around") and not _introduces(frame, i - 1):
            found.append(cell)
    return found


def _introduces(frame: Frame, i: int) -> bool:
    """Tell whether "about" says what is asked about ("what about 11 June", "tell me about 11 June")."""
    before = frame.cells[i - 1] if i else None
    return frame.cells[i].norm == "about" and (
        before is None or before.mark or not (kind_in(before) or before.has(*VERBS, *EVENTS, "home"))
    )


#: Prepositions of time that say nothing without what they govern; those with another use are none of them.
_STRICT = ("p:since", "p:after", "p:before", "p:between")


_LOOSE = (
    "fill",
    "p:in",
    "p:to",
    "p:from",
    "p:by",
    "also",
    "correction",
    "bothsides",
    "beforethat",
    "afterthat",
    "last",
)


def _dangles(frame: Frame, i: int) -> bool:
    """Tell whether a preposition of time governs nothing that was read as time ("since Zelensky came to power")."""
    behind = frame.cells[i + 1 : i + 4]
    if any(m.period.unit == "agreement" and m.relation == "" and i < m.start <= i + 3 for m in frame.mentions):
        return False
    return not any(c.has("edge:start", "alltime", "now", "ref:that", "war") for c in behind) and not (
        frame.has("compare", "conflict", "versus") and frame.cells[i].has("p:between")
    )


def _opens(frame: Frame, i: int) -> bool:
    """Tell whether a cell stands at the beginning, corrections and filler aside ("oh no, ...", "ой нет, ...")."""
    return all(c.mark or c.has("correction", "also", "fill", "and") for c in frame.cells[:i])


def _bounds_date(frame: Frame, i: int) -> bool:
    """Tell whether a vague word ("early") stands before a date, of which it would take an unknown part."""
    j = i + 1
    while j < len(frame.cells) and not frame.cells[j].used and frame.cells[j].has("p:in", "p:from", "fill"):
        j += 1
    return any(m.start <= j < m.end or m.start == i + 1 for m in frame.mentions)


def _is_one(cell: Cell) -> bool:
    return cell.norm in {
        "один",
        "одна",
        "одне",
        "одно",
        "одного",
        "одной",
        "одній",
        "одним",
        "one",
        "1",
        "both",
        "обидва",
    }
