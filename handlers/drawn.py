"""Pictures of charts: drawn in threads, once each, and kept while they are new."""

import asyncio
import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Lang
from bot.rendering.rich import Rich
from bot.rendering.styled import words
from bot.rendering.texts import text

if TYPE_CHECKING:
    from handlers.chart import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart and the words under it."""

    #: A PNG; empty where it may not be shown, and then the caption says so.
    content: bytes
    #: Says what it shows, for who cannot see it.
    caption: Rich


class Pictures:
    """Draws charts in threads and keeps the newest; a chart that is being drawn is not drawn twice."""

    def __init__(self, *, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[object, ...], asyncio.Task[Picture | None]] = OrderedDict()

    async def get(
        self,
        lang: Lang,
        query: Query,
        ledger: Ledger,
        *,
        now: dt.datetime,
        timezone: dt.tzinfo,
        theme: "Theme" = "light",
    ) -> Picture | None:
        """Return the chart of a query; None where there is nothing to show."""
        key = (query, ledger.version, lang, theme, now.astimezone(timezone).date())
        task = self._kept.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.create_task(asyncio.to_thread(_draw, lang, query, ledger, now, timezone, theme))
            self._kept[key] = task
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        # One who stops waiting does not stop it for the others.
        return await asyncio.shield(task)


def _draw(
    lang: Lang, query: Query, ledger: Ledger, now: dt.datetime, timezone: dt.tzinfo, theme: "Theme"
) -> Picture | None:
    from bot.rendering.charts import chart_caption, chart_of  # only those who ask for a picture wait for them
    from handlers.chart import draw_chart

    chart = chart_of(lang, query, ledger, now=now, timezone=timezone)
    if chart is None:
        return None
    caption = chart_caption(chart, ledger, now=now, timezone=timezone)
    if caption is None:
        return Picture(content=b"", caption=words(text(lang, "blocked")))
    return Picture(content=draw_chart(chart, theme=theme), caption=caption)
