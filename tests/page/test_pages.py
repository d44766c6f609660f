"""The pages as they are sent: whole, light, needing no script, deaf to what callers plant."""

import html
import re

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.term import Node
from tests.page.outline import Outline

from primum.foundation.names import BASE, Found
from primum.use_cases.service import Primum
from primum.web.app import create_app

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
DESIGN = "injury=hamstring-strain&grade=2&day=3"
PAGES = [
    "/",
    "/answer",
    f"/answer?{DESIGN}",
    f"/answer?{DESIGN}&screening=unknown",
    "/answer?injury=hamstring-strain",
    "/answer?injury=hamstring-strain&onset=2026-11-19Z&at=2026-11-22T10:00Z",
    f"/answer?{DESIGN}&factor=fever&without=burn&age=12",
    "/answer?injury=nonsense",
    f"/why?{DESIGN}&treatment=massage",
    f"/why?{DESIGN}&treatment=massage&proof=true",
    "/why?injury=hamstring-strain&treatment=massage&screening=unknown",
    f"/why?{DESIGN}&treatment=heel-pads",
    "/compare",
    f"/compare?{DESIGN}&other-grade=1&other-day=8",
    "/browse",
    "/browse/injuries",
    "/browse/treatments",
    "/browse/factors",
    "/browse/rules",
    "/browse/rules?level=absolute&topic=massage",
    "/browse/rules?level=nonsense",
    "/browse/sources",
    "/search",
    "/search?q=knee",
    "/changes",
    "/HamstringStrain",
    "/Massage",
    "/MassageStrainGrade2To3Week",
]
HEAVIEST = 300_000
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


def read(client: FlaskClient, path: str) -> str:
    """A page, as a browser asks for it."""
    response = client.get(path, headers=BROWSER)
    assert response.content_type == "text/html; charset=utf-8", response.text
    assert response.status_code == (400 if "nonsense" in path else 200)
    return response.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole(client: FlaskClient, path: str) -> None:
    """Tags nest, ids are unique, headings step by one, no style or handler stands in it."""
    page = Outline(read(client, path))
    assert len(page.ids) == len(set(page.ids)), [i for i in page.ids if page.ids.count(i) > 1]
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps), page.headings
    assert not page.tags & {"iframe", "img", "object", "style"}
    assert not [name for name in page.attributes if name == "style" or name.startswith("on")]
    assert {"main", "header", "footer", "nav"} <= page.tags


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(client: FlaskClient, path: str) -> None:
    """With its style, script and icon it weighs less than 300 kB before it is packed."""
    page = Outline(read(client, path))
    files = {*page.loaded, *page.scripts}
    weight = len(read(client, path).encode()) + sum(len(client.get(f).data) for f in files)
    assert weight < HEAVIEST


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is_for_and_of_which_knowledge(client: FlaskClient, path: str) -> None:
    """The notice and the version stand on each; none says that anything is safe or allowed."""
    text = html.unescape(read(client, path))
    about = client.get("/v1/knowledge").get_json()
    assert about["notice"] in text
    words = re.sub(r"<[^>]+>", " ", text.replace(about["notice"], "")).lower()
    assert not re.search(r"\b(is|are) (safe|allowed)\b", words)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_nothing_of_others_and_sets_no_cookie(client: FlaskClient, path: str) -> None:
    """Whatever it loads is here; the policy lets nothing else through."""
    response = client.get(path, headers=BROWSER)
    assert "Set-Cookie" not in response.headers
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert not re.search(r"unsafe|http|\*", policy)
    page = Outline(response.text)
    for name in (*page.loaded, *page.scripts):
        assert client.get(name).status_code == 200, name


