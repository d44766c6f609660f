"""The full report on a record: every fault in it, by the SHACL shapes and by reasoning.

This is slow (milliseconds) and reads caller-written RDF, so the service runs it in the cage; what
is plainly good never comes here (`plain.py`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

import pyoxigraph as ox
import rdflib

from primum.foundation.errors import InvalidValue, QuestionError, UnreadableBody
from primum.knowledge.release import Release
from primum.knowledge.validator import RecordValidator, Result, tell
from primum.model.levels import Screening
from primum.reasoning.engine import Engine
from primum.reasoning.worlds import cells_of, facts_of
from primum.use_cases.records.bodies import JSON, JSON_LD, MEDIA_TYPES, parse
from primum.use_cases.records.cases import record_of
from primum.use_cases.records.context import CONTEXT_KEY, is_contract_json, with_context
from primum.use_cases.records.faults import VIOLATION, Explainer, Fault, Told
from primum.use_cases.records.framing import document_of
from primum.use_cases.records.from_json import JsonRecords
from primum.use_cases.records.from_rdf import RdfRecords
from primum.use_cases.records.pointers import iri_of, pointer_of
from primum.use_cases.records.reading import read_json
from primum.use_cases.records.records import Records
from primum.use_cases.records.written import Written

_MOST_STATEMENTS: Final = 2000


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found: all faults, the report as RDF, and the record if it is valid.

    `document` is the record as the plain reader accepts it, None where a shape is violated.
    """

    faults: tuple[Fault, ...]
    graph: rdflib.Graph
    document: dict[str, Any] | None

    @property
    def is_valid(self) -> bool:
        """Whether nothing is violated; warnings and infos are no violations."""
        return self.document is not None


class Validation:
    """Validates records of one release; for one thread."""

    def __init__(self, release: Release, engine: Engine, records: Records) -> None:
        """Prepare the shapes once."""
        self._engine = engine
        self._records = records
        shapes, names = records.shapes, records.names
        above = {iri: frozenset(supers) for iri, supers in release.knowledge.axioms.above.items()}
        self._from_json = JsonRecords(shapes.forms, names)
        self._from_rdf = RdfRecords(shapes.forms, names, above)
        self._explainer = Explainer(shapes, names)
        self._validator = RecordValidator(release.record_shapes(), release.looked_up())

    def report(self, body: bytes, media_type: str) -> Report:
        """The report on a body; raises QuestionError where it cannot be read as a record."""
        if media_type not in MEDIA_TYPES:
            raise InvalidValue(
                f"{media_type!r} is no media type of records; there are {', '.join(MEDIA_TYPES)}.",
                where="--media-type",
                found=media_type,
                allowed=MEDIA_TYPES,
            )
        if media_type in (JSON, JSON_LD):
            document = read_json(body)
            if is_contract_json(document):
                return self.of_document(document)
            local = with_context(document, self._records.context[CONTEXT_KEY])
            return self._of(self._from_rdf.write(parse(json.dumps(local).encode(), JSON_LD)), None)
        return self._of(self._from_rdf.write(parse(body, media_type)), None)

    def of_document(self, document: Any) -> Report:
        """The report on a JSON document that has been read."""
        return self._of(self._from_json.write(document), document)

    def _of(self, written: Written, document: Any) -> Report:
        """The report on the triples of a record."""
        if len(written.triples) > _MOST_STATEMENTS:
            raise UnreadableBody(
                f"The record makes {len(written.triples)} statements; it makes at most "
                f"{_MOST_STATEMENTS}.",
                allowed=(f"up to {_MOST_STATEMENTS} statements",),
            )
        results, graph = self._validator.validate(written.triples)
        faults = self._explainer.faults(map(_told, results), written, document)
        more = list(self._explainer.outside(written.outside))
        framed = None
        if not any(fault.severity == VIOLATION for fault in faults):
            framed = document_of(self._records.shapes.forms, written.triples)
            more += self._contradictions(framed)
        for fault in more:
            self._tell(graph, fault)
        faults = sorted([*faults, *more], key=attrgetter("rank"))
        violated = any(fault.severity == VIOLATION for fault in faults)
        return Report(tuple(faults), graph, None if violated else framed)

    def _tell(self, graph: rdflib.Graph, fault: Fault) -> None:
        """Add a fault that no shape finds to the report as RDF."""
        constraint = next(
            each for each in self._records.shapes.constraints.values() if each.code == fault.code
        )
        tell(graph, constraint, focus=iri_of(""), message=fault.message)

    def _contradictions(self, document: dict[str, Any]) -> Sequence[Fault]:
        """The fault of facts that the ontology says cannot be true together."""
        case = record_of(self._records.read(document), Screening.ASSUME_CLEAR).case
        try:
            tables = self._engine.tables
            cells_of(tables, case, facts_of(tables, case))
        except QuestionError as error:
            return [self._explainer.contradiction(error)]
        return []


def _told(result: Result) -> Told:
    """A result in the terms that explaining takes."""
    value = "" if result.value is None else _ox_text(result.value)
    shown = "" if result.value is None or _is_node(str(result.value)) else str(result.value)
    return Told(result.shape, str(result.focus), result.path, value, shown)


def _is_node(text: str) -> bool:
    """Whether a value is a node of the record, which has nothing to show."""
    return pointer_of(text) is not None


def _ox_text(node: Any) -> str:
    """A term of rdflib as the RDF library of the service writes it."""
    if isinstance(node, rdflib.URIRef):
        return f"<{node}>"
    if not isinstance(node, rdflib.Literal):
        return str(node)
    if node.language:
        return str(ox.Literal(str(node), language=node.language))
    datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
    return str(ox.Literal(str(node), datatype=datatype))
