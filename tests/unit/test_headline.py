"""Which claim is a round's figure, and what contradicts what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.headline import choose_headline, compatible, find_conflict, rank
from tests.builders import claim, ledger


def shown(*claims, recipient="ukraine", party=None):
    headline = choose_headline(claims, recipient=recipient, party=party)
    return headline and headline.value


def test_receiving_partys_figure_comes_first():
    assert shown(claim(1248, party="russia"), claim(1245, party="ukraine")) == 1245


def test_other_partys_figure_where_the_receiver_gave_none():
    assert shown(claim(900, party="other"), claim(1000, party="russia")) == 1000


def test_for_russia_its_own_figure_comes_first():
    claims = (claim(27, party="ukraine", recipient="russia"), claim(26, party="russia", recipient="russia"))
    assert shown(*claims, recipient="russia") == 26


def test_exact_comes_before_rounded_within_a_party():
    assert shown(claim(1000, qualifier="about", published="2025-06-12"), claim(1003)) == 1003


def test_figure_that_most_publishers_carry():
    claims = [claim(1212, publisher=p, published="2025-06-11") for p in ("A", "B")]
    assert shown(*claims, claim(1200, publisher="C", published="2025-06-20")) == 1212


def test_one_publisher_twice_is_one():
    claims = [claim(1212, publisher="A", url="u1"), claim(1212, publisher="a", url="u2")]
    assert shown(*claims, claim(1213, publisher="B", published="2025-06-12")) == 1213


def test_newest_of_equals_and_undated_last():
    assert shown(claim(690, published="2026-01-22"), claim(687, published="2026-01-25"), claim(700)) == 687


def test_pinned_claim_wins_over_everything():
    assert shown(claim(1245), claim(1240, party="other", pinned=True)) == 1240


def test_partial_and_undisclosed_claims_are_no_figure():
    assert shown(claim(5, partial=True), claim(None)) is None


def test_unknown_is_not_zero():
    assert shown() is None


def test_party_asked_for_is_the_only_one_heard():
    assert shown(claim(1245), claim(1248, party="russia"), party="russia") == 1248
    assert shown(claim(1245), party="russia") is None


def test_spread_is_that_of_the_parties_own_figures():
    """An older figure of the same party, replaced by a newer one, widens nothing."""
    claims = (
        claim(690, published="2026-01-22"),
        claim(687, published="2026-01-25"),
        claim(688, party="russia"),
    )
    headline = choose_headline(claims, recipient="ukraine")
    assert (headline.value, headline.low, headline.high) == (687, 687, 688)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (claim(1245), claim(1248), False),
        (claim(1245), claim(1245), True),
        (claim(1000, qualifier="about"), claim(1003), True),
        (claim(1000, qualifier="about"), claim(1060), False),
        (claim(1000, qualifier="about"), claim(1050), True),
        (claim(1000, qualifier="about"), claim(1051), False),
        (claim(1000, qualifier="about"), claim(949), False),
        (claim(580, qualifier="at_least"), claim(600), True),
        (claim(580, qualifier="at_least"), claim(579), False),
        (claim(580, qualifier="at_least"), claim(600, qualifier="at_least"), True),
        (claim(600, qualifier="about"), claim(580, qualifier="at_least"), True),
    ],
)
def test_what_can_both_hold(one, other, expected):
    assert compatible(one, other) is expected
    assert compatible(other, one) is expected


def test_conflict_needs_both_parties():
    assert find_conflict([claim(1245), claim(1240, party="other")], recipient="ukraine") is None
    found = find_conflict([claim(1245), claim(1248, party="russia")], recipient="ukraine")
    assert (found.ukraine.count, found.russia.count) == (1245, 1248)


claims = st.builds(
    claim,
    count=st.integers(1, 2000),
    party=st.sampled_from(["ukraine", "russia", "other"]),
    qualifier=st.sampled_from(["exact", "about", "at_least"]),
    publisher=st.sampled_from("ABC"),
    partial=st.booleans(),
    id=st.integers(1, 10**6),
)


@given(st.lists(claims, max_size=8, unique_by=lambda c: c.id), st.randoms())
def test_headline_does_not_depend_on_the_order_of_claims(some, random):
    first = choose_headline(some, recipient="ukraine")
    random.shuffle(some)
    assert choose_headline(some, recipient="ukraine") == first


@given(st.lists(claims, max_size=8, unique_by=lambda c: c.id))
def test_headline_is_one_of_the_claims_and_first_in_rank(some):
    headline = choose_headline(some, recipient="ukraine")
    ranked = rank(some, recipient="ukraine")
    assert sorted(c.id for c in ranked) == sorted(c.id for c in some)
    if headline:
        assert ranked[0] == headline.claim
        assert headline.low <= headline.value <= headline.high


def named(*claims):
    found = choose_headline(claims, recipient="ukraine")
    return found and found.claim.publisher


def test_a_report_of_those_days_is_named_before_a_later_mention():
    undated, later = claim(1212, publisher="Undated"), claim(1212, publisher="Later", published="2026-01-29")
    assert named(undated, later, claim(1212, publisher="News", published="2025-06-12")) == "News"


def test_who_says_who_speaks_is_named_before_who_does_not():
    itself = claim(1212, claimant="Outlet", publisher="Outlet", published="2025-06-11")
    assert named(itself, claim(1212, publisher="Wire", published="2025-06-11")) == "Wire"


def test_the_publisher_that_the_ledger_cites_most_is_named():
    elsewhere = claim(909, date="2025-05-16", publisher="Wire")
    of_round = [claim(1212, publisher=name, published="2025-06-11") for name in ("Blog", "Wire")]
    assert named(*ledger(elsewhere, *of_round).claims_of("remains-2025-06-11")) == "Wire"
