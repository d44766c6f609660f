"""A server elsewhere, asked over HTTP: connections are kept, redirects are not followed."""

import ssl
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Final, Self
from urllib.parse import unquote, urlsplit

from primum.use_cases.store.connection import Connection, Deadline

AT_ONCE: Final = 8
"""Requests of one kind that a server is asked to work on at a time."""
_KEPT: Final = 2 * AT_ONCE
_PIECE: Final = 2**16
_PORTS: Final = {"http": 80, "https": 443}
BREAKS: Final = (OSError, HTTPException)
"""What is raised where a connection fails, or the other end does not speak HTTP."""


class Stale(ConnectionError):
    """A kept connection had been closed at the other end, so nothing is known of the server."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is: its host, the path asked for there, and who asks, "" for nobody."""

    host: str
    port: int
    path: str
    name: str
    encrypted: bool
    credentials: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> Self:
        """Take a URL apart, which may hold a name and a password."""
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        user = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
        return cls(
            host=parts.hostname or "",
            port=parts.port or _PORTS[parts.scheme],
            path=path,
            name=parts.netloc.rpartition("@")[2],
            encrypted=parts.scheme == "https",
            credentials="" if parts.username is None else b64encode(user.encode()).decode(),
        )


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a server; `more` is added to the path of its address."""

    method: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    more: str = ""


class Server:
    """A server at an address; safe between threads, and between a process and its forks.

    A process has to be forked before it asks anything.
    """

    def __init__(self, url: str) -> None:
        """Connect to nothing yet."""
        self._address = Address.of(url)
        self._context = ssl.create_default_context() if self._address.encrypted else None
        self._idle = deque[Connection]()

    def ask(self, request: Request, deadline: Deadline) -> "Reply":
        """The answer, of which the head has arrived; it has to be closed.

        Raises Stale where another try may succeed, TimeoutError, and what BREAKS lists.
        """
        connection, kept = self._connection()
        connection.deadline = deadline
        try:
            self._send(connection, request)
            response = connection.getresponse()
        except BREAKS as error:
            connection.close()
            if kept and isinstance(error, ConnectionError | ssl.SSLError):
                self.close()
                raise Stale from error
            raise
        return Reply(connection, response, self._keep)

    def close(self) -> None:
        """Let go of the connections that are idle."""
        while True:
            try:
                self._idle.pop().close()
            except IndexError:
                return

    def _connection(self) -> tuple[Connection, bool]:
        """A connection, and whether it was kept from an earlier request."""
        try:
            return self._idle.pop(), True
        except IndexError:
            address = self._address
            return Connection(address.host, address.port, self._context), False

    def _keep(self, connection: Connection) -> None:
        """Keep a connection for another request, if not many are kept."""
        if len(self._idle) < _KEPT:
            self._idle.append(connection)
        else:
            connection.close()

    def _send(self, connection: Connection, request: Request) -> None:
        """Send a request."""
        headers = {"Host": self._address.name, "User-Agent": "Primum", **request.headers}
        if self._address.credentials:
            headers["Authorization"] = f"Basic {self._address.credentials}"
        path = self._address.path
        if request.more:
            path += f"{'&' if '?' in path else '?'}{request.more}"
        connection.request(request.method, path, request.body or None, headers)


class Reply:
    """An answer that arrives piece by piece."""

    def __init__(
        self, connection: Connection, response: HTTPResponse, keep: Callable[[Connection], None]
    ) -> None:
        """`keep` takes the connection once the whole answer has arrived."""
        self._connection, self._response, self._keep = connection, response, keep
        self._open = True

    @property
    def status(self) -> int:
        """The status code."""
        return self._response.status

    @property
    def media_type(self) -> str:
        """The media type, without parameters; "" for what is encoded, since nothing asked so."""
        if self._response.headers.get("Content-Encoding", "identity").lower() != "identity":
            return ""
        return self._response.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def ends(self) -> bool:
        """Whether it says where it ends, so that one that is cut short can be told from a whole."""
        return self._response.chunked or self._response.length is not None

    def read(self) -> bytes:
        """The next piece, b"" at the end; raises TimeoutError, and what BREAKS lists."""
        piece = self._response.read1(_PIECE)
        if not piece and self._open:
            if missing := self._response.length:
                raise IncompleteRead(b"", missing)
            self._finish()
        return piece

    def _finish(self) -> None:
        """Keep the connection of an answer that has arrived."""
        if self.ends and not self._response.will_close:
            self._open = False
            self._response.close()
            self._keep(self._connection)
        else:
            self.close()

    def close(self) -> None:
        """Give up what has not arrived yet."""
        if self._open:
            self._open = False
            self._response.close()
            self._connection.close()
