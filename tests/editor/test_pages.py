"""The pages as they are sent: what each says, under which policy, and what is never in it."""

import re
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from tests.editor.app import NOTICE, Site

from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.editor.bundle import LICENCES, SCRIPT, STYLE, Bundle, read_bundle
from primum.web.editor.examples import Example
from primum.web.editor.pages import FORMATS

_HOSTILE = "</textarea><script>alert(1)</script>\"'&"
_BUNDLES = {"whole": True, "without YASGUI": False}


@pytest.fixture
def examples() -> Sequence[Example]:
    """Two questions, one of them hostile."""
    return (Example("one", "One", "Is it one?", "ASK {}"), Example("two", *[_HOSTILE] * 3))


@pytest.fixture(params=_BUNDLES)
def client(request: pytest.FixtureRequest, examples: Sequence[Example]) -> FlaskClient:
    """A client of the pages over an empty store, with what stands for YASGUI and without."""
    ours = read_bundle(())
    if _BUNDLES[request.param]:
        files = {**ours.files, SCRIPT: b"", STYLE: b"", LICENCES: b""}
        ours = Bundle(files, "0123", whole=True)
    return Site(ox.Store(), ours, examples).application().test_client()


def page(client: FlaskClient, query: str | None = None) -> tuple[str, str]:
    """The text of a page, and its policy."""
    asked = {} if query is None else {"query": query}
    answer = client.get("/sparql", query_string=asked, headers={"Accept": "text/html"})
    assert answer.content_type == "text/html; charset=utf-8"
    return answer.text, answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", [None, "ASK {}", "SELECT * {}", "CONSTRUCT {} {}", "nonsense"])
def test_no_page_has_a_script_or_style_in_it(client: FlaskClient, query: str | None) -> None:
    """Scripts and styles are files of this service; there are no handlers or style attributes."""
    text, _ = page(client, query)
    assert not re.search(r"<style|\son\w+=|\sstyle=|javascript:", text)
    assert all(re.fullmatch(r'<script src="/sparql/assets/[^"]+" (defer|type="module")>', tag)
               for tag in re.findall("<script[^>]*>", text))  # fmt: skip
    sources = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]*)"', text)
    assert all(source.startswith(("/sparql/assets/", "data:,")) for source in sources)


@pytest.mark.parametrize("query", [None, "ASK {}", "nonsense"])
def test_the_policy_lets_nothing_from_elsewhere(client: FlaskClient, query: str | None) -> None:
    """Every page has a policy that begins with nothing; none lets scripts in pages run."""
    _, policy = page(client, query)
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"https?:|\*", policy)
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy


def test_only_the_editor_may_run_scripts(client: FlaskClient) -> None:
    """Results, errors, and the form where YASGUI is missing are allowed none."""
    text, policy = page(client)
    assert ("script-src 'self'" in policy) == ("<script" in text)
    for query in ("ASK {}", "nonsense"):
        assert "script-src" not in page(client, query)[1]


@pytest.mark.parametrize("query", [None, f"ASK {{}} # {_HOSTILE}", f"nonsense {_HOSTILE}"])
def test_what_a_caller_writes_is_escaped(client: FlaskClient, query: str | None) -> None:
    """A query, a title and a question with markup in them stand in the page as text."""
    text, _ = page(client, query)
    assert "alert(1)" in text
    assert "<script>alert" not in text
    assert "</textarea><script" not in text


def test_a_query_keeps_its_first_line(client: FlaskClient) -> None:
    """HTML drops the line end after `<textarea>`; that of the query is not the one."""
    text, _ = page(client, "\n\nASK {}")
    assert ">\n\n\nASK {}</textarea>" in text


def test_the_form_offers_formats_that_the_service_has(client: FlaskClient) -> None:
    """Each value of the choice is a format that a query can be answered in."""
    text, _ = page(client)
    offered = re.search(r'<select id="query-format".*?</select>', text, re.DOTALL)
    assert offered
    assert re.findall('value="([^"]*)"', offered[0]) == list(FORMATS)


def test_an_error_keeps_its_status(client: FlaskClient) -> None:
    """The page of a bad query has the status and the words of the problem."""
    answer = client.get("/sparql?query=nonsense", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "<h1>Bad request</h1>" in answer.text
    assert "400 Bad Request" in answer.text


def test_the_notice_is_on_every_page(client: FlaskClient) -> None:
    """What the knowledge is not is said at the end of each page."""
    for query in (None, "ASK {}", "nonsense"):
        assert NOTICE.replace("&", "&amp;") in page(client, query)[0]


def test_files_are_kept_for_ever_under_their_digest() -> None:
    """A file of the page is immutable, and another digest or name is nothing."""
    bundle = read_bundle(())
    client = Site(ox.Store(), bundle).application().test_client()
    found = client.get(f"/sparql/assets/{bundle.digest}/start.js")
    assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert found.content_type == "text/javascript; charset=utf-8"
    assert client.get(f"/sparql/assets/{'0' * 16}/start.js").status_code == 404
    assert client.get(f"/sparql/assets/{bundle.digest}/{SCRIPT}").status_code == 404
    assert client.get(f"/sparql/assets/{bundle.digest}/..%2f__init__.py").status_code == 404


def test_files_are_sent_as_what_they_are(primum: Primum) -> None:
    """The application forbids to take a file for anything else."""
    found = (
        create_app(primum).test_client().get(f"/sparql/assets/{read_bundle().digest}/editor.css")
    )
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.content_type == "text/css; charset=utf-8"


def test_the_digest_follows_the_content(tmp_path: Path) -> None:
    """Another content has another digest, so that no copy of a file grows old."""
    digests = {read_bundle(()).digest}
    for content in ("one", "two"):
        for name in (SCRIPT, STYLE, LICENCES):
            (tmp_path / name).write_text(content)
        found = read_bundle((tmp_path / "nowhere", tmp_path))
        assert found.whole
        assert found.files[SCRIPT] == content.encode()
        digests.add(found.digest)
    assert len(digests) == 3
