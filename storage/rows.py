"""Rows of the ledger's tables as agreements, rounds and claims, and the statements that read them.

What both ways into the database share: `storage.ledger` by SQLAlchemy, `storage.plain` without it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, TypeVar

from bot.domain.claims import Claim
from bot.domain.rounds import Agreement, Round

Object = TypeVar("Object", Agreement, Round, Claim)

#: The newest migration; `storage.migrate` brings older databases up to it.
HEAD = "0001"
#: The objects of the ledger and their tables, in the order in which they are recorded: what is referred to comes first.
TABLES: Mapping[type, str] = {Agreement: "agreements", Round: "rounds", Claim: "claims"}

REVISION = "SELECT version_num FROM alembic_version"
VERSION = "SELECT version FROM counters"
#: The version after the last change that was recorded by `:at`; null where there was none.
VERSION_AT = "SELECT max(version) FROM audit WHERE at <= :at"

_EMPTY: Mapping[str, Any] = MappingProxyType({})


def field_names(made: type) -> list[str]:
    """Return the fields of an object, which are the columns of its table."""
    return [field.name for field in fields(made)]


def standing(made: type) -> str:
    """Return the statement that reads the objects as they stood at `:version`, a column a field, in no order."""
    return (
        f"SELECT {', '.join(field_names(made))} FROM {TABLES[made]} "
        "WHERE from_version <= :version AND (until_version IS NULL OR until_version > :version)"
    )


def objects(made: type[Object], rows: Iterable[Iterable[Any]], shared: dict[Any, Any] | None = None) -> list[Object]:
    """Make the objects of rows, each with a value a field.

    Args:
        shared: Texts and days that were met before; equal ones are kept once. None: these rows' own.
    """
    names = field_names(made)
    kept = ({} if shared is None else shared).setdefault
    found: list[Object] = []
    for row in rows:
        values = {
            name: kept(value, value) if type(value) in (str, dt.date) else value
            for name, value in zip(names, row, strict=True)
        }
        if made is Claim:
            values["breakdown"] = _frozen(values["breakdown"])
        elif made is Agreement:
            values["names"] = MappingProxyType({lang: tuple(names) for lang, names in values["names"].items()})
            values["terms"] = _frozen(values["terms"])
        found.append(made(**values))
    return found


def _frozen(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(values) if values else _EMPTY
