"""JSON Schemas of case records: what is sent, what it is answered with, and what is wrong in it."""

from typing import Final

from primum.web.negotiation import NDJSON
from primum.web.openapi_words import (
    ANY,
    COUNT,
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
from primum.web.served import Served


def record_schemas(release: Served) -> Json:
    """All of them, by name."""
    return {
        **_ASSESSMENTS,
        **_FAULTS,
        "CaseRecord": release.records.record_schema(),
        "Graph": {
            "type": ["object", "array"],
            "description": "A record, a report or a term as JSON-LD. A `CaseRecord` is JSON-LD.",
        },
        "RecordLines": _lines("Each line is a `CaseRecord`."),
        "AnswerLines": _lines("Each line is an `Assessment`, or a `Problem` with its `line`."),
    }


def _lines(says: str) -> Json:
    """JSON documents, a line each; JSON Schema cannot say what a line holds, so words do."""
    return {"type": "string", "contentMediaType": NDJSON, "description": says}


_ASSESSMENTS: Final[Json] = {
    "Assessment": {
        "description": "The answer to a record, in full or with the verdicts alone.",
        "anyOf": [
            {"allOf": [ref("Answer"), ref("Assessed")]},
            {"allOf": [ref("Rulings"), ref("Assessed")]},
        ],
    },
    "Assessed": record(
        "What the answer to a record has beside; the id is the caller's, null where it has none.",
        {
            "id": maybe(TEXT),
            "audits": listed(ref("Audit")),
            "warnings": listed(ref("Result")),
        },
    ),
    "Audit": {
        **also("Finding", {"pointer": TEXT, "at": maybe(TEXT), "time": maybe({"type": "object"})}),
        "description": "A treatment of the record, answered for its own instant.",
    },
    "Rulings": record(
        "The answer with `detail=verdicts`.",
        {
            "question": ref("Question"),
            "knowledge": ref("Edition"),
            "treatments": listed(ref("Ruling")),
        },
        {"notice": TEXT},
    ),
    "Ruling": record(
        "The verdict on one treatment; with its reasons it is a finding.",
        {"treatment": ref("Reference"), "verdict": ref("Verdict"), "level": ref("Levels")},
        {"changesAt": ref("Change"), "definiteAt": ref("Change"), "reasons": False},
    ),
}
"""What records are answered with."""


_FAULTS: Final[Json] = {
    "Fault": {
        **record(
            "Where a fault stands, what was found there, and what may stand there. One in a case "
            "record has a code too, and may be a warning beside the violations.",
            {"found": ANY, "allowed": listed(TEXT)},
            {
                "pointer": {"type": "string", "description": "Place in the body (RFC 6901)."},
                "parameter": {"type": "string", "description": "Name in the query or path."},
                "code": {"type": "string", "description": "Stable name of what is broken."},
                "severity": one_of("violation", "warning", "info"),
                "message": TEXT,
            },
        ),
        "anyOf": [{"required": ["pointer"]}, {"required": ["parameter"]}],
        "dependentRequired": {"code": ["pointer", "severity", "message"]},
    },
    "Result": {
        **also("Fault", {"code": TEXT}),
        "description": "What is wrong with a record, or worth telling, and where.",
    },
    "Report": also(
        "Opening",
        {
            "valid": {"type": "boolean", "description": "Nothing is violated."},
            "conforms": {"type": "boolean", "description": "There is no result at all."},
            "counts": mapped(COUNT),
            "results": listed(ref("Result")),
        },
    ),
}
"""Faults of questions and of records."""
