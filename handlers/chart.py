"""Draws a chart as a PNG that a phone shows well, in light and dark.

Matplotlib is loaded with the first picture and drawing takes its time: call it off the event loop. One picture is drawn
at a time, as the library asks. The same thing always has the same colour, chosen for colour-blind people too,
and nothing is told by colour alone. A running total stands above its bars on a scale of its own, so that neither hides
the other.
"""

import datetime as dt
import io
import re
import textwrap
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal

from bot.domain.claims import Kind
from bot.domain.replies import Lang
from bot.rendering.charts import Chart, Panel, Point
from bot.rendering.words import dated, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Theme = Literal["light", "dark"]

#: Pixels an inch; sizes below are in inches, so that 10.8 is 1080 pixels.
DPI = 100
WIDTH = 10.8
#: What the axes leave free at the left and right, as shares of the width.
LEFT, RIGHT = 0.105, 0.965
#: Of the PNG, from 0 to 9; above it, time is spent for a few per cent.
COMPRESSION = 4
#: Inches of one panel with and without its running total.
TALL, LOW = 7.6, 4.0

#: Up to this many bars each has its figure written above it.
WITH_FIGURES = 14
#: Up to this many bars a side's name stands beside its figure, not above it.
WITH_SIDES_ABREAST = 7
#: Up to this many bars each has a place of its own; more rounds stand by their days.
WITH_PLACES = 40
#: Labels on an axis.
MOST_TICKS = 12
#: Bars are no wider than if there were so many of them.
FEWEST_PLACES = 5
#: Panels with a running total in one picture; in more it would be too small to read.
WITH_RUNNING = 2

