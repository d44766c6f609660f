"""The manners of every route that takes a body."""

import pytest
from flask.testing import FlaskClient
from tests.web.every_route import POSTED, name
from werkzeug.test import TestResponse

from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.negotiation import PROBLEM
from primum.web.route import Route

every_posted_route = pytest.mark.parametrize("route", POSTED, ids=name)


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


def assert_problem(response: TestResponse, status: int) -> None:
    """The one shape of errors, with the headers that every answer has."""
    assert (response.status_code, response.content_type) == (status, PROBLEM)
    assert response.get_json()["status"] == status
    assert response.headers["X-Request-ID"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@every_posted_route
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_another_method_is_a_405(route: Route, method: str, client: FlaskClient) -> None:
    """The header names POST and OPTIONS."""
    response = client.open(route.rule, method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    if method != "HEAD":
        assert_problem(response, 405)


@every_posted_route
def test_options_gives_no_page_leave_to_post(route: Route, client: FlaskClient) -> None:
    """A page of another origin may read, not send records."""
    response = client.options(route.rule, headers={"Origin": "https://example.org"})
    assert (response.status_code, response.data) == (204, b"")
    assert "Access-Control-Allow-Origin" not in response.headers


@every_posted_route
@pytest.mark.parametrize("body", [b'{"injury": {"type": "hamstring-strain"}}', b"{}"])
def test_each_answer_is_protected_named_and_kept_by_nobody(
    route: Route, body: bytes, client: FlaskClient
) -> None:
    """Whatever it says; and no page of another origin may read what it says of a patient."""
    headers = {"Origin": "https://example.org", "X-Request-ID": "visit-3"}
    response = client.post(route.rule, data=body, content_type=route.reads[0], headers=headers)
    assert response.status_code in (200, 422), response.text
    assert response.headers["X-Request-ID"] == "visit-3"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Vary"] == "Accept"
    assert "ETag" not in response.headers
    assert not any(name.startswith("Access-Control") for name, _ in response.headers)


@every_posted_route
def test_a_copy_is_never_confirmed(route: Route, client: FlaskClient) -> None:
    """What is posted is worked on, whatever copies the client says it has."""
    body = b'{"injury": {"type": "hamstring-strain"}}'
    headers = {"If-None-Match": "*"}
    response = client.post(route.rule, data=body, content_type=route.reads[0], headers=headers)
    assert response.status_code == 200
    assert response.data


@every_posted_route
def test_what_is_not_offered_is_a_406(route: Route, client: FlaskClient) -> None:
    """Before the body is looked at."""
    response = client.post(route.rule, data=b"", headers={"Accept": "image/png"})
    assert_problem(response, 406)
    assert all(media in response.get_json()["detail"] for media in route.media)


@every_posted_route
@pytest.mark.parametrize("media", ["text/csv", "multipart/form-data", ""])
def test_a_body_of_another_type_is_a_415(route: Route, media: str, client: FlaskClient) -> None:
    """Only what the description lists is read."""
    response = client.post(route.rule, data=b"a,b", content_type=media or None)
    assert_problem(response, 415)


@every_posted_route
def test_an_unknown_parameter_is_a_400(route: Route, client: FlaskClient) -> None:
    """Nothing is ignored."""
    response = client.post(f"{route.rule}?colour=blue", data=b"{}", content_type=route.reads[0])
    assert_problem(response, 400)
