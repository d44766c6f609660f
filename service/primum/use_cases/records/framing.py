"""A record as a JSON document again, in the form that the plain reader accepts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from primum.foundation.names import Datatype
from primum.model.shapes import Form, Holds, Member
from primum.use_cases.records.pointers import iri_of

Json = dict[str, Any]
_Said = Mapping[str, list[tuple[str, ox.NamedNode | ox.Literal]]]


def document_of(forms: Mapping[str, Form], triples: Iterable[ox.Triple]) -> Json:
    """The document of a record that breaks no shape; what no form knows is left out."""
    said: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for triple in triples:
        said[_iri(triple.subject)].append((triple.predicate.value, triple.object))
    return _document(forms, said, "", iri_of(""))


def _document(forms: Mapping[str, Form], said: _Said, via: str, iri: str) -> Json:
    """The object of one node."""
    found: Json = {}
    members = {member.iri: member for member in forms[via].members.values()}
    for predicate, value in said.get(iri, ()):
        member = members.get(predicate)
        if member is None:
            continue
        plain = _plain(forms, said, member, value)
        if member.many:
            found.setdefault(member.key, []).append(plain)
        else:
            found[member.key] = plain
    return found


def _plain(
    forms: Mapping[str, Form], said: _Said, member: Member, value: ox.NamedNode | ox.Literal
) -> Any:
    """One value as JSON."""
    if isinstance(value, ox.Literal):
        return int(value.value) if value.datatype.value == Datatype.INTEGER else value.value
    if Holds.NODE in member.holds:
        return _document(forms, said, member.iri, value.value)
    return value.value


def _iri(node: Any) -> str:
    """The IRI of a node of the record."""
    found: str = node.value
    return found
