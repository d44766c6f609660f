"""`POST /v1/assessments/batch`: one record a line in, one answer a line out, while they arrive."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Final

import msgspec
from flask import Blueprint, Response, request, stream_with_context
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from primum.use_cases.records.bodies import JSON
from primum.web.assessments import Detail, asked_detail
from primum.web.bodies import media_type, settings
from primum.web.door.faults import IncompleteBody
from primum.web.negotiation import NDJSON
from primum.web.problems import shaped
from primum.web.served import served

LINES: Final = (NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines")
_NEWLINE: Final = b"\n"


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers lines one by one; nothing but the present line is held."""

    lines: IO[bytes]
    longest: int
    answer: Callable[[bytes], bytes]

    def answers(self) -> Iterator[bytes]:
        """An answer for each line that is not blank, in order, each with its newline.

        A body that ends early ends with a problem: the part of a line is not taken for a record.
        """
        number = 0
        try:
            while line := self.lines.readline(self.longest + 1):
                number += 1
                whole = len(line) <= self.longest or line.endswith(_NEWLINE)
                if not whole:
                    self._skip()
                if not whole or line.strip():
                    yield self._one(line.rstrip(b"\r\n"), number, whole=whole)
        except IncompleteBody as error:
            yield _told(BadRequest(f"{error} The lines after {number} were not read."), number + 1)

    def _one(self, line: bytes, number: int, *, whole: bool) -> bytes:
        """The answer to one line; what goes wrong with it is told in its place."""
        if not whole:
            message = f"The line is longer than {self.longest} bytes."
            return _told(RequestEntityTooLarge(message), number)
        try:
            return self.answer(line) + _NEWLINE
        except Exception as error:
            return _told(error, number)

    def _skip(self) -> None:
        """Read on to the end of a line that is too long."""
        while (rest := self.lines.readline(self.longest)) and not rest.endswith(_NEWLINE):
            pass


def batches() -> Blueprint:
    """The route."""
    blueprint = Blueprint("batches", __name__)

    @blueprint.post("/v1/assessments/batch")
    def assess_all() -> Response:
        """Assess case records, a line each."""
        screening, detail = asked_detail()
        media_type(LINES)
        assessor = served().assessor
        write = assessor.assess if detail is Detail.FULL else assessor.verdicts
        batch = Batch(
            request.stream,
            settings().line_bytes,
            lambda line: write(line, JSON, screening),
        )
        return Response(stream_with_context(batch.answers()), content_type=NDJSON)

    return blueprint


def _told(error: Exception, number: int) -> bytes:
    """The problem document of a line, with the number of the line."""
    document = msgspec.json.decode(shaped(error).data)
    return msgspec.json.encode({**document, "line": number}) + _NEWLINE
