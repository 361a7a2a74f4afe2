"""A question as cells: words and phrases with their senses. Which sense holds is the grammar's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.replies import Correction, Lang
from bot.language.meanings import Meaning, may_instruct, meanings_of, phrases_from, senses_of
from bot.language.numbers import read_number
from bot.language.spelling import base_of, spellings
from bot.language.tokens import Token, tokenize


@dataclass(slots=True, eq=False, repr=False)
class Cell:
    """A word, a phrase, a number or a sign, with everything that it may mean."""

    #: First token and the one behind the last.
    start: int
    end: int
    #: As written.
    text: str
    #: The folded word, or the folded words of a phrase.
    norm: str
    meanings: tuple[Meaning, ...] = ()
    senses: frozenset[str] = frozenset()
    #: English possessive ("Moscow's").
    possessive: bool = False
    mark: bool = False
    number: bool = False
    known: bool = False
    #: Set by the grammar once it is accounted for.
    used: bool = False
    #: What it refers to, where that is no sense of the lexicon (an agreement's ids).
    refers: tuple[str, ...] = ()

    def has(self, *senses: str) -> bool:
        """Tell whether it may mean one of these."""
        return not self.senses.isdisjoint(senses)

    def features(self, sense: str) -> frozenset[str]:
        """Return the features of its forms with that sense, the part of speech among them."""
        found: set[str] = set()
        for meaning in self.meanings:
            if meaning.sense == sense:
                found |= meaning.features
                found.add(meaning.part)
        return frozenset(found)


@dataclass(slots=True, eq=False, repr=False)
class Words:
    """A question as cells, and what was noticed on the way."""

    tokens: list[Token]
    cells: list[Cell]
    corrections: list[Correction] = field(default_factory=list)
    #: What the words say of the language of the question; in the order that they first spoke for one.
    votes: dict[Lang, int] = field(default_factory=dict)


#: Russian words that live in spoken Ukrainian as well.
_RUSSIAN = frozenset(
    [
        *("сколько", "вернули", "когда", "тела", "тел", "кто", "что", "как", "какой", "какая", "где", "или"),
        *("если", "только", "еще", "это", "все", "раз", "обмен"),
    ]
)


class Spelled(NamedTuple):
    """A text as tokens, each with the folded forms that it is looked up as."""

    tokens: list[Token]
    forms: list[tuple[str, ...]]
    corrections: list[Correction]

    @property
    def may_instruct(self) -> bool:
        """A word to the program may stand in it ("back", "why?"); in none there is a figure."""
        if any(token.kind == "number" for token in self.tokens):
            return False
        return any(may_instruct(form) for alike in self.forms for form in alike)


def spell(
    text: str, *, names: frozenset[str] = frozenset(), is_name: Callable[[str], bool] = lambda norm: False
) -> Spelled:
    """Split a text into tokens and look for what each is a spelling of.

    Args:
        names: Folded words of the ledger's own names, which may be misspelt too.
        is_name: Tells whether a folded word is a form of such a name.
    """
    tokens, corrections = tokenize(text), list[Correction]()
    return Spelled(tokens, spellings(tokens, names, is_name, corrections), corrections)


def read_words(spelled: Spelled, *, instructions: bool = False) -> Words:
    """Split a question into cells.

    Args:
        instructions: Look for words to the program as well.
    """
    tokens, forms, corrections = spelled
    words = Words(tokens, [], corrections)
    i = 0
    while i < len(tokens):
        cell = _phrase(tokens, forms, i, instructions=instructions) or _single(tokens, forms, i)
        words.cells.append(cell)
        i = cell.end
    _vote(words)
    return words


def _phrase(tokens: Sequence[Token], forms: Sequence[tuple[str, ...]], i: int, *, instructions: bool) -> Cell | None:
    """Return the longest phrase that begins at a token."""
    best: list[Meaning] = []
    best_end = i
    for first in forms[i]:
        if not (starting := phrases_from(first)):
            continue
        after = _behind_hyphens(tokens, i + 1)
        seconds = {"", *forms[after]} if after < len(tokens) else {""}
        for _, rest, meaning in sorted(entry for second in seconds for entry in starting.get(second, ())):
            if not instructions and meaning.sense.startswith("act:"):
                continue
            end = _match(tokens, forms, i + 1, rest)
            if end is None or end < best_end:
                continue
            if end > best_end:
                best, best_end = [], end
            if meaning not in best:
                best.append(meaning)
    if not best:
        return None
    text = " ".join(token.text for token in tokens[i:best_end])
    norm = " ".join(token.norm for token in tokens[i:best_end])
    return Cell(i, best_end, text, norm, tuple(best), frozenset(m.sense for m in best), known=True)


def _match(tokens: Sequence[Token], forms: Sequence[tuple[str, ...]], j: int, rest: Sequence[str]) -> int | None:
    """Return the index behind the words of a phrase, hyphens skipped; None where they do not stand there."""
    for word in rest:
        j = _behind_hyphens(tokens, j)
        if j >= len(tokens) or word not in forms[j]:
            return None
        j += 1
    return j


def _behind_hyphens(tokens: Sequence[Token], j: int) -> int:
    while j < len(tokens) and tokens[j].text in {"-", "‑", "–"} and tokens[j].glued:
        j += 1
    return j


def _single(tokens: Sequence[Token], forms: Sequence[tuple[str, ...]], i: int) -> Cell:
    token = tokens[i]
    if token.kind == "number":
        return Cell(i, i + 1, token.text, token.norm, number=True, known=True)
    if token.kind == "mark":
        found = meanings_of(token.text)
        between = token.text == "-" and not (token.glued or (i + 1 < len(tokens) and tokens[i + 1].glued))
        return Cell(
            i, i + 1, token.text, "–" if between else token.norm, found, senses_of(token.text), mark=True, known=True
        )
    norm, *others = forms[i]
    merged, senses = meanings_of(norm), senses_of(norm)
    for other in others:
        merged, senses = merged + meanings_of(other), senses | senses_of(other)
    return Cell(
        i,
        i + 1,
        token.text,
        norm,
        merged,
        senses,
        possessive=token.norm.isascii() and (token.norm != base_of(token.norm) or any(map(_is_owner, merged))),
        known=bool(merged) or read_number(tokens, i) is not None,
    )


def _is_owner(meaning: Meaning) -> bool:
    """Tell whether a name stands in the plural that it has not: a possessive without its apostrophe ("kyivs")."""
    return "p" in meaning.features and meaning.sense.startswith(("capital:", "party:", "who:"))


_ONLY_UKRAINIAN = frozenset("іїє")
_ONLY_RUSSIAN = frozenset("ыэъ")


def _vote(words: Words) -> None:
    """Count what each word says about the language of the question."""
    votes = words.votes
    behind = None  # the last cell that is no hyphen
    for cell in words.cells:
        before, behind = behind, behind if cell.text in {"-", "‑"} else cell
        if cell.mark or cell.number or (before is not None and before.number and len(cell.norm) < 4):
            continue  # the ending of "18-го" is one in several languages
        norm = cell.norm
        if not _ONLY_UKRAINIAN.isdisjoint(norm):
            votes["uk"] = votes.get("uk", 0) + 2
        elif not _ONLY_RUSSIAN.isdisjoint(norm):
            votes["ru"] = votes.get("ru", 0) + 2
        meant = cell.meanings
        if meant and (len(meant) == 1 or all(m.lang == meant[0].lang for m in meant)):
            votes[meant[0].lang] = votes.get(meant[0].lang, 0) + 2
        elif norm in _RUSSIAN:
            votes["ru"] = votes.get("ru", 0) + 1
