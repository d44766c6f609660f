"""Messages between the processes: a head of JSON and a body of bytes, each after its length."""

import json
import os
import select
import socket
import struct
import time
from dataclasses import dataclass
from typing import Any, Final

_LENGTHS: Final = struct.Struct("!IQ")
_MOST_HEAD: Final = 2**16

Head = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What was received."""

    head: Head
    body: bytes


def send(sock: socket.socket, head: Head, body: bytes = b"", *, until: float | None = None) -> None:
    """Send one message.

    `until` is an instant of the monotonic clock. Raises TimeoutError there, and ConnectionError
    when the other end is gone.
    """
    written = json.dumps(head).encode()
    _patient(sock, until)
    sock.sendall(_LENGTHS.pack(len(written), len(body)) + written)
    if body:
        _patient(sock, until)
        sock.sendall(body)


def receive(sock: socket.socket, *, most: int | None = None, until: float | None = None) -> Message:
    """The next message.

    Raises TimeoutError at the instant `until`; EOFError when the other end has closed, or announces
    a body of more than `most` bytes; ConnectionError when it closed without reading what was sent.
    """
    head, body = _LENGTHS.unpack(_exactly(sock, _LENGTHS.size, until))
    if head > _MOST_HEAD or (most is not None and body > most):
        raise EOFError(f"A message of {head} + {body} bytes; at most {_MOST_HEAD} + {most} may be.")
    return Message(json.loads(_exactly(sock, head, until)), _exactly(sock, body, until))


def _exactly(sock: socket.socket, size: int, until: float | None) -> bytes:
    """As many bytes as that, however they arrive."""
    buffer = bytearray(size)
    rest = memoryview(buffer)
    while rest:
        _patient(sock, until)
        got = sock.recv_into(rest)
        if not got:
            raise EOFError("The other end has closed.")
        rest = rest[got:]
    return bytes(buffer)


def _patient(sock: socket.socket, until: float | None) -> None:
    """Let the next call wait until that instant, or for as long as it takes."""
    left = None if until is None else until - time.monotonic()
    if left is not None and left <= 0:
        raise TimeoutError("The time is up.")
    sock.settimeout(left)


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
