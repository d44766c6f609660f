"""A JSON record in every syntax, by processors that are not the service's: PyLD and Oxigraph."""

import json
from typing import Any

import pyoxigraph as ox
from pyld import jsonld
from tests.web.posting import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Json, encoded

from primum.foundation.names import CONTEXT


def options(context: Json) -> Json:
    """Options for PyLD: the context of case records, as it is served, is there and nothing else."""

    def load(url: str, _: Json) -> Json:
        assert url == CONTEXT, f"{url} is not to be fetched"
        return {
            "contentType": JSON_LD,
            "contextUrl": None,
            "documentUrl": url,
            "document": context,
        }

    return {"documentLoader": load}


def expanded(record: Json, context: Json) -> Any:
    """A record in expanded form, which needs no context."""
    return jsonld.expand(record, options(context))


def triples(record: Json, context: Json) -> list[ox.Triple]:
    """The triples that a record stands for."""
    lines = jsonld.to_rdf(record, {**options(context), "format": "application/n-quads"})
    return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)]


def in_every_syntax(record: Json, context: Json) -> dict[str, tuple[str, bytes]]:
    """A name for each way to send a record, with its media type and the body."""
    graph = triples(record, context)
    written = {**record, "@context": context["@context"]}
    return {
        "Turtle": (TURTLE, serialised(graph, ox.RdfFormat.TURTLE)),
        "N-Triples": (N_TRIPLES, serialised(graph, ox.RdfFormat.N_TRIPLES)),
        "RDF/XML": (RDF_XML, serialised(graph, ox.RdfFormat.RDF_XML)),
        "JSON-LD as JSON": (JSON_LD, encoded(record)),
        "JSON-LD with its context": (JSON_LD, encoded(written)),
        "JSON-LD in a graph": (JSON_LD, encoded({"@graph": expanded(record, context)})),
        "JSON-LD expanded": (JSON_LD, json.dumps(expanded(record, context)).encode()),
    }


def serialised(graph: list[ox.Triple], form: ox.RdfFormat) -> bytes:
    """Triples in a syntax."""
    data = ox.serialize(graph, format=form)
    assert data is not None
    return data
