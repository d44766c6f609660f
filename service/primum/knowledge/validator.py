"""Validating a case record against the SHACL shapes. The only module that knows pySHACL."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from primum.foundation.names import Datatype
from primum.knowledge.literals import literal_of
from primum.model.shapes import Constraint

_STORE: Final = "SimpleMemory"  # without the bookkeeping of named graphs, a third faster


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: the shape, the focus node, and the path and value if there are any."""

    shape: str
    focus: Node
    path: str
    value: Node | None


class RecordValidator:
    """Validates records against one set of shapes, with the ontology at hand; for one thread."""

    def __init__(self, shapes: Iterable[ox.Quad], ontology: Iterable[ox.Quad]) -> None:
        """Prepare the shapes once; `ontology` is what shapes look up about classes."""
        self._data = Graph()
        for quad in ontology:
            self._data.add(_triple(quad))
        shapes_graph = Graph(store=_STORE)
        for quad in shapes:
            shapes_graph.add(_triple(quad, _as_rdflib))
        self._validator = Validator(
            DataGraph.from_rdflib_graph(self._data),
            shacl_graph=shapes_graph,
            options={"inplace": True, "advanced": False},
        )

    def validate(self, record: Sequence[ox.Triple]) -> tuple[list[Result], Graph]:
        """The results for the triples of one record, and the report as RDF."""
        added = [triple for triple in map(_triple, record) if triple not in self._data]
        for triple in added:
            self._data.add(triple)
        try:
            _, report, _ = self._validator.run()  # type: ignore[no-untyped-call]
        finally:
            for triple in added:
                self._data.remove(triple)
        return sorted(_results(report), key=str), report


def tell(report: Graph, constraint: Constraint, *, focus: str, message: str) -> None:
    """Add a result that SHACL did not find to a report, which then does not conform."""
    (root,) = report.subjects(RDF.type, SH.ValidationReport)
    result = BNode()
    report.set((root, SH.conforms, Literal(False)))
    report.add((root, SH.result, result))
    report.add((result, RDF.type, SH.ValidationResult))
    report.add((result, SH.focusNode, URIRef(focus)))
    report.add((result, SH.resultMessage, Literal(message, lang="en")))
    report.add((result, SH.resultSeverity, SH[constraint.severity.capitalize()]))
    report.add((result, SH.sourceConstraintComponent, SH.NodeConstraintComponent))
    report.add((result, SH.sourceShape, URIRef(constraint.iri)))


def _results(report: Any) -> Iterator[Result]:
    """The results of a report."""
    for node in report.objects(None, SH.result):
        yield Result(
            shape=str(report.value(node, SH.sourceShape)),
            focus=report.value(node, SH.focusNode),
            path=_iri(report.value(node, SH.resultPath)),
            value=report.value(node, SH.value),
        )


def _iri(node: Node | None) -> str:
    """The IRI of a path that is one property, "" for any other."""
    return str(node) if isinstance(node, URIRef) else ""


def _as_rdflib(term: ox.Literal) -> Literal:
    """A literal of the shapes, as rdflib and pySHACL understand it."""
    return Literal(term.value, lang=term.language, datatype=_datatype(term))


def _datatype(term: ox.Literal) -> URIRef | None:
    """The datatype of a literal, but that of plain text."""
    plain = term.language or term.datatype.value == Datatype.STRING
    return None if plain else URIRef(term.datatype.value)


def _triple(
    triple: ox.Triple | ox.Quad, literal: Callable[[ox.Literal], Literal] = literal_of
) -> tuple[Node, Node, Node]:
    """A triple in the terms of rdflib."""
    return (
        _term(triple.subject, literal),
        _term(triple.predicate, literal),
        _term(triple.object, literal),
    )


def _term(term: Any, literal: Callable[[ox.Literal], Literal]) -> Node:
    """A term in the terms of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    return BNode(term.value) if isinstance(term, ox.BlankNode) else literal(term)
