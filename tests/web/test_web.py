"""The HTTP service: its routes, one shape for every error, and a real server on loopback."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from tests.web.wire import free_port
from werkzeug.test import TestResponse

from primum.foundation.names import CONVENTIONS
from primum.use_cases.documents import Writer
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum
from primum.web.app import create_app

ASK = "/v1/contraindications"
DESIGN = f"{ASK}?injury=hamstring-strain&grade=2&day=3"
COMMAND = str(Path(sys.executable).with_name("primum"))
PATIENCE = 90
SECRET = "the password is swordfish"  # noqa: S105 - what a fault of ours might hold
Json = dict[str, Any]


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


def fetched(client: FlaskClient, path: str) -> Any:
    """The JSON document at a path that must be there."""
    response = client.get(path)
    assert (response.status_code, response.content_type) == (200, "application/json")
    return json.loads(response.data)


def problem(response: TestResponse, status: int, kind: str) -> Json:
    """The problem document of a failing route: the one shape of every error (RFC 9457)."""
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    document: Json = json.loads(response.data)
    assert document["type"] == f"{CONVENTIONS}problems/{kind}"
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document.keys() <= {"type", "title", "status", "detail", "errors"}
    assert "Traceback" not in document["detail"]
    return document


def fault(response: TestResponse, kind: str, parameter: str) -> Json:
    """The one fault of a question that cannot be asked: the parameter, what was found, allowed."""
    faults: list[Json] = problem(response, 400, kind)["errors"]
    assert [parameter] == [each["parameter"] for each in faults]
    assert faults[0].keys() == {"parameter", "found", "allowed"}
    return faults[0]


# --- Routes --------------------------------------------------------------------------------------


def test_the_design_question_has_the_engine_s_answer(client: FlaskClient, primum: Primum) -> None:
    """The document is that of the use case, untouched."""
    answer = primum.ask(Asked("HamstringStrain", grade="2", day="3"))
    expected = Writer(primum.release.knowledge).answer(answer)
    assert fetched(client, DESIGN) == json.loads(json.dumps(expected))


def test_every_parameter_reaches_the_question(client: FlaskClient) -> None:
    """Factors repeat; the rest stand once."""
    query = (
        "injury=HamstringStrain&grade=2&hours=47.5&factor=fever&factor=burn&without=pregnancy"
        "&screening=unknown&treatment=massage&verdict=contraindicated,no-rule"
    )
    found = fetched(client, f"{ASK}?{query}")
    question = found["question"]
    assert (question["grade"], question["screening"]) == (2, "unknown")
    assert question["time"]["fromHours"] == 47.5
    assert [factor["id"] for factor in question["factors"]["present"]] == ["Burn", "Fever"]
    assert [factor["id"] for factor in question["factors"]["absent"]] == ["Pregnancy"]
    assert [each["treatment"]["id"] for each in found["treatments"]] == ["Massage"]


def test_verdicts_filter_the_treatments(client: FlaskClient) -> None:
    """Only treatments of the verdicts asked for are left."""
    found = fetched(client, f"{DESIGN}&verdict=relatively-contraindicated,ruled-out")
    verdicts = {each["verdict"] for each in found["treatments"]}
    assert verdicts == {"relatively-contraindicated", "ruled-out"}


def test_letters_beyond_ascii_are_sent_as_they_are(client: FlaskClient) -> None:
    """The body is UTF-8 without escapes."""
    assert not re.search(rb"\\u[0-9a-f]{4}", client.get(DESIGN).data)


def test_the_knowledge_is_described(client: FlaskClient, primum: Primum) -> None:
    """Version, digest, counts, reasoner, profile and the notice."""
    found, manifest = fetched(client, "/v1/knowledge"), primum.release.manifest
    assert (found["version"], found["digest"]) == (manifest.version, manifest.digest)
    assert found["counts"] == manifest.counts
    assert (found["reasoner"], found["profile"]) == ("HermiT", "OWL 2 DL")
    assert found["notice"] == primum.release.knowledge.notice


def test_the_entry_page_leads_on(client: FlaskClient) -> None:
    """Links to what can be asked; those that are no templates answer."""
    links = fetched(client, "/")["links"]
    assert links["ask"].startswith(ASK)
    for name in ("knowledge", "health"):
        assert fetched(client, links[name])


def test_health_is_told(client: FlaskClient) -> None:
    """The process answers."""
    assert fetched(client, "/healthz") == {"status": "ok"}


# --- Errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "kind", "parameter"),
    [
        ("injury=hamstring+strian", "unknown-name", "injury"),
        ("injury=", "unknown-name", "injury"),
        ("injury=%FF%00", "unknown-name", "injury"),
        ("injury=ITBS&factor=feverr", "unknown-name", "factor"),
        ("injury=ITBS&without=feverr", "unknown-name", "without"),
        ("injury=ITBS&treatment=masage", "unknown-name", "treatment"),
        ("injury=runner%27s+knee", "ambiguous-name", "injury"),
        ("", "invalid-value", "injury"),
        ("grade=2", "invalid-value", "injury"),
        ("injury=HamstringStrain&grade=4", "invalid-value", "grade"),
        ("injury=HamstringStrain&grade=", "invalid-value", "grade"),
        ("injury=ITBS&grade=2", "invalid-value", "grade"),
        ("injury=ITBS&day=-1", "invalid-value", "day"),
        ("injury=ITBS&hours=1e3", "invalid-value", "hours"),
        ("injury=ITBS&hours=%D9%A3", "invalid-value", "hours"),
        ("injury=ITBS&day=1&hours=1", "invalid-value", "hours"),
        ("injury=ITBS&screening=maybe", "invalid-value", "screening"),
        ("injury=ITBS&verdict=safe", "invalid-value", "verdict"),
        ("injury=ITBS&verdict=", "invalid-value", "verdict"),
        ("injury=ITBS&injury=HamstringStrain", "invalid-value", "injury"),
        ("injury=ITBS&day=1&day=1", "invalid-value", "day"),
        ("injury=ITBS&factors=fever", "unknown-parameter", "factors"),
        ("injury=ITBS&Grade=2", "unknown-parameter", "Grade"),
        ("injury=ITBS&factor=fever&without=fever", "contradiction", "factor"),
    ],
)
def test_a_question_that_cannot_be_asked_is_a_400(
    client: FlaskClient, query: str, kind: str, parameter: str
) -> None:
    """Each names its parameter and kind of mistake."""
    fault(client.get(f"{ASK}?{query}"), kind, parameter)


def test_an_unknown_name_comes_with_the_nearest(client: FlaskClient) -> None:
    """What was found, and what may have been meant."""
    found = fault(client.get(f"{ASK}?injury=hamstring+strian"), "unknown-name", "injury")
    assert found["found"] == "hamstring strian"
    assert "HamstringStrain" in found["allowed"]


def test_an_ambiguous_name_comes_with_its_candidates(client: FlaskClient) -> None:
    """Both injuries that are called runner's knee."""
    found = fault(client.get(f"{ASK}?injury=runner's+knee"), "ambiguous-name", "injury")
    assert found["allowed"] == ["IliotibialBandSyndrome", "PatellofemoralPainSyndrome"]


