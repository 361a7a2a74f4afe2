"""Every message in every language: the same keys and values, words that respect people, and grammar that holds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.replies import LANGS, Lang
from bot.rendering.words import message, wording

ROOT = Path(__file__).parents[2]

#: Words that no text of ours holds: what makes people into goods, ranks grief, insults or celebrates.
BANNED: dict[Lang, str] = {
    "en": r"deliver\w* (?:of )?(?:bod|remains|prisoner|people)|(?:bod(?:y|ies)|remains|prisoners) (?:were )?deliver"
    r"|shipment|cargo|corpse|carcass|stiff|enemy|occupier|orc|terrorist|liquidat|eliminat|exchange rate|ratio"
    r"|times more|times fewer|great news|congratulat|hooray|unfortunately for|victor[yi]|hero",
    "uk": r"труп|вантаж|доставк\w* (?:тіл|полон|діт)|доставлен|ворог|ворож|окупант|орк|русн|москал(?!ьк)|рашист"
    r"|ліквідова|знищен|утиліз|вітаємо|ура|перемог|на щастя|у стільки разів|геро",
    "ru": r"труп|груз|доставк\w* (?:тел|плен|дет)|доставлен|враг|враж|оккупант|орк|хохл|укроп|укр[оа]нацист|нацист"
    r"|ликвидир|уничтож|утилиз|поздравля|ура|побед|к счастью|во столько раз|геро|всушник",
}
#: Files whose texts stand beside figures: a digit in them could be taken for one. "0" is that of "no round recorded".
NEAR_FIGURES = ("answer", "reading", "refusal", "alert", "chart", "question", "common")
NUMBERS = (0, 1, 2, 5, 21, 1212)
#: What Ukrainian and Russian texts hold in Latin letters: what is typed so, names of formats, marks of a chart.
TYPED = frozenset(
    {
        "Ctrl-D", "JSON", "MIT", "RU", "SHA-256", "Telegram", "UA", "URL", "about", "add", "agreement", "at_least",
        "children", "civilians", "claim", "csv", "date", "exact", "jsonl", "measure", "name", "null", "official",
        "other", "party", "pause", "prisoners", "remains", "remove", "resume", "round", "russia", "since", "test",
        "total", "true", "trust", "ukraine", "undisclosed", "yes",
    }
)  # fmt: skip
#: Counted in the genitive or dative, where few and many are alike.
OBLIQUE = frozenset({"chart-differing", "note-one_way"})

_VARIABLE = re.compile(r"\$([a-z]\w*)", re.IGNORECASE)
_SELECTOR = re.compile(r"\{\s*\$(\w+)\s*->(.*?)\n\s*\}", re.DOTALL)
_VARIANT = re.compile(r"^\s*\*?\[([\w-]+)\]", re.MULTILINE)
_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})


def keys(lang: Lang = "en") -> list[str]:
    return sorted(wording(lang).keys)


def variables(lang: Lang, key: str) -> set[str]:
    return set(_VARIABLE.findall(wording(lang).source(key)))


def variants(lang: Lang, key: str, name: str) -> list[str]:
    """Names of the variants that a value chooses between; none for a value that is only shown."""
    source = wording(lang).source(key)
    start = re.search(rf"\$({name})\s*->", source)
    if start is None:
        return []
    depth, end = 1, start.end()
    while depth and end < len(source):
        depth += {"{": 1, "}": -1}.get(source[end], 0)
        end += 1
    block, inner, outer = source[start.end() : end], 0, ""
    for character in block:
        inner += {"{": 1, "}": -1}.get(character, 0)
        if inner <= 0:
            outer += character
    return _VARIANT.findall(outer)


def samples(lang: Lang, key: str, number: int) -> Iterator[dict[str, str | int]]:
    """Values for a message: a number wherever one inflects, each variant in turn wherever words choose."""
    names = variables(lang, key)
    choices = {name: variants(lang, key, name) for name in names}
    longest = max((len(found) for found in choices.values()), default=1)
    for i in range(max(longest, 1)):
        values: dict[str, str | int] = {}
        for name in names:
            found = choices[name]
            if not found or name == "n":
                values[name] = number if name == "n" else "слово"
            elif any(v in _PLURALS or v.isdecimal() for v in found):
                values[name] = number
            else:
                values[name] = found[i % len(found)]
        yield values


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_has_the_same_messages(lang: Lang) -> None:
    assert keys(lang) == keys("en")


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_uses_the_same_values(lang: Lang) -> None:
    """Grammar may need one value more in one language; no language may leave out a figure or a name."""
    grammar = {"on", "gender", "dash", "event", "since", "events", "to", "done", "tail", "what", "who", "all", "way"}
    differing = {k: variables(lang, k) ^ variables("en", k) for k in keys() if variables(lang, k) ^ variables("en", k)}
    assert {k: v for k, v in differing.items() if v - grammar} == {}


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_message_is_written_with_every_number(lang: Lang, number: int) -> None:
    for key in keys(lang):
        if key.startswith("-"):
            continue
        for values in samples(lang, key, number):
            text = message(lang, key, **values)
            assert text.strip(), key
            assert "{" not in text, (key, text)
            assert text == text.strip(), key


@pytest.mark.parametrize("lang", LANGS)
def test_no_message_holds_a_banned_word(lang: Lang) -> None:
    banned = re.compile(rf"\b(?:{BANNED[lang]})", re.IGNORECASE)
    found = {key: banned.findall(_shown(lang, key)) for key in keys(lang)}
    assert {key: words for key, words in found.items() if words} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_message_shouts_or_smiles(lang: Lang) -> None:
    for key in keys(lang):
        text = _shown(lang, key)
        assert "!" not in text, key
        assert not re.search("[\u2600-\u27bf\U0001f300-\U0001faff]", text), key


@pytest.mark.parametrize("lang", LANGS)
def test_ukrainian_and_russian_do_not_mix(lang: Lang) -> None:
    """Letters of the other language are a slip of the keyboard, its endings one of the tongue."""
    foreign = {"en": "[а-яіїєґ]", "uk": r"[ыэъё]|\w{3,}(?:ой|ая|ое)\b", "ru": "[іїєґ]"}[lang]
    found = {key for key in keys(lang) if re.search(foreign, _shown(lang, key), re.IGNORECASE)}
    assert found == set()


@pytest.mark.parametrize("lang", ["uk", "ru"])
def test_nothing_is_left_in_english(lang: Lang) -> None:
    """Commands and what is typed after them stay as they are; everything else is translated."""
    found = {}
    for key in keys(lang):
        text = re.sub(r"/[\w-]+|https?://\S+|\w+\.(png|csv)", " ", _shown(lang, key))
        words = set(re.findall(r"[A-Za-z][\w-]*", text)) - TYPED
        if words and not key.startswith("form-"):
            found[key] = words
    assert found == {}


@pytest.mark.parametrize("lang", ["uk", "ru"])
def test_what_is_counted_has_every_plural_form(lang: Lang) -> None:
    forms = {key: {*variants(lang, key, "n"), *variants(lang, key, "number")} & _PLURALS for key in keys(lang)}
    counted = {key: found for key, found in forms.items() if found - {"other"}}
    lacking = {key: found for key, found in counted.items() if found != {"one", "few", "many", "other"}}
    assert len(counted) > 20
    assert {key for key, found in lacking.items() if key not in OBLIQUE or found != {"one", "other"}} == set()


@pytest.mark.parametrize("lang", LANGS)
def test_people_are_never_called_bodies(lang: Lang) -> None:
    for kind in ("prisoners", "civilians", "children", "people"):
        for number in NUMBERS:
            text = message(lang, f"count-{kind}", n=number)
            assert not re.search(r"bod(y|ies)|remains|т[іе]л", text), text


@pytest.mark.parametrize("lang", LANGS)
def test_texts_beside_figures_hold_no_figure_of_their_own(lang: Lang) -> None:
    folder = ROOT / "bot" / "rendering" / "messages" / lang
    for name in NEAR_FIGURES:
        for line in (folder / f"{name}.ftl").read_text(encoding="utf-8").splitlines():
            text = re.sub(r"^\s*\*?\[\d+\]", "", line)
            if "no-round" in line:
                text = text.replace(" 0:", "")
            if not line.startswith("#"):
                assert not re.search(r"\d", re.sub(r"^[\w-]+ =", "", text)), line


def test_every_key_in_the_code_has_a_message() -> None:
    """Whoever asks for a text by a literal key finds it."""
    known = wording("en").keys
    missing = sorted({(place, key) for place, key in _keys_in_code() if key not in known})
    assert missing == []


def _keys_in_code() -> Iterator[tuple[str, str]]:
    for folder in ("bot", "handlers"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _called(node) in {"CommandError", "message", "styled", "text", "say"}:
                    for argument in node.args[:2]:
                        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                            key = argument.value
                            if re.fullmatch(r"[a-z]\w*(-\w+)+", key):
                                yield str(path.relative_to(ROOT)), key


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _shown(lang: Lang, key: str) -> str:
    """Return the words of a message without its key, its variants' names and its values."""
    source = re.sub(r"^#.*$", "", wording(lang).source(key), flags=re.MULTILINE)
    source = source.split("=", 1)[1]
    source = re.sub(r"\*?\[[\w-]+\]", " ", source)
    return re.sub(r"\{\s*\$\w+\s*(->)?|\{\s*-[\w-]+\s*\}|[{}]", " ", source)
