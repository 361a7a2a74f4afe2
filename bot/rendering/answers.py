"""A reply as text and buttons: figure first, then how the question was read, then who says what and what is not known.

Everything is taken from the reply; nothing is computed. Before a text leaves, each of its numbers is traced back to the
answer by `bot.rendering.firewall`.
"""

import datetime as dt
import logging
from dataclasses import replace

from bot.domain.answers import Answer
from bot.domain.ledger import Ledger
from bot.domain.replies import Act, Assumption, Choice, Instruction, Lang, Reading, Refusal, Reply
from bot.domain.rounds import Agreement
from bot.rendering.buttons import after_reading, as_questions, talks_named, talks_of
from bot.rendering.evidence import beside, notes, sides, sources
from bot.rendering.figures import Page, headline, listed_rows, row_lines
from bot.rendering.firewall import Allowed
from bot.rendering.reading import agreement_name, reading_line
from bot.rendering.refusals import no_data_words, refusal_text
from bot.rendering.rendered import Button, Rendered
from bot.rendering.rich import Rich, join, plain
from bot.rendering.styled import words
from bot.rendering.words import message, short_day

logger = logging.getLogger(__name__)

#: Lines of a list on one page.
PAGE_ROWS = 12


#: Words to the program that need no answer before them, and what is said to them.
_ALONE: dict[Act, str] = {"new": "new-done", "back": "back-nothing"}
#: What is said of the chat itself, and done by the command of that name.
_OF_CHATS: tuple[Act, ...] = ("subscribe", "unsubscribe", "settings", "language", "privacy")


def render_reply(reply: Reply, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo, page: int = 0) -> Rendered:
    """Write a reply.

    Args:
        ledger: The ledger that the answers were computed from; names of agreements come from it.
        page: Of a list that does not fit on one, from 0.
    """
    writer = _Writer(reply, ledger, now, timezone, page)
    match reply.understanding:
        case Reading() as reading:
            return writer.reading(reading)
        case Choice() as choice:
            return writer.choice(choice)
        case Refusal() as refusal:
            return writer.refusal(refusal)
        case Instruction() as instruction:
            return writer.instruction(instruction)


def _offered(buttons: tuple[Button, ...]) -> Rich:
    """Write the questions of buttons, which a terminal does not show and a phone cuts short."""
    return join(words(f"• {button.label}") for button in buttons)


