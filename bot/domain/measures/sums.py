"""Sums, counts and averages over spans, and their breakdowns."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.answers import Answer, Note, Row, Side
from bot.domain.claims import PARTIES, RECIPIENTS
from bot.domain.measures.case import (
    Case,
    partial,
    rounded,
    sources_of,
    spread_of,
    standing,
    together,
    value_of,
    window_row,
)
from bot.domain.periods import Period, span_label, split
from bot.domain.queries import Measure, Span
from bot.domain.series import Entry, Window


def total(case: Case) -> Answer:
    if case.query.recipient == "both" or case.query.group_by == "recipient":
        return _by_recipient(case)
    if not together(case.kinds):
        return _by_kind(case)
    windows = case.windows()
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=case.notes(windows))
    value = value_of(windows)
    low, high = spread_of(windows, value)
    only = only_entry(case, windows)
    return case.answer(
        value=value,
        low=low,
        high=high,
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        rows=_kind_rows(case) if len(case.kinds) > 1 else (),
        date=only.round.date if only else None,
        sources=sources_of(windows),
        claims=standing(case, only) if only else (),
        sides=sides_of(case, windows),
        notes=(*case.notes(windows), *partial(case, windows), *(rounded(only) if only else ())),
    )


def only_entry(case: Case, windows: Sequence[Window]) -> Entry | None:
    """The only round of the span, where there is only one."""
    entries = [w.last for w in windows if w.stop - w.start == 1]
    return entries[0] if len(entries) == 1 and sum(w.stop - w.start for w in windows) == 1 else None


def sides_of(case: Case, windows: Sequence[Window]) -> dict[str, Side]:
    """Both sides' own sums, where somebody's figure for a round differs."""
    if case.query.party or case.recipient is None or not any(w.differ for w in windows):
        return {}
    sides = {}
    for party in ("ukraine", "russia"):
        own = [
            case.ledger.series(kind, case.recipient, party=party, agreement=case.query.agreement).window(
                case.query.since, case.until(case.query.span)
            )
            for kind in case.kinds
        ]
        if rounds := sum(w.figures for w in own):
            sides[party] = Side(value=sum(w.value for w in own), rounds=rounds)
    return sides if len(sides) == 2 else {}


def _group(
    case: Case, labels: Sequence[tuple[str, list[Window]]], *, value: int | None = None, measure: Measure = "total"
) -> Answer:
    """Answer with a row a label; windows of one label are added."""
    rows = tuple(window_row(name, windows, measure) for name, windows in labels)
    windows = [w for _, of_label in labels for w in of_label]
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    notes = [Note(kind="undisclosed", count=n)] if (n := sum(r.undisclosed for r in rows)) else []
    if not any(r.rounds for r in rows):
        notes.append(Note(kind="no_round"))
    first = case.first_day()
    if first and case.query.since and case.query.since < first:
        notes.append(Note(kind="records_begin", date=first))
    return case.answer(
        value=value,
        rows=rows,
        rounds=sum(r.rounds or 0 for r in rows),
        undisclosed=sum(r.undisclosed for r in rows),
        sources=sources_of(windows),
        notes=tuple(notes),
    )


def _kind_rows(case: Case) -> tuple[Row, ...]:
    return tuple(window_row(kind, [case.window(kind)], case.query.measure) for kind in case.kinds)


def _by_kind(case: Case) -> Answer:
    windows = [(kind, case.window(kind)) for kind in case.kinds]
    measure = case.query.measure
    # A kind that nobody asked for by name and that holds nothing is not worth a line.
    named = case.query.kinds is not None
    return _group(case, [(kind, [w]) for kind, w in windows if named or w.rounds], measure=measure)


def _by_recipient(case: Case) -> Answer:
    if not together(case.kinds):
        labels = [
            (f"{recipient} {kind}", [case.window(kind, recipient=recipient)])
            for recipient in RECIPIENTS
            for kind in case.kinds
        ]
    else:
        labels = [(recipient, case.windows(recipient=recipient)) for recipient in RECIPIENTS]
    return _group(case, labels, measure=case.query.measure)


def _by_agreement(case: Case) -> Answer:
    labels: list[tuple[str, list[Window]]] = []
    for agreement in case.ledger.agreements:
        if agreement.date <= case.today and case.ledger.rounds_under(agreement.id):
            windows = [
                case.ledger.series(kind, case.recipient, party=case.query.party, agreement=agreement.id).window(
                    case.query.since, case.until(case.query.span)
                )
                for kind in case.kinds
            ]
            if any(w.rounds for w in windows):
                labels.append((agreement.id, windows))
    return _group(case, labels, measure=case.query.measure)


def _by_party(case: Case) -> Answer:
    labels = []
    for party in PARTIES:
        windows = [
            case.ledger.series(kind, case.recipient, party=party, agreement=case.query.agreement).window(
                case.query.since, case.until(case.query.span)
            )
            for kind in case.kinds
        ]
        if any(w.figures for w in windows):
            labels.append((party, windows))
    return _group(case, labels)


def _by_period(case: Case, period: Period) -> Answer:
    labels: dict[str, list[Window]] = {}
    for window in case.windows():
        for name, start, stop in split(window.series.dates, period, window.start, window.stop):
            piece = Window(window.series, start, stop)
            if piece.rounds:
                labels.setdefault(name, []).append(piece)
    return _group(case, sorted(labels.items()), measure=case.query.measure)


def breakdown(case: Case) -> Answer:
    match case.query.group_by:
        case "kind":
            return _by_kind(case)
        case "recipient":
            return _by_recipient(case)
        case "agreement":
            return _by_agreement(case)
        case "party":
            return _by_party(case)
        case "day" | "week" | "month" | "year" as period:
            if not together(case.kinds):
                return _by_kind(case)
            return _by_period(case, period)
        case None:
            return _by_period(case, "month")


def grouped(measure: Callable[[Case], Answer]) -> Callable[[Case], Answer]:
    """Let a measure that is one number be broken down as well ("exchanges per month")."""

    def answer(case: Case) -> Answer:
        return measure(case) if case.query.group_by is None else breakdown(case)

    return answer


def rounds(case: Case) -> Answer:
    windows = case.windows()
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=case.notes(windows))
    return case.answer(
        value=sum(w.rounds for w in windows),
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        rows=_kind_rows(case) if len([w for w in windows if w.rounds]) > 1 else (),
        sources=sources_of(windows),
        notes=case.notes(windows),
    )


def average(case: Case) -> Answer:
    windows = case.windows()
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=case.notes(windows))
    if not together(case.kinds):
        return _by_kind(case)
    figures = sum(w.figures for w in windows)
    if not figures:
        return case.no_data("not_recorded", notes=case.notes(windows))
    return case.answer(
        value=round(sum(w.value for w in windows) / figures, 2),
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        sources=sources_of(windows),
        notes=case.notes(windows),
    )


def compare(case: Case) -> Answer:
    first, second = case.query.span, case.query.versus or Span()
    sides = [(span_label(span), case.windows(span=span)) for span in (first, second)]
    if case.query.party and any(case.silent_only(windows) for _, windows in sides):
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    answer = _group(case, sides)
    one, other = (row.value for row in answer.rows)
    return replace(answer, value=None if one is None or other is None else one - other)
