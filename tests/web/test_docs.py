"""The pages: offline, without a script, whole for a screen reader, and true to the description."""

import html
import re
import shlex

import pytest
from flask.testing import FlaskClient
from tests.page.outline import Outline
from tests.web.every_route import described

from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.docs import marked
from primum.web.negotiation import PROBLEM
from primum.web.problem_kinds import TABLE, Kind

PAGES = ["/docs", "/docs/problems/unknown-name"]


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_needs_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    """Tags nest, ids are unique, headings step by one, every link leads somewhere here."""
    response = client.get(path)
    assert response.content_type == "text/html; charset=utf-8"
    page = Outline(response.text)
    assert len(page.ids) == len(set(page.ids))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)
    assert not page.tags & {"script", "iframe", "img", "object", "style"}
    assert not [name for name in page.attributes if name == "style" or name.startswith("on")]
    assert {"main", "header", "footer"} <= page.tags
    assert page.loaded == ["/icon.svg", "/docs/style.css", "/page.css"]
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids
        else:
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", PAGES)
def test_a_page_tells_its_language_title_and_width(client: FlaskClient, path: str) -> None:
    """What a screen reader and a small screen need, and the notice of the knowledge."""
    text = client.get(path).text
    assert '<html lang="en">' in text
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in text
    assert re.search(r"<title>.{6,}</title>", text)
    notice = client.get("/v1/knowledge").get_json()["notice"]
    assert notice in html.unescape(text)


def test_every_route_is_shown_with_its_parameters_and_responses(client: FlaskClient) -> None:
    """The page is written from the description."""
    text = html.unescape(client.get("/docs").text)
    for path, methods in described(client)["paths"].items():
        for method, operation in methods.items():
            section = text.split(f'<section aria-labelledby="{operation["operationId"]}">')[1]
            section = section.split("</section>")[0]
            assert f"{method.upper()} {path}" in section
            for parameter in operation["parameters"]:
                assert f"<dt><code>{parameter['name']}</code>" in section
            for status in operation["responses"]:
                assert f"<dt><code>{status}</code></dt>" in section


def test_every_command_that_is_shown_is_answered(client: FlaskClient) -> None:
    """Each example of a route that reads gets 200."""
    shown = re.findall(r"<pre[^>]*><code>(curl .*?)</code></pre>", client.get("/docs").text)
    commands = [shlex.split(html.unescape(each)) for each in shown]
    reading = [command for command in commands if len(command) == 2]
    assert len(reading) >= 18
    for _, url in reading:
        path = url.removeprefix("http://localhost:8000")
        assert path != url
        assert client.get(path).status_code == 200, url


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.name)
def test_each_kind_of_error_has_its_page(client: FlaskClient, kind: Kind) -> None:
    """The type of a problem ends in the path of its page, which says what to do."""
    path = kind.iri.removeprefix("https://w3id.org/primum")
    response = client.get(path)
    text = html.unescape(re.sub("</?code>", "", response.text))
    assert response.status_code == 200
    assert kind.meaning.replace("`", "") in text
    assert kind.remedy.replace("`", "") in text
    assert f'href="{path}"' in client.get("/docs").text


def test_an_unknown_kind_is_a_404_with_the_nearest(client: FlaskClient) -> None:
    """As any other name in a path."""
    response = client.get("/docs/problems/unknown-nam")
    assert (response.status_code, response.content_type) == (404, PROBLEM)
    assert response.get_json()["errors"][0]["allowed"][0] == "unknown-name"


def test_only_what_stands_between_backquotes_becomes_code() -> None:
    """Everything else of a description is escaped."""
    assert marked("see `a<b>` & <i>") == "see <code>a&lt;b&gt;</code> &amp; &lt;i&gt;"


def test_nothing_that_is_asked_comes_back_as_markup(client: FlaskClient) -> None:
    """A name in the path is never part of a page."""
    response = client.get("/docs/problems/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert response.status_code == 404
    assert response.content_type == PROBLEM


def luminance(colour: str) -> float:
    """The relative luminance of a hexadecimal colour (WCAG 2.2)."""
    digits = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_contrast_in_light_and_dark(client: FlaskClient) -> None:
    """Text and links 4.5 to 1 on either background, lines 3 to 1."""
    style = client.get("/docs/style.css").text
    palettes = re.findall(r":root {[^}]*?(--ink[^}]*)}", style)
    assert len(palettes) == 2
    for palette in palettes:
        found = dict(re.findall(r"--(\w+): #(\w+);", palette))
        for over in ("paper", "quiet"):
            for name, least in (("ink", 4.5), ("link", 4.5), ("line", 3.0)):
                pair = sorted((luminance(found[name]), luminance(found[over])))
                assert (pair[1] + 0.05) / (pair[0] + 0.05) >= least, (name, over)
