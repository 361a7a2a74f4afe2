"""Which measure a question asks for: a sum, a count of rounds, the last of them, a list, a comparison, a claim."""

from bot.domain.queries import GroupBy, Measure
from bot.language.counted import head_is_event
from bot.language.frame import EVENTS, UNIT_GROUPS, Frame, event_forms, plural_event
from bot.language.roles import VERBS
from bot.language.stated import ALL_WORDS, is_claimed_total


def choose_measure(frame: Frame) -> None:
    frame.whole = frame.has("alltime")
    for i, cell in enumerate(frame.cells if frame.has("total", "number", "data") else ()):
        if not cell.has("total", "number", "data"):
            continue
        if cell.has("total"):
            # "разом" is "together" before it is "at one time"
            cell.senses -= {"times"}
        if (
            cell.has("number")
            and cell.has("data")
            and any(e.role == "claim" and e.end == i for e in frame.roles.entities)
        ):
            cell.senses -= {"number"}
        if cell.norm == "no" and not any(c.norm == "of" for c in frame.cells[i + 1 : i + 3]):
            cell.senses -= {"number"}
        forms = cell.features("number")
        plural = "p" in forms or {f[0] for f in forms if len(f) == 2} == {"p"}
        if cell.has("number", "data") and plural:
            follower = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
            if follower is None or follower.norm != "of":
                cell.senses -= {"number"}
    frame.counted = frame.has("howmany", "number")
    frame.measure = _decide(frame)
    if frame.measure == "share_identified":
        for cell in frame.cells:
            cell.used = cell.used or cell.norm in _AMONG
    cues = _CUES.get(frame.measure, ()) if frame.measure else ()
    for cell in frame.cells if cues else ():
        cell.used = cell.used or cell.has(*cues)


#: What a share is a part of.
_AMONG = frozenset(["серед", "среди", "among", "amongst", "from among"])


_CUES: dict[str, tuple[str, ...]] = {
    "share_identified": ("identified",),
    "conflict": ("conflict", "compare", "versus"),
    "compare": ("compare", "versus", "more", "largest"),
    "breakdown": ("breakdown", "list", "largest", "compare", "versus"),
    "days_since": (
        "howlong",
        "last",
        "ago",
        "rel:prev",
        "rel:past",
        "unit:day",
        "unit:week",
        "unit:month",
        "p:since",
        "p:from",
        "p:after",
        "neg",
    ),
    "average": ("average", "per"),
    "claimed_total": ("claim", "say", "total"),
    "largest": ("largest",),
    "smallest": ("smallest",),
    "last": ("last", "rel:past", "rel:prev"),
    "first": ("first",),
    "list": ("list", "breakdown", "per", "by"),
    "rounds": ("times",),
    "happened": ("v:happen",),
}


