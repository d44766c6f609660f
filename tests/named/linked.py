"""The links of the ontology, read from its files by rdflib, with all that annotates them."""

from collections.abc import Iterator
from dataclasses import dataclass

import rdflib
from rdflib import DCTERMS, OWL, RDFS

from primum.foundation.names import BASE, local_name
from primum.use_cases.service import Primum

PRIMUM = rdflib.Namespace(BASE)
FEATURES = ("hasRiskFactor", "hasSymptom", "hasSign", "hasAggravatingFactor", "hasRelievingFactor")
TREATED = ("hasIndicatedTreatment", "hasDiscouragedTreatment", "hasUncertainTreatment")


@dataclass(frozen=True, slots=True)
class Link:
    """An annotated link of the ontology; `sources` maps each to the place in it."""

    subject: str
    relation: str
    object: str
    confidence: str
    comment: str
    sources: tuple[tuple[str, str], ...]


def read_links(files: rdflib.Graph) -> Iterator[Link]:
    """The axioms on links, with what annotates them."""
    for axiom in files.subjects(OWL.annotatedProperty, RDFS.subClassOf):
        target = files.value(axiom, OWL.annotatedTarget)
        filler = files.value(target, OWL.someValuesFrom)
        locators = [str(text) for text in files.objects(axiom, PRIMUM.locator)]
        places = dict(p.split(": ", 1) for text in locators for p in text.split(" | "))
        sources = [local_name(str(source)) for source in files.objects(axiom, DCTERMS.source)]
        if filler is not None:
            yield Link(
                local_name(str(files.value(axiom, OWL.annotatedSource))),
                local_name(str(files.value(target, OWL.onProperty))),
                local_name(str(filler)),
                str(files.value(axiom, PRIMUM.confidence)),
                " ".join(sorted(str(text) for text in files.objects(axiom, RDFS.comment))),
                tuple((source, places.get(source, "")) for source in sorted(sources)),
            )


def below(primum: Primum, injury: str) -> set[str]:
    """An injury and the classes above it."""
    return {local_name(iri) for iri in primum.release.knowledge.axioms.above[BASE + injury]}


def wider(files: rdflib.Graph, findings: set[str]) -> set[str]:
    """Findings and the classes above them."""
    nodes = (rdflib.URIRef(BASE + finding) for finding in findings)
    above = (n for node in nodes for n in files.transitive_objects(node, RDFS.subClassOf))
    return {local_name(str(node)) for node in above if isinstance(node, rdflib.URIRef)}
