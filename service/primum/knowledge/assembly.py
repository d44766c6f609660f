"""From read files and what the reasoner derives to compiled knowledge."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.errors import KnowledgeError, OutsideFragment
from primum.foundation.names import (
    DCTERMS,
    ONTOLOGY,
    OWL,
    PHRASE_BASE,
    RDFS,
    SKOS,
    Effect,
    Kind,
    Link,
    kebab,
    local_name,
    shorten,
)
from primum.knowledge.axioms import Sorted, sort_axioms
from primum.knowledge.compiler import Compiler, Vocabulary
from primum.knowledge.rdf import Node, Triples
from primum.model.expressions import And, Expression, Named, Not, Or
from primum.model.knowledge import Axioms, Closure, Edition, Knowledge, Readiness
from primum.model.levels import Appraisal, Level
from primum.model.regions import GRADES, Region, Regions
from primum.model.rules import Rule
from primum.model.spans import Cut
from primum.model.terms import Citation, Source, Term

EFFECTS: Mapping[str, Level | Appraisal] = {
    Effect.ABSOLUTE: Level.ABSOLUTE,
    Effect.RELATIVE: Level.RELATIVE,
    Effect.PRECAUTION: Level.PRECAUTION,
    Effect.FOR: Appraisal.FOR,
    Effect.AGAINST: Appraisal.AGAINST,
    Effect.UNCERTAIN: Appraisal.UNCERTAIN,
}


def assemble(
    triples: Triples, above: Closure, edition: Edition, declared_in: Mapping[str, Path]
) -> Knowledge:
    """The compiled knowledge; raises OutsideFragment for what cannot be compiled."""
    found = sort_axioms(triples, above)
    axioms, effects = _axioms(above, found), _effects(triples)
    compiler = Compiler(_vocabulary(above, found, effects))
    rules = [
        _rule(triples, compiler, found.definitions, iri, effect, declared_in.get(iri))
        for iri, effect in sorted(effects.items())
    ]
    return Knowledge(
        edition=edition,
        notice=notice(triples),
        convention=convention(triples),
        injuries=terms(triples, axioms, Kind.INJURY),
        treatments=terms(triples, axioms, Kind.TREATMENT),
        factors=terms(triples, axioms, Kind.FACTOR),
        rules=tuple(rules),
        axioms=axioms,
        phrases=phrases(triples),
        findings=findings(triples, above),
        readiness=readiness(triples),
        example=example(triples),
    )


def rule_faults(
    triples: Triples, above: Closure, found: Sorted
) -> Iterator[tuple[str, OutsideFragment]]:
    """Each rule that does not compile, with the reason; `found` are the axioms that do."""
    levels = _levels(triples)
    compiler = Compiler(_vocabulary(above, found, levels))
    for iri, effects in sorted(levels.items()):
        try:
            _rule(triples, compiler, found.definitions, iri, _only_level(iri, effects), None)
        except OutsideFragment as error:
            yield iri, error


def phrases(triples: Triples) -> dict[str, str]:
    """The patterns in which answers are put into words, by the name of the phrase."""
    return {
        node.value.removeprefix(PHRASE_BASE): triples.text(node, Link.PATTERN)
        for node in triples.subjects_of(Link.PATTERN)
    }


def notice(triples: Triples) -> str:
    """What the knowledge is for and what not, as the root ontology states it."""
    return triples.text(ox.NamedNode(ONTOLOGY), SKOS + "note")


def convention(triples: Triples) -> str:
    """How days count as hours since onset, as the property states it."""
    return triples.text(ox.NamedNode(Link.HOURS), SKOS + "note")


def readiness(triples: Triples) -> Readiness | None:
    """The question that the root ontology states the answer of."""
    root = ox.NamedNode(ONTOLOGY)
    question = triples.text(root, Link.READINESS_QUESTION)
    verdict = triples.text(root, Link.READINESS_VERDICT)
    return Readiness(question, verdict) if question else None


def example(triples: Triples) -> str:
    """The question that a newcomer is shown, as the root ontology states it."""
    return triples.text(ox.NamedNode(ONTOLOGY), Link.EXAMPLE_QUESTION)


def _effects(triples: Triples) -> dict[str, Level | Appraisal]:
    """The rules, by IRI, and what each says; a class under two effects is refused."""
    return {iri: _only_level(iri, stated) for iri, stated in _levels(triples).items()}


def _levels(triples: Triples) -> dict[str, list[Level | Appraisal]]:
    """The rules, by IRI, and all that each says."""
    found = {
        node.value: [
            EFFECTS[whole] for whole in triples.iris(node, RDFS + "subClassOf") if whole in EFFECTS
        ]
        for node in triples.subjects_of(RDFS + "subClassOf")
    }
    return {iri: stated for iri, stated in found.items() if stated}


def _only_level(iri: str, stated: list[Level | Appraisal]) -> Level | Appraisal:
    """The one thing that a rule says."""
    if len(stated) > 1:
        raise OutsideFragment(f"The rule {shorten(iri)} has several levels; it has one.")
    return stated[0]


def _vocabulary(above: Closure, found: Sorted, rules: Iterable[str]) -> Vocabulary:
    """The names that conditions may use."""

    def below(kind: str) -> frozenset[str]:
        return frozenset(iri for iri, supers in above.items() if kind in supers)

    windows = {iri: body for iri, body in found.definitions.items() if iri not in set(rules)}
    return Vocabulary(below(Kind.INJURY), below(Kind.TREATMENT), below(Kind.FACTOR), windows)


def _rule(
    triples: Triples,
    compiler: Compiler,
    definitions: Mapping[str, Expression],
    iri: str,
    effect: Level | Appraisal,
    file: Path | None,
) -> Rule:
    """One rule, compiled."""
    if iri not in definitions:
        raise OutsideFragment(f"The rule {shorten(iri)} has no EquivalentTo axiom.")
    try:
        regions = compiler.compile(definitions[iri])
    except OutsideFragment as error:
        raise OutsideFragment(f"The rule {shorten(iri)}: {error}") from error
    if any(not region.treatments.required for region in regions):
        raise OutsideFragment(f"The rule {shorten(iri)} names no treatment that it proposes.")
    ends = _window_ends(triples, compiler, definitions[iri])
    own = triples.text(ox.NamedNode(iri), Link.WINDOW_BOUND)
    bounds = tuple(_bound(region, ends, own) for region in regions)
    return describe_rule(triples, iri, effect, regions, bounds, file.stem if file else "")


def describe_rule(
    triples: Triples,
    iri: str,
    effect: Level | Appraisal,
    regions: Regions,
    bounds: tuple[str, ...],
    topic: str,
) -> Rule:
    """A rule with what its annotations say of it."""
    node = ox.NamedNode(iri)
    return Rule(
        iri=iri,
        slug=triples.text(node, DCTERMS + "identifier") or kebab(local_name(iri)),
        label=triples.text(node, RDFS + "label") or local_name(iri),
        effect=effect,
        regions=regions,
        bounds=bounds,
        rationale=triples.text(node, Link.RATIONALE),
        confidence=triples.text(node, Link.CONFIDENCE),
        citations=_citations(triples, node),
        scope=triples.text(node, Link.SCOPE),
        stage=triples.text(node, Link.STAGE),
        evidence=triples.text(node, Link.EVIDENCE),
        topic=topic,
    )


def _window_ends(
    triples: Triples, compiler: Compiler, condition: Expression
) -> dict[Cut | None, str]:
    """How sources print the ends of the shared windows that a condition refers to.

    Where two windows end together, a minimum goes before a firmer word.
    """
    ends: dict[Cut | None, str] = {}
    for iri in _situations(compiler.vocabulary, condition):
        bound = triples.text(ox.NamedNode(iri), Link.WINDOW_BOUND)
        for region in compiler.compile(Named(iri)) if bound else ():
            if ends.get(region.hours.end) != "minimum":
                ends[region.hours.end] = bound
    return ends


def _situations(vocabulary: Vocabulary, condition: Expression) -> list[str]:
    """The defined situation classes that a condition refers to, directly or through others."""
    match condition:
        case Named(iri) if iri in vocabulary.situations:
            return [*_situations(vocabulary, vocabulary.situations[iri]), iri]
        case And(operands) | Or(operands):
            return [iri for part in operands for iri in _situations(vocabulary, part)]
        case Not(operand):
            return _situations(vocabulary, operand)
        case _:
            return []


def _bound(region: Region, ends: Mapping[Cut | None, str], own: str) -> str:
    """The bound of a region's window: the rule's own word, or that of the window it shares."""
    return "" if region.hours.end is None else own or ends.get(region.hours.end, "")


def _citations(triples: Triples, node: ox.NamedNode) -> tuple[Citation, ...]:
    """The sources of a rule with the locators that annotate them."""
    locators: dict[Node, str] = {}
    for axiom in triples.annotating(node, DCTERMS + "source"):
        target = triples.value(axiom, OWL + "annotatedTarget")
        if isinstance(target, ox.NamedNode):
            locators[target] = triples.text(axiom, Link.LOCATOR)
    return tuple(
        Citation(source_of(triples, source), locators.get(source, ""))
        for source in triples.values(node, DCTERMS + "source")
        if isinstance(source, ox.NamedNode)
    )


def source_of(triples: Triples, node: ox.NamedNode) -> Source:
    """A document that facts rest on."""
    return Source(
        iri=node.value,
        title=triples.text(node, RDFS + "label"),
        creator=triples.text(node, DCTERMS + "creator"),
        date=triples.text(node, DCTERMS + "date"),
        reference=triples.text(node, DCTERMS + "bibliographicCitation"),
        trust=triples.text(node, Link.TRUST),
    )


def terms(triples: Triples, axioms: Axioms, kind: str) -> tuple[Term, ...]:
    """The classes of a kind that people name, by label.

    The roots of injuries and factors, and classes that a grade defines, are no names of anything.
    A class without a slug of its own is given the kebab form of its local name.
    """
    unnamed = {Kind.INJURY, Kind.FACTOR, *axioms.by_grade}
    return _terms(triples, axioms.above, kind, unnamed)


def findings(triples: Triples, above: Closure) -> tuple[Term, ...]:
    """The classes of findings, by label."""
    return _terms(triples, above, Kind.FINDING, {Kind.FINDING})


def _terms(triples: Triples, above: Closure, kind: str, unnamed: set[str]) -> tuple[Term, ...]:
    """The classes of a kind but for some, by label."""
    found = [
        _term(triples, iri)
        for iri, supers in above.items()
        if kind in supers and iri not in unnamed
    ]
    return tuple(sorted(found, key=lambda term: (term.label.casefold(), term.iri)))


def _term(triples: Triples, iri: str) -> Term:
    """One class that people name."""
    node = ox.NamedNode(iri)
    return Term(
        iri=iri,
        slug=triples.text(node, DCTERMS + "identifier") or kebab(local_name(iri)),
        label=triples.text(node, RDFS + "label") or local_name(iri),
        definition=triples.text(node, SKOS + "definition"),
        synonyms=tuple(triples.texts(node, SKOS + "altLabel")),
    )


def _axioms(above: Closure, found: Sorted) -> Axioms:
    """The axioms on what people name, closed as far as the engine needs them."""
    kinds = {Kind.INJURY, Kind.TREATMENT, Kind.FACTOR}
    named = {iri: supers for iri, supers in above.items() if supers & kinds}
    implied: dict[str, frozenset[str]] = {}
    for one, factor in found.implied:
        implied[one] = implied.get(one, frozenset()) | {factor}
    return Axioms(
        above={iri: supers & named.keys() for iri, supers in named.items()},
        disjoint=frozenset(pair for pair in found.disjoint if pair <= named.keys()),
        implied=implied,
        apart=frozenset(found.apart),
        grades={
            iri: _possible_grades(supers, found)
            for iri, supers in named.items()
            if Kind.INJURY in supers
        },
        by_grade=found.by_grade,
        by_age=found.by_age,
    )


def _possible_grades(supers: frozenset[str], found: Sorted) -> frozenset[int]:
    """The grades a member of these classes can have; 0 stands for no grade."""
    grades = GRADES
    for iri in supers:
        grades &= found.grades.get(iri, GRADES) & found.by_grade.get(iri, GRADES)
        for graded, values in found.by_grade.items():
            if frozenset({iri, graded}) in found.disjoint:
                grades &= GRADES - values
    if not grades:
        raise KnowledgeError(f"No grade is possible for {', '.join(sorted(supers))}.")
    return grades
