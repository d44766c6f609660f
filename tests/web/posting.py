"""Case records over HTTP: an application whose cage runs, what is sent, what answers look like."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from primum.foundation.names import CONTEXT, CONVENTIONS
from primum.foundation.settings import Settings, read_settings
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.current import Current
from primum.web.served import Served

Json = dict[str, Any]
ASSESS: Final = "/v1/assessments"
BATCH: Final = "/v1/assessments/batch"
VALIDATE: Final = "/v1/validations"
JSON: Final = "application/json"
JSON_LD: Final = "application/ld+json"
TURTLE: Final = "text/turtle"
N_TRIPLES: Final = "application/n-triples"
RDF_XML: Final = "application/rdf+xml"
NDJSON: Final = "application/x-ndjson"
PROBLEM: Final = "application/problem+json"
SYNTAXES: Final = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
ONSET: Final = "2026-11-19T10:00:00Z"
AT_72_HOURS: Final = "2026-11-22T10:00:00Z"
LIMITS: Final = frozenset({"too-big", "crashed", "took-too-long"})


@contextmanager
def posting(primum: Primum, **changed: Any) -> Iterator[FlaskClient]:
    """A client of an application over a loaded service, some settings changed."""
    settings = replace(read_settings(), **changed)
    served = Served.over(primum, settings)
    with over(served, settings) as client:
        yield client


@contextmanager
def over(served: Served, settings: Settings) -> Iterator[FlaskClient]:
    """A client of an application; the cage ends with it."""
    try:
        yield create_app(Current(served), settings).test_client()
    finally:
        served.validation.close()


def strain(*, grade: int = 2, at: str | None = AT_72_HOURS, **more: Any) -> Json:
    """A hamstring strain, assessed 72 hours after it happened."""
    injury = {"type": "HamstringStrain", "grade": grade, "onset": ONSET}
    record: Json = {"injury": injury, **more}
    return record if at is None else {**record, "assessedAt": at}


def contract() -> Json:
    """The record that the contract shows."""
    return {
        "@context": CONTEXT,
        "id": "case-17",
        "injury": {**strain()["injury"], "side": "left"},
        "assessedAt": AT_72_HOURS,
        "patient": {
            "age": 24,
            "factors": {"present": ["AnticoagulantTherapy"], "absent": ["Pregnancy"]},
        },
        "findings": {"present": ["LateralKneePain"], "absent": []},
        "treatments": [{"type": "SportsMassage", "at": "2026-11-21T09:00:00Z"}],
    }


def encoded(record: object) -> bytes:
    """A record as JSON."""
    return json.dumps(record).encode()


def assessed(client: FlaskClient, record: object, query: str = "") -> Json:
    """The answer to a record that must be assessed."""
    response = client.post(ASSESS + query, data=encoded(record), content_type=JSON)
    assert (response.status_code, response.content_type) == (200, JSON), response.text
    document: Json = json.loads(response.data)
    return document


def verdicts(document: Json) -> dict[str, str]:
    """The verdict on each treatment, by its id."""
    return {each["treatment"]["id"]: each["verdict"] for each in document["treatments"]}


def problem(response: TestResponse, status: int, kind: str) -> Json:
    """The problem document of a test client's response."""
    headers = dict(response.headers)
    return told(response.status_code, headers, response.data, status=status, kind=kind)


def told(
    found: int, headers: Mapping[str, str], body: bytes, *, status: int, kind: str | None
) -> Json:
    """The problem document of an answer, of the one shape that every error has."""
    assert found == status, body[:500]
    assert {k.lower(): v for k, v in headers.items()}["content-type"] == PROBLEM
    document: Json = json.loads(body)
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document.keys() <= {"type", "title", "status", "detail", "errors", "warnings"}
    assert "Traceback" not in body.decode()
    if kind is not None:
        assert document["type"] == f"{CONVENTIONS}problems/{kind}"
    return document


def codes(document: Json) -> list[tuple[str, str]]:
    """Where each fault of a refused record stands, and its code."""
    return [(fault["pointer"], fault["code"]) for fault in document["errors"]]
