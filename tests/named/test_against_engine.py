"""Questions that the engine can be asked too: it must say the same."""

import pyoxigraph as ox
from tests.named.asking import asked, picked, records
from tests.named.compiled import only, parts

from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.spans import Span
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum


def test_factors_are_ranked_by_the_treatments_that_they_bar(
    primum: Primum, knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """What the engine answers for each factor, for an injury and a time that bar nothing."""
    injury = primum.vocabulary.injuries.find("patellofemoral-pain-syndrome", where="injury").iri
    quiet = primum.engine.answer(Case(injury, 0, Span.at(100_000)))
    assert not [f for f in quiet.findings if f.certain]
    expected = {}
    for factor in knowledge.factors:
        answer = primum.engine.answer(Case(injury, 0, Span.at(100_000), frozenset({factor.iri})))
        certain = [f.certain for f in answer.findings if f.certain]
        if certain:
            expected[factor.id] = (len(certain), certain.count(Level.ABSOLUTE))
    found = records(questions, store, "factors-by-treatments-barred")
    assert expected == {
        row["factor"]: (int(row["barred"]), int(row["absolutely"])) for row in found
    }


def test_what_a_factor_bars_is_what_the_engine_answers(
    primum: Primum, knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """The strictest `always` row without an injury is the engine's level, for every factor.

    And `bars` is true of exactly these.
    """
    injury = primum.vocabulary.injuries.find("patellofemoral-pain-syndrome", where="injury").iri
    for number, factor in enumerate(knowledge.factors):
        answer = primum.engine.answer(Case(injury, 0, Span.at(100_000), frozenset({factor.iri})))
        expected = {f.treatment.id: f.certain.word for f in answer.findings if f.certain}
        found: dict[str, str] = {}
        for row in records(questions, store, "barred-by-factor", [("factor", factor.id)]):
            if row["extent"] == "always" and not row["injury"]:
                found.setdefault(row["treatment"], row["level"])
        assert expected == found, factor.id
        for treatment in knowledge.treatments[number % 8 :: 8]:
            pairs = [("treatment", treatment.id), ("factor", factor.id)]
            assert asked(questions, store, "bars", pairs) == [
                (str(treatment.id in expected).lower(),)
            ]


def test_recommendations_of_an_injury_are_those_of_the_engine(
    primum: Primum, knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """Over all time and grades the engine finds the same rules for the treatments they name."""
    for injury in knowledge.injuries:
        answer = primum.engine.answer(Case(injury.iri))
        certain = {
            region
            for region in parts(knowledge, barring=False)
            if region[1].injuries.required <= knowledge.axioms.above[injury.iri]
        }
        expected = {(rule.id, rule.word) for rule, _, _ in certain}
        found = picked(
            records(questions, store, "recommendations", [("injury", injury.id)]), "rule", "effect"
        )
        assert expected == found, injury.id
        possible = {r.rule.id for f in answer.findings for r in f.recommended}
        assert {rule for rule, _ in found} <= possible


def test_evidence_of_a_treatment_is_every_appraisal_of_it_or_a_wider_one(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """For every treatment."""
    for treatment in knowledge.treatments:
        expected = {
            (rule.id, rule.word, only(region.injuries.required))
            for rule, region, _ in parts(knowledge, barring=False)
            if region.treatments.required <= knowledge.axioms.above[treatment.iri]
        }
        found = records(questions, store, "evidence", [("treatment", treatment.id)])
        assert expected == picked(found, "rule", "effect", "injury"), treatment.id


def test_what_is_indicated_and_barred_is_both_for_the_engine(
    primum: Primum, knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """For each row there are hours at which the engine names the bar among its reasons."""
    for injury in knowledge.injuries:
        found = records(questions, store, "indicated-and-contraindicated", [("injury", injury.id)])
        for row in found:
            case = Case(injury.iri, int(row["grade"]) if row["grade"] else None, Span.at(0))
            finding = next(
                f for f in primum.engine.answer(case).findings if f.treatment.id == row["treatment"]
            )
            assert row["rule"] in {reason.rule.id for reason in finding.reasons}, row
            rule = next(rule for rule in knowledge.rules if rule.id == row["indication"])
            assert rule.word == "for"
