"""Mutants: a rule with one thing changed, as a slip of a curator's hand would change it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from primum.foundation.names import local_name
from primum.model.knowledge import Knowledge
from primum.model.levels import Appraisal, Level
from primum.model.regions import GRADES, UNGRADED, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Span

_ONE = 1  # an hour, a year, a grade


class Operator(StrEnum):
    """What is changed of a rule."""

    RULE = "rule"
    LEVEL = "level"
    TREATMENT = "treatment"
    INJURY = "injury"
    FACTOR = "factor"
    GRADE = "grade"
    HOURS = "hours"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule and what it becomes, None where it is left out; `says` what is changed, in words."""

    rule: Rule
    becomes: Rule | None
    operator: Operator
    says: str

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions of the changed rule."""
        return () if self.becomes is None else self.becomes.regions


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The classes next to a class in the ontology, among those that people name."""

    parents: tuple[str, ...]
    children: tuple[str, ...]
    siblings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mutator:
    """Makes the mutants of rules; `near` gives the neighbours of each injury, treatment, factor."""

    near: dict[str, Neighbours]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Mutator":
        """The mutator for the rules of a knowledge base."""
        terms = (*knowledge.injuries, *knowledge.treatments, *knowledge.factors)
        named = {term.iri for term in terms}
        parents = {iri: _lowest(knowledge, iri, named) for iri in sorted(named)}
        children = {
            iri: tuple(child for child, above in parents.items() if iri in above) for iri in named
        }
        return cls({iri: _neighbours(iri, parents, children) for iri in named})

    def mutants(self, rule: Rule) -> list[Mutant]:
        """All mutants of a rule, no two of them alike."""
        found = [Mutant(rule, None, Operator.RULE, "left out"), *_levels(rule)]
        for number, region in enumerate(rule.regions):
            for operator, says, changed in self._changed(region):
                regions = (*rule.regions[:number], changed, *rule.regions[number + 1 :])
                if not changed.is_empty and regions != rule.regions:
                    found.append(Mutant(rule, replace(rule, regions=regions), operator, says))
        return list({_what(mutant): mutant for mutant in reversed(found)}.values())[::-1]

    def _changed(self, region: Region) -> Iterator[tuple[Operator, str, Region]]:
        """A region with one thing changed, each with what was done."""
        for says, classes in self._classes(region.treatments, siblings=False):
            yield Operator.TREATMENT, says, replace(region, treatments=classes)
        for says, classes in self._classes(region.injuries, siblings=True):
            yield Operator.INJURY, says, replace(region, injuries=classes)
        for says, classes in self._classes(region.factors, siblings=False):
            yield Operator.FACTOR, says, replace(region, factors=classes)
        for says, grades in _grades(region.grades):
            yield Operator.GRADE, says, replace(region, grades=grades)
        for says, span in _spans(region.hours):
            yield Operator.HOURS, says, replace(region, hours=span)
        for says, span in _spans(region.ages):
            yield Operator.AGE, says, replace(region, ages=span)

    def _classes(self, asked: Classes, *, siblings: bool) -> Iterator[tuple[str, Classes]]:
        """A constraint with one class left out, or with a neighbour in its place."""
        for iri in sorted(asked.required):
            rest, near = asked.required - {iri}, self.near[iri]
            yield f"{local_name(iri)} left out", replace(asked, required=rest)
            others = (*near.parents, *near.children, *(near.siblings[:1] if siblings else ()))
            for other in others:
                says = f"{local_name(iri)} becomes {local_name(other)}"
                yield says, replace(asked, required=rest | {other})
        for iri in sorted(asked.excluded):
            says = f"not {local_name(iri)} left out"
            yield says, replace(asked, excluded=asked.excluded - {iri})


def _lowest(knowledge: Knowledge, iri: str, named: set[str]) -> tuple[str, ...]:
    """The named superclasses of a class that stand above no other of them."""
    above = knowledge.axioms.above
    supers = (above[iri] & named) - {iri}
    return tuple(sorted(one for one in supers if not any(one in above[o] for o in supers - {one})))


def _neighbours(
    iri: str, parents: dict[str, tuple[str, ...]], children: dict[str, tuple[str, ...]]
) -> Neighbours:
    """The neighbours of a class."""
    siblings = {child for parent in parents[iri] for child in children[parent]} - {iri}
    return Neighbours(parents[iri], children[iri], tuple(sorted(siblings)))


def _levels(rule: Rule) -> Iterator[Mutant]:
    """The rule with each other level, or with each other appraisal."""
    others: Sequence[Level | Appraisal] = [level for level in Level if level]
    if isinstance(rule.effect, Appraisal):
        others = list(Appraisal)
    for other in others:
        if other is not rule.effect:
            changed = replace(rule, effect=other)
            yield Mutant(rule, changed, Operator.LEVEL, f"{rule.word} becomes {changed.word}")


def _grades(grades: frozenset[int]) -> Iterator[tuple[str, frozenset[int]]]:
    """The grades with one end moved by one, and without a constraint."""
    if grades == GRADES:
        return
    graded = grades - {UNGRADED}
    yield "any grade", GRADES
    for edge, inward in ((min(graded), _ONE), (max(graded), -_ONE)):
        if edge - inward in GRADES - {UNGRADED}:
            yield f"{edge - inward} added", grades | {edge - inward}
        yield f"{edge} left out", grades - {edge}


def _spans(span: Span) -> Iterator[tuple[str, Span]]:
    """The span with one end moved by one, closed where it was open, and left out."""
    if span.start != Cut(0):
        for says, start in _cuts(span.start):
            yield f"from {says}", Span(start, span.end)
        yield f"from {span.start.at} left out", Span(Cut(0), span.end)
    if span.end is not None:
        for says, end in _cuts(span.end):
            yield f"until {says}", Span(span.start, end)
        yield f"until {span.end.at} left out", Span(span.start)


def _cuts(cut: Cut) -> Iterable[tuple[str, Cut]]:
    """A cut moved by one either way, and moved to the other side of its number."""
    return (
        (f"{cut.at} becomes {cut.at - _ONE}", Cut(cut.at - _ONE, cut.after)),
        (f"{cut.at} becomes {cut.at + _ONE}", Cut(cut.at + _ONE, cut.after)),
        (f"{cut.at} changes sides", Cut(cut.at, not cut.after)),
    )


def _what(mutant: Mutant) -> object:
    """What a mutant is, whatever it is called."""
    return mutant.becomes and (mutant.becomes.effect, mutant.becomes.regions)
