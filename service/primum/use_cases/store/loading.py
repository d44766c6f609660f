"""Loading a release into a SPARQL server, so that nobody is answered from half of it.

What tells which release the server holds is taken away first and put back last. A service that
asks the server looks for it every few seconds; so before anything else is changed, as long is
waited.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from time import sleep
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

import pyoxigraph as ox

from primum.foundation.errors import StoreUnreachable
from primum.foundation.names import BASE, Stored
from primum.knowledge.datasets import served_store
from primum.knowledge.release import Release
from primum.use_cases.sparql.exchange import Asked, Statistics
from primum.use_cases.sparql.statistics import count, count_by
from primum.use_cases.store.asking import UNREACHED, demand_release, held, table_of
from primum.use_cases.store.connection import Deadline
from primum.use_cases.store.layout import Layout
from primum.use_cases.store.server import BREAKS, Request, Server
from primum.use_cases.store.watch import FRESH_SECONDS

_SECONDS: Final = 600.0
_MARGIN_SECONDS: Final = 1.0
_QUADS: Final = {"Content-Type": ox.RdfFormat.N_QUADS.media_type}
_FAULTY: Final = 400


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads releases into one server.

    `url` is where it is asked, `into` where its dataset is written (SPARQL 1.1 Graph Store HTTP
    Protocol, and quads to the address itself). `wait` waits so many seconds.
    """

    url: str
    into: str
    wait: Callable[[float], None] = field(default=sleep)

    def load(self, release: Release, *, force: bool = False) -> bool:
        """Have the server hold a release; tells whether anything had to be done.

        Only graphs of Primum are touched. Raises StoreUnreachable where the server does not
        answer, cannot be written, or holds something else afterwards.
        """
        server, layout = Server(self.url), Layout.of(release)
        with closing(server):
            if not force and _holds(server, layout, release):
                return False
            if held(server) is not None:
                self._write("DELETE", Stored.RELEASE)
                self.wait(FRESH_SECONDS + _MARGIN_SECONDS)
            for graph in layout.all:
                self._write("DELETE", graph)
            self._add(layout.quads(release.store))
            _demand_same(server, layout, release)
            self._add(layout.marks())
            demand_release(server, layout)
        return True

    def _add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads to the dataset, in one piece, so that they share their blank nodes."""
        body = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        self._send(Request("POST", body or b"", _QUADS))

    def _write(self, method: str, graph: str) -> None:
        """Do something to one graph, which may not be there."""
        self._send(Request(method, more=urlencode({"graph": graph})), HTTPStatus.NOT_FOUND)

    def _send(self, asked: Request, *fine: int) -> None:
        """Send a request that changes the dataset; raises StoreUnreachable where it fails."""
        target = Server(self.into)
        try:
            with closing(target), closing(target.ask(asked, Deadline(_SECONDS))) as reply:
                if reply.status >= _FAULTY and reply.status not in fine:
                    raise StoreUnreachable(
                        f"The server does not let its dataset be written: {asked.method} is "
                        f"answered with {reply.status}."
                    )
        except BREAKS as error:
            raise StoreUnreachable(UNREACHED) from error


def graph_store(url: str) -> str:
    """Where a server whose queries go to a URL usually has its dataset written: `store` beside."""
    parts = urlsplit(url)
    return urljoin(urlunsplit(parts._replace(query="")), "store")


def _holds(server: Server, layout: Layout, release: Release) -> bool:
    """Whether a server holds a release already, all of it."""
    try:
        demand_release(server, layout)
        _demand_same(server, layout, release)
    except StoreUnreachable:
        return False
    return True


def _demand_same(server: Server, layout: Layout, release: Release) -> None:
    """Raise StoreUnreachable where a server does not hold as much as a release has."""
    if _counted(server, layout) != count(served_store(release)):
        raise StoreUnreachable("The server holds something else than what was sent to it.")


def _counted(server: Server, layout: Layout) -> Statistics:
    """What a server holds of a release."""
    deadline = Deadline(_SECONDS)

    def ask(query: str) -> list[tuple[str, ...]]:
        about = layout.fields(Asked(query, "tsv", BASE))
        return table_of(server, query, about, deadline)

    return count_by(ask)
