"""Which addresses feeds may be fetched from, judged by a table of hostile ones."""

import pytest

from bot.errors import FetchError, RefusedAddress
from bot.feeds.guard import GuardedResolver, RefusedSocket, checked_url, guarded_socket, is_public

HOSTILE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.255.255.254:8080/feed",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://3232235777/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xa9fea9fe/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://198.51.100.7/",
    "http://203.0.113.9/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:53aa:64c:0:0:80ff:fffe]/",
    "http://[2001:db8::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://①②⑦.⓪.⓪.①/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://intranet.example/",
    "http://both.example/",
    "http://127.0.0.1.nip.example/",
    "http://public.example\\@127.0.0.1/",
    "http://127.0.0.1\\@public.example/",
    "http://public.example\\.intranet.example/",
    "http://user:secret@public.example/",
    "http://public.example@127.0.0.1/",
    "http://public.example /",
    "http://public.example\t/",
    "http://public.example\r\nHost: intranet/",
    "http:///feed",
    "http://public.example:0/",
    "https://public.example:99999/",
    "file:///etc/passwd",
    "ftp://public.example/feed",
    "gopher://public.example/",
    "javascript:alert(1)",
    "data:text/xml,<rss/>",
    "//public.example/feed",
    "public.example/feed",
    "http://" + "a" * 3000 + ".example/",
    "",
]

OPEN = [
    "http://public.example/feed?x=1&y=2",
    "https://public.example:8443/",
    "https://8.8.8.8/",
    "https://[2606:4700:4700::1111]/",
    "https://[64:ff9b::8.8.8.8]/",
    "https://[::ffff:8.8.8.8]/",
    "https://суспільне.example/rss",
]

ANSWERS = {
    "localhost": ["127.0.0.1"],
    "intranet.example": ["10.1.2.3"],
    "both.example": ["93.184.216.34", "192.168.0.9"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
}


async def lookup(host: str, port: int) -> list[tuple[object, ...]]:
    addresses = ANSWERS.get(host.lower().rstrip("."), ["93.184.216.34"])
    return [(2, 1, 6, "", (address, port)) for address in addresses]


async def reach(url: str, *, allow_private: bool = False) -> list[str]:
    """Go as far as the guard lets a request go; return the addresses that would be connected to."""
    checked = checked_url(url, allow_private=allow_private)
    resolver = GuardedResolver(allow_private=allow_private, lookup=lookup)
    return [answer["host"] for answer in await resolver.resolve(checked.raw_host or "", 80)]


@pytest.mark.parametrize("url", HOSTILE)
async def test_hostile_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        await reach(url)
    assert caught.value.kind == "refused"


@pytest.mark.parametrize("url", OPEN)
async def test_public_address_is_let_through(url: str) -> None:
    assert await reach(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/feed", "http://localhost/", "http://[::1]/"])
async def test_private_addresses_open_by_setting(url: str) -> None:
    assert await reach(url, allow_private=True)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://a\\@b/", "http://user@host/"])
async def test_setting_opens_addresses_and_nothing_else(url: str) -> None:
    with pytest.raises(FetchError):
        await reach(url, allow_private=True)


async def test_one_private_answer_spoils_all() -> None:
    with pytest.raises(RefusedAddress):
        await GuardedResolver(allow_private=False, lookup=lookup).resolve("both.example", 80)


def test_socket_is_opened_only_to_a_public_address() -> None:
    """The last check, on the very address; it holds even where a name changed its answer."""
    with pytest.raises(RefusedSocket):
        guarded_socket((2, 1, 6, "", ("127.0.0.1", 80)))
    with pytest.raises(RefusedSocket):
        guarded_socket((10, 1, 6, "", ("fe80::1%eth0", 80, 0, 2)))
    guarded_socket((2, 1, 6, "", ("93.184.216.34", 80))).close()


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "64:ff9b::7f00:1", "2002::1", "0.0.0.0", "100.127.255.255"])
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


async def test_system_resolver_knows_loopback_by_name() -> None:
    with pytest.raises(RefusedAddress):
        await GuardedResolver(allow_private=False).resolve("localhost", 80)