class _Writer:
    """One reply on its way to words."""

    def __init__(self, reply: Reply, ledger: Ledger, now: dt.datetime, timezone: dt.tzinfo, page: int) -> None:
        self.reply = reply
        self.ledger = ledger
        self.now = now
        self.timezone = timezone
        self.page = page
        self.pages = 1
        self.lang: Lang = reply.lang

    def reading(self, reading: Reading) -> Rendered:
        answer = self.reply.answers[0]
        line = self.line(answer)
        view = self.view(answer)
        head = join((self.head(view), words(line), *self.last_was(answer), *self.assumed(reading)))
        body = join(self.paged(view))
        other = beside(self.lang, answer, self.ledger, now=self.now, timezone=self.timezone)
        said = join((*sides(view), *other))
        text = join((head, body, said, join(notes(view)), join(sources(view)), self.ref()), "\n\n")
        buttons = after_reading(reading, answer, self.ledger, now=self.now, timezone=self.timezone)
        return self.done(text, reading=line, buttons=buttons)

    def last_was(self, answer: Answer) -> tuple[Rich, ...]:
        if answer.query.measure != "days_since" or answer.date is None:
            return ()
        return (words(message(self.lang, "answer-last-was", day=short_day(self.lang, answer.date))),)

    def view(self, answer: Answer) -> Page:
        today = self.now.astimezone(self.timezone).date()
        return Page(self.lang, answer, self.ledger, today)

    def line(self, answer: Answer) -> str:
        return reading_line(self.lang, answer.query, self.ledger, now=self.now, timezone=self.timezone)

    def head(self, view: Page) -> Rich:
        if view.answer.status == "no_data":
            return words(no_data_words(self.lang, view.answer))
        return headline(view)

    def paged(self, view: Page) -> tuple[Rich, ...]:
        """Write the rows of the page asked for; `self.pages` becomes how many there are."""
        rows = listed_rows(view)
        self.pages = max(1, -(-len(rows) // PAGE_ROWS))
        self.page = min(max(self.page, 0), self.pages - 1)
        start = self.page * PAGE_ROWS
        stop = min(start + PAGE_ROWS, len(rows))
        lines = row_lines(view, rows[start:stop])
        if self.pages > 1:
            lines += (words(message(self.lang, "rows-page", first=start + 1, last=stop, all=len(rows))),)
        return lines

    def assumed(self, reading: Reading) -> tuple[Rich, ...]:
        lang = self.lang
        lines = [message(lang, "corrected", written=c.written, read=c.read) for c in reading.corrections]
        lines += [line for a in reading.assumptions if (line := self.assumption(a))]
        return tuple(words(line) for line in lines)

    def assumption(self, assumption: Assumption) -> str:
        """Say what was taken for granted where the reading line does not: kind and recipient stand in it."""
        lang, taken = self.lang, assumption.taken
        if assumption.kind == "year":
            return message(lang, "assumed-year", taken=taken)
        found = self.ledger.agreement(taken) if assumption.kind == "agreement" else None
        if found is None:
            return ""
        said = message(
            lang, "assumed-agreement", name=agreement_name(lang, self.ledger, taken), day=short_day(lang, found.date)
        )
        others = ", ".join(talks_named(lang, other) for other in self.talks(assumption))
        return f"{said} {message(lang, 'note-other_talks', talks=others)}" if others else said

    def talks(self, assumption: Assumption) -> list[Agreement]:
        """Return the agreements that the same word may mean as well."""
        found = [talks_of(query, self.ledger) for query in assumption.others]
        return [agreement for agreement in found if agreement is not None and agreement.id != assumption.taken]

    def ref(self) -> Rich:
        return words(message(self.lang, "reference", ref=self.reply.ref)) if self.reply.ref else ()

    def choice(self, choice: Choice) -> Rendered:
        queries = [reading.query for reading in choice.readings]
        buttons = as_questions(self.lang, queries, self.ledger, now=self.now, timezone=self.timezone)
        if len(self.reply.answers) != len(choice.readings) or len(choice.readings) > 2:
            asked = words(message(self.lang, "choice-ask", word=choice.word))
            return self.done(join((asked, _offered(buttons)), "\n\n"), buttons=buttons)
        parts = [words(message(self.lang, "choice-both", word=choice.word))]
        for answer in self.reply.answers:
            view = self.view(answer)
            rows = row_lines(view, listed_rows(view)[:PAGE_ROWS])
            parts.append(join((self.head(view), words(self.line(answer)), *rows, *notes(view))))
        return self.done(join((*parts, self.ref()), "\n\n"), buttons=buttons)

    def refusal(self, refusal: Refusal) -> Rendered:
        near = as_questions(self.lang, refusal.near, self.ledger, now=self.now, timezone=self.timezone)
        text = refusal_text(self.lang, refusal, suggestions=bool(near))
        shown = () if refusal.reason == "personal" else _offered(near)
        return self.done(join((text, shown), "\n"), buttons=near)

    def instruction(self, instruction: Instruction) -> Rendered:
        """Carry out a word about the last answer; what needs more than words has a text that says so."""
        from bot.rendering import pages  # only those who ask for a page wait for it

        lang, act = self.lang, instruction.act
        if act == "help":
            return pages.help_page(lang, self.ledger, now=self.now, timezone=self.timezone)
        if act in _ALONE:
            return self.done(words(message(lang, _ALONE[act])))
        if act in _OF_CHATS:
            return self.done(words(message(lang, "by-own-command", act=act)))
        if not self.reply.answers:
            return self.done(words(message(lang, "nothing-asked")))
        page = {"why": pages.why_page, "sources": pages.sources_page}.get(act)
        if page is None:
            return self.done(words(message(lang, "by-command")))
        query = self.reply.answers[0].query
        return page(lang, query, self.ledger, now=self.now, timezone=self.timezone, page=self.page)

    def done(self, text: Rich, *, reading: str = "", buttons: tuple[Button, ...] = ()) -> Rendered:
        """Let a text go whose every number comes from the reply; else say that it cannot be shown."""
        stray = self.allowed().stray(plain(text))
        if stray:
            logger.error("number held back", extra={"ref": self.reply.ref, "numbers": len(stray)})
            return Rendered(text=words(message(self.lang, "blocked")))
        return Rendered(text=text, reading=reading, buttons=buttons, page=self.page, pages=self.pages)

    def allowed(self) -> Allowed:
        """List what the text may hold, from the reply alone."""
        allowed = Allowed(self.lang, today=self.now.astimezone(self.timezone).date())
        for answer in self.reply.answers:
            start, stop = self.page * PAGE_ROWS, min((self.page + 1) * PAGE_ROWS, len(answer.rows))
            whole = stop - start == len(answer.rows)
            allowed.answer(answer if whole else replace(answer, rows=answer.rows[start:stop]), self.ledger)
            allowed.numbers(start + 1, stop, len(answer.rows))
        allowed.phrases(self.reply.ref)
        understood = self.reply.understanding
        if isinstance(understood, Reading):
            for assumption in understood.assumptions:
                allowed.phrases(assumption.taken)
                allowed.agreement(assumption.taken, self.ledger)
                for other in self.talks(assumption):
                    allowed.agreement(other.id, self.ledger)
            for correction in understood.corrections:
                allowed.phrases(correction.written, correction.read)
        elif isinstance(understood, Choice):
            allowed.phrases(understood.word)
            for reading in understood.readings:
                allowed.query(reading.query, self.ledger)
        elif isinstance(understood, Refusal):
            for query in understood.near:
                allowed.query(query, self.ledger)
        return allowed
