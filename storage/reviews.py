"""Reports that wait for an administrator's decision."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.articles import Report
from bot.domain.decisions import ChangeSet
from bot.domain.reasons import reason
from bot.errors import VersionConflict
from bot.ports import Waiting
from storage import audit
from storage.connections import Connections, insert_one
from storage.schema import reviews
from storage.values import from_json, to_json


class SqlReviewStore:
    """`bot.ports.ReviewStore` in SQL."""

    def __init__(self, connections: Connections) -> None:
        """Keep the connections."""
        self._connections = connections

    async def waiting(self, *, limit: int = 20) -> Sequence[Waiting]:
        """Return the oldest."""
        statement = (
            sa.select(reviews)
            .where(reviews.c.settled_at.is_(None))
            .order_by(reviews.c.since, reviews.c.id)
            .limit(limit)
        )
        async with self._connections.reading() as connection:
            return [_waiting(row) for row in await connection.execute(statement)]

    async def get(self, review_id: int) -> Waiting | None:
        """Return one that still waits; None once it is settled."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(sa.select(reviews).where(_waits(review_id)))).one_or_none()
        return None if row is None else _waiting(row)

    async def reject(self, review_id: int, *, author: str, at: dt.datetime) -> bool:
        """Settle it without a change; False where somebody was faster."""
        async with self._connections.writing() as connection:
            if not await _settled(connection, review_id, author=author, at=at):
                return False
            article = await connection.scalar(sa.select(reviews.c.article).where(reviews.c.id == review_id))
            await audit.record(
                connection,
                author=author,
                reason=reason("reject", report=review_id),
                at=at,
                before={"reviews": {str(review_id): {"article": article}}},
                after={"reviews": {str(review_id): None}},
            )
            return True

    async def reopen(self, review_id: int, *, author: str, at: dt.datetime, undoes: int | None = None) -> bool:
        """Let a settled one wait again; False where it waits, or another report of its article does."""
        other = reviews.alias()
        taken = sa.exists().where(other.c.article == reviews.c.article, other.c.settled_at.is_(None))
        settled = sa.and_(reviews.c.id == review_id, reviews.c.settled_at.is_not(None), ~taken)
        async with self._connections.writing() as connection:
            again = sa.update(reviews).where(settled).values(settled_at=None, settled_by=None, seconded_by=None)
            if not (await connection.execute(again)).rowcount:
                return False
            article = await connection.scalar(sa.select(reviews.c.article).where(reviews.c.id == review_id))
            await audit.record(
                connection,
                author=author,
                reason=reason("reopen", report=review_id),
                at=at,
                undoes=undoes,
                before={"reviews": {str(review_id): None}},
                after={"reviews": {str(review_id): {"article": article}}},
            )
            return True

    async def second(self, review_id: int, *, author: str) -> str | None:
        """Accept it as the first of two; returns who the first is, None where it no longer waits."""
        async with self._connections.writing() as connection:
            nobody = _waits(review_id) & reviews.c.seconded_by.is_(None)
            await connection.execute(sa.update(reviews).where(nobody).values(seconded_by=author))
            first: str | None = await connection.scalar(sa.select(reviews.c.seconded_by).where(_waits(review_id)))
            return first


async def open_review(connection: AsyncConnection, change: ChangeSet) -> int | None:
    """Let the report of a change wait, in the place of an earlier one of the same article; returns its number.

    Whoever accepted the earlier one has not seen another that takes its place.
    """
    if change.review is None:
        return None
    article = change.review.article.id
    values = {"report": to_json(change.review), "reasons": list(change.review_reasons)}
    same = sa.and_(reviews.c.article == article, reviews.c.settled_at.is_(None))
    known = (await connection.execute(sa.select(reviews.c.id, reviews.c.report).where(same))).one_or_none()
    if known is not None:
        unseen = {} if known.report == values["report"] else {"seconded_by": None}
        await connection.execute(sa.update(reviews).where(reviews.c.id == known.id).values(values | unseen))
        return int(known.id)
    return await insert_one(connection, reviews.insert().values(article=article, since=change.at, **values))


async def settle(connection: AsyncConnection, review_id: int, *, author: str, at: dt.datetime) -> None:
    """Settle a review by the change that is being made.

    Raises:
        VersionConflict: somebody was faster.
    """
    if not await _settled(connection, review_id, author=author, at=at):
        raise VersionConflict(f"review {review_id} is settled already")


async def _settled(connection: AsyncConnection, review_id: int, *, author: str, at: dt.datetime) -> bool:
    result = await connection.execute(
        sa.update(reviews).where(_waits(review_id)).values(settled_at=at, settled_by=author)
    )
    return bool(result.rowcount)


def _waits(review_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(reviews.c.id == review_id, reviews.c.settled_at.is_(None))


def _waiting(row: Any) -> Waiting:
    return Waiting(
        id=row.id,
        report=from_json(Report, row.report),
        reasons=tuple(row.reasons),
        since=row.since,
        seconded_by=row.seconded_by,
    )
