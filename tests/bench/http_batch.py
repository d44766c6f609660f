"""A batch over one connection, by a client that sends and reads at once, as a stream asks for."""

import select
import socket
from collections.abc import Callable
from time import perf_counter_ns

from tests.bench.engines import Mismatch
from tests.bench.http_answer import Answer
from tests.bench.http_questions import BATCH, NDJSON
from tests.web.wire import chunked, head

_BUFFER = 2**20
_PIECE = 2**14
_PATIENCE = 60_000  # milliseconds
Take = Callable[[bytes], object]


def request(query: str, lines: list[bytes]) -> bytes:
    """The request of a batch, in pieces such as a client sends while it makes records."""
    body = b"".join(line + b"\n" for line in lines)
    framed = (f"Content-Type: {NDJSON}", "Transfer-Encoding: chunked")
    return head(f"POST {BATCH}{query}", *framed) + chunked(body, _PIECE)


def exchange(port: int, sent: bytes, take: Take) -> int:
    """Send a batch and take the data of its answer; gives the time, in nanoseconds.

    Raises Mismatch where the answer is none, or breaks off.
    """
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setblocking(False)
        start = perf_counter_ns()
        _exchange(line, memoryview(sent), take)
        return perf_counter_ns() - start


def _exchange(line: socket.socket, left: memoryview, take: Take) -> None:
    """Write where the line takes something, read where it has something, to the end."""
    poll, answer = select.poll(), Answer()
    poll.register(line, select.POLLIN | select.POLLOUT)
    while not answer.ended:
        ready = poll.poll(_PATIENCE)
        if not ready:
            raise Mismatch("The answer to a batch does not go on.")
        if ready[0][1] & select.POLLOUT:
            left = left[line.send(left[:_BUFFER]) :]
            if not left:
                poll.modify(line, select.POLLIN)
        if ready[0][1] & ~select.POLLOUT:
            data = line.recv(_BUFFER)
            if not data:
                raise Mismatch("The answer to a batch breaks off.")
            for part in answer.taken(data):
                take(part)


def lines_of(port: int, sent: bytes) -> list[bytes]:
    """The lines of the answer to a batch."""
    parts: list[bytes] = []
    exchange(port, sent, parts.append)
    return b"".join(parts).splitlines()
