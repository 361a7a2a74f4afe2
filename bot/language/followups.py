"""A question that only makes sense after another: the query before it, changed in what it names and in nothing else."""

import datetime as dt
from dataclasses import replace

from bot.domain.claims import Party
from bot.domain.ledger import Ledger
from bot.domain.queries import Measure, Query, Span
from bot.language.compose import EITHER_WAY, WITH, Spans
from bot.language.dates.moving import rebounded
from bot.language.dates.periods import Mention, Period, with_year
from bot.language.dates.steps import moved, neighbour
from bot.language.frame import EVENTS, Frame, kinds_of
from bot.language.roles import VERBS
from bot.language.stated import ALL_WORDS, asks_sum
from bot.language.words import Cell

_MARKERS = ("also", "correction", "and", "swapdir", "beforethat", "afterthat", "versus")


def is_marked(frame: Frame) -> bool:
    """Tell whether the question begins like the continuation of another ("and in July?", "а за липень")."""
    first = next((c for c in frame.cells if not c.mark), None)
    return first is not None and (first.has(*_MARKERS) or first.norm in {"а", "і", "и", "та", "and", "but"})


def stands_alone(frame: Frame, previous: Query) -> bool:
    """Tell whether the question says enough to be read without the one before it.

    When the last or first of something was is always a question of its own, whatever days were spoken of. One that
    names its time, or "in total", is too. What else is asked of rounds (how many, on average, the largest, a list)
    continues the question before it where its words name no kind but the one in hand, or ask nothing in full.
    """
    asked_of_event = frame.measure in {"last", "first", "days_since"} and frame.has("handover", "exchange")
    if (
        asked_of_event
        and not is_marked(frame)
        and frame.has("v:happen", "aux", "howlong")
        and not frame.has("ref:that")
    ):
        return True
    topic = bool(frame.kinds or frame.implied or frame.has("allkinds"))
    if not topic or is_marked(frame) or frame.has("ref:that") or needs_another(frame):
        return False
    verb = frame.has(*VERBS) or frame.has("exchange", "handover", "repatriation")
    if frame.mentions:
        return bool(frame.kinds or frame.implied) or (frame.counted and verb)
    if frame.whole or any(c.has("total") and c.norm not in ALL_WORDS for c in frame.cells):
        return True
    if _goes_on(frame, previous):
        return False
    if frame.measure in {
        "last",
        "first",
        "largest",
        "smallest",
        "days_since",
        "claimed_total",
        "conflict",
        "average",
        "breakdown",
        "list",
        "rounds",
    }:
        return bool(frame.kinds or frame.implied) and frame.measure != "list"
    return frame.counted and frame.has(*VERBS)


#: What is asked of several rounds at once.
_OF_ROUNDS: frozenset[Measure] = frozenset(
    {"rounds", "average", "largest", "smallest", "list", "breakdown", "share_identified"}
)


def _goes_on(frame: Frame, previous: Query) -> bool:
    """Tell whether the kind that a question of rounds names or implies is the one in hand, over more than a day."""
    if previous.since is not None and previous.since == previous.until:
        return False
    in_hand = previous.kinds is not None and set(kinds_of(frame)) <= set(previous.kinds)
    swapped = not frame.kinds and frame.has("exchange")
    alive = swapped and previous.kinds is not None and "remains" not in previous.kinds
    if frame.measure in _OF_ROUNDS and (in_hand or alive or (swapped and _refers_back(frame))):
        return True
    if not frame.kinds:
        return in_hand and frame.measure in {"total", None}  # "how many were freed?"
    # "how many prisoner swaps?", in as few words as "how many prisoners?"
    return frame.measure == "rounds" and not any(
        c.has(*VERBS, "v:happen", "aux") and not c.has(*EVENTS) for c in frame.cells
    )


