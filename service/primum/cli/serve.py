"""`primum serve`: the HTTP service."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from primum.foundation.settings import Settings, read_settings
from primum.knowledge.locate import locate

if TYPE_CHECKING:
    from primum.web.watching.board import Board

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
@click.option("--watch", is_flag=True, help="Build what is edited, and serve it once it is whole.")
def serve(
    *,
    host: str | None,
    port: int | None,
    workers: int | None,
    dataset: Path | None,
    watch: bool,
) -> None:
    """Serve answers over HTTP until stopped."""
    settings = read_settings()
    if watch:
        _demand_files_to_watch(dataset, settings)
    address, number = host or settings.host, port or settings.port
    processes = workers or settings.workers
    with _measured_together(processes), _watched(settings, watch=watch) as board:
        # Other commands need no server, and Prometheus looks for the folder as it is imported.
        from primum.web.server import loaded, run  # noqa: PLC0415

        served = loaded(dataset)
        click.echo(f"{served.title}, version {served.edition.version}: http://{address}:{number}")
        run(dataset, host=address, port=number, workers=processes, board=board)


def _demand_files_to_watch(dataset: Path | None, settings: Settings) -> None:
    """Refuse to watch where an edit would change nothing that is served, or half of it."""
    if dataset is not None:
        raise click.UsageError(
            "--watch builds knowledge from its files; --dataset FILE serves a file as it is. "
            "Give one of the two."
        )
    if settings.store:
        raise click.UsageError(
            "--watch builds releases that the server at PRIMUM_STORE does not hold, so that it "
            "would answer no query after the first edit. Unset PRIMUM_STORE to watch."
        )


@contextmanager
def _watched(settings: Settings, *, watch: bool) -> Iterator["Board | None"]:
    """A watcher of the files, if one is wanted, while the block runs."""
    if not watch:
        yield None
        return
    # A server that watches nothing needs none of what builds.
    from primum.web.watching.process import watched  # noqa: PLC0415

    with watched(locate(settings.knowledge), lambda text: click.echo(text, err=True)) as board:
        yield board


@contextmanager
def _measured_together(processes: int) -> Iterator[None]:
    """A folder in which several processes count their requests together, while they run."""
    if processes == 1 or _SHARED in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="primum-metrics-") as folder:
        os.environ[_SHARED] = folder
        yield
