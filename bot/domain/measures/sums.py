"""Sums, counts and averages over spans, and their breakdowns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from bot.domain.answers import Answer, Note, Row, Side
from bot.domain.claims import PARTIES, RECIPIENTS, Kind, Party, Recipient
from bot.domain.measures.case import (
    Case,
    average_of,
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
from bot.domain.queries import Span
from bot.domain.series import Entry, Window


def total(case: Case) -> Answer:
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
        notes=(*case.notes(windows), *partial(windows), *(rounded(only) if only else ())),
    )


def only_entry(case: Case, windows: Sequence[Window]) -> Entry | None:
    """The only round of the span, where there is only one."""
    entries = [w.last for w in windows if w.stop - w.start == 1]
    return entries[0] if len(entries) == 1 and sum(w.stop - w.start for w in windows) == 1 else None


def sides_of(case: Case, windows: Sequence[Window]) -> dict[str, Side]:
    """Both sides' own sums, where somebody's figure for a round differs."""
    if case.query.party or case.recipient is None or not any(w.differ for w in windows):
        return {}
    sides: dict[str, Side] = {}
    for party in RECIPIENTS:
        own = [case.window(kind, party=party) for kind in case.kinds]
        if rounds := sum(w.figures for w in own):
            sides[party] = Side(value=sum(w.value for w in own), rounds=rounds)
    return sides if len(sides) == 2 else {}


#: A label, whose figures and which kind stand behind it where the label does not say, and the windows that are added.
Line = tuple[str, Recipient | None, Kind | None, list[Window]]
#: How the rounds of one kind and recipient fall under labels.
Cut = Callable[[Kind, Recipient | None], Iterable[tuple[str, Window]]]


def _lines(case: Case, cut: Cut) -> list[Line]:
    """Bring the windows of equal labels together; only what may be added to each other is."""
    apart = case.query.measure != "rounds" and not together(case.kinds)
    found: dict[tuple[str, Recipient | None, Kind | None], list[Window]] = {}
    for way in case.ways:
        for kind in case.kinds:
            for label, window in cut(kind, way):
                key = (label, way if len(case.ways) > 1 else None, kind if apart else None)
                found.setdefault(key, []).append(window)
    return [(*key, windows) for key, windows in found.items()]


def _group(case: Case, lines: Sequence[Line]) -> Answer:
    """Answer with a row a line."""
    windows = [w for *_, of_line in lines for w in of_line]
    once = [case.once(kind, span) for span in case.spans for kind in case.kinds]
    by_party = case.query.group_by == "party"
    # Where a party is silent there may be no line.
    if case.silent_only(once) and not by_party:
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    rows = tuple(
        window_row(label, of_line, case.query.measure, recipient=way, kind=kind) for label, way, kind, of_line in lines
    )
    # A round stands in the lines of both recipients, and of every party.
    counted = once if by_party or len(case.ways) > 1 else windows
    rounds, undisclosed = sum(w.rounds for w in counted), sum(w.undisclosed for w in counted)
    notes = [Note(kind="undisclosed", count=undisclosed)] if undisclosed else []
    if not rounds:
        notes.append(Note(kind="no_round"))
    return case.answer(
        rows=rows,
        rounds=rounds,
        undisclosed=undisclosed,
        sources=sources_of(windows),
        notes=(*notes, *(() if by_party else case.left_out(once)), *case.begin()),
    )


def _kind_rows(case: Case) -> tuple[Row, ...]:
    kinds = [kind for kind in case.kinds if case.covers(kind)]
    return tuple(window_row(kind, [case.window(kind)], case.query.measure) for kind in kinds)


def _by_kind(case: Case) -> Answer:
    def cut(kind: Kind, way: Recipient | None) -> Iterator[tuple[str, Window]]:
        window = case.window(kind, recipient=way)
        # A kind that nobody asked for by name and that holds nothing is not worth a line.
        if window.rounds or (case.query.kinds is not None and case.covers(kind)):
            yield kind, window

    return _group(case, [(label, way, None, windows) for label, way, _, windows in _lines(case, cut)])


def _by_recipient(case: Case) -> Answer:
    def cut(kind: Kind, way: Recipient | None) -> Iterator[tuple[str, Window]]:
        if case.covers(kind):
            yield way or "", case.window(kind, recipient=way)

    return _group(case, [(label, None, kind, windows) for label, _, kind, windows in _lines(case, cut)])


def _by_agreement(case: Case) -> Answer:
    def cut(kind: Kind, way: Recipient | None) -> Iterator[tuple[str, Window]]:
        for agreement in case.ledger.agreements:
            if agreement.date <= case.today and case.query.agreement in (None, agreement.id):
                window = case.window(kind, recipient=way, agreement=agreement.id)
                if window.rounds:
                    yield agreement.id, window

    lines = _lines(case, cut)
    order = {agreement.id: number for number, agreement in enumerate(case.ledger.agreements)}
    return _group(case, sorted(lines, key=lambda line: order[line[0]]))


def _by_party(case: Case) -> Answer:
    def cut(kind: Kind, way: Recipient | None) -> Iterator[tuple[str, Window]]:
        for party in PARTIES:
            window = case.window(kind, recipient=way, party=party)
            if window.figures:
                yield party, window

    lines = _lines(case, cut)
    return _group(case, sorted(lines, key=lambda line: PARTIES.index(cast(Party, line[0]))))


def _by_period(case: Case, period: Period) -> Answer:
    def cut(kind: Kind, way: Recipient | None) -> Iterator[tuple[str, Window]]:
        window = case.window(kind, recipient=way)
        for name, start, stop in split(window.series.dates, period, window.start, window.stop):
            piece = Window(window.series, start, stop)
            if piece.rounds:
                yield name, piece

    return _group(case, sorted(_lines(case, cut), key=lambda line: line[0]))


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
            return _by_period(case, period)
        case None:
            return _by_period(case, "month")


def grouped(measure: Callable[[Case], Answer]) -> Callable[[Case], Answer]:
    """Let a measure that is one number be broken down as well ("exchanges per month"), and told of both sides apart."""

    def answer(case: Case) -> Answer:
        if case.query.group_by is not None:
            return breakdown(case)
        return _by_recipient(case) if len(case.ways) > 1 else measure(case)

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
    if not together(case.kinds):
        return _by_kind(case)
    windows = case.windows()
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=case.notes(windows))
    if not any(w.rounds for w in windows):
        return case.no_data("not_recorded", notes=case.notes(windows))
    return case.answer(
        value=average_of(windows),
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        sources=sources_of(windows),
        notes=case.notes(windows),
    )


def compare(case: Case) -> Answer:
    """Two spans, row by row; the difference where each is one row."""
    spans = case.spans
    lines = [line for span in spans for line in _of_span(case, span)]
    if case.query.party and any(case.silent_only([w for *_, ws in _of_span(case, span) for w in ws]) for span in spans):
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    answer = _group(case, lines)
    if len(answer.rows) != len(spans):
        return answer
    one, other = (row.value for row in answer.rows)
    return replace(answer, value=None if one is None or other is None else one - other)


def _of_span(case: Case, span: Span) -> list[Line]:
    def cut(kind: Kind, way: Recipient | None) -> Iterator[tuple[str, Window]]:
        if case.covers(kind, span):
            yield span_label(span), case.window(kind, recipient=way, span=span)

    return _lines(case, cut)
