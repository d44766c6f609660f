"""The shapes of case records as a file: whole, portable, and each of them seen to fire."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SH
from rdflib.term import Node
from tests.records import corpus

SHAPES = Path(__file__).resolve().parents[2] / "rules" / "shapes" / "record.ttl"
PREFIX = "https://w3id.org/primum/shapes/"
CODE, ALLOWED = URIRef(PREFIX + "code"), URIRef(PREFIX + "allowed")
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
TIMES = {"assessedAt", "onset", "notBefore", "notAfter", "at"}

# Beyond SHACL core: SHACL-SPARQL, the advanced features, JavaScript.
BEYOND_CORE = {
    *("sparql", "select", "ask", "construct", "prefixes", "declare", "SPARQLTarget"),
    *("rule", "TripleRule", "SPARQLRule", "target", "expression", "filterShape", "values"),
    *("js", "jsLibrary", "jsFunctionName", "JSConstraint", "JSRule", "JSTarget"),
}


@cache
def shapes() -> Graph:
    """The shapes of case records."""
    return Graph().parse(SHAPES)


@cache
def codes() -> dict[str, Node]:
    """Each code, with its shape."""
    return {str(code): shape for shape, code in shapes().subject_objects(CODE)}


def severity(code: str) -> Any:
    """How bad a fault with this code is."""
    return shapes().value(codes()[code], SH.severity)


def seen() -> dict[str, set[str]]:
    """Each code that some file of the corpus is named after, with its variants in JSON and RDF."""
    found: dict[str, set[str]] = defaultdict(set)
    for sample in (*corpus.bad(), *corpus.told(), *corpus.rdf_bad()):
        for code in sample.codes:
            found[code].add(sample.variant)
    return found


def test_every_constraint_tells_what_is_wrong_in_one_sentence() -> None:
    """A constraint is named after its code, and has one severity and one message of sentences."""
    for code, shape in codes().items():
        (message,) = shapes().objects(shape, SH.message)
        (found,) = shapes().objects(shape, SH.severity)
        assert PREFIX + code == str(shape)
        assert found in SEVERITIES
        assert str(message).endswith(".")


def test_every_severity_is_that_of_a_code() -> None:
    """No constraint can be reported that callers cannot name."""
    assert set(codes().values()) == set(shapes().subjects(SH.severity))


def test_no_two_constraints_share_a_message() -> None:
    """A message tells which constraint it is of."""
    messages = [str(shapes().value(shape, SH.message)) for shape in codes().values()]
    assert len(messages) == len(set(messages))


def test_every_member_says_what_may_stand_there() -> None:
    """What is allowed is told in words, or is listed by the terms or texts that may be named."""
    for code, shape in codes().items():
        listed = {SH.node, SH["in"]} & set(shapes().predicates(shape))
        if severity(code) == SH.Violation and not listed:
            assert (shape, ALLOWED, None) in shapes(), code


def test_the_shapes_are_seen_to_fire_each() -> None:
    """No constraint goes unseen: each code has a file to find it in, and each file has its code."""
    assert codes().keys() == seen().keys()


def test_faults_come_in_variants() -> None:
    """A constraint that makes a record wrong is broken in two ways at least."""
    few = {code for code, variants in seen().items() if len(variants) < 2}
    assert not {code for code in few if severity(code) != SH.Info}


def test_bad_records_have_faults_and_others_have_none() -> None:
    """`bad` is for violations and warnings, `told` for what is told of a valid record."""
    assert SH.Info not in {severity(c) for s in corpus.bad() for c in s.codes}
    assert SH.Info not in {severity(c) for s in corpus.rdf_bad() for c in s.codes}
    assert {SH.Info} == {severity(c) for s in corpus.told() for c in s.codes}


def test_the_file_keeps_to_shacl_core() -> None:
    """Any SHACL engine can check a record: no SPARQL, no rules, no script."""
    used = {str(term) for triple in shapes() for term in triple if isinstance(term, URIRef)}
    assert not {f"{SH}{name}" for name in BEYOND_CORE} & used


def test_the_file_is_shacl() -> None:
    """The shapes of SHACL itself accept the file."""
    conforms, _, text = validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


def test_every_node_shape_is_used() -> None:
    """A shape has a target, or another refers to it, or carries the words of a code."""
    targets = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
    for shape in shapes().subjects(RDF.type, SH.NodeShape):
        aimed = targets & set(shapes().predicates(shape))
        referred = [p for _, p in shapes().subject_predicates(shape)]
        assert aimed or referred or (shape, CODE, None) in shapes(), shape


def test_all_times_are_written_alike() -> None:
    """The pattern of a date and time is the same text for every member that holds one."""
    members = [shape for shape in codes().values() if _member(shape) in TIMES]
    patterns = [text for shape in members for text in _patterns(shape)]
    assert len(TIMES) == len(patterns)
    assert len(set(patterns)) == 1


def test_the_ontology_imports_no_shapes() -> None:
    """The file stands apart and imports nothing, since Protégé would destroy its lists."""
    assert not list(shapes().objects(None, OWL.imports))


@pytest.mark.parametrize("sample", [*corpus.bad(), *corpus.told()], ids=str)
def test_every_fault_is_placed(sample: corpus.Sample) -> None:
    """A record that something is found in says where, by JSON Pointers."""
    for place in corpus.places(sample):
        assert place.at == "" or place.at.startswith("/")


def test_nothing_is_expected_of_records_that_are_not_there() -> None:
    """Each entry of `expected.toml` is about a file."""
    for folder, samples in {"bad": corpus.bad(), "told": corpus.told()}.items():
        assert {sample.name for sample in samples} == corpus.expected()[folder].keys()


def _member(shape: Node) -> str:
    """The name of a shape's member in a JSON record."""
    return str(shapes().value(shape, SH.name) or "")


def _patterns(shape: Node) -> list[str]:
    """The patterns of a shape, those of the shapes within it included."""
    within = shapes().cbd(shape) if isinstance(shape, URIRef) else shapes()
    return [str(text) for text in within.objects(None, SH.pattern)]
