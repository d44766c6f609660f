"""Literals by what they mean: "2.0" and "2" are one xsd:decimal, but no xsd:integer is one."""

import re
from decimal import Context, Decimal

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_FLOATING = frozenset({_XSD + "double", _XSD + "float"})
_TRUTH = {"true": "true", "1": "true", "false": "false", "0": "false"}
_EXACT = frozenset(
    _XSD + name
    for name in (
        *("decimal", "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
        *("negativeInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt"),
        *("unsignedShort", "unsignedByte"),
    )
)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_FLOAT = re.compile(rf"{_NUMBER.pattern}([eE][+-]?\d+)?|[+-]?INF|NaN")


def as_value(literal: ox.Literal) -> ox.Literal:
    """A literal with one text for each value of its datatype; others stay as they are."""
    text, datatype = literal.value, literal.datatype.value
    if datatype in _FLOATING and _FLOAT.fullmatch(text):
        return ox.Literal(repr(float(text)), datatype=literal.datatype)
    if datatype in _EXACT and _NUMBER.fullmatch(text):
        return ox.Literal(_exact(text), datatype=literal.datatype)
    if datatype == _XSD + "boolean" and text in _TRUTH:
        return ox.Literal(_TRUTH[text], datatype=literal.datatype)
    return literal


def _exact(text: str) -> str:
    """A decimal number without needless zeros, with as many digits as it has."""
    number = Decimal(text).normalize(Context(prec=len(text)))
    return f"{number:f}" if number else "0"


def as_written(literal: ox.Literal) -> ox.Literal:
    """A literal whose exponent is marked with E.

    The suite writes 1.0E6 in the data and the CSV of one test and 1.0e6 in its TSV.
    """
    if literal.datatype.value in _FLOATING and _FLOAT.fullmatch(literal.value):
        return ox.Literal(literal.value.replace("e", "E"), datatype=literal.datatype)
    return literal
