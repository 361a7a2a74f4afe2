"""Files that a command writes: whole or not at all, and never over something else unasked."""

from itertools import count
from pathlib import Path


def write_file(target: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that a kill leaves the old file or the new one.

    Raises:
        OSError: it cannot be written.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def place_for(typed: str, name: str, content: bytes) -> Path:
    """Return where a file goes: the path that was typed, or in that folder (else in this one) under the name.

    A path that was typed is taken as it is. A name of ours steps aside for a file that holds something else.
    """
    given = Path(typed).expanduser() if typed else Path()
    if not given.is_dir():
        return given.absolute()
    first = given.absolute() / name
    for number in count(2):
        if not first.exists() or first.read_bytes() == content:
            break
        first = first.with_name(f"{Path(name).stem}-{number}{first.suffix}")
    return first
