"""Validation of what callers wrote, in the cage of one release."""

from typing import Final

from primum.cage.limits import Limits
from primum.cage.pool import Cage
from primum.foundation.settings import Settings
from primum.use_cases.records.exchange import PREPARE, Validated, validated
from primum.web.lazy_cage import LazyCage, Pinned

_RESULT_BYTES: Final = 10_000_000
_WAITING: Final = 64


class CagedValidation:
    """Validates in caged processes, which start when the first is needed; safe between threads."""

    def __init__(self, pinned: Pinned, settings: Settings) -> None:
        """Validate by the release that is pinned; start nothing."""
        limits = Limits(
            seconds=settings.cage_seconds,
            megabytes=settings.cage_megabytes,
            result_bytes=_RESULT_BYTES,
            waiting=_WAITING,
        )
        self._cage = LazyCage(
            PREPARE,
            str(pinned.folder),
            limits=limits,
            workers=settings.cage_workers,
            keeps=pinned,
        )

    def start(self) -> Cage:
        """Start the processes, or give those that run."""
        return self._cage.start()

    def of(self, body: bytes, media_type: str) -> Validated:
        """What validation says of a body; raises UnreadableBody or LimitReached."""
        return validated(self.start().run, body, media_type)

    def report(self, body: bytes, media_type: str, report: str) -> Validated:
        """The same, with the validation report in an RDF syntax."""
        return validated(self.start().run, body, media_type, report)

    def close(self) -> None:
        """End the processes; another request would start them again."""
        self._cage.close()
