"""Messages between the processes: a head of JSON and a body of bytes, each after its length."""

import json
import math
import os
import select
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_LENGTHS: Final = struct.Struct("!IQ")
_MOST_HEAD: Final = 2**16
_MILLI: Final = 1000

Head = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What was received."""

    head: Head
    body: bytes


def send(sock: socket.socket, head: Head, body: bytes = b"", *, until: float | None = None) -> None:
    """Send one message, in one call where it fits into the buffers of the system.

    `until` is an instant of the monotonic clock. Raises TimeoutError there, and ConnectionError
    when the other end is gone.
    """
    _demand_time(until)
    written = json.dumps(head).encode()
    start = _LENGTHS.pack(len(written), len(body)) + written
    left = [memoryview(start), memoryview(body)]
    while left:
        try:
            sent = sock.sendmsg(left, (), _flags(until))
        except BlockingIOError:
            _wait(sock, select.POLLOUT, until)
        else:
            left = _rest(left, sent)


def receive(sock: socket.socket, *, most: int | None = None, until: float | None = None) -> Message:
    """The next message.

    Raises TimeoutError at the instant `until`; EOFError when the other end has closed, or announces
    a body of more than `most` bytes; ConnectionError when it closed without reading what was sent.
    """
    _wait(sock, select.POLLIN, until)
    lengths = bytearray(_LENGTHS.size)
    _fill(sock, (lengths,), until)
    head_size, body_size = _LENGTHS.unpack(lengths)
    if head_size > _MOST_HEAD or (most is not None and body_size > most):
        told = f"{head_size} + {body_size} bytes; at most {_MOST_HEAD} + {most} may be."
        raise EOFError(f"A message of {told}")
    head, body = bytearray(head_size), bytearray(body_size)
    _fill(sock, (head, body), until)
    return Message(json.loads(head), bytes(body))


def _fill(sock: socket.socket, buffers: Sequence[bytearray], until: float | None) -> None:
    """Read as much as the buffers take, and nothing beyond, however it arrives."""
    left = [memoryview(buffer) for buffer in buffers]
    while left:
        try:
            got = sock.recvmsg_into(left, 0, _flags(until))[0]
        except BlockingIOError:
            _wait(sock, select.POLLIN, until)
            continue
        if not got:
            raise EOFError("The other end has closed.")
        left = _rest(left, got)


def _rest(parts: list[memoryview], done: int) -> list[memoryview]:
    """What is left of some memory when so many bytes of it are done."""
    for number, part in enumerate(parts):
        if done < len(part):
            return [part[done:], *parts[number + 1 :]]
        done -= len(part)
    return []


def _flags(until: float | None) -> int:
    """Whether a call may wait: only who waits for as long as it takes needs no clock."""
    return 0 if until is None else socket.MSG_DONTWAIT


def _wait(sock: socket.socket, event: int, until: float | None) -> None:
    """Wait until something can be read or written; raises TimeoutError at that instant."""
    if until is None:
        return
    watch = select.poll()
    watch.register(sock, event)
    if not watch.poll(_demand_time(until) * _MILLI):
        raise TimeoutError("The time is up.")


def _demand_time(until: float | None) -> float:
    """The seconds that are left, if any; raises TimeoutError where none are."""
    left = math.inf if until is None else until - time.monotonic()
    if left <= 0:
        raise TimeoutError("The time is up.")
    return left


def is_closed(sock: socket.socket) -> bool:
    """Whether the other end has closed, even if something it sent is still to be read."""
    descriptor = sock.fileno()
    if descriptor < 0:
        return True
    watch = select.poll()
    watch.register(descriptor, 0)
    return bool(watch.poll(0))


def send_descriptor(sock: socket.socket, descriptor: int) -> None:
    """Hand an open descriptor to the process at the other end."""
    socket.send_fds(sock, [b"\0"], [descriptor])


def receive_descriptor(sock: socket.socket) -> int:
    """The descriptor that the other end sends next; it is not inherited by further programs."""
    sent, descriptors, _, _ = socket.recv_fds(sock, 1, 1)
    if not sent or not descriptors:
        raise EOFError("The other end has closed before it sent a descriptor.")
    os.set_inheritable(descriptors[0], False)
    return descriptors[0]
