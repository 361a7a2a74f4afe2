"""What a report does to the ledger (contract, section 6)."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.articles import Article, Report, ReportedClaim, Trust
from bot.domain.claims import Claim, Kind, Party, Recipient
from bot.domain.decisions import Decision
from bot.domain.ledger import Ledger, build_ledger
from bot.domain.reconcile import confirms, reconcile
from bot.domain.rounds import Agreement, Round

KYIV = ZoneInfo("Europe/Kyiv")
DAY = dt.date(2025, 6, 14)
NOON = dt.datetime(2025, 6, 14, 12, tzinfo=dt.UTC)


def said(
    count: int | None = 1200,
    *,
    recipient: Recipient = "ukraine",
    party: Party = "ukraine",
    kind: Kind = "remains",
    date: dt.date | None = DAY,
    main: bool = True,
    claimant: str = "Coordination Headquarters",
) -> ReportedClaim:
    return ReportedClaim(
        kind=kind,
        recipient=recipient,
        measure="round",
        count=count,
        qualifier="exact",
        date=date,
        since=None,
        party=party,
        claimant=claimant,
        main=main,
        quote="the words",
    )


def total(count: int, *, since: dt.date | None = None) -> ReportedClaim:
    return replace(said(count, main=False), measure="total", since=since)


def report(
    *claims: ReportedClaim,
    publisher: str = "Wire",
    trust: Trust = "trusted",
    date: dt.date = DAY,
    relevant: bool = True,
    kinds: tuple[Kind, ...] | None = None,
    reasons: tuple[str, ...] = (),
    at: dt.datetime = NOON,
) -> Report:
    article = Article(
        id=publisher, title="T", text="", published_at=at, publisher=publisher, url=f"https://{publisher}", lang="en",
        trust=trust,
    )  # fmt: skip
    told = tuple(dict.fromkeys(one.kind for one in claims if one.main))
    return Report(
        article=article,
        relevant=relevant,
        confidence=0.9,
        claims=claims,
        kinds=told if kinds is None else kinds,
        date=date if relevant else None,
        reasons=reasons,
    )


def ledger(*claims: Claim, agreements: tuple[Agreement, ...] = ()) -> Ledger:
    named = dict.fromkeys((claim.round, claim.kind, claim.date) for claim in claims if claim.round is not None)
    rounds = tuple(Round(id=name, kind=kind, date=date) for name, kind, date in named if name is not None)
    numbered = tuple(replace(claim, id=place) for place, claim in enumerate(claims, start=1))
    return build_ledger(version=1, agreements=agreements, rounds=rounds, claims=numbered)


def standing(
    count: int | None,
    *,
    date: dt.date = DAY,
    recipient: Recipient = "ukraine",
    party: Party = "ukraine",
    kind: Kind = "remains",
    publisher: str = "HQ",
) -> Claim:
    return Claim(
        round=f"{kind}-{date.isoformat()}",
        kind=kind,
        recipient=recipient,
        count=count,
        qualifier="exact" if count is not None else "undisclosed",
        date=date,
        party=party,
        claimant="Coordination Headquarters",
        publisher=publisher,
        url="https://hq",
        published=date,
    )


def decide(read: Report, known: Ledger | None = None, *, now: dt.datetime = NOON) -> Decision:
    return reconcile(read, known if known is not None else ledger(), now=now, timezone=KYIV)


def test_trusted_report_of_an_unknown_round_alerts_at_once() -> None:
    decision = decide(report(said()))
    assert (decision.kind, decision.round, decision.alert) == ("new_round", "remains-2025-06-14", True)
    assert [one.id for one in decision.rounds] == ["remains-2025-06-14"]
    (claim,) = decision.claims
    assert (claim.count, claim.claimant, claim.publisher, claim.quote, claim.published) == (
        1200, "Coordination Headquarters", "Wire", "the words", DAY,
    )  # fmt: skip


def test_unverified_report_waits_and_changes_nothing() -> None:
    decision = decide(report(said(), trust="unverified"))
    assert (decision.kind, decision.alert, decision.reasons) == ("review", False, ("unverified",))
    assert decision.rounds == ()
    assert decision.claims == ()


def test_second_word_is_another_publishers_in_other_words() -> None:
    waiting = report(said(), publisher="Blog", trust="unverified")
    waiting = replace(waiting, article=replace(waiting.article, text="1,200 bodies are home."))
    copied = replace(waiting, article=replace(waiting.article, publisher="Other blog", text="1,200  Bodies are home."))
    own_words = replace(copied, article=replace(copied.article, text="Home: 1,200 bodies."))
    assert not confirms(waiting, waiting)
    assert not confirms(waiting, copied)
    assert confirms(waiting, own_words)


def test_what_is_older_than_72_hours_enters_without_alert() -> None:
    decision = decide(report(said()), now=NOON + dt.timedelta(days=5))
    assert (decision.kind, decision.alert, decision.reasons) == ("new_round", False, ("older_than_72_hours",))


def test_round_told_again_is_no_new_round() -> None:
    decision = decide(report(said()), ledger(standing(1200)))
    assert (decision.kind, decision.round, decision.alert) == ("same_round", "remains-2025-06-14", False)
    assert [change.edit for change in decision.changes] == [False]


def test_other_sides_figure_updates_the_alert() -> None:
    read = report(said(1248, party="russia"), said(51, recipient="russia", party="russia"))
    decision = decide(read, ledger(standing(1245)))
    assert decision.kind == "same_round"
    assert [(change.alert, change.edit) for change in decision.changes] == [(False, True)]
    assert [one.count for one in decision.claims] == [1248, 51]


def test_equal_round_figures_of_neighbouring_days_stay_apart() -> None:
    decision = decide(report(said()), ledger(standing(1200, date=dt.date(2025, 6, 13))))
    assert (decision.kind, decision.round) == ("new_round", "remains-2025-06-14")


def test_undated_report_next_day_is_the_same_round() -> None:
    known = ledger(standing(1000, date=dt.date(2025, 6, 13)))
    decision = decide(report(said(1000), reasons=("date_assumed",)), known)
    assert (decision.kind, decision.round) == ("same_round", "remains-2025-06-13")


def test_another_so_many_on_the_next_day_is_a_new_round() -> None:
    known = ledger(standing(1200, date=dt.date(2025, 6, 13)))
    decision = decide(report(said(), reasons=("date_assumed", "further_figure")), known)
    assert decision.kind == "new_round"


def test_telling_figure_dated_a_day_apart_is_the_same_round() -> None:
    known = ledger(standing(757, date=dt.date(2025, 6, 13)))
    assert decide(report(said(757)), known).round == "remains-2025-06-13"


def test_both_directions_alike_a_day_apart_are_the_same_round() -> None:
    day_before = dt.date(2025, 6, 13)
    known = ledger(
        standing(150, date=day_before, kind="prisoners"),
        standing(150, date=day_before, kind="prisoners", recipient="russia"),
    )
    read = report(said(150, kind="prisoners"), said(150, kind="prisoners", recipient="russia"))
    assert decide(read, known).round == "prisoners-2025-06-13"


def test_other_exact_figure_of_the_same_party_is_looked_at() -> None:
    decision = decide(report(said(1245)), ledger(standing(1200)))
    assert (decision.kind, decision.reasons) == ("review", ("conflict_same_party",))
    assert decision.claims == ()


def test_correction_says_so_or_comes_from_the_same_publisher() -> None:
    known = ledger(standing(1200))
    for read in (report(said(1245), reasons=("correction",)), report(said(1245), publisher="HQ")):
        decision = decide(read, known)
        assert decision.kind == "correction"
        assert [(change.alert, change.edit) for change in decision.changes] == [(False, True)]


def test_future_and_implausible_figures_are_looked_at() -> None:
    assert decide(report(said(date=DAY + dt.timedelta(days=3)), date=DAY + dt.timedelta(days=3))).reasons == (
        "future_date",
    )
    assert decide(report(said(12_000))).reasons == ("implausible",)


def test_two_kinds_of_one_day_are_two_rounds() -> None:
    decision = decide(report(said(), said(75, kind="prisoners")))
    assert [change.round for change in decision.changes] == ["remains-2025-06-14", "prisoners-2025-06-14"]
    assert all(change.alert for change in decision.changes)


def test_round_without_a_figure_is_recorded_as_undisclosed() -> None:
    decision = decide(report(kinds=("prisoners",)))
    assert decision.round == "prisoners-2025-06-14"
    assert [(one.count, one.qualifier) for one in decision.claims] == [(None, "undisclosed")]


def test_civilians_freed_with_prisoners_are_a_round_of_their_own_and_no_sum_is_made() -> None:
    decision = decide(report(said(20, kind="civilians"), said(185, kind="prisoners")))
    assert decision.round == "prisoners-2025-06-14"
    assert [change.round for change in decision.changes] == ["prisoners-2025-06-14", "civilians-2025-06-14"]
    assert [(one.round, one.count) for one in decision.claims] == [
        ("prisoners-2025-06-14", 185),
        ("civilians-2025-06-14", 20),
    ]


def test_civilians_of_a_known_exchange_are_no_second_alert() -> None:
    known = ledger(standing(185, kind="prisoners"))
    decision = decide(report(said(185, kind="prisoners"), said(20, kind="civilians"), publisher="Other"), known)
    assert (decision.kind, decision.round, decision.alert) == ("same_round", "prisoners-2025-06-14", False)
    assert [one.id for one in decision.rounds] == ["civilians-2025-06-14"]
    assert [change.beside for change in decision.changes] == [False, True]
    assert not decision.alert


def test_civilians_told_after_the_exchange_of_their_day_are_told_beside_it() -> None:
    known = ledger(standing(185, kind="prisoners"))
    decision = decide(report(said(20, kind="civilians"), publisher="Other"), known)
    assert [(one.round, one.alert, one.beside) for one in decision.changes] == [("civilians-2025-06-14", True, True)]
    assert not decision.alert


def test_soldiers_of_a_figure_that_counts_civilians_are_a_part_of_it() -> None:
    whole = replace(standing(205, kind="prisoners"), breakdown={"soldiers": 185, "civilians": 20})
    decision = decide(report(said(185, kind="prisoners"), publisher="Other"), ledger(whole))
    assert [(one.count, one.partial) for one in decision.claims] == [(185, True)]


def test_soldiers_and_civilians_that_add_up_to_a_figure_do_not_contradict_it() -> None:
    read = report(said(87, kind="prisoners"), said(3, kind="civilians"), publisher="Other")
    decision = decide(read, ledger(standing(90, kind="prisoners")))
    assert decision.kind != "review"
    assert [(one.count, one.partial) for one in decision.claims] == [(87, True), (3, False)]


def test_figure_that_counts_the_civilians_of_the_day_does_not_contradict_its_soldiers() -> None:
    known = ledger(standing(87, kind="prisoners"), standing(3, kind="civilians"))
    decision = decide(report(said(90, kind="prisoners"), publisher="Other"), known)
    assert decision.kind == "same_round"
    assert [(one.count, dict(one.breakdown)) for one in decision.claims] == [(90, {"soldiers": 87, "civilians": 3})]


@pytest.mark.parametrize(
    ("read", "waits"),
    [
        (said(1245), True),
        (said(1212, party="ukraine"), False),
        (said(900, party="russia"), True),
    ],
)
def test_unverified_report_changes_nothing_that_is_shown_of_a_known_round(read: ReportedClaim, waits: bool) -> None:
    known = ledger(standing(1212))
    decision = decide(report(read, publisher="Blog", trust="unverified", reasons=("correction",)), known)
    assert (decision.kind == "review", decision.kind == "correction") == (waits, False)
    assert ("unverified" in decision.reasons) == waits


def test_correction_takes_the_place_of_the_figure_of_its_party() -> None:
    wrong = [replace(standing(1200), id=7), replace(standing(1200), id=8, publisher="Third")]
    other = replace(standing(1200, party="russia"), id=9)
    read = report(said(1212), publisher="Other", reasons=("correction",))
    decision = decide(read, ledger(*wrong, other))
    assert (decision.kind, decision.alert, decision.retracted) == ("correction", False, (1, 2))
    assert [change.edit for change in decision.changes] == [True]


def test_civilians_told_alone_belong_to_the_exchange_that_counts_them() -> None:
    first = decide(report(said(205, kind="prisoners"), replace(said(20, kind="civilians"), included=True)))
    known = build_ledger(version=2, agreements=(), rounds=first.rounds, claims=first.claims)
    decision = decide(report(said(20, kind="civilians"), publisher="Other"), known)
    assert (decision.kind, decision.round, decision.alert) == ("same_round", "prisoners-2025-06-14", False)


def test_undated_word_of_the_other_side_next_day_is_the_same_round() -> None:
    known = ledger(standing(195, date=dt.date(2025, 6, 13), kind="prisoners", party="russia"))
    decision = decide(report(said(207, kind="prisoners"), reasons=("date_assumed",)), known)
    assert (decision.kind, decision.round) == ("same_round", "prisoners-2025-06-13")


def test_civilians_within_a_figure_are_not_added() -> None:
    read = report(said(189, kind="prisoners"), replace(said(2, kind="civilians"), included=True))
    assert [(one.count, dict(one.breakdown)) for one in decide(read).claims] == [(189, {"civilians": 2})]


def test_background_corroborates_and_makes_no_round() -> None:
    day = dt.date(2025, 6, 11)
    known = ledger(standing(1200), standing(1212, date=day))
    decision = decide(
        report(
            said(),
            said(1212, date=day, main=False, party="other"),
            said(563, date=dt.date(2024, 11, 8), main=False, party="other"),
        ),
        known,
    )
    assert [(one.round, one.count) for one in decision.claims] == [
        ("remains-2025-06-14", 1200),
        ("remains-2025-06-11", 1212),
    ]
    assert decision.rounds == ()


def test_background_dated_a_day_off_joins_the_round_with_its_figure() -> None:
    known = ledger(standing(909, date=dt.date(2025, 3, 28)))
    decision = decide(report(said(909, date=dt.date(2025, 3, 29), main=False, party="other"), relevant=False), known)
    assert (decision.kind, [one.round for one in decision.claims]) == ("background", ["remains-2025-03-28"])


def test_totals_are_recorded_as_totals() -> None:
    decision = decide(report(said(), total(4812)))
    assert [(one.measure, one.round, one.count) for one in decision.claims] == [
        ("round", "remains-2025-06-14", 1200),
        ("total", None, 4812),
    ]


def test_total_that_the_ledger_contradicts_is_looked_at() -> None:
    start = dt.date(2025, 6, 11)
    known = ledger(standing(1212, date=start), standing(1200, date=dt.date(2025, 6, 13)))
    read = report(total(900, since=start), relevant=False)
    assert (decide(read, known).kind, decide(read, known).reasons) == ("review", ("total_mismatch",))
    assert decide(report(total(2412, since=start), relevant=False), known).kind == "background"


def test_what_is_no_news_and_holds_nothing_is_irrelevant() -> None:
    assert decide(report(relevant=False)) == Decision(kind="irrelevant")


def test_reading_the_same_report_again_changes_nothing() -> None:
    first = decide(report(said(), total(4812)))
    known = build_ledger(
        version=2,
        agreements=(),
        rounds=first.rounds,
        claims=tuple(replace(one, id=place) for place, one in enumerate(first.claims, start=1)),
    )
    again = decide(report(said(), total(4812)), known)
    assert (again.kind, again.claims, again.rounds, again.alert) == ("same_round", (), (), False)
