"""A record in JSON as triples, as the JSON-LD context of case records has it.

The same triples come from a JSON-LD processor, but here every one is known by its JSON Pointer, any
name of a term is understood, and a value of the wrong type is kept for the shapes to refuse.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from primum.foundation.names import BASE, PREFIXES, RDF, Datatype, Record
from primum.model.naming import Names
from primum.model.shapes import Form, Holds, Member
from primum.use_cases.records.pointers import below, iri_of
from primum.use_cases.records.written import Object, Written

_TYPE_KEY: Final = "type"
_IGNORED: Final = frozenset({"@context"})
_LARGEST_WHOLE: Final = 10**21  # JSON-LD 1.1 API, section 8.6: larger numbers are doubles
_UNKNOWN: Final = Form("")


class JsonRecords:
    """Writes JSON records as triples; `names` finds the terms of each kind by any name."""

    def __init__(self, forms: Mapping[str, Form], names: "Mapping[tuple[str, str], Names]") -> None:
        """Keep the forms, and the names of the terms of each member, by form and property."""
        self._forms = forms
        self._names = names
        every = {member.iri for form in forms.values() for member in form.members.values()}
        self._known = every - {Record.TYPE}

    def write(self, document: Any) -> Written:
        """The triples of a record."""
        found = Written()
        root = found.begin()
        if isinstance(document, dict):
            self._members(found, "", root, document, "")
        return found

    def _members(
        self, found: Written, via: str, node: str, document: Mapping[str, Any], pointer: str
    ) -> None:
        """The statements of one object; `via` is the property that led to it."""
        form = self._forms.get(via, _UNKNOWN)
        by_iri = {member.iri: member for member in form.members.values()}
        for key, value in document.items():
            if key not in _IGNORED:
                iri = _property(key)
                # JSON-LD has a second name for a member: that of its property.
                member = form.members.get(key) or by_iri.get(iri) or Member(key, iri)
                self._values(found, via, node, member, (value, below(pointer, key)))

    def _values(
        self, found: Written, via: str, node: str, member: Member, given: tuple[Any, str]
    ) -> None:
        """The statements of one member; a list has one for each element, null has none."""
        value, pointer = given
        if isinstance(value, list):
            for number, one in enumerate(value):
                self._values(found, via, node, member, (one, below(pointer, number)))
        elif not member.order and member.iri in self._known and value is not None:
            plain = ox.Literal("") if isinstance(value, dict) else native(value)
            found.misplace(node, member.key, plain, pointer)
        elif isinstance(value, dict):
            child = iri_of(pointer)
            found.add(node, member.iri, ox.NamedNode(child), pointer)
            self._members(found, member.iri, child, value, pointer)
        elif value is not None:
            found.add(node, member.iri, self._value(via, member, value), pointer)

    def _value(self, via: str, member: Member, value: Any) -> Object:
        """A plain value as a term."""
        if isinstance(value, str):
            if member.iri == Record.TYPE or Holds.TERM in member.holds:
                return ox.NamedNode(self._term(via, member, value))
            if Holds.INSTANT in member.holds:
                return ox.Literal(value, datatype=ox.NamedNode(Datatype.DATE_TIME))
        return native(value)

    def _term(self, via: str, member: Member, name: str) -> str:
        """The IRI of a term, or one that no term has."""
        names = self._names.get((via, member.iri))
        known = None if names is None else names.known(name)
        if known is not None:
            return known.iri
        return _absolute(name) or BASE + quote(name, safe="")


def native(value: str | float) -> ox.Literal:
    """A JSON value as a literal (JSON-LD 1.1 API, section 8.6)."""
    if isinstance(value, bool):
        return ox.Literal("true" if value else "false", datatype=ox.NamedNode(Datatype.BOOLEAN))
    if isinstance(value, str):
        return ox.Literal(value)
    if value == int(value) and abs(value) < _LARGEST_WHOLE:
        return ox.Literal(str(int(value)), datatype=ox.NamedNode(Datatype.INTEGER))
    mantissa, _, exponent = f"{value:.15E}".partition("E")
    spelled = f"{mantissa.rstrip('0')}{'0' if mantissa.rstrip('0').endswith('.') else ''}"
    return ox.Literal(f"{spelled}E{int(exponent)}", datatype=ox.NamedNode(Datatype.DOUBLE))


def _property(key: str) -> str:
    """The property that a member stands for which the forms do not know."""
    if key == _TYPE_KEY:
        return RDF + "type"
    return _absolute(key) or BASE + quote(key, safe="")


def _absolute(name: str) -> str | None:
    """The IRI that a name spells in full or with one of the project's prefixes."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + quote(local, safe="/")
    if name.startswith(("http://", "https://", "urn:")):
        return quote(name, safe=":/#?&=%~+,;@!$'()*[]")
    return None
