"""Which addresses feeds may be fetched from.

Judged three times: the URL as written, every answer of the name service, and the very address of the socket about to
be opened, so that a name that changes its answer in between gains nothing. Ranges: the special-purpose address
registries of IANA (RFC 6890 and its updates).
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import FetchError, RefusedAddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Host and port to IP addresses; what `loop.getaddrinfo` does.
Lookup = Callable[[str, int], Any]

_SPECIAL_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
#: All unicast that was ever given out; whatever lies outside is special.
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
#: IPv6 that stands for an IPv4 address in its last 32 bits: mapped, and translated by NAT64.
_EMBEDDED_4 = (ipaddress.IPv6Network("::ffff:0:0/96"), ipaddress.IPv6Network("64:ff9b::/96"))

_FORBIDDEN = re.compile(r"[\\\s\x00-\x1f\x7f]")
_MAX_URL = 2048
#: Names that are looked up at a time.
_LOOKUPS = 8


def is_public(address: str | Address) -> bool:
    """Tell whether an address is one of the open internet."""
    if isinstance(address, str):
        address = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _SPECIAL_4)
    if any(address in network for network in _EMBEDDED_4):
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _GLOBAL_6 and not any(address in network for network in _SPECIAL_6)


def checked_url(text: str, *, allow_private: bool) -> URL:
    """Parse a URL that may be fetched.

    Raises:
        FetchError: it is no http or https URL that every reader would read alike.
        RefusedAddress: its host is written as an address that is not public, in whatever notation.
    """
    if len(text) > _MAX_URL or _FORBIDDEN.search(text):
        raise FetchError("the address holds characters that a URL cannot hold", kind="refused")
    try:
        url = URL(text)
        host, port = url.raw_host, url.port
    except ValueError as error:
        raise FetchError(f"not a URL: {error}", kind="refused") from error
    if url.scheme not in ("http", "https") or not host or port == 0:
        raise FetchError("only http and https addresses are fetched", kind="refused")
    if url.user is not None or url.password is not None:
        raise FetchError("an address with a user name in it is not fetched", kind="refused")
    if not allow_private:
        address = _literal(host)
        if address is not None and not is_public(address):
            raise RefusedAddress(f"{address} is not a public address")
    return url


def _literal(host: str) -> Address | None:
    """Read a host that is an address: dotted, decimal, octal, hexadecimal, shortened, IPv6; None for a name."""
    try:
        return ipaddress.ip_address(host.split("%", 1)[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
    except (OSError, ValueError):
        return None


class GuardedResolver(AbstractResolver):
    """Resolves a name and refuses it when any of its answers is not public."""

    def __init__(self, *, allow_private: bool, lookup: Lookup | None = None) -> None:
        self._allow_private = allow_private
        self._lookup = lookup
        # Threads of its own: a name service that hangs must not take those that everything else runs in.
        self._threads: ThreadPoolExecutor | None = None

    @staticmethod
    def _ask(host: str, port: int, family: socket.AddressFamily) -> Any:
        return socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return every address of a name, in the order given.

        Raises:
            RefusedAddress: at least one is not public.
            OSError: the name has no address.
        """
        if self._lookup is not None:
            answers = await self._lookup(host, port)
        else:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(max_workers=_LOOKUPS, thread_name_prefix="names")
            answers = await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, host, port, family)
        results: list[ResolveResult] = []
        for found_family, _, proto, _, address in answers:
            ip = str(address[0])
            if not self._allow_private and not is_public(ip):
                raise RefusedAddress(f"{host} leads to {ip}, which is not a public address")
            results.append(
                ResolveResult(
                    hostname=host, host=ip, port=port, family=found_family, proto=proto, flags=socket.AI_NUMERICHOST
                )
            )
        if not results:
            raise OSError(f"{host} has no address")
        return results

    async def close(self) -> None:
        """Let lookups under way end by themselves."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None


class RefusedSocket(OSError):
    """A socket was about to be opened to an address that is not public."""


def guarded_socket(info: tuple[Any, Any, int, str, Any]) -> socket.socket:
    """Open a socket for exactly this address, where it is public."""
    family, kind, proto, _, address = info
    if not is_public(str(address[0])):
        raise RefusedSocket(f"{address[0]} is not a public address")
    return socket.socket(family=family, type=kind, proto=proto)
