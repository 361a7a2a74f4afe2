"""What a folded form may mean: the frozen lexicon of three languages, looked up."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bot.domain.replies import Lang
from bot.language.frozen import FrozenTable, thawed
from bot.language.tokens import KEPT, latin_key


class Meaning(NamedTuple):
    """One sense of a form."""

    sense: str
    lang: Lang
    #: N, A, V or X.
    part: str
    #: Case and number pairs, or forms of a verb; see the generator.
    features: frozenset[str]


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


@lru_cache(KEPT)
def meanings_of(form: str) -> tuple[Meaning, ...]:
    """Return what a folded form may mean."""
    entries = lexicon().words.get(form)
    return tuple(map(_meaning, entries.split(";"))) if entries else ()


@lru_cache(KEPT)
def senses_of(form: str) -> frozenset[str]:
    """Return the senses of a folded form."""
    return frozenset(m.sense for m in meanings_of(form))


@cache
def _meaning(entry: str) -> Meaning:
    sense, lang, part, *features = entry.split(" ")
    return Meaning(sense, lang, part, frozenset(features))  # type: ignore[arg-type]


@lru_cache(KEPT)
def may_instruct(form: str) -> bool:
    """Tell whether a form is a word to the program, or the first of several."""
    return "act:" in (lexicon().words.get(form) or "") or "act:" in (lexicon().phrases.get(form) or "")


#: A phrase behind its first word: its place among those of that word (longest first), its words and its meaning.
Rest = tuple[int, tuple[str, ...], Meaning]


@lru_cache(KEPT)
def phrases_from(first: str) -> Mapping[str, Sequence[Rest]]:
    """Return the phrases that begin with a word, by their second word; "" for those that have none."""
    entries = lexicon().phrases.get(first)
    if not entries:
        return {}
    rows = []
    for entry in entries.split(";"):
        rest, sense, lang = entry.split("|")
        rows.append((tuple(rest.split()), _meaning(f"{sense} {lang} X")))
    found: dict[str, list[Rest]] = {}
    for place, (words, meaning) in enumerate(sorted(rows, key=lambda row: -len(row[0]))):
        found.setdefault(words[0] if words else "", []).append((place, words, meaning))
    return found


@lru_cache(KEPT)
def sounding_like(norm: str) -> tuple[str, ...]:
    """Return the known forms that sound like a folded word, in Latin letters or in a neighbour's spelling."""
    return tuple((latin_forms().get(latin_key(norm)) or "").split())


@lru_cache(KEPT)
def is_known(norm: str) -> bool:
    """Tell whether a word stands in the lexicon, for itself or in a phrase."""
    return bool(meanings_of(norm)) or norm in lexicon().parts
