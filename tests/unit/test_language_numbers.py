"""Numbers in words and figures, in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.numbers import read_number
from bot.language.tokens import latin_key, tokenize


def value(text: str) -> int | float | None:
    reading = read_number(tokenize(text), 0)
    assert reading is not None, text
    return reading.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,212", 1212),
        ("1 212", 1212),
        ("1\u00a0212", 1212),
        ("1\u202f212", 1212),
        ("1.212", 1212),
        ("1’212", 1212),
        ("1,2 тис.", 1200),
        ("1.2 thousand", 1200),
        ("1.2k", 1200),
        ("6 тисяч", 6000),
        ("6 тысяч", 6000),
        ("11 тыс.", 11000),
        ("1 тис. 212", 1212),
        ("тисяча двісті", 1200),
        ("тысяча двести двенадцать", 1212),
        ("пів тисячі", 500),
        ("шість тисяч шістдесят", 6060),
        ("шесть тысяч шестьдесят", 6060),
        ("одна тысяча двести двенадцать", 1212),
        ("двадцать семь", 27),
        ("двадцять сім", 27),
        ("триста семь", 307),
        ("триста сім", 307),
        ("полтысячи", 500),
        ("сто сімдесят п'ять", 175),
        ("сто сімдесят п’ять", 175),
        ("двухсот пяти", 205),
        ("двохсот п’яти", 205),
        ("one thousand two hundred and twelve", 1212),
        ("twelve hundred", 1200),
        ("a", None),
        ("half a thousand", 500),
        ("twenty-seven", 27),
        ("a dozen", None),
        ("dozen", 12),
        ("полторы тысячи", 1500),
        ("півтори тисячі", 1500),
        ("two thousand twenty-five", 2025),
        ("1000", 1000),
        ("2025", 2025),
        ("ноль", 0),
    ],
)
def test_value(text: str, expected: int | None) -> None:
    if expected is None:
        assert read_number(tokenize(text), 0) is None
    else:
        assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "low"), [("тисячі загиблих", 2000), ("hundreds of prisoners", 200), ("десятки", 20), ("dozens", 24)]
)
def test_vague_word_is_an_open_interval(text: str, low: int) -> None:
    reading = read_number(tokenize(text), 0)
    assert reading is not None
    assert (reading.value, reading.low) == (None, low)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("69th", 69),
        ("69-го", 69),
        ("75-й", 75),
        ("шістдесят дев'ятий", 69),
        ("двадцать пятого", 25),
        ("twenty-first", 21),
    ],
)
def test_ordinal(text: str, number: int) -> None:
    reading = read_number(tokenize(text), 0)
    assert reading is not None
    assert (reading.value, reading.ordinal) == (number, True)


def test_parts_of_a_date_are_no_groups() -> None:
    reading = read_number(tokenize("31.07.2025"), 0)
    assert reading is not None
    assert reading.value == 31


@given(st.integers(1, 999_999), st.sampled_from([",", " ", "\u00a0", "\u202f", "\u2009", "."]))
def test_grouped_figures_read_back(number: int, separator: str) -> None:
    assert value(f"{number:,}".replace(",", separator)) == number


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("скільки", "skilky"),
        ("пленных", "plennyh"),
        ("пленных", "plennykh"),
        ("обмінів", "obminiv"),
        ("всього", "vsyoho"),
        ("після", "pislia"),
        ("передач", "peredach"),
        ("тіла", "tila"),
        ("июне", "iyune"),
        ("возвращено", "vozvrashcheno"),
    ],
)
def test_transliteration_meets_its_word(word: str, latin: str) -> None:
    assert latin_key(word) == latin_key(latin)


@pytest.mark.parametrize(
    ("written", "norm"),
    [
        ("тiл", "тіл"),
        ("п’ять", "пять"),
        ("ещё", "еще"),
        ("по́лон", "полон"),
        ("Istаnbul", "istanbul"),
        ("Ґ", "г"),
        ("її", "її"),
    ],
)
def test_look_alikes_fold(written: str, norm: str) -> None:
    assert tokenize(written)[0].norm == norm


def test_single_latin_letter_among_cyrillic_is_cyrillic() -> None:
    assert [token.norm for token in tokenize("a в липні")] == ["а", "в", "липні"]


@given(st.text())
def test_no_text_breaks_the_tokenizer(text: str) -> None:
    tokens = tokenize(text)
    for i in range(len(tokens)):
        latin_key(tokens[i].norm)
        reading = read_number(tokens, i)
        assert reading is None or i < reading.next <= len(tokens)
    assert all(text[t.start : t.end] == t.text for t in tokens)
