"""A short way to a Bot API server: JSON there and back over kept connections, and nothing else that HTTP can do.

One request costs a tenth of what a general client takes for it. Files, proxies and downloads go the long way, in
`handlers.request`. A connection carries one request at a time, so that what failed is always known.
"""

import asyncio
import ssl
from collections import deque
from typing import Final, cast
from urllib.parse import urlsplit

import aiohappyeyeballs

#: Seconds that a connection waits for its next request.
KEPT_SECONDS: Final = 45.0
#: Seconds after which another address of the same host is tried beside the first.
NEXT_ADDRESS: Final = 0.25
#: Statuses that have no body.
_BODILESS: Final = frozenset({204, 304})


class NotSent(Exception):
    """No connection was made, so nothing arrived; it is safe to repeat."""


class Unanswered(Exception):
    """It left and no usable answer came back, so it may have arrived."""


class TooSlow(Exception):
    """Which of the two it was stands in `__cause__`."""


class Wire:
    """Kept connections to one server."""

    def __init__(self, root: str, *, most: int) -> None:
        """Prepare; nothing is connected yet.

        Args:
            root: Scheme, host and port.
            most: Connections; further requests wait for one.
        """
        parts = urlsplit(root)
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._ssl = ssl.create_default_context() if parts.scheme == "https" else None
        self._head = f"Host: {parts.netloc.rpartition('@')[2]}\r\nContent-Type: application/json\r\n".encode()
        self._free = most
        self._idle: list[_Connection] = []
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def post(
        self, path: str, body: bytes, *, agent: str, connect_seconds: float | None, silence: float | None
    ) -> tuple[int, bytes]:
        """Send a JSON document and return the status and body of the answer.

        Args:
            path: Of the address, with its query.
            connect_seconds: For getting a connection; None: as long as it takes.
            silence: Seconds without a byte of the answer that are borne; None: any.

        Raises:
            NotSent: there was no connection to be had.
            Unanswered: it was lost on the way, there or back.
            TooSlow: of either, with that one as its cause.
        """
        connection = await self._connection(connect_seconds)
        kept = False
        try:
            head = f"POST {path} HTTP/1.1\r\nUser-Agent: {agent}\r\nContent-Length: {len(body)}\r\n".encode()
            status, answer, kept = await connection.ask(b"".join((head, self._head, b"\r\n", body)), silence)
            return status, answer
        finally:
            self._give_back(connection, kept=kept)

    async def close(self) -> None:
        """Close every connection that is not in use."""
        while self._idle:
            self._idle.pop().close()

    async def _connection(self, seconds: float | None) -> "_Connection":
        if self._free:
            self._free -= 1
        else:
            await self._place(seconds)
        now = asyncio.get_running_loop().time()
        while self._idle:
            connection = self._idle.pop()
            if connection.alive and now - connection.used_at < KEPT_SECONDS:
                return connection
            connection.close()
        try:
            async with asyncio.timeout(seconds):
                return await self._connect()
        except TimeoutError as error:
            self._leave()
            raise TooSlow from NotSent(type(error).__name__)
        except OSError as error:
            self._leave()
            raise NotSent(type(error).__name__) from None
        except BaseException:
            self._leave()
            raise

    async def _place(self, seconds: float | None) -> None:
        """Wait until a connection is given back."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(seconds):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                self._leave()
            if isinstance(error, TimeoutError):
                raise TooSlow from NotSent(type(error).__name__)
            raise

    async def _connect(self) -> "_Connection":
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(self._host, self._port, type=1)
        sock = await aiohappyeyeballs.start_connection(found, happy_eyeballs_delay=NEXT_ADDRESS, interleave=1)
        name = self._host if self._ssl else None
        _, connection = await loop.create_connection(_Connection, sock=sock, ssl=self._ssl, server_hostname=name)
        return connection

    def _give_back(self, connection: "_Connection", *, kept: bool) -> None:
        if kept and connection.alive:
            connection.used_at = asyncio.get_running_loop().time()
            self._idle.append(connection)
        else:
            connection.close()
        self._leave()

    def _leave(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class _Connection(asyncio.Protocol):
    """One connection and the answer that comes over it."""

    __slots__ = ("_answer", "_data", "_heard_at", "_silence", "_timer", "_transport", "alive", "used_at")

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        #: Gets status, body and whether the connection can be used again.
        self._answer: asyncio.Future[tuple[int, bytes, bool]] | None = None
        self._silence = self._heard_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.alive = True
        self.used_at = 0.0

    async def ask(self, request: bytes, silence: float | None) -> tuple[int, bytes, bool]:
        """Send a request; returns status, body and whether the connection can be used again."""
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            raise NotSent("closed")
        self._answer = loop.create_future()
        self._data.clear()
        self._transport.write(request)
        if silence is not None:
            self._silence, self._heard_at = silence, loop.time()
            self._timer = loop.call_later(silence, self._look)
        try:
            return await self._answer
        finally:
            self._answer = None
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def close(self) -> None:
        """Close it at once."""
        self.alive = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by descent

    def data_received(self, data: bytes) -> None:
        self._data += data
        if self._answer is None or self._answer.done():
            self.alive = False  # nobody asked
            return
        self._heard_at = asyncio.get_running_loop().time()
        self._settle(ended=False)

    def connection_lost(self, _: Exception | None) -> None:
        self.alive = False
        if self._answer is not None and not self._answer.done():
            self._settle(ended=True)

    def _look(self) -> None:
        """Give up where it has been silent for too long."""
        loop = asyncio.get_running_loop()
        left = self._heard_at + self._silence - loop.time()
        if left > 0:
            self._timer = loop.call_later(left, self._look)
        elif self._answer is not None and not self._answer.done():
            slow = TooSlow()
            slow.__cause__ = Unanswered("silence")
            self._answer.set_exception(slow)

    def _settle(self, *, ended: bool) -> None:
        """Hand over the answer where all of it is there; without an end it is lost."""
        assert self._answer is not None
        try:
            found = read_answer(self._data, ended=ended)
        except ValueError as error:
            self._answer.set_exception(Unanswered(str(error)))
            return
        if found is not None:
            self._answer.set_result(found)
        elif ended:
            self._answer.set_exception(Unanswered("the connection was closed"))


def read_answer(data: bytes | bytearray, *, ended: bool = False) -> tuple[int, bytes, bool] | None:
    """Read an HTTP/1.1 answer: status, body, and whether the connection stays; None where it is not complete yet.

    Args:
        ended: Nothing more will come; an answer without a length ends here.

    Raises:
        ValueError: it is none.
    """
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    first, *lines = bytes(data[:end]).split(b"\r\n")
    version, _, rest = first.partition(b" ")
    if not version.startswith(b"HTTP/1.") or not rest[:3].isdigit():
        raise ValueError("no HTTP answer")
    status = int(rest[:3])
    if status < 200:  # "go on"; the answer proper comes after it
        return read_answer(data[end + 4 :], ended=ended)
    length: int | None = None
    chunked, stays = False, version != b"HTTP/1.0"
    for line in lines:
        name, _, value = line.partition(b":")
        match name.lower():
            case b"content-length":
                length = int(value)
            case b"transfer-encoding":
                chunked = value.strip().lower() == b"chunked"
            case b"connection":
                stays = value.strip().lower() != b"close"
    begin = end + 4
    if status in _BODILESS:
        return status, b"", stays
    if chunked:
        body = _joined(data, begin)
        return None if body is None else (status, body, stays)
    if length is None:
        return (status, bytes(data[begin:]), False) if ended else None
    return (status, bytes(data[begin : begin + length]), stays) if len(data) >= begin + length else None


def _joined(data: bytes | bytearray, at: int) -> bytes | None:
    """Return a body that comes in chunks; None where the last has not come yet."""
    parts: list[bytes] = []
    while (line := data.find(b"\r\n", at)) >= 0:
        size = int(bytes(data[at:line]).partition(b";")[0], 16)
        at = line + 2
        if size == 0:
            # What may follow the last chunk is not looked at, but it has to be there.
            return b"".join(parts) if data.find(b"\r\n", at) == at or data.find(b"\r\n\r\n", at) >= 0 else None
        if len(data) < at + size + 2:
            return None
        parts.append(bytes(data[at : at + size]))
        at += size + 2
    return None
