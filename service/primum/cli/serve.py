"""`primum serve`: the HTTP service."""

import click

from primum.cli.console import load
from primum.foundation.settings import read_settings


@click.command()
@click.option("--host", help="Address to listen on; PRIMUM_HOST by default.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; PRIMUM_PORT by default.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; PRIMUM_WORKERS.")
def serve(*, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve answers over HTTP until stopped."""
    from primum.web.server import run  # noqa: PLC0415 - other commands need no server

    settings = read_settings()
    primum = load()
    address, number = host or settings.host, port or settings.port
    click.echo(f"Primum, knowledge {primum.release.manifest.version}: http://{address}:{number}")
    run(host=address, port=number, workers=workers or settings.workers)
