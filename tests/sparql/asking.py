"""How tests ask: by GET, in a form or as a body, and what they make of the answers."""

import json
from typing import Any

import pyoxigraph as ox
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from primum.foundation.names import CONVENTIONS
from primum.web.negotiation import PROBLEM

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def get(client: FlaskClient, query: str, accept: str = "*/*", **more: str) -> TestResponse:
    """Ask by GET."""
    asked = {"query": query, **{name.replace("_", "-"): text for name, text in more.items()}}
    return client.get("/sparql", query_string=asked, headers={"Accept": accept})


def rows(response: TestResponse) -> list[tuple[str | None, ...]]:
    """The values of a result in JSON, by row."""
    assert response.status_code == 200, response.text
    document = json.loads(response.data)
    names = document["head"]["vars"]
    bindings = document["results"]["bindings"]
    return [tuple(row.get(name, {}).get("value") for name in names) for row in bindings]


def graph(response: TestResponse) -> set[ox.Triple]:
    """The triples of a result in an RDF format; blank nodes keep their labels."""
    assert response.status_code == 200, response.text
    form = ox.RdfFormat.from_media_type(response.mimetype or "")
    assert form is not None, response.mimetype
    return {quad.triple for quad in ox.parse(response.data, format=form)}


def problem(response: TestResponse, status: int, kind: str) -> Json:
    """The problem that a request was answered with."""
    assert (response.status_code, response.content_type) == (status, PROBLEM), response.text
    document: Json = response.get_json()
    assert document["type"] == f"{CONVENTIONS}problems/{kind}"
    assert document["status"] == status
    return document
