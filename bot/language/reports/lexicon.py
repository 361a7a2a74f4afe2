"""The words that reports are read by, one TOML file a language, compiled into a phrase matcher.

A pattern is one or more words; ``{a,b}`` stands for each of its alternatives (an empty one too), ``*`` at the end of a
word for any ending. A pattern may stand under several tags. Tags are what the rest of the reader knows; the words are
data, so that a language is added by adding its file.
"""

import datetime as dt
import functools
import itertools
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from bot.domain.claims import Party

LANGUAGES = ("en", "uk", "ru")
_BRACES = re.compile(r"\{([^{}]*)\}")
_VALUED = ("months", "weekdays", "relative_days", "multipliers")
_REMEMBERED = 50_000
_ROLES = ("party.", "to.", "from.", "amb.", "elliptic.")
NO_TAGS: frozenset[str] = frozenset()
_FOLD = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "`": "'", "‘": "'", "ʹ": "'", "\u0301": None})
_LOOKALIKES = str.maketrans("abceiopxytkmh", "авсеіорхуткмн")
#: What a tag says besides.
_IMPLIED = {"noun.exchange": frozenset({"noun.handover"})}
_FORMS = ("done", "participle", "infinitive", "future")
_CASES = ("nom", "gen", "dat", "acc", "ins")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Somebody who states figures."""

    name: str
    party: Party
    #: A person or body that is known for it; False for "an official", "a source".
    named: bool = True


#: A node of the matcher: what ends here, and where the next word leads.
@dataclass(slots=True)
class Node:
    """One step of the phrase matcher."""

    tags: frozenset[str]
    next: dict[str, "Node"]


@functools.lru_cache(maxsize=_REMEMBERED)
def verb_of(tags: frozenset[str]) -> str | None:
    """Give the sort of the verb of handing over that a word is; None where it is none."""
    return next((tag[5:] for tag in tags if tag.startswith("verb.")), None)


@functools.lru_cache(maxsize=_REMEMBERED)
def names_party(tags: frozenset[str]) -> bool:
    """Tell whether a word names a side, in any role."""
    return any(tag.startswith(_ROLES) for tag in tags)


@functools.lru_cache(maxsize=_REMEMBERED)
def claimants_of(tags: frozenset[str]) -> tuple[str, ...]:
    """Give the tags of the claimants that a word names, in their order."""
    return tuple(sorted(tag for tag in tags if tag.startswith("claimant.")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the lexicon knows of one word."""

    #: In its normal spelling.
    text: str
    #: Pattern words that it fits.
    atoms: tuple[str, ...]
    #: Where its phrases begin in the matcher.
    starts: tuple[Node, ...]
    #: Tags of the word alone.
    tags: frozenset[str]
    #: Phrases may go on behind it.
    deep: bool
    #: It may begin a day or a number.
    special: bool


