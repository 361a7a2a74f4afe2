"""What the ledger says to each measure."""

import datetime as dt
import importlib.resources
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.compute import compute
from bot.domain.explain import explain
from bot.domain.ledger import build_ledger
from bot.domain.queries import Query, Span, query_from_json, query_to_json
from bot.domain.records import read_records
from tests.builders import a_round, agreement, claim, day, ledger

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def real():
    """The bundled ledger."""
    with (importlib.resources.files("bot") / "data" / "ledger.jsonl").open(encoding="utf-8") as lines:
        records = read_records(lines)
    numbered = [replace(c, id=n) for n, c in enumerate(records.claims, 1)]
    return build_ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=numbered)


def ask(book, *, now=NOW, **query):
    for key in ("since", "until"):
        if key in query:
            query[key] = day(query[key])
    if on := query.pop("on", None):
        query["since"] = query["until"] = day(on)
    return compute(book, Query(**query), now=now, timezone=KYIV)


def noted(answer, kind):
    return next((n.count for n in answer.notes if n.kind == kind), None)


class TestRealLedger:
    """Facts that everybody can look up."""

    def test_first_round_under_istanbul(self, real):
        assert ask(real, on="2025-06-11").value == 1212

    def test_both_sides_over_the_five_days(self, real):
        answer = ask(real, since="2025-06-11", until="2025-06-16")
        assert (answer.value, answer.low, answer.high, answer.rounds) == (6057, 6057, 6060, 5)
        assert {p: s.value for p, s in answer.sides.items()} == {"ukraine": 6057, "russia": 6060}

    @pytest.mark.parametrize(("on", "kyiv", "moscow"), [("2025-06-16", 1245, 1248), ("2025-12-19", 1003, 1000)])
    def test_days_on_which_the_sides_differ(self, real, on, kyiv, moscow):
        assert ask(real, on=on).value == kyiv
        assert ask(real, on=on, party="russia").value == moscow
        (row,) = ask(real, on=on, measure="conflict", recipient=None).rows
        assert (row.ukraine, row.russia) == (kyiv, moscow)

    def test_russia_received(self, real):
        assert ask(real, recipient="russia", on="2025-06-11").value == 27
        assert ask(real, recipient="russia", on="2025-06-16").value == 51

    def test_exchange_with_undisclosed_figures(self, real):
        answer = ask(real, on="2025-06-09", kinds=("prisoners",))
        assert (answer.status, answer.value, answer.undisclosed) == ("answered", None, 1)


BOOK = ledger(
    claim(100, date="2025-01-10"),
    claim(10, date="2025-01-10", recipient="russia"),
    claim(200, date="2025-03-05", breakdown={"identified": 80}),
    claim(204, date="2025-03-05", party="russia"),
    claim(None, date="2025-04-01"),
    claim(300, date="2025-06-11"),
    claim(50, date="2025-06-11", partial=True),
    claim(60, kind="prisoners", date="2025-06-11"),
    claim(7, kind="civilians", date="2025-06-11"),
    claim(620, measure="total", date="2025-06-20", since="2025-01-01", party="russia", claimant="Medinsky"),
    claim(600, measure="total", date="2025-06-18", since="2025-01-01"),
    rounds=[a_round(date="2025-06-11", agreement="istanbul-2025-06-02")],
    agreements=[agreement("istanbul-2025-06-02")],
)


def test_total_adds_headlines_and_says_what_is_missing():
    answer = ask(BOOK)
    assert (answer.value, answer.low, answer.high) == (600, 600, 604)
    assert (answer.rounds, answer.undisclosed) == (4, 1)


def test_total_before_the_records_is_no_data():
    answer = ask(BOOK, until="2024-12-31")
    assert (answer.status, answer.reason, answer.value) == ("no_data", "not_recorded", None)


def test_total_from_before_the_records_says_where_they_begin():
    answer = ask(BOOK, since="2020-01-01", until="2025-02-01")
    assert answer.value == 100
    assert [n.date for n in answer.notes if n.kind == "records_begin"] == [day("2025-01-10")]


def test_covered_span_without_a_round_is_zero():
    answer = ask(BOOK, since="2025-02-01", until="2025-02-28")
    assert (answer.status, answer.value, answer.rounds) == ("answered", 0, 0)
    assert "no_round" in {n.kind for n in answer.notes}


