"""Asking named questions in tests: rows as text that two engines, files and people write alike."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.names import BASE, Datatype, local_name
from primum.use_cases.named.answers import Cell, ask
from primum.use_cases.named.questions import Questions

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "queries" / "ask"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))
Row = tuple[str, ...]
Pairs = Iterable[tuple[str, str]]


def written(cell: Cell) -> str:
    """A cell as text: terms of Primum by local name, numbers by value, nothing as empty text."""
    if cell is None:
        return ""
    if isinstance(cell, ox.NamedNode):
        return local_name(cell.value) if cell.value.startswith(BASE) else cell.value
    if isinstance(cell, ox.Literal) and cell.datatype.value == Datatype.DECIMAL:
        return f"{Decimal(cell.value).normalize():f}"
    return cell.value if isinstance(cell, ox.Literal) else str(cell)


def rows_of(store: ox.Store, text: str) -> list[Row]:
    """The rows of a bound question, in its order."""
    return [tuple(map(written, row)) for row in ask(store, text).rows]


def asked(questions: Questions, store: ox.Store, name: str, pairs: Pairs = ()) -> list[Row]:
    """The rows of a question about what a person types; without any, of a file as it stands."""
    query, given = questions.find(name), list(pairs)
    bare = given or not any(not p.optional for p in query.parameters)
    return rows_of(store, questions.bind(query, given) if bare else query.text)


def records(
    questions: Questions, store: ox.Store, name: str, pairs: Pairs = ()
) -> list[dict[str, str]]:
    """The same as one mapping a row, by column."""
    columns = questions.find(name).columns or ("answer",)
    return [dict(zip(columns, row, strict=True)) for row in asked(questions, store, name, pairs)]


def picked(found: Sequence[dict[str, str]], *columns: str) -> set[tuple[str, ...]]:
    """Some columns of rows, each combination once."""
    return {tuple(row[column] for column in columns) for row in found}
