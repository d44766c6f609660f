"""Questions about rules, computed another way: from the compiled rules, without SPARQL."""

from collections import Counter
from itertools import product

import pyoxigraph as ox
import pytest
from tests.named.asking import asked, picked, records
from tests.named.compiled import covered, only, parts

from primum.foundation.names import Kind, local_name
from primum.model.knowledge import Knowledge
from primum.model.manchester import spell
from primum.model.regions import GRADES, Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.use_cases.named.questions import Questions


def test_all_contraindications_are_in_the_table(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """One row for each region and grade, with its constraints."""
    expected = {
        (
            rule.id,
            rule.word,
            only(region.treatments.required),
            only(region.injuries.required),
            only(region.factors.required),
            str(grade) if grade is not None else "",
            spell(region.hours.end.at) if region.hours.end else "",
            bound,
            rule.confidence,
            rule.topic,
        )
        for rule, region, bound in parts(knowledge)
        for grade in (sorted(region.grades) if region.grades != GRADES else [None])
    }
    columns = "rule itsLevel treatment injury factor grade untilHours bound itsConfidence topic"
    assert expected == picked(records(questions, store, "rules"), *columns.split())


def test_rules_are_counted_by_what_they_say_and_how_far_they_are_trusted(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """Contraindications and recommendations."""
    expected = Counter((rule.word, rule.confidence) for rule in knowledge.rules)
    found = asked(questions, store, "rules-by-confidence")
    assert expected == {(effect, trust): int(count) for effect, trust, count in found}


def test_sources_are_ranked_by_the_rules_that_cite_them(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """How many cite each, and how many cite nothing else."""
    citing = [{citation.source.id for citation in rule.citations} for rule in knowledge.rules]
    rules = Counter(source for sources in citing for source in sources)
    alone = Counter(source for sources in citing if len(sources) == 1 for source in sources)
    found = records(questions, store, "sources-by-rules")
    assert rules == {row["source"]: int(row["rules"]) for row in found}
    assert alone == {row["source"]: int(row["alone"]) for row in found if row["alone"] != "0"}


@pytest.mark.parametrize("source", ["SEED-ITBS", "NHS-SPRAINS", "DUBOIS-2020", "RXR-IBUCALM"])
def test_rules_on_a_source_are_those_that_cite_it(
    knowledge: Knowledge, questions: Questions, store: ox.Store, source: str
) -> None:
    """With the place in it, and whether the rule rests on nothing else."""
    expected = {
        (rule.id, rule.word, str(len(rule.citations) == 1).lower(), citation.locator)
        for rule in knowledge.rules
        for citation in rule.citations
        if citation.source.id == source
    }
    found = records(questions, store, "rules-on-source", [("source", source)])
    assert expected == picked(found, "rule", "effect", "alone", "locator")


def test_coverage_counts_own_and_inherited_rules(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """And the treatments without a rule are those with neither."""
    own: dict[str, set[str]] = {term.id: set() for term in knowledge.treatments}
    inherited: dict[str, set[str]] = {term.id: set() for term in knowledge.treatments}
    for rule, region, _ in parts(knowledge):
        named = only(region.treatments.required)
        own[named].add(rule.id)
        for treatment in covered(knowledge, region) - {named}:
            inherited[treatment].add(rule.id)
    found = records(questions, store, "rule-coverage")
    assert {row["treatment"]: int(row["own"]) for row in found} == {
        treatment: len(rules) for treatment, rules in own.items()
    }
    assert {row["treatment"]: int(row["inherited"]) for row in found} == {
        treatment: len(rules) for treatment, rules in inherited.items()
    }
    silent = {treatment for treatment in own if not own[treatment] and not inherited[treatment]}
    assert silent == {row[0] for row in asked(questions, store, "treatments-without-rule")}


@pytest.mark.parametrize("treatment", ["DeepFrictionMassage", "Tens", "IbuprofenOral", "Brace"])
def test_what_a_treatment_inherits_and_what_it_has(
    knowledge: Knowledge, questions: Questions, store: ox.Store, treatment: str
) -> None:
    """Rules on wider classes; with its own they are all rules about it."""
    about = {
        (rule.id, only(region.treatments.required))
        for rule, region, _ in parts(knowledge)
        if treatment in covered(knowledge, region)
    }
    pairs = [("treatment", treatment)]
    assert about == picked(records(questions, store, "rules-about", pairs), "rule", "covered")
    inherited = {(rule, named) for rule, named in about if named != treatment}
    found = records(questions, store, "inherited-rules", pairs)
    assert inherited == picked(found, "rule", "covered")
    factors = {
        (rule.id, only(region.factors.required))
        for rule, region, _ in parts(knowledge)
        if treatment in covered(knowledge, region) and region.factors.required
    }
    assert factors == picked(
        records(questions, store, "screening-factors", pairs), "rule", "factor"
    )


def test_windows_are_those_of_the_regions(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """All of them; the ones that end at the earliest are the minimum windows."""
    every = [*parts(knowledge), *parts(knowledge, barring=False)]
    timed = {
        (rule.id, start(region.hours), end(region.hours), bound)
        for rule, region, bound in every
        if region.hours != Span()
    }
    found = records(questions, store, "windows")
    assert timed == picked(found, "rule", "fromHours", "untilHours", "bound")
    minimum = {rule.id for rule, _, bound in parts(knowledge) if bound == "minimum"}
    assert minimum == {row[0] for row in asked(questions, store, "open-ended-windows")}


def start(span: Span) -> str:
    """Where a window begins, if not at onset."""
    return spell(span.start.at) if span.start.at else ""


def end(span: Span) -> str:
    """Where a window ends, if it does."""
    return spell(span.end.at) if span.end else ""


def test_sources_disagree_where_rules_alike_in_reason_differ(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """Pairs of rules with the same injury and factor, different sources, and another strength."""
    expected = {
        (one.id, other.id)
        for (one, region, _), (other, second, _) in product(parts(knowledge), repeat=2)
        if disagree(knowledge, one, region, other, second)
    }
    found = records(questions, store, "disagreements-on-strength")
    assert expected == picked(found, "rule", "otherRule")
    assert len(expected) > 10


def disagree(knowledge: Knowledge, one: Rule, region: Region, other: Rule, second: Region) -> bool:
    """Whether two rules bar one treatment for one reason to another degree or time."""
    (treatment,), (wider,) = region.treatments.required, second.treatments.required
    if one == other or wider not in knowledge.axioms.above[treatment]:
        return False
    alike = region.injuries == second.injuries and region.factors == second.factors
    apart = {c.source.iri for c in one.citations}.isdisjoint(c.source.iri for c in other.citations)
    differ = one.level != other.level or region.hours.end != second.hours.end
    first = treatment != wider or (-one.level, one.iri) < (-other.level, other.iri)
    return alike and apart and differ and first


def test_sources_differ_on_benefit_where_advice_meets_doubt(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """For a treatment or a wider one, and an injury or a wider one."""
    above = knowledge.axioms.above

    def meet(one: frozenset[str], other: frozenset[str]) -> bool:
        (a,), (b,) = one, other
        return a in above[b] or b in above[a]

    expected = {
        (advice.id, doubt.id)
        for (advice, region, _), (doubt, second, _) in product(
            parts(knowledge, barring=False), repeat=2
        )
        if advice.word == "for" and doubt.word != "for"
        if meet(region.treatments.required, second.treatments.required)
        if meet(region.injuries.required, second.injuries.required)
    }
    assert expected == picked(
        records(questions, store, "disagreements-on-benefit"), "advice", "doubt"
    )


def test_rules_that_ask_for_a_grade(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """Each with the grades in which it holds."""
    expected = {
        (rule.id, str(grade))
        for rule in knowledge.rules
        for region in rule.regions
        if region.grades != GRADES
        for grade in region.grades
    }
    assert expected == picked(records(questions, store, "rules-by-grade"), "rule", "grade")


def test_red_flags_are_the_rules_of_their_file(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """Each with every treatment that it covers."""
    expected = {
        (rule.id, treatment)
        for rule, region, _ in parts(knowledge)
        if rule.topic == "red-flags"
        for treatment in covered(knowledge, region)
    }
    assert expected == picked(records(questions, store, "red-flags"), "rule", "treatment")


def test_a_hierarchy_is_that_of_the_reasoner(
    knowledge: Knowledge, questions: Questions, store: ox.Store
) -> None:
    """The classes below each kind; a parent always stands above."""
    above = knowledge.axioms.above
    for kind in (Kind.INJURY, Kind.TREATMENT, Kind.FACTOR):
        found = records(questions, store, "class-hierarchy", [("top", local_name(kind))])
        expected = {local_name(iri) for iri, supers in above.items() if kind in supers - {iri}}
        assert expected == {row["class"] for row in found}
        for row in found:
            parents = {
                local_name(iri) for iri in above[f"{kind.rpartition('/')[0]}/{row['class']}"]
            }
            assert row["parent"] in parents
            wider = parents - {row["class"]}
            between = {w for w in wider if kind in above[f"{kind.rpartition('/')[0]}/{w}"]}
            assert int(row["depth"]) == len(between)
