"""A question that only makes sense after another: the query before it, changed in what it names and in nothing else."""

import datetime as dt
from dataclasses import replace

from bot.domain.ledger import Ledger
from bot.domain.queries import Query, Span
from bot.language.compose import EITHER_WAY, Spans
from bot.language.dates.periods import add_months, month_end
from bot.language.frame import Frame, kinds_of
from bot.language.roles import VERBS

_MARKERS = ("also", "correction", "and", "swapdir", "beforethat", "afterthat", "versus")


def is_marked(frame: Frame) -> bool:
    """Tell whether the question begins like the continuation of another ("and in July?", "а за липень")."""
    first = next((c for c in frame.cells if not c.mark), None)
    return first is not None and (first.has(*_MARKERS) or first.norm in {"а", "і", "и", "та", "and", "but"})


def stands_alone(frame: Frame) -> bool:
    """Tell whether the question says enough to be read without the one before it."""
    asked_of_event = frame.measure in {"last", "first", "largest", "smallest", "days_since"} and frame.has(
        "handover", "exchange"
    )
    if (
        asked_of_event
        and not is_marked(frame)
        and frame.has("v:happen", "aux", "howlong")
        and not frame.has("ref:that")
    ):
        return True
    topic = bool(frame.kinds or frame.implied or frame.has("allkinds"))
    if not topic or is_marked(frame) or frame.has("ref:that"):
        return False
    verb = frame.has(*VERBS) or frame.has("exchange", "handover", "repatriation")
    if frame.mentions:
        return bool(frame.kinds or frame.implied) or (frame.counted and verb)
    if frame.whole or frame.has("total"):
        return True
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


def year_of(query: Query) -> int | None:
    """Return the year that a query speaks of, where its span lies within one."""
    if query.since and query.until and query.since.year == query.until.year:
        return query.since.year
    return None


def edit(previous: Query, frame: Frame, spans: Spans, ledger: Ledger) -> Query | None:
    """Change what the follow-up names; None where it names nothing that can be changed."""
    shifted = _shift(previous, frame, spans)
    query, changed = shifted or previous, shifted is not None
    kinds = kinds_of(frame)
    if frame.kinds or (frame.implied and not frame.kinds and not frame.has("exchange")):
        query, changed = replace(query, kinds=tuple(kinds)), True
    elif frame.group_by == "kind" or (frame.all_kinds and frame.has("kindword")):
        query, changed = replace(query, kinds=None), True
    if frame.mentions and shifted is None:
        query, changed = _respan(query, frame, spans, ledger), True
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


def _asks_whole(frame: Frame) -> bool:
    """Tell whether nothing but "in total?" is said."""
    return frame.measure == "total" and frame.has("total") and not frame.kinds and not frame.event


def _sides(query: Query, frame: Frame) -> tuple[Query, bool]:
    roles = frame.roles
    changed = False
    if roles.party is not None:
        query, changed = replace(query, party=roles.party, claimant=roles.claimant), True
    if frame.has("swapdir"):
        query, changed = replace(query, recipient="ukraine" if query.recipient == "russia" else "russia"), True
    elif frame.recipient is not None:
        query, changed = replace(query, recipient=frame.recipient), True
    elif roles.bare is not None and roles.bare.party != "other":
        claims = query.party is not None or query.measure == "claimed_total" or roles.bare.capital
        query = replace(query, party=roles.bare.party) if claims else replace(query, recipient=roles.bare.party)
        changed = True
    elif frame.has("home") and query.recipient == "russia":
        query, changed = replace(query, recipient="ukraine"), True
    return query, changed


def _remeasure(query: Query, frame: Frame) -> tuple[Query, bool]:
    measure = frame.measure
    if frame.group_by is not None:
        kept = query.measure if query.measure in {"rounds"} else "breakdown"
        return replace(query, measure=kept, group_by=frame.group_by, versus=None), True
    if measure == "claimed_total" and query.measure != "claimed_total" and not frame.has("total"):
        return query, True
    if measure is None:
        return query, False
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
    recipient = None if measure == "conflict" and query.recipient == "ukraine" else query.recipient
    return replace(query, measure=measure, group_by=None, recipient=recipient), True


def _respan(query: Query, frame: Frame, spans: Spans, ledger: Ledger) -> Query:
    if frame.measure == "compare" and spans.versus is not None:
        return replace(
            query, since=spans.since, until=spans.until, versus=spans.versus, measure="compare", group_by=None
        )
    if frame.has("versus", "compare") and query.measure in {"total", "compare"} and len(frame.mentions) == 1:
        versus = Span(since=spans.since, until=spans.until)
        return replace(query, measure="compare", versus=versus, group_by=None)
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
    if (
        only is not None
        and only.relation == "until"
        and query.since is not None
        and spans.until
        and spans.until >= query.since
    ):
        return replace(query, until=spans.until)
    if query.measure == "happened" and (spans.since is None or spans.since != spans.until):
        query = replace(query, measure="rounds")
    return replace(query, since=spans.since, until=spans.until)


def _shift(previous: Query, frame: Frame, spans: Spans) -> Query | None:
    """Read "and before that?", "after that", "the month before", "same month in 2024"."""
    if frame.has("sameperiod") and previous.since and previous.until and spans.since:
        return _in_year(previous, spans.since.year)
    if len(frame.mentions) == 1 and (by := frame.mentions[0].period.shifted):
        return neighbour(previous, by)
    day = dt.timedelta(days=1)
    if frame.has("beforethat") and not frame.mentions and previous.since:
        return replace(previous, since=None, until=previous.since - day, agreement=None)
    if frame.has("afterthat") and not frame.mentions and previous.until:
        return replace(previous, since=previous.until + day, until=None, agreement=None)
    return None


def same_days(previous: Query, frame: Frame) -> Query | None:
    """Return the other reading of "and in 2024?" after a month or quarter: the same days of that year."""
    only = frame.mentions[0] if len(frame.mentions) == 1 else None
    if only is None or only.period.unit != "year" or only.period.yearless or only.relation not in {"", "in"}:
        return None
    if frame.kinds or frame.measure or frame.has("entire", "sameperiod") or only.period.since is None:
        return None
    if previous.since is None or previous.until is None or (previous.until - previous.since).days > 200:
        return None
    return _in_year(previous, only.period.since.year)


def _in_year(previous: Query, year: int) -> Query | None:
    """Return the query over the same days of another year."""
    if previous.since is None or previous.until is None:
        return None
    by = (year - previous.since.year) * 12
    since, until = add_months(previous.since, by), add_months(previous.until, by)
    if previous.until == month_end(previous.until.year, previous.until.month):
        until = month_end(until.year, until.month)
    return replace(previous, since=since, until=until, versus=None)


def neighbour(previous: Query, by: int) -> Query | None:
    """Return the query over the whole months, years or days before (-1) or after (1) its span."""
    if previous.since is None or previous.until is None:
        return None
    since, until = previous.since, previous.until
    months = (until.year - since.year) * 12 + until.month - since.month + 1
    if since.day == 1 and until == month_end(until.year, until.month):
        start = add_months(since, by * months)
        last = add_months(start, months - 1)
        return replace(previous, since=start, until=month_end(last.year, last.month))
    length = (until - since) + dt.timedelta(days=1)
    return replace(previous, since=since + by * length, until=until + by * length)
