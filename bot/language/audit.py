"""What a question names and its query does not hold: asked anew of the words, apart from how the query was made.

Each part of a question that restricts it (time, side, kind, what is asked of them) has to come back in a slot of the
query. What comes back in none is a constraint that was lost, and its words are named instead of an answer.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.domain.claims import KINDS
from bot.domain.queries import Measure, Query
from bot.language.dates.periods import Mention
from bot.language.frame import Frame
from bot.language.roles import PRONOUNS, VERBS, Entity, surely_says
from bot.language.words import Cell

#: Words of a measure, and the measures that hold them.
_ASKED: dict[str, frozenset[Measure]] = {
    "average": frozenset({"average"}),
    "largest": frozenset({"largest", "breakdown", "compare"}),
    "smallest": frozenset({"smallest", "breakdown"}),
    "last": frozenset({"last", "days_since", "list", "claimed_total", "happened"}),
    "first": frozenset({"first"}),
    "identified": frozenset({"share_identified"}),
    "conflict": frozenset({"conflict"}),
    "howlong": frozenset({"days_since"}),
    "compare": frozenset({"compare", "breakdown", "conflict", "largest"}),
    "breakdown": frozenset({"breakdown", "list", "rounds", "compare", "average"}),
    "versus": frozenset({"compare", "breakdown", "conflict", "largest"}),
    "more": frozenset({"compare", "breakdown", "largest", "conflict"}),
}
_MEASURES = frozenset(_ASKED)
_KINDS = tuple(f"kind:{kind}" for kind in KINDS)
#: Sums that go on from row to row.
_RUNNING = ("cumul", "running", "кумул", "нараст", "накопич")


def lost(frame: Frame, query: Query, *, follow_up: bool) -> list[Cell]:
    """Return the cells of what the query does not hold, in the order of the question; empty where it holds all.

    Args:
        follow_up: The query is that of the question before it, edited; what it does not name stays.
    """
    found = [*_lost_times(frame, query), *_lost_kinds(frame, query), *_lost_measures(frame, query)]
    found.extend(_lost_asides(frame))
    found.extend(_lost_shares(frame, query))
    found.extend(_lost_questions(frame, query))
    found.extend(_lost_sayings(frame, query))
    if query.versus is not None and query.measure != "compare":  # two spans, of which it would answer for one
        found.extend(i for i, c in enumerate(frame.cells) if _weighs(c))
    if query.measure == "days_since" and not follow_up:
        found.extend(_lost_days(frame))
    for entity in frame.roles.entities:
        if not _holds(query, entity, pronoun=frame.cells[entity.start].has(*PRONOUNS)):
            found.extend(range(entity.start, entity.end))
    return [frame.cells[i] for i in sorted(set(found)) if not frame.cells[i].mark]


# --- time -------------------------------------------------------------------------------------------------------------


def _lost_times(frame: Frame, query: Query) -> Iterator[int]:
    bounds = _Bounds(query)
    for mention in frame.dated:
        if mention.period.unit == "all":
            continue
        if any(m.start == mention.start for m in frame.mentions):
            held = bounds.hold(mention) or (bounds.any and _is_listed(frame, mention))
        else:
            held = bounds.any and (_is_told(frame, mention) or bounds.hold(mention))
        if not held:
            yield from range(mention.start, mention.end)
    for mention in frame.mentions:
        yield from _lost_beside(frame, mention)
    yield from _lost_deals(frame, query)


def _lost_beside(frame: Frame, mention: Mention) -> Iterator[int]:
    """Yield what makes several periods of one, or another of it, and stands in no slot."""
    cells = frame.cells
    yield from (k for k in range(max(0, mention.start - 1), mention.start + 2) if _recurs(frame, k))
    i = mention.start - 2  # "in June of this and last year"
    if i > 0 and cells[i].has("rel:this") and cells[i + 1].has("and") and not cells[i].used:
        yield i
    if mention.period.agreement is not None:
        yield from (k for k in range(mention.start, mention.end) if cells[k].norm in _SEVERAL)
    elif mention.period.unit == "day" and _is_deal(frame, mention):
        yield from range(mention.start, mention.end)
    died = cells[mention.start - 1] if mention.start else None
    told = died is not None and died.has("kind:remains") and " " in died.norm
    if died is not None and told and died.norm.split()[-1].startswith(_DIED):
        yield from range(mention.start, mention.end)


def _lost_deals(frame: Frame, query: Query) -> Iterator[int]:
    """Yield the prepositions of agreements that were not read as one ("before the first agreement")."""
    landmark = any(m.period.agreement for m in frame.mentions)
    for i, cell in enumerate(frame.cells if frame.has("agreementword", "p:under") else ()):
        if cell.used or not cell.has("agreementword", "p:under") or cell.has("fill"):
            continue
        if cell.has("agreementword"):
            before = range(max(0, i - 2), i)
            yield from (k for k in before if _is_timely(frame.cells[k]) or (not landmark and _is_that(frame.cells[k])))
        elif query.agreement is None:
            dealt = any(c.has("agreementword") and not c.used for c in frame.cells[i + 1 : i + 4])
            if landmark or (dealt and cell.norm.isascii()):
                yield i


_DEALS = ("угод", "домовл", "соглаш", "договор")


def _is_deal(frame: Frame, mention: Mention) -> bool:
    """Tell whether a day names a deal that is none of ours ("under the 11 June deal")."""
    under = [c for c in frame.cells[mention.start : mention.end] if c.has("p:under")]
    behind = frame.cells[mention.end : mention.end + 1]
    return any(any(w in c.norm for w in _DEALS) for c in under) or (
        bool(under) and any(c.has("agreementword") for c in behind)
    )


#: Days on which somebody died are none of a handover.
_DIED = ("загинув", "загинул", "погиб", "полег", "died", "fell", "perished", "killed")


def _is_timely(cell: Cell) -> bool:
    return not cell.used and cell.has("p:before", "p:after", "p:since", "p:until") and not cell.has("kind:remains")


def _is_that(cell: Cell) -> bool:
    """Tell whether a word points to an agreement that was spoken of, which no query without one holds."""
    return not cell.used and cell.has("rel:this")


def _recurs(frame: Frame, i: int) -> bool:
    """Tell whether every such period is asked for ("each June")."""
    cell = frame.cells[i] if i < len(frame.cells) else None
    each = ("each", "every", "кож", "кажд")
    return cell is not None and cell.has("per") and cell.norm.startswith(each) and not cell.used


#: More agreements than one, which no query holds.
_SEVERAL = frozenset(
    [
        "both",
        "all",
        "обидва",
        "обидві",
        "обома",
        "обох",
        "оба",
        "обоих",
        "обоим",
        "всі",
        "всіх",
        "всіма",
        "всем",
        "всех",
    ]
)


class _Bounds:
    """The days that a query begins and ends at."""

    def __init__(self, query: Query) -> None:
        versus = query.versus
        self.agreement = query.agreement
        self.starts = {d for d in (query.since, versus and versus.since) if d}
        self.ends = {d for d in (query.until, versus and versus.until, query.as_of and query.as_of.date()) if d}
        self.any = bool(self.agreement or self.starts or self.ends)

    def hold(self, mention: Mention) -> bool:
        """Tell whether a bound is one of the mention's, in whatever year it was settled to be."""
        period = mention.period
        if period.shifted or period.years_ago or period.anchor:
            return self.any
        if self.agreement is not None and self.agreement in (period.agreement, *period.others):
            return True
        for reading in (period, period.alternative):
            if reading is None:
                continue
            since, until = Mention(start=0, end=0, relation=mention.relation, period=reading).span()
            if period.unit == "year" and mention.relation not in {"since", "from", "after"}:
                years = {d.year for d in (since, until) if d}
                if not years.isdisjoint(d.year for d in self.starts | self.ends):
                    return True
            elif _meet(since, self.starts) or _meet(until, self.ends):
                return True
        return False


