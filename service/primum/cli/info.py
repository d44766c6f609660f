"""`primum info`: which knowledge is loaded."""

from dataclasses import asdict

import click

from primum.cli.console import as_json, load, print_json


@click.command()
@as_json
def info(*, as_json: bool) -> None:
    """Show the version, digest and counts of the loaded knowledge."""
    primum = load()
    manifest = primum.release.manifest
    if as_json:
        print_json(asdict(manifest))
        return
    click.echo(f"version  {manifest.version}")
    click.echo(f"digest   {manifest.digest}")
    click.echo(f"release  {primum.place.release / manifest.dataset}")
    for what, number in manifest.counts.items():
        click.echo(f"{what:<18} {number:>6}")
