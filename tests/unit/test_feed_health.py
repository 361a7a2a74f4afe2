"""How a feed is doing after a poll, when it is due again, and what administrators hear of it."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feed_health import (
    Condition,
    Notice,
    Problem,
    Trouble,
    after_failure,
    after_success,
    notice_of,
    read_problem,
    trouble_of,
)

NOW = dt.datetime(2025, 6, 11, 12, 0, tzinfo=dt.UTC)
EVERY = dt.timedelta(minutes=5)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
WELL = Condition(health="ok", succeeded_at=NOW - 10 * MINUTE, due_at=NOW)

TROUBLES: list[Trouble] = [
    "dns",
    "connect",
    "tls",
    "timeout",
    "rate-limited",
    "forbidden",
    "not-found",
    "gone",
    "server-error",
    "status",
    "too-large",
    "redirects",
    "not-a-feed",
    "no-preview",
    "layout",
    "refused",
    "content",
]


def failed(
    before: Condition,
    trouble: Trouble,
    *,
    status: int | None = None,
    retry_after: float | None = None,
    now: dt.datetime = NOW,
    jitter: float = 0,
) -> Condition:
    return after_failure(
        before, trouble=trouble, status=status, retry_after=retry_after, now=now, every=EVERY, jitter=jitter
    )


def succeeded(
    before: Condition,
    *published: dt.datetime,
    fresh_for: float | None = None,
    failed_items: int = 0,
    now: dt.datetime = NOW,
    jitter: float = 0,
) -> Condition:
    return after_success(
        before,
        published=published,
        fresh_for=fresh_for,
        failed_items=failed_items,
        now=now,
        every=EVERY,
        jitter=jitter,
    )


def again(trouble: Trouble, times: int) -> list[Condition]:
    """Fail so often, each time when due."""
    states, state, now = [], WELL, NOW
    for _ in range(times):
        state = failed(state, trouble, now=now)
        states.append(state)
        now = state.due_at or now
    return states


def pause(state: Condition, now: dt.datetime = NOW) -> dt.timedelta:
    assert state.due_at is not None
    return state.due_at - now


@pytest.mark.parametrize(
    ("kind", "status", "trouble"),
    [
        ("status", 429, "rate-limited"),
        ("throttled", None, "rate-limited"),
        ("status", 403, "forbidden"),
        ("status", 401, "forbidden"),
        ("status", 404, "not-found"),
        ("status", 410, "gone"),
        ("status", 500, "server-error"),
        ("status", 599, "server-error"),
        ("status", 418, "status"),
        ("dns", None, "dns"),
        ("timeout", None, "timeout"),
        ("too_large", None, "too-large"),
        ("not_a_feed", None, "not-a-feed"),
        ("no_preview", None, "no-preview"),
        ("layout", None, "layout"),
        ("refused", None, "refused"),
        ("content", None, "content"),
        ("redirects", None, "redirects"),
    ],
)
def test_every_failure_has_a_name(kind: str, status: int | None, trouble: str) -> None:
    assert trouble_of(kind, status) == trouble


@pytest.mark.parametrize(
    ("trouble", "first", "later"),
    [
        ("dns", 5 * MINUTE, 6 * HOUR),
        ("timeout", 5 * MINUTE, 6 * HOUR),
        ("server-error", 5 * MINUTE, 6 * HOUR),
        ("rate-limited", HOUR, HOUR),
        ("forbidden", 4 * HOUR, DAY),
        ("not-found", HOUR, DAY),
        ("gone", DAY, DAY),
        ("not-a-feed", 15 * MINUTE, 12 * HOUR),
        ("layout", HOUR, 12 * HOUR),
    ],
)
def test_each_trouble_has_its_own_back_off(trouble: Trouble, first: dt.timedelta, later: dt.timedelta) -> None:
    states = again(trouble, 40)
    assert pause(states[0]) == first
    assert pause(states[-1], states[-2].due_at or NOW) == later


@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_feed_is_ever_given_up(trouble: Trouble) -> None:
    """After a thousand failures it is still polled once a day."""
    states = again(trouble, 1000)
    assert pause(states[-1], states[-2].due_at or NOW) <= DAY


def test_pause_is_never_shorter_than_the_interval() -> None:
    every = dt.timedelta(hours=2)
    state = after_failure(WELL, trouble="timeout", now=NOW, every=every, jitter=0)
    assert pause(state) == every


def test_host_sets_the_pause_with_retry_after() -> None:
    assert pause(failed(WELL, "rate-limited", retry_after=4 * 3600)) == 4 * HOUR
    assert pause(failed(WELL, "server-error", retry_after=120)) == 5 * MINUTE
    assert pause(failed(WELL, "server-error", retry_after=3600)) == HOUR
    assert pause(failed(WELL, "rate-limited", retry_after=1e300)) == 7 * DAY


def test_too_many_requests_never_counts_as_broken() -> None:
    states = again("rate-limited", 20)
    assert {state.failures for state in states} == {0}
    assert {state.health for state in states} == {"ok"}
    long = failed(replace(WELL, succeeded_at=NOW - 2 * DAY), "rate-limited")
    assert (long.health, str(long.problem)) == ("degraded", "feed-problem-rate-limited")
    for _ in range(50):
        long = failed(long, "rate-limited", now=NOW + DAY)
    assert long.health == "degraded"


def test_one_failure_is_no_news_three_are() -> None:
    assert [state.health for state in again("timeout", 4)] == ["ok", "ok", "degraded", "degraded"]
    assert str(again("timeout", 1)[0].problem) == "feed-problem-timeout"


def test_a_day_without_an_answer_is_failing() -> None:
    states = again("server-error", 12)
    assert states[-1].health == "failing"
    changes = [after.health for before, after in pairwise(states) if before.health != after.health]
    assert changes == ["degraded", "failing"]


@pytest.mark.parametrize(("trouble", "times"), [("gone", 1), ("layout", 2), ("no-preview", 2), ("not-found", 3)])
def test_what_time_does_not_heal_is_failing_soon(trouble: Trouble, times: int) -> None:
    assert again(trouble, times)[-1].health == "failing"
    assert times == 1 or again(trouble, times - 1)[-1].health != "failing"


def test_feed_that_never_answered_is_failing_in_the_end() -> None:
    state = Condition()
    for _ in range(6):
        state = failed(state, "dns")
    assert state.health == "failing"


def test_success_heals_everything() -> None:
    healed = succeeded(again("not-found", 5)[-1])
    assert (healed.health, healed.problem, healed.failures, healed.succeeded_at) == ("ok", None, 0, NOW)
    assert pause(healed) == EVERY


def test_freshness_is_honoured_up_to_a_day() -> None:
    assert pause(succeeded(WELL, fresh_for=60)) == EVERY
    assert pause(succeeded(WELL, fresh_for=3600)) == HOUR
    assert pause(succeeded(WELL, fresh_for=1e300)) == DAY


def test_jitter_draws_a_pause_out_and_never_shortens_it() -> None:
    assert pause(succeeded(WELL, jitter=0)) == EVERY
    assert pause(succeeded(WELL, jitter=1)) == EVERY * 1.1
    assert pause(failed(WELL, "timeout", jitter=0.5)) == EVERY * 1.05


def daily(newest: dt.datetime, days: int = 10) -> list[dt.datetime]:
    return [newest - n * DAY for n in range(days)]


def test_daily_feed_that_has_not_spoken_for_a_week_is_silent() -> None:
    state = succeeded(WELL, *daily(NOW - 6 * DAY))
    assert state.health == "ok"
    state = succeeded(state, now=NOW + DAY)
    assert (state.health, str(state.problem)) == ("silent", "feed-problem-silent number=7")
    assert succeeded(state, NOW + DAY, now=NOW + DAY).health == "ok"


@pytest.mark.parametrize(
    ("gap", "quiet", "silent"),
    [
        (dt.timedelta(hours=1), 3 * DAY, False),
        (dt.timedelta(hours=1), 4 * DAY, True),
        (7 * DAY, 20 * DAY, False),
        (7 * DAY, 30 * DAY, True),
        (30 * DAY, 89 * DAY, False),
        (30 * DAY, 90 * DAY, True),
    ],
)
def test_silence_is_measured_by_the_feeds_own_rhythm(gap: dt.timedelta, quiet: dt.timedelta, silent: bool) -> None:
    state = succeeded(WELL, *[NOW - quiet - n * gap for n in range(10)])
    assert (state.health == "silent") is silent


def test_feed_without_a_known_rhythm_is_never_silent() -> None:
    assert succeeded(WELL, NOW - 100 * DAY, NOW - 101 * DAY).health == "ok"
    assert succeeded(WELL).health == "ok"


def test_dates_to_come_do_not_hide_silence() -> None:
    assert succeeded(WELL, NOW + 300 * DAY, *daily(NOW - 9 * DAY)).health == "silent"


def test_items_that_could_not_be_taken_in_are_told() -> None:
    state = succeeded(WELL, failed_items=2)
    assert (state.health, str(state.problem)) == ("degraded", "feed-problem-items number=2")


def test_change_is_told_once_and_so_is_recovery() -> None:
    states = [Condition(), succeeded(Condition()), *again("layout", 5)]
    states.append(succeeded(states[-1]))
    told = [notice_of(before, after, name="Штаб", url="https://t.me/s/hq") for before, after in pairwise(states)]
    assert [notice.key for notice in told if notice] == ["feed-notice-failing", "feed-notice-recovered"]


def test_notice_says_what_is_wrong_and_since_when() -> None:
    before, after = again("gone", 1)[0], WELL
    assert notice_of(after, before, name="A", url="u") == Notice(
        key="feed-notice-failing", name="A", url="u", problem=Problem(trouble="gone"), succeeded_at=WELL.succeeded_at
    )


def test_problem_is_written_as_key_and_values() -> None:
    assert read_problem(str(Problem(trouble="server-error", number=503))) == (
        "feed-problem-server-error",
        {"number": 503},
    )
    assert read_problem("feed-problem-dns") == ("feed-problem-dns", {})
    assert read_problem("") is None


@given(
    st.lists(st.tuples(st.sampled_from([*TROUBLES, None]), st.floats(0, 1), st.integers(0, 10**6)), max_size=30),
)
def test_next_poll_lies_ahead_and_within_reach(history: list[tuple[Trouble | None, float, int]]) -> None:
    state, now = Condition(), NOW
    for trouble, jitter, seconds in history:
        now += dt.timedelta(seconds=seconds)
        state = succeeded(state, now=now, jitter=jitter) if trouble is None else failed(state, trouble, now=now)
        assert EVERY <= pause(state, now) <= DAY * 1.1
