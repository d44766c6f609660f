"""How a release lies on a SPARQL server, and which graphs a query there is about.

Everything is in named graphs: those of the release, and merges of them. A query is sent with the
graphs that it is about, so the server's own default graph, and whatever else the server holds, is
never seen. Merges are there because servers differ in what several default graphs give: some give
a statement as often as there are graphs that hold it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Self

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, GRAPH_BASE, Stored
from primum.knowledge.release import Release
from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.lexer import tokens
from primum.use_cases.sparql.naming import Naming

LAYOUT: Final = "1"
"""Changes when a server has to be loaded anew although the release is the same."""
_FROM: Final = re.compile(r"\bFROM\b", re.IGNORECASE)
Fields = list[tuple[str, str]]
"""What a form holds: names and values."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a server holds of one release.

    `content` is the digest of its dataset, `graphs` the IRIs of its named graphs, and
    `overlapping` those that share statements with others.
    """

    content: str
    version: str
    graphs: tuple[str, ...]
    overlapping: frozenset[str]

    @classmethod
    def of(cls, release: Release) -> Self:
        """The layout of a release."""
        holders: dict[ox.Triple, set[str]] = defaultdict(set)
        for quad in release.store:
            holders[quad.triple].add(quad.graph_name.value)
        shared = (graphs for graphs in holders.values() if len(graphs) > 1)
        return cls(
            content=release.manifest.content,
            version=release.manifest.version,
            graphs=tuple(sorted(set().union(*holders.values()))),
            overlapping=frozenset().union(*shared),
        )

    @property
    def merges(self) -> dict[str, frozenset[str]]:
        """The merges that the server holds by IRI, each with the graphs that are merged in it."""
        found = {Stored.UNION: frozenset(self.graphs)}
        for size in range(2, min(len(self.overlapping) + 1, len(self.graphs))):
            for graphs in combinations(sorted(self.overlapping), size):
                found[_merged(graphs)] = frozenset(graphs)
        return found

    @property
    def all(self) -> tuple[str, ...]:
        """Every graph that the server holds of the release, the one that tells of it first."""
        return (Stored.RELEASE, *self.merges, *self.graphs)

    def quads(self, store: ox.Store) -> Iterator[ox.Quad]:
        """What the server is to hold, without what tells of it; `store` is that of the release."""
        yield from store
        for iri, graphs in self.merges.items():
            merge = ox.NamedNode(iri)
            parts = (store.quads_for_pattern(None, None, None, ox.NamedNode(g)) for g in graphs)
            triples = {quad.triple for part in parts for quad in part}
            yield from (ox.Quad(t.subject, t.predicate, t.object, merge) for t in triples)

    def marks(self) -> Iterator[ox.Quad]:
        """What tells which release the server holds."""
        graph = ox.NamedNode(Stored.RELEASE)
        for name, text in (
            ("identifier", self.content),
            ("hasVersion", self.version),
            ("format", LAYOUT),
        ):
            yield ox.Quad(graph, ox.NamedNode(DCTERMS + name), ox.Literal(text), graph)

    def fields(self, asked: Asked) -> Fields:
        """The graphs that a question is about, as the SPARQL 1.1 Protocol names them."""
        graphs, named = _dataset(asked) or (self.graphs, self.graphs)
        known = (iri for iri in dict.fromkeys(named) if iri in self.graphs)
        return [
            *(("default-graph-uri", iri) for iri in self._default(graphs)),
            *(("named-graph-uri", iri) for iri in known),
        ]

    def _default(self, graphs: Iterable[str]) -> tuple[str, ...]:
        """Graphs that share no statement and together hold what some of the release hold."""
        wanted = set(graphs) & set(self.graphs)
        if len(wanted) == len(self.graphs):
            return (Stored.UNION,)
        together = wanted & self.overlapping
        if len(together) > 1:
            return (_merged(together), *sorted(wanted - together))
        return tuple(sorted(wanted)) or (Stored.NOTHING,)


def _dataset(asked: Asked) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The default and the named graphs that a question states, None where it states none."""
    if asked.graphs is not None or asked.named is not None:
        return asked.graphs or (), asked.named or ()
    if not _FROM.search(asked.query):
        return None
    naming = Naming.of(asked.query, list(tokens(asked.query)), base=asked.base)
    stated = naming.dataset()
    return stated if any(stated) else None


def _merged(graphs: Collection[str]) -> str:
    """The IRI of the merge of some graphs."""
    return Stored.MERGED + "+".join(iri.removeprefix(GRAPH_BASE) for iri in sorted(graphs))
