"""Frozen tables: words, and what was worked out about each beforehand, looked up in the file as it lies.

A file is UTF-8 text with an entry a line: a word and, behind a tab, its value; lines stand in the order of their bytes.
Nothing is taken apart when it is opened, so that a table of fifty thousand words costs its bytes and no more.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

#: Bytes between two places that are known by their word; a look-up searches one such stretch.
STEP = 1024
_TAB = ord("\t")
_ENDS = (_TAB, ord("\n"))
FOLDER = Path(__file__).parent / "lexicon"


class FrozenTable(Collection[str]):
    """Words with their values; a word that stands alone has the value "". No word holds a tab or a line end."""

    __slots__ = ("_data", "_first", "_starts")

    def __init__(self, data: bytes) -> None:
        """Keep a file's content, as `freeze` wrote it."""
        self._data = b"\n" + data
        #: Where each stretch begins (at the line end before it), with its first word.
        self._starts: list[int] = []
        self._first: list[bytes] = []
        at = 0
        while 0 <= at < len(data):
            end = self._data.index(b"\n", at + 1)
            self._starts.append(at)
            self._first.append(self._data[at + 1 : end].partition(b"\t")[0])
            at = self._data.find(b"\n", max(end, at + STEP))
        self._starts.append(len(self._data))

    def get(self, word: str) -> str | None:
        """Return the value of a word; None where it does not stand in the table."""
        end = self._end(word)
        if end < 0:
            return None
        return self._data[end + 1 : self._data.index(b"\n", end)].decode() if self._data[end] == _TAB else ""

    def __contains__(self, word: object) -> bool:
        """Tell whether a word stands in the table."""
        return isinstance(word, str) and self._end(word) >= 0

    def begins(self, start: str) -> bool:
        """Tell whether any word begins so."""
        key = start.encode(errors="surrogatepass")
        behind = bisect_right(self._first, key)
        if behind < len(self._first) and self._first[behind].startswith(key):
            return True
        return behind > 0 and self._data.find(b"\n" + key, self._starts[behind - 1], self._starts[behind]) >= 0

    def among(self, words: Iterable[str]) -> set[str]:
        """Return those of many words that stand in the table."""
        data, first, starts = self._data, self._first, self._starts
        found: set[str] = set()
        for word in words:
            key = word.encode(errors="surrogatepass")
            stretch = bisect_right(first, key)
            if stretch:
                at = data.find(b"\n" + key, starts[stretch - 1], starts[stretch])
                if at >= 0 and data[at + 1 + len(key)] in _ENDS:
                    found.add(word)
        return found

    def _end(self, word: str) -> int:
        """Return where a word ends in the file; -1 where it does not stand in it."""
        key = word.encode(errors="surrogatepass")
        stretch = bisect_right(self._first, key) - 1
        if stretch < 0:
            return -1
        # The first line that begins so is the word itself or a longer one: tab and line end come before any letter.
        at = self._data.find(b"\n" + key, self._starts[stretch], self._starts[stretch + 1])
        end = at + 1 + len(key)
        return end if at >= 0 and self._data[end] in _ENDS else -1

    def __iter__(self) -> Iterator[str]:
        """Yield the words, in the order of the file."""
        for line in self._data[1:].decode().split("\n")[:-1]:
            yield line.partition("\t")[0]

    def __len__(self) -> int:
        """Count the words."""
        return self._data.count(b"\n") - 1


def freeze(entries: Mapping[str, str]) -> bytes:
    """Return the content of a table's file.

    Raises:
        ValueError: a word or a value cannot stand in a line.
    """
    lines = []
    for word, value in entries.items():
        if not word or min(word) < " " or (value and min(value) < " "):
            raise ValueError(f"{word!r} with {value!r} cannot be frozen")
        lines.append(f"{word}\t{value}\n" if value else f"{word}\n")
    return b"".join(sorted(line.encode() for line in lines))


def thawed(name: str) -> FrozenTable:
    """Open a table of the lexicon by the name of its file."""
    return FrozenTable((FOLDER / name).read_bytes())
