"""Which known words a written one may be: Latin letters, neighbours' spelling, one edit, an adverb of no weight."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from bot.domain.replies import Correction
from bot.language.frozen import FrozenTable, thawed
from bot.language.meanings import is_known, latin_forms, lexicon, meanings_of, sounding_like
from bot.language.numbers import read_number
from bot.language.tokens import KEPT, Token, latin_key


@cache
def _adverbs() -> FrozenTable:
    return thawed("adverbs.txt")


@cache
def _confusions() -> FrozenTable:
    return thawed("confusions.txt")


#: English words that are no sign of English among transliterated words.
_NEUTRAL = frozenset(
    [
        *("til", "tel", "a", "i", "do", "to", "za", "na", "no", "po", "so", "or", "u", "the", "in", "th"),
        *("st", "nd", "rd", "from", "of", "s", "v", "z", "k"),
    ]
)
#: Senses of which a word is never the correction of another.
_UNTOUCHABLE = frozenset(
    [
        *("month", "people", "party", "capital", "who", "weekday", "season", "neg", "oos", "unsup", "own"),
        *("losses", "find", "missing", "kin", "act", "held", "future", "except", "asof", "our", "their"),
        *("contact", "side"),
        *("group", "feast", "quarterly", "swapdir", "bothsides", "only", "relative"),
    ]
)
#: Senses too rare for a misspelt word to mean them: "prisonr" is a prisoner, no prison.
_RARE = frozenset(["prison", "leave"])
#: Misspellings that are words of their own.
_CONFUSION = frozenset(
    [
        *("обман", "обмана", "обману", "обманом", "обмані", "обмане", "поранених", "поранені", "пораненых"),
        *("зниклих", "зниклі", "sweep", "swamp", "boards", "bodied", "buddies", "bodice", "tears", "liver"),
        *("lever", "heard", "hand", "dad", "lust", "lost", "lit", "past", "fist", "thirst", "prison"),
        *("poison", "cast", "power", "powers", "coast", "boys", "crash", "crashed", "crashes", "sanity", "argue"),
        *("letter", "letters", "books", "shoes", "server", "update"),
    ]
)


def spellings(
    tokens: Sequence[Token], names: frozenset[str], is_name: Callable[[str], bool], corrections: list[Correction]
) -> list[tuple[str, ...]]:
    """Return for each token the folded forms that it is looked up as; what was corrected is added to `corrections`."""
    slavic = _is_transliterated(tokens)
    forms: list[tuple[str, ...]] = []
    for i, token in enumerate(tokens):
        norm = token.norm
        found = _as_written(norm, slavic=slavic) if token.kind == "word" else (norm,)
        if not found and not norm.isascii() and _says_how_joined(tokens, i):
            found = (_HARMLESS_WORD,)
        if not found and not is_name(norm):
            found = _otherwise(tokens, i, names, corrections)
        forms.append(found or (norm,))
    return forms


@lru_cache(KEPT)
def _as_written(norm: str, *, slavic: bool) -> tuple[str, ...]:
    """Return the known forms that a folded word is without any mistake; none where it is no known word."""
    if not norm.isascii():
        return (norm,) if is_known(norm) else ()
    if slavic and (keyed := sounding_like(norm)):
        return keyed
    base = base_of(norm)
    if is_known(base) or meanings_of(norm):
        return (norm, base) if base != norm else (norm,)
    return sounding_like(norm) if len(latin_key(norm)) > 1 else ()


def _otherwise(
    tokens: Sequence[Token], i: int, names: frozenset[str], corrections: list[Correction]
) -> tuple[str, ...]:
    """Return what an unknown word is: a known one in a neighbour's spelling, an adverb of no weight, or misspelt."""
    token = tokens[i]
    if not token.norm.isascii() and len(token.norm) > 2 and (keyed := sounding_like(token.norm)):
        # Ukrainian on a Russian keyboard, and the other way round
        return keyed
    if _says_how(token):
        return (_HARMLESS_WORD,)
    near = _nearest(token.norm, names)
    if not near or read_number(tokens, i):
        return ()
    best = min(near, key=lambda w: (abs(len(w) - len(token.norm)), w))
    corrections.append(Correction(written=token.text, read=best))
    return near


#: A known word without weight, which stands for the adverbs that the lexicon does not list.
_HARMLESS_WORD = "просто"


def _says_how(token: Token) -> bool:
    """Tell whether an unknown word is an adverb, which never restricts what is counted."""
    if token.text[:1].isupper() and token.start:
        return False
    if token.norm.isascii():
        return token.norm.endswith("ly") and len(token.norm) > 5
    return token.norm in _adverbs()


def _says_how_joined(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a word is the second half of an adverb like "по-різному", "по-новому"."""
    if not tokens[i].glued or not tokens[i].norm.endswith(("ому", "ему", "ськи", "цьки", "ски")):
        return False
    return i > 1 and tokens[i - 1].text in {"-", "‑"} and tokens[i - 2].norm == "по"


def base_of(norm: str) -> str:
    """Return an English word without its possessive ending."""
    if norm.endswith("'s"):
        return norm[:-2]
    if norm.endswith("s") and not meanings_of(norm) and any(m.sense.startswith(_OWN) for m in meanings_of(norm[:-1])):
        return norm[:-1]
    return norm.rstrip("'")


#: Senses of names that take a possessive even without its apostrophe ("zelenskys total").
_OWN = ("who:", "capital:", "party:")


def _is_transliterated(tokens: Sequence[Token]) -> bool:
    """Tell whether Latin words are mostly Ukrainian or Russian ones in Latin letters."""
    english = slavic = 0
    for token in tokens:
        if token.kind == "word" and token.norm.isascii() and token.norm not in _NEUTRAL:
            if meanings_of(base_of(token.norm)):
                english += 1
            elif len(latin_key(token.norm)) > 1 and sounding_like(token.norm):
                slavic += 1
    return slavic > english


@lru_cache(KEPT)
def _nearest(norm: str, names: frozenset[str]) -> tuple[str, ...]:
    """Return the only known word one edit away from a misspelt one, in all spellings that are as near."""
    if norm in _confusions() or len(norm) < 4 or norm in _CONFUSION:
        return ()
    near = _edited_names(norm, names) | edited(norm, lexicon().words)
    if norm.isascii() and not near:
        latin = latin_forms()
        near = {form for key in edited(latin_key(norm), latin) for form in (latin.get(key) or "").split()}
    near = {w for w in near if max(len(w), len(norm)) >= 5 or sorted(w) == sorted(norm)}
    near = {w for w in near if not _is_rare(w)}
    if not near:
        return ()
    senses = {frozenset((m.sense, m.lang) for m in meanings_of(w)) for w in near}
    if len(senses) > 1:
        by_sense = {frozenset(m.sense for m in meanings_of(w)) for w in near}
        if len(by_sense) > 1:
            return ()
    if any(_untouchable(w) for w in near):
        return ()
    return tuple(sorted(near))


def _is_rare(word: str) -> bool:
    found = meanings_of(word)
    return bool(found) and all(m.sense in _RARE for m in found)


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