def _refers_back(frame: Frame) -> bool:
    """Tell whether rounds are those of a figure before: "in how many exchanges?", "how many exchanges was that?"."""
    i = frame.first("howmany", "number")
    led = i > 0 and frame.cells[i - 1].has("p:in", "p:za", "p:by")
    return led or any(c.norm in _THAT for c in frame.cells)


_THAT = frozenset(["that", "those", "this", "це", "цього", "это", "этого"])


def needs_another(frame: Frame) -> bool:
    """Tell whether it speaks of the days of a question before it ("that same day")."""
    told = any(
        m.period.anchor in {"month", "quarter", "year"} and any(c.norm == "that" for c in frame.cells[m.start : m.end])
        for m in frame.mentions
    )
    return told or (frame.has("sameday", "sameperiod") and not any(m.period.unit != "year" for m in frame.mentions))


def recall_agreement(previous: Query, frame: Frame, ledger: Ledger) -> bool:
    """Read "only under that agreement?" as under the one that the question before it counted from or under."""
    named = next((a for a in ledger.agreements if a.id == previous.agreement), None)
    counted_from = next((a for a in ledger.agreements if a.date == previous.since), None)
    agreement = named or counted_from
    if agreement is None or any(m.period.agreement for m in frame.mentions):
        return False
    for i, cell in enumerate(frame.cells):
        if cell.used or not cell.has("underthat", "p:under", "p:za", "p:po"):
            continue
        end = i + 1
        while not cell.has("underthat") and end < len(frame.cells) and _points(frame.cells[end]):
            end += 1
        if not cell.has("underthat"):
            if end == len(frame.cells) or not frame.cells[end].has("agreementword") or frame.cells[end].used:
                continue
            end += 1
        told = frame.cells[i:end]
        for word in told:
            word.used = True
        frame.unknown = [c for c in frame.unknown if c not in told]
        period = Period(since=agreement.date, until=agreement.date, unit="agreement", agreement=agreement.id)
        frame.mentions.append(Mention(start=i, end=end, relation="under", period=period))
        return True
    return False


def _points(cell: Cell) -> bool:
    """Tell whether a word only points back ("that", "the", "этому ... же")."""
    return not cell.mark and cell.has("rel:this", "slight", "ref:that")


def continue_comparison(previous: Query, frame: Frame) -> None:
    """Make a new pair of two periods that are named after a comparison ("no, 2025 and 2026")."""
    apart = len(frame.mentions) == 2 and not any(m.relation in {"since", "until", "from"} for m in frame.mentions)
    if previous.measure == "compare" and apart and frame.measure in {None, "total"}:
        frame.measure = "compare"


def year_of(query: Query) -> int | None:
    """Return the year that a query speaks of, where its span lies within one."""
    if query.since and query.until and query.since.year == query.until.year:
        return query.since.year
    return None


def edit(previous: Query, frame: Frame, spans: Spans, ledger: Ledger, today: dt.date) -> Query | None:
    """Change what the follow-up names; None where it names nothing that can be changed."""
    try:
        return _edited(previous, frame, spans, ledger, today)
    except (OverflowError, ValueError):  # beyond the calendar: "a thousand years earlier", once too often
        return None


def _edited(previous: Query, frame: Frame, spans: Spans, ledger: Ledger, today: dt.date) -> Query | None:
    shifted = _shift(previous, frame, spans)
    query, changed = shifted or previous, shifted is not None
    if shifted is not None and frame.has("versus", "compare") and previous.measure in {"total", "compare"}:
        query = replace(previous, measure="compare", versus=shifted.span, group_by=None)
    kinds = kinds_of(frame)
    if frame.kinds or (frame.implied and not frame.kinds and not frame.has("exchange")):
        added = previous.kinds or () if _adds(frame) else ()
        both = tuple(dict.fromkeys((*added, *kinds)))
        query, changed = replace(query, kinds=both), True
    elif frame.group_by == "kind" or (frame.all_kinds and frame.has("kindword")):
        query, changed = replace(query, kinds=None), True
    if frame.mentions and shifted is None:
        query, changed = _respan(query, frame, spans, ledger, today), True
    elif frame.whole and previous.since is not None and any(c.norm.startswith(_UNTIL_NOW) for c in frame.cells):
        query, changed = replace(query, until=None, versus=None), True
    elif frame.whole or (_asks_whole(frame) and previous.measure == "total"):
        query, changed = replace(query, since=None, until=None, agreement=None, versus=None), True
    query, moved = _sides(query, frame)
    changed = changed or moved
    query, moved = _remeasure(query, frame)
    changed = changed or moved
    if not changed:
        return None
    if query.recipient is None and query.measure not in EITHER_WAY:
        query = replace(query, recipient="ukraine")
    if query.measure != "claimed_total" and query.claimant:
        query = replace(query, claimant=None)
    return replace(query, as_of=previous.as_of)