def test_an_unknown_parameter_comes_with_those_there_are(client: FlaskClient) -> None:
    """A misspelled parameter is not ignored: it might have been a contraindication."""
    found = fault(client.get(f"{DESIGN}&factr=fever"), "unknown-parameter", "factr")
    expected = {"injury", "grade", "day", "hours", "factor", "without", "treatment", "screening"}
    assert expected <= set(found["allowed"])


@pytest.mark.parametrize("path", ["/v1", "/v1/contraindication", "/v1/contraindications/", "/%00"])
def test_what_is_not_there_is_a_404(client: FlaskClient, path: str) -> None:
    """The same shape, without a fault of a parameter."""
    assert "errors" not in problem(client.get(path), 404, "not-found")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", [ASK, "/", "/v1/knowledge", "/healthz"])
def test_another_method_is_a_405(client: FlaskClient, path: str, method: str) -> None:
    """The response says which methods there are."""
    response = client.open(path, method=method)
    problem(response, 405, "method-not-allowed")
    assert {"GET", "HEAD", "OPTIONS"} == set(response.headers["Allow"].split(", "))


def test_a_fault_of_ours_tells_nothing_but_an_id(
    primum: Primum, caplog: pytest.LogCaptureFixture
) -> None:
    """The caller gets an id, and under that id the log has the whole story."""
    app = create_app(primum)

    @app.get("/fails")
    def fails() -> str:
        raise RuntimeError(SECRET)

    with caplog.at_level(logging.ERROR, logger="primum.web"):
        response = app.test_client().get("/fails")
    document = problem(response, 500, "internal-error")
    assert SECRET not in response.text
    assert "RuntimeError" not in response.text
    number = re.search(r"[0-9a-f]{32}", document["detail"])
    assert number
    assert number[0] in caplog.text
    assert SECRET in caplog.text


def test_a_very_long_name_is_refused_soon(client: FlaskClient) -> None:
    """Looking for the nearest names must not be a way to keep the service busy."""
    start = time.perf_counter()
    response = client.get(f"{ASK}?injury=" + "hamstring" * 7000)
    assert response.status_code in (400, 414)
    assert time.perf_counter() - start < 20


# --- A real server -------------------------------------------------------------------------------


def answers(port: int) -> bool:
    """Whether a server on loopback says that it is well."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A running `primum serve` and its port; it is stopped in any case."""
    port = free_port()
    running = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(port):
            assert running.poll() is None, "the server stopped before it answered"
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)
        yield running, port
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(PATIENCE)


def test_the_server_answers_the_design_question_and_stops(
    server: tuple[subprocess.Popen[bytes], int], client: FlaskClient
) -> None:
    """Over a real socket the answer is the same; on a signal the server ends by itself."""
    running, port = server
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", DESIGN)
    response = connection.getresponse()
    assert (response.status, response.headers["Content-Type"]) == (200, "application/json")
    assert fetched(client, DESIGN) == json.loads(response.read())
    connection.request("GET", "/nowhere")
    assert connection.getresponse().headers["Content-Type"] == "application/problem+json"
    connection.close()
    running.send_signal(signal.SIGTERM)
    assert running.wait(PATIENCE) == 0
    assert not answers(port)