def test_span_of_undisclosed_rounds_has_no_value():
    answer = ask(BOOK, since="2025-04-01", until="2025-04-30")
    assert (answer.status, answer.value, answer.undisclosed) == ("answered", None, 1)


def test_future_is_refused():
    assert ask(BOOK, since="2026-07-01").reason == "future"


def test_nothing_later_than_now_is_known():
    early = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)
    assert ask(BOOK, now=early).value == 300
    assert ask(BOOK, now=early, measure="claimed_total", party="russia").status == "no_data"


def test_today_is_told_by_the_time_zone():
    midnight_in_kyiv = dt.datetime(2025, 6, 10, 21, 30, tzinfo=dt.UTC)
    assert ask(BOOK, now=midnight_in_kyiv).value == 600


def test_party_filter_leaves_out_the_silent_and_says_so():
    answer = ask(BOOK, party="russia")
    assert (answer.value, answer.rounds) == (204, 2)
    assert noted(answer, "party_silent") == 2


@pytest.mark.parametrize(
    "query",
    [{"measure": "last"}, {"measure": "largest"}, {"measure": "compare", "versus": Span()}, {"recipient": "both"}],
)
def test_whatever_is_asked_a_silent_party_is_said(query):
    assert noted(ask(BOOK, party="russia", **query), "party_silent")


@pytest.mark.parametrize("group_by", ["month", "recipient", "kind", "agreement"])
def test_silent_party_is_not_the_same_as_no_round(group_by):
    answer = ask(BOOK, measure="breakdown", group_by=group_by, party="other")
    assert (answer.status, answer.reason) == ("no_data", "party_silent")


def test_party_that_gave_no_figure_is_told_apart_from_nothing():
    answer = ask(BOOK, party="russia", since="2025-06-01")
    assert (answer.status, answer.reason) == ("no_data", "party_silent")


def test_rounds_counts_those_without_a_figure():
    assert ask(BOOK, measure="rounds", recipient=None).value == 4


def test_rounds_of_every_kind():
    answer = ask(BOOK, measure="rounds", kinds=None, recipient=None)
    assert (answer.value, {r.label: r.value for r in answer.rows if r.value}) == (
        6,
        {"remains": 4, "prisoners": 1, "civilians": 1},
    )


@pytest.mark.parametrize(
    ("measure", "value", "date"),
    [("last", 300, "2025-06-11"), ("first", 100, "2025-01-10"), ("largest", 300, "2025-06-11")],
)
def test_one_round(measure, value, date):
    answer = ask(BOOK, measure=measure)
    assert (answer.value, answer.date) == (value, day(date))


def test_smallest_leaves_out_what_is_not_disclosed():
    answer = ask(BOOK, measure="smallest", since="2025-02-01", until="2025-05-01")
    assert (answer.value, answer.undisclosed) == (200, 1)


def test_last_may_be_undisclosed():
    answer = ask(BOOK, measure="last", until="2025-05-01")
    assert (answer.value, answer.date, answer.undisclosed) == (None, day("2025-04-01"), 1)


def test_last_of_every_kind_lists_those_of_the_day():
    answer = ask(BOOK, measure="last", kinds=None, recipient=None)
    assert answer.date == day("2025-06-11")
    assert {r.kind: r.value for r in answer.rows} == {"remains": 300, "prisoners": 60, "civilians": 7}


def test_last_tells_of_both_rounds_of_one_day():
    """Neither stands for the other, and two rounds are not one of twice the size."""
    ids = ("remains-2025-06-11", "remains-2025-06-11-2")
    rounds = [a_round(name) for name in ids]
    book = ledger(*(claim(count, round=name) for name, count in zip(ids, (300, 20), strict=True)), rounds=rounds)
    answer = ask(book, measure="last")
    assert (answer.value, answer.date, answer.rounds) == (None, day("2025-06-11"), 2)
    assert [row.value for row in answer.rows] == [300, 20]


def test_average_leaves_undisclosed_rounds_out():
    assert ask(BOOK, measure="average").value == 200


