"""`python -m tests.botapi --port 0`: serves until it is terminated; prints its address and token on one line."""

import argparse
import asyncio
import contextlib
import signal
import sys

from tests.botapi.server import BotApiServer


async def main(port: int, token: str | None) -> None:
    """Serve until SIGTERM or SIGINT."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    server = BotApiServer(port=port, token=token) if token else BotApiServer(port=port)
    async with server:
        sys.stdout.write(f"{server.url} {server.token}\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token")
    arguments = parser.parse_args()
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.install()
    asyncio.run(main(arguments.port, arguments.token))
