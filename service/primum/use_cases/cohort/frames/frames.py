"""Cohorts from Python: a table of one library in, the answers as a table of the same one out."""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.dataset as ds

from primum.foundation.errors import InvalidValue
from primum.foundation.settings import read_settings
from primum.knowledge.locate import locate
from primum.model.levels import Screening
from primum.use_cases.cohort.frames.work import Work
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.table.mapping import mapping_of
from primum.use_cases.question import read_choice
from primum.use_cases.service import Primum

_TAKEN: Final = (
    "a pandas DataFrame",
    "a Polars DataFrame or LazyFrame",
    "an Arrow Table, RecordBatch, RecordBatchReader or Dataset",
    "anything with __arrow_c_stream__, such as a DuckDB relation",
)
_MOST_RELEASES: Final = 4
_MANIFEST: Final = "manifest.json"


def chosen(
    rows: str | None,
    screening: str,
    *,
    long: bool,
    mapping: Mapping[str, str] | None,
    zone: str | None,
    keep: Sequence[str],
) -> Options:
    """The options that a caller writes as plain values; raises InvalidValue for unknown ones."""
    return Options(
        rows=None if rows is None else read_choice(Rows, rows, where="rows"),
        long=long,
        screening=read_choice(Screening, screening, where="screening"),
        mapping=mapping_of((mapping or {}).items()),
        zone=zone,
        keep=(keep,) if isinstance(keep, str) else tuple(keep),
    )


def loaded(knowledge: str | Path | None) -> Primum:
    """Primum over a folder of knowledge, kept for the next call until its release is another.

    Raises KnowledgeNotFound where there is no knowledge or no release.
    """
    folder = read_settings().knowledge if knowledge is None else Path(knowledge)
    place = locate(folder)
    manifest = place.release / _MANIFEST
    built = manifest.stat().st_mtime_ns if manifest.is_file() else 0
    return _load(place.root.resolve(), built)


@lru_cache(maxsize=_MOST_RELEASES)
def _load(root: Path, built: int) -> Primum:  # noqa: ARG001 - tells one release from the next
    """Primum over a release that was built at a certain time."""
    return Primum.load(root)


def answered(table: Any, primum: Primum, options: Options, *, reasons: bool = False) -> Any:
    """The answers to a table, or the reasons for them, in the kind of the table.

    Raises InvalidValue for what is no table, QuestionError for columns that cannot be read.
    """
    return _maker(table)(table, Work(primum, options, reasons))


def _maker(table: Any) -> Callable[[Any, Work], Any]:
    """What answers a kind of table; a library that nobody has imported has made none."""
    for kind, make in _ARROW.items():
        if isinstance(table, kind):
            return make
    polars, pandas = sys.modules.get("polars"), sys.modules.get("pandas")
    if polars is not None and isinstance(table, polars.DataFrame | polars.LazyFrame):
        from primum.use_cases.cohort.frames import in_polars as frames_polars  # noqa: PLC0415 - needs Polars

        lazy = isinstance(table, polars.LazyFrame)
        return frames_polars.lazy if lazy else frames_polars.eager
    if pandas is not None and isinstance(table, pandas.DataFrame):
        from primum.use_cases.cohort.frames import in_pandas as frames_pandas  # noqa: PLC0415 - needs pandas

        return frames_pandas.eager
    return _exported


def _table(table: pa.Table, work: Work) -> pa.Table:
    """The results of a table in memory."""
    return work.table(table.to_reader())


def _batch(batch: pa.RecordBatch, work: Work) -> pa.RecordBatch:
    """The results of one batch, as one batch."""
    columns = work.columns(batch.schema)
    read = batch.select(columns)
    return work.over(read.schema).make(read, first=0)


def _reader(reader: pa.RecordBatchReader, work: Work) -> pa.RecordBatchReader:
    """A reader of the results, which are made as they are read."""
    return work.read(reader)


def _dataset(dataset: ds.Dataset, work: Work) -> pa.RecordBatchReader:
    """A reader of the results; of the files, only the columns that are needed are read."""
    columns = work.columns(dataset.schema)
    return work.read(dataset.scanner(columns=columns).to_reader())


def _exported(table: Any, work: Work) -> pa.Table:
    """The results of a table that another library hands over as a stream of Arrow."""
    if isinstance(table, type) or not hasattr(table, "__arrow_c_stream__"):
        raise _refused(table)
    try:
        reader = pa.RecordBatchReader.from_stream(table)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        # A column alone is a stream, too, but not one of rows.
        raise _refused(table) from error
    return work.table(reader)


def _refused(table: Any) -> InvalidValue:
    """The error for what is no table."""
    found = f"{type(table).__module__}.{type(table).__qualname__}"
    return InvalidValue(
        f"A cohort is a table, and this is a {found}. Taken are {', '.join(_TAKEN)}. For a file, "
        "use pyarrow.dataset.dataset(path).",
        where="table",
        found=found,
        allowed=_TAKEN,
    )


_ARROW: Final[Mapping[type, Callable[[Any, Work], Any]]] = {
    pa.Table: _table,
    pa.RecordBatch: _batch,
    pa.RecordBatchReader: _reader,
    ds.Dataset: _dataset,
}