#: "Up to now" after a span keeps its beginning.
_UNTIL_NOW = ("up to", "until", "till", "до ", "по ", "дотепер")
_ADDING = frozenset(
    [
        "plus", "add", "too", "also", "as well", "as_well", "and also", "together with", "along with", "as well as",
        "плюс", "додай", "теж", "також", "а також", "разом з", "разом із", "разом зі", "ще й",
        "і ще", "й ще", "та ще", "а ще", "ще", "и еще", "а еще", "еще и", "еще", "добав", "додати", "добавить",
        "добавь", "тоже", "также", "а также", "вместе с", "вместе со",
    ]
)  # fmt: skip


def _adds(frame: Frame) -> bool:
    """Tell whether a kind is named beside the one before it ("plus civilians", "and civilians too")."""
    return any(c.norm in _ADDING or c.text.lower() in _ADDING for c in frame.cells)


def _asks_whole(frame: Frame) -> bool:
    """Tell whether nothing but "in total?" is said."""
    summed = any(c.has("total") and c.norm not in ALL_WORDS for c in frame.cells)
    return frame.measure == "total" and summed and not frame.kinds and not frame.event and frame.recipient is None


def _sides(query: Query, frame: Frame) -> tuple[Query, bool]:
    roles = frame.roles
    changed = False
    if roles.party is not None:
        query, changed = replace(query, party=roles.party, claimant=roles.claimant), True
    stating = query.party is not None and not frame.event
    if roles.other == "party" or (roles.other and stating):
        party = query.party or ("russia" if query.recipient == "russia" else "ukraine")
        query, changed = replace(query, party=_OTHER_SIDE[party], claimant=None), True
    elif frame.has("swapdir") or roles.other:
        query, changed = replace(query, recipient="ukraine" if query.recipient == "russia" else "russia"), True
    elif query.party is not None and _names_only_party(frame):
        query, changed = replace(query, party=roles.entities[0].party, claimant=None), True
    elif frame.recipient is not None:
        query, changed = replace(query, recipient=frame.recipient), True
    elif roles.bare is not None and roles.bare.party != "other":
        claims = query.party is not None or query.measure == "claimed_total" or roles.bare.capital
        query = replace(query, party=roles.bare.party) if claims else replace(query, recipient=roles.bare.party)
        changed = True
    elif frame.has("home") and query.recipient == "russia":
        query, changed = replace(query, recipient="ukraine"), True
    return query, changed


_OTHER_SIDE: dict[Party, Party] = {"ukraine": "russia", "russia": "ukraine", "other": "other"}


def _names_only_party(frame: Frame) -> bool:
    """Tell whether one party is all that is said ("а украины?"), which then states, as the one before it did."""
    entities = frame.roles.entities
    if len(entities) != 1 or frame.kinds or frame.mentions or frame.event or frame.measure:
        return False
    first = frame.cells[entities[0].start]
    people = first.has(f"people:{entities[0].party}") and not first.has(f"party:{entities[0].party}")
    return entities[0].role in {"nationality", "bare"} and not people


