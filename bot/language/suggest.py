"""Which valid questions are near to one that could not be read."""

from dataclasses import replace

from bot.domain.queries import Query
from bot.language.frame import Frame, kinds_of

#: Offered at most.
LIMIT = 6


def near(frame: Frame, query: Query | None) -> tuple[Query, ...]:
    """Return up to six valid questions, those first that keep what was understood."""
    if query is None:
        query = Query(kinds=tuple(kinds_of(frame)) or ("remains",))
    if query.since and query.until and query.since > query.until:
        query = replace(query, since=None, until=None)
    base = replace(query, group_by=None) if query.measure == "breakdown" and query.group_by is None else query
    by_year = [replace(base, group_by="year")] if base.measure == "breakdown" and base.group_by == "month" else []
    candidates = [
        base,
        *by_year,
        replace(base, measure="total", group_by=None, versus=None, recipient=base.recipient or "ukraine"),
        replace(base, measure="last", group_by=None, versus=None),
        replace(base, measure="list", group_by=None, versus=None),
        replace(base, measure="breakdown", group_by="month", versus=None, recipient=base.recipient or "ukraine"),
        replace(base, measure="rounds", group_by=None, versus=None),
        replace(
            base,
            measure="total",
            kinds=("prisoners",),
            group_by=None,
            versus=None,
            recipient=base.recipient or "ukraine",
        ),
    ]
    found: list[Query] = []
    for candidate in candidates:
        if candidate not in found:
            found.append(candidate)
    return tuple(found[:LIMIT])
