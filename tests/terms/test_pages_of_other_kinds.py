"""What the pages of rules, sources, properties and everything else show."""

import html
import re

import pytest
from flask.testing import FlaskClient
from tests.terms.reading import page, read

from primum.use_cases.service import Primum
from primum.web.app import create_app


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


def test_a_rule_has_its_condition_grounds_and_regions(client: FlaskClient) -> None:
    """Rationale, sources with locators, confidence, level, and the interface's own account."""
    path = "/MassageStrainGrade2To3Week"
    words = read(client, path)
    assert "Larger tears may still be bleeding after two days" in words
    assert "bullet 2: for grade two and three strains not suitable for over a week" in words
    assert "confidence high" in read(client, path, "stated")
    condition = read(client, path, "condition")
    assert "(hoursSinceOnset some xsd:decimal[>= 0, < 168])" in condition
    assert "EquivalentTo" not in read(client, path, "axioms")
    text = page(client, path)
    assert '<a href="/RelativelyContraindicated">' in text
    assert '<a href="/region/MassageStrainGrade2To3Week-1">' in text
    assert '<a href="/v1/rules/MassageStrainGrade2To3Week">' in text


def test_a_condition_is_worded_as_its_file_words_it(client: FlaskClient) -> None:
    """A window keeps its name there, and its hours stand in the words."""
    found = page(client, "/AcuteStageSituation").split("Rules that name it")[1]
    rule = re.search(r'<strong><a href="(/\w+)">', found)
    assert rule
    condition = read(client, rule[1], "condition")
    assert "AcuteStageSituation" in condition
    assert "hours since onset: less than 48" in condition


def test_a_region_says_its_rule_and_what_it_asks(client: FlaskClient) -> None:
    """In words, and by the properties that the build writes."""
    text = page(client, "/region/MassageStrainGrade2To3Week-1")
    assert '<a href="/MassageStrainGrade2To3Week">' in text
    assert "has grade: 2, 3; hours since onset: less than 168" in text
    assert '<a href="/regionUntilHours">region until hours</a>' in text


def test_a_source_shows_all_that_rests_on_it(client: FlaskClient, primum: Primum) -> None:
    """Rules, links and terms, each with the place in the source."""
    text = page(client, "/source/SEED-ITBS")
    for rule in primum.release.knowledge.rules:
        for citation in rule.citations:
            if citation.source.id == "SEED-ITBS":
                assert f'<a href="/{rule.id}">' in text
                assert html.escape(citation.locator, quote=False) in text.replace("&#39;", "'")
    resting = read(client, "/source/SEED-ITBS", "resting")
    assert "Iliotibial band syndrome has aggravating factor Running downhill: " in resting
    assert "trust ordinary" in read(client, "/source/SEED-ITBS", "stated")


def test_general_axioms_are_shown_with_their_source(client: FlaskClient) -> None:
    """Those on no class of a name are among what rests on the source they cite."""
    words = read(client, "/source/PRIMUM-CURATION", "resting")
    assert re.search(r"TreatmentSituation and \(forInjury some \w+\) sub class of hasFactor", words)


def test_a_property_has_its_domain_range_and_use(client: FlaskClient) -> None:
    """And what stands above it."""
    text = page(client, "/hasRiskFactor")
    assert '<a href="/hasFeature">has feature</a>' in text
    assert "Domain Condition" in read(client, "/hasRiskFactor", "axioms")
    assert re.search(r"Statements with this property</dt><dd>\d+</dd>", text)
    assert "functional property" in read(client, "/forInjury")


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/phrase/asked", "Phrase", "Asked about: {case}."),
        ("/StageSubacuteSicG3", "Individual", "until hours 1440"),
        ("/shapes/facts-contradict", "Shape", "The facts of the record cannot all be true"),
        ("/shapes/finding-of-no-use", "Shape", "[ sh:alternativePath ( present absent ) ; ]"),
        ("/ontology/anatomy", "Ontology", "Body parts and tissues in which injuries"),
        ("/graph/mappings", "Named graph", "Statements 289"),
        (
            "/regionTreatment",
            "Annotation property",
            "A class that the proposed treatment must belong to",
        ),
        ("/Region", "Class", "A conjunction of simple constraints that a rule compiles to."),
        ("/confidence", "Annotation property", "How far the curators trust a fact"),
        ("/ageInYears", "Data property", "Completed years of life"),
    ],
)
def test_every_other_kind_has_a_page(path: str, kind: str, words: str, client: FlaskClient) -> None:
    """Which says what it is, and what there is to say."""
    assert f'<p class="kind">{kind}</p>' in page(client, path)
    assert words in read(client, path)


def test_an_individual_names_what_it_is_about(client: FlaskClient) -> None:
    """And is named there."""
    assert '<a href="/HamstringStrain">' in page(client, "/StageSubacuteSicG3")
    text = page(client, "/HamstringStrain", "referring")
    assert '<a href="/StageSubacuteSicG3">' in text


def test_a_module_names_what_it_defines(client: FlaskClient) -> None:
    """The classes and properties whose axioms stand in its file."""
    text = page(client, "/ontology/anatomy", "referring")
    assert '<a href="/AchillesTendon">' in text
    assert '<a href="/HamstringStrain">' not in text
