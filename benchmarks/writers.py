"""Writers that all want one SQLite file, for a minute: none may be told that it is locked, and nothing may be lost.

    python -m benchmarks.writers [--processes 5] [--writers 10] [--seconds 60]

Every writer, ten in each of five processes, records figures and settings in turn, as fast as it can, through the real
storage. At the end the ledger must hold every figure that a writer was told is recorded. Prints one JSON document;
status 1 where anything failed or is missing.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bot.ports import ChatSettings
from storage.database import Database, open_database
from tests.builders import NOW, change, claim

ROOT = Path(__file__).resolve().parents[1]


async def write(database: Database, name: str, until: float, waits: list[float]) -> int:
    """Record until then; returns how many figures were recorded."""
    number = 0
    while time.monotonic() < until:
        started = time.monotonic()
        await database.ledger.apply(change(claim(1, publisher=f"{name}-{number}")))
        await database.chats.save_settings(ChatSettings(chat_id=hash((name, number)) % 2**50 + 1, lang="uk"), at=NOW)
        waits.append(time.monotonic() - started)
        number += 1
    return number


async def live(url: str, process: str, writers: int, seconds: float) -> dict[str, Any]:
    """Be one process of writers."""
    waits: list[float] = []
    async with await open_database(url) as database:
        until = time.monotonic() + seconds
        done = await asyncio.gather(
            *(write(database, f"{process}-{number}", until, waits) for number in range(writers)), return_exceptions=True
        )
    errors = [repr(one) for one in done if isinstance(one, BaseException)]
    return {
        "recorded": sum(one for one in done if isinstance(one, int)),
        "errors": errors,
        "longest_wait": max(waits, default=0.0),
    }


async def recorded_in(url: str) -> int:
    """Return how many figures the ledger holds."""
    async with await open_database(url) as database:
        return len((await database.ledger.load()).claims)


def main() -> None:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=5)
    parser.add_argument("--writers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--live", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.live:
        print(json.dumps(asyncio.run(live(*options.live, options.writers, options.seconds))))
        return
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite+aiosqlite:///{directory}/homeward.db"
        asyncio.run(recorded_in(url))  # makes the schema
        command = [sys.executable, "-m", "benchmarks.writers", "--writers", str(options.writers)]
        command += ["--seconds", str(options.seconds), "--live", url]
        running = [
            subprocess.Popen([*command, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            for number in range(options.processes)
        ]
        told = [json.loads(process.communicate()[0] or '{"recorded":0,"errors":["died"]}') for process in running]
        held = asyncio.run(recorded_in(url))
    result = {
        "writers": options.processes * options.writers,
        "seconds": options.seconds,
        "recorded": sum(one["recorded"] for one in told),
        "held": held,
        "errors": [error for one in told for error in one["errors"]],
        "longest_wait_seconds": round(max(one.get("longest_wait", 0.0) for one in told), 2),
    }
    print(json.dumps(result, indent=1))
    sys.exit(bool(result["errors"]) or held < result["recorded"])


if __name__ == "__main__":
    main()
