"""`primum query`: ask a named SPARQL question."""

import csv
import sys

import click
from rich.table import Table

from primum.cli.console import console, load, print_json
from primum.foundation.errors import InvalidValue
from primum.use_cases.parameters import terms_of
from primum.use_cases.query import find_query, named_queries, overview, select


@click.command()
@click.argument("name", required=False)
@click.option("-p", "pairs", multiple=True, metavar="KEY=VALUE", help="A parameter; repeatable.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.option("--markdown", is_flag=True, help="Describe all questions in Markdown.")
def query(*, name: str | None, pairs: tuple[str, ...], form: str, markdown: bool) -> None:
    """Ask the named question NAME; without a name, list the questions there are."""
    primum = load()
    if markdown:
        click.echo(overview(named_queries(primum.place)), nl=False)
        return
    if name is None:
        for known in named_queries(primum.place).values():
            click.echo(f"{known.name:<20} {known.title}")
        return
    found = find_query(primum.place, name)
    text = found.bind(terms_of(primum.vocabulary, [_pair(pair) for pair in pairs]))
    columns, rows = select(primum.release.store, text)
    _write(form, columns, [[value or "" for value in row] for row in rows])


def _pair(text: str) -> tuple[str, str]:
    """A parameter and its value."""
    key, equals, value = text.partition("=")
    if not equals:
        raise InvalidValue(f"-p takes KEY=VALUE; {text!r} has no =.", where="-p", found=text)
    return key, value


def _write(form: str, columns: list[str], rows: list[list[str]]) -> None:
    """The result in one of the formats."""
    if form == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif form == "csv":
        csv.writer(sys.stdout).writerows([columns, *rows])
    else:
        table = Table(*columns)
        for row in rows:
            table.add_row(*row)
        console().print(table)
