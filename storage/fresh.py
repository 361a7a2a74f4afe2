"""A new SQLite database with a ledger in it, made without SQLAlchemy: the first question is answered quickly too.

What comes of it is what `storage.database` and an import make; a test holds one against the other.
"""

import contextlib
import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.domain.claims import Claim
from bot.domain.reasons import reason
from bot.domain.records import Records
from bot.domain.rounds import Agreement, Round
from storage.plain import file_of, written
from storage.rows import TABLES, field_names

_SCHEMA = Path(__file__).with_name("schema.sql")
_MARKS = ("from_version", "recorded_from", "recorded_by")
_AUDIT = "INSERT INTO audit (id, at, author, reason, version) VALUES (1, ?, ?, ?, 1)"


def is_absent(url: str) -> bool:
    """Tell whether this is the address of a SQLite file that is not there."""
    name = file_of(url)
    return name is not None and not os.path.lexists(name)


def make_fresh(url: str, records: Records, *, author: str, at: dt.datetime) -> bool:
    """Make a database that is not there yet, with these records as the first version of its ledger.

    Args:
        records: Each once.

    Returns:
        Whether it was made. Else nothing was: it is there already, or it is for `storage.database` to make or to say
        why it cannot be made.
    """
    name = file_of(url)
    if name is None:
        return False
    path = Path(name)
    made = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fill(made, records, author=author, at=at)
        # Takes the name only where nobody else has it by now.
        os.link(made, path)
    except (sqlite3.Error, OSError):
        return False
    finally:
        with contextlib.suppress(OSError):
            made.unlink()
    return True


def _fill(made: Path, records: Records, *, author: str, at: dt.datetime) -> None:
    with contextlib.closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # a file that was half made is thrown away
        connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
        claims = [replace(claim, id=number) for number, claim in enumerate(records.claims, 1)]
        connection.execute("BEGIN")
        connection.execute(_AUDIT, (written(at), author, reason("import")))
        _insert(connection, Agreement, records.agreements, at)
        _insert(connection, Round, records.rounds, at)
        _insert(connection, Claim, claims, at)
        connection.execute("UPDATE counters SET version = 1, claim = ?", (len(claims),))
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def _insert(connection: sqlite3.Connection, made: type, objects: Sequence[Any], at: dt.datetime) -> None:
    names = field_names(made)
    columns = (*names, *_MARKS)
    statement = f"INSERT INTO {TABLES[made]} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    connection.executemany(statement, ((*_values(of, names), 1, written(at), 1) for of in objects))


def _values(of: Any, names: Sequence[str]) -> Iterator[Any]:
    for name in names:
        value = getattr(of, name)
        if isinstance(value, Mapping):
            yield json.dumps({key: list(inner) if isinstance(inner, tuple) else inner for key, inner in value.items()})
        else:
            yield value.isoformat() if isinstance(value, dt.date) else value
