"""What must be true of the standing ledger, whoever changed it.

Every round has a claim of its figure, every claim's round stands and is of its kind, every round's agreement stands.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import InvalidChange
from storage.connections import CHUNK
from storage.schema import agreements, claims, rounds


async def check_invariants(
    connection: AsyncConnection, *, rounds: Collection[str] | None = None, agreements: Collection[str] | None = None
) -> None:
    """Look at some rounds and at what refers to some agreements; at everything where they are None.

    Raises:
        InvalidChange: with the first object that is untrue.
    """
    for found, words in (
        (_without_claim(rounds), "round {0} would stand without a claim"),
        (_lost_claim(rounds), "claim C{0} would stand on round {1}, which does not, or is of another kind"),
        (_lost_round(agreements), "round {0} would belong to agreement {1}, which does not stand"),
    ):
        if found is not None and (row := (await connection.execute(found.limit(1))).first()) is not None:
            raise InvalidChange(words.format(*row))


def _without_claim(ids: Collection[str] | None) -> sa.Select[Any] | None:
    claimed = sa.exists().where(
        claims.c.round == rounds.c.id, claims.c.measure == "round", claims.c.until_version.is_(None)
    )
    return _among(sa.select(rounds.c.id).where(rounds.c.until_version.is_(None), ~claimed), rounds.c.id, ids)


def _lost_claim(ids: Collection[str] | None) -> sa.Select[Any] | None:
    stands = sa.exists().where(
        rounds.c.id == claims.c.round, rounds.c.kind == claims.c.kind, rounds.c.until_version.is_(None)
    )
    lost = sa.select(claims.c.id, claims.c.round).where(
        claims.c.until_version.is_(None), claims.c.round.is_not(None), ~stands
    )
    return _among(lost, claims.c.round, ids)


def _lost_round(ids: Collection[str] | None) -> sa.Select[Any] | None:
    stands = sa.exists().where(agreements.c.id == rounds.c.agreement, agreements.c.until_version.is_(None))
    lost = sa.select(rounds.c.id, rounds.c.agreement).where(
        rounds.c.until_version.is_(None), rounds.c.agreement.is_not(None), ~stands
    )
    return _among(lost, rounds.c.agreement, ids)


def _among(statement: sa.Select[Any], column: sa.Column[Any], ids: Collection[str] | None) -> sa.Select[Any] | None:
    if ids is None or len(ids) > CHUNK:
        return statement
    return statement.where(column.in_(sorted(ids))) if ids else None
