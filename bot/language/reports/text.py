"""A text as sentences of tokens, each token with what the lexicon, the numerals and the calendar say about it."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.language.reports.days import Day, read_day
from bot.language.reports.lexicon import NO_TAGS, Lexicon, Node, Word, verb_of
from bot.language.reports.numbers import Number, read_number

_RAW = re.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}|"
    r"\d{1,2}\.\d{2}\.(?:\d{4}|\d{2})(?!\d)"
    r"|\d{4}-\d{2}-\d{2}(?!\d)"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
    r"|\d+(?:[-–—]\d+)+(?:-[^\W\d_]+)*"
    r"|\d+-[^\W\d_][\w'-]*"
    r"|\d{1,3}(?:[ \u00a0\u202f\u2009,.]\d{3})+(?![\d])(?:-[^\W\d_][\w'-]*)?"
    r"|\d+[.,]\d+"
    r"|\d+(?:st|nd|rd|th|[kK]|м|m)?(?!\w)"
    r"|[^\W_](?:\.[^\W\d_])+\.?"
    r"|[^\W\d_](?:[^\W_]|\u0301)*(?:['’ʼ`‘-](?:[^\W_]|\u0301)+)*"
    r"|\.{3}|[^\w\s]"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”’)]*\s+(?=(?:[^\w\s.,;:!?…)»”]\s*)*(?:[^\W\d_a-zа-яіїєґ]|\d))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:тыс|тис|млн|ім|им|гг|рр|вул|ул|обл|пос|м|г|р|с|ст|т|стр|см|U\.S|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|St)"
    r"|(?<!['’ʼ`])\b[^\W\d_])\.$",
)
_DATELINE = re.compile(r"^(?:[^\W\d_]+\. )?\d{1,2} [^\W\d_]+\.$")


_ROLES = frozenset({"to.ukraine", "to.russia", "in.return"})
#: "The first prisoner exchange since" is one of prisoners.
_HANDOVER = frozenset({"kind.remains", "kind.prisoners", "noun.exchange", "noun.handover"})
_PEOPLE = frozenset({"kind.civilians", "person"})
_WHENCE = frozenset({"region.russia", "nat.russia", "nat.ukraine"})
#: Behind these "Russia, Ukraine" are no pair: "in an exchange with Russia, Ukraine received".
_WITH = frozenset({"with", "by", "from", "to", "in", "against", "via"})
#: From so many on a round number names a deal.
_DEAL = 300
_FORMULA = re.compile(r"(?<![\d,.])(\d+)-(?:for|на)-\d+")
#: The time of day, at which a note of a live blog begins.
_CLOCK = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?\b[\s,.|–—-]*")
#: Notes from which on an article is a live blog.
_LIVE = 2
#: What a note of a live blog tells of where it is none of other news.
_MATTER = frozenset(
    {"kind.remains", "kind.prisoners", "captivity", "captivity.russia", "captivity.ukraine", "noun.handover", "home",
     "verb.swap"}
)  # fmt: skip
_ENEMY = frozenset(f"{role}.enemy" for role in ("party", "to", "from", "by", "of"))
_FLAGS = frozenset({"flag.ukraine", "flag.russia"})
_UNRESOLVED = _ENEMY | _FLAGS
_IMPERSONAL = ("но", "то", "ны", "ты", "ні", "ті")
_STANDS_FOR_VERB = frozenset({"—", "–", "-", ":"})
_DAY = frozenset({"day"})
_NUMBER = frozenset({"number"})


@dataclass(slots=True)
class Token:
    """A word, a phrase of the lexicon, a number, a day or a mark."""

    text: str
    start: int
    end: int
    tags: frozenset[str]
    number: Number | None = None
    day: Day | None = None

    @property
    def plural(self) -> bool:
        """Whether an English noun is one of several: "70 exchanges"."""
        return self.text.isascii() and self.text.endswith("s")

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return not self.text[0].isalnum()


@dataclass(slots=True)
class Sentence:
    """One sentence with its place in the article."""

    raw: str
    tokens: list[Token]
    #: 0 is the title, 1 the first paragraph.
    paragraph: int
    #: Place in its paragraph.
    position: int
    #: Tags of all its tokens together.
    tags: frozenset[str] = field(default_factory=frozenset)


def split_sentences(paragraph: str) -> list[str]:
    """Split a paragraph, keeping abbreviations and initials whole."""
    sentences: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        piece = paragraph[start : end.start()]
        if _ABBREVIATION.search(piece[-6:]):
            continue
        if piece.strip():
            sentences.append(paragraph[start : end.end()].strip())
        start = end.end()
    if paragraph[start:].strip():
        sentences.append(paragraph[start:].strip())
    return sentences


def split_paragraphs(text: str) -> list[str]:
    """Split a text at line ends; feeds do not agree on blank lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _match(entries: list[Word], start: int) -> tuple[int, frozenset[str]]:
    """Find the longest phrase that begins with a word: its end and its tags."""
    first = entries[start]
    best_end, best_tags = start + 1, first.tags
    paths: list[Node] = list(first.starts)
    position = start + 1
    while paths and position < len(entries):
        atoms = entries[position].atoms
        paths = [node.next[atom] for node in paths for atom in atoms if atom in node.next]
        position += 1
        found = paths[0].tags if len(paths) == 1 else NO_TAGS.union(*(node.tags for node in paths))
        if found:
            best_end, best_tags = position, found
    if best_end > start + 1:
        if verb_of(best_tags) is not None:
            best_tags = best_tags | _within(entries, start + 1, best_end, _ROLES)
        elif "first.time" in best_tags:
            best_tags = best_tags | _within(entries, start + 1, best_end, _HANDOVER)
        elif not best_tags.isdisjoint(_PEOPLE):
            best_tags = best_tags | _within(entries, start + 1, best_end, _WHENCE)
    return best_end, best_tags


