"""Small graphs for tests, written as Turtle with the project's prefixes."""

import pyoxigraph as ox

from primum.foundation.names import BASE, DCTERMS, OWL, OWLREADY, RDF, RDFS, SKOS, XSD
from primum.knowledge.rdf import Triples

PREFIXES = "".join(
    f"@prefix {prefix}: <{iri}> .\n"
    for prefix, iri in {
        "": BASE,
        "dcterms": DCTERMS,
        "owl": OWL,
        "owlready": OWLREADY,
        "rdf": RDF,
        "rdfs": RDFS,
        "skos": SKOS,
        "xsd": XSD,
    }.items()
)


def quads(turtle: str) -> list[ox.Quad]:
    """The quads of a Turtle text, its prefixes given."""
    return list(ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))


def triples(turtle: str) -> Triples:
    """A Turtle text, its prefixes given, as triples to look things up in."""
    return Triples(quads(turtle))


def names(text: str) -> frozenset[str]:
    """The IRIs of local names that stand apart by spaces."""
    return frozenset(BASE + name for name in text.split())


def closure(**above: str) -> dict[str, frozenset[str]]:
    """Superclasses by class, from local names; each class is above itself."""
    return {BASE + name: names(supers) | {BASE + name} for name, supers in above.items()}
