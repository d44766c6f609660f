"""What a release says never becomes markup, and nothing in it makes a page fail."""

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from tests.graphs import quads
from tests.page.outline import Outline
from tests.terms.served import client_over, planted

from primum.foundation.names import Graph
from primum.use_cases.service import Primum

MARKUP = "<script>alert(1)</script><b title='\\\"x'>&amp;"
HOSTILE = f"""
:Planted a owl:Class ; rdfs:label "{MARKUP}" ; skos:definition "{MARKUP}" ;
    skos:altLabel "{MARKUP}" ; dcterms:identifier "{MARKUP}" ; rdfs:subClassOf :Condition ;
    rdfs:comment "{MARKUP}" ; dcterms:license <javascript:alert(1)> ; dcterms:source :source ;
    rdfs:seeAlso <https://example.org/%22onclick=%22alert(1)> ;
    :odd [ :odd "{MARKUP}" ; :odd _:a ] ; :list _:broken ; :empty () , ( "{MARKUP}" ( :Planted ) ) .
_:a :odd _:b . _:b :odd _:a .
_:broken rdf:first :Planted ; rdf:rest _:broken .
[] a owl:Axiom ; owl:annotatedSource :Planted ; owl:annotatedProperty rdfs:subClassOf ;
    owl:annotatedTarget :Condition ; dcterms:source :source ; :locator "{MARKUP}" .
:Other a owl:Class ; rdfs:subClassOf _:every .
_:every a owl:Restriction ; owl:onProperty :hasSite ; owl:allValuesFrom :Planted .
<https://w3id.org/primum/Odd%3Cname%3E> a owl:Class ; rdfs:label "odd" .
"""


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of an application over a release with such statements."""
    return client_over(primum, planted(primum.release, quads(HOSTILE)))


@pytest.mark.parametrize("path", ["/Planted", "/ontology", "/source", "/odd", "/Other", "/empty"])
def test_all_that_a_release_says_is_escaped(client: FlaskClient, path: str) -> None:
    """Labels, definitions, locators, nested values: each stays text."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    page = Outline(response.text)
    assert not page.tags & {"script", "b"}
    assert not [name for name in page.attributes if name.startswith("on")]
    assert not [link for link in page.links if link.startswith("javascript:")]


def test_what_is_no_web_address_is_no_link(client: FlaskClient) -> None:
    """It is shown all the same, as is all that is planted."""
    text = client.get("/Planted").text
    assert "javascript:alert(1)" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert text.count("&lt;script&gt;") >= 6


def test_cycles_and_broken_lists_end(client: FlaskClient) -> None:
    """A node that leads back to itself is cut short."""
    text = client.get("/Planted").text
    assert "…" in text
    assert len(text) < 50_000


def test_an_axiom_that_primum_does_not_read_is_shown_as_it_stands(client: FlaskClient) -> None:
    """Nothing is left out in silence."""
    axioms = client.get("/Other").text.split('id="axioms"')[1].split("</section>")[0]
    assert "owl:allValuesFrom" in axioms
    assert '<a href="/Planted">Planted</a>' in axioms


def test_an_iri_with_odd_letters_dereferences(client: FlaskClient) -> None:
    """The link to it is written as an address must be."""
    links = Outline(client.get("/ontology").text).links
    (link,) = {each for each in links if "Odd" in each and "name" in each}
    assert client.get(link).status_code == 200
    assert "<h1>odd</h1>" in client.get(link).text


@pytest.mark.parametrize("path", ["/Planted", "/Other"])
@pytest.mark.parametrize("ending", ["ttl", "nt", "rdf", "jsonld"])
def test_such_statements_can_be_written_in_every_form(
    client: FlaskClient, path: str, ending: str
) -> None:
    """And read again."""
    forms = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    response = client.get(f"{path}.{ending}")
    assert response.status_code == 200, response.text
    assert len(list(ox.parse(response.data, format=forms[ending]))) > 3


@pytest.mark.parametrize(
    "name",
    [
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "x%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "a%22onmouseover=%22x",
        "%FF%FE",
        "x%00",
        "x%0D%0ASet-Cookie:%20a=b",
        "..%2F..%2Fetc%2Fpasswd",
        "source%2F..%2F..%2Fetc%2Fpasswd",
        "x" * 3000,
        "%F0%9F%A6%B5" * 500,
        "x{{7*7}}",
        "x%25s",
    ],
)
def test_nothing_that_is_asked_comes_back_as_markup(client: FlaskClient, name: str) -> None:
    """A name of nothing is a problem in JSON, whatever is in it."""
    for path in (f"/{name}", f"/{name}.ttl", f"/source/{name}"):
        response = client.get(path, headers={"Accept": "text/html, */*;q=0.1"})
        assert (response.status_code, response.content_type) == (404, "application/problem+json")
        assert "Set-Cookie" not in response.headers


def test_a_release_without_any_folder_still_answers(primum: Primum) -> None:
    """What is asked for in a folder that holds nothing is a name of nothing."""
    store = ox.Store()
    store.extend(q for q in primum.release.store if q.graph_name.value != Graph.SHAPES)
    release = planted(primum.release, [])
    release.store.clear()
    release.store.extend(store)
    client = client_over(primum, release)
    response = client.get("/shapes/Record")
    assert response.status_code == 404
    assert response.get_json()["errors"][0]["allowed"] == []
