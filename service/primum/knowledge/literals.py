"""Literals for SHACL validation that keep their text and compare exactly.

rdflib reads a date as a dateTime, cuts a fraction of a second after six digits, knows no 24:00:00,
takes `1_0` as an integer, and raises where an ill-typed literal is compared. Here a dateTime and an
integer are what XSD says they are, and what is ill-typed can be compared with nothing. Nothing is
changed in rdflib itself, which other parts of the process use.
"""

import re
from datetime import UTC, datetime
from typing import Final, Self

import pyoxigraph as ox
from rdflib import Literal, URIRef

from primum.foundation.errors import InvalidValue
from primum.foundation.names import Datatype
from primum.model.dates import read_moment
from primum.model.spans import Number

_DATE_TIME: Final = re.compile(r"[^T]+T\d\d:\d\d:\d\d(\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?", re.ASCII)
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,4000}", re.ASCII)
# pySHACL demands that the value of a dateTime is a `datetime`, and then never looks at it.
_ANY_TIME: Final = datetime(1, 1, 1, tzinfo=UTC)


class Unread(Literal):
    """A literal of which rdflib does not read the text."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str, datatype: str, *, value: object, ill_typed: bool) -> Self:
        """The literal; `value` is what pySHACL is told of it."""
        found = str.__new__(cls, text)
        found._language = None
        found._datatype = URIRef(datatype)
        found._value = value
        found._ill_typed = ill_typed
        return found


class IllTyped(Unread):
    """A literal that is none of its datatype: it has no order with anything."""

    __slots__ = ()

    def __lt__(self, other: object) -> bool:
        """No order."""
        return False

    __le__ = __gt__ = __ge__ = __lt__


class Instant(Unread):
    """A dateTime, in exact hours; one without a zone is taken in UTC."""

    __slots__ = ("hours",)

    hours: Number

    def __lt__(self, other: object) -> bool:
        """Whether the instant is earlier."""
        return isinstance(other, Instant) and self.hours < other.hours

    def __le__(self, other: object) -> bool:
        """Whether the instant is the same or earlier."""
        return isinstance(other, Instant) and self.hours <= other.hours

    def __gt__(self, other: object) -> bool:
        """Whether the instant is later."""
        return isinstance(other, Instant) and self.hours > other.hours

    def __ge__(self, other: object) -> bool:
        """Whether the instant is the same or later."""
        return isinstance(other, Instant) and self.hours >= other.hours


def literal_of(term: ox.Literal) -> Literal:
    """A literal in the terms of rdflib, its text untouched."""
    datatype = term.datatype.value
    if term.language:
        return Literal(term.value, lang=term.language)
    if datatype == Datatype.STRING:
        return Literal(term.value)
    if datatype == Datatype.DATE_TIME:
        return _instant(term.value)
    if datatype == Datatype.INTEGER:
        return _whole(term.value)
    return Unread.of(term.value, datatype, value=None, ill_typed=False)


def _instant(text: str) -> Literal:
    """A dateTime, or an ill-typed literal."""
    form = _DATE_TIME.fullmatch(text)
    if form is None:
        return IllTyped.of(text, Datatype.DATE_TIME, value=None, ill_typed=True)
    try:
        moment = read_moment(text if form["zone"] else f"{text}Z")
    except InvalidValue:
        return IllTyped.of(text, Datatype.DATE_TIME, value=None, ill_typed=True)
    found = Instant.of(text, Datatype.DATE_TIME, value=_ANY_TIME, ill_typed=False)
    found.hours = moment.hours
    return found


def _whole(text: str) -> Literal:
    """An integer, or an ill-typed literal."""
    if _INTEGER.fullmatch(text):
        return Unread.of(text, Datatype.INTEGER, value=int(text), ill_typed=False)
    return IllTyped.of(text, Datatype.INTEGER, value=None, ill_typed=True)
