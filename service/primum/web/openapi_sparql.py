"""JSON Schemas of what is asked in SPARQL: results, named questions, limits; and the parameters."""

from typing import Final

from primum.use_cases.named.types import TYPES
from primum.use_cases.sparql.formats import BY_NAME
from primum.web.openapi_words import COUNT, FLAG, NUMBER, TEXT, Json, also, listed, record, ref
from primum.web.sparql.protocol import LEAST_SECONDS

GRAPH_PARAMETERS: Final = ("default-graph-uri", "named-graph-uri")
"""Those that may be given several times."""
_IRI: Final = {"type": "string", "format": "uri"}
_SECONDS: Final = {"type": "number", "minimum": LEAST_SECONDS}
SPARQL_PARAMETERS: Final[dict[str, tuple[str, Json]]] = {
    "query": ("A SPARQL 1.1 query.", {"type": "string", "minLength": 1}),
    "default-graph-uri": (
        "A graph whose statements are asked, in place of all; of several, their merge is.",
        _IRI,
    ),
    "named-graph-uri": ("A graph that `GRAPH` can name, in place of all.", _IRI),
    "format": (
        "The format of the result, in place of `Accept`.",
        {"type": "string", "enum": [*BY_NAME, "html"]},
    ),
    "timeout": ("A lower limit of time, in seconds.", _SECONDS),
    "stream": (
        "Whether the result is sent while it is found, without a limit of size. One that breaks "
        "off has no proper end.",
        {"type": "string", "enum": ["true", "false"], "default": "false"},
    ),
}
"""The parameters of `/sparql`: what each means, and its form."""
SPARQL_SCHEMAS: Final[Json] = {
    "Results": record(
        "SPARQL 1.1 Query Results JSON: `results` of a SELECT, `boolean` of an ASK.",
        {"head": record("The names of the variables.", {}, {"vars": listed(TEXT)})},
        {
            "results": record("The rows.", {"bindings": listed({"type": "object"})}),
            "boolean": FLAG,
        },
    ),
    "Query": {
        "type": "string",
        "description": "A SPARQL 1.1 query, or a form with it and other parameters.",
    },
    "Queries": also("Opening", {"queries": listed(ref("NamedQuery"))}),
    "NamedQuery": record(
        "A question that can be asked by name; `columns` are those of its rows.",
        {
            "id": TEXT,
            "title": TEXT,
            "question": TEXT,
            "about": TEXT,
            "users": listed(TEXT),
            "form": {"type": "string", "enum": ["select", "construct", "ask"]},
            "columns": listed(TEXT),
            "parameters": listed(ref("QueryParameter")),
            "url": TEXT,
        },
    ),
    "QueryParameter": record(
        "A parameter of a named question, and an example of its value.",
        {
            "name": TEXT,
            "type": {"type": "string", "enum": list(TYPES)},
            "required": FLAG,
            "repeatable": FLAG,
            "example": TEXT,
            "meaning": TEXT,
        },
    ),
    "QueryParameters": {
        "type": "object",
        "description": "The parameters of a named question; one that repeats is a list.",
        "additionalProperties": {
            "anyOf": [TEXT, {"type": "number"}, listed({"type": ["string", "number"]})]
        },
    },
    "Limits": record(
        "What one query may take.",
        {
            "query": record(
                "Of the query text, and of the work on it.",
                dict.fromkeys(("bytes", "tokens", "nesting", "seconds", "megabytes"), COUNT),
            ),
            "result": record("Of a whole result.", {"bytes": COUNT, "rows": COUNT}),
            "stream": record("Of a streamed one.", {"seconds": COUNT}),
            "caller": record("Of one address.", {"queries": COUNT}),
            "body": record("Of a request body.", {"bytes": COUNT, "seconds": NUMBER}),
            "services": {**listed(TEXT), "description": "What `SERVICE` may call."},
        },
    ),
}
