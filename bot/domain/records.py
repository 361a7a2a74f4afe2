"""Agreements, rounds and claims as JSON records and back (contract, section 2).

The keys stand in the order of the format, so that what was read writes the same bytes.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.claims import CLAIM_MEASURES, KINDS, PARTIES, QUALIFIERS, RECIPIENTS, Claim
from bot.domain.rounds import Agreement, Round
from bot.errors import InvalidRecord

#: No number in a record is beyond this.
LARGEST = 2**31 - 1
#: Halves of characters, and the one that ends texts in databases.
_UNWRITABLE = re.compile("[\ud800-\udfff\x00]")
Record = dict[str, Any]
_Word = TypeVar("_Word", bound=str)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What a file holds, each in the order of the file."""

    agreements: tuple[Agreement, ...] = ()
    rounds: tuple[Round, ...] = ()
    claims: tuple[Claim, ...] = ()


def agreement_record(agreement: Agreement) -> Record:
    """Return the record of an agreement."""
    return {
        "type": "agreement",
        "id": agreement.id,
        "date": agreement.date.isoformat(),
        "place": agreement.place,
        "names": {lang: list(names) for lang, names in agreement.names.items()},
        "summary": agreement.summary,
        "terms": dict(agreement.terms),
        "url": agreement.url,
    }


def round_record(of: Round) -> Record:
    """Return the record of a round."""
    return {
        "type": "round",
        "id": of.id,
        "kind": of.kind,
        "date": of.date.isoformat(),
        "agreement": of.agreement,
        "ordinal": of.ordinal,
        "category": of.category,
        "mediator": of.mediator,
        "note": of.note,
    }


def claim_record(claim: Claim) -> Record:
    """Return the record of a claim; its number, pin and quote are the ledger's own and not part of it."""
    return {
        "type": "claim",
        "round": claim.round,
        "kind": claim.kind,
        "recipient": claim.recipient,
        "measure": claim.measure,
        "count": claim.count,
        "qualifier": claim.qualifier,
        "date": claim.date.isoformat(),
        "since": claim.since.isoformat() if claim.since else None,
        "party": claim.party,
        "claimant": claim.claimant,
        "publisher": claim.publisher,
        "url": claim.url,
        "published": claim.published.isoformat() if claim.published else None,
        "breakdown": dict(claim.breakdown),
        "lang": claim.lang,
        "partial": claim.partial,
    }


