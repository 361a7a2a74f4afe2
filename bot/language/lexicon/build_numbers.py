"""Freeze the number words of the three languages, with every form, into `numbers.json`.

    python build_numbers.py        (needs the extra "lexicon": pymorphy3 and both dictionaries)

A form maps to [kind, value]: "unit" 1-19, "ten" 20-90, "hundred" 100-900, "scale" 1000 and above, "half" ½ of what
follows, "dozen" 12, "vague" an open quantity ("тисячі людей"), and "ord" for ordinals.
"""

import json
from pathlib import Path
from typing import Any

import pymorphy3

HERE = Path(__file__).parent

UK = {
    "unit": "один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять чотирнадцять "
    "п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять",
    "ten": "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
    "hundred": "сто двісті триста чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот",
    "ord": "перший другий третій четвертий п'ятий шостий сьомий восьмий дев'ятий десятий одинадцятий дванадцятий "
    "тринадцятий чотирнадцятий п'ятнадцятий шістнадцятий сімнадцятий вісімнадцятий дев'ятнадцятий",
    "ordten": "двадцятий тридцятий сороковий п'ятдесятий шістдесятий сімдесятий вісімдесятий дев'яностий сотий",
}
RU = {
    "unit": "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
    "ten": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "hundred": "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
    "ord": "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый "
    "тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый",
    "ordten": "двадцатый тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый девяностый сотый",
}
EN = {
    "unit": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "ten": "twenty thirty forty fifty sixty seventy eighty ninety",
    "ord": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth",
    "ordten": "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth",
}
#: Forms that the dictionaries lack, colloquial and old spellings.
EXTRA: dict[str, tuple[str, int]] = {
    "обидва": ("both", 2),
    "обидві": ("both", 2),
    "обох": ("both", 2),
    "обом": ("both", 2),
    "обома": ("both", 2),
    "оба": ("both", 2),
    "обе": ("both", 2),
    "обоих": ("both", 2),
    "обеих": ("both", 2),
    "обоим": ("both", 2),
    "обеим": ("both", 2),
    "обоими": ("both", 2),
    "обеими": ("both", 2),
    "both": ("both", 2),
    "двоє": ("unit", 2),
    "троє": ("unit", 3),
    "четверо": ("unit", 4),
    "п'ятеро": ("unit", 5),
    "шестеро": ("unit", 6),
    "семеро": ("unit", 7),
    "двое": ("unit", 2),
    "трое": ("unit", 3),
    "пятеро": ("unit", 5),
    "тис": ("scale", 1000),
    "тыс": ("scale", 1000),
    "k": ("scale", 1000),
    "thousand": ("scale", 1000),
    "тыща": ("scale", 1000),
    "тыщи": ("scale", 1000),
    "тыщ": ("scale", 1000),
    "hundred": ("times", 100),
    "million": ("scale", 10**6),
    "millions": ("vague", 2 * 10**6),
    "млн": ("scale", 10**6),
    "half": ("half", 0),
    "пів": ("half", 0),
    "пол": ("half", 0),
    "полтора": ("onehalf", 0),
    "полторы": ("onehalf", 0),
    "півтори": ("onehalf", 0),
    "півтора": ("onehalf", 0),
    "полутора": ("onehalf", 0),
    "latter": ("ord", 2),
    "dozen": ("times", 12),
    "dozens": ("vague", 24),
    "hundreds": ("vague", 200),
    "thousands": ("vague", 2000),
    "tens": ("vague", 20),
    "полтысячи": ("unit", 500),
    "півтисячі": ("unit", 500),
    "полсотни": ("unit", 50),
    "півсотні": ("unit", 50),
    "zero": ("zero", 0),
    "ноль": ("zero", 0),
    "нуль": ("zero", 0),
    "nil": ("zero", 0),
    "couple": ("unit", 2),
    "пара": ("unit", 2),
    "пару": ("unit", 2),
}
#: Nouns that multiply ("дві тисячі") and, alone in the plural, are vague ("тисячі загиблих").
SCALES = {
    "uk": {"тисяча": 1000, "мільйон": 10**6}, "ru": {"тысяча": 1000, "миллион": 10**6}
}  # fmt: skip
COLLECTIVES = {
    "uk": {"сотня": 100, "десяток": 10, "дюжина": 12},
    "ru": {"сотня": 100, "десяток": 10, "дюжина": 12},
}


