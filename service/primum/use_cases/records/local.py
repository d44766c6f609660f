"""Validating and assessing in this process: for the command line and notebooks."""

from primum.use_cases.documents import Writer
from primum.use_cases.records.assessing import Assessor
from primum.use_cases.records.caged import task_of
from primum.use_cases.records.exchange import Validated, validated
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Validation
from primum.use_cases.rendering import Renderer
from primum.use_cases.service import Primum

_KEPT_BYTES = 2**24


class LocalRecords:
    """Validates and assesses records over a loaded release; for one thread.

    primum = Primum.load()
    records = LocalRecords(primum)
    answer = records.assessor.assess(body, "application/json", Screening.ASSUME_CLEAR)
    """

    def __init__(self, primum: Primum) -> None:
        """Prepare the shapes once."""
        records = Records.of(primum.release, primum.vocabulary)
        writer = Writer(primum.release.knowledge)
        renderer = Renderer(primum.engine, writer, kept_bytes=_KEPT_BYTES)
        self._task = task_of(Validation(primum.release, primum.engine, records))
        self.assessor = Assessor(records, renderer, writer, self.validated)

    def validated(self, body: bytes, media_type: str, report: str | None = None) -> Validated:
        """What validation says of a body; `report` is the media type of a report as RDF.

        Raises UnreadableBody where the body is not of its syntax.
        """
        return validated(lambda _, payload: self._task(payload), body, media_type, report)
