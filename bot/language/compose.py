"""From the slots of a question to the typed query: what is named, and what is taken for granted where nothing is.

Defaults: contract, section 4, "Meanings".
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.claims import Kind
from bot.domain.ledger import Ledger
from bot.domain.queries import Measure, Query, Span
from bot.domain.replies import Assumption
from bot.language.counted import head_is_event
from bot.language.dates.periods import Mention, begun, with_year
from bot.language.frame import Frame, kinds_of
from bot.language.roles import Entity

#: Measures that take a round whatever its recipient, unless one is named.
EITHER_WAY: frozenset[Measure] = frozenset({"rounds", "last", "first", "list", "happened", "days_since", "conflict"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """The time of a question."""

    since: dt.date | None = None
    until: dt.date | None = None
    versus: Span | None = None
    agreement: str | None = None
    #: The agreement that a span begins or ends at, and what else its name may mean.
    landmark: str | None = None
    others: tuple[str, ...] = ()
    #: The words have a second reading.
    alternative: Span | None = None
    #: Two periods that do not meet, and nothing says that they are to be compared.
    apart: bool = False
    year_taken: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A query and what was taken for granted."""

    query: Query
    assumptions: tuple[Assumption, ...] = ()
    beside: Query | None = None
    alternative: Query | None = None
    #: The word that may mean either; "" where it is the period.
    word: str = ""


def resolve_spans(frame: Frame, today: dt.date, *, year: int | None = None) -> Spans:
    """Bring the mentions of a question together.

    Args:
        year: The year that the question before it spoke of; periods without one are in it, once they have begun.
    """
    mentions = _share_years(frame, today, year)
    for m in mentions:
        m.period = begun(m.period, today)
    spans = [m for m in mentions if not (m.period.agreement and m.relation == "under")]
    under = next((m.period for m in mentions if m.period.agreement and m.relation == "under"), None)
    landmark = next((m.period for m in mentions if m.period.agreement), None)
    taken = next((m.period.since.year for m in mentions if m.period.yearless and m.period.since), None)
    common = {
        "agreement": under.agreement if under else None,
        "landmark": landmark.agreement if landmark else None,
        "others": landmark.others if landmark else (),
        "year_taken": taken,
    }
    either = len(spans) == 2 and spans[0].start == spans[1].start
    if (frame.measure == "compare" or either) and len(spans) >= 2:
        (a, b), (c, d) = _compared(spans[0]), _compared(spans[1])
        unclear = any(m.period.feast and m.period.alternative for m in spans[:2])
        return Spans(since=a, until=b, versus=Span(since=c, until=d), apart=unclear, **common)  # type: ignore[arg-type]
    span, apart = _joint(frame, spans)
    alternative = None
    if any(m.period.alternative for m in spans):
        others = [replace(m, period=m.period.alternative) if m.period.alternative else m for m in spans]
        alternative = _joint(frame, others)[0]
    return Spans(
        since=span.since,
        until=span.until,
        alternative=alternative if alternative != span else None,
        apart=apart,
        **common,  # type: ignore[arg-type]
    )


def _joint(frame: Frame, spans: Sequence[Mention]) -> tuple[Span, bool]:
    """Return the days that all mentions leave, and whether two of them do not meet."""
    since: dt.date | None = None
    until: dt.date | None = None
    apart = False
    day = dt.timedelta(days=1)
    for index, mention in enumerate(spans):
        a, b = _compared(mention) if frame.has("compare", "versus") else _open(mention)
        if (
            frame.measure == "share_identified"
            and mention.relation == "from"
            and mention.period.unit != "day"
            and mention.period.agreement is None
        ):
            a, b = mention.period.since, mention.period.until
        if index and since and until and a and b and (a > until or b < since):
            if a == until + day or b == since - day:
                since, until = min(since, a), max(until, b)
            else:
                apart = True
            continue
        since = max(filter(None, (since, a)), default=None)
        until = min(filter(None, (until, b)), default=None)
    return Span(since=since, until=until), apart


