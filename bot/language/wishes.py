"""What a subscriber typed after `/subscribe`: "remains ukraine", "полонені щодня", as wishes."""

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

from bot.domain.claims import Kind
from bot.domain.queries import AskedRecipient
from bot.domain.subscriptions import Frequency, Subscription
from bot.errors import CommandError
from bot.language.typed import word_value

#: Text key of the message for a word that is none of them; it is given as "word".
USAGE = "subscribe-usage"
_BETWEEN = re.compile(r"[\s,;+&/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was named; None: nothing was said of it."""

    #: In the order typed; empty: every kind, in so many words.
    kinds: tuple[Kind, ...] | None = None
    #: "both": in so many words.
    recipient: AskedRecipient | None = None
    frequency: Frequency | None = None
    silent: bool | None = None

    def changed(self, subscription: Subscription) -> Subscription:
        """Return the subscription with what was named."""
        values: dict[str, Any] = {}
        if self.kinds is not None:
            values["kinds"] = self.kinds or None
        if self.recipient is not None:
            values["recipient"] = None if self.recipient == "both" else self.recipient
        if self.frequency is not None:
            values["frequency"] = self.frequency
        if self.silent is not None:
            values["silent"] = self.silent
        return replace(subscription, **values)


def parse_wishes(typed: str) -> Wishes:
    """Read the words after `/subscribe`, in any order and in any of the languages.

    Raises:
        CommandError: a word is none of them; it is in "word".
    """
    wishes = Wishes()
    for word in _BETWEEN.split(typed.strip()):
        if word and _value("filler", word) is None:
            wishes = _with(wishes, word)
    return wishes


def wishes_in(sentence: str) -> Wishes:
    """Read what a sentence names ("tell me about bodies, daily"); words that name nothing are passed over."""
    wishes = Wishes()
    for word in _BETWEEN.split(sentence.strip(" .!?")):
        with contextlib.suppress(CommandError):
            wishes = _with(wishes, word.strip(".!?"))
    return wishes


def wants_picture(question: str) -> bool:
    """Tell whether a question asks for a chart in so many words."""
    return any(_is_picture(word) for word in _BETWEEN.split(question) if word)


@lru_cache(maxsize=1024)
def _is_picture(word: str) -> bool:
    return _value("picture", word) is not None


def _with(wishes: Wishes, word: str) -> Wishes:
    for table, take in _TAKERS.items():
        if (value := _value(table, word)) is not None:
            return take(wishes, value)
    raise CommandError(USAGE, word=word[:40])


def _value(table: str, word: str) -> str | None:
    try:
        return word_value(table, word, form=USAGE)
    except CommandError:
        return None


def _kind(wishes: Wishes, value: str) -> Wishes:
    kinds = wishes.kinds or ()
    kind = cast(Kind, value)
    return wishes if kind in kinds else replace(wishes, kinds=(*kinds, kind))


def _everything(wishes: Wishes, value: str) -> Wishes:
    return replace(wishes, kinds=()) if value == "kinds" else replace(wishes, recipient="both")


def _recipient(wishes: Wishes, value: str) -> Wishes:
    """Take a recipient; both named is both."""
    both = wishes.recipient is not None and wishes.recipient != value
    return replace(wishes, recipient="both" if both else cast(AskedRecipient, value))


_TAKERS: dict[str, Callable[[Wishes, str], Wishes]] = {
    "kind": _kind,
    "recipient": _recipient,
    "frequency": lambda wishes, value: replace(wishes, frequency=cast(Frequency, value)),
    "sound": lambda wishes, value: replace(wishes, silent=value == "silent"),
    "everything": _everything,
}
