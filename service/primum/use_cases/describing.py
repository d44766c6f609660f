"""A situation as a class expression, so that the reasoner can judge it.

HermiT overlooks a clash where data ranges leave one number and that number is a bound of a range
that is denied: it does not see that a number in `[0, 13)` lies in `[0, 12)` or `[12, 14)`. Every
number that the bounds at hand single out is therefore offered as a value, in a disjunction that
is true of any number and helps HermiT to tell the cases apart (service/decisions/0004).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from primum.foundation.names import Datatype, Kind, Link
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.knowledge import Axioms
from primum.model.levels import Screening
from primum.model.regions import GRADES, UNGRADED, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Span
from primum.use_cases.drawing import Situation


def covers(rule: Rule, treatment: str, axioms: Axioms) -> bool:
    """Whether a rule speaks of the treatment, so that it can matter at all."""
    above = axioms.above[treatment]
    return any(
        region.treatments.required <= above and not region.treatments.excluded & above
        for region in rule.regions
    )


@dataclass(frozen=True, slots=True)
class Described:
    """A situation among the rules that it is judged by."""

    situation: Situation
    rules: Sequence[Rule]
    axioms: Axioms

    def expression(self) -> Expression:
        """All that is known of the situation.

        The treatment is exactly the class named, and under `assume-clear` what is not mentioned
        is absent. Only what some rule or axiom asks about is denied in so many words.
        """
        case = self.situation.case
        absent = case.absent | self._cleared()
        return And(
            (
                Named(Kind.SITUATION),
                Some(Link.PROPOSES, all_of(self._treatment())),
                Some(Link.FOR_INJURY, all_of(self._injury())),
                *self._hours(),
                *self._age(),
                *(Some(Link.HAS_FACTOR, Named(iri)) for iri in sorted(case.present)),
                *(Not(Some(Link.HAS_FACTOR, Named(iri))) for iri in sorted(absent)),
            )
        )

    def _regions(self) -> list[Region]:
        """The regions of the rules that speak of the treatment."""
        return [
            region
            for rule in self.rules
            if covers(rule, self.situation.treatment, self.axioms)
            for region in rule.regions
        ]

    def _treatment(self) -> Iterator[Expression]:
        """The class that is proposed, and none of those that it is not below."""
        named, regions = self.situation.treatment, [r for rule in self.rules for r in rule.regions]
        kinds = {iri for r in regions for iri in r.treatments.required | r.treatments.excluded}
        yield Named(named)
        yield from (Not(Named(iri)) for iri in sorted(kinds - self.axioms.above[named]))

    def _injury(self) -> Iterator[Expression]:
        """The class of the injury, and its grade or all that it could be."""
        case, graded = self.situation.case, Span.half_open(1, max(GRADES) + 1)
        yield Named(case.injury)
        if case.grade is not None:
            yield _number(Link.HAS_GRADE, Datatype.INTEGER, Span.at(case.grade))
        elif len(possible := self.axioms.grades[case.injury]) > 1:
            ungraded = Not(_number(Link.HAS_GRADE, Datatype.INTEGER, graded))
            values = sorted(possible - {UNGRADED})
            yield Or(
                (
                    *([ungraded] if UNGRADED in possible else []),
                    *(_number(Link.HAS_GRADE, Datatype.INTEGER, Span.at(g)) for g in values),
                )
            )

    def _hours(self) -> Iterator[Expression]:
        """The span in which the instant lies, and the instants that bounds single out."""
        hours = self.situation.case.hours
        if hours != Span():
            yield _number(Link.HOURS, Datatype.DECIMAL, hours)
        if not hours.is_instant:
            spans = [hours, *(region.hours for region in self._regions())]
            stretches = told_apart(_cuts(spans))
            yield from _one_of(Link.HOURS, Datatype.DECIMAL, stretches, within=hours)

    def _age(self) -> Iterator[Expression]:
        """The age, or the ages that bounds single out."""
        age = self.situation.case.age
        if age is not None:
            yield _number(Link.AGE, Datatype.INTEGER, Span.at(age))
        else:
            spans = [*self.axioms.by_age.values(), *(r.ages for r in self._regions())]
            stretches = told_apart({Cut(cut.at + cut.after) for cut in _cuts(spans)}, apart=1)
            yield from _one_of(Link.AGE, Datatype.INTEGER, stretches, within=Span())

    def _cleared(self) -> frozenset[str]:
        """The unmentioned factors that screening counts as absent, as far as any matter."""
        if self.situation.case.screening is not Screening.ASSUME_CLEAR:
            return frozenset()
        asked = {
            iri
            for region in self._regions()
            for iri in region.factors.required | region.factors.excluded
        }
        brought = {iri for factors in self.axioms.implied.values() for iri in factors}
        return frozenset(asked | brought | self.axioms.by_age.keys()) - self._settled()

    def _settled(self) -> frozenset[str]:
        """The classes that are present by what is known, some of them by the age alone."""
        case, axioms = self.situation.case, self.axioms
        true = {iri for known in (case.injury, *case.present) for iri in axioms.entailed_by(known)}
        told = [] if case.age is None else [Span.at(case.age)]
        aged = [axioms.by_age[iri] for iri in sorted(true) if iri in axioms.by_age]
        ages = reduce(Span.intersect, [*told, *aged], Span())
        by_age = [iri for iri, span in axioms.by_age.items() if span.covers(ages)]
        return frozenset(true).union(*(axioms.above[iri] for iri in by_age))


def told_apart(cuts: Iterable[Cut], *, apart: int = 0) -> list[Span]:
    """`[0, ∞)` in stretches, so that a number that two cuts single out stands by itself.

    Two cuts single out a number where nothing else lies between them: around one instant, or,
    with `apart=1`, before one whole number and before the next.
    """
    ordered = sorted({Cut(0), *cuts})
    found, start = [], ordered[0]
    for one, following in pairwise(ordered):
        if following.at - one.at == apart:
            found += [Span(start, one), Span.at(one.at)]
            start = following
    return [stretch for stretch in (*found, Span(start)) if not stretch.is_empty]


def _cuts(spans: Iterable[Span]) -> set[Cut]:
    """The cuts at which spans begin and end."""
    return {cut for span in spans for cut in (span.start, span.end) if cut is not None}


def _one_of(
    prop: str, datatype: str, stretches: Sequence[Span], *, within: Span
) -> Iterator[Expression]:
    """That a number lies in one of the stretches, where there are several."""
    met = [stretch for stretch in stretches if stretch.overlaps(within)]
    if len(met) > 1:
        yield Or(tuple(_number(prop, datatype, stretch) for stretch in met))


def _number(prop: str, datatype: str, span: Span) -> Expression:
    return SomeNumber(prop, datatype, span)


def all_of(parts: Iterable[Expression]) -> Expression:
    """The conjunction of one or more parts."""
    operands = tuple(parts)
    return operands[0] if len(operands) == 1 else And(operands)


def any_of(parts: Iterable[Expression]) -> Expression:
    """The disjunction of one or more parts."""
    operands = tuple(parts)
    return operands[0] if len(operands) == 1 else Or(operands)
