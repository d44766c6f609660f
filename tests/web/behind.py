"""A small WSGI application behind the door, served as in production: it tells what it saw.

Started as a command with a port and a number of workers; tests of the door talk to it.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from primum.foundation.settings import read_settings
from primum.web.door import BODY_FAULT, BUSY, Door, IncompleteBody
from primum.web.door.faults import TOO_MANY
from primum.web.server import serve

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

STREAMED = ("/lines", "/patient", "/count", "/endless/streamed")
APART = ("/sleep/apart", "/endless/apart", "/echo/apart", "/breaks/apart")
REFUSALS = {
    "too-large": "413 Content Too Large",
    "too-slow": "408 Request Timeout",
    "incomplete": "400 Bad Request",
}
Seen = dict[str, Any]


class Behind:
    """The application; `/seen` gives what it was called with."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._seen: list[Seen] = []

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer by the first word of the path."""
        if environ.get(BUSY):
            return _text(start, "503 Service Unavailable", b"busy", ("Retry-After", "1"))
        if environ.get(TOO_MANY):
            return _text(start, "429 Too Many Requests", b"too many", ("Retry-After", "1"))
        if BODY_FAULT in environ:
            assert environ["wsgi.input"].read() == b""
            fault = str(environ[BODY_FAULT])
            return _text(start, REFUSALS[fault], fault.encode())
        word = environ["PATH_INFO"].lstrip("/").split("/")[0]  # as Flask reads it
        answer: Iterable[bytes] = getattr(self, f"on_{word}")(environ, start)
        return answer

    def on_echo(self, environ: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
        """Give the body back."""
        body = environ["wsgi.input"].read()
        headers = {name: text for name, text in environ.items() if name.startswith("HTTP_")}
        self._seen.append(
            {
                "path": environ["PATH_INFO"],
                "query": environ["QUERY_STRING"],
                "headers": headers,
                "length": environ.get("CONTENT_LENGTH"),
                "body": len(body),
            }
        )
        return _text(start, "200 OK", body)

    def on_seen(self, _: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
        """What was seen since the last time."""
        seen, self._seen = self._seen, []
        return _text(start, "200 OK", json.dumps(seen).encode())

    def on_sleep(self, environ: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
        """Answer after as many milliseconds as the query says."""
        time.sleep(int(environ["QUERY_STRING"]) / 1000)
        return _text(start, "200 OK", b"slept")

    def on_process(self, _: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
        """The number of this process and the most memory it ever had, in kilobytes."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return _text(start, "200 OK", json.dumps({"pid": os.getpid(), "peak": peak}).encode())

    def on_lines(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterator[bytes]:
        """Give each line back as it comes; a fault of the body becomes the last line."""
        start("200 OK", [("Content-Type", "text/plain")])
        try:
            yield from environ["wsgi.input"]
        except IncompleteBody as error:
            yield f"fault {error.fault}".encode()
        finally:
            self._seen.append({"closed": environ["PATH_INFO"]})

    def on_count(self, environ: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
        """The length of a streamed body; does not handle its faults."""
        return _text(start, "200 OK", str(len(environ["wsgi.input"].read())).encode())

    def on_patient(self, environ: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
        """Answer without looking at the body."""
        del environ
        return _text(start, "200 OK", b"not read")

    def on_endless(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterator[bytes]:
        """An answer that never ends."""
        start("200 OK", [])
        try:
            while True:
                yield b"on and on\n" * 100
        finally:
            self._seen.append({"closed": environ["PATH_INFO"]})

    def on_pieces(self, _: "WSGIEnvironment", start: "StartResponse") -> Iterator[bytes]:
        """An answer in three pieces."""
        start("200 OK", [])
        yield from (b"a", b"b", b"c")

    def on_breaks(self, _: "WSGIEnvironment", start: "StartResponse") -> Iterator[bytes]:
        """An answer that fails on the way."""
        start("200 OK", [])
        yield b"so far"
        time.sleep(0.2)
        raise RuntimeError("broken on purpose")


def _text(
    start: "StartResponse", status: str, body: bytes, *headers: tuple[str, str]
) -> list[bytes]:
    """A whole answer."""
    start(status, [("Content-Type", "text/plain"), *headers])
    return [body]


def load() -> Door:
    """The door and the application behind it, with the settings of the environment."""
    return Door(Behind(), read_settings(), streamed=STREAMED, apart=APART)


if __name__ == "__main__":
    serve(load, host="127.0.0.1", port=int(sys.argv[1]), workers=int(sys.argv[2]))
