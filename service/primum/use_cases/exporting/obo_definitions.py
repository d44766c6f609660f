"""The module `ontology/obo.ttl`: definitions under the property in which OBO tools look for them.

What it holds is said by a query, `queries/obo/definitions.rq`, over the other files.
"""

from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import KnowledgeError
from primum.foundation.names import OBO_DEFINITION, ONTOLOGY
from primum.knowledge import files
from primum.knowledge.layout import normalised
from primum.knowledge.locate import Place
from primum.knowledge.owl import Triple

NAME: Final = "ontology/obo.ttl"
_MODULE, _DEFINITION = ox.NamedNode(f"{ONTOLOGY}/obo"), ox.NamedNode(OBO_DEFINITION)


def obo_definitions(place: Place) -> str:
    """The file as it should be, its head as it is, in the layout of the OWL API.

    Raises UnreadableFile where a file does not parse, KnowledgeError where the query does not.
    """
    path = place.root / NAME
    head = [t for t in files.triples_of(path) if t[1] != _DEFINITION]
    text = _turtle([*head, *_defined(place)])
    return normalised(_prefixes(path.read_text(encoding="utf-8")) + text, name=NAME)


def _defined(place: Place) -> list[Triple]:
    """The definitions that the query finds in the other files."""
    store, own = ox.Store(), place.root / NAME
    for path in files.knowledge_files(place):
        if path != own:
            store.extend(ox.Quad(*triple) for triple in files.triples_of(path))
    query = (place.queries / "obo" / "definitions.rq").read_text(encoding="utf-8")
    found = store.query(query)
    if not isinstance(found, ox.QueryTriples):
        raise KnowledgeError("queries/obo/definitions.rq is no CONSTRUCT.")
    return sorted(((t.subject, t.predicate, t.object) for t in found), key=str)


def _turtle(triples: list[Triple]) -> str:
    """Triples a line each."""
    return "".join(f"{one} {by} {other} .\n" for one, by, other in triples)


def _prefixes(text: str) -> str:
    """The prefixes that a Turtle file declares."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if line.startswith(("@prefix", "@base")))