def test_list_is_in_date_order():
    rows = ask(BOOK, measure="list").rows
    assert [(r.date.isoformat(), r.value) for r in rows] == [
        ("2025-01-10", 100),
        ("2025-03-05", 200),
        ("2025-04-01", None),
        ("2025-06-11", 300),
    ]


@pytest.mark.parametrize(
    ("group_by", "expected"),
    [
        ("month", {"2025-01": 100, "2025-03": 200, "2025-04": None, "2025-06": 300}),
        ("year", {"2025": 600}),
        ("week", {"2025-W02": 100, "2025-W10": 200, "2025-W14": None, "2025-W24": 300}),
        ("day", {"2025-01-10": 100, "2025-03-05": 200, "2025-04-01": None, "2025-06-11": 300}),
        ("agreement", {"istanbul-2025-06-02": 300}),
        ("recipient", {"ukraine": 600, "russia": 10}),
        ("party", {"ukraine": 600, "russia": 204}),
        ("kind", {"remains": 600}),
    ],
)
def test_breakdown(group_by, expected):
    answer = ask(BOOK, measure="breakdown", group_by=group_by)
    assert {r.label: r.value for r in answer.rows} == expected
    assert answer.value is None


def test_rounds_by_month():
    answer = ask(BOOK, measure="rounds", group_by="month")
    assert [(r.label, r.value) for r in answer.rows] == [
        ("2025-01", 1),
        ("2025-03", 1),
        ("2025-04", 1),
        ("2025-06", 1),
    ]


def test_breakdown_by_kind_of_everything():
    rows = ask(BOOK, measure="breakdown", group_by="kind", kinds=None).rows
    assert {r.label: r.value for r in rows} == {"remains": 600, "prisoners": 60, "civilians": 7}


def test_both_directions_are_rows_and_never_added():
    answer = ask(BOOK, recipient="both")
    assert (answer.value, {r.label: r.value for r in answer.rows}) == (None, {"ukraine": 600, "russia": 10})


def test_the_living_of_two_kinds_are_added():
    answer = ask(BOOK, kinds=("prisoners", "civilians"))
    assert (answer.value, {r.label: r.value for r in answer.rows}) == (67, {"prisoners": 60, "civilians": 7})


def test_remains_are_never_added_to_the_living():
    answer = ask(BOOK, kinds=("remains", "prisoners"))
    assert (answer.value, {r.label: r.value for r in answer.rows}) == (None, {"remains": 600, "prisoners": 60})


@pytest.mark.parametrize("query", [{"recipient": "both"}, {"measure": "breakdown", "group_by": "party"}])
def test_round_in_several_rows_is_counted_once(query):
    answer = ask(BOOK, **query)
    assert (answer.rounds, answer.undisclosed, noted(answer, "undisclosed")) == (4, 1, 1)


def test_compare_is_first_minus_second():
    span = Span(since=day("2025-03-01"), until=day("2025-03-31"))
    answer = ask(BOOK, measure="compare", since="2025-06-01", until="2025-06-30", versus=span)
    assert (answer.value, [(r.label, r.value) for r in answer.rows]) == (100, [("2025-06", 300), ("2025-03", 200)])


def test_compare_with_an_undisclosed_span_has_no_difference():
    span = Span(since=day("2025-04-01"), until=day("2025-04-30"))
    answer = ask(BOOK, measure="compare", since="2025-06-01", until="2025-06-30", versus=span)
    assert (answer.value, [r.value for r in answer.rows]) == (None, [300, None])


def test_conflict_rows_hold_both_figures():
    (row,) = ask(BOOK, measure="conflict", recipient=None).rows
    assert (row.date, row.ukraine, row.russia) == (day("2025-03-05"), 200, 204)


def test_compare_with_a_span_in_the_future_has_no_figure():
    later = Span(since=day("2026-07-01"), until=day("2026-07-31"))
    assert ask(BOOK, measure="compare", since="2025-06-01", until="2025-06-30", versus=later).reason == "future"


def test_compare_never_adds_remains_to_the_living():
    span = Span(since=day("2025-03-01"), until=day("2025-03-31"))
    answer = ask(BOOK, measure="compare", kinds=None, since="2025-06-01", until="2025-06-30", versus=span)
    assert answer.value is None
    assert {(r.label, r.kind): r.value for r in answer.rows if r.value} == {
        ("2025-06", "remains"): 300,
        ("2025-06", "prisoners"): 60,
        ("2025-06", "civilians"): 7,
        ("2025-03", "remains"): 200,
    }


