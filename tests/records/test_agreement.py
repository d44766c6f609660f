"""One record means one thing: to the quick reader and to the shapes, in every syntax."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from pyld import jsonld
from rdflib import Graph
from tests.records import corpus
from tests.records.corpus import Sample
from tests.records.strategies import broken_records, good_records

from primum.foundation.names import CONTEXT
from primum.model.levels import Screening
from primum.use_cases.records.bodies import JSON
from primum.use_cases.records.cases import CaseRecord, record_of
from primum.use_cases.records.context import CONTEXT_KEY
from primum.use_cases.records.from_json import JsonRecords
from primum.use_cases.records.local import LocalRecords
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.reading import read_json
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Validation
from primum.use_cases.service import Primum

# No examples are kept: those of an earlier vocabulary would be replayed, and taken for flakiness.
MANY = settings(max_examples=150, database=None)
PLAIN_NAMES = ("full", "minimal", "onset-interval", "treatment-many", "factors-30-absent")


def quickly(records: Records, document: Any) -> CaseRecord | None:
    """The record that the quick reader makes of a document, if it accepts it."""
    try:
        return record_of(records.read(document), Screening.UNKNOWN)
    except NotPlain:
        return None


def slowly(records: Records, validation: Validation, document: Any) -> CaseRecord | None:
    """The record that validation makes of a document, if nothing is violated or warned of."""
    found = validation.report(json.dumps(document).encode(), JSON)
    codes = {f.code for f in found.faults if f.severity != "info"} - {"facts-contradict"}
    if codes:
        return None
    framed = found.document
    # What contradicts itself breaks no shape: both ways lead on to the reasoning.
    return quickly(records, document if framed is None else framed)


@MANY
@given(data=st.data())
def test_a_good_record_is_accepted_by_both_and_means_the_same(
    data: DataObject, primum: Primum, records: Records, validation: Validation
) -> None:
    """The quick reader accepts what is in order, and makes of it what validation makes."""
    document = data.draw(good_records(primum.release.knowledge))
    found = quickly(records, document)
    assert found is not None
    assert found == slowly(records, validation, document)


@MANY
@given(data=st.data())
def test_a_broken_record_is_never_accepted_quickly_and_refused_slowly(
    data: DataObject, primum: Primum, records: Records, validation: Validation
) -> None:
    """Whatever the quick reader accepts, no shape refuses or warns of, and it means the same."""
    document = data.draw(broken_records(primum.release.knowledge))
    found = quickly(records, document)
    assume(found is not None)
    assert found == slowly(records, validation, document)


@MANY
@given(data=st.data())
def test_a_broken_record_is_reported_without_fail(
    data: DataObject, primum: Primum, records: Records, validation: Validation
) -> None:
    """Validation ends with a report, and what it accepts the quick reader can read.

    Only a record with another context is read as JSON-LD proper, and then may be no record at all.
    """
    document = data.draw(broken_records(primum.release.knowledge))
    assume(document.get(CONTEXT_KEY, CONTEXT) == CONTEXT)
    found = validation.report(json.dumps(document).encode(), JSON)
    if found.is_valid:
        assert quickly(records, found.document) is not None
    else:
        assert any(fault.severity == "violation" for fault in found.faults)


@pytest.mark.parametrize(("in_json", "in_rdf"), list(corpus.twins()), ids=str)
def test_the_same_record_has_the_same_answer_in_every_syntax(
    in_json: Sample, in_rdf: Sample, local: LocalRecords
) -> None:
    """JSON and its twin in RDF are answered alike, treatments in whatever order they come."""
    answers = [
        json.loads(local.assessor.assess(one.body, one.media_type, Screening.ASSUME_CLEAR))
        for one in (in_json, in_rdf)
    ]
    for answer in answers:
        for audit in answer["audits"]:
            del audit["pointer"]
        answer["audits"].sort(key=json.dumps)
    assert answers[0] == answers[1]


def graph_of(statements: Any) -> ox.Dataset:
    """Statements in canonical form, so that graphs can be compared."""
    found = ox.Dataset(statements)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def by_pyld(document: Any, context: Any) -> ox.Dataset:
    """The graph that PyLD makes of a document, given the context and nothing else."""

    def load(url: str, _: Any) -> dict[str, Any]:
        assert url == CONTEXT
        return {"contextUrl": None, "documentUrl": url, "document": context}

    quads = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": load})
    return graph_of(ox.parse(quads, format=ox.RdfFormat.N_QUADS))


def by_rdflib(document: Any, context: Any) -> ox.Dataset:
    """The graph that rdflib makes of a document with the context written out."""
    local = json.dumps({**document, CONTEXT_KEY: context[CONTEXT_KEY]})
    found = Graph().parse(data=local, format="json-ld")
    return graph_of(ox.parse(found.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES))


def by_primum(document: Any, records: Records) -> ox.Dataset:
    """The graph that Primum makes of a document, its nodes without names."""
    written = JsonRecords(records.shapes.forms, records.names).write(document)
    nodes: dict[str, ox.BlankNode] = {}

    def anonymous(term: Any) -> Any:
        if isinstance(term, ox.NamedNode) and "/case/document#" in term.value:
            return nodes.setdefault(term.value, ox.BlankNode())
        return term

    return graph_of(
        ox.Quad(anonymous(t.subject), t.predicate, anonymous(t.object)) for t in written.triples
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of its own JSON-LD reader
@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_the_json_is_json_ld(name: str, records: Records) -> None:
    """Two JSON-LD processors make of a record, by the context, just what Primum makes."""
    sample = next(each for each in corpus.good() if each.name == name)
    document = {**read_json(sample.body), CONTEXT_KEY: CONTEXT, "type": "CaseRecord"}
    expected = by_primum(document, records)
    assert expected == by_pyld(document, records.context)
    # rdflib keeps the times, but spells their zone in another way.
    assert len(expected) == len(by_rdflib(document, records.context))
