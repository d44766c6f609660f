"""The axioms that proofs may use, as they stand in the files: with file and triples.

Read from the graphs of a release, not from what the build compiled of it. Links of an injury, a
treatment or a factor to what no rule can ask about are left out.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.errors import KnowledgeNotFound, OutsideFragment
from primum.foundation.names import OWL, RDF, RDFS, Graph
from primum.knowledge.origins import Origins
from primum.knowledge.owl import Lifter, Triple, read_expression, read_range
from primum.knowledge.rdf import Triples, Value
from primum.knowledge.roles import ROLES
from primum.model.expressions import Expression, Named, Some, SomeNumber
from primum.model.manchester import manchester
from primum.model.proofs import Axiom, Kind

_RELATIONS = {
    Kind.SUBCLASS: ox.NamedNode(RDFS + "subClassOf"),
    Kind.EQUIVALENT: ox.NamedNode(OWL + "equivalentClass"),
    Kind.DISJOINT: ox.NamedNode(OWL + "disjointWith"),
}
_TYPE, _RANGE = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "range")
_MEMBERS = ox.NamedNode(OWL + "members")
_FUNCTIONAL = ox.NamedNode(OWL + "FunctionalProperty")
_HEADS = frozenset(_RELATIONS.values())
_DECIMAL = re.compile(r'"(\d+)(?:\.(\d*?)0*)?"(?=\^\^\S+#decimal>)')
_Stated = tuple[Kind, tuple[Expression, ...], Triple]


def read_axiom_base(dataset: Path) -> tuple[Axiom, ...]:
    """The axioms of a release, in a fixed order.

    They are read from the file of the dataset: a store would spell some numbers in another way.
    Raises KnowledgeNotFound where another release has taken its place.
    """
    if not dataset.is_file():
        raise KnowledgeNotFound(f"{dataset} is gone: another release took its place. Load that.")
    graphs: dict[str, list[ox.Quad]] = {Graph.ASSERTED: [], Graph.INFERRED: []}
    for quad in ox.parse(path=dataset, format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in graphs:
            graphs[quad.graph_name.value].append(quad)
    origins = Origins.read(graphs[Graph.INFERRED])
    return axiom_base_of(Triples(graphs[Graph.ASSERTED]), origins)


def axiom_base_of(triples: Triples, origins: Origins) -> tuple[Axiom, ...]:
    """The axioms of a graph that a rule can turn on, in a fixed order."""
    found = (*_on_classes(triples), *_on_members(triples), *_on_properties(triples))
    return tuple(
        Axiom(kind, parts, origins.file(head), statement_lines(triples, head))
        for kind, parts, head in found
    )


def check_written(axiom: Axiom) -> None:
    """Raise OutsideFragment for an axiom that a proof would show otherwise than its file has it."""
    if axiom.kind in _RELATIONS:
        lifter = Lifter()
        one, other = (lifter.lift(part) for part in axiom.parts)
        head = one, _RELATIONS[axiom.kind], other
        triples = Triples(ox.Quad(*triple) for triple in [*lifter.triples, head])
        if _plain(statement_lines(triples, head)) != _plain(axiom.triples):
            raise OutsideFragment(
                f"The axiom `{' '.join(map(manchester, axiom.parts))}` in {axiom.file} cannot be "
                "shown in a proof: a range needs a lower bound, which stands before the upper one."
            )


def statement_lines(triples: Triples, head: Triple) -> tuple[str, ...]:
    """A statement's triples as sorted N-Triples, blank nodes numbered in the order they are met.

    `head` is the one triple that makes it a statement; the others describe what it relates.
    """
    names: dict[Value, str] = {}
    numbers = count(1)
    lines: list[str] = []

    def name(node: Value) -> str:
        if not isinstance(node, ox.BlankNode):
            return str(node)
        if node not in names:
            names[node] = f"_:b{next(numbers)}"
            for predicate in sorted(triples.predicates(node)):
                if ox.NamedNode(predicate) not in _HEADS:
                    for value in triples.values(node, predicate):
                        lines.append(f"{names[node]} <{predicate}> {name(value)} .")
        return names[node]

    subject, predicate, value = head
    name(subject)
    if predicate != _MEMBERS:
        lines.append(f"{name(subject)} {predicate} {name(value)} .")
    return tuple(sorted(lines))


def _on_classes(triples: Triples) -> Iterator[_Stated]:
    """Subclasses, definitions and disjoint pairs."""
    for kind, predicate in _RELATIONS.items():
        for node in triples.every_subject_of(predicate.value):
            for value in triples.values(node, predicate.value):
                parts = read_expression(triples, node), read_expression(triples, value)
                if not (isinstance(parts[1], Some) and parts[1].property not in ROLES):
                    yield kind, parts, (node, predicate, value)


def _on_members(triples: Triples) -> Iterator[_Stated]:
    """Classes of which no two share a member."""
    for node in triples.of_type(OWL + "AllDisjointClasses"):
        for head in triples.values(node, _MEMBERS.value):
            parts = tuple(read_expression(triples, each) for each in triples.list_of(head))
            yield Kind.DISJOINT_CLASSES, parts, (node, _MEMBERS, head)


def _on_properties(triples: Triples) -> Iterator[_Stated]:
    """Which properties have one value only, and which numbers they can have."""
    for iri in ROLES:
        node = ox.NamedNode(iri)
        if _FUNCTIONAL in triples.values(node, _TYPE.value):
            yield Kind.FUNCTIONAL, (Named(iri),), (node, _TYPE, _FUNCTIONAL)
        for value in triples.values(node, _RANGE.value):
            if found := read_range(triples, value):
                yield Kind.RANGE, (Named(iri), SomeNumber(iri, *found)), (node, _RANGE, value)


def _plain(lines: Iterable[str]) -> list[str]:
    """The lines, sorted, with each decimal number spelled in one way."""
    return sorted(_DECIMAL.sub(lambda found: f'"{found[1]}.{found[2] or 0}"', s) for s in lines)
