"""What the core asks of the world. Adapters implement these; the core never imports an adapter.

Every method raises StorageError where the database cannot do it. Instants are aware, in UTC. A transaction never spans
a network call. Nothing here deletes from the ledger.
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Protocol

from bot.domain.articles import Item, Trust
from bot.domain.decisions import Applied, ChangeSet
from bot.domain.decisions import AuditEntry as AuditEntry
from bot.domain.decisions import Waiting as Waiting
from bot.domain.feed_health import FeedHealth as FeedHealth
from bot.domain.feeds import Feed as Feed
from bot.domain.ledger import Ledger
from bot.domain.replies import Turn
from bot.domain.subscriptions import Delivery, Subscription
from bot.errors import Outcome


class Clock(Protocol):
    """What time it is; the only source of "now"."""

    def now(self) -> dt.datetime:
        """Return the instant, aware, in UTC."""


class LedgerReader(Protocol):
    """The ledger at each of its versions."""

    async def version(self) -> int:
        """Return the version; cheap enough to ask before every answer. 0 where nothing was recorded yet."""

    async def load(self, *, as_of: dt.datetime | None = None, version: int | None = None) -> Ledger:
        """Return the ledger now, as it stood at an instant, or at an earlier version."""


class LedgerStore(LedgerReader, Protocol):
    """The ledger, appended to and never overwritten; one version number, raised by each change."""

    async def apply(self, change: ChangeSet) -> Applied:
        """Carry out a change in one transaction: ledger, audit, outbox, seen items, review.

        A claim that stands already with the same content is not recorded again. Nothing new: version unchanged.

        Raises:
            VersionConflict: `expected_version` is given and the ledger has moved on.
        """

    async def audit(
        self, *, limit: int = 20, before: int | None = None, author: str | None = None, about: str | None = None
    ) -> Sequence[AuditEntry]:
        """Return entries, newest first; `before` pages, `about` is a round's id or a claim's number."""

    async def undo(self, audit_id: int, *, author: str, at: dt.datetime) -> Applied:
        """Bring back what stood before that entry, as a new change.

        Raises:
            VersionConflict: something in it was changed again since.
        """


class ReviewStore(Protocol):
    """Reports that wait for a decision, oldest first."""

    async def waiting(self, *, limit: int = 20) -> Sequence[Waiting]:
        """Return the oldest."""

    async def get(self, review_id: int) -> Waiting | None:
        """Return one that still waits; None once it is settled."""

    async def reject(self, review_id: int, *, author: str, at: dt.datetime) -> bool:
        """Settle it without a change; False where somebody was faster."""

    async def reopen(self, review_id: int, *, author: str, at: dt.datetime, undoes: int | None = None) -> bool:
        """Let a settled one wait again; False where it waits, or another report of its article does."""

    async def second(self, review_id: int, *, author: str) -> str | None:
        """Accept it as the first of two; returns who the first is, None where it no longer waits.

        The answer is the caller where nobody was before.
        """


class FeedStore(Protocol):
    """The feeds and the items seen in them."""

    async def feeds(self) -> Sequence[Feed]:
        """Return all, by id."""

    async def add_feed(self, *, url: str, name: str, trust: Trust, enabled: bool = True) -> Feed:
        """Add one; the one that stands where the URL is known already."""

    async def remove_feed(self, url: str) -> bool:
        """Stop polling it and forget its state; False where it is unknown."""

    async def save_feed(self, feed: Feed) -> None:
        """Store its state."""

    async def note_poll(self, feed: Feed) -> None:
        """Store what a poll came to; what an administrator set meanwhile (trust, on or off, name) stays."""

    async def move(self, feed_id: int, url: str) -> bool:
        """Give it another address; False where another feed has that one."""

    async def due(self, now: dt.datetime) -> Sequence[Feed]:
        """Return the enabled feeds that are due, longest overdue first."""

    async def unseen(self, feed_id: int, keys: Mapping[str, str]) -> Sequence[str]:
        """Return those keys whose content hash is new or changed; `keys` maps an item's key to its hash."""

    async def remember(self, feed_id: int, keys: Mapping[str, str], at: dt.datetime) -> None:
        """Remember items that led to no change."""


