"""How long polling many feeds takes, what memory it costs, and how long it ever holds up the loop.

A thousand feeds on loopback, a host each out of 127.0.0.0/8, twenty items a feed, with the program's own client, parser
process and database (SQLite). Three rounds: all seen for the first time, all unchanged, one new item in each. Beside it
the named peer, in a process of its own: httpx and feedparser in a plain loop, with the same validators. Then what a
hostile document costs: the longest stall of the loop, and the memory of a gzip bomb.

    python -m benchmarks.polling [--feeds 1000] [--json]
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import logging
import multiprocessing
import os
import resource
import socket
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from bot.domain.articles import Article, Report
from bot.domain.decisions import Decision
from bot.domain.feed_health import Notice
from bot.errors import FetchError
from bot.feeds.reader import FeedClient
from bot.memory import settle_memory
from bot.ports import Feed
from bot.services.poll import FeedPoller
from storage.database import open_database

START = dt.datetime(2025, 6, 11, 12, 0, tzinfo=dt.UTC)
TARGET_SECONDS = 10.0
TARGET_MIB = 150.0
_ITEMS = 20
#: The parser process is looked at once in so many items.
_SAMPLED = 500
_BOMB_MIB = 512
_TEXT = "Україна повернула тіла загиблих захисників, повідомив Координаційний штаб з питань поводження. " * 5


def hosts(count: int) -> list[str]:
    """Return so many addresses out of 127.0.0.0/8."""
    return [f"127.{1 + n // 62_500}.{n // 250 % 250}.{1 + n % 250}" for n in range(count)]


# The server


class _Server(asyncio.Protocol):
    """Answers for every host with one feed; `/change` adds an item to all of them."""

    version = 0
    bodies: dict[int, bytes]
    bomb: bytes

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            request, _, self.received = self.received.partition(b"\r\n\r\n")
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        path = request.split(b" ", 2)[1]
        if path == b"/change":
            type(self).version += 1
            return self._send(b"200 OK", b"ok")
        if path == b"/bomb":
            return self._send(b"200 OK", self.bomb, b"Content-Encoding: gzip\r\n")
        if path == b"/hostile":
            return self._send(b"200 OK", b"<rss><channel><item><description>" + b"<b>" * 400_000)
        etag = b'"v%d"' % self.version
        if b"if-none-match: " + etag in request.lower():
            return self._send(b"304 Not Modified", b"", b"ETag: " + etag + b"\r\n")
        return self._send(b"200 OK", _feed(self.version), b"ETag: " + etag + b"\r\n")

    def _send(self, status: bytes, body: bytes, headers: bytes = b"") -> None:
        head = b"HTTP/1.1 %b\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n%b\r\n"
        assert isinstance(self.transport, asyncio.WriteTransport)
        self.transport.write(head % (status, len(body), headers) + body)


def _feed(version: int, *, cache: dict[int, bytes] = {}) -> bytes:  # noqa: B006 - one feed for all hosts
    if version not in cache:
        items = "".join(
            f"<item><guid>urn:item:{n}</guid><title>Повідомлення {n}</title><link>http://example.org/{n}</link>"
            f"<pubDate>{format_datetime(START - dt.timedelta(hours=version + _ITEMS - n))}</pubDate>"
            f"<description>&lt;p&gt;{_TEXT}&lt;/p&gt;</description></item>"
            for n in range(version + _ITEMS, version, -1)
        )
        cache[version] = f"<rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>".encode()
    return cache[version]


def serve(addresses: list[str], ready: Any) -> None:
    """Run the server until the process is ended; sends its port."""

    async def run() -> None:
        pack = zlib.compressobj(9, wbits=31)
        block = b" " * 2**20
        _Server.bomb = b"".join(pack.compress(block) for _ in range(_BOMB_MIB)) + pack.flush()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = await asyncio.get_running_loop().create_server(_Server, addresses, port, backlog=64)
        ready.send(port)
        await server.serve_forever()

    asyncio.run(run())


# What is measured, each in a process of its own


@dataclass(slots=True)
class Figures:
    """What one round came to."""

    seconds: float
    #: Of this process; what others do meanwhile does not count.
    cpu_seconds: float
    feeds: int
    new: int
    stall_ms: float | None = None
    #: Of the longest stall by our own doing, in processor time.
    ours_ms: float | None = None


@dataclass
class _Clock:
    moment: dt.datetime = START

    def now(self) -> dt.datetime:
        return self.moment


@dataclass
class _Lag:
    """The longest time that the loop did not turn."""

    #: In seconds on the clock, which on a busy machine are not ours alone.
    worst: float = 0.0
    #: Of processor time that the loop itself took.
    worst_ours: float = 0.0
    _task: asyncio.Task[None] | None = field(default=None, init=False)

    async def _watch(self) -> None:
        while True:
            before, ours = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.002)
            self.worst = max(self.worst, time.perf_counter() - before - 0.002)
            self.worst_ours = max(self.worst_ours, time.thread_time() - ours)

    async def __aenter__(self) -> "_Lag":
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task


def measure_ours(urls: list[str], control: str, result: Any) -> None:
    """Poll with the program's own parts."""
    logging.disable(logging.CRITICAL)
    result.send(_run(_ours(urls, control)))


