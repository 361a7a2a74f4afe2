"""What a chart shows: panels of points, the words around them, and the same in words for who cannot see it.

How it is drawn is decided by whoever draws it.
"""

import datetime as dt
import logging
from dataclasses import dataclass, replace

from bot.domain.answers import Answer, Row
from bot.domain.claims import KINDS, RECIPIENTS, Kind, Recipient
from bot.domain.compute import compute
from bot.domain.headline import own_figure
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Lang
from bot.rendering.figures import Page, count, kind_way, row_label, row_name
from bot.rendering.firewall import Allowed
from bot.rendering.names import claimant_name
from bot.rendering.reading import reading_line, subject
from bot.rendering.rich import Rich, join, plain
from bot.rendering.styled import strong, words
from bot.rendering.words import capital, dated, listed, message, short_day

logger = logging.getLogger(__name__)

#: Publishers named in the picture.
NAMED_SOURCES = 4
#: Panels in one picture.
MOST_PANELS = 4
#: Breakdowns whose bars follow each other in time, so that a running total means something.
_IN_TIME = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One bar."""

    #: Short, for the axis; may have a second line.
    label: str
    #: In full, for reading aloud.
    name: str
    #: None where the bar is no day: a period, an agreement, a side.
    date: dt.date | None = None
    #: None: not disclosed.
    value: float | None = None
    low: int | None = None
    high: int | None = None
    #: Both sides' own figures, where they differ.
    ukraine: int | None = None
    russia: int | None = None
    #: Rounds without a figure behind the bar.
    undisclosed: int = 0

    @property
    def differs(self) -> bool:
        """Whether somebody gives another figure."""
        return self.low is not None and self.high is not None and self.low != self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One kind and recipient."""

    title: str
    #: What is drawn; its rows are the bars.
    answer: Answer
    kind: Kind
    #: None: whoever received.
    recipient: str | None
    points: tuple[Point, ...]
    #: A running total is drawn too; never where figures of both recipients stand side by side.
    cumulative: bool
    #: The bars are rounds, each with its day.
    by_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One picture."""

    lang: Lang
    #: How the question was read.
    title: str
    panels: tuple[Panel, ...]
    #: What there was no room for; empty where everything is drawn.
    left_out: str
    #: Where the figures come from, version and day.
    source: str
    #: Words of the legend.
    words_cumulative: str
    words_undisclosed: str
    words_differ: str
    words_sides: str


def chart_of(lang: Lang, query: Query, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo) -> Chart | None:
    """Make the chart of a query: its breakdown where it has one, else its rounds; None where nothing is to be shown."""
    today = (query.as_of or now).astimezone(timezone).date()
    asked = query.kinds or KINDS
    if query.recipient is None and query.group_by != "recipient" and len(asked) * len(RECIPIENTS) <= MOST_PANELS:
        # What each side received stands apart; together it would come to no sum.
        query = replace(query, recipient="both")
    ways = RECIPIENTS if query.recipient == "both" and query.group_by != "recipient" else (query.recipient,)
    panels: list[Panel] = []
    publishers: dict[str, None] = {}
    for kind in asked:
        for way in ways:
            one = replace(query, kinds=(kind,), recipient=way)
            answer = compute(ledger, _drawn(one), now=now, timezone=timezone)
            points = _points(Page(lang, answer, ledger, today))
            if any(point.value or point.undisclosed for point in points):
                in_time = answer.query.measure == "list" or answer.query.group_by in _IN_TIME
                title = capital(subject(lang, one))
                panels.append(
                    Panel(
                        title=title,
                        answer=answer,
                        kind=kind,
                        recipient=way,
                        points=points,
                        cumulative=in_time and way is not None and len(points) > 1,
                        by_day=answer.query.measure == "list",
                    )
                )
                publishers.update(dict.fromkeys(claimant_name(lang, claim.publisher) for claim in answer.sources))
    if not panels:
        return None
    return Chart(
        lang=lang,
        title=reading_line(lang, _titled(query), ledger, now=now, timezone=timezone),
        panels=tuple(panels[:MOST_PANELS]),
        left_out=_left_out(lang, panels[MOST_PANELS:]),
        source=_source(lang, query, list(publishers), version=ledger.version, today=today),
        words_cumulative=message(lang, "chart-cumulative"),
        words_undisclosed=message(lang, "chart-undisclosed"),
        words_differ=message(lang, "chart-differ"),
        words_sides=message(lang, "chart-differ-sides"),
    )


def _left_out(lang: Lang, panels: list[Panel]) -> str:
    names = [kind_way(lang, panel.kind, panel.recipient or "any") for panel in panels]
    return message(lang, "chart-left-out", what=listed(lang, names)) if names else ""


def _source(lang: Lang, query: Query, publishers: list[str], *, version: int, today: dt.date) -> str:
    """Say how the figures were chosen, where that is not asked for, and who published them."""
    named = publishers[:NAMED_SOURCES]
    several = listed(lang, named) if named == publishers else message(lang, "chart-others", named=", ".join(named))
    where = message(lang, "chart-source", publishers=several, version=version, day=short_day(lang, today))
    own = query.party or query.group_by == "party"
    return where if own else f"{message(lang, 'chart-rule')} {where}"


def _drawn(query: Query) -> Query:
    """Return the query whose rows are the bars."""
    if query.measure == "compare" and query.versus is not None:
        return query
    if query.group_by is not None:
        return replace(query, measure="breakdown", versus=None)
    if query.measure == "breakdown":
        return replace(query, group_by="month")
    return replace(query, measure="list", versus=None, claimant=None)


def _titled(query: Query) -> Query:
    """Return the query whose reading is the title: what is drawn, without saying that it is a list."""
    drawn = _drawn(query)
    return replace(drawn, measure="total") if drawn.measure == "list" else drawn


def _points(page: Page) -> tuple[Point, ...]:
    rows = page.answer.rows
    if page.answer.query.measure == "list":
        years = {row.date.year for row in rows if row.date}
        return tuple(_round_point(page, row, with_year=years != {page.today.year}) for row in rows)
    short = row_label if page.answer.query.measure == "compare" else _short_label
    return tuple(_group_point(short(page, row), row_name(page, row), row) for row in rows)


def _round_point(page: Page, row: Row, *, with_year: bool) -> Point:
    assert row.date is not None
    claims = page.ledger.claims_of(row.round or "")
    recipient: Recipient = "russia" if row.recipient == "russia" else "ukraine"
    ours = own_figure(claims, recipient=recipient, party="ukraine")
    theirs = own_figure(claims, recipient=recipient, party="russia")
    differ = row.low != row.high and ours is not None and theirs is not None and ours.count != theirs.count
    label = dated(page.lang, row.date, "d MMM")
    return Point(
        label=f"{label}\n{row.date.year}" if with_year else label,
        name=short_day(page.lang, row.date),
        date=row.date,
        value=row.value,
        low=row.low,
        high=row.high,
        ukraine=ours.count if differ and ours else None,
        russia=theirs.count if differ and theirs else None,
        undisclosed=row.undisclosed,
    )


def _group_point(label: str, name: str, row: Row) -> Point:
    return Point(label=label, name=name, value=row.value, low=row.low, high=row.high, undisclosed=row.undisclosed)


def _short_label(page: Page, row: Row) -> str:
    """Write a row's label for an axis: "Jun\\n2025"."""
    label, lang = row.label or "", page.lang
    match page.answer.query.group_by:
        case "month":
            first = dt.date.fromisoformat(f"{label}-01")
            return f"{dated(lang, first, 'LLL')}\n{first.year}"
        case "day":
            day = dt.date.fromisoformat(label)
            return f"{dated(lang, day, 'd MMM')}\n{day.year}"
        case "week":
            monday = dt.date.fromisoformat(f"{label}-1")
            return f"{dated(lang, monday, 'd MMM')}\n{monday.year}"
        case "year":
            return label
        case "agreement":
            found = page.ledger.agreement(label)
            names = found.names.get(lang, ()) if found else ()
            return names[0] if names else label
        case _:
            return row_label(page, row)


