"""A query over a store, evaluated and written: what a caged worker does."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

import pyoxigraph as ox

from primum.foundation.errors import InvalidQuery
from primum.foundation.names import PREFIXES
from primum.knowledge.datasets import Dataset
from primum.use_cases.sparql.calls import unlisted_call
from primum.use_cases.sparql.exchange import MOST_ROWS, Asked, Failed
from primum.use_cases.sparql.formats import BY_NAME
from primum.use_cases.sparql.mistakes import Complain, explain
from primum.use_cases.sparql.outputs import Emit, Overflow, Pieces, Whole
from primum.use_cases.sparql.restoring import rows, triples
from primum.use_cases.sparql.writable import XmlOnly, in_json_ld, in_rdf_xml
from primum.use_cases.sparql.writers import write

_UNKNOWN_FUNCTION: Final = re.compile(r"custom function <([^>]*)> is not supported")
_DEFAULT: Final = ox.DefaultGraph()
_XML: Final = ("xml", "rdf")
_TOLD: Final = (SyntaxError, ValueError, InvalidQuery, OSError, RuntimeError)
"""What is told of: a fault of the query, or of a service that it calls."""
_Dataset = tuple[ox.Store, Any, Any]
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Runner:
    """Evaluates queries over a dataset that is only read."""

    dataset: Dataset

    def whole(self, asked: Asked) -> bytes | Failed:
        """The result, or why there is none."""
        kept = Whole()
        try:
            if refused := unlisted_call(asked, _parser(asked)):
                return refused
            self._write(asked, kept, most=MOST_ROWS)
            return kept.body(asked.format)
        except Overflow as overflow:
            return Failed("large", str(overflow))
        except _TOLD as error:
            return _explained(asked, error)

    def pieces(self, asked: Asked, emit: Emit) -> Failed | None:
        """Hand over the result in pieces; gives why there is none, before the first."""
        pieces = Pieces(emit)
        try:
            if refused := unlisted_call(asked, _parser(asked)):
                return refused
            self._write(asked, pieces, most=None)
        except _TOLD as error:
            if pieces.begun:
                raise
            return _explained(asked, error)
        pieces.flush()
        return None

    def _write(self, asked: Asked, to: Any, *, most: int | None) -> None:
        """Evaluate and write, piece by piece; at most so many triples, where it is a graph."""
        result, form = self._result(asked), BY_NAME[asked.format].engine
        if isinstance(result, ox.QueryTriples) != BY_NAME[asked.format].is_graph:
            raise ValueError("the query is of another form than it seems")
        written = self.dataset.written
        to = XmlOnly(to) if asked.format in _XML else to
        if isinstance(result, ox.QueryTriples):
            found = triples(result, asked.query, written) if written else result
            write_graph(found, to, form, most)  # type: ignore[arg-type]
        elif isinstance(result, ox.QuerySolutions) and self._rewrites(asked):
            names = [variable.value for variable in result.variables]
            write(to, asked.format, names, rows(result, asked.query, written))
        else:
            result.serialize(to, format=form)  # type: ignore[arg-type]

    def _rewrites(self, asked: Asked) -> bool:
        """Whether rows are written here rather than by the engine."""
        return bool(self.dataset.written) or (asked.format == "csv" and self.dataset.commas)

    def _result(self, asked: Asked) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """What the engine finds, lazily; raises InvalidQuery for a graph that has no IRI."""
        try:
            store, graphs, named = self._dataset(asked)
        except ValueError as error:
            raise InvalidQuery(f"A graph has no absolute IRI: {error}") from error
        unknown: dict[ox.NamedNode, Callable[..., _Term | None]] = {}
        while True:
            try:
                return store.query(
                    asked.query,
                    base_iri=asked.base,
                    default_graph=graphs,
                    named_graphs=named,
                    custom_functions=unknown,
                )
            except RuntimeError as error:
                # A call of an unknown function is an error of the expression, not of the query.
                if not (name := _UNKNOWN_FUNCTION.search(str(error))):
                    raise
                unknown[ox.NamedNode(name[1])] = _nothing

    def _dataset(self, asked: Asked) -> _Dataset:
        """The store to ask, and which of its graphs; None where the query says it itself.

        Of several default graphs the engine gives what is in two of them twice; a merge of them
        holds each statement once (SPARQL 1.1 Query Language, section 13.2).
        """
        if asked.graphs is None and asked.named is None:
            return self.dataset.store, None, None
        graphs, named = _distinct(asked.graphs), _distinct(asked.named)
        if len(graphs) <= 1:
            return self.dataset.store, graphs, named
        return merge(self.dataset.store, graphs, named), _DEFAULT, named


def _explained(asked: Asked, error: Exception) -> Failed:
    """Why a query cannot be read or evaluated, or its result not be written in a format."""
    if asked.services and not isinstance(error, ValueError | InvalidQuery):
        return Failed("unreachable", "A service that the query calls gave no results of SPARQL.")
    if isinstance(error, OSError | RuntimeError):
        raise error
    if isinstance(error, ValueError):
        return Failed("format", f"The result cannot be written as {asked.format}: {error}.")
    if isinstance(error, InvalidQuery):
        return Failed("invalid", error.detail, error.line, error.column, error.found)
    try:
        return explain(asked.query, _parser(asked))
    except InvalidQuery as stray:
        return _explained(asked, stray)


def _parser(asked: Asked) -> Complain:
    """What tells whether the engine can read a text."""

    def complain(text: str) -> str | None:
        try:
            ox.Store().query(text, base_iri=asked.base)
        except SyntaxError as complaint:
            return str(complaint)
        except (RuntimeError, OSError):  # an unknown function or a service, which are no mistakes
            return None
        return None

    return complain


def _distinct(iris: Iterable[str] | None) -> list[ox.NamedNode]:
    """Some graphs, each once; raises ValueError for one that has no absolute IRI."""
    return [ox.NamedNode(iri) for iri in dict.fromkeys(iris or ())]


def merge(
    store: ox.Store, graphs: Iterable[ox.NamedNode], named: Sequence[ox.NamedNode]
) -> ox.Store:
    """A store with the merge of some graphs as the default graph, and the named ones."""
    merged = ox.Store()
    for graph in graphs:
        quads = store.quads_for_pattern(None, None, None, graph)
        merged.extend(ox.Quad(q.subject, q.predicate, q.object, _DEFAULT) for q in quads)
    for graph in named:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return merged


def write_graph(
    result: Iterator[ox.Triple], to: IO[bytes], form: ox.RdfFormat, most: int | None
) -> None:
    """Write triples; raises Overflow beyond `most`, ValueError where the format cannot say one."""
    some: Iterator[ox.Triple] = itertools.islice(result, most)
    if form == ox.RdfFormat.RDF_XML:
        some = in_rdf_xml(some)
    elif form == ox.RdfFormat.JSON_LD:
        some = in_json_ld(some)
    prefixes = PREFIXES if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG) else None
    ox.serialize(some, to, format=form, prefixes=prefixes)
    if next(result, None) is not None:
        raise Overflow(f"The result has more than {most} triples.")


def _nothing(*_: object) -> None:
    """The value of a function that nobody knows."""