def norm(word: str) -> str:
    """Fold as `bot.language.tokens.fold` folds a Cyrillic word."""
    return word.lower().replace("'", "").replace("’", "").replace("ё", "е").replace("ґ", "г")


def forms(morph: pymorphy3.MorphAnalyzer, word: str, wanted: list[str]) -> set[str]:
    """Return all forms of a word's reading as the first of these parts of speech that it has."""
    for pos in wanted:
        for parse in morph.parse(word):
            if pos == parse.tag.POS and parse.normal_form == word:
                return {word} | {
                    form.word for form in parse.lexeme if "Supr" not in form.tag and "ейш" not in form.word
                }
    return {word}


def build() -> dict[str, list[Any]]:
    """Return form → [kind, value]."""
    table: dict[str, list[Any]] = {}
    values = {
        "unit": range(1, 20), "ten": range(20, 100, 10), "hundred": range(100, 1000, 100), "ord": range(1, 20),
        "ordten": range(20, 101, 10),
    }  # fmt: skip
    for kind, words in EN.items():
        for value, word in zip(values[kind], words.split(), strict=True):
            table[word] = ["ord" if kind.startswith("ord") else kind, value]
    table["thousandth"] = ["ord", 1000]
    for lang, groups in (("uk", UK), ("ru", RU)):
        morph = pymorphy3.MorphAnalyzer(lang=lang)
        for kind, words in groups.items():
            is_ord = kind.startswith("ord")
            pos = ["ADJF"] if is_ord else ["NUMR", "ADJF", "NPRO"]
            for value, word in zip(values[kind], words.split(), strict=True):
                for form in forms(morph, word, pos):
                    table.setdefault(norm(form), ["ord" if is_ord else kind, value])
        for scale, value in SCALES[lang].items():
            for form in forms(morph, scale, ["NOUN", "NUMR"]):
                table[norm(form)] = ["scale", value]
        for noun, value in COLLECTIVES[lang].items():
            for form in forms(morph, noun, ["NOUN"]):
                table[norm(form)] = ["times", value]
    # Oblique numerals that a dictionary lacks: "п'ятьма", "двохсот", "шістдесяти".
    for form, kind, value in (
        ("двохсот", "hundred", 200), ("трьохсот", "hundred", 300), ("чотирьохсот", "hundred", 400),
        ("пятисот", "hundred", 500), ("шестисот", "hundred", 600), ("семисот", "hundred", 700),
        ("восьмисот", "hundred", 800), ("девятисот", "hundred", 900), ("двухсот", "hundred", 200),
        ("трехсот", "hundred", 300), ("четырехсот", "hundred", 400), ("ста", "hundred", 100),
        ("пяти", "unit", 5), ("шести", "unit", 6), ("семи", "unit", 7), ("восьми", "unit", 8), ("девяти", "unit", 9),
        ("десяти", "unit", 10), ("двадцяти", "ten", 20), ("тридцяти", "ten", 30), ("сорока", "ten", 40),
        ("шістдесяти", "ten", 60), ("пятидесяти", "ten", 50), ("пятьох", "unit", 5), ("трьох", "unit", 3),
        ("чотирьох", "unit", 4), ("двох", "unit", 2), ("шістьох", "unit", 6), ("сімох", "unit", 7),
    ):  # fmt: skip
        table[form] = [kind, value]
    for word, (kind, value) in EXTRA.items():
        table[norm(word)] = [kind, value]
    return dict(sorted(table.items()))


if __name__ == "__main__":
    lines = ",\n".join(f"{json.dumps(k, ensure_ascii=False)}:{json.dumps(v)}" for k, v in build().items())
    (HERE / "numbers.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
