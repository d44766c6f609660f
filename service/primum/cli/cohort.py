"""`primum cohort`: a table of records in, a table of answers out."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from primum.cli.console import as_json, load, print_json
from primum.foundation.errors import InvalidValue, MissingTool
from primum.model.levels import Screening

if TYPE_CHECKING:
    from primum.use_cases.cohort.options import Options
    from primum.use_cases.cohort.running.run import Outcome
    from primum.use_cases.cohort.running.run import Progress as Told

_NEEDED = ("pyarrow", "numpy")
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@click.command()
@click.argument("where", metavar="[IN]", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder of answers to make; with --example the file.",
)
@click.option("--example", type=click.IntRange(1), help="Write a made-up cohort of so many rows.")
@click.option("--seed", default=0, show_default=True, help="Seed of the made-up cohort.")
@click.option(
    "--faults",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Share of bad rows in the made-up cohort.",
)
@click.option("--rows", type=click.Choice(["audit", "person"]), help="What a row stands for.")
@click.option("--long", is_flag=True, help="A row for each person and treatment.")
@click.option(
    "--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="A column's other name."
)
@click.option("--keep", multiple=True, metavar="COL", help="A column that the answers repeat.")
@click.option(
    "--screening",
    type=click.Choice([mode.value for mode in Screening]),
    default=Screening.ASSUME_CLEAR.value,
    show_default=True,
)
@click.option("--zone", help="The time zone of instants and dates without one.")
@click.option("--engine", default="arrow", show_default=True, help="arrow, duckdb or spark.")
@click.option("--master", help="The master of a Spark cluster.")
@click.option(
    "--workers", type=click.IntRange(1), help="Threads that answer; by default all cores."
)
@click.option("--reasons", is_flag=True, help="Write all reasons, too, as a second table.")
@click.option("--rdf", is_flag=True, help="Write records and findings as RDF, too.")
@click.option("--rdf-base", default="", metavar="IRI", help="How the IRIs of that RDF begin.")
@click.option("--summary", type=click.Choice(["html", "md"]), default="html", show_default=True)
@click.option("--strict", is_flag=True, help="Stop at the first bad row.")
@click.option("--resume", is_flag=True, help="Go on with a run that was interrupted.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier output, at the very end.")
@click.option("--quiet", is_flag=True, help="Show no progress and no counts.")
@as_json
def cohort(**given: Any) -> None:
    """Answer the rows of IN, a file, a folder or a glob of Parquet, CSV or NDJSON.

    The answers go to a folder that is read as one Parquet dataset; rows that cannot be answered to
    _rejects.ndjson in it, each with its line and all its faults. Exit code 1 where there are some.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingTool(f"Cohorts need {' and '.join(missing)}: pip install 'primum[cohort]'.")
    # The threads that answer keep all cores busy; more of them in each product wait for each other.
    os.environ.update(
        {name: number for name, number in _ONE_THREAD.items() if name not in os.environ}
    )
    if given["example"] is not None:
        _write_example(given)
        return
    if given["where"] is None:
        raise InvalidValue("Name the input, or ask for an --example.", where="IN")
    outcome = _answer(given)
    if outcome.stopped is not None:
        _tell_stop(outcome.stopped, as_json=given["as_json"])
        sys.exit(1)
    _tell(outcome, given)
    sys.exit(outcome.counts.rejected > 0)


_CHOSEN = ("reasons", "rdf", "rdf_base", "strict", "resume", "overwrite")


def _answer(given: dict[str, Any]) -> "Outcome":
    """The run that the options ask for."""
    from primum.use_cases.cohort.engines.registry import job  # noqa: PLC0415 - brings pyarrow
    from primum.use_cases.cohort.running.plan import Order  # noqa: PLC0415
    from primum.use_cases.cohort.running.summary import write_summary  # noqa: PLC0415

    primum, options = load(), _options(given)
    chosen = {name: given[name] for name in _CHOSEN}
    order = Order(given["output"], workers=given["workers"] or os.cpu_count() or 1, **chosen)
    run = job(given["engine"], primum, given["where"], options, order, master=given["master"])
    if run.cohort.ignored and not _is_silent(given):
        click.echo(f"Not read: {', '.join(run.cohort.ignored)}", err=True)
    with _progress(run.source.total, run.source.unit, hidden=_is_silent(given)) as told:
        return run(told, lambda at, found: write_summary(primum, at, found, given["summary"]))


