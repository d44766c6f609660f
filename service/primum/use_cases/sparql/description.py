"""What an endpoint says of itself: SPARQL 1.1 Service Description and VoID in one graph.

The dataset is told of with its graphs, classes and properties, which is what editors complete
from, and with queries to begin from (`sh:SPARQLExecutable`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, FORMATS, RDF, RDFS, SCHEMA, SD, SH, VOID, XSD
from primum.use_cases.named.query import Form, NamedQuery
from primum.use_cases.sparql.exchange import Statistics
from primum.use_cases.sparql.formats import GRAPHS, ROWS, Format

_A: Final = RDF + "type"
_OF_FORMAT: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
}
_EXECUTABLES: Final = {
    Form.SELECT: ("SPARQLSelectExecutable", "select"),
    Form.CONSTRUCT: ("SPARQLConstructExecutable", "construct"),
    Form.ASK: ("SPARQLAskExecutable", "ask"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """An endpoint to be described; `url` is its address, `is_union` tells of its default graph."""

    url: str
    title: str
    version: str
    statistics: Statistics
    is_union: bool = False
    license: str = ""
    uri_space: str = ""
    services: bool = False
    prefixes: Mapping[str, str] = field(default_factory=dict)
    examples: Iterable[NamedQuery] = ()

    def __post_init__(self) -> None:
        """Raise ValueError where the address is no IRI."""
        ox.NamedNode(self.url)

    def triples(self) -> Iterator[ox.Triple]:
        """The description."""
        yield from self._service()
        yield from self._dataset()
        yield from self._graphs()
        yield from self._partitions()
        for example in self.examples:
            yield from self._example(example)

    def _node(self, name: str) -> str:
        """The IRI of a part of the description."""
        return f"{self.url}#{name}"

    def _service(self) -> Iterator[ox.Triple]:
        """What the service can do."""
        yield _link(self.url, _A, SD + "Service")
        yield _link(self.url, SD + "endpoint", self.url)
        yield _link(self.url, SD + "supportedLanguage", SD + "SPARQL11Query")
        for form in (*ROWS, *GRAPHS):
            yield _link(self.url, SD + "resultFormat", FORMATS + _OF_FORMAT[form.name])
        if self.is_union:
            yield _link(self.url, SD + "feature", SD + "UnionDefaultGraph")
        if self.services:
            yield _link(self.url, SD + "feature", SD + "BasicFederatedQuery")
        yield _link(self.url, SD + "defaultDataset", self._node("dataset"))

    def _dataset(self) -> Iterator[ox.Triple]:
        """The dataset as a whole."""
        dataset = self._node("dataset")
        yield _link(dataset, _A, SD + "Dataset")
        yield _link(dataset, _A, VOID + "Dataset")
        yield _text(dataset, DCTERMS + "title", self.title)
        yield _text(dataset, DCTERMS + "hasVersion", self.version)
        yield _link(dataset, VOID + "sparqlEndpoint", self.url)
        if self.license:
            yield _link(dataset, DCTERMS + "license", self.license)
        if self.uri_space:
            yield _text(dataset, VOID + "uriSpace", self.uri_space)
        yield _link(dataset, SD + "defaultGraph", self._node("default-graph"))

    def _graphs(self) -> Iterator[ox.Triple]:
        """The default graph and the named ones, with their triples."""
        yield from self._graph("default-graph", self.statistics.triples)
        for number, (iri, triples) in enumerate(self.statistics.graphs.items(), 1):
            if iri.startswith("_:"):
                continue
            named = self._node(f"named-graph-{number}")
            yield _link(self._node("dataset"), SD + "namedGraph", named)
            yield _link(named, _A, SD + "NamedGraph")
            yield _link(named, SD + "name", iri)
            yield _link(named, SD + "graph", self._node(f"graph-{number}"))
            yield from self._graph(f"graph-{number}", triples)

    def _graph(self, name: str, triples: int) -> Iterator[ox.Triple]:
        """One graph."""
        yield _link(self._node(name), _A, SD + "Graph")
        yield _link(self._node(name), _A, VOID + "Dataset")
        yield _number(self._node(name), VOID + "triples", triples)

    def _partitions(self) -> Iterator[ox.Triple]:
        """The classes and properties of the default graph."""
        graph, counts = self._node("default-graph"), self.statistics
        for name, number in (
            ("distinctSubjects", counts.subjects),
            ("distinctObjects", counts.objects),
            ("properties", len(counts.properties)),
            ("classes", len(counts.classes)),
        ):
            yield _number(graph, VOID + name, number)
        for number, (iri, found) in enumerate(counts.properties.items(), 1):
            part = self._node(f"property-{number}")
            yield _link(graph, VOID + "propertyPartition", part)
            yield _link(part, VOID + "property", iri)
            yield _number(part, VOID + "triples", found)
        for number, (iri, found) in enumerate(counts.classes.items(), 1):
            part = self._node(f"class-{number}")
            yield _link(graph, VOID + "classPartition", part)
            yield _link(part, VOID + "class", iri)
            yield _number(part, VOID + "entities", found)

    def _example(self, example: NamedQuery) -> Iterator[ox.Triple]:
        """A query to begin from."""
        node, (kind, text) = self._node(f"query-{example.name}"), _EXECUTABLES[example.form]
        yield _link(node, _A, SH + "SPARQLExecutable")
        yield _link(node, _A, SH + kind)
        yield _text(node, RDFS + "label", example.title)
        yield _text(node, RDFS + "comment", example.question)
        yield _text(node, SH + text, example.text)
        yield _link(node, SCHEMA + "target", self.url)


def written(described: Described, form: Format) -> bytes:
    """A description in an RDF format."""
    prefixes = {"sd": SD, "void": VOID, "sh": SH, **described.prefixes}
    plain = form.engine in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
    found = BytesIO()
    ox.serialize(
        described.triples(),
        found,
        format=form.engine,  # type: ignore[arg-type]
        prefixes=prefixes if plain else None,
    )
    return found.getvalue()


def _link(subject: str, predicate: str, target: str) -> ox.Triple:
    """A statement about two nodes."""
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(target))


def _text(subject: str, predicate: str, text: str) -> ox.Triple:
    """A statement in words."""
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(text))


def _number(subject: str, predicate: str, number: int) -> ox.Triple:
    """A count."""
    counted = ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), counted)
