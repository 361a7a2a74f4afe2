"""The pages behind commands, and the table for spreadsheets."""

import csv
import datetime as dt
import json
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.compute import compute
from bot.domain.ledger import Ledger
from bot.domain.queries import Query, Span
from bot.domain.replies import LANGS, Lang
from bot.rendering.pages import (
    conflicts_page,
    help_page,
    method_page,
    privacy_page,
    ref_page,
    round_page,
    rounds_page,
    sources_page,
    start_page,
    why_page,
)
from bot.rendering.reports import report_lines
from bot.rendering.rich import plain
from bot.rendering.tables import (
    COLUMNS,
    checksum,
    claims_of_query,
    columns_page,
    csv_lines,
    export_caption,
    safe_cell,
)
from bot.rendering.words import message
from bot.services.interchange import export_lines
from tests.builders import agreement, claim, ledger, report, reported

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2025, 6, 20, 12, tzinfo=dt.UTC)
ISTANBUL = "istanbul-2025-06-02"


def book() -> Ledger:
    return ledger(
        claim(1212),
        claim(1245, date="2025-06-16"),
        claim(1248, date="2025-06-16", party="russia", publisher="TASS"),
        claim(1000, date="2025-06-16", partial=True, publisher="Kyiv Post"),
        claim(207, kind="prisoners", date="2024-01-31"),
        claim(195, kind="prisoners", date="2024-01-31", party="russia"),
        agreements=[agreement(ISTANBUL)],
    )


@pytest.mark.parametrize("lang", LANGS)
def test_help_shows_five_questions_that_can_be_tapped(lang: Lang) -> None:
    page = help_page(lang, book(), now=NOW, timezone=KYIV)
    assert len(page.buttons) == 5
    assert all(button.label in plain(page.text) for button in page.buttons)


@pytest.mark.parametrize("lang", LANGS)
def test_help_tells_of_everything_that_there_is(lang: Lang) -> None:
    """Grounds of charts, digests, quiet hours, forms of the data, inline mode."""
    told = plain(help_page(lang, book(), now=NOW, timezone=KYIV, commands=("chart",), bot="@a_bot").text)
    said = ("@a_bot", "/subscribe", "/settings", "/export csv", "/export jsonl", "/round 2025-06-11", "/ref", "/method")
    assert [words for words in said if words not in told] == []
    labels = [
        message(lang, key) for key in ("settings-quiet", "settings-silent", "settings-kinds", "settings-recipient")
    ]
    assert [label for label in labels if label.lower() not in told.lower()] == []
    assert {"en": "digest", "uk": "зведення", "ru": "сводка"}[lang] in told
    assert {"en": "dark ground", "uk": "темному тлі", "ru": "тёмном фоне"}[lang] in told


@pytest.mark.parametrize("lang", LANGS)
def test_start_shows_the_newest_round_and_the_total_since_istanbul(lang: Lang) -> None:
    page = start_page(lang, book(), now=NOW, timezone=KYIV)
    text = plain(page.text).replace("\u00a0", " ")
    assert ("1,245" if lang == "en" else "1 245") in text
    assert ("2,457" if lang == "en" else "2 457") in text
    assert len(page.buttons) == 3


def test_start_stands_on_an_empty_ledger() -> None:
    assert plain(start_page("en", ledger(), now=NOW, timezone=KYIV).text).startswith("I answer")


def test_why_lists_each_claim_with_what_became_of_it() -> None:
    text = plain(why_page("en", Query(), book(), now=NOW, timezone=KYIV).text)
    assert "To Ukraine, 1,245 bodies: counted" in text
    assert "To Ukraine, 1,248 bodies: left out: the receiving side’s own figure comes first" in text
    assert "To Ukraine, 1,000 bodies: left out: covers only a part of the round" in text


def test_why_says_when_there_is_no_claim() -> None:
    page = why_page("en", Query(kinds=("children",)), book(), now=NOW, timezone=KYIV)
    assert plain(page.text) == "No claim stands behind the last answer."


def test_sources_are_those_of_the_figure() -> None:
    text = plain(sources_page("en", Query(), book(), now=NOW, timezone=KYIV).text)
    assert "16 June 2025, remains to Ukraine: 1,245 bodies" in text
    assert "1,248" not in text


