"""`GET /openapi.json`: the API described (OpenAPI 3.1), from the tables that the routes use."""

import re
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, json

from primum.use_cases.records.bodies import JSON_LD
from primum.use_cases.records.examples import in_every_syntax
from primum.web.batches import LINES
from primum.web.negotiation import JSON, PROBLEM
from primum.web.once import Once
from primum.web.openapi_parameters import (
    Parameter,
    example_question,
    examples_from,
    parameters,
)
from primum.web.openapi_schemas import schemas
from primum.web.openapi_sparql import GRAPH_PARAMETERS
from primum.web.openapi_words import TEXT, Json, ref
from primum.web.problem_kinds import KINDS, Kind
from primum.web.questions import REPEATED
from primum.web.route import Kept, Route
from primum.web.routes import ROUTES
from primum.web.routes_of_the_page import OTHER
from primum.web.served import Served
from primum.web.sparql.protocol import DIRECT, FORM
from primum.web.validators import software
from primum.web.vocabulary import written

_SHOWN: Final = ("grade", "day", "hours", "topic", "query")
"""What examples of whole questions have beside what must be given."""
_PLACE: Final = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_ABOUT: Final = (
    "Every path answers `HEAD` and `OPTIONS` too. Answers that depend on the request and the "
    "knowledge alone have a strong `ETag`; with `If-None-Match` a copy that still serves is "
    "confirmed by 304. Pages of any origin may read. Errors are `application/problem+json` "
    "(RFC 9457), with one member of `errors` for each fault. A caller may name a request in "
    "`X-Request-ID`; the answer repeats it."
)


def openapi() -> Blueprint:
    """The route; the document is written once per release."""
    blueprint = Blueprint("openapi", __name__)
    body = Once(lambda release: written(describe(current_app, release)))

    @blueprint.get("/openapi.json")
    def description() -> Response:
        """Describe every route."""
        return Response(body(), content_type=JSON)

    return blueprint


def describe(app: Flask, release: Served) -> Json:
    """The OpenAPI document of an application over a release; it tells of no route it lacks."""
    known = parameters(release)
    bodies = body_examples(release)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Primum",
            "version": software(),
            "summary": release.primum.release.knowledge.notice,
            "description": _ABOUT,
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": _paths(present(app), known, bodies),
        "components": {"schemas": schemas(release), "headers": _headers()},
    }


def present(app: Flask) -> list[Route]:
    """The rows of the table that the application has, in the table's order."""
    there = {(r.rule, method) for r in app.url_map.iter_rules() for method in r.methods or ()}
    return [route for route in ROUTES if (route.rule, route.method) in there]


def record_example(release: Served) -> Json:
    """A case record: the injury of the known question, its grade, and a treatment."""
    examples = examples_from(release)
    injury = {"type": examples["injury"], "grade": examples["grade"]}
    return {"injury": injury, "treatments": [{"type": examples["treatment"]}]}


def body_examples(release: Served) -> Json:
    """An example of each body that is sent, by media type; where lines are read, two records."""
    record = record_example(release)
    line = json.dumps(record, ensure_ascii=False)
    named = example_question(release)
    given = {each.name: each.example for each in named.parameters}
    return {
        "CaseRecord": in_every_syntax(release.records, record),
        "RecordLines": dict.fromkeys(LINES, f"{line}\n{line}\n"),
        "Query": {FORM: urlencode({"query": "ASK {}"}), DIRECT: "ASK {}"},
        "QueryParameters": {JSON: given, FORM: urlencode(given)},
    }


def path_of(route: Route) -> str:
    """The path as a template: `/v1/rules/{id}`."""
    return _PLACE.sub(r"{\1}", route.rule)


def _paths(routes: Iterable[Route], known: Mapping[str, Parameter], bodies: Json) -> Json:
    """The operations, by path and method."""
    found: dict[str, Json] = {}
    for route in routes:
        operations = found.setdefault(path_of(route), {})
        operations[route.method.lower()] = _operation(route, known, bodies)
    return found


