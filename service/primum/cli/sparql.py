"""`primum sparql`: ask a query of one's own, in this process and without limits."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click
import pyoxigraph as ox

from primum.cli.console import load
from primum.cli.tables import write
from primum.foundation.errors import (
    InvalidValue,
    ServiceUnreachable,
    UnreadableBody,
    UnwritableResult,
)
from primum.foundation.names import BASE, PREFIXES
from primum.foundation.settings import read_settings
from primum.knowledge.datasets import Dataset, read_dataset, served_store
from primum.use_cases.named.answers import Table
from primum.use_cases.named.files import TRIPLE
from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.failures import error_of
from primum.use_cases.sparql.formats import formats_of, named_format
from primum.use_cases.sparql.outputs import Emit
from primum.use_cases.sparql.prepared import prepared
from primum.use_cases.sparql.running import Runner
from primum.use_cases.sparql.screening import Form, Screened, screen

_TABLE: Final = "table"
_ENDS_AT_ONCE: Final = (signal.SIGINT, signal.SIGPIPE)


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--dataset",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Ask an RDF file instead of the knowledge.",
)
@click.option(
    "--format",
    "name",
    metavar="FORMAT",
    help="table, csv, tsv, json or xml; of a graph also ttl, nt, nq, trig, rdf or jsonld. "
    "A table by default, Turtle of a graph.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def sparql(*, file: IO[bytes], dataset: Path | None, name: str | None, as_json: bool) -> None:
    """Ask the SPARQL query in FILE, or on standard input where that is `-`."""
    with _ending_at_once():
        text = _text(file)
        base = dataset.resolve().as_uri() if dataset else BASE
        screened = screen(text, base=base, known=PREFIXES, services=read_settings().services)
        form = _format(screened.form, "json" if as_json else name)
        runner = Runner(read_dataset(dataset) if dataset else _knowledge())
        if form == _TABLE:
            _show(runner, prepared(Asked(text, _read_as(screened), base), screened), screened.form)
        else:
            _print(runner, prepared(Asked(text, form, base), screened))


@contextmanager
def _ending_at_once() -> Iterator[None]:
    """Let the interrupt key, or a reader that leaves, end the process: the engine hears neither."""
    before = [signal.signal(kind, signal.SIG_DFL) for kind in _ENDS_AT_ONCE]
    try:
        yield
    finally:
        for kind, handler in zip(_ENDS_AT_ONCE, before, strict=True):
            signal.signal(kind, handler)


def _text(file: IO[bytes]) -> str:
    """The query in a file."""
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableBody(f"The query is no UTF-8 at byte {error.start}.") from error


def _knowledge() -> Dataset:
    """What the service serves."""
    return Dataset(served_store(load().release))


def _format(form: Form, name: str | None) -> str:
    """The name of the format to print in; raises InvalidValue for one that does not fit."""
    if name in (None, _TABLE):
        return "ttl" if form.gives_graph and name is None else _TABLE
    found = named_format(name or "", form)
    if found is None:
        names = (_TABLE, *(each.name for each in formats_of(form)))
        raise InvalidValue(
            f"--format is {name!r}; {form} is answered in {', '.join(names)}.",
            where="--format",
            found=name or "",
            allowed=names,
        )
    return found.name


def _read_as(screened: Screened) -> str:
    """The format from which a table is made."""
    return "nt" if screened.form.gives_graph else "json"


def _print(runner: Runner, asked: Asked) -> None:
    """Print a result while it is found."""
    out, last = sys.stdout.buffer, b""

    def emit(piece: bytes) -> None:
        nonlocal last
        last = piece[-1:]
        out.write(piece)

    _evaluate(runner, asked, emit)
    if last not in (b"", b"\n"):
        out.write(b"\n")
    out.flush()


def _show(runner: Runner, asked: Asked, form: Form) -> None:
    """Show a result to a person: a table, or yes or no."""
    held = bytearray()
    _evaluate(runner, asked, held.extend)
    if form.gives_graph:
        quads = ox.parse(bytes(held), format=ox.RdfFormat.N_TRIPLES)
        rows = sorted(((q.subject, q.predicate, q.object) for q in quads), key=str)
        write(_TABLE, Table(TRIPLE, tuple(rows)))
        return
    found = ox.parse_query_results(bytes(held), format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        click.echo("yes" if found else "no")
    else:
        columns = tuple(variable.value for variable in found.variables)
        write(_TABLE, Table(columns, tuple(tuple(row) for row in found)))


def _evaluate(runner: Runner, asked: Asked, emit: Emit) -> None:
    """Evaluate a query; raises the error of one without a result, or whose result breaks off."""
    try:
        failed = runner.pieces(asked, emit)
    except ValueError as error:
        raise UnwritableResult(f"The result breaks off: {error}.", where="--format") from error
    except (OSError, RuntimeError) as error:
        raise ServiceUnreachable("The result breaks off: a service gave no more of it.") from error
    if failed:
        raise error_of(failed)
