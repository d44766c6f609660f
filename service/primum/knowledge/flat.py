"""Regions and axioms as flat triples, and back: what a release keeps for engine and SPARQL alike.

Each region is a node of the `rules` graph with one triple per constraint. A missing predicate
means that the dimension is not constrained, except that `regionGrade 0` stands for an injury
without a grade.
"""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from primum.foundation.names import BASE, OWL, RDF, RDFS, REGION_BASE, Datatype, Flat
from primum.knowledge.rdf import Triples
from primum.model.knowledge import Axioms
from primum.model.levels import Appraisal, Level
from primum.model.manchester import spell
from primum.model.regions import GRADES, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Number, Span, exact

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

_EFFECTS: dict[str, Level | Appraisal] = {
    **{level.word: level for level in Level if level},
    **{appraisal.value: appraisal for appraisal in Appraisal},
}
_CLASSES = {
    "treatments": (Flat.TREATMENT, Flat.NOT_TREATMENT),
    "injuries": (Flat.INJURY, Flat.NOT_INJURY),
    "factors": (Flat.FACTOR, Flat.NOT_FACTOR),
}


def _triple(subject: str, predicate: str, value: str) -> Triple:
    return ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value)


def _number(subject: str, predicate: str, value: Number, datatype: str) -> Triple:
    literal = ox.Literal(spell(value), datatype=ox.NamedNode(datatype))
    return ox.NamedNode(subject), ox.NamedNode(predicate), literal


def _text(subject: str, predicate: str, value: str) -> Triple:
    return ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(value)


def rule_triples(rule: Rule) -> Iterator[Triple]:
    """The regions of a rule."""
    yield _text(rule.iri, Flat.TOPIC, rule.topic)
    for number, (region, bound) in enumerate(zip(rule.regions, rule.bounds, strict=True), start=1):
        node = f"{REGION_BASE}{rule.id}-{number}"
        yield _triple(node, RDF + "type", Flat.REGION)
        yield _triple(node, Flat.OF_RULE, rule.iri)
        yield _text(node, Flat.EFFECT, rule.word)
        if rule.level:
            yield _number(node, Flat.RANK, int(rule.level), Datatype.INTEGER)
        if bound:
            yield _text(node, Flat.BOUND, bound)
        yield from _region_triples(node, region)


def _region_triples(node: str, region: Region) -> Iterator[Triple]:
    """The constraints of a region."""
    for dimension, (required, excluded) in _CLASSES.items():
        constraint: Classes = getattr(region, dimension)
        for iri in sorted(constraint.required):
            yield _triple(node, required, iri)
        for iri in sorted(constraint.excluded):
            yield _triple(node, excluded, iri)
    for grade in sorted(region.grades) if region.grades != GRADES else ():
        yield _number(node, Flat.GRADE, grade, Datatype.INTEGER)
    start, end = region.hours.start, region.hours.end
    if start != Cut(0):
        predicate = Flat.FROM_OPEN if start.after else Flat.FROM
        yield _number(node, predicate, start.at, Datatype.DECIMAL)
    if end is not None:
        predicate = Flat.UNTIL_CLOSED if end.after else Flat.UNTIL
        yield _number(node, predicate, end.at, Datatype.DECIMAL)
    yield from _age_triples(node, region.ages)


def _age_triples(node: str, ages: Span) -> Iterator[Triple]:
    """A span of whole years as `from` (inclusive) and `until` (exclusive)."""
    if ages.start != Cut(0):
        yield _number(node, Flat.AGE_FROM, ages.start.at + ages.start.after, Datatype.INTEGER)
    if ages.end is not None:
        yield _number(node, Flat.AGE_UNTIL, ages.end.at + ages.end.after, Datatype.INTEGER)


def axiom_triples(axioms: Axioms) -> Iterator[Triple]:
    """The axioms of the engine that are not subclass links, one triple each where possible.

    `entails` joins each class to itself, to its superclasses, and to the factors that come with
    it, so that a query needs no property path.
    """
    for one in axioms.above:
        for other in sorted(axioms.entailed_by(one)):
            yield _triple(one, Flat.ENTAILS, other)
    for predicate, pairs in ((OWL + "disjointWith", axioms.disjoint), (Flat.APART, axioms.apart)):
        for pair in pairs:
            yield _triple(min(pair), predicate, max(pair))
    for one, factors in axioms.implied.items():
        for factor in factors:
            yield _triple(one, Flat.IMPLIES, factor)
    yield from _grade_triples(Flat.POSSIBLE_GRADE, axioms.grades)
    yield from _grade_triples(Flat.DEFINING_GRADE, axioms.by_grade)
    for factor, ages in axioms.by_age.items():
        yield _triple(factor, RDF + "type", Flat.BY_AGE)
        yield from _age_triples(factor, ages)


