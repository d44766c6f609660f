"""From the Turtle of a file to what it says, every triple accounted for."""

from collections import defaultdict
from dataclasses import replace

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import shorten
from primum.knowledge.layout import words
from primum.knowledge.layout.axioms import Axioms
from primum.knowledge.layout.collectives import Collectives
from primum.knowledge.layout.expressions import Expressions
from primum.knowledge.layout.iris import Prefixes
from primum.knowledge.layout.kinds import Kinds
from primum.knowledge.layout.objects import (
    Annotation,
    Axiom,
    Document,
    Kind,
    Rank,
    Term,
    annotation_order,
    in_order,
)
from primum.knowledge.layout.statements import Node, Object, Statements

Said = tuple[Node, str, Object]
Notes = tuple[Annotation, ...]

_OTHERS = ("Prefix(", "Ontology(", "Prefix:", "Ontology:", "<Ontology")
_OF_CLASSES = (words.SUBCLASS, words.EQUIVALENT, words.DISJOINT)


def read(text: str, name: str) -> tuple[Document, Prefixes]:
    """What a file says, and its prefixes; in Turtle, or in RDF/XML as Protégé may have saved it.

    Raises UnreadableFile with the line where the text is neither, and UnwritableAxiom for what
    is not known how to write.
    """
    try:
        parsed = ox.parse(text, format=_syntax(text, name))
        triples = [(quad.subject, quad.predicate, quad.object) for quad in parsed]
    except SyntaxError as error:
        raise UnreadableFile(f"{name}:{error.lineno}: {error.msg}") from error
    document = _Reader(Statements(triples, name)).document()
    return document, Prefixes(parsed.prefixes, document.iri)


def _syntax(text: str, name: str) -> ox.RdfFormat:
    """The syntax of a text, told by how it begins."""
    begin = text.removeprefix("\ufeff").lstrip()[:4096]
    if begin.startswith(_OTHERS) or (begin.startswith("<?xml") and "<Ontology" in begin):
        raise UnreadableFile(
            f"{name}:1: this is neither Turtle nor RDF/XML. "
            "Save it from Protégé in Turtle Syntax (File > Save as)."
        )
    xml = begin.startswith(("<?xml", "<rdf:RDF", "<!DOCTYPE"))
    return ox.RdfFormat.RDF_XML if xml else ox.RdfFormat.TURTLE


class _Reader:
    """Reads one file."""

    def __init__(self, statements: Statements) -> None:
        kinds = Kinds(statements)
        self._statements = statements
        self._expressions = Expressions(statements, kinds)
        self._axioms = Axioms(statements, kinds, self._expressions)
        self._collectives = Collectives(statements, kinds, self._expressions)

    def document(self) -> Document:
        """All that the file says."""
        head = self._head()
        annotated = self._annotated()
        found = {_with(axiom, self._notes(node)) for node, axiom in self._collectives.read()}
        for said in [said for said in self._statements.left() if _states(said)]:
            axiom = self._axioms.of(*said)
            if axiom.rank == Rank.INVERSE and said in annotated:
                raise self._statements.refusal("annotations of owl:inverseOf, which 4.5 loses")
            found |= {_with(axiom, notes) for notes in annotated.pop(said, [()])}
        found = self._with_copies(found, annotated)
        for subject, predicate, value in self._statements.left()[:1]:
            where = shorten(subject.value) if isinstance(subject, ox.NamedNode) else "a node"
            raise self._statements.refusal(f"{where} {shorten(predicate)} {value}, out of place")
        return replace(head, axioms=frozenset(_said_once(found)))

    def _head(self) -> Document:
        """What the file says of its ontology."""
        heads = self._statements.subjects(words.TYPE, words.ONTOLOGY)
        if len(heads) != 1 or not isinstance(heads[0], ox.NamedNode):
            raise self._statements.refusal("a file that does not state one ontology by its IRI")
        node = heads[0]
        self._statements.take_type(node, words.ONTOLOGY)
        versions = self._iris(node, words.VERSION_IRI)
        imports = self._iris(node, words.IMPORTS)
        if len(versions) > 1:
            raise self._statements.refusal("an ontology with two version IRIs")
        return Document(
            iri=node.value,
            version_iri=versions[0] if versions else "",
            imports=frozenset(imports),
            annotations=frozenset(self._notes(node)),
            axioms=frozenset(),
        )

    def _iris(self, node: Node, predicate: str) -> list[str]:
        """The values of the head that must be IRIs."""
        values = self._statements.take_all(node, predicate)
        found = [value.value for value in values if isinstance(value, ox.NamedNode)]
        if len(found) != len(values):
            raise self._statements.refusal(f"{shorten(predicate)} that is no IRI")
        return found

    def _notes(self, node: Node, without: tuple[str, ...] = ()) -> Notes:
        """What else is said of a node, as annotations."""
        found: list[Annotation] = []
        for predicate in self._statements.predicates(node):
            if predicate in without or not self._statements.has_left(node, predicate):
                continue
            if words.is_vocabulary(predicate) and predicate not in words.ANNOTATIONS:
                raise self._statements.refusal(f"{shorten(predicate)} as an annotation")
            by = Term(Kind.ANNOTATION_PROPERTY, predicate)
            for value in self._statements.take_all(node, predicate):
                found.append((by, self._expressions.noted(value)))
        return in_order(found)

    def _annotated(self) -> dict[Said, list[Notes]]:
        """The annotations of each triple that is annotated, by the triple."""
        found: dict[Said, list[Notes]] = defaultdict(list)
        for node in self._statements.subjects(words.TYPE, words.AXIOM):
            self._statements.take_type(node, words.AXIOM)
            subject = self._statements.one(node, words.SOURCE)
            predicate = self._statements.one(node, words.PROPERTY)
            value = self._statements.one(node, words.TARGET)
            if isinstance(node, ox.NamedNode) or isinstance(subject, ox.Literal):
                raise self._statements.refusal("an annotated axiom of an unknown form")
            if not isinstance(predicate, ox.NamedNode):
                raise self._statements.refusal("an annotated axiom without a property")
            found[subject, predicate.value, value].append(self._notes(node))
        return found

    def _with_copies(self, found: set[Axiom], annotated: dict[Said, list[Notes]]) -> set[Axiom]:
        """Join annotations whose axiom stands elsewhere, spelled with nodes of its own."""
        for said, several in annotated.items():
            axiom = self._axioms.of(*said)
            if _with(axiom, ()) not in found:
                raise self._statements.refusal(
                    f"annotations of {shorten(said[1])} of {said[0]}, which itself is not stated"
                )
            found = found | {_with(axiom, notes) for notes in several}
        return found


def _states(said: Said) -> bool:
    """Whether a triple states an axiom, rather than being part of an expression."""
    return isinstance(said[0], ox.NamedNode) or said[1] in _OF_CLASSES


def _with(axiom: Axiom, notes: Notes) -> Axiom:
    """An axiom with annotations, by which it sorts after all else."""
    key = (*axiom.key, tuple(annotation_order(note) for note in notes))
    return replace(axiom, key=key, annotations=notes)


def _said_once(axioms: set[Axiom]) -> set[Axiom]:
    """Without those that stand with annotations too: one triple states both."""
    annotated = {axiom.key[:-1] for axiom in axioms if axiom.annotations}
    return {axiom for axiom in axioms if axiom.annotations or axiom.key[:-1] not in annotated}
