"""The shapes refuse every fault they were written for, and the shipped knowledge has none of them.

A bad file under `shapes/bad` is named after the code it must trigger. Where one constraint can be
broken in several ways, a word after a dot tells its files apart, as in `date-literal.time.ttl`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, SH

ROOT = Path(__file__).resolve().parents[1]
SHAPES = ROOT / "rules" / "shapes"
CASES = ROOT / "tests" / "shapes"
KINDS = ("rule", "term")
BAD = sorted(CASES.glob("bad/*/*.ttl"))
GOOD = sorted(CASES.glob("good/*.ttl"))
CODE = URIRef("https://w3id.org/primum/shapes/code")


class Fault(NamedTuple):
    """One validation result: the code of the constraint, the node at fault and the value there."""

    code: str
    focus: str
    value: str


def name(path: Path) -> str:
    """Name a case in test reports, as in `rule/window-empty`."""
    return f"{path.parent.name}/{path.stem}"


def read(*paths: Path) -> Graph:
    """Merge Turtle files into one graph."""
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


@cache
def shapes(*kinds: str) -> Graph:
    """Read the shapes of these kinds."""
    return read(*(SHAPES / f"{kind}.ttl" for kind in kinds))


@cache
def vocabulary() -> Graph:
    """Read what a case may refer to: the core of the ontology and the sources."""
    return read(ROOT / "ontology" / "core.ttl", ROOT / "ontology" / "sources.ttl")


@cache
def knowledge() -> Graph:
    """Read all that ships: the ontology and the rules, without the shapes."""
    rules = (path for path in ROOT.glob("rules/*/*.ttl") if path.parent != SHAPES)
    return read(*ROOT.glob("ontology/*.ttl"), *rules)


def in_context(path: Path) -> Graph:
    """Read a case with what it refers to in the vocabulary, directly or in turn.

    The whole vocabulary would give the same verdict and take many times as long.
    """
    graph = read(path)
    described: set[object] = set()
    while pending := {*graph.all_nodes(), *graph.predicates()} - described:
        described |= pending
        for node in pending:
            graph += vocabulary().cbd(node)
    return graph


def faults(data: Graph, by: Graph) -> list[Fault]:
    """Validate data, without the advanced features of SHACL, and list what the shapes refuse."""
    _, report, _ = validate(data, shacl_graph=by, advanced=False)
    if not isinstance(report, Graph):
        raise TypeError(report)
    found = []
    for result in report.objects(None, SH.result):
        shape = report.value(result, SH.sourceShape)
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        found.append(Fault(str(by.value(shape, CODE, default=shape)), str(focus), str(value)))
    return sorted(found)


@pytest.mark.parametrize("path", BAD, ids=name)
def test_a_bad_file_triggers_exactly_the_code_it_is_named_after(path: Path) -> None:
    """A file with one fault is refused for that fault and for no other, by both sets of shapes."""
    code, _, _ = path.stem.partition(".")
    assert {code} == {fault.code for fault in faults(in_context(path), shapes(*KINDS))}


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_a_good_file_conforms(path: Path) -> None:
    """A file in order passes both sets of shapes."""
    assert not faults(in_context(path), shapes(*KINDS))


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_knowledge_conforms(kind: str) -> None:
    """The ontology and the rules that ship, taken together, pass the shapes of this kind."""
    assert not faults(knowledge(), shapes(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_has_a_bad_file(kind: str) -> None:
    """No constraint goes unseen: each code has a file to refuse, and each file has its code."""
    seen = {path.stem.partition(".")[0] for path in BAD if path.parent.name == kind}
    assert {str(code) for code in shapes(kind).objects(None, CODE)} == seen


@pytest.mark.parametrize("kind", KINDS)
def test_every_constraint_tells_a_curator_what_to_do(kind: str) -> None:
    """A constraint is named after its code, is a violation and has one message of sentences."""
    graph = shapes(kind)
    for shape, code in graph.subject_objects(CODE):
        (message,) = graph.objects(shape, SH.message)
        assert CODE.replace("/code", f"/{code}") == str(shape)
        assert SH.Violation == graph.value(shape, SH.severity)
        assert str(message).endswith(".")


def test_the_ontology_imports_no_shapes() -> None:
    """Shapes stay out of what Protégé opens, since saving there destroys their lists."""
    imported = {str(ontology) for ontology in knowledge().objects(None, OWL.imports)}
    assert not {ontology for ontology in imported if "/shapes/" in ontology}
