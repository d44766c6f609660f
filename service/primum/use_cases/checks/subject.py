"""What checks look at: the files of a place, read and reasoned over once, when first asked for."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.errors import InconsistentKnowledge, UnreadableFile
from primum.foundation.names import BASE, OWL, RDFS, local_name, shorten
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.positions import Positions
from primum.knowledge.rdf import Node, Triples
from primum.knowledge.reasoner import Entailed, reason
from primum.model.remarks import Remark
from primum.use_cases.compiling import Compiled, compile_read

_DEPRECATED = OWL + "deprecated"
_LABEL = RDFS + "label"
_ANNOTATED = frozenset({OWL + "annotatedSource", OWL + "annotatedTarget"})


class Subject:
    """The knowledge of one place, as its checks share it.

    Each part is made when the first check asks for it, and fails for each check that asks: a check
    that needs what cannot be had does not run.
    """

    def __init__(self, place: Place) -> None:
        """Nothing is read yet."""
        self.place = place
        self._positions: dict[Path, Positions] = {}

    @cached_property
    def sources(self) -> files.Sources:
        """What all files assert; raises KnowledgeError where one does not parse."""
        return files.read(self.place)

    @cached_property
    def triples(self) -> Triples:
        """The view on what is asserted."""
        return Triples(self.sources.dataset)

    @cached_property
    def store(self) -> ox.Store:
        """All that is asserted, in the default graph, for queries."""
        store = ox.Store()
        store.extend(ox.Quad(*quad.triple) for quad in self.sources.dataset)
        return store

    @cached_property
    def entailed(self) -> Entailed:
        """What the reasoner derives; raises InconsistentKnowledge, or MissingTool without it."""
        return reason(self.sources.dataset)

    @cached_property
    def compiled(self) -> Compiled:
        """The compiled knowledge; raises KnowledgeError where there is none."""
        if self.entailed.unsatisfiable:
            raise InconsistentKnowledge("A class can have no member.")
        return compile_read(self.sources, self.entailed)

    @cached_property
    def deprecated(self) -> frozenset[str]:
        """The terms that are retired."""
        stated = self.triples.subjects_of(_DEPRECATED)
        return frozenset(n.value for n in stated if self.triples.text(n, _DEPRECATED) == "true")

    @cached_property
    def _users(self) -> dict[ox.BlankNode, ox.NamedNode | ox.BlankNode]:
        """Which node each blank node is a part of; annotations of axioms are no parts."""
        return {
            quad.object: quad.subject
            for quad in self.sources.dataset
            if isinstance(quad.object, ox.BlankNode)
            and isinstance(quad.subject, ox.NamedNode | ox.BlankNode)
            and quad.predicate.value not in _ANNOTATED
        }

    def owner(self, node: Node) -> str:
        """The IRI of a node, or of the named one that it is part of, or annotates an axiom on.

        "" where there is none, as for a general axiom.
        """
        seen: set[Node] = set()
        while isinstance(node, ox.BlankNode) and node not in seen:
            seen.add(node)
            annotated = self.triples.value(node, OWL + "annotatedSource")
            above = self._users.get(node, annotated)
            if above is None or isinstance(above, ox.Literal):
                return ""
            node = above
        return node.value if isinstance(node, ox.NamedNode) else ""

    def called(self, iri: str) -> str:
        """A term by its label, in quotation marks where it is of several words, as Protégé has it.

        A term without a label goes by its name.
        """
        label = self.triples.text(ox.NamedNode(iri), _LABEL)
        if not label:
            return local_name(iri) if iri.startswith(BASE) else shorten(iri)
        return label if label.isalnum() else f"'{label}'"

    def relative(self, path: Path) -> str:
        """A path as remarks tell it."""
        return path.resolve().relative_to(self.place.root.resolve()).as_posix()

    def placed(self, remark: Remark, *, mentioning: str = "") -> Remark:
        """A remark with the file and line at which its term is described.

        `mentioning` names another term, the line of which within the description is meant. A term
        that nothing declares is placed where it is first mentioned, a remark on none nowhere.
        """
        if not remark.term:
            return remark
        path = self.sources.declared_in.get(remark.term)
        if path is not None:
            line = self.positions(path).line(remark.term, mentioning=mentioning)
            return replace(remark, file=self.relative(path), line=line)
        for other in files.knowledge_files(self.place):
            if line := self.positions(other).mention(remark.term):
                return replace(remark, file=self.relative(other), line=line)
        return remark

    def positions(self, path: Path) -> Positions:
        """The lines of a file."""
        if path not in self._positions:
            try:
                self._positions[path] = Positions(path.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                raise UnreadableFile(f"{path} cannot be read: {error}") from error
        return self._positions[path]
