"""Freeze the lexicon with every form of every word into `forms.txt`, `phrases.txt`, `parts.txt` and `latin.txt`.

    python build_forms.py        (needs the extra "lexicon": pymorphy3 and both dictionaries)

Each is a table as `bot.language.frozen` reads it. `forms`: a form and its meanings, "sense language features",
several separated by ";". `phrases`: a first word and "rest|sense|language" of each phrase, separated so too. `parts`:
words that stand in phrases only. `latin`: the sloppy Latin spelling of a Cyrillic form
(`bot.language.tokens.latin_key`) and the forms that share it.

Features: a part of speech (N, A, V, X) and, behind it, case and number pairs ("sg" singular genitive, "pn" plural
nominative) or the form of a verb (m f n p past, i infinitive, S P 1 present, F future, ! imperative, 0 passive;
in English b s d g: base, -s, -ed, -ing).
"""

import itertools
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymorphy3

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from bot.language.frozen import freeze  # noqa: E402
from bot.language.tokens import fold, latin_key  # noqa: E402

CASES = {
    "nomn": "n",
    "gent": "g",
    "datv": "d",
    "accs": "a",
    "ablt": "i",
    "loct": "l",
    "gen2": "g",
    "loc2": "l",
    "acc2": "a",
}
IRREGULAR = {
    "give": "gave given giving",
    "send": "sent sent sending",
    "ship": "shipped shipped shipping",
    "get": "got gotten getting",
    "bring": "brought brought bringing",
    "take": "took taken taking",
    "come": "came come coming",
    "go": "went gone going",
    "hold": "held held holding",
    "tell": "told told telling",
    "say": "said said saying",
    "write": "wrote written writing",
    "hear": "heard heard hearing",
    "read": "read read reading",
    "see": "saw seen seeing",
    "put": "put put putting",
    "lose": "lost lost losing",
    "shoot": "shot shot shooting",
    "let": "let let letting",
    "find": "found found finding",
    "show": "showed shown showing",
    "swap": "swapped swapped swapping",
    "transfer": "transferred transferred transferring",
    "begin": "began begun beginning",
    "break": "broke broken breaking",
    "split": "split split splitting",
    "occur": "occurred occurred occurring",
    "admit": "admitted admitted admitting",
    "differ": "differed differed differing",
    "die": "died died dying",
    "free": "freed freed freeing",
    "set": "set set setting",
    "win": "won won winning",
    "v": "v v v",
    "quote": "quoted quoted quoting",
    "grab": "grabbed grabbed grabbing",
}
PLURALS = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "body": "bodies",
    "corpse": "corpses",
}
MISSED: list[str] = []


