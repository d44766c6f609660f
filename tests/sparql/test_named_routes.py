"""`/v1/queries`: the named questions over HTTP, in every format, with their parameters bound."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from tests.sparql.asking import FORM, graph, problem

from primum.use_cases.named.query import Form
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum

NAME = "rules-about"


def columns(client: FlaskClient, path: str) -> list[str]:
    """The first line of a result in CSV."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return next(csv.reader(io.StringIO(answer.text)))


def test_every_question_is_listed_and_answers_its_examples(
    client: FlaskClient, primum: Primum
) -> None:
    """In the format that the ending of its name says."""
    listed = client.get("/v1/queries").get_json()["queries"]
    known = Questions.of(primum).all
    assert {each["id"] for each in listed} == set(known)
    for each in listed:
        given = {p["name"]: p["example"] for p in each["parameters"]}
        ending = "nt" if each["form"] == Form.CONSTRUCT else "csv"
        answer = client.get(f"{each['url']}.{ending}", query_string=given)
        assert answer.status_code == 200, (each["id"], answer.text)
        if each["form"] == Form.ASK:
            assert answer.text in ("true", "false")
        elif ending == "csv":
            first = next(csv.reader(io.StringIO(answer.text)))
            assert first == each["columns"] == list(known[each["id"]].columns)
        else:
            assert graph(answer)


@pytest.mark.parametrize("ending", ["json", "xml", "csv", "tsv"])
def test_the_ending_names_the_format(client: FlaskClient, ending: str) -> None:
    """As `Accept` does without one."""
    answer = client.get(f"/v1/queries/{NAME}.{ending}?treatment=tens")
    same = client.get(f"/v1/queries/{NAME}?treatment=tens", headers={"Accept": answer.content_type})
    assert answer.status_code == 200
    assert answer.data == same.data


def test_parameters_may_be_posted_as_a_form_or_as_json(client: FlaskClient) -> None:
    """With the same answer."""
    given = {"injury": "hamstring-strain", "grade": 2, "day": 3, "factor": ["fever", "pregnancy"]}
    path = "/v1/queries/contraindicated-on-day.csv"
    as_json = client.post(path, data=json.dumps(given), content_type="application/json")
    as_form = client.post(path, data=given, content_type=FORM)
    as_query = client.get(path, query_string=given)
    assert as_json.status_code == 200, as_json.text
    assert as_json.data == as_form.data == as_query.data
    assert as_json.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/v1/queries/rules-abuot", 404, "unknown-name"),
        (f"/v1/queries/{NAME}", 400, "invalid-value"),
        (f"/v1/queries/{NAME}?treatment=masage", 400, "unknown-name"),
        (f"/v1/queries/{NAME}?treatment=tens&colour=blue", 400, "unknown-parameter"),
        (f"/v1/queries/{NAME}?treatment=tens&treatment=massage", 400, "invalid-value"),
        (f"/v1/queries/{NAME}.docx?treatment=tens", 400, "invalid-value"),
        (f"/v1/queries/{NAME}.ttl?treatment=tens", 400, "invalid-value"),
        (f"/v1/queries/{NAME}?treatment=%FF", 400, "invalid-value"),
        ("/v1/queries/contraindicated-on-day?injury=itbs&grade=two&day=3", 400, "invalid-value"),
        ("/v1/queries?colour=blue", 400, "unknown-parameter"),
    ],
)
def test_a_bad_request_is_told_what_may_stand_there(
    client: FlaskClient, path: str, status: int, kind: str
) -> None:
    """With the parameter at fault."""
    found = problem(client.get(path), status, kind)
    assert found["errors"][0]["parameter"]


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"treatment": {}}', b'{"treatment": null}'])
def test_a_body_that_is_no_object_of_values_is_refused(client: FlaskClient, body: bytes) -> None:
    """Nothing of it is taken."""
    answer = client.post(f"/v1/queries/{NAME}", data=body, content_type="application/json")
    problem(answer, 400, "unreadable-body")


def test_a_person_gets_a_page(client: FlaskClient) -> None:
    """A table with the notice that every page has."""
    answer = client.get(f"/v1/queries/{NAME}.html?treatment=tens")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "<table" in answer.text
    notice = client.get("/v1/queries").get_json()["notice"]
    assert notice in answer.text


def test_an_answer_has_a_tag_that_serves_until_the_knowledge_changes(client: FlaskClient) -> None:
    """As every answer that depends on request and knowledge alone."""
    path = f"/v1/queries/{NAME}.csv?treatment=tens"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