def _is_listed(frame: Frame, mention: Mention) -> bool:
    """Tell whether a month stands between others of one list ("June, July and August"), whose ends are the bounds."""
    months = all(m.period.unit == "month" and m.relation in {"", "in"} for m in frame.mentions)
    return months and any(m.start == mention.start for m in frame.mentions[1:-1])


def _meet(day: dt.date | None, bounds: set[dt.date]) -> bool:
    """Tell whether a day is one of the bounds, or beside one ("the day after"), whatever the year."""
    if day is None or day.year in {1, 9999}:
        return day is not None and bool(bounds)
    near = {day + dt.timedelta(days=n) for n in (-1, 0, 1)}
    return not {(d.month, d.day) for d in near}.isdisjoint((d.month, d.day) for d in bounds)


def _is_told(frame: Frame, mention: Mention) -> bool:
    """Tell whether a forgotten date was taken back at once, or stood in a story of its own, not beside one word."""
    if any(c.has("correction") for c in frame.cells[mention.end : mention.end + 3]):
        return True
    start, end = mention.start, mention.end
    while start and frame.cells[start - 1].used and not frame.cells[start - 1].senses:
        start -= 1
    while end < len(frame.cells) and frame.cells[end].used and not frame.cells[end].senses:
        end += 1
    around = [*frame.cells[start : mention.start], *frame.cells[mention.end : end]]
    return sum(_weighs(c) for c in around) >= 2


