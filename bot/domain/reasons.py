"""Why the program itself changed something, as the audit log keeps it: a text key and its values.

They are worded for whoever reads them, in their language. What an administrator gives as a reason is kept as it was
written, and so is what earlier versions of the program wrote.
"""

import shlex
from typing import Final, Literal, get_args

#: What was done, as its text key ends.
Cause = Literal["import", "report", "add", "edit", "pin", "unpin", "merge", "split", "undo", "reject", "reopen", "role"]

_KEYS: Final = {cause: f"audit-why-{cause}" for cause in get_args(Cause)}


def reason(cause: Cause, **values: object) -> str:
    """Write a reason as it is kept: "audit-why-merge into=remains-2025-06-11 other=remains-2025-06-12"."""
    return shlex.join((_KEYS[cause], *(f"{name}={value}" for name, value in values.items())))


def read_reason(text: str) -> tuple[str, dict[str, str]] | None:
    """Take apart what `reason` wrote: text key and values; None for a reason in somebody's own words."""
    if text.partition(" ")[0] not in _KEYS.values():
        return None
    try:
        key, *pairs = shlex.split(text)
    except ValueError:
        return None
    return key, {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
