"""A server in another process, steered over HTTP; the same words as `BotApiServer` where they fit."""

import asyncio
import sys
from pathlib import Path
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout

ROOT = Path(__file__).resolve().parents[2]


class RemoteBotApi:
    """Starts `python -m tests.botapi` and steers it."""

    def __init__(self) -> None:
        self.url = ""
        self.token = ""
        self._process: asyncio.subprocess.Process | None = None
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.botapi", "--port", "0", cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode().split()
        self.url, self.token = line[0], line[1]
        self._session = ClientSession(timeout=ClientTimeout(total=None))
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        if self._session is not None:
            await self._session.close()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def do(self, verb: str, **arguments: Any) -> Any:
        """Carry out one verb of `tests.botapi.control`.

        Raises:
            AssertionError: the server could not.
        """
        assert self._session is not None
        async with self._session.post(f"{self.url}/control/{verb}", json=arguments) as response:
            result = await response.json()
            if response.status != 200:
                raise AssertionError(f"{verb}: {result['error']}")
            return result
