"""What a question asks: text in, typed query, choice, refusal or instruction out. Deterministic, without a model.

An answer is only given where every word that carries meaning is accounted for; otherwise the word is named. The way:
words (`words`), dates (`dates`), parties (`roles`), slots (`frame`), query (`compose`, `followups`), limits (`scope`);
whether handovers are asked for at all (`evidence`); and what the query does not hold of the question is looked for once
more (`audit`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.ledger import Ledger
from bot.domain.queries import Query, Span
from bot.domain.replies import Act, Choice, Instruction, Lang, Reading, Refusal, Turn, Understanding
from bot.language import audit, evidence, followups, scope, suggest
from bot.language.compose import Composed, Spans, compose, resolve_spans
from bot.language.dates.periods import add_months, month_end
from bot.language.frame import Frame
from bot.language.names import names_of
from bot.language.numbers import is_number_word, read_number
from bot.language.slots import read_frame
from bot.language.stories import asked_mentions
from bot.language.words import Cell, Spelled, Words, read_words, spell

#: Longer texts are no question.
LONGEST = 2000
LONGEST_INSTRUCTION = 60


def read_question(
    text: str,
    *,
    ledger: Ledger,
    now: dt.datetime,
    timezone: dt.tzinfo,
    lang: Lang | None,
    previous: Turn | None,
) -> Understanding:
    """Read a question.

    Args:
        ledger: Its agreements and claimants are known by name; compiled once for each ledger object.
        now: Aware; what "today" and "last month" mean, in `timezone`.
        lang: The reader's setting; breaks ties, the question's own language comes first.
        previous: The turn that a follow-up edits; None where there is none.
    """
    today = now.astimezone(timezone).date()
    text = text[:LONGEST]
    names = names_of(ledger)
    spelled = spell(text, names=names.words, is_name=names.knows)
    instruction = read_instruction(spelled) if len(text) <= LONGEST_INSTRUCTION else None
    if instruction is not None:
        words, act = instruction
        return Instruction(lang=language(words, lang, previous), act=act)
    frame = read_frame(spelled, ledger=ledger, today=today)
    spoken = language(frame.words, lang, previous)
    if not any(not c.mark for c in frame.cells):
        return Refusal(lang=spoken, status="not_understood")
    reading = _Reading(frame, ledger, today, timezone, spoken, previous)
    outcome = scope.judge(frame)
    if outcome is not None:
        status, reason = outcome
        if reason == "future" and evidence.lacking(frame, follow_up=previous is not None):
            status, reason = "out_of_scope", "other_topic"
        near = reading.near() if reason == "unsupported" and frame.group_by else ()
        return Refusal(lang=spoken, status=status, reason=reason, near=near)
    return reading.understand()


class _Reading:
    """One question within its bounds."""

    def __init__(
        self, frame: Frame, ledger: Ledger, today: dt.date, timezone: dt.tzinfo, lang: Lang, previous: Turn | None
    ) -> None:
        self.frame = frame
        self.ledger = ledger
        self.today = today
        self.timezone = timezone
        self.lang = lang
        self.previous = previous

    def understand(self) -> Understanding:
        frame, previous = self.frame, self.previous
        as_of = self.as_of()
        recalled = previous is not None and followups.recall_agreement(previous.query, frame, self.ledger)
        follows = recalled or (
            previous is not None and not (followups.stands_alone(frame, previous.query) or self.asks_for_claim())
        )
        if follows and previous is not None and (part := self.bare_ordinal(previous.query)) is not None:
            return self.reading(Composed(query=part), follow_up=True)
        if frame.unknown:
            return self.unread(follows)
        if as_of is not None and previous is not None and not followups.stands_alone(frame, previous.query):
            return self.reading(Composed(query=replace(previous.query, as_of=as_of)), follow_up=True)
        if follows and previous is not None:
            year = followups.year_of(previous.query)
            followups.continue_comparison(previous.query, frame)
            spans = resolve_spans(frame, self.today, year=year)
            edited = None if spans.apart else followups.edit(previous.query, frame, spans, self.ledger, self.today)
            if edited is not None and edited.measure == "conflict":
                edited = replace(edited, party=None)
            if edited is not None:
                other = followups.same_days(previous.query, edited, frame)
                other = other or self.edited_otherwise(previous.query, spans)
                return self.reading(self.followed(previous.query, edited, other), follow_up=True)
            if not frame.kinds and not frame.event:
                return self.nothing()
        spans = resolve_spans(frame, self.today)
        if spans.apart:
            return Refusal(lang=self.lang, status="out_of_scope", reason="unsupported", near=self.near())
        composed = compose(frame, spans, self.ledger)
        hanging = followups.needs_another(frame) or (followups.is_marked(frame) and not self.names_topic())
        if composed is None or hanging:
            return self.nothing()
        if as_of is not None:
            composed = replace(composed, query=replace(composed.query, as_of=as_of))
        return self.reading(composed)

    def followed(self, before: Query, edited: Query, other: Query | None) -> Composed:
        """Return a follow-up with its second reading: of its days, or of a side whose name alone changes nothing."""
        if other is not None:
            return Composed(query=edited, alternative=other)
        other = followups.other_side(before, edited, self.frame)
        return Composed(query=edited, alternative=other, word=self.frame.text_of(self.frame.roles.bare))

    def edited_otherwise(self, before: Query, spans: Spans) -> Query | None:
        """Return the follow-up in the second reading of its words ("and on Christmas?"); None where there is none."""
        ago = any(m.period.unit == "day" and not m.period.feast for m in self.frame.mentions)
        if spans.alternative is None or ago:
            return None
        other = replace(spans, since=spans.alternative.since, until=spans.alternative.until, alternative=None)
        return followups.edit(before, self.frame, other, self.ledger, self.today)

    def bare_ordinal(self, before: Query) -> Query | None:
        """Return what "and in the second?" asks after a quarter or a half year: that part of the same year."""
        numbers = [c for c in self.frame.unknown if is_number_word(c.norm) or c.number]
        since, until = before.since, before.until
        if len(numbers) != 1 or len(self.frame.unknown) != 1 or self.frame.mentions or since is None or until is None:
            return None
        reading = read_number(self.frame.words.tokens, numbers[0].start)
        months = (until.year - since.year) * 12 + until.month - since.month + 1
        whole = since.day == 1 and until == month_end(until.year, until.month) and (since.month - 1) % months == 0
        if reading is None or not isinstance(reading.value, int) or months not in {3, 6} or not whole:
            return None
        if not 1 <= reading.value <= 12 // months:
            return None
        start = since.replace(month=(reading.value - 1) * months + 1)
        last = add_months(start, months - 1)
        part = Span(since=start, until=month_end(last.year, last.month))
        if self.frame.has("compare", "versus"):
            return replace(before, measure="compare", versus=part, group_by=None)
        return replace(before, since=part.since, until=part.until)

    def asks_for_claim(self) -> bool:
        """Tell whether "what total does Moscow claim?" is asked in full, whatever was asked before."""
        frame = self.frame
        stated = frame.has("claim", "say") and (frame.has("total") or (frame.has("howmany") and bool(frame.kinds)))
        return frame.measure == "claimed_total" and stated and not followups.is_marked(frame)

    def names_topic(self) -> bool:
        frame = self.frame
        return bool(frame.kinds or frame.implied or frame.event or frame.all_kinds)

    def reading(self, composed: Composed, *, follow_up: bool = False) -> Understanding:
        query = composed.query
        if any(inverted(span) for q in (query, composed.alternative) if q for span in (q.span, q.versus) if span):
            return Refusal(lang=self.lang, status="not_understood")
        match evidence.lacking(self.frame, follow_up=follow_up):
            case "topic", _:
                return Refusal(lang=self.lang, status="out_of_scope", reason="other_topic")
            case "word", strange:
                return self.not_held(strange)
        if lost := audit.lost(self.frame, query, follow_up=follow_up):
            return self.not_held(lost)
        first = Reading(
            query=composed.query,
            lang=self.lang,
            assumptions=composed.assumptions,
            corrections=tuple(self.frame.words.corrections),
            beside=composed.beside,
            follow_up=follow_up,
        )
        asked_back = self.previous is not None and self.previous.asked_back
        if composed.alternative is not None and not asked_back:
            other = replace(first, query=composed.alternative, beside=None)
            return Choice(lang=self.lang, word=composed.word or self.dated_words(), readings=(first, other))
        return first

    def dated_words(self) -> str:
        """Return the words of time as they were written."""
        return " ".join(c.text for m in self.frame.mentions for c in self.frame.cells[m.start : m.end])

    def not_held(self, lost: Sequence[Cell]) -> Refusal:
        """Refuse a question of which the query that was made of it does not hold these words."""
        words = tuple(dict.fromkeys(c.text for c in lost))
        near = self.near()
        return Refusal(lang=self.lang, status="not_understood", reason="unknown_word", words=words, near=near)

    def nothing(self) -> Refusal:
        return Refusal(lang=self.lang, status="not_understood")

    def unread(self, follows: bool) -> Refusal:
        frame = self.frame
        if self.previous is None and followups.is_marked(frame) and not self.names_topic():
            return self.nothing()
        status, reason = scope.unread(frame, frame.unknown)
        if reason is None or status != "not_understood":
            return Refusal(lang=self.lang, status=status, reason=reason)
        telling = [c for c in frame.unknown if not c.has("neg", "yesno")] or frame.unknown
        words = tuple(dict.fromkeys(c.text for c in telling))
        return Refusal(lang=self.lang, status=status, reason=reason, words=words, near=self.near())

    def near(self) -> tuple[Query, ...]:
        """Return valid questions near to this one, over no days but those of the sentences that ask."""
        asked = replace(self.frame, mentions=asked_mentions(self.frame))
        composed = compose(asked, resolve_spans(asked, self.today), self.ledger)
        return suggest.near(asked, composed.query if composed else None)

    def as_of(self) -> dt.datetime | None:
        """Return the instant that "what did you say on 20 June?" asks for: the end of that day."""
        frame = self.frame
        if not frame.has("asof"):
            return None
        day = next((m for m in frame.mentions if m.period.unit == "day" and m.period.until), None)
        if day is None or day.period.until is None:
            return None
        frame.mentions.remove(day)
        return dt.datetime.combine(day.period.until, dt.time(23, 59, 59), tzinfo=self.timezone)


def inverted(span: Span) -> bool:
    """Tell whether a span ends before it begins, which nobody asks for."""
    return span.since is not None and span.until is not None and span.since > span.until


_ACTS: tuple[Act, ...] = (
    "unsubscribe",
    "subscribe",
    "privacy",
    "settings",
    "language",
    "why",
    "back",
    "new",
    "sources",
    "chart",
    "csv",
    "help",
)
_ACT_SENSES = tuple(f"act:{act}" for act in _ACTS)
#: Words to the program that say of what they are: kinds, recipients, how often.
_OBJECTS = (
    "exchange",
    "handover",
    "repatriation",
    "home",
    "people",
    "datenoun",
    "data",
    "total",
    "list",
    "entire",
    "which",
)


def read_instruction(spelled: Spelled) -> tuple[Words, Act] | None:
    """Return the word to the program that the whole text is; None where anything else is asked."""
    if not spelled.may_instruct:
        return None
    words = read_words(spelled, instructions=True)
    if any(c.has("p:za", "p:po") for c in words.cells):
        return None
    acts = [act for cell in words.cells if cell.has(*_ACT_SENSES) for act in _ACTS if cell.has(f"act:{act}")]
    around = ("fill", "also", "ref:that", "correction", "aux", "and")
    objects = _OBJECTS if acts and acts[0] in {"subscribe", "unsubscribe", "settings", "language", "privacy"} else ()
    if objects and all(c.mark or _is_said(c, around + objects) for c in words.cells):
        return words, acts[0]
    if not acts or any(not c.mark and not c.has(*_ACT_SENSES, *around) for c in words.cells):
        return None
    return words, acts[0]


def _is_said(cell: Cell, senses: tuple[str, ...]) -> bool:
    """Tell whether a cell is a word to the program or says what it is about: a kind, a side, how often."""
    groups = ("kind:", "party:", "people:", "capital:", "group:", "p:", "act:", "unit:", "rel:")
    return cell.has(*senses) or any(s.startswith(groups) for s in cell.senses)


def language(words: Words, lang: Lang | None, previous: Turn | None) -> Lang:
    """Return the language of a question; a short one in doubt keeps that of the setting or of the turn before it."""
    votes = words.votes
    ranked = sorted(votes.items(), key=lambda item: -item[1])
    content = sum(1 for c in words.cells if not c.mark and not c.number)
    best = ranked[0] if ranked else None
    second = ranked[1][1] if len(ranked) > 1 else 0
    if best is not None and best[1] > second and (content > 1 or best[1] >= 3 or (lang is None and previous is None)):
        return best[0]
    if best is not None and best[1] > second and lang is None and previous is not None and content > 1:
        return best[0]
    if lang is not None and (best is None or lang in {name for name, n in ranked if n == best[1]} or content <= 1):
        return lang
    if previous is not None and (content <= 2 or best is None):
        return previous.lang
    if best is not None and best[1] > second:
        return best[0]
    if lang is not None:
        return lang
    text = "".join(c.norm for c in words.cells)
    return (best[0] if best else None) or ("uk" if any(ord(ch) > 127 for ch in text) else "en")