def _options(given: dict[str, Any]) -> "Options":
    """How the cohort is to be read and answered."""
    from primum.use_cases.cohort.options import Options, Rows  # noqa: PLC0415

    return Options(
        rows=None if given["rows"] is None else Rows(given["rows"]),
        long=given["long"],
        screening=Screening(given["screening"]),
        mapping=_mapping(given["mapping"]),
        zone=given["zone"],
        keep=tuple(given["keep"]),
    )


def _mapping(texts: Sequence[str]) -> dict[str, str]:
    """The columns that stand for those of the schema; raises InvalidValue for no pair."""
    from primum.use_cases.cohort.table.mapping import mapping_of  # noqa: PLC0415

    pairs = []
    for text in texts:
        column, equals, field = text.partition("=")
        if not (column and equals and field):
            raise InvalidValue(
                f"{text!r} is no mapping; one is diagnosis=injury.",
                where="--map",
                found=text,
                allowed=("COLUMN=FIELD",),
            )
        pairs.append((column, field))
    return mapping_of(pairs)


def _write_example(given: dict[str, Any]) -> None:
    """A made-up cohort in a file."""
    from primum.use_cases.cohort.examples.example import Example  # noqa: PLC0415
    from primum.use_cases.cohort.examples.files import write_example  # noqa: PLC0415
    from primum.use_cases.cohort.examples.spread import Spread  # noqa: PLC0415
    from primum.use_cases.cohort.options import Rows  # noqa: PLC0415

    spread, rows = Spread.of(load().release.knowledge), Rows(given["rows"] or Rows.AUDIT)
    example = Example(spread, rows, seed=given["seed"], faults=given["faults"])
    many, path = given["example"], given["output"]
    with _progress(many, "rows", hidden=_is_silent(given)) as told:
        write_example(example.batches(many), example.schema, path, told)
    if given["as_json"]:
        print_json({"rows": many, "file": str(path)})
    elif not given["quiet"]:
        click.echo(f"{many:,} made-up rows, of no patients, in {path}")


def _is_silent(given: dict[str, Any]) -> bool:
    """Whether nobody looks at what is told meanwhile."""
    return bool(given["quiet"] or given["as_json"])


@contextmanager
def _progress(total: int, unit: str, *, hidden: bool) -> Iterator["Told"]:
    """How far it is, how fast, and how long it will take, on standard error of a terminal."""
    out = Console(stderr=True)
    columns = (
        BarColumn(),
        TaskProgressColumn(show_speed=True),
        TextColumn(f"{{task.completed:,.0f}} {unit}, {{task.fields[rate]}}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=out, disable=hidden or not out.is_terminal) as bar:
        task = bar.add_task("", total=total or None, rate="")

        def told(amount: int) -> None:
            bar.advance(task, amount)
            speed = bar.tasks[0].speed
            bar.update(task, rate=f"{speed:,.0f} {unit}/s" if speed else "")

        yield told


def _tell(outcome: "Outcome", given: dict[str, Any]) -> None:
    """The counts, and where all is."""
    counts = outcome.counts
    if given["as_json"]:
        paths = {"output": str(outcome.output), "rejects": outcome.rejects and str(outcome.rejects)}
        print_json({**paths, "seconds": round(outcome.seconds, 1), "counts": counts.document()})
        return
    if given["quiet"]:
        return
    click.echo(
        f"{counts.rows:,} rows read = {counts.answered:,} answered + {counts.rejected:,} rejected"
    )
    for verdict, number in counts.document()["verdicts"].items():
        click.echo(f"{number:>15,}  {verdict}")
    click.echo(f"{outcome.output}  answers, with _summary.{given['summary']}")
    if outcome.rejects is not None:
        click.echo(f"{outcome.rejects}  rejected rows")


def _tell_stop(reject: dict[str, Any], *, as_json: bool) -> None:
    """The bad row at which a strict run stopped."""
    if as_json:
        print_json({"stopped": reject})
        return
    click.echo(f"primum: {reject['file']}, line {reject['line']}; nothing was written.", err=True)
    for fault in reject["faults"]:
        click.echo(f"  {fault['message']} [{fault['code']}]", err=True)
