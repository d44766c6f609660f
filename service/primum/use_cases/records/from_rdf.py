"""A record out of an RDF graph: the one record in it, its nodes named by where they stand.

Only what hangs on the record is taken, along the properties of records. What else a graph says is
told as a warning and never meets the ontology: a record cannot say that one class is below another.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from primum.foundation.errors import InvalidValue
from primum.foundation.names import BASE, OWL, RDF, Record, local_name
from primum.model.naming import Names
from primum.model.shapes import Form, Holds, Member
from primum.use_cases.records.pointers import below, iri_of
from primum.use_cases.records.written import Object, Written

_TYPE = ox.NamedNode(RDF + "type")
_CASE = ox.NamedNode(Record.CASE)
_INJURY = ox.NamedNode(Record.INJURY)
_SAID_OF_ALL: Final = frozenset({OWL + "NamedIndividual", OWL + "Thing"})
_MOST_TOLD: Final = 10

Subject = ox.NamedNode | ox.BlankNode
_Statements = dict[Subject, list[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]]]


class RdfRecords:
    """Takes records out of graphs; `names` and `above` tell the terms and what is above each."""

    def __init__(
        self,
        forms: Mapping[str, Form],
        names: Mapping[tuple[str, str], Names],
        above: Mapping[str, frozenset[str]],
    ) -> None:
        """Keep the forms, the names of the terms of each member, and the class hierarchy."""
        self._forms = forms
        self._names = names
        self._above = above
        self._known = {member.iri for form in forms.values() for member in form.members.values()}

    def write(self, quads: Sequence[ox.Quad]) -> Written:
        """The triples of the one record in a graph.

        Raises InvalidValue where there is no record or more than one.
        """
        said: _Statements = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                raise InvalidValue("A triple term stands in the graph; a record has none.")
            said[quad.subject].append((quad.predicate, quad.object))
        found = Written()
        seen = self._node(found, said, "", (_record_in(said), "", found.begin()))
        left = sorted({str(subject) for subject in said.keys() - seen})
        found.outside = left[:_MOST_TOLD]
        return found

    def _node(
        self, found: Written, said: _Statements, via: str, node: tuple[Subject, str, str]
    ) -> set[Subject]:
        """The statements of one node; gives the nodes of the graph that were visited."""
        subject, pointer, iri = node
        form = self._forms.get(via)
        if form is None:
            return {subject}
        members = {member.iri: member for member in form.members.values()}
        seen, numbers = {subject}, defaultdict[str, int](int)
        types = self._types(said[subject]) if RDF + "type" in members else None
        for predicate, value in said[subject]:
            if predicate == _TYPE and (types is None or value not in types):
                continue
            member = members.get(predicate.value)
            key = member.key if member else local_name(predicate.value)
            place = below(pointer, key)
            if member and (member.many or numbers[key]):
                place = below(place, numbers[key])
            numbers[key] += 1
            if member is None and predicate.value in self._known:
                found.misplace(iri, key, _plain(value), place)
            elif isinstance(value, ox.Literal):
                found.add(iri, predicate.value, value, place)
            elif member and Holds.NODE in member.holds:
                child = iri_of(place)
                found.add(iri, predicate.value, ox.NamedNode(child), place)
                seen |= self._node(found, said, member.iri, (value, place, child))
            else:
                found.add(iri, predicate.value, self._value(via, member, value), place)
        return seen

    def _types(
        self, statements: list[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]]
    ) -> set[object]:
        """The narrowest types of a node: wider ones follow from them and say nothing more."""
        types = [v for p, v in statements if p == _TYPE]
        iris = {v.value for v in types if isinstance(v, ox.NamedNode)} - _SAID_OF_ALL
        wider = {up for iri in iris for up in self._above.get(iri, ()) if up != iri}
        return {v for v in types if getattr(v, "value", None) not in wider | _SAID_OF_ALL}

    def _value(self, via: str, member: Member | None, value: ox.NamedNode | ox.BlankNode) -> Object:
        """A value that is no node of the record; a term may be named by any of its names."""
        if isinstance(value, ox.BlankNode):
            return _plain(value)
        names = None if member is None else self._names.get((via, member.iri))
        if names is not None and value.value.startswith(BASE):
            known = names.known(unquote(local_name(value.value)))
            return value if known is None else ox.NamedNode(known.iri)
        return value


def _plain(value: ox.NamedNode | ox.BlankNode | ox.Literal) -> Object:
    """A value that nothing hangs on."""
    return ox.NamedNode(BASE + "anonymous") if isinstance(value, ox.BlankNode) else value


def _record_in(said: _Statements) -> Subject:
    """The one record of a graph."""
    found = [
        subject
        for subject, statements in said.items()
        if any(p == _INJURY or (p == _TYPE and v == _CASE) for p, v in statements)
    ]
    if len(found) == 1:
        return found[0]
    many = f"{len(found)} case records" if found else "no case record"
    raise InvalidValue(
        f"The graph holds {many}; it holds one, a node with <{Record.INJURY}>.",
        found=many,
        allowed=("one case record",),
    )
