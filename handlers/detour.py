"""The long way to a Bot API server, over aiohttp: files, downloads, and whatever goes through a proxy.

Imported when first needed; most bots never send a file.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    TCPConnector,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from handlers.wire import NotSent, Unanswered


class Patience(NamedTuple):
    """Seconds that the parts of a request may take; None: any."""

    pool: float | None
    connect: float | None
    write: float | None
    read: float | None


class Detour:
    """One pool of kept connections."""

    def __init__(self, *, connections: int, agent: str) -> None:
        """Open it; requests beyond so many wait for a connection."""
        self._session = ClientSession(
            connector=TCPConnector(limit=connections, keepalive_timeout=45),
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": agent},
        )

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()

    async def request(
        self, method: str, url: str, content: bytes | RequestData | None, patience: Patience, *, proxy: str | None
    ) -> tuple[int, bytes]:
        """Make one request and return status and body.

        Args:
            content: A JSON document, parameters with files, or None: nothing is sent along.

        Raises:
            TimedOut: too slow; `__cause__` is NotSent or Unanswered.
            NetworkError: any other failure of the way there and back; likewise.
        """
        is_json = isinstance(content, bytes)
        problem: Exception
        try:
            async with self._session.request(
                method,
                url,
                data=_form(content) if isinstance(content, RequestData) else content,
                headers={"Content-Type": "application/json"} if is_json else None,
                timeout=_timeout(patience),
                allow_redirects=False,
                proxy=proxy,
            ) as response:
                return response.status, await response.read()
        except (ClientError, TimeoutError, OSError) as error:
            problem = error
        # Raised out here, so that nothing keeps the error whose text holds the address.
        raise _translate(problem) from _cause(problem)


@lru_cache(maxsize=64)
def _timeout(patience: Patience) -> ClientTimeout:
    """Make aiohttp's: it has no time for writing alone, so that one counts in the total."""
    pool, connect, _, read = patience
    given = [part for part in patience if part is not None]
    return ClientTimeout(
        total=sum(given) if len(given) == len(patience) else None,
        connect=pool + connect if pool is not None and connect is not None else None,
        sock_connect=connect,
        sock_read=read,
    )


def _form(content: RequestData) -> FormData:
    form = FormData()
    for name, value in content.json_parameters.items():
        form.add_field(name, value)
    parts: dict[str, Any] = content.multipart_data
    for name, (filename, file, mime) in parts.items():
        form.add_field(name, file, filename=filename, content_type=mime)
    return form


def _cause(problem: Exception) -> NotSent | Unanswered:
    never_left = isinstance(problem, ClientConnectorError | ConnectionTimeoutError | InvalidURL)
    return (NotSent if never_left else Unanswered)(type(problem).__name__)


def _translate(problem: Exception) -> NetworkError:
    name = type(problem).__name__
    return TimedOut(f"Timed out ({name})") if isinstance(problem, TimeoutError) else NetworkError(name)
