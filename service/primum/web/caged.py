"""Validation of what callers wrote, in the cage of one release."""

import threading
from typing import Final

from primum.cage.limits import Limits
from primum.cage.pool import Cage
from primum.foundation.settings import Settings
from primum.use_cases.records.caged import PREPARE, Validated, argument_of, validated
from primum.use_cases.service import Primum

_RESULT_BYTES: Final = 10_000_000
_WAITING: Final = 64


class CagedValidation:
    """Validates in caged processes, which start when the first is needed; safe between threads."""

    def __init__(self, primum: Primum, settings: Settings) -> None:
        """Remember which release, under which limits; start nothing."""
        self._argument = argument_of(primum.release.manifest.content, primum.place.release)
        self._workers = settings.cage_workers
        self._limits = Limits(
            seconds=settings.cage_seconds,
            megabytes=settings.cage_megabytes,
            result_bytes=_RESULT_BYTES,
            waiting=_WAITING,
        )
        self._starting = threading.Lock()
        self._cage: Cage | None = None

    def start(self) -> Cage:
        """Start the processes, or give those that run."""
        with self._starting:
            if self._cage is None:
                self._cage = Cage(
                    PREPARE, self._argument, limits=self._limits, workers=self._workers
                )
            return self._cage

    def of(self, body: bytes, media_type: str) -> Validated:
        """What validation says of a body; raises UnreadableBody or LimitReached."""
        return validated(self.start().run, body, media_type)

    def report(self, body: bytes, media_type: str, report: str) -> Validated:
        """The same, with the validation report in an RDF syntax."""
        return validated(self.start().run, body, media_type, report)

    def close(self) -> None:
        """End the processes; another request would start them again."""
        with self._starting:
            cage, self._cage = self._cage, None
        if cage is not None:
            cage.close()