def test_a_question_for_one_round_is_explained_by_the_claims_about_that_round() -> None:
    asked = {Query(measure="last"): "1,245", Query(measure="first"): "1,212", Query(measure="smallest"): "1,212"}
    for query, shown in asked.items():
        why = plain(why_page("en", query, book(), now=NOW, timezone=KYIV).text)
        told = plain(sources_page("en", query, book(), now=NOW, timezone=KYIV).text)
        other = "1,212" if shown == "1,245" else "1,245"
        assert [shown in why, other in why, shown in told, other in told] == [True, False, True, False]


def test_a_comparison_is_explained_by_both_spans() -> None:
    days = [Span(since=day, until=day) for day in (dt.date(2025, 6, 16), dt.date(2025, 6, 11))]
    query = Query(measure="compare", since=days[0].since, until=days[0].until, versus=days[1])
    why = plain(why_page("en", query, book(), now=NOW, timezone=KYIV).text)
    assert "1,245 bodies: counted" in why
    assert "1,212 bodies: counted" in why


def test_a_claimed_total_is_explained_by_the_totals_that_it_was_chosen_from() -> None:
    since = dt.date(2025, 6, 2)
    older = claim(4812, measure="total", date="2025-06-15", since=since, party="russia")
    newest = claim(6060, measure="total", date="2025-06-16", since=since, party="russia")
    query = Query(measure="claimed_total", party="russia")
    why = plain(why_page("en", query, ledger(claim(1212), older, newest), now=NOW, timezone=KYIV).text)
    assert "6,060 bodies in all as of 16 June 2025, counted since 2 June 2025: shown: the newest total" in why
    assert "4,812 bodies in all as of 15 June 2025, counted since 2 June 2025: left out" in why
    assert "1,212" not in why
    found = claims_of_query(ledger(claim(1212), older, newest), query, now=NOW, timezone=KYIV)
    assert [claim.count for claim in found] == [4812, 6060]


def test_conflicts_stand_with_the_widest_gap_first() -> None:
    text = plain(conflicts_page("en", book(), now=NOW, timezone=KYIV).text)
    assert text.index("207 prisoners") < text.index("195 prisoners") < text.index("1,245 bodies")


def test_both_sides_of_a_conflict_stand_with_who_says_so_and_where() -> None:
    page = conflicts_page("en", book(), now=NOW, timezone=KYIV)
    assert "According to Russia: 1,248 bodies (" in plain(page.text)
    assert len([run for run in page.text if run.url]) == 4
    told = plain(sources_page("en", Query(measure="conflict", recipient=None), book(), now=NOW, timezone=KYIV).text)
    assert told.index("1,245") < told.index("1,248")


def test_rounds_are_listed_newest_first_with_their_ids() -> None:
    text = plain(rounds_page("en", book(), now=NOW, timezone=KYIV).text)
    assert text.index("remains-2025-06-16") < text.index("prisoners-2024-01-31")


def test_rounds_of_the_future_are_not_known() -> None:
    source = ledger(claim(5), claim(5, date="2026-01-01"))
    assert "2026" not in plain(rounds_page("en", source, now=NOW, timezone=KYIV).text)
    assert round_page("en", "remains-2026-01-01", source, now=NOW, timezone=KYIV) is None


def test_a_round_shows_every_claim_with_its_number() -> None:
    page = round_page("en", "remains-2025-06-16", book(), now=NOW, timezone=KYIV)
    assert page is not None
    text = plain(page.text)
    assert "C2 To Ukraine: 1,245 bodies, according to Ukraine (" in text
    assert "C4 To Ukraine: 1,000 bodies, only a part of the round, according to Ukraine" in text


def test_a_total_stands_with_the_days_it_is_counted_between() -> None:
    total = claim(6057, measure="total", date="2025-06-16", since=dt.date(2025, 6, 2), round="remains-2025-06-16")
    source = ledger(claim(1245, date="2025-06-16", round="remains-2025-06-16"), total)
    page = round_page("en", "remains-2025-06-16", source, now=NOW, timezone=KYIV)
    assert page is not None
    assert "To Ukraine: 6,057 bodies in all as of 16 June 2025, counted since 2 June 2025" in plain(page.text)


def test_an_unknown_round_has_no_page() -> None:
    assert round_page("en", "remains-2020-01-01", book(), now=NOW, timezone=KYIV) is None


def shown_again(then: Ledger, today: Ledger) -> str:
    query = Query()
    page = ref_page(
        "en",
        ref="7K3QX2",
        then=compute(then, query, now=NOW, timezone=KYIV),
        ledger_then=then,
        today=compute(today, query, now=NOW, timezone=KYIV),
        ledger_today=today,
        at=NOW,
        timezone=KYIV,
    )
    return plain(page.text)


