"""`/feeds`: what is polled and how it is doing; add, remove, test, pause, trust."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.commands import FeedsCommand
from bot.domain.feed_health import trouble_of
from bot.domain.feed_lists import ListedFeed
from bot.errors import CommandError, FetchError
from bot.language.commands import parse_feeds
from bot.ports import Feed
from bot.rendering.moderation import feeds_lines
from bot.rendering.reports import report_lines
from bot.rendering.rich import join
from bot.rendering.styled import styled, words
from bot.rendering.words import message
from bot.services.poll import FeedPoller, web_address
from handlers.call import Call
from handlers.cards import say_wrong
from handlers.registry import Routes

logger = logging.getLogger(__name__)
routes = Routes()

#: Prefix of the buttons that page the list.
FEEDS = "fds"
#: Prefix of the button that adds the feeds of the domain, switched off.
DEFAULTS = "fdd"
#: Feeds on a page, page numbers in a row of buttons, items of a trial that are shown.
PAGE = 10
ROW = 8
TRIAL = 5


@routes.command("feeds", role="editor")
async def feeds(call: Call) -> None:
    """List the feeds, or change one."""
    try:
        await _carry_out(call, parse_feeds(call.args))
    except CommandError as error:
        await say_wrong(call, error)


@routes.button(FEEDS, role="editor")
async def feeds_page(call: Call) -> None:
    """Turn the page of the list."""
    await _show(call, int(call.args) if call.args.isdecimal() else 0, in_place=True)


@routes.button(DEFAULTS, role="editor")
async def add_defaults(call: Call) -> None:
    """Add the feeds that ship with the program, switched off; those that are there stay as they are."""
    try:
        poller = _poller(call)
    except CommandError as error:
        await say_wrong(call, error)
        return
    added = 0
    for feed in await _missing(call):
        try:
            await poller.add_unread(feed.url, name=feed.name, trust=feed.trust)
        except FetchError as error:
            logger.warning("a feed was left out", extra={"url": feed.url, "reason": str(error)})
        else:
            added += 1
    await call.toast(call.word("feeds-defaults-added", n=added), alert=True)
    await _show(call, 0, in_place=True)


async def _missing(call: Call) -> Sequence[ListedFeed]:
    """Return the feeds of the domain that are not in the list."""
    known = {feed.url for feed in await call.services.feeds.feeds()}
    return [feed for feed in call.services.default_feeds if feed.url not in known]


async def _carry_out(call: Call, command: FeedsCommand) -> None:
    match command.action:
        case "list":
            await _show(call, 0)
        case "add":
            await _add(call, command)
        case "test":
            await _test(call, command.url)
        case "remove":
            feed = await _known(call, command.url)
            await call.services.feeds.remove_feed(feed.url)
            await call.reply(styled(call.lang, "feeds-removed", links={"url": (feed.url, feed.url)}))
        case "pause" | "resume":
            feed = await _known(call, command.url)
            enabled = command.action == "resume"
            await call.services.feeds.save_feed(replace(feed, enabled=enabled, due_at=None))
            await call.say("feeds-resumed" if enabled else "feeds-paused", name=feed.name)
        case "trust":
            feed = await _known(call, command.url)
            await call.services.feeds.save_feed(replace(feed, trust=command.trust))
            await call.say("feeds-trusted", name=feed.name, trust=call.word("trust", trust=command.trust))


async def _show(call: Call, page: int, *, in_place: bool = False) -> None:
    known = await call.services.feeds.feeds()
    shown = known[page * PAGE : (page + 1) * PAGE] or known[:PAGE]
    lines = feeds_lines(call.lang, shown, timezone=call.services.timezone)
    pages = range((len(known) + PAGE - 1) // PAGE)
    buttons = [(str(p + 1), f"{FEEDS}:{p}") for p in pages if p != page]
    rows = [buttons[i : i + ROW] for i in range(0, len(buttons), ROW)]
    if missing := len(await _missing(call)):
        rows.append([(call.word("feeds-defaults", n=missing), f"{DEFAULTS}:")])
    await call.reply(join(lines, "\n\n"), rows, in_place=in_place)


async def _known(call: Call, url: str) -> Feed:
    """Return a feed by its address, as it was typed or as it stands.

    Raises:
        CommandError: there is none.
    """
    wanted = {url, url.rstrip("/"), web_address(url)}
    for feed in await call.services.feeds.feeds():
        if feed.url in wanted or feed.url.rstrip("/") in wanted:
            return feed
    raise CommandError("admin-unknown-feed", given=url)


def _poller(call: Call) -> FeedPoller:
    if call.services.poller is None:
        raise CommandError("feeds-unable")
    return call.services.poller


def _problem(call: Call, error: FetchError) -> str:
    """Say why an address could not be read."""
    key = f"feed-problem-{trouble_of(error.kind, error.status)}"
    return message(call.lang, key, number=error.status or 0)


async def _add(call: Call, command: FeedsCommand) -> None:
    before = {feed.url for feed in await call.services.feeds.feeds()}
    try:
        feed = await _poller(call).add_feed(command.url, trust=command.trust, name=command.name or None)
    except FetchError as error:
        raise CommandError("feeds-refused", problem=_problem(call, error)) from error
    trust = call.word("trust", trust=feed.trust)
    await call.say("feeds-known" if feed.url in before else "feeds-added", name=feed.name, trust=trust)


async def _test(call: Call, url: str) -> None:
    try:
        trial = await _poller(call).test_feed(url)
    except FetchError as error:
        raise CommandError("admin-no-text", problem=_problem(call, error)) from error
    parts = [words(call.word("feeds-test", name=trial.title or trial.url, n=trial.count))]
    parts += [words("\n".join(report_lines(item.report, call.lang))) for item in trial.items[:TRIAL]]
    if not trial.items:
        parts.append(words(call.word("feeds-test-nothing")))
    await call.reply(join(parts, "\n\n"))
