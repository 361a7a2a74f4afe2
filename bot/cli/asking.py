"""Questions from the command line: one, a file of many, or a conversation."""

import datetime as dt
import json
import sys
import time
from collections.abc import Sequence
from typing import Any, get_args

import click

from bot.app import Asking
from bot.cli.common import Failures, async_command, now_option, open_text, opened_asking, opened_core, print_json
from bot.cli.screen import Screen
from bot.clock import parse_instant
from bot.domain.replies import Choice, Lang, Refusal, Turn
from bot.rendering.answers import render_reply
from bot.rendering.rendered import Rendered
from bot.rendering.rich import Rich, plain
from bot.services.ask import Asked
from bot.services.document import reply_document

LANG = click.Choice(get_args(Lang))


@click.command()
@click.argument("question", required=False)
@click.option("--lang", type=LANG, help="Breaks ties; the language is otherwise that of the question.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document; a file is always answered so.")
@click.option("--file", "file", metavar="F.jsonl", help='Many: a line each, {"id","lang","now","turns":["…","…"]}.')
@now_option
@async_command
async def ask_command(
    question: str | None, lang: Lang | None, as_json: bool, file: str | None, now: str | None
) -> None:
    """Answer one QUESTION, or each conversation of a file."""
    if (question is None) == (file is None):
        raise click.UsageError("Give a QUESTION, or --file with many.")
    async with opened_asking(now) as asking:
        if file is not None:
            await _ask_file(asking, file)
            return
        assert question is not None
        started = time.perf_counter()
        asked = await asking.asker.ask(question, lang=lang)
        if as_json:
            print_json(_document(asking, asked, asking.clock.now(), started))
        else:
            Screen(sys.stdout).line(_shown(asking, asked, asking.clock.now()))


async def _ask_file(asking: Asking, file: str) -> None:
    """Ask each line's turns as one conversation, and print the answer of the last."""
    failures = Failures()
    with open_text(file) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                case = json.loads(line)
                turns, lang = [str(t) for t in case["turns"]], case.get("lang")
                if lang is not None and lang not in get_args(Lang):
                    raise ValueError(f"lang is {lang!r}; it must be en, uk or ru")
                now = parse_instant(case["now"], asking.timezone) if case.get("now") else asking.clock.now()
                if not turns:
                    raise ValueError("turns is empty")
            except (ValueError, TypeError, KeyError) as error:
                failures.tell(f"{file}: line {number}: {error}")
                continue
            with failures.go_on(f"{file}: line {number}"):
                print_json({"id": case.get("id"), **await _converse(asking, turns, lang, now)})
    if failures.count:
        raise click.ClickException(f"{failures.count} lines could not be asked")


async def _converse(asking: Asking, turns: Sequence[str], lang: Lang | None, now: dt.datetime) -> dict[str, Any]:
    """Return the document of the last turn's answer."""
    turn: Turn | None = None
    started = time.perf_counter()
    for text in turns:
        asked = await asking.asker.ask(text, lang=lang, previous=turn, now=now)
        turn = asked.turn
    return _document(asking, asked, now, started)


def _shown(asking: Asking, asked: Asked, now: dt.datetime) -> Rich:
    """Write an answer for who reads it; one that is none says what can be asked."""
    rendered = _rendered(asking, asked, now)
    if not isinstance(asked.reply.understanding, Refusal):
        return rendered.text
    from bot.rendering.pages import with_examples  # only a refusal waits for it

    return with_examples(rendered, asked.reply, asked.ledger, now=now, timezone=asking.timezone, listed=True).text


def _rendered(asking: Asking, asked: Asked, now: dt.datetime) -> Rendered:
    return render_reply(asked.reply, asked.ledger, now=now, timezone=asking.timezone)


def _document(asking: Asking, asked: Asked, now: dt.datetime, started: float) -> dict[str, Any]:
    rendered = _rendered(asking, asked, now)
    elapsed = time.perf_counter() - started
    choices = [b.label for b in rendered.buttons] if isinstance(asked.reply.understanding, Choice) else []
    return reply_document(
        asked.reply, text=plain(rendered.text), reading=rendered.reading, choices=choices, elapsed=elapsed
    )


@click.command()
@click.option("--lang", type=LANG, help="Breaks ties; the language is otherwise that of the question.")
@now_option
@async_command
async def chat_command(lang: Lang | None, now: str | None) -> None:
    """Talk in the terminal: the same conversation as in Telegram, with no token and no network."""
    from bot.cli.terminal import Terminal

    async with opened_core(now) as core:
        await Terminal(core, lang=lang, typed=sys.stdin, shown=sys.stdout).talk()
