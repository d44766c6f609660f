"""What the files of a version assert, statement by statement, in words that can be compared.

Blank nodes have no names that last, so a statement is compared by what it says: class expressions
in Manchester syntax, annotations of axioms with the axiom.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment, UnreadableFile
from primum.foundation.names import OBO_DEFINITION, OWL, RDF, RDFS, Datatype, shorten
from primum.knowledge.owl import read_expression
from primum.knowledge.rdf import Node, Triples, Value
from primum.model.manchester import manchester, spell
from primum.model.spans import exact

SUBCLASS, EQUIVALENT, DISJOINT = RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith"
TYPE = RDF + "type"
_WORDS = {SUBCLASS: "SubClassOf", EQUIVALENT: "EquivalentTo", DISJOINT: "DisjointWith"}
_SOURCE, _BY, _TARGET = (OWL + f"annotated{part}" for part in ("Source", "Property", "Target"))
_REIFIED = frozenset({_SOURCE, _BY, _TARGET, TYPE})
_STRUCTURE = frozenset({OWL + "Axiom", OWL + "Restriction", OWL + "Class", RDFS + "Datatype"})
_DEPTH = 20
_MARK = "\0"
_MARKED = re.compile(f"{_MARK}([^{_MARK}]*){_MARK}")
Called = Callable[[str], str]


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """One thing that is said of a subject: `subject` is an IRI, "" for a general axiom.

    `value` is what is said, in words with marked IRIs. `notes` are the annotations of the
    statement.
    """

    subject: str
    predicate: str
    value: str
    notes: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_axiom(self) -> bool:
        """Whether it is an axiom on classes, not an annotation."""
        return self.predicate in _WORDS or not self.subject

    @property
    def word(self) -> str:
        """The predicate as people read it."""
        return _WORDS.get(self.predicate, shorten(self.predicate).strip("<>"))


class Speaker:
    """Puts the nodes of one graph into words, in which terms stand by their IRIs until read."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Index the graph."""
        self.triples = Triples(quads)

    def says(self, value: Value, depth: int = 0) -> str:
        """A node in words: a literal as its text, a class expression in Manchester syntax."""
        match value:
            case ox.Literal():
                # A store may spell a number otherwise than the file it was read from.
                numeric = value.datatype.value in (Datatype.DECIMAL, Datatype.INTEGER)
                return spell(exact(value.value)) if numeric else value.value
            case ox.NamedNode():
                return marked(value.value)
        if RDF + "first" in self.triples.predicates(value):
            return ", ".join(self.says(member, depth + 1) for member in self.triples.list_of(value))
        try:
            return manchester(read_expression(self.triples, value), name=marked)
        except (OutsideFragment, UnreadableFile):
            return self._spelled(value, depth)

    def _spelled(self, node: ox.BlankNode, depth: int) -> str:
        """A node that is no class expression, by all that is said of it."""
        if depth > _DEPTH:
            return "..."
        parts = [
            f"{marked(predicate)} {self.says(value, depth + 1)}"
            for predicate in self.triples.predicates(node)
            for value in self.triples.values(node, predicate)
        ]
        return "; ".join(sorted(parts))


def marked(iri: str) -> str:
    """An IRI within words, to be replaced by the name of the term when they are shown."""
    return f"{_MARK}{iri}{_MARK}"


def unmarked(words: str, called: Called) -> str:
    """Words with the names of their terms."""
    return _MARKED.sub(lambda found: called(found[1]), words)


def mentioned(words: str) -> list[str]:
    """The IRIs of the terms in words."""
    return _MARKED.findall(words)


def statements(quads: Iterable[ox.Quad]) -> Iterator[Statement]:
    """All that a graph asserts, but for what only repeats a definition for other tools."""
    every = [quad for quad in quads if quad.predicate.value != OBO_DEFINITION]
    speaker = Speaker(every)
    parts = {quad.object for quad in every if isinstance(quad.object, ox.BlankNode)}
    notes = _notes(speaker, every)
    for quad in every:
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue
        noted = notes.get((subject, predicate, value), frozenset())
        if isinstance(subject, ox.NamedNode):
            yield Statement(subject.value, predicate, speaker.says(value), noted)
        elif predicate in _WORDS:
            said = f"{speaker.says(subject)} {_WORDS[predicate]} {speaker.says(value)}"
            yield Statement("", predicate, said, noted)
        elif predicate == TYPE and subject not in parts and not _is_structure(value):
            yield Statement("", predicate, speaker.says(subject), noted)


def _is_structure(value: Value) -> bool:
    """Whether a type only says how an axiom or an expression is written."""
    return isinstance(value, ox.NamedNode) and value.value in _STRUCTURE


def _notes(
    speaker: Speaker, quads: Iterable[ox.Quad]
) -> dict[tuple[Node, str, Value], frozenset[tuple[str, str]]]:
    """The annotations of statements, by the statement."""
    triples = speaker.triples
    found: dict[tuple[Node, str, Value], frozenset[tuple[str, str]]] = {}
    for node in {quad.subject for quad in quads if quad.predicate.value == _SOURCE}:
        if isinstance(node, ox.Triple):
            continue
        subject, by, target = (triples.value(node, part) for part in (_SOURCE, _BY, _TARGET))
        if by is None or target is None or not isinstance(subject, ox.NamedNode | ox.BlankNode):
            continue
        said = {
            (predicate, speaker.says(value))
            for predicate in triples.predicates(node) - _REIFIED
            for value in triples.values(node, predicate)
        }
        key = (subject, by.value, target)
        found[key] = found.get(key, frozenset()) | said
    return found
