"""Every route that reads, each with a request that it answers: its example in the description."""

from typing import Any

import jsonschema_rs
from flask.testing import FlaskClient

from primum.web.docs import example_of, operations
from primum.web.openapi import path_of
from primum.web.route import Kept, Route
from primum.web.routes import ROUTES

READING = tuple(route for route in ROUTES if route.method == "GET")
POSTED = tuple(route for route in ROUTES if route.method == "POST" and not route.open)
"""Those that read records; queries, which any page may post, have tests of their own."""
OPEN = frozenset(route.rule for route in ROUTES if route.open)
KEPT = tuple(route for route in READING if route.kept is not Kept.NEVER)
Json = dict[str, Any]


def examples(client: FlaskClient) -> dict[str, str]:
    """The example of each route that reads, by its rule."""
    document = described(client)
    by_path = {o["path"]: o for o in operations(document) if o["method"] == "GET"}
    return {r.rule: example_of(path_of(r), by_path[path_of(r)]) for r in READING}


def described(client: FlaskClient) -> Json:
    """The description as it is served."""
    document: Json = client.get("/openapi.json").get_json()
    return document


def check(document: Json, schema: str, instance: Any) -> None:
    """Validate an instance against a schema of the description; raises ValidationError."""
    whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    jsonschema_rs.Draft202012Validator(whole, validate_formats=True).validate(instance)


def name(route: Route) -> str:
    """A route in the output of a test."""
    return f"{route.method} {route.rule}"
