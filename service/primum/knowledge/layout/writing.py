"""Triples as text: prefixes, indentation and line breaks as the OWL API sets them.

A line is indented to where its part began: subjects, predicates and objects each push the column
at which they stand (`TurtleRenderer`). Columns are counted in UTF-16 units from the first line
break of the last text that has one; so what follows a text of several lines, or an empty line, is
indented by that count and not by the column that a reader sees.
"""

from collections import deque
from typing import Final

from primum.foundation.names import XSD
from primum.knowledge.layout import words
from primum.knowledge.layout.iris import Prefixes, units
from primum.knowledge.layout.objects import Text
from primum.knowledge.layout.translating import Blank, Subject, Triples, Value

_BARE: Final = (XSD + "integer", XSD + "decimal")
_BANNER: Final = "#" * 65


class Writer:
    """Writes one document."""

    __slots__ = (
        "_deferred",
        "_depth",
        "_line",
        "_ontology",
        "_out",
        "_pending",
        "_position",
        "_prefixes",
        "_tabs",
        "_triples",
        "_written",
    )

    def __init__(self, prefixes: Prefixes, ontology: str) -> None:
        """Begin a document; the ontology's own IRI is never shortened."""
        self._out: list[str] = []
        self._prefixes = prefixes
        self._ontology = ontology
        self._position = self._line = self._depth = 0
        self._tabs: list[int] = []
        self._triples = Triples()
        self._pending: set[Subject] = set()
        self._deferred: deque[Blank] = deque()
        self._written: set[Blank] = set()

    @property
    def text(self) -> str:
        """All that is written."""
        return "".join(self._out)

    def prefixes(self) -> None:
        """Write the prefixes and the base, which is the empty prefix."""
        for name, namespace in self._prefixes.named.items():
            self._write(f"@prefix {name} <{namespace}> .")
            self._break()
        self._write(f"@base <{self._prefixes.named[':']}> .\n\n")

    def banner(self, title: str) -> None:
        """Write the heading of a section; it counts for no column."""
        self._out.append(f"{_BANNER}\n#    {title}\n{_BANNER}\n\n")

    def comment(self, text: str) -> None:
        """Write a comment on a line."""
        self._write(f"###  {text}")
        self._break()

    def end(self) -> None:
        """Leave a line empty after a term or a general axiom."""
        self._break()

    def root(self, node: Subject, triples: Triples) -> None:
        """Write what is said of a node, and then the nodes that needed a label."""
        self._triples = triples
        self._node(node)
        while self._deferred:
            node = self._deferred.popleft()
            if node not in self._written:
                self._written.add(node)
                self._node(node)

    def _write(self, text: str) -> None:
        """Write a text and note where it leaves off."""
        before = text.find("\n")
        if before >= 0:
            self._line = self._position + _length(text[:before])
        self._out.append(text)
        self._position += _length(text)

    def _break(self) -> None:
        """Begin a line, under the part that is being written."""
        self._write("\n")
        if self._tabs:
            self._write(" " * (self._tabs[-1] - 1))

    def _push(self) -> None:
        """What follows belongs under this column."""
        self._tabs.append(self._position - self._line)

    def _pop(self, times: int = 1) -> None:
        """Leave columns; a labelled node leaves one more than it entered, as in the OWL API."""
        for _ in range(min(times, len(self._tabs))):
            self._tabs.pop()

    def _node(self, node: Subject) -> None:
        """Write all that is said of a node, nested where it stands inside another."""
        self._depth += 1
        said = [] if node in self._pending else self._triples.of.get(node, [])
        self._pending.add(node)
        for number, (predicate, value) in enumerate(said):
            if number and said[number - 1][0] == predicate:
                self._write(" ,")
                self._break()
            else:
                self._predicate(node, predicate, first=not number)
            self._object(value)
        self._close(node, empty=not said)
        if self._depth == 1 and said:
            self._write(" .\n\n")
        self._depth -= 1
        self._pending.discard(node)

    def _predicate(self, node: Subject, predicate: str, *, first: bool) -> None:
        """Write a predicate, with the subject before the first."""
        if first:
            self._subject(node)
            self._push()
        else:
            self._write(" ;")
            self._pop()
            self._break()
        self._write(f"{self._name(predicate)} ")
        self._push()

    def _subject(self, node: Subject) -> None:
        """Write a subject, or open a bracket."""
        if isinstance(node, str):
            self._write(f"{self._name(node)} ")
        elif node in self._triples.labelled:
            self._write(f"{node.label} ")
        else:
            self._push()
            self._write("[ ")

    def _close(self, node: Subject, *, empty: bool) -> None:
        """Leave a node, closing its bracket."""
        self._pop(2)
        if isinstance(node, str):
            return
        if node not in self._triples.labelled:
            if empty:
                self._write("[ ")
            else:
                self._break()
            self._write("]")
        self._pop()

    def _object(self, value: Value) -> None:
        """Write an object."""
        if isinstance(value, Text):
            self._write(self._literal(value))
        elif isinstance(value, str):
            self._write(self._name(value))
        elif value in self._triples.labelled:
            if value not in self._pending:
                self._deferred.append(value)
            self._write(value.label)
        else:
            self._anonymous(value)

    def _anonymous(self, node: Blank) -> None:
        """Write a list in parentheses, or a node in brackets."""
        self._push()
        members = self._members(node)
        if members:
            self._list(members)
        else:
            self._node(node)
        self._pop()

    def _list(self, members: list[Value]) -> None:
        """Write the members of a list, one a line."""
        self._push()
        self._write("( ")
        self._push()
        for number, member in enumerate(members):
            if number:
                self._break()
            self._object(member)
        self._pop()
        self._break()
        self._write(")")
        self._pop()

    def _members(self, node: Blank) -> list[Value]:
        """The members of a list that is written in parentheses: one without literals."""
        members: list[Value] = []
        cell: Value = node
        while cell != words.NIL:
            said = dict(self._triples.of.get(cell, [])) if isinstance(cell, Blank) else {}
            if said.get(words.TYPE) != words.LIST or isinstance(said[words.FIRST], Text):
                return []
            members.append(said[words.FIRST])
            cell = said[words.REST]
        return members

    def _name(self, iri: str) -> str:
        """An IRI as it is written."""
        return f"<{iri}>" if iri == self._ontology else self._prefixes.shorten(iri)

    def _literal(self, text: Text) -> str:
        """A literal; only backslashes and quotes are escaped."""
        if text.datatype in _BARE:
            return text.lexical
        escaped = text.lexical.replace("\\", "\\\\").replace('"', '\\"')
        quotes = '"""' if "\n" in escaped else '"'
        quoted = f"{quotes}{escaped}{quotes}"
        if text.language:
            return f"{quoted}@{text.language}"
        plain = text.datatype == XSD + "string"
        return quoted if plain else f"{quoted}^^{self._name(text.datatype)}"


def _length(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(units(text)) // 2
