"""What clients send to say what they want: the Accept headers of real ones.

Those of clients that the tests run are here too, so that the table is whole.
"""

from dataclasses import dataclass
from typing import Final

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
CSV: Final = "text/csv; charset=utf-8"
TURTLE: Final = "text/turtle; charset=utf-8"
N_QUADS: Final = "application/n-quads"
RDF_XML: Final = "application/rdf+xml"
HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Sent:
    """A client, its Accept header (None where it sends none), and the type that it must get."""

    client: str
    accept: str | None
    gets: str

    def __str__(self) -> str:
        """The name in test reports."""
        return self.client


_BROWSER: Final = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8"
)
_JENA: Final = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "text/tab-separated-values;q=0.7, text/csv;q=0.5,application/json;q=0.2,"
    "application/xml;q=0.2,*/*;q=0.1"
)
_JENA_GRAPH: Final = (
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,"
    "application/rdf+xml;q=0.7,*/*;q=0.3"
)
_RDF4J: Final = (
    "application/x-sparqlstar-results+json;q=0.8, application/sparql-results+json;q=0.8, "
    "application/json;q=0.8, application/sparql-results+xml, application/xml, "
    "application/x-sparqlstar-results+xml;q=0.8, application/x-binary-rdf-results-table;q=0.8"
)
_RDF4J_TRUTH: Final = (
    "application/sparql-results+json;q=0.8, application/json;q=0.8, "
    "application/x-sparqlstar-results+json;q=0.8, application/sparql-results+xml;q=0.8, "
    "application/xml;q=0.8"
)
_RDF4J_GRAPH: Final = (
    "application/n-triples;q=0.7, text/plain;q=0.7, text/turtle, application/x-turtle, "
    "application/trig;q=0.8, application/x-trig;q=0.8, application/x-trigstar;q=0.8, "
    "text/x-turtlestar;q=0.8, application/x-turtlestar;q=0.8"
)
_COMUNICA: Final = f"{JSON};q=1.0,{XML};q=0.7"
_COMUNICA_LOOK: Final = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,"
    "application/xml;q=0.3,image/svg+xml;q=0.3,text/xml;q=0.3,text/html;q=0.2,"
    "application/xhtml+xml;q=0.18,application/json;q=0.135,text/shaclc;q=0.1,text/shaclc-ext;q=0.05"
)
_WRAPPER: Final = f"{JSON},application/json,text/javascript,application/javascript"
_RDFLIB: Final = f"{RDF_XML}, {XML}"

ROWS: Final = (
    Sent("pandas, urllib", None, JSON),
    Sent("curl, wget, requests, httr2, Julia's HTTP", "*/*", JSON),
    Sent("httr of R", "application/json, text/xml, application/xml, */*", "application/json"),
    Sent("SPARQLWrapper", _WRAPPER, JSON),
    Sent("SPARQLWrapper, XML", XML, XML),
    Sent("sparql-dataframe", "text/csv", CSV),
    Sent("rdflib's SPARQLStore", _RDFLIB, XML),
    Sent("rdflib's SERVICE", JSON, JSON),
    Sent("Comunica, fetch-sparql-endpoint", _COMUNICA, JSON),
    Sent("YASGUI", f"{JSON},*/*;q=0.9", JSON),
    Sent("Apache Jena", _JENA, JSON),
    Sent("RDF4J", _RDF4J, XML),
    Sent("a browser", _BROWSER, HTML),
)
TRUTHS: Final = (
    Sent("curl", "*/*", JSON),
    Sent("rdflib's SPARQLStore", _RDFLIB, XML),
    Sent("Comunica, fetch-sparql-endpoint", _COMUNICA, JSON),
    Sent("RDF4J", _RDF4J_TRUTH, JSON),
    Sent("a browser", _BROWSER, HTML),
)
GRAPHS: Final = (
    Sent("pandas, urllib", None, TURTLE),
    Sent("curl, gastrodon", "*/*", TURTLE),
    Sent("rdflib's SPARQLStore", _RDFLIB, RDF_XML),
    Sent(
        "SPARQLWrapper, JSON-LD", "application/ld+json,application/x-json+ld", "application/ld+json"
    ),
    Sent("fetch-sparql-endpoint", "text/turtle", TURTLE),
    Sent("sparql-http-client", "application/n-triples, text/turtle", TURTLE),
    Sent("YASGUI", "text/turtle,*/*;q=0.9", TURTLE),
    Sent("Apache Jena", _JENA_GRAPH, TURTLE),
    Sent("RDF4J", _RDF4J_GRAPH, TURTLE),
    Sent("a browser", _BROWSER, HTML),
)
LOOKS: Final = (
    Sent("curl", "*/*", TURTLE),
    Sent("rdflib's parse of Turtle", "text/turtle, application/x-turtle, */*;q=0.1", TURTLE),
    Sent("rdflib's parse of N3", "text/n3, */*;q=0.1", "text/n3; charset=utf-8"),
    Sent("Comunica", _COMUNICA_LOOK, N_QUADS),
    Sent("a browser", _BROWSER, HTML),
)
"""What asks at the address alone, without a query."""