async def _ours(urls: list[str], control: str) -> dict[str, Any]:
    clock = _Clock()
    new = 0
    parser_mib = 0.0

    async def ingest(article: Article, *, item: tuple[int, str, str] | None, baseline: bool) -> Decision:
        nonlocal new, parser_mib
        new += 1
        if new % _SAMPLED == 0:
            parser_mib = max(parser_mib, _children_mib())
        return Decision(kind="irrelevant")

    async def notify(notice: Notice) -> None:
        raise AssertionError(notice)

    rounds: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with (
            await open_database(f"sqlite+aiosqlite:///{folder}/polling.db") as database,
            FeedClient(user_agent="Homeward/benchmark", allow_private=True) as client,
        ):
            for url in urls:
                await database.feeds.add_feed(url=url, name="Feed", trust="trusted")
            poller = FeedPoller(
                feeds=database.feeds,
                reader=client,
                clock=clock,
                ingest=ingest,
                read_article=lambda article: Report(article=article, relevant=False, confidence=0),
                notify_admins=notify,
                every=dt.timedelta(minutes=5),
                draw=lambda: 0.5,
            )
            settle_memory()  # as the running bot does
            for name in ("first", "unchanged", "changed"):
                if name == "changed":
                    await asyncio.to_thread(_get, control)
                clock.moment += dt.timedelta(hours=1)
                new = 0
                async with _Lag() as lag:
                    began, cpu = time.perf_counter(), time.process_time()
                    polled = await poller.poll_due()
                    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
                assert len(polled) == len(urls)
                assert all(one.error is None for one in polled), next(one.error for one in polled if one.error)
                assert all(one.unchanged == (name == "unchanged") for one in polled)
                rounds[name] = Figures(seconds, cpu, len(polled), new, lag.worst * 1000, lag.worst_ours * 1000)
    return {"rounds": rounds, **_memory(), "parser_mib": parser_mib}


def measure_hostile(url: str, result: Any) -> None:
    """Read a hostile document and a bomb."""
    result.send(_run(_hostile(url)))


async def _hostile(root: str) -> dict[str, Any]:
    kinds = []
    settle_memory()
    async with FeedClient(user_agent="Homeward/benchmark", allow_private=True, spacing=0) as client, _Lag() as lag:
        for path in ("/hostile", "/bomb"):
            try:
                await client.read(Feed(id=0, url=root + path, name="", trust="unverified"))
            except FetchError as error:
                kinds.append(error.kind)
    return {"errors": kinds, "stall_ms": lag.worst * 1000, "ours_ms": lag.worst_ours * 1000, **_memory()}


def measure_peer(urls: list[str], control: str, result: Any) -> None:
    """Poll as most programs do: one after the other, httpx and feedparser."""
    import feedparser
    import httpx

    etags: dict[str, str] = {}
    rounds: dict[str, Figures] = {}
    seen: dict[str, set[str]] = {url: set() for url in urls}
    with httpx.Client() as client:
        for name in ("first", "unchanged", "changed"):
            if name == "changed":
                _get(control)
            new = 0
            began, cpu = time.perf_counter(), time.process_time()
            for url in urls:
                answer = client.get(url, headers={"If-None-Match": etags[url]} if url in etags else {})
                if answer.status_code == 200:
                    etags[url] = answer.headers["etag"]
                    ids = {entry.id for entry in feedparser.parse(answer.content).entries}
                    new += len(ids - seen[url])
                    seen[url] |= ids
            rounds[name] = Figures(time.perf_counter() - began, time.process_time() - cpu, len(urls), new)
    result.send({"rounds": rounds, **_memory()})


