"""Who is told of a round, and when."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.domain.alerts import held_until, next_digest, wants
from tests.builders import subscription

KYIV = ZoneInfo("Europe/Kyiv")


def kyiv(text: str) -> dt.datetime:
    """Return an instant of the clock in Kyiv."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=KYIV)


@pytest.mark.parametrize(
    ("wishes", "recipients", "wanted"),
    [
        (subscription(), {"ukraine"}, True),
        (subscription(), set(), True),
        (subscription(kinds=("remains",)), {"ukraine"}, True),
        (subscription(kinds=("prisoners",)), {"ukraine"}, False),
        (subscription(kinds=()), {"ukraine"}, False),
        (subscription(recipient="ukraine"), {"ukraine", "russia"}, True),
        (subscription(recipient="russia"), {"ukraine"}, False),
        (subscription(recipient="russia"), set(), True),
    ],
)
def test_round_concerns_whom_it_may_concern(wishes, recipients, wanted) -> None:
    assert wants(wishes, kind="remains", recipients=recipients) is wanted


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (None, "2025-06-13T03:00", "2025-06-13T03:00"),
        ((5, 5), "2025-06-13T05:30", "2025-06-13T05:30"),
        ((23, 7), "2025-06-13T22:59", "2025-06-13T22:59"),
        ((23, 7), "2025-06-13T23:00", "2025-06-14T07:00"),
        ((23, 7), "2025-06-14T06:59", "2025-06-14T07:00"),
        ((23, 7), "2025-06-14T07:00", "2025-06-14T07:00"),
        ((0, 6), "2025-06-14T00:00", "2025-06-14T06:00"),
        ((22, 0), "2025-06-13T23:30", "2025-06-14T00:00"),
        ((13, 15), "2025-06-13T14:20", "2025-06-13T15:00"),
        ((23, 7), "2025-03-29T23:30", "2025-03-30T07:00"),
        ((23, 7), "2025-10-25T23:30", "2025-10-26T07:00"),
    ],
)
def test_quiet_hours_are_those_of_the_clock_on_the_wall(quiet, now, until) -> None:
    assert held_until(quiet, kyiv(now), KYIV) == kyiv(until)


@pytest.mark.parametrize(
    ("frequency", "after", "due"),
    [
        ("daily", "2025-06-13T08:59", "2025-06-13T09:00"),
        ("daily", "2025-06-13T09:00", "2025-06-14T09:00"),
        ("daily", "2025-03-29T10:00", "2025-03-30T09:00"),
        ("weekly", "2025-06-13T10:00", "2025-06-16T09:00"),
        ("weekly", "2025-06-16T08:00", "2025-06-16T09:00"),
        ("weekly", "2025-06-16T09:00", "2025-06-23T09:00"),
        ("weekly", "2025-10-20T09:00", "2025-10-27T09:00"),
    ],
)
def test_digest_is_due_at_its_hour_on_the_wall(frequency, after, due) -> None:
    assert next_digest(subscription(frequency=frequency), kyiv(after), KYIV) == kyiv(due)


def test_who_is_told_at_once_gets_no_digest() -> None:
    assert next_digest(subscription(), kyiv("2025-06-13T08:59"), KYIV) is None
