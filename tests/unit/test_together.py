"""Requests that are made while a batch is on its way go together with the next."""

import asyncio
from collections.abc import Sequence

import pytest

from storage.together import LIMIT, Together


class Batches:
    """Carries out batches when it is told to, and remembers them."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []
        self.go = asyncio.Event()

    async def __call__(self, asked: Sequence[int]) -> Sequence[int]:
        self.seen.append(list(asked))
        await self.go.wait()
        if 13 in asked:
            raise ValueError(13)
        return [-number for number in asked]


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_one_request_goes_at_once_and_the_others_together() -> None:
    batches = Batches()
    together = Together(batches)
    first = asyncio.create_task(together.ask(1))
    await _settle()
    others = [asyncio.create_task(together.ask(number)) for number in (2, 3, 4)]
    await _settle()
    batches.go.set()

    assert await asyncio.gather(first, *others) == [-1, -2, -3, -4]
    assert batches.seen == [[1], [2, 3, 4]]
    assert await together.ask(5) == -5


async def test_batch_has_a_limit() -> None:
    batches = Batches()
    batches.go.set()
    together = Together(batches)

    answers = await asyncio.gather(*(together.ask(number + 100) for number in range(LIMIT + 1)))

    assert answers == [-number - 100 for number in range(LIMIT + 1)]
    assert [len(batch) for batch in batches.seen] == [LIMIT, 1]


async def test_batch_that_fails_tells_everybody_in_it_and_nobody_else() -> None:
    batches = Batches()
    together = Together(batches)
    lucky = asyncio.create_task(together.ask(1))
    await _settle()
    unlucky = [asyncio.create_task(together.ask(number)) for number in (12, 13)]
    await _settle()
    batches.go.set()

    assert await lucky == -1
    for task in unlucky:
        with pytest.raises(ValueError, match="13"):
            await task
    assert await together.ask(2) == -2


async def test_who_goes_away_does_not_take_the_others_along() -> None:
    batches = Batches()
    together = Together(batches)
    gone, stays = (asyncio.create_task(together.ask(number)) for number in (1, 2))
    await _settle()
    gone.cancel()
    batches.go.set()

    assert await stays == -2
    with pytest.raises(asyncio.CancelledError):
        await gone
