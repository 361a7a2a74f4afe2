"""Subscribes a chat, narrows what it is told, and ends it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.claims import KINDS, Kind
from bot.domain.subscriptions import ChatType, Subscription
from bot.ports import Clock, SubscriptionStore

#: What a step of narrowing does to the wishes.
Step = Callable[[Subscription], Subscription]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the messages go: a chat, or one topic of a forum."""

    chat_id: int
    thread_id: int = 0
    chat_type: ChatType = "private"
    #: To write in, where it subscribes anew.
    lang: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription as it stands now."""

    subscription: Subscription
    #: It was not subscribed before.
    new: bool


class Subscriber:
    """Changes wishes, one chat at a time."""

    def __init__(self, store: SubscriptionStore, *, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def get(self, address: Address) -> Subscription | None:
        """Return the wishes of a chat; None where it is not subscribed."""
        return await self._store.get(address.chat_id, address.thread_id)

    async def subscribe(self, address: Address, step: Step | None = None) -> Subscribed:
        """Subscribe to everything at once, or to what the step makes of it; one that stands is only changed."""
        before = await self.get(address)
        fresh = Subscription(
            chat_id=address.chat_id, thread_id=address.thread_id, chat_type=address.chat_type, lang=address.lang
        )
        wishes = step(before or fresh) if step else before or fresh
        if wishes != before:
            await self._store.put(wishes, at=self._clock.now())
        return Subscribed(subscription=wishes, new=before is None)

    async def change(self, address: Address, step: Step) -> Subscription | None:
        """Change the wishes of a chat that is subscribed; None where it is not."""
        before = await self.get(address)
        if before is None:
            return None
        after = step(before)
        if after != before:
            await self._store.put(after, at=self._clock.now())
        return after

    async def stop(self, address: Address, *, all_topics: bool = False) -> bool:
        """End it; False where there was none."""
        return await self._store.remove(address.chat_id, None if all_topics else address.thread_id)


def toggle_kind(kind: Kind) -> Step:
    """Return a step that adds a kind or takes it away; every kind, and none, is everything."""

    def step(subscription: Subscription) -> Subscription:
        had = set(subscription.kinds or KINDS)
        wanted = had - {kind} if kind in had else had | {kind}
        kinds = tuple(k for k in KINDS if k in wanted)
        return replace(subscription, kinds=kinds if kinds and len(kinds) < len(KINDS) else None)

    return step
