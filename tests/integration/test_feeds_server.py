"""The feed server as a process: what tests of the whole program drive it with."""

import json
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec

import aiohttp

from bot.feeds.reader import FeedClient
from bot.ports import Feed


async def test_items_are_published_through_the_control_endpoint() -> None:
    process = await create_subprocess_exec(sys.executable, "-m", "tests.feedserver", stdout=PIPE)
    assert process.stdout is not None
    root = json.loads(await process.stdout.readline())["url"]
    async with (
        aiohttp.ClientSession(root) as control,
        FeedClient(user_agent="Homeward/test", allow_private=True, spacing=0) as client,
    ):
        answer = await control.put("/control/feeds/hq", json={"kind": "telegram", "title": "Штаб"})
        feed = Feed(id=1, url=(await answer.json())["url"], name="", trust="official")
        await control.post(
            "/control/feeds/hq/items",
            json={"guid": "hq/7", "text": "Повернулися 90", "published": "2025-06-11T09:30:00+00:00"},
        )
        fetched = await client.read(feed)
        assert (fetched.title, [item.text for item in fetched.items]) == ("Штаб", ["Повернулися 90"])
        await control.put("/control/feeds/hq/fault", json={"status": 503, "times": 1})
        requests = await (await control.get("/control/requests")).json()
        assert [(request["path"], request["status"]) for request in requests] == [("/s/hq", 200)]
    process.terminate()
    assert await process.wait() == 0
