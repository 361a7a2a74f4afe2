"""What the commands of a reader ask: each its typed query, which the words that follow narrow.

The same for every edge; how the answer is shown is the edge's.
"""

import datetime as dt
from dataclasses import replace

from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Lang, Reading, Turn
from bot.errors import CommandError
from bot.language.typed import read_day
from bot.language.wishes import parse_wishes
from bot.rendering.pages import ISTANBUL
from bot.services.ask import Asked, Asker

#: Longer texts are no questions.
MOST_LETTERS = 700
#: What a command asks where words follow it, which change it as a follow-up would.
LAST = Query(measure="last", kinds=None, recipient=None)
EVERY_ROUND = Query(measure="list", kinds=None, recipient=None)
ONE_ROUND = Query(measure="happened", kinds=None, recipient=None)
CONFLICTS = Query(measure="conflict", kinds=None, recipient=None)


async def ask_about(
    asker: Asker, query: Query, words: str, *, lang: Lang, tie: Lang | None, previous: Turn | None, now: dt.datetime
) -> Asked:
    """Answer a command: its own question, narrowed by the words that follow it.

    Args:
        lang: What the answer is written in where no words tell.
        tie: What breaks ties between the languages of the words.
        previous: The turn before, for "back"; the words follow up the command, not this.
    """
    if not words:
        return await asker.choose(query, lang=lang, previous=previous)
    try:
        wishes = parse_wishes(words)
    except CommandError:
        return await _narrowed(asker, query, words, lang=lang, tie=tie, previous=previous, now=now)
    named = replace(query, kinds=wishes.kinds or query.kinds, recipient=wishes.recipient or query.recipient)
    return await asker.choose(named, lang=lang, previous=previous)


async def _narrowed(
    asker: Asker, query: Query, words: str, *, lang: Lang, tie: Lang | None, previous: Turn | None, now: dt.datetime
) -> Asked:
    """Read the words as a follow-up to the command's question; a question of their own keeps the command's measure."""
    asked = await asker.ask(words, lang=tie, previous=Turn(query=query, lang=lang, at=now))
    reading = asked.reply.understanding
    if not isinstance(reading, Reading):
        return replace(asked, turn=previous)  # nobody asked the command's own question
    if reading.query.measure != "total":
        return asked
    assumed = {assumption.kind for assumption in reading.assumptions}
    narrowed = replace(
        reading.query,
        measure=query.measure,
        kinds=query.kinds if "kind" in assumed else reading.query.kinds,
        recipient=query.recipient if "recipient" in assumed else reading.query.recipient,
    )
    return await asker.choose(narrowed, lang=reading.lang, previous=previous)


async def ask_picture(
    asker: Asker, words: str, ledger: Ledger, *, lang: Lang, tie: Lang | None, previous: Turn | None, now: dt.datetime
) -> Asked:
    """Answer what is to be drawn: what the words ask for; alone, the last answer, or the remains since Istanbul."""
    base = previous or Turn(query=_usual(ledger), lang=lang, at=now)
    if words:
        return await asker.ask(words, lang=tie, previous=base)
    return await asker.choose(base.query, lang=lang, previous=previous)


def _usual(ledger: Ledger) -> Query:
    """Return what is drawn where nothing was asked yet."""
    istanbul = ledger.agreement(ISTANBUL)
    return Query(since=istanbul.date if istanbul else None)


def rounds_named(words: str, ledger: Ledger, *, today: dt.date) -> list[str]:
    """Return the ids of the rounds that the words name: one by its id, all of a day; without words the newest."""
    if not words:
        return [r.id for r in ledger.rounds_between(None, today)[-1:]]
    if ledger.round(words):
        return [words]
    try:
        day = read_day(words, today=today, form="")
    except CommandError:
        return []
    return [r.id for r in ledger.rounds_between(day, day)]


def is_round_id(words: str) -> bool:
    """Tell whether the words have the form of a round's id, known or not."""
    return words.count("-") >= 3 and " " not in words
