"""Errors as `application/problem+json` (RFC 9457), one shape for every failing route."""

import logging
import uuid
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, json
from werkzeug.exceptions import HTTPException

from primum.foundation.errors import (
    AmbiguousName,
    Contradiction,
    QuestionError,
    UnknownName,
    UnknownParameter,
)
from primum.foundation.names import CONVENTIONS

_LOG = logging.getLogger("primum.web")
_TYPES: dict[type[QuestionError], str] = {
    UnknownName: "unknown-name",
    AmbiguousName: "ambiguous-name",
    UnknownParameter: "unknown-parameter",
    Contradiction: "contradiction",
}


def install(app: Flask) -> None:
    """Answer every error of an application with a problem document."""
    app.register_error_handler(QuestionError, _question)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _problem(status: int, kind: str, title: str, detail: str, **more: Any) -> Response:
    """A problem document; `kind` ends the IRI of its type."""
    body = {"type": f"{CONVENTIONS}problems/{kind}", "title": title, "status": status}
    document = json.dumps(body | {"detail": detail} | more, ensure_ascii=False)
    return Response(document, status=status, content_type="application/problem+json")


def _question(error: QuestionError) -> Response:
    """A question that cannot be asked: 400, with the parameter, what was found, what may be."""
    fault = {"parameter": error.where, "found": error.found, "allowed": list(error.allowed)}
    kind = _TYPES.get(type(error), "invalid-value")
    title = kind.replace("-", " ").capitalize()
    return _problem(HTTPStatus.BAD_REQUEST, kind, title, str(error), errors=[fault])


def _http(error: HTTPException) -> Response:
    """An error of the protocol: no such route, no such method, and so on."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    kind = (error.name or "error").lower().replace(" ", "-")
    response = _problem(status, kind, error.name, error.description or error.name)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    """A fault of ours: logged under an id, of which alone the caller is told."""
    number = uuid.uuid4().hex
    _LOG.error("unforeseen error %s", number, exc_info=error)
    return _problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "Internal error",
        f"The service failed; the log has the details under {number}.",
    )
