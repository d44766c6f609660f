"""The formats of results: rows and truth values in four, graphs in six, with their media types."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from primum.use_cases.sparql.screening import Form


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its short name, and its media types, the registered one first.

    The further media types are what clients ask for who mean the same.
    """

    name: str
    media_types: tuple[str, ...]
    engine: ox.QueryResultsFormat | ox.RdfFormat

    @property
    def media_type(self) -> str:
        """The registered media type."""
        return self.media_types[0]

    @property
    def is_graph(self) -> bool:
        """Whether it is RDF rather than rows or a truth value."""
        return isinstance(self.engine, ox.RdfFormat)


_XML: Final = ("application/xml", "text/xml")
ROWS: Final = (
    Format(
        "json",
        ("application/sparql-results+json", "application/json", "text/json"),
        ox.QueryResultsFormat.JSON,
    ),
    Format("xml", ("application/sparql-results+xml", *_XML), ox.QueryResultsFormat.XML),
    Format("csv", ("text/csv",), ox.QueryResultsFormat.CSV),
    Format("tsv", ("text/tab-separated-values",), ox.QueryResultsFormat.TSV),
)
GRAPHS: Final = (
    Format("ttl", ("text/turtle", "application/x-turtle", "text/n3"), ox.RdfFormat.TURTLE),
    Format("nt", ("application/n-triples", "text/plain", "text/ntriples"), ox.RdfFormat.N_TRIPLES),
    Format("nq", ("application/n-quads", "text/x-nquads"), ox.RdfFormat.N_QUADS),
    Format("rdf", ("application/rdf+xml", *_XML), ox.RdfFormat.RDF_XML),
    Format("jsonld", ("application/ld+json", "application/json"), ox.RdfFormat.JSON_LD),
    Format("trig", ("application/trig", "application/x-trig"), ox.RdfFormat.TRIG),
)  # fmt: skip
BY_NAME: Final = {each.name: each for each in (*ROWS, *GRAPHS)}
_SAME: Final = {
    "turtle": "ttl",
    "n3": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "nquads": "nq",
    "n-quads": "nq",
    "rdfxml": "rdf",
    "rdf+xml": "rdf",
    "rdf/xml": "rdf",
    "json-ld": "jsonld",
}
"""What other services call a format."""


def formats_of(form: Form) -> Sequence[Format]:
    """The formats in which a form of query can be answered, the one that is preferred first."""
    return GRAPHS if form.gives_graph else ROWS


def named_format(name: str, form: Form) -> Format | None:
    """The format that a name or media type stands for where a form of query is answered.

    `xml` and `json` of a graph are RDF/XML and JSON-LD. None for a name that stands for none.
    """
    word = name.strip().lower()
    offered = formats_of(form)
    if form.gives_graph:
        word = {"xml": "rdf", "json": "jsonld"}.get(word, word)
    word = _SAME.get(word, word)
    fitting = (each for each in offered if word == each.name or word in each.media_types)
    return next(fitting, None)
