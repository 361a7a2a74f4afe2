"""How documents are parsed without ever holding up the loop: in a process that may be killed.

One process, started with the first document, ended when idle for a while; so a bot at rest pays nothing for it.
"""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.errors import FetchError
from bot.feeds.worker import ANSWER, REQUEST

#: Address space of the process; a fresh one takes 60 MiB.
MEMORY_BYTES = 256 * 2**20
#: Processor time that one document may cost.
CPU_SECONDS = 3.0
#: Time on the clock until a document is given up, however slow the machine is.
_WALL_SECONDS = 20.0
_START_SECONDS = 30.0
_MAX_ANSWER = 32 * 2**20
#: Libraries leak a little; a new process is cheap.
_DOCUMENTS_A_PROCESS = 1000
_ROOT = str(Path(__file__).resolve().parents[2])


class ParserProcess:
    """Runs parsing tasks one after the other in a process of their own."""

    def __init__(
        self, *, memory: int = MEMORY_BYTES, cpu_seconds: float = CPU_SECONDS, idle_seconds: float = 30.0
    ) -> None:
        self._memory = memory
        self._cpu_seconds = cpu_seconds
        self._idle_seconds = idle_seconds
        self._lock = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._served = 0
        self._idle: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """There is a process now."""
        return self._process is not None

    @property
    def pid(self) -> int | None:
        """Its number; None where there is none."""
        return self._process.pid if self._process is not None else None

    async def run(self, task: str, body: bytes, *, content_type: str, url: str) -> dict[str, Any]:
        """Carry out one task on one document.

        Raises:
            FetchError: the document is not what the task is for, or took more time or memory than it may.
        """
        header = json.dumps({"task": task, "content_type": content_type, "url": url}).encode()
        request = REQUEST.pack(len(header), len(body)) + header
        async with self._lock:
            self._stop_idle_timer()
            try:
                result = await self._exchange(request, body)
            except BaseException:
                await self._end()
                raise
            self._served += 1
            if self._served >= _DOCUMENTS_A_PROCESS:
                await self._end()
            else:
                self._idle = asyncio.get_running_loop().call_later(self._idle_seconds, self._end_idle)
        if "error" in result:
            raise FetchError(str(result["error"]), kind=str(result["kind"]))
        return result

    async def _exchange(self, request: bytes, body: bytes) -> dict[str, Any]:
        process = await self._ready(request, body)
        try:
            async with asyncio.timeout(_WALL_SECONDS):
                answer = await self._answer(process)
        except (OSError, EOFError, TimeoutError) as error:
            raise FetchError("the document takes too long or too much memory to read", kind="content") from error
        if not isinstance(answer, dict):
            raise FetchError("the parser's answer makes no sense", kind="content")
        return answer

    async def _ready(self, request: bytes, body: bytes) -> asyncio.subprocess.Process:
        """Hand the document over; once more to a new process where the old one had died."""
        for last in (False, True):
            process = self._process or await self._start()
            try:
                async with asyncio.timeout(_START_SECONDS):
                    assert process.stdin is not None
                    process.stdin.write(request)
                    process.stdin.write(body)
                    await process.stdin.drain()
                    await self._answer(process)
                return process
            except (OSError, EOFError, TimeoutError) as error:
                await self._end()
                if last:
                    raise FetchError("the parser does not start", kind="content") from error
        raise AssertionError

    async def _start(self) -> asyncio.subprocess.Process:
        # Nothing of our environment but what Python needs: it holds the bot's secrets.
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join([_ROOT, *(path for path in sys.path if path)])
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from bot.feeds.worker import main; main()",
            str(self._memory),
            str(self._cpu_seconds),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
        )
        self._served = 0
        return self._process

    @staticmethod
    async def _answer(process: asyncio.subprocess.Process) -> Any:
        assert process.stdout is not None
        (length,) = ANSWER.unpack(await process.stdout.readexactly(ANSWER.size))
        if length > _MAX_ANSWER:
            raise EOFError("the answer is too long")
        return json.loads(await process.stdout.readexactly(length))

    def _stop_idle_timer(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _end_idle(self) -> None:
        self._idle = None
        if not self._lock.locked():
            self._ending = asyncio.get_running_loop().create_task(self.close())

    async def _end(self) -> None:
        """End the process at once; it holds nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await asyncio.shield(process.wait())

    async def close(self) -> None:
        """End the process; the next document starts another."""
        async with self._lock:
            self._stop_idle_timer()
            await self._end()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
