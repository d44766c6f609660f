"""Request bodies: of a media type that is read, not compressed, whole and not too large."""

from collections.abc import Collection
from typing import Final

from flask import Request, current_app, request
from werkzeug.exceptions import (
    BadRequest,
    RequestEntityTooLarge,
    RequestTimeout,
    UnsupportedMediaType,
)

from primum.foundation.errors import Busy, TooManyRequests, UnreadableBody
from primum.foundation.settings import Settings
from primum.web.door.faults import BODY_FAULT, BUSY, TOO_MANY, BodyFault

_UTF_8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_RETRY_SECONDS: Final = 1


def settings() -> Settings:
    """The settings of the present application."""
    found: Settings = current_app.config["PRIMUM"]
    return found


def demand_good_arrival(asked: Request) -> None:
    """Raise the error of a request that the door refused before the application saw its body."""
    if asked.environ.get(BUSY):
        raise Busy("As many requests are at work and waiting as may be.", _RETRY_SECONDS)
    if asked.environ.get(TOO_MANY):
        most = settings().caller_queries
        detail = f"{most} queries from this address are worked on or wait, as many as may."
        raise TooManyRequests(detail, _RETRY_SECONDS)
    match asked.environ.get(BODY_FAULT):
        case BodyFault.TOO_LARGE:
            raise _too_large(settings().body_bytes)
        case BodyFault.TOO_SLOW:
            seconds = settings().body_seconds
            raise RequestTimeout(f"The body did not arrive within {seconds} seconds.")
        case BodyFault.INCOMPLETE:
            raise BadRequest("The body ended early or was malformed; it was not read.")


def media_type(read: Collection[str]) -> str:
    """The media type of the body; raises UnsupportedMediaType for one that is not read here."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise UnsupportedMediaType(f"The body is compressed ({encoding}); send it as it is.")
    if request.mimetype not in read:
        found = request.mimetype or "of no media type"
        raise UnsupportedMediaType(f"The body is {found}; read are {', '.join(read)}.")
    charset = request.mimetype_params.get("charset", "utf-8").strip().lower()
    if charset not in _UTF_8:
        raise UnsupportedMediaType(f"The body is in {charset}; send it in UTF-8.")
    return request.mimetype


def whole_body(of: str = "a case record") -> bytes:
    """The body, up to the limit; raises RequestEntityTooLarge rather than cut it."""
    most = settings().body_bytes
    body = request.stream.read(most + 1)
    if len(body) > most:
        raise _too_large(most)
    if not body.strip():
        raise UnreadableBody("The body is empty.", allowed=(of,))
    return body


def _too_large(most: int) -> RequestEntityTooLarge:
    """The error of a body over the limit."""
    return RequestEntityTooLarge(f"The body is larger than {most} bytes.")
