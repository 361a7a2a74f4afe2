"""A small load balancer on loopback: requests go to each backend in turn, and past one that takes no connection."""

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Self

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, TCPConnector, web

#: Headers that belong to one connection.
_HOP = frozenset({"connection", "host", "content-length", "transfer-encoding", "keep-alive"})


class Balancer:
    """Stands in front of replicas, as nginx would: a request that was cut off is answered with 502, not repeated.

    Attributes:
        answered: How many requests ended with each status.
    """

    def __init__(self, backends: Sequence[str]) -> None:
        self._backends = backends
        self._turns = itertools.count()
        self.answered: Counter[int] = Counter()
        self.url = ""

    async def __aenter__(self) -> Self:
        self._session = ClientSession(
            timeout=ClientTimeout(total=60), connector=TCPConnector(limit=0), auto_decompress=False
        )
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        response = await self._answer(request)
        self.answered[response.status] += 1
        return response

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        first = next(self._turns)
        for number in range(len(self._backends)):
            target = self._backends[(first + number) % len(self._backends)] + request.path_qs
            try:
                async with self._session.request(request.method, target, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except ClientConnectorError:
                continue
            except (ClientError, TimeoutError):
                return web.Response(status=502)
        return web.Response(status=503)
