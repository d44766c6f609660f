"""`primum diff`: what differs between two versions of the knowledge, answers first."""

import sys

import click

from primum.cli.console import as_json, print_json
from primum.foundation.settings import read_settings
from primum.knowledge.locate import locate
from primum.use_cases.diffing import Reader, difference
from primum.use_cases.diffing.documents import Writer
from primum.use_cases.diffing.outputs import markdown, text


@click.command()
@click.argument("old")
@click.argument("new", default="")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="For people, for pull requests, or for programs.",
)
@click.option("--exit-code", is_flag=True, help="End with 1 where some answer moved.")
@as_json
def diff(*, old: str, new: str, form: str, exit_code: bool, as_json: bool) -> None:
    """Tell what differs between OLD and NEW: answers, rules, terms, axioms.

    Each is a folder with ontology/ and rules/, a release, a Turtle file that stands in place of the
    one of the same ontology, or a git revision. NEW is the knowledge as it stands if left out.
    """
    reader = Reader(locate(read_settings().knowledge))
    found = difference(reader.read(old), reader.read(new))
    if as_json or form == "json":
        print_json(Writer(found).document())
    else:
        click.echo(markdown(found) if form == "markdown" else text(found), nl=False)
    if exit_code and found.answers_moved:
        sys.exit(1)
