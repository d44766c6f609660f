"""Answers as JSON have the shape that the contracts fix (design, section 5)."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from primum.model.levels import Level, Verdict
from primum.use_cases.documents import Writer, grades_required, plain
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

GOLDEN = Path(__file__).parents[1] / "golden" / "design-question.json"
UPDATE = "PRIMUM_UPDATE_GOLDEN"
DESIGN = Asked("hamstring-strain", grade="2", day="3")
BASE = "https://w3id.org/primum/"
Json = dict[str, Any]


def ask(primum: Primum, asked: Asked = DESIGN, treatment: str | None = None) -> Json:
    """The document of an answer, as it is after a round trip through JSON."""
    answer = primum.ask(asked, treatment=treatment)
    found: Json = json.loads(json.dumps(Writer(primum.release.knowledge).answer(answer)))
    return found


def about(primum: Primum, treatment: str, asked: Asked = DESIGN) -> Json:
    """What the document says of one treatment."""
    found: Json = ask(primum, asked, treatment)["treatments"][0]
    return found


def because(found: Json, rule: str) -> list[Json]:
    """The premises of one reason."""
    premises: list[Json] = next(r for r in found["reasons"] if r["rule"]["id"] == rule)["because"]
    return premises


def premise(found: Json, kind: str) -> list[Json]:
    """All premises of a kind, over all reasons."""
    every = [p for reason in found["reasons"] for p in reason["because"]]
    return [p for p in every if p["premise"] == kind]


def is_reference(document: Json) -> bool:
    """Whether a document names a term by id, IRI and label."""
    return document["iri"].startswith(BASE + document["id"]) and bool(document["label"])


def test_the_question_is_repeated_as_it_was_understood(primum: Primum) -> None:
    """Injury, grade, the day as hours with its convention, factors and screening."""
    question = ask(primum)["question"]
    assert question["injury"] == {
        "id": "HamstringStrain",
        "iri": BASE + "HamstringStrain",
        "label": "Hamstring strain",
    }
    assert question["grade"] == 2
    assert question["factors"] == {"present": [], "absent": []}
    assert question["screening"] == "assume-clear"
    convention = primum.release.knowledge.convention
    assert question["time"] == {"fromHours": 72, "untilHours": 96, "convention": convention}
    assert "day 0" in convention


def test_what_is_not_known_is_null(primum: Primum) -> None:
    """No grade and no time are null; factors are listed by id."""
    asked = Asked("HamstringStrain", present=["fever", "burn"], absent=["pregnancy"])
    question = ask(primum, asked)["question"]
    assert (question["grade"], question["time"]) == (None, None)
    assert [factor["id"] for factor in question["factors"]["present"]] == ["Burn", "Fever"]
    assert [factor["id"] for factor in question["factors"]["absent"]] == ["Pregnancy"]


@pytest.mark.parametrize(("hours", "expected"), [("60", 60), ("47.5", 47.5), ("0.1", 0.1)])
def test_an_instant_begins_and_ends_there(primum: Primum, hours: str, expected: float) -> None:
    """Both bounds are the instant, whole where it is whole."""
    time = ask(primum, Asked("HamstringStrain", grade="2", hours=hours))["question"]["time"]
    assert (time["fromHours"], time["untilHours"]) == (expected, expected)
    assert type(time["fromHours"]) is type(expected)


def test_the_answer_says_on_what_knowledge_it_rests(primum: Primum) -> None:
    """Version, digest and the notice that this is no diagnosis."""
    document, manifest = ask(primum), primum.release.manifest
    assert document["knowledge"] == {"version": manifest.version, "digest": manifest.digest}
    assert document["knowledge"]["digest"].startswith("sha256:")
    assert document["notice"] == primum.release.knowledge.notice


def test_every_treatment_is_answered_strictest_first(primum: Primum) -> None:
    """All treatments of the ontology, once each, by certain and then possible level."""
    treatments = ask(primum)["treatments"]
    terms = {term.id for term in primum.release.knowledge.treatments}
    assert terms == {found["treatment"]["id"] for found in treatments}
    assert len(terms) == len(treatments)
    strength = {level.word: int(level) for level in Level}
    order = [
        tuple(strength[f["level"][side]] for side in ("certain", "possible")) for f in treatments
    ]
    assert order == sorted(order, reverse=True)


def test_every_treatment_has_every_field_of_the_contract(primum: Primum) -> None:
    """The fields that other programs rely on, with values of the right kinds."""
    verdicts, levels = {v.value for v in Verdict}, {level.word for level in Level}
    for found in ask(primum)["treatments"]:
        assert is_reference(found["treatment"])
        assert found["verdict"] in verdicts
        assert {*found["level"].values()} <= levels
        assert found["level"].keys() == {"certain", "possible"}
        assert found["needs"] == []
        assert {"reasons", "screenFor", "recommended"} <= found.keys()
        for screen in found["screenFor"]:
            assert is_reference(screen["factor"])
            assert screen["level"] in levels - {"none"}
            assert screen["rule"] in {rule.id for rule in primum.release.knowledge.rules}


def test_every_reason_has_every_field_of_the_contract(primum: Primum) -> None:
    """Rule, level, certainty, rationale, premises, window, sources and confidence."""
    treatments = ask(primum)["treatments"]
    for reason in [reason for found in treatments for reason in found["reasons"]]:
        assert is_reference(reason["rule"])
        assert reason["level"] in {"absolute", "relative", "precaution"}
        assert reason["holds"] in {"certain", "possible"}
        assert reason["rationale"]
        assert reason["confidence"]
        assert all(
            {"premise", "found", "required", "stands"} <= p.keys() for p in reason["because"]
        )
        assert reason["sources"]
        for source in reason["sources"]:
            assert source["iri"].endswith(source["id"])
            assert source["title"]
            assert "locator" in source
    appraised = [reason for found in treatments for reason in found["recommended"]]
    assert {"for", "against", "uncertain"} >= {reason["direction"] for reason in appraised}
    assert appraised


def test_the_design_question_bars_massage_by_the_week_rule(primum: Primum) -> None:
    """The worked example of the contract, field by field."""
    found = about(primum, "massage")
    assert found["verdict"] == "relatively-contraindicated"
    assert found["level"] == {"certain": "relative", "possible": "relative"}
    expected = {"hours": 168, "bound": "minimum", "verdict": "ruled-out"}
    assert found["changesAt"] == expected
    reason = found["reasons"][0]
    assert (len(found["reasons"]), reason["level"], reason["holds"]) == (1, "relative", "certain")
    assert reason["window"] == {"fromHours": 0, "untilHours": 168, "bound": "minimum"}
    assert {
        "premise": "hours",
        "found": {"fromHours": 72, "untilHours": 96},
        "required": ">= 0, < 168",
        "stands": "met",
    } in reason["because"]


def test_premises_name_the_class_found_and_the_class_required(primum: Primum) -> None:
    """The treatment and the injury asked about, and the parents that the rule speaks of."""
    premises = because(about(primum, "DeepFrictionMassage"), "MassageStrainGrade2To3Week")
    expected: list[Json] = [
        {"premise": "treatment", "found": "DeepFrictionMassage", "required": "Massage"},
        {"premise": "injury", "found": "HamstringStrain", "required": "MuscleStrain"},
        {"premise": "grade", "found": 2, "required": ">= 2"},
    ]
    assert premises[:3] == [{**premise, "stands": "met"} for premise in expected]


def test_a_factor_that_was_named_is_its_own_premise(primum: Primum) -> None:
    """Found and required are the same factor."""
    asked = Asked("HamstringStrain", grade="2", day="3", present=["ActiveBleedingAtSite"])
    factors = premise(about(primum, "massage", asked), "factor")
    expected = {"found": "ActiveBleedingAtSite", "required": "ActiveBleedingAtSite"}
    assert {"premise": "factor", **expected, "stands": "met"} in factors


def test_an_inherited_factor_is_found_as_the_child(primum: Primum) -> None:
    """Third trimester is pregnancy: the child is what was found, the parent what is required."""
    asked = Asked("HamstringStrain", grade="2", day="3", present=["PregnancyThirdTrimester"])
    treatments = ask(primum, asked)["treatments"]
    factors = [p for found in treatments for p in premise(found, "factor")]
    expected = {"found": "PregnancyThirdTrimester", "required": "Pregnancy"}
    assert {"premise": "factor", **expected, "stands": "met"} in factors


def test_an_injury_that_brings_a_factor_along_is_what_was_found(primum: Primum) -> None:
    """A torn tendon counts as the factor, without anyone naming it."""
    treatments = ask(primum, Asked("TendonRupture", day="3"))["treatments"]
    factors = [p for found in treatments for p in premise(found, "factor")]
    expected = {"found": "TendonRupture", "required": "TendonRuptureSuspected"}
    assert {"premise": "factor", **expected, "stands": "met"} in factors


def test_an_open_premise_is_found_as_null(primum: Primum) -> None:
    """Where grade, time or a factor is not known, nothing was found."""
    found = about(primum, "massage", Asked("HamstringStrain", screening="unknown"))
    expected = {"premise": "grade", "found": None, "required": ">= 2", "stands": "open"}
    assert expected in premise(found, "grade")
    assert None in [p["found"] for p in premise(found, "hours")]
    assert {None} == {p["found"] for p in premise(found, "factor")}
    assert {"possible"} == {reason["holds"] for reason in found["reasons"]}


def test_an_excluded_factor_is_required_not_to_be(primum: Primum) -> None:
    """A recommendation that active bleeding would cancel says so."""
    found = about(primum, "HeatTherapy", Asked("QuadricepsContusion", grade="1", day="3"))
    premises = [p for reason in found["recommended"] for p in reason["because"]]
    expected = {"premise": "factor", "found": None, "required": "not ActiveBleedingAtSite"}
    assert {**expected, "stands": "met", "assumed": True} in premises


def test_there_is_no_change_where_the_levels_stay(primum: Primum) -> None:
    """After the last window, and without a dated onset, `changesAt` is left out."""
    for asked in (Asked("HamstringStrain", grade="2", hours="2000"), Asked("HamstringStrain")):
        assert not [f for f in ask(primum, asked)["treatments"] if "changesAt" in f]


def test_a_rule_for_any_time_has_no_window(primum: Primum) -> None:
    """Active bleeding bars massage at any hour."""
    asked = Asked("HamstringStrain", grade="2", day="30", present=["ActiveBleedingAtSite"])
    reasons = about(primum, "massage", asked)["reasons"]
    windows = {reason["rule"]["id"]: reason["window"] for reason in reasons}
    assert windows["MassageActiveBleeding"] is None


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ({1}, "= 1"),
        ({2, 3}, ">= 2"),
        ({1, 2, 3}, ">= 1"),
        ({1, 2}, "1 or 2"),
        ({1, 3}, "1 or 3"),
        ({0, 1}, "1 or none"),
        ({0}, "none"),
        ({3}, "= 3"),
    ],
)
def test_grades_in_words(grades: set[int], expected: str) -> None:
    """A set of grades reads as a person would say it."""
    assert grades_required(frozenset(grades)) == expected


def test_a_whole_number_stays_whole() -> None:
    """72 hours are not 72.0 hours."""
    assert (repr(plain(72)), plain(72)) == ("72", 72)


def test_the_whole_answer_is_as_reviewed(primum: Primum) -> None:
    """The golden answer; read a change in it as a clinical change.

    `PRIMUM_UPDATE_GOLDEN=1` writes it anew. The digest is left out: it changes with any file.
    """
    document = ask(primum)
    del document["knowledge"]["digest"]
    if os.environ.get(UPDATE):
        text = json.dumps(document, indent=1, ensure_ascii=False)
        GOLDEN.write_text(text + "\n", encoding="utf-8")
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == document
