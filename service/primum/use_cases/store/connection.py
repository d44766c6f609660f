"""Connections on which nothing outlasts its time: not an answer, a header, or a single byte."""

import io
import socket
import ssl
from http.client import HTTPConnection
from time import monotonic
from typing import Final

_CONNECT_SECONDS: Final = 2.0
_PIECE: Final = 2**16


class Deadline:
    """The end of a stretch of `seconds`, on a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        """Begin now."""
        self.seconds = seconds
        self._end = monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return monotonic() >= self._end

    def left(self, most: float = float("inf")) -> float:
        """The seconds that are left, or `most` if that is less; raises TimeoutError for none."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError("The time is up.")
        return min(left, most)


class Connection(HTTPConnection):
    """An HTTP connection, encrypted where there is a context, that keeps to a deadline.

    The deadline may be changed between exchanges. Resolving a name is left to the system, which
    has limits of its own.
    """

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None) -> None:
        """Connect to nothing yet."""
        super().__init__(host, port)
        self._context = context
        self.deadline = Deadline(0)

    def connect(self) -> None:
        """Connect to the first address that answers; raises OSError."""
        sock = _connected(self.host, self.port, self.deadline)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context is not None:
                sock.settimeout(self.deadline.left())
                sock = self._context.wrap_socket(sock, server_hostname=self.host)
        except OSError:
            sock.close()
            raise
        self.sock = _Timed(sock, self)


def _connected(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A socket connected to one of the addresses of a host."""
    fault = OSError("The host has no address.")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(deadline.left(_CONNECT_SECONDS))
            sock.connect(address)
        except OSError as error:
            sock.close()
            fault = error
        else:
            return sock
    raise fault


class _Timed:
    """What an HTTP connection needs of a socket, each step with what is left of the time."""

    def __init__(self, sock: socket.socket, owner: Connection) -> None:
        """Keep to the deadline that the owner has at each step."""
        self._sock, self._owner = sock, owner

    def sendall(self, data: bytes) -> None:
        """Send it all."""
        view = memoryview(data)
        for start in range(0, len(view), _PIECE):
            self.hurry()
            self._sock.sendall(view[start : start + _PIECE])

    def makefile(self, _: str) -> io.BufferedReader:
        """What is received, as a file."""
        return io.BufferedReader(_Received(self, self._sock.makefile("rb", buffering=0)))

    def hurry(self) -> None:
        """Let the next step take what is left of the time; raises TimeoutError."""
        self._sock.settimeout(self._owner.deadline.left())

    def close(self) -> None:
        """Close it, once nothing is read from it any more."""
        self._sock.close()


class _Received(io.RawIOBase):
    """The bytes that a socket receives."""

    def __init__(self, timed: _Timed, raw: io.RawIOBase) -> None:
        self._timed, self._raw = timed, raw

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: object) -> int | None:
        """Read what is there, or wait for it as long as there is time."""
        self._timed.hurry()
        return self._raw.readinto(buffer)  # type: ignore[arg-type]

    def close(self) -> None:
        """Let go of the socket."""
        self._raw.close()
        super().close()
