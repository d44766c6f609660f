"""Case records as rows of a table, the findings left out; and tables of rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from tests.records.strategies import Json

from primum.model.levels import Screening
from primum.reasoning.cohort.kernel import Kernel
from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.service import Primum

COLUMNS = {
    "id": pa.string(),
    "injury": pa.string(),
    "grade": pa.string(),
    "side": pa.string(),
    "onset": pa.string(),
    "onset_not_before": pa.string(),
    "onset_not_after": pa.string(),
    "assessed_at": pa.string(),
    "age": pa.string(),
    "factors": pa.list_(pa.string()),
    "factors_absent": pa.list_(pa.string()),
    "treatment": pa.string(),
    "at": pa.string(),
}
AUDIT = Options(rows=Rows.AUDIT)
PERSON = Options(rows=Rows.PERSON)


def row_of(record: Json) -> dict[str, Any]:
    """The row of a record with its first treatment; what a row cannot hold is left out."""
    injury, patient = _object(record.get("injury")), _object(record.get("patient"))
    factors, onset = _object(patient.get("factors")), injury.get("onset")
    treatments = record.get("treatments")
    first = treatments[0] if isinstance(treatments, list) and treatments else {}
    interval = _object(onset)
    return {
        "id": record.get("id"),
        "injury": injury.get("type"),
        "grade": injury.get("grade"),
        "side": injury.get("side"),
        "onset": None if isinstance(onset, dict) else onset,
        "onset_not_before": interval.get("notBefore"),
        "onset_not_after": interval.get("notAfter"),
        "assessed_at": record.get("assessedAt"),
        "age": patient.get("age"),
        "factors": factors.get("present"),
        "factors_absent": factors.get("absent"),
        "treatment": _object(first).get("type"),
        "at": _object(first).get("at"),
    }


def _object(value: Any) -> Json:
    """A value that is an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def batch_of(rows: Sequence[Mapping[str, Any]], **types: pa.DataType) -> pa.RecordBatch:
    """A batch of rows, text and lists of text but for the types that are given.

    Raises ArrowInvalid or ArrowTypeError where a row holds what a column cannot.
    """
    names = [name for name in {**COLUMNS, **types} if name in rows[0]]
    kinds = [types.get(name, COLUMNS.get(name)) for name in names]
    arrays = [
        pa.array([_as_text(row[name], kind) for row in rows], kind)
        for name, kind in zip(names, kinds, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, names=names)


def _as_text(value: Any, kind: pa.DataType | None) -> Any:
    """A number as text, where a column is of text."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if number and kind == pa.string() else value


class Cohorts:
    """Makes the cohort of each schema once: its decision tables take a while to write."""

    def __init__(self, primum: Primum) -> None:
        """Over one release."""
        self.primum = primum
        self._kernel = Kernel(primum.engine, Screening.ASSUME_CLEAR)
        self._made: dict[tuple[object, ...], Cohort] = {}

    def of(self, batch: pa.RecordBatch, options: Options = AUDIT) -> Cohort:
        """The cohort of tables like a batch."""
        schema = batch.schema
        key = schema.to_string(), options.rows, options.long, options.zone
        more = (options.keep, tuple(options.mapping.items()))
        if (key, more) not in self._made:
            self._made[key, more] = Cohort(self.primum, schema, options, self._kernel)
        return self._made[key, more]

    def answers(self, batch: pa.RecordBatch, options: Options = AUDIT) -> list[dict[str, Any]]:
        """The answers to a batch."""
        found = self.of(batch, options).answer(batch)
        found.validate(full=True)
        assert found.schema == self.of(batch, options).answers
        rows: list[dict[str, Any]] = found.to_pylist()
        return rows