def line(record: Record) -> str:
    """Write a record as one line, without its end."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def parse_agreement(record: Mapping[str, Any]) -> Agreement:
    """Read an agreement.

    Raises:
        InvalidRecord: a key is missing, unknown or of the wrong form.
    """
    fields = _Fields(record)
    return fields.done(
        Agreement(
            id=fields.text("id"),
            date=fields.day("date"),
            place=fields.text("place", ""),
            names={
                lang: tuple(_is(name, str, f"names.{lang}") for name in _is(names, list, f"names.{lang}"))
                for lang, names in fields.mapping("names").items()
            },
            summary=fields.text("summary", ""),
            terms={key: _is(value, (int, str), f"terms.{key}") for key, value in fields.mapping("terms").items()},
            url=fields.text("url", ""),
        )
    )


def parse_round(record: Mapping[str, Any]) -> Round:
    """Read a round.

    Raises:
        InvalidRecord: a key is missing, unknown or of the wrong form.
    """
    fields = _Fields(record)
    return fields.done(
        Round(
            id=fields.text("id"),
            kind=fields.word("kind", KINDS),
            date=fields.day("date"),
            agreement=fields.maybe("agreement", str),
            ordinal=fields.maybe("ordinal", int),
            category=fields.maybe("category", str),
            mediator=fields.maybe("mediator", str),
            note=fields.maybe("note", str),
        )
    )


def parse_claim(record: Mapping[str, Any]) -> Claim:
    """Read a claim.

    Raises:
        InvalidRecord: a key is missing, unknown or of the wrong form, or two of them contradict each other.
    """
    fields = _Fields(record)
    claim = fields.done(
        Claim(
            round=fields.maybe("round", str),
            kind=fields.word("kind", KINDS),
            recipient=fields.word("recipient", RECIPIENTS),
            measure=fields.word("measure", CLAIM_MEASURES, "round"),
            count=fields.maybe("count", int),
            qualifier=fields.word("qualifier", QUALIFIERS, "exact"),
            date=fields.day("date"),
            since=fields.maybe_day("since"),
            party=fields.word("party", PARTIES),
            claimant=fields.text("claimant"),
            publisher=fields.text("publisher"),
            url=fields.text("url", ""),
            published=fields.maybe_day("published"),
            breakdown={k: _is(v, int, f"breakdown.{k}") for k, v in fields.mapping("breakdown").items()},
            lang=fields.text("lang", "en"),
            partial=bool(fields.maybe("partial", bool)),
        )
    )
    if problem := claim_problem(claim):
        raise InvalidRecord(problem)
    return claim


def claim_problem(claim: Claim) -> str | None:
    """Say what contradicts itself in a claim; None where nothing does."""
    if (claim.count is None) != (claim.qualifier == "undisclosed"):
        return 'count must be null where qualifier is "undisclosed", and only there'
    if claim.count is not None and claim.count < 0:
        return f"count {claim.count} is negative"
    if claim.measure == "round" and claim.round is None:
        return "a claim of a round's figure must name its round"
    if claim.measure == "round" and claim.since is not None:
        return "since belongs to a total, not to a round's figure"
    if claim.since is not None and claim.since > claim.date:
        return f"since {claim.since} is later than date {claim.date}"
    return None


def read_records(
    lines: Iterable[str], *, known_agreements: Iterable[str] = (), known_rounds: Iterable[Round] = ()
) -> Records:
    """Read a file in the interchange format.

    Args:
        lines: Its lines; blank ones are passed over.
        known_agreements: Ids that stand in the ledger already.
        known_rounds: What stands in the ledger already.

    Raises:
        InvalidRecord: the first line that does not fit, with its number and the reason. Lines may refer to later ones.
    """
    agreements: dict[str, tuple[int, Agreement]] = {}
    rounds: dict[str, tuple[int, Round]] = {}
    claims: list[tuple[int, Claim]] = []
    for number, text in _numbered_lines(lines):
        if not text.strip():
            continue
        with _numbered(number):
            record = _record(text)
            match record.get("type"):
                case "agreement":
                    _add(agreements, (number, parse_agreement(record)))
                case "round":
                    _add(rounds, (number, parse_round(record)))
                case "claim":
                    claims.append((number, parse_claim(record)))
                case other:
                    raise InvalidRecord(f'type is {other!r}; it must be "agreement", "round" or "claim"')
    agreement_ids = {*known_agreements, *agreements}
    for number, this_round in rounds.values():
        if this_round.agreement is not None and this_round.agreement not in agreement_ids:
            raise InvalidRecord(f"there is no agreement {this_round.agreement!r}", line=number)
    kinds = {r.id: r.kind for r in known_rounds}
    claimed = set(kinds)
    kinds |= {r.id: r.kind for _, r in rounds.values()}
    for number, claim in claims:
        if claim.round is None:
            continue
        if claim.round not in kinds:
            raise InvalidRecord(f"there is no round {claim.round!r}", line=number)
        if kinds[claim.round] != claim.kind:
            raise InvalidRecord(f"the round's kind is {kinds[claim.round]!r}", line=number)
        if claim.measure == "round":
            claimed.add(claim.round)
    for number, this_round in rounds.values():
        if this_round.id not in claimed:
            raise InvalidRecord(f"round {this_round.id!r} has no claim; every round has at least one", line=number)
    return Records(
        agreements=tuple(a for _, a in agreements.values()),
        rounds=tuple(r for _, r in rounds.values()),
        claims=tuple(c for _, c in claims),
    )


def write_records(records: Records) -> Iterator[str]:
    """Write the lines of a file, each without its end: agreements, rounds, claims."""
    yield from (line(agreement_record(a)) for a in records.agreements)
    yield from (line(round_record(r)) for r in records.rounds)
    yield from (line(claim_record(c)) for c in records.claims)


class _numbered:
    """Give the line's number to what is wrong in it."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, InvalidRecord) and not error.line:
            raise InvalidRecord(error.reason, line=self.number) from None


