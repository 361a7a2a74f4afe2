"""The natural next questions after an answer, as buttons that hold typed queries; at most six."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.answers import Answer
from bot.domain.claims import Kind, Recipient
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Assumption, Lang, Reading
from bot.domain.rounds import Agreement, Round
from bot.rendering.periods import short_period
from bot.rendering.questions import question
from bot.rendering.rendered import MAX_BUTTONS, Button
from bot.rendering.words import capital, message, short_day

#: Longer labels are cut off by phones.
MAX_LABEL = 60


def after_reading(
    reading: Reading, answer: Answer, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo
) -> tuple[Button, ...]:
    """Return buttons under an answer: first what was taken for granted, then what is asked next."""
    lang = reading.lang
    switches = [
        Button(label=_other(lang, assumption, query, ledger, now=now, timezone=timezone), action=query)
        for assumption in reading.assumptions
        for query in assumption.others
    ]
    return _first([*switches[:3], *_next(lang, answer)], asked=reading.query)


def after_round(lang: Lang, this_round: Round) -> tuple[Button, ...]:
    """Return what is asked after a round: the total of its kind, its other rounds, and what else can be."""
    total = Query(kinds=(this_round.kind,), recipient="both")
    return (
        Button(label=message(lang, "button-total"), action=total),
        Button(label=message(lang, "button-list"), action=replace(total, measure="list", recipient=None)),
        Button(label=message(lang, "button-help"), action="help"),
    )


def as_questions(
    lang: Lang, queries: Iterable[Query], ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo
) -> tuple[Button, ...]:
    """Return a button a query, labelled with the whole question."""
    labels = ((question(lang, query, ledger, now=now, timezone=timezone), query) for query in queries)
    return _first(Button(label=label, action=query) for label, query in labels)


def _first(buttons: Iterable[Button], asked: Query | None = None) -> tuple[Button, ...]:
    """Return the first six that differ, without the question that was just answered."""
    kept: list[Button] = []
    for button in buttons:
        if button.action != asked and all(b.action != button.action and b.label != button.label for b in kept):
            kept.append(button)
    return tuple(kept[:MAX_BUTTONS])


def _other(
    lang: Lang, assumption: Assumption, query: Query, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo
) -> str:
    """Name what a switch changes, and nothing else."""
    match assumption.kind:
        case "kind" if query.kinds is None or len(query.kinds) == 1:
            return capital(message(lang, "kind", kind=query.kinds[0] if query.kinds else "all"))
        case "recipient" if query.recipient:
            return recipient_label(lang, query.recipient)
        case "agreement" if query.agreement or query.since:
            return _agreement(lang, query, ledger)
        case "year" if query.since or query.until:
            return short_period(lang, query.span, today=now.astimezone(timezone).date())
    return question(lang, query, ledger, now=now, timezone=timezone)


def recipient_label(lang: Lang, recipient: str) -> str:
    """Name a direction where it stands alone, as on a button."""
    return capital(message(lang, "to-recipient" if recipient == "both" else "passed-to", recipient=recipient))


def _agreement(lang: Lang, query: Query, ledger: Ledger) -> str:
    found = talks_of(query, ledger)
    if found is not None:
        return talks_named(lang, found)
    return short_day(lang, query.since) if query.since else ""


def talks_of(query: Query, ledger: Ledger) -> Agreement | None:
    """Return the agreement that a query belongs to or begins with; None where it has none."""
    if query.agreement:
        return ledger.agreement(query.agreement)
    return next((found for found in ledger.agreements if found.date == query.since), None)


def talks_named(lang: Lang, talks: Agreement) -> str:
    """Name talks by their day and name: "16 May 2025 (“Istanbul-1”)"."""
    names = talks.names.get(lang) or talks.names.get("en") or (talks.id,)
    name = message(lang, "quoted", text=names[0])
    return message(lang, "note-talks", day=short_day(lang, talks.date), name=name)


def _next(lang: Lang, answer: Answer) -> Iterable[Button]:
    query = answer.query
    figures = answer.status == "answered"
    if figures and query.measure == "total" and answer.rounds > 1 and not query.group_by:
        by_month = replace(query, measure="breakdown", group_by="month")
        yield Button(label=message(lang, "button-by-month"), action=by_month)
        yield Button(label=message(lang, "button-list"), action=replace(query, measure="list"))
    if figures and query.measure == "breakdown" and query.group_by == "month":
        yield Button(label=message(lang, "button-by-year"), action=replace(query, group_by="year"))
    if query.measure in ("last", "first", "largest", "smallest", "happened", "days_since", "claimed_total"):
        total = Query(kinds=query.kinds, recipient=query.recipient or "ukraine")
        yield Button(label=message(lang, "button-total"), action=total)
    if query.measure in ("rounds", "average", "share_identified"):
        yield Button(label=message(lang, "button-total"), action=replace(query, measure="total", group_by=None))
    if answer.sides and not query.party:
        for party in ("ukraine", "russia"):
            if party != query.recipient:
                label = message(lang, "according", party=party)
                yield Button(label=label, action=replace(query, party=party))
    if answer.reason == "party_silent" and query.party and query.measure != "claimed_total":
        yield Button(label=message(lang, "button-all-parties"), action=replace(query, party=None))
    if query.recipient in ("ukraine", "russia"):
        other: Recipient = "russia" if query.recipient == "ukraine" else "ukraine"
        yield Button(label=recipient_label(lang, other), action=replace(query, recipient=other, claimant=None))
    if figures and answer.rounds > 1 and query.measure in ("total", "breakdown", "list"):
        yield Button(label=message(lang, "button-chart"), action="chart")
    if figures and answer.rounds:
        yield Button(label=message(lang, "button-why"), action="why")
    if other_kind := _other_kind(query):
        label = capital(message(lang, "kind", kind=other_kind))
        yield Button(label=label, action=replace(query, kinds=(other_kind,), claimant=None))


def _other_kind(query: Query) -> Kind | None:
    if query.measure == "share_identified" or query.kinds is None or len(query.kinds) > 1:
        return None
    return "prisoners" if query.kinds == ("remains",) else "remains"
