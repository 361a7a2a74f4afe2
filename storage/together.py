"""Many small requests in one transaction: what is asked while a batch is on its way goes with the next.

One request alone is carried out at once; a thousand at a time cost little more than a few. Whoever asked goes on only
when the batch is committed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")

#: Requests of one batch.
LIMIT = 500


class Together(Generic[_Asked, _Answer]):
    """Gathers requests of one sort."""

    def __init__(self, carry_out: Callable[[Sequence[_Asked]], Awaitable[Sequence[_Answer]]]) -> None:
        """Keep what carries out a batch and returns an answer for each request, in their order."""
        self._carry_out = carry_out
        self._waiting: list[tuple[_Asked, asyncio.Future[_Answer]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, asked: _Asked) -> _Answer:
        """Have a request carried out; raises what its batch failed with."""
        answer: asyncio.Future[_Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:LIMIT], self._waiting[LIMIT:]
                await self._settle(batch)
        finally:
            self._task = None

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
