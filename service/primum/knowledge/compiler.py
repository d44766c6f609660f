"""From class expressions to regions: a rule's condition as a union of boxes.

The compiler accepts what can be said of a situation one dimension at a time. A negation is
pushed inward; it is exact because each situation has exactly one injury, treatment, time and
age (axioms of the core ontology), and an injury has one grade or none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import Datatype, Kind, Link, shorten
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.manchester import manchester
from primum.model.regions import (
    EVERYWHERE,
    GRADES,
    NOWHERE,
    UNGRADED,
    Classes,
    Region,
    Regions,
    intersection,
    union,
)
from primum.model.spans import Span

_Leaf = Callable[[Expression, bool], Regions]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The named classes that a condition may use, by IRI.

    `situations` maps each defined situation class, such as a shared time window, to its
    definition.
    """

    injuries: frozenset[str]
    treatments: frozenset[str]
    factors: frozenset[str]
    situations: Mapping[str, Expression]


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles conditions over one vocabulary."""

    vocabulary: Vocabulary

    def compile(self, condition: Expression) -> Regions:
        """The regions of a situation's class expression.

        Raises OutsideFragment with the offending part in Manchester syntax.
        """
        regions = self._situation(condition, ())
        return tuple(region for region in regions if not region.is_empty)

    def _situation(self, expression: Expression, inside: tuple[str, ...]) -> Regions:
        """A condition on the situation; `inside` lists the named classes being followed."""

        def leaf(part: Expression, wanted: bool) -> Regions:
            match part:
                case Named(iri):
                    return self._named_situation(iri, wanted, inside)
                case Some(Link.FOR_INJURY, filler):
                    return _combine(filler, wanted, self._injury)
                case Some(Link.PROPOSES, filler):
                    return _combine(filler, wanted, self._treatment)
                case Some(Link.HAS_FACTOR, filler):
                    return self._factor(filler, wanted)
                case SomeNumber(Link.HOURS, Datatype.DECIMAL, span):
                    return tuple(Region(hours=part) for part in _parts(span, wanted))
                case SomeNumber(Link.AGE, Datatype.INTEGER, span):
                    return tuple(Region(ages=part) for part in _parts(span, wanted))
                case _:
                    raise _refused(part, "a situation")

        return _combine(expression, True, leaf)

    def _named_situation(self, iri: str, wanted: bool, inside: tuple[str, ...]) -> Regions:
        """A named class of situations, followed through its definition."""
        if iri == Kind.SITUATION:
            return EVERYWHERE if wanted else NOWHERE
        if iri in inside:
            raise OutsideFragment(f"The definition of {shorten(iri)} refers to itself.")
        if iri not in self.vocabulary.situations:
            raise OutsideFragment(
                f"{shorten(iri)} is used as a condition but is no defined class of situations."
            )
        definition = self.vocabulary.situations[iri]
        return self._situation(definition if wanted else Not(definition), (*inside, iri))

    def _injury(self, part: Expression, wanted: bool) -> Regions:
        """A condition on the injury: its class, or its grade."""
        match part:
            case Named(iri) if iri in self.vocabulary.injuries:
                return (Region(injuries=_classes(iri, wanted)),)
            case SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, span):
                graded = grades_in(span)
                return (Region(grades=graded if wanted else GRADES - graded),)
            case _:
                raise _refused(part, "an injury")

    def _treatment(self, part: Expression, wanted: bool) -> Regions:
        """A condition on the proposed treatment: its class."""
        if isinstance(part, Named) and part.iri in self.vocabulary.treatments:
            return (Region(treatments=_classes(part.iri, wanted)),)
        raise _refused(part, "a treatment")

    def _factor(self, filler: Expression, wanted: bool) -> Regions:
        """The presence of a factor. A patient has many, so only `or` distributes over them."""
        match filler:
            case Named(iri) if iri in self.vocabulary.factors:
                return (Region(factors=_classes(iri, wanted)),)
            case Or(operands):
                parts = [self._factor(part, wanted) for part in operands]
                return union(parts) if wanted else intersection(parts)
            case _:
                raise _refused(filler, "a patient factor")


def grades_in(span: Span) -> frozenset[int]:
    """The grades whose number lies in a span; an ungraded injury has no number."""
    return frozenset(g for g in GRADES - {UNGRADED} if span.covers(Span.at(g)))


def _combine(expression: Expression, wanted: bool, leaf: _Leaf) -> Regions:
    """Distribute a Boolean expression over its leaves; `wanted` is false under a negation."""
    match expression:
        case Not(operand):
            return _combine(operand, not wanted, leaf)
        case And(operands) | Or(operands):
            parts = [_combine(part, wanted, leaf) for part in operands]
            conjunctive = isinstance(expression, And) == wanted
            return intersection(parts) if conjunctive else union(parts)
        case _:
            return leaf(expression, wanted)


def _classes(iri: str, wanted: bool) -> Classes:
    """The constraint that a class is required, or excluded."""
    named = frozenset({iri})
    return Classes(required=named) if wanted else Classes(excluded=named)


def _parts(span: Span, wanted: bool) -> tuple[Span, ...]:
    """The span, or what is left without it."""
    if not wanted:
        return span.complement()
    return () if span.is_empty else (span,)


def _refused(part: Expression, subject: str) -> OutsideFragment:
    """The error for a part that says of its subject what cannot be compiled."""
    return OutsideFragment(
        f"`{manchester(part)}` cannot be compiled as a condition on {subject}. "
        "See rules/README.md, section The fragment that compiles."
    )