@pytest.mark.parametrize("group_by", ["agreement", "month", "party"])
def test_no_breakdown_adds_remains_to_the_living(group_by):
    rows = ask(BOOK, measure="breakdown", kinds=None, group_by=group_by, since="2025-06-01").rows
    told = {("remains", 300), ("prisoners", 60), ("civilians", 7)}
    if group_by == "agreement":
        told = {("remains", 300)}
    assert {(r.kind, r.value) for r in rows} == told


def test_rounds_of_every_kind_by_month_are_counted_together():
    rows = ask(BOOK, measure="rounds", kinds=None, recipient=None, group_by="month").rows
    assert {r.label: r.value for r in rows} == {"2025-01": 1, "2025-03": 1, "2025-04": 1, "2025-06": 3}


def test_kind_without_records_yet_is_not_zero():
    answer = ask(BOOK, kinds=("remains", "prisoners"), since="2025-01-01", until="2025-03-31")
    assert {r.label: r.value for r in answer.rows} == {"remains": 300}
    assert {n.text: n.date for n in answer.notes if n.kind == "records_begin"} == {
        "remains": day("2025-01-10"),
        "prisoners": day("2025-06-11"),
    }


@pytest.mark.parametrize(
    ("measure", "expected"),
    [("average", {"ukraine": 200, "russia": 10}), ("largest", {"ukraine": 300, "russia": 10})],
)
def test_no_measure_mixes_what_the_two_sides_received(measure, expected):
    answer = ask(BOOK, measure=measure, recipient="both")
    assert (answer.value, {r.label: r.value for r in answer.rows}) == (None, expected)


def test_last_of_both_directions_is_one_round_told_twice():
    answer = ask(BOOK, measure="last", recipient="both", until="2025-02-01")
    assert (answer.date, answer.value, answer.rounds) == (day("2025-01-10"), None, 1)
    assert {r.label: r.value for r in answer.rows} == {"ukraine": 100, "russia": 10}


def test_happened_never_adds_the_two_directions():
    book = ledger(
        claim(1000, round="remains-2025-06-11"),
        claim(30, round="remains-2025-06-11-b", recipient="russia"),
    )
    answer = ask(book, measure="happened", on="2025-06-11", recipient=None)
    assert (answer.value, [r.value for r in answer.rows]) == (None, [1000, 30])


def test_average_of_a_row_is_as_exact_as_that_of_an_answer():
    book = ledger(claim(100, date="2025-06-11"), claim(101, date="2025-06-12"))
    assert ask(book, measure="average").value == 100.5
    assert [r.value for r in ask(book, measure="average", group_by="month").rows] == [100.5]


@pytest.mark.parametrize("measure", ["average", "largest", "smallest", "last"])
def test_span_with_only_undisclosed_rounds_is_answered_without_a_value(measure):
    answer = ask(BOOK, measure=measure, since="2025-04-01", until="2025-04-30")
    assert (answer.status, answer.value, answer.undisclosed) == ("answered", None, 1)


def test_first_in_a_span_that_begins_before_the_records_says_where_they_begin():
    answer = ask(BOOK, measure="first", since="2020-01-01")
    assert [n.date for n in answer.notes if n.kind == "records_begin"] == [day("2025-01-10")]


@pytest.mark.parametrize("newer", [{"count": None}, {"count": 700, "partial": True}])
def test_claimed_total_passes_over_what_is_no_total_of_all(newer):
    book = ledger(
        claim(date="2025-06-01"),
        claim(600, measure="total", date="2025-06-18"),
        claim(measure="total", date="2025-06-20", **newer),
    )
    assert ask(book, measure="claimed_total").value == 600


def test_identified_of_a_part_is_no_part_of_a_sum():
    book = ledger(claim(100, breakdown={"identified": 80}), claim(20, partial=True, breakdown={"identified": 9}))
    assert ask(book, measure="share_identified").value == 80


def test_as_of_a_time_to_come_knows_no_more_than_now():
    book = ledger(claim(100, date="2026-05-01"), claim(50, date="2026-06-10"))
    assert ask(book, as_of=dt.datetime(2026, 6, 30, tzinfo=dt.UTC)).value == 100


