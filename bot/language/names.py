"""The names that a ledger brings with it: agreements, landmarks, those who state figures, numbers of exchanges.

Compiled once for each ledger object and forgotten with it.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from bot.domain.claims import Party
from bot.domain.ledger import Ledger
from bot.domain.rounds import Agreement
from bot.language.meanings import is_known, meanings_of
from bot.language.numbers import is_number_word
from bot.language.tokens import KEPT, fold, latin_key, tokenize

#: Letters that a name keeps whatever its ending.
HEAD = 3
#: Case endings of nouns and of adjectives made from a place ("Стамбулом", "стамбульських", "стамбульского").
_ENDING = re.compile(
    "(?:а|у|ом|ем|ові|еві|і|ї|е|є|и|ы|я|ю|ою|ею|ой|ей|ию|ия|ии|ів|ов|ам|ами|ах|"
    "ь?с?ь?к(?:ий|а|е|і|ого|ої|ому|ій|у|им|ою|их|ими|ая|ое|ие|ой|ую|ом|ім)|"
    "ц[іы]|ц[а-яіїє]{1,3}|ін[а-яіїє]{0,3})?"
)
_LATIN_ENDING = re.compile(
    "(?:s|a|u|om|em|ovi|i|e|ou|oi|ei|s?[kc](?:ii?|a|e|oho|oi|omu|im|oU|ou|ih|imi|aA|oe|ie|uU|om)|lskih)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place where something was agreed, once or several times."""

    #: Folded words that stand for it, in every language.
    words: tuple[str, ...]
    keys: tuple[str, ...]
    #: By date.
    agreements: tuple[Agreement, ...]
    #: What its name alone means: the one whose alias is just the name, else the latest.
    default: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A person or body that states figures, by a distinctive word of its name."""

    party: Party
    #: As `Query.claimant` holds it.
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Everything compiled from one ledger."""

    places: tuple[Place, ...]
    #: First letters of the words and keys of the places.
    heads: frozenset[str]
    #: Aliases made of common words only: folded words → agreement.
    landmarks: tuple[tuple[tuple[str, ...], Agreement], ...]
    #: The same by the first letters of the first word, which it keeps whatever its ending; longest first.
    by_start: dict[str, tuple[tuple[tuple[str, ...], Agreement], ...]]
    #: Folded words that are no unknown words.
    words: frozenset[str]
    claimants: dict[str, Claimant]
    #: Number of an exchange → its day.
    ordinals: Mapping[int, dt.date]

    def knows(self, norm: str) -> bool:
        """Tell whether a folded word is a form of one of these names."""
        return norm in self.claimants or (self.sounds_like_place(norm) and self._is_place(norm))

    def may_begin(self, norm: str) -> bool:
        """Tell whether a folded word may be the first of a place's name or of an alias."""
        starts = self.by_start
        return norm[:HEAD] in starts or norm[:2] in starts or norm[:1] in starts or self.sounds_like_place(norm)

    def _is_place(self, norm: str) -> bool:
        return any(is_place_word(norm, place) for place in self.places)

    def sounds_like_place(self, norm: str) -> bool:
        """Tell whether a folded word begins like the name of a place; most words need no closer look."""
        if not norm.isascii():
            return norm[:HEAD] in self.heads
        bare = _bare(norm)
        return bare[:HEAD] in self.heads or latin_key(bare)[:HEAD] in self.heads


_COMPILED: WeakKeyDictionary[Ledger, Names] = WeakKeyDictionary()


def names_of(ledger: Ledger) -> Names:
    """Return the names of a ledger, compiled when first asked for."""
    names = _COMPILED.get(ledger)
    if names is None:
        names = _COMPILED[ledger] = _compile(ledger)
    return names


def _compile(ledger: Ledger) -> Names:
    places, landmarks = _agreements(ledger.agreements)
    words = {word for place in places for word in place.words}
    return Names(
        places=places,
        heads=frozenset(word[:HEAD] for place in places for word in (*place.words, *place.keys)),
        landmarks=landmarks,
        by_start=_by_start(landmarks),
        words=frozenset(words),
        claimants=_claimants(ledger),
        ordinals=ledger.ordinals,
    )


def _by_start(
    landmarks: tuple[tuple[tuple[str, ...], Agreement], ...],
) -> dict[str, tuple[tuple[tuple[str, ...], Agreement], ...]]:
    by_head: defaultdict[str, list[int]] = defaultdict(list)
    for number, (words, _) in enumerate(landmarks):
        by_head[words[0][:HEAD]].append(number)
    # A word that is shorter than a start is looked for in every longer one that begins with it.
    heads = {start: {start[:length] for length in range(1, len(start) + 1)} for start in by_head}
    return {
        start: tuple(landmarks[number] for number in sorted(n for head in shorter for n in by_head.get(head, ())))
        for start, shorter in heads.items()
    }


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.norm for token in tokenize(text) if token.kind != "mark")


