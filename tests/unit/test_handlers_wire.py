"""What an HTTP/1.1 answer of the Bot API comes to, however it is cut into pieces."""

import pytest

from handlers.wire import read_answer

LENGTH = b"HTTP/1.1 200 OK\r\nServer: nginx\r\ncontent-length: 11\r\n\r\n" + b'{"ok":true}'
CHUNKED = b'HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\n{"ok"\r\n7\r\n:false}\r\n0\r\n\r\n'
TRAILED = CHUNKED.removesuffix(b"\r\n") + b"X-Trailer: 1\r\n\r\n"
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n" + LENGTH
CLOSED = LENGTH.replace(b"Server: nginx", b"Connection: close")
EMPTY = b"HTTP/1.1 204 No Content\r\nServer: nginx\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (LENGTH, (200, b'{"ok":true}', True)),
        (CHUNKED, (400, b'{"ok":false}', True)),
        (TRAILED, (400, b'{"ok":false}', True)),
        (GO_ON, (200, b'{"ok":true}', True)),
        (CLOSED, (200, b'{"ok":true}', False)),
        (LENGTH.replace(b"1.1", b"1.0"), (200, b'{"ok":true}', False)),
        (EMPTY, (204, b"", True)),
    ],
    ids=["length", "chunks", "trailer", "continue", "close", "1.0", "no content"],
)
def test_answer_is_read_when_all_of_it_is_there_and_not_before(answer: bytes, read: tuple[int, bytes, bool]) -> None:
    assert [read_answer(answer[:end]) for end in range(len(answer))] == [None] * len(answer)
    assert read_answer(answer) == read


def test_answer_without_a_length_ends_with_the_connection() -> None:
    answer = b"HTTP/1.1 502 Bad Gateway\r\n\r\n<html>"

    assert read_answer(answer) is None
    assert read_answer(answer, ended=True) == (502, b"<html>", False)


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"]
)
def test_what_is_no_answer_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_answer(answer)