class SubscriptionStore(Protocol):
    """Subscribers and their wishes, keyed by chat and topic."""

    async def get(self, chat_id: int, thread_id: int = 0) -> Subscription | None:
        """Return it; None where the chat is not subscribed."""

    async def put(self, subscription: Subscription, *, at: dt.datetime) -> None:
        """Subscribe or change the wishes; revives a chat that was gone."""

    async def remove(self, chat_id: int, thread_id: int | None = None) -> bool:
        """End it (all topics where None); False where there was none. What waits for it is not sent."""

    async def suspend(self, chat_id: int, *, at: dt.datetime) -> None:
        """Keep the wishes of a chat that is closed to us, and send it nothing until it is revived.

        A group is tried by the next news half a day later, since nobody says where it has opened; what arrives revives.
        """

    async def revive(self, chat_id: int) -> bool:
        """Bring back the wishes of a chat that was gone, as they were; False where there are none."""

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Move everything to the new id in one transaction; deliveries follow."""

    async def counts(self) -> Mapping[str, int]:
        """Return numbers by "all", "kind:…", "lang:…", "frequency:…"; never identities."""

    async def digest_due(self, now: dt.datetime) -> Sequence[Subscription]:
        """Return those whose digest is due at this instant and not yet made."""

    async def make_digest(self, subscription: Subscription, now: dt.datetime) -> bool:
        """Put the digest of this period into the outbox, exactly once however many ask.

        Returns:
            True where a message was made; False where it was made before, is not due, or there is nothing to tell.
        """


class Outbox(Protocol):
    """Messages to subscribers, written with the change that they tell of; leased, sent, then marked."""

    async def lease(self, *, now: dt.datetime, limit: int, until: dt.datetime, owner: str) -> Sequence[Delivery]:
        """Take due deliveries for this owner until that instant, oldest first.

        A lease that ran out before `begin` is due again as it was; one that ran out after it is due again with
        `uncertain` set, once, and after that it is marked dead with outcome "unknown".
        """

    async def begin(self, delivery: Delivery, *, until: dt.datetime) -> bool:
        """Write down that this attempt leaves now and may arrive; its lease lasts until that instant.

        Returns:
            False where the lease is not ours any more: then it must not leave.
        """

    async def settle(
        self,
        delivery: Delivery,
        *,
        outcome: Outcome,
        now: dt.datetime,
        message_id: int | None = None,
        retry_at: dt.datetime | None = None,
        new_chat_id: int | None = None,
    ) -> None:
        """Write down what came of a delivery.

        `sent` closes it; `not_sent` and `flood` make it due again at `retry_at`; `unknown` makes it due once more with
        `uncertain` set; `rejected` buries it; `gone` buries it and ends the chat's subscriptions; `migrated` moves the
        chat and makes it due again.
        """

    async def release(self, owner: str) -> int:
        """Give back this owner's leases on an orderly stop, as never tried; returns how many."""

    async def inherit(self, owner: str, *, now: dt.datetime, until: dt.datetime | None = None) -> int:
        """Let the leases of all others run out at once, for an owner who knows that they are dead; returns how many.

        `until`: only those that run out by then, which were taken before somebody began to deliver anew.
        """

    async def counts(self, now: dt.datetime | None = None) -> Mapping[str, int]:
        """Return deliveries by state ("pending", …), by last outcome ("outcome:…"), "unknown" and "oldest_seconds".

        "unknown": attempts that ended without an answer, ever. "oldest_seconds": how long the oldest due one waits.
        """

    async def next_due(self) -> dt.datetime | None:
        """Return when the next delivery is due; None where none waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """What is kept of a chat besides its subscription."""

    chat_id: int
    #: None: the language of each question.
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """What is kept of a chat and of the person who writes there, as their next message needs it."""

    #: As set for the chat; None: the language of each question.
    lang: str | None = None
    #: This person's last question in this chat.
    turn: Turn | None = None
    #: The role that an owner gave; owners that the settings name have none here.
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where the conversation of one person in one chat stands."""

    chat_id: int
    user_id: int
    #: None: there is nothing to follow up.
    turn: Turn | None


