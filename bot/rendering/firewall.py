"""No number leaves that does not come from the record: a last look at every text, made apart from those who wrote it.

What a text may hold is listed from the answer itself: its cells, the days of its query and its claims, its reference,
and the names in its sources. Those are struck out; a digit that is left is stray, and the text is not shown.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from bot.domain.answers import Answer
from bot.domain.claims import Claim
from bot.domain.ledger import Ledger
from bot.domain.queries import Query, Span
from bot.domain.replies import Lang
from bot.rendering.figures import period_label
from bot.rendering.periods import period, period_in
from bot.rendering.words import dated, instant, number, year

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[\u00a0\u202f.,]\d+)*")
#: What may part the digits of one number.
_SEPARATORS = "\u00a0\u202f.,"
#: Stands where a phrase was taken out, so that what was around it does not become one number.
_GONE = "\u2060"


class Allowed:
    """The numbers and the phrases with digits that one text may hold."""

    def __init__(self, lang: Lang, *, today: dt.date) -> None:
        self._lang = lang
        self._today = today
        self._numbers: set[str] = set()
        self._phrases: set[str] = set()
        self._days: set[dt.date] = set()
        #: Phrases that few texts hold, and which are written only where a number is left without them.
        self._rare: list[Callable[[], Iterable[str | None]]] = []
        self.date(today)

    def numbers(self, *values: float | None) -> None:
        """Allow figures; None is passed over."""
        for value in values:
            if value is not None:
                self._numbers.add(number(self._lang, abs(value)))

    def phrases(self, *texts: str | None) -> None:
        """Allow names and references as they are; those without a digit need no leave."""
        self._phrases.update(_flat(text) for text in texts if text and _DIGIT.search(text))

    def date(self, date: dt.date | None) -> None:
        """Allow a day, its month and its year."""
        if date is not None and date not in self._days:
            self._days.add(date)
            self._phrases |= _phrases_of_day(self._lang, date)

    def span(self, span: Span) -> None:
        """Allow a period as it is written."""
        self.date(span.since)
        self.date(span.until)
        lang, today = self._lang, self._today
        self._rare.append(lambda: (period(lang, span, today=today), period_in(lang, span, today=today)))

    def query(self, query: Query, ledger: Ledger) -> None:
        """Allow the days and names of a question."""
        self.span(query.span)
        if query.versus is not None:
            self.span(query.versus)
        if query.as_of is not None:
            self.phrases(instant(self._lang, query.as_of))
            self.date(query.as_of.date())
        self.phrases(query.claimant)
        self.agreement(query.agreement, ledger)

    def agreement(self, agreement_id: str | None, ledger: Ledger) -> None:
        """Allow an agreement's name and day."""
        found = ledger.agreement(agreement_id) if agreement_id else None
        if found is not None:
            self.date(found.date)
            self.phrases(*(name for names in found.names.values() for name in names[:1]))
        self.phrases(agreement_id)

    def claim(self, claim: Claim) -> None:
        """Allow a claim: its figure, its days and the names in it."""
        self.numbers(claim.count, *claim.breakdown.values())
        for date in (claim.date, claim.published, claim.since):
            self.date(date)
        self._rare.append(
            lambda: (claim.publisher, claim.claimant, claim.url, claim.round, *claim.breakdown, f"C{claim.id}")
        )

    def claims(self, claims: Iterable[Claim]) -> None:
        """Allow several claims."""
        for claim in claims:
            self.claim(claim)

    def answer(self, answer: Answer, ledger: Ledger) -> None:
        """Allow the cells of an answer, its query and its claims."""
        self.query(answer.query, ledger)
        self.numbers(answer.value, answer.low, answer.high, answer.rounds, answer.undisclosed, len(answer.rows))
        self.date(answer.date)
        for row in answer.rows:
            self.numbers(row.value, row.low, row.high, row.ukraine, row.russia)
            self.numbers(row.rounds, row.undisclosed, row.identified)
            self.date(row.date)
            self.date(row.since)
            self.phrases(row.round)
            self._label(row.label, ledger)
        for side in answer.sides.values():
            self.numbers(side.value, side.rounds)
        for note in answer.notes:
            self.numbers(note.count)
            self.date(note.date)
        self.claims(answer.sources)
        self.claims(answer.claims)
        if answer.beside is not None:
            self.answer(answer.beside, ledger)

    def _label(self, label: str | None, ledger: Ledger) -> None:
        if not label:
            return
        self.agreement(label, ledger)
        self.phrases(period_label(self._lang, label))

    def stray(self, text: str) -> tuple[str, ...]:
        """Return the numbers of a text that nothing allows, in order; none for a text that may be shown."""
        found = self._left(text)
        if found and self._rare:
            self.phrases(*(phrase for phrases in self._rare for phrase in phrases()))
            self._rare.clear()
            found = self._left(text)
        return found

    def _left(self, text: str) -> tuple[str, ...]:
        left = text.lower()
        flat = _flat(left)
        for phrase in sorted([phrase for phrase in self._phrases if phrase in flat], key=len, reverse=True):
            left, flat = _strike(left, flat, phrase)
        return tuple(n for n in _NUMBER.findall(left) if n not in self._numbers)


@lru_cache(maxsize=4096)
def _phrases_of_day(lang: Lang, date: dt.date) -> frozenset[str]:
    patterns = ("d MMMM y", "d MMMM", "LLLL y", "MMMM y")
    texts = [*(dated(lang, date, pattern) for pattern in patterns), year(lang, date.year)]
    return frozenset(_flat(text) for text in (*texts, date.isoformat(), f"{date.year:04}-{date.month:02}"))


def _flat(text: str) -> str:
    return text.replace("\u00a0", " ").lower()


def _strike(text: str, flat: str, phrase: str) -> tuple[str, str]:
    """Take a phrase out of a text, except where it is a part of a longer number.

    Args:
        flat: The text with ordinary spaces for those that break no line; it is searched, and returned in step.
    """
    start = flat.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if _apart(text, start, -1) and _apart(text, end - 1, 1):
            text = f"{text[:start]}{_GONE}{text[end:]}"
            flat = f"{flat[:start]}{_GONE}{flat[end:]}"
            end = start + 1
        start = flat.find(phrase, end)
    return text, flat


def _apart(text: str, edge: int, step: int) -> bool:
    """Tell whether the digit at the edge of a phrase is not a part of a number that goes on outside of it."""
    if not text[edge].isdigit():
        return True
    near, far = _at(text, edge + step), _at(text, edge + 2 * step)
    return not (far if near in _SEPARATORS else near).isdigit()


def _at(text: str, place: int) -> str:
    """Return the character at a place; one that parts nothing where there is none."""
    return text[place] if 0 <= place < len(text) else _GONE
