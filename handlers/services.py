"""What handlers may use."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.feed_lists import ListedFeed
from bot.ports import (
    AdminStore,
    ChatStore,
    Clock,
    FeedReader,
    FeedStore,
    LedgerStore,
    Outbox,
    ReviewStore,
    SubscriptionStore,
)
from bot.services.ask import Asker
from bot.services.current import CurrentLedger
from bot.services.moderate import Moderation
from bot.services.poll import FeedPoller
from bot.services.recent import Recent
from handlers.answered import Answered
from handlers.drawn import Pictures
from handlers.markup import Ready

#: Bytes, by and large, of the answers of this day that are kept as they are sent.
PREPARED = 8 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The core and its ports, as the wiring made them."""

    asker: Asker
    ledger: CurrentLedger
    store: LedgerStore
    chats: ChatStore
    subscriptions: SubscriptionStore
    reviews: ReviewStore
    admins: AdminStore
    feeds: FeedStore
    outbox: Outbox
    clock: Clock
    timezone: dt.tzinfo
    #: Telegram user ids of the owners that the settings name.
    owners: frozenset[int] = frozenset()
    answered: Answered = field(default_factory=Answered)
    pictures: Pictures = field(default_factory=Pictures)
    #: Answers of this day as they are sent.
    prepared: Recent[Ready] = field(default_factory=lambda: Recent(most=PREPARED))
    #: Fetches pages; None: links cannot be read.
    reader: FeedReader | None = None
    #: Adds and tries feeds; None: it cannot be done here.
    poller: FeedPoller | None = None
    #: The feeds of the domain, which an administrator may add.
    default_feeds: Sequence[ListedFeed] = ()
    #: Writes a consistent copy of the database into a new file; None: it cannot be done here.
    backup: Callable[[Path], Awaitable[None]] | None = None
    #: Tells when the last nightly backup was made.
    last_backup: Callable[[], dt.datetime | None] = lambda: None
    started_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    #: Seconds after which work that is not done shows how far it is, and between two words on it.
    progress_every: float = 3.0
    #: A report is posted only when two administrators have accepted it.
    two_persons: bool = False
    #: Called when something may have been put into the outbox.
    wake: Callable[[], None] = lambda: None

    @property
    def moderation(self) -> Moderation:
        """What administrators do; it holds nothing of its own."""
        return Moderation(
            store=self.store,
            ledger=self.ledger,
            reviews=self.reviews,
            admins=self.admins,
            chats=self.chats,
            clock=self.clock,
            timezone=self.timezone,
            owners=self.owners,
            two_persons=self.two_persons,
            wake=self.wake,
        )