def _decide(frame: Frame) -> Measure | None:
    per_event = _per_event(frame)
    if len(frame.mentions) == 2 and frame.mentions[0].start == frame.mentions[1].start:
        return "compare"
    if frame.has("identified"):
        return "share_identified"
    if frame.has("conflict") or (frame.has("equal") and _both_state(frame)):
        return "conflict"
    if frame.has("whichside") and frame.group_by is None:
        whose = any(c.has("whichside") and any(w in c.norm for w in _FIGURES) for c in frame.cells)
        stated = whose or (frame.lives("say", "claim", "data") and not frame.lives("v:get", "v:give"))
        frame.group_by = "party" if stated else "recipient"
    if frame.has("compare", "versus") and (len(frame.mentions) >= 2 or frame.roles.both_parties):
        if len(frame.mentions) >= 2:
            return "compare"
        frame.group_by = "party"
        return "breakdown"
    if frame.has("more") and frame.has("or", "versus") and len(frame.mentions) >= 2:
        return "compare"
    if frame.counted and _held_apart(frame):
        return "compare"
    if frame.has("howlong") or _days_without(frame):
        return "days_since"
    if frame.has("average"):
        return "average"
    if frame.roles.both_parties and frame.group_by is None and not frame.lives("last", "largest", "smallest", "list"):
        frame.group_by = "party"
    if frame.group_by is not None:
        return "breakdown"
    if frame.lives("breakdown") and not frame.has("list") and (frame.kinds or frame.implied):
        frame.group_by = "month"
        return "breakdown"
    claimed = is_claimed_total(frame)
    if claimed:
        return "claimed_total"
    unused_last = _last_event(frame)
    if _largest(frame):
        frame.group_by = _asked_unit(frame)
        return "breakdown" if frame.group_by else "largest"
    if frame.lives("smallest"):
        frame.group_by = _asked_unit(frame)
        return "breakdown" if frame.group_by else "smallest"
    if frame.has("more") and len(frame.mentions) < 2 and (unit := _asked_unit(frame)) is not None:
        frame.group_by = unit
        return "breakdown"
    if per_event and _each(frame):
        return "list"
    if per_event and frame.counted and frame.has("per") and not _each(frame):
        return "average"
    if per_event and not frame.has("howmany"):
        return "list"
    if frame.has("list") and not frame.has("howmany") and (plural_event(frame) or frame.has("datenoun")):
        return "list"
    if _dated_each(frame):
        return "list"  # "дати обмінів і скільки звільнили": each with its day
    if head_is_event(frame):
        return "rounds"
    if unused_last:
        return "last"
    if frame.lives("first"):
        return "first"
    if frame.has("list"):
        return "list"
    if frame.counted or (frame.has("more") and frame.roles.recipient == "both"):
        return "total"
    if frame.has("which") and frame.has("v:happen") and not frame.kinds and not frame.event and frame.mentions:
        return "list"
    if _asks_when(frame):
        return (
            "list"
            if any(m.period.unit not in {"agreement"} or m.relation == "under" for m in frame.mentions)
            else "last"
        )
    if frame.has("which") and plural_event(frame):
        return "list"
    if _happened(frame):
        return "happened"
    if _yes_no(frame) and frame.mentions and frame.event:
        return "rounds"
    summed = frame.has("total") and any(c.has("total") and c.norm not in ALL_WORDS for c in frame.cells)
    if plural_event(frame) and summed and not frame.has("datenoun"):
        return "rounds"
    if plural_event(frame):
        return "list"
    if frame.has("total"):
        return "total"
    return None


def _days_without(frame: Frame) -> bool:
    """Tell whether the days are counted in which nothing happened ("скільки вже днів нема обмінів")."""
    if not (frame.event and frame.has("neg")):
        return False
    for i, cell in enumerate(frame.cells):
        if cell.has("howmany"):
            k = i + 1
            while k < len(frame.cells) and frame.cells[k].has("fill", "also") and not frame.cells[k].mark:
                k += 1
            if k < len(frame.cells) and frame.cells[k].has("unit:day", "unit:week") and not frame.cells[k].used:
                return any(c.has("neg") for c in frame.cells[k + 1 :])
    return False


_APART = frozenset(
    ["separately", "respectively", "окремо", "отдельно", "по отдельности", "відповідно", "соответственно"]
)


def _held_apart(frame: Frame) -> bool:
    """Tell whether two periods are asked for one by one ("в 2025, а в 2024", "how many in June, how many in July")."""
    if len(frame.mentions) != 2 or frame.group_by is not None:
        return False
    first, second = frame.mentions
    between = frame.cells[first.end : second.start]
    asked = [i for i, c in enumerate(frame.cells) if c.has("howmany")]
    again = len(asked) == 2 and first.end <= asked[1] < second.start
    contrast = any(c.norm in {"а", "whereas", "while"} for c in between)
    return (contrast or again or any(c.norm in _APART for c in frame.cells)) and len(frame.kinds) < 2


#: "Whose figures".
_FIGURES = ("цифр", "дан", "чис", "figure", "number", "data", "count")


def _both_state(frame: Frame) -> bool:
    """Tell whether both sides' figures are held against each other."""
    return frame.roles.both_parties or (frame.roles.recipient == "both" and frame.has("number", "data", "say"))


