"""The service that one writes first: rdflib reads, pySHACL validates, SPARQL or HermiT answers.

A record in Turtle in, the certain and the possible level of each treatment out, and nothing else:
no reasons, no next change, no audits. What can be is read once, when the service starts.

- `POST /sparql`: rdflib parses the record, pySHACL validates it against the file of shapes with the
  release's graph of inferred classes, and rdflib answers `queries/ask/contraindications.rq`, a
  prepared query, over the whole release.
- `POST /hermit`: the same, but HermiT answers. It is given the situation with each treatment as
  a class, fifty to a call, beside ontology and rules, and classifies all of them.

One request at a time: rdflib's query parser is not safe between threads.
"""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from threading import Lock
from typing import Any

import pyshacl
import rdflib
from flask import Flask, Response, jsonify, request
from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from tests.bench.engines import Ranks, with_rdflib
from tests.bench.parts import contraindications, judge_of, rdflib_dataset

from primum.foundation.names import Graph as Name
from primum.foundation.names import Record
from primum.model.cases import Case
from primum.model.spans import Span, exact
from primum.use_cases.drawing import Situation
from primum.use_cases.judging import Judge, Plea
from primum.use_cases.service import Primum

_HOUR = timedelta(hours=1) // timedelta(microseconds=1)
Levels = Callable[[Case], Ranks]


class Shacl:
    """pySHACL as its own documentation calls it: shapes, data and ontology as graphs."""

    def __init__(self, primum: Primum, dataset: rdflib.Dataset) -> None:
        """Read the file of shapes."""
        self._shapes = Graph().parse(primum.place.rules / "shapes" / "record.ttl")
        self._ontology = dataset.graph(URIRef(Name.INFERRED))

    def report(self, record: Graph) -> str:
        """What violates a shape; empty where the record is valid."""
        _, graph, text = pyshacl.validate(
            record, shacl_graph=self._shapes, ont_graph=self._ontology
        )
        violated = (None, rdflib.SH.resultSeverity, rdflib.SH.Violation)
        return str(text) if violated in graph else ""


def create_app(primum: Primum) -> Flask:
    """The service over a release."""
    app, lock, dataset = Flask("naive"), Lock(), rdflib_dataset(primum)
    shacl = Shacl(primum, dataset)

    def answer(levels: Levels) -> Response | tuple[Response, int]:
        """Answer the present request."""
        with lock:
            record = Graph().parse(data=request.get_data(), format="turtle")
            if report := shacl.report(record):
                return jsonify(report=report), 422
            return jsonify(levels(case_of(record)))

    by_sparql = with_rdflib(dataset, contraindications(primum)).finds
    by_hermit = hermit(primum, judge_of(primum))
    app.get("/")(lambda: jsonify(ready=True))
    app.post("/sparql", endpoint="sparql")(lambda: answer(by_sparql))
    app.post("/hermit", endpoint="hermit")(lambda: answer(by_hermit))
    return app


def hermit(primum: Primum, judge: Judge) -> Levels:
    """The levels of all treatments by HermiT."""
    knowledge = primum.release.knowledge

    def levels(case: Case) -> Ranks:
        """The word of the judge on each treatment."""
        treatments = [term.iri for term in knowledge.treatments]
        pleas = [Plea(Situation(case, iri), knowledge.rules) for iri in treatments]
        return {
            iri: (int(found.certain), int(found.possible))
            for iri, found in zip(treatments, judge.judge(pleas), strict=True)
            if found is not None
        }

    return levels


def case_of(record: Graph) -> Case:
    """The case in the graph of a valid record that dates the injury and names all its factors."""
    injury = _one(record, None, Record.INJURY)
    since = _at(record, None, Record.ASSESSED_AT) - _at(record, injury, Record.ONSET)
    grade = record.value(injury, URIRef(Record.GRADE))
    factors = _one(record, _one(record, None, Record.PATIENT), Record.FACTORS)
    return Case(
        injury=str(record.value(injury, RDF.type)),
        grade=None if grade is None else int(grade),
        hours=Span.at(exact(Fraction(since // timedelta(microseconds=1), _HOUR))),
        present=frozenset(map(str, record.objects(factors, URIRef(Record.PRESENT)))),
    )


def _one(record: Graph, node: Any, iri: str) -> Any:
    """The only value of a property, of any node if none is given."""
    return next(record.objects(node, URIRef(iri)))


def _at(record: Graph, node: Any, iri: str) -> Any:
    """An instant of a record."""
    return _one(record, node, iri).toPython()