def test_claimed_total_is_held_against_the_ledgers_sum():
    answer = ask(BOOK, measure="claimed_total", party="russia")
    assert (answer.value, answer.date, answer.rows[0].since) == (620, day("2025-06-20"), day("2025-01-01"))
    assert (noted(answer, "ledger_sum"), noted(answer, "total_differs")) == (600, -20)


def test_claimed_total_without_a_party_is_the_receivers():
    assert ask(BOOK, measure="claimed_total").value == 600


def test_claimed_total_of_a_person():
    assert ask(BOOK, measure="claimed_total", claimant="Medinsky", party="russia").value == 620


def test_claimed_total_with_a_start_that_nobody_named():
    answer = ask(BOOK, measure="claimed_total", party="russia", since="2024-01-01")
    assert (answer.status, answer.reason) == ("no_data", "party_silent")


def test_happened():
    assert ask(BOOK, measure="happened", on="2025-06-11").value == 300
    nothing = ask(BOOK, measure="happened", on="2025-06-12")
    assert (nothing.status, nothing.value, nothing.date) == ("answered", 0, day("2025-06-12"))
    undisclosed = ask(BOOK, measure="happened", on="2025-04-01")
    assert (undisclosed.value, undisclosed.date, undisclosed.undisclosed) == (None, day("2025-04-01"), 1)
    assert ask(BOOK, measure="happened", on="2019-04-01").status == "no_data"


def test_days_since():
    answer = ask(BOOK, measure="days_since", now=dt.datetime(2025, 6, 21, tzinfo=dt.UTC))
    assert (answer.value, answer.date) == (10, day("2025-06-11"))


def test_share_identified_names_what_it_is_a_part_of():
    answer = ask(BOOK, measure="share_identified")
    assert (answer.value, [(r.value, r.identified) for r in answer.rows]) == (80, [(200, 80)])
    assert ask(BOOK, measure="share_identified", since="2025-06-01").status == "no_data"


def test_only_rounds_of_an_agreement():
    assert ask(BOOK, agreement="istanbul-2025-06-02").value == 300
    assert ask(BOOK, agreement="no-such-2025-01-01").reason == "not_recorded"


def test_why_tells_of_each_claim_whether_it_counted():
    uses = {(u.claim.count, u.use) for u in explain(BOOK, Query(), now=NOW, timezone=KYIV)}
    assert uses == {
        (100, "headline"),
        (200, "headline"),
        (204, "other_party"),
        (None, "undisclosed"),
        (300, "headline"),
        (50, "partial"),
    }


def test_why_says_that_an_administrator_chose_another():
    book = ledger(claim(1245), claim(1240, party="other", pinned=True), claim(1248, party="russia"))
    uses = {(u.claim.count, u.use) for u in explain(book, Query(), now=NOW, timezone=KYIV)}
    assert uses == {(1240, "pinned"), (1245, "overruled"), (1248, "overruled")}


def test_query_survives_json():
    query = Query(
        measure="compare",
        kinds=None,
        recipient="both",
        since=day("2025-01-01"),
        versus=Span(until=day("2025-06-01")),
        as_of=NOW,
        claimant="Medinsky",
        party="russia",
        group_by="week",
        agreement="istanbul-2025-06-02",
    )
    assert query_from_json(query_to_json(query)) == query


days = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31))


@given(st.lists(st.tuples(days, st.integers(1, 500)), min_size=1, max_size=40, unique_by=lambda x: x[0]), days, days)
def test_running_sums_agree_with_adding_one_by_one(rounds, one, other):
    since, until = min(one, other), max(one, other)
    book = ledger(*(claim(n, date=d) for d, n in rounds))
    inside = [n for d, n in rounds if since <= d <= until]
    for measure, expected in (("largest", max), ("smallest", min)):
        answer = ask(book, measure=measure, since=since, until=until)
        assert answer.value == (expected(inside) if inside else None)
    total = ask(book, since=since, until=until)
    if total.status == "answered":
        assert (total.value, total.rounds) == (sum(inside), len(inside))
    by_month = ask(book, measure="breakdown", group_by="month", since=since, until=until)
    assert sum(r.value for r in by_month.rows) == sum(inside)
