"""What was worked out for one is kept for the others, and never grows."""

from bot.services.recent import Recent


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    recent: Recent[int] = Recent(most=2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)

    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)
    assert len(recent) == 2


def test_what_is_put_again_replaces_what_stood() -> None:
    recent: Recent[int] = Recent(most=2)
    recent.put("a", 1)
    recent.put("a", 2)

    assert (recent.get("a"), len(recent)) == (2, 1)
