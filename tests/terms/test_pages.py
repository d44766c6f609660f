"""What the page of a class shows: its names, what stands around it, its links, its rules."""

import re

import pytest
from flask.testing import FlaskClient
from tests.terms.reading import page, read

from primum.foundation.names import BASE
from primum.use_cases.service import Primum
from primum.web.app import create_app


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


def test_a_class_has_its_label_definition_and_synonyms(client: FlaskClient) -> None:
    """And its IRI, and what it is."""
    text = page(client, "/HamstringStrain")
    assert "<h1>Hamstring strain</h1>" in text
    assert "<code>https://w3id.org/primum/HamstringStrain</code>" in text
    words = read(client, "/HamstringStrain")
    assert "Strain of one of the posterior thigh muscles" in words
    assert "hamstring strain injury; hamstring tear; pulled hamstring" in words


def test_a_page_names_its_forms(client: FlaskClient) -> None:
    """For a program in the head, for a reader in the body; the IRI is the canonical address."""
    text = page(client, "/hamstring-strain")
    assert '<link rel="canonical" href="https://w3id.org/primum/HamstringStrain">' in text
    for media, ending in (("text/turtle", "ttl"), ("application/ld+json", "jsonld")):
        path = f"/HamstringStrain.{ending}"
        assert f'<link rel="alternate" type="{media}" href="{path}">' in text
        assert f'<a href="{path}" type="{media}">' in text


def test_what_stands_above_and_below_a_class_are_links(client: FlaskClient) -> None:
    """The next wider and narrower ones apart from those further off."""
    text = page(client, "/MuscleStrain", "hierarchy")
    above, rest = text.split("<h3>Further above</h3>")
    further, below = rest.split("<h3>Directly below</h3>")
    assert '<a href="/AcuteSoftTissueInjury">' in above
    assert '<a href="/Condition">' in further
    assert '<a href="/HamstringStrain">Hamstring strain</a>' in below
    assert '<a href="/HamstringStrain">' not in above + further


def test_a_link_has_its_sources_locators_and_confidence(client: FlaskClient) -> None:
    """Beside what else its axiom says, under the property that it is a link by."""
    text = page(client, "/IliotibialBandSyndrome")
    links = text.split('id="links"')[1].split("</section>")[0]
    assert '<h3><a href="/hasRiskFactor">has risk factor</a></h3>' in links
    one = links.split('<a href="/RunningDownhill">')[1].split("</li>")[0]
    assert '<a href="/source/SEED-ITBS">' in one
    assert "bullet 3b" in one
    assert re.search(r'<dt><a href="/confidence">confidence</a></dt><dd>\w+</dd>', one)


def test_links_that_follow_say_where_from(client: FlaskClient) -> None:
    """What is stated of muscle strains holds for those of the hamstrings; no link stands twice."""
    found = read(client, "/HamstringStrain", "following")
    assert "Muscle spasm, from Muscle strain" in found
    assert "has feature" not in found
    assert "Older age" not in found


def test_what_is_linked_shows_the_links_that_lead_to_it(client: FlaskClient) -> None:
    """A risk factor names the injuries that it is one of."""
    text = page(client, "/OlderAge", "linking")
    assert '<h3><a href="/hasRiskFactor">has risk factor</a></h3>' in text
    assert '<a href="/HamstringStrain">Hamstring strain</a>' in text


def test_rules_stand_on_the_pages_of_all_that_they_name(client: FlaskClient) -> None:
    """In words and in Manchester syntax; a kind of treatment has those of its parent by name."""
    for path in ("/Massage", "/MuscleStrain"):
        words = read(client, path, "rules")
        assert (
            "Massage: Relative contraindication; the injury is Muscle strain; has grade: 2, 3; "
            "hours since onset: less than 168; window bound: minimum."
        ) in words
        assert "(hasGrade some xsd:integer[>= 2])" in words
    assert "first 168 hours: Relative contraindication, for Massage" in read(
        client, "/DeepFrictionMassage", "rules"
    )


def test_every_rule_is_on_the_page_of_its_treatment(client: FlaskClient, primum: Primum) -> None:
    """So of no treatment is a rule hidden."""
    for rule in primum.release.knowledge.rules[::9]:
        for region in rule.regions:
            for iri in region.treatments.required | region.factors.required:
                path = f"/{iri.removeprefix(BASE)}"
                assert f'<a href="/{rule.id}">' in page(client, path), (rule.id, path)


def test_a_window_names_the_rules_that_refer_to_it(client: FlaskClient) -> None:
    """A shared window is a class like any other; what it equals is told."""
    assert "Rules that name it" in read(client, "/AcuteStageSituation", "rules")
    text = page(client, "/AcuteStageSituation").split("<h3>The same</h3>")[1]
    assert '<a href="/SeedAcuteStageSituation">' in text.split("</ul>")[0]


def test_mappings_lead_to_public_vocabularies(client: FlaskClient) -> None:
    """By the relation, to the IRI."""
    text = page(client, "/AdductorLongus", "mappings")
    assert "exact match" in text
    assert 'href="http://purl.obolibrary.org/obo/UBERON_0000303" rel="external"' in text


def test_the_sources_of_a_term_are_links(client: FlaskClient) -> None:
    """Each goes by its title."""
    text = page(client, "/HamstringStrain", "sources")
    assert '<a href="/source/YUMMI-HAM">' in text


def test_axioms_are_in_manchester_syntax(client: FlaskClient) -> None:
    """With each name a link, and what a class shares no member with."""
    words = read(client, "/HamstringStrain", "axioms")
    assert "SubClassOf MuscleStrain" in words
    assert "hasSite some (BicepsFemoris or Semimembranosus or Semitendinosus)" in words
    assert "DisjointWith PatientFactor" in read(client, "/Intervention", "axioms")
    assert "Range xsd:integer[>= 1, <= 3]" in read(client, "/hasGrade", "axioms")


def test_what_the_build_derives_is_told_apart(client: FlaskClient) -> None:
    """Grades that are possible; subclasses and links are shown above."""
    derived = read(client, "/HamstringStrain", "derived")
    assert "possible grade 1 2 3" in derived
    assert "entails" not in derived
    assert "has risk factor" not in derived
    assert "hamstring-strain" in read(client, "/HamstringStrain", "stated")
