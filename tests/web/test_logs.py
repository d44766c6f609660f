"""Access logs: one JSON line for each request, from which nobody learns anything of a patient."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Response

from primum.foundation.log_lines import configure_logging
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.logs import ACCESS

WORDS = ("haemophilia-of-mr-smith", "knee17secret", "Jane")
Json = dict[str, Any]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """The stream that the logs of the service go to; loggers are put back afterwards."""
    root = logging.getLogger("primum")
    before = (root.handlers[:], root.level, root.propagate)
    stream = io.StringIO()
    configure_logging(stream)
    yield stream
    root.handlers[:], root.propagate = before[0], before[2]
    root.setLevel(before[1])


def read(stream: io.StringIO) -> list[Json]:
    """The lines, each a JSON object."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_one_line(lines: io.StringIO, primum: Primum) -> None:
    """Time, id, method, rule, status, duration, size, and which knowledge answered."""
    client = create_app(primum).test_client()
    response = client.get("/v1/rules/nobody", headers={"X-Request-ID": "visit-1"})
    (line,) = read(lines)
    assert line.pop("time").endswith("+00:00")
    assert 0 < line.pop("milliseconds") < 10_000
    assert line == {
        "level": "info",
        "logger": ACCESS,
        "message": "answered",
        "request": "visit-1",
        "method": "GET",
        "route": "/v1/rules/<path:id>",
        "status": 404,
        "bytes": len(response.data),
        "knowledge": primum.release.knowledge.edition.digest,
    }


def test_nothing_that_was_asked_is_logged(lines: io.StringIO, primum: Primum) -> None:
    """Neither path, query, body nor headers leave a word, whether the question can be asked."""
    client = create_app(primum).test_client()
    first, second, third = WORDS
    client.get(f"/v1/contraindications?injury=ITBS&factor={first}&{second}=1")
    client.get(f"/v1/contraindications?injury=ITBS&age=30&treatment=massage#{third}")
    client.get(f"/{quote(first)}/{second}?{third}")
    client.get(f"/v1/rules/{second}", headers={"User-Agent": third, "Referer": first})
    record = {"id": second, "injury": {"type": first}, "patient": {"name": third}}
    client.post("/v1/assessments", json=record)
    client.open("/", method=third.upper())
    assert len(read(lines)) == 6
    logged = lines.getvalue().casefold()
    assert not [word for word in WORDS if word.casefold() in logged]


def test_a_path_that_is_none_of_ours_has_no_route(lines: io.StringIO, primum: Primum) -> None:
    """It is logged without its text."""
    create_app(primum).test_client().get("/v1/nowhere")
    assert [(line["route"], line["status"]) for line in read(lines)] == [(None, 404)]


def test_a_streamed_answer_is_logged_when_it_has_been_sent(
    lines: io.StringIO, primum: Primum
) -> None:
    """Its size is not known beforehand."""
    app = create_app(primum)

    @app.get("/streamed")
    def streamed() -> Response:
        return Response(iter([b"a", b"b"]))

    response = app.test_client().get("/streamed", buffered=False)
    assert read(lines) == []
    assert response.data == b"ab"
    response.close()
    (line,) = read(lines)
    assert (line["route"], line["bytes"]) == ("/streamed", None)


def test_a_fault_of_ours_is_one_line_with_its_traceback(lines: io.StringIO, primum: Primum) -> None:
    """The line is JSON too, and comes before that of the request."""
    app = create_app(primum)

    @app.get("/fails")
    def fails() -> str:
        raise RuntimeError("broken")

    app.test_client().get("/fails")
    fault, access = read(lines)
    assert fault["level"] == "error"
    assert "RuntimeError: broken" in fault["error"]
    assert (access["status"], access["route"]) == (500, "/fails")


def test_nothing_is_configured_by_making_an_application(primum: Primum) -> None:
    """Whoever embeds the application decides where its logs go."""
    before = logging.getLogger("primum").handlers[:]
    create_app(primum)
    assert logging.getLogger("primum").handlers == before
