"""A server that answers as a test has it, byte by byte, and holds any release looked for."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from tests.web.wire import PATIENCE

from primum.use_cases.store.layout import LAYOUT, Layout

Connection = socket.socket
Script = Callable[[Connection], None]
_LOOKED_FOR: Final = b"hasVersion"
_TSV: Final = "text/tab-separated-values"


def reply(body: bytes, kind: str, *more: str, status: str = "200 OK") -> bytes:
    """A whole answer."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more)
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body


def says(data: bytes) -> Script:
    """Send these bytes, and close."""

    def script(connection: Connection) -> None:
        connection.sendall(data)

    return script


def silent(connection: Connection) -> None:
    """Say nothing until the other end has had enough."""
    connection.recv(1)


def begun(kind: str) -> bytes:
    """The head of an answer in pieces that each tell their length."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()


def piece(data: bytes) -> bytes:
    """One piece of such an answer."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def for_ever(before: bytes, again: bytes, *, seconds: float = 0.0) -> Script:
    """Send these bytes, and then those again and again."""

    def script(connection: Connection) -> None:
        connection.sendall(before)
        while True:
            connection.sendall(again)
            time.sleep(seconds)

    return script


class Hostile:
    """A server on a port of its own; it answers each query by a script."""

    def __init__(self, layout: Layout, script: Script) -> None:
        """Begin to listen."""
        self._script = script
        rows = f'?content\t?version\t?format\n"{layout.content}"\t"{layout.version}"\t"{LAYOUT}"\n'
        self._mark = reply(rows.encode(), _TSV)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/query"
        self.asked: list[bytes] = []
        self._connections: list[Connection] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        """Work on each connection in a thread of its own."""
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                connection.settimeout(PATIENCE)
                self._connections.append(connection)
                self._threads.append(threading.Thread(target=self._serve, args=[connection]))
                self._threads[-1].start()

    def _serve(self, connection: Connection) -> None:
        """Answer what is looked for truly, and a query by the script, after which it closes."""
        with connection, suppress(OSError):
            while request := _request(connection):
                if _LOOKED_FOR in request:
                    connection.sendall(self._mark)
                    continue
                self.asked.append(request)
                self._script(connection)
                return

    def close(self) -> None:
        """Stop listening, and talking."""
        for each in (self._listening, *self._connections):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(PATIENCE)


@contextmanager
def hostile(layout: Layout, script: Script) -> Iterator[Hostile]:
    """A server that answers queries by a script."""
    server = Hostile(layout, script)
    try:
        yield server
    finally:
        server.close()


def _request(connection: Connection) -> bytes:
    """A request, b"" where the other end has closed."""
    found = b""
    while b"\r\n\r\n" not in found:
        if not (more := connection.recv(2**16)):
            return b""
        found += more
    head, _, body = found.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(2**16)
    return head + b"\r\n\r\n" + body
