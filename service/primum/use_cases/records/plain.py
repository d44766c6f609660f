"""Accepting a plainly good JSON record, by a reader made from the shapes (accept fast).

What this reader accepts, the shapes accept without violation or warning; what it does not accept
may be good all the same (one treatment that is not in a list, `2.0` for 2) and is left to pySHACL.
"""

from collections.abc import Callable, Iterable, Mapping
from math import inf
from typing import Any

from primum.foundation.errors import OutsideFragment, QuestionError
from primum.model.dates import read_moment
from primum.model.naming import Names
from primum.model.shapes import Form, Holds, Member, RecordShapes
from primum.use_cases.records.checking import Checks, Conforms
from primum.use_cases.records.context import CONTEXT_KEY
from primum.use_cases.records.tree import Iri, Node, Value

Read = Callable[[Any, Node], Value]


class NotPlain(Exception):
    """The record is not plainly good."""


class PlainReader:
    """Reads documents that are plainly good case records; safe to share between threads."""

    def __init__(self, shapes: RecordShapes, terms: "Terms", context: str) -> None:
        """Make the reader of each form; `context` is the only JSON-LD context it lets pass."""
        checks = Checks(shapes.facts)
        self._context = context
        self._readers = {
            via: _FormReader(form, via, self, terms) for via, form in shapes.forms.items()
        }
        self._checks = {
            via: [(check.given, checks.conforms(check.shape)) for check in form.checks]
            for via, form in shapes.forms.items()
        }

    def read(self, document: Any) -> Node:
        """The tree of a record; raises NotPlain where it is not plainly good."""
        if type(document) is not dict:
            raise NotPlain
        if CONTEXT_KEY in document:
            if document[CONTEXT_KEY] != self._context:
                raise NotPlain
            document = {key: value for key, value in document.items() if key != CONTEXT_KEY}
        root = self.node(document, "", None)
        for node in root.family:
            for given, conforms in self._checks[node.via]:
                if (not given or given in node.values) and not conforms(node):
                    raise NotPlain
        return root

    def node(self, value: Any, via: str, parent: Node | None) -> Node:
        """The node that an object describes."""
        return self._readers[via].read(value, parent)


class _FormReader:
    """Reads the objects of one form."""

    def __init__(self, form: Form, via: str, nodes: PlainReader, terms: "Terms") -> None:
        """Make the reader of each member."""
        self._via = via
        self._members = {
            key: (member.iri, _most(member), _reader(member, via, nodes, terms))
            for key, member in form.members.items()
        }
        self._needed = [m.iri for m in form.members.values() if m.count.least]

    def read(self, value: Any, parent: Node | None) -> Node:
        """The node of an object."""
        if type(value) is not dict:
            raise NotPlain
        node, members = Node(self._via, parent), self._members
        for key, given in value.items():
            if key not in members:
                raise NotPlain
            iri, most, read = members[key]
            if most == 1:
                node.values[iri] = [read(given, node)]
            elif type(given) is not list or len(given) > most:
                raise NotPlain
            elif given:
                node.values[iri] = [read(one, node) for one in given]
        for iri in self._needed:
            if iri not in node.values:
                raise NotPlain
        return node


def _most(member: Member) -> float:
    """How many values a member may have."""
    return inf if member.count.most is None else member.count.most


class Terms:
    """The classes that members may name, by every name that callers use for them."""

    def __init__(self, shapes: RecordShapes, names: Mapping[str, Names]) -> None:
        """Find the classes that each shape lets pass among those that can be named."""
        checks = Checks(shapes.facts)
        self.names = {
            (via, member.iri): _of_shape(checks.conforms(member.term), names.values())
            for via, form in shapes.forms.items()
            for member in form.members.values()
            if member.term
        }

    def of(self, via: str, iri: str) -> "tuple[Names, dict[str, Iri]]":
        """The names of the terms of a member, and the terms by their local names and IRIs."""
        names = self.names[via, iri]
        known = {term.id: Iri(term.iri) for term in names}
        return names, known | {term.iri: Iri(term.iri) for term in names}


def _of_shape(conforms: Conforms, every: Iterable[Names]) -> Names:
    """The kind of names all terms of which a shape lets pass, and none of another kind."""
    for names in every:
        if any(conforms(Iri(term.iri)) for term in names):
            return names
    raise OutsideFragment("A shape of case records lets no term pass.")


def _reader(member: Member, via: str, nodes: PlainReader, terms: Terms) -> Read:
    """What reads one value of a member."""
    if member.holds == {Holds.NODE}:
        return lambda value, parent: nodes.node(value, member.iri, parent)
    if member.holds == {Holds.NODE, Holds.INSTANT}:
        instant = _instant(member)
        return lambda value, parent: (
            nodes.node(value, member.iri, parent) if type(value) is dict else instant(value, parent)
        )
    if Holds.TERM in member.holds:
        return _term(*terms.of(via, member.iri))
    simple = {Holds.TEXT: _text, Holds.WHOLE: _whole, Holds.INSTANT: _instant}
    (kind,) = member.holds
    return simple[kind](member)


def _text(member: Member) -> Read:
    """A text, one of the options if there are any, of a length within bounds."""
    least, most, options = member.least or 0, member.most, frozenset(member.options)

    def read(value: Any, _: Node) -> Value:
        if type(value) is not str or (options and value not in options):
            raise NotPlain
        if len(value) < least or (most is not None and len(value) > most):
            raise NotPlain
        return value

    return read


def _whole(member: Member) -> Read:
    """A whole number within bounds."""
    least, most = member.least, member.most

    def read(value: Any, _: Node) -> Value:
        if type(value) is not int:
            raise NotPlain
        if (least is not None and value < least) or (most is not None and value > most):
            raise NotPlain
        return value

    return read


def _instant(member: Member) -> Read:
    """A date and time of the form that the shapes ask for."""
    pattern = member.pattern

    def read(value: Any, _: Node) -> Value:
        if type(value) is not str or (pattern is not None and not pattern.search(value)):
            raise NotPlain
        try:
            return read_moment(value)
        except QuestionError:
            raise NotPlain from None

    return read


def _term(names: Names, known: dict[str, Iri]) -> Read:
    """A class by any of its names."""

    def read(value: Any, _: Node) -> Value:
        if type(value) is not str:
            raise NotPlain
        found = known.get(value)
        if found is not None:
            return found
        term = names.known(value)
        if term is None:
            raise NotPlain
        return Iri(term.iri)

    return read
