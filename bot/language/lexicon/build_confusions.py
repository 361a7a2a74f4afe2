"""Freeze into `confusions.txt` the words of the language that are one edit from a word of the question.

    python build_confusions.py        (needs the extra "lexicon": pymorphy3 and both dictionaries; takes a few minutes)

"Удали" is no misspelt "здали": a word that the dictionaries know is never corrected into a kind, a measure or a verb
of handing over.
"""

import sys
from pathlib import Path

import pymorphy3

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from bot.language.frozen import freeze  # noqa: E402
from bot.language.meanings import lexicon, meanings_of  # noqa: E402
from bot.language.spelling import edits  # noqa: E402

SLOTS = ("v:", "kind:", "exchange", "handover", "repatriation", "identified", "largest", "smallest", "conflict")


def build() -> set[str]:
    """Return the words."""
    known = [pymorphy3.MorphAnalyzer(lang=lang) for lang in ("uk", "ru")]
    words = lexicon().words
    found: set[str] = set()
    seen: set[str] = set()
    for form in words:
        if form.isascii() or len(form) < 4 or not any(m.sense.startswith(SLOTS) for m in meanings_of(form)):
            continue
        for near in edits(form):
            if near in seen or near in words or len(near) < 4:
                continue
            seen.add(near)
            if any(morph.word_is_known(near) for morph in known):
                found.add(near)
    return found


if __name__ == "__main__":
    (HERE / "confusions.txt").write_bytes(freeze(dict.fromkeys(build(), "")))
