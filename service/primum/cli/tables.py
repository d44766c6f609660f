"""The answer to a named question as a table for people, or in a format for programs."""

import csv
import json
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

import click
import pyoxigraph as ox
from rich.box import SIMPLE_HEAD
from rich.table import Table as RichTable
from rich.text import Text

from primum.cli.console import console, print_json
from primum.foundation.names import BASE, PREFIXES, Datatype, local_name, shorten
from primum.use_cases.named.answers import Cell, Table

_ENDLESS: Final = 100_000


def write(form: str, found: Table) -> None:
    """An answer on standard output, in one of FORMATS."""
    _WRITERS[form](found)


def _table(found: Table) -> None:
    """For people: terms of Primum by their local names, other IRIs with their prefixes.

    It fits the terminal; in a file or a pipe each row is a line, however long.
    """
    out = console()
    if not out.is_terminal:
        out.width = _ENDLESS
    table = RichTable(box=SIMPLE_HEAD)
    for column in found.columns:
        table.add_column(column, overflow="fold")
    for row in found.rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    out.print(table)


def shown(cell: Cell) -> str:
    """A cell as people read it."""
    if isinstance(cell, ox.NamedNode):
        inside = cell.value.startswith(BASE)
        return local_name(cell.value) if inside else shorten(cell.value).strip("<>")
    if isinstance(cell, ox.Literal) and cell.datatype.value == Datatype.DECIMAL:
        return f"{Decimal(cell.value).normalize():f}"
    return plain(cell)


def plain(cell: Cell) -> str:
    """A cell without its syntax, as SPARQL's CSV has it."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, ox.Triple | ox.BlankNode) else cell.value


def _csv(found: Table) -> None:
    """SPARQL's CSV: values without their types."""
    rows = (map(plain, row) for row in found.rows)
    csv.writer(sys.stdout).writerows([found.columns, *rows])


def _tsv(found: Table) -> None:
    """SPARQL's TSV: terms as Turtle writes them."""
    click.echo("\t".join(f"?{column}" for column in found.columns))
    for row in found.rows:
        click.echo("\t".join("" if cell is None else str(cell) for cell in row))


def _json(found: Table) -> None:
    """A list of objects, one a row: numbers and booleans as such, what is unbound as null."""
    print_json([dict(zip(found.columns, map(_value, row), strict=True)) for row in found.rows])


def _value(cell: Cell) -> object:
    """A cell as JSON has it."""
    numbers = (Datatype.INTEGER, Datatype.DECIMAL, Datatype.BOOLEAN)
    if cell is None:
        return None
    if isinstance(cell, ox.Literal) and cell.datatype.value in numbers:
        return json.loads(shown(cell))
    return plain(cell)


def _turtle(found: Table) -> None:
    """A graph in Turtle, with the usual prefixes."""
    text = ox.serialize(found.triples or (), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    click.echo((text or b"").decode(), nl=False)


_WRITERS: Final[Mapping[str, Callable[[Table], None]]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "ttl": _turtle,
}
FORMATS: Final = tuple(_WRITERS)