#: "Compared with", which is no beginning.
WITH = frozenset(["з", "із", "зі", "с", "со", "with"])


def _compared(mention: Mention) -> tuple[dt.date | None, dt.date | None]:
    """Return the span of one side of a comparison, where "з липнем" is "with July"."""
    if mention.relation == "from" and mention.preposition in WITH and mention.period.unit != "agreement":
        return mention.period.since, mention.period.until
    return _open(mention)


def _open(mention: Mention) -> tuple[dt.date | None, dt.date | None]:
    """Return the span of a mention; an agreement with no relation begins one."""
    if mention.period.unit == "agreement" and mention.relation in {"", "in"}:
        return mention.period.since, None
    return mention.span()


def _is_winter(mention: Mention) -> bool:
    """Tell whether a mention is a winter, which no single year names."""
    return mention.period.unit == "season" and mention.period.since is not None and mention.period.since.month == 12


#: What tells the year in which "the beginning of the year" is.
_DATED = frozenset({"day", "month", "quarter", "range"})


def _share_years(frame: Frame, today: dt.date, inherited: int | None) -> list[Mention]:
    """Give periods without a year the one that stands apart from them, or beside them."""
    mentions = [replace(m) for m in frame.mentions]
    ago = next((m for m in mentions if m.period.years_ago), None)
    if ago is not None and any(m.period.yearless for m in mentions):
        for m in mentions:
            m.period = with_year(m.period, today.year - ago.period.years_ago)
        mentions.remove(ago)
    for m in mentions:
        told = next((o.period for o in mentions if o is not m and not o.period.yearless and o.period.since), None)
        if m.period.anchor == "year" and told is not None and told.since is not None and told.unit in _DATED:
            year = told.since.year
            m.period = replace(m.period, since=dt.date(year, 1, 1), until=dt.date(year, 12, 31))
    years = [m for m in mentions if m.period.unit == "year" and m.relation in {"", "in"} and not m.period.yearless]
    yearless = [m for m in mentions if m.period.yearless]
    if len(years) == 1 and yearless and years[0].period.since is not None:
        for m in yearless:
            m.period = with_year(m.period, years[0].period.since.year)
        return [m for m in mentions if m is not years[0]]
    for index, m in enumerate(mentions):
        if not m.period.yearless or _is_winter(m):
            continue
        beside = mentions[index + 1] if index + 1 < len(mentions) else mentions[index - 1] if index else None
        if beside is not None and beside.period.yearless:
            # "June, July and August 2025"
            beside = next((o for o in mentions[index + 1 :] if not o.period.yearless), beside)
        if (
            beside is not None
            and not beside.period.yearless
            and beside.period.since
            and beside.period.unit not in {"agreement", "event", "last"}
        ):
            moved = with_year(m.period, beside.period.since.year)
            if moved.since and moved.since > today:
                moved = with_year(m.period, beside.period.since.year - 1)
            m.period = moved
        elif inherited is not None:
            moved = with_year(m.period, inherited)
            if moved.since and moved.since <= today:
                m.period = moved
    return mentions


#: What people do who are no handover: "how many people live in Kyiv".
_LIVING = frozenset(
    [
        "live",
        "lives",
        "lived",
        "living",
        "work",
        "works",
        "worked",
        "working",
        "serve",
        "serves",
        "served",
        "serving",
        "born",
        "жив",
        "живе",
        "живуть",
        "живет",
        "живут",
        "жити",
        "жить",
        "працює",
        "працюють",
        "работает",
        "работают",
        "служить",
        "служат",
        "служит",
        "воює",
        "воюють",
        "воюет",
        "воюют",
    ]
)