def _within(entries: list[Word], start: int, end: int, kept: frozenset[str]) -> frozenset[str]:
    """Give what the words within a phrase say besides: "arrived in Ukraine", "жителей Курской области"."""
    found: set[str] = set()
    for inner in range(start, end):
        inner_end, tags = _match(entries[:end], inner)
        found |= tags & kept if inner_end <= end else NO_TAGS
    return frozenset(found)


def _tokens(raw: str, lexicon: Lexicon, published: dt.date) -> Iterator[Token]:
    spans = [found.span() for found in _RAW.finditer(raw)]
    known = lexicon.known
    entries = [known[raw[start:end]] for start, end in spans]
    words = [entry.text for entry in entries]
    position = 0
    while position < len(words):
        entry = entries[position]
        day: Day | None = None
        number: Number | None = None
        if entry.special and (day := read_day(words, position, lexicon, published)) is not None:
            end, tags = day.end, _DAY
        elif entry.special and (number := read_number(words, position, lexicon)) is not None:
            end, tags = number.end, _NUMBER
        elif entry.deep:
            end, tags = _match(entries, position)
            if "sides" in tags and "," in words[position:end] and position and words[position - 1] in _WITH:
                end, tags = position + 1, entry.tags
        else:
            end, tags = position + 1, entry.tags
        text = entry.text if end == position + 1 else " ".join(words[position:end])
        yield Token(text, spans[position][0], spans[end - 1][1], tags, number, day)
        position = end


def _resolve(tokens: list[Token], enemy: str) -> None:
    """Tell which side "the enemy" is, and which a flag that acts: "🇺🇦 received 1,000", "🇷🇺 – 38"."""
    for index, token in enumerate(tokens):
        if token.tags & _ENEMY:
            named = {tag.replace("enemy", enemy) for tag in token.tags & _ENEMY} if enemy else set()
            token.tags = (token.tags - _ENEMY) | named
        elif token.tags & _FLAGS and index + 1 < len(tokens) and _acts(tokens[index + 1]):
            token.tags |= {tag.replace("flag", "party") for tag in token.tags & _FLAGS}


def _acts(token: Token) -> bool:
    """Whether a word behind a flag is its verb, or stands for one."""
    acting = verb_of(token.tags) is not None and not token.text.endswith(_IMPERSONAL)
    return acting or token.text in _STANDS_FOR_VERB


def _spaced(formula: re.Match[str]) -> str:
    """Write "84-for-84" as "84 for 84", every letter in its place; "500-for-500" is the name of a deal."""
    count = int(formula[1])
    return formula[0] if count >= _DEAL and count % 100 == 0 else formula[0].replace("-", " ")


def _is_of_the_matter(tags: frozenset[str]) -> bool:
    """Whether a note of a live blog tells of captives, bodies, or of people who are given, got or home."""
    return not tags.isdisjoint(_MATTER) or (verb_of(tags) is not None and not tags.isdisjoint(_PEOPLE | {"soldier"}))


def read_sentences(
    title: str, text: str, lexicon: Lexicon, published: dt.date, *, enemy: str = "russia"
) -> list[Sentence]:
    """Read an article's sentences, the title first.

    Args:
        enemy: The side that "the enemy" is where the article comes from; empty where that is not known.
    """
    paragraphs = split_paragraphs(text)
    live = sum(_CLOCK.match(paragraph) is not None for paragraph in paragraphs) >= _LIVE
    sentences: list[Sentence] = []
    number = 0
    for paragraph in [title.strip(), *paragraphs]:
        read: list[Sentence] = []
        for position, raw in enumerate(split_sentences(_CLOCK.sub("", paragraph, count=1) if live else paragraph)):
            tokens = list(_tokens(_FORMULA.sub(_spaced, raw), lexicon, published))
            if tokens:
                tags = NO_TAGS.union(*[token.tags for token in tokens])
                if not tags.isdisjoint(_UNRESOLVED):
                    _resolve(tokens, enemy)
                    tags = NO_TAGS.union(*[token.tags for token in tokens])
                read.append(Sentence(raw, tokens, number, position, tags))
        if not live or not number or any(_is_of_the_matter(one.tags) for one in read):
            sentences.extend(read)
            number += 1
    return sentences
