"""From the axioms that Pellet says clash to the axioms of the files: what is said, and where.

Pellet names a term by the last part of its IRI and writes OWL in words of its own. An axiom of the
files is the one that is meant where both use the same words the same number of times.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment, UnreadableFile
from primum.foundation.names import OWL, RDF, RDFS, local_name
from primum.knowledge.files import Sources
from primum.knowledge.owl import Triple, read_expression, read_range
from primum.knowledge.pellet import stated_axioms
from primum.knowledge.rdf import Triples, Value
from primum.model.expressions import SomeNumber
from primum.model.manchester import facets, manchester

_RELATIONS = {
    RDFS + "subClassOf": "SubClassOf",
    OWL + "equivalentClass": "EquivalentTo",
    OWL + "disjointWith": "DisjointWith",
    RDFS + "subPropertyOf": "SubPropertyOf",
    RDFS + "domain": "Domain",
    RDFS + "range": "Range",
    OWL + "inverseOf": "InverseOf",
    RDF + "type": "Type",
}
_KINDS = frozenset(
    {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "NamedIndividual")}
)
_WORD = re.compile(r"[\w.#/-]+|[<>]=?")
_NOISE = frozenset({"and", "xsd"})
Name = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Stated:
    """An axiom of the files: as Manchester syntax, and what it is about.

    `subject` is the IRI on which it stands, "" for a general axiom. An axiom that could not be
    found in the files is as Pellet has it.
    """

    text: str
    subject: str = ""
    head: Triple | None = None


def justification(explanation: str, sources: Sources, *, name: Name) -> list[Stated]:
    """The axioms of an explanation as the files have them; `name` says how IRIs are written."""
    triples = Triples(sources.dataset)
    wanted = [_bag(text) for text in stated_axioms(explanation)]
    found: dict[tuple[str, ...], Stated] = {}
    for head in _heads(triples):
        plain = _written(triples, head, local_name)
        if plain is not None and (bag := _bag(plain)) in wanted:
            found.setdefault(
                bag, Stated(_written(triples, head, name) or plain, _about(head), head)
            )
    return [
        found.get(bag, Stated(text))
        for bag, text in zip(wanted, stated_axioms(explanation), strict=True)
    ]


def _about(head: Triple) -> str:
    return head[0].value if isinstance(head[0], ox.NamedNode) else ""


def _heads(triples: Triples) -> Iterator[Triple]:
    """The triples that make statements axioms."""
    for predicate in _RELATIONS:
        for node in triples.every_subject_of(predicate):
            for value in triples.values(node, predicate):
                yield node, ox.NamedNode(predicate), value
    members = OWL + "members"
    for node in triples.of_type(OWL + "AllDisjointClasses"):
        for value in triples.values(node, members):
            yield node, ox.NamedNode(members), value


def _written(triples: Triples, head: Triple, name: Name) -> str | None:
    """An axiom in Manchester syntax, or None where it is no class or property axiom."""
    node, predicate, value = head
    try:
        if predicate.value == OWL + "members":
            parts = [_class(triples, one, name) for one in triples.list_of(value)]
            return f"DisjointClasses: {', '.join(parts)}"
        if predicate.value == RDF + "type":
            return _typed(node, value, name)
        if predicate.value == RDFS + "range" and (numbers := read_range(triples, value)):
            filler = SomeNumber("", *numbers)
            kind = filler.datatype.rpartition("#")[2]
            return f"{_class(triples, node, name)} Range {kind}[{facets(filler.span)}]"
        return (
            f"{_class(triples, node, name)} {_RELATIONS[predicate.value]} "
            f"{_class(triples, value, name)}"
        )
    except (OutsideFragment, UnreadableFile):
        return None


def _typed(node: Value, value: Value, name: Name) -> str | None:
    """What an individual is an instance of, or what holds of a property; not declarations."""
    if not (isinstance(node, ox.NamedNode) and isinstance(value, ox.NamedNode)):
        return None
    if value.value in _KINDS:
        return None
    if value.value.startswith(OWL):
        return f"{value.value.removeprefix(OWL).removesuffix('Property')} {name(node.value)}"
    return f"{name(node.value)} Type {name(value.value)}"


def _class(triples: Triples, node: Value, name: Name) -> str:
    """A class or property in Manchester syntax."""
    return manchester(read_expression(triples, node), name=name)


def _bag(text: str) -> tuple[str, ...]:
    """The words of an axiom, sorted; what differs between the two ways of writing is left out."""
    words = (word.lower() for word in _WORD.findall(text))
    return tuple(sorted(_number(word) for word in words if word not in _NOISE))


def _number(word: str) -> str:
    """A number without what does not change it."""
    whole, dot, rest = word.partition(".")
    digits = whole.lstrip("-").isdigit() and (not dot or rest.isdigit())
    return f"{whole}.{rest}".rstrip("0").rstrip(".") if digits and dot else word
