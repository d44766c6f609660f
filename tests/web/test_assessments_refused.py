"""`POST /v1/assessments` with a record that breaks a shape: every fault, and nothing computed."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from tests.records.corpus import Sample, bad, rdf_bad
from tests.web.posting import (
    ASSESS,
    JSON,
    ONSET,
    SYNTAXES,
    TURTLE,
    Json,
    codes,
    contract,
    encoded,
    posting,
    problem,
    strain,
)
from tests.web.reports import seen

from primum.use_cases.service import Primum

MANY: Json = {
    "id": "",
    "injury": {"type": "HamstringStrian", "grade": 4, "side": "middle", "onset": "yesterday"},
    "assessedAt": "2026-11-22",
    "patient": {"age": False, "factors": {"present": ["Fever", "feverr"], "absent": ["Fever"]}},
    "treatments": [{"type": "Massage", "at": ONSET}, {"at": "soon"}],
    "colour": "blue",
}
FAULTS = [
    ("/assessedAt", "assessed-at-invalid"),
    ("/id", "record-id-invalid"),
    ("/injury/grade", "grade-invalid"),
    ("/injury/onset", "onset-invalid"),
    ("/injury/side", "side-unknown"),
    ("/injury/type", "injury-unknown"),
    ("/patient/age", "age-invalid"),
    ("/patient/factors/absent/0", "factor-present-and-absent"),
    ("/patient/factors/present/1", "factor-present-unknown"),
    ("/treatments/1/at", "treatment-at-invalid"),
    ("/treatments/1/type", "treatment-no-type"),
    ("/colour", "record-property-unknown"),
]
CONTRADICTIONS = [sample for sample in (*bad(), *rdf_bad()) if sample.codes == {"facts-contradict"}]


@pytest.fixture(scope="module")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of an application whose cage runs."""
    with posting(primum) as found:
        yield found


def refused(client: FlaskClient, record: object) -> Json:
    """The problem of a record that breaks a shape."""
    response = client.post(ASSESS, data=encoded(record), content_type=JSON)
    return problem(response, 422, "invalid-record")


def test_every_fault_is_told_at_once(client: FlaskClient) -> None:
    """Violations, by their places, and apart from them the warning; information is left out."""
    found = refused(client, MANY)
    assert codes({"errors": found["errors"] + found["warnings"]}) == FAULTS
    assert [fault["severity"] for fault in found["errors"]] == ["violation"] * 11
    assert [fault["severity"] for fault in found["warnings"]] == ["warning"]
    assert found["detail"].startswith("The record has 11 faults;")


def test_a_fault_says_what_was_found_and_what_is_allowed(client: FlaskClient) -> None:
    """A pointer into the body, a stable code, a sentence, the value, the way out."""
    by_code = {fault["code"]: fault for fault in refused(client, MANY)["errors"]}
    assert by_code["grade-invalid"] == {
        "pointer": "/injury/grade",
        "code": "grade-invalid",
        "severity": "violation",
        "message": "The grade is not a whole number from 1 to 3.",
        "found": 4,
        "allowed": ["a whole number from 1 to 3"],
    }
    assert by_code["age-invalid"]["found"] is False
    assert by_code["injury-unknown"]["allowed"][0] == "HamstringStrain"
    assert by_code["side-unknown"]["allowed"] == ["left", "right", "bilateral"]
    assert by_code["treatment-no-type"]["found"] is None


@pytest.mark.parametrize("record", [{}, [], [strain()], "HamstringStrain", 3, None, True])
def test_what_is_no_record_has_no_injury(client: FlaskClient, record: object) -> None:
    """Whatever JSON it is, it is told what it lacks."""
    assert codes(refused(client, record)) == [("/injury", "record-no-injury")]


@pytest.mark.parametrize("sample", CONTRADICTIONS, ids=str)
def test_facts_that_exclude_each_other_are_a_fault_of_the_record(
    client: FlaskClient, sample: Sample
) -> None:
    """No shape sees it, so the fault is of the record as a whole."""
    response = client.post(ASSESS, data=sample.body, content_type=sample.media_type)
    faults = problem(response, 422, "invalid-record")["errors"]
    told = [(f["pointer"], f["code"]) for f in faults if f["severity"] == "violation"]
    assert told == [("", "facts-contradict")]


@pytest.mark.parametrize("media_type", SYNTAXES)
def test_a_refusal_can_be_had_as_a_report_in_rdf(client: FlaskClient, media_type: str) -> None:
    """422 with a SHACL report whose results are those of the problem document."""
    headers = {"Accept": media_type}
    response = client.post(ASSESS, data=encoded(MANY), content_type=JSON, headers=headers)
    assert (response.status_code, response.mimetype) == (422, media_type)
    report = seen(response.data, media_type)
    assert not report.conforms
    shapes = {shape for _, shape in report.of("violation")}
    assert {code for _, code in FAULTS[:-1]} == shapes
    assert ("/injury", "grade-invalid") in report.of("violation")
    assert ("/treatments/1", "treatment-at-invalid") in report.of("violation")
    assert {("", "record-property-unknown")} == report.of("warning")


def test_a_contradiction_is_in_the_report_too(client: FlaskClient) -> None:
    """Although no SHACL engine found it."""
    record = strain(patient={"age": 9, "factors": {"present": ["Elderly"]}})
    headers = {"Accept": TURTLE}
    response = client.post(ASSESS, data=encoded(record), content_type=JSON, headers=headers)
    assert response.status_code == 422
    report = seen(response.data, TURTLE)
    assert not report.conforms
    assert report.of("violation") == {("", "facts-contradict")}


@pytest.mark.parametrize("media_type", SYNTAXES)
@pytest.mark.parametrize("record", [contract(), strain(colour="blue")])
def test_an_answer_cannot_be_had_in_rdf(client: FlaskClient, record: Json, media_type: str) -> None:
    """A valid record with an Accept that takes reports alone is a 406, not a 200 in JSON."""
    headers = {"Accept": media_type}
    response = client.post(ASSESS, data=encoded(record), content_type=JSON, headers=headers)
    problem(response, 406, "not-acceptable")


def test_json_is_preferred_among_equals(client: FlaskClient) -> None:
    """Whoever takes anything, or JSON as gladly as Turtle, gets a problem document."""
    for accept in ("*/*", "text/turtle, application/json", "application/*, text/turtle;q=0.5"):
        response = client.post(ASSESS, data=b"{}", content_type=JSON, headers={"Accept": accept})
        problem(response, 422, "invalid-record")


def test_an_accept_that_nothing_fits_is_a_406(client: FlaskClient) -> None:
    """Before anything of the body is looked at."""
    response = client.post(ASSESS, data=b"{", content_type=JSON, headers={"Accept": "image/png"})
    problem(response, 406, "not-acceptable")