def _run(measured: Any) -> Any:
    try:
        import uvloop
    except ImportError:
        return asyncio.run(measured)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(measured)


def _memory() -> dict[str, float]:
    """Return the peak resident memory of this process, in MiB."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return {"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit}


def _children_mib() -> float:
    """Return the peak resident memory of the processes that this one has started and that still run, in MiB.

    Read from /proc: the usage that the kernel reports of a child counts what it inherited when it was forked.
    """
    peak = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            if int(lines["PPid"]) == os.getpid() and "VmHWM" in lines:
                peak += int(lines["VmHWM"].split()[0])
    return peak / 1024


def _get(url: str) -> None:
    import urllib.request

    with urllib.request.urlopen(url) as answer:
        answer.read()


@contextlib.contextmanager
def _served(addresses: list[str]) -> Iterator[int]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(addresses, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _measured(target: Any, *args: Any) -> Any:
    """Run a measurement in a process of its own, so that memory is its own too."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(*args, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    finally:
        process.join()


def main() -> int:
    """Measure, print, and fail where the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--json", action="store_true", help="One JSON document.")
    options = parser.parse_args()
    addresses = hosts(options.feeds)
    found: dict[str, Any] = {}
    for name, target in (("homeward", measure_ours), ("httpx + feedparser, a plain loop", measure_peer)):
        with _served(addresses) as port:
            urls = [f"http://{address}:{port}/feed" for address in addresses]
            try:
                found[name] = _measured(target, urls, f"http://{addresses[0]}:{port}/change")
            except EOFError:
                print(f"{name}: could not be run", file=sys.stderr)
    with _served(addresses[:1]) as port:
        hostile = _measured(measure_hostile, f"http://{addresses[0]}:{port}")
    ours = found["homeward"]
    unchanged, memory = ours["rounds"]["unchanged"].seconds, ours["peak_mib"] + ours["parser_mib"]
    met = unchanged < TARGET_SECONDS * options.feeds / 1000 and memory < TARGET_MIB
    if options.json:
        print(json.dumps({"feeds": options.feeds, "met": met, "hostile": hostile, "rounds": _plain(found)}, indent=1))
    else:
        _show(found, hostile, met=met)
    return 0 if met else 1


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {
            **{key: value for key, value in figures.items() if key != "rounds"},
            **{
                round_: {
                    "seconds": each.seconds,
                    "cpu_seconds": each.cpu_seconds,
                    "new": each.new,
                    "stall_ms": each.stall_ms,
                    "ours_ms": each.ours_ms,
                }
                for round_, each in figures["rounds"].items()
            },
        }
        for name, figures in found.items()
    }


def _show(found: dict[str, Any], hostile: dict[str, Any], *, met: bool) -> None:
    for name, figures in found.items():
        print(name)
        for round_, each in figures["rounds"].items():
            stall = (
                ""
                if each.stall_ms is None
                else f", longest stall {each.stall_ms:.0f} ms ({each.ours_ms:.0f} of processor)"
            )
            print(
                f"  {round_:<10} {each.seconds:6.2f} s ({each.cpu_seconds:.2f} s of processor) for {each.feeds} feeds,"
                f" {each.new} new items{stall}"
            )
        parser = f", parser process {figures['parser_mib']:.0f} MiB" if "parser_mib" in figures else ""
        print(f"  peak memory {figures['peak_mib']:.0f} MiB{parser}")
    print(
        f"hostile document and {_BOMB_MIB} MiB gzip bomb: {', '.join(hostile['errors'])};"
        f" longest stall {hostile['stall_ms']:.0f} ms ({hostile['ours_ms']:.0f} of processor),"
        f" peak {hostile['peak_mib']:.0f} MiB"
    )
    print(f"target ({TARGET_SECONDS:.0f} s a thousand unchanged, {TARGET_MIB:.0f} MiB): {'met' if met else 'MISSED'}")


if __name__ == "__main__":
    sys.exit(main())
