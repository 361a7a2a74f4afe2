"""Whether the database has the schema of this program, and how it gets it.

A database that is at HEAD is told by one small query; Alembic is imported only for one that is behind. A new database
is made from `storage.schema` at once; that the migrations come to the same is proven by a test.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SchemaTooNew, StorageError
from storage.connections import Connections
from storage.rows import HEAD, REVISION
from storage.schema import counters, metadata, word_for_postgresql

_REVISION = sa.text(REVISION)


async def migrate(connections: Connections) -> None:
    """Bring the schema up to this program's, in one transaction.

    Raises:
        SchemaTooNew: a newer program wrote it.
        StorageError: it is the database of something else.
    """
    if await _is_current(connections):
        return
    async with connections.writing() as connection:
        await connections.lock_schema(connection)
        await _upgrade(connection)


async def _is_current(connections: Connections) -> bool:
    async with connections.reading() as connection:
        try:
            revision = await connection.scalar(_REVISION)
        except DBAPIError:
            return False  # there is no such table, or worse; what follows will tell
    return bool(revision == HEAD)


async def _upgrade(connection: AsyncConnection) -> None:
    revision = await connection.run_sync(revision_of)  # again, as another process may have been faster
    if revision is None:
        await connection.run_sync(create)
    elif int(revision) < int(HEAD):
        await connection.run_sync(upgrade_with_alembic)


def revision_of(connection: Connection) -> str | None:
    """Return the database's revision; None where it is empty.

    Raises:
        SchemaTooNew: a newer program wrote it.
        StorageError: it is the database of something else.
    """
    tables = sa.inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if set(tables) & set(metadata.tables):
            raise StorageError("the database holds tables of another program")
        return None
    revision = connection.execute(_REVISION).scalar_one_or_none()
    if revision is None or not revision.isdigit() or "counters" not in tables:
        raise StorageError("the database is that of another program")
    if int(revision) > int(HEAD):
        raise SchemaTooNew(
            f"the database has schema {revision}, written by a newer Homeward; this one knows up to {HEAD}: "
            "install the newer version, or restore a backup that was made before the update"
        )
    return str(revision)


def create(connection: Connection) -> None:
    """Make the schema in an empty database."""
    if connection.dialect.name == "postgresql":
        word_for_postgresql()
    metadata.create_all(connection)
    connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    connection.execute(counters.insert().values(id=1, version=0, claim=0, news=0))


def upgrade_with_alembic(connection: Connection, revision: str = HEAD) -> None:
    """Run the migrations up to a revision, within the transaction of the connection."""
    from alembic import command  # slow to import, and hardly ever needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
