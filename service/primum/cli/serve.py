"""`primum serve`: the HTTP service."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from primum.foundation.settings import read_settings

_SHARED = "PROMETHEUS_MULTIPROC_DIR"


@click.command()
@click.option("--host", help="Address to listen on; PRIMUM_HOST by default.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; PRIMUM_PORT by default.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; PRIMUM_WORKERS.")
@click.option(
    "--dataset",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answer SPARQL alone, over an RDF file instead of the knowledge.",
)
def serve(*, host: str | None, port: int | None, workers: int | None, dataset: Path | None) -> None:
    """Serve answers over HTTP until stopped."""
    settings = read_settings()
    address, number = host or settings.host, port or settings.port
    processes = workers or settings.workers
    with _measured_together(processes):
        # Other commands need no server, and Prometheus looks for the folder as it is imported.
        from primum.web.server import loaded, run  # noqa: PLC0415

        served = loaded(dataset)
        click.echo(f"{served.title}, version {served.edition.version}: http://{address}:{number}")
        run(dataset, host=address, port=number, workers=processes)


@contextmanager
def _measured_together(processes: int) -> Iterator[None]:
    """A folder in which several processes count their requests together, while they run."""
    if processes == 1 or _SHARED in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="primum-metrics-") as folder:
        os.environ[_SHARED] = folder
        yield
