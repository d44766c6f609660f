"""Logs as JSON lines, the same in every process of the service: one reader can take them all."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

import msgspec


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


def configure_logging(stream: TextIO | None = None) -> None:
    """Write the logs of the service to a stream, standard error by default.

    A process that serves calls this once; calling it again changes the stream.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("primum")
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False
