"""Charts: what they show, that a phone can read them, and that no label touches another or leaves the picture."""

import datetime as dt
import io
import random
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bot.domain.claims import KINDS, Claim
from bot.domain.ledger import Ledger
from bot.domain.queries import Query, Span
from bot.domain.replies import LANGS, Lang
from bot.rendering.charts import Chart, chart_caption, chart_of, chart_words
from bot.rendering.rich import plain
from bot.rendering.words import message
from handlers.chart import PALETTES, WITH_FIGURES, Theme, compose, draw_chart
from tests.builders import a_round, agreement, claim, ledger

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 20, 12, tzinfo=dt.UTC)
FIRST = dt.date(2022, 3, 1)


def many(number: int, *, every: float = 4.9, kind: str = "prisoners") -> Ledger:
    """So many rounds, some disputed and some undisclosed, the same ones each time."""
    dice = random.Random(number)
    found: list[Claim] = []
    for i in range(number):
        date = FIRST + dt.timedelta(days=int(i * every))
        figure = dice.randint(1, 1300)
        if dice.random() < 0.1:
            found.append(claim(None, kind=kind, date=date, party="other", round=f"{kind}-{i}"))
            continue
        found.append(claim(figure, kind=kind, date=date, round=f"{kind}-{i}"))
        if dice.random() < 0.2:
            found.append(claim(figure + 3, kind=kind, date=date, party="russia", round=f"{kind}-{i}"))
    return ledger(*found)


def chart(source: Ledger, lang: Lang = "en", **query: object) -> Chart:
    made = chart_of(lang, Query(**{"kinds": ("prisoners",)} | query), source, now=NOW, timezone=KYIV)  # type: ignore[arg-type]
    assert made is not None
    return made