#: Words that stand by the next or the one before: days with their months and years, short words with what follows.
_TOGETHER = re.compile(r"(?<=\d) (?=\w)|(?<=\w) (?=\d)|(?<=\b\w) (?=\w)|(?<=\b\w\w) (?=\w)")
_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of one theme."""

    ground: str
    text: str
    faint: str
    grid: str
    line: str
    kinds: dict[Kind, str]


#: After Okabe and Ito, darkened or lightened until the contrast with the ground is enough.
PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        ground="#ffffff",
        text="#1c1c1c",
        faint="#5a5a5a",
        grid="#dddddd",
        line="#a03c00",
        kinds={"remains": "#5b6b7a", "prisoners": "#0072b2", "civilians": "#007a5a", "children": "#a8558a"},
    ),
    "dark": Palette(
        ground="#17212b",
        text="#f2f2f2",
        faint="#aab4be",
        grid="#33414f",
        line="#f0a050",
        kinds={"remains": "#93a5b5", "prisoners": "#56b4e9", "civilians": "#3fc49a", "children": "#e094c2"},
    ),
}


def draw_chart(chart: Chart, *, theme: Theme = "light") -> bytes:
    """Draw a chart and return it as a PNG."""
    with _lock:
        buffer = io.BytesIO()
        compose(chart, theme=theme).savefig(buffer, format="png", pil_kwargs={"compress_level": COMPRESSION})
        return buffer.getvalue()


def compose(chart: Chart, *, theme: Theme = "light") -> "Figure":
    """Lay out a chart; not to be called by two threads at once."""
    return _Drawing(chart, PALETTES[theme]).figure_made()


class _Drawing:
    """One picture in the making."""

    def __init__(self, chart: Chart, palette: Palette) -> None:
        self.chart = chart
        self.palette = palette
        self.legend: dict[str, Any] = {}
        self.running = len(chart.panels) <= WITH_RUNNING
        self.titled = len(chart.panels) > 1
        #: First and last day of the axis that all panels share; None: the bars stand side by side.
        self.calendar = _calendar_of(chart.panels)

    def figure_made(self) -> "Figure":
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        chart = self.chart
        title = textwrap.wrap(_TOGETHER.sub("\u00a0", chart.title), 50 if chart.lang == "en" else 44)[:3]
        source = [line for said in (chart.left_out, chart.source) for line in self.small(said)][:5]
        heights = [TALL if self.has_running(panel) else LOW for panel in chart.panels]
        head = 0.35 + 0.42 * len(title) + 0.2
        foot = 0.35 + 0.3 * len(source)
        below = foot + 0.38 * self.legend_rows() + 0.45
        height = head + sum(heights) + below
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=self.palette.ground)
        FigureCanvasAgg(figure)
        self.write(figure, title, top=0.35, step=0.42, size=22, colour=self.palette.text, weight="bold")
        self.write(figure, source, top=height - foot + 0.15, step=0.3, size=14, colour=self.palette.faint)
        top = head
        for panel, tall in zip(chart.panels, heights, strict=True):
            self.panel(figure, panel, top=top, tall=tall)
            top += tall
        self.write_legend(figure, bottom=foot / height)
        return figure

    def small(self, text: str) -> list[str]:
        """Break what stands at the foot into lines."""
        return textwrap.wrap(_TOGETHER.sub("\u00a0", text), 84)

    def has_running(self, panel: Panel) -> bool:
        return panel.cumulative and self.running

    def legend_rows(self) -> int:
        points = [point for panel in self.chart.panels for point in panel.points]
        running = any(self.has_running(panel) for panel in self.chart.panels)
        return running + any(point.undisclosed for point in points) + any(point.differs for point in points)

    def write(
        self,
        figure: "Figure",
        lines: Sequence[str],
        *,
        top: float,
        step: float,
        size: int,
        colour: str,
        weight: str = "normal",
    ) -> None:
        """Write lines from so many inches below the top downwards."""
        height = figure.get_figheight()
        for i, line in enumerate(lines):
            at = 1 - (top + i * step) / height
            figure.text(0.035, at, line, color=colour, fontsize=size, fontweight=weight, va="top")

    def axes(self, figure: "Figure", *, top: float, tall: float) -> "Axes":
        """Make axes that begin so many inches below the top and are so many inches tall."""
        height = figure.get_figheight()
        axis = figure.add_axes((LEFT, 1 - (top + tall) / height, RIGHT - LEFT, tall / height))
        axis.set_facecolor(self.palette.ground)
        for side in ("top", "right", "left"):
            axis.spines[side].set_visible(False)
        axis.spines["bottom"].set_color(self.palette.faint)
        axis.grid(axis="y", color=self.palette.grid, linewidth=1)
        axis.set_axisbelow(True)
        axis.tick_params(colors=self.palette.faint, labelsize=15, length=0)
        # Below the zero of the other axis.
        axis.tick_params(axis="x", pad=10)
        return axis

    def panel(self, figure: "Figure", panel: Panel, *, top: float, tall: float) -> None:
        """Draw one panel: its title, its running total, its bars."""
        places = self.places(panel)
        start = top + 0.15
        if self.titled:
            at = 1 - (top + 0.2) / figure.get_figheight()
            figure.text(0.035, at, panel.title, color=self.palette.text, fontsize=17, va="top")
            start += 0.5
        end = top + tall - 0.75
        if self.has_running(panel):
            share = (end - start) * 0.36
            upper = self.axes(figure, top=start, tall=share)
            self.draw_running(upper, panel, places)
            start += share + 0.35
        axis = self.axes(figure, top=start, tall=end - start)
        self.draw_bars(axis, panel, places)

    def draw_bars(self, axis: "Axes", panel: Panel, places: Sequence[float]) -> None:
        colour = self.palette.kinds[panel.kind]
        values = [point.value or 0 for point in panel.points]
        if self.calendar:
            width = max(2.0, min(6.0, 500 / ((self.calendar[1] - self.calendar[0]).days + 1)))
            axis.vlines(places, 0, values, color=colour, linewidth=width)
        else:
            # What Russia received is hatched, so that it is told apart without colour.
            hatch = "//" if panel.recipient == "russia" else None
            edge = self.palette.ground if hatch else colour
            axis.bar(places, values, width=0.72, color=colour, hatch=hatch, edgecolor=edge, linewidth=0)
        ceiling = max(*(point.high or point.value or 0 for point in panel.points), 1)
        lines = max(self.figure(panel, point).count("\n") for point in panel.points) if self.with_figures(panel) else 0
        self.mark(axis, panel, places, ceiling)
        if self.with_figures(panel):
            for place, point in zip(places, panel.points, strict=True):
                self.write_figure(axis, panel, place, point, ceiling)
        self.scale(axis, ceiling * (1.15 + 0.07 * lines))
        self.limit(axis, places)
        self.label(axis, panel, places)

    def mark(self, axis: "Axes", panel: Panel, places: Sequence[float], ceiling: float) -> None:
        """Mark what differs and what is not disclosed."""
        crowded = self.calendar is not None or len(panel.points) > WITH_PLACES
        bars = [
            (place, point.low, point.high)
            for place, point in zip(places, panel.points, strict=True)
            if point.differs and point.low is not None and point.high is not None
        ]
        if bars:
            drawn = axis.errorbar(
                [place for place, _, _ in bars],
                [low for _, low, _ in bars],
                yerr=[[0] * len(bars), [high - low for _, low, high in bars]],
                color=self.palette.text,
                linewidth=2,
                capsize=4 if crowded else 8,
                capthick=2,
                fmt="none",
            )
            self.note_differing(drawn)
        crosses = [(place, _top(point)) for place, point in zip(places, panel.points, strict=True) if point.undisclosed]
        if crosses:
            cross = axis.plot(
                [place for place, _ in crosses],
                [top + ceiling * 0.035 for _, top in crosses],
                marker="x",
                markersize=8 if crowded else 12,
                markeredgewidth=2.5,
                color=self.palette.text,
                linestyle="none",
                clip_on=False,
            )
            self.legend.setdefault(self.chart.words_undisclosed, cross[0])

    def write_figure(self, axis: "Axes", panel: Panel, place: float, point: Point, ceiling: float) -> None:
        """Write the figure of a bar above it."""
        if point.value is None:
            return
        axis.text(
            place,
            _top(point) + ceiling * (0.07 if point.undisclosed else 0.02),
            self.figure(panel, point),
            ha="center",
            va="bottom",
            color=self.palette.text,
            fontsize=self.figure_size(panel, point),
            linespacing=1.1,
        )

    def note_differing(self, drawn: Any) -> None:
        """Explain the mark once: by sides where their figures are written, else as lowest and highest."""
        panels = [panel for panel in self.chart.panels if self.with_figures(panel)]
        by_sides = any(point.ukraine is not None for panel in panels for point in panel.points)
        self.legend.setdefault(self.chart.words_sides if by_sides else self.chart.words_differ, drawn)

    def figure(self, panel: Panel, point: Point) -> str:
        """Write the figure over a bar; both where the sides differ."""
        lang = self.chart.lang
        if point.ukraine is not None and point.russia is not None:
            parted = "\n" if len(panel.points) > WITH_SIDES_ABREAST else " "
            return f"UA{parted}{number(lang, point.ukraine)}\nRU{parted}{number(lang, point.russia)}"
        if point.differs and point.low is not None and point.high is not None:
            return f"{number(lang, point.low)}–\n{number(lang, point.high)}"
        return number(lang, point.value or 0)

    def figure_size(self, panel: Panel, shown: Point) -> float:
        """Return the size at which the widest figure of its sort fits over its bar."""
        alike = [point for point in panel.points if point.differs == shown.differs]
        widest = max(len(line) for point in alike for line in self.figure(panel, point).split("\n"))
        room = _room(max(len(panel.points), FEWEST_PLACES))
        return max(9.0, min(17.0, room * 0.88 / (widest * 0.6)))

    def draw_running(self, axis: "Axes", panel: Panel, places: Sequence[float]) -> None:
        """Draw the running total."""
        totals = list(accumulate(point.value or 0 for point in panel.points))
        line = axis.plot(
            places,
            totals,
            color=self.palette.line,
            linewidth=3,
            marker=None if self.calendar or len(places) > WITH_PLACES else "o",
            markersize=7,
            drawstyle="steps-post" if self.calendar else "default",
            clip_on=False,
        )
        self.legend.setdefault(self.chart.words_cumulative, line[0])
        self.scale(axis, max(totals[-1], 1) * 1.3, ticks=3)
        self.limit(axis, places)
        axis.set_xticks([])
        axis.annotate(
            number(self.chart.lang, totals[-1]),
            (places[-1], totals[-1]),
            xytext=(0, 9),
            textcoords="offset points",
            ha="right" if len(places) > 2 else "center",
            va="bottom",
            color=self.palette.line,
            fontsize=18,
            fontweight="bold",
        )

    def scale(self, axis: "Axes", top: float, *, ticks: int = 5) -> None:
        """Make a scale from nothing to `top`, with whole numbers as the language writes them."""
        from matplotlib.ticker import MaxNLocator

        values = [value for value in MaxNLocator(ticks, integer=True).tick_values(0, top) if 0 <= value <= top]
        axis.set_ylim(0, top)
        axis.set_yticks(values, [number(self.chart.lang, round(value)) for value in values])

    def with_figures(self, panel: Panel) -> bool:
        """Tell whether each bar has its figure written above it."""
        return self.calendar is None and len(panel.points) <= WITH_FIGURES

    def places(self, panel: Panel) -> list[float]:
        """Return where the bars stand: side by side, or as many days after the first day as they are."""
        if self.calendar is None:
            return [float(i) for i in range(len(panel.points))]
        return [float((point.date - self.calendar[0]).days) for point in panel.points if point.date]

    def limit(self, axis: "Axes", places: Sequence[float]) -> None:
        """Set both ends of an axis; few bars do not become wide ones."""
        if self.calendar:
            days = (self.calendar[1] - self.calendar[0]).days
            margin = max(1.0, days * 0.02)
            axis.set_xlim(-margin, days + margin)
            return
        margin = max(0.6, (FEWEST_PLACES - len(places)) / 2 + 0.1)
        axis.set_xlim(places[0] - margin, places[-1] + margin)

    def label(self, axis: "Axes", panel: Panel, places: Sequence[float]) -> None:
        """Label the bars so that no two labels touch."""
        if self.calendar:
            at, labels = _ticks(self.chart.lang, *self.calendar)
            axis.set_xticks(at, labels, fontsize=15)
            return
        points = panel.points
        step = -(-len(points) // MOST_TICKS)
        chosen = range(0, len(points), step)
        labels = [points[i].label for i in chosen]
        room = _room(max(len(chosen), FEWEST_PLACES))
        longest = max(len(line) for label in labels for line in label.split("\n"))
        size = min(15.0, room * 0.96 / (longest * 0.62))
        if size < 13:
            # Long names are broken into lines instead of being made too small to read.
            word = max(len(word) for label in labels for word in label.split())
            size = max(10.5, min(13.0, room * 0.96 / (word * 0.62)))
            width = max(5, int(room * 0.96 / (size * 0.62)))
            labels = ["\n".join(textwrap.wrap(label.replace("\n", " "), width, max_lines=4)) for label in labels]
        axis.set_xticks([places[i] for i in chosen], labels, fontsize=size)

    def write_legend(self, figure: "Figure", *, bottom: float) -> None:
        """Write the legend above the source line."""
        if not self.legend:
            return
        drawn = figure.legend(
            list(self.legend.values()),
            list(self.legend),
            loc="lower left",
            bbox_to_anchor=(0.025, bottom),
            frameon=False,
            fontsize=15,
            labelspacing=0.35,
            handlelength=1.8,
            borderaxespad=0,
        )
        for text in drawn.get_texts():
            text.set_color(self.palette.text)


def _calendar_of(panels: Sequence[Panel]) -> tuple[dt.date, dt.date] | None:
    """Return the days that an axis spans where rounds are so many that they stand by their days; None: side by side."""
    if not all(panel.by_day for panel in panels) or max(len(panel.points) for panel in panels) <= WITH_PLACES:
        return None
    days = [point.date for panel in panels for point in panel.points if point.date]
    return min(days), max(days)


def _top(point: Point) -> float:
    """Return how high the drawing of a point reaches."""
    return max(point.high or 0, point.value or 0)


def _room(labels: int) -> float:
    """Return the points of width that each of so many labels has."""
    return WIDTH * (RIGHT - LEFT) * 72 / max(labels, 1)


def _ticks(lang: Lang, first: dt.date, last: dt.date) -> tuple[list[float], list[str]]:
    """Return ticks at the beginnings of years, or of months where the span is short."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = 12 if months > 30 else -(-months // MOST_TICKS)
    at: list[float] = []
    labels: list[str] = []
    year, month = (first.year, 1) if step == 12 else (first.year, first.month)
    while (day := dt.date(year, month, 1)) <= last:
        if day >= first or not at:
            at.append(float(max(0, (day - first).days)))
            labels.append(str(year) if step == 12 else f"{dated(lang, day, 'LLL')}\n{year}")
        month += step
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return at, labels