def compose(frame: Frame, spans: Spans, ledger: Ledger) -> Composed | None:
    """Make the query of a question that stands alone; None where it names nothing to ask for."""
    measure = frame.measure
    if measure is None:
        measure = "total"
    if frame.roles.other:
        return None
    topic = frame.kinds or frame.implied or frame.all_kinds or frame.event or frame.mentions
    if topic is frame.mentions and frame.has("people") and any(c.norm in _LIVING for c in frame.cells):
        return None
    if not topic and measure not in {"claimed_total", "conflict", "share_identified"}:
        return None
    if measure == "breakdown" and _counts_events(frame):
        measure = "rounds"
    named = kinds_of(frame)
    kinds: tuple[Kind, ...] | None = tuple(named) if named else None
    assumed_kind = False
    if kinds is None and not (frame.all_kinds or frame.group_by == "kind"):
        kinds, assumed_kind = ("remains",), True
    recipient = frame.recipient
    if recipient is None and (measure not in EITHER_WAY or (frame.homeward and measure != "conflict")):
        recipient = "ukraine"
    query = Query(
        measure=measure,
        kinds=kinds,
        recipient=recipient,
        since=spans.since,
        until=spans.until,
        versus=spans.versus,
        agreement=spans.agreement,
        party=frame.roles.party if measure != "conflict" else None,
        claimant=frame.roles.claimant if measure == "claimed_total" else None,
        group_by=frame.group_by if measure in {"breakdown", "rounds", "average"} else None,
    )
    alternative, word = None, ""
    if spans.alternative is not None:
        alternative = replace(query, since=spans.alternative.since, until=spans.alternative.until)
    elif (bare := _bare(frame)) is not None and recipient in {None, "ukraine"} and query.party is None:
        alternative = replace(query, recipient="russia")
        query = replace(query, recipient="ukraine")
        word = frame.text_of(bare)
    beside = (
        replace(query, kinds=("prisoners",))
        if assumed_kind and measure == "total" and query.group_by is None and query.recipient != "both"
        else None
    )
    return Composed(
        query=query,
        assumptions=assumptions(query, frame, spans, ledger, assumed_kind=assumed_kind),
        beside=beside,
        alternative=alternative,
        word=word,
    )


def _bare(frame: Frame) -> Entity | None:
    """Return the other side, where nothing but its name is said ("РФ, тела, 2025"): it may give or receive."""
    bare = frame.roles.bare
    if bare is not None and bare.role == "subject" and frame.measure in EITHER_WAY:
        return None  # rounds are exchanged by both
    named = bare is not None and bare.party == "russia" and frame.recipient is None and frame.measure != "conflict"
    return bare if named else None


def _counts_events(frame: Frame) -> bool:
    return frame.group_by is not None and frame.counted and head_is_event(frame)


def assumptions(
    query: Query, frame: Frame, spans: Spans, ledger: Ledger, *, assumed_kind: bool
) -> tuple[Assumption, ...]:
    """Return what was taken for granted, each with the same question otherwise."""
    found: list[Assumption] = []
    if assumed_kind:
        others: Sequence[Kind] = ("prisoners", "civilians", "children")
        found.append(Assumption(kind="kind", taken="remains", others=tuple(replace(query, kinds=(k,)) for k in others)))
    if query.recipient == "ukraine" and frame.recipient is None:
        found.append(Assumption(kind="recipient", taken="ukraine", others=(replace(query, recipient="russia"),)))
    if spans.landmark and spans.others:
        changed = []
        for other in spans.others:
            agreement = ledger.agreement(other)
            if agreement is None:
                continue
            if query.agreement:
                changed.append(replace(query, agreement=other))
            elif query.since is not None:
                changed.append(replace(query, since=agreement.date))
            elif query.until is not None:
                changed.append(replace(query, until=agreement.date - dt.timedelta(days=1)))
        found.append(Assumption(kind="agreement", taken=spans.landmark, others=tuple(changed)))
    if spans.year_taken is not None and query.since is not None and query.versus is None:
        earlier = _year_before(query)
        found.append(Assumption(kind="year", taken=str(spans.year_taken), others=(earlier,) if earlier else ()))
    return tuple(found)


def _year_before(query: Query) -> Query | None:
    try:
        since = query.since.replace(year=query.since.year - 1) if query.since else None
        until = query.until.replace(year=query.until.year - 1) if query.until else None
    except ValueError:
        return None
    return replace(query, since=since, until=until)
