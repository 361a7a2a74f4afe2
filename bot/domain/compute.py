"""What the ledger says to a query: figures, and what has to be said beside them.

Pure: ledger, query and clock in, answer out. Meanings: contract, section 4. A figure is a sum of headline figures or
one of them; the living of several kinds are added where somebody asked for them together, remains never; unknown is
None and never 0.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from bot.domain.answers import Answer, Note
from bot.domain.ledger import Ledger
from bot.domain.measures import handovers, statements, sums
from bot.domain.measures.case import Case
from bot.domain.queries import Measure, Query


def compute(ledger: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> Answer:
    """Answer a query from the ledger.

    Args:
        ledger: For a query with `as_of`, the ledger as it stood then.
        now: Aware; nothing dated after its day is known to the answer.
        timezone: Whose calendar days "today" is told by.
    """
    today = min(query.as_of or now, now).astimezone(timezone).date()
    case = Case(ledger, query, today)
    answer = case.refusal() or _MEASURES[query.measure](case)
    if query.as_of is not None:
        answer = replace(answer, notes=(*answer.notes, Note(kind="as_of", date=today)))
    return answer


_MEASURES: dict[Measure, Callable[[Case], Answer]] = {
    "total": sums.grouped(sums.total),
    "rounds": sums.grouped(sums.rounds),
    "last": handovers.last,
    "first": handovers.first,
    "largest": handovers.largest,
    "smallest": handovers.smallest,
    "average": sums.grouped(sums.average),
    "list": handovers.list_rounds,
    "breakdown": sums.breakdown,
    "compare": sums.compare,
    "conflict": statements.conflict,
    "claimed_total": statements.claimed_total,
    "happened": handovers.happened,
    "days_since": handovers.days_since,
    "share_identified": statements.share_identified,
}
