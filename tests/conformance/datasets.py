"""The dataset of a test as a file of N-Quads, which any server can load."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from tests.conformance.suite import Source


def write_dataset(sources: Iterable[Source], path: Path) -> None:
    """Write all sources to one file, byte for byte the literals that they hold."""
    path.write_bytes(_bytes(quad for source in sources for quad in quads(source)))


def quads(source: Source) -> Iterator[ox.Quad]:
    """The statements of a file; its blank nodes are no other file's."""
    graph = ox.NamedNode(source.graph) if source.graph else ox.DefaultGraph()
    for quad in ox.parse(path=source.path, base_iri=source.base, rename_blank_nodes=True):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _bytes(statements: Iterable[ox.Quad]) -> bytes:
    """Statements as N-Quads."""
    written = ox.serialize(statements, format=ox.RdfFormat.N_QUADS)
    assert written is not None, "nothing but a file takes the output away"
    return written
