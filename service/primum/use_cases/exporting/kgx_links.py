"""The edges of the ontology: the hierarchy, and the links that axioms state."""

from collections.abc import Iterator

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, OWL, RDFS, Link
from primum.knowledge.rdf import Triples, Value
from primum.use_cases.compiling import Compiled
from primum.use_cases.exporting.biolink import Biolink, Role
from primum.use_cases.exporting.kgx_words import SUBCLASS, Row, curies, edge, joined

_SUBCLASS = RDFS + "subClassOf"


def link_edges(compiled: Compiled, biolink: Biolink) -> Iterator[Row]:
    """An edge for each stated subclass and link of a term that has a category.

    Links that the table has no word for are no edges: what treatments do for an injury is told by
    the rules.
    """
    said, kinds = compiled.triples, biolink.categories().keys()
    for node in said.named_of_type(OWL + "Class"):
        above = compiled.entailed.above.get(node.value, frozenset())
        if not above & kinds:
            continue
        for whole in said.values(node, _SUBCLASS):
            if isinstance(whole, ox.NamedNode):
                if compiled.entailed.above.get(whole.value, frozenset()) & kinds:
                    name = f"{node.value}-is-a-{whole.value}"
                    yield edge(_ident(name), (node.value, SUBCLASS, whole.value), {})
            else:
                yield from _linked(said, (node, whole), above, biolink)


def _linked(
    said: Triples, axiom: tuple[ox.NamedNode, Value], above: frozenset[str], biolink: Biolink
) -> Iterator[Row]:
    """The edge of an existential link to a named class."""
    node, whole = axiom
    if not isinstance(whole, ox.BlankNode):
        return
    properties = said.iris(whole, OWL + "onProperty")
    word = biolink.link(properties[0], above) if properties else None
    for filler in said.iris(whole, OWL + "someValuesFrom") if word else []:
        ends = (node.value, filler)
        one, other = reversed(ends) if word and word.role is Role.REVERSED else ends
        predicate = word.biolink if word else ""
        name = f"{one}-{properties[0]}-{other}"
        yield edge(_ident(name), (one, predicate, other), _grounds(said, node, whole))


def _grounds(said: Triples, node: ox.NamedNode, whole: Value) -> Row:
    """Who states a link, where, and how far it is trusted."""
    notes = [
        note
        for note in said.annotating(node, _SUBCLASS)
        if said.value(note, OWL + "annotatedTarget") == whole
    ]
    sources = {iri for note in notes for iri in said.iris(note, DCTERMS + "source")}
    return {
        "publications": curies(sources),
        "locator": joined(text for note in notes for text in said.texts(note, Link.LOCATOR)),
        "confidence": joined(text for note in notes for text in said.texts(note, Link.CONFIDENCE)),
    }


def _ident(name: str) -> str:
    """A stable name of an edge, from those of its parts."""
    parts = [part.rpartition("/")[2] for part in name.split("-https://")]
    return "primum:edge/" + "-".join(parts)