def boxes(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    """The words of a picture and where they stand, in pixels."""
    figure.draw_without_rendering()
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent()
            if box.width > 0:
                yield text.get_text(), box


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("number", [1, 2, 3, 5, 13, 14, 15, 40, 41, 120, 300])
def test_words_stay_in_the_picture_and_apart(lang: Lang, number: int) -> None:
    figure = compose(chart(many(number), lang))
    found = list(boxes(figure))
    width, height = figure.bbox.width, figure.bbox.height
    for text, box in found:
        assert box.x0 >= 0, text
        assert box.x1 <= width, text
        assert box.y0 >= 0, text
        assert box.y1 <= height, text
    for i, (text, box) in enumerate(found):
        for other, beside in found[i + 1 :]:
            assert not _overlap(box, beside), (text, other)


def _overlap(one: Bbox, other: Bbox) -> bool:
    """Whether two words share more than the rim of a pixel or two."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    along = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > 2 and along > 2


@pytest.mark.parametrize("lang", LANGS)
def test_long_names_of_agreements_do_not_touch(lang: Lang) -> None:
    names = ["severe illness and wounds", "Easter ceasefire 2026", "Trump's three-day ceasefire", "Istanbul"] * 2
    agreements = [
        agreement(f"a{i}-2025-0{i + 1}-01", names=dict.fromkeys(LANGS, (name,))) for i, name in enumerate(names)
    ]
    rounds = [a_round(kind="prisoners", date=a.date, agreement=a.id) for a in agreements]
    claims = [claim(100 + i, kind="prisoners", date=a.date) for i, a in enumerate(agreements)]
    figure = compose(chart(ledger(*claims, rounds=rounds, agreements=agreements), lang, group_by="agreement"))
    found = list(boxes(figure))
    for i, (text, box) in enumerate(found):
        assert box.x1 <= figure.bbox.width, text
        for other, beside in found[i + 1 :]:
            assert not _overlap(box, beside), (text, other)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_is_a_png_as_wide_as_a_phone_shows(theme: Theme) -> None:
    content = draw_chart(chart(many(5)), theme=theme)
    assert content.startswith(b"\x89PNG")
    assert len(content) < 500_000
    height, width, _ = imread(io.BytesIO(content)).shape
    assert width == 1080
    assert 600 < height < 2500


def test_the_ground_is_the_themes() -> None:
    dark = imread(io.BytesIO(draw_chart(chart(many(3)), theme="dark")))
    assert dark[2, 2, :3].mean() < 0.25
    assert imread(io.BytesIO(draw_chart(chart(many(3)))))[2, 2, :3].mean() > 0.95


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_stand_out_from_the_ground(theme: Theme) -> None:
    """WCAG asks for 3 of graphics and 4.5 of text."""
    palette = PALETTES[theme]
    for colour in (*palette.kinds.values(), palette.line):
        assert _contrast(colour, palette.ground) >= 3
    for colour in (palette.text, palette.faint, palette.line):
        assert _contrast(colour, palette.ground) >= 4.5


def _contrast(one: str, other: str) -> float:
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_kind_has_a_colour_of_its_own() -> None:
    for palette in PALETTES.values():
        assert len({palette.kinds[kind] for kind in KINDS}) == len(KINDS)


def test_the_running_total_ends_at_the_sum() -> None:
    source = ledger(claim(100, kind="prisoners"), claim(23, kind="prisoners", date="2025-06-13"))
    assert "123" in [text for text, _ in boxes(compose(chart(source)))]


def test_both_sides_figures_are_written_where_they_differ() -> None:
    source = ledger(claim(1245), claim(1248, party="russia"), claim(5, date="2025-06-12"))
    made = chart(source, kinds=("remains",))
    texts = [text for text, _ in boxes(compose(made))]
    assert "UA 1,245\nRU 1,248" in texts
    assert made.words_sides in texts


def test_an_undisclosed_round_is_marked_and_explained() -> None:
    source = ledger(claim(None, kind="prisoners"), claim(5, kind="prisoners", date="2025-06-12"))
    made = chart(source)
    assert made.words_undisclosed in [text for text, _ in boxes(compose(made))]


def test_the_source_stands_in_the_picture() -> None:
    texts = " ".join(text for text, _ in boxes(compose(chart(many(3)))))
    assert "Sources: Ukrinform" in texts.replace("\u00a0", " ")


def test_what_each_side_received_has_a_panel_of_its_own() -> None:
    source = ledger(claim(100, kind="prisoners"), claim(90, kind="prisoners", recipient="russia", party="russia"))
    made = chart(source, recipient="both")
    assert [panel.recipient for panel in made.panels] == ["ukraine", "russia"]
    draw_chart(made)


def test_what_each_side_received_is_told_apart_without_colour() -> None:
    source = ledger(claim(100), claim(90, recipient="russia", party="russia"))
    figure = compose(chart(source, kinds=("remains",), recipient="both"))
    hatches = {bar.get_hatch() for axis in figure.axes for bar in axis.patches}
    assert hatches == {None, "//"}


def test_kinds_are_never_stacked() -> None:
    source = ledger(claim(1212), claim(100, kind="prisoners"), claim(7, kind="children"))
    made = chart(source, kinds=None)
    assert [panel.kind for panel in made.panels] == ["remains", "prisoners", "children"]


def test_a_comparison_is_two_bars() -> None:
    source = ledger(claim(10, kind="prisoners", date="2025-06-01"), claim(20, kind="prisoners", date="2025-07-01"))
    july = Span(since=dt.date(2025, 7, 1), until=dt.date(2025, 7, 31))
    made = chart(source, measure="compare", since=dt.date(2025, 6, 1), until=dt.date(2025, 6, 30), versus=july)
    assert [point.value for point in made.panels[0].points] == [10, 20]
    assert not made.panels[0].cumulative


def test_nothing_to_draw_is_no_picture() -> None:
    assert chart_of("en", Query(kinds=("children",)), many(3), now=NOW, timezone=KYIV) is None


@pytest.mark.parametrize("lang", LANGS)
def test_the_caption_says_what_the_picture_shows(lang: Lang) -> None:
    source = ledger(claim(1212), claim(1245, date="2025-06-16"), claim(1248, date="2025-06-16", party="russia"))
    made = chart(source, lang, kinds=("remains",))
    said = plain(chart_caption(made, source, now=NOW, timezone=KYIV) or ()).replace("\u00a0", " ")
    assert said.startswith(made.title.replace("\u00a0", " "))
    assert ("1,245" if lang == "en" else "1 245") in said
    assert len(said) < 1024


def test_undisclosed_rounds_are_said_in_words_too() -> None:
    source = ledger(claim(None, kind="prisoners"), claim(5, kind="prisoners", date="2025-06-12"))
    assert "1 round without a figure." in chart_words(chart(source))


def test_more_bars_than_fit_have_no_figures_above_them() -> None:
    crowded = [text for text, _ in boxes(compose(chart(many(WITH_FIGURES + 6))))]
    few = [text for text, _ in boxes(compose(chart(many(WITH_FIGURES))))]
    assert len(crowded) < len(few) + 6


@pytest.mark.parametrize("lang", LANGS)
def test_others_are_spoken_of_only_where_there_are_more_publishers_than_are_named(lang: Lang) -> None:
    names = ["Ukrinform", "TASS", "BBC", "Meduza", "RBC"]
    days = [f"2025-06-{10 + i}" for i in range(5)]
    for number, more in ((1, False), (4, False), (5, True)):
        source = ledger(*(claim(7 + i, date=days[i], publisher=names[i]) for i in range(number)))
        others = message(lang, "chart-others", named="").strip()
        assert (others in chart(source, lang, kinds=("remains",)).source) == more


def test_one_sides_figures_are_not_said_to_be_the_receiving_sides() -> None:
    source = ledger(claim(1212), claim(1215, party="russia"))
    rule = message("en", "chart-rule")
    assert rule in chart(source, kinds=("remains",)).source
    assert rule not in chart(source, kinds=("remains",), party="russia").source


def test_figures_of_both_recipients_are_never_added_up() -> None:
    """What each side received stands in a panel of its own; where that takes too many, nothing is added up."""
    source = ledger(claim(10), claim(7, recipient="russia", date="2025-06-12"), claim(5, kind="children"))
    apart = chart(source, kinds=("remains",), recipient=None)
    assert [panel.recipient for panel in apart.panels] == ["ukraine", "russia"]
    assert not any(panel.cumulative for panel in chart(source, kinds=None, recipient=None).panels)


@pytest.mark.parametrize("lang", LANGS)
def test_what_there_is_no_room_for_is_named(lang: Lang) -> None:
    ways = ("ukraine", "russia")
    source = ledger(*(claim(5 + i, kind=kind, recipient=way) for i, kind in enumerate(KINDS) for way in ways))
    made = chart(source, lang, kinds=None, recipient="both")
    named = [message(lang, "kind", kind=kind) for kind in ("civilians", "children")]
    caption = plain(chart_caption(made, source, now=NOW, timezone=KYIV) or ())
    assert all(name in made.left_out for name in named)
    assert made.left_out in caption
    assert len(caption) < 1024
    assert any(made.left_out.split()[0] in text for text, _ in boxes(compose(made)))


def test_where_one_side_was_asked_for_the_other_is_not_drawn() -> None:
    source = ledger(claim(1245), claim(1248, party="russia"))
    (point,) = chart(source, kinds=("remains",), party="russia").panels[0].points
    assert (point.value, point.ukraine, point.russia) == (1248, None, None)


def test_the_caption_tells_where_the_running_total_ends() -> None:
    source = ledger(claim(1212), claim(1245, date="2025-06-16"))
    assert "The running total ends at 2,457 bodies." in chart_words(chart(source, kinds=("remains",)))


def test_names_under_bars_are_large_enough_to_be_read() -> None:
    """A phone shows the picture at a third of its size."""
    june, july = (Span(since=dt.date(2025, m, 1), until=dt.date(2025, m, 30)) for m in (6, 7))
    source = ledger(claim(1212), claim(1000, date="2025-07-17"))
    figure = compose(
        chart(source, "uk", kinds=("remains",), measure="compare", since=june.since, until=june.until, versus=july)
    )
    assert min(label.get_fontsize() for axis in figure.axes for label in axis.get_xticklabels()) >= 13


@pytest.mark.parametrize("lang", LANGS)
def test_bars_of_each_side_are_not_called_the_receiving_sides(lang: Lang) -> None:
    rule = message(lang, "chart-rule")
    assert rule in chart(many(5), lang).source
    assert rule not in chart(many(5), lang, measure="breakdown", group_by="party").source


@pytest.mark.parametrize("lang", ["uk", "ru"])
def test_a_line_of_a_title_does_not_end_with_a_short_word(lang: Lang) -> None:
    made = chart(many(5), lang, measure="breakdown", group_by="month", since=dt.date(2022, 1, 1))
    lines = [text for text, _ in boxes(compose(made))]
    assert [line for line in lines if line.split()[-1] in ("за", "по", "з", "со", "до")] == []