def _remeasure(query: Query, frame: Frame) -> tuple[Query, bool]:
    measure = frame.measure
    if measure == "days_since" and query.measure not in {"last", "days_since"} and not frame.event:
        return query, False  # of which day, only an answer tells
    if frame.group_by is not None:
        kept = query.measure if query.measure in {"rounds"} else "breakdown"
        return replace(_joined(query), measure=kept, group_by=frame.group_by), True
    if measure == "claimed_total" and query.measure != "claimed_total" and not asks_sum(frame):
        return query, True
    if measure is None:
        return query, False
    if measure == "list" and not frame.has("list", "which", "datenoun", "when", "per", "by"):
        # "а передач тіл?": events by their name alone are counted, listed or dated as those before them
        measure = "rounds" if query.measure == "total" else query.measure
    if measure == "total" and not frame.counted and query.measure == "total":
        return query, frame.has("total")
    asked_of_round = query.measure in {"last", "first", "largest", "smallest"}
    if measure == "total" and asked_of_round and not frame.mentions and not frame.has("total"):
        return query, True
    if measure == "total" and query.measure in {
        "total",
        "rounds",
        "average",
        "share_identified",
        "claimed_total",
        "days_since",
    }:
        if kinds_of(frame) or frame.event:
            return replace(query, measure="total", group_by=None), True
        return query, bool(frame.mentions)
    if measure == "claimed_total" and query.measure != "claimed_total" and not frame.mentions:
        query = replace(query, since=None, until=None)
    recipient = None if measure == "conflict" and query.recipient == "ukraine" else query.recipient
    query = query if measure == "compare" else _joined(query)
    return replace(query, measure=measure, group_by=None, recipient=recipient), True


def _joined(query: Query) -> Query:
    """Return what was compared as one span, where the two meet; of two that do not, the audit refuses the rest."""
    if query.versus is None:
        return query
    first, second = sorted((query.span, query.versus), key=lambda span: span.since or dt.date.min)
    if first.until is None or second.since is None or second.since > first.until + dt.timedelta(days=1):
        return query
    until = max(first.until, second.until) if second.until else None
    return replace(query, since=first.since, until=until, versus=None)


def _respan(query: Query, frame: Frame, spans: Spans, ledger: Ledger, today: dt.date) -> Query:
    if frame.measure == "compare" and spans.versus is not None:
        return replace(
            query, since=spans.since, until=spans.until, versus=spans.versus, measure="compare", group_by=None
        )
    if frame.has("versus", "compare") and query.measure in {"total", "compare"} and len(frame.mentions) == 1:
        versus = Span(since=spans.since, until=spans.until)
        return replace(query, measure="compare", versus=versus, group_by=None)
    if query.measure == "compare" and len(frame.mentions) == 1 and _is_with(frame, frame.mentions[0]):
        period = _dated(frame.mentions[0], spans).period
        return replace(query, versus=Span(since=period.since, until=period.until))
    if query.measure == "compare":
        query = replace(query, measure="total", versus=None)
    anchored = query.until is None and query.since is not None and any(a.date == query.since for a in ledger.agreements)
    if spans.agreement is not None:
        since = spans.since or (None if anchored else query.since)
        until = spans.until or (None if anchored else query.until)
        return replace(query, agreement=spans.agreement, since=since, until=until)
    if spans.landmark is not None:
        query = replace(query, agreement=None)
    only = frame.mentions[0] if len(frame.mentions) == 1 else None
    half_open = (query.since is None) != (query.until is None)
    bound = (
        rebounded(query.span, _dated(only, spans), today)
        if only is not None and (half_open or spans.landmark is None)
        else None
    )
    if bound is not None:
        return replace(query, since=bound.since, until=bound.until)
    if query.measure == "happened" and (spans.since is None or spans.since != spans.until):
        query = replace(query, measure="total" if frame.counted else "rounds")
    return replace(query, since=spans.since, until=spans.until)


