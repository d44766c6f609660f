"""A case record as rows of columns: one for each treatment that it lists.

A record that is plainly of the contract becomes rows at once, and what its values say is judged
row by row; any other one is validated first, as a single record is.
"""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Final, cast

import msgspec

from primum.foundation.names import CONTEXT
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.records.bodies import JSON
from primum.use_cases.records.context import CONTEXT_KEY
from primum.use_cases.records.faults import VIOLATION
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum

Json = Mapping[str, Any]
Row = dict[str, Any]
_FINDINGS: Final = "findings"
_RECORD: Final = frozenset(
    {CONTEXT_KEY, "id", "injury", "assessedAt", "patient", _FINDINGS, "treatments"}
)
_INJURY: Final = frozenset({"type", "grade", "side", "onset"})
_INTERVAL: Final = frozenset({"notBefore", "notAfter"})
_PATIENT: Final = frozenset({"age", "factors"})
_FACTORS: Final = frozenset({"present", "absent"})
_TREATMENT: Final = frozenset({"type", "at"})


class NotValid(Exception):
    """A case record that is not valid, with all its faults."""

    def __init__(self, faults: Sequence[Json]) -> None:
        """Keep the faults."""
        super().__init__()
        self.faults = tuple(faults)


class _NotFlat(Exception):
    """A record that is not plainly of the contract."""


def is_record(document: Json) -> bool:
    """Whether a line is a case record; any other is a row of columns."""
    return type(document.get("injury")) is dict


def lists_treatments(document: Json) -> bool:
    """Whether a case record lists treatments."""
    return "treatments" in document


class CaseRecords:
    """Makes rows of case records; safe to share between threads."""

    def __init__(self, primum: Primum) -> None:
        """Prepare the reader of plainly good records."""
        self._primum = primum
        self._records = Records.of(primum.release, primum.vocabulary)
        self._validated: Callable[..., Any] | None = None
        self._lock = Lock()

    def rows(self, document: Json, *, audit: bool) -> list[Row]:
        """The rows of a record, by columns of the schema; raises NotValid with all faults.

        In an audit there is one for each treatment, and one without any where none is listed.
        """
        try:
            if _FINDINGS in document:
                self._records.read(document)
            return _rows(document, audit=audit)
        except (NotPlain, _NotFlat):
            with self._lock:
                return _rows(self._valid(document), audit=audit)

    def _valid(self, document: Json) -> Json:
        """A record in the form that the plain reader accepts; raises NotValid where it is none."""
        if self._validated is None:
            from primum.use_cases.records.local import LocalRecords  # noqa: PLC0415 - pySHACL

            self._validated = LocalRecords(self._primum).validated
        found = self._validated(msgspec.json.encode(document), JSON)
        if found.document is None:
            violated = [one for one in found.faults if one["severity"] == VIOLATION]
            raise NotValid(violated)
        return cast("Json", found.document)


def _rows(document: Json, *, audit: bool) -> list[Row]:
    """The rows of a record that is plainly of the contract; raises _NotFlat for any other."""
    _object(document, _RECORD)
    if document.get(CONTEXT_KEY, CONTEXT) != CONTEXT:
        raise _NotFlat
    one: Row = {table.ID: _of(document, "id", str)}
    one |= _injury(_object(document["injury"], _INJURY))
    one[table.ASSESSED_AT] = _of(document, "assessedAt", str)
    one |= _patient(_object(document.get("patient", {}), _PATIENT))
    given = document.get("treatments", [])
    if type(given) is not list:
        raise _NotFlat
    treatments = [_treatment(_object(each, _TREATMENT)) for each in given]
    return [one | each for each in treatments] if audit and treatments else [one]


def _injury(injury: Json) -> Row:
    """What a record says of the injury."""
    onset = injury.get("onset")
    row: Row = {
        table.INJURY: _of(injury, "type", str),
        table.GRADE: _of(injury, "grade", int),
        table.SIDE: _of(injury, "side", str),
    }
    if type(onset) is dict:
        _object(onset, _INTERVAL)
        row[table.NOT_BEFORE] = _of(onset, "notBefore", str)
        row[table.NOT_AFTER] = _of(onset, "notAfter", str)
        if not onset:
            raise _NotFlat
    else:
        row[table.ONSET] = _of(injury, "onset", str)
    return row


def _patient(patient: Json) -> Row:
    """What a record says of the patient."""
    factors = _object(patient.get("factors", {}), _FACTORS)
    return {
        table.AGE: _of(patient, "age", int),
        table.PRESENT: _names(factors, "present"),
        table.ABSENT: _names(factors, "absent"),
    }


def _treatment(given: Json) -> Row:
    """What a record says of one treatment."""
    if "type" not in given:
        raise _NotFlat
    return {table.TREATMENT: _of(given, "type", str), table.AT: _of(given, "at", str)}


def _object(value: Any, members: frozenset[str]) -> Json:
    """An object with these members alone."""
    if type(value) is not dict or not value.keys() <= members:
        raise _NotFlat
    return value


def _of(value: Json, member: str, kind: type) -> Any:
    """The value of a member, of this very type; None where it is left out."""
    if member not in value:
        return None
    found = value[member]
    if type(found) is not kind:
        raise _NotFlat
    return found


def _names(value: Json, member: str) -> list[str] | None:
    """A list of names."""
    found = _of(value, member, list)
    if found and not all(type(each) is str for each in found):
        raise _NotFlat
    return cast("list[str] | None", found)