class ChatStore(Protocol):
    """Language and conversation of chats; all of it is deleted on request."""

    async def meet(self, chat_id: int, user_id: int, *, now: dt.datetime) -> Acquaintance:
        """Return what is kept of both, read at one moment."""

    async def settings(self, chat_id: int) -> ChatSettings:
        """Return them; defaults where nothing is stored."""

    async def save_settings(self, settings: ChatSettings, *, at: dt.datetime) -> None:
        """Store them."""

    async def turn(self, chat_id: int, user_id: int, *, now: dt.datetime | None = None) -> Turn | None:
        """Return the last turn of this person in this chat; None where there is none or, at `now`, it is a day old."""

    async def save_turn(self, chat_id: int, user_id: int, turn: Turn | None) -> None:
        """Store it; None forgets it."""

    async def dialog(self, chat_id: int, user_id: int) -> Mapping[str, Any] | None:
        """Return the state of a conversation of several steps (JSON values)."""

    async def save_dialog(
        self, chat_id: int, user_id: int, state: Mapping[str, Any] | None, *, at: dt.datetime
    ) -> None:
        """Store it; None ends it."""

    async def begin_update(
        self, update_id: int, chat_id: int, user_id: int, *, now: dt.datetime
    ) -> Acquaintance | None:
        """Take on a Telegram update and return what is kept of its chat and person, as `meet` does.

        None where it was handled before, and then there is nothing to end.
        Waits while another process works on it; what a process had taken on when it died is taken on anew.
        """

    async def end_update(
        self, update_id: int, *, at: dt.datetime, handled: bool = True, talk: Talk | None = None
    ) -> None:
        """Let go of an update, and remember it where it was handled; with it where the conversation stands now."""

    async def forget(self, chat_id: int) -> int:
        """Delete everything kept of a chat, its subscriptions included; returns the number of rows."""


class AdminStore(Protocol):
    """Roles that owners gave; owners themselves come from the settings."""

    async def roles(self) -> Mapping[int, str]:
        """Return user id → role ("editor" or "owner")."""

    async def set_role(
        self, user_id: int, role: str | None, *, author: str, at: dt.datetime, undoes: int | None = None
    ) -> None:
        """Give a role; None takes it away. `undoes` is the entry of the audit log that this takes back."""


class RefStore(Protocol):
    """Permanent references of answers: typed query and version of the ledger."""

    async def save(
        self, ref: str, query: Mapping[str, Any], version: int, now: dt.datetime
    ) -> tuple[Mapping[str, Any], int, dt.datetime]:
        """Store it where the reference is free; return what stands under it, which may be an older one."""

    async def get(self, ref: str) -> tuple[Mapping[str, Any], int, dt.datetime] | None:
        """Return query, version and the instant that it was asked at; None where unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a feed's address answered."""

    #: Unchanged since the validators; then there are no items.
    unchanged: bool
    items: tuple[Item, ...] = ()
    title: str = ""
    format: Literal["rss", "atom", "json", "telegram", ""] = ""
    etag: str | None = None
    last_modified: str | None = None
    #: Seconds that the server asks to keep the answer for.
    fresh_for: float | None = None
    #: Where a chain of permanent redirects ended; None: where it was.
    moved_to: str | None = None
    #: Of a Telegram channel: the highest post number on the page.
    last_post: int | None = None
    #: Feeds that a page which is none names in its links.
    discovered: tuple[str, ...] = field(default=())


class FeedReader(Protocol):
    """Fetches and parses feeds, with every bound and guard."""

    async def check(self, url: str) -> None:
        """Look at an address without fetching it; one whose name is not known now passes.

        Raises:
            FetchError: it is one that is never fetched; `kind` is "refused".
        """

    async def read(self, feed: Feed) -> Fetched:
        """Fetch one feed once.

        Raises:
            FetchError: it could not be fetched or is no feed; `kind` tells.
        """

    async def article_text(self, url: str) -> str:
        """Fetch a page and return its article's text; empty where none was found.

        Raises:
            FetchError: the page could not be fetched.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A message in the making, for one chat."""

    chat_id: int
    #: Runs of text; see `bot.rendering.rich`.
    text: tuple[Any, ...]
    thread_id: int = 0
    silent: bool = False
    #: Rows of (label, callback data or URL).
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()


class Sender(Protocol):
    """Gives messages to Telegram, within its limits."""

    async def send(self, message: OutgoingMessage, *, leaving: Callable[[], Awaitable[None]] | None = None) -> int:
        """Send a broadcast and return Telegram's id of it.

        Args:
            leaving: Called when its turn has come, before anything leaves; what it raises ends the attempt.

        Raises:
            DeliveryError: it was not taken; `outcome` says what that means.
        """

    async def edit(self, message: OutgoingMessage, message_id: int) -> None:
        """Change a message that was sent; one that already reads so is a success.

        Raises:
            DeliveryError: as above.
        """

    async def reachable(self) -> bool:
        """Tell whether Telegram answers, without sending anything."""


EMPTY: Mapping[str, Any] = MappingProxyType({})
