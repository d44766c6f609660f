"""Axioms that are nodes of their own: what several classes, properties or individuals are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import shorten
from primum.knowledge.layout import words
from primum.knowledge.layout.axioms import DISJOINT, pair
from primum.knowledge.layout.expressions import Expressions
from primum.knowledge.layout.kinds import Kinds
from primum.knowledge.layout.objects import Axiom, Expression, Kind, Rank, Term
from primum.knowledge.layout.statements import Object, Statements


@dataclass(frozen=True, slots=True)
class _Form:
    """How such an axiom is stated, and the triple that says the same of two."""

    type: str
    members: str
    of_two: str


_FORMS: Final = (
    _Form(words.ALL_DISJOINT_CLASSES, words.MEMBERS, words.DISJOINT),
    _Form(words.ALL_DISJOINT_PROPERTIES, words.MEMBERS, words.DISJOINT_PROPERTY),
    _Form(words.ALL_DIFFERENT, words.DISTINCT_MEMBERS, words.DIFFERENT),
)


class Collectives:
    """Reads the axioms that are nodes of their own."""

    __slots__ = ("_expressions", "_kinds", "_statements")

    def __init__(self, statements: Statements, kinds: Kinds, expressions: Expressions) -> None:
        """Read from these triples."""
        self._statements = statements
        self._kinds = kinds
        self._expressions = expressions

    def read(self) -> Iterator[tuple[ox.BlankNode, Axiom]]:
        """Each of them with its node, of which annotations may be left."""
        for form in _FORMS:
            for node in self._statements.subjects(words.TYPE, form.type):
                if isinstance(node, ox.NamedNode):
                    raise self._statements.refusal(f"{shorten(node.value)} as {shorten(form.type)}")
                self._statements.take_type(node, form.type)
                yield node, self._axiom(node, form)

    def _axiom(self, node: ox.BlankNode, form: _Form) -> Axiom:
        """One axiom; where it has two members, the triple that says the same."""
        head = self._statements.one(node, form.members)
        rank, kind = self._rank(head, form)
        members = self._expressions.several(head, kind)
        match members.items:
            case [Term() | Expression() as one, Term() | Expression() as other]:
                return pair(self._statements, rank, form.of_two, (one, other))
            case _:
                return Axiom((rank, members.key), None, form.type, members)

    def _rank(self, head: Object, form: _Form) -> tuple[Rank, Kind]:
        """The place of the axiom and the kind of its members."""
        if form.type == words.ALL_DISJOINT_CLASSES:
            return Rank.DISJOINT_CLASSES, Kind.CLASS
        if form.type == words.ALL_DIFFERENT:
            return Rank.DIFFERENT, Kind.INDIVIDUAL
        first = [] if isinstance(head, ox.Literal) else self._statements.says(head, words.FIRST)
        if not first or not isinstance(first[0], ox.NamedNode):
            raise self._statements.refusal("disjoint properties without names")
        kind = self._kinds.of_property(first[0].value, first[0])
        if kind not in DISJOINT:
            raise self._statements.refusal("disjoint annotation properties")
        return DISJOINT[kind], kind