def english(word: str, pos: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of an English word with their features."""
    if pos == "n":
        yield word, "N s"
        yield plural(word), "N p"
    elif pos == "a":
        yield word, "A"
    elif pos == "v":
        stem = word[:-1] if word.endswith("e") and not word.endswith("ee") else word
        past, participle, ing = (
            IRREGULAR[word].split() if word in IRREGULAR else (regular_past(word), regular_past(word), stem + "ing")
        )
        yield word, "V b"
        yield plural(word), "V s"
        yield past, "V d"
        yield participle, "V d"
        yield ing, "V g"
    else:
        yield word, "X"


def plural(word: str) -> str:
    """Return the -s form of a noun or verb."""
    if word in PLURALS:
        return PLURALS[word]
    if word.endswith("man") and word not in {"german", "human"}:
        return word[:-3] + "men"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh|o)$", word) and word not in {"photo", "video"} else "s")


def regular_past(word: str) -> str:
    """Return the -ed form."""
    if word.endswith("e"):
        return word + "d"
    return word[:-1] + "ied" if re.search(r"[^aeiou]y$", word) else word + "ed"


class Slavic:
    """Inflects by dictionary."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.morph = pymorphy3.MorphAnalyzer(lang=lang)

    def forms(self, word: str, pos: str) -> Iterator[tuple[str, str]]:
        """Yield the forms of a word with their features; the word alone where the dictionary lacks it."""
        if pos == "x":
            yield word, self.features_of(word)
            return
        wanted = {"n": ["NOUN", "ADJF"], "a": ["ADJF", "PRTF"], "v": ["INFN", "VERB"]}[pos]
        parses = self.parses(word, wanted)
        if not parses:
            MISSED.append(f"{self.lang}:{word}:{pos}")
            yield word, {"n": "N sn", "a": "A sn", "v": "V i"}[pos]
            return
        for parse, form in self.forms_of(parses):
            if ("Supr" in form.tag) != ("Supr" in parse.tag) or form.tag.POS in {"COMP", "GRND"}:
                continue
            if pos == "n" and form.tag.POS in {"ADJS", "PRTS"}:
                continue
            features = self.features(form.tag)
            if features:
                yield form.word, features
                if re.search("[аеиіоуюя]ся$", form.word):
                    yield form.word[:-2] + "сь", features

    @staticmethod
    def forms_of(parses: list[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield each reading with each of its forms."""
        for parse in parses:
            for form in parse.lexeme:
                yield parse, form

    def parses(self, word: str, wanted: list[str]) -> list[Any]:
        """Return the dictionary's readings of a lemma as the first of these parts of speech that it has."""
        if self.lang == "uk" and word.endswith("тись"):
            word = word[:-2] + "ся"
        parses = self.morph.parse(word)
        for pos in wanted:
            found: list[Any] = []
            for parse in parses:
                lemma = parse.normal_form.replace("ё", "е") == word or "nomn" in str(parse.tag)
                if pos == parse.tag.POS and lemma and (parse.is_known or not found):
                    found.append(parse)
            if found:
                return found
        return []

    def features_of(self, word: str) -> str:
        """Return the features of a word that stands as it is: cases where the dictionary knows it as a noun."""
        for parse in self.morph.parse(word):
            if parse.is_known and parse.tag.POS in {"NOUN", "ADJF"} and parse.score > 0.2:
                found = {self.features(p.tag) for p in self.morph.parse(word) if p.tag.POS == parse.tag.POS}
                pairs = sorted({f.split()[1] for f in found if " " in f})
                return f"{'N' if parse.tag.POS == 'NOUN' else 'A'} {' '.join(pairs)}"
            if parse.is_known and parse.tag.POS == "VERB":
                return self.features(parse.tag)
        return "X"

    @staticmethod
    def features(tag: Any) -> str:
        """Return our features of a form."""
        marks = str(tag).replace(" ", ",").split(",")
        if tag.POS in {"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"}:
            case = next((CASES[m] for m in marks if m in CASES), "")
            if not case:
                return "N" if "voct" in marks and tag.POS == "NOUN" else ""
            return f"{'N' if tag.POS == 'NOUN' else 'A'} {'p' if 'plur' in marks else 's'}{case}"
        if tag.POS in {"PRTS", "ADJS"} or "Impe" in marks:
            return "V 0"
        if tag.POS == "INFN" or "infn" in marks:
            return "V i"
        if "impr" in marks:
            return "V !"
        if "past" in marks:
            return "V " + (
                "p" if "plur" in marks else next((m[0] for m in marks if m in {"masc", "femn", "neut"}), "p")
            )
        if "futr" in marks:
            return "V F"
        if "3per" in marks:
            return "V " + ("P" if "plur" in marks else "S")
        return "V 1" if tag.POS == "VERB" else ""


def expand(phrase: str) -> Iterator[str]:
    """Yield what "a (b|c|) d" stands for; choices nest."""
    match = re.search(r"\(([^()]*)\)", phrase)
    if not match:
        yield " ".join(phrase.split())
        return
    for choice in match[1].split("|"):
        yield from expand(phrase[: match.start()] + choice + phrase[match.end() :])


def norm(word: str) -> str:
    """Fold a word as the reader does."""
    return fold(word)


def build() -> dict[str, dict[str, str]]:
    """Return the tables by name."""
    words: defaultdict[str, dict[tuple[str, str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    phrases: defaultdict[str, set[str]] = defaultdict(set)
    in_phrases: set[str] = set()
    for lang in ("en", "uk", "ru"):
        slavic = None if lang == "en" else Slavic(lang)
        table = tomllib.loads((HERE / f"{lang}.toml").read_text(encoding="utf-8"))
        for sense, lists in table.items():
            for pos in ("n", "v", "a", "x"):
                for word in str(lists.get(pos, "")).split():
                    if "-" in word:
                        phrases[norm(word.split("-")[0])].add(
                            f"{' '.join(map(norm, word.split('-')[1:]))}|{sense}|{lang}"
                        )
                        continue
                    source = english(word, pos) if slavic is None else slavic.forms(word.replace("ʼ", "'"), pos)
                    for form, features in source:
                        part, _, pair = features.partition(" ")
                        words[norm(form)][sense, lang, part].update(pair.split())
            for phrase in itertools.chain.from_iterable(expand(p) for p in lists.get("p", [])):
                parts = [norm(part) for part in re.split(r"[\s-]+", phrase) if part]
                if len(parts) == 1:
                    words[parts[0]][sense, lang, "X"].update(())
                elif parts:
                    phrases[parts[0]].add(f"{' '.join(parts[1:])}|{sense}|{lang}")
                    in_phrases.update(parts)
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for form in {*words, *in_phrases}:
        if form and not form.isascii():
            keys[latin_key(form)].add(form)
    described = {
        form: ";".join(
            f"{sense} {lang} {part}{''.join(' ' + p for p in sorted(pairs) if p)}"
            for (sense, lang, part), pairs in sorted(meanings.items())
        )
        for form, meanings in sorted(words.items())
    }
    return {
        "forms": described,
        "phrases": {first: ";".join(sorted(rest)) for first, rest in phrases.items()},
        "parts": dict.fromkeys(in_phrases - set(words), ""),
        "latin": {key: " ".join(sorted(forms)) for key, forms in keys.items()},
    }


if __name__ == "__main__":
    tables = build()
    for name, table in tables.items():
        (HERE / f"{name}.txt").write_bytes(freeze(table))
    sizes = {name: len(table) for name, table in tables.items()}
    sys.stderr.write(f"{sizes}; not in the dictionary: {' '.join(MISSED)}\n")
