"""Classes, ranges of data and lists, read from the nodes that stand for them."""

from collections.abc import Callable, Iterable
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import shorten
from primum.knowledge.layout import words
from primum.knowledge.layout.kinds import Kinds
from primum.knowledge.layout.literals import read_text
from primum.knowledge.layout.objects import Expression, Kind, Members, Part, Term, Text, by_key
from primum.knowledge.layout.statements import Node, Object, Statements

_CLASS: Final = Term(Kind.VALUE, words.CLASS)
_DATATYPE: Final = Term(Kind.VALUE, words.DATATYPE)
_RESTRICTION: Final = Term(Kind.VALUE, words.RESTRICTION)

_CONSTRUCTS: Final = (
    words.INTERSECTION,
    words.UNION,
    words.COMPLEMENT,
    words.ONE_OF,
    words.ON_DATATYPE,
    words.ON_PROPERTY,
)
_FILLED: Final = {words.SOME: (3005, 3012), words.ALL: (3006, 3013), words.VALUE: (3007, 3014)}


class Expressions:
    """Reads what stands where a class or a range of data is due."""

    __slots__ = ("_above", "_kinds", "_statements")

    def __init__(self, statements: Statements, kinds: Kinds) -> None:
        """Read from these triples."""
        self._statements = statements
        self._kinds = kinds
        self._above: list[Node] = []

    def read(self, node: Object, kind: Kind) -> Term | Expression:
        """A term of a kind, or an expression where a class or a datatype may stand."""
        if isinstance(node, ox.Literal):
            raise self._statements.refusal(f"{node}, which stands where a term is due")
        if isinstance(node, ox.NamedNode):
            return Term(kind, node.value)
        if kind not in (Kind.CLASS, Kind.DATATYPE):
            raise self._statements.refusal("a node without a name where a named term is due")
        if node in self._above:
            raise self._statements.refusal("a class that is defined by itself, without a name")
        self._above.append(node)
        found = self._anonymous(node)
        self._above.pop()
        return found

    def value(self, node: Object, kind: Kind) -> Part:
        """A literal, or what else stands where a value is due."""
        if isinstance(node, ox.Literal):
            return read_text(node, self._statements)
        return self.read(node, kind)

    def noted(self, node: Object) -> Term | Text:
        """The value of an annotation."""
        match self.value(node, Kind.VALUE):
            case Term() | Text() as part:
                return part
            case _:
                raise self._statements.refusal("an annotation whose value has no name")

    def several(self, head: Object, kind: Kind, *, least: int = 2) -> Members:
        """The members of a list that is a set: sorted, each once."""
        found = {
            part.key: part
            for part in (self.value(node, kind) for node in self._statements.listed(head))
        }
        if len(found) < least:
            raise self._statements.refusal(f"a list of fewer than {least} different members")
        return Members(tuple(sorted(found.values(), key=by_key)))

    def _anonymous(self, node: ox.BlankNode) -> Expression:
        """What a node without a name stands for, told by the construct that it uses."""
        used = [part for part in _CONSTRUCTS if part in self._statements.predicates(node)]
        read: dict[str, Callable[[Node], Expression]] = {
            words.INTERSECTION: self._intersection,
            words.UNION: self._union,
            words.COMPLEMENT: self._complement,
            words.ONE_OF: self._one_of,
            words.ON_DATATYPE: self._restricted_datatype,
            words.ON_PROPERTY: self._restriction,
        }
        if len(used) != 1:
            said = ", ".join(map(shorten, self._statements.predicates(node))) or "nothing"
            raise self._statements.refusal(f"a node without a name of which is said: {said}")
        return read[used[0]](node)

    def _typed(self, node: Node) -> tuple[Term, Kind]:
        """The type of an expression, and the kind of what it is made of."""
        if self._kinds.is_data_range(node):
            self._statements.take_type(node, words.DATATYPE)
            return _DATATYPE, Kind.DATATYPE
        self._statements.take_type(node, words.CLASS)
        return _CLASS, Kind.CLASS

    def _intersection(self, node: Node) -> Expression:
        """`and`; of classes, the list is written before the type."""
        typed, kind = self._typed(node)
        members = self.several(self._statements.one(node, words.INTERSECTION), kind)
        says: tuple[tuple[str, Part], ...] = (
            (words.INTERSECTION, members),
            (words.TYPE, typed),
        )
        if kind == Kind.DATATYPE:
            return Expression((4004, members.key), says[::-1])
        return Expression((3001, members.key), says)

    def _union(self, node: Node) -> Expression:
        """`or`; that of datatypes has a place among axioms, by a slip of the OWL API."""
        typed, kind = self._typed(node)
        members = self.several(self._statements.one(node, words.UNION), kind)
        index = 2005 if kind == Kind.DATATYPE else 3002
        return Expression((index, members.key), ((words.TYPE, typed), (words.UNION, members)))

    def _complement(self, node: Node) -> Expression:
        """`not` of a class."""
        typed, kind = self._typed(node)
        part = self.read(self._statements.one(node, words.COMPLEMENT), kind)
        return Expression((3003, part.key), ((words.TYPE, typed), (words.COMPLEMENT, part)))

    def _one_of(self, node: Node) -> Expression:
        """A class or datatype that lists its members."""
        typed, kind = self._typed(node)
        within = Kind.INDIVIDUAL if kind == Kind.CLASS else Kind.DATATYPE
        members = self.several(self._statements.one(node, words.ONE_OF), within, least=1)
        index = 3004 if kind == Kind.CLASS else 4003
        return Expression((index, members.key), ((words.TYPE, typed), (words.ONE_OF, members)))

    def _restricted_datatype(self, node: Node) -> Expression:
        """A datatype within bounds."""
        self._statements.take_type(node, words.DATATYPE)
        of = self.read(self._statements.one(node, words.ON_DATATYPE), Kind.DATATYPE)
        facets = self._facets(self._statements.listed(self._statements.one(node, words.FACETS)))
        says = ((words.TYPE, _DATATYPE), (words.ON_DATATYPE, of), (words.FACETS, facets))
        return Expression((4006, of.key, facets.key), says)

    def _facets(self, nodes: Iterable[Object]) -> Members:
        """The bounds of a datatype, sorted."""
        found = []
        for node in nodes:
            said = [] if isinstance(node, ox.Literal) else self._statements.predicates(node)
            if isinstance(node, ox.Literal) or len(said) != 1 or said[0] not in words.FACET_ORDER:
                raise self._statements.refusal("a bound that is not one facet and its value")
            value = self.value(self._statements.one(node, said[0]), Kind.DATATYPE)
            if not isinstance(value, Text):
                raise self._statements.refusal(f"{shorten(said[0])} without a literal")
            key = (4007, words.FACET_ORDER.index(said[0]), value.key)
            found.append(Expression(key, ((said[0], value),)))
        return Members(tuple(sorted(found, key=by_key)))

    def _restriction(self, node: Node) -> Expression:
        """What a property links to: `some`, `only`, `value`, `self` or a number."""
        self._statements.take_type(node, words.RESTRICTION)
        on = self._statements.one(node, words.ON_PROPERTY)
        if not isinstance(on, ox.NamedNode):
            raise self._statements.refusal("a restriction on the inverse of a property")
        said = self._statements.predicates(node)
        how = [part for part in (*_FILLED, words.SELF, *words.CARDINALITIES) if part in said]
        if len(how) != 1:
            raise self._statements.refusal(f"a restriction on {shorten(on.value)} of unknown form")
        fillers = self._statements.says(node, how[0]) if how[0] in _FILLED else []
        kind = self._kinds.of_restricted(node, on.value, fillers)
        head = ((words.TYPE, _RESTRICTION), (words.ON_PROPERTY, Term(kind, on.value)))
        if how[0] in words.CARDINALITIES:
            return self._number(node, how[0], head)
        return self._filled(node, how[0], head)

    def _filled(self, node: Node, how: str, head: tuple[tuple[str, Term], ...]) -> Expression:
        """`some`, `only`, `value` or `self`."""
        on, filler = head[1][1], self._statements.one(node, how)
        if how == words.SELF:
            part: Part = self.value(filler, Kind.DATATYPE)
            return Expression((3011, on.key), (*head, (how, part)))
        data = on.kind == Kind.DATA_PROPERTY
        named = Kind.INDIVIDUAL if how == words.VALUE else Kind.CLASS
        part = self.value(filler, Kind.DATATYPE if data else named)
        return Expression((_FILLED[how][data], on.key, part.key), (*head, (how, part)))

    def _number(self, node: Node, how: str, head: tuple[tuple[str, Term], ...]) -> Expression:
        """At least, at most or exactly so many; of which class, where one is named."""
        on, many = head[1][1], self._statements.one(node, how)
        data = on.kind == Kind.DATA_PROPERTY
        by = words.ON_DATA_RANGE if data else words.ON_CLASS
        all_there_is = words.LITERAL if data else words.THING
        within = Kind.DATATYPE if data else Kind.CLASS
        filler: Term | Expression = Term(within, all_there_is)
        if not isinstance(many, ox.Literal) or many.datatype.value != words.NON_NEGATIVE:
            raise self._statements.refusal(f"a number of {shorten(on.iri)} that is no number")
        says: tuple[tuple[str, Part], ...] = (*head, (how, read_text(many, self._statements)))
        if by in self._statements.predicates(node):
            filler = self.read(self._statements.one(node, by), within)
            if isinstance(filler, Term) and filler.iri == all_there_is:
                raise self._statements.refusal(f"a number of any {shorten(on.iri)}, said twice")
            says = (*says, (by, filler))
        index = words.CARDINALITIES[how][data]
        return Expression((index, on.key, int(many.value), filler.key), says)