@dataclass(slots=True, kw_only=True)
class Lexicon:
    """The compiled words of one language."""

    language: str
    root: Node
    claimants: Mapping[str, Claimant]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numerals: Mapping[str, float]
    multipliers: Mapping[str, int]
    #: Days from publication by word: "yesterday" is -1.
    relative_days: Mapping[str, int]
    #: Words after which a bare "thousand" is one thousand.
    before_thousand: frozenset[str]
    #: Words for "the day before" that also mean the eve of something.
    eve_words: frozenset[str]
    #: "days" and "ago" of "two days ago".
    day_words: frozenset[str]
    ago_words: frozenset[str]
    _prefixes: frozenset[str]
    _exact: frozenset[str]
    _longest: int
    #: Words that may begin a day or a number.
    _valued: frozenset[str]
    #: What is known of each word as it stands in a text, looked up once.
    known: "KnownWords" = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no words known."""
        self.known = KnownWords(self)

    def word(self, raw: str) -> "Word":
        """Give what is known of a word as it stands in a text."""
        return self.known[raw]

    def look_up(self, text: str) -> "Word":
        atoms = [text] if text in self._exact else []
        for length in range(min(len(text), self._longest), 1, -1):
            if text[:length] in self._prefixes:
                atoms.append(text[:length] + "*")
        starts = tuple(self.root.next[atom] for atom in atoms if atom in self.root.next)
        special = (
            text[0].isdecimal()
            or text == "a"
            or text.removesuffix("'s") in self._valued
            or any(part in self.numerals for part in text.split("-"))
        )
        return Word(
            text=text,
            atoms=tuple(atoms),
            starts=starts,
            tags=NO_TAGS.union(*(node.tags for node in starts)),
            deep=any(node.next for node in starts),
            special=special,
        )


class KnownWords(dict[str, Word]):
    """The words met so far, as many as are remembered; asking for another looks it up."""

    __slots__ = ("_lexicon",)

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, raw: str) -> Word:
        """Look a word up, and remember it while there is room."""
        word = self._lexicon.look_up(normal(raw))
        if len(self) < _REMEMBERED:
            self[raw] = word
        return word


def normal(word: str) -> str:
    """Fold case, apostrophes, ё and Latin letters inside Cyrillic words."""
    lowered = word.lower().translate(_FOLD)
    if not lowered.isascii() and any("а" <= letter <= "я" for letter in lowered):
        lowered = lowered.translate(_LOOKALIKES) if any("a" <= letter <= "z" for letter in lowered) else lowered
    return lowered or word


def expand(pattern: str) -> Iterator[str]:
    """Write out the alternatives of a pattern."""
    braces = _BRACES.search(pattern)
    if braces is None:
        yield pattern
        return
    for alternative in braces.group(1).split(","):
        yield from expand(pattern[: braces.start()] + alternative + pattern[braces.end() :])


def _frozen(language: str) -> dict[str, Any]:
    """Load every form of the words that are given as lemmas; a language without them has none."""
    source = resources.files("bot.language.reports") / "lexicon" / "forms.json"
    empty: dict[str, Any] = {"verbs": {}, "words": {}, "numerals": {}}
    forms: dict[str, Any] = json.loads(source.read_text(encoding="utf-8")).get(language, empty)
    return forms


def _frozen_patterns(forms: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for tag, words in forms["words"].items():
        for word in words:
            yield tag, word
    for verb, sorts in forms["verbs"].items():
        for form, words in sorts.items():
            for word in words:
                yield f"verb.{verb}", word
                yield f"form.{form}", word


def _tagged_patterns(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for tag, patterns in data["words"].items():
        for pattern in patterns:
            yield tag, pattern
    for verb, forms in data["verbs"].items():
        for form in _FORMS:
            for pattern in forms.get(form, ()):
                yield f"verb.{verb}", pattern
                yield f"form.{form}", pattern
    for number, claimant in enumerate(data["claimants"]):
        for pattern in claimant["words"]:
            yield f"claimant.{number}", pattern
            if claimant["party"] != "other":
                yield f"official.{claimant['party']}", pattern
    yield from _named_patterns(data)


def _named_patterns(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the roles of the parties' names: by case and preposition; "amb" where a bare form may be of two cases."""
    for name in data["names"]:
        cases = {case: {form for pattern in name.get(case, ()) for form in expand(pattern)} for case in _CASES}
        for role, patterns in data["roles"].items():
            for pattern in patterns:
                case = next(case for case in _CASES if case.upper() in pattern)
                for form in sorted(cases[case]):
                    unclear = pattern == "DAT" and form in cases["gen"]
                    if pattern != "NOM" or form not in cases["dat"]:
                        tag = f"{'amb' if unclear else role}.{name['party']}"
                        yield tag, pattern.replace(case.upper(), form)


def _compile(patterns: Iterator[tuple[str, str]]) -> tuple[Node, set[str]]:
    root, words = Node(NO_TAGS, {}), set()
    for tag, pattern in patterns:
        for phrase in expand(pattern):
            node = root
            for word in phrase.split():
                words.add(word)
                node = node.next.setdefault(word, Node(NO_TAGS, {}))
            node.tags = node.tags | {tag} | _IMPLIED.get(tag, NO_TAGS)
    return root, words


def _spelled(table: Mapping[str, list[str]]) -> dict[str, int]:
    return {form: int(number) for number, patterns in table.items() for pattern in patterns for form in expand(pattern)}


@functools.cache
def load_lexicon(language: str) -> Lexicon:
    """Load and compile the words of a language."""
    source = resources.files("bot.language.reports") / "lexicon" / f"{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    forms = _frozen(language)
    root, words = _compile(itertools.chain(_tagged_patterns(data), _frozen_patterns(forms)))
    numerals = {form: float(n) for n, ps in data["numerals"].items() for p in ps for form in expand(p)}
    numerals |= {form: float(n) for n, spelled in forms["numerals"].items() for form in spelled}
    prefixes = frozenset(word[:-1] for word in words if word.endswith("*"))
    return Lexicon(
        language=language,
        root=root,
        claimants={
            f"claimant.{number}": Claimant(name=entry["name"], party=entry["party"], named=entry.get("named", True))
            for number, entry in enumerate(data["claimants"])
        },
        months=_spelled(data["months"]),
        weekdays=_spelled(data["weekdays"]),
        numerals=numerals,
        multipliers=_spelled(data["multipliers"]),
        relative_days=_spelled(data["relative_days"]),
        before_thousand=frozenset(data["before_thousand"]),
        eve_words=frozenset(data["eve_words"]),
        day_words=frozenset(data["day_words"]),
        ago_words=frozenset(data["ago_words"]),
        _prefixes=prefixes,
        _exact=frozenset(word for word in words if not word.endswith("*")),
        _longest=max(map(len, prefixes), default=0),
        _valued=frozenset().union(*(_spelled(data[table]) for table in _VALUED), numerals),
    )


def tell_language(text: str) -> str:
    """Tell English, Ukrainian and Russian apart by their letters."""
    cyrillic = sum("а" <= letter <= "я" or letter in "іїєґё" for letter in text[:3000].lower())
    if cyrillic * 3 < sum(map(str.isalpha, text[:3000])):
        return "en"
    lowered = text.lower()
    ukrainian = sum(map(lowered.count, "іїєґ"))
    return "uk" if ukrainian > sum(map(lowered.count, "ыэъё")) else "ru"


#: The day that "since the full-scale invasion" counts from.
INVASION = dt.date(2022, 2, 24)
