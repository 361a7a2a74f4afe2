"""Answers a question: words to a reading, reading to a query, query to an answer.

One service behind the command line, the terminal and Telegram. Wording is the edge's; the conversation is handed in and
handed back, so that whoever keeps it decides where.
"""

import datetime as dt
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from bot.domain.answers import Answer
from bot.domain.compute import compute
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Act, Choice, Instruction, Lang, Reading, Refusal, Reply, Turn, Understanding
from bot.language.reader import read_question
from bot.services.current import CurrentLedger
from bot.services.document import status_of
from bot.services.recent import Recent
from bot.services.references import References

if TYPE_CHECKING:
    from bot.ports import Clock, RefStore

logger = logging.getLogger(__name__)

#: Queries kept for "back".
REMEMBERED = 10
#: Words to the program about the last answer; the others are about the conversation or the chat.
ABOUT_ANSWERS: tuple[Act, ...] = ("why", "sources", "chart", "csv")
#: Bytes, by and large, of readings and of answers that are not worked out again: people ask the same things.
SAME_DAY = 4 << 20
#: What a reading or an answer weighs by itself, and with it a letter of its question or a row.
ALONE, LETTER, ROW = 2_000, 4, 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A reply, the ledger that it was made from, and the conversation as it stands after it."""

    reply: Reply
    ledger: Ledger
    #: None: there is nothing to follow up.
    turn: Turn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """An answer given before, made again from the ledger as it was."""

    ref: str
    #: The same figures again.
    answer: Answer
    ledger: Ledger
    #: The same query on the ledger of now, with the clock of then; equal figures mean nothing has changed.
    today: Answer
    #: When it was asked.
    at: dt.datetime


class _Watched:
    """A turn that tells what of it was looked at."""

    __slots__ = ("_turn", "looked_at")

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self.looked_at: set[str] = set()

    @property
    def query(self) -> Query:
        self.looked_at.add("query")
        return self._turn.query

    @property
    def lang(self) -> Lang:
        self.looked_at.add("lang")
        return self._turn.lang

    @property
    def asked_back(self) -> bool:
        return self._turn.asked_back


class Asker:
    """Reads and answers."""

    def __init__(self, ledger: CurrentLedger, refs: "RefStore", *, clock: "Clock", timezone: dt.tzinfo) -> None:
        self._ledger = ledger
        #: Names answers; buttons keep long questions with it too.
        self.references = References(refs, timezone=timezone)
        self._clock = clock
        self._timezone = timezone
        self._readings: Recent[Reading | Choice] = Recent(most=SAME_DAY)
        self._answers: Recent[tuple[Answer, str]] = Recent(most=SAME_DAY)

    async def ask(
        self, question: str, *, lang: Lang | None = None, previous: Turn | None = None, now: dt.datetime | None = None
    ) -> Asked:
        """Answer one message.

        Args:
            question: As typed.
            lang: The asker's setting, which breaks ties; None: none.
            previous: The turn before, which a follow-up edits; None: there is none.
            now: The instant of the question; None: the clock's.
        """
        started = time.perf_counter()
        asked = await self._ask(question, lang, previous, now or self._clock.now())
        logger.info(
            "question answered",
            extra={
                "status": status_of(asked.reply),
                "lang": asked.reply.lang,
                "seconds": time.perf_counter() - started,
            },
        )
        return asked

    async def _ask(self, question: str, lang: Lang | None, previous: Turn | None, now: dt.datetime) -> Asked:
        ledger = await self._ledger.get()
        understood = self._read(question, ledger, lang, previous, now)
        if isinstance(understood, Instruction):
            return await self._follow(question, understood, ledger, previous, now)
        if isinstance(understood, Refusal):
            return Asked(
                reply=Reply(question=question, lang=understood.lang, understanding=understood),
                ledger=ledger,
                turn=previous,
            )
        if isinstance(understood, Choice):
            settled = await self._settle(understood, ledger, previous, now)
            if not isinstance(settled, Reading):
                return Asked(
                    reply=replace(settled, question=question),
                    ledger=ledger,
                    turn=replace(previous, asked_back=True) if previous else None,
                )
            understood = settled
        return await self._answer(question, understood, ledger, previous, now)

    def _read(
        self, question: str, ledger: Ledger, lang: Lang | None, previous: Turn | None, now: dt.datetime
    ) -> Understanding:
        """Read a question, or remember how it was read: the words, the ledger and the day decide, and what they follow.

        A question that says enough by itself is read without a look at the one before it, and so it is the same behind
        any other. What was refused is not remembered: it may hold a name.
        """
        alone = (question, lang, previous and previous.asked_back, ledger.version, self._day(now))
        behind = (alone, previous.lang) if previous else alone
        following = (behind, previous.query) if previous else alone
        readings = self._readings
        known = readings.get(alone) or readings.get(behind) or readings.get(following)
        if known is not None:
            return known
        before = _Watched(previous) if previous else None
        understood = read_question(
            question, ledger=ledger, now=now, timezone=self._timezone, lang=lang, previous=cast("Turn | None", before)
        )
        if isinstance(understood, Reading | Choice):
            looked = before.looked_at if before else ""
            key = following if "query" in looked else behind if looked else alone
            readings.put(key, understood, weight=ALONE + LETTER * len(question))
        return understood

    async def choose(
        self, query: Query, *, lang: Lang, previous: Turn | None = None, now: dt.datetime | None = None
    ) -> Asked:
        """Answer a ready query: a button, a command, a chosen reading."""
        now = now or self._clock.now()
        ledger = await self._ledger.get()
        return await self._answer("", Reading(query=query, lang=lang), ledger, previous, now)

    async def recall(self, ref: str) -> Recalled | None:
        """Give an earlier answer again, with the same figures; None where the reference is unknown."""
        found = await self.references.get(ref)
        if found is None:
            return None
        then = await self._ledger.at(found.version)
        current = await self._ledger.get()
        return Recalled(
            ref=ref.strip().upper(),
            answer=self._compute(found.query, found.beside, then, found.at),
            ledger=then,
            today=self._compute(found.query, found.beside, current, found.at),
            at=found.at,
        )

    async def _answer(
        self, question: str, reading: Reading, ledger: Ledger, previous: Turn | None, now: dt.datetime
    ) -> Asked:
        query = reading.query
        ledger = await self._as_of(query, ledger, now)
        key = (query, reading.beside, ledger.version, self._day(now))
        answered = self._answers.get(key)
        if answered is None:
            ref = await self.references.name(query, beside=reading.beside, version=ledger.version, now=now)
            answered = self._compute(query, reading.beside, ledger, now), ref
            if query.as_of is None:  # which changes its meaning when its instant passes
                self._answers.put(key, answered, weight=ALONE + ROW * len(answered[0].rows))
        answer, ref = answered
        before = (*previous.before, previous.query)[-REMEMBERED:] if previous and previous.query != query else ()
        return Asked(
            reply=Reply(question=question, lang=reading.lang, understanding=reading, answers=(answer,), ref=ref),
            ledger=ledger,
            turn=Turn(query=query, lang=reading.lang, at=now, before=before),
        )

    def _compute(self, query: Query, beside: Query | None, ledger: Ledger, now: dt.datetime) -> Answer:
        answer = compute(ledger, query, now=now, timezone=self._timezone)
        if beside is None:
            return answer
        return replace(answer, beside=compute(ledger, beside, now=now, timezone=self._timezone))

    async def _follow(
        self, question: str, told: Instruction, ledger: Ledger, previous: Turn | None, now: dt.datetime
    ) -> Asked:
        """Carry out a word about the last answer."""
        if told.act == "new":
            return Asked(reply=Reply(question=question, lang=told.lang, understanding=told), ledger=ledger, turn=None)
        if previous is not None and told.act == "back" and previous.before:
            *older, last = previous.before
            earlier = replace(previous, query=last, before=tuple(older))
            asked = await self._answer(question, Reading(query=last, lang=told.lang), ledger, None, now)
            return replace(asked, turn=replace(earlier, lang=told.lang, at=now))
        answers: Sequence[Answer] = ()
        if previous is not None and told.act in ABOUT_ANSWERS:
            ledger = await self._as_of(previous.query, ledger, now)
            answers = (compute(ledger, previous.query, now=now, timezone=self._timezone),)
        return Asked(
            reply=Reply(question=question, lang=told.lang, understanding=told, answers=tuple(answers)),
            ledger=ledger,
            turn=previous,
        )

    async def _settle(self, choice: Choice, ledger: Ledger, previous: Turn | None, now: dt.datetime) -> Reading | Reply:
        """Take the reading where all give the same figure; answer both of two; ask once about more."""
        answers = [compute(ledger, r.query, now=now, timezone=self._timezone) for r in choice.readings]
        if len({(a.status, a.value, a.date, a.rows) for a in answers}) == 1:
            return choice.readings[0]
        both = tuple(answers) if len(answers) == 2 else ()
        if previous is not None and previous.asked_back and not both:
            near = tuple(r.query for r in choice.readings)
            refusal = Refusal(lang=choice.lang, status="not_understood", words=(choice.word,), near=near)
            return Reply(question="", lang=choice.lang, understanding=refusal)
        return Reply(question="", lang=choice.lang, understanding=choice, answers=both)

    async def _as_of(self, query: Query, ledger: Ledger, now: dt.datetime) -> Ledger:
        """Return the ledger that a query asks: the newest, or as it stood."""
        return ledger if query.as_of is None or query.as_of >= now else await self._ledger.at(query.as_of)

    def _day(self, now: dt.datetime) -> dt.date:
        return now.astimezone(self._timezone).date()
