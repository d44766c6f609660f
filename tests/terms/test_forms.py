"""How a term is asked for: by which names, in which form, and what is said where there is none."""

import pytest
from flask.testing import FlaskClient

from primum.foundation.names import CONVENTIONS
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.negotiation import HTML, PROBLEM, TURTLE
from primum.web.term_paths import FORMS, OFFERED

PAGE = "/HamstringStrain"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = "application/rdf+xml,text/turtle;q=0.9,application/ld+json;q=0.8,*/*;q=0.1"


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


@pytest.mark.parametrize(
    ("expected", "accept"),
    [
        (HTML, ""),
        (HTML, "*/*"),
        (HTML, FIREFOX),
        (TURTLE, "text/turtle"),
        (TURTLE, "text/turtle, text/html;q=0.9"),
        ("application/rdf+xml", RDFLIB),
        ("application/ld+json", "application/ld+json, application/json;q=0.5"),
        ("application/n-triples", "application/n-triples"),
    ],
)
@pytest.mark.parametrize("path", [PAGE, "/ontology", "/source/SEED-ITBS"])
def test_accept_chooses_the_form(
    expected: str, accept: str, path: str, client: FlaskClient
) -> None:
    """A browser gets the page, and a client that reads RDF the form that it wants most."""
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, expected)
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize(("ending", "media"), FORMS.items())
@pytest.mark.parametrize("path", [PAGE, "/ontology", "/region/MassageStrainGrade2To3Week-1"])
def test_an_ending_chooses_the_form(
    ending: str, media: str, path: str, client: FlaskClient
) -> None:
    """Also for a browser, which takes anything at last; the bytes are those of negotiation."""
    response = client.get(f"{path}.{ending}", headers={"Accept": FIREFOX})
    assert (response.status_code, response.mimetype) == (200, media)
    assert response.data == client.get(path, headers={"Accept": media}).data
    assert response.headers["Content-Location"] == f"{path}.{ending}"


def test_an_ending_that_accept_excludes_is_a_406(client: FlaskClient) -> None:
    """It says what the path asks for, and what there is."""
    response = client.get(f"{PAGE}.ttl", headers={"Accept": "application/ld+json"})
    assert (response.status_code, response.content_type) == (406, PROBLEM)
    assert "this path asks for text/turtle" in response.get_json()["detail"]
    assert all(media in response.get_json()["detail"] for media in OFFERED)


