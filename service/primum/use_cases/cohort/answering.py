"""A cohort: batches of a table's rows in, answers as Arrow tables out.

cohort = Cohort.of(Primum.load(), table.schema, Options())
answers = [cohort.answer(batch) for batch in table.to_batches()]
"""

from collections.abc import Iterator, Mapping
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primum.reasoning.cohort.kernel import Kernel
from primum.use_cases.cohort.alone.left_over import Left, places_of
from primum.use_cases.cohort.alone.one_by_one import Good, OneByOne, Refused
from primum.use_cases.cohort.alone.raw import rows_of
from primum.use_cases.cohort.alone.row_records import RowRecords
from primum.use_cases.cohort.alone.singly import Singly
from primum.use_cases.cohort.answers.forms import AuditForm, CompactForm, Form, LongForm
from primum.use_cases.cohort.answers.found import Faults
from primum.use_cases.cohort.answers.reasons import REASONS, Reasons
from primum.use_cases.cohort.answers.spelling import Spelling
from primum.use_cases.cohort.answers.tables import answers_schema, numbers
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.reading.reader import Reader
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.cohort.table.matching import match
from primum.use_cases.cohort.table.zones import Zone
from primum.use_cases.service import Primum

Numbers = NDArray[np.intp]
Json = dict[str, Any]


