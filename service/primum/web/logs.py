"""Logs as JSON lines: one for each request, which tells nothing of any patient."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final, TextIO

import msgspec

from primum.web.observed import Observed

ACCESS: Final = "primum.web.access"
_LOG: Final = logging.getLogger(ACCESS)
_MILLI: Final = 1000


class JsonLines(logging.Formatter):
    """One record as one line of JSON; `fields` of a record stand beside its message.

    An error of ours has its traceback, under a number, on the logger `primum.web` only.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        document: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            document["error"] = self.formatException(record.exc_info)
        return msgspec.json.encode(document).decode()


def write_access(seen: Observed) -> None:
    """Log one request: the rule of its route, never its path, query or body."""
    fields = {
        "request": seen.request_id,
        "method": seen.method,
        "route": seen.route or None,
        "status": seen.status,
        "milliseconds": round(seen.seconds * _MILLI, 3),
        "bytes": seen.size,
        "knowledge": seen.digest,
    }
    _LOG.info("answered", extra={"fields": fields})


def configure_logging(stream: TextIO | None = None) -> None:
    """Write the logs of the service to a stream, standard error by default.

    The process that serves calls this once; calling it again changes the stream.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("primum")
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False
