"""Asking a named question in this process, over a store that holds the served dataset.

Only for text that comes from `queries/ask/` with bound parameters; what callers write themselves
goes to the cage.
"""

from dataclasses import dataclass

import pyoxigraph as ox

from primum.use_cases.named.files import TRIPLE

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


@dataclass(frozen=True, slots=True)
class Table:
    """What a question gives, row by row; `triples` are the same where it gives a graph.

    Yes or no is a table of one column and one row.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    triples: tuple[ox.Triple, ...] | None = None


def ask(store: ox.Store, text: str) -> Table:
    """The answer to a bound question; a graph is sorted, and a table has the question's order."""
    found = store.query(text)
    if isinstance(found, ox.QueryBoolean):
        return Table(("answer",), ((ox.Literal(bool(found)),),))
    if isinstance(found, ox.QuerySolutions):
        columns = tuple(variable.value for variable in found.variables)
        return Table(columns, tuple(tuple(solution) for solution in found))
    triples = tuple(sorted(set(found), key=str))
    rows = tuple((t.subject, t.predicate, t.object) for t in triples)
    return Table(TRIPLE, rows, triples)
