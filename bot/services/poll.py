"""How feeds are polled: what is due is read, what is new in it is handed on, and how the feed is doing is written down.

One bad feed or item stops nothing, and nothing is lost by being stopped: items are remembered after they were taken in,
and a feed's validators are kept only when all of its items were.
"""

import asyncio
import datetime as dt
import logging
import random
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

from bot.domain.articles import TRUSTS, Article, Item, Report, Trust
from bot.domain.decisions import Decision
from bot.domain.feed_health import Condition, Notice, after_failure, after_success, notice_of, trouble_of
from bot.domain.feed_items import KnownItem, known_items
from bot.domain.feeds import channel_of
from bot.errors import FetchError, StorageError
from bot.ports import Clock, Feed, FeedReader, FeedStore, Fetched

logger = logging.getLogger(__name__)

#: What is older than this at the first poll of a feed alerts nobody (contract, section 6).
BASELINE_AGE = dt.timedelta(days=1)
#: Pages that are fetched for the items of one poll, newest first; further items are read from their summary.
_MAX_PAGES = 30
#: One poll in so many asks for the whole feed, to heal a server whose validators are broken.
_UNCONDITIONAL = 0.01
#: Polls that begin in one turn of the loop, so that many due feeds hold nobody up.
_AT_A_TURN = 20
_MAX_TRIAL_ITEMS = 20
_CHANNEL = re.compile(r"^@([A-Za-z]\w{3,31})$")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")


class Ingest(Protocol):
    """Takes an article into the ledger."""

    async def __call__(self, article: Article, *, item: tuple[int, str, str] | None, baseline: bool) -> Decision:
        """Read, reconcile and record one article.

        Args:
            item: Feed id, item key and content hash that it comes from; remembered with the change.
            baseline: Nobody is alerted, whatever it says.
        """


