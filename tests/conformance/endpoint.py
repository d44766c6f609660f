"""An endpoint on loopback, spoken to over a raw connection: what is sent is what stands here."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.web.wire import Reply, Wire


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL endpoint at a port and a path."""

    port: int
    path: str

    @property
    def url(self) -> str:
        """The URL of the endpoint."""
        return f"http://127.0.0.1:{self.port}{self.path}"

    def ask(self, query: str, accept: str) -> Reply:
        """Post a query directly and take the answer in one media type."""
        headers = ("Content-Type: application/sparql-query", f"Accept: {accept}")
        return self.send("POST", headers=headers, body=query.encode())

    def send(
        self,
        method: str,
        after: str = "",
        *,
        headers: Iterable[str] = (),
        body: bytes | None = None,
    ) -> Reply:
        """Send a request whose target is the path and what comes after it.

        No header is added but the host and the length. Raises OSError or
        http.client.HTTPException where no whole answer comes.
        """
        length = () if body is None else (f"Content-Length: {len(body)}",)
        host = f"Host: 127.0.0.1:{self.port}"
        lines = (f"{method} {self.path}{after} HTTP/1.1", host, *headers, *length, "", "")
        with Wire(self.port) as wire:
            return wire.send("\r\n".join(lines).encode("latin-1") + (body or b"")).reply(method)


def media_type(reply: Reply) -> str:
    """The media type of an answer, without its parameters."""
    return reply.headers.get("content-type", "").partition(";")[0].strip().lower()
