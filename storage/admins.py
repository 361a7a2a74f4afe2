"""Roles that owners gave."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from bot.domain.reasons import reason
from storage import audit
from storage.connections import Connections
from storage.schema import admins

_ROLES = sa.select(admins.c.user_id, admins.c.role).order_by(admins.c.user_id)


class SqlAdminStore:
    """`bot.ports.AdminStore` in SQL."""

    def __init__(self, connections: Connections) -> None:
        """Keep the connections."""
        self._connections = connections

    async def roles(self) -> Mapping[int, str]:
        """Return user id → role, by id."""
        return await self._connections.reads.ask(read_roles, None)

    async def set_role(
        self, user_id: int, role: str | None, *, author: str, at: dt.datetime, undoes: int | None = None
    ) -> None:
        """Give a role; None takes it away. It stands in the audit log where it changes anything."""
        async with self._connections.writing() as connection:
            before = await connection.scalar(sa.select(admins.c.role).where(admins.c.user_id == user_id))
            if before == role:
                return
            if role is None:
                await connection.execute(sa.delete(admins).where(admins.c.user_id == user_id))
            else:
                values = {"user_id": user_id, "role": role, "author": author, "at": at}
                insert = self._connections.insert_or(admins, update=["role", "author", "at"])
                await connection.execute(insert.values(values))
            await audit.record(
                connection,
                author=author,
                reason=reason("role", user=user_id),
                at=at,
                undoes=undoes,
                before={"roles": {str(user_id): before}},
                after={"roles": {str(user_id): role}},
            )


def read_roles(connection: sa.Connection, asked: Sequence[None]) -> Sequence[Mapping[int, str]]:
    """Return user id → role, by id, to everybody who asks."""
    return [dict(connection.execute(_ROLES).all())] * len(asked)
