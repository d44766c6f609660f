"""What is made of a stream of record batches: answers, or reasons, batch by batch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, Self

import pyarrow as pa

from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.table.matching import match
from primum.use_cases.service import Primum

_MOST_ROWS: Final = 2**16  # of one batch, so that memory is bounded whatever the reader gives


class Make(Protocol):
    """Makes results of a batch."""

    def __call__(self, batch: pa.RecordBatch, *, first: int | None) -> pa.RecordBatch:
        """The results of a batch, `first` being the number of rows before it."""


@dataclass(frozen=True, slots=True)
class Work:
    """Over which release a table is answered, and how; `reasons` asks for the reasons instead."""

    primum: Primum
    options: Options
    reasons: bool = False

    def columns(self, schema: pa.Schema) -> list[str]:
        """The columns that are read of a table with this schema, in its order.

        Raises QuestionError where they cannot be read.
        """
        matched = match(schema, self.options, self.primum.vocabulary.factors)
        wanted = {*matched.used, *self.options.keep}
        return [name for name in schema.names if name in wanted]

    def over(self, schema: pa.Schema) -> "Stream":
        """The work on tables with this schema; raises QuestionError as `columns` does."""
        return Stream.of(schema, Cohort.of(self.primum, schema, self.options), reasons=self.reasons)

    def read(self, reader: pa.RecordBatchReader) -> pa.RecordBatchReader:
        """A reader of the results that takes from another reader only as it is read itself."""
        columns = self.columns(reader.schema)
        stream = self.over(pa.schema([reader.schema.field(name) for name in columns]))
        return stream.read(batch.select(columns) for batch in reader)

    def table(self, reader: pa.RecordBatchReader) -> pa.Table:
        """The results of all that a reader gives."""
        return self.read(reader).read_all().unify_dictionaries()


@dataclass(frozen=True, slots=True)
class Stream:
    """Turns batches of one schema, which it `takes`, into batches of another, which it `gives`."""

    takes: pa.Schema
    gives: pa.Schema
    make: Make

    @classmethod
    def of(cls, schema: pa.Schema, cohort: Cohort, *, reasons: bool) -> Self:
        """The answers of a cohort, or the reasons for them."""
        if reasons:
            return cls(schema, cohort.reasons, cohort.reasons_of)
        return cls(schema, cohort.answers, cohort.answer)

    def read(self, batches: Iterable[pa.RecordBatch]) -> pa.RecordBatchReader:
        """A reader of the results, which takes a batch only where it is asked for one."""
        return pa.RecordBatchReader.from_batches(self.gives, self.each(batches))

    def table(self, batches: Iterable[pa.RecordBatch]) -> pa.Table:
        """The results of all batches."""
        return self.read(batches).read_all().unify_dictionaries()

    def each(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of batches, one after the other; rows are numbered through."""
        first = 0
        for batch in batches:
            for start in range(0, batch.num_rows, _MOST_ROWS):
                yield self.make(batch.slice(start, _MOST_ROWS), first=first + start)
            first += batch.num_rows
