"""Agreements, rounds and claims as rows of the database and back, and as records of the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

import sqlalchemy as sa

from bot.domain.claims import Claim
from bot.domain.records import agreement_record, claim_record, round_record
from bot.domain.rounds import Agreement, Round
from storage import schema
from storage.rows import Object, field_names, objects


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Object]):
    """A table of versions and the kind of object that it holds."""

    table: sa.Table
    made: type[Object]

    @property
    def name(self) -> str:
        """Its name in the audit log."""
        return self.table.name

    @property
    def names(self) -> list[str]:
        """The fields of the object, which are the columns."""
        return field_names(self.made)

    @property
    def columns(self) -> list[sa.Column[Any]]:
        """The columns that make the object, in the order of its fields."""
        return [self.table.c[name] for name in self.names]

    def values(self, of: Object) -> dict[str, Any]:
        """Return the row of an object."""
        values = {name: getattr(of, name) for name in self.names}
        for name, value in values.items():
            if isinstance(value, Mapping):
                values[name] = {key: list(v) if isinstance(v, tuple) else v for key, v in value.items()}
        return values

    def read(self, rows: Any, shared: dict[Any, Any] | None = None) -> list[Object]:
        """Make the objects of rows of `columns`; equal values are kept once, also those of `shared`."""
        return objects(self.made, rows, shared)


AGREEMENTS = Shelf(schema.agreements, Agreement)
ROUNDS = Shelf(schema.rounds, Round)
CLAIMS = Shelf(schema.claims, Claim)
#: In the order in which they are recorded: what is referred to comes first.
SHELVES: tuple[Shelf[Any], Shelf[Any], Shelf[Any]] = (AGREEMENTS, ROUNDS, CLAIMS)


def content(claim: Claim) -> tuple[Any, ...]:
    """Return what makes a claim the same as another one: everything but number, pin and quote."""
    return (
        claim.round,
        claim.kind,
        claim.recipient,
        claim.measure,
        claim.count,
        claim.qualifier,
        claim.date,
        claim.since,
        claim.party,
        claim.claimant,
        claim.publisher,
        claim.url,
        claim.published,
        tuple(sorted(claim.breakdown.items())),
        claim.lang,
        claim.partial,
    )


def record(of: Agreement | Round | Claim) -> dict[str, Any]:
    """Return the record that the audit log shows; a claim's holds its number, pin and quote too."""
    if isinstance(of, Agreement):
        return agreement_record(of)
    if isinstance(of, Round):
        return round_record(of)
    return claim_record(of) | {"id": of.id, "pinned": of.pinned, "quote": of.quote}
