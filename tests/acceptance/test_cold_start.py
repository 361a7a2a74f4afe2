"""A question on the command line loads what answers it, and none of what serves, fetches or draws."""

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.acceptance.program import homeward, settings

#: None of them has a part in an answer; each takes longer to import than an answer takes.
SLOW = (
    "aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncpg", "feedparser", "handlers", "lxml", "matplotlib",
    "prometheus_client", "rapidfuzz", "selectolax", "sqlalchemy", "telegram", "trafilatura", "uvloop",
)  # fmt: skip
NAMES_THEM = (
    "import atexit, runpy, sys\n"
    "slow, sys.argv[1:] = sys.argv[1].split(), sys.argv[2:]\n"
    "atexit.register(lambda: print(*sorted(m for m in slow if m in sys.modules), file=sys.stderr))\n"
    "runpy.run_module('bot', run_name='__main__')\n"
)


def test_a_question_imports_nothing_that_it_does_not_need(bundled_database: Path, tmp_path: Path) -> None:
    shutil.copyfile(bundled_database, tmp_path / "own.db")
    done = subprocess.run(
        [sys.executable, "-c", NAMES_THEM, " ".join(SLOW), "ask", "сколько тел вернули 11 июня 2025?", "--json"],
        env=settings(f"sqlite+aiosqlite:///{tmp_path}/own.db"),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout)["answer"]["value"] == 1212
    assert done.stderr.split() == []


async def test_the_first_question_makes_the_database_and_the_second_finds_the_same(tmp_path: Path) -> None:
    env = settings("sqlite+aiosqlite:///var/homeward.db")
    asked = ("ask", "total since Istanbul?", "--json", "--now", "2026-06-20T12:00")
    answers = []
    for _ in range(2):
        status, out, err = await homeward(*asked, env=env, cwd=tmp_path)
        assert (status, err) == (0, "")
        answers.append({key: value for key, value in json.loads(out).items() if key != "ms"})
    kept = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "chat", *asked[3:]),
        env=env,
        cwd=tmp_path,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    shown, _ = await kept.communicate(f"/ref {answers[0]['ref']}\n".encode())

    assert answers[0] == answers[1]
    assert "14,060" in shown.decode()
