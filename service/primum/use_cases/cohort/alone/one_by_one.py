"""Rows that are not plainly good, each read and answered as a single record is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

from primum.foundation.errors import Contradiction
from primum.model.cases import Case, Dating
from primum.model.dates import read_moment
from primum.model.levels import Screening
from primum.model.moments import Moment
from primum.model.spans import Cut
from primum.reasoning.engine import timeless
from primum.reasoning.worlds import cells_of, facts_of
from primum.use_cases.cohort.alone.minimal import Reduced, Reducer
from primum.use_cases.cohort.alone.row_records import Json, RowRecord, RowRecords, fault
from primum.use_cases.cohort.options import Rows
from primum.use_cases.question import hours_of
from primum.use_cases.records.cases import CaseRecord, record_of
from primum.use_cases.records.faults import VIOLATION, Explainer, Fault, brief
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.pointers import value_at
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum

if TYPE_CHECKING:
    from primum.use_cases.records.validation import Validation

_KEPT: Final = 8192


@dataclass(frozen=True, slots=True)
class Good:
    """A row that can be answered: its case, and the treatment that it audits, if it does."""

    case: Case
    treatment: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be answered, and why."""

    faults: tuple[Json, ...]


class OneByOne:
    """Reads the rows of one table by the machinery of single records; safe to share."""

    def __init__(
        self, primum: Primum, rows: RowRecords, *, form: Rows, screening: Screening
    ) -> None:
        """Know the records of a release."""
        self._rows, self._form, self._screening = rows, form, screening
        self._records = Records.of(primum.release, primum.vocabulary)
        self._engine, self._release = primum.engine, primum.release
        self._explainer = Explainer(self._records.shapes, self._records.names)
        self._reducer = Reducer(self._records)
        self._lock = Lock()
        self._clashes = lru_cache(maxsize=_KEPT)(self._clash)
        self._kept_faults = lru_cache(maxsize=_KEPT)(self._validate)

    @cached_property
    def _validation(self) -> "Validation":
        """The validation by the shapes, made when a row first needs it; `_lock` is held."""
        from primum.use_cases.records.validation import Validation  # noqa: PLC0415 - pySHACL

        return Validation(self._release, self._engine, self._records)

    def document(self, row: Mapping[str, Any]) -> Json:
        """The case record of a row, whether it is good or not.

        Hours or days since onset are no part of it: a record knows dates alone.
        """
        return self._rows.of(row).document

    def read(self, row: Mapping[str, Any]) -> Good | Refused:
        """What a row asks, or why it cannot be answered; whether its facts clash is not told."""
        found = self._rows.of(row)
        try:
            record = record_of(self._records.read(found.document), self._screening)
        except NotPlain:
            return self._refused(found)
        if found.faults:
            return Refused(tuple(found.faults))
        return self._good(record, found)

    def clash(self, case: Case) -> Refused | None:
        """Why a case cannot be answered whose facts exclude each other; None where they do not."""
        found = self._clashes(timeless(case))
        return None if found is None else Refused((found,))

    def _good(self, record: CaseRecord, found: RowRecord) -> Good:
        """What a valid row asks."""
        if self._form is Rows.AUDIT:
            (given,) = record.treatments
            good = Good(given.case, given.treatment)
        else:
            good = Good(record.case)
        if found.since is not None:
            return replace(good, case=replace(good.case, hours=found.since, dating=None))
        return replace(good, case=_before(good.case, found))

    def _refused(self, found: RowRecord) -> Good | Refused:
        """The faults of a row; a row in which validation finds none is what it makes of it."""
        reduced = self._reducer.reduce(found.document)
        key = msgspec.json.encode(reduced.document)
        faults = [self._told(one, reduced, found) for one in self._kept_faults(key)]
        if faults or found.faults:
            return Refused((*faults, *found.faults))
        with self._lock:
            report = self._validation.of_document(found.document)
        if report.document is None:
            told = (self._told(one, Reduced(), found) for one in _violations(report.faults))
            return Refused(tuple(told))
        record = record_of(self._records.read(report.document), self._screening)
        return self._good(record, found)

    def _validate(self, document: bytes) -> tuple[Fault, ...]:
        """What the shapes find wrong with a record."""
        with self._lock:
            report = self._validation.of_document(msgspec.json.decode(document))
        return tuple(_violations(report.faults))

    def _told(self, one: Fault, reduced: Reduced, found: RowRecord) -> Json:
        """A fault of a reduced record, as one of the row."""
        pointer = reduced.original(one.pointer)
        return fault(
            one.code,
            found.column(pointer),
            one.message,
            found=brief(value_at(found.document, pointer)),
            allowed=one.allowed,
        )

    def _clash(self, case: Case) -> Json | None:
        """The fault of facts that exclude each other, in the words that validation has for it."""
        try:
            self._settle(case)
        except Contradiction as error:
            told = self._explainer.contradiction(self._as_validated(case) or error)
            return fault(told.code, None, told.message, found=told.found, allowed=told.allowed)
        return None

    def _as_validated(self, case: Case) -> Contradiction | None:
        """The contradiction that validation finds, which takes what is not said as absent."""
        try:
            self._settle(replace(case, screening=Screening.ASSUME_CLEAR))
        except Contradiction as error:
            return error
        return None

    def _settle(self, case: Case) -> None:
        """Settle the facts of a case; raises Contradiction where they exclude each other."""
        tables = self._engine.tables
        cells_of(tables, case, facts_of(tables, case))


def _violations(faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """The faults that make a record invalid."""
    return (fault for fault in faults if fault.severity == VIOLATION)


def _before(case: Case, found: RowRecord) -> Case:
    """A case whose onset lies before the end of a day: the record says so to the nanosecond."""
    dating = case.dating
    if found.end is None or dating is None:
        return case
    caps = [one for one in (dating.at, _assessed(found)) if one is not None]
    latest = min([Cut(found.end.hours), *(Cut(one.hours, after=True) for one in caps)])
    onset = replace(dating.onset, latest=latest)
    dated = Dating(onset, dating.offset, dating.at)
    return replace(case, dating=dated, hours=hours_of(dated))


def _assessed(found: RowRecord) -> Moment | None:
    """When the injury was assessed."""
    text = found.document.get("assessedAt")
    return None if text is None else read_moment(cast("str", text))
