"""The load: one thread that keeps connections busy, each with one request at a time.

Requests are bytes made beforehand, and of an answer only the status and the end are looked for, so
that one core drives the server on the other. How busy the client was is told with each round. An
answer has a length, or comes in chunks that hold no empty line.
"""

import gc
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import perf_counter_ns, process_time_ns

from tests.bench.engines import Mismatch

_BUFFER = 2**20
_BODILESS = b"304"
_LENGTH = b"content-length: "
_CHUNKED = b"transfer-encoding: chunked"
_END = b"\r\n\r\n"
_LAST = b"\r\n0\r\n\r\n"
_UNSEEN, _IN_CHUNKS = -2, -1
_PATIENCE = 60  # seconds


@dataclass(slots=True)
class Load:
    """A round: the time of each answer, how long all took, and the client's own work in it.

    All in nanoseconds.
    """

    latencies: list[int] = field(default_factory=list)
    spent: int = 0
    worked: int = 0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) * 1e9 / self.spent if self.spent else 0.0


class _Line:
    """A connection and the answer that it waits for."""

    __slots__ = ("left", "sent", "socket", "tail")

    def __init__(self, port: int) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.left, self.sent, self.tail = _UNSEEN, 0, b""

    def ask(self, request: bytes) -> None:
        """Send a request; a request is small, so it fits into the buffers of the system."""
        self.left, self.sent, self.tail = _UNSEEN, perf_counter_ns(), b""
        self.socket.sendall(request)

    def take(self, buffer: bytearray, expected: bytes) -> bool:
        """Take what is there; tells whether the answer is complete."""
        size = self.socket.recv_into(buffer)
        if not size:
            raise Mismatch("The server closed a connection that it should have kept.")
        if self.left == _UNSEEN:
            self.left = _left(buffer, size, expected)
        elif self.left != _IN_CHUNKS:
            self.left -= size
        return self._is_last(buffer, size) if self.left == _IN_CHUNKS else self.left == 0

    def _is_last(self, buffer: bytearray, size: int) -> bool:
        """Whether what has come ends with the last chunk."""
        self.tail = (self.tail + buffer[max(0, size - len(_LAST)) : size])[-len(_LAST) :]
        return self.tail == _LAST


def _left(buffer: bytearray, size: int, expected: bytes) -> int:
    """How much of an answer is still to come; raises Mismatch for another status."""
    end = buffer.find(_END, 0, size) + len(_END)
    status = bytes(buffer[9:12])
    if status != expected or end < len(_END):
        raise Mismatch(f"Expected {expected.decode()}, found {bytes(buffer[:size])[:400]!r}")
    if status == _BODILESS:
        return end - size
    if buffer.find(_CHUNKED, 0, end) >= 0:
        return _IN_CHUNKS
    start = buffer.find(_LENGTH, 0, end) + len(_LENGTH)
    return end + int(buffer[start : buffer.find(b"\r", start, end)]) - size


def drive(
    port: int, requests: Iterator[bytes], *, status: int, connections: int, seconds: float
) -> Load:
    """Ask for some seconds, or until there are no more requests; raises Mismatch.

    The collector of garbage rests meanwhile: what it walks through is not the client's.
    """
    with ExitStack() as stack:
        lines = [_Line(port) for _ in range(connections)]
        for line in lines:
            stack.enter_context(line.socket)
        gc.disable()
        stack.callback(gc.enable)
        return _driven(lines, requests, str(status).encode(), int(seconds * 1e9))


def _driven(lines: list[_Line], requests: Iterator[bytes], expected: bytes, time: int) -> Load:
    """The round itself."""
    poll, by_number, buffer = select.poll(), {}, bytearray(_BUFFER)
    load, worked, start = Load(), process_time_ns(), perf_counter_ns()
    for line, request in zip(lines, requests, strict=False):
        poll.register(line.socket, select.POLLIN)
        by_number[line.socket.fileno()] = line
        line.ask(request)
    busy = len(by_number)
    while busy:
        ready = poll.poll(_PATIENCE * 1000)
        if not ready:
            raise Mismatch(f"The server did not answer within {_PATIENCE} seconds.")
        for number, _ in ready:
            line = by_number[number]
            if line.take(buffer, expected):
                now = perf_counter_ns()
                load.latencies.append(now - line.sent)
                following = next(requests, None) if now - start < time else None
                if following is None:
                    busy -= 1
                    poll.unregister(line.socket)  # an idle line may be closed
                else:
                    line.ask(following)
    load.spent, load.worked = perf_counter_ns() - start, process_time_ns() - worked
    return load
