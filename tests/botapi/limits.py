"""How many messages Telegram takes: a model that answers 429.

The true limits are not published; these are the numbers of the Bot FAQ, as sliding windows.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.botapi.errors import ApiError


@dataclass(slots=True, kw_only=True)
class Limits:
    """A window for all, one a chat, one a group or channel; 0 is no limit."""

    clock: Callable[[], float]
    overall: int = 30
    chat: int = 1
    group: int = 20
    #: Part of a window that is forgiven, for what the network does to the spacing.
    slack: float = 0.1
    enabled: bool = False
    #: 429s that were answered.
    refused: int = 0
    _sent: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _until: dict[int, float] = field(default_factory=dict)

    #: In the place of a chat's id.
    EVERYBODY = 0

    def check(self, chat_id: int) -> None:
        """Count one message.

        Raises:
            ApiError: 429, with the seconds to wait; until then each try is refused.
        """
        if not self.enabled:
            return
        now = self.clock()
        for key in (self.EVERYBODY, chat_id):
            if self._until.get(key, 0) > now:
                self._refuse(key, now, self._until[key] - now)
        windows = [(self.EVERYBODY, self.overall, 1.0), (chat_id, self.chat, 1.0)]
        if chat_id < 0:
            windows.append((chat_id, self.group, 60.0))
        for key, most, seconds in windows:
            sent = self._sent[key]
            if most and len(sent) >= most and sent[-most] > now - seconds * (1 - self.slack):
                self._refuse(key, now, sent[-most] + seconds - now)
        for key in (self.EVERYBODY, chat_id):
            sent = self._sent[key]
            sent.append(now)
            while (sent and sent[0] < now - 61) or len(sent) > 2000:
                sent.popleft()

    def _refuse(self, key: int, now: float, wait: float) -> None:
        self.refused += 1
        seconds = max(1, math.ceil(wait))
        self._until[key] = max(self._until.get(key, 0), now + seconds)
        raise ApiError(429, f"retry after {seconds}", retry_after=seconds)
