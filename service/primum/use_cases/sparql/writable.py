"""What XML and JSON-LD cannot hold of RDF: an error of the format, not a broken document.

The engine writes names and characters that no XML parser reads, or stops in the middle.
"""

import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import IO, Any, Final
from xml.parsers import expat

import pyoxigraph as ox

from primum.foundation.names import RDF, XMLNS
from primum.use_cases.sparql.lexer import INNER, LETTER

_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\r"))
_FORBIDDEN: Final = re.compile(rb"[%s]|\xef\xbf[\xbe\xbf]" % re.escape(_CONTROLS))
_LONGEST: Final = 3
_NAME: Final = re.compile(rf"[{LETTER}_][{INNER}.]*\Z")
"""The end of an IRI that the engine takes for the name of an element."""
_NO_NODE_ID: Final = re.compile(r"x*[0-9]")
_RESERVED: Final = frozenset(
    RDF + name
    for name in (
        *("RDF", "Description", "ID", "about", "resource", "nodeID", "datatype", "parseType"),
        *("li", "bagID", "aboutEach", "aboutEachPrefix"),
    )
)
"""What stands for something else in RDF/XML (RDF 1.1 XML Syntax, section 5.1)."""
_TYPE: Final = ox.NamedNode(RDF + "type")


class XmlOnly(io.RawIOBase):
    """Passes XML on; raises ValueError at a character that XML has no way to say.

    A carriage return goes on as a reference: a parser would read a bare one as a line feed.
    """

    def __init__(self, to: IO[bytes]) -> None:
        """Pass on to a writer."""
        self._to, self._last = to, b""

    def write(self, data: Any) -> int:
        """Pass on some more bytes."""
        seen = self._last + data
        if len(seen.translate(None, _CONTROLS)) < len(seen) or b"\xef\xbf" in seen:
            _demand_xml(seen)
        self._last = seen[1 - _LONGEST :]  # the beginning of a character that goes on
        self._to.write(data.replace(b"\r", b"&#13;"))
        return len(data)


def _demand_xml(text: bytes) -> None:
    """Raise ValueError for a character that XML has no way to say."""
    if found := _FORBIDDEN.search(text):
        raise ValueError(f"XML has no way to say U+{ord(found[0].decode()):04X}")


def in_rdf_xml(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples as RDF/XML can say them; raises ValueError at one that it cannot.

    Properties are names of elements there. So is a class with which the statements about a
    subject begin, so another statement goes first where the class is no name. Labels of blank
    nodes are names too.
    """
    held, subject, begun = list[ox.Triple](), None, False
    for triple in triples:
        about, link = triple.subject, triple.predicate
        _demand_name(link)
        if about != subject:
            _demand_classes(held)
            subject, begun = about, False
        if not begun and link == _TYPE and not _is_element(triple.object):
            held.append(triple)
            continue
        begun = True
        yield _renamed(triple)
        while held:
            yield _renamed(held.pop())
    _demand_classes(held)


def in_json_ld(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples as JSON-LD can say them; raises ValueError at one that it cannot."""
    for triple in triples:
        nested = isinstance(triple.object, ox.Triple)
        if nested:
            raise ValueError("JSON-LD has no way to say a statement about a statement")
        yield triple


def _demand_name(iri: ox.NamedNode) -> None:
    """Raise ValueError for an IRI that cannot be the name of an element."""
    if not _is_name(iri.value):
        raise ValueError(f"{iri} is no name of an XML element")


def _demand_classes(held: Iterable[ox.Triple]) -> None:
    """Raise ValueError for a subject of which no more is said than classes that are no names."""
    for triple in held:
        raise ValueError(f"{triple.object} is no name of an XML element")


def _is_element(term: Any) -> bool:
    """Whether a class can be an element; what has no IRI is never written as one."""
    return not isinstance(term, ox.NamedNode) or _is_name(term.value)


@lru_cache(maxsize=1000)
def _is_name(iri: str) -> bool:
    """Whether an IRI ends in what parsers take for the name of an element."""
    name = _NAME.search(iri)
    if name is None or iri in _RESERVED or iri[: name.start()] == XMLNS:
        return False
    try:
        expat.ParserCreate().Parse(f"<{name[0]}/>".encode(), True)
    except expat.ExpatError:
        return False
    return True


def _renamed(triple: ox.Triple) -> ox.Triple:
    """The triple with labels of blank nodes that are names: `0` is none, `x0` is one."""
    subject, found = triple.subject, triple.object
    if isinstance(subject, ox.NamedNode) and isinstance(found, ox.NamedNode | ox.Literal):
        return triple
    if isinstance(found, ox.Triple):
        _demand_name(found.predicate)
        found = _renamed(found)
    return ox.Triple(_labelled(subject), triple.predicate, _labelled(found))


def _labelled(term: Any) -> Any:
    """A term; a blank node has a label that is a name, and stands for no other."""
    if isinstance(term, ox.BlankNode) and _NO_NODE_ID.match(term.value):
        return ox.BlankNode(f"x{term.value}")
    return term
