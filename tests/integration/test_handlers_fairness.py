"""In which order updates are worked on."""

import asyncio

from telegram import Chat, Message, Update, User

from handlers.fairness import FairProcessor
from tests.builders import NOW


def update(user: int, number: int = 0, *, group: int | None = None) -> Update:
    person = User(id=user, first_name="P", is_bot=False)
    chat = Chat(id=group, type="supergroup") if group else Chat(id=user, type="private")
    message = Message(message_id=number + 1, date=NOW, chat=chat, from_user=person)
    return Update(update_id=number, message=message)


async def test_one_persons_updates_are_worked_on_in_order() -> None:
    processor, done = FairProcessor(), list[int]()
    gates = [asyncio.Event() for _ in range(3)]

    async def work(number: int) -> None:
        await gates[number].wait()
        done.append(number)

    tasks = [asyncio.create_task(processor.process_update(update(5, n), work(n))) for n in range(3)]
    for gate in reversed(gates):
        gate.set()
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)

    assert done == [0, 1, 2]


async def test_people_run_side_by_side_past_one_who_floods() -> None:
    processor, hold, served = FairProcessor(places=2), asyncio.Event(), asyncio.Event()

    async def stuck() -> None:
        await hold.wait()

    async def quick() -> None:
        served.set()

    flood = [asyncio.create_task(processor.process_update(update(5, n), stuck())) for n in range(20)]
    other = asyncio.create_task(processor.process_update(update(6), quick()))
    await asyncio.wait_for(served.wait(), 5)
    hold.set()
    await asyncio.gather(*flood, other)

    assert served.is_set()


async def test_a_busy_group_holds_one_place_and_its_people_take_turns() -> None:
    processor, gates, done = FairProcessor(places=2), [asyncio.Event() for _ in range(4)], list[int]()

    async def work(number: int) -> None:
        await gates[number].wait()
        done.append(number)

    async def outside() -> None:
        done.append(9)

    asked = [(5, 0), (5, 1), (6, 2), (7, 3)]
    group = [asyncio.create_task(processor.process_update(update(u, n, group=-1), work(n))) for u, n in asked]
    await asyncio.sleep(0)
    await asyncio.wait_for(processor.process_update(update(8), outside()), 5)
    for gate in gates:
        gate.set()
    await asyncio.gather(*group)

    assert done == [9, 0, 2, 3, 1]
    assert processor._lines == {}


async def test_what_floods_beyond_the_line_is_let_go_and_the_line_is_forgotten() -> None:
    processor, hold, done = FairProcessor(waiting=3), asyncio.Event(), list[int]()

    async def work(number: int) -> None:
        await hold.wait()
        done.append(number)

    tasks = [asyncio.create_task(processor.process_update(update(5, n), work(n))) for n in range(10)]
    await asyncio.sleep(0)
    hold.set()
    await asyncio.gather(*tasks)

    assert done == [0, 1, 2, 3]
    assert processor._lines == {}


async def test_an_error_lets_the_next_one_in() -> None:
    processor, done = FairProcessor(), list[int]()

    async def fail() -> None:
        raise RuntimeError

    async def work() -> None:
        done.append(1)

    tasks = [processor.process_update(update(5, 0), fail()), processor.process_update(update(5, 1), work())]
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(results[0], RuntimeError)
    assert done == [1]
