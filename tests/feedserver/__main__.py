"""Run the feed server as a process: prints one line of JSON with its address, then serves until it is told to stop."""

import argparse
import asyncio
import json
import signal

from tests.feedserver.server import FeedServer


async def serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with FeedServer(host=host, port=port) as server:
        print(json.dumps({"url": server.root}), flush=True)
        await stop.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0: each address of 127.0.0.0/8 is a host of its own")
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.host, arguments.port))
