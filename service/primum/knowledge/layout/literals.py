"""Literals that the OWL API writes as they were read; the others it would change."""

import re
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import XSD
from primum.knowledge.layout.objects import Text
from primum.knowledge.layout.statements import Statements
from primum.knowledge.layout.words import LANGUAGE_TAGGED, PLAIN, is_data_range

_KEPT: Final = {
    XSD + "integer": re.compile(r"0\d*|-?[1-9]\d*"),
    XSD + "decimal": re.compile(r"[+-]?\d*\.\d+"),
    XSD + "boolean": re.compile("true|false"),
}
"""What stays: other integers and booleans are respelled, other decimals read back as integers."""

_CHANGED: Final = frozenset((XSD + "double", XSD + "float", PLAIN))
_UNQUOTED: Final = re.compile("[\\0\\r]")


def read_text(literal: ox.Literal, statements: Statements) -> Text:
    """A literal, refused where it could not be written and read again as it is."""
    language, datatype = literal.language or "", literal.datatype.value
    kept = _KEPT.get(datatype)
    if datatype in _CHANGED or (kept and not kept.fullmatch(literal.value)):
        raise statements.refusal(f"{literal}, which the OWL API spells another way")
    if datatype.startswith(XSD) and not is_data_range(datatype):
        raise statements.refusal(f"{literal}, of a datatype that OWL 2 does not have")
    if _UNQUOTED.search(literal.value):
        raise statements.refusal(f"{literal}, which has a character that is not written raw")
    return Text(literal.value, LANGUAGE_TAGGED if language else datatype, language)
