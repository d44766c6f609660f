"""The one process that watches, for as long as a server runs."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NoReturn

from primum.cage.confine import end_with_parent
from primum.foundation.errors import KnowledgeError, KnowledgeNotFound
from primum.knowledge.locate import Place
from primum.knowledge.release import read_manifest
from primum.web.watching import telling
from primum.web.watching.board import Board
from primum.web.watching.building import Build, Outcome
from primum.web.watching.inputs import prints
from primum.web.watching.watcher import Watcher

_FORK: Final = get_context("fork")
_GOODBYE_SECONDS: Final = 5
Tell = Callable[[str], None]


@contextmanager
def watched(place: Place, tell: Tell) -> Iterator[Board]:
    """Have a place watched while the block runs; the board says how its files stand.

    The process is forked here: nothing that is served is loaded yet, and no thread runs. Where
    there is no release, one is made first; raises KnowledgeError where that cannot be done.
    """
    _demand_release(place, tell)
    with TemporaryDirectory(prefix="primum-watch-") as folder:
        board = Board(Path(folder))
        claim = board.claim()
        watcher = Watcher(place, board, tell)
        process = _FORK.Process(target=_watch, args=(watcher, os.getpid()), name="primum-watch")
        process.start()
        os.close(claim)
        try:
            yield board
        finally:
            process.terminate()
            process.join(_GOODBYE_SECONDS)
            process.kill()
            process.join()


def _demand_release(place: Place, tell: Tell) -> None:
    """Make a release where there is none."""
    try:
        read_manifest(place.release)
    except KnowledgeNotFound:
        tell(telling.first())
        _make_release(place)


def _make_release(place: Place) -> None:
    """Make the first release, in a process that ends with it."""
    while True:
        build = Build(place, prints(place))
        try:
            outcome = build.hear(None)
        finally:
            build.stop()
        if not isinstance(outcome, Outcome) or outcome.has_died:
            raise KnowledgeError("The build came to no end of its own.")
        if outcome.problem:
            raise KnowledgeError(f"No release can be made:\n{telling.broken(outcome.problem)}")
        if not outcome.has_moved:
            return


def _watch(watcher: Watcher, parent: int) -> None:
    """Watch until the server has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server is told, and ends this process
    signal.signal(signal.SIGTERM, _end)
    end_with_parent(signal.SIGTERM)
    watcher.tell(telling.watching(str(watcher.place.root)))
    watcher.run(until=lambda: os.getppid() != parent)


def _end(*_: object) -> NoReturn:
    """End in order: the build that runs is ended first."""
    sys.exit(0)
