"""Messages with bold parts and links: values are marked, the message is written, and the marks become runs."""

import re
from collections.abc import Mapping

from bot.domain.replies import Lang
from bot.rendering.rich import Rich, Run
from bot.rendering.words import Value, message

#: Private-use characters; no message and no source holds them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}(\\d+):(.*?){_CLOSE}", re.DOTALL)


def styled(
    lang: Lang,
    key: str,
    *,
    bold: Mapping[str, str] | None = None,
    links: Mapping[str, tuple[str, str]] | None = None,
    code: Mapping[str, str] | None = None,
    **values: Value,
) -> Rich:
    """Write a message of which some values are bold or lead somewhere.

    Args:
        bold: Values to show in bold.
        links: Values to show as links: text and address. An address that is not http(s) is left out.
        code: Values to be copied as they stand.
    """
    runs: list[Run] = []

    def mark(run: Run) -> str:
        runs.append(run)
        return f"{_OPEN}{len(runs) - 1}:{run.text}{_CLOSE}"

    marked: dict[str, Value] = {name: mark(Run(text, bold=True)) for name, text in (bold or {}).items()}
    for name, (text, url) in (links or {}).items():
        marked[name] = mark(Run(text, url=safe_url(url)))
    marked.update({name: mark(Run(text, code=True)) for name, text in (code or {}).items()})
    return _cut(message(lang, key, **marked, **values), runs)


def _cut(text: str, runs: list[Run]) -> Rich:
    parts: list[Run] = []
    end = 0
    for found in _MARKED.finditer(text):
        if found.start() > end:
            parts.append(Run(text[end : found.start()]))
        parts.append(runs[int(found.group(1))])
        end = found.end()
    if end < len(text):
        parts.append(Run(text[end:]))
    return tuple(parts)


def safe_url(url: str) -> str | None:
    """Return an address that may be shown as a link; None for any other kind of text."""
    return url if url.startswith(("https://", "http://")) and url.split() == [url] else None


def words(text: str) -> Rich:
    """Return plain text as one run; nothing for no text."""
    return (Run(text),) if text else ()


def strong(text: str) -> Rich:
    """Return text as one bold run."""
    return (Run(text, bold=True),)
