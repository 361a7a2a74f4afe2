"""Write out every form of the words in `lemmas.toml` into `forms.json`.

    python build_forms.py        (needs the extra "lexicon": pymorphy3 and both dictionaries)

Of a verb a form is `done` (past, present, gerund, impersonal, short or nominative passive participle), `participle` (an
oblique one: "of the bodies handed over"), `infinitive` or `future`.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymorphy3

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[3]))

from bot.language.reports.lexicon import normal  # noqa: E402

#: Forms that are another word more often: "семью" of a family, "сьома" the seventh.
OTHER_WORDS = frozenset({"семью", "сьома"})
NOUNS = {"NOUN", "ADJF", "PRTF"}
NUMERALS = {"NUMR", "ADJF"}
MISSED: list[str] = []


def parse(analyzer: Any, lemma: str, tags: set[str]) -> Any:
    """Give the parse of a lemma that is itself, of one of these parts of speech."""
    wanted = normal(lemma)
    for one in analyzer.parse(lemma):
        if (
            normal(one.word) == wanted
            and one.tag.POS in tags
            and (one.tag.POS != "NOUN" or "nomn" in one.tag.grammemes)
        ):
            return one
    MISSED.append(lemma)
    return None


def verb_forms(analyzer: Any, lemma: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a verb, or of a participle that the dictionary keeps apart, with their sort."""
    if analyzer is None:
        yield from english_forms(lemma)
        return
    lemma, _, only = lemma.partition(":")
    found = parse(analyzer, lemma, {"VERB", "INFN", "ADJF", "PRTF"})
    for form in found.lexeme if found is not None else ():
        tag = form.tag.grammemes
        if tag & {"actv", "impr", "2per"} or (only and (only[:4] not in tag or tag & {"PRTF", "PRTS"})):
            continue
        if tag & {"PRTF", "PRTS"} and "pres" in tag:
            continue
        if tag & {"ADJF", "PRTF"}:
            yield form.word, "done" if {"nomn", "ADJF"} <= tag else "participle"
        elif tag & {"INFN", "infn"} or form.word == lemma:
            yield form.word, "infinitive"
        elif "futr" in tag:
            yield form.word, "future"
        else:
            yield form.word, "done"


IRREGULAR = {
    "give": "gave given giving",
    "get": "got gotten getting",
    "send": "sent sent sending",
    "take": "took taken taking",
    "bring": "brought brought bringing",
    "win": "won won winning",
    "come": "came come coming",
    "go": "went gone going",
    "make": "made made making",
    "fly": "flew flown flying",
    "ride": "rode ridden riding",
    "leave": "left left leaving",
    "travel": "traveled travelled travelling",
    "let": "let let letting",
    "set": "set set setting",
    "step": "stepped stepped stepping",
    "swap": "swapped swapped swapping",
    "ship": "shipped shipped shipping",
    "transfer": "transferred transferred transferring",
    "regain": "regained regained regaining",
    "say": "said said saying",
    "tell": "told told telling",
    "write": "wrote written writing",
    "admit": "admitted admitted admitting",
    "break": "broke broken breaking",
    "put": "put put putting",
    "drive": "drove driven driving",
    "pick": "picked picked picking",
    "hug": "hugged hugged hugging",
    "cede": "ceded ceded ceding",
    "remit": "remitted remitted remitting",
    "pull": "pulled pulled pulling",
}


def english_forms(phrase: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of an English verb, its particle or object behind it."""
    verb, _, rest = phrase.partition(" ")
    stem = verb[:-1] if verb.endswith("e") else verb
    ending = verb[:-1] + "ied" if verb[-1] == "y" and verb[-2] not in "aeou" else stem + "ed"
    past, participle, ing = IRREGULAR[verb].split() if verb in IRREGULAR else (ending, ending, stem + "ing")
    third = verb + "es" if verb.endswith(("ss", "sh", "ch", "x", "go")) else verb + "s"
    third = verb[:-1] + "ies" if verb[-1] == "y" and verb[-2] not in "aeou" else third
    for word, form in ((verb, "infinitive"), (third, "done"), (past, "done"), (participle, "done"), (ing, "done")):
        yield f"{word} {rest}".strip(), form


def noun_forms(analyzer: Any, lemma: str, tags: set[str]) -> Iterator[str]:
    """Yield the cases of a noun, or the plural ones of an adjective that stands for it: "военные", not "военная"."""
    found = parse(analyzer, lemma, tags)
    if found is None:
        return
    kept = found.tag.grammemes & {"past", "pssv", "actv"}
    if found.tag.POS in ("ADJF", "PRTF") and "NUMR" not in tags:
        kept |= {"plur"}
    for form in found.lexeme:
        same = form.tag.POS == found.tag.POS and kept <= form.tag.grammemes and "voct" not in form.tag.grammemes
        if same and form.word not in OTHER_WORDS:
            yield form.word


def spread(lemmas: str) -> list[str]:
    """Split a line of lemmas: at semicolons where it has any, else at spaces."""
    return [one.strip() for one in lemmas.split(";")] if ";" in lemmas else lemmas.split()


def build(language: str, words: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Write out one language."""
    analyzer = None if language == "en" else pymorphy3.MorphAnalyzer(lang=language)
    verbs: dict[str, dict[str, set[str]]] = {}
    tags: dict[str, set[str]] = {}
    numerals: dict[str, set[str]] = {}
    for sort, lemmas in words["verbs"].items():
        forms = verbs.setdefault(sort, {})
        for lemma in spread(lemmas):
            for word, form in verb_forms(analyzer, lemma):
                forms.setdefault(form, set()).add(normal(word))
    for tag, lemmas in words["words"].items():
        tags[tag] = {normal(word) for lemma in spread(lemmas) for word in noun_forms(analyzer, lemma, NOUNS)}
    for section, kinds in (("told", {"done"}), ("coming", {"future"})):
        for tag, lemmas in words[section].items():
            found = {
                normal(word) for lemma in spread(lemmas) for word, form in verb_forms(analyzer, lemma) if form in kinds
            }
            tags[tag] = tags.get(tag, set()) | found
    for number, lemmas in words["numerals"].items():
        numerals[number] = {normal(word) for lemma in spread(lemmas) for word in noun_forms(analyzer, lemma, NUMERALS)}
    for forms in verbs.values():
        forms["participle"] = forms.get("participle", set()) - forms["done"]
    return {
        "verbs": {sort: {form: sorted(found) for form, found in forms.items()} for sort, forms in verbs.items()},
        "words": {tag: sorted(found) for tag, found in sorted(tags.items())},
        "numerals": {number: sorted(found) for number, found in numerals.items()},
    }


def main() -> None:
    """Build and write."""
    lemmas = tomllib.loads((HERE / "lemmas.toml").read_text(encoding="utf-8"))
    built = {language: build(language, words) for language, words in lemmas.items()}
    (HERE / "forms.json").write_text(
        json.dumps(built, ensure_ascii=False, separators=(",", ":"), indent=0).replace(',\n"', ',"') + "\n",
        encoding="utf-8",
    )
    if MISSED:
        raise SystemExit(f"not in the dictionary: {' '.join(MISSED)}")


if __name__ == "__main__":
    main()
