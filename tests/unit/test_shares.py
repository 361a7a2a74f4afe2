"""How Telegram's limit is shared out among replicas."""

import pytest

from bot.shares import share


@pytest.mark.parametrize("senders", [1, 2, 3, 40])
def test_parts_never_come_to_more_than_the_whole(senders: int) -> None:
    parts = [share(30, senders=senders, delivers=number == 0) for number in range(senders)]
    assert sum(parts) == pytest.approx(30)
    assert min(parts) > 0


def test_who_delivers_has_the_greater_part() -> None:
    assert share(30, senders=3, delivers=True) == 20
    assert share(30, senders=3, delivers=False) == 5
    assert share(30, senders=1, delivers=False) == 30
