"""The ledger in the database is appended to, never overwritten, and stays true."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.domain.decisions import ChangeSet
from bot.errors import InvalidChange, VersionConflict
from storage.database import Database, open_database
from tests.builders import NOW, a_round, agreement, article, change, claim, report, reported, subscription

LATER = NOW + dt.timedelta(hours=1)
LATEST = NOW + dt.timedelta(hours=2)
ROUND = "remains-2025-06-11"


async def counts(
    database: Database, *, version: int | None = None, as_of: dt.datetime | None = None
) -> list[int | None]:
    """Return the figures of the standing claims."""
    return [c.count for c in (await database.ledger.load(version=version, as_of=as_of)).claims]


async def test_empty_ledger_is_version_0(database: Database) -> None:
    ledger = await database.ledger.load()

    assert (await database.ledger.version(), ledger.version, ledger.rounds, ledger.claims) == (0, 0, (), ())


async def test_what_is_recorded_is_read_back_whole(database: Database) -> None:
    istanbul = agreement(names={"uk": ("Стамбул", "Істанбул"), "en": ("Istanbul",)}, terms={"remains_each_side": 6000})
    this_round = a_round(agreement=istanbul.id, ordinal=None, category="fallen", mediator="UAE", note="first")
    exact = claim(1212, breakdown={"soldiers": 1210, "identified": 2}, published="2025-06-11", quote="1,212 bodies")
    silent = claim(None, recipient="russia", party="russia", partial=True, lang="ru", pinned=True)
    total = claim(6057, measure="total", date="2025-06-16", since="2025-06-02")

    applied = await database.ledger.apply(change(exact, silent, total, rounds=[this_round], agreements=(istanbul,)))
    ledger = await database.ledger.load()

    assert applied.version == ledger.version == 1
    assert applied.claim_ids == (1, 2, 3)
    assert ledger.agreements == (istanbul,)
    assert list(ledger.agreements[0].names) == ["uk", "en"]
    assert ledger.rounds == (this_round,)
    assert ledger.claims == (replace(exact, id=1), replace(silent, id=2), replace(total, id=3))


async def test_importing_twice_changes_nothing(database: Database) -> None:
    imported = change(claim(1212), claim(None, party="russia"), agreements=(agreement(),))
    await database.ledger.apply(imported)

    again = await database.ledger.apply(replace(imported, at=LATER))

    assert (again.version, again.audit, again.claim_ids) == (1, None, ())
    assert len(await database.ledger.audit()) == 1


async def test_same_claim_twice_in_one_file_is_recorded_once(database: Database) -> None:
    applied = await database.ledger.apply(change(claim(1212), claim(1212, quote="read elsewhere", pinned=True)))

    assert applied.claim_ids == (1,)


async def test_claims_that_differ_in_anything_else_are_both_recorded(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))

    applied = await database.ledger.apply(change(claim(1212, publisher="Suspilne"), claim(1212, partial=True)))

    assert applied.claim_ids == (2, 3)


async def test_as_of_gives_the_ledger_as_it_was(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))
    await database.ledger.apply(change(claim(1213, id=1), at=LATER))
    await database.ledger.apply(change(claim(1200, date="2025-06-13"), at=LATEST))

    assert await counts(database, as_of=NOW - dt.timedelta(seconds=1)) == []
    assert await counts(database, as_of=NOW) == [1212]
    assert await counts(database, as_of=LATER - dt.timedelta(seconds=1)) == [1212]
    assert await counts(database, as_of=LATER) == [1213]
    assert await counts(database, as_of=LATEST) == [1213, 1200]
    assert (await database.ledger.load(as_of=LATER)).version == 2


async def test_earlier_version_reads_the_same_for_ever(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))
    await database.ledger.apply(change(claim(1213, id=1), at=LATER))
    await database.ledger.apply(change(at=LATEST, retracted_claims=(1,), retracted_rounds=(ROUND,)))

    assert [await counts(database, version=v) for v in (0, 1, 2, 3)] == [[], [1212], [1213], []]
    assert [len((await database.ledger.load(version=v)).rounds) for v in (0, 1, 2, 3)] == [0, 1, 1, 0]


async def test_clock_that_goes_back_still_gives_one_version(database: Database) -> None:
    """As of an instant is as of the last change recorded by then: never a mixture of two versions."""
    await database.ledger.apply(change(claim(1212), at=LATEST))
    await database.ledger.apply(change(claim(1213, id=1), at=LATER))

    assert await counts(database, as_of=LATER) == [1213]


async def test_superseded_claim_keeps_its_number(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))
    applied = await database.ledger.apply(change(claim(1213, id=1)))
    following = await database.ledger.apply(change(claim(27, recipient="russia")))

    assert (applied.claim_ids, following.claim_ids) == ((1,), (2,))


async def test_number_of_a_retracted_claim_is_not_given_again(database: Database) -> None:
    await database.ledger.apply(change(claim(1212), claim(1200, party="russia")))
    await database.ledger.apply(change(retracted_claims=(2,)))

    assert (await database.ledger.apply(change(claim(1201, party="russia")))).claim_ids == (3,)


async def test_claim_that_reads_the_same_is_not_superseded(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))

    assert (await database.ledger.apply(change(claim(1212, id=1)))).audit is None
    assert (await database.ledger.apply(change(claim(1212, id=1, pinned=True)))).audit == 2


async def test_round_that_reads_otherwise_is_superseded(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))
    await database.ledger.apply(change(rounds=[a_round(note="Novaya Huta")]))

    assert (await database.ledger.load()).rounds == (a_round(note="Novaya Huta"),)
    assert (await database.ledger.load(version=1)).rounds == (a_round(),)


async def test_retracted_claim_no_longer_counts(database: Database) -> None:
    await database.ledger.apply(change(claim(1212), claim(1200, party="russia")))
    await database.ledger.apply(change(retracted_claims=(2,), reason="misread"))

    assert await counts(database) == [1212]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (change(retracted_rounds=(ROUND,)), "claim C1 would stand on round remains-2025-06-11, which does not"),
        (change(retracted_claims=(1,)), "round remains-2025-06-11 would stand without a claim"),
        (change(rounds=[a_round(kind="civilians")]), "round civilians-2025-06-11 would stand without a claim"),
        (change(claim(id=1, round="nowhere")), "round remains-2025-06-11 would stand without a claim"),
        (change(claim(5, kind="civilians", round=ROUND), rounds=[a_round()]), "or is of another kind"),
        (change(rounds=[a_round(agreement="nowhere")]), "agreement nowhere, which does not stand"),
        (change(claim(id=1, pinned=True), retracted_claims=(1,)), "recorded and retracted at once"),
        (change(rounds=[a_round(note="x")], retracted_rounds=(ROUND,)), "recorded and retracted at once"),
        (change(alerts=("nowhere",)), "there is no round nowhere to tell of"),
    ],
)
async def test_change_that_would_leave_the_ledger_untrue_is_refused(
    database: Database, wrong: ChangeSet, words: str
) -> None:
    await database.ledger.apply(change(claim(1212)))

    with pytest.raises(InvalidChange, match=words):
        await database.ledger.apply(wrong)

    assert await database.ledger.version() == 1
    assert await counts(database) == [1212]


async def test_merged_round_gives_its_claims_to_the_other(database: Database) -> None:
    """A claim that thereby becomes the same as one of the other round is one claim, pinned if either was."""
    twice = claim(1200, date="2025-06-13", round="remains-2025-06-13", party="russia")
    await database.ledger.apply(change(claim(1200, party="russia", date="2025-06-13", round=ROUND), claim(1212), twice))
    merged = change(
        claim(1200, id=1, party="russia", date="2025-06-13", round="remains-2025-06-13", pinned=True),
        claim(1212, id=2, round="remains-2025-06-13"),
        retracted_rounds=(ROUND,),
    )

    await database.ledger.apply(merged)
    ledger = await database.ledger.load()

    assert [r.id for r in ledger.rounds] == ["remains-2025-06-13"]
    assert [(c.id, c.count, c.pinned) for c in ledger.claims] == [(2, 1212, False), (3, 1200, True)]

    await database.ledger.undo(2, author="7", at=LATER)
    before, after = await database.ledger.load(version=1), await database.ledger.load()
    assert (after.rounds, after.claims) == (before.rounds, before.claims)


async def test_author_who_looked_at_an_older_version_is_told(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))
    await database.ledger.apply(change(claim(1213, id=1)))

    with pytest.raises(VersionConflict):
        await database.ledger.apply(change(claim(1214, id=1), expected_version=1))

    assert (await database.ledger.apply(change(claim(1214, id=1), expected_version=2))).version == 3


@pytest.mark.parametrize(
    "change_of_nothing",
    [change(claim(5, id=2)), change(retracted_claims=(2,)), change(retracted_rounds=("remains-2025-06-12",))],
)
async def test_changing_what_does_not_stand_is_a_conflict(database: Database, change_of_nothing: ChangeSet) -> None:
    await database.ledger.apply(change(claim(1212)))

    with pytest.raises(VersionConflict):
        await database.ledger.apply(change_of_nothing)


async def test_of_two_who_retract_at_once_one_is_told(database: Database, database_url: str) -> None:
    await database.ledger.apply(change(claim(1212), claim(1200, party="russia")))
    async with await open_database(database_url) as other_process:
        results = await asyncio.gather(
            *(d.ledger.apply(change(retracted_claims=(2,), expected_version=1)) for d in (database, other_process)),
            return_exceptions=True,
        )

    assert sorted(type(result).__name__ for result in results) == ["Applied", "VersionConflict"]
    assert await database.ledger.version() == 2


# Audit log and undo


async def test_audit_says_who_when_before_and_after(database: Database) -> None:
    await database.ledger.apply(change(claim(1212), author="import", reason="first"))
    await database.ledger.apply(change(claim(1213, id=1), author="7", reason="typo", at=LATER))

    corrected, imported = await database.ledger.audit()

    assert (corrected.id, corrected.author, corrected.reason, corrected.at, corrected.version) == (
        2,
        "7",
        "typo",
        LATER,
        2,
    )
    assert corrected.before["claims"]["1"]["count"] == 1212
    assert corrected.after["claims"]["1"]["count"] == 1213
    assert imported.before == {"rounds": {ROUND: None}, "claims": {"1": None}}
    assert imported.after["rounds"][ROUND]["kind"] == "remains"


async def test_audit_pages_and_filters(database: Database) -> None:
    await database.ledger.apply(change(claim(1212), author="import"))
    await database.ledger.apply(change(claim(1200, date="2025-06-13"), author="7"))
    await database.ledger.apply(change(claim(1213, id=1), author="7"))
    await database.ledger.apply(change(rounds=[a_round(note="x")], author="8"))

    async def ids(**wanted: object) -> list[int]:
        return [entry.id for entry in await database.ledger.audit(**wanted)]  # type: ignore[arg-type]

    assert await ids() == [4, 3, 2, 1]
    assert await ids(limit=2) == [4, 3]
    assert await ids(limit=2, before=3) == [2, 1]
    assert await ids(author="7") == [3, 2]
    assert await ids(about=ROUND) == [4, 3, 1]
    assert await ids(about="C1") == [3, 1]
    assert await ids(about="2") == [2]
    assert await ids(about="C99") == []


async def test_undo_of_an_addition_retracts_it(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))
    await database.ledger.apply(change(claim(27, recipient="russia", date="2025-06-14"), agreements=(agreement(),)))

    applied = await database.ledger.undo(2, author="7", at=LATER)
    ledger = await database.ledger.load()

    assert (applied.version, applied.audit) == (3, 3)
    assert [c.count for c in ledger.claims] == [1212]
    assert ([r.id for r in ledger.rounds], ledger.agreements) == ([ROUND], ())
    assert (await database.ledger.audit(limit=1))[0].undoes == 2


async def test_undo_of_a_correction_brings_back_what_stood(database: Database) -> None:
    await database.ledger.apply(change(claim(1212, quote="1,212 bodies")))
    await database.ledger.apply(change(claim(1, id=1), rounds=[a_round(note="wrong")]))

    await database.ledger.undo(2, author="7", at=LATER)
    ledger = await database.ledger.load()

    assert ledger.claims == (claim(1212, id=1, quote="1,212 bodies"),)
    assert ledger.rounds == (a_round(),)


async def test_undo_of_a_retraction_brings_back_round_and_claims(database: Database) -> None:
    await database.ledger.apply(change(claim(1212), claim(None, party="russia")))
    await database.ledger.apply(change(retracted_claims=(1, 2), retracted_rounds=(ROUND,)))

    await database.ledger.undo(2, author="7", at=LATER)
    before, after = await database.ledger.load(version=1), await database.ledger.load()

    assert (after.rounds, after.claims) == (before.rounds, before.claims)


async def test_undo_can_be_undone(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))
    await database.ledger.apply(change(claim(1213, id=1)))
    await database.ledger.undo(2, author="7", at=LATER)
    await database.ledger.undo(3, author="7", at=LATEST)

    assert [await counts(database, version=v) for v in (1, 2, 3, 4)] == [[1212], [1213], [1212], [1213]]


async def test_undo_of_an_import_can_be_undone(database: Database) -> None:
    await database.ledger.apply(change(claim(1212), claim(6000, party="russia"), agreements=(agreement(),)))
    await database.ledger.undo(1, author="7", at=LATER)
    assert await counts(database) == []

    await database.ledger.undo(2, author="7", at=LATEST)
    before, after = await database.ledger.load(version=1), await database.ledger.load()

    assert (after.agreements, after.rounds, after.claims) == (before.agreements, before.rounds, before.claims)


@pytest.mark.parametrize(
    "since",
    [
        change(claim(1214, id=1)),
        change(claim(1200, party="russia"), rounds=[a_round(note="changed")]),
        change(retracted_claims=(1,), retracted_rounds=(ROUND,)),
        change(claim(1200, party="russia"), rounds=[a_round()]),
    ],
    ids=["claim changed", "round changed", "retracted", "built upon"],
)
async def test_undo_of_what_was_changed_since_is_a_conflict(database: Database, since: ChangeSet) -> None:
    await database.ledger.apply(change(claim(1212)))
    await database.ledger.apply(since)

    with pytest.raises(VersionConflict):
        await database.ledger.undo(1, author="7", at=LATER)

    assert await database.ledger.version() == 2


async def test_undo_twice_is_a_conflict(database: Database) -> None:
    await database.ledger.apply(change(claim(1212)))
    await database.ledger.undo(1, author="7", at=LATER)

    with pytest.raises(VersionConflict):
        await database.ledger.undo(1, author="7", at=LATEST)


async def test_retraction_is_not_undone_into_a_second_copy(database: Database) -> None:
    """What was retracted and has been reported again since stands once."""
    await database.ledger.apply(change(claim(1212), claim(1200, party="russia")))
    await database.ledger.apply(change(claim(1, publisher="TASS"), retracted_claims=(2,)))
    await database.ledger.apply(change(claim(1200, party="russia")))

    await database.ledger.undo(2, author="7", at=LATER)

    assert [(c.id, c.count) for c in (await database.ledger.load()).claims] == [(1, 1212), (4, 1200)]


@pytest.mark.parametrize("entry", [99, 1])
async def test_undo_of_what_changed_no_ledger_is_refused(database: Database, entry: int) -> None:
    await database.admins.set_role(5, "editor", author="7", at=NOW)

    with pytest.raises(InvalidChange):
        await database.ledger.undo(entry, author="7", at=LATER)


# What else a change carries


async def test_items_of_a_change_are_remembered_with_it(database: Database) -> None:
    feed = await database.feeds.add_feed(url="https://a.example/rss", name="A", trust="trusted")

    await database.ledger.apply(change(claim(1212), items=((feed.id, "guid-1", "hash"),)))

    assert await database.feeds.unseen(feed.id, {"guid-1": "hash", "guid-2": "hash"}) == ["guid-2"]


async def test_items_are_not_remembered_by_a_change_that_fails(database: Database) -> None:
    feed = await database.feeds.add_feed(url="https://a.example/rss", name="A", trust="trusted")

    with pytest.raises(VersionConflict):
        await database.ledger.apply(change(claim(1212), items=((feed.id, "guid-1", "h"),), expected_version=9))

    assert await database.feeds.unseen(feed.id, {"guid-1": "h"}) == ["guid-1"]


async def test_report_waits_and_is_settled_by_the_change_that_accepts_it(database: Database) -> None:
    waits = report(reported(1212), of=article("a1"), reasons=("rule",))
    opened = await database.ledger.apply(change(review=waits, review_reasons=("unverified",)))
    assert (opened.version, opened.audit, opened.review) == (0, None, 1)
    [waiting] = await database.reviews.waiting()
    assert (waiting.report, waiting.reasons, waiting.since) == (waits, ("unverified",), NOW)

    await database.ledger.apply(change(claim(1212), settles=1, author="7", at=LATER))

    assert await database.reviews.waiting() == []
    assert await database.reviews.get(1) is None


async def test_of_two_who_accept_a_report_one_is_told(database: Database) -> None:
    await database.ledger.apply(change(review=report(reported(1212))))
    await database.ledger.apply(change(claim(1212), settles=1))

    with pytest.raises(VersionConflict):
        await database.ledger.apply(change(claim(1213), settles=1))

    assert await counts(database) == [1212]


async def test_report_that_comes_again_takes_the_place_of_the_one_that_waits(database: Database) -> None:
    first = await database.ledger.apply(change(review=report(reported(1212))))
    again = await database.ledger.apply(change(review=report(reported(1213)), at=LATER))

    [waiting] = await database.reviews.waiting()
    assert first.review == again.review == waiting.id
    assert (waiting.report.claims[0].count, waiting.since) == (1213, NOW)


async def test_large_import_is_one_version_and_quick_to_load(database: Database) -> None:
    first = dt.date(2000, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range(3000)]

    applied = await database.ledger.apply(change(*(claim(n, date=d) for n, d in enumerate(days))))
    again = await database.ledger.apply(change(*(claim(n, date=d) for n, d in enumerate(days))))
    ledger = await database.ledger.load()

    assert (applied.version, len(applied.claim_ids), again.audit) == (1, 3000, None)
    assert (len(ledger.rounds), len(ledger.claims)) == (3000, 3000)
    [entry] = await database.ledger.audit()
    assert len(entry.after["claims"]) == 100

    await database.ledger.undo(1, author="7", at=LATER)
    assert (await database.ledger.load()).claims == ()


async def test_version_is_told_to_who_listens(database: Database) -> None:
    heard: asyncio.Queue[int] = asyncio.Queue()
    async with database.listen_versions(heard.put_nowait), asyncio.timeout(10):
        await database.ledger.apply(change(claim(1212)))
        while await heard.get() != 1:
            pass


async def test_version_that_another_process_made_is_told(database: Database, database_url: str) -> None:
    heard: asyncio.Queue[int] = asyncio.Queue()
    await database.subscriptions.put(subscription(1), at=NOW)
    async with (
        await open_database(database_url) as other_process,
        database.listen_versions(heard.put_nowait),
        asyncio.timeout(10),
    ):
        await other_process.ledger.apply(change(claim(1212)))
        while await heard.get() != 1:
            pass


async def test_first_acceptance_is_of_the_report_that_was_seen(database: Database) -> None:
    await database.ledger.apply(change(review=report(reported(1212))))
    await database.reviews.second(1, author="7")
    await database.ledger.apply(change(review=report(reported(1212)), at=LATER))
    [same] = await database.reviews.waiting()
    await database.ledger.apply(change(review=report(reported(1213)), at=LATER))
    [other] = await database.reviews.waiting()

    assert (same.seconded_by, other.seconded_by) == ("7", None)
