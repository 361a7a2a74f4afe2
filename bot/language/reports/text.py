"""A text as sentences of tokens, each token with what the lexicon, the numerals and the calendar say about it."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.language.reports.lexicon import Lexicon, Node
from bot.language.reports.values import Day, Number, read_day, read_number

_SPACES = "\u00a0\u202f\u2009\u2007"
_FOLD = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "`": "'", "‘": "'", "ʹ": "'", "\u0301": None})
_LOOKALIKES = str.maketrans("abceiopxytkmh", "авсеіорхуткмн")
_RAW = re.compile(
    r"\d{1,2}\.\d{2}\.(?:\d{4}|\d{2})(?!\d)"
    r"|\d{4}-\d{2}-\d{2}(?!\d)"
    r"|\d+(?:[-–—]\d+)+(?:-[^\W\d_]+)*"
    r"|\d+-[^\W\d_][\w'-]*"
    r"|\d{1,3}(?:[ \u00a0\u202f\u2009,.]\d{3})+(?![\d])(?:-[^\W\d_][\w'-]*)?"
    r"|\d+[.,]\d+"
    r"|\d+(?:st|nd|rd|th|[kK]|м|m)?(?!\w)"
    r"|[^\W_](?:\.[^\W\d_])+\.?"
    r"|[^\W\d_][^\W_]*(?:['’ʼ`‘-][^\W_]+)*"
    r"|\.{3}|[^\w\s]"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”’)]*\s+(?=[\"«“„‘(\[—–-]*\s*(?:[^\W\d_a-zа-яіїєґ]|\d))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:тыс|тис|млн|ім|им|гг|рр|вул|ул|обл|пос|м|г|р|с|ст|т|стр|см|U\.S|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|St)"
    r"|\b[^\W\d_])\.$",
)
_DATELINE = re.compile(r"^(?:[^\W\d_]+\. )?\d{1,2} [^\W\d_]+\.$")


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


def normal(word: str) -> str:
    """Fold case, apostrophes, ё and Latin letters inside Cyrillic words."""
    lowered = word.lower().translate(_FOLD)
    if not lowered.isascii() and any("а" <= letter <= "я" for letter in lowered):
        lowered = lowered.translate(_LOOKALIKES) if any("a" <= letter <= "z" for letter in lowered) else lowered
    return lowered


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


def _match(lexicon: Lexicon, words: list[str], start: int) -> tuple[int, frozenset[str]]:
    """Find the longest phrase that begins here: its end and its tags."""
    best_end, best_tags = start, frozenset[str]()
    paths: list[Node] = [lexicon.root]
    position = start
    while paths and position < len(words):
        atoms = lexicon.atoms(words[position])
        paths = [node.next[atom] for node in paths for atom in atoms if atom in node.next]
        position += 1
        found = frozenset[str]().union(*(node.tags for node in paths)) if paths else frozenset[str]()
        if found:
            best_end, best_tags = position, found
    return best_end, best_tags


def _tokens(raw: str, lexicon: Lexicon, published: dt.date) -> Iterator[Token]:
    spans = [(found.group(), found.start(), found.end()) for found in _RAW.finditer(raw)]
    words = [normal(text) for text, _, _ in spans]
    position = 0
    while position < len(words):
        if (day := read_day(words, position, lexicon, published)) is not None:
            end, tags, number = day.end, frozenset({"day"}), None
        elif (number := read_number(words, position, lexicon)) is not None:
            end, tags = number.end, frozenset({"number"})
        else:
            end, tags = _match(lexicon, words, position)
            end = max(end, position + 1)
        text = " ".join(words[position:end])
        yield Token(text, spans[position][1], spans[end - 1][2], tags, number, day)
        position = end


def read_sentences(title: str, text: str, lexicon: Lexicon, published: dt.date) -> list[Sentence]:
    """Read an article's sentences, the title first."""
    sentences: list[Sentence] = []
    for number, paragraph in enumerate([title.strip(), *split_paragraphs(text)]):
        for position, raw in enumerate(split_sentences(paragraph)):
            tokens = list(_tokens(raw, lexicon, published))
            if tokens:
                tags = frozenset[str]().union(*(token.tags for token in tokens))
                sentences.append(Sentence(raw, tokens, number, position, tags))
    return sentences
