"""Whatever is written, the message is one that a server as strict as Telegram takes, and says what was written."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.rendering.rich import Run
from handlers.markup import is_link, keyboard, split, to_message, units
from tests.botapi.errors import ApiError
from tests.botapi.keyboards import check_markup
from tests.botapi.texts import MAX_TEXT, check_entities, check_url, clean, compose, detect

LRO, PDF, ZWSP, JOINER = "\u202d", "\u202c", "\u200b", "\u2060"


def judge(text: str, entities: Sequence[MessageEntity], limit: int = MAX_TEXT) -> None:
    """Let the server decide; it takes the text and does not change it."""
    marks = [entity.to_dict() for entity in entities]
    check_entities(text, marks)
    assert clean(text, marks) == (text, marks)
    if text:
        compose(text, entities=marks, limit=limit)


HOSTILE = (
    *("<b>", "&amp;", "%q", "*_`[", "\x00", "\r\n", "\t", " ", "\n", "\u2028", "\ud83d", "e\u0301"),
    *("🕊", "👨‍👩‍👧", "🇺🇦", "👍🏽", "قائد", "שלום", "полонені", "1,212", LRO, PDF, ZWSP),
    *("t.me/x", "@admin", "https://evil.example"),
)
hostile = st.sampled_from(HOSTILE)
words = st.lists(st.one_of(hostile, st.text(max_size=12)), max_size=12).map("".join)
ADDRESSES = ("https://a.ua/x", "http://localhost/x", "javascript:1", "https://a.ua/ x")
urls = st.one_of(st.none(), st.sampled_from(ADDRESSES))
runs = st.builds(Run, words, st.booleans(), st.booleans(), st.booleans(), urls, st.booleans())
texts = st.lists(runs, max_size=30).map(tuple)


@given(texts, st.integers(min_value=10, max_value=200))
def test_any_text_is_taken(text: tuple[Run, ...], limit: int) -> None:
    for message in (to_message(text), to_message(text, limit=limit)):
        judge(*message)
    assert units(to_message(text, limit=limit)[0]) <= limit


@given(texts, st.integers(min_value=10, max_value=200))
def test_split_loses_only_blanks(text: tuple[Run, ...], limit: int) -> None:
    parts = split(text, limit=limit)
    for words, entities in parts:
        judge(words, entities, limit)
        assert units(words) <= limit
    whole, _ = to_message(text, limit=10**6)
    assert "".join("".join(words.split()) for words, _ in parts) == "".join(whole.split())


@given(st.lists(runs.map(lambda run: Run(run.text, run.bold)), max_size=10).map(tuple))
def test_no_link_that_was_not_meant(text: tuple[Run, ...]) -> None:
    for run in text:
        shown, _ = to_message((run,))
        assert [found for found in detect(shown) if found["type"] != "bot_command"] == []


def test_styles_become_entities() -> None:
    words, entities = to_message((Run("🕊 "), Run("1,212", bold=True), Run(" by "), Run("Suspilne", url="https://s.ua")))
    assert words == "🕊 1,212 by Suspilne"
    assert [(entity.type, entity.offset, entity.length, entity.url) for entity in entities] == [
        ("bold", 3, 5, None),
        ("text_link", 12, 8, "https://s.ua"),
    ]


def test_runs_of_one_style_make_one_entity() -> None:
    assert len(to_message((Run("1", bold=True), Run(",212", bold=True)))[1]) == 1


def test_a_link_that_leads_nowhere_stays_as_words() -> None:
    assert to_message((Run("source", url="http://localhost/1"),)) == ("source", ())


def test_text_is_not_turned_around() -> None:
    assert to_message((Run(f"{LRO}1,212{PDF} от{ZWSP}дано"),))[0] == "1,212 отдано"


def test_words_from_right_to_left_do_not_move_the_figure() -> None:
    assert to_message((Run("says قائد الفريق: 1,212"),))[0] == "says \u2068قائد الفريق\u2069: 1,212"


def test_numbers_dates_and_abbreviations_stay_as_they_are() -> None:
    text = "11.06.2025 · 3.5 % · т.д. · e.g. · 14:30"
    assert to_message((Run(text),))[0] == text


def test_title_that_looks_like_a_link_is_only_text() -> None:
    words, entities = to_message((Run("t.me/spam @spammer https://evil.example"),))
    assert words.replace(JOINER, "") == "t.me/spam @spammer https://evil.example"
    assert (detect(words), entities) == ([], ())


def test_what_is_to_be_copied_stays_as_it_is_and_becomes_no_link() -> None:
    command = "/feeds add https://example.org/rss"
    words, entities = to_message((Run("Like this: "), Run(command, bold=True, code=True), Run(" t.me/spam")))
    assert words.replace(JOINER, "") == f"Like this: {command} t.me/spam"
    assert JOINER not in words[: -len("t.me/spam") - 1]
    assert [(entity.type, entity.offset, entity.length) for entity in entities] == [("code", 11, len(command))]


def test_long_answer_is_cut_at_a_line() -> None:
    words, _ = to_message(tuple(Run(f"row {n} of the list\n") for n in range(400)))
    assert units(words) <= MAX_TEXT
    assert words.endswith("of the list…")


def test_styled_words_are_not_cut_while_there_is_a_border_before_them() -> None:
    text = (Run("a " * 30), Run("b " * 30, bold=True), Run("c " * 30))
    for words, entities in split(text, limit=100):
        assert all(entity.length == 59 for entity in entities)
        assert words


def test_more_than_a_hundred_entities_go_on_in_the_next_message() -> None:
    text = tuple(Run("x", bold=n % 2 == 0) for n in range(500))
    counts = [len(entities) for _, entities in split(text)]
    assert sum(counts) == 250
    assert max(counts) <= 100


def test_accent_stays_with_its_letter() -> None:
    assert split((Run("ae\u0301" * 10),), limit=5)[0][0] == "ae\u0301a"


def test_nothing_visible_is_no_message() -> None:
    assert to_message((Run(f"{ZWSP} \n"),)) == ("", ())
    assert split((Run(f"{ZWSP} \n"),)) == []


@given(st.text(max_size=80), st.integers(1, 64))
def test_any_button_is_taken(label: str, length: int) -> None:
    try:
        markup = keyboard([[(label, "d" * length), ("Source", "https://a.ua/x")], []])
    except ValueError:
        assert not to_message((Run(label),))[0]
    else:
        assert markup is not None
        check_markup(markup.to_dict())


@pytest.mark.parametrize("data", ["", "я" * 33])
def test_callback_data_that_does_not_fit_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match="bytes"):
        keyboard([[("Next", data)]])


def test_no_buttons_are_no_keyboard() -> None:
    assert keyboard([[], []]) is None


likely = st.from_regex(r"https?://[a-z.]{1,9}(:\d{1,6})?/?", fullmatch=True)


@given(st.one_of(st.text(max_size=30), st.sampled_from(ADDRESSES), likely))
def test_what_we_call_a_link_telegram_does_too(url: str) -> None:
    if is_link(url):
        assert check_url(url)


def test_the_judge_refuses_what_is_wrong() -> None:
    with pytest.raises(ApiError):
        judge("🕊", [MessageEntity("bold", 1, 1)])
