"""A server in another process, steered over HTTP."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout

ROOT = Path(__file__).resolve().parents[2]


class RemoteFeeds:
    """Starts `python -m tests.feedserver` and steers it; every address of 127.0.0.0/8 is a host of its own."""

    def __init__(self) -> None:
        self.port = 0

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.feedserver", "--host", "0.0.0.0", cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        self.port = int(json.loads(await self._process.stdout.readline())["url"].rpartition(":")[2])
        self._control = ClientSession(f"http://127.0.0.1:{self.port}", timeout=ClientTimeout(total=60))
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self._control.close()
        self._process.terminate()
        await self._process.wait()

    def url(self, path: str, *, host: int = 1) -> str:
        """Return the address of a path on one of the hosts."""
        return f"http://127.0.0.{host}:{self.port}{path}"

    async def feed(self, name: str, **how: Any) -> None:
        """Set up a feed."""
        await self._do("PUT", f"/control/feeds/{name}", how)

    async def publish(self, name: str, **post: Any) -> None:
        """Add an item to a feed."""
        await self._do("POST", f"/control/feeds/{name}/items", post)

    async def article(self, name: str, *, title: str, text: str) -> None:
        """Set up an article's page."""
        await self._do("PUT", f"/control/articles/{name}", {"title": title, "text": text})

    async def answered(self, path: str, times: int) -> dict[str, int]:
        """Return how often each path was answered, as soon as this one was that often."""
        return dict(await self._do("GET", f"/control/answered?path={path}&times={times}"))

    async def requests(self) -> list[dict[str, Any]]:
        """Return every request so far, in order."""
        return list(await self._do("GET", "/control/requests"))

    async def _do(self, method: str, path: str, body: Any = None) -> Any:
        async with self._control.request(method, path, json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()
