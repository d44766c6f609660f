"""All files of the ontology and the rules as one ontology, in an order that never changes."""

from collections.abc import Iterable

import pyoxigraph as ox

from primum.foundation.names import ONTOLOGY, OWL
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.owl import Triple

_ROOT, _IMPORTS = ox.NamedNode(ONTOLOGY), ox.NamedNode(OWL + "imports")


def merged(place: Place) -> list[Triple]:
    """What the files state, sorted, blank nodes named by their place in the graph (RDFC-1.0).

    The head is that of the root without its imports, for what it imports is there; the heads of
    the other files are left out. Raises UnreadableFile where a file does not parse.
    """
    return canonical(merge(files.read(place)))


def merge(sources: files.Sources) -> Iterable[Triple]:
    """The statements of some files, heads and imports of files apart."""
    heads = set(map(ox.NamedNode, sources.ontologies.values())) - {_ROOT}
    for quad in sources.dataset:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue
        if subject not in heads and predicate != _IMPORTS:
            yield subject, predicate, value


def canonical(triples: Iterable[Triple]) -> list[Triple]:
    """Triples sorted, the head of the ontology first, their blank nodes named canonically."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    found = [(q.subject, q.predicate, q.object) for q in dataset]
    plain = [
        (subject, predicate, value)
        for subject, predicate, value in found
        if not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple)
    ]
    return sorted(plain, key=lambda t: (t[0] != _ROOT, *map(str, t)))