class Cohort:
    """Answers the rows of tables with the same columns; safe to share between threads.

    `rows` tells what a row stands for, `answers` and `reasons` the columns of what comes out, and
    `ignored` the columns of which nothing is made.
    """

    def __init__(
        self, primum: Primum, schema: pa.Schema, options: Options, kernel: Kernel | None = None
    ) -> None:
        """Decide what the columns mean; raises QuestionError where they cannot be read.

        A kernel takes a while to make; one that was made for the same screening is shared.
        """
        zone = Zone(options.zone)
        self._matched = match(schema, options, primum.vocabulary.factors)
        self.rows, self.ignored = self._matched.rows, self._matched.ignored
        self._id = self._matched.columns.get(table.ID)
        repeated = {table.ID} if self._id == table.ID else set()  # which answers have anyway
        self._keep = [name for name in dict.fromkeys(options.keep) if name not in repeated]
        kept = [self._id_field(schema), *(schema.field(name) for name in self._keep)]
        compact = self.rows is Rows.PERSON and not options.long
        self.answers = answers_schema(kept, compact=compact)
        self.reasons = pa.schema([self.answers.field("row"), kept[0], *REASONS])
        self._reader = Reader(primum, self._matched, zone)
        records = RowRecords(self._matched, zone)
        self._one_by_one = OneByOne(primum, records, form=self.rows, screening=options.screening)
        kernel = kernel or Kernel(primum.engine, options.screening)
        rules, bounds = kernel.rules, kernel.bounds
        self._words = Spelling(primum, [rule.id for rule in rules], bounds)
        singly = Singly(primum.engine, [rule.iri for rule in rules], bounds)
        self._form = self._form_of(kernel, singly, compact=compact)
        self._left = Left(primum.engine, self._form, self._one_by_one)
        self._reasons = Reasons(primum)

    @classmethod
    def of(cls, primum: Primum, schema: pa.Schema, options: Options) -> Self:
        """The cohort of tables with these columns; raises QuestionError where these are no good."""
        return cls(primum, schema, options)

    def _id_field(self, schema: pa.Schema) -> pa.Field:
        """The column of ids in answers: of the type that it has in the input."""
        kind = pa.string() if self._id is None else schema.field(self._id).type
        return pa.field(table.ID, kind)

    def _form_of(self, kernel: Kernel, singly: Singly, *, compact: bool) -> Form[Any]:
        """How the rows are answered."""
        if self.rows is Rows.AUDIT:
            return AuditForm(kernel, singly, self._words)
        return (CompactForm if compact else LongForm)(kernel, singly, self._words)

    def answer(self, batch: pa.RecordBatch, *, first: int | None = 0) -> pa.RecordBatch:
        """The answers to the rows of a batch, in their order; `first` rows came before it.

        A row that cannot be answered has its faults, and nothing else.
        """
        found, faults = self._found(batch)
        rows, width = batch.num_rows, self._form.width
        refused = faults.refused(rows)
        columns = self._form.told(found, refused)
        head, tail = self._head(batch, first), [faults.column(rows)]
        if width > 1:
            at = np.repeat(np.arange(rows), np.where(refused, 1, width))
            if refused.any():
                wanted = ~np.repeat(refused, width)
                wanted[np.flatnonzero(refused) * width] = True
                columns = [column.filter(pa.array(wanted)) for column in columns]
            head, tail = _taken(head, at), _taken(tail, at)
        told = self._words.constant(len(columns[0]))
        return pa.RecordBatch.from_arrays([*head, *columns, told, *tail], schema=self.answers)

    def document(self, row: Mapping[str, Any]) -> Json:
        """The case record of a row, given by its columns, whether it is good or not.

        Hours or days since onset are no part of it: a record knows dates alone.
        """
        return self._one_by_one.document(row)

    def documents(self, batch: pa.RecordBatch) -> Iterator[Json]:
        """The case records of the rows of a batch."""
        every = np.arange(batch.num_rows)
        return map(self.document, rows_of(batch, every, self._matched.used))

    def reasons_of(self, batch: pa.RecordBatch, *, first: int | None = 0) -> pa.RecordBatch:
        """All reasons, and recommendations, for each good row and treatment of a batch."""
        good, _ = self._read(batch, np.arange(batch.num_rows))
        sound = {n: one for n, one in good.items() if not self._one_by_one.clash(one.case)}
        at, columns = self._reasons.of(sound)
        head = _taken(self._head(batch, first)[:2], at)
        return pa.RecordBatch.from_arrays([*head, *columns], schema=self.reasons)

    def _head(self, batch: pa.RecordBatch, first: int | None) -> list[pa.Array]:
        """The number of each row, its id, and the columns that are kept."""
        rows = batch.num_rows
        ids = pa.nulls(rows, pa.string()) if self._id is None else batch.column(self._id)
        return [numbers(rows, first), ids, *(batch.column(name) for name in self._keep)]

    def _found(self, batch: pa.RecordBatch) -> tuple[Any, Faults]:
        """The answers to the rows of a batch, and the faults of those that have none."""
        read = self._reader.read(batch)
        rows, form = batch.num_rows, self._form
        if not len(read.columns):
            return self._completed(batch, form.empty(rows), np.arange(rows))
        found, contradicts = form.many(read.columns, read.treatments)
        left = ~read.plain
        left[np.flatnonzero(read.plain)[contradicts]] = True
        if not left.any():
            return found, Faults()
        if not read.plain.all():
            plain, found = found, form.empty(rows)
            found.put(places_of(np.flatnonzero(read.plain), form.width), plain)
        return self._completed(batch, found, np.flatnonzero(left))

    def _completed(self, batch: pa.RecordBatch, found: Any, rows: Numbers) -> tuple[Any, Faults]:
        """The answers, with those of some rows that are read one by one."""
        good, faults = self._read(batch, rows)
        found.put(places_of(rows, self._form.width), self._form.empty(len(rows)))
        self._left.answer(good, found, faults)
        return found, faults

    def _read(self, batch: pa.RecordBatch, rows: Numbers) -> tuple[dict[int, Good], Faults]:
        """What some rows ask, and the faults of those that cannot be read."""
        good: dict[int, Good] = {}
        faults = Faults()
        raw = rows_of(batch, rows, self._matched.used)
        for row, cells in zip(rows.tolist(), raw, strict=True):
            read = self._one_by_one.read(cells)
            if isinstance(read, Refused):
                faults.add(row, read.faults)
            else:
                good[row] = read
        return good, faults


def _taken(columns: list[pa.Array], rows: Numbers) -> list[pa.Array]:
    """Some rows of columns."""
    at = pa.array(rows)
    return [column.take(at) for column in columns]