def asking_triples(facts: Mapping[str, Iterable[str]], factors: Iterable[str]) -> Iterator[Triple]:
    """What rules ask records for: the properties by injury, and the factors that any rule names."""
    for injury, properties in facts.items():
        for asked in properties:
            yield _triple(injury, Flat.ASKS_FOR, asked)
    for factor in factors:
        yield ox.NamedNode(factor), ox.NamedNode(Flat.ASKED_BY_RULES), ox.Literal(True)


def _grade_triples(predicate: str, by_class: Mapping[str, frozenset[int]]) -> Iterator[Triple]:
    """The grades of each class."""
    for iri, grades in by_class.items():
        for grade in grades:
            yield _number(iri, predicate, grade, Datatype.INTEGER)


def read_regions(triples: Triples) -> dict[str, tuple[tuple[Region, str], ...]]:
    """For each rule IRI, its regions in order, each with the bound of its window."""
    found: dict[str, list[tuple[int, Region, str]]] = {}
    for node in triples.named_of_type(Flat.REGION):
        rule = triples.iris(node, Flat.OF_RULE)[0]
        number = int(node.value.rpartition("-")[2])
        entry = (number, _region(triples, node), triples.text(node, Flat.BOUND))
        found.setdefault(rule, []).append(entry)
    return {
        rule: tuple((region, bound) for _, region, bound in sorted(entries, key=lambda e: e[0]))
        for rule, entries in found.items()
    }


def read_effect(triples: Triples, rule: str) -> Level | Appraisal:
    """What a rule says, from its first region."""
    first_region = ox.NamedNode(f"{REGION_BASE}{rule.removeprefix(BASE)}-1")
    return _EFFECTS[triples.text(first_region, Flat.EFFECT)]


def _region(triples: Triples, node: ox.NamedNode) -> Region:
    """A region from its flat triples."""
    constraints = {
        dimension: Classes(
            frozenset(triples.iris(node, required)), frozenset(triples.iris(node, excluded))
        )
        for dimension, (required, excluded) in _CLASSES.items()
    }
    grades = frozenset(int(text) for text in triples.texts(node, Flat.GRADE))
    return Region(
        **constraints,
        grades=grades or GRADES,
        hours=_span(triples, node, (Flat.FROM, Flat.FROM_OPEN), (Flat.UNTIL, Flat.UNTIL_CLOSED)),
        ages=_span(triples, node, (Flat.AGE_FROM,), (Flat.AGE_UNTIL,)),
    )


def _span(
    triples: Triples, node: ox.NamedNode, starts: tuple[str, ...], ends: tuple[str, ...]
) -> Span:
    """A span from its bounds; the second predicate of a pair puts the cut after the number."""
    start: Cut | None = None
    end: Cut | None = None
    for after, predicate in enumerate(starts):
        if text := triples.text(node, predicate):
            start = Cut(exact(text), bool(after))
    for after, predicate in enumerate(ends):
        if text := triples.text(node, predicate):
            end = Cut(exact(text), bool(after))
    return Span(start or Cut(0), end)


def read_closure(triples: Triples) -> dict[str, frozenset[str]]:
    """Each class with itself and all its superclasses."""
    return {
        node.value: frozenset({node.value, *triples.iris(node, RDFS + "subClassOf")})
        for node in triples.subjects_of(RDFS + "subClassOf")
    }


def read_axioms(triples: Triples, kinds: frozenset[str]) -> Axioms:
    """The axioms of a release; `kinds` are the top classes whose subclasses people name."""
    above = read_closure(triples) | {kind: frozenset({kind}) for kind in kinds}
    named = {iri: supers for iri, supers in above.items() if supers & kinds}
    nodes = [ox.NamedNode(iri) for iri in sorted(named)]
    aged = triples.named_of_type(Flat.BY_AGE)
    return Axioms(
        above={iri: supers & named.keys() for iri, supers in named.items()},
        disjoint=_pairs(triples, nodes, OWL + "disjointWith"),
        implied={
            node.value: frozenset(factors)
            for node in nodes
            if (factors := triples.iris(node, Flat.IMPLIES))
        },
        apart=_pairs(triples, nodes, Flat.APART),
        grades=_grades(triples, nodes, Flat.POSSIBLE_GRADE),
        by_grade=_grades(triples, nodes, Flat.DEFINING_GRADE),
        by_age={n.value: _span(triples, n, (Flat.AGE_FROM,), (Flat.AGE_UNTIL,)) for n in aged},
    )


def _pairs(
    triples: Triples, nodes: list[ox.NamedNode], predicate: str
) -> frozenset[frozenset[str]]:
    """The unordered pairs that a predicate relates."""
    return frozenset(
        frozenset({node.value, other}) for node in nodes for other in triples.iris(node, predicate)
    )


def _grades(
    triples: Triples, nodes: list[ox.NamedNode], predicate: str
) -> dict[str, frozenset[int]]:
    """The grades that a predicate gives, by class."""
    return {
        node.value: frozenset(map(int, texts))
        for node in nodes
        if (texts := triples.texts(node, predicate))
    }
