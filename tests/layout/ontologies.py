"""Random ontologies in Turtle, of all that the layout is known for, in no order."""

import json
from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

HEAD: Final = """@prefix : <https://example.org/test#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <https://example.org/> .
"""

CLASSES: Final = ("e:A", "e:B1", "e:b-c", "e:Ünder_x", ":D", "<https://example.org/10MG>")
OBJECTS: Final = ("e:near", "e:farFrom", ":p")
DATA: Final = ("e:hours", ":grade")
NOTES: Final = ("e:scope", "skos:definition")
PEOPLE: Final = ("e:one", "e:TWO", ":three")
VALUES: Final = ("e:A", "e:one", "<https://example.org/elsewhere/x>", "<urn:x:1>", "e:unknown")

DECLARED: Final = "".join(
    f"{name} a owl:{kind} .\n"
    for kind, names in (
        ("Class", CLASSES),
        ("ObjectProperty", OBJECTS),
        ("DatatypeProperty", DATA),
        ("AnnotationProperty", NOTES),
        ("NamedIndividual", PEOPLE),
    )
    for name in names
)

_LETTERS: Final = st.text(
    st.sampled_from("ab Z09.,'\"\\\n\t<>&é\u0301€\uffe0\U0001f9b5"), max_size=12
)


def _quoted(text: str) -> str:
    """A text as a Turtle string, escaped as JSON is, but for surrogates."""
    return json.dumps(text, ensure_ascii=False)


_names = st.sampled_from(CLASSES)
_literals = st.one_of(
    _LETTERS.map(_quoted),
    st.builds(
        lambda text, tag: f"{_quoted(text)}@{tag}", _LETTERS, st.sampled_from(["en", "de-at"])
    ),
    st.integers(-99, 99).map(str),
    st.decimals(-99, 99, allow_nan=False, places=2).map(str),
    st.sampled_from(["true", "false", '"x"^^xsd:anyURI', '"2026-11-22T00:00:00Z"^^xsd:dateTime']),
)
_values = st.one_of(_literals, st.sampled_from(VALUES))
_facets = st.lists(
    st.builds(
        lambda facet, number: f"[ xsd:{facet} {number} ]",
        st.sampled_from(["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]),
        st.one_of(st.integers(0, 9).map(str), st.sampled_from(["48.0", "2.50"])),
    ),
    min_size=1,
    max_size=3,
    unique=True,
)
_datatypes = st.sampled_from(["xsd:integer", "xsd:decimal", "xsd:string"])
_bounded = st.builds(
    lambda of, facets: (
        f"[ a rdfs:Datatype ; owl:onDatatype {of} ; owl:withRestrictions ( {' '.join(facets)} ) ]"
    ),
    _datatypes,
    _facets,
)
_listed = st.lists(_literals, min_size=1, max_size=3, unique=True).map(
    lambda items: f"[ a rdfs:Datatype ; owl:oneOf ( {' '.join(items)} ) ]"
)


def _of_ranges(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Ranges of data made of others."""
    several = st.lists(inner, min_size=2, max_size=3, unique=True)
    return st.one_of(
        st.builds(
            lambda how, items: f"[ a rdfs:Datatype ; owl:{how} ( {' '.join(items)} ) ]",
            st.sampled_from(["intersectionOf", "unionOf"]),
            several,
        ),
    )


_ranges = st.recursive(st.one_of(_datatypes, _bounded, _listed), _of_ranges, max_leaves=3)


def _restriction(on: str, says: str) -> str:
    """A restriction in Turtle."""
    return f"[ a owl:Restriction ; owl:onProperty {on} ; {says} ]"


_plain = st.one_of(
    st.builds(
        lambda on, how, within: _restriction(on, f"owl:{how} {within}"),
        st.sampled_from(DATA),
        st.sampled_from(["someValuesFrom", "allValuesFrom"]),
        _ranges,
    ),
    st.builds(
        lambda on, value: _restriction(on, f"owl:hasValue {value}"),
        st.sampled_from(DATA),
        _literals,
    ),
    st.builds(
        lambda on, one: _restriction(on, f"owl:hasValue {one}"),
        st.sampled_from(OBJECTS),
        st.sampled_from(PEOPLE),
    ),
    st.sampled_from(OBJECTS).map(lambda on: _restriction(on, "owl:hasSelf true")),
    st.builds(
        lambda on, how, many: _restriction(on, f'owl:{how} "{many}"^^xsd:nonNegativeInteger'),
        st.sampled_from([*OBJECTS, *DATA]),
        st.sampled_from(["minCardinality", "maxCardinality", "cardinality"]),
        st.integers(0, 12),
    ),
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True).map(
        lambda items: f"[ a owl:Class ; owl:oneOf ( {' '.join(items)} ) ]"
    ),
)


def _of_classes(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Classes made of others."""
    return st.one_of(
        st.builds(
            lambda how, items: f"[ a owl:Class ; owl:{how} ( {' '.join(items)} ) ]",
            st.sampled_from(["intersectionOf", "unionOf"]),
            st.lists(inner, min_size=2, max_size=4, unique=True),
        ),
        inner.map(lambda one: f"[ a owl:Class ; owl:complementOf {one} ]"),
        st.builds(
            lambda on, how, within: _restriction(on, f"owl:{how} {within}"),
            st.sampled_from(OBJECTS),
            st.sampled_from(["someValuesFrom", "allValuesFrom"]),
            inner,
        ),
        st.builds(
            lambda on, how, many, within: _restriction(
                on, f'owl:{how} "{many}"^^xsd:nonNegativeInteger ; owl:onClass {within}'
            ),
            st.sampled_from(OBJECTS),
            st.sampled_from(["minQualifiedCardinality", "qualifiedCardinality"]),
            st.integers(0, 12),
            inner,
        ),
    )


_anonymous = st.recursive(_plain, lambda one: _of_classes(st.one_of(one, _names)), max_leaves=5)
_classes = st.one_of(_names, _anonymous)

_triples: st.SearchStrategy[tuple[str, str, str]] = st.one_of(
    st.tuples(_names, st.sampled_from(["rdfs:subClassOf", "owl:equivalentClass"]), _anonymous),
    st.tuples(_names, st.just("rdfs:subClassOf"), _names),
    st.lists(_names, min_size=2, max_size=2, unique=True).flatmap(
        lambda two: st.sampled_from(["owl:disjointWith", "owl:equivalentClass"]).map(
            lambda by: (two[0], by, two[1])
        )
    ),
    st.tuples(_anonymous, st.just("rdfs:subClassOf"), _classes),
    st.tuples(st.sampled_from(PEOPLE), st.just("rdf:type"), _classes),
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(OBJECTS), st.sampled_from(PEOPLE)),
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DATA), _literals),
    st.tuples(st.just("e:one"), st.just("owl:differentFrom"), st.just("e:TWO")),
    st.tuples(
        st.sampled_from([*CLASSES, *OBJECTS, *DATA, *NOTES, *PEOPLE, "<urn:nowhere:2>"]),
        st.sampled_from(["rdfs:label", "rdfs:comment", "rdfs:seeAlso", *NOTES]),
        _values,
    ),
    st.tuples(st.sampled_from(OBJECTS), st.sampled_from(["rdfs:domain", "rdfs:range"]), _classes),
    st.tuples(st.sampled_from(DATA), st.just("rdfs:domain"), _classes),
    st.tuples(st.sampled_from(DATA), st.just("rdfs:range"), _ranges),
    st.tuples(st.just("e:hours"), st.just("rdf:type"), st.just("owl:FunctionalProperty")),
    st.tuples(
        st.sampled_from(OBJECTS),
        st.just("rdf:type"),
        st.sampled_from(
            [
                f"owl:{kind}Property"
                for kind in ("Functional", "InverseFunctional", "Transitive", "Symmetric")
            ]
        ),
    ),
    st.sampled_from(
        [
            ("e:near", "rdfs:subPropertyOf", ":p"),
            ("e:farFrom", "owl:inverseOf", "e:near"),
            (":p", "owl:equivalentProperty", "e:near"),
            (":grade", "rdfs:subPropertyOf", "e:hours"),
            (":grade", "owl:propertyDisjointWith", "e:hours"),
            ("e:scope", "rdfs:subPropertyOf", "skos:definition"),
            ("e:scope", "rdfs:range", "xsd:string"),
            ("e:scope", "rdfs:domain", "e:A"),
            (":p", "owl:propertyChainAxiom", "( e:near e:farFrom )"),
            ("e:A", "owl:disjointUnionOf", "( e:B1 e:b-c )"),
            ("[]", "rdf:type", "owl:AllDisjointClasses ; owl:members ( e:A :D e:B1 )"),
            ("[]", "rdf:type", "owl:AllDifferent ; owl:distinctMembers ( e:one :three e:TWO )"),
        ]
    ),
)
_annotations = st.lists(
    st.tuples(st.sampled_from([*NOTES, "rdfs:comment"]), _values), min_size=1, max_size=3
)


