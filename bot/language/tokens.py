"""What words a text is made of, with everything folded that people type differently.

Look-alike letters, apostrophes, stress marks, ё and ґ, invisible characters: two spellings of one word have one `norm`.
`latin_key` brings a Cyrillic word and its sloppy Latin transliteration to one key. No meaning is given to a word here.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

TokenKind = Literal["word", "number", "mark"]


class Token(NamedTuple):
    """A word, a run of digits or one other sign."""

    #: As written.
    text: str
    #: Folded: what is looked up.
    norm: str
    kind: TokenKind
    #: Position in the text; `end` is behind the last character.
    start: int
    end: int
    #: Nothing stands between it and the token before it.
    glued: bool = False


_APOSTROPHES = "'’‘ʼ`´′＇ʹ"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u2066\u2067\u2068\u2069\u200e\u200f"
_LETTER = rf"[^\W\d_][\u0300-\u036f{_INVISIBLE}]*"
_TOKEN = re.compile(
    rf"(?P<word>{_LETTER}(?:(?:[{_APOSTROPHES}]|[*\"](?=[яюєїеёЯЮЄЇ]))?{_LETTER})*[{_APOSTROPHES}]?)"
    r"|(?P<number>\d+)|(?P<mark>\S)"
)
_DROPPED = re.compile(rf"[{_INVISIBLE}]")
_STRESS = re.compile("[\u0300\u0301]")
_APOSTROPHE = re.compile(rf"[{_APOSTROPHES}*\"]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z]")

_TO_CYRILLIC = str.maketrans("aceiopxykmthbё", "асеіорхукмтнве")
_TO_LATIN = str.maketrans("асеіорхукмтнв", "aceiopxykmthb")
_LATIN_ALIKE = frozenset("aceiopxykmthb'")
_CYRILLIC_ALIKE = frozenset("асеіорхукмтнв'")
#: ё and ґ are written as е and г; letters that only Belarusian or old spelling has become their neighbours.
#: What words are made of that need no more than folding.
_EVERYDAY = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґё" + "абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґё".upper())
_FOLD = str.maketrans({"ё": "е", "ґ": "г", "ѣ": "е", "ў": "у", "ѐ": "е", "ѝ": "и"})


#: Words whose foldings and keys are kept; people ask with the same ones.
KEPT = 4096
#: Letters by which a word is looked up, so that what is kept stays small; no known word has half as many.
LONGEST = 64


@lru_cache(KEPT)
def fold(word: str, *, cyrillic: bool = False) -> str:
    """Return the word as it is looked up.

    Args:
        word: One word, as written.
        cyrillic: The text around it is Cyrillic: a word of look-alike Latin letters is taken as Cyrillic.
    """
    if word.isascii():
        norm = word.lower().replace("`", "'")
        if cyrillic and _LATIN_ALIKE.issuperset(norm):
            return norm.translate(_TO_CYRILLIC).replace("'", "")
        return norm
    if _EVERYDAY.issuperset(word):
        return word.lower().translate(_FOLD)
    norm = unicodedata.normalize(
        "NFC", _STRESS.sub("", unicodedata.normalize("NFKD", _DROPPED.sub("", word))).casefold()
    )
    norm = _APOSTROPHE.sub("'", norm)
    if not _CYRILLIC.search(norm):
        return norm
    if latin := _LATIN.findall(norm):
        if _LATIN_ALIKE.issuperset(latin):
            norm = norm.translate(_TO_CYRILLIC)
        elif _CYRILLIC_ALIKE.issuperset(c for c in norm if not c.isascii()):
            return norm.translate(_TO_LATIN)
    return norm.replace("'", "").translate(_FOLD)


def tokenize(text: str) -> list[Token]:
    """Split a text into words, digit runs and single signs, in order; white space is dropped."""
    cyrillic = not text.isascii() and len(_CYRILLIC.findall(text.lower())) * 2 > sum(map(str.isalpha, text))
    tokens = []
    behind = -1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        written = match[0]
        start, end = match.span()
        if kind == "word":
            token = Token(written, fold(written[:LONGEST], cyrillic=cyrillic), "word", start, end, start == behind)
        elif kind == "number":
            digits = written if written.isascii() else unicodedata.normalize("NFKC", written)
            token = Token(written, digits, "number", start, end, start == behind)
        else:
            token = Token(written, written, "mark", start, end, start == behind)
        behind = end
        tokens.append(token)
    return tokens


_ROMAN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "h", "д": "d", "е": "e", "є": "e", "э": "e", "ж": "Z", "з": "z", "и": "i",
        "і": "i", "ї": "i", "й": "i", "ы": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "C", "ш": "X", "щ": "Q", "ю": "U", "я": "A",
        "ь": None, "ъ": None,
    }
)  # fmt: skip
_SLOPPY = re.compile(
    "iyu|iju|iya|ija|iye|shch|sch|sh4|sh|zh|kh|ch|ts|tz|ya|ia|ja|yu|iu|ju|ye|ie|je|yo|io|jo|yi|ji|iy|ij|yy|ii|4|w|g|x|y|j|'|(.)\\1"
)
_SLOPPY_TO = {
    "iyu": "U", "iju": "U", "iya": "A", "ija": "A", "iye": "e",
    "shch": "Q", "sch": "Q", "sh4": "Q", "sh": "X", "zh": "Z", "kh": "h", "ch": "C", "ts": "c", "tz": "c", "ya": "A",
    "ia": "A", "ja": "A", "yu": "U", "iu": "U", "ju": "U", "ye": "e", "ie": "e", "je": "e", "yo": "o", "io": "o",
    "jo": "o", "yi": "i", "ji": "i", "iy": "i", "ij": "i", "yy": "i", "ii": "i", "4": "C", "w": "v", "g": "h",
    "x": "h", "y": "i", "j": "i", "'": "",
}  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_VOWEL_PAIRS = re.compile("iA|ii|iU|ie|io")
_VOWEL_PAIRS_TO = {"iA": "A", "ii": "i", "iU": "U", "ie": "e", "io": "o"}


@lru_cache(KEPT)
def latin_key(norm: str) -> str:
    """Return one key for a Cyrillic word and for its usual Latin spellings ("пленных", "plennyh", "plennykh").

    Several words may share a key: it finds candidates, nothing more.
    """
    sloppy = norm.isascii()
    key = _SLOPPY.sub(lambda m: _SLOPPY_TO.get(m[0], m[1] or ""), norm) if sloppy else norm.translate(_ROMAN)
    return _DOUBLE.sub(r"\1", _VOWEL_PAIRS.sub(lambda m: _VOWEL_PAIRS_TO[m[0]], key))
