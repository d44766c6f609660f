"""Rows of Parquet and CSV files as DuckDB reads them, for the same kernel.

DuckDB reads with threads of its own, and gives batches of Arrow in the order of the input. What
it leaves open is left to the other reader: lines of JSON are taken apart by that one, because a
line that DuckDB refuses ends its query.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, Final

import pyarrow as pa

from primum.foundation.errors import MissingTool, UnreadableBody
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.sources.columns import as_wanted, rows_of
from primum.use_cases.cohort.sources.found import Form, find
from primum.use_cases.cohort.sources.opening import open_source
from primum.use_cases.cohort.sources.source import BATCH_ROWS, CHUNK_ROWS, Chunk, Piece, Source
from primum.use_cases.service import Primum


def open_with_duckdb(where: str, primum: Primum, options: Options) -> Source:
    """The rows of a file, a folder or a glob, Parquet read by DuckDB.

    Raises QuestionError where they cannot be read, MissingTool where DuckDB is not installed.
    """
    duckdb = _duckdb()
    source = open_source(where, primum, options)
    return DuckSource(duckdb, source) if find(where).form is Form.PARQUET else source


class DuckSource:
    """The rows of Parquet files, read by DuckDB one file after the other."""

    unit: Final = "rows"

    def __init__(self, duckdb: Any, source: Source) -> None:
        """Take the columns and the number of rows from the files' footers."""
        self._duckdb, self.schema = duckdb, source.schema
        self.total, self.files = source.total, source.files

    def chunks(self, columns: list[str], rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """The chunks, of whole batches; none spans two files."""
        number = first = 0
        for file in self.files:
            line, pieces, held = 1, list[Piece](), 0
            for batch in self._batches(file, columns):
                pieces.append(Piece(batch, file, len(batch), line, rows_of(batch)))
                line, held = line + len(batch), held + len(batch)
                if held >= rows:
                    yield Chunk(number, first, held, iter(pieces))
                    number, first, pieces, held = number + 1, first + held, [], 0
            if held:
                yield Chunk(number, first, held, iter(pieces))
                number, first = number + 1, first + held

    def _batches(self, file: str, columns: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """The batches of one file; a column that it lacks is null."""
        wanted = pa.schema([self.schema.field(name) for name in columns])
        with closing(self._duckdb.connect()) as con:
            # Instants come in the zone of the connection, which is no matter to them.
            con.execute("SET TimeZone = 'UTC'")
            try:
                table = con.read_parquet(file)
                there = [name for name in wanted.names if name in table.columns]
                chosen = table.project(", ".join(map(_quoted, there)))
                yield from (as_wanted(b, wanted) for b in chosen.to_arrow_reader(BATCH_ROWS))
            except self._duckdb.Error as error:
                raise UnreadableBody(
                    f"{file} cannot be read by DuckDB: {error}", where=file, allowed=("Parquet",)
                ) from error


def _duckdb() -> Any:
    """The module of DuckDB; raises MissingTool where it is not installed."""
    try:
        import duckdb  # noqa: PLC0415 - an optional dependency
    except ModuleNotFoundError as error:
        raise MissingTool(
            "The engine duckdb needs DuckDB: pip install 'primum[duckdb]'."
        ) from error
    return duckdb


def _quoted(name: str) -> str:
    """A name of a column as SQL reads it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'
