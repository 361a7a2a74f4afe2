"""Killed with -9 between an article and its alerts, again and again: none is missing, none comes thrice."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def crash(*arguments: str) -> dict[str, Any]:
    """Run the benchmark with a few kills."""
    command = [sys.executable, "-m", "benchmarks.crash", "--kills", "6", "--chats", "5", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_kill_9_loses_no_alert_and_doubles_none_without_need(kind: str, request: pytest.FixtureRequest) -> None:
    arguments = ["--database", request.getfixturevalue("bare_postgres_url")] if kind == "postgres" else []
    result = crash(*arguments)
    assert (result["alerts"], result["missing"], result["good"]) == (30, 0, True)