def _operation(route: Route, known: Mapping[str, Parameter], bodies: Json) -> Json:
    """One route."""
    words = re.findall(r"[A-Za-z0-9]+", path_of(route)) or ["entry"]
    stated: Json = {
        "operationId": route.method.lower() + "".join(word.capitalize() for word in words),
        "tags": [route.tag],
        "summary": route.summary,
        "description": route.says,
        "parameters": _parameters(route, known),
        "responses": _responses(route),
    }
    if route.reads:
        stated["requestBody"] = {"required": True, "content": _body(route, bodies)}
    return stated


def _parameters(route: Route, known: Mapping[str, Parameter]) -> list[Json]:
    """The parameters of a route's path and query."""
    placed = [(name, "path") for name in _PLACE.findall(route.rule)]
    placed += [(name, "query") for name in route.takes]
    return [_parameter(name, place, route, known[name]) for name, place in placed]


def _parameter(name: str, place: str, route: Route, found: Parameter) -> Json:
    """One parameter; one that may repeat is a list."""
    many = name.removeprefix(OTHER) in (*REPEATED, *GRAPH_PARAMETERS)
    required = place == "path" or name in route.needs
    stated: Json = {
        "name": name,
        "in": place,
        "description": found.says,
        "required": required,
        "schema": {"type": "array", "items": found.schema} if many else found.schema,
    }
    if found.example is not None and (required or name in _SHOWN):
        stated["example"] = found.example
    elif found.example is not None:
        stated["examples"] = {"one": {"value": [found.example] if many else found.example}}
    return stated


def _body(route: Route, bodies: Json) -> Json:
    """What a route reads, by media type, each with an example; RDF is text."""
    forms = dict.fromkeys((JSON, FORM, DIRECT, *LINES), route.sends) | {JSON_LD: "Graph"}
    shown = bodies[route.sends]
    return {
        media: {"schema": ref(forms.get(media, "Text")), **_shown(shown[media], media)}
        for media in route.reads
    }


def _shown(body: Any, media: str) -> Json:
    """An example of a body; one of lines is a file rather than something to type."""
    return {"examples": {"two": {"value": body}}} if media in LINES else {"example": body}


def _responses(route: Route) -> Json:
    """Every status that the route can answer with."""
    fine: Json = {
        "description": " ".join(("The answer.", *_meanings(KINDS[name] for name in route.tells))),
        "headers": _named("X-Request-ID", "Cache-Control", "Vary"),
        "content": _content(route.offers),
    }
    found: Json = {"200": fine}
    if route.kept is not Kept.NEVER:
        fine["headers"] |= _named("ETag")
        found["304"] = {
            "description": "The copy that the request names in `If-None-Match` still serves.",
            "headers": _named("X-Request-ID", "ETag"),
        }
    for status, group in groupby(route.failures, key=lambda pair: int(pair[0])):
        found[str(status)] = _failure(status, [kind for _, kind in group])
    if route.reports:
        found["422"]["content"] |= _content(route.reports)
    return found


def _failure(status: int, kinds: Iterable[Kind]) -> Json:
    """A failing response and the kinds of problem that it may be."""
    says = " ".join(_meanings(kinds))
    retry = _named("Retry-After") if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return {
        "description": says,
        "headers": _named("X-Request-ID") | retry,
        "content": {PROBLEM: {"schema": ref("Problem")}},
    }


def _content(forms: Mapping[str, str]) -> Json:
    """What stands in an answer, by media type."""
    return {media: {"schema": ref(name)} for media, name in forms.items()}


def _meanings(kinds: Iterable[Kind]) -> Iterator[str]:
    """What kinds of problem mean, in words."""
    return (f"`{kind.name}`: {kind.meaning}" for kind in kinds)


def _named(*names: str) -> Json:
    """References to headers."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _headers() -> dict[str, Any]:
    """The headers of responses."""
    return {
        "X-Request-ID": {
            "description": "The id of the request, the caller's own where it gives one.",
            "required": True,
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
        },
        "ETag": {
            "description": "A strong validator; absent where the answer depends on the clock.",
            "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
        },
        "Cache-Control": {
            "description": "`no-cache`: ask before a copy is used; `no-store`: keep none.",
            "required": True,
            "schema": TEXT,
        },
        "Vary": {"description": "`Accept`.", "required": True, "schema": TEXT},
        "Retry-After": {
            "description": "Seconds after which to try again.",
            "schema": {"type": "string", "pattern": "^[0-9]+$"},
        },
    }
