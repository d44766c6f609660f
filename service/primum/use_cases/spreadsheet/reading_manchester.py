"""Reading conditions that are typed in Manchester syntax, as `model.manchester` writes them.

Only what the compiler reads can be said: `and`, `or`, `not`, brackets, classes by any of their
names without spaces, `some` on the properties that rules ask about, and numbers with facets or
after `value`. `not` binds most tightly, then `and`, then `or`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from primum.foundation.errors import QuestionError
from primum.foundation.names import XSD, Datatype, Kind, Link, local_name
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.naming import Names
from primum.model.spans import Cut, Number, Span, exact
from primum.use_cases.spreadsheet.faults import Refused

_TOKEN: Final = re.compile(r"\s*(>=|<=|[()\[\],<>]|[^\s()\[\],<>=]+)")
_NUMBER: Final = re.compile(r"\d+(\.\d+)?", re.ASCII)
_OBJECTS: Final = (Link.FOR_INJURY, Link.PROPOSES, Link.HAS_FACTOR)
_NUMBERS: Final[Mapping[str, str]] = {
    Link.HAS_GRADE: Datatype.INTEGER,
    Link.HOURS: Datatype.DECIMAL,
    Link.AGE: Datatype.INTEGER,
}
_PROPERTIES: Final = {local_name(iri).casefold(): iri for iri in (*_OBJECTS, *_NUMBERS)}
_FACETS: Final[Mapping[str, Callable[[Number], Span]]] = {
    ">=": lambda at: Span(Cut(at)),
    ">": lambda at: Span(Cut(at, after=True)),
    "<=": lambda at: Span(end=Cut(at, after=True)),
    "<": lambda at: Span(end=Cut(at)),
}
_DEEPEST: Final = 40


@dataclass(slots=True)
class _Reader:
    """Reads one condition; `names` are those of the thing that is spoken of just now."""

    tokens: list[str]
    by_property: Mapping[str, Names]
    names: Names
    at: int = 0
    depth: int = 0

    @property
    def ahead(self) -> str:
        """The next word or sign; "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """The next word or sign, gone past."""
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ""

    def demand(self, *words: str) -> str:
        """Go past one of some words or signs, which must come next."""
        if self.ahead.casefold() not in words:
            raise self.unexpected(" or ".join(words))
        return self.take().casefold()

    def unexpected(self, wanted: str) -> Refused:
        """The refusal of what comes next."""
        before = " ".join(self.tokens[max(0, self.at - 4) : self.at])
        place = f"after `{before}`" if before else "at the beginning"
        return Refused(f"{place.capitalize()}, {wanted} is due, not {self.ahead or 'the end'!r}.")

    def alternatives(self) -> Expression:
        """Operands with `or` between them."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Refused(f"The condition is nested more than {_DEEPEST} deep.")
        parts = self.several("or", self.conjunction)
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self) -> Expression:
        """Operands with `and` between them."""
        parts = self.several("and", self.operand)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def several(self, word: str, read: Callable[[], Expression]) -> list[Expression]:
        """Parts with a word between them."""
        parts = [read()]
        while self.ahead.casefold() == word:
            self.take()
            parts.append(read())
        return parts

    def operand(self) -> Expression:
        """A negation, a bracket, a restriction or a class."""
        if self.ahead == "(":
            self.take()
            inner = self.alternatives()
            self.demand(")")
            return inner
        if self.ahead.casefold() == "not":
            self.take()
            return Not(self.operand())
        prop = _PROPERTIES.get(self.ahead.casefold())
        return self.named() if prop is None else self.restriction(prop)

    def named(self) -> Expression:
        """A class."""
        if not re.match(r"\w", self.ahead):
            raise self.unexpected("a class or a property")
        if self.ahead.casefold() == local_name(Kind.SITUATION).casefold():
            self.take()
            return Named(Kind.SITUATION)
        try:
            return Named(self.names.find(self.take(), where="condition").iri)
        except QuestionError as error:
            raise Refused.by(error) from error

    def restriction(self, prop: str) -> Expression:
        """`property some class`, `property some datatype[facets]` or `property value number`."""
        self.take()
        if prop in _OBJECTS:
            self.demand("some")
            outside, self.names = self.names, self.by_property[prop]
            filler = self.operand()
            self.names = outside
            return Some(prop, filler)
        if self.demand("some", "value") == "value":
            return SomeNumber(prop, _NUMBERS[prop], Span.at(self.number()))
        self.demand(f"xsd:{_NUMBERS[prop].removeprefix(XSD)}")
        return SomeNumber(prop, _NUMBERS[prop], self.facets() if self.ahead == "[" else Span())

    def facets(self) -> Span:
        """Bounds in square brackets."""
        span = Span()
        while self.demand("[", ",") and (sign := self.demand(*_FACETS)):
            span = span.intersect(_FACETS[sign](self.number()))
            if self.ahead != ",":
                break
        self.demand("]")
        return span

    def number(self) -> Number:
        """A number that is not negative, in decimal notation with a point."""
        if not _NUMBER.fullmatch(self.ahead):
            raise self.unexpected("a number such as 48 or 1.5")
        return exact(self.take())


def read_manchester(text: str, by_property: Mapping[str, Names], situations: Names) -> Expression:
    """The class expression that a text spells.

    `by_property` gives the names of injuries, treatments and factors by the property that leads to
    them, `situations` those of shared windows. Raises Refused with the place of the mistake.
    """
    tokens = _TOKEN.findall(text)
    unread = _TOKEN.sub("", text).strip()
    if unread:
        raise Refused(f"{unread!r} has no meaning in a condition.")
    reader = _Reader(tokens, by_property, situations)
    expression = reader.alternatives()
    if reader.ahead:
        raise reader.unexpected("and, or, or the end")
    return expression
