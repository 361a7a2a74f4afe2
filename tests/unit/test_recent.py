"""What was worked out for one is kept for the others, and never grows."""

from bot.services.recent import Recent


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    recent: Recent[int] = Recent(most=2)
    recent.put("a", 1, weight=1)
    recent.put("b", 2, weight=1)
    assert recent.get("a") == 1
    recent.put("c", 3, weight=1)

    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)
    assert len(recent) == 2


def test_what_is_put_again_replaces_what_stood() -> None:
    recent: Recent[int] = Recent(most=2)
    recent.put("a", 1, weight=2)
    recent.put("a", 2, weight=1)

    assert (recent.get("a"), len(recent), recent.weight) == (2, 1, 1)


def test_however_long_the_texts_they_weigh_no_more_than_allowed() -> None:
    recent: Recent[str] = Recent(most=10_000)
    for number in range(1000):
        text = f"{number} " * (number % 200 + 1)
        recent.put(text, text, weight=len(text))
        assert recent.weight <= 10_000
    assert recent.weight > 9_000


def test_what_is_heavier_than_all_that_may_be_kept_is_not() -> None:
    recent: Recent[int] = Recent(most=10)
    recent.put("a", 1, weight=11)

    assert (recent.get("a"), recent.weight) == (None, 0)
