"""`primum export`: the knowledge in the forms that other programs read."""

from pathlib import Path

import click

from primum.cli.console import as_json, print_json
from primum.foundation.settings import read_settings
from primum.knowledge.locate import locate
from primum.use_cases.exporting import FORMS
from primum.use_cases.exporting import export as write

_LISTED = "; ".join(f"{form.name}: {form.about}" for form in FORMS.values())


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMS)), required=True, help=_LISTED)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; for kgx the folder.",
)
@as_json
def export(*, form: str, output: Path, as_json: bool) -> None:
    """Write the knowledge as its files have it now in another form."""
    place = locate(read_settings().knowledge)
    written = write(place, form, output)
    if as_json:
        print_json({"format": form, "files": [str(path) for path in written]})
        return
    for path in written:
        click.echo(f"{path}  {path.stat().st_size:,} bytes")
