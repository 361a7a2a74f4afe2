"""Logging to standard error: a line a finished piece of work, and never a secret."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_Handler = TypeVar("_Handler", bound=logging.Handler)

#: Attributes that every record has; what else it carries are the event's fields.
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
#: Where the program's own events come from.
_OURS = ("bot", "handlers", "storage")
_DSN = re.compile(r"(?<=://)([^:/@\s]+):[^@\s]+(?=@)")


def set_up_logging(*, level: str = "INFO", secrets: Iterable[str] = (), as_json: bool | None = None) -> None:
    """Send the log to standard error.

    Args:
        level: The lowest level that is written.
        secrets: Texts that are blotted out wherever they appear.
        as_json: One JSON object a line; None: where standard error is no terminal.
    """
    handler = logging.StreamHandler(sys.stderr)
    json_lines = not sys.stderr.isatty() if as_json is None else as_json
    handler.setFormatter(_Formatter(as_json=json_lines, secrets=secrets))
    handler.setLevel(level)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # What libraries tell in passing may hold anything: statements, addresses, texts.
    root.setLevel(max(logging.WARNING, logging.getLevelName(level)))
    # It warns of each tick that passes while the polls before it go on.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)


@contextmanager
def heard_by(handler: _Handler) -> Iterator[_Handler]:
    """Let a handler hear what happens, from its own level on, whatever level is written."""
    levels = {name: logging.getLogger(name).level for name in _OURS}
    for name, level in levels.items():
        logging.getLogger(name).setLevel(min(level or handler.level, handler.level))
    logging.getLogger().addHandler(handler)
    try:
        yield handler
    finally:
        logging.getLogger().removeHandler(handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


class _Formatter(logging.Formatter):
    """Writes event and fields, as JSON or for eyes, with every secret blotted out."""

    def __init__(self, *, as_json: bool, secrets: Iterable[str]) -> None:
        super().__init__()
        self._json = as_json
        self._secrets = tuple(s for s in secrets if s)

    def format(self, record: logging.LogRecord) -> str:
        fields = {key: value for key, value in vars(record).items() if key not in _PLAIN}
        if record.exc_info and record.exc_info[0] is not None:
            fields["trace"] = "".join(traceback.format_exception(*record.exc_info)).rstrip()
        stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        if self._json:
            line = json.dumps(
                {"at": stamp, "level": record.levelname, "logger": record.name, "event": record.getMessage(), **fields},
                ensure_ascii=False,
                default=str,
            )
        else:
            told = "".join(f" {key}={value}" for key, value in fields.items() if key != "trace")
            trace = f"\n{fields['trace']}" if "trace" in fields else ""
            line = f"{stamp} {record.levelname:<7} {record.getMessage()}{told}{trace}"
        return self._blot(line)

    def _blot(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return _DSN.sub(r"\1:***", _TOKEN.sub("***", line))
