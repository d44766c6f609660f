"""What Schemathesis must know to make up bodies from the API description and to read answers.

The command loads it as its hooks. A schema does not say what RDF or lines hold, so for those the
examples of the description are sent, whole or cut short; all else is made up.
"""

import json
from typing import Any, Final

import schemathesis
from hypothesis import strategies as st
from tests.web.every_route import check

AS_TEXT: Final = ("text/turtle", "application/n-triples", "application/rdf+xml")
LINES: Final = "application/x-ndjson"
Json = dict[str, Any]


@schemathesis.hook
def before_load_schema(_: object, raw_schema: Json) -> None:
    """Take the bodies that are text from the examples of the description."""
    for methods in raw_schema["paths"].values():
        for media, content in methods.get("post", {}).get("requestBody", {}).get("content", {}).items():
            told = content.get("examples", {"one": {"value": content.get("example")}})
            (body,) = (each["value"] for each in told.values())
            if isinstance(body, str):
                schemathesis.openapi.media_type(media, whole_or_cut(body.encode()))


def whole_or_cut(body: bytes) -> st.SearchStrategy[bytes]:
    """A body, whole mostly, or with its end missing."""
    return st.one_of(st.just(body), st.integers(1, len(body)).map(lambda size: body[:size]))


@schemathesis.hook
def before_call(_: object, case: schemathesis.Case, __: Json) -> None:
    """Ask for reports in one syntax after another."""
    if case.operation.path == "/v1/validations":
        syntaxes = (*AS_TEXT, "application/ld+json", "*/*")
        case.headers["Accept"] = syntaxes[len(str(case.body)) % len(syntaxes)]


@schemathesis.deserializer(*AS_TEXT, LINES)
def text(_: object, response: schemathesis.Response) -> str:
    """Answers that are described as text; RDF/XML would be taken for any XML."""
    return response.content.decode()


@schemathesis.check
def each_line_is_an_answer(_: object, response: schemathesis.Response, case: Any) -> None:
    """A line of a batch is an assessment or a problem, which words alone describe."""
    if response.headers.get("content-type") == [LINES]:
        document = case.operation.schema.raw_schema
        for line in map(json.loads, response.content.splitlines()):
            check(document, "Problem" if "status" in line else "Assessment", line)
