"""A consistent copy of the running SQLite database, and the way back.

PostgreSQL has its own tools for both, which do it better.
"""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from bot.errors import StorageError
from storage.connections import BUSY_SECONDS, Connections
from storage.engines import translated
from storage.migrate import revision_of


async def backup(connections: Connections, path: Path) -> None:
    """Copy the database as it stands now into a new file, without stopping anybody; only the owner may read it.

    Raises:
        StorageError: the file is there already or cannot be written, or the database is no SQLite file.
    """
    if connections.path is None:
        raise StorageError("only a SQLite database is backed up so; for PostgreSQL use pg_dump")
    await asyncio.to_thread(_backup, connections.path, path)


async def restore(path: Path, to: Path) -> None:
    """Put a backup in the place of a SQLite database, in one transaction, also while it is in use.

    Raises:
        SchemaTooNew: a newer program wrote the backup.
        StorageError: it is no backup of ours, or is damaged; nothing was changed.
    """
    await asyncio.to_thread(_restore, path, to)


def _backup(source: Path, path: Path) -> None:
    with translated():
        if path.exists():
            raise StorageError(f"{path} is there already")
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(_open(source)) as running:
                running.execute("VACUUM INTO ?", (str(part),))
            validate(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _restore(path: Path, to: Path) -> None:
    validate(path)
    with translated():
        to.parent.mkdir(parents=True, exist_ok=True)
        with closing(_open(path)) as source, closing(sqlite3.connect(to, timeout=BUSY_SECONDS)) as target:
            source.backup(target)


def validate(path: Path) -> None:
    """See that a file is a sound database of ours that this program can read.

    Raises:
        SchemaTooNew: a newer program wrote it.
        StorageError: it is not there, is damaged, or is the database of something else.
    """
    with translated():
        if not path.is_file():
            raise StorageError(f"{path} is not there")
        engine = sa.create_engine("sqlite://", creator=lambda: _open(path), poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            if (found := connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()) != "ok":
                raise StorageError(f"{path} is damaged: {str(found).splitlines()[0]}")
            if revision_of(connection) is None:
                raise StorageError(f"{path} is empty")


def _open(path: Path) -> sqlite3.Connection:
    """Open a file that is there, to read from."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=BUSY_SECONDS)
