"""Writing an example cohort to a file, block by block."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.sources.found import Form, form_of

Progress = Callable[[int], None]
_BETWEEN: Final = ";"
_INSTANT: Final = "%Y-%m-%dT%H:%M:%SZ"
_NEWLINE: Final = b"\n"


def write_example(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path, progress: Progress
) -> None:
    """Write rows in the form that the name of the file tells.

    Raises InvalidValue for a name that tells none. The file is there as a whole or not at all.
    """
    form = form_of(path)
    scratch = path.with_name(f"{path.name}.unfinished")
    try:
        with _WRITERS[form](scratch, path, schema) as write:
            for batch in batches:
                write(batch)
                progress(len(batch))
        scratch.replace(path)
    except OSError as error:
        raise InvalidValue(
            f"{path} cannot be written: {error.strerror}.", where="-o", found=str(path)
        ) from error
    finally:
        scratch.unlink(missing_ok=True)


Write = Callable[[pa.RecordBatch], None]


@contextmanager
def _parquet(scratch: Path, _: Path, schema: pa.Schema) -> Iterator[Write]:
    """Writes Parquet."""
    with pq.ParquetWriter(scratch, schema, compression="zstd") as writer:
        yield writer.write_batch


@contextmanager
def _csv(scratch: Path, path: Path, schema: pa.Schema) -> Iterator[Write]:
    """Writes CSV, with instants as text and lists with a separator between their names."""
    text = pa.schema([(field.name, pa.string()) for field in schema])
    with _opened(scratch, path) as file, pa_csv.CSVWriter(file, text) as writer:
        yield lambda batch: writer.write_batch(_as_text(batch, text))


@contextmanager
def _ndjson(scratch: Path, path: Path, _: pa.Schema) -> Iterator[Write]:
    """Writes an object for each row, without what is not known."""
    with _opened(scratch, path) as file:
        yield lambda batch: _lines(batch, file)


@contextmanager
def _opened(scratch: Path, path: Path) -> Iterator[BinaryIO]:
    """A file of text, packed where its name says so."""
    packed = "gzip" if path.name.lower().endswith(".gz") else None
    with pa.output_stream(str(scratch), compression=packed) as file:
        yield file


def _as_text(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Rows with every value as text."""
    arrays = [_texts(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _texts(column: pa.Array) -> pa.Array:
    """The values of a column as text."""
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format=_INSTANT)
    if pa.types.is_list(column.type):
        return pc.binary_join(column, _BETWEEN)
    return column.cast(pa.string())


def _lines(batch: pa.RecordBatch, file: BinaryIO) -> None:
    """Write rows as lines of JSON."""
    instants = [
        _texts(column) if pa.types.is_timestamp(column.type) else column for column in batch.columns
    ]
    rows = pa.RecordBatch.from_arrays(instants, names=batch.schema.names).to_pylist()
    for row in rows:
        file.write(_ENCODER.encode(_known(row)) + _NEWLINE)


def _known(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a row that are known."""
    return {name: value for name, value in row.items() if value is not None}


_ENCODER: Final = msgspec.json.Encoder()
_WRITERS: Final = {Form.PARQUET: _parquet, Form.CSV: _csv, Form.NDJSON: _ndjson}
