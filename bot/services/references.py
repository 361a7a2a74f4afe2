"""Permanent names of answers: typed query, version of the ledger and day under a few letters that are never reused."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.queries import Query, query_from_json, query_to_json

if TYPE_CHECKING:
    from bot.ports import RefStore

#: Letters of a reference; a name that is taken by another answer grows by two until it is free.
SHORTEST, LONGER = 6, 2
#: References known to be stored, so that a popular question is not stored again.
SAVED = 10_000
#: Where the record of a query keeps the one whose figure was shown beside.
_BESIDE = "beside"
#: Crockford's: it leaves out what is easily misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Bits of a digest, filled up to whole letters of five.
_BITS = 260
_WRITER = json.JSONEncoder(sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """What a reference names."""

    query: Query
    #: The query whose figure was shown beside; None: none was.
    beside: Query | None
    #: Of the ledger that it was answered from.
    version: int
    #: When it was first asked.
    at: dt.datetime


class References:
    """Names answers, and finds what a name stands for."""

    def __init__(self, store: "RefStore", *, timezone: dt.tzinfo) -> None:
        """Keep the store, and the time zone that says which day an instant is on."""
        self._store = store
        self._timezone = timezone
        #: By digest.
        self._saved: dict[int, str] = {}

    async def name(self, query: Query, *, beside: Query | None = None, version: int, now: dt.datetime) -> str:
        """Return the reference of an answer: the same for the same questions, version and day, and for no other."""
        record, day = _record(query, beside), self._day(now)
        digest = _digest(record, version, day)
        known = self._saved.get(digest)
        if known is not None:
            return known
        for length in range(SHORTEST, _BITS // 5 + 1, LONGER):
            ref = _letters(digest, length)
            stored, of_version, at = await self._store.save(ref, record, version, now)
            if (stored, of_version, self._day(at)) == (record, version, day):
                break
        if len(self._saved) >= SAVED:
            self._saved.clear()
        self._saved[digest] = ref
        return ref

    async def get(self, ref: str) -> Referred | None:
        """Return what a reference names, in whatever case it is written; None where it is unknown."""
        found = await self._store.get(ref.strip().upper())
        if found is None:
            return None
        record, version, at = found
        beside = record.get(_BESIDE)
        return Referred(
            query=query_from_json(record), beside=query_from_json(beside) if beside else None, version=version, at=at
        )

    def _day(self, now: dt.datetime) -> dt.date:
        return now.astimezone(self._timezone).date()


def _record(query: Query, beside: Query | None) -> dict[str, Any]:
    record = query_to_json(query)
    return {**record, _BESIDE: query_to_json(beside)} if beside is not None else record


def _digest(record: Mapping[str, Any], version: int, day: dt.date) -> int:
    text = _WRITER.encode([record, version, day.isoformat()])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()) << _BITS - 256


def _letters(digest: int, length: int) -> str:
    """Return the first letters of a digest, in RFC 4648's order."""
    return "".join([_ALPHABET[digest >> _BITS - 5 * place & 31] for place in range(1, length + 1)])
