"""A query as JSON is read back as it was."""

import datetime as dt

import pytest

from bot.domain.queries import GROUPS, MEASURES, Query, Span, query_from_json, query_to_json
from tests.builders import day

KEYS = [
    "measure",
    "kinds",
    "recipient",
    "since",
    "until",
    "agreement",
    "party",
    "group_by",
    "as_of",
    "versus",
    "claimant",
]


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(kinds=None, recipient=None),
        Query(
            measure="compare", since=day("2025-06-01"), until=day("2025-06-30"), versus=Span(since=day("2025-07-01"))
        ),
        Query(agreement="istanbul-2025-06-02", party="russia", claimant="Medinsky", recipient="both"),
        Query(as_of=dt.datetime(2025, 6, 20, 20, 59, 59, tzinfo=dt.UTC)),
        *(Query(measure=measure) for measure in MEASURES),
        *(Query(measure="breakdown", group_by=group) for group in GROUPS),
    ],
)
def test_query_survives(query: Query) -> None:
    values = query_to_json(query)

    assert list(values) == KEYS
    assert query_from_json(values) == query


def test_absent_keys_are_null() -> None:
    assert query_from_json({"measure": "rounds"}) == Query(measure="rounds", kinds=None, recipient=None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"measure": "guess"},
        {"measure": "total", "kinds": ["tanks"]},
        {"measure": "total", "recipient": "france"},
        {"measure": "total", "party": "both"},
        {"measure": "total", "group_by": "hour"},
        {"measure": "total", "since": "soon"},
    ],
)
def test_value_that_no_query_holds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"is none of|Invalid isoformat"):
        query_from_json(wrong)
