"""Rules as pages show them: in Manchester syntax and in words, and which of them name a term."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

import pyoxigraph as ox

from primum.foundation.names import BASE, OWL, REGION_BASE, Kind, Link
from primum.knowledge.express import express
from primum.knowledge.rdf import Triples
from primum.model.expressions import Expression
from primum.model.knowledge import Knowledge
from primum.model.manchester import manchester
from primum.model.regions import GRADES, UNGRADED, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.use_cases.documents import grades_required
from primum.use_cases.terms.hierarchy import Order
from primum.use_cases.terms.links import names_in, readable
from primum.use_cases.terms.refs import Pieces, Ref, References
from primum.use_cases.words import Words

_EQUIVALENT: Final = OWL + "equivalentClass"
_EVERYWHERE: Final = frozenset({Kind.SITUATION})
"""What every condition names, and so none speaks of."""


@dataclass(frozen=True, slots=True)
class Said:
    """A rule: what it says, under which condition, and that in words, a line for each region."""

    rule: Ref
    says: str
    condition: Pieces
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Through:
    """A rule that names a wider class than the term at hand."""

    rule: Ref
    says: str
    wider: Ref


@dataclass(frozen=True, slots=True)
class Speaking:
    """The rules of a release, each with its condition, and by the classes that it names."""

    rules: Mapping[str, Rule]
    conditions: Mapping[str, Expression]
    naming: Mapping[str, tuple[str, ...]]
    refs: References
    words: Words

    @classmethod
    def over(cls, knowledge: Knowledge, stated: Triples, refs: References) -> Self:
        """The rules of a release; `stated` is the graph in which they are defined."""
        rules = {rule.iri: rule for rule in knowledge.rules}
        conditions = {iri: _condition(stated, rule) for iri, rule in rules.items()}
        naming: dict[str, list[str]] = {}
        for iri, condition in conditions.items():
            for name in names_in(condition) - _EVERYWHERE:
                naming.setdefault(name, []).append(iri)
        by_name = {name: tuple(found) for name, found in naming.items()}
        return cls(rules, conditions, by_name, refs, Words(knowledge))

    def of(self, iri: str) -> tuple[Said, ...]:
        """The rules that name a class in their condition, by label."""
        named = self.refs.every(self.naming.get(iri, ()))
        return tuple(self.said(ref.iri) for ref in named)

    def through(self, iri: str, order: Order) -> tuple[Through, ...]:
        """The rules that name a wider class alone, by label."""
        named = set(self.naming.get(iri, ()))
        wider = sorted(order.above.get(iri, frozenset()) - {iri})
        found = {rule: above for above in wider for rule in self.naming.get(above, ())}
        return tuple(
            Through(ref, self.level(ref.iri), self.refs.of(found[ref.iri]))
            for ref in self.refs.every(found.keys() - named)
        )

    def said(self, iri: str) -> Said:
        """A rule in full."""
        rule, condition = self.rules[iri], self.refs.pieces(self.conditions[iri])
        lines = (self.line(rule, place) for place in range(len(rule.regions)))
        return Said(self.refs.of(iri), self.level(iri), condition, tuple(lines))

    def level(self, iri: str) -> str:
        """What a rule says: its level, or its appraisal, in words."""
        rule = self.rules[iri]
        return self.words.say(f"{'level' if rule.level else 'appraisal'}-{rule.word}")

    def line(self, rule: Rule, place: int) -> str:
        """One region of a rule in words."""
        region, bound = rule.regions[place], rule.bounds[place]
        treatments = ", ".join(self._classes(region.treatments))
        head = self.words.say("kind", treatment=treatments, level=self.level(rule.iri))
        return self.words.clauses([head, *self._clauses(region, bound)])

    def region(self, iri: str) -> tuple[Rule, int] | None:
        """The rule that a region is of, and its place among them, from the region's name."""
        name, _, number = iri.removeprefix(REGION_BASE).rpartition("-")
        rule = self.rules.get(BASE + name)
        if rule is None or not number.isdecimal() or int(number) not in _places(rule):
            return None
        return rule, int(number) - 1

    def _classes(self, asked: Classes) -> Iterator[str]:
        """The classes of a constraint by label, those that are excluded marked."""
        for ref in self.refs.every(asked.required):
            yield ref.label
        for ref in self.refs.every(asked.excluded):
            yield f"not {ref.label}"

    def _clauses(self, region: Region, bound: str) -> Iterator[str]:
        """What a region asks beside the treatment."""
        for name, asked in (("injury", region.injuries), ("factor", region.factors)):
            for ref in self.refs.every(asked.required):
                yield self.words.say(f"met-{name}", found=ref.label, required=ref.label)
            for ref in self.refs.every(asked.excluded):
                yield self.words.say(f"met-not-{name}", required=ref.label)
        if region.grades != GRADES:
            yield self._labelled(Link.HAS_GRADE, self._grades(region.grades))
        if region.hours != Span():
            yield self._labelled(Link.HOURS, self.words.numbers(region.hours))
        if bound:
            yield self._labelled(Link.WINDOW_BOUND, bound)
        if region.ages != Span():
            yield self._labelled(Link.AGE, self.words.numbers(region.ages))

    def _grades(self, grades: frozenset[int]) -> str:
        """Grades in words."""
        return grades_required(grades) if UNGRADED in grades else self.words.grades(grades)

    def _labelled(self, prop: str, text: str) -> str:
        """A value under the label of its property."""
        return f"{self.refs.of(prop).label}: {text}"


def _places(rule: Rule) -> range:
    """The numbers that the regions of a rule have in their names."""
    return range(1, len(rule.regions) + 1)


def _condition(stated: Triples, rule: Rule) -> Expression:
    """The condition of a rule as its definition words it; its regions where that is not read."""
    values = stated.values(ox.NamedNode(rule.iri), _EQUIVALENT)
    read = [one for one in (readable(stated, value) for value in values) if one is not None]
    return min(read, key=manchester, default=express(rule.regions))
