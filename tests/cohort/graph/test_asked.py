"""Graphs of cohorts are loaded into a SPARQL server and asked."""

import json
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection

import pyoxigraph as ox
import rdflib
from tests.cohort.graph.written import Written
from tests.store.oxigraph import oxigraph, send
from tests.web.wire import PATIENCE, free_port

COUNTS = """\
PREFIX primum: <https://w3id.org/primum/>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?injury ?treatment ?verdict (COUNT(*) AS ?findings) WHERE {
  ?finding prov:wasDerivedFrom/primum:injury/a ?injury ;
    primum:ofTreatment ?treatment ;
    primum:verdict ?verdict .
}
GROUP BY ?injury ?treatment ?verdict
ORDER BY DESC(?findings) ?injury ?treatment ?verdict
"""
Rows = Counter[tuple[str, ...]]


def expected(written: Written) -> Rows:
    """The counts by the answers."""
    primum = written.primum
    injuries = primum.vocabulary.injuries
    treatments = {term.id: term.iri for term in primum.release.knowledge.treatments}
    rows = zip(written.batch["injury"].to_pylist(), written.answers.to_pylist(), strict=True)
    return Counter(
        (injuries.find(injury, where="").iri, treatments[row["treatment"]], row["verdict"])
        for injury, row in rows
        if row["faults"] is None
    )


def test_a_server_counts_what_was_answered(audit: Written) -> None:
    """Loaded into a SPARQL server, the graph gives the counts of the answers."""
    port = free_port()
    with oxigraph(port):
        send(port, "POST", "/store?default", audit.lines, "application/n-triples")
        assert asked(port) == expected(audit)


def test_other_engines_count_alike(audit: Written) -> None:
    """The same query gives the same counts on rdflib and in the embedded store."""
    graph = rdflib.Graph().parse(data=audit.lines.decode(), format="nt")
    found: Rows = Counter()
    for row in graph.query(COUNTS):
        assert isinstance(row, rdflib.query.ResultRow)
        found[tuple(map(str, row[:3]))] = int(str(row[3]))
    assert found == expected(audit)
    store = ox.Store()
    store.load(audit.lines, format=ox.RdfFormat.N_TRIPLES)
    solutions = store.query(COUNTS)
    assert isinstance(solutions, ox.QuerySolutions)
    assert len(list(solutions)) == len(found)


def asked(port: int) -> Rows:
    """The counts that a server gives."""
    head = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("POST", "/query", COUNTS.encode(), head)
        rows = json.loads(connection.getresponse().read())["results"]["bindings"]
    names = ("injury", "treatment", "verdict")
    return Counter(
        {tuple(row[n]["value"] for n in names): int(row["findings"]["value"]) for row in rows}
    )
