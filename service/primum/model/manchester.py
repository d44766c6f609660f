"""Class expressions in Manchester syntax, the form in which Protégé shows them."""

from collections.abc import Callable

from primum.foundation.names import XSD, local_name
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.spans import Number, Span


def manchester(  # noqa: PLR0911 - one per construct
    expression: Expression, *, name: Callable[[str], str] = local_name
) -> str:
    """The expression on one line; `name` chooses how an IRI is written."""
    match expression:
        case Named(iri):
            return name(iri)
        case And(operands):
            return " and ".join(_bracketed(part, name) for part in operands)
        case Or(operands):
            return " or ".join(_bracketed(part, name) for part in operands)
        case Not(operand):
            return f"not {_bracketed(operand, name)}"
        case Some(prop, filler):
            return f"{name(prop)} some {_bracketed(filler, name)}"
        case SomeNumber(prop, _, span) if span.is_instant:
            return f"{name(prop)} value {spell(span.start.at)}"
        case SomeNumber(prop, datatype, span):
            return f"{name(prop)} some xsd:{datatype.removeprefix(XSD)}[{facets(span)}]"


def _bracketed(expression: Expression, name: Callable[[str], str]) -> str:
    """The expression, in brackets unless it is a plain name."""
    text = manchester(expression, name=name)
    return text if isinstance(expression, Named) else f"({text})"


def facets(span: Span) -> str:
    """A span as facets: `>= 0, < 168`."""
    lower = f"{'>' if span.start.after else '>='} {spell(span.start.at)}"
    if span.end is None:
        return lower
    return f"{lower}, {'<=' if span.end.after else '<'} {spell(span.end.at)}"


def spell(number: Number) -> str:
    """An exact number in decimal notation where that ends, as a fraction where it does not."""
    denominator = number.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    digits = str(abs((number * 10**places).numerator)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
