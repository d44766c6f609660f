"""Lines of N-Triples about nodes whose IRI is filled in last."""

from collections.abc import Callable, Iterable
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import DOCUMENT

MARK: Final = "\0"
"""Stands in a text for the beginning of every IRI of a row; no term or number has it."""
_MOST: Final = 2**16


def line(subject: str, predicate: str, value: str) -> str:
    """One statement; subject and value are as N-Triples writes them."""
    return f"{subject} <{predicate}> {value} .\n"


def node(path: str) -> str:
    """The node of a row that stands at a path, "" being the record itself."""
    return f"{MARK}{path}>"


def text(value: str) -> str:
    """A text as a literal."""
    return str(ox.Literal(value))


def typed(value: str, datatype: str) -> str:
    """A value that needs no escaping as a literal of a datatype."""
    return f'"{value}"^^<{datatype}>'


def lines(triples: Iterable[ox.Triple]) -> str:
    """Statements about a case record, as they are to be of that of a row."""
    return "".join(line(_term(t.subject), t.predicate.value, _term(t.object)) for t in triples)


def _term(term: object) -> str:
    """A term; the nodes of a record are those of the row."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(DOCUMENT):
        return node(term.value.removeprefix(DOCUMENT))
    return str(term)


class Texts(dict[tuple[object, ...], str]):
    """Texts by what they are made of, each made once as long as there is room."""

    def __init__(self, make: Callable[[tuple[object, ...]], str]) -> None:
        """Make texts by a function."""
        super().__init__()
        self._make = make

    def __missing__(self, key: tuple[object, ...]) -> str:
        """A text that is not known yet."""
        if len(self) >= _MOST:
            self.clear()
        found = self[key] = self._make(key)
        return found
