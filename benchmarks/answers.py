"""How many answers a second leave one process, beside bots that only echo, in one run against one Bot API.

    python -m benchmarks.answers [--messages 3000] [--chats 300] [--repeats 3] [--peers PYTHON] [--growth 10000 100000]

Homeward answers real questions in three languages, in three mixtures: as people ask, who repeat each other; ten
questions in turn; and every question new, so that nothing it remembers helps it. aiogram and python-telegram-bot send
back what they got. Each bot is a process of its own and gets its messages at once; the Bot API is a third process.
`--peers` names the Python of an environment with aiogram, httpx, python-telegram-bot and uvloop; without it the peers
that cannot be imported are left out. `--growth 10000 100000` asks, after that, a Homeward with so many made-up rounds
more in its ledger. Idle is what the processor does for a bot that nobody asks anything.
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.dates import format_date

from tests.botapi import RemoteBotApi

ROOT = Path(__file__).resolve().parents[1]

QUESTIONS = (
    "How many bodies were returned on 11 June 2025?",
    "Скільки тіл повернули у червні 2025?",
    "Сколько тел вернули с начала 2025 года?",
    "total returned since Istanbul?",
    "коли був останній обмін полоненими?",
    "Сколько пленных вернулось в августе 2025?",
    "how many rounds in June 2025?",
    "за даними Москви, скільки тіл передали 16 червня 2025?",
    "тела по месяцам в 2025 году",
    "June 2025 versus July 2025",
)
#: Questions about a day; together with the days, more than any run asks.
ABOUT_A_DAY = {
    "en": (
        "How many bodies were returned on {}?",
        "prisoners exchanged since {}",
        "how many rounds before {}?",
    ),
    "uk": ("Скільки тіл повернули {}?", "скільки полонених повернули після {}", "скільки раундів було до {}?"),
    "ru": ("Сколько тел вернули {}?", "сколько пленных обменяли после {}", "сколько раундов было до {}?"),
}
DAYS = [dt.date(2024, 3, 1) + dt.timedelta(days=n) for n in range(800)]
#: Homeward's mixtures of questions.
MIXTURES = ("as people ask", "ten questions", "every question new")
#: For how long a bot is watched that nobody asks anything.
IDLE_SECONDS = 5
#: Name, modules, kind and switches.
PEERS = (
    ("aiogram (echo)", ("aiogram", "uvloop"), ("aiogram",)),
    ("aiogram (echo, no uvloop)", ("aiogram",), ("aiogram", "--no-uvloop")),
    ("python-telegram-bot (echo)", ("telegram", "httpx", "uvloop"), ("ptb-httpx",)),
)

#: Homeward with its limiter at work but without limits, as its peers have none.
UNLIMITED = """
from handlers import limiter
begin = limiter.Limiter.__init__
limiter.Limiter.__init__ = lambda self, *_, **how: begin(self, limiter.Rates(overall=0, chat=0, group=0), **how)
from bot.__main__ import main
main()
"""


def questions(mixture: str, number: int) -> list[str]:
    """Return so many questions; the same at every call."""
    if mixture == "ten questions":
        return [QUESTIONS[n % len(QUESTIONS)] for n in range(number)]
    chance = random.Random(1)
    of_days = [
        pattern.format(format_date(day, "d MMMM y", locale=lang))
        for lang, patterns in ABOUT_A_DAY.items()
        for pattern in patterns
        for day in DAYS
    ]
    chance.shuffle(of_days)
    if mixture == "every question new":
        return of_days[:number]
    # A question is asked half as often as the one twice as popular (Zipf).
    known = [*QUESTIONS, *of_days]
    return chance.choices(known, [1 / place for place in range(1, len(known) + 1)], k=number)


@dataclass(slots=True)
class Measured:
    """What one bot did, a number a run."""

    per_second: list[float] = field(default_factory=list)
    #: Seconds from the start of the process to its first getUpdates.
    started: list[float] = field(default_factory=list)
    #: Processor time an answer, in milliseconds; the rate of a machine that has nothing else to do.
    cpu: list[float] = field(default_factory=list)
    #: Resident memory after the run, in MiB.
    memory: list[float] = field(default_factory=list)
    #: Share of a processor while nobody asks, in percent.
    idle: list[float] = field(default_factory=list)


@contextlib.asynccontextmanager
async def running(command: Sequence[str], environment: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a bot while the context lasts."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=os.environ | environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def measure(
    command: Sequence[str], environment: dict[str, str], texts: Sequence[str], *, chats: int, into: Measured
) -> None:
    """Send a bot every text at once, and time until it has answered them all."""
    async with RemoteBotApi() as telegram:
        filled = [part.format(url=telegram.url, token=telegram.token) for part in command]
        values = {name: value.format(url=telegram.url, token=telegram.token) for name, value in environment.items()}
        begun = time.perf_counter()
        async with running(filled, values) as process:
            await telegram.do("polling")
            into.started.append(time.perf_counter() - begun)
            await telegram.do("many", messages=[(1000 + n % chats, "warm up") for n in range(50)])
            await telegram.do("wait", method="sendMessage", count=50)
            await telegram.do("clear")
            messages = [(1000 + n % chats, text) for n, text in enumerate(texts)]
            begun, cpu = time.perf_counter(), _cpu_seconds(process.pid)
            await telegram.do("many", messages=messages)
            await telegram.do("wait", method="sendMessage", count=len(texts), seconds=600)
            into.per_second.append(len(texts) / (time.perf_counter() - begun))
            into.cpu.append(1000 * (_cpu_seconds(process.pid) - cpu) / len(texts))
            into.memory.append(_resident(process.pid))
            await asyncio.sleep(1)
            cpu = _cpu_seconds(process.pid)
            await asyncio.sleep(IDLE_SECONDS)
            into.idle.append(100 * (_cpu_seconds(process.pid) - cpu) / IDLE_SECONDS)
            answered = await telegram.do("answered")
        asked = Counter(str(chat) for chat, _ in messages)
        if answered != asked:
            raise SystemExit(f"{command}: not every message was answered once")


def _cpu_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def _homeward(directory: str) -> tuple[list[str], dict[str, str]]:
    environment = {
        "HOMEWARD_TELEGRAM_TOKEN": "{token}",
        "HOMEWARD_TELEGRAM_API_URL": "{url}",
        "HOMEWARD_DATABASE_URL": f"sqlite+aiosqlite:///{directory}/run/homeward.db",
        "HOMEWARD_LOG_LEVEL": "WARNING",
    }
    return [sys.executable, "-c", UNLIMITED, "run"], environment


def _renew(directory: str) -> None:
    """Put back the database as it was: a new Bot API counts its updates anew."""
    shutil.rmtree(f"{directory}/run", ignore_errors=True)
    shutil.copytree(f"{directory}/begin", f"{directory}/run")


def _add_rounds(directory: str, number: int) -> None:
    """Put made-up rounds into the ledger that Homeward begins with, one every six hours back from 2021."""
    _renew(directory)
    environment = {name: value for name, value in _homeward(directory)[1].items() if "{" not in value}
    path = Path(directory) / "rounds.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for n in range(number):
            date = (dt.date(2021, 12, 31) - dt.timedelta(days=n % 20_000)).isoformat()
            round_id = f"prisoners-{date}-{n}"
            out.write(json.dumps({"type": "round", "id": round_id, "kind": "prisoners", "date": date}) + "\n")
            claim = {
                "type": "claim", "round": round_id, "kind": "prisoners", "recipient": "ukraine", "measure": "round",
                "count": 1 + n % 300, "date": date, "party": "ukraine", "claimant": "made up", "publisher": "made up",
                "url": "https://example.org/1", "lang": "en",
            }  # fmt: skip
            out.write(json.dumps(claim) + "\n")
    subprocess.run(
        [sys.executable, "-m", "bot", "import", str(path)],
        cwd=ROOT,
        env=os.environ | environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    shutil.copytree(f"{directory}/run", f"{directory}/begin", dirs_exist_ok=True)


def _can_import(python: str, *modules: str) -> bool:
    return subprocess.run([python, "-c", f"import {', '.join(modules)}"], capture_output=True).returncode == 0


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--chats", type=int, default=300)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--growth", type=int, nargs="*", default=[], metavar="ROUNDS")
    parser.add_argument("--only")
    options = parser.parse_args()
    echo = [str(Path(__file__).with_name("echo_bots.py"))]
    bots: dict[str, tuple[list[str], dict[str, str]]] = {}
    with tempfile.TemporaryDirectory() as directory:
        os.mkdir(f"{directory}/begin")
        texts = {f"homeward ({mixture})": questions(mixture, options.messages) for mixture in MIXTURES}
        bots |= {name: _homeward(directory) for name in texts}
        own = [sys.executable, *echo, "ptb-aiohttp", "{url}", "{token}"]
        bots["homeward's client (echo)"] = (own, {"PYTHONPATH": str(ROOT)})
        for name, modules, arguments in PEERS:
            if _can_import(options.peers, *modules):
                bots[name] = ([options.peers, *echo, arguments[0], "{url}", "{token}", *arguments[1:]], {})
        results = {name: Measured() for name in bots if not options.only or options.only in name}
        any_texts = questions("ten questions", options.messages)
        for _ in range(options.repeats):
            for name, measured in results.items():
                command, environment = bots[name]
                _renew(directory)
                await measure(command, environment, texts.get(name, any_texts), chats=options.chats, into=measured)
        for number in options.growth:
            _add_rounds(directory, number)
            for mixture in MIXTURES:
                measured = results[f"homeward ({mixture}, {number:,} rounds more)"] = Measured()
                command, environment = _homeward(directory)
                asked = questions(mixture, options.messages)
                await measure(command, environment, asked, chats=options.chats, into=measured)
                _renew(directory)
    base = results.get("aiogram (echo)")
    for name, measured in results.items():
        rate = statistics.median(measured.per_second)
        ratio = f"{rate / statistics.median(base.per_second):5.2f} of aiogram" if base else ""
        cpu = statistics.median(measured.cpu)
        start, memory = statistics.median(measured.started), statistics.median(measured.memory)
        idle = statistics.median(measured.idle)
        told = f"{cpu:.2f} ms of CPU each  start {start:.2f} s  {memory:.0f} MiB  idle {idle:.1f} %"
        print(f"{name:50} {rate:7.0f}/s  {ratio}  {told}")


if __name__ == "__main__":
    asyncio.run(main())
