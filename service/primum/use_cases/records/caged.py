"""Validation as a task of the cage: bytes in, bytes out, nothing fetched, nothing opened."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from primum.foundation.errors import QuestionError
from primum.knowledge.release import load_release
from primum.reasoning.engine import Engine
from primum.use_cases.question import Vocabulary
from primum.use_cases.records.bodies import JSON, MEDIA_TYPES
from primum.use_cases.records.exchange import (
    NEWLINE,
    REPORT_FORMATS,
    TASK,
    Asked,
    Validated,
    payload_of,
)
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Report, Validation


def prepare(argument: str) -> Mapping[str, Callable[[bytes], bytes]]:
    """The task over the release in a folder, the path of which is the argument."""
    release = load_release(Path(argument))
    vocabulary = Vocabulary(release.knowledge)
    records = Records.of(release, vocabulary)
    validation = Validation(release, Engine(release.knowledge), records)
    task = task_of(validation)
    _warm(task)
    return {TASK: task}


def task_of(validation: Validation) -> Callable[[bytes], bytes]:
    """The task over a validation."""

    def validate(payload: bytes) -> bytes:
        head, _, body = payload.partition(NEWLINE)
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
            task(payload_of(body, media_type, report))
