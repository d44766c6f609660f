"""The tests of SPARQL 1.1 Service Description: what a bare GET of the endpoint returns."""

from collections.abc import Callable
from http.client import HTTPException

import pyoxigraph as ox
from rdflib import Graph, URIRef
from tests.conformance.endpoint import Endpoint, media_type
from tests.conformance.outcomes import Outcome
from tests.conformance.queries import told
from tests.conformance.schema import SD, faults
from tests.conformance.suite import Suite

MANIFEST = "service-description/manifest.ttl"
_FORMATS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


class NoDescription(Exception):
    """What came is not RDF of the kind that was asked for."""


def run(part: str, suite: Suite, endpoint: Endpoint) -> list[Outcome]:
    """Run the three tests."""
    names = [name for name, _ in suite.entries(MANIFEST)]
    return [Outcome(part, name, _reason(TESTS[name], endpoint)) for name in names]


def described(endpoint: Endpoint, accept: str | None = _FORMATS[0]) -> Graph:
    """The description of an endpoint; raises NoDescription."""
    reply = endpoint.send("GET", headers=() if accept is None else (f"Accept: {accept}",))
    name = media_type(reply)
    form = ox.RdfFormat.from_media_type(name)
    if reply.status != 200 or form is None:
        raise NoDescription(f"{accept or 'no Accept'}: {told(reply)}")
    if accept in _FORMATS and accept != name:
        raise NoDescription(f"asked for {accept}, found {name}")
    try:
        quads = [*ox.parse(reply.body, format=form, base_iri=endpoint.url)]
    except SyntaxError as fault:
        raise NoDescription(f"no {name}: {fault}") from fault
    triples = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples, format="nt")


def _reason(test: Callable[[Endpoint], str | None], endpoint: Endpoint) -> str | None:
    """Why a test fails, if it does."""
    try:
        return test(endpoint)
    except (NoDescription, OSError, HTTPException) as fault:
        return str(fault)


def returns_rdf(endpoint: Endpoint) -> str | None:
    """The same RDF comes without an Accept header, for any type, and in each format."""
    sizes = {name: len(described(endpoint, name)) for name in (None, "*/*", *_FORMATS)}
    told_alike = len(set(sizes.values())) == 1 and all(sizes.values())
    return None if told_alike else f"triples by what is asked for: {sizes}"


def has_endpoint_triple(endpoint: Endpoint) -> str | None:
    """The description names the URL that it was got from as its endpoint."""
    named = set(described(endpoint).objects(None, SD.endpoint))
    if URIRef(endpoint.url) in named:
        return None
    return f"expected sd:endpoint <{endpoint.url}>, found {sorted(map(str, named))}"


def conforms_to_schema(endpoint: Endpoint) -> str | None:
    """The description keeps to the vocabulary."""
    return "; ".join(sorted(set(faults(described(endpoint))))) or None


TESTS = {
    "returns-rdf": returns_rdf,
    "has-endpoint-triple": has_endpoint_triple,
    "conforms-to-schema": conforms_to_schema,
}
