"""`GET /docs`: the API description as pages that need neither a script nor the network."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from http import HTTPStatus
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, current_app, json, render_template
from markupsafe import Markup, escape

from primum.foundation.errors import UnknownName
from primum.web.negotiation import CSS, HTML, JSON
from primum.web.once import Once
from primum.web.openapi import describe, present
from primum.web.openapi_words import Json
from primum.web.problem_kinds import KINDS, TABLE, Kind
from primum.web.served import Served, serving

_SERVER: Final = "http://localhost:8000"
_CODE: Final = re.compile("`([^`]+)`")
_UTF_8: Final = "; charset=utf-8"


def docs() -> Blueprint:
    """The routes."""
    blueprint = Blueprint("docs", __name__)
    blueprint.add_app_template_filter(marked)
    page = Once(_page)
    style = files("primum.web").joinpath("templates", "style.css").read_bytes()

    @blueprint.get("/docs")
    def description() -> Response:
        """Show every route and every kind of error."""
        return Response(page(), content_type=HTML + _UTF_8)

    @blueprint.get("/docs/problems/<kind>")
    def problem_page(kind: str) -> Response:
        """Show what one kind of error means."""
        found = find_kind(kind)
        fails = [r for r in present(current_app) if found.name in (*r.fails, *r.tells)]
        notice = serving().notice
        text = render_template(
            "problem.html", kind=found, phrase=phrase_of(found), routes=fails, notice=notice
        )
        return Response(text, content_type=HTML + _UTF_8)

    @blueprint.get("/docs/style.css")
    def stylesheet() -> Response:
        """Give the style of the pages."""
        return Response(style, content_type=CSS + _UTF_8)

    return blueprint


def marked(text: str) -> Markup:
    """A description with what stands between backquotes as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def find_kind(name: str) -> Kind:
    """The kind of error of a name; raises UnknownName with the nearest."""
    if name in KINDS:
        return KINDS[name]
    nearest = tuple(get_close_matches(name[:100], KINDS, n=5, cutoff=0.0))
    raise UnknownName(
        f"No kind of error is called {name!r}. The nearest names are {', '.join(nearest)}.",
        where="kind",
        found=name,
        allowed=nearest,
    )


def phrase_of(kind: Kind) -> str:
    """The standard words for the status of a kind."""
    return HTTPStatus(kind.status).phrase


def _page(release: Served) -> bytes:
    """The page of all routes, from the API description."""
    document = describe(current_app, release)
    text = render_template(
        "docs.html",
        info=document["info"],
        operations=list(operations(document)),
        schemas={n: pretty(s) for n, s in document["components"]["schemas"].items()},
        kinds=TABLE,
    )
    return text.encode()


def pretty(schema: Json) -> str:
    """A schema as a person reads it."""
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=False)


def operations(document: Json) -> Iterator[Json]:
    """Each operation of a description with its method, path and an example to type."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield {
                **operation,
                "path": path,
                "method": method.upper(),
                "curl": curl(path, method.upper(), operation),
                "body": operation.get("requestBody"),
            }


def curl(path: str, method: str, operation: Json) -> str:
    """A command that asks what a route describes, with the examples of its parameters."""
    url = f"{_SERVER}{example_of(path, operation)}"
    if method == "GET":
        return f"curl '{url}'"
    media, body = _body_type(operation), _body(operation)
    return f"curl '{url}' -H 'Content-Type: {media}' --data-binary '{body}'"


def example_of(path: str, operation: Json) -> str:
    """A path and query that a route answers: its template with the examples of its parameters."""
    examples = [p for p in operation["parameters"] if "example" in p]
    query = {p["name"]: p["example"] for p in examples if p["in"] == "query"}
    for each in examples:
        path = path.replace(f"{{{each['name']}}}", quote(str(each["example"]), safe=""))
    return f"{path}{'?' if query else ''}{urlencode(query)}"


def _body_type(operation: Json) -> str:
    """The media type of the example of a body."""
    content: dict[str, Any] = operation["requestBody"]["content"]
    return JSON if JSON in content else next(iter(content))


def _body(operation: Json) -> str:
    """The example of a body, or a file to be sent where there is none."""
    content = operation["requestBody"]["content"][_body_type(operation)]
    return (
        json.dumps(content["example"], sort_keys=False)
        if "example" in content
        else "@records.ndjson"
    )
