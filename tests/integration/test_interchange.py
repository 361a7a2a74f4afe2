"""Files in and out of the ledger: the same bytes again, and whole or not at all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.decisions import ChangeSet
from bot.errors import InvalidRecord
from bot.services.interchange import export_lines, import_lines
from storage.database import Database, open_database
from tests.builders import NOW

DEAL: dict[str, object] = {
    "type": "agreement",
    "id": "istanbul-2025-06-02",
    "date": "2025-06-02",
    "names": {"uk": ["Стамбул"], "en": []},
}


def a_round(day: int, **fields: object) -> dict[str, object]:
    date = f"2025-06-{day:02}"
    return {"type": "round", "id": f"remains-{date}", "kind": "remains", "date": date, **fields}


def a_claim(day: int, count: int | None = 1212, **fields: object) -> dict[str, object]:
    date = f"2025-06-{day:02}"
    told = {"count": count, "party": "ukraine", "claimant": "Штаб", "publisher": "Укрінформ"}
    return {
        "type": "claim", "round": f"remains-{date}", "kind": "remains", "recipient": "ukraine", "date": date,
        **told, **fields,
    }  # fmt: skip


#: Claims before their rounds, days out of order, the same day in several kinds of claim.
FILE: list[dict[str, object]] = [
    a_claim(16, 1245, breakdown={"soldiers": 1200, "identified": 3}),
    a_claim(11),
    a_claim(16, 1248, party="russia", recipient="russia"),
    a_round(16, agreement="istanbul-2025-06-02", note="«зі слів» \u2028 “…”"),
    a_claim(14, None, qualifier="undisclosed"),
    a_round(11, ordinal=69),
    a_claim(13, measure="total", round=None, since="2025-06-02", count=6057, partial=True),
    a_claim(11, published="2025-06-12", lang="uk"),
    a_round(14),
    DEAL,
]


def lines(*records: dict[str, object]) -> list[str]:
    return [json.dumps(record) for record in records]


async def exported(database: Database) -> list[str]:
    return list(export_lines(await database.ledger.load()))


async def test_what_is_exported_and_imported_is_exported_to_the_same_bytes(database: Database, tmp_path: Path) -> None:
    await import_lines(database.ledger, lines(*FILE), at=NOW)
    # A claim that changed its day keeps its number; a retracted one leaves a gap.
    claims = (await database.ledger.load()).claims
    moved = next(c for c in claims if c.measure == "total")
    gone = next(c for c in claims if c.count == 1248)
    late = replace(moved, date=moved.date.replace(day=16))
    change = ChangeSet(author="7", reason="edit", at=NOW, claims=(late,), retracted_claims=(gone.id or 0,))
    await database.ledger.apply(change)
    first = await exported(database)

    async with await open_database(f"sqlite+aiosqlite:///{tmp_path}/empty.db") as empty:
        await import_lines(empty.ledger, first, at=NOW)
        assert await exported(empty) == first


async def test_same_file_twice_changes_nothing(database: Database) -> None:
    await import_lines(database.ledger, lines(*FILE), at=NOW)
    again = await import_lines(database.ledger, lines(*FILE), at=NOW)

    assert (again.unchanged, again.version) == (True, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        a_round(20, agreement="nowhere"),
        a_claim(20),
        a_claim(11, kind="prisoners"),
        a_round(21),
        {**a_round(11), "date": "2025-06-12"},
    ],
)
async def test_one_bad_line_and_nothing_of_the_file_is_imported(database: Database, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        await import_lines(database.ledger, lines(*FILE, wrong), at=NOW)

    assert caught.value.line == len(FILE) + 1
    assert (await database.ledger.version(), await exported(database)) == (0, [])