def _numbered_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Number the lines from 1, without the mark that some programs put before the first."""
    number, rest = 1, iter(lines)
    while True:
        try:
            text = next(rest)
        except StopIteration:
            return
        except UnicodeDecodeError as error:
            # What could not be decoded is a piece of the file that begins in this line.
            number += error.object[: error.start].count(b"\n")
            raise InvalidRecord("it is no UTF-8", line=number) from None
        yield number, text.removeprefix("\ufeff") if number == 1 else text
        number += 1


def _record(text: str) -> Record:
    try:
        record = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise InvalidRecord(f"it is no JSON: {error}") from None
    found: Record = _is(record, dict, "the line")
    return found


def _object(pairs: list[tuple[str, Any]]) -> Record:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise InvalidRecord(f"key {next(key for key in keys if keys.count(key) > 1)!r} stands in it twice")
    return found


def _add(found: dict[str, tuple[int, Any]], numbered: tuple[int, Any]) -> None:
    known = found.setdefault(numbered[1].id, numbered)
    if known[1] != numbered[1]:
        raise InvalidRecord(f"id {numbered[1].id!r} stands in line {known[0]} already, with other values")


def _is(value: Any, kind: type | tuple[type, ...], name: str) -> Any:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        wanted = " or ".join(_NAMES[k] for k in kinds)
        raise InvalidRecord(f"{name} must be {wanted}, not {value!r}")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise InvalidRecord(f"{name} {value} is too large")
    if isinstance(value, str) and _UNWRITABLE.search(value):
        raise InvalidRecord(f"{name} holds a character that is none")
    return value


_NAMES = {str: "text", int: "a whole number", list: "a list", dict: "an object", bool: "true or false"}


class _Fields:
    """The keys of a record, each taken once."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.left = {key: value for key, value in record.items() if key != "type"}

    def done(self, value: _Value) -> _Value:
        if self.left:
            raise InvalidRecord(f"unknown key {next(iter(self.left))!r}")
        return value

    def maybe(self, name: str, kind: type) -> Any:
        value = self.left.pop(name, None)
        return None if value is None else _is(value, kind, name)

    def _required(self, name: str, default: Any) -> Any:
        value = self.left.pop(name, None)
        value = default if value is None else value
        if value is None:
            raise InvalidRecord(f"{name} is missing")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        value: str = _is(self._required(name, default), str, name)
        if not value and default is None:
            raise InvalidRecord(f"{name} is empty")
        return value

    def word(self, name: str, words: tuple[_Word, ...], default: _Word | None = None) -> _Word:
        value = self._required(name, default)
        if value not in words:
            raise InvalidRecord(f"{name} is {value!r}; it must be one of {', '.join(words)}")
        return words[words.index(value)]

    def day(self, name: str) -> dt.date:
        return _day(self._required(name, None), name)

    def maybe_day(self, name: str) -> dt.date | None:
        value = self.left.pop(name, None)
        return None if value is None else _day(value, name)

    def mapping(self, name: str) -> dict[str, Any]:
        value: dict[str, Any] = _is(self.left.pop(name, None) or {}, dict, name)
        return {_is(key, str, name): inner for key, inner in value.items()}


def _day(value: Any, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidRecord(f"{name} must be a day such as 2025-06-11, not {value!r}") from None


#: How a record of each type is read.
PARSERS: Mapping[str, Callable[[Mapping[str, Any]], Agreement | Round | Claim]] = {
    "agreement": parse_agreement,
    "round": parse_round,
    "claim": parse_claim,
}
