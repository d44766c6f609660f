"""Assessing a record: from the body that a caller sent to the bytes of the answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec

from primum.foundation.errors import Contradiction, InvalidRecord
from primum.model.levels import Screening
from primum.use_cases.documents import Writer
from primum.use_cases.records.bodies import JSON, JSON_LD
from primum.use_cases.records.cases import CaseRecord, Given, record_of
from primum.use_cases.records.exchange import Validated
from primum.use_cases.records.faults import VIOLATION, WARNING
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.pointers import below
from primum.use_cases.records.reading import read_json
from primum.use_cases.records.records import Records
from primum.use_cases.rendering import Renderer

Validate = Callable[[bytes, str], Validated]
Json = dict[str, Any]
Written = TypeVar("Written")
_TREATMENTS: Final = "/treatments"


@dataclass(frozen=True, slots=True)
class Read:
    """A valid record, as far as shapes go, with the warnings that validation gave."""

    record: CaseRecord
    warnings: Sequence[Json] = ()


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses records over one release; `validate` gives the full report where one is needed."""

    records: Records
    renderer: Renderer
    writer: Writer
    validate: Validate

    def assess(self, body: bytes, media_type: str, screening: Screening) -> bytes:
        """The whole answer to a record, with an audit of each treatment that it lists.

        Raises UnreadableBody where the body is not of its syntax, InvalidRecord with all faults
        where a shape is violated.
        """
        return self._written(body, media_type, screening, self._answer)

    def verdicts(self, body: bytes, media_type: str, screening: Screening) -> bytes:
        """The verdicts alone, for all treatments, without their reasons."""
        return self._written(body, media_type, screening, self._verdicts)

    def _written(
        self,
        body: bytes,
        media_type: str,
        screening: Screening,
        write: Callable[[Read], bytes],
    ) -> bytes:
        """What is written of a record; facts that contradict each other are reported in full."""
        read = self.read(body, media_type, screening)
        try:
            return write(read)
        except Contradiction:
            found = self.validate(body, media_type)
            if found.is_valid:
                raise
            raise _invalid(found.faults) from None

    def read(self, body: bytes, media_type: str, screening: Screening) -> Read:
        """The record of a body: at once where it is plainly good, or else after validation.

        Raises UnreadableBody and InvalidRecord as assessing does.
        """
        if media_type in (JSON, JSON_LD):
            try:
                root = self.records.read(read_json(body))
                return Read(record_of(root, screening))
            except NotPlain:
                pass
        found = self.validate(body, media_type)
        if found.document is None:
            raise _invalid(found.faults)
        warnings = [fault for fault in found.faults if fault["severity"] == WARNING]
        return Read(record_of(self.records.read(found.document), screening), warnings)

    def _answer(self, read: Read) -> bytes:
        """The whole answer."""
        more = b",".join(self._more(read))
        return self.renderer.answer(read.record.case, more=more)

    def _verdicts(self, read: Read) -> bytes:
        """The verdicts, with the further members before the closing brace."""
        more = b"".join(b"," + member for member in self._more(read))
        return self.renderer.verdicts(read.record.case)[:-1] + more + b"}"

    def _more(self, read: Read) -> Iterable[bytes]:
        """The members of an answer that only a record has: id, audits and warnings."""
        yield b'"id":' + msgspec.json.encode(read.record.id)
        audits = [self._audit(number, given) for number, given in enumerate(read.record.treatments)]
        yield b'"audits":[' + b",".join(audits) + b"]"
        yield b'"warnings":' + msgspec.json.encode(read.warnings)

    def _audit(self, number: int, given: Given) -> bytes:
        """One treatment of the record, answered for its own instant."""
        head = {
            "pointer": below(_TREATMENTS, number),
            "at": None if given.at is None else str(given.at),
            "time": self.writer.time(given.case),
        }
        finding = self.renderer.finding(given.case, given.treatment)
        return msgspec.json.encode(head)[:-1] + b"," + finding[1:]


def _invalid(faults: Sequence[Json]) -> InvalidRecord:
    """The error of a record that is not valid."""
    violated = [fault for fault in faults if fault["severity"] == VIOLATION]
    many = "one fault" if len(violated) == 1 else f"{len(violated)} faults"
    return InvalidRecord(f"The record has {many}; nothing was computed.", faults=faults)
