"""Validating a case record against the SHACL shapes. The only module that knows pySHACL."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib import BNode, Graph, Literal, URIRef, Variable
from rdflib.namespace import RDF, SH
from rdflib.plugins.stores.memory import Memory
from rdflib.query import Result as RdflibResult
from rdflib.term import Identifier, Node

from primum.foundation.names import Datatype
from primum.knowledge.literals import literal_of
from primum.model.shapes import Constraint

Term = ox.NamedNode | ox.BlankNode | ox.Literal
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


@dataclass(frozen=True, slots=True)
class Violation:
    """What a shape refuses in a graph: the shape, the focus node, the value there, in words."""

    shape: str
    focus: Term
    value: Term | None
    message: str


class _Asked(Memory):
    """A store that oxigraph answers queries on: rdflib parses one anew for every focus node."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Hold the triples for queries; a graph on this store holds them for paths."""
        super().__init__()
        self._asked = ox.Store()
        self._asked.extend(ox.Quad(*triple) for triple in triples)

    def query(  # type: ignore[override]
        self, query: str, _: object, bound: Mapping[str, Node] | None, *__: object, **___: object
    ) -> RdflibResult:
        """The solutions of a query in which some variables are bound before."""
        given: dict[ox.Variable, Term | ox.Triple] = {
            ox.Variable(str(name)): _back(node) for name, node in (bound or {}).items()
        }
        answer = self._asked.query(query, substitutions=given)
        if not isinstance(answer, ox.QuerySolutions):
            raise NotImplementedError  # which lets rdflib answer
        found = RdflibResult("SELECT")
        found.vars = [Variable(variable.value) for variable in answer.variables]
        found.bindings = [
            {
                name: _term(each, _as_rdflib)
                for name, each in zip(found.vars, row, strict=True)
                if each
            }
            for row in answer
        ]
        return found


def violations(data: Iterable[ox.Quad], shapes: Iterable[ox.Quad]) -> list[Violation]:
    """All that shapes refuse in a graph; features beyond SHACL and SHACL-SPARQL are not used."""
    shapes_graph = Graph(store=_STORE)
    for quad in shapes:
        shapes_graph.add(_triple(quad, _as_rdflib))
    triples = [quad.triple for quad in data]
    graph = Graph(store=_Asked(triples))
    for triple in triples:
        graph.add(_triple(triple, _as_rdflib))
    validator = Validator(
        DataGraph.from_rdflib_graph(graph),
        shacl_graph=shapes_graph,
        options={"inplace": True, "advanced": False},
    )
    _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    return sorted(_violations(report), key=str)


def _violations(report: Any) -> Iterator[Violation]:
    """The results of a report, each with one of its messages."""
    for node in report.objects(None, SH.result):
        value = report.value(node, SH.value)
        yield Violation(
            shape=str(report.value(node, SH.sourceShape)),
            focus=_back(report.value(node, SH.focusNode)),
            value=None if value is None else _back(value),
            message=str(min(report.objects(node, SH.resultMessage), default="")),
        )


def _back(node: Node) -> Term:
    """A term of rdflib in the terms of oxigraph."""
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    language = getattr(node, "language", None)
    if language:
        return ox.Literal(str(node), language=language)
    datatype = getattr(node, "datatype", None)
    return ox.Literal(str(node), datatype=ox.NamedNode(datatype) if datatype else None)


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


def _term(term: Any, literal: Callable[[ox.Literal], Literal]) -> Identifier:
    """A term in the terms of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    return BNode(term.value) if isinstance(term, ox.BlankNode) else literal(term)
