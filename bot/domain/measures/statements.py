"""What is said about rounds: conflicts between the sides, claimed totals, and how many were identified."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from bot.domain.answers import Answer, Note, Row
from bot.domain.claims import RECIPIENTS, Claim, Kind, Recipient
from bot.domain.headline import rank
from bot.domain.measures.case import SOURCES, Case, rows_of
from bot.domain.series import Entry


def conflict(case: Case) -> Answer:
    ways: tuple[Recipient, ...] = (case.recipient,) if case.recipient else RECIPIENTS
    rows: list[Row] = []
    sources: list[Claim] = []
    for kind in case.kinds:
        for way in ways:
            found = case.ledger.conflicts(kind, way, case.query.since, case.until(case.query.span))
            for of, both in found:
                if case.query.agreement and of.agreement != case.query.agreement:
                    continue
                rows.append(
                    Row(
                        date=of.date,
                        round=of.id,
                        kind=kind,
                        recipient=way,
                        ukraine=both.ukraine.count,
                        russia=both.russia.count,
                    )
                )
                sources.extend((both.ukraine, both.russia))
    rows.sort(key=lambda r: (r.date, r.round, r.recipient != "ukraine"))
    windows = case.windows()
    return case.answer(
        rows=tuple(rows),
        rounds=sum(w.rounds for w in windows),
        sources=tuple(sorted(sources, key=lambda c: c.date, reverse=True)[:SOURCES]),
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
    rows: list[Row] = []
    sources: list[Claim] = []
    windows = [case.window(kind, recipient=way) for way in case.ways for kind in case.kinds]
    for kind, window in zip(case.kinds * len(case.ways), windows, strict=True):
        for this_round in case.ledger.rounds_identified(kind, case.query.since, case.until(case.query.span)):
            entry = window.entry(this_round)
            told = _identified(case, entry) if entry is not None else None
            if entry is not None and told is not None:
                rows.append(
                    replace(rows_of(case, [entry])[0], value=told.count, identified=told.breakdown["identified"])
                )
                sources.append(told)
    if not rows:
        return case.no_data("not_recorded", rounds=sum(w.rounds for w in windows))
    return case.answer(
        value=sum(c.breakdown["identified"] for c in sources) if len(case.ways) == 1 else None,
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        rows=tuple(rows),
        sources=tuple(sources[::-1][:SOURCES]),
        notes=case.notes(windows),
    )


def _identified(case: Case, entry: Entry) -> Claim | None:
    """Return the claim that says how many of a round were identified: the first in rank that covers all of it."""
    ranked = rank(case.ledger.claims_of(entry.round.id), recipient=entry.recipient)
    return next(
        (c for c in ranked if "identified" in c.breakdown and not c.partial and case.query.party in (None, c.party)),
        None,
    )