def _weighs(cell: Cell) -> bool:
    light = all(m.sense in {"fill", "slight", "aux"} or m.sense.startswith("p:") for m in cell.meanings)
    return not cell.mark and not (cell.meanings and light)


# --- what was told beside the question --------------------------------------------------------------------------------

_DAYS = frozenset(["days", "дней", "днів", "суток", "діб", "time", "часу", "времени", "long"])
_SELF = frozenset(["i", "i'm", "im", "my", "me", "я", "мой", "моя", "мій", "мене", "мені", "меня", "мне"])
_IF = frozenset(["if", "якщо", "если", "when", "коли", "когда"])
_NAMED = tuple(f"{c}:{p}" for c in ("party", "capital", "who") for p in ("ukraine", "russia", "other"))
_VOICES = ("say", "claim", "accord", "data")


def _lost_asides(frame: Frame) -> Iterator[int]:
    """Yield the cells of clauses that were put aside as a story and are none: conditions, sources, restrictions."""
    start = 0
    for end in range(len(frame.cells) + 1):
        if end < len(frame.cells) and (not frame.cells[end].mark or frame.cells[end].text in {"-", "‑"}):
            continue
        aside = [i for i in range(start, end) if frame.cells[i].used and not frame.cells[i].senses]
        start = end + 1
        if any(not frame.cells[i].number for i in aside) and _restricts([frame.cells[i] for i in aside]):
            yield from aside


def _restricts(cells: Sequence[Cell]) -> bool:
    """Tell whether a clause says which, when or by whom it is counted, and nobody's own story."""
    kin = any(_meant(c, "kin") for c in cells)
    own = kin or cells[-1].norm == "here" or any(c.norm in _SELF for c in cells)  # "nurse here"
    if cells[0].norm.split()[0] in _IF and not kin and any(_weighs(c) for c in cells):
        return True
    if any(_meant(c, "formation", "unsup", "except", "bound") for c in cells) and not own:
        return True
    told = [c for c in cells if _weighs(c) and not _meant(c, *_NAMED, *VERBS, "self", "say")]
    if any(_meant(c, *_NAMED) for c in cells) and not kin and len(told) < 2:
        return True
    for a, b in pairwise(cells):
        if (_meant(a, *_NAMED) and _meant(b, *_VOICES)) or (_meant(a, *_VOICES) and _meant(b, *_NAMED)):
            return True
    return False


def _meant(cell: Cell, *senses: str) -> bool:
    return any(m.sense in senses for m in cell.meanings)


# --- kinds and what is asked ------------------------------------------------------------------------------------------


def _lost_kinds(frame: Frame, query: Query) -> Iterator[int]:
    if query.kinds is None:
        return
    held = {f"kind:{kind}" for kind in query.kinds}
    for i, cell in enumerate(frame.cells):
        if cell.has(*_KINDS) and not cell.has(*held):
            denied = i > 0 and frame.cells[i - 1].norm in {"не", "not"}
            if not denied and not _in_date(frame, i):
                yield i


def _lost_measures(frame: Frame, query: Query) -> Iterator[int]:
    for i, cell in enumerate(() if frame.senses.isdisjoint(_MEASURES) else frame.cells):
        named = cell.senses & _MEASURES
        if query.recipient == "both":
            named -= {"more", "compare", "versus"}
        missed = named and any(query.measure not in _ASKED[sense] for sense in named)
        if missed and not cell.has("fill") and not _in_date(frame, i):
            yield i


