"""Freeze what an empty SQLite database is made of into `schema.sql`.

python -m storage.build_schema
"""

import contextlib
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from storage.migrate import create

FILE = Path(__file__).with_name("schema.sql")


def schema_script() -> str:
    """Return the statements that make an empty database of this program's schema."""
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    try:
        with engine.begin() as connection:
            create(connection)
        made = engine.raw_connection()
        with contextlib.closing(made):
            connection_of_driver: sqlite3.Connection = made.driver_connection  # type: ignore[assignment]
            begin, *statements, commit = connection_of_driver.iterdump()
            indexes = sorted(s for s in statements if s.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX")))
            tables = [s for s in statements if s not in indexes]
            return "\n".join((begin, *tables, *indexes, commit, ""))
    finally:
        engine.dispose()


if __name__ == "__main__":
    FILE.write_text(schema_script(), encoding="utf-8")
