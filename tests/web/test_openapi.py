"""The API description is true: of every route, of their answers, and by the standard."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient
from tests.web.every_route import POSTED, READING, check, described, examples, name

from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.assessments import Detail
from primum.web.negotiation import JSON, PROBLEM
from primum.web.openapi import path_of
from primum.web.problem_kinds import KINDS
from primum.web.questions import REPEATED, SINGLE
from primum.web.route import Kept, Route
from primum.web.routes import ROUTES

Json = dict[str, Any]
IMPLIED = {"HEAD", "OPTIONS"}


@pytest.fixture(scope="module")
def app(primum: Primum) -> Flask:
    """The application that is described."""
    return create_app(primum)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    """A client of it."""
    return app.test_client()


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> Json:
    """The description as it is served."""
    return described(client)


def test_every_route_and_method_of_the_application_is_described(app: Flask, document: Json) -> None:
    """None is missing and none is too many, but for those that every path has."""
    there = {
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("editor.")  # files of a page, whose names change
        for method in (rule.methods or set()) - IMPLIED
    }
    told = {
        (path, method.upper()) for path, methods in document["paths"].items() for method in methods
    }
    assert told == there


def test_the_table_has_no_route_that_never_was(app: Flask) -> None:
    """Each row is a route of the application."""
    there = {(rule.rule, m) for rule in app.url_map.iter_rules() for m in rule.methods or ()}
    assert {(route.rule, route.method) for route in ROUTES} <= there


def test_the_description_is_one_by_the_standard(document: Json) -> None:
    """Versions, unique ids, resolved references, and parameters that fit their paths."""
    assert document["openapi"] == "3.1.0"
    operations = [
        (path, operation)
        for path, methods in document["paths"].items()
        for operation in methods.values()
    ]
    ids = [operation["operationId"] for _, operation in operations]
    assert len(ids) == len(set(ids))
    for path, operation in operations:
        placed = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert placed == set(re.findall(r"{(\w+)}", path))
    for kind, named in set(re.findall(r"#/components/(\w+)/([\w-]+)", str(document))):
        assert named in document["components"][kind]


def test_every_schema_is_a_schema(document: Json) -> None:
    """Each is valid by the dialect of OpenAPI 3.1."""
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


def test_questions_take_the_parameters_that_the_routes_take(document: Json) -> None:
    """The same table feeds both; those that repeat are lists."""
    stated = document["paths"]["/v1/timeline"]["get"]["parameters"]
    assert [p["name"] for p in stated] == [*SINGLE, *REPEATED]
    lists = {p["name"] for p in stated if p["schema"].get("type") == "array"}
    assert lists == set(REPEATED)
    assert {p["name"] for p in stated if p["required"]} == {"injury"}


@pytest.mark.parametrize("route", READING, ids=name)
def test_the_example_of_each_route_has_the_answer_it_describes(
    route: Route, client: FlaskClient, document: Json
) -> None:
    """The status, the media type, the headers that are promised, and the schema."""
    response = client.get(examples(client)[route.rule])
    media = response.mimetype or ""
    stated = document["paths"][path_of(route)]["get"]["responses"]["200"]
    assert response.mimetype in stated["content"]
    assert ("ETag" in stated["headers"]) == (route.kept is not Kept.NEVER)
    for header in stated["headers"]:
        assert header in response.headers
        form = document["components"]["headers"][header]["schema"]
        jsonschema_rs.validate(form, response.headers[header])
    body = json.loads(response.data) if "json" in media else response.text
    check(document, route.offers[media], body)


BODIES = [(route, media) for route in POSTED for media in route.reads]


@pytest.mark.parametrize(("route", "media"), BODIES, ids=lambda part: getattr(part, "rule", part))
def test_the_example_of_each_body_has_the_answer_it_describes(
    route: Route, media: str, client: FlaskClient, document: Json
) -> None:
    """In every media type that is read: whoever copies it gets an answer without a warning."""
    operation = document["paths"][path_of(route)]["post"]
    stated = operation["requestBody"]["content"][media]
    body = stated.get("example") or stated["examples"]["two"]["value"]
    check(document, stated["schema"]["$ref"].rpartition("/")[2], body)
    sent = body if isinstance(body, str) else json.dumps(body)
    response = client.post(route.rule, data=sent, content_type=media)
    assert response.status_code == 200, response.text
    assert response.mimetype == next(iter(route.offers))
    assert set(operation["responses"]["200"]["headers"]) <= set(response.headers.keys())
    lines = response.text.splitlines()
    assert len(lines) == (1 if response.mimetype == JSON else 2)
    for line in map(json.loads, lines):
        check(document, "Report" if "valid" in line else "Assessment", line)
        told = line.get("warnings", line.get("results"))
        assert {each["severity"] for each in told} <= {"info"}


def test_examples_are_the_same_each_time(primum: Primum, document: Json) -> None:
    """Another process over the same release must describe itself alike: the ETag promises so."""
    assert described(create_app(primum).test_client()) == document


def test_routes_of_records_describe_all_that_can_happen(document: Json) -> None:
    """Every status, each with a problem; a refused record can have its report as RDF."""
    paths, refusals = document["paths"], {"400", "406", "415", "500", "503"}
    whole = refusals | {"200", "408", "413", "422"}
    assert set(paths["/v1/assessments"]["post"]["responses"]) == whole
    assert set(paths["/v1/validations"]["post"]["responses"]) == whole
    batch = paths["/v1/assessments/batch"]["post"]["responses"]
    assert set(batch) == refusals | {"200"}
    assert "`invalid-record`" in batch["200"]["description"]
    report = set(paths["/v1/validations"]["post"]["responses"]["200"]["content"]) - {JSON}
    assert len(report) == 4
    assert set(paths["/v1/assessments"]["post"]["responses"]["422"]["content"]) == report | {
        PROBLEM
    }


def test_how_much_is_written_is_a_choice_of_what_the_route_takes(document: Json) -> None:
    """The description has the words that the route knows."""
    for path in ("/v1/assessments", "/v1/assessments/batch"):
        known = {p["name"]: p["schema"] for p in document["paths"][path]["post"]["parameters"]}
        assert known.keys() == {"screening", "detail"}
        assert known["detail"]["enum"] == list(Detail)


STRICT = [route for route in ROUTES if "unknown-parameter" in route.fails and "<" not in route.rule]


@pytest.mark.parametrize("route", STRICT, ids=name)
def test_an_unknown_parameter_is_told_which_there_are(route: Route, client: FlaskClient) -> None:
    """All that the description lists, or that there are none."""
    media = route.reads[0] if route.reads else None
    url = f"{route.rule}?colour=blue"
    response = client.open(url, method=route.method, content_type=media, data=b"")
    assert response.status_code == 400
    found = response.get_json()
    assert found["errors"][0]["allowed"] == list(route.takes)
    words = ", ".join(route.takes)
    ending = f"there are {words}." if words else "this route takes none."
    assert found["detail"] == f"There is no parameter 'colour'; {ending}"


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_each_error_of_a_route_is_described_under_its_status(route: Route, document: Json) -> None:
    """The kinds of the table, by the status that each has on this route."""
    responses = document["paths"][path_of(route)][route.method.lower()]["responses"]
    assert {"406", "500", "503"} <= set(responses)
    for status, kind in route.failures:
        assert f"`{kind.name}`: {kind.meaning}" in responses[str(int(status))]["description"]
        assert KINDS[kind.name] is kind


def test_every_parameter_is_described_with_an_example(document: Json) -> None:
    """An example fits its schema; of times, which exclude each other, one has it as data."""
    in_words = {"day", "hours", "onset", "at"}
    for methods in document["paths"].values():
        for parameter in (p for o in methods.values() for p in o["parameters"]):
            assert parameter["description"]
            given = parameter.get("examples", {"one": {"value": parameter.get("example")}})
            if (
                parameter["name"].removeprefix("other-") in in_words
                and given["one"]["value"] is None
            ):
                assert "`" in parameter["description"]
            else:
                jsonschema_rs.validate(parameter["schema"], given["one"]["value"])


def test_all_examples_of_a_question_go_together(client: FlaskClient, document: Json) -> None:
    """Whoever copies every example gets an answer."""
    for path in ("/v1/contraindications", "/v1/timeline", "/v1/explanations", "/v1/rules"):
        stated = document["paths"][path]["get"]["parameters"]
        query = {
            p["name"]: p.get("example", p.get("examples", {}).get("one", {}).get("value"))
            for p in stated
        }
        response = client.get(path, query_string={k: v for k, v in query.items() if v})
        assert response.status_code == 200, response.text


def test_the_example_is_the_question_that_the_knowledge_knows(client: FlaskClient) -> None:
    """The first example that a reader tries is answered."""
    path = examples(client)["/v1/contraindications"]
    assert "injury=" in path
    assert client.get(path).status_code == 200
