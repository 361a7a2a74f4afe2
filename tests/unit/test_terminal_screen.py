"""How text looks in a terminal, and where its files go."""

import io
import textwrap
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.cli.files import place_for, write_file
from bot.cli.screen import INDENT, Screen, wrapped
from bot.rendering.rich import Run, plain

WORDS = st.lists(st.text("абвxyz", min_size=1, max_size=9), min_size=1, max_size=30)


class Window(io.StringIO):
    """A terminal that keeps what it shows."""

    def isatty(self) -> bool:
        return True


def shown(text: tuple[Run, ...], **environment: str) -> str:
    window = Window()
    Screen(window, environment).line(text)
    return window.getvalue()


@given(WORDS, st.integers(12, 40), st.integers(0, 20))
def test_lines_break_between_words_whatever_the_runs(words: list[str], width: int, cut: int) -> None:
    text = " ".join(words)
    runs = (Run(text[:cut], bold=True), Run(text[cut:]))

    assert plain(wrapped(runs, width)).split("\n") == textwrap.wrap(text, width, break_on_hyphens=False)


@given(WORDS, st.integers(12, 40))
def test_in_a_list_what_is_broken_off_stands_further_in(words: list[str], width: int) -> None:
    text = " ".join(words)
    expected = textwrap.wrap(text, width, subsequent_indent=INDENT, break_on_hyphens=False)

    assert plain(wrapped((Run(f"{text}\nlast"),), width)).split("\n") == [*expected, "last"]


def test_a_number_stays_with_its_noun() -> None:
    assert plain(wrapped((Run("aaaa 1\u00a0212\u00a0тіл"),), 12)) == "aaaa\n1\u00a0212\u00a0тіл"


def test_what_comes_from_elsewhere_does_not_steer_the_terminal() -> None:
    hostile = Run("name\x1b]0;title\x07\u202eback\x9b2J", url="https://example.org/\x1b\\\x07'")
    text = shown((hostile,), TERM="xterm")

    assert text == "\x1b]8;;https://example.org/%1B%5C%07'\x1b\\name]0;titleback2J\x1b]8;;\x1b\\\n"


def test_a_terminal_without_links_shows_addresses_once() -> None:
    text = (
        Run("Here", bold=True, url="https://a.example"),
        Run(" and "),
        Run("https://b.example", url="https://b.example"),
    )

    assert shown(text, TERM="dumb") == "Here (https://a.example) and https://b.example\n"
    assert shown(text, TERM="linux").startswith("\x1b[1mHere\x1b[0m (https://a.example)")


def test_no_color_leaves_links_and_no_style() -> None:
    assert shown((Run("Here", bold=True),), TERM="xterm", NO_COLOR="1") == "Here\n"


def test_a_name_of_ours_steps_aside_and_a_typed_one_is_taken(tmp_path: Path) -> None:
    first = place_for(str(tmp_path), "a.csv", b"one")
    write_file(first, b"one")

    assert place_for(str(tmp_path), "a.csv", b"one") == first
    assert place_for(str(tmp_path), "a.csv", b"two") == tmp_path / "a-2.csv"
    assert place_for(str(first), "b.csv", b"two") == first
    assert sorted(tmp_path.iterdir()) == [first]
