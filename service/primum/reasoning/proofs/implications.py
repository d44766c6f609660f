"""What each axiom lets one conclude, found by what it is concluded from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from primum.model.expressions import And, Expression, Named, Not, Some, SomeNumber
from primum.model.proofs import Axiom, By, Kind


@dataclass(frozen=True, slots=True)
class Implication:
    """That all members of a class belong to another, by an axiom or by its contraposition."""

    part: Expression
    whole: Expression
    by: By
    axiom: Axiom


@dataclass(frozen=True, slots=True)
class Implications:
    """The axioms of a knowledge base, indexed.

    `above` maps a named class to what follows from it, `definitions` to what it is equivalent to;
    `general` are the implications from expressions. `functional` and `ranges` are the axioms on
    properties.
    """

    above: Mapping[str, Sequence[Implication]]
    definitions: Mapping[str, Sequence[Implication]]
    general: Sequence[Implication]
    functional: Mapping[str, Axiom]
    ranges: Mapping[str, tuple[Axiom, SomeNumber]]


def implications_of(axioms: Iterable[Axiom], rules: Collection[str]) -> Implications:
    """The index of axioms.

    That a situation meets the definition of one of the `rules`, or one that denies something, is
    found out only where that class is asked for, so these definitions are not general.
    """
    above: dict[str, list[Implication]] = defaultdict(list)
    definitions: dict[str, list[Implication]] = defaultdict(list)
    general, functional, ranges = [], {}, {}
    for axiom in axioms:
        match axiom.kind, axiom.parts:
            case Kind.FUNCTIONAL, (Named(iri),):
                functional[iri] = axiom
            case Kind.RANGE, (Named(iri), SomeNumber() as number):
                ranges[iri] = axiom, number
        for implication in _implied(axiom):
            match implication.part, implication.whole:
                case Named(iri), _:
                    above[iri].append(implication)
                case part, whole if _is_positive(part) and not _is_one_of(whole, rules):
                    general.append(implication)
            if axiom.kind is Kind.EQUIVALENT and isinstance(implication.whole, Named):
                definitions[implication.whole.iri].append(implication)
    return Implications(above, definitions, general, functional, ranges)


def _is_positive(expression: Expression) -> bool:
    """Whether an expression denies nothing, so that more facts never make it false."""
    match expression:
        case And(operands):
            return all(map(_is_positive, operands))
        case Some(_, filler):
            return _is_positive(filler)
        case _:
            return isinstance(expression, Named | SomeNumber)


def _is_one_of(expression: Expression, classes: Collection[str]) -> bool:
    """Whether an expression is a named class among some."""
    return isinstance(expression, Named) and expression.iri in classes


def _implied(axiom: Axiom) -> Iterator[Implication]:
    """The implications that an axiom on classes states."""
    match axiom.kind, axiom.parts:
        case Kind.SUBCLASS, (part, whole):
            yield Implication(part, whole, By.AXIOM, axiom)
        case Kind.EQUIVALENT, (part, whole):
            yield Implication(part, whole, By.AXIOM, axiom)
            yield Implication(whole, part, By.AXIOM, axiom)
        case ((Kind.DISJOINT | Kind.DISJOINT_CLASSES), parts):
            for one, other in combinations(parts, 2):
                yield Implication(one, Not(other), By.AXIOM, axiom)
                yield Implication(other, Not(one), By.NOT_AXIOM, axiom)
