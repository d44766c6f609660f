"""Axioms use the datatypes of OWL 2 alone; a date or a duration is none of them."""

from collections.abc import Iterator

import pyoxigraph as ox

from primum.foundation.names import OWL, RDF, RDFS, XSD, shorten
from primum.knowledge.rdf import Node
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "datatype-forbidden": "An axiom uses a datatype that is none of OWL 2, such as xsd:date or "
    "xsd:duration; reasoners refuse it or differ. Count hours as xsd:decimal and years as "
    "xsd:integer, or say it in an annotation as plain text.",
}

_OF_XSD = (
    *("decimal", "integer", "long", "int", "short", "byte", "double", "float"),
    *("nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    *("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"),
    *("boolean", "hexBinary", "base64Binary", "anyURI", "dateTime", "dateTimeStamp"),
)
OF_OWL_2 = frozenset(
    [XSD + name for name in _OF_XSD]
    + [OWL + "real", OWL + "rational", RDFS + "Literal"]
    + [RDF + name for name in ("PlainLiteral", "XMLLiteral", "langString")]
)
"""The datatype map of OWL 2 (Structural Specification, section 4)."""

_FILLERS = frozenset(
    [OWL + name for name in ("someValuesFrom", "allValuesFrom", "onDatatype", "onDataRange")]
    + [RDFS + "range"]
)
_FACETS = frozenset(
    XSD + name for name in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
)
_ANNOTATION = OWL + "AnnotationProperty"


def datatypes(subject: Subject) -> Iterator[Remark]:
    """The uses of other datatypes in axioms, one remark for each term and datatype."""
    seen: set[tuple[str, str]] = set()
    for quad in subject.sources.dataset:
        used = _used(subject, quad)
        if used is None or isinstance(quad.subject, ox.Triple):
            continue
        owner = subject.owner(quad.subject)
        if (owner, used) not in seen:
            seen.add((owner, used))
            yield _remark(subject, owner, used)


def _remark(subject: Subject, owner: str, used: str) -> Remark:
    """The remark on one use."""
    name = subject.called(owner) if owner else "general axiom"
    found = Remark(
        "datatype-forbidden",
        Severity.ERROR,
        f"An axiom of {name} uses {shorten(used)}, which is no datatype of OWL 2.",
        term=owner,
    )
    return subject.placed(found, mentioning=used)


def _used(subject: Subject, quad: ox.Quad) -> str | None:
    """The foreign datatype that a triple uses in an axiom, if it does."""
    predicate, value = quad.predicate.value, quad.object
    if isinstance(value, ox.NamedNode):
        foreign = value.value.startswith(XSD) and value.value not in OF_OWL_2
        return value.value if foreign and _is_filler(subject, quad) else None
    if isinstance(value, ox.Literal) and value.datatype.value not in OF_OWL_2:
        return value.datatype.value if _is_logical(subject, predicate) else None
    return None


def _is_filler(subject: Subject, quad: ox.Quad) -> bool:
    """Whether the value of a triple is what a restriction or a range admits."""
    if isinstance(quad.subject, ox.Triple) or quad.predicate.value not in _FILLERS:
        return False
    return not _has_type(subject, quad.subject, _ANNOTATION)


def _is_logical(subject: Subject, predicate: str) -> bool:
    """Whether literals of a property are part of axioms, not of annotations."""
    if predicate in _FACETS or predicate in (OWL + "hasValue", RDF + "first"):
        return True
    return _has_type(subject, ox.NamedNode(predicate), OWL + "DatatypeProperty")


def _has_type(subject: Subject, node: Node, kind: str) -> bool:
    return kind in subject.triples.iris(node, RDF + "type")
