"""The properties that rules ask about, and what the engine takes for granted of each.

The engine reads a condition one property at a time. That is right only as long as nothing else is
said of these properties: a narrower range, a subproperty or a chain would entail more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import OWL, RDF, RDFS, Datatype, Kind, Link, shorten
from primum.knowledge.owl import read_range
from primum.knowledge.rdf import Triples, Value
from primum.model.regions import GRADES
from primum.model.spans import Cut, Span

_LOGICAL = (RDFS + "sub", OWL, RDFS + "domain", RDFS + "range")
_DOMAIN, _RANGE, _TYPE = RDFS + "domain", RDFS + "range", RDF + "type"
_RELATING = tuple(
    [RDFS + "subPropertyOf"]
    + [OWL + name for name in ("equivalentProperty", "inverseOf", "propertyDisjointWith")]
)


@dataclass(frozen=True, slots=True)
class Role:
    """What is said of a property: its kind, domain and range, and whether it has one value."""

    kind: str
    domain: str
    range: str | tuple[str, Span]
    functional: bool = True

    def types(self) -> set[str]:
        """The types the property is declared with."""
        return {OWL + self.kind, *([OWL + "FunctionalProperty"] if self.functional else [])}


_GRADES = Span(Cut(1), Cut(max(GRADES), after=True))
ROLES: Final[Mapping[str, Role]] = {
    Link.FOR_INJURY: Role("ObjectProperty", Kind.SITUATION, Kind.INJURY),
    Link.PROPOSES: Role("ObjectProperty", Kind.SITUATION, Kind.TREATMENT),
    Link.HAS_FACTOR: Role("ObjectProperty", Kind.SITUATION, Kind.FACTOR, functional=False),
    Link.HAS_GRADE: Role("DatatypeProperty", Kind.INJURY, (Datatype.INTEGER, _GRADES)),
    Link.HOURS: Role("DatatypeProperty", Kind.SITUATION, (Datatype.DECIMAL, Span())),
    Link.AGE: Role("DatatypeProperty", Kind.SITUATION, (Datatype.INTEGER, Span())),
}


def check_properties(triples: Triples) -> None:
    """Raise OutsideFragment where anything else is said of a property that rules ask about."""
    for iri, role in ROLES.items():
        _check(triples, ox.NamedNode(iri), role)
    for node in triples.every_subject_of(*_RELATING):
        for predicate in _RELATING:
            for other in triples.iris(node, predicate):
                if other in ROLES:
                    raise _refused(node, predicate)


def _check(triples: Triples, node: ox.NamedNode, role: Role) -> None:
    """One property; one that no axiom mentions is left to what mentions it."""
    said = {p for p in triples.predicates(node) if p.startswith(_LOGICAL)}
    for predicate in sorted(said - {_DOMAIN, _RANGE}):
        raise _refused(node, predicate)
    if any(value != ox.NamedNode(role.domain) for value in triples.values(node, _DOMAIN)):
        raise _refused(node, _DOMAIN)
    if any(not _is_range(triples, value, role.range) for value in triples.values(node, _RANGE)):
        raise _refused(node, _RANGE)
    if {t for t in triples.iris(node, _TYPE) if t.startswith(OWL)} - role.types():
        raise _refused(node, _TYPE)


def _is_range(triples: Triples, value: Value, wanted: str | tuple[str, Span]) -> bool:
    """Whether a range is the one the engine takes for granted."""
    if isinstance(wanted, str):
        return value == ox.NamedNode(wanted)
    return read_range(triples, value) == wanted


def _refused(node: Value, predicate: str) -> OutsideFragment:
    """The error for something said of a property that the engine does not honour."""
    name = shorten(node.value) if isinstance(node, ox.NamedNode) else "an anonymous property"
    return OutsideFragment(
        f"{name} has a {shorten(predicate)} that cannot be compiled: the properties that rules "
        "ask about keep the domain, range and kind that ontology/core.ttl gives them, and no more."
    )