def chart_caption(chart: Chart, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo) -> Rich | None:
    """Write what goes under the picture: its title, and in words what it shows.

    Returns:
        None where one of its numbers cannot be traced to the record; then the picture is not to be shown either.
    """
    caption = join((strong(chart.title), words(chart.left_out), words(chart_words(chart))))
    stray = _allowed(chart, ledger, today=now.astimezone(timezone).date()).stray(plain(caption))
    if stray:
        logger.error("number held back", extra={"numbers": len(stray)})
    return None if stray else caption


def _allowed(chart: Chart, ledger: Ledger, *, today: dt.date) -> Allowed:
    """List what the caption may hold, from the answers alone: of their rows the largest, and how many there are."""
    allowed = Allowed(chart.lang, today=today)
    for panel in chart.panels:
        answer, rows = panel.answer, panel.answer.rows
        largest = max(rows, key=lambda row: row.value or 0)
        allowed.answer(replace(answer, rows=(largest,)), ledger)
        allowed.numbers(len(rows), sum(row.undisclosed for row in rows), sum(row.low != row.high for row in rows))
        allowed.numbers(sum(row.value or 0 for row in rows))
    return allowed


def chart_words(chart: Chart) -> str:
    """Say what the picture shows, for who cannot see it: how many bars, the largest, what is not disclosed."""
    if len(chart.panels) == 1:
        return _panel_words(chart.lang, chart.panels[0])
    return "\n".join(f"{panel.title}. {_panel_words(chart.lang, panel)}" for panel in chart.panels)


def _panel_words(lang: Lang, panel: Panel) -> str:
    known = [point for point in panel.points if point.value is not None]
    parts = [message(lang, "chart-bars", n=len(panel.points))]
    if known and len(panel.points) == 1:
        parts = [message(lang, "chart-only", figure=count(lang, (panel.kind,), known[0].value or 0))]
    elif known:
        largest = max(known, key=lambda point: point.value or 0)
        figure = count(lang, (panel.kind,), largest.value or 0)
        parts.append(message(lang, "chart-largest", name=largest.name, figure=figure))
    if known and panel.cumulative:
        total = count(lang, (panel.kind,), sum(point.value or 0 for point in known))
        parts.append(message(lang, "chart-total", figure=total))
    if hidden := sum(point.undisclosed for point in panel.points):
        parts.append(message(lang, "chart-hidden", n=hidden))
    if differing := sum(point.differs for point in panel.points):
        parts.append(message(lang, "chart-differing", n=differing))
    return " ".join(parts)
