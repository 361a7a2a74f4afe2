"""What is said about rounds: conflicts between the sides, claimed totals, and how many were identified."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.domain.answers import Answer, Note, Row
from bot.domain.claims import RECIPIENTS, Claim, Kind, Recipient
from bot.domain.headline import Conflict
from bot.domain.measures.case import SOURCES, Case, row_of, written_rows
from bot.domain.series import Merged


def conflict(case: Case) -> Answer:
    ways: tuple[Recipient, ...] = (case.recipient,) if case.recipient else RECIPIENTS
    since, until, agreement = case.query.since, case.until(case.query.span), case.query.agreement
    asked = [(kind, way) for kind in case.kinds for way in ways]
    found = [case.ledger.conflicts(kind, way, since, until, agreement=agreement) for kind, way in asked]

    def keys(part: int) -> Iterator[tuple[dt.date, str, bool, Kind, Conflict]]:
        kind, way = asked[part]
        return ((of.date, of.id, way == "russia", kind, both) for of, both in found[part])

    order = Merged(found, keys)
    newest = [claim for part in found for _, both in part[-SOURCES:] for claim in (both.ukraine, both.russia)]
    windows = case.windows()
    return case.answer(
        rows=written_rows(len(order), lambda i: _conflict_row(*order[i])),
        rounds=sum(w.rounds for w in windows),
        sources=tuple(sorted(newest, key=lambda c: c.date, reverse=True)[:SOURCES]),
    )


def _conflict_row(date: dt.date, this_round: str, russian: bool, kind: Kind, both: Conflict) -> Row:
    return Row(
        date=date,
        round=this_round,
        kind=kind,
        recipient="russia" if russian else "ukraine",
        ukraine=both.ukraine.count,
        russia=both.russia.count,
    )


def claimed_total(case: Case) -> Answer:
    """The newest total that a person or a party claims, held against the ledger's own sum."""
    query, kind = case.query, case.kinds[0]
    recipient: Recipient = case.recipient or "ukraine"
    party = query.party or recipient
    until = case.until(query.span)
    best = None
    if query.claimant:
        name = query.claimant.casefold()
        best = _newest(case, kind, recipient, until, lambda c: name in c.claimant.casefold())
    best = best or _newest(case, kind, recipient, until, lambda c: c.party == party)
    if best is None:
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=party),))
    assert best.count is not None
    window = case.ledger.series(kind, recipient).window(best.since, best.date)
    notes = [Note(kind="ledger_sum", count=window.value, date=best.date)]
    if window.value != best.count:
        notes.append(Note(kind="total_differs", count=window.value - best.count))
    if best.qualifier != "exact":
        notes.append(Note(kind="rounded", text=best.qualifier))
    return case.answer(
        value=best.count,
        date=best.date,
        rounds=window.rounds,
        undisclosed=window.undisclosed,
        rows=(Row(since=best.since, date=best.date, value=best.count, label=best.party),),
        sources=(best,),
        claims=(best,),
        notes=tuple(notes),
    )


def _newest(
    case: Case, kind: Kind, recipient: Recipient, until: dt.date, wanted: Callable[[Claim], bool]
) -> Claim | None:
    """Return the newest total as of a day up to `until`; of one day's the exact one, then the latest published."""
    same_day: list[Claim] = []
    for claim in reversed(case.ledger.totals):
        if same_day and claim.date < same_day[0].date:
            break
        if (
            claim.date <= until
            and (claim.kind, claim.recipient) == (kind, recipient)
            and case.query.since in (None, claim.since)
            and claim.count is not None
            and not claim.partial
            and wanted(claim)
        ):
            same_day.append(claim)
    return max(same_day, key=lambda c: (c.qualifier == "exact", c.published or dt.date.min, c.id or 0), default=None)


def share_identified(case: Case) -> Answer:
    """The numbers under "identified", and the figures that they are a part of."""
    windows = [case.window(kind, recipient=way) for way in case.ways for kind in case.kinds]
    found = [(w.series, i) for w in windows for i in w.with_identified]
    if not found:
        return case.no_data("not_recorded", rounds=sum(w.rounds for w in windows))

    def row(number: int) -> Row:
        series, i = found[number]
        told = series.identified.claims[i]
        entry = series.entry(series.identified.places[i])
        return replace(row_of(case, entry), value=told.count, identified=told.breakdown["identified"])

    return case.answer(
        value=sum(w.identified for w in windows) if len(case.ways) == 1 else None,
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        rows=written_rows(len(found), row),
        sources=tuple(series.identified.claims[i] for series, i in found[: -SOURCES - 1 : -1]),
        notes=case.notes(windows),
    )
