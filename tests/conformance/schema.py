"""What the vocabulary of service descriptions demands of a description.

From sections 3 and 4 of SPARQL 1.1 Service Description: the classes, the properties with their
domains and ranges, and what a service, a dataset and a named graph must have.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMAT = URIRef("http://www.w3.org/ns/formats/Format")
_CLASSES = (
    *(SD.Aggregate, SD.Dataset, SD.EntailmentProfile, SD.EntailmentRegime, SD.Feature),
    *(SD.Function, SD.Graph, SD.GraphCollection, SD.Language, SD.NamedGraph, SD.Service),
)
_FEATURES = (
    *(SD.DereferencesURIs, SD.UnionDefaultGraph, SD.RequiresDataset, SD.EmptyGraphs),
    SD.BasicFederatedQuery,
)
_LANGUAGES = (SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update)
_KINDS = dict.fromkeys(_FEATURES, SD.Feature) | dict.fromkeys(_LANGUAGES, SD.Language)
_ABOVE: dict[Node, URIRef] = {SD.Dataset: SD.GraphCollection}


@dataclass(frozen=True, slots=True)
class Property:
    """A property: what has it, what it leads to (nothing means any IRI), and how often.

    What `stated` properties lead to must say itself what it is; the rest are named things of
    other vocabularies, which may leave that to them.
    """

    domain: URIRef
    range: URIRef | None
    once: bool = False
    stated: bool = False


_OF_SERVICE = {
    "feature": SD.Feature,
    "languageExtension": SD.Feature,
    "propertyFeature": SD.Feature,
    "supportedLanguage": SD.Language,
    "extensionFunction": SD.Function,
    "extensionAggregate": SD.Aggregate,
    "inputFormat": _FORMAT,
    "resultFormat": _FORMAT,
}
PROPERTIES = {SD[name]: Property(SD.Service, kind) for name, kind in _OF_SERVICE.items()} | {
    SD.endpoint: Property(SD.Service, None, once=True),
    SD.defaultDataset: Property(SD.Service, SD.Dataset, once=True, stated=True),
    SD.availableGraphs: Property(SD.Service, SD.GraphCollection, stated=True),
    SD.defaultEntailmentRegime: Property(SD.Service, SD.EntailmentRegime, once=True),
    SD.defaultSupportedEntailmentProfile: Property(SD.Service, SD.EntailmentProfile, once=True),
    SD.entailmentRegime: Property(SD.NamedGraph, SD.EntailmentRegime, once=True),
    SD.supportedEntailmentProfile: Property(SD.NamedGraph, SD.EntailmentProfile, once=True),
    SD.defaultGraph: Property(SD.Dataset, SD.Graph, once=True, stated=True),
    SD.namedGraph: Property(SD.GraphCollection, SD.NamedGraph, stated=True),
    SD.name: Property(SD.NamedGraph, None, once=True),
    SD.graph: Property(SD.NamedGraph, SD.Graph, once=True, stated=True),
}
_REQUIRED = {SD.Service: SD.endpoint, SD.NamedGraph: SD.name}


def faults(description: Graph) -> Iterator[str]:
    """What in a description is against the vocabulary."""
    if (None, RDF.type, SD.Service) not in description:
        yield "nothing is an sd:Service"
    yield from _unknown(description)
    for subject, predicate, value in description:
        if isinstance(predicate, URIRef) and (rule := PROPERTIES.get(predicate)):
            yield from _misused(description, subject, predicate, value)
            if rule.once and len(set(description.objects(subject, predicate))) > 1:
                yield f"{_short(predicate)} of {subject} stands more than once"
    for kind, needed in _REQUIRED.items():
        for subject in description.subjects(RDF.type, kind):
            if (subject, needed, None) not in description:
                yield f"{subject} is an {_short(kind)} without {_short(needed)}"


def _unknown(description: Graph) -> Iterator[str]:
    """Names in the vocabulary's namespace that it does not have."""
    known = {*PROPERTIES, *_KINDS, *_CLASSES}
    for term in {term for triple in description for term in triple}:
        if isinstance(term, URIRef) and term.startswith(SD) and term not in known:
            yield f"{_short(term)} is no term of the vocabulary"


def _misused(graph: Graph, subject: Node, predicate: URIRef, value: Node) -> Iterator[str]:
    """What is wrong with one use of a property."""
    rule = PROPERTIES[predicate]
    if rule.domain not in _kinds(graph, subject):
        yield f"{_short(predicate)} stands at {subject}, which is no {_short(rule.domain)}"
    if rule.range is None:
        if not isinstance(value, URIRef):
            yield f"{_short(predicate)} leads to {value}, which is no IRI"
        return
    kinds = _kinds(graph, value)
    of_others = isinstance(value, URIRef) and not kinds and not rule.stated
    if rule.range not in kinds and not of_others:
        yield f"{_short(predicate)} leads to {value}, which is no {_short(rule.range)}"


def _kinds(graph: Graph, node: Node) -> set[Node]:
    """The classes of a node, and those above them."""
    kinds = set(graph.objects(node, RDF.type))
    if isinstance(node, URIRef) and node in _KINDS:
        kinds.add(_KINDS[node])
    return kinds | {_ABOVE[kind] for kind in kinds if kind in _ABOVE}


def _short(term: URIRef) -> str:
    """A term of the vocabulary with its usual prefix."""
    return term.replace(str(SD), "sd:")