def _is_with(frame: Frame, mention: Mention) -> bool:
    """Tell whether a period is the other side of the comparison before it ("no, with August")."""
    cells = frame.cells[max(0, mention.start - 1) : mention.end]
    cases = [
        f
        for c in cells
        for m in c.meanings
        for f in m.features
        if m.sense.startswith(("month:", "unit:")) and len(f) == 2
    ]
    instrumental = any(case[1] == "i" for case in cases)  # "с мая" is "since May"
    return any(c.norm == "with" for c in cells) or (mention.preposition in WITH and instrumental)


def _dated(mention: Mention, spans: Spans) -> Mention:
    """Return a mention with the year that was settled for it."""
    shift = 0
    for settled, said in zip((spans.since, spans.until), mention.span(), strict=True):
        if settled is not None and said is not None:
            shift = settled.year - said.year
    if not shift or mention.period.since is None or mention.period.until is None:
        return mention
    return replace(mention, period=with_year(mention.period, mention.period.since.year + shift))


def _shift(previous: Query, frame: Frame, spans: Spans) -> Query | None:
    """Read "and before that?", "after that", "the month before", "same month in 2024"."""
    if frame.has("sameperiod") and previous.since and previous.until and spans.since:
        return _in_year(previous, spans.since.year)
    only = frame.mentions[0] if len(frame.mentions) == 1 else None
    if only is not None and only.period.shifted:
        whole = only.period.anchor == "whole" and not (only.period.unit == "year" and _short(previous))
        return _over(previous, neighbour(previous.span, only.period.shifted, only.period.unit, whole_unit=whole))
    if only is not None and only.period.years_ago and only.relation in {"", "in"}:
        return _over(previous, moved(previous.span, -12 * only.period.years_ago))
    day = dt.timedelta(days=1)
    if frame.has("beforethat") and not frame.mentions and previous.since:
        return replace(previous, since=None, until=previous.since - day, agreement=None)
    if frame.has("afterthat") and not frame.mentions and previous.until:
        return replace(previous, since=previous.until + day, until=None, agreement=None)
    return None


def same_days(previous: Query, edited: Query, frame: Frame) -> Query | None:
    """Return the other reading of "and in 2024?" after a month or quarter: the same days of that year."""
    only = frame.mentions[0] if len(frame.mentions) == 1 else None
    if only is None or only.period.unit != "year" or only.period.yearless or only.relation not in {"", "in"}:
        return None
    if only.period.shifted:
        whole = only.period.anchor == "whole" and _short(previous)
        beside = neighbour(previous.span, only.period.shifted, "year", whole_unit=True) if whole else None
        return _over(edited, beside)
    if frame.kinds or frame.measure or frame.has("entire", "sameperiod") or only.period.since is None:
        return None
    if previous.since is None or previous.until is None or (previous.until - previous.since).days > 200:
        return None
    return _over(edited, moved(previous.span, (only.period.since.year - previous.since.year) * 12))


def other_side(previous: Query, edited: Query, frame: Frame) -> Query | None:
    """Return the other reading of "and Russia?" after what Ukraine handed over to it: what Russia handed over."""
    named = frame.roles.bare is not None and frame.roles.bare.party == edited.recipient
    same = named and previous.recipient == edited.recipient and previous.party == edited.party
    if not same or edited.recipient not in {"ukraine", "russia"}:
        return None
    return replace(edited, recipient="ukraine" if edited.recipient == "russia" else "russia")


def _over(query: Query, span: Span | None) -> Query | None:
    """Return the query over other days."""
    return replace(query, since=span.since, until=span.until, versus=None) if span is not None else None


def _short(query: Query) -> bool:
    """Tell whether a span is shorter than a year."""
    return query.since is not None and query.until is not None and (query.until - query.since).days < 364


def _in_year(previous: Query, year: int) -> Query | None:
    """Return the query over the same days of another year."""
    if previous.since is None:
        return None
    return _over(previous, moved(previous.span, (year - previous.since.year) * 12))
