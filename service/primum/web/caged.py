"""Validation of what callers wrote, in the cage of one release."""

import os
import shutil
import threading
import weakref
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from primum.cage.limits import Limits
from primum.cage.pool import Cage
from primum.foundation.settings import Settings
from primum.knowledge.release import pin
from primum.use_cases.records.exchange import PREPARE, Validated, validated
from primum.use_cases.service import Primum

_RESULT_BYTES: Final = 10_000_000
_WAITING: Final = 64


class CagedValidation:
    """Validates in caged processes, which start when the first is needed; safe between threads.

    They end when nobody can ask any more, so that a request that began with a release that was
    replaced since ends with it. The release is theirs even if its folder holds another by now.
    """

    def __init__(self, primum: Primum, settings: Settings) -> None:
        """Keep hold of the release, and remember the limits; start nothing.

        Raises KnowledgeNotFound where the release has been replaced since it was loaded.
        """
        self._cages: list[Cage] = []
        self._folder = Path(mkdtemp(prefix="primum-release-"))
        weakref.finalize(self, _end, self._cages, self._folder, os.getpid())
        pin(primum.place.release, primum.release.manifest, self._folder)
        self._workers = settings.cage_workers
        self._limits = Limits(
            seconds=settings.cage_seconds,
            megabytes=settings.cage_megabytes,
            result_bytes=_RESULT_BYTES,
            waiting=_WAITING,
        )
        self._starting = threading.Lock()

    def start(self) -> Cage:
        """Start the processes, or give those that run."""
        with self._starting:
            if not self._cages:
                folder = str(self._folder)
                cage = Cage(PREPARE, folder, limits=self._limits, workers=self._workers)
                self._cages.append(cage)
            return self._cages[0]

    def of(self, body: bytes, media_type: str) -> Validated:
        """What validation says of a body; raises UnreadableBody or LimitReached."""
        return validated(self.start().run, body, media_type)

    def report(self, body: bytes, media_type: str, report: str) -> Validated:
        """The same, with the validation report in an RDF syntax."""
        return validated(self.start().run, body, media_type, report)

    def close(self) -> None:
        """End the processes; another request would start them again."""
        with self._starting:
            _close(self._cages)


def _end(cages: list[Cage], folder: Path, owner: int) -> None:
    """Let go of everything; the folder is shared with forks, and its owner removes it."""
    _close(cages)
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _close(cages: list[Cage]) -> None:
    """End the processes of a cage, if there is one."""
    while cages:
        cages.pop().close()
