"""The production server: granian, with worker processes that each load the release once."""

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from primum.foundation.settings import read_settings
from primum.use_cases.service import Primum
from primum.web.app import create_app

_THREADS = 4
_BACKLOG = 128


def application() -> Flask:
    """The application of one worker, over the knowledge that its environment points to."""
    return create_app(Primum.load(read_settings().knowledge))


def run(*, host: str, port: int, workers: int) -> None:
    """Serve until a signal stops the process."""
    server = Granian(
        f"{__name__}:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        backpressure=_BACKLOG,
        websockets=False,
        log_access=False,
    )
    server.serve()
