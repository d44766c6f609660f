"""What is tested: a server that is started anew for each dataset, or pyoxigraph in process."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pyoxigraph as ox
from tests.conformance.datasets import quads, write_dataset
from tests.conformance.endpoint import Endpoint
from tests.conformance.suite import Source
from tests.web.wire import Reply, free_port, running

Ask = Callable[[str, str], Reply]
_READY = "?query=ASK%20%7B%7D"
_BASE = "http://localhost/sparql"


class NotServed(Exception):
    """A server did not start."""


class Target(Protocol):
    """Something that queries can be asked of."""

    def over(self, data: frozenset[Source]) -> AbstractContextManager[Ask]:
        """A way to ask, of one dataset, for as long as the context lasts."""
        ...


@dataclass(frozen=True, slots=True)
class Served:
    """A server, by the command that starts it, in which {data} and {port} stand for values."""

    command: str
    path: str

    @contextmanager
    def over(self, data: frozenset[Source]) -> Iterator[Ask]:
        """Ask over HTTP."""
        with self.endpoint(data) as endpoint:
            yield endpoint.ask

    @contextmanager
    def endpoint(self, data: frozenset[Source]) -> Iterator[Endpoint]:
        """The endpoint of a server of its own; raises NotServed."""
        with ExitStack() as stack:
            file = Path(stack.enter_context(TemporaryDirectory(prefix="sparql-"))) / "dataset.nq"
            write_dataset(data, file)
            port = free_port()
            words = [part.format(data=file, port=port) for part in shlex.split(self.command)]
            try:
                stack.enter_context(running(words, port, self.path + _READY))
            except (AssertionError, OSError) as fault:
                raise NotServed(f"{shlex.join(words)}: {fault}") from fault
            yield Endpoint(port, self.path)


class Embedded:
    """pyoxigraph in this process: the yardstick, which has no protocol."""

    @contextmanager
    def over(self, data: frozenset[Source]) -> Iterator[Ask]:
        """Ask the store itself."""
        store = ox.Store()
        for source in data:
            store.extend(quads(source))
        yield lambda query, accept: _asked(store, query, accept)


def _asked(store: ox.Store, query: str, accept: str) -> Reply:
    """The answer of a store, as a server would give it."""
    try:
        answer = store.query(query, base_iri=_BASE)
        return Reply(200, {"content-type": accept}, _written(answer, accept))
    except SyntaxError as fault:
        return Reply(400, {}, str(fault).encode())
    except (RuntimeError, OSError) as fault:
        return Reply(500, {}, str(fault).encode())


def _written(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, accept: str) -> bytes:
    """An answer in a media type, or in some format where any will do."""
    if isinstance(answer, ox.QueryTriples):
        graph = ox.RdfFormat.from_media_type(accept)
        written = answer.serialize(format=graph or ox.RdfFormat.N_TRIPLES)
    else:
        form = ox.QueryResultsFormat.from_media_type(accept)
        written = answer.serialize(format=form or ox.QueryResultsFormat.JSON)
    assert written is not None, "nothing but a file takes the output away"
    return written
