"""Freeze the adverbs, particles and interjections of Ukrainian and Russian into `adverbs.txt`.

    python build_adverbs.py        (needs the extra "lexicon": pymorphy3 and both dictionaries)

They say how, not which: a question that holds one means the same without it. Those that multiply, deny or leave out are
not among them, and a word of the lexicon keeps its own meaning.
"""

import re
import sys
from pathlib import Path

import pymorphy3

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from bot.language.frozen import freeze  # noqa: E402
from bot.language.tokens import fold  # noqa: E402

HOW = {"ADVB", "PRCL", "INTJ", "PRED"}
#: How many times and how often, never, except, days and seasons.
COUNTING = (
    "^(най|якнай|щонай)|^(у|в)?(дв|тр|четв|пят|шест|шіст|сем|сім|вос|віс|дев|десят|сот|тисяч|тысяч)|рази?$"
    "|^(не|ні|ни|без|крім|кроме|окрім)|^(еже|що(?!б$|би$|йно|сил|дух|правд|дуж|мога))|повтор|втори|удруге|вдруге"
    "|(ждь|ждн|річно|годн|місяч|месяч|тижн|недель|денн|дневн|добов|суточн|квартал|декад|сезон|літк|літом|зим[уоік]|весн|осін|осен)"
    "|^лет(о|ом)$|(вчера|вчор|завтра|сьогодн|сегодн|тоді|тогда)"
    "|(рано|пізно|поздно|раніш|раньш|больш|більш|менш|меньш|більше|част|кратн)"
)
#: Each apart, some of them, and in what way they came or were taken: what leaves others out.
CHOOSING = (
    "^по(зон|годин|хвилин|секунд|бригад|взвод|батал|район|родин|сім|імен|аркуш|сторінк|стран|стать|ділян|рот|полк|парн|штучн|один|смертн)"
    "|^(напів|полу)|[пв]ол[оу]вин|переваж|преимуществ|добров|примус|принуд|насил|помилк|ошибоч|оманлив|таєм|тайн"
    "|посмерт|живц|живьем|мертв|заочн|спільн|совместн|анонім|анонимн|умовно|условно|^тимчас|^времен|пожит|пожизн"
    "|цивіль|граждан|військов|солдат|украин|україн|росі|росс|русск"
)
MEANING = re.compile(f"{COUNTING}|{CHOOSING}")


def build() -> set[str]:
    """Return the words, folded."""
    words = set()
    for lang in ("uk", "ru"):
        for word, tag, *_ in pymorphy3.MorphAnalyzer(lang=lang).dictionary.iter_known_words():
            if tag.POS in HOW and 3 <= len(word) <= 14 and "-" not in word and not MEANING.search(word):
                words.add(fold(word))
    return words


if __name__ == "__main__":
    (HERE / "adverbs.txt").write_bytes(freeze(dict.fromkeys(build(), "")))
