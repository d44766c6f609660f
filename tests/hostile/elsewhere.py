"""Another SPARQL service, as bad as its path says: it redirects, hangs, lies, or never ends."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

RESULTS: Final = "application/sparql-results+json"
PAYLOAD: Final = "what-it-told"
_HEAD: Final = b'{"head": {"vars": ["s", "o"]}, "results": {"bindings": ['
_ROW: Final = b'{"s": {"type": "literal", "value": "%s"}}' % (b"x" * 10_000)
_FOUND: Final = {
    "/html": ("text/html", f"<html>{PAYLOAD}</html>".encode()),
    "/broken": (RESULTS, _HEAD),
    "/other": (RESULTS, b'{"head": {}, "boolean": true}'),
    "/empty": (RESULTS, b""),
}


class Elsewhere:
    """The service, on loopback; `asked` are the paths that were posted or read."""

    def __init__(self) -> None:
        """Serve in a thread."""
        self.asked: list[str] = []
        self.over = threading.Event()
        handler = type("Handler", (_Handler,), {"elsewhere": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """A server whose clients may leave without a word."""

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Say nothing of a client that was killed."""


class _Handler(BaseHTTPRequestHandler):
    """Answers by the path."""

    elsewhere: Elsewhere
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer a query."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.elsewhere.asked.append(self.path)
        match self.path:
            case "/redirect":
                self._redirect(307, f"{self.elsewhere.url}/target")
            case "/see-other":
                self._redirect(303, f"{self.elsewhere.url}/target")
            case "/file":
                self._redirect(302, "file:///etc/passwd")
            case "/hang":
                self.elsewhere.over.wait()
            case "/endless":
                self._go_on()
            case "/fails":
                self._answer(500, "text/plain", PAYLOAD.encode())
            case path:
                self._answer(200, *_FOUND[path])

    def do_GET(self) -> None:
        """Answer who was sent here."""
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is inherited
        """Say nothing."""

    def _redirect(self, status: int, where: str) -> None:
        """Send the caller elsewhere."""
        self.send_response(status)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, media: str, body: bytes) -> None:
        """Answer with a body."""
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _go_on(self) -> None:
        """Send rows until the caller leaves."""
        self.send_response(200)
        self.send_header("Content-Type", RESULTS)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._send_chunk(_HEAD + _ROW)
        while not self.elsewhere.over.is_set():
            self._send_chunk(b"," + _ROW)

    def _send_chunk(self, data: bytes) -> None:
        """Send one piece of an answer."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
