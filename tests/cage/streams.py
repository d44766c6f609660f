"""Streamed tasks that behave, and such as break off."""

import ctypes
import os
import resource
import signal
import socket
import time
from collections.abc import Callable

from primum.cage.worker import Emit


def count_up(payload: bytes, emit: Emit) -> bytes:
    """As many numbers as the payload says, each a piece, and `end`."""
    for number in range(int(payload)):
        emit(str(number).encode())
    return b"end"


def until_told(_: bytes, emit: Emit) -> bytes:
    """The id of this process; it ends when it is sent a signal, and not before."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    emit(str(os.getpid()).encode())
    signal.sigwait({signal.SIGUSR1})
    return b"end"


def on_and_on(_: bytes, emit: Emit) -> bytes:
    """Pieces of a kilobyte without an end."""
    while True:
        emit(bytes(1000))


def silent(payload: bytes, emit: Emit) -> bytes:
    """As many pieces as the payload says, and then nothing more for a minute."""
    count_up(payload, emit)
    time.sleep(60)
    return b""


def busy(payload: bytes, emit: Emit) -> bytes:
    """As many pieces as the payload says, and then an endless loop."""
    count_up(payload, emit)
    while True:
        pass


def crash(payload: bytes, emit: Emit) -> bytes:
    """As many pieces as the payload says, and then a violation of memory."""
    count_up(payload, emit)
    return ctypes.string_at(0)


def raising(payload: bytes, emit: Emit) -> bytes:
    """As many pieces as the payload says, and then an exception with those words."""
    count_up(payload, emit)
    raise LookupError("what the caller wrote")


def hoard(payload: bytes, emit: Emit) -> bytes:
    """As many pieces as the payload says, and then more memory than there is."""
    count_up(payload, emit)
    kept = []
    while True:
        kept.append(bytearray(2**20))


def large(payload: bytes, emit: Emit) -> bytes:
    """A piece of as many bytes as the payload says, and one byte."""
    emit(bytes(int(payload)))
    return b"x"


def large_end(payload: bytes, emit: Emit) -> bytes:
    """One byte, and a last piece of as many bytes as the payload says."""
    emit(b"x")
    return bytes(int(payload))


def niceness(_: bytes) -> bytes:
    """How far this process gives way to others."""
    return str(os.nice(0)).encode()


def room(_: bytes) -> bytes:
    """How many descriptors this process may have, and how many sockets it can open."""
    opened: list[socket.socket] = []
    try:
        while len(opened) < 100:
            opened.append(socket.socket())
    except OSError:
        pass
    count = len(opened)
    for each in opened:
        each.close()
    return f"{resource.getrlimit(resource.RLIMIT_NOFILE)[1]} {count}".encode()


STREAMS: tuple[Callable[..., bytes], ...] = (
    *(count_up, until_told, on_and_on, silent, busy, crash, raising, hoard, large, large_end),
    *(niceness, room),
)
