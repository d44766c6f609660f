"""`primum build`: make the release of the knowledge as it stands."""

from dataclasses import asdict

import click

from primum.cli.console import as_json, print_json
from primum.foundation.settings import read_settings
from primum.knowledge.locate import locate
from primum.use_cases.build import build as build_release
from primum.use_cases.build import is_current


@click.command()
@click.option("--force", is_flag=True, help="Build even when nothing changed.")
@as_json
def build(*, force: bool, as_json: bool) -> None:
    """Reason over the ontology and the rules, compile them, and write the release."""
    place = locate(read_settings().knowledge)
    fresh = is_current(place) and not force
    if not (fresh or as_json):
        click.echo("Reasoning and compiling ...", err=True)
    manifest = build_release(place, force=force)
    if as_json:
        print_json(asdict(manifest))
        return
    counts = ", ".join(f"{number} {what}" for what, number in manifest.counts.items())
    click.echo(f"{'Unchanged' if fresh else 'Built'}: version {manifest.version}, {counts}.")
    click.echo(f"{place.release / manifest.dataset}")
