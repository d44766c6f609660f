"""What Schemathesis must know to make up bodies from the API description and to read answers.

The command loads it as its hooks. A schema does not say what RDF or lines hold, so for those the
examples of the description are sent; all else is made up.
"""

import json
from typing import Any, Final

import schemathesis
from hypothesis import strategies as st
from jsonschema_rs import ValidationError
from tests.web.every_route import check

AS_TEXT: Final = ("text/turtle", "application/n-triples", "application/rdf+xml")
JSON: Final = "application/json"
JSON_LD: Final = "application/ld+json"
LINES: Final = "application/x-ndjson"
Json = dict[str, Any]


@schemathesis.hook
def before_load_schema(_: object, raw_schema: Json) -> None:
    """Take the bodies that are text from the examples of the description."""
    posted = [methods["post"] for methods in raw_schema["paths"].values() if "post" in methods]
    for operation in posted:
        for media, content in operation["requestBody"]["content"].items():
            if media not in (JSON, JSON_LD):
                body = st.just(example(content).encode())
                schemathesis.openapi.media_type(media, body)


def example(content: Json) -> str:
    """The one example of a body, taken out: as it stands there it is text, and bytes are sent."""
    found = content.pop("example", None) or content.pop("examples")["two"]["value"]
    return str(found)


@schemathesis.hook
def before_call(_: object, case: Any, __: Json) -> None:
    """Ask for reports in one syntax after another."""
    if case.operation.path == "/v1/validations":
        syntaxes = (*AS_TEXT, JSON_LD, JSON)
        case.headers["Accept"] = syntaxes[len(str(case.body)) % len(syntaxes)]


@schemathesis.deserializer(*AS_TEXT, LINES)
def text(_: object, response: schemathesis.Response) -> str:
    """Answers that are described as text; RDF/XML would be taken for any XML."""
    return response.content.decode()


@schemathesis.check
def each_line_is_an_answer(_: object, response: schemathesis.Response, case: Any) -> None:
    """A line of a batch is an assessment or a problem, which words alone describe."""
    if response.headers.get("content-type") != [LINES]:
        return
    document = case.operation.schema.raw_schema
    for line in map(json.loads, response.content.splitlines()):
        try:
            check(document, "Problem" if "status" in line else "Assessment", line)
        except ValidationError as error:
            raise AssertionError(f"Line violates schema: {error.message}") from error
