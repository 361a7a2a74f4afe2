"""Carries out what administrators decide: claims, reviews, roles; and says how things stand.

Free of Telegram: the chat and the command line call the same methods. A change is worked out on the newest ledger and
applied to that version only, so that of two administrators at once one wins and the other is told. Who may call what is
the edge's to check, at every call.
"""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from bot.domain.articles import Article, Report
from bot.domain.commands import Add, AuditQuery, Command, Role
from bot.domain.decisions import Applied, ChangeSet
from bot.domain.drafts import drafts_from
from bot.domain.moderation import propose
from bot.domain.proposals import Proposal
from bot.domain.reconcile import confirms
from bot.domain.status import Admins
from bot.errors import CommandError, InvalidChange, VersionConflict
from bot.ports import AdminStore, AuditEntry, ChatStore, Clock, LedgerStore, ReviewStore, Waiting
from bot.services.current import CurrentLedger

logger = logging.getLogger(__name__)

#: Why a report waits that needs nothing but a second publisher.
UNVERIFIED = "unverified"
#: Stands for the program itself where what is kept of a chat is kept by person.
PROGRAM = 0
#: Times that a command is worked out again because somebody else changed the ledger meanwhile.
ATTEMPTS = 5
#: Owners are told of what waits longer.
PATIENCE = dt.timedelta(hours=1)
#: Entries of the audit log on a page.
PAGE = 8
#: Objects of one entry beyond which taking it back is asked about.
LARGE = 20
#: Entries that are looked through for one's own last change.
REACH = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """It was done."""

    proposal: Proposal
    applied: Applied


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """It was not done: the ledger is no longer what was looked at."""

    #: What the same command would do now.
    proposal: Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconded:
    """It was not done yet: a second person has to accept it."""

    review: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """It was not done: somebody else has decided on that report."""

    review: int


Outcome = Saved | Stale | Seconded | Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A change that was taken back."""

    entry: AuditEntry
    applied: Applied


def is_large(entry: AuditEntry) -> bool:
    """Tell whether so much was changed at once, as by an import, that taking it back is asked about."""
    return sum(len(objects) for objects in entry.after.values()) > LARGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What an owner is told of reports that wait."""

    waiting: int
    #: The oldest has waited since.
    since: dt.datetime


