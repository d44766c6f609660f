"""`primum check`: what a curator should look at before anyone relies on an edit."""

import sys
from pathlib import Path

import click

from primum.cli.console import as_json
from primum.foundation.settings import read_settings
from primum.knowledge.locate import locate
from primum.use_cases.checks import check as run
from primum.use_cases.checks.outputs import FORMATS


@click.command()
@click.option(
    "--only", multiple=True, metavar="CODE", help="Only this check or code; may be repeated."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="The form of the report.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here."
)
@click.option("--strict", is_flag=True, help="End with 1 for a warning, too.")
@as_json
def check(
    *, only: tuple[str, ...], form: str, output: Path | None, strict: bool, as_json: bool
) -> None:
    """Check the files of the knowledge, and say in sentences what is wrong with them.

    Ends with 0 where nothing found is an error, with 1 where something is.
    """
    if as_json and form not in ("text", "json"):
        raise click.UsageError(f"--json and --format {form} exclude each other.")
    place = locate(read_settings().knowledge)
    report = run(place, only=only, progress=_tell)
    text = FORMATS["json" if as_json else form](report)
    if output:
        output.write_text(text, encoding="utf-8")
        click.echo(f"{report.summary}: {output}", err=True)
    else:
        click.echo(text, nl=False)
    if not report.is_fine(strict=strict):
        sys.exit(1)


def _tell(does: str) -> None:
    """What is looked at, on standard error."""
    click.echo(f"Checking {does} ...", err=True)
