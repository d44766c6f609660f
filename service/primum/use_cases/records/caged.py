"""Validation as a task of the cage: bytes in, bytes out, nothing fetched, nothing opened.

A payload is a line of JSON that says what the body is and how the report is wanted, and the body.
What comes back is JSON: faults, the record where it is valid, the report as RDF where one was asked
for; or why the body cannot be read.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from primum.foundation.errors import QuestionError, UnreadableBody
from primum.knowledge.release import load_release
from primum.reasoning.engine import Engine
from primum.use_cases.question import Vocabulary
from primum.use_cases.records.bodies import JSON, MEDIA_TYPES
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Report, Validation

PREPARE: Final = f"{__name__}:prepare"
TASK: Final = "validate"
REPORT_FORMATS: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
_NEWLINE = b"\n"
Run = Callable[[str, bytes], bytes]


class Asked(msgspec.Struct):
    """What is asked of the task: the syntax of the body, and that of the report, if any."""

    media_type: str
    report: str | None = None


class Validated(msgspec.Struct):
    """What validation says of a body.

    `document` is the record in the form that the plain reader accepts, None where it is not valid;
    `report` the report as RDF; `unreadable` why the body could not be read, and then nothing else.
    """

    faults: list[dict[str, Any]] = []
    document: dict[str, Any] | None = None
    report: str | None = None
    unreadable: dict[str, Any] | None = None

    @property
    def is_valid(self) -> bool:
        """Whether nothing is violated."""
        return self.document is not None


def prepare(argument: str) -> Mapping[str, Callable[[bytes], bytes]]:
    """The task over the release in a folder, the path of which is the argument."""
    release = load_release(Path(argument))
    vocabulary = Vocabulary(release.knowledge)
    records = Records.of(release, vocabulary)
    validation = Validation(release, Engine(release.knowledge), records)
    task = task_of(validation)
    _warm(task)
    return {TASK: task}


def validated(run: Run, body: bytes, media_type: str, report: str | None = None) -> Validated:
    """What the task says of a body, through the cage; raises UnreadableBody or LimitReached."""
    payload = msgspec.json.encode(Asked(media_type, report)) + _NEWLINE + body
    found = msgspec.json.decode(run(TASK, payload), type=Validated)
    if found.unreadable is not None:
        raise UnreadableBody(**found.unreadable)
    return found


def task_of(validation: Validation) -> Callable[[bytes], bytes]:
    """The task over a validation."""

    def validate(payload: bytes) -> bytes:
        head, _, body = payload.partition(_NEWLINE)
        asked = msgspec.json.decode(head, type=Asked)
        return msgspec.json.encode(answer(validation, body, asked))

    return validate


def answer(validation: Validation, body: bytes, asked: Asked) -> Validated:
    """What a validation says of a body."""
    try:
        report = validation.report(body, asked.media_type)
    except QuestionError as error:
        return Validated(unreadable=_why(error))
    return Validated(
        faults=[fault.document() for fault in report.faults],
        document=report.document,
        report=None if asked.report is None else rdf(report, asked.report),
    )


def rdf(report: Report, media_type: str) -> str:
    """The SHACL validation report in an RDF syntax."""
    return report.graph.serialize(format=REPORT_FORMATS[media_type])


def _why(error: QuestionError) -> dict[str, Any]:
    """An error that a body cannot be read, as data."""
    return {
        "detail": error.detail,
        "where": error.where,
        "found": error.found,
        "allowed": list(error.allowed),
    }


def _warm(task: Callable[[bytes], bytes]) -> None:
    """Run the task once in every syntax, because a caged process cannot load anything later."""
    bodies = {JSON: b"{}", **dict.fromkeys(MEDIA_TYPES[1:], b"-")}
    for media_type, body in bodies.items():
        for report in REPORT_FORMATS:
            task(msgspec.json.encode(Asked(media_type, report)) + _NEWLINE + body)
