"""The feeds that are polled: list, add, remove, test, and the lists that feed readers exchange."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO, get_args

import click

from bot.app import Core, open_poller
from bot.cli.common import async_command, now_option, opened_core, print_json
from bot.domain.articles import Trust
from bot.domain.feed_health import Notice
from bot.errors import FetchError
from bot.rendering.moderation import notice_words, problem_words
from bot.rendering.rich import plain
from bot.services.poll import FeedPoller


@asynccontextmanager
async def _poller(now: str | None) -> AsyncIterator[tuple[Core, FeedPoller]]:
    async def tell(notice: Notice) -> None:
        click.echo(plain(notice_words("en", notice)), err=True)

    async with opened_core(now) as core, open_poller(core, notify_admins=tell) as poller:
        yield core, poller


@click.group()
def feeds_command() -> None:
    """The feeds that are polled."""


@feeds_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@now_option
@async_command
async def list_feeds(as_json: bool, now: str | None) -> None:
    """List the feeds with their health."""
    async with opened_core(now) as core:
        feeds = await core.database.feeds.feeds()
    if not feeds and not as_json:
        click.echo("No feeds yet. Add one: homeward feeds add URL --trust trusted", err=True)
    for feed in feeds:
        if as_json:
            print_json(
                {
                    "url": feed.url,
                    "name": feed.name,
                    "trust": feed.trust,
                    "enabled": feed.enabled,
                    "health": feed.health,
                    "problem": feed.problem or None,
                    "polled": feed.polled_at.isoformat() if feed.polled_at else None,
                    "succeeded": feed.succeeded_at.isoformat() if feed.succeeded_at else None,
                    "due": feed.due_at.isoformat() if feed.due_at else None,
                }
            )
        else:
            state = feed.health if feed.enabled else "off"
            note = f"  ({problem_words('en', feed.problem)})" if feed.problem else ""
            click.echo(f"{state:<9} {feed.trust:<11} {feed.name}  {feed.url}{note}")


@feeds_command.command("add")
@click.argument("url")
@click.option("--trust", type=click.Choice(get_args(Trust)), default="unverified", show_default=True)
@click.option("--name", help="Name of the publisher; the feed's own title otherwise.")
@click.option("--force", is_flag=True, help="Keep one that does not answer now.")
@now_option
@async_command
async def add_feed(url: str, trust: Trust, name: str | None, force: bool, now: str | None) -> None:
    """Fetch URL once and add it: RSS, Atom, JSON Feed, a Telegram channel's page or @name."""
    async with _poller(now) as (_, poller):
        feed = await poller.add_feed(url, trust=trust, name=name, force=force)
    click.echo(f"Added: {feed.name} ({feed.trust}) {feed.url}", err=True)


@feeds_command.command("remove")
@click.argument("url")
@now_option
@async_command
async def remove_feed(url: str, now: str | None) -> None:
    """Stop polling URL and forget its state."""
    async with opened_core(now) as core:
        if not await core.database.feeds.remove_feed(url):
            raise click.ClickException(f"there is no feed {url}; see homeward feeds list")
    click.echo(f"Removed: {url}", err=True)


@feeds_command.command("test")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an item.")
@now_option
@async_command
async def test_feed(url: str, as_json: bool, now: str | None) -> None:
    """Show what the last items of URL would do. Changes nothing."""
    from bot.rendering.reports import report_lines
    from bot.services.articles import report_document

    async with _poller(now) as (_, poller):
        trial = await poller.test_feed(url)
    if not as_json:
        click.echo(f"{trial.title or trial.url}: {trial.format}, {trial.count} items")
    for item in trial.items:
        if as_json:
            print_json({"title": item.article.title, "url": item.article.url, **report_document(item.report)})
        else:
            click.echo("\n".join(report_lines(item.report)))


@feeds_command.command("import")
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--default", "default", is_flag=True, help="The feeds of the domain that ship with the program.")
@now_option
@async_command
async def import_feeds(file: BinaryIO | None, default: bool, now: str | None) -> None:
    """Add the feeds of an OPML FILE, or the ones that ship with the program; all switched off."""
    from bot.feeds.defaults import default_feeds
    from bot.feeds.opml import read_opml

    if (file is None) == (not default):
        raise click.UsageError("Give a FILE in OPML, or --default.")
    async with _poller(now) as (core, poller):
        allowed = core.settings.allow_private_hosts
        found = default_feeds() if file is None else read_opml(file.read(), allow_private=allowed)
        for feed in found:
            try:
                await poller.add_unread(feed.url, name=feed.name, trust=feed.trust)
            except FetchError as error:
                click.echo(f"Left out: {feed.url}: {error}", err=True)
    click.echo(f"{len(found)} feeds read, switched off. Turn one on: homeward feeds enable URL", err=True)


@feeds_command.command("export")
@now_option
@async_command
async def export_feeds(now: str | None) -> None:
    """Write the feeds as OPML to standard output."""
    from bot.feeds.opml import write_opml

    async with opened_core(now) as core:
        feeds = await core.database.feeds.feeds()
    click.echo(write_opml(feeds), nl=False)


def _switch(name: str, *, enabled: bool, said: str) -> None:
    @feeds_command.command(name, help=f"Turn polling of URL {said}.")
    @click.argument("url")
    @now_option
    @async_command
    async def switch(url: str, now: str | None) -> None:
        from dataclasses import replace

        async with opened_core(now) as core:
            feed = next((f for f in await core.database.feeds.feeds() if f.url == url), None)
            if feed is None:
                raise click.ClickException(f"there is no feed {url}; see homeward feeds list")
            await core.database.feeds.save_feed(replace(feed, enabled=enabled, due_at=None))
        click.echo(f"{feed.name} is {said}.", err=True)


_switch("enable", enabled=True, said="on")
_switch("disable", enabled=False, said="off")
