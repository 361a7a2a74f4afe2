"""The figure of an answer and its rows, in words. Which figure that is was decided before; nothing is computed here."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.answers import Answer, Row
from bot.domain.claims import KINDS, PARTIES, RECIPIENTS, Kind
from bot.domain.ledger import Ledger
from bot.domain.periods import span_label
from bot.domain.replies import Lang
from bot.rendering.periods import period
from bot.rendering.reading import agreement_name, kind_class
from bot.rendering.rich import Rich
from bot.rendering.styled import strong, styled
from bot.rendering.words import capital, day, message, month, number, short_day, year


@dataclass(frozen=True, slots=True)
class Page:
    """What a renderer of one answer needs to know beside the answer."""

    lang: Lang
    answer: Answer
    ledger: Ledger
    today: dt.date


def count(lang: Lang, kinds: Sequence[Kind] | None, value: float) -> str:
    """Write a number with its noun: "1,212 bodies", "670 people"."""
    whole = int(value) if float(value).is_integer() else value
    if kinds is not None and len(kinds) == 1:
        return message(lang, f"count-{kinds[0]}", n=whole)
    return message(lang, "count-people" if kind_class(kinds) == "people" else "count-any", n=whole)


def headline(page: Page) -> Rich:
    """Write the figure, in bold; nothing for an answer that is rows alone."""
    text = _headline(page)
    return strong(capital(text)) if text else ()


def _headline(page: Page) -> str:
    lang, answer = page.lang, page.answer
    match answer.query.measure:
        case "last" | "first" | "largest" | "smallest":
            return _of_round(page)
        case "happened":
            return _happened(page)
        case "average" if answer.value is not None:
            return message(lang, "answer-average", figure=_figure(page))
        case "rounds" if answer.value is not None:
            none = answer.value == 0
            return message(lang, "answer-no-round") if none else message(lang, "count-rounds", n=int(answer.value))
        case "list":
            none = not answer.rows
            return message(lang, "answer-no-round") if none else message(lang, "count-rounds", n=answer.rounds)
        case "conflict":
            return message(lang, "answer-conflicts", n=len(answer.rows))
        case "days_since" if answer.value is not None:
            return message(lang, "count-days", n=int(answer.value))
        case "share_identified" if answer.value is not None:
            return message(lang, "answer-identified", n=int(answer.value))
        case "compare":
            return _compared(page)
        case _:
            return _sum(page)


def _sum(page: Page) -> str:
    lang, answer = page.lang, page.answer
    if answer.value is not None:
        return message(lang, "answer-no-round") if not answer.rounds and not answer.value else _figure(page)
    if answer.rows and answer.rounds:
        return ""
    return message(lang, "answer-undisclosed" if answer.undisclosed else "answer-no-round")


def _figure(page: Page) -> str:
    answer = page.answer
    assert answer.value is not None
    return _qualified(page, count(page.lang, answer.query.kinds, answer.value))


def _qualified(page: Page, figure: str) -> str:
    qualifier = next((n.text for n in page.answer.notes if n.kind == "rounded" and n.text), "exact")
    return message(page.lang, "qualified", qualifier=qualifier, figure=figure)


def _of_round(page: Page) -> str:
    answer = page.answer
    if answer.date is None:  # each row has its own day
        return "" if answer.rows else message(page.lang, "answer-undisclosed")
    when = short_day(page.lang, answer.date)
    return when if len(answer.rows) > 1 else message(page.lang, "answer-dated", day=when, figure=_one_round(page))


def _one_round(page: Page) -> str:
    answer = page.answer
    if answer.value is None:
        return message(page.lang, "not-disclosed")
    kinds = _kinds_of(page, answer.rows[0]) if answer.rows else answer.query.kinds
    return _qualified(page, count(page.lang, kinds, answer.value))


def _happened(page: Page) -> str:
    lang, answer = page.lang, page.answer
    if not answer.rounds:
        return message(lang, "answer-no")
    if len(answer.rows) > 1:
        return message(lang, "answer-yes-several")
    if answer.value is None:
        return message(lang, "answer-yes-undisclosed")
    figure = _one_round(page)
    return message(lang, "answer-yes", figure=figure) if answer.value else figure


def _compared(page: Page) -> str:
    value = page.answer.value
    if value is None:
        return ""
    if not value:
        return message(page.lang, "compare-same")
    key = "compare-more" if value > 0 else "compare-fewer"
    return message(page.lang, key, n=abs(int(value)))


def listed_rows(page: Page) -> Sequence[Row]:
    """Return the rows that have a line each; none where the headline says it all."""
    answer = page.answer
    match answer.query.measure:
        case "last" | "first" | "largest" | "smallest" | "happened" | "days_since":
            return answer.rows if len(answer.rows) > 1 else ()
        case "claimed_total":
            return ()
        case _:
            return answer.rows if answer.status == "answered" else ()


def row_lines(page: Page, rows: Sequence[Row]) -> tuple[Rich, ...]:
    """Write rows of an answer, a line each, the figure in bold."""
    match page.answer.query.measure:
        case "list" | "last" | "first" | "largest" | "smallest" | "happened" | "days_since":
            return tuple(_round_line(page, row) for row in rows)
        case "conflict":
            return tuple(_conflict_line(page, row) for row in rows)
        case "share_identified":
            return tuple(_identified_line(page, row) for row in rows)
        case _:
            return tuple(_line(page, row_label(page, row), row) for row in rows)


def _kinds_of(page: Page, row: Row) -> tuple[Kind, ...] | None:
    named = (row.kind or "", *(row.label or "").split())
    return tuple(kind for kind in KINDS if kind in named) or page.answer.query.kinds


def _line(page: Page, label: str, row: Row) -> Rich:
    lang = page.lang
    if page.answer.query.measure == "rounds" and row.rounds is not None:
        figure = message(lang, "count-rounds", n=row.rounds)
    elif row.rounds == 0 and not row.value:
        figure = message(lang, "no-round")
    else:
        figure = _row_figure(page, row)
    return styled(lang, "row", label=label, bold={"figure": figure})


def _row_figure(page: Page, row: Row) -> str:
    lang = page.lang
    if row.value is None:
        return message(lang, "not-disclosed")
    figure = count(lang, _kinds_of(page, row), row.value)
    if row.low is not None and row.high is not None and row.low != row.high:
        figure = message(lang, "row-spread", figure=figure, low=row.low, high=row.high)
    if row.undisclosed:
        figure = message(lang, "row-undisclosed", figure=figure, n=row.undisclosed)
    return figure


def kind_way(lang: Lang, kind: str, recipient: str) -> str:
    """Name a kind and who received it: "remains to Ukraine"."""
    way = message(lang, "to-recipient", recipient=recipient)
    return message(lang, "kind-way", kind=message(lang, "kind", kind=kind), recipient=way)


def _round_line(page: Page, row: Row) -> Rich:
    lang, query = page.lang, page.answer.query
    assert row.date is not None
    when = short_day(lang, row.date)
    figure = {"figure": _row_figure(page, row)}
    one_kind, one_way = query.kinds is not None and len(query.kinds) == 1, query.recipient in RECIPIENTS
    if one_kind and one_way:
        return styled(lang, "row-round", day=when, bold=figure)
    way = message(lang, "to-recipient", recipient=row.recipient or "both")
    if not one_kind:
        way = kind_way(lang, row.kind or "", row.recipient or "both")
    return styled(lang, "row-round-way", day=when, way=way, bold=figure)


def _conflict_line(page: Page, row: Row) -> Rich:
    assert row.date is not None
    what = kind_way(page.lang, row.kind or "", row.recipient or "both")
    figures = {
        "ukraine": number(page.lang, row.ukraine or 0),
        "russia": number(page.lang, row.russia or 0),
    }
    return styled(page.lang, "row-conflict", day=short_day(page.lang, row.date), what=what, bold=figures)


def _identified_line(page: Page, row: Row) -> Rich:
    assert row.date is not None
    figure = message(page.lang, "not-disclosed") if row.value is None else count(page.lang, ("remains",), row.value)
    return styled(
        page.lang,
        "row-identified",
        day=short_day(page.lang, row.date),
        figure=figure,
        bold={"identified": number(page.lang, row.identified or 0)},
    )


def row_label(page: Page, row: Row) -> str:
    """Name a row of a breakdown: "June 2025", "To Ukraine", "Remains", "June 2025, remains to Ukraine"."""
    return capital(row_name(page, row))


def row_name(page: Page, row: Row) -> str:
    """Name a row of a breakdown inside a sentence."""
    words = (row.label or "").split()
    if row.kind and row.label in RECIPIENTS and page.answer.query.group_by != "party":
        return kind_way(page.lang, row.kind, row.label)
    if words and all(word in (*RECIPIENTS, *KINDS, *PARTIES) for word in words):
        name = _coded_label(page, words)
    else:
        name = _span_label(page, row) or period_label(page.lang, row.label or "") or _agreement_label(page, row)
    if row.kind and row.recipient:
        return f"{name}, {kind_way(page.lang, row.kind, row.recipient)}"
    if row.recipient:
        return f"{name}, {message(page.lang, 'to-recipient', recipient=row.recipient)}"
    return f"{name}, {message(page.lang, 'kind', kind=row.kind)}" if row.kind else name


def _span_label(page: Page, row: Row) -> str | None:
    """Name the span of a comparison that a row stands for."""
    query = page.answer.query
    spans = (query.span, query.versus or query.span) if query.measure == "compare" else ()
    return next((period(page.lang, span, today=page.today) for span in spans if span_label(span) == row.label), None)


def _coded_label(page: Page, words: list[str]) -> str:
    lang, group = page.lang, page.answer.query.group_by
    if group == "party":
        return message(lang, "according", party=words[0])
    if words[0] in KINDS:
        return message(lang, "kind", kind=words[0])
    return message(lang, "to-recipient", recipient=words[0])


def _agreement_label(page: Page, row: Row) -> str:
    label = row.label or ""
    found = page.ledger.agreement(label)
    name = agreement_name(page.lang, page.ledger, label)
    return f"{name}, {short_day(page.lang, found.date)}" if found else name


def period_label(lang: Lang, label: str) -> str | None:
    """Write the label of a calendar period ("2025-06", "2025-W24") in words; None for any other label."""
    try:
        if "-W" in label:
            return message(lang, "week", day=day(lang, dt.date.fromisoformat(f"{label}-1")))
        match label.split("-"):
            case [y]:
                return year(lang, int(y))
            case [y, m]:
                return month(lang, dt.date(int(y), int(m), 1))
            case [_, _, _]:
                return short_day(lang, dt.date.fromisoformat(label))
    except ValueError:
        pass
    return None
