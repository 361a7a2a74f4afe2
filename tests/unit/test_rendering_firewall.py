"""No number is shown that the record does not give: proved over random ledgers, questions and languages."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Answer
from bot.domain.claims import KINDS, PARTIES, RECIPIENTS, Claim
from bot.domain.compute import compute
from bot.domain.ledger import Ledger
from bot.domain.queries import GROUPS, MEASURES, Query, Span
from bot.domain.replies import LANGS, Assumption, Correction, Lang, Reading, Refusal, Reply
from bot.rendering.alerts import render_alert, render_digest
from bot.rendering.answers import render_reply
from bot.rendering.charts import chart_caption, chart_of
from bot.rendering.firewall import Allowed
from bot.rendering.pages import conflicts_page, round_page, rounds_page, sources_page, start_page, why_page
from bot.rendering.rich import Run, plain
from bot.rendering.words import message, number
from tests.builders import agreement, claim, ledger

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 20, 12, tzinfo=dt.UTC)
ISTANBUL = "istanbul-2025-06-02"

_days = st.dates(dt.date(2024, 11, 20), dt.date(2026, 7, 5))
_counts = st.integers(0, 30) | st.integers(100, 99_999)
_names = st.sampled_from(["Ukrinform", "360.ru", "Channel 24", "5 канал", "24tv.ua 1000"])


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    measure = draw(st.sampled_from(["round", "round", "round", "total"]))
    undisclosed = measure == "round" and draw(st.integers(0, 5)) == 0
    fields = {
        "kind": draw(st.sampled_from(KINDS)),
        "recipient": draw(st.sampled_from(RECIPIENTS)),
        "party": draw(st.sampled_from(PARTIES)),
        "date": draw(_days),
        "measure": measure,
        "publisher": draw(_names),
        "published": draw(st.none() | _days),
        "since": draw(st.none() | _days) if measure == "total" else None,
        "partial": draw(st.integers(0, 9)) == 0,
        "breakdown": draw(st.sampled_from([{}, {}, {"identified": 97, "soldiers": 150}])),
    }
    if undisclosed:
        return claim(None, **fields)
    return claim(draw(_counts), qualifier=draw(st.sampled_from(["exact", "exact", "about", "at_least"])), **fields)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    since, until = draw(st.none() | _days), draw(st.none() | _days)
    if since and until and since > until:
        since, until = until, since
    measure = draw(st.sampled_from(MEASURES))
    versus = Span(since=draw(_days), until=None) if measure == "compare" else None
    groups = measure in ("total", "rounds", "average", "breakdown")
    return Query(
        measure=measure,
        kinds=draw(st.none() | st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True).map(tuple)),
        recipient=draw(st.sampled_from([None, "both", *RECIPIENTS])),
        since=since,
        until=until,
        versus=versus,
        agreement=draw(st.sampled_from([None, None, None, ISTANBUL])),
        party=draw(st.sampled_from([None, None, *PARTIES])),
        group_by=draw(st.none() | st.sampled_from(GROUPS)) if groups else None,
    )


_ledgers = st.lists(claims(), max_size=25).map(lambda found: _book(found))


def _book(found: list[Claim]) -> Ledger:
    named = agreement(ISTANBUL, names=dict.fromkeys(LANGS, ("1000 на 1000",)))
    return ledger(*found, agreements=[named])


def said(answer: Answer, lang: Lang, **reading: object) -> Reply:
    understood = Reading(query=answer.query, lang=lang, **reading)  # type: ignore[arg-type]
    return Reply(question="", lang=lang, understanding=understood, answers=(answer,), ref="7K3QX2")


@settings(max_examples=150, deadline=None)
@given(book=_ledgers, query=queries(), lang=st.sampled_from(LANGS), page=st.integers(0, 2))
def test_every_number_of_an_answer_comes_from_the_record(book: Ledger, query: Query, lang: Lang, page: int) -> None:
    answer = compute(book, query, now=NOW, timezone=KYIV)
    assumed = (Assumption(kind="agreement", taken=ISTANBUL), Assumption(kind="year", taken="2026"))
    reply = said(answer, lang, assumptions=assumed, corrections=(Correction(written="stanb1l", read="Istanbul"),))
    rendered = render_reply(reply, book, now=NOW, timezone=KYIV, page=page)
    assert plain(rendered.text) != message(lang, "blocked")
    assert len(rendered.buttons) <= 6


@settings(max_examples=60, deadline=None)
@given(book=_ledgers, query=queries(), lang=st.sampled_from(LANGS))
def test_every_number_of_a_page_comes_from_the_record(book: Ledger, query: Query, lang: Lang) -> None:
    for page in (why_page, sources_page):
        shown = page(lang, query, book, now=NOW, timezone=KYIV)
        assert plain(shown.text) != message(lang, "blocked")
    for listing in (conflicts_page, rounds_page, start_page):
        assert plain(listing(lang, book, now=NOW, timezone=KYIV).text) != message(lang, "blocked")


@settings(max_examples=60, deadline=None)
@given(book=_ledgers, lang=st.sampled_from(LANGS), revised=st.booleans())
def test_every_number_of_an_alert_comes_from_the_record(book: Ledger, lang: Lang, revised: bool) -> None:
    for this_round in book.rounds:
        alert = render_alert(this_round.id, book, lang, revised=revised, now=NOW, timezone=KYIV)
        assert plain(alert) != message(lang, "alert-blocked")
        shown = round_page(lang, this_round.id, book, now=NOW, timezone=KYIV)
        assert shown is None or plain(shown.text) != message(lang, "blocked")
    ids = [this_round.id for this_round in book.rounds]
    since, until = dt.date(2025, 6, 1), dt.date(2025, 6, 7)
    digest = render_digest(ids, book, lang, since=since, until=until, now=NOW, timezone=KYIV)
    assert plain(digest) != message(lang, "alert-blocked")


@settings(max_examples=150, deadline=None)
@given(book=_ledgers, query=queries(), lang=st.sampled_from(LANGS))
def test_every_number_of_a_chart_comes_from_the_record(book: Ledger, query: Query, lang: Lang) -> None:
    chart = chart_of(lang, query, book, now=NOW, timezone=KYIV)
    if chart is None:
        return
    assert chart_caption(chart, book, now=NOW, timezone=KYIV) is not None
    for panel in chart.panels:
        rows = panel.answer.rows
        assert [(p.value, p.low, p.high) for p in panel.points] == [(r.value, r.low, r.high) for r in rows]
        known = {claim.count for claim in book.claims}
        assert {n for p in panel.points for n in (p.ukraine, p.russia) if n is not None} <= known


@pytest.mark.parametrize("lang", LANGS)
def test_a_chart_with_a_stray_number_is_held_back(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    book = ledger(claim(1212))
    chart = chart_of(lang, Query(), book, now=NOW, timezone=KYIV)
    assert chart is not None
    monkeypatch.setattr("bot.rendering.charts.chart_words", lambda chart: "1213")
    assert chart_caption(chart, book, now=NOW, timezone=KYIV) is None


@settings(max_examples=80, deadline=None)
@given(book=_ledgers, query=queries(), lang=st.sampled_from(LANGS), by=st.integers(100_000, 900_000))
def test_a_figure_that_is_not_the_answers_is_held_back(book: Ledger, query: Query, lang: Lang, by: int) -> None:
    """The wall does not lean on the renderer: a text about another answer does not pass it."""
    answer = compute(book, query, now=NOW, timezone=KYIV)
    if answer.value is None or not isinstance(answer.value, int):
        return
    allowed = Allowed(lang, today=NOW.date())
    allowed.answer(answer, book)
    wrong = answer.value + by
    assert allowed.stray(f"{number(lang, wrong)} …") == (number(lang, wrong),)


@pytest.mark.parametrize("lang", LANGS)
def test_a_reply_with_a_stray_number_is_replaced(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    book = ledger(claim(1212))
    answer = compute(book, Query(), now=NOW, timezone=KYIV)
    monkeypatch.setattr("bot.rendering.answers.headline", lambda view: (Run("1213"),))
    rendered = render_reply(said(answer, lang), book, now=NOW, timezone=KYIV)
    assert plain(rendered.text) == message(lang, "blocked")
    assert not re.search(r"\d", plain(rendered.text))
    assert rendered.buttons == ()


def test_a_part_of_a_number_is_no_leave_for_the_whole() -> None:
    allowed = Allowed("en", today=NOW.date())
    allowed.numbers(12, 212)
    allowed.phrases("2025")
    assert allowed.stray("1,212 and 12 and 212 and 2025 and 12,025") == ("1,212", "12,025")
    assert allowed.stray("2025 12 212") == ()
    assert allowed.stray("1\u00a02025") == ("1\u00a02025",)
    assert allowed.stray("2025.5 and 20251") == ("2025.5", "20251")


def test_a_negative_difference_is_shown_without_its_sign() -> None:
    book = ledger(claim(100), claim(40, date="2025-07-01"))
    june = Span(since=dt.date(2025, 6, 1), until=dt.date(2025, 6, 30))
    query = Query(measure="compare", since=dt.date(2025, 7, 1), until=dt.date(2025, 7, 31), versus=june)
    rendered = render_reply(said(compute(book, query, now=NOW, timezone=KYIV), "en"), book, now=NOW, timezone=KYIV)
    assert plain(rendered.text).startswith("60 fewer in the first period")


def test_words_with_digits_are_not_repeated_in_a_refusal() -> None:
    refusal = Refusal(lang="en", status="not_understood", reason="unknown_word", words=("x1212", "blorp"))
    reply = Reply(question="", lang="en", understanding=refusal)
    text = plain(render_reply(reply, ledger(), now=NOW, timezone=KYIV).text)
    assert "blorp" in text
    assert not re.search(r"\d", text)


def test_a_huge_list_costs_a_page() -> None:
    """Rows that are not shown are neither written nor checked."""
    first = dt.date(2020, 1, 1)
    many = [claim(7, date=first + dt.timedelta(days=i)) for i in range(2000)]
    book = ledger(*many)
    answer = compute(book, Query(measure="list"), now=NOW, timezone=KYIV)
    rendered = render_reply(said(answer, "uk"), book, now=NOW, timezone=KYIV, page=3)
    assert (rendered.page, rendered.pages) == (3, 167)
    assert plain(rendered.text).count("7\u00a0тіл") == 12
