"""Errors: one shape, each kind in one table, a status that fits, and nothing of ours told."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from primum.foundation.errors import (
    AmbiguousName,
    Busy,
    Contradiction,
    Crashed,
    InvalidRecord,
    InvalidValue,
    LimitReached,
    PrimumError,
    QueryCrashed,
    QueryOutOfMemory,
    QueryTimeout,
    QueryTooComplex,
    QuestionError,
    ResultTooLarge,
    ServiceUnreachable,
    StoreUnreachable,
    TooBig,
    TookTooLong,
    TooManyRequests,
    UnknownName,
    UnknownParameter,
    UnreadableBody,
)
from primum.foundation.names import CONVENTIONS
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.door import BODY_FAULT, BUSY, BodyFault, IncompleteBody
from primum.web.negotiation import PROBLEM
from primum.web.problem_kinds import KINDS, TABLE, of_limit
from primum.web.problems import problem
from primum.web.problems import shaped as told

Json = dict[str, Any]
Fails = Callable[[Exception], FlaskClient]


@pytest.fixture
def fails(primum: Primum) -> Fails:
    """Makes a client of an application whose route `/fails` raises an error."""

    def failing(error: Exception) -> FlaskClient:
        app = create_app(primum)

        @app.route("/fails", methods=["GET", "POST"])
        @app.get("/fails/<name>")
        def fail(name: str = "") -> str:
            raise error if name in ("", "x") else AssertionError

        return app.test_client()

    return failing


def shaped(client: FlaskClient, status: int, kind: str, *, method: str = "GET") -> Json:
    """The problem document of the failing route."""
    response = client.open("/fails/x" if status == 404 else "/fails", method=method)
    document: Json = response.get_json()
    assert (response.status_code, response.content_type) == (status, PROBLEM), document
    assert document["type"] == f"{CONVENTIONS}problems/{kind}"
    assert document["status"] == status
    assert document["title"] == kind.replace("-", " ").capitalize()
    assert document["detail"]
    return document


def test_each_kind_is_described_once() -> None:
    """Every row has a meaning and a way out, and no name comes twice."""
    assert len(KINDS) == len(TABLE)
    assert all(kind.meaning.endswith(".") and kind.remedy.endswith(".") for kind in TABLE)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "bad-request"),
        (404, "not-found"),
        (405, "method-not-allowed"),
        (406, "not-acceptable"),
        (408, "request-timeout"),
        (413, "request-entity-too-large"),
        (414, "request-uri-too-long"),
        (415, "unsupported-media-type"),
        (422, "unprocessable-entity"),
        (431, "request-header-fields-too-large"),
        (429, "too-many-requests"),
        (503, "service-unavailable"),
        (411, "bad-request"),
        (501, "service-unavailable"),
    ],
)
def test_errors_of_the_protocol_have_the_one_shape(primum: Primum, status: int, kind: str) -> None:
    """Each status has its kind; one without its own keeps its status under a broad kind."""
    app: Flask = create_app(primum)

    @app.get("/fails")
    @app.get("/fails/<name>")
    def fail(name: str = "") -> str:
        abort(status, description=f"Nothing to do {name}")

    shaped(app.test_client(), status, kind)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (UnknownName, "unknown-name"),
        (AmbiguousName, "ambiguous-name"),
        (InvalidValue, "invalid-value"),
        (UnknownParameter, "unknown-parameter"),
        (Contradiction, "contradiction"),
        (UnreadableBody, "unreadable-body"),
    ],
)
def test_a_question_that_cannot_be_asked_says_where_and_what(
    fails: Fails, error: type[QuestionError], kind: str
) -> None:
    """The fault has its parameter, what was found and what is allowed."""
    client = fails(error("No.", where="grade", found="9", allowed=("1", "2")))
    found = shaped(client, 400, kind)
    assert found["errors"] == [{"parameter": "grade", "found": "9", "allowed": ["1", "2"]}]


def test_a_fault_in_a_body_has_a_json_pointer(fails: Fails) -> None:
    """A place that begins with a slash is a pointer (RFC 6901), and so is the whole body."""
    client = fails(InvalidValue("No.", where="/injury/grade", found="9"))
    found = shaped(client, 400, "invalid-value", method="POST")["errors"]
    assert found == [{"pointer": "/injury/grade", "found": "9", "allowed": []}]
    whole = shaped(fails(InvalidValue("No.")), 400, "invalid-value", method="POST")["errors"]
    assert whole[0]["pointer"] == ""


@pytest.mark.parametrize("error", [UnknownName, AmbiguousName])
def test_a_name_in_a_path_that_is_not_there_is_a_404(
    fails: Fails, error: type[QuestionError]
) -> None:
    """The nearest names come along; any other fault in a path stays a 400."""
    kind = "unknown-name" if error is UnknownName else "ambiguous-name"
    found = shaped(fails(error("No.", where="name", found="x", allowed=("y",))), 404, kind)
    assert found["errors"][0]["allowed"] == ["y"]
    assert fails(InvalidValue("No.", where="name")).get("/fails/x").status_code == 400


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (TookTooLong, 503, "took-too-long"),
        (Busy, 503, "busy"),
        (TooBig, 422, "too-big"),
    ],
)
def test_a_limit_says_whether_to_try_again(
    fails: Fails, error: type[LimitReached], status: int, kind: str
) -> None:
    """What may succeed later says when; what never will, does not."""
    client = fails(error("Enough.", retry_after=7))
    shaped(client, status, kind)
    assert client.get("/fails").headers["Retry-After"] == "7"
    assert "Retry-After" not in fails(error("Enough.")).get("/fails").headers


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        (BodyFault.TOO_LARGE, 413, "request-entity-too-large"),
        (BodyFault.TOO_SLOW, 408, "request-timeout"),
        (BodyFault.INCOMPLETE, 400, "bad-request"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/v1/rules", "/nowhere"])
def test_a_body_that_the_door_refuses_is_answered_in_the_one_shape(
    primum: Primum, path: str, fault: BodyFault, status: int, kind: str
) -> None:
    """Whatever the path: the body is told of first, and nothing is worked on."""
    client = create_app(primum).test_client()
    response = client.post(path, environ_overrides={BODY_FAULT: fault})
    assert (response.status_code, response.content_type) == (status, PROBLEM)
    assert response.get_json()["type"] == KINDS[kind].iri
    assert response.headers["X-Request-ID"]


def test_a_body_that_ends_early_while_it_is_read_is_no_fault_of_ours(fails: Fails) -> None:
    """A route that reads a stream meets the same error, and the answer is the same."""
    client = fails(IncompleteBody(BodyFault.INCOMPLETE))
    shaped(client, 400, "bad-request", method="POST")


def test_no_room_is_told_at_once(primum: Primum) -> None:
    """503, and when to try again, even where a copy would still serve."""
    client = create_app(primum).test_client()
    response = client.get("/", headers={"If-None-Match": "*"}, environ_overrides={BUSY: True})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
    assert response.get_json()["type"] == KINDS["busy"].iri


def test_a_crash_is_not_to_be_tried_again(fails: Fails) -> None:
    """What was sent is to blame, and would be again."""
    client = fails(Crashed("It died."))
    shaped(client, 422, "crashed")
    assert "Retry-After" not in client.get("/fails").headers


def test_a_cage_that_cannot_start_tells_no_reason(
    fails: Fails, caplog: pytest.LogCaptureFixture
) -> None:
    """It may start later; why it did not is for the log alone."""
    client = fails(Crashed("/srv/release holds nothing.", retry_after=10))
    found = shaped(client, 503, "service-unavailable")
    assert "/srv/release" not in found["detail"]
    assert client.get("/fails").headers["Retry-After"] == "10"
    assert "/srv/release" in caplog.text


def test_every_limit_of_the_tree_has_its_kind() -> None:
    """A limit that is added to the tree is asked for here."""
    of_queries = {
        *(QueryTooComplex, QueryTimeout, QueryOutOfMemory, QueryCrashed),
        *(ResultTooLarge, ServiceUnreachable, StoreUnreachable, TooManyRequests),
    }
    assert set(LimitReached.__subclasses__()) == {TookTooLong, TooBig, Crashed, Busy} | of_queries
    assert {of_limit(kind("x")).name for kind in of_queries} == {
        *("query-too-complex", "query-timeout", "query-out-of-memory", "query-crashed"),
        *("result-too-large", "service-unreachable", "store-unreachable", "too-many-requests"),
    }


def test_an_error_that_nobody_foresaw_is_a_500_with_a_number(
    fails: Fails, caplog: pytest.LogCaptureFixture
) -> None:
    """Knowledge at fault is a fault of ours; the log ties number and request together."""
    with caplog.at_level(logging.ERROR, logger="primum.web"):
        response = fails(PrimumError("the inside")).get(
            "/fails", headers={"X-Request-ID": "visit-3"}
        )
    assert response.status_code == 500
    assert "the inside" not in response.text
    number = response.get_json()["detail"].rpartition(" ")[2].rstrip(".")
    assert f"unforeseen error {number} in request visit-3" in caplog.text
    assert response.headers["X-Request-ID"] == "visit-3"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


def test_an_invalid_record_has_all_its_faults(fails: Fails) -> None:
    """422, and each fault as validation tells it: what is violated, and apart what is warned of."""
    faults = [
        {"pointer": "/injury", "severity": "violation"},
        {"pointer": "/patient", "severity": "info"},
    ]
    warning = {"pointer": "/notes", "severity": "warning"}
    error = InvalidRecord("One.", faults=[*faults, warning])
    found = shaped(fails(error), 422, "invalid-record")
    assert (found["errors"], found["warnings"]) == (faults[:1], [warning])


def test_an_error_can_be_told_outside_a_request() -> None:
    """As in a batch, whose lines are answered while they arrive."""
    document = told(InvalidValue("No.", where="/injury/grade", found="9")).get_json()
    assert document["status"] == 400
    assert document["errors"] == [{"pointer": "/injury/grade", "found": "9", "allowed": []}]
    assert told(RuntimeError("inside")).get_json()["status"] == 500


def test_a_problem_can_carry_more(primum: Primum) -> None:
    """A report stands beside the members that every problem has."""
    app = create_app(primum)
    with app.test_request_context("/"):
        document = problem("unprocessable-entity", "Two faults.", report={"n": 2}).get_json()
    assert (document["status"], document["report"]) == (422, {"n": 2})
