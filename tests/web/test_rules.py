"""The rules over HTTP: filters, single rules by any name, conditions in Manchester syntax."""

import time
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from primum.use_cases.service import Primum
from primum.web.app import create_app

Json = dict[str, Any]
RULE = "MassageStrainGrade2To3Week"


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


def rules(client: FlaskClient, query: str = "") -> dict[str, Json]:
    """The rules of a query, by id."""
    response = client.get(f"/v1/rules?{query}")
    assert response.status_code == 200, response.text
    return {each["rule"]["id"]: each for each in response.get_json()["rules"]}


def test_every_rule_is_listed(client: FlaskClient, primum: Primum) -> None:
    """Without a filter all rules come, with a notice and the edition."""
    expected = [rule.id for rule in primum.release.knowledge.rules]
    assert list(rules(client)) == expected
    assert list(client.get("/v1/rules").get_json()) == ["notice", "knowledge", "rules"]


def test_a_rule_says_what_why_when_and_on_what_condition(client: FlaskClient) -> None:
    """Level, rationale, sources, topic, window and the condition as Protégé shows it."""
    rule = client.get(f"/v1/rules/{RULE}").get_json()["rule"]
    assert (rule["level"], rule["topic"], rule["confidence"]) == ("relative", "massage", "high")
    assert rule["windows"] == [{"fromHours": 0, "untilHours": 168, "bound": "minimum"}]
    assert rule["condition"] == (
        "TreatmentSituation and (proposes some Massage) and (forInjury some MuscleStrain) and "
        "(forInjury some ((hasGrade value 2) or (hasGrade value 3))) and "
        "(hoursSinceOnset some xsd:decimal[>= 0, < 168])"
    )
    assert rule["rationale"]
    assert rule["sources"][0]["id"] == "SEED-ITBS"


@pytest.mark.parametrize(
    "name",
    [
        RULE,
        RULE.upper(),
        "Massage in muscle strain of grade 2 to 3, first 168 hours",
        f"https://w3id.org/primum/{RULE}",
        f"primum:{RULE}",
    ],
)
def test_a_rule_is_found_by_any_of_its_names(client: FlaskClient, name: str) -> None:
    """Id, label, IRI and prefixed name, in any case, with slashes encoded or not."""
    for path in (quote(name, safe=""), quote(name)):
        response = client.get(f"/v1/rules/{path}")
        assert response.status_code == 200, response.text
        assert response.get_json()["rule"]["rule"]["id"] == RULE


def test_a_slug_names_a_rule(client: FlaskClient, primum: Primum) -> None:
    """Every rule is found by its slug."""
    for rule in primum.release.knowledge.rules[:20]:
        found = client.get(f"/v1/rules/{rule.slug}").get_json()
        assert found["rule"]["rule"]["id"] == rule.id


def test_an_unknown_rule_is_a_404_with_the_nearest(client: FlaskClient) -> None:
    """The problem names the rules that are spelled most like it."""
    response = client.get("/v1/rules/massage-strain-grade-2-to-3-weak")
    assert response.status_code == 404
    problem = response.get_json()
    assert problem["type"].endswith("/unknown-name")
    assert problem["errors"][0]["parameter"] == "id"
    assert RULE in problem["errors"][0]["allowed"]


def test_a_very_long_name_is_refused_soon(client: FlaskClient) -> None:
    """Looking for the nearest names is no way to keep the service busy."""
    start = time.perf_counter()
    assert client.get("/v1/rules/" + "massage" * 8000).status_code in (404, 414)
    assert time.perf_counter() - start < 20


# --- Filters -------------------------------------------------------------------------------------


def test_a_rule_on_a_parent_covers_the_child(client: FlaskClient) -> None:
    """What holds of massage holds of deep friction massage, not the other way round."""
    parent = rules(client, "treatment=massage")
    child = rules(client, "treatment=DeepFrictionMassage")
    assert parent.keys() < child.keys()
    assert RULE in parent


def test_an_injury_has_the_rules_that_can_speak_of_it(client: FlaskClient) -> None:
    """Rules on muscle strain cover hamstring strain; those on sprains do not."""
    found = rules(client, "injury=hamstring+strain&treatment=massage")
    assert RULE in found
    assert RULE not in rules(client, "injury=IliotibialBandSyndrome")


@pytest.mark.parametrize(
    "level", ["absolute", "relative", "precaution", "for", "against", "uncertain"]
)
def test_levels_and_directions_choose(client: FlaskClient, level: str) -> None:
    """Each level or direction leaves its own rules, and some."""
    found = rules(client, f"level={level}").values()
    assert found
    assert {each.get("level") or each.get("direction") for each in found} == {level}


def test_filters_add_up(client: FlaskClient) -> None:
    """What fits several filters fits each of them."""
    filters = ["topic=massage", "confidence=high", "source=SEED-ITBS", "level=relative"]
    together = rules(client, "&".join(filters)).keys()
    assert RULE in together
    assert together == set.intersection(*(set(rules(client, each)) for each in filters))


def test_a_source_is_found_by_its_iri(client: FlaskClient) -> None:
    """Any of its names will do."""
    by_iri = rules(client, "source=https://w3id.org/primum/source/SEED-ITBS")
    assert by_iri.keys() == rules(client, "source=seed-itbs").keys()


@pytest.mark.parametrize(
    ("query", "kind", "parameter"),
    [
        ("treatment=masage", "unknown-name", "treatment"),
        ("injury=hamstring+strian", "unknown-name", "injury"),
        ("source=nobody", "unknown-name", "source"),
        ("level=none", "invalid-value", "level"),
        ("level=", "invalid-value", "level"),
        ("topic=weather", "invalid-value", "topic"),
        ("confidence=total", "invalid-value", "confidence"),
        ("level=for&level=against", "invalid-value", "level"),
        ("grade=2", "unknown-parameter", "grade"),
    ],
)
def test_a_filter_that_fits_nothing_known_is_a_400(
    client: FlaskClient, query: str, kind: str, parameter: str
) -> None:
    """Each names its parameter, and what may stand there."""
    response = client.get(f"/v1/rules?{query}")
    assert response.status_code == 400
    problem = response.get_json()
    assert problem["type"].endswith(f"/{kind}")
    assert problem["errors"][0]["parameter"] == parameter
