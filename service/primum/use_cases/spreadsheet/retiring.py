"""Retiring a rule or a term: it keeps its name and its annotations, and says nothing any more.

Nothing is deleted. The class is marked with `owl:deprecated` and the reason, its label begins with
`obsolete`, and every axiom that it makes is taken back: the level and condition of a rule, the
superclasses of a term. So neither a reasoner nor the compiler draws anything from it.
"""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import OWL, RDFS, Datatype, Link, local_name
from primum.knowledge.rdf import Node
from primum.use_cases.spreadsheet.document import Document
from primum.use_cases.spreadsheet.known import Known

_LOGICAL: Final = (RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith")
_ANNOTATED: Final = ox.NamedNode(OWL + "annotatedSource")
_OBSOLETE: Final = "obsolete"


def retire(document: Document, iri: str, reason: str) -> None:
    """Make a file say that a class is retired, and why."""
    node = ox.NamedNode(iri)
    for predicate in _LOGICAL:
        for value in document.values(node, predicate):
            document.remove(node, predicate, value)
    for label in document.values(node, RDFS + "label"):
        if isinstance(label, ox.Literal) and not label.value.casefold().startswith(_OBSOLETE):
            renamed = ox.Literal(f"{_OBSOLETE} {label.value}", language=label.language)
            document.replace(node, RDFS + "label", [label], [renamed])
    true = ox.Literal("true", datatype=ox.NamedNode(Datatype.BOOLEAN))
    document.add(node, OWL + "deprecated", true)
    document.add(node, Link.RETIRED, ox.Literal(reason, language="en"))


def references(known: Known, iri: str) -> list[str]:
    """What speaks of a class in an axiom of its own, by the name of its subject."""
    node = ox.NamedNode(iri)
    return sorted({who for who in _speaking(known, node) if who != local_name(iri)})


def _speaking(known: Known, node: ox.NamedNode) -> Iterator[str]:
    """The names of what has a class for a value, through nameless nodes too."""
    seen: set[Node] = set()
    due: list[Node] = [node]
    while due:
        value = due.pop()
        for user in known.users.get(value, ()):
            if isinstance(user, ox.NamedNode):
                yield local_name(user.value)
            elif user not in seen:
                seen.add(user)
                due.append(user)
                if user not in known.users:
                    yield "a general axiom"
