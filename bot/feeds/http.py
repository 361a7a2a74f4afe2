"""How one address is fetched: guarded, bounded, polite, and honest about who asks.

Everything that can go wrong leaves as a FetchError.
"""

import asyncio
import contextlib
import datetime as dt
import ssl
import time
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

import aiohttp
from yarl import URL

from bot.errors import FetchError, RefusedAddress
from bot.feeds.guard import GuardedResolver, Lookup, RefusedSocket, checked_url, guarded_socket
from bot.feeds.politeness import HostGate

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_GZIP = b"\x1f\x8b"
_HEADER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost."""

    connect_seconds: float = 5.0
    #: Of all hops together; waiting for a host's turn does not count.
    total_seconds: float = 20.0
    #: Of the decoded body.
    body_bytes: int = 5 * 2**20
    redirects: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address answered."""

    #: Where it was found, after redirects.
    url: str
    #: 200, or 304 for unchanged.
    status: int
    body: bytes
    headers: Mapping[str, str]
    #: Every redirect on the way was a permanent one, and there was at least one.
    moved: bool


class HttpClient:
    """Fetches pages; one for the whole program."""

    def __init__(
        self, *, gate: HostGate, user_agent: str, limits: Limits, allow_private: bool, lookup: Lookup | None = None
    ) -> None:
        self._gate = gate
        self._user_agent = user_agent
        self._limits = limits
        self._allow_private = allow_private
        self._resolver = GuardedResolver(allow_private=allow_private, lookup=lookup)
        self._session: aiohttp.ClientSession | None = None

    async def check(self, address: str) -> None:
        """Refuse an address that would be refused when fetched; a name without an answer passes.

        Raises:
            FetchError: of kind "refused".
        """
        url = checked_url(address, allow_private=self._allow_private)
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(self._limits.connect_seconds):
                await self._resolver.resolve(url.raw_host or "", url.port or 0)

    @contextlib.asynccontextmanager
    async def fetched(
        self, address: str, *, accept: str, headers: Mapping[str, str] | None = None
    ) -> AsyncIterator[Page]:
        """Fetch a page, following redirects, and hold its host's turn while the context lasts.

        So only so many documents are in memory at a time, however long they wait to be parsed.

        Args:
            headers: Sent as they are, on every hop.

        Raises:
            FetchError: there is no page to be had; its `kind` tells why.
        """
        url = checked_url(address, allow_private=self._allow_private)
        left = self._limits.total_seconds
        moved: bool | None = None
        for _ in range(self._limits.redirects + 1):
            async with self._gate.passing(url.raw_host or ""):
                started = time.monotonic()
                answer = await self._once(url, {**(headers or {}), "Accept": accept}, seconds=left)
                left -= time.monotonic() - started
                if isinstance(answer, Page):
                    yield replace(answer, moved=bool(moved))
                    return
            status, url = answer
            moved = status in _PERMANENT and moved is not False
        raise FetchError("too many redirects", kind="redirects")

    async def _once(self, url: URL, headers: Mapping[str, str], *, seconds: float) -> Page | tuple[int, URL]:
        """Make one request; a redirect comes back as its status and target."""
        try:
            async with (
                asyncio.timeout(max(seconds, 0.001)),
                self._open().get(url, headers=headers, allow_redirects=False) as response,
            ):
                if response.status in _REDIRECTS and "Location" in response.headers:
                    return response.status, self._target(url, response.headers["Location"])
                if response.status not in (200, 304):
                    raise _status_error(response)
                body = b"" if response.status == 304 else await self._body(response)
                known = {name.lower(): value for name, value in response.headers.items()}
                return Page(url=str(url), status=response.status, body=body, headers=known, moved=False)
        except FetchError:
            raise
        except (TimeoutError, aiohttp.ServerTimeoutError) as error:
            raise FetchError("no answer in time", kind="timeout") from error
        except (aiohttp.ClientError, OSError, ValueError, zlib.error) as error:
            raise _translated(error) from error

    def _target(self, url: URL, location: str) -> URL:
        try:
            target = str(url.join(URL(location.strip())))
        except ValueError as error:
            raise FetchError("a redirect to nowhere", kind="redirects") from error
        if "\\" in location:
            raise FetchError("a redirect to an address that can be read in two ways", kind="refused")
        return checked_url(target, allow_private=self._allow_private)

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """Read and decompress, never holding more than the limit."""
        limit = self._limits.body_bytes
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError(f"an encoding that was not asked for: {encoding[:20]}", kind="content")
        if (response.content_length or 0) > limit:
            raise FetchError("the document is too large", kind="too_large")
        body = bytearray()
        inflate: zlib._Decompress | None = None
        async for chunk in response.content.iter_any():
            if not body and inflate is None and chunk.startswith(_GZIP):
                # Compressed is what looks so; the label may lie either way.
                inflate = zlib.decompressobj(wbits=31)
            if inflate is None:
                body += chunk
            elif inflate.eof and not chunk.startswith(_GZIP):
                break  # what stands behind the document is none of it
            else:
                inflate = zlib.decompressobj(wbits=31) if inflate.eof else inflate
                body += inflate.decompress(chunk, limit - len(body) + 1)
                while inflate.eof and inflate.unused_data.startswith(_GZIP) and len(body) <= limit:
                    # A document may come in pieces, each compressed by itself.
                    rest, inflate = inflate.unused_data, zlib.decompressobj(wbits=31)
                    body += inflate.decompress(rest, limit - len(body) + 1)
            if len(body) > limit:
                raise FetchError("the document is too large", kind="too_large")
            if inflate is not None and inflate.unused_data:
                break
        if inflate is not None and not inflate.eof:
            raise FetchError("the compressed document is cut short", kind="content")
        if not body.strip():
            raise FetchError("the answer is empty", kind="content")
        return bytes(body)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(
                resolver=self._resolver,
                socket_factory=None if self._allow_private else guarded_socket,
                limit=0,
                force_close=True,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip"},
                timeout=aiohttp.ClientTimeout(
                    total=None, connect=self._limits.connect_seconds, sock_connect=self._limits.connect_seconds
                ),
                max_line_size=_HEADER_BYTES,
                max_field_size=_HEADER_BYTES,
            )
        return self._session

    async def close(self) -> None:
        """Close every connection; the next request opens new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None
        await self._resolver.close()


def _status_error(response: aiohttp.ClientResponse) -> FetchError:
    if response.headers.get("cf-mitigated") == "challenge":
        reason = f"HTTP {response.status}: the site asks for a browser (a challenge page)"
    else:
        reason = f"HTTP {response.status}"
    return FetchError(reason, kind="status", status=response.status, retry_after=retry_after(response.headers))


def _translated(error: Exception) -> FetchError:
    """Say in our words what the library's exception means."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError("the name of the host is not known", kind="dns")
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError | ssl.CertificateError):
        return FetchError("the encrypted connection cannot be trusted", kind="tls")
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, RefusedSocket):
        return RefusedAddress(str(error.os_error))
    if isinstance(error, aiohttp.InvalidURL):
        return RefusedAddress("the host is written in a way that is not fetched")
    if isinstance(error, zlib.error):
        return FetchError("the compressed document is broken", kind="content")
    return FetchError(f"the connection failed: {type(error).__name__}", kind="connect")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that an answer asks to wait for, from either form of Retry-After (RFC 9110, 10.2.3)."""
    value = headers.get("Retry-After", "").strip()
    if value.isdigit() and len(value) < 10:
        return float(value)
    return _seconds_until(value, headers.get("Date", ""))


def fresh_for(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that an answer asks to be kept for (RFC 9111, 4.2.1); None where it does not say.

    Args:
        headers: With names in lower case.
    """
    directives = [part.strip().lower() for part in headers.get("cache-control", "").split(",")]
    if "no-cache" in directives or "no-store" in directives:
        return None
    for directive in directives:
        name, _, value = directive.partition("=")
        value = value.strip('" ')
        if name == "max-age" and value.isdigit() and len(value) < 10:
            age = headers.get("age", "0").strip()
            return max(0.0, float(value) - (float(age) if age.isdigit() and len(age) < 10 else 0.0)) or None
    return _seconds_until(headers.get("expires", ""), headers.get("date", ""))


def _seconds_until(moment: str, now: str) -> float | None:
    try:
        until = parsedate_to_datetime(moment)
        since = parsedate_to_datetime(now) if now else dt.datetime.now(dt.UTC)
        seconds = until.replace(tzinfo=until.tzinfo or dt.UTC) - since.replace(tzinfo=since.tzinfo or dt.UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return seconds.total_seconds() if seconds.total_seconds() > 0 else None
