"""The reader and the matching against the corpus: labelled reports in three languages, and the stream of June 2025."""

import datetime as dt
from pathlib import Path

import pytest

from bot.domain.headline import choose_headline
from bot.language.reports.reader import read_report
from tests.corpus.score_articles import KYIV, Score, f1, load, score_article, to_article
from tests.corpus.score_stream import b_cubed, gold_rounds, play

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module", params=["en", "uk", "ru", "strangers"])
def score(request: pytest.FixtureRequest) -> Score:
    counts = Score()
    for row in load([CORPUS / f"articles_{request.param}.jsonl"]):
        score_article(counts, row["gold"], read_report(to_article(row), timezone=KYIV))
    return counts


def test_news_is_told_from_other_articles(score: Score) -> None:
    assert f1(score.relevant) >= 0.98
    assert score.relevant["wrong"] <= 0.01 * score.articles


def test_news_claims_are_read(score: Score) -> None:
    assert f1(score.news) >= 0.97


def test_all_claims_are_read(score: Score) -> None:
    assert f1(score.claims) >= 0.93


@pytest.mark.parametrize("name", ["date", "party"])
def test_date_and_party_are_read(score: Score, name: str) -> None:
    assert score.fields[name] >= 0.97 * score.fields["all"]


def test_other_voices_are_read() -> None:
    counts = Score()
    for row in load([CORPUS / "reports_other_voices.jsonl"]):
        score_article(counts, row["gold"], read_report(to_article(row), timezone=KYIV))
    assert counts.relevant["wrong"] == 0
    assert f1(counts.relevant) >= 0.98
    assert f1(counts.news) >= 0.96
    assert f1(counts.claims) >= 0.95
    assert counts.fields["date"] >= 0.99 * counts.fields["all"]


def test_many_manners_of_telling_are_read_and_what_is_no_handover_is_none() -> None:
    counts = Score()
    for row in load([CORPUS / "reports_many_manners.jsonl"]):
        score_article(counts, row["gold"], read_report(to_article(row), timezone=KYIV))
    assert counts.relevant["wrong"] <= 1
    assert f1(counts.relevant) >= 0.98
    assert f1(counts.news) >= 0.97
    assert f1(counts.claims) >= 0.97
    assert counts.fields["date"] >= 0.98 * counts.fields["all"]


def test_each_number_keeps_its_own_clause_noun_side_and_day() -> None:
    counts = Score()
    for row in load([CORPUS / "reports_each_its_own.jsonl"]):
        score_article(counts, row["gold"], read_report(to_article(row), timezone=KYIV))
    assert counts.relevant["wrong"] == 0
    assert f1(counts.relevant) >= 0.98
    assert counts.claims["wrong"] == 0
    assert f1(counts.claims) >= 0.98
    assert counts.fields["date"] >= 0.98 * counts.fields["all"]
    assert counts.fields["party"] >= 0.98 * counts.fields["all"]


def test_what_only_looks_like_a_handover_is_none_and_a_bare_title_hides_none() -> None:
    counts = Score()
    for row in load([CORPUS / "reports_lookalikes.jsonl"]):
        score_article(counts, row["gold"], read_report(to_article(row), timezone=KYIV))
    assert counts.relevant["wrong"] == 0
    assert f1(counts.relevant) >= 0.98
    assert f1(counts.news) >= 0.95
    assert f1(counts.claims) >= 0.95
    assert counts.fields["date"] >= 0.98 * counts.fields["all"]


def test_a_count_that_runs_since_something_is_a_total_whatever_its_size_and_one_of_a_day_is_a_round() -> None:
    counts = Score()
    for row in load([CORPUS / "reports_counts.jsonl"]):
        score_article(counts, row["gold"], read_report(to_article(row), timezone=KYIV))
    assert counts.relevant["wrong"] == 0
    assert counts.news["wrong"] == 0
    assert f1(counts.news) >= 0.98
    assert f1(counts.claims) >= 0.97
    assert counts.fields["since"] >= 0.98 * counts.fields["all"]


def test_every_figure_stands_in_its_quote_and_text() -> None:
    for row in load([*sorted(CORPUS.glob("articles_*.jsonl")), *sorted(CORPUS.glob("reports_*.jsonl"))]):
        article = to_article(row)
        for claim in read_report(article, timezone=KYIV).claims:
            assert claim.quote in f"{article.title}\n{article.text}"


def test_june_2025_is_five_rounds_with_one_alert_each() -> None:
    rows = sorted(
        load([CORPUS / "stream_june_2025.jsonl"]), key=lambda row: dt.datetime.fromisoformat(row["published"])
    )
    stream = play(rows)
    remains = [f"remains-2025-06-{day}" for day in (11, 13, 14, 15, 16)]
    assert stream.alerts == dict.fromkeys([*remains, "prisoners-2025-06-14"], 1)
    assert [one.id for one in stream.ledger.rounds if one.kind == "remains"] == remains
    headlines = [choose_headline(stream.ledger.claims_of(name), recipient="ukraine") for name in remains]
    assert [one.value for one in headlines if one is not None] == [1212, 1200, 1200, 1200, 1245]
    assert sum(one.low for one in headlines if one is not None) == 6057
    assert sum(one.high for one in headlines if one is not None) == 6060
    to_russia = [choose_headline(stream.ledger.claims_of(name), recipient="russia") for name in remains]
    assert sum(one.value for one in to_russia if one is not None) == 78


@pytest.mark.parametrize("writer", ["own", "stranger", "blind2", "aa", "ab", "ac", "ad", "ae", "af", "ag", "ah", "ai"])
def test_each_writers_reports_as_a_stream_give_each_round_one_alert(writer: str) -> None:
    """Writers invent rounds of the same days, so each has a world of their own."""
    rows = [row for row in load(sorted(CORPUS.glob("articles_*.jsonl"))) if row["id"].split("-")[0] == writer]
    rows.sort(key=lambda row: dt.datetime.fromisoformat(row["published"]))
    stream = play(rows)
    wanted = {name for row in rows for name in gold_rounds(row)}
    missed = wanted - {one.id for one in stream.ledger.rounds}
    assert len(missed) <= max(1, 0.03 * len(wanted))
    assert max(stream.alerts.values()) == 1
    gold = [(gold_rounds(row) or [f"none-{row['id']}"])[0] for row in rows]
    found = [decision.round or f"none-{row['id']}" for row, decision in zip(rows, stream.decisions, strict=True)]
    assert b_cubed(gold, found) >= 0.97
