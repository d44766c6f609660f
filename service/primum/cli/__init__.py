"""The command line. Exit codes: 0 fine, 1 the thing checked is not fine, 2 wrong use."""

import sys

import click

from primum.cli.ask import ask
from primum.cli.build import build
from primum.cli.check import check
from primum.cli.diff import diff
from primum.cli.explain import explain
from primum.cli.export import export
from primum.cli.info import info
from primum.cli.load_store import load_store
from primum.cli.normalise import normalise
from primum.cli.query import query
from primum.cli.records import assess, validate
from primum.cli.release import release
from primum.cli.serve import serve
from primum.cli.sparql import sparql
from primum.cli.template import template
from primum.cli.timeline import timeline
from primum.cli.verify import verify
from primum.foundation.errors import PrimumError, QuestionError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="primum")
def commands() -> None:
    """Which treatments are contraindicated for this injury, now, for this patient."""


for command in (
    ask,
    assess,
    build,
    check,
    diff,
    explain,
    export,
    info,
    load_store,
    normalise,
    query,
    release,
    serve,
    sparql,
    template,
    timeline,
    validate,
    verify,
):
    commands.add_command(command)


def main() -> None:
    """Run a command; an error of the caller ends with 2, one of the knowledge with 1."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except PrimumError as error:
        click.echo(f"primum: {error}", err=True)
        sys.exit(2 if isinstance(error, QuestionError) else 1)