def _agreements(
    agreements: Sequence[Agreement],
) -> tuple[tuple[Place, ...], tuple[tuple[tuple[str, ...], Agreement], ...]]:
    """Tell names of places, which are read with what tells their talks apart, from aliases that only match whole."""
    by_place: defaultdict[str, list[Agreement]] = defaultdict(list)
    landmarks: dict[tuple[str, ...], Agreement] = {}
    own: defaultdict[str, set[str]] = defaultdict(set)
    for agreement in agreements:
        place = fold(agreement.place)
        by_place[place].append(agreement)
        for alias in (name for names in agreement.names.values() for name in names):
            tokens = [token for token in tokenize(alias) if token.kind != "mark"]
            words = tuple(token.norm for token in tokens)
            named = frozenset(token.norm for token in tokens if token.text[:1].isupper())
            core = _core(words, place) & named
            if core:
                own[place].update(core)
            else:
                landmarks.setdefault(_without_preposition(words), agreement)
    places = []
    for place, group in by_place.items():
        if own[place]:
            group.sort(key=lambda a: a.date)
            stems = tuple(sorted(own[place]))
            places.append(
                Place(
                    words=stems,
                    keys=tuple({latin_key(w) for w in stems}),
                    agreements=tuple(group),
                    default=_default(group, own[place]),
                )
            )
    ranked = sorted(((words, a) for words, a in landmarks.items() if words), key=lambda entry: -len(entry[0]))
    return tuple(places), tuple(ranked)


#: Words that count talks as well as handovers.
ROUND_WORDS = frozenset(
    [
        "round",
        "rounds",
        "раунд",
        "раунду",
        "раунда",
        "раунді",
        "раунде",
        "раундом",
        "етап",
        "етапу",
        "этап",
        "этапа",
        "этапе",
        "stage",
        "зустріч",
        "встреча",
        "ii",
        "iii",
    ]
)
#: What may stand beside the name of a place in an alias: talks, their number, month and year.
_BESIDE = ("agreementword", "month:", "monthadj:", "p:in", "fill", "first", "rel:", "and", "unit:year")


def _core(words: Sequence[str], place: str) -> set[str]:
    """Return the words of an alias that name its place; none where it says more than place, talks and time."""
    left = [w for w in words if not (w.isdigit() or is_number_word(w) or _is_beside(w))]
    if not left or any(_is_common(w) for w in left):
        return set()
    named = [w for w in left if any(latin_key(w)[:3] == latin_key(part)[:3] for part in place.split())]
    alone = len(left) == len(words) and len(left) == len(place.split())
    if len(left) == len(named) or alone:
        return set(left)
    return set()


def _is_beside(word: str) -> bool:
    return any(m.sense.startswith(_BESIDE) for m in meanings_of(word)) or word in ROUND_WORDS


def _without_preposition(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return an alias without the "since" that it begins with; the grammar reads that."""
    start = 0
    while start < len(words) and (
        any(m.sense in {"p:since", "p:from", "p:after"} for m in meanings_of(words[start])) or words[start] in _TIMES
    ):
        start += 1
    return words[start:]


_TIMES = frozenset({"часів", "времен", "часу", "времени", "моменту", "момента"})


def _is_common(word: str) -> bool:
    """Tell whether a word of an alias is one of the language, not a name."""
    return is_known(word) or len(word) < 2 or is_number_word(word)


def _default(group: Sequence[Agreement], words: set[str]) -> Agreement:
    for agreement in reversed(group):
        if any(
            set(_words(name)) <= words and not any(c.isdigit() for c in name)
            for names in agreement.names.values()
            for name in names
        ):
            return agreement
    return group[-1]


_SURNAME = re.compile(
    "(?:ov|ev|yev|in|yn|sky|skyy|skyi|skiy|ky|kyi|ets|enko|uk|ko|ov[ai]|ev[ao]|ina|ych|ець|ец|енко|ук|юк|ко|ов|ев|єв|ін|ин|"
    "ий|ова|ева|ина|іна|ич)"
)


def _claimants(ledger: Ledger) -> dict[str, Claimant]:
    """Map the surnames of persons who state figures; one that speaks for several parties is dropped."""
    found: dict[str, Claimant | None] = {}
    for name, party in ledger.claimants.items():
        parts = name.split()
        if not 2 <= len(parts) <= 3 or not all(part[:1].isupper() for part in parts):
            continue
        words = _words(name)
        if len(words) != len(parts) or any(meanings_of(word) for word in words[:-1]):
            continue
        word = words[-1]
        if len(word) < 5 or meanings_of(word) or not _SURNAME.search(word[-5:]):
            continue
        known = found.get(word)
        if word in found and (known is None or known.party != party):
            found[word] = None
        else:
            found[word] = Claimant(party=party, name=name)
    return {word: claimant for word, claimant in found.items() if claimant is not None}


@lru_cache(KEPT)
def is_form_of(norm: str, word: str) -> bool:
    """Tell whether a folded word is a form of a word of an alias."""
    if norm == word or norm == word + "'s":
        return True
    return len(word) > 4 and not word.isascii() and _inflected(norm, word, _ENDING)


def _bare(norm: str) -> str:
    """Return an English word without its possessive ending."""
    return norm[:-2] if norm.endswith("'s") else norm.rstrip("'")


def is_place_word(norm: str, place: Place) -> bool:
    """Tell whether a folded word is a form of the place's name."""
    if norm.isascii():
        norm = _bare(norm)
        if norm in place.words:
            return True
        key = latin_key(norm)
        return len(norm) > 3 and any(_inflected(key, k, _LATIN_ENDING) for k in place.keys)
    return any(_inflected(norm, word, _ENDING) for word in place.words)


def _inflected(form: str, word: str, ending: re.Pattern[str]) -> bool:
    if form == word:
        return True
    if len(word) < 4 or form[:HEAD] != word[:HEAD]:
        return False
    for cut in (0, 1, 2, 3):
        stem = word[: len(word) - cut]
        if len(stem) >= 4 and form.startswith(stem) and ending.fullmatch(form[len(stem) :]):
            return True
    return False
