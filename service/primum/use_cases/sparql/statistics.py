"""What a dataset holds, counted for its description (VoID)."""

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from primum.use_cases.sparql.exchange import Statistics

_GRAPHS = (
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER (isIRI(?g)) } "
    "GROUP BY ?g ORDER BY ?g"
)
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
_CLASSES = "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c FILTER (isIRI(?c)) } GROUP BY ?c ORDER BY ?c"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"
_OBJECTS = "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"


Ask = Callable[[str], Iterable[tuple[str, ...]]]
"""Gives the values in the rows of a result."""


def count(store: ox.Store) -> Statistics:
    """Count a store."""

    def ask(query: str) -> Iterator[tuple[str, ...]]:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - the form of the query says so
        return (tuple(term.value for term in row) for row in found)

    return count_by(ask)


def count_by(ask: Ask) -> Statistics:
    """Count what queries are asked of."""
    properties = _counts(ask, _PROPERTIES)
    return Statistics(
        triples=sum(properties.values()),
        subjects=_number(ask, _SUBJECTS),
        objects=_number(ask, _OBJECTS),
        properties=properties,
        classes=_counts(ask, _CLASSES),
        graphs=_counts(ask, _GRAPHS),
    )


def _counts(ask: Ask, query: str) -> dict[str, int]:
    """Counts by IRI."""
    return {iri: int(number) for iri, number in ask(query)}


def _number(ask: Ask, query: str) -> int:
    """One count."""
    ((number,),) = ask(query)
    return int(number)
