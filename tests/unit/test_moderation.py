"""What a command would do to the ledger, and what is held against it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.claims import Claim
from bot.domain.commands import Add, Command, Draft, Edit, Merge, Pin, Retract, Split
from bot.domain.headline import figures
from bot.domain.ledger import Ledger, build_ledger
from bot.domain.moderation import is_fresh, propose, revise
from bot.domain.proposals import Proposal
from bot.errors import CommandError
from tests.builders import NOW, a_round, agreement, claim, day, ledger

KYIV = dt.timezone(dt.timedelta(hours=3))


def plan(command: Command, of: Ledger) -> Proposal:
    return propose(command, of, author="1", now=NOW, timezone=KYIV)


def add(of: Ledger, count: int | None = 1212, **fields: Any) -> Proposal:
    values: dict[str, Any] = {
        "kind": "remains",
        "recipient": "ukraine",
        "qualifier": "undisclosed" if count is None else "exact",
        "date": "2025-06-11",
        "party": "ukraine",
    } | fields
    values["date"] = day(values["date"])
    return plan(Add(drafts=(Draft(count=count, **values),)), of)


def concerns(proposal: Proposal) -> set[str]:
    return {c.kind for c in proposal.concerns}


def after(proposal: Proposal, of: Ledger) -> list[Claim]:
    """The standing claims once it is done."""
    gone = {c.id for c in proposal.change.claims} | set(proposal.change.retracted_claims)
    return [c for c in of.claims if c.id not in gone] + list(proposal.change.claims)


def rounds_of(claims: Iterable[Claim]) -> list[str | None]:
    return [c.round for c in claims]


class TestAdd:
    def test_the_first_claim_of_a_day_makes_its_round(self) -> None:
        found = add(ledger())
        assert [r.id for r in found.new_rounds] == ["remains-2025-06-11"]
        assert found.change.alerts == ("remains-2025-06-11",)
        assert rounds_of(found.change.claims) == ["remains-2025-06-11"]

    def test_a_claim_of_the_same_kind_and_day_joins_its_round(self) -> None:
        found = add(ledger(claim(1212)), 27, recipient="russia", party="russia")
        assert found.new_rounds == ()
        assert rounds_of(found.change.claims) == ["remains-2025-06-11"]
        assert (found.change.alerts, found.change.edits) == ((), ("remains-2025-06-11",))

    def test_another_kind_on_that_day_is_another_round(self) -> None:
        found = add(ledger(claim(1212)), 100, kind="prisoners")
        assert [r.id for r in found.new_rounds] == ["prisoners-2025-06-11"]

    def test_a_second_round_of_a_day_gets_a_letter(self) -> None:
        found = add(ledger(claim(1212)), 5, round="new")
        assert [r.id for r in found.new_rounds] == ["remains-2025-06-11-b"]

    def test_of_several_rounds_of_a_day_the_one_with_that_figure_is_taken_unasked(self) -> None:
        rounds = [a_round("remains-2025-06-11-a"), a_round("remains-2025-06-11-b")]
        of = ledger(claim(30, round="remains-2025-06-11-a"), claim(50, round="remains-2025-06-11-b"), rounds=rounds)
        found = add(of, 50, publisher="Suspilne")
        assert rounds_of(found.change.claims) == ["remains-2025-06-11-b"]
        assert "several_rounds" not in concerns(found)

    def test_which_of_several_rounds_is_asked_where_nothing_tells(self) -> None:
        rounds = [a_round("remains-2025-06-11-a"), a_round("remains-2025-06-11-b")]
        of = ledger(claim(30, round="remains-2025-06-11-a"), claim(50, round="remains-2025-06-11-b"), rounds=rounds)
        found = add(of, 5, recipient="russia")
        assert "several_rounds" in {c.kind for c in found.questions}

    def test_a_round_a_day_apart_is_asked_about(self) -> None:
        found = add(ledger(claim(1212)), 1212, date="2025-06-12", party="russia")
        assert "near_round" in {c.kind for c in found.questions}

    def test_a_round_is_named_by_its_id(self) -> None:
        found = add(ledger(claim(1212)), 1212, date="2025-06-12", party="russia", round="remains-2025-06-11")
        assert rounds_of(found.change.claims) == ["remains-2025-06-11"]
        assert found.questions == ()

    def test_an_unknown_round_is_refused(self) -> None:
        with pytest.raises(CommandError, match="admin-unknown-round"):
            add(ledger(), round="remains-2025-06-10")

    def test_a_round_of_another_kind_is_refused(self) -> None:
        with pytest.raises(CommandError, match="admin-other-kind"):
            add(ledger(claim(1212)), kind="prisoners", round="remains-2025-06-11")

    def test_the_same_claim_again_changes_nothing_and_says_so(self) -> None:
        of = ledger(claim(1212))
        found = add(of, claimant="Coordination Headquarters", publisher="Ukrinform", url=of.claims[0].url)
        assert found.empty
        assert concerns(found) == {"duplicate"}

    def test_a_new_figure_of_the_same_voice_supersedes_the_old(self) -> None:
        of = ledger(claim(1212))
        found = add(of, 1213, claimant="Coordination Headquarters", publisher="Ukrinform")
        assert [(c.id, c.count) for c in found.change.claims] == [(1, 1213)]
        assert [c.count for c in found.superseded] == [1212]
        assert found.change.edits == ("remains-2025-06-11",)

    def test_another_outlet_with_the_same_figure_only_confirms(self) -> None:
        found = add(ledger(claim(1212)), claimant="Coordination Headquarters", publisher="Suspilne")
        assert found.concerns == ()
        assert found.change.edits == ()

    def test_the_other_partys_figure_is_shown_as_a_contradiction(self) -> None:
        found = add(ledger(claim(1212)), 1200, party="russia")
        assert concerns(found) == {"other_party", "stays"}

    def test_a_rounded_figure_near_the_exact_one_contradicts_nothing(self) -> None:
        found = add(ledger(claim(1212)), 1200, qualifier="about", party="russia")
        assert "other_party" not in concerns(found)

    def test_another_exact_figure_of_the_same_party_is_shown(self) -> None:
        found = add(ledger(claim(1212)), 1213, publisher="Suspilne")
        assert "same_party" in concerns(found)

    def test_a_claimed_total_that_no_longer_fits_is_shown(self) -> None:
        of = ledger(claim(1212), claim(1212, measure="total", since="2025-06-02", date="2025-06-12"))
        assert "claimed_total" in concerns(add(of, 100, date="2025-06-12", round="new"))

    def test_a_total_is_held_against_the_ledgers_sum(self) -> None:
        found = add(ledger(claim(1212)), 1300, measure="total", since=day("2025-06-02"), date="2025-06-12")
        assert {c.kind: c.value for c in found.concerns} == {"ledger_sum": 1212}
        assert found.new_rounds == ()

    def test_a_total_under_an_agreement_counts_from_its_day(self) -> None:
        of = ledger(claim(1212), agreements=[agreement()])
        found = add(of, 1212, measure="total", agreement="istanbul", date="2025-06-12")
        assert found.change.claims[0].since == day("2025-06-02")
        assert found.concerns == ()

    def test_an_agreement_is_found_by_its_name(self) -> None:
        found = add(ledger(agreements=[agreement()]), agreement="Istanbul")
        assert found.new_rounds[0].agreement == "istanbul-2025-06-02"

    def test_an_unknown_agreement_is_refused(self) -> None:
        with pytest.raises(CommandError, match="admin-unknown-agreement"):
            add(ledger(), agreement="Atlantis")

    def test_a_claimant_brings_their_party(self) -> None:
        of = ledger(claim(1212, party="russia"))
        found = add(of, 5, party=None, claimant="vladimir medinsky", date="2025-06-13", round="new")
        assert found.change.claims[0].party == "russia"

    def test_a_figure_without_a_word_whose_it_is_is_nobodys(self) -> None:
        assert add(ledger(), party=None).change.claims[0].party == "other"

    def test_the_publisher_is_the_host_of_the_source(self) -> None:
        found = add(ledger(), url="https://www.example.org/a")
        assert found.change.claims[0].publisher == "example.org"

    def test_both_ways_of_one_day_are_one_round(self) -> None:
        drafts = tuple(
            Draft(kind="remains", recipient=way, count=n, date=day("2025-06-11"), party=way)
            for way, n in (("ukraine", 1212), ("russia", 27))
        )
        found = plan(Add(drafts=drafts), ledger())
        assert [r.id for r in found.new_rounds] == ["remains-2025-06-11"]
        assert rounds_of(found.change.claims) == ["remains-2025-06-11"] * 2

    @pytest.mark.parametrize(
        ("count", "date", "concern"),
        [(1212, "2025-06-14", "future_date"), (12120, "2025-06-11", "implausible"), (0, "2025-06-11", "zero")],
    )
    def test_what_can_hardly_be_is_asked_about(self, count: int, date: str, concern: str) -> None:
        found = add(ledger(), count, date=date)
        assert concern in {c.kind for c in found.questions}

    @pytest.mark.parametrize(("date", "told"), [("2025-06-13", True), ("2025-06-10", True), ("2025-06-09", False)])
    def test_a_round_is_news_for_three_days_after_its_own(self, date: str, told: bool) -> None:
        assert bool(add(ledger(), date=date).change.alerts) is told
        assert is_fresh(day(date), now=NOW, timezone=KYIV) is told


class TestEdit:
    def test_a_figure_is_a_new_version_of_the_same_claim(self) -> None:
        found = plan(Edit(claim=1, changes={"count": 1213}), ledger(claim(1212)))
        assert [(c.id, c.count) for c in found.change.claims] == [(1, 1213)]
        assert [(s.before.value, s.after.value) for s in found.shown if s.before and s.after] == [(1212, 1213)]
        assert found.change.edits == ("remains-2025-06-11",)

    def test_a_corrected_source_is_corrected_where_readers_read_it(self) -> None:
        found = plan(Edit(claim=1, changes={"publisher": "Suspilne"}), ledger(claim(1212)))
        assert (found.shown, found.change.edits) == ((), ("remains-2025-06-11",))

    def test_the_day_of_a_rounds_only_claim_is_the_rounds(self) -> None:
        found = plan(Edit(claim=1, changes={"date": day("2025-06-10")}), ledger(claim(1212)))
        assert [(r.id, r.date) for r in found.change.rounds] == [("remains-2025-06-11", day("2025-06-10"))]

    def test_the_day_of_one_claim_of_several_is_its_own(self) -> None:
        of = ledger(claim(1212), claim(1200, party="russia"))
        found = plan(Edit(claim=2, changes={"date": day("2025-06-12")}), of)
        assert found.change.rounds == ()

    def test_another_kind_moves_the_claim_and_its_round_is_gone(self) -> None:
        found = plan(Edit(claim=1, changes={"kind": "prisoners"}), ledger(claim(300)))
        assert rounds_of(found.change.claims) == ["prisoners-2025-06-11"]
        assert found.change.retracted_rounds == ("remains-2025-06-11",)

    def test_a_figure_that_becomes_a_total_leaves_no_empty_round(self) -> None:
        found = plan(Edit(claim=1, changes={"measure": "total", "since": day("2025-06-02")}), ledger(claim(300)))
        assert rounds_of(found.change.claims) == [None]
        assert found.change.retracted_rounds == ("remains-2025-06-11",)

    def test_a_total_that_becomes_a_figure_finds_its_round(self) -> None:
        of = ledger(claim(1212), claim(1212, party="russia", measure="total", since="2025-06-02"))
        found = plan(Edit(claim=2, changes={"measure": "round"}), of)
        assert rounds_of(found.change.claims) == ["remains-2025-06-11"]
        assert found.change.claims[0].since is None

    def test_undisclosed_takes_the_figure_away(self) -> None:
        found = plan(Edit(claim=1, changes={"qualifier": "undisclosed"}), ledger(claim(300)))
        assert found.change.claims[0].count is None

    def test_a_figure_discloses(self) -> None:
        found = plan(Edit(claim=1, changes={"count": 5}), ledger(claim(None)))
        assert found.change.claims[0].qualifier == "exact"

    def test_an_unknown_claim_is_refused(self) -> None:
        with pytest.raises(CommandError, match="admin-unknown-claim"):
            plan(Edit(claim=9, changes={"count": 5}), ledger(claim(300)))

    def test_nothing_new_is_refused(self) -> None:
        with pytest.raises(CommandError, match="admin-no-change"):
            plan(Edit(claim=1, changes={"count": 300}), ledger(claim(300)))

    def test_a_second_claim_of_the_same_content_is_refused(self) -> None:
        of = ledger(claim(300), claim(301))
        with pytest.raises(CommandError, match="admin-same-as"):
            plan(Edit(claim=2, changes={"count": 300}), of)

    def test_an_implausible_figure_is_asked_about(self) -> None:
        found = plan(Edit(claim=1, changes={"count": 90000}), ledger(claim(300)))
        assert "implausible" in {c.kind for c in found.questions}


class TestCorrections:
    def test_retracting_one_of_several_leaves_the_round(self) -> None:
        of = ledger(claim(1212), claim(1200, party="russia"))
        found = plan(Retract(claim=1, reason="withdrawn"), of)
        assert (found.change.retracted_claims, found.change.retracted_rounds) == ((1,), ())
        assert found.change.reason == "withdrawn"

    def test_retracting_the_last_claim_withdraws_the_round_and_frees_its_totals(self) -> None:
        total = claim(5000, measure="total", round="remains-2025-06-11", since="2025-06-02")
        found = plan(Retract(claim=1, reason="false"), ledger(claim(1212), total))
        assert found.change.retracted_rounds == ("remains-2025-06-11",)
        assert [(c.id, c.round) for c in found.change.claims] == [(2, None)]

    def test_a_pin_takes_the_place_of_another(self) -> None:
        of = ledger(claim(1212, pinned=True), claim(1200, party="russia"))
        found = plan(Pin(claim=2), of)
        assert {c.id: c.pinned for c in found.change.claims} == {1: False, 2: True}
        assert [s.after.value for s in found.shown if s.after] == [1200]

    def test_a_pin_of_the_other_recipients_figure_stays(self) -> None:
        of = ledger(claim(1212, pinned=True), claim(27, recipient="russia"))
        assert {c.id for c in plan(Pin(claim=2), of).change.claims} == {2}

    def test_a_pin_is_taken_off(self) -> None:
        found = plan(Pin(claim=1, off=True), ledger(claim(1212, pinned=True)))
        assert [c.pinned for c in found.change.claims] == [False]

    @pytest.mark.parametrize("fields", [{"partial": True}, {"count": None}, {"measure": "total"}])
    def test_only_a_figure_of_a_round_can_be_pinned(self, fields: dict[str, Any]) -> None:
        count = fields.pop("count", 5)
        with pytest.raises(CommandError, match="admin-no-figure"):
            plan(Pin(claim=1), ledger(claim(count, **fields)))

    def test_merging_moves_every_claim_and_withdraws_the_second_round(self) -> None:
        of = ledger(
            claim(1212),
            claim(1212, party="russia", date="2025-06-12"),
            rounds=[a_round(), a_round(date="2025-06-12", ordinal=5)],
        )
        found = plan(Merge(into="remains-2025-06-11", other="remains-2025-06-12"), of)
        assert set(rounds_of(after(found, of))) == {"remains-2025-06-11"}
        assert found.change.retracted_rounds == ("remains-2025-06-12",)
        assert [r.ordinal for r in found.change.rounds] == [5]
        assert set(found.change.edits) == {"remains-2025-06-11", "remains-2025-06-12"}

    def test_merging_keeps_one_of_two_claims_that_say_the_same(self) -> None:
        same = {"date": "2025-06-11", "round": "remains-2025-06-11-b"}
        of = ledger(claim(1212), claim(1212, **same), rounds=[a_round(), a_round("remains-2025-06-11-b")])
        found = plan(Merge(into="remains-2025-06-11", other="remains-2025-06-11-b"), of)
        assert found.change.retracted_claims == (2,)

    def test_rounds_of_two_kinds_do_not_merge(self) -> None:
        of = ledger(claim(1212), claim(5, kind="prisoners"))
        with pytest.raises(CommandError, match="admin-other-kind"):
            plan(Merge(into="remains-2025-06-11", other="prisoners-2025-06-11"), of)

    def test_rounds_that_are_days_apart_are_asked_about(self) -> None:
        of = ledger(claim(1212), claim(5, date="2025-06-16"))
        found = plan(Merge(into="remains-2025-06-11", other="remains-2025-06-16"), of)
        assert "not_alone" in {c.kind for c in found.questions}

    def test_splitting_gives_the_claims_a_round_of_their_own(self) -> None:
        of = ledger(claim(1212), claim(27))
        found = plan(Split(round="remains-2025-06-11", claims=(2,)), of)
        assert [(c.id, c.round) for c in found.change.claims] == [(2, "remains-2025-06-11-b")]
        assert found.change.alerts == ("remains-2025-06-11-b",)

    def test_a_split_round_may_be_of_another_day(self) -> None:
        of = ledger(claim(1212), claim(27))
        found = plan(Split(round="remains-2025-06-11", claims=(2,), date=day("2025-06-12")), of)
        assert [(r.id, r.date) for r in found.new_rounds] == [("remains-2025-06-12", day("2025-06-12"))]
        assert found.change.claims[0].date == day("2025-06-12")

    def test_a_round_is_not_split_to_nothing(self) -> None:
        with pytest.raises(CommandError, match="admin-split-all"):
            plan(Split(round="remains-2025-06-11", claims=(1,)), ledger(claim(1212)))

    def test_a_claim_of_another_round_is_not_split_off(self) -> None:
        of = ledger(claim(1212), claim(27), claim(5, date="2025-06-12"))
        with pytest.raises(CommandError, match="admin-not-in-round"):
            plan(Split(round="remains-2025-06-11", claims=(3,)), of)


def test_two_proposals_that_do_the_same_have_one_fingerprint() -> None:
    of = ledger(claim(1212))
    later = propose(
        Edit(claim=1, changes={"count": 5}), of, author="2", now=NOW + dt.timedelta(minutes=5), timezone=KYIV
    )
    assert later.fingerprint == plan(Edit(claim=1, changes={"count": 5}), of).fingerprint
    moved = ledger(claim(1211))
    assert later.fingerprint != plan(Edit(claim=1, changes={"count": 5}), moved).fingerprint


def test_a_drafts_figure_and_qualifier_stay_in_agreement() -> None:
    open_draft = Draft(kind="remains", recipient="ukraine", count=None, qualifier="undisclosed", date=day("2025-06-11"))
    assert revise(open_draft, {"count": 5}).qualifier == "exact"
    assert revise(revise(open_draft, {"count": 5}), {"qualifier": "undisclosed"}).count is None


def done(proposal: Proposal, of: Ledger) -> Ledger:
    """Carry out a proposal as the storage does."""
    c = proposal.change
    rounds = {r.id: r for r in of.rounds} | {r.id: r for r in c.rounds}
    claims = {claim.id: claim for claim in of.claims}
    for number in c.retracted_claims:
        del claims[number]
    last = max((n for n in claims if n is not None), default=0)
    for made in c.claims:
        last += made.id is None
        claims[made.id or last] = replace(made, id=made.id or last)
    standing = [r for r in rounds.values() if r.id not in c.retracted_rounds]
    return build_ledger(version=of.version + 1, rounds=standing, claims=claims.values())


DAYS = [day(f"2025-06-{n}") for n in (10, 11, 12, 20)]
DRAFTS = st.builds(
    Draft,
    kind=st.sampled_from(["remains", "prisoners"]),
    recipient=st.sampled_from(["ukraine", "russia"]),
    count=st.integers(0, 5),
    date=st.sampled_from(DAYS),
    party=st.sampled_from(["ukraine", "russia", "other"]),
    measure=st.sampled_from(["round", "round", "round", "total"]),
    publisher=st.sampled_from(["a", "b"]),
    round=st.sampled_from(["", "", "new"]),
)
CHANGES = st.sampled_from(
    [
        {"count": 7},
        {"kind": "prisoners"},
        {"kind": "remains"},
        {"date": DAYS[0]},
        {"measure": "total"},
        {"measure": "round"},
        {"round": "new"},
        {"qualifier": "undisclosed"},
        {"partial": True},
    ]
)
NUMBERS = st.integers(1, 8)
STEPS = st.one_of(
    st.builds(lambda d: Add(drafts=tuple(d)), st.lists(DRAFTS, min_size=1, max_size=3)),
    st.builds(lambda n, c: Edit(claim=n, changes=c), NUMBERS, CHANGES),
    st.builds(lambda n: Retract(claim=n, reason="x"), NUMBERS),
    st.builds(lambda n, off: Pin(claim=n, off=off), NUMBERS, st.booleans()),
    st.tuples(NUMBERS, NUMBERS),
    st.lists(NUMBERS, min_size=1, max_size=2),
)


def as_command(step: Any, of: Ledger) -> Command | None:
    """Make merges and splits of the rounds that claims with these numbers are on."""
    if not isinstance(step, tuple | list):
        return step  # type: ignore[no-any-return]
    rounds = [c.round for n in step if (c := of.claim(n)) is not None and c.round is not None]
    if isinstance(step, list):
        return Split(round=rounds[0], claims=tuple(dict.fromkeys(step))) if rounds else None
    return Merge(into=rounds[0], other=rounds[1]) if len(set(rounds)) == 2 else None


@settings(deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_whatever_is_done_the_ledger_stays_true(steps: list[Any]) -> None:
    """Every round has a claim of its figure, every claim's round stands and is of its kind, one pin a recipient."""
    of = ledger()
    for step in steps:
        command = as_command(step, of)
        if command is None:
            continue
        try:
            proposal = plan(command, of)
        except CommandError:
            continue
        of = done(proposal, of)
        for this_round in of.rounds:
            claims = of.claims_of(this_round.id)
            assert claims
            for way in ("ukraine", "russia"):
                assert sum(c.pinned for c in figures(claims) if c.recipient == way) <= 1
        for c in of.claims:
            assert c.measure == "total" or c.round is not None
            assert (c.count is None) == (c.qualifier == "undisclosed")
            if c.round is not None:
                found = of.round(c.round)
                assert found is not None
                assert found.kind == c.kind
        contents = [replace(c, id=None, pinned=False) for c in of.claims]
        assert all(c not in contents[:i] for i, c in enumerate(contents))
