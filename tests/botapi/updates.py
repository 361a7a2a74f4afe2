"""What waits for the bot: updates, fetched or pushed, each until it is confirmed."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.botapi.errors import ApiError, bad
from tests.botapi.journal import Changes

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result",
    "callback_query", "my_chat_member", "chat_member", "chat_join_request", "message_reaction",
    "message_reaction_count", "poll", "poll_answer", "shipping_query", "pre_checkout_query", "chat_boost",
    "removed_chat_boost", "business_connection", "business_message", "edited_business_message",
    "deleted_business_messages", "purchased_paid_media",
)  # fmt: skip
#: Sent only where they are asked for by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
POLL_SECONDS_MOST = 50


@dataclass(slots=True)
class Poll:
    """One waiting getUpdates."""

    superseded: bool = False


class Updates:
    """The queue, with Telegram's rules for offsets and kinds."""

    def __init__(self, changes: Changes) -> None:
        self.pending: list[dict[str, Any]] = []
        self.allowed: frozenset[str] = frozenset(KINDS) - ON_REQUEST
        #: The newest getUpdates, while it waits.
        self.poll: Poll | None = None
        self.polls = 0
        self.handed_out: set[int] = set()
        self._changes = changes
        self._ids = itertools.count(1000)

    def push(self, kind: str, content: dict[str, Any]) -> int:
        """Add an update; 0 where the bot has not asked for its kind."""
        if kind not in self.allowed:
            return 0
        update_id = next(self._ids)
        self.pending.append({"update_id": update_id, kind: content})
        self._changes.announce()
        return update_id

    def repeat(self, update: dict[str, Any]) -> None:
        """Hand out an update once more, as Telegram does where it doubts that it arrived."""
        self.pending.append(update)
        self._changes.announce()

    def confirm(self, offset: int) -> None:
        """Forget what is older than this offset; a negative one keeps only that many."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    def allow(self, kinds: Any) -> None:
        """Set which kinds are kept from now on; None leaves it as it was.

        Raises:
            ApiError: 400.
        """
        if kinds is None:
            return
        if not isinstance(kinds, list):
            raise bad("can't parse allowed updates list JSON object")
        known = frozenset(kind for kind in kinds if kind in KINDS)
        self.allowed = known or frozenset(KINDS) - ON_REQUEST

    async def fetch(self, *, offset: int, limit: int, timeout: int) -> Sequence[dict[str, Any]]:  # noqa: ASYNC109
        """Answer getUpdates.

        Raises:
            ApiError: 409, where another request has taken over.
        """
        if self.poll is not None:
            self.poll.superseded = True
        mine = self.poll = Poll()
        self.polls += 1
        self.confirm(offset)
        self._changes.announce()

        def ready() -> bool:
            return mine.superseded or any(update["update_id"] >= offset for update in self.pending)

        try:
            if timeout > 0:
                await self._changes.until(ready, min(timeout, POLL_SECONDS_MOST))
        except TimeoutError:
            pass
        finally:
            if self.poll is mine:
                self.poll = None
        if mine.superseded:
            raise ApiError(
                409, "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        batch = self.pending[: limit if 1 <= limit <= 100 else 100]
        self.handed_out.update(update["update_id"] for update in batch)
        return batch


def parse_json(raw: Any) -> Any:
    """Return the JSON value of a parameter; a text that is none as it is."""
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return raw
