"""What is said between a service and its cage about a record: what is asked, what was found.

A payload is a line of JSON that says what the body is and how the report is wanted, and the body.
What comes back is JSON. The side that asks needs no SHACL engine.
"""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from primum.foundation.errors import UnreadableBody

PREPARE: Final = "primum.use_cases.records.caged:prepare"
TASK: Final = "validate"
NEWLINE: Final = b"\n"
REPORT_FORMATS: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
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


def payload_of(body: bytes, media_type: str, report: str | None = None) -> bytes:
    """What is put to the task."""
    return msgspec.json.encode(Asked(media_type, report)) + NEWLINE + body


def validated(run: Run, body: bytes, media_type: str, report: str | None = None) -> Validated:
    """What the task says of a body, through the cage; raises UnreadableBody or LimitReached."""
    reply = run(TASK, payload_of(body, media_type, report))
    found = msgspec.json.decode(reply, type=Validated)
    if found.unreadable is not None:
        raise UnreadableBody(**found.unreadable)
    return found
