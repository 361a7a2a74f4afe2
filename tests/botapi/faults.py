"""What the server can be told to do wrong, once or several times.

refuse      the answer is an error (`code`, `description`, `parameters`); nothing is recorded
flood       the same, as a 429 with `retry_after`
cut         the connection is closed before the request was looked at
no_answer   the message is taken, then the connection is closed
status      an HTTP status with an HTML page, as a proxy gives it; nothing is recorded
bad_json    the message is taken, and the answer is no JSON
hold        the message is taken, and the answer waits until `release()`
"""

import asyncio
from dataclasses import dataclass, field
from typing import Literal, get_args

FaultKind = Literal["refuse", "flood", "cut", "no_answer", "status", "bad_json", "hold"]
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)


@dataclass(slots=True, kw_only=True)
class Fault:
    """One scripted fault; played by the requests that fit it."""

    kind: FaultKind
    #: Any where None.
    method: str | None = None
    chat_id: int | None = None
    #: Requests that play it; below 0: all.
    times: int = 1
    #: Fitting requests that pass before it begins.
    after: int = 0
    code: int = 400
    description: str = "scripted"
    parameters: dict[str, int] = field(default_factory=dict)
    retry_after: int = 1
    #: Requests that played it.
    played: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def plays(self, method: str, chat_id: int | None) -> bool:
        """Tell whether this request plays it, and count it."""
        if not self.times or self.method not in (None, method) or self.chat_id not in (None, chat_id):
            return False
        if self.after:
            self.after -= 1
            return False
        self.times -= 1
        self.played += 1
        return True

    def release(self) -> None:
        """Let held answers go."""
        self._released.set()

    async def held(self) -> None:
        """Wait until released."""
        await self._released.wait()
