"""HermiT as the judge of situations: what is entailed, and what is satisfiable.

A situation is a class, defined by all that is known of it. The rules that hold for certain are
its superclasses, and what is possible is what it has a common member with.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from primum.foundation.names import OWL, RDF, SITUATION_BASE, Graph
from primum.knowledge.express import express
from primum.knowledge.owl import Lifter
from primum.knowledge.reasoner import Entailed, reason
from primum.model.expressions import And, Expression, Named
from primum.model.knowledge import Axioms
from primum.model.levels import Level
from primum.model.rules import Rule
from primum.use_cases.describing import Described, any_of, covers
from primum.use_cases.drawing import Situation

_BATCH = 50
_LEVELS = tuple(level for level in Level if level)
_TYPE, _CLASS = RDF + "type", ox.NamedNode(OWL + "Class")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a situation: the rules that hold for certain, by IRI, and the two levels.

    Where it stands for the judge's word or the engine's, None says that no such situation can be.
    """

    rules: frozenset[str]
    certain: Level
    possible: Level


@dataclass(frozen=True, slots=True)
class Plea:
    """A situation, and the rules that it is to be judged by."""

    situation: Situation
    rules: Sequence[Rule]


@dataclass(frozen=True, slots=True)
class Judge:
    """The axioms that situations are judged by: `quads` hold the ontology and all rules."""

    axioms: Axioms
    quads: Sequence[ox.Quad]

    def judge(self, pleas: Sequence[Plea]) -> list[Judgement | None]:
        """What is entailed of each situation; None where it cannot be.

        HermiT's time grows faster than the number of classes, so it is asked in batches.
        """
        found: list[Judgement | None] = []
        for start in range(0, len(pleas), _BATCH):
            batch = pleas[start : start + _BATCH]
            result = reason([*self.quads, *self._classes(batch)])
            found += [_read(result, number, plea) for number, plea in enumerate(batch)]
        return found

    def _classes(self, pleas: Iterable[Plea]) -> Iterator[ox.Quad]:
        """Each situation as a class, with the classes that its levels are read from."""
        lifter = Lifter("judged")
        for number, plea in enumerate(pleas):
            described = Described(plea.situation, plea.rules, self.axioms)
            yield from _defined(lifter, _name(number), described.expression())
            yield from self._levels(lifter, number, plea)
        yield from _lifted(lifter)

    def _levels(self, lifter: Lifter, number: int, plea: Plea) -> Iterator[ox.Quad]:
        """For each level that rules have, their union with stricter ones, and where it is met."""
        treatment = plea.situation.treatment
        speaking = [rule for rule in plea.rules if covers(rule, treatment, self.axioms)]
        for level in sorted({rule.level for rule in speaking if rule.level}):
            barred = any_of(Named(rule.iri) for rule in speaking if rule.level >= level)
            yield from _defined(lifter, _name(number, "barred", level), barred)
            both = And((Named(_name(number)), Named(_name(number, "barred", level))))
            yield from _defined(lifter, _name(number, "met", level), both)


def _read(result: Entailed, number: int, plea: Plea) -> Judgement | None:
    """The judgement on one situation.

    Certain is the strictest level such that the situation is a kind of the union of the rules of
    that level or a stricter one; possible the strictest whose union it can meet.
    """
    if _name(number) in result.unsatisfiable:
        return None
    above, can_be = result.above[_name(number)], result.above.keys() - result.unsatisfiable
    return Judgement(
        rules=above & {rule.iri for rule in plea.rules},
        certain=max(
            [lv for lv in _LEVELS if _name(number, "barred", lv) in above], default=Level.NONE
        ),
        possible=max(
            [lv for lv in _LEVELS if _name(number, "met", lv) in can_be], default=Level.NONE
        ),
    )


def _name(number: int, part: str = "", level: Level = Level.NONE) -> str:
    """The IRI of a situation, or of a class that its levels are read from."""
    return f"{SITUATION_BASE}{number}" + (f"-{part}-{level.word}" if part else "")


def rule_classes(rules: Iterable[Rule]) -> Iterator[ox.Quad]:
    """Rules as classes, defined by the expression of their regions."""
    return classes(((rule.iri, express(rule.regions)) for rule in rules), nodes="rule")


def classes(defined: Iterable[tuple[str, Expression]], *, nodes: str) -> Iterator[ox.Quad]:
    """Named classes, each with its definition; `nodes` begins the names of blank nodes."""
    lifter = Lifter(nodes)
    for name, definition in defined:
        yield from _defined(lifter, name, definition)
    yield from _lifted(lifter)


def _defined(lifter: Lifter, name: str, definition: Expression) -> Iterator[ox.Quad]:
    """A named class with a definition."""
    node = ox.NamedNode(name)
    yield _quad(node, _TYPE, _CLASS)
    yield _quad(node, OWL + "equivalentClass", lifter.lift(definition))


def _lifted(lifter: Lifter) -> Iterator[ox.Quad]:
    """The triples that a lifter has gathered."""
    for subject, predicate, value in lifter.triples:
        yield ox.Quad(subject, predicate, value, ox.NamedNode(Graph.ASSERTED))


def _quad(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.BlankNode) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(predicate), value, ox.NamedNode(Graph.ASSERTED))
