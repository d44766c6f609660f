"""A proof as RDF says in PROV-O what came from what, and which rule is behind what is proved."""

from typing import Any

import pyoxigraph as ox
import pytest
from tests.proofs.bases import shipped

from primum.foundation.names import BASE, INFERENCE_BASE, PROV, RDF, SH, SITUATION_BASE, SOURCE_BASE
from primum.model.proofs import Proof
from primum.use_cases.proof_documents import document
from primum.use_cases.proof_graphs import graph, turtle
from primum.use_cases.proving import Prover
from primum.use_cases.service import Primum

SITUATION = ox.NamedNode(SITUATION_BASE + "situation")
RULE = ox.NamedNode(BASE + "MassageStrainGrade2To3Week")
LEVEL = ox.NamedNode(BASE + "RelativelyContraindicated")
TYPE, REIFIES = ox.NamedNode(RDF + "type"), ox.NamedNode(RDF + "reifies")
SOURCE_RULE = ox.NamedNode(SH + "sourceRule")


def prov(name: str) -> ox.NamedNode:
    """A term of PROV-O."""
    return ox.NamedNode(PROV + name)


def objects(triples: list[ox.Triple], subject: Any, predicate: ox.NamedNode) -> list[Any]:
    """The values of a property."""
    return [t.object for t in triples if t.subject == subject and t.predicate == predicate]


@pytest.fixture(scope="module")
def triples(design_proof: Proof) -> list[ox.Triple]:
    """The design question's proof, read back from Turtle."""
    return [quad.triple for quad in ox.parse(turtle(design_proof), format=ox.RdfFormat.TURTLE)]


def test_turtle_reads_back_as_the_graph(design_proof: Proof, triples: list[ox.Triple]) -> None:
    """Nothing is lost on the way through Turtle 1.2."""
    assert graph(design_proof) == sorted(triples, key=str)


def test_the_inferred_triple_names_its_rule(triples: list[ox.Triple]) -> None:
    """A reifier of the triple that is proved carries sh:sourceRule."""
    inferred = ox.Triple(SITUATION, TYPE, LEVEL)
    [reifier] = [t.subject for t in triples if t.predicate == REIFIES and t.object == inferred]
    assert inferred in triples
    expected = [RULE]
    assert expected == objects(triples, reifier, SOURCE_RULE)


def test_each_conclusion_comes_from_what_it_cites(
    design_proof: Proof, triples: list[ox.Triple]
) -> None:
    """Each step is derived from what it cites, by an activity with its rule as the plan."""
    steps = document(design_proof)["steps"]
    base = str(next(t.subject for t in triples if t.predicate == SOURCE_RULE)).split("#")[0][1:]
    for step in steps:
        cited = {c if isinstance(c, str) else f"step-{c}" for c in step["from"]}
        expected = {ox.NamedNode(f"{base}#{name}") for name in cited}
        entity = ox.NamedNode(f"{base}#step-{step['step']}")
        [activity] = objects(triples, entity, prov("wasGeneratedBy"))
        [association] = objects(triples, activity, prov("qualifiedAssociation"))
        plan = ox.NamedNode(INFERENCE_BASE + step["by"])
        assert expected == set(objects(triples, entity, prov("wasDerivedFrom")))
        assert expected == set(objects(triples, activity, prov("used")))
        assert [plan] == objects(triples, association, prov("hadPlan"))


def test_the_rule_leads_to_its_sources(triples: list[ox.Triple]) -> None:
    """Whoever follows the rule finds the document it rests on."""
    sources = objects(triples, RULE, prov("hadPrimarySource"))
    assert sources
    assert all(source.value.startswith(SOURCE_BASE) for source in sources)


def test_what_is_only_supposed_is_not_asserted(primum: Primum, prover: Prover) -> None:
    """A level that holds only possibly is told of and not stated; a certain one is stated."""
    seen = set()
    for case, finding in shipped(primum, prover, seed=8).findings(25):
        for proof in prover.proofs(case, finding):
            written = graph(proof)
            holds = document(proof)["holds"]
            levels = [t.object for t in written if t.predicate == SOURCE_RULE]
            count = len(document(proof)["steps"])
            steps = {t.subject for t in written if t.predicate == REIFIES}
            [last] = [node for node in steps if str(node).endswith(f"#step-{count}>")]
            [proved] = objects(written, last, REIFIES)
            assert (holds != "possible") == (proved in written)
            assert (holds == "never") == (not levels)
            seen.add(holds)
    assert {"possible", "certain", "never"} == seen
