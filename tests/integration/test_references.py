"""A reference names one answer for good: no other answer ever comes under it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.queries import Query, query_to_json
from bot.services.references import References, Referred
from storage.database import Database
from tests.builders import NOW

DAY = dt.timedelta(days=1)
REMAINS, PRISONERS = Query(kinds=("remains",)), Query(kinds=("prisoners",))


class EveryNameIsFree:
    """A store that keeps nothing: it tells what a question is called where nothing stands in its way."""

    async def save(
        self, ref: str, query: Mapping[str, Any], version: int, now: dt.datetime
    ) -> tuple[Mapping[str, Any], int, dt.datetime]:
        return query, version, now

    async def get(self, ref: str) -> None:
        return None


@pytest.mark.parametrize(
    ("query", "version", "at"),
    [(PRISONERS, 1, NOW), (REMAINS, 2, NOW), (REMAINS, 1, NOW + DAY)],
    ids=["another question", "another ledger", "another day"],
)
async def test_name_that_another_answer_has_is_not_given_again(
    database: Database, query: Query, version: int, at: dt.datetime
) -> None:
    first_choice = await References(EveryNameIsFree(), timezone=dt.UTC).name(REMAINS, version=1, now=NOW)
    await database.refs.save(first_choice, query_to_json(query), version, at)

    names = [await References(database.refs, timezone=dt.UTC).name(REMAINS, version=1, now=NOW) for _ in range(2)]
    references = References(database.refs, timezone=dt.UTC)
    found = [await references.get(ref) for ref in (first_choice, names[0].lower())]

    assert names[0] == names[1] != first_choice
    assert found == [
        Referred(query=query, beside=None, version=version, at=at),
        Referred(query=REMAINS, beside=None, version=1, at=NOW),
    ]


async def test_figure_beside_is_a_part_of_the_name(database: Database) -> None:
    references = References(database.refs, timezone=dt.UTC)
    alone = await references.name(REMAINS, version=1, now=NOW)
    together = await references.name(REMAINS, beside=PRISONERS, version=1, now=NOW)
    found = [await references.get(ref) for ref in (alone, together)]

    assert [one and one.beside for one in found] == [None, PRISONERS]
