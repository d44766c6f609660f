"""Conditions that plain columns can say, and their cells.

A plain condition is one conjunction: some treatment, some injury with a grade, a stretch of hours
and of ages, shared windows, factors that are present and factors that are absent. Every other
condition stands in Manchester syntax in a column of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from primum.foundation.names import Datatype, Kind, Link
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.spans import Span

_DATATYPES: Final = {
    Link.HAS_GRADE: Datatype.INTEGER,
    Link.HOURS: Datatype.DECIMAL,
    Link.AGE: Datatype.INTEGER,
}


@dataclass(frozen=True, slots=True)
class Plain:
    """A condition as one conjunction; classes by IRI.

    One of `treatments` is proposed, for one of `injuries`. All of `windows` hold. `present` asks
    for one factor out of each group, `absent` for none of its factors. A span that is None asks
    nothing.
    """

    treatments: tuple[str, ...] = ()
    injuries: tuple[str, ...] = ()
    grades: Span | None = None
    hours: Span | None = None
    windows: tuple[str, ...] = ()
    present: tuple[tuple[str, ...], ...] = ()
    absent: tuple[str, ...] = ()
    ages: Span | None = None


def expression_of(plain: Plain) -> Expression:
    """The class expression of a plain condition."""
    parts: list[Expression] = [Named(Kind.SITUATION), *map(Named, plain.windows)]
    if plain.treatments:
        parts.append(Some(Link.PROPOSES, _any_of(plain.treatments)))
    asked = [_any_of(plain.injuries)] if plain.injuries else []
    asked += _number(Link.HAS_GRADE, plain.grades)
    if asked:
        parts.append(Some(Link.FOR_INJURY, _all_of(asked)))
    parts += [Some(Link.HAS_FACTOR, _any_of(group)) for group in plain.present]
    parts += [Not(Some(Link.HAS_FACTOR, Named(iri))) for iri in plain.absent]
    parts += _number(Link.HOURS, plain.hours)
    parts += _number(Link.AGE, plain.ages)
    return And(tuple(parts))


def plain_of(expression: Expression) -> Plain | None:
    """The plain condition that an expression is, but for the order of its parts; else None."""
    operands = expression.operands if isinstance(expression, And) else (expression,)
    plain = Plain(
        treatments=_first(_filler(part, Link.PROPOSES) for part in operands),
        injuries=_first(_injuries(part) for part in operands),
        grades=next((span for part in operands for span in _spans(part, Link.HAS_GRADE)), None),
        hours=next((span for part in operands for span in _spans(part, Link.HOURS)), None),
        windows=tuple(p.iri for p in operands if isinstance(p, Named) and p.iri != Kind.SITUATION),
        present=tuple(filter(None, (_filler(part, Link.HAS_FACTOR) for part in operands))),
        absent=tuple(iri for part in operands for iri in _absent(part)),
        ages=next((span for part in operands for span in _spans(part, Link.AGE)), None),
    )
    groups = len(plain.present) > 1 and any(len(group) > 1 for group in plain.present)
    same = unordered(expression_of(plain)) == unordered(expression)
    return plain if same and not groups else None


def unordered(expression: Expression) -> str:
    """A spelling of an expression in which the order of what `and` and `or` join plays no part."""
    match expression:
        case And(operands) | Or(operands):
            parts = ", ".join(sorted(map(unordered, operands)))
            return f"{type(expression).__name__}({parts})"
        case Not(operand):
            return f"Not({unordered(operand)})"
        case Some(prop, filler):
            return f"Some({prop}, {unordered(filler)})"
        case _:
            return repr(expression)


def _any_of(iris: Iterable[str]) -> Expression:
    """One class, or any of several."""
    named: list[Expression] = [Named(iri) for iri in iris]
    return named[0] if len(named) == 1 else Or(tuple(named))


def _all_of(parts: list[Expression]) -> Expression:
    """One part, or all of several."""
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _number(prop: str, span: Span | None) -> list[Expression]:
    """What a span asks of a number."""
    return [] if span is None else [SomeNumber(prop, _DATATYPES[prop], span)]


def _first(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The first that holds anything."""
    return next(filter(None, found), ())


def _filler(part: Expression, prop: str) -> tuple[str, ...]:
    """The classes of `property some (A or B)`."""
    return _classes(part.filler) if isinstance(part, Some) and part.property == prop else ()


def _classes(filler: Expression) -> tuple[str, ...]:
    """One class, or the classes that `or` joins."""
    operands = filler.operands if isinstance(filler, Or) else (filler,)
    return tuple(part.iri for part in operands if isinstance(part, Named))


def _injuries(part: Expression) -> tuple[str, ...]:
    """The injuries that a part asks for, beside a grade or without one."""
    if not isinstance(part, Some) or part.property != Link.FOR_INJURY:
        return ()
    asked = part.filler.operands if isinstance(part.filler, And) else (part.filler,)
    return _first(_classes(one) for one in asked)


def _spans(part: Expression, prop: str) -> list[Span]:
    """The spans that a part asks of a number, of its injury's grade too."""
    match part:
        case SomeNumber(on, _, span) if on == prop:
            return [span]
        case Some(Link.FOR_INJURY, filler):
            asked = filler.operands if isinstance(filler, And) else (filler,)
            return [
                one.span for one in asked if isinstance(one, SomeNumber) and one.property == prop
            ]
        case _:
            return []


def _absent(part: Expression) -> tuple[str, ...]:
    """The factor that a part asks to be absent."""
    match part:
        case Not(Some(Link.HAS_FACTOR, Named(iri))):
            return (iri,)
        case _:
            return ()
