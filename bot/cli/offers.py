"""What is shown in the terminal, and what may be typed after it: a number for a choice, a word for the next page."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import cache

from bot.cli.screen import Screen
from bot.domain.replies import LANGS, Lang
from bot.rendering.rendered import Rendered
from bot.rendering.rich import Rich
from bot.rendering.styled import words
from bot.rendering.texts import text
from bot.rendering.words import Value

Step = Callable[[], Awaitable[None]]
#: What a number stands for, and what it does.
Choice = tuple[str, Step]


class Offers:
    """Shows texts, and knows what was offered with the last."""

    def __init__(self, screen: Screen, *, interactive: bool) -> None:
        """Remember where texts are shown.

        Args:
            interactive: Somebody sees what they type, so that choices have numbers.
        """
        self._screen = screen
        self._interactive = interactive
        self._choices: Sequence[Choice] = ()
        self._more: Step | None = None
        self._lang: Lang = "en"
        self._told_of_numbers = False

    def take(self, line: str) -> Step | None:
        """Return what a line chooses; None where it chooses nothing. Whatever else it says, the offers are gone."""
        choices, more = self._choices, self._more
        if choices and line.isascii() and line.isdecimal() and len(line) < 3:
            if 1 <= int(line) <= len(choices):
                self.forget()
                return choices[int(line) - 1][1]
            return self._no_such(line)
        self.forget()
        return more if line.lower() in _more_words() else None

    def forget(self) -> None:
        """Offer nothing any more."""
        self._choices, self._more = (), None

    def say(self, lang: Lang, key: str, **values: Value) -> None:
        """Show a text by its key."""
        self._screen.show(words(text(lang, key, **values)))

    def show(
        self,
        rendered: Rendered,
        lang: Lang,
        choices: Sequence[Choice] = (),
        *,
        turning: Callable[[int], Awaitable[None]] | None = None,
    ) -> None:
        """Show a text, how to see more of it, and what can be chosen after it.

        Args:
            choices: In the order of the buttons of the text.
            turning: Shows a page of it, from 0; None where there is one.
        """
        numbered = _numbered(rendered.text, choices) if self._interactive else None
        self._screen.show(numbered or rendered.text)
        if turning is not None and rendered.page < rendered.pages - 1:
            following = rendered.page + 1
            self._more, self._lang = lambda: turning(following), lang
            word = text(lang, "terminal-more-words").split()[0]
            self._screen.show(words(text(lang, "terminal-more", word=word)))
        self.offer(choices, lang, listed=numbered is not None)

    def offer(self, choices: Sequence[Choice], lang: Lang, *, listed: bool = False) -> None:
        """List what a number chooses.

        Args:
            listed: They stand in the text already.
        """
        if not self._interactive or not choices:
            return
        self._choices, self._lang = choices, lang
        if not listed:
            for number, (label, _) in enumerate(choices, 1):
                self._screen.line(words(f"  {number}. {label}"), faint=True)
        if not self._told_of_numbers:
            self._told_of_numbers = True
            self._screen.line(words(f"  {text(lang, 'terminal-numbers')}"), faint=True)
            listed = False
        if not listed:
            self._screen.line()

    def _no_such(self, number: str) -> Step:
        async def say() -> None:
            self.say(self._lang, "terminal-no-number", number=number, last=str(len(self._choices)))

        return say


@cache
def _more_words() -> frozenset[str]:
    """Return the words for the next page, in every language."""
    return frozenset(word for lang in LANGS for word in text(lang, "terminal-more-words").split())


def _numbered(shown: Rich, choices: Sequence[Choice]) -> Rich | None:
    """Number the choices that a text lists; None where it does not list them all."""
    numbers = {f"• {label}": f"{number}. {label}" for number, (label, _) in enumerate(choices, 1)}
    if not choices or not set(numbers) <= {run.text for run in shown}:
        return None
    return tuple(replace(run, text=numbers.get(run.text, run.text)) for run in shown)
