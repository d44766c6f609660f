"""Cages that start when the first request needs them, over a release that stays in place."""

import os
import shutil
import threading
import weakref
from pathlib import Path
from tempfile import mkdtemp

from primum.cage.limits import Limits
from primum.cage.pool import Cage
from primum.knowledge.release import pin
from primum.use_cases.service import Primum


class Pinned:
    """A folder that holds one release even if another takes its place where it came from.

    It goes when nobody holds on to it; it is shared with forks, and its owner removes it.
    """

    def __init__(self, primum: Primum) -> None:
        """Raise KnowledgeNotFound where the release has been replaced since it was loaded."""
        self.folder = Path(mkdtemp(prefix="primum-release-"))
        weakref.finalize(self, _remove, self.folder, os.getpid())
        pin(primum.place.release, primum.release.manifest, self.folder)


class LazyCage:
    """A cage whose processes start when they are first needed; safe between threads.

    They end when nobody can ask any more, so that a request that began with a release that was
    replaced since ends with it.
    """

    def __init__(
        self,
        prepare: str,
        argument: str,
        *,
        limits: Limits,
        workers: int,
        keeps: Pinned | None = None,
    ) -> None:
        """Start nothing yet; the arguments are those of Cage. `keeps` is held on to."""
        self._prepare, self._argument = prepare, argument
        self._limits, self._workers, self._keeps = limits, workers, keeps
        self._cages: list[Cage] = []
        weakref.finalize(self, _close, self._cages)
        self._starting = threading.Lock()

    def start(self) -> Cage:
        """Start the processes, or give those that run."""
        with self._starting:
            if not self._cages:
                cage = Cage(
                    self._prepare, self._argument, limits=self._limits, workers=self._workers
                )
                self._cages.append(cage)
            return self._cages[0]

    def close(self) -> None:
        """End the processes; another request would start them again."""
        with self._starting:
            _close(self._cages)


def _remove(folder: Path, owner: int) -> None:
    """Remove a folder, in the process that made it."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _close(cages: list[Cage]) -> None:
    """End the processes of a cage, if there is one."""
    while cages:
        cages.pop().close()
