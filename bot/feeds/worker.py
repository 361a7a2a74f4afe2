"""The parser process: documents in, what they hold out, within limits of its own.

Started by `bot.feeds.process`, spoken to over its standard streams. A request is two lengths, a JSON header and the
document; the answers are `"ready"` once the libraries are there, then the result. A document that costs more processor
time than it may ends the process; the parent starts another.
"""

import json
import os
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from bot.errors import FetchError

REQUEST = struct.Struct(">II")
ANSWER = struct.Struct(">I")

#: Given the header of the request, the document and the process's limit.
Task = Callable[[Mapping[str, Any], bytes], Mapping[str, Any]]


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    memory = int(sys.argv[1])
    seconds = float(sys.argv[2])
    source = sys.stdin.buffer
    # Whatever a library prints must not end up between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory(memory)
    while header := source.read(REQUEST.size):
        lengths = REQUEST.unpack(header)
        request = json.loads(source.read(lengths[0]))
        body = source.read(lengths[1])
        task = _task(request["task"])
        _send(answers, "ready")
        _limit_time(seconds)
        try:
            result = task(request, body)
        except FetchError as error:
            result = {"error": str(error), "kind": error.kind}
        except MemoryError:
            result = {"error": "the document takes too much memory", "kind": "content"}
        except Exception as error:  # the top of the loop: one document never stops the rest
            result = {"error": f"the document cannot be read: {type(error).__name__}", "kind": "content"}
        finally:
            _limit_time(0)
        _send(answers, result)


def _send(stream: BinaryIO, value: object) -> None:
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    stream.write(ANSWER.pack(len(data)) + data)
    stream.flush()


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    for kind, value in ((resource.RLIMIT_AS, limit), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _limit_time(seconds: float) -> None:
    """Let the kernel end the process after so much processor time; 0 takes the limit away."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _task(name: str) -> Task:
    """Import what a task needs; only that."""
    if name == "article":
        from bot.feeds.article import article_text

        return lambda request, body: {
            "text": article_text(body, content_type=request["content_type"], url=request["url"])
        }
    from bot.feeds.parse import parse

    return lambda request, body: asdict(parse(body, content_type=request["content_type"], url=request["url"]))
