"""Answers of SPARQL, read from the formats that they come in."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from tests.conformance.suite import Source

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
# By the endings of their files, which is what formats go by here.
MEDIA_TYPES = {
    "srj": "application/sparql-results+json",
    "srx": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "nt": "application/n-triples",
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Node = ox.NamedNode | ox.BlankNode | ox.Triple
Row = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT; what a row does not name is unbound in it."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Triples:
    """The graph of a CONSTRUCT or DESCRIBE."""

    triples: frozenset[ox.Triple]


Answer = bool | Table | Triples


class Unreadable(Exception):
    """An answer is not written in the format that it should be."""


def read_file(source: Source) -> Answer:
    """The expected answer in a file."""
    path = source.path
    return read(path.read_bytes(), path.suffix.removeprefix("."), source.base)


def read(body: bytes, form: str, base: str | None = None) -> Answer:
    """An answer in a format; raises Unreadable."""
    try:
        if form == "csv":
            return _csv(body.decode())
        if form in {"srj", "srx", "tsv"}:
            return _results(body, form)
        return _graph(ox.parse(body, format=ox.RdfFormat.from_extension(form), base_iri=base))
    except (SyntaxError, ValueError) as error:
        raise Unreadable(f"no {MEDIA_TYPES[form]}: {error}") from error


def _results(body: bytes, form: str) -> Answer:
    """A boolean or a table; the files of the suite end in a blank line, which is no row."""
    name = {"srj": "json", "srx": "xml"}.get(form, form)
    text = body.rstrip(b"\n") + b"\n" if form == "tsv" else body
    results = ox.parse_query_results(text, format=ox.QueryResultsFormat.from_extension(name))
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = tuple(variable.value for variable in results.variables)
    return Table(names, tuple(_row(names, solution) for solution in results))


def _row(names: tuple[str, ...], solution: ox.QuerySolution) -> Row:
    """A solution without what is unbound in it."""
    return {name: solution[name] for name in names if solution[name] is not None}


def _csv(text: str) -> Table:
    """A table whose values are text, but for blank nodes; an empty value is none."""
    head, *lines = [line for line in csv.reader(io.StringIO(text, newline="")) if line]
    if any(len(line) != len(head) for line in lines):
        raise ValueError("a line has more or fewer values than the head")
    pairs = ([*zip(head, line, strict=True)] for line in lines)
    return Table(tuple(head), tuple({name: _plain(v) for name, v in row if v} for row in pairs))


def _plain(value: str) -> Term:
    """A value of CSV, in which IRIs, strings and numbers are not told apart."""
    label = value.removeprefix("_:")
    return ox.BlankNode(label) if label != value else ox.Literal(value)


def _graph(quads: Iterator[ox.Quad]) -> Answer:
    """A graph, or the table that it describes in the vocabulary of result sets."""
    found = ox.Dataset(quads)
    sets = [*found.quads_for_object(ox.NamedNode(_RS + "ResultSet"))]
    return (
        _described(found, sets[0].subject)
        if sets
        else Triples(frozenset(quad.triple for quad in found))
    )


def _described(found: ox.Dataset, table: _Node) -> Table:
    """A table in the vocabulary of result sets."""
    names = tuple(_text(name) for name in _values(found, table, "resultVariable"))
    rows = (
        dict(_cell(found, binding) for binding in _values(found, solution, "binding"))
        for solution in _values(found, table, "solution")
    )
    return Table(names, tuple(rows))


def _cell(found: ox.Dataset, binding: Term) -> tuple[str, Term]:
    """A variable and its value."""
    ((name,), (value,)) = (_values(found, binding, each) for each in ("variable", "value"))
    return _text(name), value


def _values(found: ox.Dataset, subject: Term, name: str) -> list[Term]:
    """What a node has by a property of the vocabulary of result sets."""
    assert not isinstance(subject, ox.Literal), f"{subject} has no properties"
    quads = found.quads_for_subject(subject)
    return [quad.object for quad in quads if quad.predicate.value == _RS + name]


def _text(term: Term) -> str:
    """The text of a literal."""
    assert isinstance(term, ox.Literal), f"{term} is no literal"
    return term.value
