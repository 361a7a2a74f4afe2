"""What administrators decide, carried out on a real database: one wins, the others are told, everything is undone."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.articles import Report
from bot.domain.commands import Add, AuditQuery, Command, Draft, Edit, Merge, Pin, Retract, Split
from bot.domain.ledger import Ledger
from bot.errors import CommandError
from bot.services.current import CurrentLedger
from bot.services.moderate import Moderation, Reminder, Saved, Seconded, Settled, Stale
from bot.services.status import status_facts
from storage.database import Database
from tests.builders import NOW, a_round, article, change, claim, report, reported, subscription

KYIV = ZoneInfo("Europe/Kyiv")
OWNER, EDITOR, OTHER = 1, 2, 3
ROUND = "remains-2025-06-11"


class SetClock:
    def __init__(self) -> None:
        self.instant = NOW

    def now(self) -> dt.datetime:
        return self.instant


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def make(database: Database, clock: SetClock) -> Callable[..., Moderation]:
    """Make a service with its own view of the ledger, as another replica has."""

    def made(**how: Any) -> Moderation:
        return Moderation(
            store=database.ledger,
            ledger=CurrentLedger(database.ledger, elapsed=asyncio.get_running_loop().time),
            reviews=database.reviews,
            admins=database.admins,
            chats=database.chats,
            clock=clock,
            timezone=KYIV,
            owners=(OWNER,),
            **how,
        )

    return made


@pytest.fixture
async def filled(database: Database) -> None:
    """Put three rounds into the ledger: two of one day, one of the next."""
    await database.ledger.apply(
        change(
            claim(1212),
            claim(1200, party="russia"),
            claim(30, round=f"{ROUND}-b"),
            claim(50, date="2025-06-12"),
            rounds=[a_round(), a_round(f"{ROUND}-b"), a_round(date="2025-06-12")],
        )
    )


def draft(count: int | None = 1245, **fields: Any) -> Draft:
    values: dict[str, Any] = {
        "kind": "remains",
        "recipient": "ukraine",
        "qualifier": "exact",
        "date": dt.date(2025, 6, 13),
        "party": "ukraine",
    } | fields
    return Draft(count=count, **values)


ADD = Add(drafts=(draft(),))


async def wait(database: Database, **fields: Any) -> int:
    """Let a report wait; return its number."""
    news = report(reported(1245, date="2025-06-13"), of=article("w1"))
    how: dict[str, Any] = {"review": news, "review_reasons": ("unverified",), "author": "feed"} | fields
    applied = await database.ledger.apply(change(**how))
    assert applied.review is not None
    return applied.review


def content(ledger: Ledger) -> tuple[object, ...]:
    return ledger.rounds, ledger.claims


@pytest.mark.usefixtures("filled")
class TestChanges:
    @pytest.mark.parametrize(
        "command",
        [
            ADD,
            Add(drafts=(draft(7, round=ROUND, party="other"), draft(8, round="new"))),
            Edit(claim=1, changes={"count": 1213}),
            Edit(claim=4, changes={"date": dt.date(2025, 6, 10)}),
            Edit(claim=4, changes={"kind": "prisoners"}),
            Edit(claim=4, changes={"measure": "total", "since": dt.date(2025, 6, 2)}),
            Edit(claim=2, changes={"round": "new"}),
            Retract(claim=2, reason="x"),
            Retract(claim=4, reason="the only one of its round"),
            Pin(claim=2),
            Merge(into=ROUND, other=f"{ROUND}-b"),
            Split(round=ROUND, claims=(2,)),
        ],
    )
    async def test_each_is_carried_out_and_taken_back(
        self, make: Callable[..., Moderation], database: Database, command: Command
    ) -> None:
        moderation = make()
        before = await database.ledger.load()
        done = await moderation.carry_out(command, author="1")
        assert isinstance(done, Saved)
        assert content(await database.ledger.load()) != content(before)
        assert done.applied.audit is not None
        undone = await moderation.undo(author="1")
        assert undone.entry.id == done.applied.audit
        assert content(await database.ledger.load()) == content(before)

    async def test_what_was_seen_is_what_is_done(self, make: Callable[..., Moderation]) -> None:
        mine, theirs = make(), make()
        seen = await mine.propose(Edit(claim=1, changes={"count": 5}), author="1")
        await theirs.carry_out(Edit(claim=1, changes={"count": 6}), author="2")
        done = await mine.carry_out(Edit(claim=1, changes={"count": 5}), author="1", seen=seen.fingerprint)
        assert isinstance(done, Stale)
        assert [c.count for c in done.proposal.superseded] == [6]

    async def test_a_change_elsewhere_makes_nothing_stale(self, make: Callable[..., Moderation]) -> None:
        mine, theirs = make(), make()
        seen = await mine.propose(Edit(claim=1, changes={"count": 1213}), author="1")
        await theirs.carry_out(Edit(claim=4, changes={"count": 51}), author="2")
        done = await mine.carry_out(Edit(claim=1, changes={"count": 1213}), author="1", seen=seen.fingerprint)
        assert isinstance(done, Saved)

    async def test_of_many_at_once_who_saw_the_same_one_wins(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        people = [make() for _ in range(4)]
        commands = [Edit(claim=1, changes={"count": 100 + n}) for n in range(4)]
        seen = [await p.propose(c, author="1") for p, c in zip(people, commands, strict=True)]
        done = await asyncio.gather(
            *(
                p.carry_out(c, author=str(n), seen=s.fingerprint)
                for n, (p, c, s) in enumerate(zip(people, commands, seen, strict=True))
            )
        )
        assert sorted(type(d).__name__ for d in done) == ["Saved", "Stale", "Stale", "Stale"]
        winner = next(n for n, d in enumerate(done) if isinstance(d, Saved))
        found = (await database.ledger.load()).claim(1)
        assert found is not None
        assert found.count == 100 + winner

    async def test_the_same_addition_twice_at_once_is_recorded_once(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        await asyncio.gather(*(make().carry_out(ADD, author=str(n)) for n in range(3)))
        assert len((await database.ledger.load()).claims_of("remains-2025-06-13")) == 1

    async def test_an_alert_goes_out_once_and_is_corrected(
        self, make: Callable[..., Moderation], database: Database, clock: SetClock
    ) -> None:
        await database.subscriptions.put(subscription(100), at=NOW)
        moderation = make()
        done = await moderation.carry_out(ADD, author="1")
        assert isinstance(done, Saved)
        assert done.applied.deliveries == 1
        (delivery,) = await database.outbox.lease(
            now=clock.now(), limit=5, until=NOW + dt.timedelta(minutes=1), owner="t"
        )
        await database.outbox.settle(delivery, outcome="sent", now=clock.now(), message_id=7)
        await moderation.undo(author="1")
        (edit,) = await database.outbox.lease(now=clock.now(), limit=5, until=NOW + dt.timedelta(minutes=1), owner="t")
        assert (edit.message_id, edit.round) == (7, "remains-2025-06-13")

    async def test_undo_reaches_back_change_by_change(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        moderation = make()
        for count in (1, 2, 3):
            await moderation.carry_out(Edit(claim=1, changes={"count": count}), author="1")
        counts = []
        for _ in range(3):
            await moderation.undo(author="1")
            found = (await database.ledger.load()).claim(1)
            assert found is not None
            counts.append(found.count)
        assert counts == [2, 1, 1212]
        with pytest.raises(CommandError, match="admin-nothing-to-undo"):
            await moderation.undo(author="1")

    async def test_undo_leaves_what_others_did(self, make: Callable[..., Moderation]) -> None:
        moderation = make()
        await moderation.carry_out(Edit(claim=1, changes={"count": 5}), author="1")
        await moderation.carry_out(Edit(claim=4, changes={"count": 6}), author="2")
        assert (await moderation.undo(author="1")).entry.author == "1"

    async def test_what_was_changed_again_is_not_undone(self, make: Callable[..., Moderation]) -> None:
        moderation = make()
        first = await moderation.carry_out(Edit(claim=1, changes={"count": 5}), author="1")
        await moderation.carry_out(Edit(claim=1, changes={"count": 6}), author="2")
        assert isinstance(first, Saved)
        with pytest.raises(CommandError, match="admin-undo-changed"):
            await moderation.undo(author="1", number=first.applied.audit)

    async def test_an_unknown_entry_is_not_undone(self, make: Callable[..., Moderation]) -> None:
        with pytest.raises(CommandError, match="admin-unknown-entry"):
            await make().undo(author="1", number=999)


class TestReviews:
    async def test_accepting_settles_and_records(self, make: Callable[..., Moderation], database: Database) -> None:
        number = await wait(database)
        moderation = make()
        waiting = await moderation.review(number)
        assert waiting is not None
        done = await moderation.carry_out(await moderation.command_for(waiting.report, review=number), author="1")
        assert isinstance(done, Saved)
        assert await moderation.waiting() == []
        assert [c.count for c in (await database.ledger.load()).claims] == [1245]

    async def test_of_two_at_once_one_wins_and_the_other_is_told(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        number = await wait(database)
        people = [make(), make()]
        waiting = await people[0].review(number)
        assert waiting is not None
        command = await people[0].command_for(waiting.report, review=number)
        done = await asyncio.gather(*(p.carry_out(command, author=str(n)) for n, p in enumerate(people)))
        assert sorted(type(d).__name__ for d in done) == ["Saved", "Settled"]

    async def test_a_rejected_report_is_not_accepted(self, make: Callable[..., Moderation], database: Database) -> None:
        number = await wait(database)
        moderation = make()
        assert await moderation.reject(number, author="1")
        assert not await moderation.reject(number, author="2")
        done = await moderation.carry_out(Add(drafts=(draft(),), review=number), author="2")
        assert done == Settled(review=number)
        assert (await database.ledger.load()).claims == ()

    async def test_a_rejection_is_undone(self, make: Callable[..., Moderation], database: Database) -> None:
        number = await wait(database)
        moderation = make()
        await moderation.reject(number, author="1")
        await moderation.undo(author="1")
        assert [w.id for w in await moderation.waiting()] == [number]
        await moderation.reject(number, author="2")
        assert [w.id for w in await moderation.waiting()] == []
        await wait(database)
        with pytest.raises(CommandError, match="admin-undo-changed"):
            await moderation.undo(author="2")

    async def test_two_persons_have_to_accept_where_that_is_the_rule(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        number = await wait(database)
        moderation = make(two_persons=True)
        command = Add(drafts=(draft(),), review=number)
        assert await moderation.carry_out(command, author="1") == Seconded(review=number)
        assert await moderation.carry_out(command, author="1") == Seconded(review=number)
        waiting = await moderation.review(number)
        assert waiting is not None
        assert waiting.seconded_by == "1"
        assert isinstance(await moderation.carry_out(command, author="2"), Saved)

    async def test_a_report_without_a_figure_is_settled_without_a_change(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        number = await wait(database, review=report(of=article("w2"), relevant=False))
        moderation = make()
        waiting = await moderation.review(number)
        assert waiting is not None
        command = await moderation.command_for(waiting.report, review=number)
        done = await moderation.carry_out(command, author="1")
        assert command.drafts == ()
        assert isinstance(done, Saved)
        assert done.applied.audit is None
        assert await moderation.waiting() == []

    async def test_a_second_publisher_is_as_good_as_an_acceptance(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        def from_feed(name: str, count: int) -> Report:
            of = article(name, publisher=name, text=f"{name}: {count} are home", trust="unverified", published_at=NOW)
            return report(reported(count, date="2025-06-13", claimant=""), of=of)

        first, same, other = from_feed("one", 1245), from_feed("two", 1245), from_feed("three", 999)
        moderation = make(two_persons=True)
        number = await wait(database, review=first)
        assert await moderation.accept_confirmed(first) == []
        third = await wait(database, review=other)
        assert await moderation.accept_confirmed(other) == []
        second = await wait(database, review=same)
        assert await moderation.accept_confirmed(same) == [number, second]
        assert [w.id for w in await moderation.waiting()] == [third]
        claims = (await database.ledger.load()).claims_of("remains-2025-06-13")
        assert [(c.publisher, c.count) for c in claims] == [("one", 1245), ("two", 1245)]

    async def test_what_waits_for_another_reason_too_is_for_a_person(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        of = article("one", publisher="one", trust="unverified")
        await wait(database, review=report(reported(9000), of=of), review_reasons=("implausible", "unverified"))
        again = report(reported(9000), of=article("two", publisher="two"))
        assert await make().accept_confirmed(again) == []

    async def test_owners_are_reminded_once_of_what_waits_too_long(
        self, make: Callable[..., Moderation], database: Database, clock: SetClock
    ) -> None:
        await wait(database)
        told: list[tuple[int, Reminder]] = []

        async def tell(owner: int, reminder: Reminder) -> None:
            told.append((owner, reminder))

        await make().remind_owners(NOW + dt.timedelta(minutes=59), tell=tell)
        assert told == []
        later = NOW + dt.timedelta(minutes=61)
        await make().remind_owners(later, tell=tell)
        await make().remind_owners(later + dt.timedelta(hours=5), tell=tell)
        assert told == [(OWNER, Reminder(waiting=1, since=NOW))]

        await wait(database, review=report(reported(5), of=article("w3")), at=later)
        await make().remind_owners(later + dt.timedelta(hours=2), tell=tell)
        assert [reminder.waiting for _, reminder in told] == [1, 2]

    async def test_an_owner_who_cannot_be_told_is_tried_again(
        self, make: Callable[..., Moderation], database: Database
    ) -> None:
        await wait(database)
        later = NOW + dt.timedelta(hours=2)

        async def fail(owner: int, reminder: Reminder) -> None:
            raise ConnectionError

        async def tell(owner: int, reminder: Reminder) -> None:
            pass

        assert list(await make().remind_owners(later, tell=fail)) == []
        assert list(await make().remind_owners(later, tell=tell)) == [OWNER]


class TestRoles:
    async def test_owners_appoint_and_dismiss(self, make: Callable[..., Moderation]) -> None:
        moderation = make()
        await moderation.appoint(EDITOR, "editor", author="1")
        await moderation.appoint(OTHER, "owner", author="1")
        assert [await moderation.role_of(u) for u in (OWNER, EDITOR, OTHER, 9)] == ["owner", "editor", "owner", None]
        assert (await moderation.admins()).all_owners == (OWNER, OTHER)
        await moderation.dismiss(EDITOR, author="1")
        assert await moderation.role_of(EDITOR) is None

    async def test_what_cannot_be_is_refused(self, make: Callable[..., Moderation]) -> None:
        moderation = make()
        await moderation.appoint(EDITOR, "editor", author="1")
        for attempt, key in (
            (moderation.appoint(EDITOR, "editor", author="1"), "admin-has-role"),
            (moderation.appoint(OWNER, "editor", author="1"), "admin-fixed-owner"),
            (moderation.dismiss(OWNER, author="1"), "admin-fixed-owner"),
            (moderation.dismiss(OTHER, author="1"), "admin-no-role"),
        ):
            with pytest.raises(CommandError, match=key):
                await attempt

    async def test_an_editor_does_not_undo_what_owners_decide(self, make: Callable[..., Moderation]) -> None:
        moderation = make()
        await moderation.appoint(EDITOR, "editor", author="1")
        await moderation.appoint(OTHER, "editor", author="1")
        with pytest.raises(CommandError, match="admin-owners-only"):
            await moderation.undo(author=str(EDITOR), number=2)
        assert await moderation.role_of(OTHER) == "editor"

    async def test_a_dismissal_is_undone(self, make: Callable[..., Moderation]) -> None:
        moderation = make()
        await moderation.appoint(EDITOR, "editor", author="1")
        await moderation.dismiss(EDITOR, author="1")
        await moderation.undo(author="1")
        assert await moderation.role_of(EDITOR) == "editor"
        await moderation.undo(author="1")
        assert await moderation.role_of(EDITOR) is None
        with pytest.raises(CommandError, match="admin-nothing-to-undo"):
            await moderation.undo(author="1")


@pytest.mark.usefixtures("filled")
class TestAudit:
    async def test_it_is_filtered_by_person_object_and_day(
        self, make: Callable[..., Moderation], clock: SetClock
    ) -> None:
        moderation = make()
        days = [dt.date(2025, 6, 13) + dt.timedelta(days=n) for n in range(4)]
        for n, day in enumerate(days):
            clock.instant = dt.datetime.combine(day, dt.time(12), tzinfo=KYIV)
            claim = 1 + 3 * (n % 2)
            edit = Edit(claim=claim, changes={"count": n + 5}, reason=f"edit C{claim}")
            await moderation.carry_out(edit, author=str(n % 2))

        async def found(**how: Any) -> list[str]:
            return [e.reason for e in (await moderation.audit(AuditQuery(**how)))[0]]

        assert await found(author="1") == ["edit C4", "edit C4"]
        assert await found(about="C1") == ["edit C1", "edit C1", "test"]
        assert await found(about="remains-2025-06-12") == ["edit C4", "edit C4", "test"]
        assert await found(day=days[1]) == ["edit C4"]
        assert await found(day=days[0]) == ["edit C1", "test"]
        assert await found(day=dt.date(2025, 7, 1)) == []
        assert await found(day=dt.date(2025, 6, 1)) == []
        assert await found(day=days[1], author="0") == []

    async def test_it_is_paged(self, make: Callable[..., Moderation]) -> None:
        moderation = make()
        for count in range(10):
            await moderation.carry_out(Edit(claim=1, changes={"count": count + 1}), author="1")
        first, more = await moderation.audit(AuditQuery())
        second, last = await moderation.audit(AuditQuery(before=first[-1].id))
        assert (more, last) == (True, False)
        assert [e.id for e in (*first, *second)] == list(range(11, 0, -1))


async def test_the_state_is_told_in_figures(
    database: Database, clock: SetClock, make: Callable[..., Moderation]
) -> None:
    await wait(database)
    await database.subscriptions.put(subscription(100), at=NOW)
    await make().carry_out(ADD, author="1")
    await database.feeds.add_feed(url="https://example.org/rss", name="x", trust="trusted", enabled=False)
    facts = await status_facts(
        ledger=CurrentLedger(database.ledger, elapsed=asyncio.get_running_loop().time),
        reviews=database.reviews,
        outbox=database.outbox,
        feeds=database.feeds,
        clock=clock,
        started_at=NOW,
    )
    assert (facts.rounds, facts.claims, facts.reviews, facts.oldest_review) == (1, 1, 1, NOW)
    assert (facts.deliveries, facts.feeds) == ({"pending": 1}, {"paused": 1})
    assert facts.memory_megabytes > 0
