"""The interchange format: read, refused with line and reason, and written byte for byte."""

import importlib.resources
import json

import pytest

from bot.domain.records import parse_round, read_records, write_records
from bot.errors import InvalidRecord

ROUND = {"type": "round", "id": "remains-2025-06-11", "kind": "remains", "date": "2025-06-11"}
CLAIM = {
    "type": "claim",
    "round": "remains-2025-06-11",
    "kind": "remains",
    "recipient": "ukraine",
    "count": 1212,
    "date": "2025-06-11",
    "party": "ukraine",
    "claimant": "Coordination Headquarters",
    "publisher": "Ukrinform",
}


def read(*records):
    return read_records([json.dumps(r) for r in records])


def test_bundled_ledger_is_written_as_it_was_read():
    text = (importlib.resources.files("bot") / "data" / "ledger.jsonl").read_text(encoding="utf-8")
    assert "".join(f"{line}\n" for line in write_records(read_records(text.splitlines()))) == text


def test_absent_keys_take_their_default():
    (found,) = read(ROUND, CLAIM).claims
    assert (found.measure, found.qualifier, found.partial, dict(found.breakdown)) == ("round", "exact", False, {})


def test_a_claim_may_stand_before_its_round():
    assert len(read(CLAIM, ROUND).claims) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"count": -1}, "negative"),
        ({"count": "1212"}, "count must be a whole number"),
        ({"count": True}, "count must be a whole number"),
        ({"count": None}, "undisclosed"),
        ({"qualifier": "undisclosed"}, "undisclosed"),
        ({"qualifier": "roughly"}, "exact, about, at_least, undisclosed"),
        ({"kind": "bodies"}, "remains, prisoners, civilians, children"),
        ({"kind": "prisoners"}, "the round's kind"),
        ({"date": "11.06.2025"}, "2025-06-11"),
        ({"date": None}, "date is missing"),
        ({"round": "remains-2025-06-12"}, "no round"),
        ({"round": None}, "must name its round"),
        ({"since": "2025-01-01"}, "since belongs to a total"),
        ({"measure": "total", "since": "2026-01-01"}, "later than"),
        ({"party": "moscow"}, "ukraine, russia, other"),
        ({"claimant": ""}, "claimant is empty"),
        ({"breakdown": {"soldiers": "x"}}, "breakdown.soldiers"),
        ({"coutn": 3}, "unknown key 'coutn'"),
    ],
)
def test_a_line_that_does_not_fit_is_named(change, reason):
    with pytest.raises(InvalidRecord) as caught:
        read(ROUND, {**CLAIM, **change})
    assert caught.value.line == 2
    assert reason in caught.value.reason


@pytest.mark.parametrize("line", ["not json", "[]", "{", '{"type":"rounds"}', "12"])
def test_what_is_no_record_is_named(line):
    with pytest.raises(InvalidRecord) as caught:
        read_records(["", json.dumps(ROUND), line])
    assert caught.value.line == 3


def test_a_round_without_a_claim_is_refused():
    with pytest.raises(InvalidRecord, match="has no claim"):
        read(ROUND)


def test_an_unknown_agreement_is_refused():
    with pytest.raises(InvalidRecord, match="no agreement"):
        read({**ROUND, "agreement": "istanbul"}, CLAIM)


def test_one_id_with_two_meanings_is_refused():
    with pytest.raises(InvalidRecord, match="stands in line 1"):
        read(ROUND, {**ROUND, "date": "2025-06-12"}, CLAIM)


def test_rounds_that_stand_already_may_get_claims():
    assert len(read_records([json.dumps(CLAIM)], known_rounds=[parse_round(ROUND)]).claims) == 1


def test_claim_of_another_kind_than_its_round_that_stands_is_named():
    line = json.dumps({**CLAIM, "kind": "prisoners"})
    with pytest.raises(InvalidRecord, match="kind is 'remains'") as caught:
        read_records([line], known_rounds=[parse_round(ROUND)])
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (json.dumps({**CLAIM, "count": 10**30}), "too large"),
        (json.dumps({**CLAIM, "claimant": "\ud800"}), "claimant holds a character"),
        (json.dumps({**CLAIM, "claimant": "a\0b"}), "claimant holds a character"),
        (json.dumps({**CLAIM, "breakdown": {"\udfff": 1}}), "breakdown holds a character"),
        (json.dumps({**ROUND, "agreement": ""}), "no agreement ''"),
        ('{"type":"claim","count":1,"count":2}', "key 'count' stands in it twice"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_what_no_database_holds_is_named(line, reason):
    with pytest.raises(InvalidRecord) as caught:
        read_records([json.dumps(ROUND), line] if "agreement" not in line else ["", line])
    assert caught.value.line == 2
    assert reason in caught.value.reason


@pytest.mark.parametrize("filler", [0, 10_000])
def test_line_that_is_no_utf_8_is_named(tmp_path, filler):
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b"\n" * filler + json.dumps(ROUND).encode() + b"\n\xff\n")
    with path.open(encoding="utf-8") as lines, pytest.raises(InvalidRecord, match="no UTF-8") as caught:
        read_records(lines)
    assert caught.value.line == filler + 2


def test_byte_order_mark_is_no_part_of_the_file():
    assert len(read_records(["\ufeff" + json.dumps(ROUND), "\r\n", json.dumps(CLAIM) + "\r\n"]).claims) == 1
