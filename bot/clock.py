"""What time it is: the system's clock, or one that was set."""

import datetime as dt
import time


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """Return the instant, in UTC."""
        return dt.datetime.now(dt.UTC)


class FixedClock:
    """A clock that stands still, so that a result can be reproduced."""

    def __init__(self, instant: dt.datetime) -> None:
        self._instant = instant.astimezone(dt.UTC)

    def now(self) -> dt.datetime:
        """Return the instant that it was set to, in UTC."""
        return self._instant


class RunningClock:
    """A clock that was set once and goes on from there."""

    def __init__(self, instant: dt.datetime) -> None:
        self._instant = instant.astimezone(dt.UTC)
        self._set_at = time.monotonic()

    def now(self) -> dt.datetime:
        """Return the instant, in UTC."""
        return self._instant + dt.timedelta(seconds=time.monotonic() - self._set_at)


def parse_instant(text: str, timezone: dt.tzinfo) -> dt.datetime:
    """Read an ISO 8601 day or instant; one without an offset is in `timezone`, a day alone is its noon.

    Raises:
        ValueError: it is neither.
    """
    if len(text) == len("2025-06-11"):
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(12), tzinfo=timezone)
    instant = dt.datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=timezone)
