"""Frozen tables: every word is found with its value, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.frozen import FrozenTable, freeze
from bot.language.meanings import latin_forms, lexicon
from bot.language.spelling import edited, edits

WORDS = st.text(alphabet="abё'іщ ʼ-я", min_size=1, max_size=12)


@given(
    entries=st.dictionaries(WORDS, st.sampled_from(["", "one", "два;три", "довге " * 90]), max_size=300), other=WORDS
)
def test_a_frozen_table_holds_what_was_frozen(entries: dict[str, str], other: str) -> None:
    table = FrozenTable(freeze(entries))
    assert {word: table.get(word) for word in table} == entries
    assert len(table) == len(entries)
    assert (other in table) == (other in entries)
    assert table.get(other) == entries.get(other)
    assert table.begins(other) == any(word.startswith(other) for word in entries)


def test_what_is_no_text_stands_in_no_table() -> None:
    table = FrozenTable(freeze({"тіло": "x", "?": ""}))
    assert "\ud800" not in table
    assert "" not in table


@pytest.mark.parametrize("word", ["", "two\nlines", "a\ttab"])
def test_a_word_that_cannot_stand_in_a_line_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="cannot be frozen"):
        freeze({word: "value"})


@pytest.mark.parametrize("table", [*lexicon(), latin_forms()])
def test_the_lexicon_is_frozen_in_order(table: FrozenTable) -> None:
    """Every word is found where a look-up searches for it; a file that was mended by hand may have lost its order."""
    assert [word for word in table if word not in table] == []


def test_typos_are_looked_for_among_all_words_one_edit_away() -> None:
    words = lexicon().words
    for written in ("тіаа", "bodees", "полонених", "эксгумація", "обмнів"):
        assert edited(written, words) == {near for near in edits(written) if near in words}
