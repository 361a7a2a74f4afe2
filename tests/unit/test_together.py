"""Requests that are made while a batch is on its way go together with the next."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from storage.together import LIMIT, Errands, Together


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


class Visits:
    """Goes to no database, and counts how often."""

    def __init__(self) -> None:
        self.number = 0

    async def __call__(self, work: Callable[[Connection], list[Any]]) -> list[Any]:
        self.number += 1
        return work(cast(Connection, None))


def doubled(_: Connection, asked: Sequence[int]) -> Sequence[int]:
    return [2 * number for number in asked]


def named(_: Connection, asked: Sequence[int]) -> Sequence[str]:
    return [f"number {number}" for number in asked]


def failing(_: Connection, asked: Sequence[int]) -> Sequence[int]:
    raise ValueError(len(asked))


async def test_requests_of_every_sort_go_in_one_visit_and_each_gets_its_own_answer() -> None:
    visits = Visits()
    errands = Errands(visits)

    answers = await asyncio.gather(errands.ask(doubled, 1), errands.ask(named, 2), errands.ask(doubled, 3))
    assert list(answers) == [2, "number 2", 6]
    assert visits.number == 1
    assert await errands.ask(named, 4) == "number 4"
    assert visits.number == 2


async def test_visit_that_fails_tells_everybody_in_it() -> None:
    errands = Errands(Visits())

    found = await asyncio.gather(errands.ask(doubled, 4), errands.ask(failing, 5), return_exceptions=True)
    assert [type(error) for error in found] == [ValueError, ValueError]
    assert await errands.ask(doubled, 6) == 12
