"""The tests of a checkout of w3c/rdf-tests, read from its manifests."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

# Where the suite is published: relative IRIs in its files are resolved against this.
PUBLISHED = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
QUERY = "manifest-sparql11-query.ttl"
RESULTS = "manifest-sparql11-results.ttl"


class Kind(Enum):
    """What a test asks for."""

    EVALUATION = "evaluation"
    GOOD_SYNTAX = "good syntax"
    BAD_SYNTAX = "bad syntax"


_KINDS: dict[Node, Kind] = {
    MF.QueryEvaluationTest: Kind.EVALUATION,
    MF.CSVResultFormatTest: Kind.EVALUATION,
    MF.PositiveSyntaxTest11: Kind.GOOD_SYNTAX,
    MF.NegativeSyntaxTest11: Kind.BAD_SYNTAX,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file, the IRI that it is published under, and the named graph that it goes into if any."""

    path: Path
    base: str
    graph: str | None = None

    @property
    def text(self) -> str:
        """What the file says."""
        return self.path.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class QueryTest:
    """A query, the data that it is asked of, and the file with its answer if it has one."""

    name: str
    kind: Kind
    query: Source
    data: frozenset[Source] = frozenset()
    result: Source | None = None

    @property
    def group(self) -> str:
        """The folder that the test stands in."""
        return self.name.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Suite:
    """The folder of SPARQL 1.1 in a checkout of w3c/rdf-tests."""

    folder: Path

    @classmethod
    def of(cls, checkout: Path) -> "Suite":
        """The suite in a checkout; raises FileNotFoundError where it has none."""
        folder = checkout / "sparql/sparql11"
        if not (folder / QUERY).is_file():
            raise FileNotFoundError(f"{folder / QUERY}: this is no checkout of w3c/rdf-tests")
        return cls(folder.resolve())

    def queries(self, manifest: str) -> tuple[QueryTest, ...]:
        """Every test of the manifests that a manifest includes, in their order."""
        graph = self.graph(manifest)
        (included,) = graph.objects(None, MF.include)
        return tuple(
            test
            for each in Collection(graph, included)
            for test in self._tests(self.source(each).path.relative_to(self.folder))
        )

    def graph(self, manifest: str) -> Graph:
        """A manifest as a graph, its IRIs as they are published."""
        return _graph(self.folder / manifest, PUBLISHED + manifest)

    def entries(self, manifest: str) -> Iterator[tuple[str, URIRef]]:
        """The names of the tests that a manifest lists, with their IRIs."""
        graph = self.graph(manifest)
        (listed,) = graph.objects(None, MF.entries)
        for test in Collection(graph, listed):
            assert isinstance(test, URIRef)
            yield test.fragment, test

    def source(self, published: Node | None, *, graph: str | None = None) -> Source:
        """The file that is published under an IRI."""
        iri = str(published)
        return Source(self.folder / iri.removeprefix(PUBLISHED), iri, graph)

    def _tests(self, manifest: Path) -> Iterator[QueryTest]:
        """The tests of one manifest."""
        graph = self.graph(manifest.as_posix())
        for name, test in self.entries(manifest.as_posix()):
            action, result = graph.value(test, MF.action), graph.value(test, MF.result)
            (kind,) = (_KINDS[each] for each in graph.objects(test, RDF.type) if each in _KINDS)
            yield QueryTest(
                name=f"{manifest.parent.name}/{name}",
                kind=kind,
                query=self.source(graph.value(action, QT.query) or action),
                data=frozenset(self._data(graph, action)),
                result=self.source(result) if result else None,
            )

    def _data(self, graph: Graph, action: Node | None) -> Iterator[Source]:
        """What goes into the dataset of a test; a named graph is named by its file's IRI."""
        for name in graph.objects(action, QT.data):
            yield self.source(name)
        for name in graph.objects(action, QT.graphData):
            yield self.source(name, graph=str(name))


@cache
def _graph(path: Path, base: str) -> Graph:
    """A Turtle file as a graph."""
    return Graph().parse(path, format="turtle", publicID=base)