@pytest.mark.parametrize("path", PAGES)
def test_each_link_of_a_page_leads_somewhere(client: FlaskClient, path: str) -> None:
    """To a place on the page, to a page that answers, or openly elsewhere."""
    page = Outline(read(client, path))
    for link in dict.fromkeys(page.links):
        assert link.startswith(("/", "#", "http://", "https://")), link
        if link.startswith("#"):
            assert link[1:] in page.ids, link
    ours = [link for link in dict.fromkeys(page.links) if link.startswith("/")]
    for link in ours[:: max(1, len(ours) // 12)]:
        assert client.get(link, headers=BROWSER).status_code == 200, link


def test_the_first_page_answers_the_design_question(client: FlaskClient) -> None:
    """Without anything typed, as the knowledge states its example."""
    text = html.unescape(read(client, "/"))
    assert "Hamstring strain, grade 2, 72 to 96 hours after onset" in text
    assert 'value="Hamstring strain"' in text
    assert 'id="relatively-contraindicated"' in text


def test_a_program_is_told_where_to_ask(client: FlaskClient) -> None:
    """Who does not ask for a page gets links."""
    links = client.get("/").get_json()["links"]
    assert links["ask"].startswith("/v1/contraindications")


def test_an_empty_form_is_an_open_question(client: FlaskClient) -> None:
    """Fields without a value count as not given."""
    sent = "injury=hamstring-strain&grade=&day=&hours=&onset=&at=&factor=&age=&screening="
    open_question = read(client, "/answer?injury=hamstring-strain")
    assert Outline(read(client, f"/answer?{sent}")).ids == Outline(open_question).ids


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("injury=runner%27s+knee", "IliotibialBandSyndrome"),
        ("injury=hamstrin", "HamstringStrain"),
        ("injury=itbs&grade=2", "no grades"),
        ("injury=itbs&day=x", "decimal number"),
        ("injury=itbs&day=3&hours=4", "Both day and hours"),
        ("injury=itbs&onset=2026-11-19", "time zone"),
        ("injury=itbs&factor=nonsense", "nonsense"),
        ("injury=hamstring-strain&factor=fever&without=fever", "contradict"),
        ("grade=2", "injury is missing"),
        ("injury=itbs&colour=blue", "colour"),
    ],
)
def test_what_is_wrong_is_said_beside_the_question(
    client: FlaskClient, query: str, told: str
) -> None:
    """The form keeps what was typed; a program gets the same as a problem document."""
    response = client.get(f"/answer?{query}", headers=BROWSER)
    assert response.status_code == 400
    text = html.unescape(response.text)
    assert told in text.split('role="alert"')[1]
    assert '<form class="question"' in text
    document = client.get(f"/answer?{query}").get_json()
    assert told in document["detail"]


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_the_same_address_gives_the_data(client: FlaskClient, ending: str) -> None:
    """As the interface gives it."""
    response = client.get(f"/answer.{ending}?{DESIGN}&factor=")
    if ending == "json":
        assert response.get_json() == client.get(f"/v1/contraindications?{DESIGN}").get_json()
    else:
        assert response.content_type == "text/csv; charset=utf-8"
        assert len(response.text.splitlines()) == 65


@pytest.mark.parametrize(
    "name", ["injury", "grade", "day", "hours", "onset", "at", "factor", "without", "age"]
)
@pytest.mark.parametrize("page", ["/answer", "/why", "/compare"])
def test_what_is_typed_stays_text(client: FlaskClient, page: str, name: str) -> None:
    """In any field, on any page of questions."""
    given = {"injury": "itbs", "treatment": "massage", name: SCRIPT}
    if page == "/compare":
        given[f"other-{name}"] = SCRIPT
    text = client.get(page, query_string=given, headers=BROWSER).text
    assert SCRIPT not in text
    assert "<script>" not in text
    assert "onerror=alert(1)>" not in text.replace("onerror=alert(1)&gt;", "")


@pytest.mark.parametrize("query", ["q", "level", "topic", "treatment", "injury", "source"])
def test_what_is_looked_for_stays_text(client: FlaskClient, query: str) -> None:
    """In the search and in the filters."""
    page = "/search" if query == "q" else "/browse/rules"
    text = client.get(page, query_string={query: SCRIPT}, headers=BROWSER).text
    assert SCRIPT not in text
    assert "<script>" not in text


def test_as_turtle_it_says_the_same(client: FlaskClient) -> None:
    """Question, verdicts, levels, rules and next changes, in words that the ontology defines."""
    graph = Graph().parse(data=client.get(f"/answer.ttl?{DESIGN}&factor=fever").data, format="ttl")
    expected = client.get(f"/v1/contraindications?{DESIGN}&factor=fever").get_json()["treatments"]

    def values(node: Node, word: str) -> list[str]:
        return sorted(str(value) for value in graph.objects(node, URIRef(word)))

    found = {values(n, Found.OF_TREATMENT)[0]: n for n in graph.subjects(URIRef(Found.VERDICT))}
    assert len(found) == len(expected)
    for each in expected:
        node = found[each["treatment"]["iri"]]
        said = [values(node, word)[0] for word in (Found.VERDICT, Found.CERTAIN, Found.POSSIBLE)]
        assert said == [each["verdict"], *each["level"].values()]
        rules = {reason["rule"]["iri"] for reason in (*each["reasons"], *each["recommended"])}
        assert sorted(rules) == values(node, Found.RESTS_ON)
        hours = [str(each["changesAt"]["hours"])] if "changesAt" in each else []
        assert hours == values(node, Found.CHANGES_AT)
    for predicate in set(graph.predicates()):
        term = str(predicate).removeprefix(BASE)
        assert client.get(f"/{term}", headers=BROWSER).status_code == 200


def test_the_query_behind_the_answer_is_shown(client: FlaskClient) -> None:
    """In SPARQL it finds what the page shows, as do curl and Python."""
    text = html.unescape(read(client, f"/answer?{DESIGN}"))
    query = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", text, re.S)[2]
    rows = client.post("/sparql", data={"query": query, "format": "csv"}).text.splitlines()
    assert any("Massage,2" in row or "/Massage," in row for row in rows), rows[:3]


def test_a_factor_can_be_taken_back(client: FlaskClient) -> None:
    """Each factor of the question stands as a chip whose link leaves it out."""
    page = read(client, f"/answer?{DESIGN}&factor=fever&factor=burn")
    links = [html.unescape(link) for link in re.findall(r'class="chip">.*?href="([^"]+)"', page)]
    assert links == [f"/answer?{DESIGN}&factor=burn", f"/answer?{DESIGN}&factor=fever"]