@st.composite
def ontologies(draw: Callable[..., object]) -> str:
    """An ontology whose terms are all declared."""
    statements = [DECLARED]
    said = draw(st.lists(st.tuples(_triples, st.none() | _annotations), max_size=8))
    assert isinstance(said, list)
    for number, (triple, annotations) in enumerate(said):
        statements.append(_stated(number, triple, annotations))
    head = draw(st.lists(st.tuples(st.sampled_from(NOTES), _values), max_size=2))
    assert isinstance(head, list)
    notes = "".join(f" ; {by} {value}" for by, value in head)
    statements.append(f"<https://example.org/test> a owl:Ontology{notes} .\n")
    return HEAD + "".join(statements)


def _stated(
    number: int, triple: tuple[str, str, str], annotations: list[tuple[str, str]] | None
) -> str:
    """A triple, and its annotations; nodes without a name get one, to be named twice.

    The 5.1 line does not read back a range of data that is annotated, and the 4.5 line loses the
    annotations of an inverse: neither is annotated here.
    """
    subject, predicate, value = triple
    bare = value.startswith("[ a rdfs:Datatype") or predicate == "owl:inverseOf"
    if annotations is None or subject == "[]" or bare:
        return f"{subject} {predicate} {value} .\n"
    text = ""
    if subject.startswith("["):
        text += f"_:s{number} {subject[1:-1].strip()} .\n"
        subject = f"_:s{number}"
    if value.startswith("["):
        text += f"_:o{number} {value[1:-1].strip()} .\n"
        value = f"_:o{number}"
    elif value.startswith("("):
        return f"{text}{subject} {predicate} {value} .\n"
    notes = "".join(f" ; {by} {note}" for by, note in annotations)
    return (
        f"{text}{subject} {predicate} {value} .\n"
        f"[] a owl:Axiom ; owl:annotatedSource {subject} ; owl:annotatedProperty {predicate} ;"
        f" owl:annotatedTarget {value}{notes} .\n"
    )
