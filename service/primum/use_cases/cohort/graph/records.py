"""Rows of a table as the statements of case records.

What few values make is written by the writer of single records and kept; instants and ids, which
are nearly all different, are written here, in the same words.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.types as at
import pyoxigraph as ox

from primum.foundation.names import DOCUMENT, Datatype, Record
from primum.use_cases.cohort.alone.raw import values_of
from primum.use_cases.cohort.alone.row_records import Json, RowRecords
from primum.use_cases.cohort.graph.lines import Texts, line, lines, node, text, typed
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.cohort.table import values
from primum.use_cases.cohort.table.matching import Matched, match
from primum.use_cases.cohort.table.zones import Zone
from primum.use_cases.records.from_json import JsonRecords
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum

_ROOT: Final = node("")
_INJURY: Final = node("/injury")
_ONSET: Final = node("/injury/onset")
_INTERVAL: Final = line(_INJURY, Record.ONSET, _ONSET)
_SHORTEST: Final = len("2026-11-22T10:00:00Z")
_CASE: Final = line(_ROOT, Record.TYPE, f"<{Record.CASE}>")
_PATIENT: Final = line(_ROOT, Record.PATIENT, node("/patient"))
_ENDS: Final = {"notBefore": Record.NOT_BEFORE, "notAfter": Record.NOT_AFTER}
_SAID_ONCE: Final = {
    (f"<{DOCUMENT}>", Record.TYPE, f"<{Record.CASE}>"),
    (f"<{DOCUMENT}>", Record.PATIENT, f"<{DOCUMENT}/patient>"),
}
Cells = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class RecordTexts:
    """Writes the records of rows; `rows` is what a row stands for."""

    rows: Rows
    columns: Mapping[str, str]
    flags: tuple[str, ...]
    zone: Zone
    records: RowRecords
    writer: JsonRecords
    kept: dict[tuple[str, ...], Texts] = field(default_factory=dict)

    @classmethod
    def of(cls, primum: Primum, schema: pa.Schema, options: Options) -> Self:
        """The writer for tables with these columns; raises QuestionError where they are no good."""
        matched: Matched = match(schema, options, primum.vocabulary.factors)
        zone = Zone(options.zone)
        known = Records.of(primum.release, primum.vocabulary)
        return cls(
            matched.rows,
            matched.columns,
            tuple(matched.flags),
            zone,
            RowRecords(matched, zone),
            JsonRecords(known.shapes.forms, known.names),
        )

    def of_rows(self, batch: pa.RecordBatch) -> Iterator[tuple[str, str]]:
        """The statements of each row, good or not, without its id; and the id as a literal."""
        cells = self._cells(batch)
        many = batch.num_rows
        parts = (
            self._kept(cells, many, (table.INJURY, table.GRADE, table.SIDE)),
            self._kept(cells, many, (table.AGE,)),
            self._kept(cells, many, (table.PRESENT, table.ABSENT), self.flags),
            self._kept(cells, many, (table.TREATMENT,)),
            self._onsets(cells, many),
            self._instants(cells, many, table.ASSESSED_AT, (_ROOT, Record.ASSESSED_AT)),
            self._instants(cells, many, table.AT, (node("/treatments/0"), Record.AT)),
            self._ids(cells, many),
        )
        for injury, age, factors, *others, own in zip(*parts, strict=True):
            patient = f"{_PATIENT}{age}{factors}" if age or factors else ""
            yield f"{_CASE}{injury}{patient}{''.join(others)}", own

    def _cells(self, batch: pa.RecordBatch) -> Cells:
        """The values of the columns that are read, by the columns of the schema and by flags."""
        read = {**self.columns, **{name: name for name in self.flags}}
        return {name: _values(batch.column(found)) for name, found in read.items()}

    def _kept(
        self, cells: Cells, many: int, names: tuple[str, ...], flags: tuple[str, ...] = ()
    ) -> Iterator[str]:
        """What some columns say, each combination of values written once."""
        columns = (*(name for name in names if name in self.columns), *flags)
        if not columns:
            return repeat("", many)
        if columns not in self.kept:
            self.kept[columns] = Texts(self._writing(columns))
        return map(self.kept[columns].__getitem__, zip(*(cells[c] for c in columns), strict=True))

    def _writing(self, columns: tuple[str, ...]) -> Callable[[tuple[object, ...]], str]:
        """What writes some columns alone as part of a record."""

        def write(key: tuple[object, ...]) -> str:
            document = self._document(dict(zip(columns, key, strict=True)))
            for name, member in _NEEDED.items():
                if name not in columns:
                    document.pop(member, None)
            triples = self.writer.write(document).triples
            return lines(triple for triple in triples if _spelled(triple) not in _SAID_ONCE)

        return write

    def _document(self, cells: Mapping[str, Any]) -> Json:
        """The record of a row that has only some of the columns."""
        return self.records.of(
            {self.columns.get(name, name): v for name, v in cells.items()}
        ).document

    def _onsets(self, cells: Cells, many: int) -> Iterator[str]:
        """When the injuries began."""
        if not any(name in self.columns for name in table.DATES):
            return repeat("", many)
        return map(self._onset, *(cells.get(name, repeat(None, many)) for name in table.DATES))

    def _onset(self, onset: Any, first: Any, last: Any) -> str:
        """When an injury began: an instant, or the ends of an interval."""
        given = [one for one in (onset, first, last) if not values.is_missing(one)]
        if not given:
            return ""
        if not all(map(_is_spelled, given)) and any(map(self.zone.day, given)):
            return self._began(dict(zip(table.DATES, (onset, first, last), strict=True)))
        if not values.is_missing(onset):
            return line(_INJURY, Record.ONSET, self._instant(onset))
        ends = zip(_ENDS.values(), (first, last), strict=True)
        told = (line(_ONSET, p, self._instant(v)) for p, v in ends if not values.is_missing(v))
        return _INTERVAL + "".join(told)

    def _began(self, cells: Mapping[str, Any]) -> str:
        """When an injury began, where a date tells a whole day."""
        onset = self._document(cells)["injury"]["onset"]
        ends = ((_ENDS[key], typed(end, Datatype.DATE_TIME)) for key, end in onset.items())
        return _INTERVAL + "".join(line(_ONSET, predicate, end) for predicate, end in ends)

    def _instant(self, value: Any) -> str:
        """An instant as a literal."""
        spelled = value if _is_spelled(value) else self.zone.instant(value)
        return typed(spelled, Datatype.DATE_TIME)

    def _instants(self, cells: Cells, many: int, name: str, said: tuple[str, str]) -> Iterator[str]:
        """An instant of each row, said of a node by a property."""
        if name not in self.columns:
            return repeat("", many)
        return (
            "" if values.is_missing(value) else line(*said, self._instant(value))
            for value in cells[name]
        )

    def _ids(self, cells: Cells, many: int) -> Iterator[str]:
        """The id of each row as a literal, "" where it has none."""
        if table.ID not in self.columns:
            return repeat("", many)
        label = values.label
        return ("" if values.is_missing(v) else text(str(label(v))) for v in cells[table.ID])


_NEEDED: Final = {table.INJURY: "injury", table.TREATMENT: "treatments"}


def _is_spelled(value: Any) -> bool:
    """Whether an instant of UTC stands there as records write it, as in most tables."""
    return isinstance(value, str) and len(value) >= _SHORTEST and value[-1] == "Z"


def _spelled(triple: ox.Triple) -> tuple[str, str, str]:
    """A statement as texts."""
    return str(triple.subject), triple.predicate.value, str(triple.object)


def _values(column: pa.Array) -> Sequence[Any]:
    """The values of a column as objects that can be looked up."""
    if at.is_dictionary(column.type):
        column = column.dictionary_decode()
    found = values_of(column)
    if at.is_nested(column.type):
        return [None if one is None else tuple(one) for one in found]
    if at.is_floating(column.type):
        return [None if values.is_missing(one) else one for one in found]
    return found