def _lost_shares(frame: Frame, query: Query) -> Iterator[int]:
    """Yield "each", where no figure for each came of it."""
    summed = query.measure in {"total", "rounds", "claimed_total"} and frame.has("per", "by", "breakdown")
    if summed and query.group_by is None and query.recipient != "both":
        each = ("each", "every", "кож", "кажд")
        yield from (i for i, c in enumerate(frame.cells) if c.has("per") and not c.used and c.norm.startswith(each))
        for i, (a, b) in enumerate(pairwise(frame.cells)):
            if a.has("by", "breakdown") and not (a.used or b.used) and b.norm in _WHO:
                yield i + 1


#: Behind "by", what a question is broken down by.
_WHO = frozenset(["who", "which", "whose", "whom", "what", "how", "тим", "тому", "тем", "ким", "чим", "кем", "чем"])


def _in_date(frame: Frame, i: int) -> bool:
    return any(m.start <= i < m.end for m in (*frame.dated, *frame.mentions))


def _lost_questions(frame: Frame, query: Query) -> Iterator[int]:
    """Yield what is asked beside what one query can hold: a second question, days of another kind, running sums."""
    rows = query.group_by is not None or query.versus is not None or query.recipient == "both" or query.kinds is None
    asked = [i for i, c in enumerate(frame.cells) if c.has("howmany")]
    joined = [i for i in asked[1:] if frame.cells[i - 1].has("and", "also")]
    if not rows and query.measure in {"total", "rounds", "average", "happened"} and len(query.kinds or ()) < 2:
        yield from joined
    kinds = [i for i, c in enumerate(frame.cells) if c.has(*_KINDS)] if len(frame.mentions) == 2 else []
    if len(query.kinds or ()) == 2 and len(kinds) == 2 and query.versus is None:
        first, second = frame.mentions
        if kinds[0] < first.start < kinds[1] < second.start or first.start < kinds[0] < second.start < kinds[1]:
            yield from range(second.start, second.end)
    if query.measure == "rounds":
        yield from (i for i in range(2, len(frame.cells)) if _second_head(frame.cells[i - 2 : i + 1]))
    if query.group_by is not None:
        yield from (i for i, c in enumerate(frame.cells) if c.norm.startswith(_RUNNING))


def _second_head(cells: Sequence[Cell]) -> bool:
    """Tell whether persons are counted beside events ("how many exchanges and prisoners")."""
    event, joint, kind = cells
    return event.has("exchange", "handover") and joint.has("and") and kind.has(*_KINDS, "people")


def _lost_days(frame: Frame) -> Iterator[int]:
    """Yield the words of days that are not counted from an event: "days since Istanbul", "how many days in June"."""
    event = frame.event or bool(frame.kinds)
    since = frame.has("p:since", "p:from", "p:after", "ago", "last", "neg", "without") or any(
        " " in c.norm and c.norm.split()[-1] not in _DAYS for c in frame.cells if c.has("howlong")
    )
    for i, cell in enumerate(frame.cells):
        if cell.has("howlong") and (not event or not since):
            yield i


# --- sides ------------------------------------------------------------------------------------------------------------


def _lost_sayings(frame: Frame, query: Query) -> Iterator[int]:
    """Yield the verbs of saying that nobody is the subject of, where a side is named that may be."""
    sided = any(e.party != "other" and not frame.cells[e.start].has(*PRONOUNS) for e in frame.roles.entities)
    if not sided or query.party is not None or query.measure == "conflict" or query.group_by == "party":
        return
    for i, cell in enumerate(frame.cells):
        if surely_says(cell) and not cell.used and i not in frame.roles.said:
            yield i


def _holds(query: Query, entity: Entity, *, pronoun: bool) -> bool:
    """Tell whether a party is whose figures they are, or agrees with who receives; "ours" may be of either side."""
    party, by_side = entity.party, query.group_by in {"party", "recipient"} or query.measure == "conflict"
    if entity.role == "claim":
        return query.party == party or by_side or query.measure == "compare"
    if by_side or pronoun:
        return True
    if party == "other":  # who mediates is no slot of a query
        return query.party == "other"
    unheard = entity.role == "bare" and query.party not in {None, party}
    if unheard and (entity.capital or query.recipient not in {party, "both", None}):
        return False
    other = "russia" if party == "ukraine" else "ukraine"
    if entity.role == "bare" and query.recipient is None:
        return query.party == party
    agreeing = {
        "to": party,
        "nationality": party,
        "from": other,
        "subject": {"v:get": party, "v:bring": party, "v:give": other}.get(entity.verb),
    }.get(entity.role)
    return agreeing is None or query.recipient in {agreeing, "both"}
