"""Many small requests in one transaction: what is asked while a batch is on its way goes with the next.

One request alone is carried out at once; a thousand at a time cost little more than a few. Under load a batch waits
until a little while after the last one began, so that it is worth its way. Whoever asked goes on only when the batch is
committed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar, cast

from sqlalchemy import Connection

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")

#: Requests of one batch.
LIMIT = 500


class Together(Generic[_Asked, _Answer]):
    """Gathers requests of one sort."""

    def __init__(
        self, carry_out: Callable[[Sequence[_Asked]], Awaitable[Sequence[_Answer]]], *, pace: float = 0.0
    ) -> None:
        """Keep what carries out a batch and returns an answer for each request, in their order.

        Args:
            pace: Seconds between the beginnings of two batches.
        """
        self._carry_out = carry_out
        self._pace = pace
        self._next = 0.0
        self._waiting: list[tuple[_Asked, asyncio.Future[_Answer]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, asked: _Asked) -> _Answer:
        """Have a request carried out; raises what its batch failed with."""
        return await self.hand_in(asked)

    def hand_in(self, asked: _Asked) -> asyncio.Future[_Answer]:
        """Have a request carried out, and go on meanwhile."""
        answer: asyncio.Future[_Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                if self._pace:
                    await self._paced()
                batch, self._waiting = self._waiting[:LIMIT], self._waiting[LIMIT:]
                await self._settle(batch)
        finally:
            self._task = None

    async def _paced(self) -> None:
        loop = asyncio.get_running_loop()
        if (early := self._next - loop.time()) > 0:
            await asyncio.sleep(early)
        self._next = loop.time() + self._pace

    async def _settle(self, batch: Sequence[tuple[_Asked, asyncio.Future[_Answer]]]) -> None:
        try:
            answers = await self._carry_out([asked for asked, _ in batch])
        except BaseException as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error) if isinstance(error, Exception) else future.cancel()
            if not isinstance(error, Exception):
                raise
        else:
            for (_, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)


#: A method that carries out the requests of one sort and returns an answer for each, in their order.
Sort = Callable[[Connection, Sequence[_Asked]], Sequence[_Answer]]


class Visit(Protocol):
    """Goes to the database, does the work there, and comes back with what it returned."""

    async def __call__(self, work: Callable[[Connection], list[Any]]) -> list[Any]:
        """Go; what was written is committed together at the end, or not at all."""


class Errands:
    """Gathers requests of every sort and carries them out in one visit to the database."""

    def __init__(self, visit: Visit, *, pace: float = 0.0) -> None:
        """Keep the way to the database, and the seconds between the beginnings of two visits."""
        self._visit = visit
        self._together: Together[tuple[Sort[Any, Any], Any], Any] = Together(self._carry_out, pace=pace)

    async def ask(self, sort: Sort[_Asked, _Answer], asked: _Asked) -> _Answer:
        """Have a request carried out; raises what its visit failed with."""
        return cast(_Answer, await self._together.ask((sort, asked)))

    async def _carry_out(self, batch: Sequence[tuple[Sort[Any, Any], Any]]) -> Sequence[Any]:
        sorts: dict[Sort[Any, Any], list[int]] = {}
        for place, (sort, _) in enumerate(batch):
            sorts.setdefault(sort, []).append(place)

        def work(connection: Connection) -> list[Any]:
            answers = [None] * len(batch)
            # In one order, so that two processes never wait for each other.
            for sort, places in sorted(sorts.items(), key=lambda item: item[0].__qualname__):
                for place, answer in zip(places, sort(connection, [batch[p][1] for p in places]), strict=True):
                    answers[place] = answer
            return answers

        return await self._visit(work)
