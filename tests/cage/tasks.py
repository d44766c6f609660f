"""Tasks that behave, and tasks that try to break out of the cage or to break it."""

import ctypes
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.cage.streams import STREAMS

from primum.cage.worker import Tasks


def prepare(argument: str) -> Tasks:
    """Every task of this module and of `streams`; `argued` gives back the argument.

    It leaves a descriptor open, as a library might.
    """
    os.open(os.devnull, os.O_RDONLY)
    found = {each.__name__: each for each in (*TASKS, *STREAMS)}
    return {"argued": lambda _: argument.encode(), **found}


def prepare_badly(argument: str) -> Tasks:
    """A preparation that fails."""
    raise ValueError(f"nothing is at {argument}")


def prepare_threads(argument: str) -> Tasks:
    """A preparation that leaves a thread behind."""
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return prepare(argument)


def prepare_late(argument: str) -> Tasks:
    """A preparation that takes a minute."""
    time.sleep(60)
    return prepare(argument)


def prepare_and_die(argument: str) -> Tasks:
    """A preparation that takes its process with it."""
    os._exit(len(argument))


def echo(payload: bytes) -> bytes:
    """The payload."""
    return payload


def nap(payload: bytes) -> bytes:
    """The payload after as many milliseconds as it says."""
    time.sleep(int(payload) / 1000)
    return payload


def pids(_: bytes) -> bytes:
    """The ids of this process and of its zygote, as JSON."""
    return json.dumps([os.getpid(), os.getppid()]).encode()


def loop(_: bytes) -> bytes:
    """Never ends."""
    while True:
        pass


def power(_: bytes) -> bytes:
    """Stays in one instruction of the interpreter for years, deaf to signals."""
    return str(9**9**9).encode()


def backtrack(_: bytes) -> bytes:
    """Stays in the regular expression engine."""
    return str(re.match(r"(a*)*b", "a" * 100)).encode()


def bomb(_: bytes) -> bytes:
    """Takes memory until there is no more."""
    kept = []
    while True:
        kept.append(bytearray(2**20))


def small_bomb(_: bytes) -> bytes:
    """Takes memory in small pieces, so that nothing is left to answer with."""
    kept: list[object] = []
    while True:
        kept.append([kept])


def overflow(_: bytes) -> bytes:
    """Overflows the stack of the interpreter."""
    sys.setrecursionlimit(10**9)

    def deeper(level: int) -> int:
        return max((level, 0), key=lambda each: deeper(each + 1))

    return str(deeper(0)).encode()


def fault(_: bytes) -> bytes:
    """Reads where there is nothing."""
    return ctypes.string_at(0)


def fail(payload: bytes) -> bytes:
    """Raises an exception with what the caller wrote."""
    raise LookupError(payload.decode())


def leave(_: bytes) -> bytes:
    """Raises what is no Exception."""
    raise SystemExit


def many(payload: bytes) -> bytes:
    """As many bytes as the payload says."""
    return bytes(int(payload))


def read_file(_: bytes) -> bytes:
    """Opens a file to read."""
    return _refusal(lambda: Path(__file__).read_bytes())


def write_file(payload: bytes) -> bytes:
    """Opens a file to write."""
    return _refusal(lambda: Path(payload.decode()).write_bytes(b"out"))


def connect(payload: bytes) -> bytes:
    """Opens a connection to a port of this machine."""
    return _refusal(lambda: socket.create_connection(("127.0.0.1", int(payload)), 1))


def spawn(_: bytes) -> bytes:
    """Runs a program."""
    return _refusal(lambda: subprocess.run(["/bin/true"], check=True))


def descriptors(_: bytes) -> bytes:
    """The descriptors that are open, as far as a thousand numbers tell."""
    return json.dumps([number for number in range(1000) if _is_open(number)]).encode()


def _is_open(number: int) -> bool:
    """Whether a descriptor is open."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _refusal(act: Callable[[], object]) -> bytes:
    """The name of the error that an act meets, or `done`."""
    try:
        act()
    except OSError as error:
        return type(error).__name__.encode() + b" " + str(error.errno).encode()
    return b"done"


TASKS: tuple[Callable[[bytes], bytes], ...] = (
    echo,
    nap,
    pids,
    loop,
    power,
    backtrack,
    bomb,
    small_bomb,
    overflow,
    fault,
    fail,
    leave,
    many,
    read_file,
    write_file,
    connect,
    spawn,
    descriptors,
)
