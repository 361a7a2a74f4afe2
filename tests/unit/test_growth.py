"""What a question costs does not grow with the ledger: counted in rounds that are looked at, not in seconds."""

import datetime as dt
from collections.abc import Iterator

import pytest

import bot.domain.series
from bot.domain.compute import compute
from bot.domain.ledger import Ledger
from bot.domain.queries import GroupBy, Measure, Query
from tests.builders import a_round, claim, ledger

NOW = dt.datetime(2025, 12, 31, 12, tzinfo=dt.UTC)
ROUNDS = 3_000


@pytest.fixture(scope="module")
def large() -> Ledger:
    """Return a prepared ledger of many rounds: both ways, disputed, undisclosed and told in parts."""
    rounds, claims = [], []
    for i in range(ROUNDS):
        kind = ("remains", "prisoners")[i % 2]
        day = dt.date(2025, 1, 1) + dt.timedelta(days=i % 360)
        rounds.append(a_round(f"{kind}-{day}-{i}", kind=kind, date=day))
        of_round = {"round": rounds[-1].id, "kind": kind, "date": day}
        claims.append(claim(None if i % 7 == 0 else 10 + i % 90, id=i * 2, **of_round))
        of_round["breakdown"] = {"identified": i % 5} if i % 2 else {}
        other = {"recipient": "russia" if i % 3 else "ukraine", "party": "russia", "partial": i % 7 == 0}
        claims.append(claim(11 + i % 80, id=i * 2 + 1, **of_round, **other))
    made = ledger(*claims, rounds=rounds)
    made.prepare()
    return made


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Collect whose figure is worked out."""
    seen: list[object] = []
    choose = bot.domain.series.choose_headline

    def counting(claims, **values):
        seen.append(claims)
        return choose(claims, **values)

    monkeypatch.setattr(bot.domain.series, "choose_headline", counting)
    return seen


MEASURES: tuple[Measure, ...] = (
    "total", "rounds", "last", "first", "largest", "smallest", "average", "list", "breakdown", "happened", "days_since",
    "conflict", "share_identified",
)  # fmt: skip


@pytest.mark.parametrize("party", [None, "russia"])
@pytest.mark.parametrize("recipient", [None, "ukraine", "both"])
@pytest.mark.parametrize("measure", MEASURES)
def test_a_question_works_out_few_rounds(large, looked_at, measure, recipient, party) -> None:
    for group_by in (None, "month", "recipient") if measure in ("total", "breakdown") else (None,):
        looked_at.clear()
        query = Query(
            measure=measure, kinds=("remains", "prisoners"), recipient=recipient, party=party, group_by=group_by
        )
        answer = compute(large, query, now=NOW, timezone=dt.UTC)

        assert answer.status == "answered"
        assert len(looked_at) < 120, group_by


def test_a_long_list_is_worked_out_as_far_as_it_is_read(large, looked_at) -> None:
    query = Query(measure="list", kinds=("remains", "prisoners"), recipient="both")
    rows = compute(large, query, now=NOW, timezone=dt.UTC).rows
    looked_at.clear()
    page = rows[20:30]

    assert 0 < len(looked_at) < 120
    assert len(page) == 10
    assert len(rows) > ROUNDS
    whole = tuple(rows)
    assert page == whole[20:30]
    assert rows[-1] == whole[-1]
    assert whole == tuple(sorted(whole, key=lambda row: (row.date, row.round, row.recipient == "russia")))
    assert rows == whole
    again = compute(large, query, now=NOW, timezone=dt.UTC).rows
    assert (rows, hash(rows)) == (again, hash(again))
    assert rows != whole[:-1]


@pytest.mark.parametrize("group_by", ["day", "week", "month", "year", "kind", "recipient", "party"])
def test_prepared_or_not_the_figures_are_the_same(large: Ledger, group_by: GroupBy) -> None:
    fresh = Ledger(version=large.version, agreements=large.agreements, rounds=large.rounds, claims=large.claims)
    query = Query(measure="breakdown", kinds=("remains",), group_by=group_by)

    assert compute(fresh, query, now=NOW, timezone=dt.UTC) == compute(large, query, now=NOW, timezone=dt.UTC)
