"""HermiT as the judge of situations: what is entailed, and what is satisfiable.

A situation that is fully known is an individual, and the judge says which rule classes it belongs
to. One that leaves facts open is a class: what is certain are its superclasses, and what is
possible is what it has a common member with.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from primum.foundation.names import OWL, RDF, SITUATION_BASE, Datatype, Graph, Kind, Link
from primum.knowledge.express import express
from primum.knowledge.owl import Lifter
from primum.knowledge.reasoner import reason
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.knowledge import Axioms
from primum.model.levels import Level, Screening
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.use_cases.drawing import Situation

_BATCH = 50
_LEVELS = tuple(level for level in Level if level)
_TYPE, _CLASS = RDF + "type", ox.NamedNode(OWL + "Class")


@dataclass(frozen=True, slots=True)
class Judge:
    """The axioms that situations are judged by: `quads` hold the ontology and the rules."""

    axioms: Axioms
    rules: Sequence[Rule]
    quads: Sequence[ox.Quad]

    def entailed_rules(self, situations: Sequence[Situation]) -> list[frozenset[str]]:
        """The rules whose class each fully known situation belongs to.

        HermiT's time grows faster than the number of individuals, so it is asked in batches.
        """
        known, found = {rule.iri for rule in self.rules}, []
        for start in range(0, len(situations), _BATCH):
            batch = situations[start : start + _BATCH]
            types = reason([*self.quads, *self._individuals(batch)]).types
            found += [types[_name(number)] & known for number in range(len(batch))]
        return found

    def levels(self, situations: Sequence[Situation]) -> list[tuple[Level, Level] | None]:
        """The certain and the possible level of each situation; None where it cannot be.

        Certain is the strictest level such that the situation is a kind of the union of the
        rules of that level or a stricter one; possible the strictest whose union it can meet.
        """
        found: list[tuple[Level, Level] | None] = []
        for start in range(0, len(situations), _BATCH):
            batch = situations[start : start + _BATCH]
            result = reason([*self.quads, *self._classes(batch)])
            for number in range(len(batch)):
                name = _name(number)
                barred = {level: f"{name}-barred-{level.word}" for level in _LEVELS}
                met = {level: f"{name}-met-{level.word}" for level in _LEVELS}
                certain = [lv for lv in _LEVELS if barred[lv] in result.above[name]]
                open_to = result.above.keys() - result.unsatisfiable
                possible = [lv for lv in _LEVELS if met[lv] in open_to]
                pair = max(certain, default=Level.NONE), max(possible, default=Level.NONE)
                found.append(None if name in result.unsatisfiable else pair)
        return found

    def _individuals(self, situations: Iterable[Situation]) -> Iterator[ox.Quad]:
        """Each situation as an individual that belongs to the expression of all that is known."""
        lifter = Lifter("judged")
        individual = ox.NamedNode(OWL + "NamedIndividual")
        for number, situation in enumerate(situations):
            for kind in (lifter.lift(self.described(situation)), individual):
                yield _quad(ox.NamedNode(_name(number)), _TYPE, kind)
        yield from _lifted(lifter)

    def _classes(self, situations: Iterable[Situation]) -> Iterator[ox.Quad]:
        """Each situation as a class, with the classes that its levels are read from."""
        lifter = Lifter("judged")
        for number, situation in enumerate(situations):
            name = _name(number)
            yield from _defined(lifter, name, self.described(situation))
            for level in _LEVELS:
                rules = [r for r in self.rules if r.level >= level and self._covers(r, situation)]
                if rules:
                    barred = f"{name}-barred-{level.word}"
                    yield from _defined(lifter, barred, _any([Named(r.iri) for r in rules]))
                    both = And((Named(name), Named(barred)))
                    yield from _defined(lifter, f"{name}-met-{level.word}", both)
        yield from _lifted(lifter)

    def _covers(self, rule: Rule, situation: Situation) -> bool:
        """Whether a rule speaks of the treatment, so that it can matter at all."""
        above = self.axioms.above[situation.treatment]
        return any(
            region.treatments.required <= above and not region.treatments.excluded & above
            for region in rule.regions
        )

    def described(self, situation: Situation) -> Expression:
        """All that is known of a situation as a class expression.

        The treatment is exactly the class named, and under `assume-clear` what is not mentioned
        is absent. Only what some rule or axiom asks about is denied in so many words.
        """
        case, axioms = situation.case, self.axioms
        regions = [region for rule in self.rules for region in rule.regions]
        injury: list[Expression] = [Named(case.injury)]
        if case.grade is not None:
            injury.append(SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span.at(case.grade)))
        kinds = {iri for r in regions for iri in r.treatments.required | r.treatments.excluded}
        others = sorted(kinds - axioms.above[situation.treatment])
        treatment: list[Expression] = [Named(situation.treatment)]
        treatment += [Not(Named(iri)) for iri in others]
        parts: list[Expression] = [
            Named(Kind.SITUATION),
            Some(Link.PROPOSES, _all(treatment)),
            Some(Link.FOR_INJURY, _all(injury)),
        ]
        if case.hours != Span():
            parts.append(SomeNumber(Link.HOURS, Datatype.DECIMAL, case.hours))
        parts += [Some(Link.HAS_FACTOR, Named(iri)) for iri in sorted(case.present)]
        absent = sorted(case.absent | self._cleared(situation))
        parts += [Not(Some(Link.HAS_FACTOR, Named(iri))) for iri in absent]
        return And(tuple(parts))

    def _cleared(self, situation: Situation) -> frozenset[str]:
        """The unmentioned factors that screening counts as absent, as far as any matter."""
        case, axioms = situation.case, self.axioms
        if case.screening is not Screening.ASSUME_CLEAR:
            return frozenset()
        asked = {
            iri
            for rule in self.rules
            if self._covers(rule, situation)
            for region in rule.regions
            for iri in region.factors.required | region.factors.excluded
        }
        brought = {iri for factors in axioms.implied.values() for iri in factors}
        true = {iri for known in (case.injury, *case.present) for iri in axioms.entailed_by(known)}
        return frozenset((asked | brought) - true)


def _name(number: int) -> str:
    return f"{SITUATION_BASE}{number}"


def _quad(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.BlankNode) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(predicate), value, ox.NamedNode(Graph.ASSERTED))


def _lifted(lifter: Lifter) -> Iterator[ox.Quad]:
    """The triples that a lifter has gathered."""
    for subject, predicate, value in lifter.triples:
        yield ox.Quad(subject, predicate, value, ox.NamedNode(Graph.ASSERTED))


def _defined(lifter: Lifter, name: str, definition: Expression) -> Iterator[ox.Quad]:
    """A named class with a definition."""
    node = ox.NamedNode(name)
    yield _quad(node, _TYPE, _CLASS)
    yield _quad(node, OWL + "equivalentClass", lifter.lift(definition))


def rule_classes(rules: Iterable[Rule]) -> Iterator[ox.Quad]:
    """Rules as classes, defined by the expression of their regions."""
    lifter = Lifter("rule")
    for rule in rules:
        yield from _defined(lifter, rule.iri, express(rule.regions))
    yield from _lifted(lifter)


def _all(parts: list[Expression]) -> Expression:
    """The conjunction of one or more parts."""
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _any(parts: list[Expression]) -> Expression:
    """The disjunction of one or more parts."""
    return parts[0] if len(parts) == 1 else Or(tuple(parts))
