"""What rendering hands to an edge: text, the reading line, and buttons that hold typed questions."""

from dataclasses import dataclass

from bot.domain.queries import Query
from bot.domain.replies import Act
from bot.rendering.rich import Rich

#: More than this does not fit under a message without scrolling.
MAX_BUTTONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A natural next question, or a word to the program about the answer."""

    label: str
    action: Query | Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One reply, ready for any edge."""

    text: Rich
    #: How the question was read, in one line; empty where there is no reading.
    reading: str = ""
    buttons: tuple[Button, ...] = ()
    #: Page of a long list that is shown, from 0, and how many there are.
    page: int = 0
    pages: int = 1
