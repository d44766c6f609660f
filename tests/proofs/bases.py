"""Provers over the shipped rules and over random ones, and random situations to prove things of."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from primum.foundation.errors import Contradiction
from primum.foundation.names import OWL, RDFS, Datatype, Graph, Kind, Link
from primum.knowledge import files
from primum.knowledge.assembly import EFFECTS
from primum.knowledge.axiom_base import axiom_base_of
from primum.knowledge.compiler import Compiler, Vocabulary
from primum.knowledge.express import express
from primum.knowledge.origins import Origins
from primum.knowledge.owl import Lifter
from primum.knowledge.rdf import Triples
from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.levels import Level
from primum.model.rules import Rule
from primum.model.spans import Cut, Span
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Draw
from primum.use_cases.inventing import Inventor, drawn_rule
from primum.use_cases.proving import Prover
from primum.use_cases.service import Primum

Found = tuple[Case, Finding]

_KINDS = (Kind.INJURY, Kind.TREATMENT, Kind.FACTOR)
_LEVELS = tuple(level for level in Level if level)
_RULES = 6


@dataclass(frozen=True)
class Base:
    """A rule base: the engine that answers from it, its prover, and a draw over it."""

    engine: Engine
    prover: Prover
    draw: Draw

    def findings(self, number: int) -> Iterator[Found]:
        """What the engine says of random situations, every third of them fully known."""
        count = 0
        while count < number:
            situation = self.draw.known() if self.draw.happens(0.3) else self.draw.open()
            try:
                findings = self.engine.answer(situation.case).findings
            except Contradiction:
                continue
            count += 1
            yield (
                situation.case,
                next(f for f in findings if f.treatment.iri == situation.treatment),
            )


def shipped(primum: Primum, prover: Prover, seed: int) -> Base:
    """The shipped rules."""
    chance = random.Random(seed)  # noqa: S311 - samples, no secrets
    return Base(primum.engine, prover, Draw(primum.release.knowledge, chance))


def invented(primum: Primum, seed: int) -> Base:
    """Random rules over the shipped terms, stated as classes in a graph."""
    draw = Draw(primum.release.knowledge, random.Random(seed))  # noqa: S311 - samples
    rules = Inventor.over(draw).rules()
    return over(primum, {rule: express(rule.regions) for rule in rules}, draw)


def nested(primum: Primum, seed: int) -> Base:
    """Random rules whose conditions nest unions, intersections and denials, factors among them."""
    knowledge = primum.release.knowledge
    draw = Draw(knowledge, random.Random(seed))  # noqa: S311 - samples, no secrets
    above = knowledge.axioms.above
    of_kind = [frozenset(iri for iri in above if kind in above[iri]) for kind in _KINDS]
    compiler = Compiler(Vocabulary(of_kind[0], of_kind[1], of_kind[2], {}))
    treatments = draw.chance.sample([term.iri for term in knowledge.treatments], 3)
    conditions: dict[Rule, Expression] = {}
    while len(conditions) < _RULES:
        condition = _condition(draw, draw.chance.choice(treatments))
        if regions := compiler.compile(condition):
            rule = drawn_rule(f"Nested{len(conditions)}", draw.chance.choice(_LEVELS), regions)
            conditions[rule] = condition
    return over(primum, conditions, draw)


def _condition(draw: Draw, treatment: str) -> Expression:
    """That a treatment is proposed, and something that nests."""
    proposed = Some(Link.PROPOSES, Named(treatment))
    return And((Named(Kind.SITUATION), proposed, _nested(draw, draw.chance.randint(1, 3))))


def _nested(draw: Draw, depth: int) -> Expression:
    """A random condition on a situation, so many levels deep."""
    if depth == 0:
        return draw.chance.choice([_injury, _factors, _hours, _years])(draw)
    parts = tuple(_nested(draw, depth - 1) for _ in range(2))
    ways: list[Expression] = [And(parts), Or(parts), Not(parts[0]), Or((parts[0], Not(parts[1])))]
    return draw.chance.choice(ways)


def _injury(draw: Draw) -> Expression:
    """A kind of injury, or a grade, or not so."""
    kind: Expression = Named(draw.chance.choice(draw.knowledge.injuries).iri)
    start = draw.chance.randint(1, 3)
    span = Span(Cut(start), draw.chance.choice([None, Cut(start + 2), Cut(start + 1, after=True)]))
    grade = SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, span)
    ways: list[Expression] = [kind, grade, And((kind, grade)), Or((kind, grade)), Not(kind)]
    return Some(Link.FOR_INJURY, draw.chance.choice(ways))


def _factors(draw: Draw) -> Expression:
    """Any one of a few factors."""
    few = draw.chance.sample(draw.knowledge.factors[:12], 2)
    some = tuple(Named(term.iri) for term in few)
    ways: list[Expression] = [some[0], Or(some)]
    return Some(Link.HAS_FACTOR, draw.chance.choice(ways))


def _hours(draw: Draw) -> Expression:
    """A span of hours."""
    return SomeNumber(Link.HOURS, Datatype.DECIMAL, draw.span())


def _years(draw: Draw) -> Expression:
    """A span of years of age."""
    return SomeNumber(Link.AGE, Datatype.INTEGER, draw.years())


def over(primum: Primum, conditions: Mapping[Rule, Expression], draw: Draw) -> Base:
    """Some rules over the shipped ontology, each with its condition as a class."""
    rules = tuple(conditions)
    engine = Engine(replace(primum.release.knowledge, rules=rules))
    triples = Triples([*_ontology(primum), *_classes(conditions)])
    axioms = axiom_base_of(triples, Origins({}, {}))
    return Base(engine, Prover(engine, lambda: axioms), draw.over(rules))


def _ontology(primum: Primum) -> list[ox.Quad]:
    """The axioms of the ontology without the shipped rules; read once."""
    if not _READ:
        _READ.extend(files.read(primum.place, rules=False).dataset)
    return _READ


_READ: list[ox.Quad] = []


def _classes(conditions: Mapping[Rule, Expression]) -> Iterator[ox.Quad]:
    """The rules as classes: what defines each, and which level it is put under."""
    levels = {level: ox.NamedNode(iri) for iri, level in EFFECTS.items()}
    lifter = Lifter("drawn")
    for rule, condition in conditions.items():
        lifter.triples += [
            (ox.NamedNode(rule.iri), ox.NamedNode(RDFS + "subClassOf"), levels[rule.effect]),
            (
                ox.NamedNode(rule.iri),
                ox.NamedNode(OWL + "equivalentClass"),
                lifter.lift(condition),
            ),
        ]
    for triple in lifter.triples:
        yield ox.Quad(*triple, ox.NamedNode(Graph.ASSERTED))
