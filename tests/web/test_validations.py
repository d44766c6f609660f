"""`POST /v1/validations` and `GET /case.jsonld`: what a record lacks, and what its words mean."""

import json
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import isomorphic
from tests.records.corpus import Sample, bad, plainly_good, told
from tests.web.in_rdf import serialised, triples
from tests.web.posting import (
    JSON,
    SYNTAXES,
    TURTLE,
    VALIDATE,
    Json,
    contract,
    encoded,
    posting,
    strain,
)
from tests.web.reports import seen

from primum.foundation.names import BASE, CONTEXT, DOCUMENT
from primum.use_cases.records.from_json import JsonRecords
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum

SOME_BAD = bad()[::25]
SOME_TOLD = told()[::3]
SOME_GOOD = plainly_good()[::10]
BROKEN = strain(grade=4, colour="blue", patient={"age": False})


@pytest.fixture(scope="module")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of an application whose cage runs."""
    with posting(primum) as found:
        yield found


def report(client: FlaskClient, body: bytes, media_type: str = JSON) -> Json:
    """The report on a body, as JSON."""
    response = client.post(VALIDATE, data=body, content_type=media_type)
    assert (response.status_code, response.content_type) == (200, JSON), response.text
    document: Json = json.loads(response.data)
    return document


def test_a_report_says_over_which_knowledge_it_was_made(
    client: FlaskClient, primum: Primum
) -> None:
    """The members of a report, and no other."""
    found = report(client, encoded(strain()))
    edition = primum.release.knowledge.edition
    assert found["knowledge"] == {"version": edition.version, "digest": edition.digest}
    assert found["notice"] == primum.release.knowledge.notice
    assert found.keys() == {"notice", "knowledge", "valid", "conforms", "counts", "results"}


def test_a_broken_record_is_no_error_here(client: FlaskClient) -> None:
    """200, every result with its severity, and counts that fit them."""
    found = report(client, encoded(BROKEN))
    assert (found["valid"], found["conforms"]) == (False, False)
    results = [(each["pointer"], each["code"], each["severity"]) for each in found["results"]]
    assert results[:3] == [
        ("/injury/grade", "grade-invalid", "violation"),
        ("/patient/age", "age-invalid", "violation"),
        ("/colour", "record-property-unknown", "warning"),
    ]
    severities = [severity for _, _, severity in results]
    assert found["counts"] == {s: severities.count(s) for s in ("violation", "warning", "info")}


def test_information_is_told_of_a_valid_record(client: FlaskClient) -> None:
    """A record may be valid without conforming: SHACL counts every result."""
    found = report(client, encoded(contract()))
    assert (found["valid"], found["conforms"]) == (True, False)
    assert found["counts"] == {"violation": 0, "warning": 0, "info": len(found["results"])}
    assert {"side-of-no-use", "finding-of-no-use"} == {r["code"] for r in found["results"]}


def test_a_record_of_which_there_is_nothing_to_tell_conforms(client: FlaskClient) -> None:
    """Everything that rules ask for is there, and nothing else."""
    factors = {"present": [], "absent": ["Pregnancy"]}
    found = report(client, encoded(strain(patient={"age": 24, "factors": factors})))
    assert (found["valid"], found["conforms"], found["results"]) == (True, True, [])


@pytest.mark.parametrize("sample", [*SOME_BAD, *SOME_TOLD, *SOME_GOOD], ids=str)
def test_samples_have_their_codes(client: FlaskClient, sample: Sample) -> None:
    """What the corpus says of a record is what the service says of it."""
    found = report(client, sample.body, sample.media_type)
    codes = {each["code"] for each in found["results"]}
    assert sample.codes <= codes
    violated = any(each["severity"] == "violation" for each in found["results"])
    assert found["valid"] is not violated


@pytest.mark.parametrize("media_type", SYNTAXES)
@pytest.mark.parametrize("record", [BROKEN, contract(), strain()])
def test_a_report_in_rdf_has_the_results_of_the_one_in_json(
    client: FlaskClient, record: Json, media_type: str
) -> None:
    """The same shapes with the same severities, whatever the syntax."""
    body = encoded(record)
    expected = report(client, body)
    headers = {"Accept": media_type}
    response = client.post(VALIDATE, data=body, content_type=JSON, headers=headers)
    assert (response.status_code, response.mimetype) == (200, media_type)
    found = seen(response.data, media_type)
    assert expected["conforms"] is found.conforms
    for severity in ("violation", "warning", "info"):
        codes = {r["code"] for r in expected["results"] if r["severity"] == severity}
        assert codes == {shape for _, shape in found.of(severity)}


def test_a_record_in_turtle_has_the_report_of_its_facts(client: FlaskClient) -> None:
    """Pointers are those that the record would have as JSON."""
    body = b"""@prefix : <https://w3id.org/primum/> .
        <#c> :injury [ a :HamstringStrain ; :hasGrade 4 ] ; :patient [ :age "old" ] ."""
    found = report(client, body, TURTLE)
    violated = [r for r in found["results"] if r["severity"] == "violation"]
    assert [(r["pointer"], r["found"]) for r in violated] == [
        ("/injury/grade", "4"),
        ("/patient/age", "old"),
    ]


# --- The context ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def context(client: FlaskClient) -> Json:
    """The context of case records, as it is served."""
    response = client.get("/case.jsonld")
    assert (response.status_code, response.content_type) == (200, "application/ld+json")
    document: Json = json.loads(response.data)
    return document


def test_the_context_is_where_records_say_it_is(client: FlaskClient, context: Json) -> None:
    """The last part of its name is the path at which the service gives it."""
    assert f"{BASE}case.jsonld" == CONTEXT
    assert client.get(f"/{CONTEXT.removeprefix(BASE)}").get_json() == context
    assert context.keys() == {"@context"}


def graph(found: list[ox.Triple]) -> rdflib.Graph:
    """Triples as a graph; nodes that stand for places in a document lose their names."""
    text = serialised(found, ox.RdfFormat.N_TRIPLES).decode()
    parsed, anonymous = rdflib.Graph().parse(data=text, format="nt"), rdflib.Graph()
    for triple in parsed:
        anonymous.add(tuple(map(_anonymous, triple)))  # type: ignore[arg-type]
    return anonymous


def _anonymous(node: rdflib.term.Node) -> rdflib.term.Node:
    """A blank node for a place in a document."""
    return rdflib.BNode(str(node)) if str(node).startswith(DOCUMENT) else node


@pytest.mark.parametrize(
    "record",
    [
        contract(),
        {**contract(), "treatments": [{"type": "HeatTherapy"}, {"type": "Massage"}]},
        {
            **contract(),
            "injury": {"type": "CalfStrain", "onset": {"notAfter": "2026-11-22T10:00:00Z"}},
        },
    ],
)
def test_a_processor_of_json_ld_reads_what_the_service_reads(
    primum: Primum, context: Json, record: Json
) -> None:
    """With the context as served, PyLD makes the same triples of the record."""
    records = Records.of(primum.release, primum.vocabulary)
    ours = JsonRecords(records.shapes.forms, records.names).write(record).triples
    is_case = str(ox.NamedNode(f"{BASE}CaseRecord"))
    stated = [triple for triple in ours if str(triple.object) != is_case]
    theirs = triples(record, context)
    assert theirs
    assert isomorphic(graph(stated), graph(theirs))
