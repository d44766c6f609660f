"""What a body may be, how large, and by which method: and nothing of it is kept."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from tests.web.posting import (
    ASSESS,
    BATCH,
    JSON,
    JSON_LD,
    N_TRIPLES,
    NDJSON,
    RDF_XML,
    TURTLE,
    VALIDATE,
    contract,
    encoded,
    posting,
    problem,
    strain,
)

from primum.use_cases.service import Primum

LIMIT = 3000
ROUTES = (ASSESS, VALIDATE)
RECORD = encoded(strain())
AS_TURTLE = b"<#c> <https://w3id.org/primum/injury> [ a <https://w3id.org/primum/CalfStrain> ] ."
SECRET = "zyxwv-swordfish"  # noqa: S105 - what a record might hold of a patient


@pytest.fixture(scope="module")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of an application that takes small bodies."""
    with posting(primum, body_bytes=LIMIT) as found:
        yield found


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": ""},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/jsonp"},
        {"Content-Type": "text/json"},
        {"Content-Type": "application/trig"},
        {"Content-Type": NDJSON},
        {"Content-Type": "*/*"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/json; charset=utf-7"},
        {"Content-Type": JSON, "Content-Encoding": "gzip"},
        {"Content-Type": JSON, "Content-Encoding": "identity, br"},
    ],
)
def test_a_body_of_another_kind_is_a_415(
    client: FlaskClient, route: str, headers: dict[str, str]
) -> None:
    """No guess is made at what it might be, and nothing is unpacked."""
    problem(client.post(route, data=RECORD, headers=headers), 415, "unsupported-media-type")


@pytest.mark.parametrize("content_type", [JSON, TURTLE, "application/json; charset=latin-1"])
def test_a_batch_takes_lines_alone(client: FlaskClient, content_type: str) -> None:
    """JSON is no NDJSON: a record on several lines would be several records."""
    response = client.post(BATCH, data=RECORD, content_type=content_type)
    problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("media_type", [JSON, JSON_LD, TURTLE, N_TRIPLES, RDF_XML])
@pytest.mark.parametrize("body", [b"", b" \r\n\t\n"])
def test_an_empty_body_is_no_record(
    client: FlaskClient, route: str, media_type: str, body: bytes
) -> None:
    """In no syntax: an empty Turtle document is good Turtle and says nothing."""
    response = client.post(route, data=body, content_type=media_type)
    problem(response, 400, "unreadable-body")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("media_type", "body"), [(JSON, RECORD), (TURTLE, AS_TURTLE)], ids=["JSON", "Turtle"]
)
def test_a_body_up_to_the_limit_is_read_and_one_beyond_is_refused(
    client: FlaskClient, route: str, media_type: str, body: bytes
) -> None:
    """To the byte: a cut record could lose its contraindication."""
    for size in (LIMIT - 1, LIMIT):
        response = client.post(route, data=body.ljust(size), content_type=media_type)
        assert response.status_code == 200, response.text
    response = client.post(route, data=body.ljust(LIMIT + 1), content_type=media_type)
    found = problem(response, 413, "request-entity-too-large")
    assert str(LIMIT) in found["detail"]


def test_a_batch_may_be_larger_than_a_body(client: FlaskClient) -> None:
    """Only its lines have a limit."""
    lines = (RECORD + b"\n") * 40
    assert len(lines) > LIMIT
    response = client.post(f"{BATCH}?detail=verdicts", data=lines, content_type=NDJSON)
    assert response.status_code == 200
    assert len(response.data.splitlines()) == 40


@pytest.mark.parametrize("route", [ASSESS, BATCH, VALIDATE])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_another_method_is_a_405(client: FlaskClient, route: str, method: str) -> None:
    """The header says which there is."""
    response = client.open(route, method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    if method != "HEAD":
        problem(response, 405, "method-not-allowed")


@pytest.mark.parametrize(
    ("target", "kind", "parameter"),
    [
        (f"{ASSESS}?injury=ITBS", "unknown-parameter", "injury"),
        (f"{ASSESS}?Screening=unknown", "unknown-parameter", "Screening"),
        (f"{ASSESS}?screening=maybe", "invalid-value", "screening"),
        (f"{ASSESS}?screening=", "invalid-value", "screening"),
        (f"{ASSESS}?screening=unknown&screening=unknown", "invalid-value", "screening"),
        (f"{ASSESS}?detail=short", "invalid-value", "detail"),
        (f"{ASSESS}?detail=full&detail=verdicts", "invalid-value", "detail"),
        (f"{BATCH}?detial=verdicts", "unknown-parameter", "detial"),
        (f"{BATCH}?screening=maybe", "invalid-value", "screening"),
        (f"{VALIDATE}?screening=unknown", "unknown-parameter", "screening"),
    ],
)
def test_a_parameter_that_is_not_there_is_no_part_of_the_body(
    client: FlaskClient, target: str, kind: str, parameter: str
) -> None:
    """A fault in the query is told with the name of the parameter, not with a pointer."""
    media_type = NDJSON if target.startswith(BATCH) else JSON
    found = problem(client.post(target, data=RECORD, content_type=media_type), 400, kind)
    assert [fault.get("parameter") for fault in found["errors"]] == [parameter]


def bodies() -> list[tuple[str, str, bytes]]:
    """Records that hold a secret in every place, good, bad and unreadable, for each route."""
    whole = encoded(contract() | {"id": SECRET})
    bad = encoded(strain(patient={"name": SECRET, "age": SECRET}, treatments=[{"type": SECRET}]))
    named = AS_TURTLE.replace(b"CalfStrain", SECRET.encode())
    return [
        *((route, JSON, body) for route in ROUTES for body in (whole, bad, whole[:-1] + b"?")),
        *((route, TURTLE, body) for route in ROUTES for body in (named, b"<" + named)),
        (BATCH, NDJSON, b"\n".join((whole, bad, SECRET.encode()))),
    ]


def told(record: logging.LogRecord) -> str:
    """All that a log record holds, whichever handler may write it."""
    fields: dict[str, Any] = vars(record)
    return f"{record.getMessage()} {fields}"


def test_nothing_of_a_record_is_logged_or_measured(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a good record, nor a bad one, nor one that cannot be read leaves a word behind."""
    with caplog.at_level(logging.DEBUG):
        for route, media_type, body in bodies():
            assert client.post(route, data=body, content_type=media_type).data
    assert caplog.records
    assert not [record for record in caplog.records if SECRET in told(record)]
    measured = client.get("/metrics").text
    assert ASSESS in measured
    assert SECRET not in measured
    assert "HamstringStrain" not in measured
