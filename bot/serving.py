"""Listening on a port that a setting names."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import SettingsError


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int, variable: str, *, grace: float) -> AsyncIterator[None]:
    """Serve while the block lasts.

    Args:
        variable: The setting that names the port.
        grace: Seconds that requests under way have at the end.

    Raises:
        SettingsError: the port is not to be had.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=grace)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else type(error).__name__
            raise SettingsError(variable, f"cannot listen on {host}:{port}: {reason}") from None
        yield
    finally:
        await runner.cleanup()
