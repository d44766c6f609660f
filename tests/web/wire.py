"""Servers as processes, and raw connections to them: other clients are too polite."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPResponse
from itertools import cycle, islice
from pathlib import Path
from typing import IO, Any, Self

PATIENCE = 90
_FIRST_PORT, _SHARES, _EACH = 20_000, 120, 100
Server = subprocess.Popen[bytes]
HOST = b"Host: primum\r\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """A connection to a port on loopback, on which anything can be sent."""

    def __init__(self, port: int, *, timeout: float = PATIENCE) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> Self:
        """Send bytes as they are."""
        self.socket.sendall(data)
        return self

    def end(self) -> Self:
        """Say that nothing more will be sent, and go on listening."""
        self.socket.shutdown(socket.SHUT_WR)
        return self

    def reply(self, method: str = "GET") -> Reply:
        """The next answer; raises http.client.HTTPException where none or half of one comes."""
        with HTTPResponse(self.socket, method=method) as response:
            response.begin()
            headers = {name.lower(): text for name, text in response.getheaders()}
            return Reply(response.status, headers, response.read())

    def until(self, text: bytes) -> bytes:
        """What comes up to and with a text; fails where it does not come."""
        found = b""
        while text not in found:
            data = self.socket.recv(2**16)
            assert data, f"the server closed after {found!r}"
            found += data
        return found

    def rest(self) -> bytes:
        """All that comes until the server closes the connection."""
        parts = []
        try:
            while data := self.socket.recv(2**16):
                parts.append(data)
        except ConnectionResetError:
            pass
        return b"".join(parts)


def head(request: str, *lines: str) -> bytes:
    """The head of a request, with a Host and its own header lines."""
    extra = "".join(f"{line}\r\n" for line in lines).encode("latin-1")
    return f"{request} HTTP/1.1\r\n".encode() + HOST + extra + b"\r\n"


def chunked(body: bytes, size: int) -> bytes:
    """A body in chunks of some size, with the last chunk."""
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))


def post(path: str, body: bytes, *lines: str) -> bytes:
    """A whole request with a body of stated length."""
    return head(f"POST {path}", f"Content-Length: {len(body)}", *lines) + body


def get(port: int, path: str) -> Reply:
    """The answer to a plain question."""
    with Wire(port) as wire:
        return wire.send(head(f"GET {path}")).reply()


def told(port: int, path: str) -> Any:
    """The JSON document at a path."""
    return json.loads(get(port, path).body)


def free_port() -> int:
    """A port that nobody listens on, nor will before the caller does.

    Each process of the tests has ports of its own, below those that the system hands out.
    """
    for port in islice(_ports(), _EACH):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("somebody listens on every port of this process")


@cache
def _ports() -> Iterator[int]:
    """The ports of this process, over and over."""
    first = _FIRST_PORT + os.getpid() % _SHARES * _EACH
    return cycle(range(first, first + _EACH))


def answers(port: int, path: str) -> bool:
    """Whether a server answers at all."""
    try:
        return get(port, path).status == 200
    except OSError:
        return False


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    path: str,
    errors: IO[bytes] | int = subprocess.DEVNULL,
    /,
    **environment: str,
) -> Iterator[Server]:
    """A server as a process of its own, once it answers at a path; stopped in any case.

    What it writes on standard error goes to `errors`.
    """
    server = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        start_new_session=True,
    )
    try:
        until(lambda: answers(port, path) or server.poll() is not None)
        assert server.poll() is None, "the server stopped before it answered"
        yield server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(PATIENCE)


def until(happens: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something happens; fails where it does not."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def behind(
    port: int, settings: Mapping[str, str], *, workers: int = 1
) -> AbstractContextManager[Server]:
    """The small application behind the door, served as Primum is."""
    command = [sys.executable, str(Path(__file__).with_name("behind.py")), str(port), str(workers)]
    return running(command, port, "/seen", **settings)


def seen(port: int) -> list[dict[str, Any]]:
    """What the small application was called with, and what was closed, since the last time."""
    found: list[dict[str, Any]] = told(port, "/seen")
    return found


def bodies(port: int) -> list[int]:
    """The lengths of the bodies that the small application was given."""
    return [each["body"] for each in seen(port) if "body" in each]
