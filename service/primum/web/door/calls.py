"""One call of the WSGI application, in a thread: a whole answer is given, another streamed."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from primum.web.door.asgi import Message
from primum.web.door.environ import Environ
from primum.web.door.faults import BUSY
from primum.web.door.outlet import Outlet

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_BODILESS = {204, 304}


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    start: Message
    body: bytes


class Call:
    """A call of an application: it is its own `start_response`."""

    def __init__(
        self, application: "WSGIApplication", environ: Environ, *, busy: Callable[[], bool]
    ) -> None:
        """Prepare a call; nothing runs yet, and `busy` is asked when it does."""
        self._application, self._environ, self._busy = application, environ, busy
        self._status, self._headers = 0, list[tuple[str, str]]()
        self._written = list[bytes]()

    def __call__(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], object]:
        """Note status and headers; an answer that failed is replaced, as nothing was sent."""
        del exc_info
        self._status, self._headers = int(status[:3]), headers
        return self._written.append

    def run(self, outlet: Outlet, loop: asyncio.AbstractEventLoop) -> Answer | None:
        """Give the answer if it is whole, else stream it to its end.

        It is whole if the application gives a list or states its length.
        """
        if self._busy():
            self._environ[BUSY] = True
        chunks = self._application(self._environ, self)
        try:
            if self._environ["REQUEST_METHOD"] == "HEAD":
                return self._head(chunks)
            if isinstance(chunks, list | tuple) or self._stated("content-length"):
                return self._whole(chunks)
            self._stream(chunks, outlet, loop)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return None

    def _head(self, chunks: Iterable[bytes]) -> Answer:
        """An answer without its body; a lazy application starts at the first chunk."""
        if not self._status:
            next(iter(chunks), b"")
        if isinstance(chunks, list | tuple) and not self._stated("content-length"):
            return Answer(self._whole(chunks).start, b"")
        return Answer(self._start(self._headers), b"")

    def _whole(self, chunks: Iterable[bytes]) -> Answer:
        """An answer with all its chunks and their true length."""
        rest = b"".join(chunks)
        body = b"".join((*self._written, rest))
        headers = [each for each in self._headers if each[0].lower() != "content-length"]
        if self._status not in _BODILESS:
            headers.append(("Content-Length", str(len(body))))
        return Answer(self._start(headers), body)

    def _stream(
        self, chunks: Iterable[bytes], outlet: Outlet, loop: asyncio.AbstractEventLoop
    ) -> None:
        """Send chunks as they come; returns when the last one is sent. Raises ClientGone."""
        sending: Future[None] | None = None
        try:
            for chunk in chunks:
                if sending is None:
                    sending = self._begin(outlet, loop)
                outlet.pour(chunk)
            if sending is None:
                sending = self._begin(outlet, loop)
            outlet.end()
        finally:
            if sending is not None:
                outlet.leave_unless_ended()
                sending.result()

    def _begin(self, outlet: Outlet, loop: asyncio.AbstractEventLoop) -> Future[None]:
        """Let the event loop send what is poured from now on."""
        start = self._start(self._headers)
        sending = asyncio.run_coroutine_threadsafe(outlet.run(start), loop)
        for data in self._written:
            outlet.pour(data)
        return sending

    def _stated(self, name: str) -> bool:
        """Whether the application gives a header."""
        return any(each[0].lower() == name for each in self._headers)

    def _start(self, headers: list[tuple[str, str]]) -> Message:
        """The first message of the answer."""
        encoded = [
            (name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in headers
        ]
        return {"type": "http.response.start", "status": self._status, "headers": encoded}
