"""The manners of every route: validators, caching, CORS, request ids, negotiation, protection."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from tests.web.every_route import KEPT, OPEN, READING, examples, name

from primum.foundation.settings import read_settings
from primum.model.knowledge import Edition
from primum.use_cases.service import Primum
from primum.use_cases.sparql.formats import GRAPHS
from primum.web.app import create_app
from primum.web.current import Current
from primum.web.negotiation import HTML, JSON, PROBLEM, TURTLE
from primum.web.route import Kept, Route
from primum.web.served import Served

GRAPH_MEDIA = frozenset(media for each in GRAPHS for media in each.media_types)
STRONG = re.compile(r'"[0-9a-f]{32}"')
Json = dict[str, bool]
ASK = "/v1/contraindications?injury=hamstring-strain"
every_route = pytest.mark.parametrize("route", READING, ids=name)
every_kept_route = pytest.mark.parametrize("route", KEPT, ids=name)


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


@pytest.fixture(scope="module")
def paths(client: FlaskClient) -> dict[str, str]:
    """A request for each route that reads."""
    return examples(client)


@every_route
def test_each_answer_is_protected_named_and_open_to_all(
    route: Route, client: FlaskClient, paths: dict[str, str]
) -> None:
    """The headers that every answer has, whatever it says."""
    response = client.get(paths[route.rule])
    assert response.status_code == 200, response.text
    assert response.mimetype == next(iter(route.offers))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    exposed = response.headers["Access-Control-Expose-Headers"]
    assert exposed == "ETag, X-Request-ID, Retry-After"
    assert response.headers["Vary"] == "Accept"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert ("style-src 'self'" in policy) == (response.mimetype == HTML)
    assert "unsafe" not in policy


@every_route
def test_head_has_the_headers_of_get_and_no_body(
    route: Route, client: FlaskClient, paths: dict[str, str]
) -> None:
    """HEAD is on every route that reads."""
    full, bare = client.get(paths[route.rule]), client.head(paths[route.rule])
    assert (bare.status_code, bare.data) == (200, b"")
    varying = {"X-Request-ID", "Content-Length"}
    assert {k: v for k, v in bare.headers if k not in varying} == {
        k: v for k, v in full.headers if k not in varying
    }
    assert bare.headers["Content-Length"]


@every_route
def test_options_tells_the_methods(
    route: Route, client: FlaskClient, paths: dict[str, str]
) -> None:
    """A preflight is answered without a body, and reads alone are open to all."""
    response = client.options(paths[route.rule], headers={"Origin": "https://example.org"})
    assert (response.status_code, response.data) == (204, b"")
    assert "Content-Type" not in response.headers
    assert {"GET", "HEAD", "OPTIONS"} <= set(response.headers["Allow"].split(", "))
    posted = ", POST" if route.rule in OPEN else ""
    assert response.headers["Access-Control-Allow-Methods"] == f"GET, HEAD{posted}"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


@every_route
def test_another_method_is_a_405_that_says_which_there_are(
    route: Route, client: FlaskClient, paths: dict[str, str]
) -> None:
    """The problem is shaped and the header names the methods."""
    response = client.delete(paths[route.rule])
    assert (response.status_code, response.content_type) == (405, PROBLEM)
    assert "GET" in response.headers["Allow"]
    assert response.headers["Cache-Control"] == "no-store"


@every_route
def test_what_is_not_offered_is_a_406(
    route: Route, client: FlaskClient, paths: dict[str, str]
) -> None:
    """An Accept header that excludes every type is refused, and told which there are."""
    for accept in ("image/png", "*/*;q=0", ", ".join(f"{t};q=0" for t in route.offers)):
        response = client.get(paths[route.rule], headers={"Accept": accept})
        assert (response.status_code, response.content_type) == (406, PROBLEM), accept
        offered = [m for m in route.offers if not (route.decides and m in GRAPH_MEDIA)]
        assert all(media in response.get_json()["detail"] for media in offered)


@every_route
@pytest.mark.parametrize("accept", ["", "*/*", "image/png, */*;q=0.1"])
def test_what_accepts_anything_is_answered(
    route: Route, accept: str, client: FlaskClient, paths: dict[str, str]
) -> None:
    """No Accept header, an empty one and a wildcard exclude nothing."""
    response = client.get(paths[route.rule], headers={"Accept": accept})
    assert response.status_code == 200


@every_kept_route
def test_a_copy_that_still_serves_is_confirmed(
    route: Route, client: FlaskClient, paths: dict[str, str]
) -> None:
    """The ETag is strong; named in a list, weakly or as `*`, it is answered with 304."""
    full = client.get(paths[route.rule])
    tag = full.headers["ETag"]
    assert STRONG.fullmatch(tag)
    assert full.headers["Cache-Control"] == "no-cache"
    for named in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        for method in ("GET", "HEAD"):
            headers = {"If-None-Match": named}
            response = client.open(paths[route.rule], method=method, headers=headers)
            assert (response.status_code, response.data) == (304, b""), named
            assert "Content-Length" not in response.headers
            same = ("ETag", "Vary", "Cache-Control", "Content-Security-Policy")
            assert [response.headers[h] for h in same] == [full.headers[h] for h in same]
    assert client.get(paths[route.rule], headers={"If-None-Match": '"other"'}).data == full.data


@pytest.mark.parametrize("route", [r for r in READING if r.kept is Kept.NEVER], ids=name)
def test_the_state_of_the_process_is_never_kept(
    route: Route, client: FlaskClient, paths: dict[str, str]
) -> None:
    """Health and measurements have no validator; no condition is taken for theirs."""
    response = client.get(paths[route.rule], headers={"If-None-Match": "*"})
    assert response.status_code == 200
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


@every_route
def test_a_request_keeps_its_id_or_is_given_one(
    route: Route, client: FlaskClient, paths: dict[str, str]
) -> None:
    """A well-formed id is repeated; anything else is replaced by one of ours."""
    given = client.get(paths[route.rule], headers={"X-Request-ID": "visit-17.b_2"})
    assert given.headers["X-Request-ID"] == "visit-17.b_2"
    for odd in ("", "a b", "x" * 65, "a/b", "\u00e4"):
        response = client.get(paths[route.rule], headers={"X-Request-ID": odd})
        assert re.fullmatch(r"[0-9a-f]{32}", response.headers["X-Request-ID"])


def test_what_is_posted_is_kept_by_nobody_and_open_to_no_page(primum: Primum) -> None:
    """A preflight for POST gets no leave; what is answered may hold a patient's data."""
    app = create_app(primum)

    @app.post("/v1/posted")
    def posted() -> Json:
        return {"heard": True}

    client = app.test_client()
    preflight = client.options("/v1/posted", headers={"Origin": "https://example.org"})
    assert preflight.status_code == 204
    assert set(preflight.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    response = client.post("/v1/posted", headers={"If-None-Match": "*"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    for answer in (preflight, response):
        assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]


# --- Validators ----------------------------------------------------------------------------------


def tag_of(client: FlaskClient, path: str, accept: str = JSON) -> str | None:
    """The ETag of an answer."""
    return client.get(path, headers={"Accept": accept}).headers.get("ETag")


def test_another_question_has_another_tag(client: FlaskClient) -> None:
    """Path and query are part of the tag."""
    tags = {tag_of(client, path) for path in (ASK, f"{ASK}&grade=1", f"{ASK}&grade=2", "/")}
    assert len(tags) == 4


def test_another_media_type_has_another_tag(client: FlaskClient) -> None:
    """A copy in one type does not serve a request for the other, however Accept is spelled."""
    path = f"/v1/explanations?{ASK.partition('?')[2]}&grade=2&day=1&treatment=massage"
    json, turtle = tag_of(client, path), tag_of(client, path, TURTLE)
    assert json != turtle
    assert tag_of(client, path, "text/*;q=0.2, application/json") == json
    headers = {"Accept": TURTLE, "If-None-Match": str(json)}
    assert client.get(path, headers=headers).status_code == 200


def test_another_release_has_another_tag(primum: Primum) -> None:
    """Once other knowledge is served, old copies serve no more."""
    settings = read_settings()
    served = Served.over(primum, settings)
    current = Current(served)
    client = create_app(current).test_client()
    before = tag_of(client, "/v1/injuries")
    knowledge = replace(primum.release.knowledge, edition=Edition("9", "sha256:" + "0" * 64))
    release = replace(primum.release, knowledge=knowledge)
    current.replace(Served.over(replace(primum, release=release), settings))
    assert tag_of(client, "/v1/injuries") != before
    response = client.get("/v1/injuries", headers={"If-None-Match": str(before)})
    assert response.get_json()["knowledge"]["version"] == "9"


def test_a_dated_question_about_now_has_no_tag(client: FlaskClient) -> None:
    """Its answer changes with the clock; with the instant stated it does not."""
    dated = f"{ASK}&onset=2020-01-01"
    assert tag_of(client, dated) is None
    assert client.get(dated).headers["Cache-Control"] == "no-store"
    assert tag_of(client, f"{dated}&at=2020-01-03T10:00:00Z")


@pytest.mark.parametrize("fact", ["factor=fever", "without=fever", "age=30"])
def test_what_tells_of_a_patient_is_kept_in_private(client: FlaskClient, fact: str) -> None:
    """A shared cache must not keep it."""
    response = client.get(f"{ASK}&{fact}")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["ETag"]


def test_an_error_has_no_tag_even_for_any_copy(client: FlaskClient) -> None:
    """`If-None-Match: *` does not turn a question that cannot be asked into 304."""
    response = client.get(f"{ASK}&grade=9", headers={"If-None-Match": "*"})
    assert response.status_code == 400
    assert "ETag" not in response.headers
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/v1//rules", "//v1/rules", "/nowhere", "/v1/rules/"])
def test_what_is_nowhere_has_manners_too(client: FlaskClient, path: str) -> None:
    """A 404 is shaped, named and protected, and nothing redirects."""
    response = client.get(path, base_url="http://localhost")
    assert (response.status_code, response.content_type) == (404, PROBLEM)
    assert response.headers["X-Request-ID"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
