"""Answers of all kinds fit the schemas of the API description."""

import json
from typing import Any

import jsonschema_rs
import pytest
from flask.testing import FlaskClient
from tests.web.every_route import check, described

from primum.use_cases.service import Primum
from primum.web.app import create_app

Json = dict[str, Any]
QUESTION = "injury=hamstring-strain"
PROBLEMS = {
    "/v1/contraindications": 400,
    f"/v1/contraindications?{QUESTION}&grade=7": 400,
    f"/v1/contraindications?{QUESTION}&factor=fever&without=fever": 400,
    "/v1/timeline?injury=nobody": 400,
    "/v1/rules/nobody": 404,
    "/docs/problems/nothing": 404,
    "/nowhere": 404,
}
MORE = {
    f"/v1/contraindications?{QUESTION}": "Answer",
    f"/v1/contraindications?{QUESTION}&day=1&screening=unknown": "Answer",
    f"/v1/contraindications?{QUESTION}&grade=2&day=1&treatment=massage&proof=true": "Answer",
    f"/v1/contraindications?{QUESTION}&onset=2020-01-01/2020-01-02&at=2020-01-03T09:00Z": "Answer",
    "/v1/contraindications?injury=ITBS&age=70&factor=fever&without=burn": "Answer",
    "/v1/timeline?injury=ITBS": "Timeline",
    f"/v1/timeline?{QUESTION}&grade=3&onset=2020-01-01T10:00:00Z": "Timeline",
    f"/v1/explanations?{QUESTION}&treatment=massage": "Explanation",
    f"/v1/explanations?{QUESTION}&grade=1&day=9&treatment=massage&proof=true": "Explanation",
    "/v1/rules": "Rules",
}


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application that is described."""
    return create_app(primum).test_client()


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> Json:
    """The description as it is served."""
    return described(client)


@pytest.mark.parametrize(("path", "schema"), MORE.items())
def test_answers_of_many_kinds_fit_their_schemas(
    path: str, schema: str, client: FlaskClient, document: Json
) -> None:
    """Open, dated, vague, proved: each fits."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    check(document, schema, response.get_json())


def posted(document: Json, path: str) -> Json:
    """The example record of a route that reads one."""
    content = document["paths"][path]["post"]["requestBody"]["content"]
    example: Json = content["application/json"]["example"]
    return example


@pytest.mark.parametrize("query", ["", "?detail=verdicts", "?screening=unknown"])
def test_an_assessment_fits_its_schema(query: str, client: FlaskClient, document: Json) -> None:
    """The example record is answered, in full or with the verdicts alone."""
    record = posted(document, "/v1/assessments")
    response = client.post(f"/v1/assessments{query}", json=record)
    assert response.status_code == 200, response.text
    check(document, "Assessment", response.get_json())


def test_an_assessment_audits_and_warns_by_its_schema(client: FlaskClient, document: Json) -> None:
    """What is made of each treatment, and of a member that there is not."""
    record = {**posted(document, "/v1/assessments"), "notes": "none"}
    answer = client.post("/v1/assessments", json=record).get_json()
    check(document, "Assessment", answer)
    for audit in answer["audits"]:
        check(document, "Audit", audit)
    assert [warning["severity"] for warning in answer["warnings"]] == ["warning"]


@pytest.mark.parametrize(
    ("place", "lie"),
    [("reasons", [{"rule": "none"}]), ("needs", None), ("verdict", "fine"), ("level", {})],
)
def test_a_false_finding_in_an_assessment_is_noticed(
    place: str, lie: object, client: FlaskClient, document: Json
) -> None:
    """One with reasons does not pass for a mere verdict."""
    record = posted(document, "/v1/assessments")
    answer = client.post("/v1/assessments", json=record).get_json()
    answer["treatments"][0][place] = lie
    with pytest.raises(jsonschema_rs.ValidationError):
        check(document, "Assessment", answer)


def test_each_line_of_a_batch_fits_its_schema(client: FlaskClient, document: Json) -> None:
    """An answer for a good line, a problem for a bad one."""
    record = json.dumps(posted(document, "/v1/assessments"))
    lines = f"{record}\n{{}}\nno json\n"
    media = "application/x-ndjson"
    response = client.post("/v1/assessments/batch", data=lines, content_type=media)
    assert (response.status_code, response.mimetype) == (200, media)
    good, empty, broken = (json.loads(line) for line in response.data.splitlines())
    check(document, "Assessment", good)
    for number, bad in ((2, empty), (3, broken)):
        check(document, "Problem", bad)
        assert bad["line"] == number


@pytest.mark.parametrize("record", [None, {}, {"injury": {"type": "nobody"}}])
def test_a_report_fits_its_schema(record: Json | None, client: FlaskClient, document: Json) -> None:
    """Of a good record and of bad ones."""
    body = posted(document, "/v1/validations") if record is None else record
    response = client.post("/v1/validations", json=body)
    assert response.status_code == 200, response.text
    check(document, "Report", response.get_json())
    assert response.get_json()["valid"] == (record is None)


def test_a_record_that_is_refused_has_a_problem_by_the_schema(
    client: FlaskClient, document: Json
) -> None:
    """In JSON, each fault points into the body."""
    response = client.post("/v1/assessments", json={"injury": {"grade": 9}})
    assert response.status_code == 422
    check(document, "Problem", response.get_json())
    assert {"pointer", "code", "severity", "message", "found", "allowed"} == set(
        response.get_json()["errors"][0]
    )


@pytest.mark.parametrize("fault", [{}, {"pointer": ""}, {"found": 1, "allowed": []}])
def test_a_fault_without_its_place_is_noticed(fault: Json, document: Json) -> None:
    """Where it stands, what was found and what may stand there are always told."""
    with pytest.raises(jsonschema_rs.ValidationError):
        check(document, "Fault", fault)


@pytest.mark.parametrize("media", ["text/turtle", "application/ld+json"])
def test_a_report_in_rdf_is_described(media: str, client: FlaskClient, document: Json) -> None:
    """Both where it is asked for and where a record is refused."""
    headers = {"Accept": media}
    for path, status in (("/v1/validations", "200"), ("/v1/assessments", "422")):
        response = client.post(path, json={"injury": {"type": "nobody"}}, headers=headers)
        assert (str(response.status_code), response.mimetype) == (status, media)
        content = document["paths"][path]["post"]["responses"][status]["content"][media]
        body = json.loads(response.data) if media.endswith("json") else response.text
        check(document, content["schema"]["$ref"].rpartition("/")[2], body)


@pytest.mark.parametrize(("path", "status"), PROBLEMS.items())
def test_errors_fit_the_one_schema(
    path: str, status: int, client: FlaskClient, document: Json
) -> None:
    """Whatever fails, the problem is one that is described."""
    response = client.get(path)
    assert response.status_code == status
    check(document, "Problem", response.get_json())


def test_a_schema_refuses_what_it_does_not_describe(document: Json, client: FlaskClient) -> None:
    """A verdict that there is not, and a missing field, are noticed."""
    answer = client.get(f"/v1/contraindications?{QUESTION}").get_json()
    answer["treatments"][0]["verdict"] = "fine"
    with pytest.raises(jsonschema_rs.ValidationError):
        check(document, "Answer", answer)
    with pytest.raises(jsonschema_rs.ValidationError):
        check(document, "Answer", {"notice": ""})
