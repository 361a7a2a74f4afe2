"""What handlers may use, kept in `application.bot_data`."""

import datetime as dt
from dataclasses import dataclass, field

from bot.ports import (
    AdminStore,
    ChatStore,
    Clock,
    FeedStore,
    LedgerStore,
    Outbox,
    RefStore,
    ReviewStore,
    SubscriptionStore,
)
from bot.services.ask import Asker
from bot.services.current import CurrentLedger
from handlers.answered import Answered
from handlers.drawn import Pictures

#: Under this name in `bot_data`.
KEY = "services"


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
    refs: RefStore
    clock: Clock
    timezone: dt.tzinfo
    #: Telegram user ids of the owners that the settings name.
    owners: frozenset[int] = frozenset()
    answered: Answered = field(default_factory=Answered)
    pictures: Pictures = field(default_factory=Pictures)
