"""From regions back to class expressions: what the compiler undoes."""

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import Datatype, Kind, Link
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.regions import GRADES, UNGRADED, Classes, Region, Regions
from primum.model.spans import Span


def express(regions: Regions) -> Expression:
    """The class expression whose situations are those of the regions: what `compile` undoes.

    Raises OutsideFragment for no regions at all, which no expression of the fragment stands for.
    """
    if not regions:
        raise OutsideFragment("No region: nothing to express.")
    parts = tuple(_express(region) for region in regions)
    return parts[0] if len(parts) == 1 else Or(parts)


def _express(region: Region) -> Expression:
    """One region as a conjunction."""
    parts: list[Expression] = [Named(Kind.SITUATION)]
    for prop, asked in (
        (Link.PROPOSES, _members(region.treatments)),
        (Link.FOR_INJURY, [*_members(region.injuries), *_grades(region.grades)]),
    ):
        parts += [Some(prop, part) for part in asked]
    present = [Some(Link.HAS_FACTOR, Named(iri)) for iri in sorted(region.factors.required)]
    absent = [Not(Some(Link.HAS_FACTOR, Named(iri))) for iri in sorted(region.factors.excluded)]
    parts += [*present, *absent]
    if region.hours != Span():
        parts.append(SomeNumber(Link.HOURS, Datatype.DECIMAL, region.hours))
    if region.ages != Span():
        parts.append(SomeNumber(Link.AGE, Datatype.INTEGER, region.ages))
    return And(tuple(parts)) if len(parts) > 1 else parts[0]


def _members(asked: Classes) -> list[Expression]:
    """What a constraint on classes asks of the one thing it is about."""
    required: list[Expression] = [Named(iri) for iri in sorted(asked.required)]
    return required + [Not(Named(iri)) for iri in sorted(asked.excluded)]


def _grades(grades: frozenset[int]) -> list[Expression]:
    """What a set of grades asks of the injury; nothing where every grade is in it."""
    if grades == GRADES:
        return []
    some: list[Expression] = [
        SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span.at(grade))
        for grade in sorted(grades - {UNGRADED})
    ]
    if UNGRADED in grades:
        some.append(
            Not(SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span.half_open(1, max(GRADES) + 1)))
        )
    return [some[0] if len(some) == 1 else Or(tuple(some))]
