"""Every simple text by its key: pages, settings, cards, errors. The text is in the message files."""

from bot.domain.replies import Lang
from bot.rendering.words import Value, message


def text(lang: Lang, key: str, **values: Value) -> str:
    """Return the text of a key in a language.

    Raises:
        LookupError: no such text, or a value that it needs is not given.
    """
    return message(lang, key, **values)
