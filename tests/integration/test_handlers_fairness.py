"""In which order updates are worked on."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from handlers.fairness import Fairness


def turn(
    fairness: Fairness, person: int, work: Coroutine[Any, Any, None], *, group: int | None = None
) -> asyncio.Task[None]:
    async def run() -> None:
        await fairness.run(person, group or person, lambda: work)
        work.close()  # what was let go was never begun

    return asyncio.create_task(run())


async def test_one_persons_updates_are_worked_on_in_order() -> None:
    fairness, done = Fairness(), list[int]()
    gates = [asyncio.Event() for _ in range(3)]

    async def work(number: int) -> None:
        await gates[number].wait()
        done.append(number)

    tasks = [turn(fairness, 5, work(n)) for n in range(3)]
    for gate in reversed(gates):
        gate.set()
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)

    assert done == [0, 1, 2]


async def test_people_run_side_by_side_past_one_who_floods() -> None:
    fairness, hold, served = Fairness(places=2), asyncio.Event(), asyncio.Event()

    async def stuck() -> None:
        await hold.wait()

    async def quick() -> None:
        served.set()

    flood = [turn(fairness, 5, stuck()) for n in range(20)]
    other = turn(fairness, 6, quick())
    await asyncio.wait_for(served.wait(), 5)
    hold.set()
    await asyncio.gather(*flood, other)

    assert served.is_set()


async def test_a_busy_group_holds_one_place_and_its_people_take_turns() -> None:
    fairness, gates, done = Fairness(places=2), [asyncio.Event() for _ in range(4)], list[int]()

    async def work(number: int) -> None:
        await gates[number].wait()
        done.append(number)

    async def outside() -> None:
        done.append(9)

    asked = [(5, 0), (5, 1), (6, 2), (7, 3)]
    group = [turn(fairness, u, work(n), group=-1) for u, n in asked]
    await asyncio.sleep(0)
    await asyncio.wait_for(turn(fairness, 8, outside()), 5)
    for gate in gates:
        gate.set()
    await asyncio.gather(*group)

    assert done == [9, 0, 2, 3, 1]
    assert fairness._lines == {}


async def test_what_floods_beyond_the_line_is_let_go_and_the_line_is_forgotten() -> None:
    fairness, hold, done = Fairness(waiting=3), asyncio.Event(), list[int]()

    async def work(number: int) -> None:
        await hold.wait()
        done.append(number)

    tasks = [turn(fairness, 5, work(n)) for n in range(10)]
    await asyncio.sleep(0)
    hold.set()
    await asyncio.gather(*tasks)

    assert done == [0, 1, 2, 3]
    assert fairness._lines == {}


async def test_an_error_lets_the_next_one_in() -> None:
    fairness, done = Fairness(), list[int]()

    async def fail() -> None:
        raise RuntimeError

    async def work() -> None:
        done.append(1)

    tasks = [turn(fairness, 5, fail()), turn(fairness, 5, work())]
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(results[0], RuntimeError)
    assert done == [1]
