"""What each word of a question may mean, in three languages together.

A text becomes cells: words and phrases with their senses from the frozen lexicon. Latin spellings of Ukrainian and
Russian find their Cyrillic words, and a misspelt word its only neighbour one edit away. Which sense holds is the
grammar's.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from bot.domain.replies import Correction, Lang
from bot.language.frozen import FrozenTable, thawed
from bot.language.numbers import read_number
from bot.language.tokens import Token, latin_key, tokenize


class Meaning(NamedTuple):
    """One sense of a form."""

    sense: str
    lang: Lang
    #: N, A, V or X.
    part: str
    #: Case and number pairs, or forms of a verb; see the generator.
    features: frozenset[str]


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


#: Words of questions whose meanings are kept; people ask with the same ones.
KEPT = 4096


class Lexicon(NamedTuple):
    """The frozen tables."""

    #: Form → its meanings.
    words: FrozenTable
    #: First word → the rest of each phrase with its sense and language.
    phrases: FrozenTable
    #: Words that stand in phrases only.
    parts: FrozenTable


@cache
def lexicon() -> Lexicon:
    """Open the tables, once."""
    return Lexicon(thawed("forms.txt"), thawed("phrases.txt"), thawed("parts.txt"))


@cache
def latin_forms() -> FrozenTable:
    """Open what sounds alike, once and only where a word is not in the lexicon as it is written."""
    return thawed("latin.txt")


@cache
def _adverbs() -> FrozenTable:
    return thawed("adverbs.txt")


@cache
def _confusions() -> FrozenTable:
    return thawed("confusions.txt")


@lru_cache(KEPT)
def meanings_of(form: str) -> tuple[Meaning, ...]:
    """Return what a folded form may mean."""
    entries = lexicon().words.get(form)
    return tuple(map(_meaning, entries.split(";"))) if entries else ()


@cache
def _meaning(entry: str) -> Meaning:
    sense, lang, part, *features = entry.split(" ")
    return Meaning(sense, lang, part, frozenset(features))  # type: ignore[arg-type]


@lru_cache(KEPT)
def _may_instruct(form: str) -> bool:
    """Tell whether a form is a word to the program, or the first of several."""
    return "act:" in (lexicon().words.get(form) or "") or "act:" in (lexicon().phrases.get(form) or "")


#: A phrase behind its first word: its place among those of that word (longest first), its words and its meaning.
_Rest = tuple[int, tuple[str, ...], Meaning]


@lru_cache(KEPT)
def _phrases_from(first: str) -> Mapping[str, Sequence[_Rest]]:
    """Return the phrases that begin with a word, by their second word; "" for those that have none."""
    entries = lexicon().phrases.get(first)
    if not entries:
        return {}
    rows = []
    for entry in entries.split(";"):
        rest, sense, lang = entry.split("|")
        rows.append((tuple(rest.split()), _meaning(f"{sense} {lang} X")))
    found: dict[str, list[_Rest]] = {}
    for place, (words, meaning) in enumerate(sorted(rows, key=lambda row: -len(row[0]))):
        found.setdefault(words[0] if words else "", []).append((place, words, meaning))
    return found


@dataclass(slots=True, eq=False, repr=False)
class Words:
    """A question as cells, and what was noticed on the way."""

    tokens: list[Token]
    cells: list[Cell]
    corrections: list[Correction] = field(default_factory=list)
    votes: Counter[Lang] = field(default_factory=Counter)


#: English words that are no sign of English among transliterated words.
_NEUTRAL = frozenset(
    [
        "til",
        "tel",
        "a",
        "i",
        "do",
        "to",
        "za",
        "na",
        "no",
        "po",
        "so",
        "or",
        "u",
        "the",
        "in",
        "th",
        "st",
        "nd",
        "rd",
        "from",
        "of",
        "s",
        "v",
        "z",
        "k",
    ]
)
#: Russian words that live in spoken Ukrainian as well.
_RUSSIAN = frozenset(
    [
        "сколько",
        "вернули",
        "когда",
        "тела",
        "тел",
        "кто",
        "что",
        "как",
        "какой",
        "какая",
        "где",
        "или",
        "если",
        "только",
        "еще",
        "это",
        "все",
        "раз",
        "обмен",
    ]
)
#: Senses of which a word is never the correction of another.
_UNTOUCHABLE = frozenset(
    [
        "month",
        "people",
        "party",
        "capital",
        "who",
        "weekday",
        "season",
        "neg",
        "oos",
        "unsup",
        "losses",
        "find",
        "missing",
        "kin",
        "act",
        "held",
        "future",
        "except",
        "asof",
    ]
)
#: Misspellings that are words of their own.
_CONFUSION = frozenset(
    [
        "обман",
        "обмана",
        "обману",
        "обманом",
        "обмані",
        "обмане",
        "поранених",
        "поранені",
        "пораненых",
        "зниклих",
        "зниклі",
        "sweep",
        "swamp",
        "boards",
        "bodied",
        "buddies",
        "bodice",
        "tears",
        "liver",
        "lever",
        "heard",
        "hand",
        "dad",
        "lust",
        "lost",
        "lit",
        "past",
        "fist",
        "thirst",
        "prison",
        "poison",
        "cast",
        "power",
        "powers",
        "coast",
        "boys",
    ]
)


def read_words(
    text: str,
    *,
    names: Collection[str] = (),
    is_name: Callable[[str], bool] = lambda norm: False,
    instructions: bool = False,
) -> Words:
    """Split a question into cells.

    Args:
        names: Folded words of the ledger's own names, which may be misspelt too.
        is_name: Tells whether a folded word is a form of such a name.
        instructions: Look for words to the program ("back", "why?") as well; a text without any has no cells.
    """
    words = Words(tokenize(text), [])
    forms = _forms(words, frozenset(names), is_name)
    if instructions and not any(_may_instruct(form) for alike in forms for form in alike):
        return words
    i = 0
    while i < len(words.tokens):
        cell = _phrase(words.tokens, forms, i, instructions=instructions) or _single(words.tokens, forms, i)
        words.cells.append(cell)
        i = cell.end
    _vote(words)
    return words


def _forms(words: Words, names: frozenset[str], is_name: Callable[[str], bool]) -> list[tuple[str, ...]]:
    """Return for each token the folded forms that it is looked up as."""
    slavic = _is_transliterated(words.tokens)
    forms: list[tuple[str, ...]] = []
    for token in words.tokens:
        if token.kind != "word":
            forms.append((token.norm,))
            continue
        norm = token.norm
        found: tuple[str, ...] = ()
        if norm.isascii():
            base = _base(norm)
            english = is_known(base) or bool(meanings_of(norm))
            if slavic and (keyed := latin_forms().get(latin_key(norm))):
                found = tuple(keyed.split())
            elif english:
                found = (norm, base) if base != norm else (norm,)
            elif len(key := latin_key(norm)) > 1 and (keyed := latin_forms().get(key)):
                found = tuple(keyed.split())
        elif is_known(norm):
            found = (norm,)
        elif not is_name(norm) and len(norm) > 2 and (keyed := latin_forms().get(latin_key(norm))):
            # Ukrainian on a Russian keyboard, and the other way round: it sounds like a known word.
            found = tuple(keyed.split())
        if not found and not is_name(norm) and _says_how(token):
            found = (_HARMLESS_WORD,)
        if not found and not is_name(norm):
            found = _guess(words, token, names)
        forms.append(found or (norm,))
    return forms


def is_known(norm: str) -> bool:
    """Tell whether a word stands in the lexicon, for itself or in a phrase."""
    return bool(meanings_of(norm)) or norm in lexicon().parts


#: A known word without weight, which stands for the adverbs that the lexicon does not list.
_HARMLESS_WORD = "просто"


def _says_how(token: Token) -> bool:
    """Tell whether an unknown word is an adverb, which never restricts what is counted."""
    if token.text[:1].isupper() and token.start:
        return False
    if token.norm.isascii():
        return token.norm.endswith("ly") and len(token.norm) > 5
    return token.norm in _adverbs()


def _base(norm: str) -> str:
    """Return an English word without its possessive ending."""
    if norm.endswith("'s"):
        return norm[:-2]
    return norm.rstrip("'")


def _is_transliterated(tokens: Sequence[Token]) -> bool:
    """Tell whether Latin words are mostly Ukrainian or Russian ones in Latin letters."""
    english = slavic = 0
    for token in tokens:
        if token.kind == "word" and token.norm.isascii() and token.norm not in _NEUTRAL:
            if meanings_of(_base(token.norm)):
                english += 1
            elif len(key := latin_key(token.norm)) > 1 and key in latin_forms():
                slavic += 1
    return slavic > english


def _guess(words: Words, token: Token, names: frozenset[str]) -> tuple[str, ...]:
    """Return the only known word one edit away from a misspelt one, and note the correction."""
    norm = token.norm
    if (
        norm in _confusions()
        or len(norm) < 4
        or norm in _CONFUSION
        or read_number(words.tokens, words.tokens.index(token))
    ):
        return ()
    near = _edited_names(norm, names) | edited(norm, lexicon().words)
    if norm.isascii() and not near:
        latin = latin_forms()
        near = {form for key in edited(latin_key(norm), latin) for form in (latin.get(key) or "").split()}
    near = {w for w in near if max(len(w), len(norm)) >= 5}
    if not near:
        return ()
    senses = {frozenset((m.sense, m.lang) for m in meanings_of(w)) for w in near}
    if len(senses) > 1:
        by_sense = {frozenset(m.sense for m in meanings_of(w)) for w in near}
        if len(by_sense) > 1:
            return ()
    if any(_untouchable(w) for w in near):
        return ()
    best = min(near, key=lambda w: (abs(len(w) - len(norm)), w))
    words.corrections.append(Correction(written=token.text, read=best))
    return tuple(sorted(near))


def _untouchable(word: str) -> bool:
    return any(m.sense.partition(":")[0] in _UNTOUCHABLE for m in meanings_of(word))


_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщьыэюяіїє", "abcdefhiklmnoprstuvzACUZXQ")


def edits(word: str) -> Iterator[str]:
    """Yield every word one insertion, deletion, replacement or swap away."""
    for i in range(len(word) + 1):
        yield from _edits_at(word, i)


def _edits_at(word: str, i: int) -> Iterator[str]:
    """Yield those that agree with the word up to a letter."""
    latin = _ALPHABETS[0] if word.islower() else _ALPHABETS[2]
    alphabet = latin if word.isascii() else _ALPHABETS[1]
    head, tail = word[:i], word[i:]
    if tail:
        yield head + tail[1:]
        for c in alphabet:
            yield head + c + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
    for c in alphabet:
        yield head + c + tail


def edited(word: str, table: FrozenTable) -> set[str]:
    """Return the words of a table that are one edit away, looking no further than any of them begins like the word."""
    found: set[str] = set()
    for i in range(len(word) + 1):
        if not table.begins(word[:i]):
            break
        found |= table.among(_edits_at(word, i))
    return found


def _edited_names(word: str, names: frozenset[str]) -> set[str]:
    """Return the names that are one edit away; they keep the first letter or the last."""
    close = {n for n in names if abs(len(n) - len(word)) <= 1 and (n[0] == word[0] or n[-1] == word[-1])}
    return close.intersection(edits(word)) if close else close


def _phrase(tokens: Sequence[Token], forms: Sequence[tuple[str, ...]], i: int, *, instructions: bool) -> Cell | None:
    """Return the longest phrase that begins at a token."""
    best: list[Meaning] = []
    best_end = i
    after = _behind_hyphens(tokens, i + 1)
    seconds = {"", *forms[after]} if after < len(tokens) else {""}
    for first in forms[i]:
        starting = _phrases_from(first)
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
        return Cell(i, i + 1, token.text, token.norm, found, frozenset(m.sense for m in found), mark=True, known=True)
    merged = tuple(m for form in forms[i] for m in meanings_of(form))
    norm = forms[i][0] if forms[i] else token.norm
    return Cell(
        i,
        i + 1,
        token.text,
        norm,
        merged,
        frozenset(m.sense for m in merged),
        possessive=token.norm.isascii() and token.norm != _base(token.norm),
        known=bool(merged) or read_number(tokens, i) is not None,
    )


_ONLY_UKRAINIAN = frozenset("іїє")
_ONLY_RUSSIAN = frozenset("ыэъ")


def _vote(words: Words) -> None:
    """Count what each word says about the language of the question."""
    for cell in words.cells:
        if cell.mark or cell.number:
            continue
        norm = cell.norm
        if not _ONLY_UKRAINIAN.isdisjoint(norm):
            words.votes["uk"] += 2
        elif not _ONLY_RUSSIAN.isdisjoint(norm):
            words.votes["ru"] += 2
        langs = {m.lang for m in cell.meanings}
        if len(langs) == 1:
            words.votes[next(iter(langs))] += 2
        elif norm in _RUSSIAN:
            words.votes["ru"] += 1
