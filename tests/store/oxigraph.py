"""The real server of Oxigraph on loopback, as a process that can be killed."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from subprocess import Popen

from tests.web.wire import PATIENCE, running

from primum.knowledge.release import Release
from primum.use_cases.store.loading import Loader, graph_store

_COMMAND = str(Path(sys.executable).with_name("oxigraph"))


@dataclass(frozen=True, slots=True)
class Oxigraph:
    """A server that runs."""

    port: int
    process: Popen[bytes]

    @property
    def url(self) -> str:
        """Where it answers queries."""
        return url_of(self.port)

    def load(self, release: Release, *, force: bool = False) -> bool:
        """Load a release, without waiting for services, of which none asks it yet."""
        loader = Loader(self.url, graph_store(self.url), wait=lambda _: None)
        return loader.load(release, force=force)

    def add(self, trig: str) -> None:
        """Add what a text in TriG says to the dataset."""
        send(self.port, "POST", "/store", trig.encode(), "application/trig")

    def kill(self) -> None:
        """End it at once; what it held in memory is gone."""
        self.process.kill()
        self.process.wait()


def send(port: int, method: str, path: str, body: bytes = b"", kind: str = "") -> None:
    """Send a request that has to be accepted."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request(method, path, body, {"Content-Type": kind} if kind else {})
        assert connection.getresponse().status < 400


def url_of(port: int) -> str:
    """Where a server on a port answers queries."""
    return f"http://127.0.0.1:{port}/query"


@contextmanager
def oxigraph(port: int, *options: str) -> Iterator[Oxigraph]:
    """A server on a port, in memory unless the options say otherwise."""
    command = [_COMMAND, "serve", "--bind", f"127.0.0.1:{port}", *options]
    with running(command, port, "/") as process:
        yield Oxigraph(port, process)
