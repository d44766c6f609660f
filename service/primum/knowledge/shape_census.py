"""Every shape of case records is of a kind that the reader understands: none is passed over."""

from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import OWL, RDF, RDFS, SH, shorten
from primum.foundation.names import Shape as Words
from primum.knowledge.rdf import Node, Triples, describe

_TARGETS: Final = frozenset(
    SH + name for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
)
_READ: Final = frozenset(SH + name for name in ("targetObjectsOf", "targetSubjectsOf"))
_OF_FORMS: Final = _TARGETS | {RDF + "type", SH + "property"}
_CLASSES: Final = (RDFS + "Class", OWL + "Class")


def demand_understood(triples: Triples) -> None:
    """Raise OutsideFragment for a shape that checks records and that the reader would pass over.

    A shape is a form, which lists coded constraints by name; a coded constraint, which a form lists
    or which says whose values or subjects it is about; or a part of others, without a target.
    """
    coded = frozenset(node.value for node in triples.subjects_of(Words.CODE))
    aimed = triples.every_subject_of(*_TARGETS)
    listed: set[str] = set()
    for node in aimed:
        if not (isinstance(node, ox.NamedNode) and node.value in coded):
            listed |= _listed(triples, node, coded)
    for iri in sorted(coded - {Words.CONTRADICTION, Words.OUTSIDE} - listed):
        if not _READ & triples.predicates(ox.NamedNode(iri)):
            raise _refused(ox.NamedNode(iri), "is listed by no form and has no target that is read")
    for kind in _CLASSES:
        for node in triples.of_type(kind):
            raise _refused(node, "is a class, and so a target of itself")


def _listed(triples: Triples, node: Node, coded: frozenset[str]) -> set[str]:
    """The constraints that a form lists; raises OutsideFragment where it is no form."""
    more = {p for p in triples.predicates(node) if p.startswith(SH)} - _OF_FORMS
    if more:
        raise _refused(node, f"has no code, and says {', '.join(sorted(map(shorten, more)))}")
    about = triples.iris(node, SH + "targetObjectsOf")
    is_record = isinstance(node, ox.NamedNode) and node.value == Words.RECORD
    if not is_record and (len(about) != 1 or triples.predicates(node) & (_TARGETS - _READ)):
        raise _refused(node, "is a form, and so about the values of one property")
    found: set[str] = set()
    for one in triples.values(node, SH + "property"):
        if not (isinstance(one, ox.NamedNode) and one.value in coded):
            raise _refused(node, f"lists {describe(one)}, which has no code")
        found.add(one.value)
    return found


def _refused(node: Node, why: str) -> OutsideFragment:
    """The error for a shape that would be passed over."""
    return OutsideFragment(
        f"The shape {describe(node)} {why}. A constraint on records is coded, and is listed by the "
        "form of its node or has sh:targetObjectsOf or sh:targetSubjectsOf."
    )
