"""The ontology as an OBO graph in JSON, as ROBOT and other OBO tools exchange it.

A graph has nodes and edges alone: subclasses, existential links, types. Definitions of classes by
links stand beside; numbers, negations and unions have no place in it and are left out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyoxigraph as ox

from primum.foundation.names import OBO_DEFINITION, ONTOLOGY, OWL, RDF, RDFS, SKOS
from primum.knowledge.owl import Triple
from primum.knowledge.rdf import Node, Triples, Value

_KINDS: Final = {
    "Class": {"type": "CLASS"},
    "ObjectProperty": {"type": "PROPERTY", "propertyType": "OBJECT"},
    "DatatypeProperty": {"type": "PROPERTY", "propertyType": "DATA"},
    "AnnotationProperty": {"type": "PROPERTY", "propertyType": "ANNOTATION"},
    "NamedIndividual": {"type": "INDIVIDUAL"},
}
_TYPE, _LABEL = RDF + "type", RDFS + "label"
_SUBCLASS, _SUBPROPERTY = RDFS + "subClassOf", RDFS + "subPropertyOf"
_EQUIVALENT, _OPERANDS = OWL + "equivalentClass", OWL + "intersectionOf"
_DEPRECATED, _VERSION = OWL + "deprecated", OWL + "versionIRI"
_SYNONYM = SKOS + "altLabel"
_APART: Final = frozenset({_LABEL, OBO_DEFINITION, _SYNONYM, _DEPRECATED, RDFS + "comment"})
Json = dict[str, Any]


def obograph(triples: Iterable[Triple], mappings: Iterable[tuple[str, str, str]]) -> str:
    """The document; `mappings` to public vocabularies become cross-references."""
    xrefs: dict[str, list[str]] = {}
    for one, _, other in mappings:
        xrefs.setdefault(one, []).append(other)
    said = Triples(ox.Quad(*triple) for triple in triples)
    root = ox.NamedNode(ONTOLOGY)
    graph = {
        "id": ONTOLOGY,
        "meta": {
            "version": next(iter(said.iris(root, _VERSION)), ""),
            "basicPropertyValues": _plain(said, root, annotations(said)),
        },
        "nodes": list(_nodes(said, xrefs)),
        "edges": sorted(_edges(said), key=lambda edge: tuple(edge.values())),
        "logicalDefinitionAxioms": list(_definitions(said)),
        "domainRangeAxioms": list(_domains(said)),
    }
    return json.dumps({"graphs": [graph]}, indent=1, ensure_ascii=False) + "\n"


def annotations(said: Triples) -> frozenset[str]:
    """The properties whose values are told of a node."""
    declared = said.named_of_type(OWL + "AnnotationProperty")
    return frozenset(node.value for node in declared) | {OWL + "versionInfo"}


def _nodes(said: Triples, xrefs: Mapping[str, list[str]]) -> Iterator[Json]:
    """Everything that is declared and described."""
    shown = annotations(said)
    for kind, marks in _KINDS.items():
        for node in said.named_of_type(OWL + kind):
            entry: Json = {"id": node.value}
            if label := said.text(node, _LABEL):
                entry["lbl"] = label
            entry |= marks
            if meta := _meta(said, node, shown, xrefs.get(node.value, [])):
                entry["meta"] = meta
            yield entry


def _meta(said: Triples, node: Node, shown: frozenset[str], xrefs: list[str]) -> Json:
    """What is told of a node beside its label."""
    meta: Json = {}
    if definition := said.text(node, OBO_DEFINITION):
        meta["definition"] = {"val": definition}
    if comments := said.texts(node, RDFS + "comment"):
        meta["comments"] = comments
    if synonyms := said.texts(node, _SYNONYM):
        meta["synonyms"] = [{"pred": "hasRelatedSynonym", "val": text} for text in synonyms]
    if xrefs:
        meta["xrefs"] = [{"val": iri} for iri in sorted(xrefs)]
    if values := _plain(said, node, shown):
        meta["basicPropertyValues"] = values
    if said.text(node, _DEPRECATED) == "true":
        meta["deprecated"] = True
    return meta


def _plain(said: Triples, node: Node, shown: frozenset[str]) -> list[Json]:
    """The annotations that an OBO graph has no place of its own for."""
    return [
        {"pred": iri, "val": value.value}
        for iri in sorted(said.predicates(node) & shown - _APART)
        for value in said.values(node, iri)
    ]


def _edges(said: Triples) -> Iterator[Json]:
    """Subclasses and links, superproperties, and the types of individuals."""
    for predicate, name in ((_SUBCLASS, "is_a"), (_SUBPROPERTY, "subPropertyOf")):
        for node in said.subjects_of(predicate):
            for value in said.values(node, predicate):
                if isinstance(value, ox.NamedNode):
                    yield {"sub": node.value, "pred": name, "obj": value.value}
                elif link := _link(said, value):
                    yield {"sub": node.value, "pred": link[0], "obj": link[1]}
    for node in said.named_of_type(OWL + "NamedIndividual"):
        for kind in said.iris(node, _TYPE):
            if not kind.startswith(OWL):
                yield {"sub": node.value, "pred": "type", "obj": kind}


def _link(said: Triples, value: Value) -> tuple[str, str] | None:
    """The property and the filler of an existential restriction to a named class."""
    if not isinstance(value, ox.BlankNode):
        return None
    on, fillers = said.iris(value, OWL + "onProperty"), said.iris(value, OWL + "someValuesFrom")
    return (on[0], fillers[0]) if on and fillers else None


def _definitions(said: Triples) -> Iterator[Json]:
    """The classes that are defined by kinds and links, and by nothing else."""
    for node in said.subjects_of(_EQUIVALENT):
        for whole in said.values(node, _EQUIVALENT):
            heads = said.values(whole, _OPERANDS) if isinstance(whole, ox.BlankNode) else []
            operands = [operand for head in heads for operand in said.list_of(head)]
            kinds = [one.value for one in operands if isinstance(one, ox.NamedNode)]
            links = [link for one in operands if (link := _link(said, one))]
            if operands and len(kinds) + len(links) == len(operands):
                entry: Json = {"definedClassId": node.value, "genusIds": kinds}
                if links:
                    entry["restrictions"] = [
                        {"propertyId": on, "fillerId": filler} for on, filler in links
                    ]
                yield entry


def _domains(said: Triples) -> Iterator[Json]:
    """What the properties that link classes are from and to."""
    for node in said.named_of_type(OWL + "ObjectProperty"):
        domains, ranges = said.iris(node, RDFS + "domain"), said.iris(node, RDFS + "range")
        if domains or ranges:
            yield {
                "predicateId": node.value,
                "domainClassIds": domains,
                "rangeClassIds": ranges,
            }
