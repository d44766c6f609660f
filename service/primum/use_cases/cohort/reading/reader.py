"""Batches of a table as columns of numbers: the rows that are plainly good, many at once.

What is read here the reader of plainly good records accepts, with the same meaning. All else is
left to be read one by one; so are facts that exclude each other, which the kernel finds.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.types as at

from primum.foundation.names import Record
from primum.reasoning.cohort.columns import Codes, Columns, Flags, Lists
from primum.use_cases.cohort.options import Rows
from primum.use_cases.cohort.reading.amounts import wholes
from primum.use_cases.cohort.reading.cells import either, some
from primum.use_cases.cohort.reading.codebooks import Books, Codebook
from primum.use_cases.cohort.reading.dating import DatesReader
from primum.use_cases.cohort.reading.lists import listed, nothing, told, with_flags
from primum.use_cases.cohort.reading.repeating import chosen
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.cohort.table.column_types import is_text
from primum.use_cases.cohort.table.matching import Matched
from primum.use_cases.cohort.table.zones import Zone
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum

_AGE_UNKNOWN: Final = -1
_HEEDED: Final = frozenset(
    {
        "facts-contradict",
        "factor-present-and-absent",
        "finding-present-and-absent",
        "grade-of-ungraded",
        "injury-no-type",
        "onset-after-assessment",
        "onset-empty",
        "onset-ends-before-it-begins",
        "onset-interval-after-assessment",
        "treatment-before-onset",
        "treatment-before-onset-interval",
        "treatment-no-type",
    }
)
"""The checks on more than one member that reading many rows at once heeds."""


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of a batch: which rows are plain, and these as columns, with treatments."""

    plain: Flags
    columns: Columns
    treatments: Codes


class Reader:
    """Reads batches of one table; safe to share between threads."""

    def __init__(self, primum: Primum, matched: Matched, zone: Zone) -> None:
        """Know what the columns stand for."""
        knowledge = primum.release.knowledge
        records = Records.of(primum.release, primum.vocabulary)
        forms = records.shapes.forms
        self._matched, self._columns = matched, matched.columns
        self._books = Books(records, knowledge)
        self._grade = forms[Record.INJURY].members["grade"]
        self._age = forms[Record.PATIENT].members["age"]
        self._grades = self._books.grades(knowledge.injuries, self._grade.most or 0)
        self._dates = DatesReader(records, matched, zone)
        numbers = {term.iri: number for number, term in enumerate(knowledge.factors)}
        self._flags = {name: numbers[term.iri] for name, term in matched.flags.items()}
        codes = {check.code for form in forms.values() for check in form.checks}
        self._heeds_all = codes <= _HEEDED

    def read(self, batch: pa.RecordBatch) -> Read:
        """The plain rows of a batch."""
        dates = self._dates.read(batch)
        injury, odd = self._coded(batch, table.INJURY, self._books.injuries)
        grade, ungraded = self._graded(batch, injury)
        age, ageless = self._whole(batch, table.AGE)
        present, absent, unknown = self._factors(batch)
        odd = either(either(either(odd, ungraded), either(ageless, unknown)), dates.odd)
        odd = either(either(odd, self._unlabelled(batch)), self._sideless(batch))
        treatments = np.empty(0, np.int16)
        if self._matched.rows is Rows.AUDIT:
            treatments, nameless = self._coded(batch, table.TREATMENT, self._books.treatments)
            odd = either(odd, nameless)
        columns = Columns(
            injury=injury,
            grade=grade,
            age=age,
            present=present,
            absent=absent,
            earliest=dates.earliest,
            latest=dates.latest,
            at=dates.at,
            whole_day=dates.whole_day,
        )
        return self._plain(columns, treatments, odd)

    def _plain(self, columns: Columns, treatments: Codes, odd: Flags | None) -> Read:
        """The plain rows of those that were read."""
        rows = len(columns)
        if odd is None and self._heeds_all:
            return Read(np.ones(rows, np.bool_), columns, treatments)
        plain = np.zeros(rows, np.bool_) if odd is None or not self._heeds_all else ~odd
        return Read(
            plain, chosen(columns, plain), treatments[plain] if len(treatments) else treatments
        )

    def _column(self, batch: pa.RecordBatch, name: str) -> pa.Array | None:
        """The column that stands for one of the schema, if one does."""
        found = self._columns.get(name)
        return None if found is None else batch.column(found)

    def _coded(
        self, batch: pa.RecordBatch, name: str, book: Codebook
    ) -> tuple[Codes, Flags | None]:
        """The terms that a column names, and the rows that name none."""
        column = self._column(batch, name)
        if column is None or at.is_null(column.type):
            return np.full(batch.num_rows, -1, np.int16), np.ones(batch.num_rows, np.bool_)
        codes = book.of(column)
        return codes, None if not len(codes) or codes.min() >= 0 else codes < 0

    def _graded(
        self, batch: pa.RecordBatch, injury: Codes
    ) -> tuple["np.ndarray[tuple[int], np.dtype[np.int8]]", Flags | None]:
        """The grades, and the rows in which the injury does not have the grade."""
        column = self._column(batch, table.GRADE)
        if column is None:
            return np.zeros(batch.num_rows, np.int8), None
        least, most = self._grade.least or 1, self._grade.most or 0
        found, odd = wholes(column, least=least, most=most, missing=0)
        grade = found.astype(np.int8)
        width = self._grades.shape[1]
        has = self._grades.ravel().take(injury * np.int16(width) + grade, mode="clip")
        return grade, odd if has.all() else either(odd, ~has)

    def _whole(self, batch: pa.RecordBatch, name: str) -> tuple[Codes, Flags | None]:
        """The ages."""
        column = self._column(batch, name)
        if column is None:
            return np.full(batch.num_rows, _AGE_UNKNOWN, np.int16), None
        least, most = self._age.least or 0, self._age.most or 0
        return wholes(column, least=least, most=most, missing=_AGE_UNKNOWN)

    def _factors(self, batch: pa.RecordBatch) -> tuple[Lists, Lists, Flags | None]:
        """The factors that are present, those that are absent, and the rows that are unclear."""
        odd: Flags | None = None
        lists = []
        for name in (table.PRESENT, table.ABSENT):
            column = self._column(batch, name)
            if column is None:
                lists.append(nothing(batch.num_rows))
                continue
            found, unknown = listed(column, self._books.factors)
            lists.append(found)
            odd = either(odd, unknown)
        present, absent = lists
        if self._flags:
            read = [(code, *told(batch.column(name))) for name, code in self._flags.items()]
            present = with_flags(present, [(code, so == 1) for code, so, _ in read])
            absent = with_flags(absent, [(code, so == 0) for code, so, _ in read])
            for _, _, unclear in read:
                odd = either(odd, unclear)
        return present, absent, odd

    def _unlabelled(self, batch: pa.RecordBatch) -> Flags | None:
        """The rows whose id may be none that a record can have."""
        column = self._column(batch, table.ID)
        if column is None or not is_text(column.type):
            return None
        return self._books.too_long(column)

    def _sideless(self, batch: pa.RecordBatch) -> Flags | None:
        """The rows whose side is none."""
        column = self._column(batch, table.SIDE)
        if column is None or at.is_null(column.type):
            return None
        return some(self._books.sides.of(column) < -1)
