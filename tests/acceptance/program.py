"""The installed program as a process: started with settings, watched, stopped or killed."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

#: Seconds in which anything that a test waits for has to come about.
PATIENCE = 30.0


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def settings(database: str, **more: str) -> dict[str, str]:
    """Return an environment with no settings but these."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HOMEWARD_")}
    return kept | {"HOMEWARD_DATABASE_URL": database, "PYTHONUTF8": "1"} | {f"HOMEWARD_{k}": v for k, v in more.items()}


async def homeward(*arguments: str, env: Mapping[str, str], cwd: Path, typed: str = "") -> tuple[int, str, str]:
    """Run one command to its end; returns status, standard output and standard error."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env=dict(env),
        cwd=cwd,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate(typed.encode())
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


class Program:
    """`homeward run`, from its start to its end."""

    def __init__(self, env: Mapping[str, str], cwd: Path, arguments: Sequence[str] = ("run",)) -> None:
        self._env = env
        self._cwd = cwd
        self._arguments = arguments
        self._changed = asyncio.Event()
        #: What it logged, in order; `seen` is when that was, in monotonic seconds.
        self.events: list[dict[str, Any]] = []
        #: All that it wrote to standard error.
        self.written = ""

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *self._arguments,
            env=dict(self._env),
            cwd=self._cwd,
            stdin=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reading

    async def _read(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self.written += line.decode()
            with contextlib.suppress(ValueError):
                self.events.append(json.loads(line) | {"seen": time.monotonic()})
            self._changed.set()
        self._changed.set()

    async def logged(self, event: str, *, times: int = 1) -> dict[str, Any]:
        """Wait until it has logged an event so many times; returns the last of them."""
        async with asyncio.timeout(PATIENCE):
            while len(found := [e for e in self.events if e.get("event") == event]) < times:
                assert self._process.returncode is None, f"it ended: {self.events[-3:]}"
                self._changed.clear()
                await self._changed.wait()
        return found[-1]

    @property
    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._process.returncode is None

    def times(self, event: str) -> int:
        """Return how often it has logged an event so far."""
        return sum(e.get("event") == event for e in self.events)

    async def stop(self) -> int:
        """Ask it to end, as a service manager does; returns its exit status, within ten seconds."""
        self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            return await self._process.wait()

    async def kill(self) -> None:
        """End it without a word."""
        self._process.kill()
        await self._process.wait()