@pytest.mark.parametrize(
    "name",
    [
        "hamstring-strain",
        "hamstringstrain",
        "HAMSTRINGSTRAIN",
        "Hamstring%20strain",
        "pulled%20hamstring",
        "primum:HamstringStrain",
    ],
)
def test_a_term_answers_to_each_of_its_names(name: str, client: FlaskClient) -> None:
    """In place, without a redirect; where just this form stands is said."""
    for ending in ("", ".ttl"):
        response = client.get(f"/{name}{ending}")
        assert response.status_code == 200, response.text
        assert response.data == client.get(f"{PAGE}{ending}").data
        assert response.headers["Content-Location"] == f"{PAGE}{ending or '.html'}"


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/source/seed-itbs", "/source/SEED-ITBS"),
        ("/phrase/Asked", "/phrase/asked"),
        ("/region/massagestraingrade2to3week-1", "/region/MassageStrainGrade2To3Week-1"),
        ("/Ontology", "/ontology"),
        ("/ontology/0.1.0", "/ontology"),
        ("/ontology/Anatomy", "/ontology/anatomy"),
        ("/rules/contraindications/cold/0.1.0", "/rules/contraindications/cold"),
        ("/graph/RULES", "/graph/rules"),
    ],
)
def test_what_has_a_folder_answers_to_its_names_too(
    path: str, canonical: str, client: FlaskClient
) -> None:
    """Within the folder, in any case."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.headers["Content-Location"] == f"{canonical}.html"


def test_case_tells_terms_apart_where_nothing_else_does(client: FlaskClient) -> None:
    """The shape of a record and the file of shapes differ in one capital letter."""
    shape, file = client.get("/shapes/Record").text, client.get("/shapes/record").text
    assert "<h1>shapes/Record</h1>" in shape
    assert shape != file
    response = client.get("/shapes/RECORD")
    assert (response.status_code, response.content_type) == (404, PROBLEM)
    assert response.get_json()["errors"][0]["allowed"] == ["shapes/Record", "shapes/record"]


@pytest.mark.parametrize(
    ("path", "kind", "among"),
    [
        ("/hamstring-strian", "unknown-name", "HamstringStrain"),
        ("/HamstringStrian.ttl", "unknown-name", "HamstringStrain"),
        ("/source/SEED-ITB", "unknown-name", "source/SEED-ITBS"),
        (
            "/region/MassageStrainGrade2To3Week-9",
            "unknown-name",
            "region/MassageStrainGrade2To3Week-1",
        ),
        ("/ontology/0.2.0", "unknown-name", "ontology/0.1.0"),
        ("/runner's%20knee", "ambiguous-name", "PatellofemoralPainSyndrome"),
    ],
)
def test_a_name_of_nothing_is_a_404_with_the_nearest(
    path: str, kind: str, among: str, client: FlaskClient
) -> None:
    """The paths that may have been meant, each of which is answered."""
    for accept in ("", FIREFOX, TURTLE):
        response = client.get(path, headers={"Accept": accept})
        assert (response.status_code, response.content_type) == (404, PROBLEM)
        assert "ETag" not in response.headers
        assert "Content-Location" not in response.headers
    document = response.get_json()
    (fault,) = document["errors"]
    assert document["type"] == f"{CONVENTIONS}problems/{kind}"
    assert fault["parameter"] == "term"
    assert fault["found"] == path[1:].partition(".ttl")[0].replace("%20", " ")
    assert among in fault["allowed"]
    for name in fault["allowed"]:
        assert client.get(f"/{name}").status_code == 200, name


def test_an_unknown_parameter_is_refused(client: FlaskClient) -> None:
    """As on every route of the vocabulary."""
    for path in (PAGE, f"{PAGE}.ttl", "/ontology", "/ontology.nt"):
        response = client.get(f"{path}?format=ttl")
        assert (response.status_code, response.get_json()["status"]) == (400, 400)


@pytest.mark.parametrize(
    "path",
    ["/v1", "/v1/rule", "/docs/nothing", "/HamstringStrain/", "/no/where", "/source/", "/.env"],
)
def test_what_cannot_be_a_term_is_a_plain_404(path: str, client: FlaskClient) -> None:
    """Paths of other routes, of no folder, or that end in a slash."""
    response = client.get(path)
    assert response.status_code == 404
    assert response.get_json()["type"] == f"{CONVENTIONS}problems/not-found"


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("/docs", HTML),
        ("/healthz", "application/json"),
        ("/openapi.json", "application/json"),
        ("/case.jsonld", "application/ld+json"),
        ("/docs/style.css", "text/css"),
    ],
)
def test_no_other_route_is_shadowed(path: str, media: str, client: FlaskClient) -> None:
    """Each still has its own answer, though its path could name a term in a form."""
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, media)
    assert "Content-Location" not in response.headers


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.ttl", "/ontology.nt", "/hamstring-strain"])
def test_a_copy_is_confirmed_with_its_place(path: str, client: FlaskClient) -> None:
    """304 says as 200 does where the form stands (RFC 9110, section 15.4.5)."""
    full = client.get(path)
    copy = client.get(path, headers={"If-None-Match": f"W/{full.headers['ETag']}"})
    assert (copy.status_code, copy.data) == (304, b"")
    assert copy.headers["Content-Location"] == full.headers["Content-Location"]


def test_a_copy_of_nothing_is_confirmed_at_no_place(client: FlaskClient) -> None:
    """Who makes up the tag of a term that there is not learns nothing of it."""
    tag = client.get("/nobody", headers={"If-None-Match": "*"}).headers.get("ETag")
    assert tag is None


def test_the_bytes_are_the_same_wherever_the_release_is_loaded(client: FlaskClient) -> None:
    """A strong ETag promises it, though a store names blank nodes anew each time."""
    other = create_app(Primum.load()).test_client()
    for path in (PAGE, f"{PAGE}.ttl", f"{PAGE}.rdf", "/graph/shapes.nt", "/ontology.jsonld"):
        assert client.get(path).data == other.get(path).data, path
        assert client.get(path).headers["ETag"] == other.get(path).headers["ETag"]
