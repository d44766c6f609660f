"""Whole answers are kept for those who ask the same again, and only where that is right."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from primum.foundation.settings import read_settings
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.current import Current
from primum.web.headers import REQUEST_ID
from primum.web.served import Served

ASK = "/v1/contraindications?injury=hamstring-strain&grade=2&day=3"
OF_A_PATIENT = f"{ASK}&factor=fever"


@pytest.fixture
def current(primum: Primum) -> Current[Served]:
    """The release that is served, and may be replaced."""
    return Current(Served.over(primum, read_settings()))


@pytest.fixture
def app(current: Current[Served]) -> Flask:
    """An application with nothing kept yet, which tells in a header how often it is called."""
    app = create_app(current)
    called: list[str] = []

    @app.before_request
    def count() -> None:
        called.append("")

    app.config["CALLED"] = called
    return app


def calls(app: Flask, *paths: str, **headers: str) -> int:
    """How often the application is called for these requests."""
    app.config["CALLED"].clear()
    for path in paths:
        assert app.test_client().get(path, headers=headers).status_code == 200
    return len(app.config["CALLED"])


def test_what_is_asked_a_third_time_is_not_computed(app: Flask) -> None:
    """It is kept when it is given for the second time."""
    assert calls(app, ASK, ASK, ASK, ASK) == 2


def test_what_is_kept_is_the_same_answer(app: Flask) -> None:
    """Body and headers are those of the first time, but for the id of the request."""
    client = app.test_client()
    first, *_, last = [client.get(ASK) for _ in range(4)]
    assert first.data == last.data
    assert first.headers[REQUEST_ID] != last.headers[REQUEST_ID]
    expected = {**first.headers, REQUEST_ID: ""}
    assert expected == {**last.headers, REQUEST_ID: ""}


def test_a_request_may_be_named_all_the_same(app: Flask) -> None:
    """The id that the caller gives is that of a kept answer too."""
    client = app.test_client()
    named = [client.get(ASK, headers={REQUEST_ID: f"visit-{n}"}) for n in range(4)]
    assert [each.headers[REQUEST_ID] for each in named] == [f"visit-{n}" for n in range(4)]


@pytest.mark.parametrize(
    "path",
    [
        OF_A_PATIENT,
        f"{ASK}&age=12",
        "/v1/contraindications?injury=hamstring-strain&onset=2026-11-19T10:00:00Z",
        "/healthz",
        "/readyz",
        "/metrics",
    ],
)
def test_what_tells_of_a_patient_or_may_change_is_not_kept(app: Flask, path: str) -> None:
    """Each time it is computed."""
    assert calls(app, path, path, path, path) == 4


def test_another_representation_is_another_answer(app: Flask) -> None:
    """What is kept as JSON is not given to who asks for Turtle."""
    path = "/v1/explanations?injury=hamstring-strain&day=3&treatment=massage"
    assert calls(app, path, path, path) == 2
    client = app.test_client()
    assert client.get(path, headers={"Accept": "text/turtle"}).mimetype == "text/turtle"


def test_a_condition_is_answered_as_ever(app: Flask) -> None:
    """Who has the answer gets 304 without any computing; who has another one gets it anew."""
    client = app.test_client()
    first = client.get(ASK)
    tag = first.headers["ETag"]
    app.config["CALLED"].clear()
    copy = client.get(ASK, headers={"If-None-Match": tag})
    assert (copy.status_code, copy.data, copy.headers["ETag"]) == (304, b"", tag)
    assert not app.config["CALLED"]
    assert client.get(ASK, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(ASK, headers={"If-None-Match": f'"other", W/{tag}'}).status_code == 304
    assert app.config["CALLED"]


def test_a_copy_has_the_headers_that_the_application_gives_it(app: Flask, primum: Primum) -> None:
    """But for the id of the request, 304 from what is kept is 304 as it is computed."""
    kept, computing = app.test_client(), create_app(primum).test_client()
    tag = kept.get(ASK).headers["ETag"]
    copies = [each.get(ASK, headers={"If-None-Match": tag}) for each in (kept, computing)]
    expected, found = ({**copy.headers, REQUEST_ID: ""} for copy in copies)
    assert expected == found


def test_errors_are_not_kept(app: Flask) -> None:
    """A name that is unknown now may be known in another release."""
    client = app.test_client()
    for _ in range(4):
        assert client.get("/v1/contraindications?injury=nowhere").status_code == 400


def test_another_release_answers_anew(app: Flask, current: Current[Served], primum: Primum) -> None:
    """Nothing of the release before is given out once it is replaced."""
    client: FlaskClient = app.test_client()
    before = [client.get(ASK) for _ in range(3)][-1]
    knowledge = primum.release.knowledge
    edition = replace(knowledge.edition, digest="sha256:other")
    release = replace(primum.release, knowledge=replace(knowledge, edition=edition))
    current.replace(Served.over(replace(primum, release=release), read_settings()))
    after = json.loads(client.get(ASK).data)
    assert json.loads(before.data)["knowledge"]["digest"] == knowledge.edition.digest
    assert after["knowledge"]["digest"] != before.headers["ETag"]
    assert client.get(ASK).headers["ETag"] != before.headers["ETag"]


def test_kept_answers_are_observed(app: Flask) -> None:
    """They count in the measurements like any other."""
    client = app.test_client()
    for _ in range(5):
        client.get(ASK)
    told = client.get("/metrics").text
    line = 'primum_http_requests_total{method="GET",route="/v1/contraindications",status="2xx"} 5.0'
    assert line in told
