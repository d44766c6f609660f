"""SHACL reports as a reader of RDF sees them."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, SH
from tests.web.in_rdf import serialised
from tests.web.posting import JSON_LD, N_TRIPLES, RDF_XML, TURTLE

from primum.foundation.names import DOCUMENT

FORMATS: Final = {TURTLE: "turtle", N_TRIPLES: "nt", RDF_XML: "xml"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A report: whether it conforms, and its results as focus node, shape and severity."""

    conforms: bool
    results: frozenset[tuple[str, str, str]]

    def of(self, severity: str) -> set[tuple[str, str]]:
        """Focus node and shape of the results of a severity."""
        return {(focus, shape) for focus, shape, found in self.results if found == severity}


def seen(body: bytes, media_type: str) -> Seen:
    """The one report of a graph, each of its results complete."""
    graph = _graph(body, media_type)
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    conforms = graph.value(report, SH.conforms, any=False)
    assert isinstance(conforms, rdflib.Literal)
    results = [_result(graph, node) for node in graph.objects(report, SH.result)]
    return Seen(bool(conforms.toPython()), frozenset(results))


def _graph(body: bytes, media_type: str) -> rdflib.Graph:
    """The graph of a report; JSON-LD by another reader, for rdflib's warns of its own ways."""
    if media_type == JSON_LD:
        triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.JSON_LD)]
        body, media_type = serialised(triples, ox.RdfFormat.N_TRIPLES), N_TRIPLES
    return rdflib.Graph().parse(data=body, format=FORMATS[media_type])


def _result(graph: rdflib.Graph, node: rdflib.term.Node) -> tuple[str, str, str]:
    """Focus node as a pointer, local names of shape and severity."""
    assert (node, RDF.type, SH.ValidationResult) in graph
    assert graph.value(node, SH.resultMessage)
    focus, shape, severity = (
        str(graph.value(node, each, any=False))
        for each in (SH.focusNode, SH.sourceShape, SH.resultSeverity)
    )
    assert focus.startswith(DOCUMENT)
    pointer = unquote(focus.removeprefix(DOCUMENT))
    return pointer, shape.rpartition("/")[2], severity.rpartition("#")[2].lower()