def test_an_answer_given_again_says_what_changed() -> None:
    text = shown_again(ledger(claim(1212)), ledger(claim(1213), version=2))
    assert text.index("1,212 bodies") < text.index("Since then the record has changed") < text.index("1,213 bodies")


def test_an_answer_given_again_says_which_rounds_are_others_today() -> None:
    then = ledger(claim(1212), claim(1200, date="2025-06-13"), claim(757, date="2025-06-03"))
    text = shown_again(
        then, ledger(claim(1213), claim(1245, date="2025-06-16"), claim(757, date="2025-06-03"), version=2)
    )
    told = text.partition("What has changed:\n")[2]
    assert told.splitlines() == [
        "new: 16 June 2025, remains to Ukraine: 1,245 bodies",
        "no longer on record: 13 June 2025, remains to Ukraine: 1,200 bodies",
        "11 June 2025, remains to Ukraine: 1,212 bodies, now 1,213 bodies",
    ]


def test_an_answer_given_again_says_that_nothing_changed() -> None:
    assert "Nothing has changed since." in shown_again(ledger(claim(1212)), ledger(claim(1212), version=2))


def test_an_answer_given_again_says_when_only_its_claims_changed() -> None:
    text = shown_again(ledger(claim(1212)), ledger(claim(1212, publisher="Suspilne"), version=2))
    assert "the figure has not" in text


@pytest.mark.parametrize("lang", LANGS)
def test_method_and_privacy_are_written_in_every_language(lang: Lang) -> None:
    assert len(plain(method_page(lang, book()))) > 1000
    assert len(plain(method_page(lang, book()))) < 4096
    assert len(plain(privacy_page(lang))) > 200


def table(source: Ledger) -> list[dict[str, str]]:
    return list(csv.DictReader(csv_lines(source, at=NOW)))


def test_the_table_has_a_row_a_claim() -> None:
    rows = table(book())
    assert len(rows) == 6
    assert tuple(rows[0]) == COLUMNS
    assert {row["ledger_version"] for row in rows} == {"1"}


def test_the_table_marks_the_headline_figures() -> None:
    assert [row["claim"] for row in table(book()) if row["headline"] == "yes"] == ["C5", "C1", "C2"]


def test_an_unknown_figure_is_an_empty_cell_and_never_zero() -> None:
    (row,) = table(ledger(claim(None)))
    assert (row["count"], row["qualifier"]) == ("", "undisclosed")


@pytest.mark.parametrize("text", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", " =1", "\uff1d1", "=HYPERLINK(\n)"])
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = table(ledger(claim(5, publisher=text)))
    assert row["publisher"].startswith("'")
    assert "\n" not in safe_cell(text)


def test_cells_with_commas_and_quotes_come_back_whole() -> None:
    (row,) = table(ledger(claim(5, claimant='Minister, "acting"')))
    assert row["claimant"] == 'Minister, "acting"'


def test_the_table_of_a_query_holds_what_it_counted_and_left_out() -> None:
    found = claims_of_query(book(), Query(since=dt.date(2025, 6, 16)), now=NOW, timezone=KYIV)
    assert [claim.id for claim in found] == [2, 3, 4]


@pytest.mark.parametrize("lang", LANGS)
def test_each_column_and_each_key_of_an_export_is_explained(lang: Lang) -> None:
    told = plain(columns_page(lang))
    assert [line.partition(":")[0] for line in told.split("\n\n")[1].splitlines()] == list(COLUMNS)
    fields = plain(columns_page(lang, "jsonl")).split("\n\n")[1].splitlines()
    written = {key for line in export_lines(book()) for key in json.loads(line)}
    assert written == {field.partition(":")[0] for field in fields}


@pytest.mark.parametrize("lang", LANGS)
def test_an_export_names_its_version_its_checksum_its_licence_and_its_method(lang: Lang) -> None:
    caption = plain(export_caption(lang, b"x", claims=5, version=7))
    assert [part for part in (checksum(b"x"), "7", "MIT", "/method") if part not in caption] == []
    assert len(caption) < 1024


def test_a_report_is_shown_with_the_words_it_was_read_from() -> None:
    read = report(reported(1212, quote="bodies of 1,212"), reported(6057, measure="total", main=False))
    text = "\n".join(report_lines(read))
    assert "Remains to Ukraine: 1,212 bodies, 11 June 2025" in text
    assert "“bodies of 1,212”" in text
    assert "background" in text


def test_a_report_without_a_figure_says_so() -> None:
    read = replace(report(), relevant=True, claims=())
    assert "no figure is stated" in "\n".join(report_lines(read))
