"""The words of OWL, RDF and RDFS that the layout speaks of, by the part they play."""

from typing import Final

from primum.foundation.names import OWL, RDF, RDFS, XSD

TYPE: Final = RDF + "type"
FIRST: Final = RDF + "first"
REST: Final = RDF + "rest"
NIL: Final = RDF + "nil"
LIST: Final = RDF + "List"

ONTOLOGY: Final = OWL + "Ontology"
VERSION_IRI: Final = OWL + "versionIRI"
IMPORTS: Final = OWL + "imports"

AXIOM: Final = OWL + "Axiom"
SOURCE: Final = OWL + "annotatedSource"
PROPERTY: Final = OWL + "annotatedProperty"
TARGET: Final = OWL + "annotatedTarget"

CLASS: Final = OWL + "Class"
DATATYPE: Final = RDFS + "Datatype"
RESTRICTION: Final = OWL + "Restriction"
ON_PROPERTY: Final = OWL + "onProperty"
ON_DATATYPE: Final = OWL + "onDatatype"
FACETS: Final = OWL + "withRestrictions"
INTERSECTION: Final = OWL + "intersectionOf"
UNION: Final = OWL + "unionOf"
COMPLEMENT: Final = OWL + "complementOf"
ONE_OF: Final = OWL + "oneOf"
SOME: Final = OWL + "someValuesFrom"
ALL: Final = OWL + "allValuesFrom"
VALUE: Final = OWL + "hasValue"
SELF: Final = OWL + "hasSelf"
ON_CLASS: Final = OWL + "onClass"
ON_DATA_RANGE: Final = OWL + "onDataRange"

SUBCLASS: Final = RDFS + "subClassOf"
EQUIVALENT: Final = OWL + "equivalentClass"
DISJOINT: Final = OWL + "disjointWith"
DISJOINT_UNION: Final = OWL + "disjointUnionOf"
SUBPROPERTY: Final = RDFS + "subPropertyOf"
DOMAIN: Final = RDFS + "domain"
RANGE: Final = RDFS + "range"
EQUIVALENT_PROPERTY: Final = OWL + "equivalentProperty"
DISJOINT_PROPERTY: Final = OWL + "propertyDisjointWith"
INVERSE: Final = OWL + "inverseOf"
CHAIN: Final = OWL + "propertyChainAxiom"
DIFFERENT: Final = OWL + "differentFrom"

MEMBERS: Final = OWL + "members"
DISTINCT_MEMBERS: Final = OWL + "distinctMembers"
ALL_DISJOINT_CLASSES: Final = OWL + "AllDisjointClasses"
ALL_DISJOINT_PROPERTIES: Final = OWL + "AllDisjointProperties"
ALL_DIFFERENT: Final = OWL + "AllDifferent"

FUNCTIONAL: Final = OWL + "FunctionalProperty"
CHARACTERISTICS: Final[dict[str, int]] = {
    FUNCTIONAL: 15,
    OWL + "InverseFunctionalProperty": 16,
    OWL + "SymmetricProperty": 17,
    OWL + "AsymmetricProperty": 18,
    OWL + "TransitiveProperty": 19,
    OWL + "ReflexiveProperty": 20,
    OWL + "IrreflexiveProperty": 21,
}
"""What an object property can be, and the place of that axiom among others."""

FACET_ORDER: Final = tuple(
    XSD + name
    for name in (
        "length",
        "minLength",
        "maxLength",
        "pattern",
        "minInclusive",
        "minExclusive",
        "maxInclusive",
        "maxExclusive",
        "totalDigits",
        "fractionDigits",
    )
)

CARDINALITIES: Final[dict[str, tuple[int, int]]] = {
    OWL + "minCardinality": (3008, 3015),
    OWL + "minQualifiedCardinality": (3008, 3015),
    OWL + "cardinality": (3009, 3016),
    OWL + "qualifiedCardinality": (3009, 3016),
    OWL + "maxCardinality": (3010, 3017),
    OWL + "maxQualifiedCardinality": (3010, 3017),
}
"""The places of a cardinality on an object property and on a data property."""

ANNOTATIONS: Final = frozenset(
    (
        RDFS + "label",
        RDFS + "comment",
        RDFS + "seeAlso",
        RDFS + "isDefinedBy",
        OWL + "deprecated",
        OWL + "versionInfo",
        OWL + "priorVersion",
        OWL + "backwardCompatibleWith",
        OWL + "incompatibleWith",
    )
)
"""The annotation properties that need no declaration."""

THING: Final = OWL + "Thing"
NOTHING: Final = OWL + "Nothing"
LITERAL: Final = RDFS + "Literal"
LANGUAGE_TAGGED: Final = RDF + "langString"
PLAIN: Final = RDF + "PlainLiteral"
NON_NEGATIVE: Final = XSD + "nonNegativeInteger"


_DATATYPES: Final = frozenset((LITERAL, PLAIN, LANGUAGE_TAGGED, RDF + "XMLLiteral")) | {
    XSD + name
    for name in [
        "anyURI",
        "base64Binary",
        "boolean",
        "byte",
        "dateTime",
        "dateTimeStamp",
        "decimal",
        "double",
        "float",
        "hexBinary",
        "int",
        "integer",
        "language",
        "long",
        "Name",
        "NCName",
        "negativeInteger",
        "NMTOKEN",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "normalizedString",
        "positiveInteger",
        "short",
        "string",
        "token",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    ]
}


def is_vocabulary(iri: str) -> bool:
    """Whether an IRI is of OWL, RDF or RDFS, whose words mean something to a reasoner."""
    return iri.startswith((OWL, RDF, RDFS))


def is_data_range(iri: str) -> bool:
    """Whether an IRI names a datatype that OWL 2 has, which needs no declaration."""
    return iri in _DATATYPES