class Moderation:
    """What administrators do to the ledger.

    Args:
        owners: Telegram user ids of the owners that the settings name.
        two_persons: A report is posted only when two administrators have accepted it.
        wake: Called when something may have been put into the outbox.
    """

    def __init__(
        self,
        *,
        store: LedgerStore,
        ledger: CurrentLedger,
        reviews: ReviewStore,
        admins: AdminStore,
        chats: ChatStore,
        clock: Clock,
        timezone: dt.tzinfo,
        owners: Collection[int] = (),
        two_persons: bool = False,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._reviews = reviews
        self._admins = admins
        self._chats = chats
        self._clock = clock
        self._timezone = timezone
        self._owners = tuple(sorted(owners))
        self._two_persons = two_persons
        self._wake = wake

    @property
    def today(self) -> dt.date:
        """The calendar day in the set time zone."""
        return self._clock.now().astimezone(self._timezone).date()

    # Claims and rounds

    async def propose(self, command: Command, *, author: str) -> Proposal:
        """Work out what a command would do now; changes nothing.

        Raises:
            CommandError: it cannot be done.
        """
        ledger = await self._ledger.refresh()
        return propose(command, ledger, author=author, now=self._clock.now(), timezone=self._timezone)

    async def carry_out(self, command: Command, *, author: str, seen: str | None = None) -> Outcome:
        """Do what a command says.

        Args:
            author: Telegram user id in digits, or "cli".
            seen: Fingerprint of the proposal that was looked at; None: whatever it comes to.

        Raises:
            CommandError: it cannot be done (any more).
        """
        return await self._carry_out(command, author=author, seen=seen, two_persons=self._two_persons)

    async def _carry_out(self, command: Command, *, author: str, seen: str | None, two_persons: bool) -> Outcome:
        review = command.review if isinstance(command, Add) else None
        if review is not None and await self._reviews.get(review) is None:
            return Settled(review=review)
        for attempt in range(1, ATTEMPTS + 1):
            proposal = await self.propose(command, author=author)
            if seen is not None and proposal.fingerprint != seen:
                return Stale(proposal=proposal)
            if review is not None and two_persons:
                first = await self._reviews.second(review, author=author)
                if first in (None, author):
                    return Settled(review=review) if first is None else Seconded(review=review)
            try:
                applied = await self._apply(proposal.change)
            except VersionConflict:
                if review is not None and await self._reviews.get(review) is None:
                    return Settled(review=review)
                if attempt == ATTEMPTS:
                    raise
                continue
            return Saved(proposal=proposal, applied=applied)
        raise AssertionError("unreachable: the last attempt returns or raises")

    async def _apply(self, change: ChangeSet) -> Applied:
        try:
            applied = await self._store.apply(change)
        except InvalidChange as error:
            raise CommandError("admin-untrue", problem=str(error)) from error
        await self._ledger.refresh()
        self._wake()
        logger.info(
            "ledger changed",
            extra={"audit": applied.audit, "version": applied.version, "deliveries": applied.deliveries},
        )
        return applied

    async def undo(self, *, author: str, number: int | None = None) -> Undone:
        """Take back a change: an entry of the audit log, or the author's own last one that stands.

        Raises:
            CommandError: there is no such entry, or nothing to take back, or something was built upon it, or it is a
                change of roles and the author no owner.
        """
        entry = await self.to_undo(author=author, number=number)
        if "roles" in entry.before:
            return await self._undo_roles(entry, author)
        if "reviews" in entry.before:
            return await self._undo_rejection(entry, author)
        try:
            applied = await self._store.undo(entry.id, author=author, at=self._clock.now())
        except VersionConflict as error:
            raise CommandError("admin-undo-changed", n=entry.id) from error
        except InvalidChange as error:
            raise CommandError("admin-undo-nothing", n=entry.id) from error
        await self._ledger.refresh()
        self._wake()
        return Undone(entry=entry, applied=applied)

    async def to_undo(self, *, author: str, number: int | None = None) -> AuditEntry:
        """Return the entry that `undo` would take back.

        Raises:
            CommandError: there is none.
        """
        entry = await self._own_last(author) if number is None else await self._entry(number)
        if entry is None:
            raise CommandError("admin-nothing-to-undo" if number is None else "admin-unknown-entry", n=number or 0)
        return entry

    async def _undo_roles(self, entry: AuditEntry, author: str) -> Undone:
        if author.isdecimal() and await self.role_of(int(author)) != "owner":
            raise CommandError("admin-owners-only", n=entry.id)
        given = await self._admins.roles()
        for user_id, role in entry.before["roles"].items():
            if given.get(int(user_id)) != entry.after["roles"][user_id]:
                raise CommandError("admin-undo-changed", n=entry.id)
            now = self._clock.now()
            await self._admins.set_role(int(user_id), role, author=author, at=now, undoes=entry.id)
        return Undone(entry=entry, applied=Applied(version=entry.version, audit=None))

    async def _undo_rejection(self, entry: AuditEntry, author: str) -> Undone:
        """Let a rejected report wait again; to take back that it waits again is to reject it."""
        for review_id, before in entry.before["reviews"].items():
            now = self._clock.now()
            again = before is not None and await self._reviews.reopen(
                int(review_id), author=author, at=now, undoes=entry.id
            )
            if not again:
                raise CommandError("admin-undo-changed", n=entry.id)
        return Undone(entry=entry, applied=Applied(version=entry.version, audit=None))

    async def _own_last(self, author: str) -> AuditEntry | None:
        """Return the author's newest entry that was not taken back and takes nothing back itself."""
        undone: set[int] = set()
        before: int | None = None
        for _ in range(REACH // PAGE):
            entries = await self._store.audit(limit=PAGE, before=before)
            for entry in entries:
                if entry.undoes is not None:
                    undone.add(entry.undoes)
                elif entry.author == author and entry.id not in undone:
                    return entry
            if len(entries) < PAGE:
                break
            before = entries[-1].id
        return None

    async def _entry(self, number: int) -> AuditEntry | None:
        found = await self._store.audit(limit=1, before=number + 1)
        return found[0] if found and found[0].id == number else None

    async def audit(self, query: AuditQuery) -> tuple[Sequence[AuditEntry], bool]:
        """Return a page of the audit log, newest first, and whether there are older entries to it."""
        before = query.before
        if query.day is not None:
            behind = await self._first_from(query.day + dt.timedelta(days=1))
            before = behind if before is None or (behind is not None and behind < before) else before
        entries = await self._store.audit(limit=PAGE + 1, before=before, author=query.author, about=query.about)
        if query.day is not None:
            entries = [e for e in entries if e.at.astimezone(self._timezone).date() == query.day]
        return entries[:PAGE], len(entries) > PAGE

    async def _first_from(self, day: dt.date) -> int | None:
        """Return the number that every entry before that day lies below; None where none is later."""
        start = dt.datetime.combine(day, dt.time(), tzinfo=self._timezone)
        newest = await self._store.audit(limit=1)
        if not newest or newest[0].at < start:
            return None
        low, high = 1, newest[0].id
        # Every entry before `low` is earlier than the day; the one at or below `high` is not.
        while low < high:
            middle = (low + high) // 2
            found = await self._store.audit(limit=1, before=middle + 1)
            if found and found[0].at >= start:
                high = found[0].id
            else:
                low = middle + 1
        return high

    # Reports

    async def read(self, article: Article) -> Report:
        """Read an article as the news are read; changes nothing."""
        from bot.language.reports.reader import read_report  # only those who read news wait for it

        ledger = await self._ledger.get()
        return read_report(article, timezone=self._timezone, agreements=ledger.agreements)

    async def command_for(self, report: Report, *, review: int | None = None) -> Add:
        """Return the command that records what a report brings; without drafts where that is nothing."""
        ledger = await self._ledger.get()
        drafts = drafts_from(report, ledger, now=self._clock.now(), timezone=self._timezone)
        return Add(drafts=drafts, review=review)

    async def accept_confirmed(self, report: Report, *, author: str = "feed") -> Sequence[int]:
        """Accept the reports of unverified feeds that a second publisher has confirmed (contract, section 6).

        Call it with each report once that was taken in. What waits for any other reason, or raises a question by now,
        goes on waiting.

        Returns:
            Numbers of the reviews that were settled.
        """
        waiting = [w for w in await self.waiting() if set(w.reasons) <= {UNVERIFIED}]
        confirmed = [w for w in waiting if confirms(w.report, report)]
        if confirmed:
            confirmed += [w for w in waiting if w.report.article.id == report.article.id]
        settled = []
        for one in confirmed:
            command = await self.command_for(one.report, review=one.id)
            proposal = await self.propose(command, author=author)
            if proposal.questions or not command.drafts:
                continue
            outcome = await self._carry_out(command, author=author, seen=proposal.fingerprint, two_persons=False)
            if isinstance(outcome, Saved):
                settled.append(one.id)
        return settled

    async def waiting(self, *, limit: int = 100) -> Sequence[Waiting]:
        """Return the reports that wait for a decision, oldest first."""
        return await self._reviews.waiting(limit=limit)

    async def review(self, review_id: int) -> Waiting | None:
        """Return one that still waits; None once it is settled."""
        return await self._reviews.get(review_id)

    async def reject(self, review_id: int, *, author: str) -> bool:
        """Settle a report without a change; False where somebody was faster."""
        return await self._reviews.reject(review_id, author=author, at=self._clock.now())

    async def remind_owners(
        self, now: dt.datetime, *, tell: Callable[[int, Reminder], Awaitable[None]]
    ) -> Sequence[int]:
        """Tell each owner once of reports that have waited for longer than an hour.

        What was told is kept in the owner's chat, so that neither a restart nor another replica tells it again. An
        owner who cannot be told is tried again the next time.

        Args:
            tell: Tells one owner, by Telegram user id.

        Returns:
            Who was told.
        """
        overdue = [w for w in await self.waiting() if now - w.since > PATIENCE]
        if not overdue:
            return ()
        told = []
        newest = max(w.id for w in overdue)
        reminder = Reminder(waiting=len(overdue), since=min(w.since for w in overdue))
        for owner in (await self.admins()).all_owners:
            kept = await self._chats.dialog(owner, PROGRAM)
            if kept is not None and int(kept.get("reminded", 0)) >= newest:
                continue
            try:
                await tell(owner, reminder)
            except Exception:
                logger.exception("an owner could not be reminded")
                continue
            await self._chats.save_dialog(owner, PROGRAM, {"reminded": newest}, at=now)
            told.append(owner)
        return told

    # Roles

    async def admins(self) -> Admins:
        """Return who may change the ledger."""
        return Admins(owners=self._owners, appointed=await self._admins.roles())

    async def role_of(self, user_id: int) -> Role | None:
        """Return somebody's role now; None for a reader."""
        if user_id in self._owners:
            return "owner"
        given = (await self._admins.roles()).get(user_id)
        return "owner" if given == "owner" else "editor" if given == "editor" else None

    async def appoint(self, user_id: int, role: Role, *, author: str) -> None:
        """Give a role.

        Raises:
            CommandError: that person is an owner by the settings, or has it already.
        """
        await self._check_own(user_id)
        if (await self._admins.roles()).get(user_id) == role:
            raise CommandError("admin-has-role", given=str(user_id), role=role, form="form-admins")
        await self._admins.set_role(user_id, role, author=author, at=self._clock.now())

    async def dismiss(self, user_id: int, *, author: str) -> None:
        """Take a role away.

        Raises:
            CommandError: that person is an owner by the settings, or has none.
        """
        await self._check_own(user_id)
        if user_id not in await self._admins.roles():
            raise CommandError("admin-no-role", given=str(user_id), form="form-admins")
        await self._admins.set_role(user_id, None, author=author, at=self._clock.now())

    async def _check_own(self, user_id: int) -> None:
        if user_id in self._owners:
            raise CommandError("admin-fixed-owner", given=str(user_id), form="form-admins")
