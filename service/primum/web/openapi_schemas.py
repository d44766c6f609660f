"""JSON Schemas of all that is sent: here the vocabulary, the service and errors."""

from typing import Final

from primum.model.remarks import Severity
from primum.web.openapi_answers import ANSWERS
from primum.web.openapi_records import record_schemas
from primum.web.openapi_sparql import SPARQL_SCHEMAS
from primum.web.openapi_words import (
    ANY,
    COUNT,
    NUMBER,
    TEXT,
    Json,
    also,
    listed,
    mapped,
    maybe,
    one_of,
    record,
    ref,
)
from primum.web.problem_kinds import TABLE
from primum.web.served import Served
from primum.web.watching.pending import State


def schemas(release: Served) -> Json:
    """All schemas of the description, by name."""
    return {
        **ANSWERS,
        **_VOCABULARY,
        **_lists(),
        **SPARQL_SCHEMAS,
        **_SERVICE,
        "Problem": problem_schema(),
        **record_schemas(release),
    }


def problem_schema() -> Json:
    """The one shape of every error (RFC 9457)."""
    return record(
        "An error.",
        {
            "type": {"type": "string", "enum": [kind.iri for kind in TABLE]},
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEXT,
        },
        {
            "errors": listed(ref("Fault")),
            "line": {"type": "integer", "minimum": 1, "description": "In a batch, which line."},
        },
    )


_YEARS: Final = record(
    "Ages in completed years, from one up to but not at the other.",
    {"fromYears": NUMBER, "untilYears": maybe(NUMBER)},
)
_VOCABULARY: Final[Json] = {
    "Term": also(
        "Reference",
        {
            "slug": TEXT,
            "definition": TEXT,
            "synonyms": listed(TEXT),
            "parents": {**listed(TEXT), "description": "Ids of the direct superclasses."},
        },
    ),
    "Injury": also("Term", {"grades": listed(COUNT)}),
    "Factor": also("Term", {}, {"ages": _YEARS}),
    "Source": record(
        "A document that facts rest on, and the number of rules that cite it.",
        {
            "id": TEXT,
            "iri": TEXT,
            "title": TEXT,
            "creator": maybe(TEXT),
            "date": maybe(TEXT),
            "reference": maybe(TEXT),
            "trust": maybe(TEXT),
            "rules": COUNT,
        },
    ),
    "Rule": also(
        "Grounds",
        {
            "topic": maybe(TEXT),
            "condition": {"type": "string", "description": "In Manchester syntax."},
            "windows": listed(ref("Window")),
        },
    ),
}
"""Terms, sources and rules."""


def _lists() -> Json:
    """The documents that hold them."""
    members = {
        "Injuries": {"injuries": listed(ref("Injury"))},
        "Treatments": {"treatments": listed(ref("Term"))},
        "Factors": {"factors": listed(ref("Factor"))},
        "Sources": {"sources": listed(ref("Source"))},
        "Rules": {"rules": listed(ref("Rule"))},
        "OneRule": {"rule": ref("Rule")},
    }
    opening = record(
        "What every document of the vocabulary begins with.",
        {"notice": TEXT, "knowledge": ref("Edition")},
    )
    return {"Opening": opening} | {
        name: also("Opening", fields) for name, fields in members.items()
    }


_SERVICE: Final[Json] = {
    "Release": also(
        "Edition",
        {
            "notice": TEXT,
            "counts": mapped(COUNT),
            "tools": mapped(TEXT),
            "reasoner": TEXT,
            "profile": TEXT,
        },
        {"pendingEdit": ref("PendingEdit")},
    ),
    "PendingEdit": record(
        "How the files stand to what is served; only a service that watches them tells. `digest` "
        "is that of the knowledge in the files, `files` differ from what is served.",
        {
            "state": one_of(*State),
            "since": {"type": "string", "format": "date-time"},
            "digest": maybe(TEXT),
            "files": listed(TEXT),
            "problem": listed(ref("Remark")),
        },
    ),
    "Remark": record(
        "What is wrong with the knowledge: where, and in a sentence.",
        {"code": TEXT, "severity": one_of(*Severity), "sentence": TEXT},
        {
            "file": TEXT,
            "line": {"type": "integer", "minimum": 1},
            "term": {"type": "string", "format": "uri"},
            "axiom": TEXT,
            "witness": TEXT,
            "span": TEXT,
        },
    ),
    "Entry": record(
        "Links; some are URI templates.",
        {"name": TEXT, "notice": TEXT, "links": mapped(TEXT)},
    ),
    "Health": record("That the process answers.", {"status": one_of("ok")}),
    "Ready": record(
        "That it answers as it must.",
        {
            "status": one_of("ready"),
            "knowledge": ref("Edition"),
            "checked": maybe(
                record("The known question.", {"question": TEXT, "verdict": ref("Verdict")})
            ),
        },
    ),
    "Context": record("A JSON-LD context.", {"@context": ANY}),
    "Description": record(
        "An OpenAPI document.", {"openapi": TEXT, "info": ANY, "paths": {"type": "object"}}
    ),
    "Text": TEXT,
}
"""What the service says of itself."""
