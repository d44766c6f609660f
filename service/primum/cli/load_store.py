"""`primum load-store`: have a SPARQL server hold the release."""

import click

from primum.cli.console import as_json, load, print_json
from primum.foundation.errors import InvalidValue
from primum.foundation.settings import demand_url, read_settings
from primum.use_cases.store.loading import Loader, graph_store


@click.command("load-store")
@click.argument("url", required=False)
@click.option(
    "--into", metavar="URL", help="Where the dataset is written; `store` beside URL by default."
)
@click.option("--force", is_flag=True, help="Load even what is there already.")
@as_json
def load_store(*, url: str | None, into: str | None, force: bool, as_json: bool) -> None:
    """Load the release into the SPARQL server that answers queries at URL, or at PRIMUM_STORE.

    Graphs that are not Primum's are left alone. A service that asks the server refuses queries
    until the release is there, and then goes on by itself.
    """
    asked = url or read_settings().store
    if not asked:
        raise InvalidValue("Say at which URL the server answers queries.", where="url")
    demand_url(asked, where="url")
    written = into or graph_store(asked)
    demand_url(written, where="--into")
    release = load().release
    done = Loader(asked, written).load(release, force=force)
    manifest = release.manifest
    if as_json:
        print_json({"content": manifest.content, "version": manifest.version, "loaded": done})
        return
    what = "Loaded" if done else "Unchanged"
    click.echo(f"{what}: version {manifest.version}, {manifest.content}.")
