"""What a single question needs of a SQLite database, without SQLAlchemy, which takes longer to import than to answer.

The same statements as `storage.ledger` and the same references as `storage.refs`. Whatever is not the plain case (a
database that is new, empty, of another version, or no SQLite) is left to `storage.database`.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import Any, cast
from urllib.parse import quote

from bot.domain.claims import Claim
from bot.domain.ledger import Ledger, build_ledger
from bot.domain.rounds import Agreement, Round
from bot.errors import StorageError
from storage.rows import HEAD, REVISION, VERSION, VERSION_AT, Object, field_names, objects, standing

#: Seconds to wait for another process to finish writing.
BUSY_SECONDS = 60.0
_PREFIX = "sqlite+aiosqlite:///"
_SAVE = "INSERT INTO refs (ref, query, version, at) VALUES (?, ?, ?, ?) ON CONFLICT (ref) DO NOTHING"
_SAVED = "SELECT query, version, at FROM refs WHERE ref = ?"


class PlainDatabase:
    """`bot.ports.LedgerReader` and `bot.ports.RefStore`; leaving it as a context closes it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection; `open_plain` is the way to call it."""
        self._connection = connection

    def __enter__(self) -> "PlainDatabase":
        """Give itself."""
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._connection.close()

    async def version(self) -> int:
        """Return the version; 0 where nothing was recorded yet."""
        with _translated():
            return _version(self._connection)

    async def load(self, *, as_of: dt.datetime | None = None, version: int | None = None) -> Ledger:
        """Return the ledger now, as it stood at an instant, or at an earlier version."""
        with _translated():
            if as_of is not None and version is None:
                version = self._connection.execute(VERSION_AT, {"at": written(as_of)}).fetchone()[0] or 0
            elif version is None:
                version = _version(self._connection)
            shared: dict[Any, Any] = {}
            return build_ledger(
                version=version,
                agreements=self._read(Agreement, version, shared),
                rounds=self._read(Round, version, shared),
                claims=self._read(Claim, version, shared),
            )

    def _read(self, made: type[Object], version: int, shared: dict[Any, Any]) -> list[Object]:
        readers = [_READERS.get(name, _as_is) for name in field_names(made)]
        stored = self._connection.execute(standing(made), {"version": version})
        rows = ([None if v is None else read(v) for read, v in zip(readers, row, strict=True)] for row in stored)
        return objects(made, rows, shared)

    async def save(
        self, ref: str, query: Mapping[str, Any], version: int, now: dt.datetime
    ) -> tuple[Mapping[str, Any], int, dt.datetime]:
        """Store it where the reference is free; return what stands under it, which may be an older one."""
        with _translated():
            self._connection.execute(_SAVE, (ref, json.dumps(query), version, written(now)))
        return cast(tuple[Mapping[str, Any], int, dt.datetime], await self.get(ref))

    async def get(self, ref: str) -> tuple[Mapping[str, Any], int, dt.datetime] | None:
        """Return query, version and the instant that it was asked at; None where unknown."""
        with _translated():
            row = self._connection.execute(_SAVED, (ref,)).fetchone()
        if row is None:
            return None
        query, version, at = row
        return json.loads(query), version, dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)


def open_plain(url: str) -> PlainDatabase | None:
    """Open a SQLite database that has this program's schema and holds a ledger; None where it is anything else."""
    name = file_of(url)
    if name is None:
        return None
    connection: sqlite3.Connection | None = None
    try:
        # Opened for writing, and never made: a file that is not there is an error.
        connection = sqlite3.connect(
            f"file:{quote(name)}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
        if connection.execute(REVISION).fetchall() == [(HEAD,)] and _version(connection):
            connection.execute("PRAGMA synchronous = NORMAL")
            return PlainDatabase(connection)
    except sqlite3.Error:
        pass  # whoever opens it next will say what is wrong with it
    if connection is not None:
        connection.close()
    return None


def file_of(url: str) -> str | None:
    """Return the path of a SQLite database; None where the address is of another, or says more than a path."""
    name = url.removeprefix(_PREFIX)
    return None if name in (url, "", ":memory:") or "?" in name or "%" in name else name


def _version(connection: sqlite3.Connection) -> int:
    row = connection.execute(VERSION).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"the database failed: {error}") from error


def written(instant: dt.datetime) -> str:
    """Write an instant as `storage.schema.Instant` does."""
    return instant.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def _as_is(value: Any) -> Any:
    return value


_day = cache(dt.date.fromisoformat)
#: How a field's value is read where SQLite keeps it as something else.
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "date": _day,
    "since": _day,
    "published": _day,
    "names": json.loads,
    "terms": json.loads,
    "breakdown": json.loads,
    "partial": bool,
    "pinned": bool,
}