def _last_event(frame: Frame) -> bool:
    """Tell whether one round is asked for as the last; "the previous exchange" is one, "the last month" is not."""
    for i, cell in enumerate(frame.cells if frame.lives("last", "rel:prev") else ()):
        if cell.used:
            continue
        if cell.has("last"):
            return True
        if cell.has("rel:prev") and any(
            c.has("exchange", "handover", "repatriation") for c in frame.cells[i + 1 : i + 4]
        ):
            return True
    return False


def _per_event(frame: Frame) -> bool:
    """Tell whether a figure for each event is asked for ("per handover", "за обмін", "по обменам")."""
    for i, cell in enumerate(frame.cells[:-1] if frame.has("per", "by") else ()):
        if not cell.has("per", "by"):
            continue
        for event in frame.cells[i + 1 : i + 3]:
            # "за обміном 1000 на 1000" names the exchange itself
            if event.has(*EVENTS) and not event.used and event_forms(event) != {"si"}:
                return True
    return False


def _each(frame: Frame) -> bool:
    """Tell whether every event is asked for ("in each exchange"), not the mean of them ("per exchange")."""
    return any(c.has("per") and any(w in c.norm for w in ("each", "every", "кож", "кажд")) for c in frame.cells)


def _asked_unit(frame: Frame) -> GroupBy | None:
    """Return the unit of time that is asked for ("which month had the most bodies")."""
    for i, cell in enumerate(frame.cells):
        follower = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
        if cell.has("which") and follower is not None and not follower.used:
            for sense, unit in UNIT_GROUPS.items():
                if follower.has(sense):
                    follower.used = True
                    return unit if unit != "day" else None
        if cell.has("when") and " " in cell.norm:
            for stem, group in _UNIT_STEMS.items():
                if stem in cell.norm:
                    return group
    return None


_UNIT_STEMS: dict[str, GroupBy] = {
    "month": "month", "week": "week", "year": "year", "місяц": "month", "месяц": "month", "рік": "year", "рок": "year",
    "год": "year", "тиж": "week", "недел": "week",
}  # fmt: skip


def _largest(frame: Frame) -> bool:
    for i, cell in enumerate(frame.cells if frame.has("largest") else ()):
        if cell.has("largest") and not cell.used:
            if cell.norm in {"most", "top", "high"} and i + 1 < len(frame.cells) and frame.cells[i + 1].has("last"):
                continue
            return True
    return False


def _asks_when(frame: Frame) -> bool:
    return frame.has("when") and (frame.event or bool(frame.kinds))


def _yes_no(frame: Frame) -> bool:
    if frame.told or frame.has("yesno"):
        return True
    first = next((c for c in frame.cells if not c.mark and not (c.has("fill") and not c.has("aux"))), None)
    if first is not None and first.norm in {"was", "were", "did", "is", "has", "have", "had"}:
        return True
    return any(
        c.has("v:happen")
        and not c.norm.isascii()
        and c.norm in {"був", "была", "был", "була", "было", "було", "были", "були"}
        for c in frame.cells
    )


def _dated_each(frame: Frame) -> bool:
    """Tell whether the dates of rounds are asked for first, and then how many ("дати обмінів і скільки звільнили")."""
    dates = [i for i, c in enumerate(frame.cells) if c.has("datenoun")]
    counts = [i for i, c in enumerate(frame.cells) if c.has("howmany")]
    return bool(dates and counts) and dates[0] < counts[0] and plural_event(frame)


def _happened(frame: Frame) -> bool:
    if (
        len(frame.mentions) != 1
        or frame.mentions[0].period.unit != "day"
        or frame.mentions[0].relation not in {"", "in"}
    ):
        return False
    if not frame.event and not frame.kinds:
        return False
    if _yes_no(frame):
        return True
    question = any(c.mark and c.text == "?" for c in frame.cells)
    finite = any(
        m.part == "V" and not m.features & {"0", "i", "!"} and m.lang != "en"
        for c in frame.cells
        if c.has(*VERBS, "v:happen")
        for m in c.meanings
    )
    return question and finite and not frame.has("which", "total")
