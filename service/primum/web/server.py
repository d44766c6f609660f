"""The production server: granian, the door behind it, and workers that share one release.

The process that starts loads the release once; workers are forked from it and share its memory.
"""

import functools
import gc
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from primum.cage.confine import end_with_parent
from primum.foundation.log_lines import configure_logging
from primum.foundation.settings import Settings, read_settings
from primum.web.app import create_app, create_dataset_app
from primum.web.current import Current, Reloader
from primum.web.dataset import ServedFile
from primum.web.door import Door
from primum.web.memory import give_back_large_blocks
from primum.web.served import Served
from primum.web.sparql.view import PATH
from primum.web.watching.board import Board
from primum.web.watching.following import Follower

STREAMED = ("/v1/assessments/batch",)
APART = (PATH, f"{PATH}/")
_CONNECTIONS = 1024
_HEADER_MILLISECONDS = 10_000
_HEADER_BYTES = 2**16
_SWITCH_SECONDS = 0.001
_GRACE_SECONDS = 20
_LOGGING = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"propagate": True}},
}


@functools.cache
def loaded(dataset: Path | None = None) -> Served | ServedFile:
    """What is served, loaded once for this process and its forks.

    It is the release that the environment points to, or an RDF file.
    """
    settings = read_settings()
    if dataset is not None:
        return ServedFile.over(dataset, settings)
    return Served.load(settings.knowledge, settings)


def application(dataset: Path | None = None, board: Board | None = None) -> Door:
    """What one worker serves; called in the worker, after the fork, so threads may start here."""
    end_with_parent(signal.SIGTERM)  # whoever kills the one that started it stops the service
    # A request that computes gives way sooner to those that arrive: see decision 12.
    sys.setswitchinterval(_SWITCH_SECONDS)
    give_back_large_blocks()
    configure_logging()
    settings = read_settings()
    app = _app(loaded(dataset), settings, board)
    return Door(app, settings, streamed=STREAMED, apart=APART)


def _app(served: Served | ServedFile, settings: Settings, board: Board | None) -> Flask:
    """The application behind the door, over the release in place, now and later, or a file."""
    if isinstance(served, ServedFile):
        served.start()
        return create_dataset_app(served, settings)
    current = Current(served)
    follower = _follower(current, settings, board)
    follower.look()  # a worker that replaces one that died may find another release in place
    current.served.start()
    follower.start()
    return create_app(current, settings)


def _follower(
    current: Current[Served], settings: Settings, board: Board | None
) -> Reloader | Follower:
    """What takes over another release: as the watcher of the files says, or as one is in place."""
    if board is None:
        return Reloader(current, settings)
    return Follower(current, board, partial(Served.load, settings.knowledge, settings))


def run(
    dataset: Path | None = None,
    *,
    host: str,
    port: int,
    workers: int,
    board: Board | None = None,
) -> None:
    """Serve until a signal stops the process; a board says what becomes of edits of the files."""
    loaded(dataset)
    # What is loaded stays: the collector of a forked worker need not touch, and so copy, it.
    gc.collect()
    gc.freeze()
    serve(partial(application, dataset, board), host=host, port=port, workers=workers)


def serve(load: Callable[[], Door], *, host: str, port: int, workers: int) -> None:
    """Serve what `load` gives in each worker process, until a signal stops this one."""
    server = Granian(
        "primum",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=_HEADER_MILLISECONDS, max_buffer_size=_HEADER_BYTES
        ),
        workers=workers,
        backlog=_CONNECTIONS,
        backpressure=_CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE_SECONDS,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        log_dictconfig=_LOGGING,
    )
    server.serve(target_loader=load, wrap_loader=False)
