"""How python-telegram-bot reaches the Bot API: cheaply, and with an honest account of what failed.

The library's own client costs more than everything else in an answer; this one takes its place behind `BaseRequest`.
What is JSON goes over `handlers.wire`; files, downloads and whatever needs a proxy make a detour, `handlers.detour`.
When a request fails, `__cause__` says what became of it: `NotSent` surely never left, `Unanswered` may have arrived.
Neither carries the address, which holds the token.
"""

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from handlers.wire import NotSent, TooSlow, Unanswered, Wire

if TYPE_CHECKING:
    from handlers.detour import Detour

#: Answers of servers that stand between us and the Bot API, or of one that is about to stop.
SERVER_ERRORS: Final = range(500, 600)


_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

__all__ = ["BotApiRequest", "NotSent", "Unanswered"]


class _Encoded:
    """Parameters without files that are JSON already, where python-telegram-bot has a `RequestData`."""

    __slots__ = ("body",)
    contains_files = False

    def __init__(self, body: bytes) -> None:
        self.body = body


class BotApiRequest(BaseRequest):
    """One pool of kept connections.

    Args:
        connections: Requests that run side by side; further ones wait for `pool_timeout`.
        read_timeout: Seconds of silence while an answer is awaited; None: any.
        write_timeout: Seconds for giving away a request.
        connect_timeout: Seconds for a connection.
        pool_timeout: Seconds that a request waits for one of the connections.
        media_write_timeout: `write_timeout` of a request with files.
    """

    __slots__ = (
        "_connect",
        "_connections",
        "_detour",
        "_media_write",
        "_open",
        "_pool",
        "_proxies",
        "_read",
        "_wires",
        "_write",
    )

    def __init__(
        self,
        *,
        connections: int = 256,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        media_write_timeout: float | None = 20.0,
    ) -> None:
        # Its RetryAfter warns of a change to come each time that it is made, unless the change is asked for.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._connections = connections
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._proxies: dict[str, str] = {}
        self._open = False
        #: The long way, once it was needed.
        self._detour: Detour | None = None
        #: By scheme, host and port.
        self._wires: dict[str, Wire] = {}

    @property
    def read_timeout(self) -> float | None:
        """Return the seconds of silence that are borne by default."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; one that is open stays."""
        if not self._open:
            self._proxies = getproxies()
            self._open = True

    async def shutdown(self) -> None:
        """Close every connection."""
        for wire in self._wires.values():
            await wire.close()
        self._open = False
        detour, self._detour = self._detour, None
        if detour is not None:
            await detour.close()

    async def ask(self, url: str, body: bytes, *, seconds: float | None = None) -> bytes:
        """Make one request with a JSON document and return that of the answer.

        Args:
            seconds: How long silence is borne; None: as always.

        Raises:
            TelegramError: it failed, or was refused.
        """
        how = {} if seconds is None else {"read_timeout": seconds}
        return await self._request_wrapper(url, "POST", cast(RequestData, _Encoded(body)), **how)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request and return status and body.

        Raises:
            TimedOut: too slow; `__cause__` is NotSent or Unanswered.
            NetworkError: any other failure of the way there and back, 5xx included; likewise.
        """
        if not self._open:
            raise RuntimeError("the request is not initialized")
        files = request_data is not None and request_data.contains_files
        proxy = self._proxy(url)
        if request_data is not None and not files and method == "POST" and proxy is None:
            status, answer = await self._send(url, request_data, read_timeout, connect_timeout, pool_timeout)
        else:
            from handlers.detour import Detour, Patience  # only those who need it wait for it

            if self._detour is None:
                self._detour = Detour(connections=self._connections, agent=self.USER_AGENT)
            patience = Patience(
                pool=_chosen(pool_timeout, self._pool),
                connect=_chosen(connect_timeout, self._connect),
                write=_chosen(write_timeout, self._media_write if files else self._write),
                read=_chosen(read_timeout, self._read),
            )
            content = request_data if request_data is None or files else _body(request_data)
            status, answer = await self._detour.request(method, url, content, patience, proxy=proxy)
        if status in SERVER_ERRORS:
            raise NetworkError(f"HTTP {status}") from Unanswered(f"HTTP {status}")
        return status, answer

    async def _send(
        self,
        url: str,
        request_data: RequestData,
        read_timeout: ODVInput[float],
        connect_timeout: ODVInput[float],
        pool_timeout: ODVInput[float],
    ) -> tuple[int, bytes]:
        """Make one request with JSON alone."""
        scheme, _, rest = url.partition("://")
        host, _, path = rest.partition("/")
        root = f"{scheme}://{host}"
        wire = self._wires.get(root)
        if wire is None:
            wire = self._wires[root] = Wire(root, most=self._connections)
        waits = (_chosen(pool_timeout, self._pool), _chosen(connect_timeout, self._connect))
        try:
            return await wire.post(
                f"/{path}",
                _body(request_data),
                agent=self.USER_AGENT,
                connect_seconds=None if None in waits else sum(part for part in waits if part is not None),
                silence=_chosen(read_timeout, self._read),
            )
        except TooSlow as error:
            raise TimedOut("Timed out") from error.__cause__
        except (NotSent, Unanswered) as error:
            problem = error
        raise NetworkError(str(problem)) from problem

    def _proxy(self, url: str) -> str | None:
        """Return the proxy that the environment names for https; plain http is a server nearby."""
        if not self._proxies or not url.startswith("https:"):
            return None
        return None if proxy_bypass(urlsplit(url).hostname or "") else self._proxies.get("https")


def _chosen(value: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _body(request_data: RequestData | _Encoded) -> bytes:
    return request_data.body if isinstance(request_data, _Encoded) else as_json(request_data.parameters)


def as_json(parameters: Mapping[str, Any]) -> bytes:
    """Write parameters as a JSON object."""
    try:
        return _WRITER.encode(parameters).encode()
    except UnicodeEncodeError:  # half of a pair, which only an escape can write
        return json.dumps(parameters).encode()
