"""Errors as `application/problem+json` (RFC 9457), one shape for every failing route."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, g, has_request_context, json, request
from werkzeug.exceptions import HTTPException

from primum.foundation.errors import (
    AmbiguousName,
    InvalidQuery,
    InvalidRecord,
    LimitReached,
    QuestionError,
    UnknownName,
)
from primum.web.door import BodyFault, IncompleteBody
from primum.web.negotiation import PROBLEM
from primum.web.problem_kinds import KINDS, OF_STATUS, Kind, of_limit, of_question, of_status

_LOG: Final = logging.getLogger("primum.web")
_BODIES: Final = {
    BodyFault.TOO_LARGE: OF_STATUS[HTTPStatus.REQUEST_ENTITY_TOO_LARGE],
    BodyFault.TOO_SLOW: OF_STATUS[HTTPStatus.REQUEST_TIMEOUT],
    BodyFault.INCOMPLETE: OF_STATUS[HTTPStatus.BAD_REQUEST],
}
_MOST_TOLD: Final = 2000


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as it is told; `more` are further members of the document, such as `errors`."""

    kind: Kind
    detail: str
    status: int
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Send back nothing that a caller made long."""
        object.__setattr__(self, "detail", _cut(self.detail))

    def document(self) -> dict[str, Any]:
        """The members of the document."""
        return {
            "type": self.kind.iri,
            "title": self.kind.title,
            "status": int(self.status),
            "detail": self.detail,
            **self.more,
        }

    def response(self) -> Response:
        """The problem as an answer."""
        response = Response(_written(self.document()), self.status, content_type=PROBLEM)
        response.headers.update(self.headers)
        return response


def install(app: Flask) -> None:
    """Answer every error of an application with a problem document."""
    app.register_error_handler(HTTPException, shaped)
    app.register_error_handler(Exception, shaped)


def problem(name: str, detail: str, **more: Any) -> Response:
    """A problem of a kind of the table, with the status that the table gives it.

    `more` is added to the document: `errors`, a report.
    """
    return Problem(KINDS[name], detail, KINDS[name].status, more).response()


def shaped(error: Exception) -> Response:
    """Any error as an answer; one that nobody foresaw is logged and tells a number alone."""
    return problem_of(error).response()


def problem_of(error: Exception) -> Problem:
    """What is told of an error."""
    match error:
        case QuestionError():
            return _question(error)
        case LimitReached():
            return _limit(error)
        case IncompleteBody():
            kind = _BODIES[error.fault]
            return Problem(kind, str(error), kind.status)
        case HTTPException():
            return _http(error)
        case _:
            return _unforeseen(error)


def fault(error: QuestionError) -> dict[str, Any]:
    """A member of `errors`: where the fault stands, what was found there, what may be.

    A place in a body is a JSON Pointer (RFC 6901) under `pointer`; a query, path or form has
    parameters.
    """
    posted = has_request_context() and request.method == "POST"
    in_body = error.where.startswith("/") or (not error.where and posted)
    place = "pointer" if in_body else "parameter"
    told: dict[str, Any] = {
        place: _cut(error.where),
        "found": _cut(error.found),
        "allowed": list(error.allowed),
    }
    if isinstance(error, InvalidQuery) and error.line:
        told |= {"line": error.line, "column": error.column}
    return told


def _cut(text: str) -> str:
    """A text, or the beginning of a long one."""
    return text if len(text) <= _MOST_TOLD else f"{text[:_MOST_TOLD]}…"


def _written(document: Mapping[str, Any]) -> bytes:
    """A document as it is sent, on one line."""
    return json.dumps(document, ensure_ascii=False, sort_keys=False).encode()


def _question(error: QuestionError) -> Problem:
    """A question that cannot be asked: 400, or 404 where the path names what is not there."""
    kind = of_question(error)
    if isinstance(error, InvalidRecord):
        return Problem(kind, str(error), kind.status, _by_severity(error))
    status = HTTPStatus.NOT_FOUND if _in_path(error) else kind.status
    return Problem(kind, str(error), status, {"errors": [fault(error)]})


def _by_severity(error: InvalidRecord) -> dict[str, Any]:
    """The faults of a record: what is violated, and apart from it what is only warned of."""
    members = {"errors": "violation", "warnings": "warning"}
    return {
        member: [each for each in error.faults if each["severity"] == severity]
        for member, severity in members.items()
    }


def _limit(error: LimitReached) -> Problem:
    """A limit that stopped the work, with the time after which to try again, if ever."""
    kind, detail = of_limit(error), str(error)
    if kind.name == "crashed" and error.retry_after is not None:
        # No process could be started: no fault of what was sent, and of no use to the caller.
        _LOG.error("the cage cannot be used: %s", error)
        kind, detail = KINDS["service-unavailable"], "What reads records could not be started."
    retry = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return Problem(kind, detail, kind.status, headers=retry)


def _in_path(error: QuestionError) -> bool:
    """Whether a name in the path of the present request is at fault."""
    named = isinstance(error, UnknownName | AmbiguousName)
    return named and has_request_context() and error.where in (request.view_args or {})


def _http(error: HTTPException) -> Problem:
    """An error of the protocol: no such route, no such method, and so on."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    headers = {k: v for k, v in error.get_headers() if k.lower() != "content-type"}
    return Problem(of_status(status), error.description or error.name, status, headers=headers)


def _unforeseen(error: Exception) -> Problem:
    """A fault of ours: logged under a number, of which alone the caller is told."""
    number = uuid.uuid4().hex
    request_id = g.get("request_id") if has_request_context() else None
    _LOG.error("unforeseen error %s in request %s", number, request_id, exc_info=error)
    detail = f"The service failed; the log has the details under {number}."
    return Problem(KINDS["internal-error"], detail, HTTPStatus.INTERNAL_SERVER_ERROR)
