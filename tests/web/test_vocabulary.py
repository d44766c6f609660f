"""The vocabulary over HTTP: injuries, treatments, factors and sources as lists for forms."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from primum.use_cases.service import Primum
from primum.web.app import create_app

Json = dict[str, Any]


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


def listed(client: FlaskClient, name: str) -> dict[str, Json]:
    """A list by the ids of what it holds."""
    found = client.get(f"/v1/{name}").get_json()
    assert list(found) == ["notice", "knowledge", name]
    return {each["id"]: each for each in found[name]}


@pytest.mark.parametrize("name", ["injuries", "treatments", "factors"])
def test_every_term_is_listed_with_what_names_it(
    client: FlaskClient, primum: Primum, name: str
) -> None:
    """Each term of the knowledge stands there once, in the order of labels."""
    terms = getattr(primum.release.knowledge, name)
    found = listed(client, name)
    assert list(found) == [term.id for term in terms]
    for term in terms:
        stated = found[term.id]
        assert (stated["iri"], stated["slug"], stated["label"]) == (term.iri, term.slug, term.label)
        assert stated["definition"] == term.definition
        assert stated["synonyms"] == list(term.synonyms)
        assert set(stated["parents"]) <= set(found)


def test_a_list_says_of_which_knowledge_it_is(client: FlaskClient, primum: Primum) -> None:
    """The notice and the edition stand first."""
    found, knowledge = client.get("/v1/injuries").get_json(), primum.release.knowledge
    assert found["notice"] == knowledge.notice
    edition = {"version": knowledge.edition.version, "digest": knowledge.edition.digest}
    assert found["knowledge"] == edition


def test_parents_are_the_next_wider_terms(client: FlaskClient) -> None:
    """A hamstring strain is a muscle strain; that it is a soft-tissue injury follows."""
    found = listed(client, "injuries")
    assert found["HamstringStrain"]["parents"] == ["MuscleStrain"]
    assert found["SoftTissueInjury"]["parents"] == []
    several = ["GreaterTrochantericPainSyndrome", "Tendinopathy"]
    assert found["GlutealTendinopathy"]["parents"] == several


def test_parents_lead_to_every_wider_term(client: FlaskClient, primum: Primum) -> None:
    """Following parents reaches each named superclass, so that a form can draw the tree."""
    knowledge = primum.release.knowledge
    for name in ("injuries", "treatments", "factors"):
        found = listed(client, name)
        ids = {each["iri"]: each["id"] for each in found.values()}
        for each in found.values():
            reached, todo = {each["id"]}, list(each["parents"])
            while todo:
                parent = todo.pop()
                reached.add(parent)
                todo += found[parent]["parents"]
            assert reached == {ids[i] for i in knowledge.axioms.above[each["iri"]] if i in ids}


def test_injuries_have_the_grades_they_can_have(client: FlaskClient) -> None:
    """Strains have three grades, overuse injuries none, and a general class any."""
    found = listed(client, "injuries")
    assert found["HamstringStrain"]["grades"] == [1, 2, 3]
    assert found["IliotibialBandSyndrome"]["grades"] == []


def test_factors_defined_by_age_have_its_bounds(client: FlaskClient) -> None:
    """Completed years, from one up to but not at the other; other factors have none."""
    found = listed(client, "factors")
    assert found["Age65OrOver"]["ages"] == {"fromYears": 65, "untilYears": None}
    assert found["Age12OrUnder"]["ages"] == {"fromYears": 0, "untilYears": 13}
    assert "ages" not in found["Fever"]


def test_sources_tell_how_many_rules_cite_them(client: FlaskClient, primum: Primum) -> None:
    """Every source stands there, those that no rule cites as well."""
    found = listed(client, "sources")
    for rule in primum.release.knowledge.rules:
        assert {citation.source.id for citation in rule.citations} <= set(found)
    cited = [r for r in primum.release.knowledge.rules if "SEED-ITBS" in _cited(r)]
    assert found["SEED-ITBS"]["rules"] == len(cited)
    assert found["SEED-ITBS"]["title"]
    assert min(each["rules"] for each in found.values()) == 0


def _cited(rule: Any) -> set[str]:
    """The ids of the sources of a rule."""
    return {citation.source.id for citation in rule.citations}


@pytest.mark.parametrize("name", ["injuries", "treatments", "factors", "sources", "knowledge"])
def test_a_parameter_is_refused_where_none_is_taken(client: FlaskClient, name: str) -> None:
    """Nothing is ignored."""
    response = client.get(f"/v1/{name}?page=2")
    assert response.status_code == 400
    assert response.get_json()["type"].endswith("/unknown-parameter")


def test_the_body_is_written_once(client: FlaskClient) -> None:
    """The same bytes come again."""
    assert client.get("/v1/factors").data == client.get("/v1/factors").data