NotifyAdmins = Callable[[Notice], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What came of one poll of one feed."""

    #: As it stands now.
    feed: Feed
    error: FetchError | None = None
    unchanged: bool = False
    #: Items that were new or had changed, in the order taken in.
    decisions: tuple[Decision, ...] = ()
    #: Items that could not be taken in; they are tried again.
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialItem:
    """What would be made of one item."""

    article: Article
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What an address would bring as a feed."""

    #: The feed's own address, after redirects and discovery.
    url: str
    title: str
    format: str
    #: In all; `items` holds the newest.
    count: int
    items: tuple[TrialItem, ...]
    #: Feeds that the page named, where it is none itself.
    discovered: tuple[str, ...] = ()


class FeedPoller:
    """Polls feeds; one for the whole program.

    Args:
        read_article: Reads an article as the ingest does; used for trials and to tell whether a summary says enough.
        every: How often a feed is due, before back-off.
        draw: Returns a number from 0 to 1; spreads the polls.
    """

    def __init__(
        self,
        *,
        feeds: FeedStore,
        reader: FeedReader,
        clock: Clock,
        ingest: Ingest,
        read_article: Callable[[Article], Report],
        notify_admins: NotifyAdmins,
        every: dt.timedelta,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._feeds = feeds
        self._reader = reader
        self._clock = clock
        self._ingest = ingest
        self._read_article = read_article
        self._notify_admins = notify_admins
        self._every = every
        self._draw = draw
        self._running: set[int] = set()
        #: Articles change one ledger, one after the other.
        self._one_by_one = asyncio.Lock()

    async def poll_due(self) -> Sequence[Polled]:
        """Poll every feed that is due, hosts side by side; a feed whose poll is still under way is left to it."""
        due = await self._feeds.due(self._clock.now())
        async with asyncio.TaskGroup() as group:
            tasks = []
            for number, feed in enumerate(due, start=1):
                if feed.id in self._running:
                    continue
                self._running.add(feed.id)
                task = group.create_task(self._poll_safely(feed))
                # Free again when its own poll has ended, however that was, and not when those of others have.
                task.add_done_callback(lambda _, feed_id=feed.id: self._running.discard(feed_id))  # type: ignore[misc]
                tasks.append(task)
                if number % _AT_A_TURN == 0:
                    await asyncio.sleep(0)
        return [polled for task in tasks if (polled := task.result()) is not None]

    async def _poll_safely(self, feed: Feed) -> Polled | None:
        try:
            try:
                return await self._poll(feed)
            except StorageError:
                raise
            except Exception as error:
                # What we stumble over would be there at the next poll too: its host is not asked in vain all the time.
                logger.exception("feed not polled", extra={"feed_id": feed.id})
                return await self._note_failure(feed, FetchError(type(error).__name__, kind="content"))
        except Exception:
            logger.exception("poll not written down", extra={"feed_id": feed.id})
            return None

    async def _poll(self, feed: Feed) -> Polled:
        try:
            fetched = await self._read(feed)
        except FetchError as error:
            return await self._note_failure(feed, error)
        decisions, failed = await self._take_in(feed, fetched.items)
        after = await self._note_success(feed, fetched, failed=failed)
        logger.info(
            "feed polled",
            extra={"feed_id": feed.id, "new": len(decisions), "failed": failed, "unchanged": fetched.unchanged},
        )
        return Polled(feed=after, unchanged=fetched.unchanged, decisions=decisions, failed=failed)

    async def _read(self, feed: Feed) -> Fetched:
        """Read a feed; one that was added unread and turned out to be a page moves to the feed that the page names."""
        asked = feed
        if self._draw() < _UNCONDITIONAL or feed.health == "silent":
            asked = replace(feed, etag=None, last_modified=None)
        fetched = await self._reader.read(asked)
        if fetched.discovered and feed.succeeded_at is None:
            url = fetched.discovered[0]
            fetched = replace(await self._reader.read(replace(feed, url=url)), moved_to=url)
        if not fetched.unchanged and not fetched.format:
            raise FetchError("a page where a feed used to be", kind="not_a_feed")
        return fetched

    async def _take_in(self, feed: Feed, items: Sequence[Item]) -> tuple[tuple[Decision, ...], int]:
        """Hand on what is new, oldest first; returns the decisions and how many items failed.

        An item without a date is read only where it appeared between two polls: of an older one nobody knows which day
        its "today" was.
        """
        if not items:
            return (), 0
        candidates = known_items(items)
        known = {key: fresh.digest for fresh in candidates for key in fresh.keys}
        unseen = set(await self._feeds.unseen(feed.id, known))
        now = self._clock.now()
        first = feed.succeeded_at is None
        fresh = [f for f in candidates if unseen.issuperset(f.keys) and not (first and f.item.published_at is None)]
        articles = await self._articles(feed, fresh, now)
        read = {f.key for f in fresh}
        done = {key: f.digest for f in candidates if f.key not in read for key in f.keys if key in unseen}
        decisions: list[Decision] = []
        failed = 0
        for one, article in articles:
            baseline = first and article.published_at < now - BASELINE_AGE
            try:
                seen = (feed.id, one.key, one.digest)
                async with self._one_by_one:
                    decisions.append(await self._ingest(article, item=seen, baseline=baseline))
            except Exception:
                failed += 1
                logger.exception("item not taken in", extra={"feed_id": feed.id, "item": one.key})
            else:
                done.update(dict.fromkeys(one.keys, one.digest))
        if done:
            await self._feeds.remember(feed.id, done, self._clock.now())
        return tuple(decisions), failed

    async def _articles(
        self, feed: Feed, fresh: Sequence[KnownItem], now: dt.datetime
    ) -> Sequence[tuple[KnownItem, Article]]:
        """Make articles of items, oldest first, with the whole text where the summary does not say enough."""
        pages = _MAX_PAGES
        voices = await self._voices([one.item for one in fresh])
        made: list[tuple[KnownItem, Article]] = []
        for one in sorted(fresh, key=lambda f: f.item.published_at or now, reverse=True):
            article = _article(feed, one, now, voices)
            if one.item.summary_only and pages and self._says_too_little(article):
                pages -= 1
                article = await self._whole(article)
            made.append((one, article))
            await asyncio.sleep(0)
        return made[::-1]

    async def _voices(self, items: Sequence[Item]) -> Mapping[str, Feed]:
        """Return the polled channels by their name in small letters, where an item is another's words."""
        if not any(item.origin for item in items):
            return {}
        enabled = [feed for feed in await self._feeds.feeds() if feed.enabled]
        return {channel: feed for feed in enabled if (channel := channel_of(feed.url))}

    def _says_too_little(self, article: Article) -> bool:
        """Tell whether a summary is about our subject and leaves its figure out."""
        try:
            report = self._read_article(article)
        except Exception:
            logger.exception("summary not read", extra={"article": article.id})
            return False
        about = report.relevant or bool(report.kinds)
        return about and not any(claim.main and claim.count is not None for claim in report.claims)

    async def _whole(self, article: Article) -> Article:
        """Put the page's text in the place of the summary; where it cannot be had the summary stays."""
        try:
            text = await self._reader.article_text(article.url)
        except FetchError as error:
            logger.info("page not fetched", extra={"article": article.id, "kind": error.kind})
            return article
        if len(text) <= len(article.text):
            return article
        lead = article.text[:60]
        return replace(article, text=text if lead in text else f"{article.text}\n\n{text}")

    async def _note_success(self, feed: Feed, fetched: Fetched, *, failed: int) -> Feed:
        before = _condition(feed)
        now = self._clock.now()
        condition = after_success(
            before,
            published=[item.published_at for item in fetched.items if item.published_at is not None],
            fresh_for=fetched.fresh_for,
            failed_items=failed,
            now=now,
            every=self._every,
            jitter=self._draw(),
        )
        after = replace(
            _with_condition(feed, condition, now=now),
            name=feed.name or fetched.title,
            etag=None if failed else fetched.etag,
            last_modified=None if failed else fetched.last_modified,
            last_post=feed.last_post if failed else _highest(feed.last_post, fetched.last_post),
        )
        await self._tell(notice_of(before, condition, name=after.name, url=after.url))
        if fetched.moved_to and not fetched.unchanged and _may_move(feed.url, fetched.moved_to):
            after = await self._move(after, fetched.moved_to)
        await self._feeds.note_poll(after)
        return after

    async def _move(self, feed: Feed, url: str) -> Feed:
        """Follow a permanent redirect for good; the address stays where another feed has that one already."""
        if not await self._feeds.move(feed.id, url):
            return feed
        if urlsplit(feed.url).hostname != urlsplit(url).hostname:
            await self._tell(Notice(key="feed-notice-moved", name=feed.name, url=url, values={"before": feed.url}))
        return replace(feed, url=url)

    async def _note_failure(self, feed: Feed, error: FetchError) -> Polled:
        before = _condition(feed)
        now = self._clock.now()
        condition = after_failure(
            before,
            trouble=trouble_of(error.kind, error.status),
            status=error.status,
            retry_after=error.retry_after,
            now=now,
            every=self._every,
            jitter=self._draw(),
        )
        after = _with_condition(feed, condition, now=now)
        logger.info("feed not read", extra={"feed_id": feed.id, "kind": error.kind, "status": error.status})
        await self._tell(notice_of(before, condition, name=feed.name, url=feed.url))
        await self._feeds.note_poll(after)
        return Polled(feed=after, error=error)

    async def _tell(self, notice: Notice | None) -> None:
        if notice is None:
            return
        try:
            await self._notify_admins(notice)
        except Exception:
            logger.exception("administrators not told", extra={"key": notice.key})

    async def test_feed(self, url: str) -> Trial:
        """Fetch an address and say what it would bring; changes nothing.

        Raises:
            FetchError: it cannot be fetched, or is neither a feed nor a page that names one.
        """
        url = web_address(url)
        fetched = await self._reader.read(_unsaved(url))
        discovered = fetched.discovered
        if discovered:
            url = discovered[0]
            fetched = await self._reader.read(_unsaved(url))
        if not fetched.format:
            raise FetchError("neither a feed nor a page that names one", kind="not_a_feed")
        feed = replace(_unsaved(fetched.moved_to or url), name=fetched.title)
        now = self._clock.now()
        newest = sorted(known_items(fetched.items), key=lambda f: f.item.published_at or now, reverse=True)
        voices = await self._voices(fetched.items)
        articles = [_article(feed, fresh, now, voices) for fresh in newest[:_MAX_TRIAL_ITEMS]]
        return Trial(
            url=feed.url,
            title=fetched.title,
            format=fetched.format,
            count=len(fetched.items),
            items=tuple(TrialItem(article=article, report=self._read_article(article)) for article in articles),
            discovered=discovered,
        )

    async def add_feed(
        self, url: str, *, trust: Trust, name: str | None = None, force: bool = False, enabled: bool = True
    ) -> Feed:
        """Add a feed that has answered as one.

        Args:
            url: A feed, a page that names its feed, or "@name" of a Telegram channel.
            name: Of the publisher; the feed's own title where None.
            force: Keep one that does not answer now.

        Raises:
            FetchError: it is no feed, does not answer, or may not be fetched (then it is not kept even by force).
        """
        url = web_address(url)
        title = ""
        try:
            trial = await self.test_feed(url)
        except FetchError as error:
            if not force or error.kind == "refused":
                raise
        else:
            url, title = trial.url, trial.title
        return await self._feeds.add_feed(
            url=url, name=name or title or urlsplit(url).hostname or url, trust=trust, enabled=enabled
        )

    async def add_unread(self, url: str, *, name: str, trust: Trust, enabled: bool = False) -> Feed:
        """Add a feed of a list without fetching it, switched off.

        Raises:
            FetchError: its address is one that is never fetched.
        """
        url = web_address(url)
        await self._reader.check(url)
        return await self._feeds.add_feed(url=url, name=name, trust=trust, enabled=enabled)


def web_address(text: str) -> str:
    """Write out what people type for a feed: "@name" for a Telegram channel, a host without its scheme."""
    text = text.strip()
    if channel := _CHANNEL.match(text):
        return f"https://t.me/s/{channel[1]}"
    return text if _SCHEME.match(text) else f"https://{text}"


def _unsaved(url: str) -> Feed:
    return Feed(id=0, url=url, name="", trust="unverified")


def _article(feed: Feed, one: KnownItem, now: dt.datetime, voices: Mapping[str, Feed]) -> Article:
    """Make an article of an item; one without a date, or with one to come, was published when it was first seen.

    Args:
        voices: Polled channels by name, for what a feed passes on of others.
    """
    item = one.item
    publisher, trust = feed.name or urlsplit(feed.url).hostname or feed.url, feed.trust
    if item.origin:
        publisher, trust = _voice(item, voices, passed_on_by=feed)
    return Article(
        id=one.key,
        title=item.title,
        text=item.text,
        published_at=min(item.published_at or now, now),
        publisher=publisher,
        url=item.origin_url or item.url or feed.url,
        trust=trust,
    )


def _voice(item: Item, voices: Mapping[str, Feed], *, passed_on_by: Feed) -> tuple[str, Trust]:
    """Say who speaks in a forwarded post, and how far they are trusted: no further than whoever passes it on.

    A channel is known by its address; anybody may call theirs as an official one is called.
    """
    channel = channel_of(item.origin_url)
    if known := voices.get(channel):
        return known.name or f"@{channel}", max(known.trust, passed_on_by.trust, key=TRUSTS.index)
    return f"@{channel}" if channel else f"{item.origin} (Telegram)", "unverified"


def _highest(before: int | None, now: int | None) -> int | None:
    return max((number for number in (before, now) if number is not None), default=None)


def _may_move(url: str, target: str) -> bool:
    """Tell whether a permanent redirect is followed for good: never from encrypted to plain."""
    return target != url and not (url.startswith("https:") and not target.startswith("https:"))


def _condition(feed: Feed) -> Condition:
    return Condition(
        health=feed.health,
        failures=feed.failures,
        due_at=feed.due_at,
        succeeded_at=feed.succeeded_at,
        newest_item_at=feed.newest_item_at,
        usual_days=feed.usual_days,
    )


def _with_condition(feed: Feed, condition: Condition, *, now: dt.datetime) -> Feed:
    return replace(
        feed,
        health=condition.health,
        problem=str(condition.problem) if condition.problem else "",
        due_at=condition.due_at,
        polled_at=now,
        succeeded_at=condition.succeeded_at,
        failures=condition.failures,
        newest_item_at=condition.newest_item_at,
        usual_days=condition.usual_days,
    )
