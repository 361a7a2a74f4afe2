"""What the reader of reports would claim, and old reports into the ledger."""

import click

from bot.cli.common import Failures, async_command, now_option, open_text, opened_core, print_json, with_progress
from bot.domain.articles import Article
from bot.errors import InvalidRecord


@click.command()
@click.argument("file", default="-")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@now_option
@async_command
async def extract_command(file: str, as_json: bool, now: str | None) -> None:
    """Print what the articles in FILE (JSON Lines, or one plain text) would claim. Changes nothing."""
    from bot.rendering.reports import report_lines
    from bot.services.articles import read_articles, report_document

    async with opened_core(now) as core:
        with open_text(file) as source:
            text = source.read()
        articles = list(read_articles(text, now=core.clock.now(), timezone=core.timezone))
        failures = Failures()
        for found in with_progress(articles, length=len(articles), label="Reading"):
            if isinstance(found, InvalidRecord):
                failures.tell(f"{file}: {found}")
                continue
            with failures.go_on(f"{file}: article {found.id}"):
                report = await core.ingester.read(found)
                if as_json:
                    print_json(report_document(report))
                else:
                    click.echo("\n".join(report_lines(report)))


@click.command()
@click.argument("file")
@now_option
@async_command
async def backfill_command(file: str, now: str | None) -> None:
    """Take the articles in FILE, oldest first, into the ledger without alerts; prints one decision a line.

    Articles that were taken before change nothing, so that an interrupted run is simply started again.
    """
    from bot.services.articles import decision_document, read_articles

    failures = Failures()
    async with opened_core(now) as core:
        with open_text(file) as source:
            text = source.read()
        articles: list[Article] = []
        for found in read_articles(text, now=core.clock.now(), timezone=core.timezone):
            if isinstance(found, InvalidRecord):
                failures.tell(f"{file}: {found}")
            else:
                articles.append(found)
        articles.sort(key=lambda a: a.published_at)
        for article in with_progress(articles, length=len(articles), label="Reading"):
            with failures.go_on(f"{file}: article {article.id}"):
                print_json(decision_document(article, await core.ingester.backfill(article)))
    if failures.count:
        raise click.ClickException(f"{failures.count} articles could not be taken; everything else was")
