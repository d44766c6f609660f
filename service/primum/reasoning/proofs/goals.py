"""Working back from a claim to what is known, without distinguishing cases."""

from collections.abc import Iterable, Iterator

from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.proofs import By, Derivation, Link, opposite
from primum.reasoning.proofs.denials import by_cases, denial
from primum.reasoning.proofs.known import Judgement, Known
from primum.reasoning.proofs.ranges import apart, covers

_NONE: frozenset[str] = frozenset()


def derive(
    known: Known, thing: str, goal: Expression, passed: frozenset[str] = _NONE
) -> Derivation | None:
    """How it follows that a thing belongs to a class, or None where it does not follow so.

    `passed` are the named classes whose definitions are being followed.
    """
    found = known.find(thing, goal)
    if found is not None:
        return found
    if isinstance(goal, Not):
        return _refute(known, thing, goal.operand, passed)
    return _confirm(known, thing, goal, passed)


def suppose(known: Known, derivation: Derivation) -> Known:
    """What is known with one thing more, and all that follows from it by general axioms."""
    more = known.plus(derivation)
    settle(more)
    return more


def settle(known: Known) -> None:
    """Add what general axioms make of what is known."""
    before = -1
    while before != known.size and known.clash is None:
        before = known.size
        for step in known.implications.general:
            for thing in known.things:
                if known.find(thing, step.whole) is None:
                    part = _confirm(known, thing, step.part, _NONE)
                    if part is not None:
                        known.add(Derivation(thing, step.whole, step.by, (step.axiom, part)))


def undecided(
    known: Known, thing: str, goal: Expression, passed: frozenset[str] = _NONE
) -> Iterator[Judgement]:
    """The simplest parts of a claim that are neither known to hold nor known not to."""
    if derive(known, thing, goal) or derive(known, thing, opposite(goal)):
        return
    match goal:
        case Not(operand):
            yield from undecided(known, thing, operand, passed)
        case And(operands) | Or(operands):
            for part in operands:
                yield from undecided(known, thing, part, passed)
        case Some(prop, filler) if link := _link(known, thing, prop):
            yield from undecided(known, link.other, filler)
        case Some(prop, Or(operands)):
            for part in operands:
                yield from undecided(known, thing, Some(prop, part))
        case Named(iri) if iri not in passed and iri in known.implications.definitions:
            for step in known.implications.definitions[iri]:
                yield from undecided(known, thing, step.part, passed | {iri})
        case _:
            yield thing, goal


def _confirm(  # noqa: C901, PLR0911, PLR0912 - one case per construct
    known: Known, thing: str, goal: Expression, passed: frozenset[str]
) -> Derivation | None:
    """How a thing is shown to belong to a class that is no negation."""
    match goal:
        case Named(iri) if iri not in passed:
            for step in known.implications.definitions.get(iri, ()):
                if part := derive(known, thing, step.part, passed | {iri}):
                    return Derivation(thing, goal, step.by, (step.axiom, part))
        case And(operands):
            if parts := _all(derive(known, thing, part, passed) for part in operands):
                return Derivation(thing, goal, By.AND, parts)
        case Or(operands):
            if part := _any(derive(known, thing, part, passed) for part in operands):
                return Derivation(thing, goal, By.OR, (part,))
        case Some(prop, filler) if link := _link(known, thing, prop):
            if part := derive(known, link.other, filler):
                return Derivation(thing, goal, By.SOME, (link, part))
        case Some(prop, Or(operands)):
            spread = Or(tuple(Some(prop, part) for part in operands))
            if part := derive(known, thing, spread):
                return Derivation(thing, goal, By.SPREAD, (part,))
        case SomeNumber(prop):
            for number in known.numbers(thing, prop):
                if isinstance(number.conclusion, SomeNumber) and covers(goal, number.conclusion):
                    return Derivation(thing, goal, By.WITHIN, (number,))
    return None


def _refute(  # noqa: C901, PLR0911 - one case per construct
    known: Known, thing: str, goal: Expression, passed: frozenset[str]
) -> Derivation | None:
    """How a thing is shown not to belong to a class."""
    match goal:
        case Named(iri) if iri not in passed and iri in known.implications.definitions:
            for step in known.implications.definitions[iri]:
                if part := derive(known, thing, opposite(step.part), passed | {iri}):
                    return Derivation(thing, Not(goal), By.NOT_AXIOM, (step.axiom, part))
        case And(operands):
            if part := _any(derive(known, thing, opposite(each), passed) for each in operands):
                return Derivation(thing, Not(goal), By.NOT_PART, (part,))
            return None
        case Or(operands):
            parts = _all(derive(known, thing, opposite(each), passed) for each in operands)
            return Derivation(thing, Not(goal), By.NEITHER, parts) if parts else None
        case Some(prop, filler) if link := _link(known, thing, prop):
            part = derive(known, link.other, opposite(filler))
            only = known.implications.functional[prop]
            return Derivation(thing, Not(goal), By.NONE, (only, link, part)) if part else None
        case Some(prop, Or(operands)):
            spread = Or(tuple(Some(prop, part) for part in operands))
            part = derive(known, thing, Not(spread))
            return Derivation(thing, Not(goal), By.NOT_SPREAD, (part,)) if part else None
        case Not(operand):
            hypothesis = Derivation(thing, goal, By.SUPPOSE)
            part = derive(known, thing, operand)
            return by_cases(hypothesis, (part, hypothesis)) if part else None
        case SomeNumber() if excluded := _exclude(known, thing, goal):
            return excluded
    return _deny(known, thing, goal)


def _exclude(known: Known, thing: str, goal: SomeNumber) -> Derivation | None:
    """How a number is shown not to lie in a range, by a range that it is known to be in or not."""
    for number in known.numbers(thing, goal.property):
        match number.conclusion:
            case SomeNumber() as held if apart(held, goal):
                only = known.implications.functional[goal.property]
                return Derivation(thing, Not(goal), By.OUTSIDE, (only, number))
            case Not(SomeNumber() as barred) if covers(barred, goal):
                return Derivation(thing, Not(goal), By.NOT_WITHIN, (number,))
    return None


def _deny(known: Known, thing: str, goal: Expression) -> Derivation | None:
    """How a supposition is shown to be false by what follows from it."""
    judgement = thing, goal
    if known.find(thing, goal) is not None:
        return None
    if judgement not in known.denied:
        hypothesis = Derivation(thing, goal, By.SUPPOSE)
        clash = suppose(known, hypothesis).clash
        known.denied[judgement] = denial(hypothesis, clash) if clash else None
    return known.denied[judgement]


def _link(known: Known, thing: str, prop: str) -> Link | None:
    """The link to the one thing that another has by a functional property."""
    link = known.links.get(prop)
    return link if link is not None and link.thing == thing else None


def _any(found: Iterable[Derivation | None]) -> Derivation | None:
    """The first of several that was found."""
    return next((each for each in found if each is not None), None)


def _all(found: Iterable[Derivation | None]) -> tuple[Derivation, ...] | None:
    """All of several, or None where one was not found."""
    parts = []
    for each in found:
        if each is None:
            return None
        parts.append(each)
    return tuple(parts)
